package poll_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/poll"
)

// round reads items without a cursor and lists what came, in order.
func round(t *testing.T, items ...poll.Item) (came []string) {
	t.Helper()
	p := poll.Read(gather.Request{
		Yield: func(_ context.Context, docs []centre.Document, c centre.Cursor) error {
			if c != nil {
				t.Error("a reading of a file has a cursor")
			}
			for _, d := range docs {
				came = append(came, d.ExternalID+" "+d.Title)
			}
			return nil
		},
		YieldEvents: func(_ context.Context, events []centre.Event, _ centre.Cursor) error {
			for _, e := range events {
				came = append(came, "event "+e.ExternalID)
			}
			return nil
		},
	})
	for _, i := range items {
		if err := p.Add(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Finish(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	return came
}

func item(id, title string, v poll.Version) poll.Item {
	return poll.Item{Document: centre.Document{ExternalID: id, Title: title}, Version: v}
}

func TestWhatComesAndWhatDoesNot(t *testing.T) {
	number := func(n int64) poll.Version { return poll.Version{Number: n} }
	created := func(ms int64) poll.Version { return poll.Version{Created: ms} }
	for name, test := range map[string]struct {
		items []poll.Item
		want  string
	}{
		"the same twice":                    {[]poll.Item{item("a", "1", number(1)), item("a", "1", number(1))}, "a 1"},
		"a higher version":                  {[]poll.Item{item("a", "1", number(1)), item("a", "2", number(2))}, "a 1|a 2"},
		"a lower version":                   {[]poll.Item{item("a", "10", number(10)), item("a", "9", number(9))}, "a 10"},
		"the same version, changed":         {[]poll.Item{item("a", "1", number(1)), item("a", "other", number(1))}, "a 1|a other"},
		"an earlier one without a number":   {[]poll.Item{item("a", "2", created(2)), item("a", "1", created(1))}, "a 2"},
		"what cannot be compared is taken":  {[]poll.Item{item("a", "2", number(2)), item("a", "1", created(1)), item("a", "0", poll.Version{})}, "a 2|a 1|a 0"},
		"another's version does not matter": {[]poll.Item{item("a", "2", number(2)), item("b", "1", number(1))}, "a 2|b 1"},
		"events come first":                 {[]poll.Item{{Document: centre.Document{ExternalID: "a"}, Event: &centre.Event{ExternalID: "a"}}}, "event a|a "},
	} {
		if got := strings.Join(round(t, test.items...), "|"); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestBatchesAreBounded(t *testing.T) {
	var items []poll.Item
	for i := range 2*gather.MaxBatch + 1 {
		items = append(items, item(fmt.Sprint(i), "", poll.Version{}))
	}
	calls := 0
	p := poll.Read(gather.Request{Yield: func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
		calls++
		if len(docs) > gather.MaxBatch {
			t.Errorf("a batch of %d", len(docs))
		}
		return nil
	}})
	for _, i := range items {
		if err := p.Add(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Finish(t.Context(), true); err != nil || calls != 3 {
		t.Error(calls, err)
	}
}

func TestLinesSentencesAndOrigins(t *testing.T) {
	if got := poll.Line(strings.Repeat("ب", 3000) + "\u202e"); !utf8.ValidString(got) || len(got) > 2010 {
		t.Errorf("%d bytes", len(got))
	}
	if got := poll.Sentence("%s.", strings.Repeat("a", 3000)); !strings.HasSuffix(got, ".") {
		t.Errorf("%q", got[len(got)-5:])
	}
	if got := poll.Origin("https://u:p@a.example/list?key=secret#x", 3); got != "https://a.example/list, item 3" {
		t.Error(got)
	}
	var table poll.Table
	for i := range 1000 {
		table.Add("n", fmt.Sprint(i/2))
	}
	table.Add("empty", " ")
	if len(table.Rows) != 400 || !table.Full || slices.ContainsFunc(table.Rows, func(p centre.Property) bool { return p.Value == "" }) {
		t.Errorf("%d rows", len(table.Rows))
	}
}
