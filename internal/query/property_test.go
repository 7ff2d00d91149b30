package query_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/query"
)

// terms draws leaves as Parse makes them.
func terms() *rapid.Generator[query.Node] {
	normal := rapid.SampledFrom([]string{"peskov", "kremlin", "и", "сирия", "بغداد", "مركز", "دمشق", "and", "or", "s300", "42"})
	slug := rapid.StringMatching(`[a-z0-9][a-z0-9-]{0,8}`)
	at := rapid.Custom(func(t *rapid.T) time.Time {
		return time.UnixMilli(rapid.Int64Range(-8e12, 3e13).Draw(t, "ms")).UTC()
	})
	degrees := func(bound float64) *rapid.Generator[float64] { return rapid.Float64Range(-bound, bound) }
	return rapid.Custom(func(t *rapid.T) query.Node {
		switch rapid.IntRange(0, 13).Draw(t, "kind") {
		case 0, 1:
			return query.Word{Text: rapid.SampledFrom([]string{"Peskov", "می\u200cخواهد", "кризис", "and", "Ja'fari", "S300", "х"}).Draw(t, "word")}
		case 2:
			return query.Word{Text: rapid.SampledFrom([]string{"pes", "سور", "си", "or"}).Draw(t, "beginning"), Prefix: true}
		case 3:
			return query.Phrase{Words: rapid.SliceOfN(normal, 1, 4).Draw(t, "phrase")}
		case 4:
			return query.Language{Tag: rapid.SampledFrom([]string{"en", "ckb", "en-GB", "zh-Hant", "und"}).Draw(t, "tag")}
		case 5:
			return query.Source{Slug: slug.Draw(t, "slug")}
		case 6:
			return query.Member{Code: "IRQ"}
		case 7:
			return query.Place{Name: rapid.SampledFrom([]string{"baghdad", "New York", "نيويورك", `the "zone"`, "a (b)", "o«x"}).Draw(t, "place")}
		case 8:
			lon, lat := degrees(180).Draw(t, "lon")+0, degrees(90).Draw(t, "lat")+0
			return query.Near{Point: centre.At(lon, lat), Metres: rapid.Float64Range(0.001, 2e7).Draw(t, "metres")}
		case 9:
			south := degrees(90).Draw(t, "south") + 0
			return query.Box{
				West: degrees(180).Draw(t, "west") + 0, South: south,
				East: degrees(180).Draw(t, "east") + 0, North: rapid.Float64Range(south, 90).Draw(t, "north") + 0,
			}
		case 10:
			if rapid.Bool().Draw(t, "from") {
				return query.Published{From: at.Draw(t, "at")}
			}
			return query.Published{Until: at.Draw(t, "at")}
		case 11:
			if rapid.Bool().Draw(t, "from") {
				return query.Received{From: at.Draw(t, "at")}
			}
			return query.Received{Until: at.Draw(t, "at")}
		case 12:
			return rapid.SampledFrom([]query.Node{
				grade('B', 'B', 2, 2), grade('A', 'C', 0, 0), grade(0, 0, 1, 5), grade('F', 'F', 6, 6),
				grade('B', 'D', 6, 6), grade('F', 'F', 0, 0), grade('A', 'B', 2, 4),
			}).Draw(t, "grade")
		}
		if rapid.Bool().Draw(t, "event") {
			return query.Happens{Category: rapid.SampledFrom(append([]centre.EventCategory{""}, centre.EventCategories...)).Draw(t, "category")}
		}
		return query.Story{ID: centre.ID(rapid.Int64Range(1, 1<<62).Draw(t, "story"))}
	})
}

// trees draws canonical trees.
func trees(depth int) *rapid.Generator[query.Node] {
	return rapid.Custom(func(t *rapid.T) query.Node {
		kind := rapid.IntRange(0, 5).Draw(t, "shape")
		if depth == 0 || kind < 3 {
			return terms().Draw(t, "term")
		}
		nodes := rapid.SliceOfN(trees(depth-1), 2, 4).Draw(t, "nodes")
		switch kind {
		case 3:
			return query.Not{Node: nodes[0]}
		case 4:
			var all query.And
			for _, n := range nodes {
				if inner, ok := n.(query.And); ok {
					all = append(all, inner...)
				} else {
					all = append(all, n)
				}
			}
			return all
		}
		var all query.Or
		for _, n := range nodes {
			if inner, ok := n.(query.Or); ok {
				all = append(all, inner...)
			} else {
				all = append(all, n)
			}
		}
		return all
	})
}

func TestWhatIsPrintedParsesToTheSameTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := trees(3).Draw(t, "tree")
		text := query.String(n)
		again, err := query.Parse(text, query.Options{Zone: baghdad})
		if utf8.RuneCountInString(text) > query.MaxLength {
			t.Skip("longer than a query may be")
		}
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if d := cmp.Diff(n, again); d != "" {
			t.Fatalf("%s:\n%s", text, d)
		}
	})
}

