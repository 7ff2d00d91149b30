package claims

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"entente/internal/centre"
)

// DefaultLimit is how many claims are remembered where Options do not say: about
// 230 MB.
const DefaultLimit = 200_000

// Options of a Linker. The zero value is usable.
type Options struct {
	Limit int              // claims remembered; 0 for DefaultLimit
	NewID func() centre.ID // nil for centre.RandomID
}

// Known is an earlier statement as linking remembers it. It has the fields of
// store.KnownStatement, and converts from it.
type Known struct {
	Claim    centre.ID
	Report   centre.ID
	Features []byte
}

// Memory walks the newest statements, oldest first. Package store keeps them.
type Memory interface {
	Remember(ctx context.Context, limit int, each func(Known) error) error
}

// Linker is the memory of claims. Not safe for concurrent use.
type Linker struct {
	newID func() centre.ID
	limit int

	claims []claim // in the order in which they were begun; those forgotten have no id
	byID   map[centre.ID]int32
	exact  map[uint64]int32        // claims by the words of a content
	with   map[uint32][]int32      // claims by term, key or number, the newest last
	into   map[centre.ID]centre.ID // claims that persons merged into others
	held   int                     // claims that are not forgotten

	seen  []int32 // by claim: mark of the statement that last looked at it
	mark  int32
	sums  []float32
	found []int32

	left, right []uint32  // scratch of names and of candidates
	weights     []float32 // scratch of candidates
}

// claim is what is remembered of one.
type claim struct {
	id      centre.ID
	first   int32 // day
	last    int32
	undated bool       // a form of it is
	forms   []features // how it was put: the first, and others that differ
	near    []centre.ID
}

// maxForms is how many ways of putting a claim are remembered.
const maxForms = 4

// New makes a Linker that remembers nothing.
func New(o Options) *Linker {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	if o.NewID == nil {
		o.NewID = centre.RandomID
	}
	l := &Linker{newID: o.NewID, limit: o.Limit, into: map[centre.ID]centre.ID{}}
	l.clear()
	return l
}

func (l *Linker) clear() {
	l.claims, l.seen, l.sums, l.held = nil, nil, nil, 0
	l.byID, l.exact, l.with = map[centre.ID]int32{}, map[uint64]int32{}, map[uint32][]int32{}
}

// statementsPerClaim is how many statements are recalled for each claim that may
// be remembered.
const statementsPerClaim = 3

// Load fills the memory of a new Linker.
func (l *Linker) Load(ctx context.Context, m Memory) error {
	err := m.Remember(ctx, statementsPerClaim*l.limit, func(k Known) error {
		l.Learn(k)
		return ctx.Err()
	})
	if err != nil {
		return fmt.Errorf("recalling earlier claims: %w", err)
	}
	return nil
}

// Learn adds a statement to what is remembered of its claim.
func (l *Linker) Learn(k Known) {
	if f, ok := decode(k.Features); ok && k.Claim != 0 {
		l.join(l.standing(k.Claim), f)
	}
}

// Forget drops what is remembered of a claim, before what it has become is
// learned anew.
func (l *Linker) Forget(id centre.ID) {
	at, ok := l.byID[id]
	if !ok {
		return
	}
	c := &l.claims[at]
	for _, f := range c.forms {
		if l.exact[f.exact] == at {
			delete(l.exact, f.exact)
		}
	}
	delete(l.byID, id)
	*c = claim{}
	l.held--
}

// Merged tells that a person merged a claim into another.
func (l *Linker) Merged(from, into centre.ID) { l.into[from] = into }

// Parted tells that a merge was taken back. What is remembered of the two is to be
// forgotten and learned anew.
func (l *Linker) Parted(from, into centre.ID) {
	if l.into[from] == into {
		delete(l.into, from)
	}
}

// standing gives what a claim was merged into, one merge after the other.
func (l *Linker) standing(id centre.ID) centre.ID {
	for range len(l.into) {
		to, ok := l.into[id]
		if !ok {
			break
		}
		id = to
	}
	return id
}

