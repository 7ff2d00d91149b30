package claims

import (
	"cmp"
	"fmt"
	"math"
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
	return c.shared[0] >= 2 && c.shared[1]+c.shared[2] >= 1 || !c.cross && c.shared[0] >= 1 && c.shared[1] >= 2 || c.matter && c.shared[0] >= 1 || c.apart != "" && c.words >= sameWords
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
	around  float64 // how far their reports are about the same names and places
	shared  [3]int  // words, names, numbers
	telling int     // of the words, those that are more than who, where and when
	strange bool    // both tell of something that happens, and of nothing together
	cross   bool    // across languages
	matter  bool    // their reports are on one matter
	same    bool    // like enough to be one
	apart   string  // what sets the two apart all the same; "" for nothing
	tension bool
}

// compare holds a statement against the ways in which a claim was put, and gives
// the best. Numbers and opposites in any of them set the two apart: a claim that is
// also put without its number does not take in another one.
func (l *Linker) compare(f *features, at int32) comparison {
	var best comparison
	apart := ""
	for i := range l.claims[at].forms {
		c := l.compareForms(f, &l.claims[at].forms[i])
		if i == 0 || c.score > best.score {
			best = c
		}
		if c.apart == otherNumbers || c.apart == opposite {
			apart = c.apart
		}
	}
	if best.apart == "" {
		best.apart = apart
	}
	best.at = at
	return best
}

func (l *Linker) compareForms(a, b *features) comparison {
	c := comparison{cross: a.language != b.language}
	c.words, c.shared[0] = overlap(a.terms, b.terms, func(k uint32) float32 {
		switch {
		case k&conceptBit == 0 && c.cross:
			return ownWords * l.rarity(k)
		case k&(conceptBit|settingBit) == conceptBit|settingBit:
			return settingShare * l.rarity(k)
		}
		return l.rarity(k)
	})
	c.matters(a.terms, b.terms)
	c.names, c.shared[1] = l.names(a, b)
	c.around, _ = overlap(a.around, b.around, l.rarity)
	_, c.shared[2] = overlap(a.numbers, b.numbers, l.rarity)
	c.score = 0.65*c.words + 0.35*c.names
	switch {
	case len(a.keys) == 0 && len(b.keys) == 0:
		c.score = c.words
	case a.event != 0 && a.event == b.event:
		c.score = min(1, c.score+0.05)
	}
	days := a.day - b.day
	undated := a.undated || b.undated
	c.same = c.score >= sameScore && c.words >= sameWords && c.shared[0]+c.shared[1] >= 3
	if c.cross {
		c.same = c.score >= sameScore && c.words >= crossWords && c.names >= crossNames && c.shared[0] >= 2 && c.shared[1]+c.shared[2] >= 2
	}
	if undated && (days < -windowDays || days > windowDays) {
		c.same = false // by its words alone it may be of another year
	}
	if c.matter = undated && c.around >= undatedAround || !undated && c.around >= sameAround && days >= -matterDays && days <= matterDays; c.matter {
		if undated {
			days = 0
		}
		score := matterScore(&c, a.event, b.event, days)
		enough := matterWords
		if c.shared[2] > 0 {
			enough = countedWords
		}
		c.same = c.same || (score >= sameScore || c.shared[1] > 0 && c.score >= sameScore) && c.words >= enough
		c.score = max(c.score, score)
	}
	c.same = c.same && !(c.strange && c.shared[2] == 0)
	narrow := sharesPlace(a.keys, b.keys)
	switch {
	case len(a.numbers) > 0 && len(b.numbers) > 0 && c.shared[2] == 0:
		c.apart = otherNumbers
	case a.may != b.may:
		c.apart = "One says that it is so, the other that it may be."
	case a.further != b.further:
		c.apart = "One speaks of a further one."
	case placesDiffer(a.keys, b.keys):
		c.apart = "The places are others."
	case opposed(a.terms, b.terms):
		c.apart = opposite
	case a.event != 0 && b.event != 0 && a.event != b.event && c.words < 0.6 && !(c.matter && c.same):
		c.apart = otherKind
	}
	c.tension = c.score >= relatedScore && days >= -7 && days <= 7 && narrow && c.shared[0] >= 2 && c.words >= 0.2 && !c.strange && (c.apart == "" || c.apart == otherNumbers || c.apart == otherKind || c.apart == opposite)
	return c
}

