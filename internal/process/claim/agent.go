package claim

import (
	"strings"

	"entente/internal/centre"
	"entente/internal/entities"
)

// agent is who speaks, with what the engine needs besides.
type agent struct {
	centre.Agent
	span
	head      int32 // the token that says what it is, or -1
	anonymity centre.Anonymity
	single    bool
	office    bool // holds an office
	person    bool // a person, with a name or without
	refers    reference
	mentioned bool // an earlier step knows the name
}

// reference is how the words of an agent point at somebody named elsewhere.
type reference uint8

const (
	byName     reference = iota
	byPronoun            // "he"
	byThe                // "the source", "the minister"
	byNothing            // an agent that is not in the text
	byRelation           // "his", "who"
)

// agencies are the outlets that are news agencies.
var agencies = map[string]bool{"reuters": true, "afp": true, "ap": true, "tass": true, "ria": true, "interfax": true, "sputnik": true, "spa": true, "sana": true,
	"ina": true, "irna": true, "fars": true, "tasnim": true, "mehr": true, "isna": true, "anadolu": true, "wam": true, "mena": true, "xinhua": true,
	"petra": true, "kuna": true, "qna": true, "shafaq": true}

// agentOf makes an agent of a noun phrase.
func (r *reader) agentOf(s *sentence, p span) agent {
	a := agent{Agent: centre.Agent{Words: r.wordsOf(p)}, span: p, head: r.headOf(s, p), anonymity: centre.OnRecord, single: true}
	a.Name = a.Text
	t := &r.tokens[a.head]
	mention := r.personIn(s, p, a.head)
	if mention < 0 {
		mention = t.mention
	}
	if mention >= 0 && (r.crosses(p, mention) || s.tongue.read != nil && r.misnamed(p, mention)) {
		mention = -1
	}
	switch {
	case mention < 0 && p.until-p.first == 1 && r.is(p.first, pronoun|possessive|relative):
		a.refers, a.person = byPronoun, true
	case mention >= 0:
		a.mentioned = true
		r.named(&a, s, mention)
	case r.ofThem(p):
		a.Kind, a.person, a.anonymity = centre.AgentAnonymous, true, centre.Background
		if a.single = string(r.fold(p.first)) == "one"; !a.single {
			a.Kind = centre.AgentCollective
		}
	case t.class&anonymous != 0:
		a.Kind, a.person, a.anonymity = centre.AgentAnonymous, true, centre.Background
		switch {
		case r.manyIn(p, a.head):
			a.Kind, a.single = centre.AgentCollective, false
		case t.class&spokes != 0:
			a.Kind = centre.AgentSpokesperson
			a.Role = "spokesperson"
		}
	case t.class&agency != 0:
		a.Kind, a.single = centre.AgentAgency, t.class&plural == 0
	case t.class&outlet != 0:
		a.Kind, a.single = centre.AgentPublisher, t.class&plural == 0
		if !a.single {
			a.Kind, a.anonymity = centre.AgentCollective, centre.Background
		}
	case t.class&document != 0:
		a.Kind, a.single = centre.AgentDocument, t.class&plural == 0
	case t.class&body != 0 || t.place >= 0 || t.upper:
		a.Kind = centre.AgentNamed
		if t.upper {
			a.Name = strings.TrimPrefix(strings.TrimPrefix(a.Name, "the "), "The ")
		}
	default:
		a.Kind, a.single, a.anonymity = centre.AgentCollective, false, centre.Background
	}
	if mention < 0 && s.tongue.language == "en" {
		r.trade(&a)
	}
	if s.tongue.language == "ru" {
		a.Name = r.inNominative(p, &a)
	}
	a.Name = r.bare(s, p, a.Name)
	if a.Country == "" {
		a.Country = r.countryIn(p, a.Kind == centre.AgentNamed || a.Kind == centre.AgentPublisher)
	}
	if a.Country == "" {
		a.Country = r.namesCountry(p)
	}
	if a.refers == byName && r.definite(p) && t.class&(anonymous|outlet|agency|body|document) != 0 && mention < 0 {
		a.refers = byThe
	}
	return a
}

