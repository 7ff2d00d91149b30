package corroborate

import (
	"cmp"
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

// reasons says why the statements of a root share it.
func (j *judge) reasons(r *root) []centre.Reason {
	why := []centre.Reason{}
	add := func(reason centre.Reason) { why = append(why, reason) }
	texts, families, origins := map[string]map[centre.ID]bool{}, map[string]map[string]bool{}, map[string]bool{}
	echoes, circles, outlets, translated, tokens := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[centre.ID]bool{}, 0
	for _, v := range r.voices {
		put(texts, v.text, v.Carrier.Report)
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
		add(centre.Reason{Code: centre.WhyTokens, N: tokens})
	}
	if r.Unknown && len(r.voices) > 1 {
		add(naming(centre.Reason{Code: centre.WhyUnknownMany, N: len(r.voices)}, origins))
	} else if r.Unknown {
		add(centre.Reason{Code: centre.WhyUnknownOne})
	}
	copies := 0
	for _, carriers := range texts {
		if len(carriers) > 1 {
			copies += len(carriers)
		}
	}
	if copies -= len(translated); copies > 1 {
		add(centre.Reason{Code: centre.WhyCopies, N: copies})
	}
	if len(translated) > 0 {
		add(centre.Reason{Code: centre.WhyTranslations, N: len(translated)})
	}
	for _, f := range sorted(families) {
		if len(families[f]) > 1 {
			add(naming(centre.Reason{Code: centre.WhyFamily, Of: f}, families[f]))
		}
	}
	if state, ok := single(r.states); ok && len(outlets) > 1 && strings.HasPrefix(r.key, keyOutlet) {
		add(naming(centre.Reason{Code: centre.WhySisters, Country: state}, outlets))
	}
	if len(echoes) > 0 {
		add(naming(centre.Reason{Code: centre.WhyEcho}, echoes))
	}
	if len(circles) > 0 {
		add(naming(centre.Reason{Code: centre.WhyCircle}, circles))
	}
	if !r.Unknown && !strings.HasPrefix(r.key, keyOutlet) && len(reports) > 1 && tokens < 2 {
		add(centre.Reason{Code: centre.WhySameSpeaker, N: len(reports), Of: r.Name})
	}
	if r.Party {
		party := centre.Reason{Code: centre.WhyParty, Country: r.Country}
		if party.Country == "" {
			party.Of = r.Name
		}
		add(party)
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

// naming lists names in a reason, the same ones always.
func naming(r centre.Reason, set map[string]bool) centre.Reason {
	names := sorted(set)
	shown := min(len(names), centre.MaxReasonNames)
	r.Names, r.More = names[:shown], len(names)-shown
	return r
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
