package event

import (
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/entities"
)

// party is one who may have a part in what a sentence tells.
type party struct {
	first, last int // words
	entity      string
	country     string
	sense       sense // state, armed, civil, crowd; 0 for a name
	named       bool  // a mention, not a word of the vocabulary
	mention     *centre.Mention
	nation      bool  // a country, or its people
	capital     bool  // a capital that stands for its country: "Moscow and Tehran agreed"
	after       bool  // only the country stands for it: "Russian air strikes"
	link        sense // by, between, with, on, in: the word before it
	case_       grammatical
}

// grammatical is the case of a Russian word, as far as its ending tells.
type grammatical uint8

const (
	anyCase grammatical = iota
	instrumental
	dative
	genitive
)

const kinds = civil | state | armed | crowd

// allParties collects who is named in the sentence: mentions of people and
// bodies, countries, and words such as "rebels" with the nation beside them.
func (s *sentence) allParties(mentions []mentioned) {
	s.parties = s.parties[:0]
	taken := func(i int) bool {
		return slices.ContainsFunc(s.parties, func(p party) bool { return p.first <= i && i <= p.last })
	}
	for _, m := range mentions {
		if len(s.parties) == maxTogether {
			break
		}
		x := m.mention
		first, last := m.first-s.from, m.last-s.from
		if first < 0 || last >= len(s.tokens) || first > last || taken(first) {
			continue
		}
		if e, ok := entities.Default().ByID(x.Entity); ok && e.Kind == entities.Outlet {
			continue
		}
		p := party{first: first, last: last, entity: x.Entity, country: x.Country, named: true, mention: x}
		for p.last > first && (s.tokens[p.last].deed != none || s.tokens[p.last].sense&(says|foiled|denied|light|willBe|maybe) != 0) {
			p.last-- // a verb is no part of a name
			p.mention = nil
		}
		if x.Kind == centre.MentionPlace {
			p.country, p.nation, p.capital = x.Place.Country, true, x.Place.Class == centre.PlaceCapital
		} else if p.country == "" && first > 0 {
			p.country = s.country(s.tokens[first-1].country)
		}
		for k := first; k <= last; k++ {
			p.sense |= s.tokens[k].sense & kinds
		}
		s.parties = append(s.parties, p)
	}
	named := len(s.parties)
	for i := 0; i < len(s.tokens) && len(s.parties) < maxTogether; i++ {
		t := &s.tokens[i]
		if t.sense&(kinds|person) == 0 || t.deed != none && t.sense&kinds == 0 || t.sense&person != 0 && t.sense&kinds == 0 || taken(i) || t.inside {
			continue
		}
		p := party{first: i, last: i, sense: t.sense & kinds}
		if t.deed == none {
			p.last += max(1, int(t.words)) - 1
		}
		for p.last+1 < len(s.tokens) && s.tokens[p.last+1].sense&kinds != 0 && s.beside(p.last+1) && s.tokens[p.last+1].sense&and == 0 && (!s.v.arabic || s.tokens[p.last+1].sense&p.sense&kinds != 0) && !s.tokens[p.last+1].joined && !taken(p.last+1) {
			p.last++
			p.sense |= s.tokens[p.last].sense & kinds
		}
		s.nationOf(&p, s.parties[:named])
		s.parties = append(s.parties, p)
		i = p.last
	}
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.country == 0 || taken(i) || t.inside {
			continue
		}
		p := party{first: i, last: i, country: s.country(t.country), nation: true, after: true}
		before := i > 0 && s.tokens[i-1].deed != none
		follows := i+1 < len(s.tokens) && s.tokens[i+1].deed != none && s.beside(i+1)
		if s.v.arabic || s.v.persian {
			follows = before && s.beside(i)
		}
		plural := !s.v.arabic && !s.v.persian && !s.v.russian && strings.HasSuffix(s.word(i), "s")
		if follows || plural {
			p.after = !plural
			if k := i - 1; follows && (s.v.arabic || s.v.persian) && s.tokens[k].inside && s.tokens[k].sense&kinds != 0 {
				p.first = k
			}
			if follows && !s.v.arabic && i+1 < len(s.tokens) && s.tokens[i+1].sense&kinds != 0 { // Russian warplanes bombed
				p.last++
			}
			s.parties = append(s.parties, p)
		}
	}
	slices.SortStableFunc(s.parties, func(a, b party) int { return a.first - b.first })
	for i := range s.parties {
		s.link(i)
	}
}

