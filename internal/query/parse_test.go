package query_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/internal/centre"
	"entente/internal/query"
)

var baghdad = time.FixedZone("Baghdad", 3*3600)

func word(text string) query.Word       { return query.Word{Text: text} }
func prefix(text string) query.Word     { return query.Word{Text: text, Prefix: true} }
func phrase(w ...string) query.Phrase   { return query.Phrase{Words: w} }
func after(t time.Time) query.Published { return query.Published{From: t} }
func grade(r, rTo centre.Reliability, c, cTo centre.Credibility) query.Grade {
	return query.Grade{ReliabilityFrom: r, ReliabilityTo: rTo, CredibilityFrom: c, CredibilityTo: cTo}
}

func utc(y, m, d, h, min int) time.Time {
	return time.Date(y, time.Month(m), d, h, min, 0, 0, time.UTC)
}

func TestParse(t *testing.T) {
	story := centre.ID(0x0123456789abcdef)
	for _, c := range []struct {
		text string
		want query.Node
	}{
		{"", query.All{}},
		{"  — … ", query.All{}},
		{"*", query.All{}},
		{"Peskov", word("Peskov")},
		{"Iraq, Iran; Russia.", query.And{word("Iraq"), word("Iran"), word("Russia")}},
		{`"Coordination  Cell"`, phrase("coordination", "cell")},
		{`«координационный центр» “joint centre” „ein Satz“`, query.And{phrase("координационный", "центр"), phrase("joint", "centre"), phrase("ein", "satz")}},
		{"coord*", prefix("coord")},
		{"کتاب*", prefix("كتاب")},
		{"al-Assad", phrase("al", "assad")},
		{"al-Ass*", query.And{word("al"), prefix("ass")}},
		{"https://tass.ru/x", phrase("https", "tass", "ru", "x")},
		{"a b OR c d", query.Or{query.And{word("a"), word("b")}, query.And{word("c"), word("d")}}},
		{"a AND (b OR c)", query.And{word("a"), query.Or{word("b"), word("c")}}},
		{"(a b) (c AND d)", query.And{word("a"), word("b"), word("c"), word("d")}},
		{"a OR (b OR c)", query.Or{word("a"), word("b"), word("c")}},
		{"a -b NOT c", query.And{word("a"), query.Not{Node: word("b")}, query.Not{Node: word("c")}}},
		{"NOT (a b)", query.Not{Node: query.And{word("a"), word("b")}}},
		{"-(-a)", query.Not{Node: query.Not{Node: word("a")}}},
		{"a - b", query.And{word("a"), word("b")}},
		{"a AND -b", query.And{word("a"), query.Not{Node: word("b")}}},
		{"and or not", query.And{word("and"), word("or"), word("not")}},
		{"AND, a", query.And{word("and"), word("a")}},
		{"ANDORRA ORDER", query.And{word("ANDORRA"), word("ORDER")}},
		{`a(b)"c"`, query.And{word("a"), word("b"), phrase("c")}},
		{"Syria: talks", query.And{word("Syria"), word("talks")}},
		{"lang:ru LANG:en-gb lang:zh-hant", query.And{query.Language{Tag: "ru"}, query.Language{Tag: "en-GB"}, query.Language{Tag: "zh-Hant"}}},
		{"source:TASS-ru", query.Source{Slug: "tass-ru"}},
		{"member:irq", query.Member{Code: "IRQ"}},
		{`place:baghdad, place:"New  York" place:«نيويورك»`, query.And{query.Place{Name: "baghdad"}, query.Place{Name: "New York"}, query.Place{Name: "نيويورك"}}},
		{"near:33.3,44.4,50km", query.Near{Point: centre.At(44.4, 33.3), Metres: 50_000}},
		{`near:"-33.5, 44, 1.5 nm"`, query.Near{Point: centre.At(44, -33.5), Metres: 2778}},
		{"near:٣٣٫٣،٤٤٫٤،٥٠كم", query.Near{Point: centre.At(44.4, 33.3), Metres: 50_000}},
		{"box:170,-10,-170,10", query.Box{West: 170, South: -10, East: -170, North: 10}},
		{"after:2015-09-20", after(utc(2015, 9, 19, 21, 0))},
		{"after:٢٠١٥-٠٩-٢٠", after(utc(2015, 9, 19, 21, 0))},
		{"after:۲۰۱۵", after(utc(2014, 12, 31, 21, 0))},
		{"before:2015-10", query.Published{Until: utc(2015, 9, 30, 21, 0)}},
		{"after:2015-09-26T15:30 before:2015-09-26T15:30Z", query.And{after(utc(2015, 9, 26, 12, 30)), query.Published{Until: utc(2015, 9, 26, 15, 30)}}},
		{"received-after:2015-09-20 received-before:2015-09-21", query.And{query.Received{From: utc(2015, 9, 19, 21, 0)}, query.Received{Until: utc(2015, 9, 20, 21, 0)}}},
		{"grade:b2", grade('B', 'B', 2, 2)},
		{"grade:B2..C3", grade('B', 'C', 2, 3)},
		{"grade:C3..B2", grade('B', 'C', 2, 3)},
		{"grade:B", grade('B', 'B', 0, 0)},
		{"grade:A..C", grade('A', 'C', 0, 0)},
		{"grade:3", grade(0, 0, 3, 3)},
		{"grade:F6", grade('F', 'F', 6, 6)},
		{"story:" + story.String(), query.Story{ID: story}},
		{"event:Aid_Movement", query.Happens{Category: centre.EventAidMovement}},
		{"event:any", query.Happens{}},
		{
			`"coordination cell" AND (peskov OR kremlin) lang:ru -source:tass`,
			query.And{phrase("coordination", "cell"), query.Or{word("peskov"), word("kremlin")}, query.Language{Tag: "ru"}, query.Not{Node: query.Source{Slug: "tass"}}},
		},
	} {
		got, err := query.Parse(c.text, query.Options{Zone: baghdad})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s:\n%s", c.text, d)
		}
	}
}