// Link gives the statements of a report their claims, in their order, and
// remembers them. received is when the centre took the report.
func (l *Linker) Link(d *centre.Draft, received time.Time) []centre.Linked {
	if len(d.Statements) == 0 {
		return nil
	}
	out := make([]centre.Linked, len(d.Statements))
	r := read(d)
	t := &text{linker: l, draft: d, linked: out, features: make([]features, len(d.Statements))}
	for i := range d.Statements {
		s := &d.Statements[i]
		f, parties := r.features(s, dayOf(s, d.Published, received))
		f.undated = s.SaidAt == nil && !d.Published.Known()
		t.features[i] = f
		out[i] = t.link(i, f)
		out[i].Parties = parties
		out[i].Features = f.encode()
	}
	return out
}

func dayOf(s *centre.Statement, published centre.Moment, received time.Time) int32 {
	at := received
	switch {
	case s.SaidAt != nil:
		at = s.SaidAt.From
	case published.Known():
		at = published.Time
	}
	return int32(min(max(at.Unix()/86400, math.MinInt32/2), math.MaxInt32/2))
}

// join adds a way of putting it to a claim, which it makes where it is new.
func (l *Linker) join(id centre.ID, f features) {
	at, ok := l.byID[id]
	if !ok {
		if l.held >= l.limit+l.limit/8+1 {
			l.shrink()
		}
		at = int32(len(l.claims))
		l.claims = append(l.claims, claim{id: id, first: f.day, last: f.day})
		l.seen, l.sums = append(l.seen, 0), append(l.sums, 0)
		l.byID[id] = at
		l.held++
	}
	c := &l.claims[at]
	c.first, c.last = min(c.first, f.day), max(c.last, f.day)
	if f.exact != 0 {
		if _, taken := l.exact[f.exact]; !taken || len(c.forms) == 0 {
			l.exact[f.exact] = at
		}
	}
	if len(c.forms) >= maxForms || slices.ContainsFunc(c.forms, func(o features) bool { return o.sameAs(&f) }) {
		return
	}
	for _, list := range [][]uint32{f.terms, f.keys, f.numbers} {
		for _, k := range list {
			if !slices.ContainsFunc(c.forms, func(o features) bool { return o.has(k) }) {
				l.with[k] = append(l.with[k], at)
			}
		}
	}
	for _, k := range f.around {
		if !slices.ContainsFunc(c.forms, func(o features) bool { return slices.Contains(o.around, k) }) {
			l.with[aboutKey(k)] = append(l.with[aboutKey(k)], at)
		}
	}
	c.undated = c.undated || f.undated
	c.forms = append(c.forms, f)
}

func (f *features) sameAs(o *features) bool {
	return f.language == o.language && slices.Equal(f.terms, o.terms) && slices.Equal(f.keys, o.keys) && slices.Equal(f.numbers, o.numbers)
}

func (f *features) has(k uint32) bool {
	for _, list := range [][]uint32{f.terms, f.keys, f.numbers} {
		if _, ok := slices.BinarySearch(list, k); ok {
			return true
		}
	}
	return false
}

// shrink forgets the claims that were not spoken of for longest.
func (l *Linker) shrink() {
	kept := make([]claim, 0, l.held)
	for _, c := range l.claims {
		if c.id != 0 {
			kept = append(kept, c)
		}
	}
	if len(kept) > l.limit {
		days := make([]int32, len(kept))
		for i := range kept {
			days[i] = kept[i].last
		}
		slices.Sort(days)
		least, drop := days[len(days)-l.limit], len(kept)-l.limit
		kept = slices.DeleteFunc(kept, func(c claim) bool {
			if c.last < least || c.last == least && drop > 0 {
				drop--
				return true
			}
			return false
		})
	}
	l.clear()
	for _, c := range kept {
		for _, f := range c.forms {
			l.join(c.id, f)
		}
		if at, ok := l.byID[c.id]; ok {
			l.claims[at].first, l.claims[at].last, l.claims[at].near = c.first, c.last, c.near
		}
	}
}