// crosses tells that what an earlier step took for one name goes over the mark
// that ends a noun phrase ("Газета: Россия"), or takes a determiner for the first
// name of a person ("A Houthi" of "a Houthi spokesman").
func (r *reader) crosses(p span, mention int32) bool {
	if m := &r.draft.Mentions[mention]; m.Kind == centre.MentionPerson && r.is(int32(r.tokenAt(int32(m.Start))), determiner) {
		return true
	}
	i := p.until
	return int(i) < len(r.tokens) && r.tokens[i].mention == mention && r.tokens[i].gap&(apart&^(quoteOpen|quoteClose)) != 0
}

// trade takes what somebody does off a name that no earlier step knows: "farmer
// Jawad Karim" is Jawad Karim.
func (r *reader) trade(a *agent) {
	const least = 2 // words of the name
	if a.Kind != centre.AgentNamed || a.until-a.first <= least {
		return
	}
	i := a.until
	for i > a.first && r.tokens[i-1].upper && r.tokens[i-1].class == 0 && r.tokens[i-1].place < 0 {
		i--
	}
	if i == a.first || a.until-i < least {
		return
	}
	for k := a.first; k < i; k++ {
		if t := &r.tokens[k]; t.upper && k > a.first || t.class&(preposition|body|outlet|agency|document|conjunction|determiner) != 0 && k > a.first || t.gap&(own|apart) != 0 && k > a.first {
			return
		}
	}
	if r.is(a.first, determiner|body|outlet|agency|document) {
		return
	}
	a.Words, a.person = r.wordsOf(span{i, a.until}), true
	a.Name = a.Text
}

// headOf gives the token of a noun phrase that says what it is: the last before
// a preposition, or where modifiers stand behind, the first.
func (r *reader) headOf(s *sentence, p span) int32 {
	if s.tongue.modifiersBehind {
		for i := p.first; i < p.until; i++ {
			if r.tokens[i].mention >= 0 || r.is(i, anonymous|outlet|agency|body|document) {
				return i
			}
		}
		return p.first
	}
	head := p.until - 1
	for i := p.first + 1; i < p.until; i++ {
		t := &r.tokens[i]
		if t.class&(preposition|conjunction) != 0 && t.mention < 0 && t.place < 0 || t.gap&(comma|opening) != 0 {
			head = i - 1
			break
		}
		if t.mention >= 0 && t.mention == r.tokens[i-1].mention {
			continue
		}
	}
	if s.tongue.language == "ru" {
		// "источник в ведомстве", "представитель министерства": the first noun.
		for i := p.first; i <= head; i++ {
			if r.is(i, anonymous|outlet|agency|document) {
				return i
			}
		}
		if t := &r.tokens[head]; r.is(p.first, body) && t.class == 0 && t.mention < 0 && t.place < 0 {
			return p.first // "министерство нефти"
		}
	}
	return head
}

// personIn gives the person that a noun phrase names, where that is who it is
// about: not in "spokesman for X", "X's spokesman".
func (r *reader) personIn(s *sentence, p span, head int32) int32 {
	for i := p.first; i < p.until; i++ {
		t := &r.tokens[i]
		if t.mention < 0 || r.draft.Mentions[t.mention].Kind != centre.MentionPerson {
			continue
		}
		end := i
		for end < p.until && r.tokens[end].mention == t.mention {
			end++
		}
		if end < p.until && r.tokens[end].gap&own != 0 {
			i = end - 1
			continue
		}
		if i > head && !s.tongue.modifiersBehind && s.tongue.language != "ru" && !(end == p.until && r.holds(p, head, i)) {
			return -1
		}
		return t.mention
	}
	return -1
}

