package storetest

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

func grading(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	ids := w.report(o.ID, text{id: "a", body: "a"}, text{id: "b", body: "b"}, text{id: "c", body: "c"})
	give := func(id centre.ID, grade centre.Grade) (centre.Grading, error) {
		g, err := policy.Decide(actor(rus), policy.ActionGrade, object(w.head(id)))
		w.must(err)
		return w.s.Grade(w.ctx, g, grade, "because")
	}
	_, err := give(ids[0], centre.Grade{Reliability: 'B', Credibility: 2})
	w.must(err)
	_, err = give(ids[0], centre.Grade{Reliability: 'F', Credibility: 6})
	w.must(err)
	_, err = give(ids[1], centre.Grade{Reliability: 'C', Credibility: 3})
	w.must(err)

	t.Run("KeptNewestFirst", func(t *testing.T) {
		list, err := w.s.Gradings(w.ctx, w.view(actor(irn)), ids[0])
		w.must(err)
		if len(list) != 2 || list[0].Grade.String() != "F6" || list[1].Grade.String() != "B2" || list[1].By != "Person of RUS" || list[1].Member != rus ||
			list[1].Version != 1 || list[1].Reason != "because" || list[1].At.IsZero() {
			t.Fatalf("gradings %+v", list)
		}
		if g := w.head(ids[0]).Grade.String(); g != "F6" {
			t.Fatalf("grade %s, want the newest, F6", g)
		}
	})
	t.Run("Ranges", func(t *testing.T) {
		for _, c := range []struct {
			q    query.Grade
			want []centre.ID
		}{
			{query.Grade{ReliabilityFrom: 'B', ReliabilityTo: 'C', CredibilityFrom: 1, CredibilityTo: 3}, []centre.ID{ids[1]}},
			{query.Grade{ReliabilityFrom: 'A', ReliabilityTo: 'F'}, []centre.ID{ids[1]}},
			{query.Grade{ReliabilityFrom: 'F', ReliabilityTo: 'F', CredibilityFrom: 6, CredibilityTo: 6}, []centre.ID{ids[0]}},
			{query.Grade{CredibilityFrom: 1, CredibilityTo: 6}, []centre.ID{ids[1]}},
			{query.Grade{}, []centre.ID{ids[2], ids[1], ids[0]}},
		} {
			page, err := w.s.Search(w.ctx, system.View(), c.q, store.Page{})
			w.must(err)
			same(t, fmt.Sprintf("%+v", c.q), idsOf(page.Reports), c.want)
		}
	})
	t.Run("NoGrade", func(t *testing.T) {
		for _, bad := range []centre.Grade{{}, {Reliability: 'Z'}, {Credibility: 7}} {
			_, err := give(ids[2], bad)
			w.refused(err, centre.CodeInvalid)
		}
	})
	t.Run("NoSuchVersion", func(t *testing.T) {
		what := object(w.head(ids[2]))
		what.Version = 9
		g, err := policy.Decide(actor(rus), policy.ActionGrade, what)
		w.must(err)
		_, err = w.s.Grade(w.ctx, g, centre.Grade{Reliability: 'A'}, "")
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("GrantForSomethingElse", func(t *testing.T) {
		_, err := w.s.Grade(w.ctx, w.g, centre.Grade{Reliability: 'A'}, "")
		w.refused(err, centre.CodeDenied)
	})
}

func marking(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	id := w.report(o.ID, text{id: "a", body: "a"})[0]
	officer := allRoles(irq)
	grant := func(to centre.Marking) policy.Grant {
		t.Helper()
		what := object(w.head(id))
		what.Target = &to
		g, err := policy.Decide(officer, policy.ActionMark, what)
		w.must(err)
		return g
	}
	narrow, secret := rel(centre.Restricted, irq, rus), rel(centre.Secret, irq, rus)
	early := grant(secret)
	w.must(w.s.Mark(w.ctx, grant(narrow), "a source must be protected"))

	t.Run("Conflict", func(t *testing.T) { w.refused(w.s.Mark(w.ctx, early, "too late"), centre.CodeConflict) })
	t.Run("GradeConflict", func(t *testing.T) {
		stale := object(w.head(id))
		w.must(w.s.Mark(w.ctx, grant(secret), "again"))
		g, err := policy.Decide(officer, policy.ActionGrade, stale)
		w.must(err)
		_, err = w.s.Grade(w.ctx, g, centre.Grade{Reliability: 'A'}, "")
		w.refused(err, centre.CodeConflict)
		// Read again and decided anew, it works.
		g, err = policy.Decide(officer, policy.ActionGrade, object(w.head(id)))
		w.must(err)
		_, err = w.s.Grade(w.ctx, g, centre.Grade{Reliability: 'A'}, "")
		w.must(err)
	})
	t.Run("Remarks", func(t *testing.T) {
		list, err := w.s.Remarks(w.ctx, w.view(officer), id)
		w.must(err)
		if len(list) != 2 || !list[1].From.Equal(open4) || !list[1].To.Equal(narrow) || list[1].Reason != "a source must be protected" || list[1].By != officer.Name || list[1].Member != irq {
			t.Fatalf("remarks %+v", list)
		}
		low := actor(rus)
		low.Clearance = centre.Restricted
		_, err = w.s.Remarks(w.ctx, w.view(low), id)
		w.refused(err, centre.CodeNotFound)
		w.must(w.s.Mark(w.ctx, grant(narrow), "lowered again"))
		list, err = w.s.Remarks(w.ctx, w.view(low), id)
		w.must(err)
		if len(list) != 1 || !list[0].From.Equal(open4) {
			t.Fatalf("remarks %+v: changes from and to SECRET are not for this reader", list)
		}
	})
	t.Run("GoneAndToldBoth", func(t *testing.T) {
		_, err := w.s.Report(w.ctx, w.view(actor(syr)), id, 0)
		w.refused(err, centre.CodeNotFound)
		notices, err := w.s.Notices(w.ctx, w.g, 0, 1000)
		w.must(err)
		labels := map[int64]bool{}
		for _, n := range notices {
			if n.Kind == "report" && n.ID == id {
				labels[n.Label] = true
			}
		}
		if len(labels) != 3 {
			t.Fatalf("notices for %d labels, want all 3 that the report had", len(labels))
		}
	})
	t.Run("NewVersionMeanwhile", func(t *testing.T) {
		g := grant(open4)
		w.report(o.ID, text{id: "a", body: "changed"})
		w.refused(w.s.Mark(w.ctx, g, "of the old text"), centre.CodeConflict)
	})
	t.Run("LabelsAreMadeOnce", func(t *testing.T) {
		m := rel(centre.Confidential, syr, irq)
		first, err := w.s.Label(w.ctx, w.g, m)
		w.must(err)
		second, err := w.s.Label(w.ctx, w.g, centre.Marking{Originator: syr, Level: centre.Confidential, Releasable: []centre.MemberCode{irq, syr, irq}})
		w.must(err)
		if first.ID == 0 || first.ID != second.ID || !first.Marking.Equal(m) {
			t.Fatalf("labels %+v and %+v", first, second)
		}
		_, err = w.s.Label(w.ctx, w.g, centre.Marking{})
		w.refused(err, centre.CodeInvalid)
	})
}

func sources(t *testing.T, open Open) {
	w := newWorld(t, open)
	o, hidden := w.source(irq, open4), w.source(irq, rel(centre.Secret, irq))
	t.Run("Seen", func(t *testing.T) {
		for a, want := range map[centre.MemberCode]int{irq: 2, rus: 1} {
			list, err := w.s.Sources(w.ctx, w.view(actor(a)))
			w.must(err)
			if len(list) != want {
				t.Errorf("%s sees %d sources, want %d", a, len(list), want)
			}
		}
		for _, slug := range []string{hidden.Slug, "nobody", "x' OR 1=1"} {
			_, err := w.s.SourceBySlug(w.ctx, w.view(actor(rus)), slug)
			w.refused(err, centre.CodeNotFound)
		}
		_, err := w.s.Source(w.ctx, w.view(actor(rus)), hidden.ID)
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("SlugIsTaken", func(t *testing.T) {
		x := o
		x.ID = w.ids.Next(start)
		g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, policy.Object{Kind: "source", Member: irq})
		w.must(err)
		w.refused(w.s.AddSource(w.ctx, g, x), centre.CodeConflict)
	})
	t.Run("AnotherMembers", func(t *testing.T) {
		g, err := policy.Decide(allRoles(rus), policy.ActionManageSources, policy.Object{Kind: "source", Member: rus})
		w.must(err)
		w.refused(w.s.AddSource(w.ctx, g, centre.Source{ID: 1, Slug: "forged", Member: irq, Marking: open4}), centre.CodeDenied)
		w.refused(w.s.ChangeSource(w.ctx, g, o), centre.CodeDenied)
	})
	t.Run("Changed", func(t *testing.T) {
		state, err := w.s.SourceBySlug(w.ctx, w.view(actor(irq)), o.Slug)
		w.must(err)
		x := state.Source
		narrow := rel(centre.Restricted, irq, irn)
		x.Name, x.Slug, x.Paused, x.Interval, x.Marking, x.Reliability, x.Options = "Renamed", "other-slug", true, time.Minute, narrow, 'C', map[string]string{"follow": "yes"}
		what := policy.Object{Kind: "source", ID: x.ID, Member: irq, Label: x.Label, Marking: state.Source.Marking, Target: &narrow}
		g, err := policy.Decide(allRoles(irq), policy.ActionManageSources, what)
		w.must(err)
		w.must(w.s.ChangeSource(w.ctx, g, x))
		after, err := w.s.Source(w.ctx, w.view(actor(irn)), x.ID)
		w.must(err)
		got := after.Source
		if got.Name != "Renamed" || got.Slug != o.Slug || !got.Paused || got.Private || got.Interval != time.Minute || !got.Marking.Equal(narrow) ||
			got.Reliability != 'C' || got.Options["follow"] != "yes" || got.Created.IsZero() || !got.Created.Equal(o.Created) {
			t.Fatalf("source %+v", got)
		}
		_, err = w.s.Source(w.ctx, w.view(actor(rus)), x.ID)
		w.refused(err, centre.CodeNotFound)
		w.refused(w.s.ChangeSource(w.ctx, g, x), centre.CodeConflict)
	})
	t.Run("Health", func(t *testing.T) {
		want := centre.Health{Tried: start, Good: start.Add(-time.Hour), Next: start.Add(time.Hour), Failures: 2, Error: "The host does not answer.", Items: 3, Fetched: 4, Unchanged: 1, Bytes: 1 << 40,
			Problems: []string{"Row 7 has no date; it was left out."}, LastItem: start.Add(-2 * time.Hour), Lag: 3 * time.Minute, Every: time.Hour}
		w.must(w.s.SetHealth(w.ctx, w.g, hidden.ID, want))
		w.take(hidden.ID, text{id: "x", body: "x"})
		w.take(hidden.ID, text{id: "x", body: "x"}, text{id: "y", body: "y"})
		w.takeEvents(hidden.ID, clash("e", 1, nil), clash("f", 1, nil))
		want.Daily = make([]int, 28)
		want.Daily[27] = 4
		state, err := w.s.Source(w.ctx, system.View(), hidden.ID)
		w.must(err)
		if !reflect.DeepEqual(state.Health, want) || state.Waiting != 2 {
			t.Fatalf("state %+v, want %+v", state, want)
		}
		w.must(w.s.SetHealth(w.ctx, w.g, hidden.ID, centre.Health{}))
		if state, err = w.s.Source(w.ctx, system.View(), hidden.ID); err != nil || !reflect.DeepEqual(state.Health, centre.Health{Problems: []string{}, Daily: want.Daily}) {
			t.Fatalf("health %+v: never became a time (%v)", state.Health, err)
		}
		w.refused(w.s.SetHealth(w.ctx, w.g, 77, want), centre.CodeNotFound)
		w.must(w.s.SetHealths(w.ctx, w.g, []store.HealthOf{{Source: 77, Health: want}, {Source: hidden.ID, Health: want}}))
		if state, err = w.s.Source(w.ctx, system.View(), hidden.ID); err != nil || !reflect.DeepEqual(state.Health, want) {
			t.Fatalf("health %+v, %v, want %+v", state.Health, err, want)
		}
	})
}

func accounts(t *testing.T, open Open) {
	w := newWorld(t, open)
	g, err := policy.Decide(allRoles(irq), policy.ActionManagePersons, policy.Object{Kind: "person", Member: irq})
	w.must(err)
	p := centre.Person{ID: w.ids.Next(start), Member: irq, Login: "layla", Name: "Layla", Roles: []centre.Role{centre.RoleAnalyst}, Clearance: centre.Secret, Language: "ar", Zone: "Asia/Baghdad", Calendar: centre.Gregorian}
	invitation := store.Invitation{Hash: [32]byte{1}, Person: p.ID, Expires: start.Add(time.Hour)}
	w.must(w.s.AddPerson(w.ctx, g, p, invitation))

	t.Run("Read", func(t *testing.T) {
		got, password, err := w.s.PersonByLogin(w.ctx, w.g, "layla")
		w.must(err)
		if fmt.Sprint(got) != fmt.Sprint(p) || password != "" {
			t.Fatalf("got %+v %q, want %+v", got, password, p)
		}
		other, err := policy.Decide(allRoles(rus), policy.ActionManagePersons, policy.Object{Kind: "person", Member: rus})
		w.must(err)
		_, err = w.s.Person(w.ctx, other, p.ID)
		w.refused(err, centre.CodeNotFound)
		_, err = w.s.Persons(w.ctx, other, irq)
		w.refused(err, centre.CodeDenied)
		w.refused(w.s.Invite(w.ctx, other, invitation), centre.CodeNotFound)
		stolen := p
		stolen.Member = rus
		w.refused(w.s.ChangePerson(w.ctx, other, stolen), centre.CodeDenied)
	})
	t.Run("LoginIsTaken", func(t *testing.T) {
		q := p
		q.ID++
		w.refused(w.s.AddPerson(w.ctx, g, q, store.Invitation{Hash: [32]byte{2}, Person: q.ID}), centre.CodeConflict)
		list, err := w.s.Persons(w.ctx, g, irq)
		if err != nil || len(list) != 1 {
			t.Fatalf("%d persons (%v), want 1", len(list), err)
		}
	})
	t.Run("Redeem", func(t *testing.T) {
		_, err := w.s.Redeem(w.ctx, w.g, [32]byte{9}, "hash", start)
		w.refused(err, centre.CodeNotFound)
		_, err = w.s.Redeem(w.ctx, w.g, invitation.Hash, "hash", invitation.Expires)
		w.refused(err, centre.CodeNotFound)
		got, err := w.s.Redeem(w.ctx, w.g, invitation.Hash, "hash", start)
		w.must(err)
		if _, password, err := w.s.PersonByLogin(w.ctx, w.g, "layla"); err != nil || password != "hash" || got.ID != p.ID {
			t.Fatalf("password %q, %+v (%v)", password, got, err)
		}
		_, err = w.s.Redeem(w.ctx, w.g, invitation.Hash, "other", start)
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("InviteReplaces", func(t *testing.T) {
		w.must(w.s.Invite(w.ctx, g, store.Invitation{Hash: [32]byte{3}, Person: p.ID, Expires: start}))
		w.must(w.s.Invite(w.ctx, g, store.Invitation{Hash: [32]byte{4}, Person: p.ID, Expires: start}))
		_, err := w.s.Redeem(w.ctx, w.g, [32]byte{3}, "x", start.Add(-time.Hour))
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("Change", func(t *testing.T) {
		q := p
		q.Suspended, q.Name = true, "Layla H."
		w.must(w.s.ChangePerson(w.ctx, g, q))
		if got, err := w.s.Person(w.ctx, g, p.ID); err != nil || !got.Suspended || got.Name != "Layla H." {
			t.Fatalf("%+v (%v)", got, err)
		}
	})
	t.Run("Sessions", func(t *testing.T) {
		// An expiry is by the clock that the caller gives.
		later := time.Now().Add(time.Hour)
		w.must(w.s.SaveSession(w.ctx, w.g, "token", []byte("data\x00"), later))
		w.must(w.s.SaveSession(w.ctx, w.g, "token", []byte("data\x01"), later))
		data, found, err := w.s.Session(w.ctx, w.g, "token", later.Add(-time.Second))
		if err != nil || !found || string(data) != "data\x01" {
			t.Fatalf("%q %v (%v)", data, found, err)
		}
		if _, found, err = w.s.Session(w.ctx, w.g, "token", later); err != nil || found {
			t.Fatalf("an expired session was found (%v)", err)
		}
		w.must(w.s.DropSession(w.ctx, w.g, "token"))
		w.must(w.s.DropSession(w.ctx, w.g, "token"))
		if _, found, err = w.s.Session(w.ctx, w.g, "token", start); err != nil || found {
			t.Fatalf("a dropped session was found (%v)", err)
		}
	})
}

func charters(t *testing.T, open Open) {
	w := newWorld(t, open)
	w.must(w.s.AdoptCharter(w.ctx, w.g, store.CharterVersion{Version: 1, Effective: start, Adopted: start.Add(-time.Hour), By: "the founders", Text: "version: 1\n"}))
	w.refused(w.s.AdoptCharter(w.ctx, w.g, store.CharterVersion{Version: 3, Effective: start, Text: "x"}), centre.CodeConflict)
	w.refused(w.s.AdoptCharter(w.ctx, w.g, store.CharterVersion{Version: 2, Effective: start.Add(-time.Millisecond), Text: "x"}), centre.CodeConflict)
	w.must(w.s.AdoptCharter(w.ctx, w.g, store.CharterVersion{Effective: start, By: "all", Text: "version: 2\n"}))
	list, err := w.s.CharterVersions(w.ctx, w.view(actor(syr)))
	w.must(err)
	if len(list) != 2 || list[0].Text != "version: 1\n" || !list[0].Effective.Equal(start) || list[0].By != "the founders" || list[1].Version != 2 || list[1].Adopted.IsZero() {
		t.Fatalf("versions %+v", list)
	}
	suspended := actor(syr)
	suspended.Active = false
	if list, err = w.s.CharterVersions(w.ctx, w.view(suspended)); err != nil || len(list) != 0 {
		t.Fatalf("somebody who is not active reads %d versions (%v)", len(list), err)
	}
	notices, err := w.s.Notices(w.ctx, w.g, 0, 10)
	w.must(err)
	if len(notices) != 2 || notices[0].Kind != "charter" {
		t.Fatalf("notices %+v", notices)
	}
}

func terms(t *testing.T, open Open) {
	w := newWorld(t, open)
	quarter := func(number int, member centre.MemberCode) store.BegunTerm {
		return store.BegunTerm{Number: number, Cycle: 1, Member: member, Start: start.AddDate(0, 3*(number-1), 0)}
	}
	first, second, third := quarter(1, irq), quarter(2, irn), quarter(3, rus)
	w.must(w.s.KeepTerms(w.ctx, w.g, []store.BegunTerm{first, second}))

	moved := second
	moved.Start, moved.Member = second.Start.Add(time.Hour), syr
	w.must(w.s.KeepTerms(w.ctx, w.g, []store.BegunTerm{first, moved, third}))
	kept, err := w.s.BegunTerms(w.ctx, w.view(actor(syr)))
	w.must(err)
	same(t, "terms", kept, []store.BegunTerm{first, second, third})

	w.refused(w.s.KeepTerms(w.ctx, w.g, []store.BegunTerm{quarter(5, syr)}), centre.CodeConflict)
	early := quarter(4, syr)
	early.Start = third.Start
	w.refused(w.s.KeepTerms(w.ctx, w.g, []store.BegunTerm{early}), centre.CodeConflict)
	w.refused(w.s.KeepTerms(w.ctx, policy.Grant{}, []store.BegunTerm{quarter(4, syr)}), centre.CodeDenied)
	if kept, err = w.s.BegunTerms(w.ctx, policy.View{}); err != nil || len(kept) != 0 {
		t.Fatalf("nobody reads %d terms (%v)", len(kept), err)
	}
}

func weaving(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	story, set := centre.RandomID(), centre.RandomID()
	ids := w.report(o.ID, text{id: "a", title: "A", body: "same body", story: story, copies: set, published: start, places: []*centre.Place{baghdad},
		found: centre.Findings{EventMentions: []centre.EventMention{{Category: centre.EventProtest, Reality: centre.RealityActual},
			{Category: centre.EventArmedClash, Reality: centre.RealityActual}, {Category: centre.EventHazard, Reality: centre.RealityPlanned}}}},
		text{id: "b", title: "B", body: "same body", story: story, copies: set}, text{id: "c", title: "C", body: "другое тело", language: "ru"})
	t.Run("Remember", func(t *testing.T) {
		var got []centre.ID
		w.must(w.s.Remember(w.ctx, system.View(), 2, func(k store.Known) error { got = append(got, k.Report); return nil }))
		same(t, "remembered", got, ids[1:])
		var first, last store.Known
		w.must(w.s.Remember(w.ctx, system.View(), 100, func(k store.Known) error {
			if first.Report == 0 {
				first = k
			}
			last = k
			return nil
		}))
		same(t, "events", first.Events, []centre.EventCategory{centre.EventArmedClash, centre.EventProtest})
		if len(last.Events) > 0 {
			t.Fatalf("a report of nothing tells %v", last.Events)
		}
		if first.Report != ids[0] || first.Story != story || first.CopySet != set || !first.Published.Time.Equal(start) || first.Published.Precision != centre.PrecisionSecond ||
			first.Language != "en" || first.Fingerprint.Exact != exact("same body") || fmt.Sprint(first.Fingerprint.MinHash) != "[1 2 2147483648]" ||
			first.Title != "A" || first.Text != "A\n\nsame body" || len(first.Mentions) != 1 || first.Mentions[0].Place.ID != baghdad.ID || first.Received.IsZero() {
			t.Fatalf("known %+v", first)
		}
	})
	t.Run("SameText", func(t *testing.T) {
		k, ok, err := w.s.SameText(w.ctx, system.View(), exact("same body"))
		if err != nil || !ok || k.Report != ids[0] || k.CopySet != set || k.Story != story {
			t.Fatalf("%+v %v (%v)", k, ok, err)
		}
		for _, none := range []uint64{0, 1} {
			if _, ok, err := w.s.SameText(w.ctx, system.View(), none); err != nil || ok {
				t.Fatalf("%d has the same text as something (%v)", none, err)
			}
		}
	})
}
