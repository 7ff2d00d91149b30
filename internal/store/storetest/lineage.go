package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// commitWaiting makes reports of all that waits.
func (w *world) commitWaiting() {
	w.Helper()
	waiting := w.pending()
	var ws []centre.Woven
	for _, p := range waiting {
		ws = append(ws, text{title: p.Document.Title}.woven(p.Document))
	}
	slices.SortFunc(ws, func(a, b centre.Woven) int { return int(a.Draft.Document.ID - b.Draft.Document.ID) })
	_, err := w.s.Commit(w.ctx, w.g, ws)
	w.must(err)
}

// replacing checks what becomes of documents that step in the place of others.
func replacing(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	doc := func(id, title string, replaces ...string) centre.Document {
		return centre.Document{ExternalID: id, Title: title, MediaType: "text/plain", Body: title, Replaces: replaces}
	}
	take := func(docs ...centre.Document) {
		t.Helper()
		_, err := w.s.Take(w.ctx, w.g, o.ID, docs, nil)
		w.must(err)
		w.commitWaiting()
	}
	// current finds the report whose history has a title.
	history := func(title string) (current centre.ReportHead, titles []string) {
		t.Helper()
		page, err := w.s.Search(w.ctx, system.View(), nil, store.Page{Limit: 12})
		w.must(err)
		for _, h := range page.Reports {
			infos, err := w.s.Versions(w.ctx, system.View(), h.ID)
			w.must(err)
			titles = nil
			for _, i := range infos {
				titles = append(titles, i.Title)
			}
			if slices.Contains(titles, title) {
				return h, titles
			}
		}
		t.Fatalf("no report has a version %q", title)
		return current, nil
	}
	t.Run("InOrder", func(t *testing.T) {
		take(doc("a1", "Alert"))
		take(doc("a2", "Update", "unknown", "a1"))
		h, titles := history("Alert")
		same(t, "history", titles, []string{"Update", "Alert"})
		if h.Title != "Update" || h.Version != 2 {
			t.Fatalf("head %+v", h)
		}
		take(doc("a1", "Alert again"))
		take(doc("a2", "Update again"))
		_, titles = history("Alert")
		same(t, "history", titles, []string{"Update again", "Alert again", "Update", "Alert"})
		take(doc("unknown", "Late"))
		if h, titles = history("Late"); h.Title != "Update again" || titles[len(titles)-1] != "Late" {
			t.Fatalf("head %+v, history %v", h, titles)
		}
	})
	t.Run("TwoReports", func(t *testing.T) {
		take(doc("x", "X"), doc("y", "Y"))
		take(doc("z", "Z", "y", "x"))
		_, titles := history("Z")
		same(t, "history", titles, []string{"Z", "Y"})
		_, titles = history("X")
		same(t, "history of the other", titles, []string{"X"})
	})
	t.Run("AnotherSource", func(t *testing.T) {
		p := w.source(irq, open4)
		_, err := w.s.Take(w.ctx, w.g, p.ID, []centre.Document{doc("p", "P", "x")}, nil)
		w.must(err)
		w.commitWaiting()
		_, titles := history("P")
		same(t, "history", titles, []string{"P"})
	})
	t.Run("LateAndNarrow", func(t *testing.T) {
		closed := rel(centre.Secret, irq, rus)
		late := doc("n1", "Narrow")
		late.Marking = &closed
		take(doc("n2", "Open", "n1"))
		take(late)
		if h, _ := history("Narrow"); h.Title != "Open" || !h.Marking.Equal(closed) {
			t.Fatalf("head %+v: its history is for %s alone", h, closed)
		}
	})
	number := 0
	// Each document replaces the one before it, and may name all before it. In
	// whatever order and batches they come, the last is the current one, and no
	// version stands before what replaced it.
	t.Run("AnyOrder", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			number++
			whole := rapid.Bool().Draw(t, "names all")
			n := rapid.IntRange(2, 5).Draw(t, "documents")
			name := func(i int) string { return fmt.Sprintf("c%d-%d", number, i) }
			var docs []centre.Document
			for i := range n {
				d := doc(name(i), name(i))
				for k := i - 1; k >= 0 && (whole || k == i-1); k-- {
					d.Replaces = append(d.Replaces, name(k))
				}
				docs = append(docs, d)
			}
			order := rapid.Permutation(docs).Draw(t, "order")
			for len(order) > 0 {
				size := rapid.IntRange(1, len(order)).Draw(t, "batch")
				take(order[:size]...)
				order = order[size:]
			}
			h, titles := history(name(n - 1))
			if h.Title != name(n-1) {
				t.Fatalf("the current version is %s of %v", h.Title, titles)
			}
			if whole && len(titles) != n {
				t.Fatalf("the report has the versions %v, want all %d", titles, n)
			}
			if !slices.IsSortedFunc(titles, func(a, b string) int { return -compareText(a, b) }) {
				t.Fatalf("the history is %v", titles)
			}
		})
	})
}

func compareText(a, b string) int {
	if a < b {
		return -1
	}
	return 1
}