// named fills in what a mention says of an agent.
func (r *reader) named(a *agent, s *sentence, mention int32) {
	m := &r.draft.Mentions[mention]
	a.Entity, a.Role, a.Country = m.Entity, m.Role, m.Country
	a.Name = r.fullest(mention)
	a.Kind = centre.AgentNamed
	if m.Kind == centre.MentionPerson {
		a.person = true
		if strings.Contains(m.Role, "spokes") {
			a.Kind = centre.AgentSpokesperson
		}
		for i := a.first; i < a.until; i++ {
			if r.is(i, spokes) {
				a.Kind = centre.AgentSpokesperson
			}
		}
		// A comma and what the person is: "X, a spokeswoman for Y,".
		for i := a.until; i < s.until && i < a.until+6 && (i > a.until || r.tokens[i].gap&comma != 0); i++ {
			if i > a.until && r.bounded(i) {
				break
			}
			if r.is(i, spokes) {
				a.Kind = centre.AgentSpokesperson
			}
		}
		for i := a.first - 1; i >= s.first && i >= a.first-5 && r.tokens[i+1].gap&(apart&^comma) == 0; i-- {
			if r.is(i, spokes) {
				a.Kind = centre.AgentSpokesperson
			}
			if r.tokens[i].gap&comma != 0 || r.tokens[i].mention >= 0 {
				break
			}
		}
		if a.Kind == centre.AgentSpokesperson && a.Role == "" {
			a.Role = "spokesperson"
		}
		if a.Kind == centre.AgentSpokesperson {
			a.Of = m.Of
		}
		if role := r.deputy(a, m); role != "" {
			a.Role = role
		}
		// The words are the name alone, without role and country.
		a.Words = centre.Words{Start: m.Start, End: m.End, Text: m.Text}
		r.particled(a, m)
		return
	}
	if e, ok := entities.Default().ByID(m.Entity); ok && e.Kind == entities.Outlet {
		a.Kind = centre.AgentPublisher
		if agencies[m.Entity] {
			a.Kind = centre.AgentAgency
		}
	}
	for i := a.first; i < a.until; i++ {
		if r.is(i, agency) {
			a.Kind = centre.AgentAgency
		} else if r.is(i, outlet) && a.Kind == centre.AgentNamed {
			a.Kind = centre.AgentPublisher
		}
	}
	if m.Start > a.Words.Start || m.End < a.Words.End {
		if a.Kind == centre.AgentAgency || a.Kind == centre.AgentPublisher {
			return
		}
		// "the Iraqi army's joint operations command" is more than the army.
		last := &r.tokens[a.until-1]
		if last.mention != mention {
			a.Name = strings.TrimPrefix(strings.TrimPrefix(a.Text, "the "), "The ")
			if last.place < 0 || m.Country == "" || r.placeCountry(last.place) != m.Country { // the Hezbollah of Lebanon is not
				a.Entity = ""
			}
		}
	}
}

// placeCountry gives the country that the mention of a place names, and "" for a
// place in one.
func (r *reader) placeCountry(mention int32) string {
	if p := r.draft.Mentions[mention].Place; p != nil && p.Class == centre.PlaceCountry {
		return p.Country
	}
	return ""
}

// particles are those of Arabic names that are joined with a hyphen.
var particles = map[string]bool{"аль": true, "эль": true, "ас": true, "аш": true, "ан": true, "ар": true, "ат": true, "ад": true, "аз": true, "ал": true,
	"al": true, "el": true, "as": true, "ash": true, "an": true, "ar": true, "at": true, "ad": true, "az": true}

