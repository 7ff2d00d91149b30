package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

func intake(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)

	t.Run("TakenOnce", func(t *testing.T) {
		first := w.take(o.ID, text{id: "a", title: "Bridge", body: "The bridge is open."})
		again := w.take(o.ID, text{id: "a", title: "Bridge", body: "The bridge is open."})
		if !first[0].New || again[0].New || first[0].ID != again[0].ID {
			t.Fatalf("first %v, again %v", first, again)
		}
		if n := len(w.pending()); n != 1 {
			t.Fatalf("%d documents wait, want 1", n)
		}
	})
	t.Run("TakenOnceWithinOneCall", func(t *testing.T) {
		r := w.take(o.ID, text{id: "b", body: "same"}, text{id: "b", body: "same"})
		if !r[0].New || r[1].New || r[0].ID != r[1].ID {
			t.Fatalf("receipts %v", r)
		}
	})
	t.Run("PendingIsWhole", func(t *testing.T) {
		mark := rel(centre.Restricted, irq, rus)
		d := centre.Document{ExternalID: "whole", URL: "https://example.org/x", Title: "T", Author: "A", MediaType: "text/html", Body: "<p>x</p>", Language: "ar",
			Published: centre.Moment{Time: start, Precision: centre.PrecisionDay, Basis: centre.BasisPage},
			Updated:   centre.Moment{Time: start.Add(time.Millisecond), Precision: centre.PrecisionSecond, Basis: centre.BasisHeader},
			Fetched:   start.Add(time.Hour), Point: centre.At(0, 0), Marking: &mark, Problems: []string{"The feed has no date."}}
		r, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{d}, nil)
		w.must(err)
		p := w.pending()[r[0].ID]
		got := p.Document
		if got.Marking == nil || !got.Marking.Equal(mark) || !p.Marking.Equal(mark) || p.Label == 0 {
			t.Fatalf("marking %v, %v, label %d", got.Marking, p.Marking, p.Label)
		}
		if p.Source.ID != o.ID || p.Source.Slug != o.Slug || !p.Source.Marking.Equal(open4) || p.Report != 0 || p.Version != 1 || p.Attempts != 0 {
			t.Fatalf("pending %+v", p)
		}
		if got.Published != d.Published || got.Updated != d.Updated || !got.Fetched.Equal(d.Fetched) || got.Point != d.Point ||
			got.URL != d.URL || got.Title != d.Title || got.Author != d.Author || got.MediaType != d.MediaType || got.Body != d.Body || got.Language != d.Language ||
			got.ExternalID != d.ExternalID || got.Source != o.ID || len(got.Problems) != 1 {
			t.Fatalf("got %+v, want %+v", got, d)
		}
	})
	t.Run("ADocumentsMarkingNarrowsAndNeverOpens", func(t *testing.T) {
		closed := w.source(irq, rel(centre.Restricted, irq, rus))
		wide, narrow := rel(centre.Unclassified, irq, irn, rus), rel(centre.Secret, irq)
		r, err := w.s.Take(w.ctx, w.g, closed.ID, []centre.Document{{ExternalID: "w", Body: "x", Marking: &wide}, {ExternalID: "n", Body: "x", Marking: &narrow}}, nil)
		w.must(err)
		for i, want := range []centre.Marking{closed.Marking, narrow} {
			if p := w.pending()[r[i].ID]; !p.Marking.Equal(want) {
				t.Errorf("a document of a source marked %v waits as %v; want %v", closed.Marking, p.Marking, want)
			}
		}
	})
	t.Run("UnknownStaysUnknown", func(t *testing.T) {
		r, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{{ExternalID: "bare", Body: "x"}}, nil)
		w.must(err)
		d := w.pending()[r[0].ID].Document
		if d.Published.Known() || d.Updated.Known() || d.Point.Known || !d.Fetched.IsZero() || d.Marking != nil {
			t.Fatalf("something unknown became known: %+v", d)
		}
	})
	t.Run("CursorFollowsDocuments", func(t *testing.T) {
		if c, err := w.s.Cursor(w.ctx, w.g, o.ID); err != nil || c != nil {
			t.Fatalf("cursor %q, %v; want nil at first", c, err)
		}
		_, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{{ExternalID: "c", Body: "x"}}, centre.Cursor("etag\x00\xff"))
		w.must(err)
		_, err = w.s.Take(w.ctx, w.g, o.ID, nil, nil)
		w.must(err)
		if c, err := w.s.Cursor(w.ctx, w.g, o.ID); err != nil || string(c) != "etag\x00\xff" {
			t.Fatalf("cursor %q, %v", c, err)
		}
	})
	t.Run("CommitEndsWaiting", func(t *testing.T) {
		x := text{id: "d", title: "Once", body: "Once only."}
		r := w.take(o.ID, x)
		d := w.pending()[r[0].ID].Document
		ids, err := w.s.Commit(w.ctx, w.g, []centre.Woven{x.woven(d)})
		w.must(err)
		again, err := w.s.Commit(w.ctx, w.g, []centre.Woven{x.woven(d)})
		w.must(err)
		if ids[0] == 0 || again[0] != 0 {
			t.Fatalf("committed %v, again %v; want an id, then zero", ids, again)
		}
		if _, waits := w.pending()[r[0].ID]; waits {
			t.Fatal("the document still waits")
		}
	})
	t.Run("UnknownSource", func(t *testing.T) {
		_, err := w.s.Take(w.ctx, w.g, 12345, []centre.Document{{ExternalID: "x"}}, nil)
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("TooLong", func(t *testing.T) {
		_, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{{ExternalID: "huge", Body: strings.Repeat("x", centre.MaxBody+1)}}, nil)
		w.refused(err, centre.CodeInvalid)
	})
	t.Run("MarkingThatNobodyKnows", func(t *testing.T) {
		bad := centre.Marking{Originator: irq, Caveats: []string{"SUPERSECRET"}}
		before := len(w.pending())
		_, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{{ExternalID: "ok", Body: "ok"}, {ExternalID: "bad", Marking: &bad}}, nil)
		w.refused(err, centre.CodeInvalid)
		if after := len(w.pending()); after != before {
			t.Fatalf("%d documents of a refused call were stored", after-before)
		}
	})
	t.Run("Import", func(t *testing.T) {
		officer := allRoles(irq)
		g, err := policy.Decide(officer, policy.ActionImport, policy.Object{Kind: "source", ID: o.ID, Member: irq})
		w.must(err)
		if _, err := w.s.Take(w.ctx, g, o.ID, []centre.Document{{ExternalID: "imported", Body: "x"}}, nil); err != nil {
			t.Fatal(err)
		}
		foreign := w.source(rus, rel(centre.Unclassified, rus, irq))
		_, err = w.s.Take(w.ctx, g, foreign.ID, []centre.Document{{ExternalID: "imported", Body: "x"}}, nil)
		w.refused(err, centre.CodeDenied)
	})
	t.Run("CalledOff", func(t *testing.T) {
		ctx, cancel := context.WithCancel(w.ctx)
		cancel()
		before := len(w.pending())
		_, err := w.s.Take(ctx, w.g, o.ID, []centre.Document{{ExternalID: "off", Body: "x"}}, nil)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v, want context.Canceled", err)
		}
		_, err = w.s.Search(ctx, system.View(), query.All{}, store.Page{})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v, want context.Canceled", err)
		}
		if after := len(w.pending()); after != before {
			t.Fatal("something was stored")
		}
	})
}

