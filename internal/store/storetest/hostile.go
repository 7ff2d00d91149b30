package storetest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// hostile stores what the outside world sends: what is not text, what is very
// long, what looks like SQL.
func hostile(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	for i, s := range []string{"nul \x00 inside", "\xff\xfe broken \xc3(", "'; DROP TABLE report; --", `"quotes" \ 'and' backslash`, strings.Repeat("word ", 40_000),
		"\u202eright to left", "emoji 👩‍👩‍👧", strings.Repeat("x", 5000), "$1 ? :name @p", "100% _under", "", " ", "\n\n"} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			p := *baghdad
			p.Name, p.ID = s[:min(len(s), 50)], "test:"+s[:min(len(s), 50)]
			x := text{id: s, title: s, body: s + " marker", places: []*centre.Place{&p}, language: s[:min(len(s), 8)]}
			id := w.report(o.ID, x)[0]
			again := w.take(o.ID, x)
			if again[0].New {
				t.Fatal("the same document was taken twice")
			}
			r, err := w.s.Report(w.ctx, system.View(), id, 0)
			w.must(err)
			if !utf8.ValidString(r.Content.Text) || strings.ContainsRune(r.Content.Text, 0) {
				t.Fatalf("what is not text was stored: %q", r.Content.Text)
			}
			if got, want := len([]rune(r.Content.Text)), len([]rune(x.woven(x.document()).Draft.Content.Text)); got != want {
				t.Fatalf("%d code points were stored, want %d: offsets would point elsewhere", got, want)
			}
			for _, q := range []query.Node{query.Word{Text: s}, query.Word{Text: s, Prefix: true}, query.Phrase{Words: []string{s, s}}, query.Language{Tag: s},
				query.Source{Slug: s}, query.Place{Name: s, IDs: []string{s}, Country: s}, query.Member{Code: centre.MemberCode(s)}} {
				if _, err := w.s.Search(w.ctx, system.View(), query.Or{q, query.Not{Node: q}}, store.Page{}); err != nil && (len(s) < 1000 || centre.CodeOf(err) != centre.CodeInvalid) {
					t.Fatalf("%T of %q: %v", q, s[:min(len(s), 30)], err)
				}
			}
			page, err := w.s.Search(w.ctx, system.View(), query.Word{Text: "marker"}, store.Page{Limit: 1})
			w.must(err)
			same(t, "found", idsOf(page.Reports), []centre.ID{id})
		})
	}
	t.Run("OrderIsByBytes", func(t *testing.T) {
		// Whatever the database's collation, Z stands before a.
		g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, policy.Object{Kind: "source", Member: irq})
		w.must(err)
		for _, slug := range []string{"zz", "aa", "Za", "a-b", "ab", "a0"} {
			w.must(w.s.AddSource(w.ctx, g, centre.Source{ID: w.ids.Next(start), Slug: slug, Member: irq, Marking: open4}))
		}
		list, err := w.s.Sources(w.ctx, system.View())
		w.must(err)
		for i := 1; i < len(list); i++ {
			if list[i].Source.Slug <= list[i-1].Source.Slug {
				t.Fatalf("%q stands after %q", list[i].Source.Slug, list[i-1].Source.Slug)
			}
		}
	})
	t.Run("DeepTree", func(t *testing.T) {
		var q query.Node = query.Word{Text: "marker"}
		for range 40 {
			q = query.Not{Node: query.And{query.Not{Node: query.Or{q, query.Language{Tag: "xx"}}}}}
		}
		if page, err := w.s.Search(w.ctx, system.View(), q, store.Page{}); err != nil || len(page.Reports) == 0 {
			t.Fatalf("%d reports, %v", len(page.Reports), err)
		}
	})
}

// concurrent takes and commits the same documents from several hands at once.
func concurrent(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	const hands, docs = 4, 30
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	var wg sync.WaitGroup
	taken, committed := make([]int, hands), make([]int, hands)
	errs := make([]error, hands)
	for hand := range hands {
		wg.Go(func() {
			errs[hand] = func() error {
				for i := range docs {
					x := text{id: fmt.Sprint(i), title: "Title", body: "body", places: []*centre.Place{baghdad, place(fmt.Sprint(i%7), "IRQ", 44, 33)}}
					marking := rel(centre.Level(i%3), members[i%2], members[2])
					x.marking = &marking
					r, err := w.s.Take(ctx, w.g, o.ID, []centre.Document{x.document()}, nil)
					if err != nil {
						return err
					}
					if r[0].New {
						taken[hand]++
					}
					waiting, err := w.s.Pending(ctx, w.g, 0, 10)
					if err != nil {
						return err
					}
					var ws []centre.Woven
					for _, p := range waiting {
						ws = append(ws, x.woven(p.Document))
					}
					ids, err := w.s.Commit(ctx, w.g, ws)
					if err != nil {
						return err
					}
					for _, id := range ids {
						if id != 0 {
							committed[hand]++
						}
					}
					if _, err := w.s.Search(ctx, system.View(), query.Word{Text: "body"}, store.Page{}); err != nil {
						return err
					}
				}
				return nil
			}()
		})
	}
	wg.Wait()
	sum := func(n []int) (total int) {
		for _, x := range n {
			total += x
		}
		return total
	}
	for _, err := range errs {
		w.must(err)
	}
	if sum(taken) != docs || sum(committed) != docs {
		t.Fatalf("%d documents were taken and %d committed, want %d each", sum(taken), sum(committed), docs)
	}
	f, err := w.s.Facets(w.ctx, system.View(), query.Word{Text: "body"})
	w.must(err)
	if f.Total != docs {
		t.Fatalf("%d reports, want %d", f.Total, docs)
	}
	notices, err := w.s.Notices(w.ctx, w.g, 0, 1000)
	w.must(err)
	if len(notices) != docs+1 {
		t.Fatalf("%d notices, want %d", len(notices), docs+1)
	}
}
