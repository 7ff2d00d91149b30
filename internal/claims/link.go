package claims

import (
	"cmp"
	"fmt"
	"slices"

	"entente/internal/centre"
)

// text is one report while its statements are linked.
type text struct {
	linker   *Linker
	draft    *centre.Draft
	linked   []centre.Linked
	features []features
}

// Thresholds of a score, 0..1. Tuned by hand on texts written for it; a person
// sees every score with its reasons.
const (
	sameScore    = 0.52
	relatedScore = 0.28
	sameWords    = 0.48 // of what is said apart from names: two claims with the same names are two
	crossWords   = 0.5  // the same across languages, where concepts alone can be compared
	crossNames   = 0.45
	maxNear      = 4 // related claims of one statement
	maxNearKept  = 64
)

// link gives one statement its claim.
func (t *text) link(i int, f features) centre.Linked {
	s := &t.draft.Statements[i]
	if at := t.resumes(i, f); at >= 0 {
		return t.put(t.linked[at].Claim, f, 0.75, fmt.Sprintf("It takes up what statement %d of its text says.", t.draft.Statements[at].No))
	}
	if at := t.index(s.Answers); s.Answers > 0 && at >= 0 && at != i {
		switch {
		case t.linked[at].Claim != 0:
			return t.put(t.linked[at].Claim, f, 0.9, fmt.Sprintf("It answers statement %d of its text.", s.Answers))
		case opinion(&t.draft.Statements[at]) && len(f.terms) < 2:
			return centre.Linked{}
		}
	}
	if opinion(s) || s.Stance == centre.StanceDecline {
		return centre.Linked{}
	}
	if len(f.terms) == 0 && len(f.keys) < 2 || s.Stance == centre.StanceDeny && f.vague() {
		return centre.Linked{} // too little is said to be told from anything else
	}
	return t.find(i, f)
}

// vague tells whether a content names nothing and speaks of nothing in
// particular: "many reports are not true".
func (f *features) vague() bool {
	return len(f.keys)+len(f.numbers) == 0 && len(f.terms) <= 4 && !slices.ContainsFunc(f.terms, func(n uint32) bool { return n&conceptBit != 0 })
}

func opinion(s *centre.Statement) bool { return s.Modality == centre.ModalityOpinion }

func (t *text) index(no int) int {
	return slices.IndexFunc(t.draft.Statements, func(s centre.Statement) bool { return s.No == no })
}

// resumes finds the earlier statement of the text whose matter a short content
// names again ("confirmed the agreement"); -1 for none.
func (t *text) resumes(i int, f features) int {
	switch t.draft.Statements[i].Stance {
	case centre.StanceConfirm, centre.StanceDeny, centre.StancePartial, centre.StanceRetract, centre.StanceCorrect:
	default:
		return -1
	}
	if len(f.terms) == 0 || len(f.terms) > 3 {
		return -1
	}
	// The statement that brought the matter up comes first; later ones may name it
	// in passing.
	for k := range i {
		if t.linked[k].Claim == 0 {
			continue
		}
		o := &t.features[k]
		if !slices.ContainsFunc(f.terms, func(n uint32) bool { return !o.has(n) }) && !slices.ContainsFunc(f.keys, func(n uint32) bool { return !o.has(n) }) {
			return k
		}
	}
	return -1
}

// put makes a statement one of a claim that it was not found to be by its words.
func (t *text) put(id centre.ID, f features, score float64, why string) centre.Linked {
	if len(f.terms) >= 2 { // what it says adds to how the claim is put
		t.linker.join(id, f)
	} else if at, ok := t.linker.byID[id]; ok {
		c := &t.linker.claims[at]
		c.last = max(c.last, f.day)
	}
	return centre.Linked{Claim: id, Link: centre.ClaimLink{Score: score, Why: []string{why}}}
}

