package claims

import (
	_ "embed" // the table
	"fmt"
	"strings"
	"sync"

	"entente/internal/lexis"
)

//go:embed concepts.tsv
var conceptTable string

// languages are the columns of the table.
var languages = []string{"en", "ru", "ar", "fa"}

// concepts gives, by language and stem, the number of a concept, from 1.
var concepts = sync.OnceValue(func() map[string]map[string]uint32 {
	byStem := map[string]map[string]uint32{}
	for _, l := range languages {
		byStem[l] = map[string]uint32{}
	}
	n := uint32(0)
	for line := range strings.Lines(conceptTable) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 1+len(languages) {
			panic(fmt.Sprintf("concepts.tsv: %q has not a column for each language", line)) // a test reads it
		}
		n++
		for i, l := range languages {
			for _, w := range lexis.Words(fields[1+i]) {
				stem := lexis.Stem(l, w.Text)
				if _, taken := byStem[l][stem]; !taken {
					byStem[l][stem] = n
				}
			}
		}
	}
	return byStem
})