func versions(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	story, copies := centre.RandomID(), centre.RandomID()
	first := w.report(o.ID, text{id: "a", title: "Crossing closed", body: "The crossing is closed.", story: story, copies: copies, places: []*centre.Place{baghdad}})[0]
	officer := allRoles(irq)
	narrow := rel(centre.Restricted, irq, syr)
	h := w.head(first)
	mark := object(h)
	mark.Target = &narrow
	g, err := policy.Decide(officer, policy.ActionMark, mark)
	w.must(err)
	w.must(w.s.Mark(w.ctx, g, "a reason"))
	grade, err := policy.Decide(officer, policy.ActionGrade, object(w.head(first)))
	w.must(err)
	_, err = w.s.Grade(w.ctx, grade, centre.Grade{Reliability: 'B', Credibility: 2}, "known well")
	w.must(err)

	r := w.take(o.ID, text{id: "a", title: "Crossing open", body: "The crossing is open again."})
	p := w.pending()[r[0].ID]
	if p.Report != first || p.Version != 2 || !p.Marking.Equal(narrow) {
		t.Fatalf("pending: report %s version %d marking %s; want %s, 2, %s", p.Report, p.Version, p.Marking, first, narrow)
	}
	second := text{title: "Crossing open", body: "The crossing is open again.", places: []*centre.Place{basra},
		when:  &centre.Span{From: start, Until: start.AddDate(0, 0, 1), Precision: centre.PrecisionDay, Basis: centre.BasisPublication},
		parts: []centre.Part{{Kind: centre.PartTitle, Start: 15, End: 27}}} // "The crossing"
	ids, err := w.s.Commit(w.ctx, w.g, []centre.Woven{second.woven(p.Document)})
	w.must(err)
	if ids[0] != first {
		t.Fatalf("the second version is report %s, want %s", ids[0], first)
	}

	t.Run("KeepsWhatPersonsGave", func(t *testing.T) {
		h := w.head(first)
		if h.Version != 2 || h.Versions != 2 || h.Title != "Crossing open" || !h.Marking.Equal(narrow) || h.Grade.String() != "B2" || h.Story != story || h.CopySet != copies {
			t.Fatalf("head %+v", h)
		}
		if len(h.Places) != 1 || h.Places[0].ID != basra.ID {
			t.Fatalf("places %v, want Basra alone", h.Places)
		}
	})
	t.Run("ARepeatedTitleIsNotInTheSnippet", func(t *testing.T) {
		if h := w.head(first); h.Snippet != "is open again." {
			t.Fatalf("the snippet is %q", h.Snippet)
		}
	})
	t.Run("TimesOfTheText", func(t *testing.T) {
		r, err := w.s.Report(w.ctx, system.View(), first, 2)
		w.must(err)
		if len(r.Mentions) != 2 || r.Mentions[1].Kind != centre.MentionTime || r.Mentions[1].When == nil || *r.Mentions[1].When != *second.when || r.Mentions[0].When != nil {
			t.Fatalf("mentions %+v, want the time as it was given", r.Mentions)
		}
	})
	t.Run("EarlierStaysReadable", func(t *testing.T) {
		old, err := w.s.Report(w.ctx, system.View(), first, 1)
		w.must(err)
		if old.Version != 1 || old.Content.Text != "Crossing closed\n\nThe crossing is closed." || len(old.Mentions) != 1 || old.Mentions[0].Place.ID != baghdad.ID {
			t.Fatalf("version 1 is %+v", old)
		}
		list, err := w.s.Versions(w.ctx, system.View(), first)
		w.must(err)
		if len(list) != 2 || list[0].Version != 2 || list[1].Title != "Crossing closed" {
			t.Fatalf("versions %+v", list)
		}
	})
	t.Run("SearchHasTheCurrentOne", func(t *testing.T) {
		for word, want := range map[string]int{"closed": 0, "again": 1} {
			page, err := w.s.Search(w.ctx, system.View(), query.Word{Text: word}, store.Page{})
			w.must(err)
			if len(page.Reports) != want {
				t.Errorf("%q finds %d reports, want %d", word, len(page.Reports), want)
			}
		}
	})
	t.Run("NoSuchVersion", func(t *testing.T) {
		_, err := w.s.Report(w.ctx, system.View(), first, 3)
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("TwoInOneCommit", func(t *testing.T) {
		ids := w.report(o.ID, text{id: "two", title: "One", body: "first words"}, text{id: "two", title: "Two", body: "later words"})
		if ids[0] != ids[1] {
			t.Fatalf("ids %v, want the same twice", ids)
		}
		if h := w.head(ids[0]); h.Version != 2 || h.Title != "Two" {
			t.Fatalf("head %+v", h)
		}
	})
	t.Run("LateEarlierVersion", func(t *testing.T) {
		a, b := text{id: "late", title: "Old", body: "oldest words"}, text{id: "late", title: "New", body: "newest words"}
		r := w.take(o.ID, a, b)
		waiting := w.pending()
		for _, x := range []struct {
			text
			id centre.ID
		}{{b, r[1].ID}, {a, r[0].ID}} {
			_, err := w.s.Commit(w.ctx, w.g, []centre.Woven{x.woven(waiting[x.id].Document)})
			w.must(err)
		}
		if h := w.head(r[0].ID); h.Version != 2 || h.Versions != 2 || h.Title != "New" {
			t.Fatalf("head %+v: a late earlier version became the current one", h)
		}
	})
	t.Run("NewVersionIsNotMoreOpenThanItSays", func(t *testing.T) {
		closed, wide := rel(centre.Secret, irq, rus), open4
		id := w.report(o.ID, text{id: "marked", body: "for all four"}, text{id: "marked", body: "for two", marking: &closed})[0]
		if m := w.head(id).Marking; !m.Equal(closed) {
			t.Fatalf("the second version is for %s, and its report is marked %s", closed, m)
		}
		w.report(o.ID, text{id: "marked", body: "for all of them", marking: &wide})
		if m := w.head(id).Marking; !m.Equal(closed) {
			t.Fatalf("a new version opened the report to %s: only a person may", m)
		}
		remarks, err := w.s.Remarks(w.ctx, system.View(), id)
		w.must(err)
		if len(remarks) != 1 || !remarks[0].From.Equal(open4) || !remarks[0].To.Equal(closed) || remarks[0].Reason == "" {
			t.Fatalf("remarks %+v", remarks)
		}
	})
	t.Run("Reprocess", func(t *testing.T) {
		g, err := policy.Decide(officer, policy.ActionReprocess, policy.Object{Kind: "report", Member: irq})
		w.must(err)
		n, err := w.s.Reprocess(w.ctx, g, w.view(officer), query.Word{Text: "again"})
		w.must(err)
		waiting := w.pending()
		if n != 1 || len(waiting) != 1 {
			t.Fatalf("%d wait, %d were named; want 1", len(waiting), n)
		}
		for _, p := range waiting {
			if p.Report != first || p.Version != 2 || !p.Marking.Equal(narrow) {
				t.Fatalf("pending %+v", p)
			}
			x := second
			x.language = "fr"
			ids, err := w.s.Commit(w.ctx, w.g, []centre.Woven{x.woven(p.Document)})
			w.must(err)
			if ids[0] != first {
				t.Fatalf("became report %s, want %s", ids[0], first)
			}
		}
		h := w.head(first)
		if h.Version != 2 || h.Versions != 2 || h.Language != "fr" || h.Grade.String() != "B2" || !h.Marking.Equal(narrow) || h.Story != story {
			t.Fatalf("head %+v", h)
		}
		other, err := policy.Decide(allRoles(rus), policy.ActionReprocess, policy.Object{Kind: "report", Member: rus})
		w.must(err)
		if n, err := w.s.Reprocess(w.ctx, other, w.view(allRoles(rus)), query.All{}); err != nil || n != 0 {
			t.Fatalf("%d reports of another member wait (%v)", n, err)
		}
	})
}

func letters(t *testing.T, open Open) {
	w := newWorld(t, open)
	o, hidden := w.source(irq, open4), w.source(irq, rel(centre.Secret, irq))
	r := w.take(o.ID, text{id: "a", title: "A", body: "a"}, text{id: "b", title: "B", body: "b"})
	h := w.take(hidden.ID, text{id: "c", title: "C", body: "c"})
	secret := rel(centre.Secret, irq)
	own := w.take(o.ID, text{id: "own", title: "Own", body: "own", marking: &secret})
	for _, id := range []centre.ID{r[0].ID, r[1].ID, h[0].ID, own[0].ID} {
		w.must(w.s.Bury(w.ctx, w.g, centre.DeadLetter{Document: id, Step: "place", Reason: "It ran over its time.", At: start}))
	}
	w.refused(w.s.Bury(w.ctx, w.g, centre.DeadLetter{Document: r[0].ID}), centre.CodeNotFound)
	if n := len(w.pending()); n != 0 {
		t.Fatalf("%d documents wait, want none", n)
	}
	read := func(a policy.Actor, limit int) []centre.ID {
		t.Helper()
		got, after := []centre.ID{}, ""
		for {
			some, next, err := w.s.DeadLetters(w.ctx, w.view(a), store.Page{After: after, Limit: limit})
			w.must(err)
			for _, l := range some {
				got = append(got, l.Document)
				if l.Title == "" || l.Step != "place" || l.Attempts != 1 || !l.At.Equal(start) {
					t.Fatalf("letter %+v", l)
				}
			}
			if after = next; after == "" {
				return got
			}
		}
	}
	same(t, "letters of the owner", read(allRoles(irq), 1), []centre.ID{own[0].ID, h[0].ID, r[1].ID, r[0].ID})
	same(t, "letters of another member", read(allRoles(rus), 50), []centre.ID{r[1].ID, r[0].ID})
	state, err := w.s.Source(w.ctx, system.View(), o.ID)
	w.must(err)
	if state.Dead != 3 || state.Waiting != 0 {
		t.Fatalf("dead %d waiting %d, want 3 and 0", state.Dead, state.Waiting)
	}
	g, err := policy.Decide(allRoles(rus), policy.ActionReprocess, policy.Object{Member: rus})
	w.must(err)
	if n, err := w.s.Retry(w.ctx, g, []centre.ID{r[0].ID}); err != nil || n != 0 {
		t.Fatalf("another member retried %d (%v)", n, err)
	}
	if g, err = policy.Decide(allRoles(irq), policy.ActionReprocess, policy.Object{Member: irq}); err != nil {
		t.Fatal(err)
	}
	if n, err := w.s.Retry(w.ctx, g, []centre.ID{r[0].ID}); err != nil || n != 1 {
		t.Fatalf("retried %d (%v), want 1", n, err)
	}
	if p := w.pending()[r[0].ID]; p.Attempts != 1 {
		t.Fatalf("attempts %d, want 1", p.Attempts)
	}
	if n, err := w.s.Retry(w.ctx, g, nil); err != nil || n != 3 {
		t.Fatalf("retried %d (%v), want the other 3", n, err)
	}
}

func outbox(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	ids := w.report(o.ID, text{id: "a", body: "a"}, text{id: "b", body: "b"})
	notices, err := w.s.Notices(w.ctx, w.g, 0, 100)
	w.must(err)
	kinds := ""
	for i, n := range notices {
		kinds += n.Kind + " "
		if n.Label == 0 || i > 0 && n.Seq <= notices[i-1].Seq {
			t.Fatalf("notices %+v", notices)
		}
	}
	if kinds != "source report report " || notices[1].ID != ids[0] || notices[2].ID != ids[1] {
		t.Fatalf("notices %+v", notices)
	}
	if some, err := w.s.Notices(w.ctx, w.g, notices[0].Seq, 1); err != nil || len(some) != 1 || some[0] != notices[1] {
		t.Fatalf("got %v (%v), want the second alone", some, err)
	}
	w.must(w.s.Forget(w.ctx, w.g, notices[2].Seq))
	w.report(o.ID, text{id: "c", body: "c"})
	after, err := w.s.Notices(w.ctx, w.g, 0, 0)
	w.must(err)
	if len(after) != 1 || after[0].Seq <= notices[2].Seq {
		t.Fatalf("notices %+v: a number was given twice, or a notice was not forgotten", after)
	}
}