func TestTreesThatNobodyParsedPrintToo(t *testing.T) {
	both := query.Published{From: utc(2015, 9, 1, 0, 0), Until: utc(2015, 10, 1, 0, 0)}
	for want, n := range map[string]query.Node{
		"":    query.All{},
		"*":   query.And{},
		"-*":  query.Or{},
		"a":   query.And{query.Or{word("a")}},
		"a *": query.And{word("a"), query.All{}},
		"-(after:2015-09-01T00:00:00Z before:2015-10-01T00:00:00Z)": query.Not{Node: both},
	} {
		if got := query.String(n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if _, err := query.Parse(want, query.Options{}); err != nil {
			t.Errorf("%q: %v", want, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`"coordination cell" AND (peskov OR kremlin) lang:ru source:tass grade:B2..C3 place:baghdad near:33.3,44.4,50km after:2015-09-20 before:2015-10-01`,
		"", "*", "-*", "((", "a AND", "NOT NOT a", "OR", `place:«a"b»`, `place:"x`, "near:٣٣٫٣،٤٤٫٤،٥٠كم", "box:1,2,3,4", "grade:F6 grade:A..C",
		"می\u200cخواهد کتاب* «координационный центр»", "story:0000000000001", "received-after:2015", "l'été d'", "a\u200f:b", "\xff", "北京* ㍿ ½*", "x:y", "lang:\"en\"", "after:2015-09-26T12:30:00.5Z", "’a’s ''b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := query.Parse(text, query.Options{Zone: baghdad})
		if err != nil {
			var mistake *query.SyntaxError
			if !errors.As(err, &mistake) {
				t.Fatalf("%q: %v is not a mistake in the text", text, err)
			}
			if mistake.Position < 0 || mistake.Position > utf8.RuneCountInString(text) {
				t.Fatalf("%q: the mistake lies outside, at %d", text, mistake.Position)
			}
			return
		}
		printed := query.String(n)
		again, err := query.Parse(printed, query.Options{})
		if err != nil {
			if utf8.RuneCountInString(printed) > query.MaxLength {
				return
			}
			t.Fatalf("%q is printed as %q: %v", text, printed, err)
		}
		if d := cmp.Diff(n, again); d != "" {
			t.Fatalf("%q is printed as %q:\n%s", text, printed, d)
		}
		query.Match(n, subject("en", text))
		points := utf8.RuneCountInString(text)
		last := 0
		for _, s := range query.Highlight(n, text) {
			if s[0] < last || s[1] <= s[0] || s[1] > points {
				t.Fatalf("%q: the mark %v", text, s)
			}
			last = s[1]
		}
	})
}

func TestMatchKeepsTheLawsOfLogic(t *testing.T) {
	s := subject("en", "Peskov: the S300 and the 42 kremlin or and")
	rapid.Check(t, func(t *rapid.T) {
		a, b := trees(2).Draw(t, "a"), trees(2).Draw(t, "b")
		ma, mb := query.Match(a, s), query.Match(b, s)
		if query.Match(query.And{a, b}, s) != (ma && mb) || query.Match(query.Or{a, b}, s) != (ma || mb) || query.Match(query.Not{Node: a}, s) == ma {
			t.Fatalf("%s, %s", query.String(a), query.String(b))
		}
	})
}

func TestWhatMatchesIsMarked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"Officers", "met", "in", "Baghdad", "operations", "в", "Багдаде", "کتاب\u200cها"}), 1, 8).Draw(t, "words")
		text := strings.Join(words, " ")
		q := query.Word{Text: rapid.SampledFrom([]string{"officer", "MET", "багдад", "کتاب", "operation", "moscow"}).Draw(t, "query")}
		language := rapid.SampledFrom([]string{"en", "ru", "fa"}).Draw(t, "language")
		if query.Match(q, subject(language, text)) && len(query.Highlight(q, text)) == 0 {
			t.Fatalf("%q matches %q in %s and nothing is marked", q.Text, text, language)
		}
	})
}

func TestHighlight(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"officer", "Three officers, one OFFICER's desk", "officers|OFFICER's"},
		{`"coordination cell" cell`, "a coordination cell, a cell", "coordination cell|cell"},
		{"coord*", "coordinated coordination", "coordinated|coordination"},
		{"багдад", "встреча в Багдаде", "Багдаде"},
		{"کتاب", "این کتاب\u200cها را", "کتاب\u200cها"},
		{"-officer three", "Three officers", "Three"},
		{"a OR (three AND officers)", "Three officers", "Three|officers"},
		{"lang:en", "Three officers", ""},
		{`"b a" "a b"`, "a b a", "a b a"},
	} {
		n, err := query.Parse(c.query, query.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var marked []string
		for _, s := range query.Highlight(n, c.text) {
			marked = append(marked, string([]rune(c.text)[s[0]:s[1]]))
		}
		if got := strings.Join(marked, "|"); got != c.want {
			t.Errorf("%s in %q: marked %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

func TestResolveLeavesTheTreeGivenAlone(t *testing.T) {
	n := query.And{query.Place{Name: "iraq"}, query.Not{Node: query.Or{query.Place{Name: "baghdad"}, word("a")}}}
	got := query.Resolve(n, func(name string) ([]string, string) {
		if name == "iraq" {
			return []string{"x:iraq"}, "IRQ"
		}
		return []string{"x:1", "x:2"}, ""
	})
	want := query.And{
		query.Place{Name: "iraq", IDs: []string{"x:iraq"}, Country: "IRQ"},
		query.Not{Node: query.Or{query.Place{Name: "baghdad", IDs: []string{"x:1", "x:2"}}, word("a")}},
	}
	if d := cmp.Diff(query.Node(want), got); d != "" {
		t.Error(d)
	}
	if p := n[0].(query.Place); slices.Contains(p.IDs, "x:iraq") {
		t.Error("the tree given was changed")
	}
}
