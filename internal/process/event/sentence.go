package event

import (
	"strings"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

const (
	// maxWords is how many words of a sentence are read together; what follows is
	// read as a sentence of its own.
	maxWords = 150
	// maxTogether bounds the deeds of a sentence, and its parties, each of which is
	// held against each.
	maxTogether = 40
)

// token is a word with what the vocabulary says of it.
type token struct {
	found
	clause  int16 // counted from 0 in the sentence
	segment int16 // counted from 0; commas divide segments, too
	inside  bool  // a word of a longer pattern that began before
	joined  bool  // an "and" is written together with it, as Arabic does
	time    bool  // part of a time expression
	place   bool  // part of the name of a place
	spared  int16 // of a word for dead or hurt, and of the "not" with it: one more than the word that says that it befell nobody; 0 for none
	letter  rune  // the Arabic preposition written together with it; 0 for none
}

// hit is a word that tells a deed.
type happens struct {
	deed
	form    form
	at, end int // words
}

// sentence is one sentence as the step reads it; its slices are used again for
// the next.
type sentence struct {
	v       *vocabulary
	memory  *memory
	text    string
	words   *gazetteer.Words
	from    int // words.List[from:until] are those of the sentence
	until   int
	tokens  []token // by word, from 0
	hits    []happens
	parties []party
	places  []located
	times   []timed
}

// tell looks every word up, divides clauses and collects the words that tell
// deeds. It reports whether there is one.
func (s *sentence) tell() bool {
	s.tokens, s.hits = s.tokens[:0], s.hits[:0]
	if !s.v.arabic && !s.mayTell() {
		return false
	}
	covered := 0
	var clause, segment int16
	for i := s.from; i < s.until; i++ {
		w := &s.words.List[i]
		t := token{}
		at := i - s.from
		if at < covered {
			t.inside = true
		}
		fold := s.words.Fold[w.From:w.To]
		t.found = s.v.look(s.words, i, fold, w.Hash, s.memory)
		if t.words == 0 && s.v.arabic && w.Script == gazetteer.Arabic {
			s.without(i, fold, &t)
		}
		if t.inside {
			t.deed, t.sense = none, t.sense&^(says|but|in|on)
		}
		if w.Upper && t.sense&maybe != 0 && at > 0 { // May, the month
			t.sense &^= maybe
		}
		if t.words > 1 && (t.deed != none || t.sense == 0 || t.sense&(says|nobody) != 0) {
			covered = max(covered, at+int(t.words))
		}
		if at > 0 {
			for _, r := range s.text[s.words.List[i-1].End:w.Start] {
				switch r {
				case ',', '،', '(', ')':
					segment++
					if len(s.hits) > 0 && s.conditional(clause) { // if ..., then ...
						clause++
					}
				case ';', '؛', ':', '—', '–':
					clause++
					segment++
				}
			}
		}
		if t.sense&but != 0 && at > 0 {
			clause++
			segment++
		}
		t.clause, t.segment = clause, segment
		s.tokens = append(s.tokens, t)
		if t.deed != none && len(s.hits) < maxTogether {
			s.hits = append(s.hits, happens{t.deed, t.form, at, at + max(1, int(t.words))})
		}
	}
	if len(s.hits) > 0 {
		s.spare()
	}
	return len(s.hits) > 0
}

// mayTell tells quickly that a word of the sentence may begin a deed.
func (s *sentence) mayTell() bool {
	for i := s.from; i < s.until; i++ {
		w := &s.words.List[i]
		if _, deeds := s.v.entriesOf(s.words.Fold[w.From:w.To], w.Hash, s.memory); deeds {
			return true
		}
	}
	return false
}

// conditional tells that a clause is an "if".
func (s *sentence) conditional(clause int16) bool {
	for i := len(s.tokens) - 1; i >= 0 && s.tokens[i].clause == clause; i-- {
		if s.tokens[i].sense&whether != 0 {
			return true
		}
	}
	return false
}

// without looks an Arabic word up without the particles that are written
// together with it: a conjunction, a preposition, the article behind it.
func (s *sentence) without(i int, fold []byte, t *token) {
	joined, letter := false, rune(0)
	for range 2 {
		r, n := utf8.DecodeRune(fold)
		if !strings.ContainsRune("وفبلكس", r) || len(fold) < n+2*2 {
			return
		}
		rest := fold[n:]
		switch {
		case r == 'و' || r == 'ف':
			joined = true
		case r != 'س':
			letter = r
		}
		if len(rest) >= 4+2*2 && string(rest[:4]) == "ال" {
			rest = rest[4:]
		} else if r == 'ل' && string(rest[:2]) == "ل" && len(rest) >= 3*2 {
			rest = rest[2:]
		}
		if t.found = s.v.look(s.words, i, rest, gazetteer.HashStart.Add(rest), s.memory); t.words > 0 {
			t.joined, t.letter = joined, letter
			if r == 'س' {
				t.sense |= willBe
			}
			return
		}
		fold = rest
	}
}

// group is one happening of a sentence: words of kin deeds.
type group struct {
	hits     []happens // the first is the one that decides
	absorbed deed      // what was part of it and makes its type: disperse, kill, arrest
}

func (g *group) top() deed   { return g.hits[0].deed }
func (g *group) is() *deedIs { return &deeds[g.top()] }

// groups brings the hits together to what happens. A sentence tells of kin
// deeds once: the attack, the blast and the killing are one.
func (s *sentence) groups() []group {
	var all []group
	for _, h := range s.hits {
		d := &deeds[h.deed]
		at := -1
		for i := range all {
			if o := all[i].is(); d.kin != alone && o.kin == d.kin || all[i].top() == h.deed {
				at = i
			}
		}
		if at < 0 {
			all = append(all, group{hits: []happens{h}})
			continue
		}
		g := &all[at]
		g.hits = append(g.hits, h)
		if d.rank > g.is().rank {
			n := len(g.hits) - 1
			if g.absorbed == none || g.absorbed < g.top() {
				g.absorbed = g.top()
			}
			g.hits[0], g.hits[n] = g.hits[n], g.hits[0]
		} else if h.deed > g.absorbed && h.deed != g.top() {
			g.absorbed = h.deed
		}
	}
	if len(all) > 1 {
		all = s.absorb(all)
	}
	out := all[:0]
	for _, g := range all {
		if g.top() == damage && !s.any(site) || g.top() == seize && len(s.places) == 0 && g.hits[0].end-g.hits[0].at == 1 || g.top() == cell && !s.any(founds) {
			continue
		}
		out = append(out, g)
	}
	return out
}

// any tells whether a word of the sentence has the sense.
func (s *sentence) any(x sense) bool {
	for i := range s.tokens {
		if s.tokens[i].sense&x != 0 {
			return true
		}
	}
	return false
}

// absorb takes out what is only a part of another happening of the sentence.
func (s *sentence) absorb(all []group) []group {
	var have [len(deeds)]bool
	var kins [accord + 1]*group
	for i := range all {
		have[all[i].top()] = true
		if k := all[i].is().kin; k != alone {
			kins[k] = &all[i]
		}
	}
	var out []group
	for i := range all {
		g := &all[i]
		weak := g.is().kin == violence && g.is().rank <= deeds[explosion].rank
		gone := false
		switch {
		case g.top() == die:
			gone = true // its numbers are read with the other
		case weak && (have[accident] || have[abduct] || have[cyber] || have[hazard] || have[health] || have[sexual]):
			gone = true
		case g.top() == strike && (have[hazard] || have[accident]):
			gone = true // what an earthquake or a lorry struck
		case g.is().kin == violence && g.is().rank <= deeds[suicide].rank && have[defuse] && g.top() != kill:
			gone = true
		case g.is().kin == violence && g.is().rank <= deeds[attack].rank && kins[unrest] != nil:
			kins[unrest].absorbed, gone = max(kins[unrest].absorbed, kill), true
			if g.top() == kill {
				kins[unrest].absorbed = kill
			}
		case g.top() == arrest && kins[unrest] != nil:
			if kins[unrest].absorbed != kill {
				kins[unrest].absorbed = arrest
			}
			gone = true
		case g.top() == arrest && have[crime], g.top() == crime && (have[cyber] || have[displace]), g.top() == abduct && have[crime], g.top() == seize && have[crime]:
			gone = true
		case g.top() == loot && (kins[unrest] != nil || kins[violence] != nil && kins[violence].is().rank > 0):
			gone = true
		case g.top() == aid && (have[deny] || have[crime] || have[abduct] || kins[violence] != nil && kins[violence].top() != die):
			gone = true
		case g.top() == displace && (have[hazard] || have[accident]):
			gone = true
		case g.top() == move && (have[base] && g.hits[0].form == noun || kins[accord] != nil && kins[accord].top() == joint):
			gone = true
		case kins[accord] != nil && kins[accord] != g && kins[accord].top() >= agree && s.under(kins[accord], g):
			gone = true
		}
		if !gone {
			out = append(out, *g)
		}
	}
	return out
}

// under tells that all words of g follow those of an agreement without a clause
// of its own between: what was agreed is not what happened.
func (s *sentence) under(accord, g *group) bool {
	at := accord.hits[0].at
	for _, h := range accord.hits {
		at = min(at, h.at)
	}
	for _, h := range g.hits {
		if h.at < at || s.tokens[h.at].clause != s.tokens[at].clause {
			return s.v.persian && s.tokens[h.at].clause == s.tokens[at].clause && g.is().kin != violence
		}
	}
	return true
}

// Reach of a word that says whether a deed was done, in words.
const (
	reachBefore = 5
	reachAfter  = 8
)

// reality tells whether the deed was done, as far as words beside it say, and
// the word that says so.
func (s *sentence) reality(h happens) (centre.Reality, string) {
	best, why := centre.RealityActual, ""
	order := map[centre.Reality]int{centre.RealityPlanned: 1, centre.RealityHypothetical: 2, centre.RealityNegated: 3, centre.RealityHistorical: 4}
	take := func(r centre.Reality, at int) {
		if order[r] > order[best] {
			best, why = r, s.word(at)
		}
	}
	clause := s.tokens[h.at].clause
	if by := s.tokens[h.at].spared; by != 0 {
		take(centre.RealityNegated, int(by-1))
	}
	if x := s.tokens[h.at].sense; x&willBe != 0 {
		take(centre.RealityPlanned, h.at)
	}
	near := 0
	for i := h.at - 1; i >= 0; i-- {
		t := &s.tokens[i]
		near++
		if t.deed != none && t.deed != h.deed && near > 2 && !kindred(t.deed, h.deed) || t.clause != clause && t.sense&whether == 0 {
			near = 100
		}
		if t.clause != clause && clause-t.clause > 1 {
			break
		}
		close := near <= reachBefore || s.v.persian && near < 100
		switch {
		case t.sense&longAgo != 0 && near <= 6:
			take(centre.RealityHistorical, i)
		case t.sense&(not|denied) != 0 && s.owned(i):
		case t.sense&(denied|foiled) != 0 && (near <= 7 || t.clause == clause && s.openedBetween(i, h.at) && near < 100):
			take(centre.RealityNegated, i)
		case t.sense&not != 0 && t.spared == 0 && close && !s.saidBetween(i, h.at):
			take(centre.RealityNegated, i)
		case t.sense&whether != 0 && t.clause == clause:
			take(centre.RealityHypothetical, i)
		case t.sense&maybe != 0 && (close || t.clause == clause && s.openedBetween(i, h.at)):
			take(centre.RealityHypothetical, i)
		case t.sense&willBe != 0 && close:
			take(centre.RealityPlanned, i)
		}
	}
	near = 0
	for i := h.end; i < len(s.tokens); i++ {
		t := &s.tokens[i]
		near++
		if t.clause != clause && !(s.v.persian && t.sense&longAgo != 0) {
			break
		}
		if !s.v.persian {
			// After a verb nothing but a date long ago speaks of it any more.
			if h.form == verb || h.form == undergo || h.form == either && s.looksVerb(h) {
				if t.sense&longAgo != 0 && near <= 8 {
					take(centre.RealityHistorical, i)
				}
				continue
			}
			if t.deed != none && !kindred(t.deed, h.deed) || t.sense&(says|that) != 0 {
				break
			}
		} else if t.deed != none && !kindred(t.deed, h.deed) && t.form != either && t.deed > die && near > 6 || t.sense&that != 0 && s.saidSoFar(i) {
			break
		}
		switch {
		case t.sense&longAgo != 0 && near <= 8:
			take(centre.RealityHistorical, i)
		case near > reachAfter && !s.v.persian || t.time:
		case t.sense&(not|denied) != 0 && s.owned(i):
		case t.sense&(not|denied|foiled) != 0 && t.spared == 0:
			take(centre.RealityNegated, i)
		case t.sense&maybe != 0:
			take(centre.RealityHypothetical, i)
		case t.sense&willBe != 0:
			take(centre.RealityPlanned, i)
		}
	}
	return best, why
}

// saidBetween tells that a word of saying stands between two words: "no one
// claimed the attack" negates the claim, and the attack took place.
func (s *sentence) saidBetween(from, until int) bool {
	for i := from + 1; i < until; i++ {
		if s.tokens[i].sense&says != 0 {
			return true
		}
	}
	return false
}

// owned tells that the clause of word i speaks of responsibility for a deed: "no
// group has claimed responsibility for the blast" says that there was one.
func (s *sentence) owned(i int) bool {
	clause := s.tokens[i].clause
	for k := i; k >= 0 && s.tokens[k].clause == clause; k-- {
		if s.tokens[k].sense&owns != 0 {
			return true
		}
	}
	for k := i + 1; k < len(s.tokens) && s.tokens[k].clause == clause; k++ {
		if s.tokens[k].sense&owns != 0 {
			return true
		}
	}
	return false
}

// saidSoFar tells that a word of saying stands before word i.
func (s *sentence) saidSoFar(i int) bool {
	for ; i >= 0; i-- {
		if s.tokens[i].sense&says != 0 {
			return true
		}
	}
	return false
}

// kindred tells that two deeds are told together.
func kindred(a, b deed) bool {
	return a == b || deeds[a].kin != alone && deeds[a].kin == deeds[b].kin
}

// openedBetween tells that what a word says reaches over "that": denied that ...
func (s *sentence) openedBetween(i, until int) bool {
	for k := i + 1; k < until && k <= i+3; k++ {
		if s.tokens[k].sense&that != 0 {
			return true
		}
	}
	return false
}

// looksVerb tells the verb of an English word that may be a noun, too.
func (s *sentence) looksVerb(h happens) bool {
	w := &s.words.List[s.from+h.at]
	fold := string(s.words.Fold[w.From:w.To])
	return strings.HasSuffix(fold, "ed") || h.at > 0 && s.tokens[h.at-1].sense&(toDo|willBe|maybe) != 0
}

func (s *sentence) word(i int) string {
	w := &s.words.List[s.from+i]
	return s.text[w.Start:w.End]
}

// span gives the text and code points of words [from, until).
func (s *sentence) span(from, until int) centre.Words {
	a, b := &s.words.List[s.from+from], &s.words.List[s.from+until-1]
	return centre.Words{Start: a.Rune, End: b.Rune + b.Runes, Text: s.text[a.Start:b.End]}
}
