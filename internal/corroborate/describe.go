package corroborate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
)

// describe fills in what people are shown of a root, and says why its statements
// are one.
func (j *judge) describe(r *root) {
	slices.SortStableFunc(r.voices, func(a, b *voice) int { return a.when().Compare(b.when()) })
	lead := r.voices[0]
	for _, v := range r.voices {
		if v.echo == "" && !v.presumed && (!v.circle || v.origin.own) {
			lead = v
			break
		}
	}
	a := lead.origin.agent
	r.Name, r.Kind, r.Country = name(a), a.Kind, lead.origin.country
	if key, ok := strings.CutPrefix(r.key, keyOutlet); ok && lead.origin.family != key && lead.origin.agent.Name == "" {
		r.Name = key
	}
	countries := map[string]bool{}
	r.Party = true
	for _, v := range r.voices {
		r.Statements = append(r.Statements, v.Ref)
		r.Reliability = better(r.Reliability, v.Carrier.Reliability)
		if r.Unknown && v.echo == "" {
			countries[v.origin.country] = true
		}
		r.first, r.last = earliest(r.first, v.from), latest(r.last, v.to)
	}
	if r.Unknown {
		// Several unknown ones are a party where all of them are.
		r.Country = ""
		if c, ok := single(countries); ok {
			r.Country = c
		}
		for c := range countries {
			r.Party = r.Party && j.party(c, "")
		}
	} else {
		r.Party = j.party(r.Country, a.Entity)
	}
	switch {
	case a.Kind == centre.AgentSpokesperson || a.Role != "":
		r.talks = r.Country
	case len(r.states) > 0:
		r.talks, _ = single(r.states)
	}
	r.Why = j.reasons(r)
}

// reasons says in sentences why the statements of a root share it.
func (j *judge) reasons(r *root) []string {
	why := []string{}
	add := func(format string, args ...any) { why = append(why, fmt.Sprintf(format, args...)) }
	texts, families, origins := map[string]map[centre.ID]bool{}, map[string]map[string]bool{}, map[string]bool{}
	echoes, circles, outlets, translated, tokens := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[centre.ID]bool{}, 0
	for _, v := range r.voices {
		put(texts, j.texts.find("report "+v.Carrier.Report.String()), v.Carrier.Report)
		if v.Carrier.Family != "" && v.origin.own {
			put(families, v.Carrier.Family, cmp.Or(v.Carrier.Name, v.Carrier.Source.String()))
			outlets[v.Carrier.Family] = true
		}
		if v.echo != "" {
			echoes[v.echo] = true
		}
		if v.circle {
			circles[cmp.Or(v.Carrier.Name, "an outlet")] = true
		}
		if v.Carrier.Translation != 0 {
			translated[v.Carrier.Report] = true
		}
		if len(v.Roots) > 0 {
			tokens++
		}
		if v.origin.agent.Name != "" {
			origins[v.origin.agent.Name] = true
		}
	}
	reports := map[centre.ID]bool{}
	for _, v := range r.voices {
		reports[v.Carrier.Report] = true
	}
	if tokens > 1 {
		add("The members that brought them say by equal tokens that %d statements have one root; it stays unnamed.", tokens)
	}
	if r.Unknown && len(r.voices) > 1 {
		add("Nobody can tell whose %d statements these are (%s); all unknown roots of one side count as one.", len(r.voices), listed(origins))
	} else if r.Unknown {
		add("It is not said who this is; it counts as one unknown root.")
	}
	copies := 0
	for _, carriers := range texts {
		if len(carriers) > 1 {
			copies += len(carriers)
		}
	}
	if copies -= len(translated); copies > 1 {
		add("%d reports carry the same text or nearly so: copies confirm nothing.", copies)
	}
	if len(translated) > 0 {
		add("%d of its reports are translations of another: a translation confirms nothing.", len(translated))
	}
	for _, f := range sorted(families) {
		if len(families[f]) > 1 {
			add("%s belong to one publisher family, %s.", listed(families[f]), f)
		}
	}
	if state, ok := single(r.states); ok && len(outlets) > 1 && strings.HasPrefix(r.key, keyOutlet) {
		add("%s belong to one state, %s: sisters are no witnesses for one another.", listed(outlets), state)
	}
	if len(echoes) > 0 {
		add("What cites %s adds no root: that report itself goes back to somebody else.", listed(echoes))
	}
	if len(circles) > 0 {
		add("%s cite one another in a circle, which confirms nothing.", listed(circles))
	}
	if !r.Unknown && !strings.HasPrefix(r.key, keyOutlet) && len(reports) > 1 && tokens < 2 {
		add("%d reports pass on the same speaker, %s.", len(reports), r.Name)
	}
	if r.Party {
		add("It is a party to the matter, or speaks from one (%s).", cmp.Or(r.Country, r.Name))
	}
	return why
}

func put[K, V comparable](m map[K]map[V]bool, k K, v V) {
	if m[k] == nil {
		m[k] = map[V]bool{}
	}
	m[k][v] = true
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// maxListed is how many names a sentence lists.
const maxListed = 4

// listed writes names for a sentence, the same ones always.
func listed(set map[string]bool) string {
	names := sorted(set)
	switch n := len(names); {
	case n == 0:
		return "unnamed"
	case n == 1:
		return names[0]
	case n > maxListed:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:maxListed], ", "), n-maxListed)
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

func name(a centre.Agent) string {
	return cmp.Or(a.Name, a.Text, "an unnamed source")
}

// better gives the reliability that is to be preferred; F and none say nothing.
func better(a, b centre.Reliability) centre.Reliability {
	judged := func(r centre.Reliability) bool {
		return r >= centre.CompletelyReliable && r <= centre.Unreliable
	}
	switch {
	case !judged(a) && !judged(b):
		return max(a, b)
	case !judged(a):
		return b
	case !judged(b):
		return a
	}
	return min(a, b)
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