// beside tells that nothing but a space stands before word i.
func (s *sentence) beside(i int) bool {
	if i == 0 {
		return false
	}
	between := s.text[s.words.List[s.from+i-1].End:s.words.List[s.from+i].Start]
	return between == " " || between == "-" || between == "’s " || between == "'s "
}

// nationOf gives a described party the nation beside it: "Iraqi troops",
// "القوات العراقية", "ارتش سوریه"; a country that is named so is no party itself.
func (s *sentence) nationOf(p *party, named []party) {
	if k := p.first - 1; k >= 0 && s.beside(p.first) && !s.v.arabic && !s.v.persian {
		if c := s.tokens[k].country; c != 0 {
			p.country, p.first = s.country(c), k
		} else if w := &s.words.List[s.from+k]; (k > 0 || ofPeople(s.word(k))) && w.Upper && s.tokens[k].sense == 0 && !s.tokens[k].place && !s.v.russian {
			p.first = k // "Houthi fighters"
		}
	}
	if k := p.last + 1; k < len(s.tokens) && s.beside(k) && s.tokens[k].country != 0 && (s.v.arabic || s.v.persian) {
		p.country, p.last = s.country(s.tokens[k].country), k
	}
	for i := range named {
		n := &named[i]
		if !n.nation || n.first < 0 {
			continue
		}
		english := n.last == p.first-1 && s.beside(p.first) && !s.v.arabic && !s.v.persian
		other := !n.capital && n.first == p.last+1 && s.beside(n.first) && (s.v.arabic || s.v.persian || s.v.russian) && !s.tokens[n.first].joined && s.tokens[n.first].letter == 0
		switch {
		case english:
			p.country, p.first = n.country, n.first
		case other:
			p.country, p.last = n.country, n.last
		default:
			continue
		}
		n.first, n.last = -1, -2
	}
}

// ofPeople tells an English adjective of a people by its ending, where its capital
// says nothing: Houthi, Kurdish, Chechen ... at the beginning of a sentence.
func ofPeople(word string) bool {
	for _, ending := range [...]string{"i", "ish", "ian", "ese", "ite", "chen"} {
		if len(word) > len(ending)+2 && strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

func (s *sentence) country(c int16) string {
	if c == 0 {
		return ""
	}
	return entities.Default().Countries()[c-1].Code
}

// link finds the word that ties party i to what stands before it.
func (s *sentence) link(i int) {
	p := &s.parties[i]
	if p.first < 0 {
		return
	}
	if s.v.russian {
		p.case_ = s.caseOf(p)
	}
	if i > 0 {
		if q := &s.parties[i-1]; q.first >= 0 && p.first-q.last <= 3 {
			chained := p.first == q.last+1 && !s.beside(p.first) || (s.tokens[p.first].joined || s.prefix(p) == 'و') && p.first-q.last == 1
			for k := q.last + 1; k < p.first; k++ {
				if s.tokens[k].sense&and != 0 {
					chained = true
				} else if s.tokens[k].sense&(by|with|on|in|but|says|between) != 0 || s.tokens[k].deed != none {
					chained = false
					break
				}
			}
			if chained {
				p.link = q.link | and
				return
			}
		}
	}
	switch s.prefix(p) {
	case 'ب':
		p.link = in
		return
	case 'ل':
		p.link = on
	}
	for k := p.first - 1; k >= max(0, p.first-4); k-- {
		t := &s.tokens[k]
		if t.place || t.time {
			return
		}
		if x := t.sense & (by | between | with | on | in | of); x != 0 && !(t.inside) {
			p.link = x
			if x&between != 0 {
				p.link = between
			}
			return
		}
		if t.deed != none || t.sense&(passive|says|but|that|kinds|killed|injured) != 0 && t.sense&person == 0 || t.segment != s.tokens[p.first].segment {
			return
		}
	}
}

// prefix is the particle that Arabic writes together with a party; 0 for none.
func (s *sentence) prefix(p *party) rune {
	t := &s.tokens[p.first]
	switch {
	case t.joined:
		return 'و'
	case t.letter != 0:
		return t.letter
	case p.mention != nil && s.v.arabic:
		if w := &s.words.List[s.from+p.first]; p.mention.Start > w.Rune {
			r, _ := utf8.DecodeRuneInString(s.text[w.Start:])
			return r
		}
	}
	return 0
}

// wordsOf gives the words of a party without what is written together with them.
func (s *sentence) wordsOf(p *party) centre.Words {
	if p.mention != nil {
		return centre.Words{Start: p.mention.Start, End: p.mention.End, Text: p.mention.Text}
	}
	w := s.span(p.first, p.last+1)
	if s.v.arabic && s.prefix(p) != 0 {
		n := 1
		if strings.HasPrefix(w.Text, "لل") {
			n = 2
		}
		for range n {
			_, size := utf8.DecodeRuneInString(w.Text)
			w.Text = w.Text[size:]
			w.Start++
		}
	}
	return w
}

// caseOf reads the case off the ending of a Russian noun.
func (s *sentence) caseOf(p *party) grammatical {
	w := &s.words.List[s.from+p.last]
	if p.named {
		w = &s.words.List[s.from+p.first]
	}
	fold := string(s.words.Fold[w.From:w.To])
	has := func(ends ...string) bool {
		return slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(fold, e) })
	}
	switch {
	case has("ами", "ями", "ией", "иею", "ом", "ем") && !has("рием"):
		return instrumental
	case has("ам", "ям"):
		return dative
	case has("ов", "ев", "ей", "их", "ых") && !p.nation || has("ии", "ана", "ака") && p.nation:
		return genitive
	}
	return anyCase
}