// details checks what a report shows of its document besides the text.
func details(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	secret := rel(centre.Secret, irq)
	area := centre.BoxGeometry(44, 33, 46, 35)
	mail := centre.Document{ExternalID: "mail", Title: "Mail", MediaType: "text/plain", Body: "see attached", Geometry: area,
		Enclosures: []centre.Enclosure{{URL: "https://example.org/a.pdf", MediaType: "application/pdf", Length: 7, Title: "a"}},
		Properties: []centre.Property{{Name: "severity", Value: "Severe"}, {Name: "severity", Value: "Minor"}}}
	open1 := centre.Document{ExternalID: "one", Title: "One", MediaType: "text/plain", Body: "first attachment", PartOf: "mail", Replaces: []string{"zero"}}
	closed := centre.Document{ExternalID: "two", Title: "Two", MediaType: "text/plain", Body: "second attachment", PartOf: "mail", Marking: &secret}
	r, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{open1, mail, closed}, nil)
	w.must(err)
	waiting := w.pending()
	d := waiting[r[1].ID].Document
	if d.Geometry != area || d.Point != centre.At(45, 34) || !slices.Equal(d.Enclosures, mail.Enclosures) || !slices.Equal(d.Properties, mail.Properties) {
		t.Fatalf("pending document %+v", d)
	}
	if d = waiting[r[0].ID].Document; d.PartOf != "mail" || !slices.Equal(d.Replaces, open1.Replaces) || d.Geometry != "" || d.Point.Known {
		t.Fatalf("pending document %+v", d)
	}
	w.commitWaiting()
	one, whole, two := r[0].ID, r[1].ID, r[2].ID
	parts := func(view centre.MemberCode, want ...centre.ID) {
		t.Helper()
		heads, err := w.s.Parts(w.ctx, w.view(actor(view)), whole)
		w.must(err)
		same(t, "parts", idsOf(heads), want)
	}
	parts(irq, one, two)
	parts(rus, one)
	report, err := w.s.Report(w.ctx, w.view(actor(rus)), whole, 0)
	w.must(err)
	if report.Geometry != area || !slices.Equal(report.Enclosures, mail.Enclosures) || !slices.Equal(report.Properties, mail.Properties) || report.PartOf != 0 || report.Withdrawn != "" {
		t.Fatalf("report %+v", report)
	}
	if report, err = w.s.Report(w.ctx, w.view(actor(rus)), one, 0); err != nil || report.PartOf != whole || report.Enclosures == nil || report.Properties == nil {
		t.Fatalf("part %+v (%v)", report, err)
	}

	// The whole is hidden: its part does not tell of it.
	what := object(w.head(whole))
	what.Target = &secret
	g, err := policy.Decide(allRoles(irq), policy.ActionMark, what)
	w.must(err)
	w.must(w.s.Mark(w.ctx, g, "a reason"))
	if report, err = w.s.Report(w.ctx, w.view(actor(rus)), one, 0); err != nil || report.PartOf != 0 {
		t.Fatalf("a part names a whole that is hidden: %+v (%v)", report, err)
	}
	_, err = w.s.Parts(w.ctx, w.view(actor(rus)), whole)
	w.refused(err, centre.CodeNotFound)

	t.Run("Withdrawn", func(t *testing.T) {
		gone := open1
		gone.Withdrawn = "The agency withdrew it."
		_, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{gone}, nil)
		w.must(err)
		w.commitWaiting()
		if h := w.head(one); h.Withdrawn != gone.Withdrawn || h.Version != 2 {
			t.Fatalf("head %+v", h)
		}
		for version, want := range map[int]string{0: gone.Withdrawn, 1: "", 2: gone.Withdrawn} {
			if report, err := w.s.Report(w.ctx, system.View(), one, version); err != nil || report.Withdrawn != want {
				t.Fatalf("version %d says %q (%v)", version, report.Withdrawn, err)
			}
		}
	})
}

// embargo checks that a document does not wait before its time.
func embargo(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	at := time.Now().Add(700 * time.Millisecond)
	d := centre.Document{ExternalID: "later", Title: "Later", MediaType: "text/plain", Body: "later", Embargo: at}
	past := centre.Document{ExternalID: "past", Title: "Past", MediaType: "text/plain", Body: "past", Embargo: at.Add(-time.Hour)}
	r, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{d, past}, nil)
	w.must(err)
	waiting := w.pending()
	state, err := w.s.Source(w.ctx, system.View(), o.ID)
	w.must(err)
	if time.Now().After(at) {
		t.Skip("this machine is too slow to look before the time")
	}
	if _, there := waiting[r[0].ID]; there || len(waiting) != 1 || state.Waiting != 1 {
		t.Fatalf("%d documents wait, %d are counted; want the one without an embargo", len(waiting), state.Waiting)
	}
	if again, err := w.s.Take(w.ctx, w.g, o.ID, []centre.Document{d}, nil); err != nil || again[0].New {
		t.Fatalf("taken again: %v (%v)", again, err)
	}
	time.Sleep(time.Until(at) + 5*time.Millisecond)
	p, there := w.pending()[r[0].ID]
	if !there || p.Document.Embargo.Before(at.Truncate(time.Millisecond)) {
		t.Fatalf("after its time it does not wait: %+v", p)
	}
}
