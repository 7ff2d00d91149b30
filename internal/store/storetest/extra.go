package storetest

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// Full fills a store that has little room until it refuses, and checks that the
// refusal is one for people, that what was acknowledged is there, and that
// nothing is there by half.
func Full(t *testing.T, s store.Store) {
	w := &world{T: t, ctx: t.Context(), s: s, g: system.Grant("test")}
	o := w.source(irq, open4)
	taken, committed := 0, 0
	var refusal error
	for i := 0; refusal == nil && i < 1000; i++ {
		x := text{id: fmt.Sprint(i), title: "Filling", body: fmt.Sprintf("number %d %s", i, strings.Repeat("words to fill the disk ", 100)), places: []*centre.Place{baghdad}}
		var r []store.Receipt
		if r, refusal = s.Take(w.ctx, w.g, o.ID, []centre.Document{x.document()}, nil); refusal != nil {
			break
		}
		taken++
		if _, refusal = s.Commit(w.ctx, w.g, []centre.Woven{x.woven(w.pending()[r[0].ID].Document)}); refusal == nil {
			committed++
		}
	}
	w.refused(refusal, centre.CodeUnavailable)
	if !strings.Contains(refusal.Error(), "no room") {
		t.Errorf("the refusal %q does not say what is wrong", refusal)
	}
	f, err := s.Facets(w.ctx, system.View(), query.Word{Text: "filling"})
	w.must(err)
	if waiting := len(w.pending()); f.Total != committed || waiting != taken-committed || committed == 0 {
		t.Fatalf("%d reports and %d waiting, want %d and %d", f.Total, waiting, committed, taken-committed)
	}
}

// Log checks, through a connection of its own to the database, that each thing
// that a person does adds an entry, that the program's own work adds none, that
// what is refused adds none, and that entries stay as they are.
func Log(t *testing.T, s store.Store, db *sql.DB) {
	w := &world{T: t, ctx: t.Context(), s: s, g: system.Grant("test")}
	read := func() (actions string, n int) {
		t.Helper()
		rows, err := db.QueryContext(w.ctx, "SELECT action, member, detail FROM entry ORDER BY seq")
		w.must(err)
		defer rows.Close()
		for rows.Next() {
			var action, member, detail string
			w.must(rows.Scan(&action, &member, &detail))
			if member != "IRQ" || !strings.HasSuffix(detail, ".") {
				t.Errorf("entry %s of %q: %q", action, member, detail)
			}
			actions += action + " "
			n++
		}
		w.must(rows.Err())
		return actions, n
	}
	o := w.source(irq, open4)
	id := w.report(o.ID, text{id: "a", body: "a"})[0]
	if got, _ := read(); got != "manage-sources " {
		t.Fatalf("entries %q: the program's own work has none", got)
	}
	officer := allRoles(irq)
	g, err := policy.Decide(officer, policy.ActionGrade, object(w.head(id)))
	w.must(err)
	_, err = s.Grade(w.ctx, g, centre.Grade{Reliability: 'B'}, "")
	w.must(err)
	narrow := rel(centre.Secret, irq)
	what := object(w.head(id))
	what.Target = &narrow
	mark, err := policy.Decide(officer, policy.ActionMark, what)
	w.must(err)
	w.must(s.Mark(w.ctx, mark, "reason"))
	w.refused(s.Mark(w.ctx, mark, "again"), centre.CodeConflict)
	g, err = policy.Decide(officer, policy.ActionImport, policy.Object{Kind: "source", ID: o.ID, Member: irq})
	w.must(err)
	_, err = s.Take(w.ctx, g, o.ID, []centre.Document{{ExternalID: "b"}}, nil)
	w.must(err)
	g, err = policy.Decide(officer, policy.ActionReprocess, policy.Object{Member: irq})
	w.must(err)
	_, err = s.Reprocess(w.ctx, g, w.view(officer), query.All{})
	w.must(err)
	_, err = s.Retry(w.ctx, g, nil)
	w.must(err)
	g, err = policy.Decide(officer, policy.ActionManagePersons, policy.Object{Member: irq})
	w.must(err)
	p := centre.Person{ID: 9, Login: "x", Name: "X", Member: irq}
	w.must(s.AddPerson(w.ctx, g, p, store.Invitation{Hash: [32]byte{1}, Person: 9, Expires: start}))
	w.must(s.ChangePerson(w.ctx, g, p))
	w.must(s.Invite(w.ctx, g, store.Invitation{Hash: [32]byte{2}, Person: 9, Expires: start}))
	got, n := read()
	if want := "manage-sources grade mark import reprocess reprocess manage-persons manage-persons manage-persons "; got != want {
		t.Fatalf("entries %q, want %q", got, want)
	}
	for _, forged := range []string{"UPDATE entry SET detail = 'x'", "DELETE FROM entry", "UPDATE label SET marking = 'x'"} {
		if _, err := db.ExecContext(w.ctx, forged); err == nil {
			t.Errorf("%s was done", forged)
		}
	}
	if _, after := read(); after != n {
		t.Fatalf("%d entries are left of %d", after, n)
	}
}
