package lexis

import (
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/ckb"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/fa"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
)

// Common reports whether a normalised word is so common in its script's
// languages ("the", "и", "في") that it says nothing of what a text is about.
// Search never leaves such words out; comparing texts does.
func Common(word string) bool {
	_, ok := commonWords()[word]
	return ok
}

// commonWords is made once and never changed.
var commonWords = sync.OnceValue(func() map[string]struct{} {
	words := map[string]struct{}{}
	for _, list := range [][]byte{
		ar.ArabicStopWords, fa.PersianStopWords, ckb.SoraniStopWords, ru.RussianStopWords,
		en.EnglishStopWords, fr.FrenchStopWords, tr.TurkishStopWords,
	} {
		for line := range strings.Lines(string(list)) {
			line, _, _ = strings.Cut(line, "|") // the lists' two marks of a comment
			line, _, _ = strings.Cut(line, "#")
			for _, word := range Words(line) {
				words[word.Text] = struct{}{}
			}
		}
	}
	return words
})