// particled adds to a person's name what stands before or behind it and is joined
// with it by a particle, where an earlier step took them for two: "Халед аль-Обейди".
func (r *reader) particled(a *agent, m *centre.Mention) {
	i := int32(r.tokenAt(int32(m.Start)))
	if end := r.passes(i); int(end)+1 < len(r.tokens) && end < a.until && particles[string(r.fold(end))] && r.tokens[end].gap&apart == 0 && r.tokens[end].mention < 0 && r.tokens[end+1].gap == hyphen && r.tokens[end+1].upper {
		last := &r.tokens[end+1] // "Хайдер аль-Абади"
		a.Words = centre.Words{Start: m.Start, End: int(last.pointEnd), Text: r.text[r.tokens[i].start:last.end]}
		if lastWord(a.Name) == lastWord(m.Text) {
			a.Name = a.Name + r.text[r.tokens[end-1].end:last.end]
		}
		return
	}
	if i < 2 || r.tokens[i].gap != hyphen || !particles[string(r.fold(i-1))] || r.tokens[i-1].gap&apart != 0 || !r.tokens[i-2].upper || r.sentenceOf(i-2) != r.sentenceOf(i) {
		return
	}
	first := i - 2
	if n := r.tokens[first].mention; n >= 0 {
		o := &r.draft.Mentions[n]
		if o.Kind != centre.MentionPerson || o.Entity != "" && m.Entity != "" && !strings.HasPrefix(o.Entity, "#") && o.Entity != m.Entity {
			return
		}
		for first > 0 && r.tokens[first-1].mention == n {
			first--
		}
		if a.Role == "" {
			a.Role = o.Role
		}
		if a.Country == "" {
			a.Country = o.Country
		}
	} else if r.tokens[first].class != 0 || r.tokens[first].place >= 0 {
		return
	}
	a.Words = centre.Words{Start: int(r.tokens[first].point), End: m.End, Text: r.text[r.tokens[first].start : int(r.tokens[i].start)+len(m.Text)]}
	a.Name = a.Text
}

// fullest gives the longest name of whoever a mention means, among those in the
// language of its paragraph.
func (r *reader) fullest(mention int32) string {
	m := &r.draft.Mentions[mention]
	best := m.Text
	if m.Entity == "" {
		return best
	}
	language := r.languageAt(m)
	for i := range r.draft.Mentions {
		o := &r.draft.Mentions[i]
		if o.Entity == m.Entity && o.Kind == m.Kind && r.languageAt(o) == language && (o.Form == "" && (longerName(language, o.Text, best) || m.Form != "") && len(o.Text) > 0) {
			if m.Form == "" || longerName(language, o.Text, best) || best == m.Text {
				best = o.Text
			}
		}
	}
	if language == "ru" {
		return r.sameCase(best, m)
	}
	return best
}

// languageAt gives the language of the paragraph that a mention stands in, without
// what narrows it: "ru".
func (r *reader) languageAt(m *centre.Mention) string {
	language := r.draft.Language
	if len(r.draft.Stretches) > 0 {
		language = r.draft.LanguageAt(m.Start)
	}
	language, _, _ = strings.Cut(language, "-")
	return language
}

// manyIn tells that a noun phrase with that head is of several.
func (r *reader) manyIn(p span, head int32) bool {
	return r.is(head, plural)
}

// definite tells that a noun phrase is known already: "the source".
func (r *reader) definite(p span) bool {
	i := p.first
	if t := r.sentences[r.tokens[i].sentence].tongue; t != nil && t.known != nil && t.known(r, p) {
		return true
	}
	return r.is(i, determiner) && !r.is(i, indefinite) && r.tokens[i].mention < 0
}

// countryIn gives the country that a noun phrase names: "Russian officials".
func (r *reader) countryIn(p span, short bool) string {
	for i := p.first; i < p.until; i++ {
		if short && i > p.first && r.is(i, preposition) && r.tokens[i].mention < 0 {
			return "" // "the UN in Syria" is not Syria's
		}
		if n := r.tokens[i].place; n >= 0 {
			if m := &r.draft.Mentions[n]; m.Place != nil && m.Place.Class == centre.PlaceCountry {
				return m.Place.Country
			}
		}
		if n := r.tokens[i].mention; n >= 0 && r.draft.Mentions[n].Country != "" {
			return r.draft.Mentions[n].Country
		}
	}
	return ""
}