// matters counts what two lists of terms have in common that tells more than who,
// where and when, and sees whether what happens is among it.
func (c *comparison) matters(a, b []uint32) {
	const bits = conceptBit | settingBit | thingBit
	both, left, right := 0, 0, 0
	for _, k := range a {
		_, shared := slices.BinarySearch(b, k)
		if shared && k&(conceptBit|settingBit) != conceptBit|settingBit {
			c.telling++
		}
		if k&bits == conceptBit {
			left++
			both += boolean(shared)
		}
	}
	for _, k := range b {
		right += boolean(k&bits == conceptBit)
	}
	c.strange = left > 0 && right > 0 && both == 0
}

// Two reports are on one matter where what they are about agrees so far, in days
// that lie so near.
const (
	sameAround    = 0.2
	undatedAround = 0.4
	matterDays    = 7
	matterWords   = 0.46 // of what is said agree at least
	countedWords  = 0.36 // the same where a number agrees
)

// matterScore is how like two statements are that reports on one matter make: there
// names and places go without saying, and what is said of them decides. The weights
// are those of a logistic regression on the pairs of testdata/matters/tune.txt,
// rounded, on a scale where sameScore stands for three chances in four.
func matterScore(c *comparison, event, other uint32, days int32) float64 {
	score := 0.55*c.words + 0.15*float64(min(c.telling, 3)) - 0.03*math.Abs(float64(days))
	if c.shared[2] > 0 {
		score += 0.14
	}
	switch {
	case event == 0 || other == 0:
	case event == other:
		score += 0.09
	default:
		score -= 0.06
	}
	return min(max(score, 0), 1)
}

// What sets two propositions apart that may still tell one matter in two ways.
const (
	otherNumbers = "The numbers are others."
	otherKind    = "What happens is of another kind."
	opposite     = "They say opposite things, or speak of other days or things."
)

// overlap is how much of two lists is shared, by what each is worth, against a
// measure between the shorter and the longer one: who says it in few words may
// still say the same.
func overlap(a, b []uint32, weight func(uint32) float32) (float64, int) {
	var shared, left, right float32
	n := 0
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			left += weight(a[i])
			i++
		case i == len(a) || b[j] < a[i]:
			right += weight(b[j])
			j++
		default:
			shared += weight(a[i])
			n++
			i++
			j++
		}
	}
	if shared == 0 {
		return 0, 0
	}
	left, right = left+shared, right+shared
	return float64(shared / (shorter*min(left, right) + (1-shorter)*max(left, right))), n
}

// names is how far the names in two contents agree. Words of a script without
// capitals are names where the other content has them as such, or has them, too,
// in another language.
func (l *Linker) names(a, b *features) (float64, int) {
	if len(a.maybe)+len(b.maybe) == 0 {
		return overlap(a.keys, b.keys, l.rarity)
	}
	l.left, l.right = append(l.left[:0], a.keys...), append(l.right[:0], b.keys...)
	add := func(list []uint32, k uint32) []uint32 {
		if at, ok := slices.BinarySearch(list, k); !ok {
			list = slices.Insert(list, at, k)
		}
		return list
	}
	both := func(mine, other *features, k uint32) bool {
		_, named := slices.BinarySearch(other.keys, k)
		_, word := slices.BinarySearch(other.maybe, k)
		return named || word && mine.language != other.language
	}
	for _, k := range a.maybe {
		if both(a, b, k) {
			l.left, l.right = add(l.left, k), add(l.right, k)
		}
	}
	for _, k := range b.maybe {
		if both(b, a, k) {
			l.left, l.right = add(l.left, k), add(l.right, k)
		}
	}
	return overlap(l.left, l.right, l.rarity)
}

// shorter is how far the shorter of two lists is what the shared part is held
// against.
const shorter = 0.7

// What some words count among what is said.
const (
	settingShare = 0.5 // who, where and when
	ownWords     = 0.3 // those of one language where two are compared
)

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
	if c.matter {
		why = append(why, fmt.Sprintf("Their reports are about the same names and places (%.0f %%).", 100*c.around))
	}
	return why
}
