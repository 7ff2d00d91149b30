package demo

import (
	"context"
	"html"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/feed"
	"entente/internal/gather/fetch"
	"entente/internal/gather/page"

	"golang.org/x/text/unicode/norm"
)

// The centre's own connectors read all of it: every version of every item,
// with its whole text, its date or none, from whatever charset.
func TestTheCentreGathersTheWholeScenario(t *testing.T) {
	w := newWorld(t)
	client, err := fetch.New(fetch.Options{Version: "test", Clock: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	connectors := map[string]gather.Connector{"feed": feed.New(), "page": page.New()}

	taken := map[string]map[string][]centre.Document{} // by source and external id
	cursors := map[string]centre.Cursor{}
	for elapsed := time.Duration(0); elapsed <= Length; elapsed += 5 * time.Second {
		w.turn(elapsed)
		for _, source := range w.Sources() {
			if err := connectors[source.Kind].Check(source); err != nil {
				t.Fatalf("%s: %v", source.Slug, err)
			}
			if taken[source.Slug] == nil {
				taken[source.Slug] = map[string][]centre.Document{}
			}
			result, err := connectors[source.Kind].Fetch(ctx, gather.Request{
				Source: source, Cursor: cursors[source.Slug], Client: client, Now: w.clock(),
				Yield: func(_ context.Context, documents []centre.Document, c centre.Cursor) error {
					for _, d := range documents {
						taken[source.Slug][d.ExternalID] = append(taken[source.Slug][d.ExternalID], d)
					}
					if c != nil {
						cursors[source.Slug] = c
					}
					return nil
				},
			})
			if err != nil || len(result.Problems) > 0 {
				t.Errorf("%s at %v: %v, %v", source.Slug, elapsed, err, result.Problems)
			}
		}
	}

	for _, o := range w.Scenario().Outlets {
		if len(taken[o.Slug]) != len(o.Items) {
			t.Errorf("%s: %d items were taken of %d", o.Slug, len(taken[o.Slug]), len(o.Items))
		}
		for _, item := range o.Items {
			var versions []centre.Document
			for _, v := range taken[o.Slug] {
				if strings.HasSuffix(v[0].URL, "/"+item.ID+".html") {
					versions = v
				}
			}
			checkTaken(t, o, item, versions)
		}
	}
}

func checkTaken(t *testing.T, o Outlet, item Item, versions []centre.Document) {
	t.Helper()
	name := o.Slug + "/" + item.ID
	texts := []string{item.Text}
	for _, r := range item.Revisions {
		texts = append(texts, r.Text)
	}
	if len(versions) != len(texts) {
		t.Errorf("%s: %d versions were taken of %d", name, len(versions), len(texts))
		return
	}
	for v, text := range texts {
		d := versions[v]
		body := norm.NFC.String(html.UnescapeString(d.Body))
		for _, p := range paragraphs(text) {
			if !strings.Contains(body, p) {
				t.Errorf("%s, version %d lacks the paragraph %.60q", name, v+1, p)
			}
		}
		if strings.Contains(body, notice) {
			t.Errorf("%s, version %d holds the page's footer", name, v+1)
		}
		dated := item.Published != "" && o.Format != RSS092
		if d.Published.Known() != dated || dated && !d.Published.Time.Equal(item.published) {
			t.Errorf("%s, version %d is published %v, want %q", name, v+1, d.Published.Time, item.Published)
		}
		if len(d.Problems) > 0 {
			t.Errorf("%s, version %d: %v", name, v+1, d.Problems)
		}
	}
}
