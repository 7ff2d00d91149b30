package query

import (
	"cmp"
	"slices"
	"strings"

	"entente/internal/lexis"
)

// Highlight gives the stretches of text that a query's words and phrases hit,
// as half-open spans of code points, sorted and apart from one another. What
// is negated marks nothing. The language of the text is not asked for: a word
// is marked if it would be a hit in any language of its script.
func Highlight(n Node, text string) [][2]int {
	var m marker
	m.collect(n)
	if len(m.forms) == 0 && len(m.prefixes) == 0 && len(m.phrases) == 0 {
		return nil
	}
	words := lexis.Words(text)
	points := []rune(text)
	var spans [][2]int
	for i, w := range words {
		if m.hit(w, points) {
			spans = append(spans, [2]int{w.Start, w.End})
		}
		for _, phrase := range m.phrases {
			if stands(phrase, words[i:]) {
				spans = append(spans, [2]int{w.Start, words[i+len(phrase)-1].End})
			}
		}
	}
	return merge(spans)
}

type marker struct {
	forms    map[string]bool
	prefixes []string
	phrases  [][]string
	known    map[string]bool // spellings looked at, and whether they hit
}

func (m *marker) collect(n Node) {
	switch n := n.(type) {
	case And:
		for _, n := range n {
			m.collect(n)
		}
	case Or:
		for _, n := range n {
			m.collect(n)
		}
	case Phrase:
		if words := normalised(strings.Join(n.Words, " ")); len(words) > 0 {
			m.phrases = append(m.phrases, words)
		}
	case Word:
		if n.Prefix {
			if prefix := lexis.Normalise(n.Text); prefix != "" {
				m.prefixes = append(m.prefixes, prefix)
			}
			return
		}
		if m.forms == nil {
			m.forms, m.known = map[string]bool{}, map[string]bool{}
		}
		surface, stems := lexis.Forms(n.Text)
		for _, form := range append(surface, stems...) {
			if words := strings.Fields(form); len(words) > 1 {
				m.phrases = append(m.phrases, words)
			} else {
				m.forms[form] = true
			}
		}
	}
}

// hit reports whether a word of the text is one that the query looks for: a
// form of the one is a form of the other.
func (m *marker) hit(w lexis.Word, text []rune) bool {
	for _, prefix := range m.prefixes {
		if strings.HasPrefix(w.Text, prefix) {
			return true
		}
	}
	if len(m.forms) == 0 {
		return false
	}
	if m.forms[w.Text] {
		return true
	}
	spelling := string(text[w.Start:w.End])
	hit, known := m.known[spelling]
	if !known {
		surface, stems := lexis.Forms(spelling)
		for _, form := range append(surface, stems...) {
			for part := range strings.SplitSeq(form, " ") {
				hit = hit || m.forms[part]
			}
		}
		m.known[spelling] = hit
	}
	return hit
}

// stands reports whether the words begin with the phrase.
func stands(phrase []string, words []lexis.Word) bool {
	if len(words) < len(phrase) {
		return false
	}
	for i, want := range phrase {
		if words[i].Text != want {
			return false
		}
	}
	return true
}

// merge sorts spans and joins those that overlap.
func merge(spans [][2]int) [][2]int {
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	merged := spans[:0]
	for _, s := range spans {
		if last := len(merged) - 1; last >= 0 && s[0] < merged[last][1] {
			merged[last][1] = max(merged[last][1], s[1])
			continue
		}
		merged = append(merged, s)
	}
	return merged
}