// Bounds of looking for candidates.
const (
	probes      = 10  // of the rarest words of a statement
	probesAbout = 5   // of the rarest of what its report is about
	perProbe    = 400 // newest claims that have one
	weighed     = 200 // of these, by what they were found by, whose whole promise is weighed
	scored      = 24  // of these, the most promising, that are compared in full
	windowDays  = 30  // between a statement and when its claim was last spoken of
	exactWindow = 180 // the same where the words are the same
)

// aboutKey is a key under which claims are found by what their reports are about.
func aboutKey(k uint32) uint32 { return k ^ 0x5bd1e994 }

// candidates finds the claims that share the rarest of what a statement has, or of
// what its report is about, the most promising first.
func (l *Linker) candidates(f *features) []int32 {
	l.mark++
	l.found = l.found[:0]
	l.probe(probes, 1, f, f.keys, f.terms, f.numbers)
	l.left = l.left[:0]
	for _, k := range f.around {
		l.left = append(l.left, aboutKey(k))
	}
	l.probe(probesAbout, aboutShare, f, l.left)
	l.best(weighed)
	l.weights = l.weights[:0]
	for _, list := range [][]uint32{f.terms, f.keys, f.numbers, l.left} {
		for _, k := range list {
			l.weights = append(l.weights, l.rarity(k))
		}
	}
	for _, at := range l.found {
		l.sums[at] = 0
		for i := range l.claims[at].forms {
			l.sums[at] = max(l.sums[at], f.promise(&l.claims[at].forms[i], l.weights))
		}
	}
	l.best(scored)
	return l.found
}

// best keeps the most promising of what was found, the newer of equals.
func (l *Linker) best(limit int) {
	slices.SortFunc(l.found, func(a, b int32) int { return cmp.Or(cmp.Compare(l.sums[b], l.sums[a]), cmp.Compare(b, a)) })
	l.found = l.found[:min(len(l.found), limit)]
}

// probe adds to what was found the newest claims that have the rarest of some keys,
// and to what they promise the share of what these weigh.
func (l *Linker) probe(most int, share float32, f *features, lists ...[]uint32) {
	type probe struct {
		weight float32
		claims []int32
	}
	var list [maxTerms + maxKeys + maxNumbers]probe
	n := 0
	for _, words := range lists {
		for _, k := range words {
			if claims := l.with[k]; len(claims) > 0 {
				list[n] = probe{l.rarity(k), claims}
				n++
			}
		}
	}
	slices.SortFunc(list[:n], func(a, b probe) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(len(a.claims), len(b.claims)))
	})
	for _, p := range list[:min(n, most)] {
		for _, at := range p.claims[max(0, len(p.claims)-perProbe):] {
			c := &l.claims[at]
			if c.id == 0 || !f.undated && !c.undated && !near(c, f.day, windowDays) {
				continue
			}
			if l.seen[at] != l.mark {
				l.seen[at], l.sums[at] = l.mark, 0
				l.found = append(l.found, at)
			}
			l.sums[at] += share * p.weight
		}
	}
}

// aboutShare is how much it promises that two reports are about the same, beside
// that the statements say the same.
const aboutShare = 0.3

// promise is the weight of what two propositions share. weights are those of f's
// terms, keys, numbers and of what is around it.
func (f *features) promise(o *features, weights []float32) (sum float32) {
	part := func(a, b []uint32, share float32) {
		j := 0
		for i, k := range a {
			for j < len(b) && b[j] < k {
				j++
			}
			if j < len(b) && b[j] == k {
				sum += share * weights[i]
			}
		}
		weights = weights[len(a):]
	}
	part(f.terms, o.terms, 1)
	part(f.keys, o.keys, 1)
	part(f.numbers, o.numbers, 1)
	part(f.around, o.around, aboutShare)
	return sum
}

func near(c *claim, day int32, window int32) bool {
	return day >= c.first-window && day <= c.last+window
}

// rarity is how much it says to share something: the logarithm of how few claims
// have it. Where few claims are known at all, little can be told of that.
func (l *Linker) rarity(k uint32) float32 {
	return float32(math.Log(1 + float64(l.held+20)/float64(len(l.with[k])+1)))
}