// find looks for the claim among all that are remembered, or begins one.
func (t *text) find(i int, f features) centre.Linked {
	l := t.linker
	if at, ok := l.exact[f.exact]; ok && f.exact != 0 && near(&l.claims[at], f.day, exactWindow) {
		id := l.claims[at].id
		l.join(id, f)
		return centre.Linked{Claim: id, Link: centre.ClaimLink{Score: 1, Why: []string{"It says the same in the same words."}}}
	}
	var best comparison
	bestAt := int32(-1)
	var related []comparison
	for _, at := range l.candidates(&f) {
		c := l.compare(&f, at)
		switch {
		case c.apart == "" && c.same && (bestAt < 0 || c.score > best.score):
			if bestAt >= 0 {
				related = append(related, best)
			}
			best, bestAt = c, at
		case c.score >= relatedScore && c.near():
			related = append(related, c)
		}
	}
	linked := centre.Linked{}
	if bestAt >= 0 {
		linked.Claim = l.claims[bestAt].id
		linked.Link = centre.ClaimLink{Score: best.score, Why: best.why()}
	} else {
		linked.Claim = l.newID()
	}
	l.join(linked.Claim, f)
	linked.Related = t.relate(i, linked.Claim, related)
	return linked
}

// near tells whether two propositions that are not the same are near enough for a
// person to want to know: both what is said and of whom agree in something.
func (c *comparison) near() bool {
	return c.shared[0] >= 2 && c.shared[1]+c.shared[2] >= 1 || !c.cross && c.shared[0] >= 1 && c.shared[1] >= 2 || c.apart != "" && c.words >= sameWords
}

// relate chooses the claims that are near and not the same. What one speaker says
// in one text is many things, and not one thing told in several ways.
func (t *text) relate(i int, id centre.ID, list []comparison) []centre.RelatedClaim {
	slices.SortStableFunc(list, func(a, b comparison) int {
		return cmp.Or(boolean(b.tension)-boolean(a.tension), cmp.Compare(b.score, a.score))
	})
	l := t.linker
	own := &l.claims[l.byID[id]]
	var out []centre.RelatedClaim
	for _, c := range list {
		other := l.claims[c.at].id
		if len(out) == maxNear || other == id || slices.Contains(own.near, other) || len(own.near) >= maxNearKept || t.sameBreath(i, other) {
			continue
		}
		own.near = append(own.near, other)
		why := c.why()
		if c.apart != "" {
			why = append(why, c.apart)
		}
		if c.tension {
			why = append(why, "The same place and time, told otherwise.")
		}
		out = append(out, centre.RelatedClaim{Claim: other, Tension: c.tension, Score: c.score, Why: why})
	}
	return out
}

// sameBreath tells whether the same speaker began another claim in this text.
func (t *text) sameBreath(i int, other centre.ID) bool {
	for k := range i {
		if t.linked[k].Claim == other && t.draft.Statements[k].Speaker.Name == t.draft.Statements[i].Speaker.Name {
			return true
		}
	}
	return false
}

// comparison is how like a statement is to a claim.
type comparison struct {
	at      int32
	score   float64
	words   float64 // how far what is said agrees, apart from names
	names   float64 // how far the names agree
	shared  [3]int  // words, names, numbers
	cross   bool    // across languages
	same    bool    // like enough to be one
	apart   string  // what sets the two apart all the same; "" for nothing
	tension bool
}

// compare holds a statement against the ways in which a claim was put, and gives
// the best.
func (l *Linker) compare(f *features, at int32) comparison {
	var best comparison
	for i := range l.claims[at].forms {
		c := l.compareForms(f, &l.claims[at].forms[i])
		if i == 0 || c.score > best.score {
			best = c
		}
	}
	best.at = at
	return best
}

