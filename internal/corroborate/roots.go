package corroborate

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
)

// root is a root in the making.
type root struct {
	centre.Root
	key    string
	voices []*voice
	first  time.Time       // when it was first said
	last   time.Time       // when it was last said
	states map[string]bool // that own its outlets
	talks  string          // for whom it talks; "" for itself alone
}

const keyUnknown = "unknown"

// takeBack drops what carriers have withdrawn: such a report carries nothing,
// nor does a copy or a translation of it. The roots that it alone was the way to
// go with it.
func (j *judge) takeBack() {
	for _, v := range j.all {
		if v.Carrier.Withdrawn {
			v.dropped = true
			j.dropCopies(v, func(*voice) bool { return true })
		}
	}
	for _, family := range j.gone() {
		for _, v := range j.all {
			v.dropped = v.dropped || slices.Contains(v.ways, family)
		}
	}
	for _, r := range j.all {
		if r.Stance != centre.StanceRetract || !r.origin.outlet || r.origin.family == "" || r.Carrier.Withdrawn {
			continue
		}
		// An outlet that takes back what it reported carries it no more, before
		// the retraction; nor does who passed it on.
		done := map[string]bool{}
		before := func(v *voice) bool { return v.Stance != centre.StanceRetract && !v.after(r) }
		for _, v := range j.all {
			if before(v) && familyOf(&v.Carrier) == r.origin.family {
				v.dropped = true
				if !done[v.text] {
					j.dropCopies(v, before)
				}
				done[v.text] = true
			} else if before(v) && slices.Contains(v.ways, r.origin.family) {
				v.dropped = true
			}
		}
	}
}

// gone gives the families that have withdrawn all that they carried.
func (j *judge) gone() []string {
	stays := map[string]bool{}
	for _, v := range j.all {
		if family := familyOf(&v.Carrier); family != "" {
			stays[family] = stays[family] || !v.Carrier.Withdrawn
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(stays)), func(f string) bool { return stays[f] })
}

// dropCopies drops what stands in the text of a report that is taken back, where
// nobody of another house certainly had that text before.
func (j *judge) dropCopies(of *voice, which func(*voice) bool) {
	same := j.inText[of.text]
	if slices.ContainsFunc(same, func(v *voice) bool { return familyOf(&v.Carrier) != familyOf(&of.Carrier) && of.after(v) }) {
		return // it was the copy
	}
	for _, v := range same {
		v.dropped = v.dropped || which(v)
	}
}

// waysOf gives the families of the outlets through which a statement came on its
// way from the root to the carrier.
func (j *judge) waysOf(s *centre.ClaimStatement) []string {
	var families []string
	for _, h := range s.Chain[:max(0, len(s.Chain)-1)] {
		if h.Kind != centre.AgentPublisher && h.Kind != centre.AgentAgency {
			continue
		}
		family := j.Key(h.Agent)
		if known, ok := j.Outlet(h.Agent); ok {
			family = known.Family
		}
		families = append(families, family)
	}
	return families
}

// after tells whether a statement was certainly made after another.
func (v *voice) after(o *voice) bool {
	return !v.from.IsZero() && !o.to.IsZero() && !v.from.Before(o.to)
}

// roots gives those of one side, in a fixed order.
func (j *judge) roots(side centre.Side) []*root {
	var voices []*voice
	for _, v := range j.all {
		if v.side == side {
			voices = append(voices, v)
		}
	}
	g := j.graph(voices)
	roots := map[string]*root{}
	for _, v := range voices {
		base := v.origin.key
		if v.origin.outlet {
			base = g.base(v)
		}
		key := cmp.Or(base, keyUnknown)
		r := roots[key]
		if r == nil {
			r = &root{key: key, states: map[string]bool{}}
			r.Side, r.Unknown, r.State = side, key == keyUnknown, centre.RootStands
			roots[key] = r
		}
		v.base = key
		r.voices = append(r.voices, v)
		if v.origin.state != "" && v.echo == "" {
			r.states[v.origin.state] = true
		}
	}
	list := j.ofOneState(roots)
	for _, r := range list {
		j.describe(r)
	}
	j.retract(list)
	return list
}

// ofOneState joins the outlets of one state: sisters are no witnesses for one
// another.
func (j *judge) ofOneState(roots map[string]*root) []*root {
	byState := map[string]*root{}
	var list []*root
	for _, key := range slices.Sorted(maps.Keys(roots)) {
		r := roots[key]
		if state, ok := single(r.states); ok && strings.HasPrefix(key, keyOutlet) {
			if first := byState[state]; first != nil {
				first.voices = append(first.voices, r.voices...)
				continue
			}
			byState[state] = r
		}
		list = append(list, r)
	}
	return list
}

func single(set map[string]bool) (string, bool) {
	for s := range set {
		return s, len(set) == 1
	}
	return "", false
}

// graph is which outlet passes on from whom, among the statements of one side.
type graph struct {
	j        *judge
	families union
	outlets  map[string]*outletNode // by the name that stands for its family
}

// outletNode is an outlet, or several whose texts are one.
type outletNode struct {
	own    []*voice            // in its own voice
	passes map[string]struct{} // keys of those whom its reports name
}

