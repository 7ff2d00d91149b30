package claims

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/centre"
)

var saturday = time.Date(2015, 9, 26, 12, 0, 0, 0, time.UTC)

// said is a statement as tests write it: places stand in <angle brackets>.
type said struct {
	speaker string
	stance  centre.Stance
	text    string
	answers int
	mod     centre.Modality
}

// places are the names of the tests' texts, as the steps before would find them.
var places = map[string]*centre.Place{}

func init() {
	for id, names := range map[string][]string{
		"iraq": {"Iraq", "Iraqi", "Ирак", "Иракская", "العراق", "عراق"}, "russia": {"Russia", "Russian", "Россия", "روسيا", "روسیه"}, "iran": {"Iran", "Иран", "إيران", "ایران"},
		"syria": {"Syria", "Сирия", "Сирию", "سوريا", "سوریه"},
	} {
		for _, n := range names {
			places[n] = &centre.Place{ID: id, Class: centre.PlaceCountry, Country: map[string]string{"iraq": "IRQ", "russia": "RUS", "iran": "IRN", "syria": "SYR"}[id]}
		}
	}
	for id, names := range map[string][]string{"baghdad": {"Baghdad", "Багдаде", "بغداد"}, "latakia": {"Latakia", "Латакии", "اللاذقية"}, "aleppo": {"Aleppo", "Алеппо", "حلب"}, "homs": {"Homs"}} {
		for _, n := range names {
			places[n] = &centre.Place{ID: id, Class: centre.PlaceLocality}
		}
	}
}

// report makes a draft of statements in one language.
func report(language string, at time.Time, list ...said) *centre.Draft {
	d := &centre.Draft{Language: language}
	if !at.IsZero() {
		d.Published = centre.Moment{Time: at, Precision: centre.PrecisionSecond}
	}
	var b []rune
	for i, s := range list {
		start := len(b)
		for part := range strings.SplitSeq(s.text, "<") {
			name, rest, isName := strings.Cut(part, ">")
			if isName {
				p := places[name]
				if p == nil {
					panic(name)
				}
				n := len(b)
				d.Mentions = append(d.Mentions, centre.Mention{Kind: centre.MentionPlace, Start: n, End: n + len([]rune(name)), Text: name, Place: p})
				b = append(b, []rune(name)...)
				part = rest
			}
			b = append(b, []rune(part)...)
		}
		st := centre.Statement{No: i + 1, Speaker: centre.Agent{Name: s.speaker, Kind: centre.AgentNamed}, Stance: s.stance, Answers: s.answers, Modality: s.mod}
		if st.Modality == "" {
			st.Modality = centre.ModalityFact
		}
		if s.text != "" {
			st.Content = []centre.Words{{Start: start, End: len(b), Text: string(b[start:])}}
		}
		d.Statements = append(d.Statements, st)
		b = append(b, []rune(". ")...)
	}
	d.Content.Text = string(b)
	return d
}

func assert(speaker, text string) said {
	return said{speaker: speaker, stance: centre.StanceAssert, text: text}
}
func deny(speaker, text string) said {
	return said{speaker: speaker, stance: centre.StanceDeny, text: text}
}

const centreText = "<Russia>, <Iran>, <Iraq> and <Syria> have agreed to establish a joint information center in <Baghdad> to coordinate operations"