// speaks tells that a party says something rather than does it.
func (s *sentence) speaks(p *party, h happens) bool {
	for k := p.last + 1; k < min(len(s.tokens), p.last+7); k++ {
		if k >= h.at && k < h.end || s.tokens[k].deed != none || s.tokens[k].sense&kinds != 0 || s.tokens[k].segment > s.tokens[p.last].segment && k > p.last+3 {
			break
		}
		if s.tokens[k].sense&says != 0 {
			return true
		}
	}
	for k := p.first - 1; k >= max(0, p.first-3); k-- {
		if s.tokens[k].deed != none || s.tokens[k].sense&(that|kinds) != 0 {
			return false
		}
		if s.tokens[k].sense&says != 0 {
			// "..., said police", but not "media say Russia ...".
			return s.v.arabic || s.v.persian || k == 0 || s.tokens[k].words > 1 || s.tokens[k-1].segment != s.tokens[k].segment
		}
	}
	return false
}

// rolesIn adds to parts who has which part in the deed that a word tells.
func (s *sentence) rolesIn(h happens, parts []centre.EventParty) []centre.EventParty {
	d := &deeds[h.deed]
	if d.lonely {
		return parts
	}
	clause := s.tokens[h.at].clause
	isVerb := h.form == verb || h.form == undergo || h.form == either && s.looksVerb(h)
	passively := h.form == undergo
	if isVerb && !s.v.persian && !s.v.arabic && !s.v.russian && !strings.HasSuffix(s.word(h.at), "ing") {
		for k := max(0, h.at-2); k < h.at; k++ {
			passively = passively || s.tokens[k].sense&passive != 0
		}
	}
	if s.v.persian {
		for k := h.at; k < min(len(s.tokens), h.end+3) && s.tokens[k].clause == clause; k++ {
			passively = passively || s.tokens[k].sense&passive != 0
		}
	}
	if s.v.russian {
		fold := strings.ToLower(s.word(h.at))
		passively = passively || strings.HasSuffix(fold, "ны") || strings.HasSuffix(fold, "ен") || strings.HasSuffix(fold, "ена") || strings.HasSuffix(fold, "ено") || strings.HasSuffix(fold, "ты")
	}
	// An object without a verb of its own in front: the deed is a noun that it suffers.
	lightly := false
	for k := max(0, h.at-4); k < h.at; k++ {
		lightly = lightly || s.tokens[k].sense&light != 0
	}
	before := slices.ContainsFunc(s.parties, func(p party) bool {
		return p.first >= 0 && p.last < h.at && s.tokens[p.first].clause == clause && p.link&(by|on|in|with|between) == 0 && !s.speaks(&p, h)
	})
	arabicSubject := false
	for i := range s.parties {
		p := &s.parties[i]
		if p.first >= 0 && p.last == h.at && h.end-h.at > 1 && p.sense&(state|armed) != 0 && h.deed != clash && !passively && !s.v.persian {
			parts = addParty(parts, centre.EventParty{Words: s.wordsOf(p), Entity: p.entity, Country: p.country, Role: centre.RoleInitiator})
			continue
		}
		if p.first < 0 || p.first >= h.at && p.last < h.end && !p.after && !p.named || s.tokens[p.first].clause != clause || s.speaks(p, h) {
			continue
		}
		if s.otherBetween(p, h) {
			continue
		}
		if p.capital && (!s.statesDo(h.deed) || p.link&(in|of|on) != 0 || !isVerb && p.link&(between|with) == 0) {
			continue
		}
		if p.nation && !p.after && p.link&(in|of) != 0 && p.link&between == 0 || s.tokens[p.first].sense&including != 0 {
			continue
		}
		role := s.role(p, h, d, isVerb, passively, lightly, before, &arabicSubject)
		if role == "" || h.deed == die && role != centre.RoleAffected || role == centre.RoleAffected && !p.named && s.tokens[p.first].deed != none && s.tokens[p.first].deed != kill {
			continue
		}
		if p.after && role != centre.RoleInitiator {
			continue
		}
		parts = addParty(parts, centre.EventParty{Words: s.wordsOf(p), Entity: p.entity, Country: p.country, Role: role})
	}
	return parts
}