func (j *judge) graph(voices []*voice) *graph {
	g := &graph{j: j, families: union{}, outlets: map[string]*outletNode{}}
	// Copies and translations in which nobody is named are of one outlet, whichever.
	first := map[string]string{}
	for _, v := range voices {
		if v.origin.own && v.origin.family != "" {
			text := v.text
			if f, ok := first[text]; ok {
				g.families.join(f, v.origin.family)
			} else {
				first[text] = v.origin.family
				g.families.join(v.origin.family, v.origin.family)
			}
		}
	}
	named := map[string]map[string]struct{}{} // by text: whom it names
	for _, v := range voices {
		text := v.text
		if family := familyOf(&v.Carrier); family != "" {
			n := g.outlet(family)
			if v.origin.own {
				n.own = append(n.own, v)
			} else {
				n.passes[cmp.Or(v.origin.key, keyUnknown)] = struct{}{}
			}
		}
		if v.origin.outlet {
			g.outlet(v.origin.family)
		}
		if !v.origin.own {
			if named[text] == nil {
				named[text] = map[string]struct{}{}
			}
			named[text][cmp.Or(v.origin.key, keyUnknown)] = struct{}{}
		}
	}
	for _, n := range g.outlets {
		for _, v := range n.own {
			maps.Copy(n.passes, named[v.text])
		}
	}
	return g
}

func (g *graph) outlet(family string) *outletNode {
	name := g.families.find(family)
	n := g.outlets[name]
	if n == nil {
		n = &outletNode{passes: map[string]struct{}{}}
		g.outlets[name] = n
	}
	return n
}

// base follows a statement that ends at an outlet to whoever stands behind it,
// and gives the key of that root; "" where nobody can tell.
func (g *graph) base(v *voice) string {
	if v.origin.family == "" {
		return ""
	}
	start := g.families.find(v.origin.family)
	seen, queue := map[string]bool{start: true}, []string{start}
	ends := map[string]bool{}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		n := g.outlets[name]
		onward := false
		for key := range n.passes {
			family, outlet := strings.CutPrefix(key, keyOutlet)
			if !outlet {
				ends[key] = true
				onward = true
				continue
			}
			next := g.families.find(family)
			if next == name {
				continue // it cites itself
			}
			onward = true
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
		if !onward {
			ends[keyOutlet+name] = true
		}
	}
	if len(ends) > 0 {
		end := slices.Min(slices.Collect(maps.Keys(ends)))
		if end != keyOutlet+start {
			v.echo = v.origin.agent.Name
		}
		if end == keyUnknown {
			return ""
		}
		return end
	}
	// A circle. Whoever of it first spoke in its own voice is the root; where
	// nobody did, nobody can tell.
	v.circle = true
	var own []*voice
	for name := range seen {
		own = append(own, g.outlets[name].own...)
	}
	if len(own) == 0 {
		return ""
	}
	first := slices.MinFunc(own, func(a, b *voice) int {
		return cmp.Or(a.when().Compare(b.when()), strings.Compare(a.origin.family, b.origin.family))
	})
	return keyOutlet + g.families.find(first.origin.family)
}

// retract marks the roots that were taken back. A root of several sisters stands
// while one of them does.
func (j *judge) retract(roots []*root) {
	for _, r := range roots {
		bases := map[string][]*voice{}
		for _, v := range r.voices {
			bases[v.base] = append(bases[v.base], v)
		}
		standing, reason := 0, centre.Reason{}
		for _, base := range slices.Sorted(maps.Keys(bases)) {
			why := j.retraction(bases[base])
			if why.Code == "" {
				standing++
				continue
			}
			reason = why
			for _, v := range bases[base] {
				v.dropped = true
			}
		}
		if standing == 0 {
			r.State = centre.RootRetracted
			r.Why = append(r.Why, reason)
		}
	}
}

// retraction tells why the statements of one origin do not stand any more; it has
// no code where they do.
func (j *judge) retraction(voices []*voice) centre.Reason {
	for _, t := range j.all {
		if t.Stance != centre.StanceRetract || t.Carrier.Withdrawn || t.origin.key == "" {
			continue
		}
		mine, again := false, false
		for _, v := range voices {
			if v.origin.key == t.origin.key && v.echo == "" {
				mine = true
				again = again || !v.dropped && v.after(t)
			}
		}
		if mine && !again {
			return centre.Reason{Code: centre.WhyTookBack, Names: []string{name(t.origin.agent)}}
		}
	}
	switch {
	case j.ownWithdrawn(voices):
		return centre.Reason{Code: centre.WhyOutletGone}
	case !slices.ContainsFunc(voices, func(v *voice) bool { return !v.dropped }):
		return centre.Reason{Code: centre.WhyCarriersGone}
	}
	return centre.Reason{}
}

// ownWithdrawn tells whether an outlet spoke in its own voice and has withdrawn
// that, and nobody of the same root said it again but in copies of it.
func (j *judge) ownWithdrawn(voices []*voice) bool {
	withdrawn := map[string]bool{} // texts
	for _, v := range voices {
		if v.origin.own && v.Carrier.Withdrawn {
			withdrawn[v.text] = true
		}
	}
	return len(withdrawn) > 0 && !slices.ContainsFunc(voices, func(v *voice) bool {
		return v.origin.own && !v.dropped && !withdrawn[v.text]
	})
}
