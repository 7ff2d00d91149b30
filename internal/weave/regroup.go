package weave

import (
	"cmp"
	"slices"

	"entente/internal/centre"
	"entente/internal/echo"
)

// pair is two stories, the lower id first.
type pair [2]centre.ID

func pairOf(a, b centre.ID) pair {
	if a > b {
		a, b = b, a
	}
	return pair{a, b}
}

// unite makes one story of two. The one that began first stays.
func (s *stories) unite(a, b *story) (stays, goes *story) {
	if a.serial > b.serial {
		a, b = b, a
	}
	s.absorb(a, b)
	return a, b
}

// joinable reports whether a story may become one with that of a translation of
// one of its reports: no person has told them apart, and one of them is small, so
// that a mistake costs little, or their names, places and numbers agree too.
func (s *stories) joinable(a, b *story) bool {
	if a == nil || b == nil || a == b || s.apart[pairOf(a.id, b.id)] {
		return false
	}
	return min(a.reports, b.reports) <= smallStory || s.alikeAcross(a, b) > s.acrossOne/2
}

// smallStory is how many reports a story may have to become part of another by
// one translation alone.
const smallStory = 2

// absorb adds a story to another and forgets it.
func (s *stories) absorb(stays, goes *story) {
	terms, keys, in, reports := goes.terms, goes.keys, goes.speech, goes.reports
	s.forget(goes)
	stays.from, stays.to = min(stays.from, goes.from), max(stays.to, goes.to)
	stays.received = max(stays.received, goes.received)
	stays.reports += reports
	s.post(stays, terms)
	s.setTerms(stays, s.merge(stays.terms, terms, s.kept, s.rarityOf))
	s.addKeys(stays, keys, in)
	s.put(stays)
	s.age.MoveToBack(stays.node)
	for p := range s.apart {
		if p[0] == goes.id || p[1] == goes.id {
			delete(s.apart, p)
			other := p[0]
			if other == goes.id {
				other = p[1]
			}
			if other != stays.id {
				s.apart[pairOf(stays.id, other)] = true
			}
		}
	}
}

// leave takes a report's terms out of a story that it was put in by mistake.
// Keys stay: which of them are the report's alone is not known.
func (s *stories) leave(id centre.ID, f features) {
	st := s.byID[id]
	if st == nil {
		return
	}
	if st.reports--; st.reports < 1 {
		s.forget(st)
		return
	}
	rest := make([]term, 0, len(st.terms))
	for _, t := range st.terms {
		if i, ok := slices.BinarySearchFunc(f.terms, t.hash, func(t term, h uint32) int { return cmp.Compare(t.hash, h) }); ok {
			t.weight -= f.terms[i].weight
		}
		if t.weight > 0.01 {
			rest = append(rest, t)
		}
	}
	s.setTerms(st, rest)
}

// Regrouping is what a person has corrected.
type Regrouping struct {
	From, Into centre.ID // stories
	// Reports are those that went from From into Into; nil where all did, and
	// From is no more.
	Reports []Known
	// Apart: a person holds that From and Into are two matters. They are never
	// made one by the weave.
	Apart bool
}

// Regroup follows a person's correction, so that later reports go where the
// person would put them, and what was set apart stays apart. It may be given
// the same one twice.
func (w *Weave) Regroup(r Regrouping) {
	from, into := w.current(r.From), w.current(r.Into)
	if from == into {
		return
	}
	if r.Reports == nil {
		delete(w.stories.apart, pairOf(from, into))
		w.rename(from, into)
		switch a, b := w.stories.byID[from], w.stories.byID[into]; {
		case a != nil && b != nil:
			w.stories.absorb(b, a)
		case a != nil:
			w.stories.retitle(a, into)
		}
		return
	}
	if r.Apart {
		w.stories.apart[pairOf(from, into)] = true
	} else {
		delete(w.stories.apart, pairOf(from, into))
	}
	moved := map[centre.ID]bool{}
	for _, k := range r.Reports {
		f := w.reader.read(k.Language, k.Text, pointsOf(k.Title, k.Text), k.Mentions, k.Events)
		w.stories.leave(from, f)
		w.stories.join(into, f, instantOf(k.Published, k.Received))
		moved[k.CopySet] = true
	}
	for i := range w.copies.ring {
		if c := &w.copies.ring[i]; moved[c.copySet] && w.current(c.story) == from {
			c.story = into
		}
	}
	w.echoes.Restory(func(t echo.Text) int64 {
		if moved[centre.ID(t.Group)] && w.current(centre.ID(t.Story)) == from {
			return int64(into)
		}
		return t.Story
	})
}

// Apart says of two stories that a person holds them for two matters.
func (w *Weave) Apart(a, b centre.ID) {
	if a, b = w.current(a), w.current(b); a != b {
		w.stories.apart[pairOf(a, b)] = true
	}
}

// retitle gives a story another id.
func (s *stories) retitle(st *story, id centre.ID) {
	delete(s.byID, st.id)
	st.id = id
	s.byID[id] = st
}

// current gives the story that a story has become part of; itself where none.
func (w *Weave) current(id centre.ID) centre.ID {
	if into, ok := w.became[id]; ok {
		return into
	}
	return id
}

// rename remembers that a story became part of another.
func (w *Weave) rename(from, into centre.ID) {
	for id, to := range w.became { // few: they are forgotten below
		if to == from {
			w.became[id] = into
		}
	}
	w.became[from] = into
	if len(w.became) < maxBecame {
		return
	}
	for i := range w.copies.ring {
		c := &w.copies.ring[i]
		c.story = w.current(c.story)
	}
	w.echoes.Restory(func(t echo.Text) int64 { return int64(w.current(centre.ID(t.Story))) })
	clear(w.became)
}

// maxBecame is how many stories that became part of others are remembered
// before all that stand in them is written anew.
const maxBecame = 1000
