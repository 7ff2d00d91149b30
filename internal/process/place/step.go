package place

import (
	"context"
	"slices"
	"strings"
	"sync"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

const (
	name    = "place"
	version = 3
	// Threshold is the least chance of being a place with which a run is kept.
	// A mention's score is that chance times how sure the choice among the places
	// of its name is, at least three fifths of it.
	Threshold = 0.4
	// maxMentions bounds the mentions of one report.
	maxMentions = 2000
	// maxRead is how much of a text is read, in bytes: a book's worth. Names further
	// behind are not found.
	maxRead = 4 << 20
	// maxKept is the longest text, in bytes, whose memory is kept for the next.
	maxKept = 64 << 10
)

// Step is the step. It is safe for concurrent use.
type Step struct {
	make    func() *finder
	scratch *sync.Pool
}

// New makes the step on a gazetteer, which must stay open while the step is used.
func New(g *gazetteer.Gazetteer) Step {
	w, err := ParseWeights(shipped)
	if err != nil {
		panic(err) // a test reads them
	}
	return NewWith(g, w)
}

// NewWith makes the step with weights of one's own, such as one that is to be
// measured on texts that it was not trained on.
func NewWith(g *gazetteer.Gazetteer, w Weights) Step {
	make := func() *finder {
		f := newFinder(g)
		f.weights = &w
		return f
	}
	return Step{make, &sync.Pool{New: func() any { return make() }}}
}

// Name implements centre.Step.
func (Step) Name() string { return name }

// Version implements centre.Step.
func (Step) Version() int { return version }

// Apply appends the places that draft.Content names to draft.Mentions. It reads
// the language of each paragraph (Draft.LanguageFrom), which decides what is a
// name in Arabic letters.
func (s Step) Apply(ctx context.Context, draft *centre.Draft) error {
	f := s.finder(draft)
	defer s.done(f)
	if err := f.find(ctx, draft); err != nil {
		return err
	}
	f.judge()
	f.resolve()
	// With room for the names and times that later steps will add.
	draft.Mentions = slices.Grow(draft.Mentions, len(f.runs)+len(f.words.List)/16)
	for i := range f.runs {
		if f.runs[i].recognised >= Threshold {
			draft.Mentions = append(draft.Mentions, f.mention(&f.runs[i]))
		}
	}
	return nil
}

// Span is where a name stands: code points of a text, half-open.
type Span struct{ Start, End int }

// Resolve says which places the names at given spans of draft.Content.Text are,
// by the same rules as Apply and with the other spans as what the text speaks
// of; draft is not changed. Spans are in order and do not overlap. There is a
// mention for each, its Place nil where the gazetteer has no such name; of what
// Apply would find besides nothing is used. It serves those who know the names
// already: a person who marked them, a benchmark's gold spans.
func (s Step) Resolve(ctx context.Context, draft *centre.Draft, spans []Span) ([]centre.Mention, error) {
	f := s.finder(draft)
	defer s.done(f)
	if err := f.find(ctx, draft); err != nil {
		return nil, err
	}
	f.take(spans)
	f.link()
	for i := range f.runs {
		f.runs[i].recognised = 1
	}
	f.resolve()
	mentions := make([]centre.Mention, len(f.runs))
	for i := range f.runs {
		mentions[i] = f.mention(&f.runs[i])
	}
	return mentions, nil
}

func (s Step) finder(draft *centre.Draft) *finder {
	var f *finder
	if len(draft.Content.Text) >= maxKept {
		f = s.make()
	} else {
		f = s.scratch.Get().(*finder)
	}
	f.choices.home, f.choices.point = f.homeOf(draft.Document.URL), draft.Document.Point
	return f
}

// homeOf gives the country whose domain an address is in; zero where the domain
// is no country's, or one that is sold to everybody.
func (f *finder) homeOf(address string) (country [3]byte) {
	_, host, ok := strings.Cut(address, "://")
	if !ok {
		return country
	}
	if end := strings.IndexAny(host, "/:?#"); end >= 0 {
		host = host[:end]
	}
	dot := strings.LastIndexByte(host, '.')
	if dot < 0 || len(host)-dot != 3 || soldDomains[host[dot+1:]] {
		return country
	}
	code := strings.ToUpper(host[dot+1:])
	if code == "UK" {
		code = "GB"
	}
	if p, ok := f.g.ByID("country:" + code); ok {
		copy(country[:], p.Country)
	}
	return country
}

// soldDomains are domains of countries that stand for something else.
var soldDomains = set("io co tv me ly ai fm am to cc ws gg sh ac la nu eu su tk ml ga cf gq")

func (s Step) done(f *finder) {
	if len(f.text) < maxKept {
		s.scratch.Put(f)
	}
}

func (f *finder) mention(r *run) centre.Mention {
	m := centre.Mention{Kind: centre.MentionPlace, Start: r.runeStart, End: r.runeEnd, Text: f.text[r.start:r.end],
		Form: f.form(r), Score: r.score, Step: name, Version: version, Why: r.why}
	if r.division == "" {
		place := f.g.Place(f.candidates[r.chosen].Ref)
		m.Place = &place
	}
	return m
}

// form tells a mention that is no full name.
func (f *finder) form(r *run) string {
	if r.demonym {
		return centre.FormDemonym
	}
	if r.division != "" || !isWide(f.candidates[r.chosen].Class) {
		return ""
	}
	last := &f.words.List[r.last]
	if f.candidates[r.chosen].Weak || strings.Contains(f.text[r.start:r.end], ".") || r.first == r.last && last.AllUpper && last.Runes <= 4 && f.letters == mixedCase {
		return centre.FormAbbreviation
	}
	return ""
}