// statesDo tells the deeds for which a capital may stand for its country.
func (s *sentence) statesDo(d deed) bool {
	return deeds[d].kin == accord || d == move || d == deny || d == aid || d == withdraw
}

// otherBetween tells that another deed's word stands between a party and the
// word at hand, which the party then goes with.
func (s *sentence) otherBetween(p *party, h happens) bool {
	for _, x := range s.hits {
		if x.at > h.at && x.at < p.first && x.at >= h.end && p.link&between == 0 && (x.form == verb || x.form == undergo || s.looksVerb(x)) && !s.v.persian {
			return true
		}
		if !s.v.persian && !s.v.arabic && x.form == verb && x.at < p.first && p.last < h.at && s.tokens[x.at].segment == s.tokens[p.first].segment {
			return true
		}
		if !s.v.persian && !s.v.arabic && x.form == verb && p.first > h.at && x.at > p.last && x.at-p.last <= 2 && s.tokens[p.first].segment != s.tokens[h.at].segment {
			return true // it begins what comes next
		}
		if s.v.persian && x.at > p.last && p.first > h.end && p.link&(on|by|between) == 0 {
			return true
		}
		if s.v.arabic && x.at < p.first && p.last < h.at && (x.form == verb || x.form == undergo) && x.at != h.at {
			return true
		}
	}
	return false
}