// TestSameAndNotTheSame holds pairs of statements of two reports.
func TestSameAndNotTheSame(t *testing.T) {
	for _, c := range []struct {
		name           string
		language       string
		first          string
		otherLanguage  string
		second         said
		later          time.Duration
		same, tension  bool
		related, apart bool // apart: neither the same nor related
	}{
		{name: "the same words", first: centreText, second: assert("A", centreText), same: true},
		{name: "the same in other words", first: centreText, second: assert("A", "an agreement of <Iraq>, <Syria>, <Russia> and <Iran> to set up a joint intelligence centre in <Baghdad>"), same: true},
		{name: "its denial", first: centreText, second: deny("A", "<Russia>, <Iraq>, <Iran> and <Syria> have agreed to open an information centre in <Baghdad>"), same: true},
		{name: "in Russian", first: centreText, otherLanguage: "ru",
			second: assert("A", "<Россия>, <Сирия>, <Ирак> и <Иран> договорились создать совместный информационный центр в <Багдаде>"), same: true},
		{name: "in Arabic", first: centreText, otherLanguage: "ar",
			second: assert("A", "<العراق> و<روسيا> و<إيران> و<سوريا> اتفاق على إنشاء مركز معلومات مشترك في <بغداد>"), same: true},
		{name: "missiles that fell, in Russian", first: "missiles that <Russia> fired from the sea fell in <Iran>", otherLanguage: "ru",
			second: deny("A", "ракеты, которые <Россия> запустила с моря, упали на территории страны <Иран>"), same: true},
		{name: "a coordination cell is not the centre", first: centreText, second: assert("Fox News", "<Russia>, <Iran> and <Syria> were establishing a coordination cell in <Baghdad>"), related: true, tension: true},
		{name: "advisers are not the centre", first: centreText, second: deny("Jaafari", "<Iraq> received <Russian> military advisers")},
		{name: "warplanes are not a base", first: "<Russia> sends warplanes and tanks to <Syria>", second: assert("A", "<Russia> builds a military base in <Latakia>")},
		{name: "another number", first: "12 civilians were killed in the bombing of a hospital in <Aleppo>", second: assert("A", "20 civilians were killed in the bombing of a hospital in <Aleppo>"), related: true, tension: true},
		{name: "a second one", first: "the Guards detained a tanker near <Aleppo> on Friday", second: assert("A", "the Guards detained a second tanker near <Aleppo> on Friday"), related: true},
		{name: "a second one, in Russian", first: "a second tanker was detained in <Aleppo>", otherLanguage: "ru", second: deny("A", "второй танкер был задержан в <Алеппо>"), same: true},
		{name: "another place", first: "12 civilians were killed in the bombing of a hospital in <Aleppo>", second: assert("A", "12 civilians were killed in the bombing of a hospital in <Homs>"), related: true},
		{name: "may is not is", first: "<Russia> sends warplanes and tanks to <Syria>",
			second: said{speaker: "A", stance: centre.StanceAssert, text: "<Russia> may send warplanes and tanks to <Syria>", mod: centre.ModalityMay}, related: true},
		{name: "half a year later", first: "the airport of <Aleppo> was shelled by militants", second: assert("A", "militants shelled the airport of <Aleppo>"), later: 180 * 24 * time.Hour, apart: true},
		{name: "the next day", first: "the airport of <Aleppo> was shelled by militants", second: assert("A", "militants shelled the airport of <Aleppo>"), later: 24 * time.Hour, same: true},
		{name: "nothing in common", first: centreText, second: assert("A", "the price of oil fell below forty dollars"), apart: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := New(Options{})
			first := l.Link(report("en", saturday, assert("B", c.first)), saturday)
			at := saturday.Add(c.later)
			language := c.otherLanguage
			if language == "" {
				language = "en"
			}
			second := l.Link(report(language, at, c.second), at)
			got := second[0]
			if (got.Claim == first[0].Claim) != c.same {
				t.Fatalf("the same: %v; %+v", !c.same, got)
			}
			if c.same {
				if got.Link.Score < sameScore || len(got.Link.Why) == 0 {
					t.Errorf("no reasons: %+v", got.Link)
				}
				return
			}
			related := slices.ContainsFunc(got.Related, func(r centre.RelatedClaim) bool { return r.Claim == first[0].Claim })
			tension := slices.ContainsFunc(got.Related, func(r centre.RelatedClaim) bool { return r.Claim == first[0].Claim && r.Tension })
			if c.related != related && (c.related || c.apart) || tension != c.tension {
				t.Errorf("related %v, tension %v: %+v", related, tension, got.Related)
			}
		})
	}
}

