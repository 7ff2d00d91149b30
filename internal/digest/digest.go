// Package digest says in short what a text says, without anything that is not
// in it: a summary of the text's own sentences, and a glossary that gives the
// names in it, so far as they are known, in the reader's language.
//
// Both are made for a reader when they ask, from the report as stored; nothing
// is kept. Neither leaves the machine or needs a model.
//
// All functions are pure and safe for concurrent use.
package digest

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/process/text"
)

// Line is a sentence of a text that a summary takes over.
type Line struct {
	Start int      `json:"start"` // code points into Content.Text
	End   int      `json:"end"`   // half-open
	Score float64  `json:"score"` // 0..1, of the best sentence 1
	Why   []string `json:"why"`   // reasons, for a person
}

// Bounds of a summary: sentences and code points that are looked at, the rest of
// a long text being left out, and the lengths between which a sentence is one.
const (
	maxSentences = 400
	maxPoints    = 100_000
	minWords     = 5
	// A text of fewer sentences is its own summary.
	minCandidates = 4
	maxWords      = 70
)

// A word that stands once in a text says little of what it is about, and one
// that was said already says little anew.
const (
	once  = 0.8
	again = 0.4
)

// sentence is a candidate.
type sentence struct {
	Line
	words map[string]bool // stems that say something
	title int             // how many of them the title has
	names int             // mentions of persons, bodies and places
	order int
}

// Summary gives at most limit sentences of the report's running text that
// together say most of it, in the order of the text. Each is worth what its
// words are worth to the text as a whole (Nenkova and Vanderwende's SumBasic,
// 2005: the more often the text uses a word, the more it is about it), with the
// words of the title, names and the beginning of the text counting more; once a
// sentence is taken, its words are worth less, so that nothing is said twice.
//
// Titles, datelines, bylines, boilerplate and embedded posts are no part of it.
// At most half of the text is taken, and nothing of one of few sentences, which
// is its own summary.
func Summary(content centre.Content, language string, mentions []centre.Mention, parts []centre.Part, limit int) []Line {
	candidates, weight := read(content, language, mentions, parts)
	if limit = min(limit, len(candidates)/2); limit == 0 || len(candidates) < minCandidates {
		return []Line{}
	}
	var taken []*sentence
	var scores []float64
	said := map[string]bool{}
	for len(taken) < limit {
		var best *sentence
		for _, s := range candidates {
			if s.Score = worth(s, weight); !repeats(s, said) && (best == nil || s.Score > best.Score) {
				best = s
			}
		}
		if best == nil || best.Score <= 0 {
			break
		}
		for w := range best.words {
			weight[w] *= again
			said[w] = true
		}
		taken, scores = append(taken, best), append(scores, best.Score)
	}
	if len(taken) == 0 {
		return []Line{}
	}
	for i, s := range taken {
		s.Score = math.Round(100*min(1, scores[i]/scores[0])) / 100
		s.Why = reasons(s, i)
	}
	slices.SortFunc(taken, func(a, b *sentence) int { return cmp.Compare(a.Start, b.Start) })
	lines := make([]Line, len(taken))
	for i, s := range taken {
		lines[i] = s.Line
	}
	return lines
}

// read gives the sentences that a summary may take, and how much each word is
// worth: about its share of all words of the running text.
func read(content centre.Content, language string, mentions []centre.Mention, parts []centre.Part) ([]*sentence, map[string]float64) {
	points := []rune(content.Text)
	if len(points) > maxPoints {
		points = points[:maxPoints]
	}
	heading := map[string]bool{}
	for _, w := range lexis.Words(string(points[:min(content.Title, len(points))])) {
		if !lexis.Common(w.Text) {
			heading[lexis.Stem(language, w.Text)] = true
		}
	}
	var all []*sentence
	counts, total := map[string]float64{}, 0.0
	for _, span := range text.Sentences(string(points), language) {
		if len(all) == maxSentences {
			break
		}
		if span.Start < content.Title || apart(parts, &span) {
			continue
		}
		words := lexis.Words(string(points[span.Start:span.End]))
		if len(words) < minWords || len(words) > maxWords {
			continue
		}
		s := &sentence{Line: Line{Start: span.Start, End: span.End}, words: map[string]bool{}, order: len(all)}
		for _, w := range words {
			if lexis.Common(w.Text) {
				continue
			}
			stem := lexis.Stem(language, w.Text)
			if !s.words[stem] && heading[stem] {
				s.title++
			}
			s.words[stem] = true
			counts[stem]++
			total++
		}
		all = append(all, s)
	}
	count(all, mentions)
	for w, n := range counts {
		counts[w] = (n - once) / total
	}
	return all, counts
}

// apart reports whether a sentence is one of the parts that are not running
// text; behind a dateline at its beginning it is cut to what follows.
func apart(parts []centre.Part, s *text.Span) bool {
	for _, p := range parts {
		if p.Start >= s.End || p.End <= s.Start {
			continue
		}
		if p.Kind != centre.PartDateline || p.End >= s.End {
			return true
		}
		s.Start = p.End
	}
	return false
}

// count counts the names in each sentence. Both lists are in the order of the text.
func count(all []*sentence, mentions []centre.Mention) {
	i := 0
	for _, m := range mentions {
		if m.Kind == centre.MentionTime {
			continue
		}
		for i < len(all) && all[i].End <= m.Start {
			i++
		}
		if i == len(all) {
			return
		}
		if m.Start >= all[i].Start {
			all[i].names++
		}
	}
}

// repeats reports whether four in five of a sentence's words were said already.
func repeats(s *sentence, said map[string]bool) bool {
	n := 0
	for w := range s.words {
		if said[w] {
			n++
		}
	}
	return 5*n >= 4*len(s.words)
}

func worth(s *sentence, weight map[string]float64) float64 {
	if len(s.words) == 0 {
		return 0
	}
	sum := 0.0
	for w := range s.words {
		sum += weight[w]
	}
	sum /= math.Sqrt(float64(len(s.words)))
	sum *= 1 + 0.15*float64(min(s.title, 4)) + 0.08*float64(min(s.names, 5))
	if s.order < 3 { // news says first what is most (the inverted pyramid)
		sum *= 1.3 - 0.1*float64(s.order)
	}
	return sum
}

func reasons(s *sentence, rank int) []string {
	why := []string{"its words are among those that the text uses most"}
	if rank > 0 {
		why = []string{"its words are frequent in the text, and not yet said by the sentences before it in rank"}
	}
	if s.title > 0 {
		why = append(why, fmt.Sprintf("%d of its words stand in the title", s.title))
	}
	if s.names > 0 {
		why = append(why, fmt.Sprintf("it has %d names", s.names))
	}
	if s.order < 3 {
		why = append(why, "it stands at the beginning")
	}
	return why
}