// namesCountry gives the country that a place alone speaks for: "Тегеран", "بغداد".
func (r *reader) namesCountry(p span) string {
	for i := p.first; i < p.until; i++ {
		if r.tokens[i].place < 0 || r.tokens[i].place != r.tokens[p.first].place {
			return ""
		}
	}
	if m := &r.draft.Mentions[r.tokens[p.first].place]; m.Place != nil && m.Form == "" {
		return m.Place.Country
	}
	return ""
}

// resolve gives who is meant by an agent that refers to somebody named elsewhere
// in the text, with the act that names it, or -1. at is the number of the act.
func (r *reader) resolve(a *agent, at int) (found agent, by int) {
	here := r.sentenceOf(a.first)
	switch a.refers {
	case byPronoun:
		key := r.fold(a.first)
		kind := pronounKind(string(key))
		const far = 6 // sentences
		for k := at - 1; k >= 0 && here-r.sentenceOf(r.cues[r.acts[k].cue].first) <= far; k-- {
			o := &r.acts[k].root
			if o.Name == "" || o.refers == byPronoun || r.acts[k].agent.span == a.span {
				continue
			}
			if kind == 'p' && o.person && o.single || kind == 't' && (!o.single || !o.person) || kind == 'i' && !o.person {
				return *o, k
			}
		}
		if kind == 'p' {
			return r.lastPerson(a), -1
		}
	case byThe:
		head := r.fold(a.head)
		for k := at - 1; k >= 0; k-- {
			o := &r.acts[k].root
			if o.Name == "" || o.head < 0 || o.refers == byPronoun {
				continue
			}
			if o.person != a.person || o.single != a.single {
				continue
			}
			same := string(r.fold(o.head)) == string(head) || generic[string(head)] && o.Kind == centre.AgentNamed && here-r.sentenceOf(o.head) <= 4
			if same || a.Kind == centre.AgentAnonymous && o.Kind == centre.AgentAnonymous && r.tokens[a.head].class&office == 0 && here-r.sentenceOf(o.head) <= 4 {
				return *o, k
			}
			if a.person && o.Role != "" && strings.HasSuffix(o.Role, string(head)) {
				return *o, k
			}
		}
		if a.person && a.single {
			// "the minister": one whom the text has named with that role.
			for i := range r.draft.Mentions {
				m := &r.draft.Mentions[i]
				if m.Kind == centre.MentionPerson && m.Role != "" && strings.HasSuffix(m.Role, string(head)) && m.Start < a.Words.Start {
					found = agent{Agent: centre.Agent{Name: r.fullest(int32(i)), Entity: m.Entity, Role: m.Role, Country: m.Country, Kind: centre.AgentNamed},
						span: a.span, head: a.head, single: true, person: true, anonymity: centre.OnRecord}
					return found, -1
				}
			}
		}
	}
	return agent{}, -1
}

// pronounKind gives p for a person, t for several, i for a thing.
func pronounKind(key string) byte {
	switch key {
	case "they", "their", "они", "их", "هم", "انها":
		return 't'
	case "it", "its", "оно":
		return 'i'
	}
	return 'p'
}

// lastPerson gives the person named last before an agent, in its sentence or the
// two before.
func (r *reader) lastPerson(a *agent) agent {
	here := r.sentenceOf(a.first)
	for i := a.first - 1; i >= 0 && here-r.tokens[i].sentence <= 2; i-- {
		t := &r.tokens[i]
		if t.mention < 0 || r.draft.Mentions[t.mention].Kind != centre.MentionPerson || t.quote != r.tokens[a.first].quote {
			continue
		}
		m := &r.draft.Mentions[t.mention]
		return agent{Agent: centre.Agent{Name: r.fullest(t.mention), Entity: m.Entity, Role: m.Role, Country: m.Country, Kind: centre.AgentNamed},
			span: a.span, head: -1, single: true, person: true, anonymity: centre.OnRecord}
	}
	return agent{}
}

func (r *reader) sentenceOf(i int32) int32 { return r.tokens[i].sentence }
