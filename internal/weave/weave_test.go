package weave_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/process/duplicate"
	"entente/internal/weave"
)

var start = time.Date(2015, 9, 26, 9, 0, 0, 0, time.UTC)

// sequence gives ids 1, 2, 3 ...
func sequence() func() centre.ID { return sequenceAfter(0) }

func sequenceAfter(n centre.ID) func() centre.ID {
	return func() centre.ID { n++; return n }
}

// draft makes a draft of a title and a body, fingerprinted.
func draft(t interface{ Fatal(...any) }, language, title, body string) centre.Draft {
	d := centre.Draft{Language: language, Content: centre.Content{Text: title + "\n\n" + body, Title: len([]rune(title))}}
	if title == "" {
		d.Content = centre.Content{Text: body}
	}
	if err := duplicate.New().Apply(context.Background(), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func dated(d centre.Draft, at time.Time) centre.Draft {
	d.Published = centre.Moment{Time: at, Precision: centre.PrecisionMinute, Basis: centre.BasisFeed}
	return d
}

func put(t *testing.T, w *weave.Weave, d centre.Draft, received time.Time) centre.Woven {
	t.Helper()
	woven, err := w.Weave(t.Context(), d, received, weave.Prior{})
	if err != nil {
		t.Fatal(err)
	}
	if woven.Story == 0 || woven.CopySet == 0 {
		t.Fatalf("a report without a place: %+v", woven)
	}
	return woven
}

const (
	cell = "Iraq, Iran, Russia and Syria have agreed to set up a joint information centre in Baghdad, " +
		"the Iraqi military said on Saturday. Officers of the four states will gather and analyse what is known of Islamic State."
	cellAgain = "A centre for sharing intelligence on Islamic State is to be set up in Baghdad by Russia, Iran, Syria and Iraq. " +
		"The Iraqi military's joint command announced the agreement and said that officers of each state will take turns to lead it."
	flood = "Heavy rain flooded the railway line between Lyon and Marseille and left thousands of travellers stranded overnight, " +
		"the French operator said, adding that repairs of the embankment near Avignon would take a week."
	flagship = "The carmaker's shares fell by a fifth after the regulator found software that cheats emission tests in diesel engines, " +
		"and its chief executive apologised to customers and promised a full inquiry."
)

func TestExactCopiesShareTheirSetUnderOtherTitles(t *testing.T) {
	w := weave.New(weave.Options{NewID: sequence()})
	a := put(t, w, draft(t, "en", "Four states agree on a centre", cell), start)
	b := put(t, w, draft(t, "en", "BAGHDAD TO HOST CENTRE", cell), start.Add(time.Hour))
	c := put(t, w, draft(t, "en", "Rain stops trains", flood), start.Add(2*time.Hour))
	if a.CopySet != b.CopySet || a.Story != b.Story {
		t.Errorf("the copy lies apart: %+v %+v", a, b)
	}
	if a.CopySet == c.CopySet || a.Story == c.Story {
		t.Error("another matter lies in the same set or story")
	}
}

func TestNearCopiesShareTheirSet(t *testing.T) {
	w := weave.New(weave.Options{NewID: sequence()})
	a := put(t, w, draft(t, "en", "", cell+" "+cellAgain+" "+cell), start)
	b := put(t, w, draft(t, "en", "", cell+" "+cellAgain+" "+cell+" (Additional reporting.)"), start)
	if a.CopySet != b.CopySet {
		t.Error("a text with two more words is no copy")
	}
	c := put(t, w, draft(t, "en", "", cellAgain), start)
	if c.CopySet == a.CopySet {
		t.Error("a text on the same matter in other words is a copy")
	}
	if c.Story != a.Story {
		t.Error("a text on the same matter is in another story")
	}
}

func TestShortTextsAreCopiesOnlyUnderTheSameTitle(t *testing.T) {
	w := weave.New(weave.Options{NewID: sequence()})
	a := put(t, w, draft(t, "en", "Quake in Chile", "Details follow."), start)
	b := put(t, w, draft(t, "en", "Election in Greece", "Details follow."), start)
	c := put(t, w, draft(t, "en", "Quake in CHILE", "Details follow."), start)
	if a.CopySet == b.CopySet || a.CopySet != c.CopySet {
		t.Errorf("sets %v %v %v", a.CopySet, b.CopySet, c.CopySet)
	}
}

func TestTextsThatSayNothingStayApart(t *testing.T) {
	w := weave.New(weave.Options{NewID: sequence()})
	a, b := put(t, w, centre.Draft{}, start), put(t, w, centre.Draft{}, start)
	if a.CopySet == b.CopySet || a.Story == b.Story {
		t.Errorf("two reports without text share %+v %+v", a, b)
	}
}

func TestANewVersionKeepsItsPlace(t *testing.T) {
	w := weave.New(weave.Options{NewID: sequence()})
	a := put(t, w, draft(t, "en", "", cell), start)
	other := put(t, w, draft(t, "en", "", flood), start)
	got, err := w.Weave(t.Context(), draft(t, "en", "", flood), start, weave.Prior{Story: a.Story, CopySet: a.CopySet})
	if err != nil {
		t.Fatal(err)
	}
	if got.Story != a.Story || got.CopySet != a.CopySet || got.Story == other.Story {
		t.Errorf("the version lies in %+v, its report in %+v", got, a)
	}
}

func TestStoriesEndWithTime(t *testing.T) {
	for _, c := range []struct {
		name   string
		a, b   centre.Draft
		later  time.Duration // between the arrivals
		joined bool
	}{
		{"the same day", dated(draft(t, "en", "", cell), start), dated(draft(t, "en", "", cellAgain), start.Add(8*time.Hour)), 0, true},
		{"a month between publications", dated(draft(t, "en", "", cell), start), dated(draft(t, "en", "", cellAgain), start.AddDate(0, 1, 0)), 0, false},
		{"a month between arrivals alone", dated(draft(t, "en", "", cell), start), dated(draft(t, "en", "", cellAgain), start.Add(8*time.Hour)), 30 * 24 * time.Hour, true},
		{"undated, arrived together", draft(t, "en", "", cell), dated(draft(t, "en", "", cellAgain), start.AddDate(-1, 0, 0)), time.Hour, true},
		{"undated, a month between arrivals", draft(t, "en", "", cell), draft(t, "en", "", cellAgain), 30 * 24 * time.Hour, false},
	} {
		w := weave.New(weave.Options{NewID: sequence()})
		a := put(t, w, c.a, start)
		b := put(t, w, c.b, start.Add(c.later))
		if (a.Story == b.Story) != c.joined {
			t.Errorf("%s: one story %v, want %v", c.name, a.Story == b.Story, c.joined)
		}
	}
}

// place is a mention of a place narrower than a country.
func place(id, country string, class centre.PlaceClass) centre.Mention {
	return centre.Mention{Kind: centre.MentionPlace, Place: &centre.Place{ID: id, Country: country, Class: class}}
}

func TestLanguagesMeetOnlyWherePlacesNamesAndNumbersAgree(t *testing.T) {
	baghdad := []centre.Mention{place("x:baghdad", "IRQ", centre.PlaceCapital), place("x:iraq", "IRQ", centre.PlaceCountry)}
	english := draft(t, "en", "", "In Baghdad on Saturday 26 September the spokesman Saad al-Hadithi told reporters that Dmitry Peskov and Qasim Araji had met and that 42 officers would come.")
	russian := draft(t, "ru", "", "В Багдаде в субботу 26 сентября представитель правительства Саад аль-Хадиси сообщил, что Дмитрий Песков и Касим Араджи встретились и что приедут 42 офицера.")
	arabic := draft(t, "ar", "", "قال المتحدث سعد الحديثي في بغداد يوم السبت 26 أيلول إن دميتري بيسكوف وقاسم الأعرجي التقيا وإن 42 ضابطا سيحضرون.")
	weather := draft(t, "ru", "", "В Багдаде синоптики ожидают жару до 45 градусов, а на юге страны возможны пыльные бури, предупредили в министерстве транспорта.")
	for _, d := range []*centre.Draft{&english, &russian, &arabic, &weather} {
		d.Mentions = baghdad
		*d = dated(*d, start)
	}
	w := weave.New(weave.Options{NewID: sequence()})
	en, ru, ar, other := put(t, w, english, start), put(t, w, russian, start), put(t, w, arabic, start), put(t, w, weather, start)
	if en.Story != ru.Story || en.Story != ar.Story {
		t.Errorf("one matter in three languages is in the stories %v %v %v", en.Story, ru.Story, ar.Story)
	}
	if other.Story == en.Story {
		t.Error("the weather in Baghdad joined, for the place alone")
	}
	late := dated(russian, start.AddDate(0, 0, 9))
	w = weave.New(weave.Options{NewID: sequence()})
	if put(t, w, english, start).Story == put(t, w, late, start).Story {
		t.Error("reports in two languages joined over nine days")
	}
}

// memory is what a store remembers.
type memory []weave.Known

func (m memory) Remember(_ context.Context, limit int, each func(weave.Known) error) error {
	for _, k := range m[max(0, len(m)-limit):] {
		if err := each(k); err != nil {
			return err
		}
	}
	return nil
}

func known(d centre.Draft, woven centre.Woven, received time.Time) weave.Known {
	text := []rune(d.Content.Text)
	return weave.Known{
		CopySet: woven.CopySet, Story: woven.Story, Published: d.Published, Received: received, Language: d.Language,
		Fingerprint: d.Fingerprint, Title: string(text[:d.Content.Title]), Mentions: d.Mentions, Text: string(text[:min(len(text), 1000)]),
	}
}

func TestAWeaveThatIsLoadedGoesOnAsBefore(t *testing.T) {
	earlier := []centre.Draft{draft(t, "en", "Centre", cell), draft(t, "en", "Rain", flood), draft(t, "en", "Shares", flagship)}
	later := []centre.Draft{draft(t, "en", "Centre agreed", cellAgain), draft(t, "en", "Echo", cell), draft(t, "en", "Rain again", flood)}
	a := weave.New(weave.Options{NewID: sequence()})
	var m memory
	for _, d := range earlier {
		m = append(m, known(d, put(t, a, d, start), start))
	}
	b := weave.New(weave.Options{NewID: sequenceAfter(6)}) // a has given two ids to each
	if err := b.Load(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	for _, d := range later {
		x, y := put(t, a, d, start), put(t, b, d, start)
		if x.Story != y.Story || x.CopySet != y.CopySet {
			t.Errorf("%q: %v %v, after loading %v %v", d.Content.Text[:10], x.Story, x.CopySet, y.Story, y.CopySet)
		}
	}
}

// older answers SameText.
type older struct {
	known weave.Known
	asked int
	err   error
}

func (o *older) SameText(_ context.Context, exact uint64) (weave.Known, bool, error) {
	o.asked++
	return o.known, exact == o.known.Fingerprint.Exact, o.err
}

func TestCopiesOfForgottenReportsAreAskedFor(t *testing.T) {
	d := draft(t, "en", "Centre", cell)
	o := &older{known: known(d, centre.Woven{Story: 77, CopySet: 78}, start)}
	w := weave.New(weave.Options{NewID: sequence(), SameText: o})
	if got := put(t, w, d, start); got.Story != 77 || got.CopySet != 78 {
		t.Errorf("placed in %+v", got)
	}
	put(t, w, d, start)
	if o.asked != 1 {
		t.Errorf("asked %d times: the second copy was remembered", o.asked)
	}

	w = weave.New(weave.Options{NewID: sequence(), SameText: o, Limit: 2})
	if err := w.Load(t.Context(), memory{}); err != nil {
		t.Fatal(err)
	}
	o.asked = 0
	put(t, w, draft(t, "en", "Rain", flood), start)
	put(t, w, draft(t, "en", "Shares", flagship), start)
	if o.asked != 0 {
		t.Error("asked for older reports though all are remembered")
	}
	put(t, w, draft(t, "en", "Centre again", cellAgain), start) // forgets the first
	put(t, w, draft(t, "en", "Rain", flood), start)
	if o.asked != 1 {
		t.Errorf("asked %d times after the first report was forgotten", o.asked)
	}
}

func TestATroubledLookUpPlacesNothing(t *testing.T) {
	o := &older{err: errors.New("the database is away")}
	w := weave.New(weave.Options{NewID: sequence(), SameText: o})
	d := draft(t, "en", "", cell)
	if _, err := w.Weave(t.Context(), d, start, weave.Prior{}); !errors.Is(err, o.err) {
		t.Fatalf("the error is %v", err)
	}
	o.err = nil
	a, b := put(t, w, d, start), put(t, w, d, start)
	if a.Story != b.Story || b.CopySet != a.CopySet {
		t.Errorf("the second attempt gave %v and %v", a.Story, b.Story)
	}
}

// The first report on a matter may tell little of what later ones tell. Once a
// story has become like it, the next report on the story brings it in.
func TestALoneReportJoinsTheStoryThatLaterOnesMake(t *testing.T) {
	words := func(from, to int) (text string) {
		for i := from; i < to; i++ {
			text += word(i) + " "
		}
		return text
	}
	w := weave.New(weave.Options{NewID: sequence()})
	lone := put(t, w, draft(t, "en", "", words(200, 209)+words(117, 120)+words(120, 128)), start)
	first := put(t, w, draft(t, "en", "", words(100, 110)+words(110, 120)), start)
	second := put(t, w, draft(t, "en", "", words(100, 110)+words(120, 130)), start)
	if lone.Story == first.Story || first.Story != second.Story || len(second.Merged) > 0 {
		t.Fatalf("stories %v, %v and %v", lone.Story, first.Story, second.Story)
	}
	third := put(t, w, draft(t, "en", "", words(100, 110)+words(115, 125)), start)
	if third.Story != lone.Story || !slices.Contains(third.Merged, first.Story) {
		t.Errorf("the third report is in %v, and %v became part of it; the lone one is in %v", third.Story, third.Merged, lone.Story)
	}
}