func (l *Linker) compareForms(a, b *features) comparison {
	c := comparison{cross: a.language != b.language}
	var only func(uint32) bool
	if c.cross {
		only = func(n uint32) bool { return n&conceptBit != 0 }
	}
	c.words, c.shared[0] = l.overlap(a.terms, b.terms, only)
	c.names, c.shared[1] = l.overlap(a.keys, b.keys, nil)
	_, c.shared[2] = l.overlap(a.numbers, b.numbers, nil)
	c.score = 0.65*c.words + 0.35*c.names
	switch {
	case len(a.keys) == 0 && len(b.keys) == 0:
		c.score = c.words
	case a.event != 0 && a.event == b.event:
		c.score = min(1, c.score+0.05)
	}
	c.same = c.score >= sameScore && c.words >= sameWords && c.shared[0]+c.shared[1] >= 3
	if c.cross {
		c.same = c.score >= sameScore && c.words >= crossWords && c.names >= crossNames && c.shared[0] >= 2 && c.shared[1]+c.shared[2] >= 2
	}
	narrow := sharesPlace(a.keys, b.keys)
	switch {
	case len(a.numbers) > 0 && len(b.numbers) > 0 && c.shared[2] == 0:
		c.apart = otherNumbers
	case a.may != b.may:
		c.apart = "One says that it is so, the other that it may be."
	case placesDiffer(a.keys, b.keys):
		c.apart = "The places are others."
	case a.event != 0 && b.event != 0 && a.event != b.event && c.words < 0.6:
		c.apart = otherKind
	}
	days := a.day - b.day
	c.tension = c.score >= relatedScore && days >= -7 && days <= 7 && narrow && c.shared[0] >= 2 && c.words >= 0.2 && (c.apart == "" || c.apart == otherNumbers || c.apart == otherKind)
	return c
}

// What sets two propositions apart that may still tell one matter in two ways.
const (
	otherNumbers = "The numbers are others."
	otherKind    = "What happens is of another kind."
)

// overlap is how much of two lists is shared, each by its rarity, against a
// measure between the shorter and the longer one: who says it in few words may
// still say the same.
func (l *Linker) overlap(a, b []uint32, only func(uint32) bool) (float64, int) {
	var shared, left, right float32
	n := 0
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			if only == nil || only(a[i]) {
				left += l.rarity(a[i])
			}
			i++
		case i == len(a) || b[j] < a[i]:
			if only == nil || only(b[j]) {
				right += l.rarity(b[j])
			}
			j++
		default:
			if only == nil || only(a[i]) {
				shared += l.rarity(a[i])
				n++
			}
			i++
			j++
		}
	}
	if shared == 0 {
		return 0, 0
	}
	left, right = left+shared, right+shared
	return float64(shared / (0.6*min(left, right) + 0.4*max(left, right))), n
}

// sharesPlace tells whether two propositions name one place narrower than a
// country; placesDiffer, whether both name such places and none of them together.
func sharesPlace(a, b []uint32) bool {
	return slices.ContainsFunc(a, func(n uint32) bool { return n&placeBit != 0 && slices.Contains(b, n) })
}

func placesDiffer(a, b []uint32) bool {
	narrow := func(list []uint32) bool {
		return slices.ContainsFunc(list, func(n uint32) bool { return n&placeBit != 0 })
	}
	return narrow(a) && narrow(b) && !sharesPlace(a, b)
}

// why says in sentences what two propositions share.
func (c *comparison) why() []string {
	var why []string
	if c.cross {
		why = append(why, "The two are in different languages; concepts and names were compared.")
	}
	if c.shared[0] > 0 {
		why = append(why, fmt.Sprintf("%d words of what is said agree (%.0f %% of their weight).", c.shared[0], 100*c.words))
	}
	if c.shared[1] > 0 {
		why = append(why, fmt.Sprintf("%d names or places agree (%.0f %%).", c.shared[1], 100*c.names))
	}
	if c.shared[2] > 0 {
		why = append(why, fmt.Sprintf("%d numbers agree.", c.shared[2]))
	}
	return why
}
