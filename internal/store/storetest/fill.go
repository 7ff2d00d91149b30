package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

// buildModel fills a store and remembers what is in it.
func buildModel(w *world) *model {
	rnd := rand.New(rand.NewPCG(2015, 9))
	m := &model{gazetteer: []*centre.Place{baghdad, basra, latakia, suva, apia, moscow, nowhere}}
	randomMarking := func(origin centre.MemberCode) centre.Marking {
		mark := centre.Marking{Originator: origin, Level: centre.Level(rnd.IntN(4)), TLP: []centre.TLP{0, 0, 0, centre.TLPAmber, centre.TLPRed}[rnd.IntN(5)]}
		for _, c := range members {
			if rnd.IntN(2) == 0 {
				mark.Releasable = append(mark.Releasable, c)
			}
		}
		if rnd.IntN(4) == 0 {
			mark.Caveats = []string{centre.ORCON}
		}
		return mark.Canonical()
	}
	for i := range 8 {
		m.sources = append(m.sources, w.source(members[i%4], randomMarking(members[i%4])))
	}
	var storyIDs, sets []centre.ID
	for range 15 {
		storyIDs, sets = append(storyIDs, centre.RandomID()), append(sets, centre.RandomID())
	}
	for i := range 120 {
		o := m.sources[rnd.IntN(len(m.sources))]
		k := rnd.IntN(len(storyIDs))
		x := text{id: fmt.Sprint(i), language: []string{"en", "en", "ar", "ru"}[rnd.IntN(4)], story: storyIDs[k], copies: centre.RandomID()}
		if rnd.IntN(3) == 0 {
			x.copies = sets[k]
		}
		for n := range 2 + rnd.IntN(5) {
			if n > 0 {
				x.body += " "
			}
			x.body += vocabulary[rnd.IntN(len(vocabulary))]
		}
		if rnd.IntN(4) > 0 {
			x.published = start.Add(time.Duration(rnd.IntN(100*24)) * time.Hour)
		}
		for _, p := range m.gazetteer {
			if rnd.IntN(5) == 0 {
				x.places = append(x.places, p)
			}
		}
		var whole *modelReport
		for _, other := range m.reports {
			if other.source.ID == o.ID && rnd.IntN(8) == 0 {
				whole, x.partOf = other, other.text.id
			}
		}
		r := &modelReport{source: o, marking: o.Marking, text: x, set: x.copies, versions: 1, whole: whole}
		if rnd.IntN(2) == 0 {
			mark := randomMarking(members[rnd.IntN(4)])
			r.marking, x.marking = mark, &mark
		}
		if rnd.IntN(6) == 0 { // an earlier version said something else
			earlier := x
			earlier.body, earlier.places = "zzz "+x.body, m.gazetteer
			w.report(o.ID, earlier)
			r.versions = 2
		}
		r.id = w.report(o.ID, x)[0]
		m.reports = append(m.reports, r)
		if rnd.IntN(5) == 0 {
			m.mark(w, r, randomMarking(r.marking.Originator))
		}
		if rnd.IntN(4) == 0 {
			m.grade(w, r, centre.Grade{Reliability: []centre.Reliability{'A', 'B', 'C', 'F'}[rnd.IntN(4)], Credibility: 2})
		}
	}
	for i := range 12 {
		o := m.sources[i%len(m.sources)]
		r := w.take(o.ID, text{id: fmt.Sprint("dead", i), title: "Dead", body: "dead"})
		w.must(w.s.Bury(w.ctx, w.g, centre.DeadLetter{Document: r[0].ID, Step: "place", Reason: "It failed.", At: start}))
		m.dead = append(m.dead, o.Marking)
	}
	m.occur(w, randomMarking)
	return m
}

// occur adds events and tracks, and marks their sources anew in between, so that
// some carry another marking than their source.
func (m *model) occur(w *world, randomMarking func(centre.MemberCode) centre.Marking) {
	for i := range 48 {
		k := i % len(m.sources)
		o := m.sources[k]
		name := fmt.Sprintf("e%02d", i)
		w.takeEvents(o.ID, clash(name, 100-i, baghdad))
		x := modelEvent{name: name, source: o, marking: o.Marking, id: w.event(name).ID}
		m.events = append(m.events, x)
		_, err := w.s.TakeTracks(w.ctx, w.g, o.ID, []centre.Track{{UID: name, Point: baghdad.Point, Time: start.Add(time.Duration(-i) * time.Second), Stale: start.Add(time.Hour)}}, nil)
		w.must(err)
		m.tracks = append(m.tracks, x)
		if i%5 == 4 {
			to := randomMarking(o.Member)
			g, err := policy.Decide(allRoles(o.Member), policy.ActionManageSources, policy.Object{Kind: "source", ID: o.ID, Member: o.Member, Marking: o.Marking, Target: &to})
			w.must(err)
			o.Marking = to
			w.must(w.s.ChangeSource(w.ctx, g, o))
			m.sources[k] = o
		}
	}
	for _, list := range [][]modelEvent{m.events, m.tracks} {
		for i := range list {
			list[i].source = m.sources[slices.IndexFunc(m.sources, func(o centre.Source) bool { return o.ID == list[i].source.ID })]
		}
	}
	for i := range m.dead { // a letter is for those who may know of its source now
		m.dead[i] = m.sources[i%len(m.sources)].Marking
	}
	for i, r := range m.reports {
		m.reports[i].source = m.sources[slices.IndexFunc(m.sources, func(o centre.Source) bool { return o.ID == r.source.ID })]
	}
}

func (m *model) mark(w *world, r *modelReport, to centre.Marking) {
	what := object(w.head(r.id))
	what.Target = &to
	g, err := policy.Decide(allRoles(r.marking.Originator), policy.ActionMark, what)
	w.must(err)
	w.must(w.s.Mark(w.ctx, g, "changed"))
	if !to.Equal(r.marking) {
		r.changes = append(r.changes, [2]centre.Marking{r.marking, to})
	}
	r.marking = to
}

func (m *model) grade(w *world, r *modelReport, grade centre.Grade) {
	g, err := policy.Decide(allRoles(r.marking.Originator), policy.ActionGrade, object(w.head(r.id)))
	w.must(err)
	_, err = w.s.Grade(w.ctx, g, grade, "graded")
	w.must(err)
	r.grade = grade
	r.gradings++
}