// role is the part of one party in a deed; "" for none.
func (s *sentence) role(p *party, h happens, d *deedIs, isVerb, passively, lightly, before bool, arabicSubject *bool) centre.EventRole {
	after := p.first >= h.end
	link := p.link &^ and
	if d.mutual {
		switch {
		case d.kin == accord && after && s.saysBetween(h.end, p.first):
			return ""
		case link&between != 0, link&with != 0, link&by != 0:
			return centre.RoleInitiator
		case d.kin == accord && (link&(on|in) != 0 || after && !isVerb && !s.v.arabic && !s.v.persian && !s.v.russian):
			return ""
		case d.kin == accord && after && s.tokens[h.at].sense&definite == 0 && !s.v.arabic && !(s.v.russian && p.first-h.end <= 1):
			return ""
		case d.kin == accord && p.sense&civil != 0 && !p.named:
			return ""
		case link&in != 0 && after:
			return ""
		case p.sense&civil != 0 && !p.named:
			return centre.RoleAffected
		}
		return centre.RoleInitiator
	}
	switch {
	case p.after:
		return centre.RoleInitiator
	case link&by != 0:
		return centre.RoleInitiator
	case s.v.persian:
		switch {
		case p.nation && link&on != 0 && (h.deed == move || h.deed == aid):
			return ""
		case h.deed == move && !p.named && p.country == "" && (p.last+1 == h.at || before && p.first > 0 && s.parties[0].first < p.first):
			return ""
		case s.actedOn(p), link&on != 0:
			return centre.RoleAffected
		case link&in != 0 && !passively, link&with != 0:
			return ""
		case passively && (d.objects || h.deed == disperse):
			return centre.RoleAffected
		case after && !isVerb && d.objects:
			return centre.RoleAffected
		case p.sense&civil != 0 && p.sense&state == 0 && d.kin == violence:
			return centre.RoleAffected
		}
		return centre.RoleInitiator
	case s.v.russian:
		switch {
		case p.case_ == instrumental && link&with != 0:
			return centre.RoleInitiator
		case p.case_ == instrumental && (passively || !isVerb):
			return centre.RoleInitiator
		case link&on != 0 || p.case_ == dative:
			return centre.RoleAffected
		case link&in != 0:
			return ""
		case p.case_ == genitive && !isVerb && !d.objects && p.first-h.end <= 1:
			if d.kin == violence && h.deed != attack && h.deed != airStrike && h.deed != strike {
				return centre.RoleAffected
			}
			return centre.RoleInitiator
		case p.case_ == genitive && !after && isVerb && !passively:
			return centre.RoleAffected
		}
	case link&on != 0:
		return centre.RoleAffected
	case link&with != 0 && h.deed != kill && h.deed != arrest && h.deed != riot:
		return centre.RoleInitiator
	case s.v.arabic:
		switch {
		case link&in != 0 || link&of != 0 && p.nation, h.deed == move && after && !p.named && p.country == "" && s.parties[0].first < p.first:
			return ""
		case h.deed == kill && h.form == undergo && after && s.subjects(h) > 1:
			if !*arabicSubject {
				*arabicSubject = true
				return centre.RoleInitiator
			}
			return centre.RoleAffected
		case !after && h.form == undergo:
			return centre.RoleAffected
		case !after:
			return centre.RoleInitiator
		case d.objects && !isVerb, h.form == undergo:
			return centre.RoleAffected
		case p.sense&civil != 0 && d.kin == violence:
			return centre.RoleAffected
		case before:
			return centre.RoleAffected
		case !*arabicSubject:
			*arabicSubject = true
			return centre.RoleInitiator
		case link == 0 && p.link&and != 0:
			return centre.RoleInitiator
		}
		return centre.RoleAffected
	}
	switch {
	case !after && passively:
		return centre.RoleAffected
	case !after && !isVerb && !lightly && link&in != 0:
		return ""
	case !after && link&on != 0:
		return centre.RoleAffected
	case !after && d.kin == violence && p.sense&civil != 0 && !p.named:
		if !isVerb && !lightly {
			return ""
		}
		return centre.RoleAffected
	case after && (h.deed == move || h.deed == withdraw || h.deed == aid || h.deed == base):
		return ""
	case !after:
		return centre.RoleInitiator
	case link&in != 0 && isVerb && !p.named && h.deed != displace:
		return ""
	case isVerb && passively && s.v.russian && !before:
		return centre.RoleAffected
	case isVerb && s.v.russian && !before && p.case_ == anyCase && !d.objects && p.first-h.end <= 1:
		return centre.RoleInitiator
	case isVerb, d.objects:
		return centre.RoleAffected
	case p.sense&civil != 0 && d.kin == violence:
		return centre.RoleAffected
	case h.deed == protest || h.deed == riot || h.deed == displace:
		return centre.RoleInitiator
	}
	return ""
}

// actedOn tells that را stands behind a Persian party, or behind what is its own.
func (s *sentence) actedOn(p *party) bool {
	for k := p.last + 1; k < min(len(s.tokens), p.last+6); k++ {
		switch t := &s.tokens[k]; {
		case t.sense&object != 0:
			return true
		case t.sense&in == 0 && !t.place:
			return false
		case t.place && k == p.last+1:
			return false
		}
	}
	return false
}

// saysBetween tells that a word of saying stands among words [from, until).
func (s *sentence) saysBetween(from, until int) bool {
	for k := from; k < until; k++ {
		if s.tokens[k].sense&says != 0 {
			return true
		}
	}
	return false
}

// subjects counts the parties behind an Arabic verb that are not tied together:
// with two of them "قتل" is active.
func (s *sentence) subjects(h happens) (n int) {
	for i := range s.parties {
		p := &s.parties[i]
		if p.first >= h.end && p.first-h.end < 6 && s.tokens[p.first].clause == s.tokens[h.at].clause && p.link&^of == 0 {
			n++
		}
	}
	return n
}

// addParty adds a party once; one with a role is surer than one without, and
// who does it is surer than whom it befalls.
func addParty(parts []centre.EventParty, p centre.EventParty) []centre.EventParty {
	for i := range parts {
		q := &parts[i]
		if p.Start < q.End && q.Start < p.End {
			return parts
		}
		if p.Entity != "" && q.Entity == p.Entity || p.Text == q.Text && p.Role == q.Role {
			return parts
		}
	}
	return append(parts, p)
}