// TestWithinOneText is the seed of the project as statements: what answers what.
func TestWithinOneText(t *testing.T) {
	l := New(Options{})
	d := report("en", saturday,
		assert("a military-diplomatic source", centreText),
		assert("a military-diplomatic source", "<Iraq> will run the center for the next three months"),
		said{speaker: "a military-diplomatic source", stance: centre.StanceAssert, text: "the agreement is a milestone", mod: centre.ModalityOpinion},
		said{speaker: "joint operations command", stance: centre.StanceConfirm, text: "the agreement", answers: 3},
		deny("Jaafari", "<Iraq> received <Russian> military advisers"),
		assert("Fox News", "the four countries were establishing a coordination cell in <Baghdad>"),
		said{speaker: "Peskov", stance: centre.StanceDeny, text: "there are many reports which are not true", answers: 6},
		said{speaker: "Peskov", stance: centre.StanceDeny, text: "many reports are not true"},
		said{speaker: "Kremlin", stance: centre.StanceDecline, text: "the agreement of <Iraq> and <Russia> in <Baghdad>"},
		said{speaker: "somebody", stance: centre.StanceDeny, answers: 5},
	)
	got := l.Link(d, saturday)
	p1, p5, p8, p9 := got[0].Claim, got[1].Claim, got[4].Claim, got[5].Claim
	if all := []centre.ID{p1, p5, p8, p9}; slices.Contains(all, 0) || p1 == p5 || p1 == p8 || p1 == p9 || p8 == p9 {
		t.Fatalf("claims %v", all)
	}
	if got[3].Claim != p1 {
		t.Error("the confirmation of the agreement is not of the centre's claim")
	}
	if got[2].Claim != 0 || got[8].Claim != 0 {
		t.Error("opinion or no comment made a claim")
	}
	if vague := l.Link(report("en", saturday, deny("Peskov", "many reports are not true")), saturday); vague[0].Claim != 0 {
		t.Error("a vague denial that answers nothing made a claim")
	}
	if got[6].Claim != p9 || got[7].Claim != p9 || got[9].Claim != p8 {
		t.Error("a denial is not of what it answers")
	}
	if !slices.ContainsFunc(got[5].Related, func(r centre.RelatedClaim) bool { return r.Claim == p1 && r.Tension && len(r.Why) > 1 }) {
		t.Errorf("the cell is not in tension with the centre: %+v", got[5].Related)
	}
	if slices.ContainsFunc(got[4].Related, func(r centre.RelatedClaim) bool { return r.Claim == p1 && r.Tension }) {
		t.Error("the advisers are in tension with the centre")
	}
	if !reflect.DeepEqual(got[0].Parties, []string{"RUS", "IRN", "IRQ", "SYR"}) {
		t.Errorf("parties %v", got[0].Parties)
	}
}

// TestANumberIsNotForgotten: a claim that is put with a number and without it does
// not take in another number by way of the words without one.
func TestANumberIsNotForgotten(t *testing.T) {
	l := New(Options{})
	link := func(text string) centre.Linked {
		return l.Link(report("en", saturday, assert("A", text)), saturday)[0]
	}
	first := link("the floods killed 17 people in villages near <Baghdad>")
	if without := link("floods killed people in villages and homes near <Baghdad>"); without.Claim != first.Claim {
		t.Fatal("without the number it is another claim")
	}
	other := link("floods killed 23 people in villages and homes near <Baghdad>")
	if other.Claim == first.Claim || len(other.Related) != 1 || !slices.Contains(other.Related[0].Why, otherNumbers) {
		t.Errorf("%+v", other)
	}
}

// TestOneMatter: what a content leaves unsaid, its report says, as far as the two
// were written in the same days or nobody knows when.
func TestOneMatter(t *testing.T) {
	const about = "the drone flew from <Latakia> to <Aleppo>"
	for _, c := range []struct {
		name  string
		about string
		later time.Duration
		none  bool // no time is known
		same  bool
	}{
		{name: "the next day", about: "беспилотник летел из <Латакии> в <Алеппо>", later: 24 * time.Hour, same: true},
		{name: "a month later", about: "беспилотник летел из <Латакии> в <Алеппо>", later: 28 * 24 * time.Hour},
		{name: "about somewhere else", about: "беспилотник летел над <Багдаде>", later: 24 * time.Hour},
		{name: "at a time that is not known", about: "беспилотник летел из <Латакии> в <Алеппо>", later: 3000 * 24 * time.Hour, none: true, same: true},
	} {
		l := New(Options{})
		first := l.Link(report("en", saturday, assert("A", about), deny("B", "a drone had been shot down")), saturday)
		published := saturday.Add(c.later)
		if c.none {
			published = time.Time{}
		}
		got := l.Link(report("ru", published, assert("A", c.about), assert("C", "сообщения о сбитом беспилотнике")), saturday.Add(c.later))
		if same := got[1].Claim == first[1].Claim; same != c.same {
			t.Errorf("%s: the same %v: %+v", c.name, same, got[1])
		}
	}
}

