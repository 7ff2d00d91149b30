package storetest

import (
	"context"
	"fmt"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// BenchClaims measures claims in a store of 20,000 reports of four statements
// each, about 25,000 claims, under four labels of which the reader sees three.
func BenchClaims(b *testing.B, s store.Store) {
	w := &world{ctx: b.Context(), s: s, g: system.Grant("bench")}
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	var sources []centre.Source
	for i, m := range members {
		marking := open4
		if i == 3 {
			marking = rel(centre.Unclassified, m)
		}
		o := centre.Source{ID: w.ids.Next(start), Slug: "bench-" + string(m), Name: "Outlet " + string(m), Kind: "feed", Address: "https://example.org", Member: m, Family: "family " + string(m), Marking: marking}
		o.Marking.Originator = m
		g, err := policy.Decide(allRoles(m), policy.ActionManageSources, policy.Object{Kind: "source", Member: m, Target: &o.Marking})
		must(err)
		must(s.AddSource(w.ctx, g, o))
		sources = append(sources, o)
	}
	const reports, batch = 20_000, 100
	for at := 0; at < reports; at += batch {
		o := sources[(at/batch)%len(sources)]
		var docs []centre.Document
		texts := map[string]text{}
		for i := at; i < at+batch; i++ {
			var list []speech
			for k := range 4 {
				n := i*4 + k
				claim := centre.ID(1<<40 + n)
				if k < 3 {
					claim = centre.ID(1<<40 + (n*2654435761)%25_000)
				}
				stance := centre.StanceAssert
				if n%9 == 0 {
					stance = centre.StanceDeny
				}
				list = append(list, speech{claim: claim, speaker: fmt.Sprintf("%s Speaker", vocable(n%400)), stance: stance, words: vocable(n%3000) + " " + vocable(n%700)})
			}
			x := saying(fmt.Sprint("bench", i), list...)
			x.story = centre.ID(1<<41 + i/6)
			docs, texts[x.id] = append(docs, x.document()), x
		}
		_, err := s.Take(w.ctx, w.g, o.ID, docs, nil)
		must(err)
		pending, err := s.Pending(w.ctx, w.g, 0, batch)
		must(err)
		var ws []centre.Woven
		for _, p := range pending {
			ws = append(ws, texts[p.Document.ExternalID].woven(p.Document))
		}
		_, err = s.Commit(w.ctx, w.g, ws)
		must(err)
	}
	labels, err := s.AllLabels(w.ctx, w.g)
	must(err)
	v := policy.NewView(actor(irq), labels)
	page := store.Page{Limit: 50}
	find := func(q query.Node) func(context.Context) error {
		return func(ctx context.Context) error { _, err := s.Search(ctx, v, q, page); return err }
	}
	list, err := s.Claims(w.ctx, v, store.ClaimFilter{}, page)
	must(err)
	for _, c := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"Newest", func(ctx context.Context) error { _, err := s.Claims(ctx, v, store.ClaimFilter{}, page); return err }},
		{"Contested", func(ctx context.Context) error {
			_, err := s.Claims(ctx, v, store.ClaimFilter{Status: []centre.ClaimStatus{centre.ClaimContested}}, page)
			return err
		}},
		{"OfASpeaker", func(ctx context.Context) error {
			_, err := s.Claims(ctx, v, store.ClaimFilter{Said: query.Said{Speaker: vocable(17)}}, page)
			return err
		}},
		{"OfAStory", func(ctx context.Context) error {
			_, err := s.Claims(ctx, v, store.ClaimFilter{Query: query.Story{ID: 1<<41 + 1000}}, page)
			return err
		}},
		{"One", func(ctx context.Context) error { _, err := s.Claim(ctx, v, list.Claims[7].ID); return err }},
		{"SearchSpeakerStance", find(query.Said{Speaker: vocable(17), Stance: centre.StanceDeny})},
		{"SearchContested", find(query.Said{Status: centre.ClaimContested})},
		{"SearchRoots", find(query.Said{Roots: 2})},
	} {
		b.Run(c.name, func(b *testing.B) { percentiles(b, c.run) })
	}
}