func TestDayBeginsWhereClocksJumpOverMidnight(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		want      time.Time
	}{
		{"Asia/Beirut", "2015-03-29", utc(2015, 3, 28, 22, 0)},
		{"Asia/Tehran", "2015-03-22", utc(2015, 3, 21, 20, 30)},
		{"America/Sao_Paulo", "2015-10-18", utc(2015, 10, 18, 3, 0)},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Skip("no time zone data on this machine")
		}
		got, err := query.Parse("after:"+c.day, query.Options{Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(query.Node(after(c.want)), got); d != "" {
			t.Errorf("%s:\n%s", c.zone, d)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		text, want string
		position   int
	}{
		{"near:33.3,44.4", "a distance such as 50km after the coordinates", 14},
		{"ab near:33.3,44.4,50", "a distance such as 50km", 18},
		{"near:33.3,44.4,99999km", "a distance", 15},
		{"near:91,44.4,50km", "a latitude between -90 and 90", 5},
		{"near:33.3,181,5km", "a longitude between -180 and 180", 10},
		{"near:33", "a comma and a longitude", 7},
		{"near:1,2,3km,4", "nothing after the distance", 13},
		{"near:NaN,2,3km", "a latitude", 5},
		{"box:1,2,3", "west, south, east and north", 4},
		{"box:1,5,3,4", "a northern border", 10},
		{"(a OR b", "a closing parenthesis for the one opened at character 1", 7},
		{"a)", "no closing parenthesis", 1},
		{"a ()", "a word between the parentheses", 3},
		{`a "b`, "a closing quotation mark for the one opened at character 3", 4},
		{`""`, "words between the quotation marks", 1},
		{`"a b"*`, "no * here", 5},
		{"AND a", "a word before AND", 0},
		{"a AND", "a word after AND", 5},
		{"a AND AND b", "a word before AND", 6},
		{"a AND OR b", "a word after AND", 6},
		{"OR a", "a word before OR", 0},
		{"a OR", "a word after OR", 4},
		{"a OR OR b", "a word before OR", 5},
		{"NOT", "a word after NOT", 3},
		{"a NOT ...", "a word after NOT", 6},
		{"-)", "a word after NOT or -", 1},
		{"a*", "at least two letters before *", 0},
		{"foo:bar", "there is no field foo", 0},
		{"lang:", "a value after lang:", 5},
		{"lang: ru", "a value after lang:", 5},
		{"lang:russian", "the tag of a language", 5},
		{"source:a/b", "the short name of a source", 7},
		{"member:1", "the code of a member", 7},
		{`place:"…"`, "the name of a place", 7},
		{"story:1", "the id of a story", 6},
		{"event:war", "a category of events", 6},
		{"после after:вчера", "a date such as 2015-09-26", 12},
		{"after:2015-02-30", "a date", 6},
		{"after:1394-06-29", "a year of the Gregorian calendar", 6},
		{"grade:G2", "a grade such as B2", 6},
		{"grade:B2..", "the other end of the range", 10},
		{"grade:B2..C", "ends are of one kind", 6},
		{"grade:B..F", "cannot be judged", 6},
	} {
		_, err := query.Parse(c.text, query.Options{})
		var mistake *query.SyntaxError
		if !errors.As(err, &mistake) {
			t.Errorf("%s: got %v, want a mistake", c.text, err)
			continue
		}
		if mistake.Position != c.position || !strings.Contains(mistake.Expected, c.want) {
			t.Errorf("%s: at %d expected %q; want %d %q", c.text, mistake.Position, mistake.Expected, c.position, c.want)
		}
		if centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%s: the code is %q", c.text, centre.CodeOf(err))
		}
	}
	_, err := query.Parse("near:33.3,44.4", query.Options{})
	if got, want := err.Error(), "At character 15: expected a distance such as 50km after the coordinates"; got != want {
		t.Errorf("the sentence is %q, want %q", got, want)
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"long":      strings.Repeat("слово", 2000),
		"nested":    strings.Repeat("(", 500) + "a" + strings.Repeat(")", 500),
		"negated":   strings.Repeat("-", 500) + "a",
		"not not":   strings.Repeat("NOT ", 500) + "a",
		"many":      strings.Repeat("ab ", 500),
		"many -* *": strings.Repeat("a-b* ", 150),
	} {
		if _, err := query.Parse(text, query.Options{}); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