// TestAnotherKindOfHappening: what tells one matter as another kind of happening
// is not the same, and is in tension with it all the same.
func TestAnotherKindOfHappening(t *testing.T) {
	l := New(Options{})
	link := func(category centre.EventCategory, text string) centre.Linked {
		d := report("en", saturday, assert(string(category), text))
		d.EventMentions = []centre.EventMention{{Category: category}}
		d.Statements[0].Event = 1
		return l.Link(d, saturday)[0]
	}
	a := link(centre.EventAgreement, centreText)
	b := link(centre.EventOther, "<Russia> and <Iran> establish a cell in <Baghdad> to coordinate militias")
	if a.Claim == b.Claim || len(b.Related) != 1 || !b.Related[0].Tension {
		t.Errorf("%+v", b)
	}
}

// kept is the store's part.
type kept []Known

func (k kept) Remember(_ context.Context, limit int, each func(Known) error) error {
	for _, s := range k[max(0, len(k)-limit):] {
		if err := each(s); err != nil {
			return err
		}
	}
	return nil
}

func TestMemoryAfterAStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func() *centre.Draft {
			n := rapid.IntRange(1, 3).Draw(t, "statements")
			var list []said
			for range n {
				list = append(list, assert(rapid.SampledFrom([]string{"A", "B"}).Draw(t, "speaker"), rapid.SampledFrom([]string{
					centreText, "12 civilians were killed in the bombing of a hospital in <Aleppo>", "militants shelled the airport of <Aleppo>",
					"<Russia> sends warplanes and tanks to <Syria>", "<Russia> builds a base in <Latakia>", "the tanks of <Syria> were sent by <Russia>",
				}).Draw(t, "text")))
			}
			return report("en", saturday.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "day"))*24*time.Hour), list...)
		}
		next := centre.ID(0)
		newID := func() centre.ID { next++; return next }
		l := New(Options{NewID: newID})
		var memory kept
		for range rapid.IntRange(1, 8).Draw(t, "reports") {
			for _, linked := range l.Link(draw(), saturday) {
				memory = append(memory, Known{Claim: linked.Claim, Features: linked.Features})
			}
		}
		again := New(Options{NewID: newID})
		if err := again.Load(t.Context(), memory); err != nil {
			t.Fatal(err)
		}
		last := draw()
		begin := next
		a := l.Link(last, saturday)
		next = begin
		b := again.Link(last, saturday)
		for i := range a {
			if a[i].Claim != b[i].Claim || !reflect.DeepEqual(a[i].Link, b[i].Link) {
				t.Fatalf("before the start %+v, after it %+v", a[i], b[i])
			}
		}
	})
}

func TestCorrectionsCount(t *testing.T) {
	l := New(Options{})
	cell := "<Russia>, <Iran> and <Syria> were establishing a coordination cell in <Baghdad>"
	a := l.Link(report("en", saturday, assert("A", centreText)), saturday)[0]
	b := l.Link(report("en", saturday, assert("Fox News", cell)), saturday)[0]
	if a.Claim == b.Claim {
		t.Fatal("one claim")
	}
	// A person merges the two; what the cell's claim was is learned as the centre's.
	l.Merged(b.Claim, a.Claim)
	l.Forget(b.Claim)
	l.Learn(Known{Claim: b.Claim, Features: b.Features})
	if c := l.Link(report("en", saturday, assert("B", cell)), saturday)[0]; c.Claim != a.Claim {
		t.Error("a merge is forgotten")
	}
	// And splits them again.
	l.Forget(a.Claim)
	l.Learn(Known{Claim: a.Claim, Features: a.Features})
	l.Learn(Known{Claim: 77, Features: b.Features})
	if c := l.Link(report("en", saturday, assert("C", cell)), saturday)[0]; c.Claim != 77 {
		t.Error("a split is forgotten")
	}
	if c := l.Link(report("en", saturday, assert("C", centreText)), saturday)[0]; c.Claim != a.Claim {
		t.Error("the rest of a split is forgotten")
	}
}

