package place

import (
	"slices"
	"unicode/utf8"

	"entente/internal/gazetteer"
)

// take replaces the runs that were found by the given spans. A span that was
// found so keeps its candidates; for another the whole name is looked up, and
// then what is left of it without the words around a name ("City of", "area").
func (f *finder) take(spans []Span) {
	found := slices.Clone(f.runs)
	f.runs = f.runs[:0]
	word, at, point := 0, 0, 0 // at: the byte of code point point
	next := 0
	for _, s := range spans {
		start := skip(f.text, at, s.Start-point)
		end := skip(f.text, start, s.End-s.Start)
		at, point = end, s.End
		for next < len(found) && found[next].end <= start {
			next++
		}
		if next < len(found) && found[next].start == start && found[next].end == end && found[next].division == "" {
			f.runs = append(f.runs, found[next])
			continue
		}
		for word < len(f.words.List) && f.words.List[word].End <= start {
			word++
		}
		last := word
		for last+1 < len(f.words.List) && f.words.List[last+1].Start < end {
			last++
		}
		r := run{first: word, last: last, start: start, end: end, runeStart: s.Start, runeEnd: s.End, qualifier: -1, division: "place"}
		if word < len(f.words.List) && f.words.List[word].Start < end {
			f.known(&r)
		}
		f.runs = append(f.runs, r)
	}
}

// skip gives the byte n code points after byte at.
func skip(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// known finds the candidates of a run whose extent is given.
func (f *finder) known(r *run) {
	for first, last := r.first, r.last; first <= last; {
		if f.lookUp(r, first, last) {
			return
		}
		switch {
		case first < last && around[f.fold(first)]:
			first++
		case first < last && around[f.fold(last)]:
			last--
		default:
			return
		}
	}
}

// lookUp takes the candidates that words first to last name as a whole.
func (f *finder) lookUp(r *run, first, last int) bool {
	w := &f.words.List[first]
	f.variants = append(f.variants[:0], variant{fold: f.words.Fold[w.From:w.To]})
	if w.Script == gazetteer.Arabic || w.Script == gazetteer.OtherScript {
		f.readings(w, f.words.Fold[w.From:w.To])
	}
	begin := len(f.candidates)
	for _, v := range f.variants {
		hash := gazetteer.HashStart.Add(v.fold)
		if w.Script == gazetteer.Cyrillic {
			hash = gazetteer.HashStems.AddStem(&f.words, w)
		}
		for i := first + 1; i <= last; i++ {
			if w.Script == gazetteer.Cyrillic {
				hash = hash.AddStem(&f.words, &f.words.List[i])
			} else {
				hash = hash.Add(f.words.Fold[f.words.List[i].From:f.words.List[i].To])
			}
		}
		if f.candidates, _ = f.g.Candidates(f.candidates, hash); len(f.candidates) > begin {
			r.from, r.to, r.key, r.division = begin, len(f.candidates), hash, ""
			r.demonym = f.candidates[begin].Demonym
			return true
		}
	}
	return false
}
