package event

import (
	"context"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

const (
	name    = "event"
	version = 2
	// maxEvents bounds the happenings of one report.
	maxEvents = 100
	// maxTelling bounds the sentences with a deed that are read in one report; a
	// long news text has fifty.
	maxTelling = 3000
	// maxKept is the longest text, in bytes, whose memory is kept for the next.
	maxKept = 1 << 20
	// maxTyped bounds the English sentences of a report that the model judges.
	maxTyped = 12
	// sure is how likely the model must hold a type, beside the others, for it to
	// have the word against the vocabulary.
	sure = 0.6
	// old is how long before the report a happening is background and no news.
	old = 120 * 24 * time.Hour
)

// Step is the step. It is safe for concurrent use.
type Step struct {
	classifier *Classifier
	scratch    *sync.Pool
}

// NewStep makes the step on the weights and the vocabularies of the program,
// which are read at the first call.
func NewStep() Step { return embedded() }

var embedded = sync.OnceValue(func() Step {
	c, err := New()
	if err != nil {
		panic("the weights of the event step cannot be read: " + err.Error()) // a test reads them
	}
	vocabularies()
	return Step{c, &sync.Pool{New: func() any { return &reader{} }}}
})

// Name implements centre.Step.
func (Step) Name() string { return name }

// Version implements centre.Step.
func (Step) Version() int { return version }

// mentioned is a mention with its words.
type mentioned struct {
	mention     *centre.Mention
	first, last int // words of the text
}

// names tells whether words [from, until) are a part of the name of a body, which
// tells no deed: a Joint Operations Command.
func (x mentioned) names(from, until int) bool {
	return x.mention.Kind == centre.MentionOrganisation && x.mention.Score >= 0.5 && x.first <= from && until <= x.last+1 && until-from < x.last-x.first+1
}

// reader is the memory of the step for one text.
type reader struct {
	classifier *Classifier
	draft      *centre.Draft
	words      gazetteer.Words
	parties    []mentioned
	places     []mentioned
	times      []mentioned
	dateline   *centre.Mention
	sentence   sentence
	memories   map[*vocabulary]*memory
	typed      int // sentences that the model judged
	telling    int // sentences that were read for deeds
	events     []told
}

// told is an event mention with what merging needs to know.
type told struct {
	centre.EventMention
	deed  deed
	back  bool // it is spoken of as known: "the attack"
	plain bool // no party, place, date or number stands beside it
}

// Apply fills draft.EventMentions. It reads the sentences, parts and mentions of
// the draft, and its languages.
func (s Step) Apply(ctx context.Context, draft *centre.Draft) error {
	r := s.scratch.Get().(*reader)
	if len(draft.Content.Text) < maxKept {
		defer s.scratch.Put(r)
	} else {
		r = &reader{}
	}
	r.begin(s.classifier, draft)
	for i, x := range r.sentences() {
		if i%256 == 255 && ctx.Err() != nil {
			return ctx.Err()
		}
		if r.running(x) {
			r.read(x)
		}
		if len(r.events) >= maxEvents || r.telling >= maxTelling {
			break
		}
	}
	draft.EventMentions = r.finish()
	*r = reader{words: r.words, memories: r.memories, parties: r.parties[:0], places: r.places[:0], times: r.times[:0], events: r.events[:0], sentence: r.sentence}
	return nil
}

// sentences gives those of the draft, or its paragraphs where nobody cut it.
func (r *reader) sentences() []centre.Sentence {
	if r.draft.Sentences != nil {
		return r.draft.Sentences
	}
	var all []centre.Sentence
	point := 0
	for line := range strings.SplitAfterSeq(r.draft.Content.Text, "\n") {
		for part := range strings.SplitAfterSeq(line, ". ") {
			n := utf8.RuneCountInString(part)
			if strings.TrimSpace(part) != "" {
				all = append(all, centre.Sentence{Start: point, End: point + n})
			}
			point += n
		}
	}
	return all
}

func (r *reader) begin(c *Classifier, draft *centre.Draft) {
	r.classifier, r.draft, r.typed, r.telling = c, draft, 0, 0
	r.words.Scan(draft.Content.Text)
	r.parties, r.places, r.times, r.events = r.parties[:0], r.places[:0], r.times[:0], r.events[:0]
	for i := range draft.Mentions {
		m := &draft.Mentions[i]
		x := mentioned{mention: m}
		x.first = r.wordAt(m.Start)
		x.last = x.first
		for x.last+1 < len(r.words.List) && r.words.List[x.last+1].Rune < m.End {
			x.last++
		}
		switch m.Kind {
		case centre.MentionPlace:
			r.places = append(r.places, x)
			if m.Place != nil && (m.Place.Class == centre.PlaceCountry || m.Place.Class == centre.PlaceCapital) && m.Form != "demonym" && m.Score >= 0.4 {
				r.parties = append(r.parties, x)
			}
		case centre.MentionTime:
			r.times = append(r.times, x)
		case centre.MentionPerson, centre.MentionOrganisation, centre.MentionGroup:
			if m.Form != "role" {
				r.parties = append(r.parties, x)
			}
		case centre.MentionFacility:
			r.places = append(r.places, x)
		}
	}
	order := func(a, b mentioned) int { return a.mention.Start - b.mention.Start }
	slices.SortStableFunc(r.parties, func(a, b mentioned) int {
		if d := order(a, b); d != 0 {
			return d
		}
		return b.mention.End - a.mention.End
	})
	slices.SortStableFunc(r.places, order)
	slices.SortStableFunc(r.times, order)
	r.dateline = nil
	for _, p := range draft.Parts {
		if p.Kind != centre.PartDateline {
			continue
		}
		for _, x := range within(r.places, p.Start, p.End) {
			if r.dateline == nil && x.mention.Place != nil {
				r.dateline = x.mention
			}
		}
	}
}

// wordAt gives the word that holds a code point, or the next.
func (r *reader) wordAt(point int) int {
	n := sort.Search(len(r.words.List), func(i int) bool { return r.words.List[i].Rune+r.words.List[i].Runes > point })
	return min(n, max(0, len(r.words.List)-1))
}

// within gives the mentions that begin in [start, end).
func within(all []mentioned, start, end int) []mentioned {
	a := sort.Search(len(all), func(i int) bool { return all[i].mention.Start >= start })
	b := a + sort.Search(len(all)-a, func(i int) bool { return all[a+i].mention.Start >= end })
	return all[a:b]
}

// running tells that a sentence is running text or the title.
func (r *reader) running(x centre.Sentence) bool {
	for _, p := range r.draft.Parts {
		if p.Start < x.End && x.Start < p.End && (p.Kind != centre.PartDateline || p.End >= x.End) {
			return false
		}
	}
	return true
}

// read finds what one sentence tells.
func (r *reader) read(x centre.Sentence) {
	v := vocabularies()[primary(r.draft.LanguageAt(x.Start))]
	if v == nil || len(r.words.List) == 0 {
		return
	}
	from := r.wordAt(x.Start)
	until := from
	for until < len(r.words.List) && r.words.List[until].Rune < x.End {
		until++
	}
	for ; from < until && r.telling < maxTelling; from += maxWords {
		s := &r.sentence
		s.v, s.text, s.words, s.memory = v, r.draft.Content.Text, &r.words, r.memoryOf(v)
		s.from, s.until = from, min(until, from+maxWords)
		if s.tell() {
			r.telling++
			start, end := r.words.List[s.from].Rune, r.words.List[s.until-1].Rune+1
			r.happenings(s, within(r.parties, start, end), within(r.places, start, end), within(r.times, start, end))
		}
	}
}

func (r *reader) memoryOf(v *vocabulary) *memory {
	m := r.memories[v]
	if m == nil {
		if r.memories == nil {
			r.memories = map[*vocabulary]*memory{}
		}
		m = new(memory)
		r.memories[v] = m
	}
	return m
}

func primary(tag string) string {
	p, _, _ := strings.Cut(tag, "-")
	return p
}

func (r *reader) happenings(s *sentence, parties, places, times []mentioned) {
	s.places, s.times = s.places[:0], s.times[:0]
	for _, x := range places {
		if first, last := x.first-s.from, x.last-s.from; first >= 0 && last < len(s.tokens) {
			s.places = append(s.places, located{first, last, x.mention})
			for k := first; k <= last; k++ {
				s.tokens[k].place = true
			}
		}
	}
	for _, x := range times {
		if first, last := x.first-s.from, x.last-s.from; first >= 0 && last < len(s.tokens) {
			s.times = append(s.times, located{first, last, x.mention})
			for k := first; k <= last; k++ {
				s.tokens[k].time = true
			}
		}
	}
	s.hits = slices.DeleteFunc(s.hits, func(h happens) bool {
		return slices.ContainsFunc(parties, func(x mentioned) bool { return x.names(s.from+h.at, s.from+h.end) })
	})
	groups := s.groups()
	if len(groups) == 0 {
		return
	}
	s.allParties(parties)
	for i := range groups {
		if len(r.events) < maxEvents {
			r.happening(s, &groups[i], len(groups))
		}
	}
}

// happening makes an event mention of a group, or joins it to one of before.
func (r *reader) happening(s *sentence, g *group, groups int) {
	h := g.hits[0]
	d := g.is()
	e := told{deed: h.deed}
	e.Trigger = s.span(h.at, min(h.end, len(s.tokens)))
	whole := s.span(0, len(s.tokens))
	e.Start, e.End = whole.Start, whole.End
	e.Step, e.Version = name, version
	e.Category, e.Type = d.category, string(d.typ)
	e.Why = append(e.Why, "“"+e.Trigger.Text+"” tells of "+d.says)
	var word string
	e.Reality, word = s.reality(h)
	if word != "" {
		e.Why = append(e.Why, "“"+word+"” makes it "+string(e.Reality))
	}
	e.Score = 0.5
	for _, x := range g.hits {
		if e.Reality != centre.RealityHistorical || word == "" { // who marks an anniversary has no part
			e.Actors = s.rolesIn(x, e.Actors)
		}
	}
	of := func(int16) bool { return true }
	if groups > 1 {
		of = func(c int16) bool {
			return slices.ContainsFunc(g.hits, func(x happens) bool { return s.tokens[x.at].clause == c })
		}
	}
	if e.Reality != centre.RealityPlanned && e.Reality != centre.RealityHypothetical && counts(d) {
		e.Killed, e.Injured = s.tolls(of, d.kin == violence && d.category != centre.EventAttackOnCivilians)
	}
	if m, why := s.where(g, e.Actors); m != nil {
		e.Place = m.Place
		e.Why = append(e.Why, why)
		e.Score += 0.1
	}
	r.date(s, g, &e)
	e.back = h.form != verb && h.form != undergo && h.at > 0 && (s.tokens[h.at-1].sense&definite != 0 || h.at > 1 && s.tokens[h.at-2].sense&definite != 0 && s.tokens[h.at-1].sense == 0)
	e.plain = len(e.Actors) == 0 && e.Place == nil && e.Date == nil && !e.Killed.Known && !e.Injured.Known
	r.judge(s, g, &e)
	if h.form == verb || h.form == undergo {
		e.Score += 0.1
	}
	if len(e.Actors) > 0 {
		e.Score += 0.1
	}
	if e.Killed.Known || e.Injured.Known || e.Date != nil {
		e.Score += 0.1
	}
	if e.Actors == nil {
		e.Actors = []centre.EventParty{}
	}
	r.put(e)
}

// counts tells whether people die or are hurt in deeds of a kind.
func counts(d *deedIs) bool {
	switch d.kin {
	case violence, unrest:
		return true
	case accord:
		return false
	}
	switch d.category {
	case centre.EventAbduction, centre.EventHazard, centre.EventHealth, centre.EventAccident, centre.EventCrimePiracy, centre.EventArrestDetention, centre.EventExplosiveHazard:
		return true
	}
	return false
}

// date gives the mention its date, and says what is long past or to come.
func (r *reader) date(s *sentence, g *group, e *told) {
	m := s.when(g)
	if m == nil || m.When == nil {
		return
	}
	e.Date = m.When
	e.Why = append(e.Why, "dated by “"+m.Text+"”")
	published := r.draft.Published
	switch {
	case e.Reality != centre.RealityActual:
	case published.Known() && published.Time.Sub(e.Date.Until) > old, !published.Known() && e.Date.Precision == centre.PrecisionYear:
		e.Reality = centre.RealityHistorical
		e.Why = append(e.Why, "long before the report")
	case published.Known() && e.Date.From.After(published.Time.Add(24*time.Hour)):
		e.Reality = centre.RealityPlanned
		e.Why = append(e.Why, "its date is still to come")
	}
}

// judge settles category and type by who did it to whom, and by the model for
// English where that is sure.
func (r *reader) judge(s *sentence, g *group, e *told) {
	var did, hit sense
	for i := range s.parties {
		p := &s.parties[i]
		if p.first < 0 {
			continue
		}
		start := s.wordsOf(p).Start
		for _, a := range e.Actors {
			if a.Start != start {
				continue
			}
			x := p.sense
			if p.nation && !p.after {
				x |= state
			}
			if a.Role == centre.RoleAffected {
				hit |= x
			} else {
				did |= x
			}
		}
	}
	set := func(c centre.EventCategory, t Type) { e.Category, e.Type = c, string(t) }
	switch g.top() {
	case die, kill, attack:
		if hit&(state|armed) != 0 && hit&(civil|crowd) == 0 {
			set(centre.EventArmedClash, ArmedClash)
		} else if hit&crowd != 0 && did&state != 0 {
			set(centre.EventProtest, ExcessiveForce)
		}
	case seize:
		if did&state != 0 && did&armed == 0 {
			set(centre.EventArmedClash, GovernmentRegainsTerritory)
		}
	case retake:
		if did&armed != 0 && did&state == 0 {
			set(centre.EventArmedClash, NonStateOvertakesTerritory)
		}
	case protest:
		switch g.absorbed {
		case kill:
			set(centre.EventProtest, ExcessiveForce)
		case arrest:
			set(centre.EventProtest, ProtestWithIntervention)
		}
	case riot, disperse:
		if g.absorbed == kill && did&state != 0 && g.top() == disperse {
			set(centre.EventProtest, ExcessiveForce)
		}
	}
	if g.is().kin != violence && g.is().kin != unrest || primary(r.draft.LanguageAt(e.Start)) != "en" || r.typed >= maxTyped || e.Reality != centre.RealityActual || !open[g.top()] {
		return
	}
	r.typed++
	t, score := r.classifier.Classify(s.span(0, len(s.tokens)).Text)
	if score < sure || t.Category() == e.Category && string(t) == e.Type {
		return
	}
	if from, to := family(Type(e.Type)), family(t); from == 0 || from != to {
		return
	}
	set(t.Category(), t)
	e.Why = append(e.Why, "the model that was trained on English news takes the sentence for “"+string(t)+"”")
}

// open are the deeds whose words leave the type open.
var open = [len(deeds)]bool{kill: true, attack: true, explosion: true, strike: true, bomb: true, clash: true, seize: true, retake: true, protest: true, riot: true}

// family is what the model may choose within: deeds of violence, or protests.
func family(t Type) int {
	switch t {
	case ArmedClash, ChemicalWeapon, AirStrike, SuicideBomb, Shelling, RemoteExplosive, Grenade, Attack, SexualViolence:
		return 1
	case GovernmentRegainsTerritory, NonStateOvertakesTerritory:
		return 2
	case ExcessiveForce, ProtestWithIntervention, PeacefulProtest, ViolentDemonstration, MobViolence:
		return 3
	}
	return 0
}

// finish gives the mentions that stand, with dateline and bounds.
func (r *reader) finish() []centre.EventMention {
	var out []centre.EventMention
	for i := range r.events {
		e := &r.events[i]
		if e.deed == die || e.plain && (e.back && e.Reality != centre.RealityHistorical || e.Reality == centre.RealityActual && e.Score < 0.6) {
			continue
		}
		if e.Place == nil && i == 0 && r.dateline != nil && e.Reality == centre.RealityActual && !deeds[e.deed].mutual {
			e.Place = r.dateline.Place
			e.Why = append(e.Why, "the dateline names “"+r.dateline.Text+"”")
		}
		e.Score = min(0.95, e.Score)
		out = append(out, e.EventMention)
	}
	return out
}