func TestAThousandDenialsAreOneClaimAndLittleMemory(t *testing.T) {
	l := New(Options{})
	first := l.Link(report("en", saturday, assert("A", centreText)), saturday)[0]
	for i := range 1000 {
		got := l.Link(report("en", saturday, deny(fmt.Sprint("Speaker ", i), fmt.Sprintf("word%d ", i)+centreText)), saturday)[0]
		if got.Claim != first.Claim {
			t.Fatalf("denial %d is another claim: %+v", i, got)
		}
	}
	if n := len(l.claims[l.byID[first.Claim]].forms); n > maxForms {
		t.Errorf("%d ways of putting it are remembered", n)
	}
	if len(l.exact) > 1100 || len(l.with) > 200 {
		t.Errorf("%d contents and %d words are remembered", len(l.exact), len(l.with))
	}
}

func TestMemoryIsBounded(t *testing.T) {
	l := New(Options{Limit: 50})
	for i := range 400 {
		day := saturday.Add(time.Duration(i) * 24 * time.Hour)
		l.Link(report("en", day, assert("A", fmt.Sprintf("the village number%d of valley%d was shelled by group%d", i, i, i))), day)
		if l.held > 60 || len(l.claims) > 120 {
			t.Fatalf("%d claims are held, %d places for them", l.held, len(l.claims))
		}
	}
	if len(l.with) > 1000 || len(l.exact) > 100 {
		t.Errorf("%d words, %d contents", len(l.with), len(l.exact))
	}
}

func TestHostileStatements(t *testing.T) {
	l := New(Options{})
	long := report("en", saturday, assert("A", strings.Repeat("<Baghdad> <Iraq> 1 22 333 word ", 20000)))
	broken := report("en", saturday, assert("A", centreText), assert("B", centreText))
	broken.Statements[0].Content[0].Start, broken.Statements[0].Content[0].End = -5, 1<<40
	broken.Statements[1].Answers, broken.Statements[1].Event = 2, 99 // itself; nothing
	for _, d := range []*centre.Draft{long, broken, {Findings: centre.Findings{Statements: []centre.Statement{{No: 1, Stance: "?"}}}}, report("und", time.Time{}, assert("", "😀😀😀 ‏‏ «„“"))} {
		for _, linked := range l.Link(d, saturday) {
			if len(linked.Features) > 300 || len(linked.Parties) > maxParties || len(linked.Related) > maxNear {
				t.Errorf("%d bytes, %d parties, %d related", len(linked.Features), len(linked.Parties), len(linked.Related))
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	some, _ := read(report("en", saturday, assert("A", centreText))).features(&report("en", saturday, assert("A", centreText)).Statements[0], 3)
	f.Add(some.encode())
	f.Add([]byte{1, 0, 2})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, ok := decode(b)
		if !ok {
			return
		}
		again, ok := decode(got.encode())
		if !ok || !reflect.DeepEqual(got, again) {
			t.Fatalf("%+v is read back as %+v", got, again)
		}
	})
}

// BenchmarkLink links a statement to 200,000 claims that are remembered.
func BenchmarkLink(b *testing.B) {
	l := New(Options{})
	words := func(i int, n int) string {
		var s []string
		for k := range n {
			s = append(s, fmt.Sprintf("w%d", (i*7919+k*104729+i*k)%30000))
		}
		return strings.Join(s, " ")
	}
	names := []string{"Iraq", "Russia", "Iran", "Syria", "Baghdad", "Latakia", "Aleppo", "Homs"}
	text := func(i int) string {
		return fmt.Sprintf("<%s> and <%s> agreed to send troops and weapons to the base %s near <%s>", names[i%4], names[(i/4)%4], words(i, 6), names[4+i%4])
	}
	for i := range 200_000 {
		l.Link(report("en", saturday.Add(time.Duration(i%40)*time.Hour), assert("A", text(i))), saturday)
	}
	drafts := make([]*centre.Draft, 500)
	for i := range drafts {
		drafts[i] = report("en", saturday, assert("B", text(i*397)+" "+words(i, 3)))
	}
	b.ReportMetric(float64(l.held), "claims")
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		l.Link(drafts[i%len(drafts)], saturday)
	}
}
