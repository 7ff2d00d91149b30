package claim

import (
	"net/url"
	"strings"

	"entente/internal/centre"
	"entente/internal/entities"
)

// amends is the lexeme of a correction that the carrier itself prints.
var amends = lexeme{lemma: "correction", stance: centre.StanceCorrect, frame: clause}

// correctionLine finds what the carrier says of its own text: "Correction: two,
// not three, people were killed", "Уточнение: ...", "(Corrects to show that ...)".
// Nobody in the text says it. It tells whether the sentence begins so.
func (r *reader) correctionLine(s *sentence, number int32) bool {
	const most = 5 // words of a label: "Correction (20 October)"
	i := s.first
	if !r.is(i, amended) || i > 0 && r.tokens[i].gap&(newLine|paragraph|stop|opening) == 0 {
		return false
	}
	from := int32(-1)
	if r.is(i, verb) {
		// "Corrects to show": without a subject, in the first words of a paragraph.
		from = i + 1
		if from < s.until && r.is(from, infinitive) {
			if from++; from < s.until && (r.tokens[from].entry != nil && r.tokens[from].entry.cue != nil || r.is(from, verb)) {
				from++
			}
			if from < s.until && r.is(from, complement) && !r.is(from, determiner) {
				from++
			}
		}
	}
	for k := i + 1; from < 0 && k < s.until && k <= i+most; k++ {
		if r.tokens[k].gap&colon != 0 {
			from = k
		} else if r.tokens[k].gap&(stop|comma|quoteOpen) != 0 {
			return false
		}
	}
	if from < 0 || s.until-from < headWords {
		return false
	}
	r.cues = append(r.cues, cue{span: span{i, i + 1}, sentence: number, lexeme: &amends, kind: byCarrier, shares: -1, begins: i,
		raw: span{from, s.until}, score: 0.8})
	return true
}

// carrier gives whoever publishes the text, as its address tells it: the outlet
// whose site it is, or the name of the site. Who it is stands nowhere in the
// text, so that the agent has no words. Its name is that of a language.
func (r *reader) carrier(language string) agent {
	a := agent{Agent: centre.Agent{Name: "the publisher", Kind: centre.AgentPublisher}, head: -1, anonymity: centre.OnRecord, single: true, refers: byNothing}
	host := site(r.draft.Document.URL)
	if host == "" {
		return a
	}
	a.Name = host
	if e, ok := outletOf(host); ok {
		a.Name, a.Entity, a.Country = e.Name(language), e.ID, e.Country
		if agencies[e.ID] {
			a.Kind = centre.AgentAgency
		}
	}
	return a
}

// carrierID gives the entity of whoever publishes the text; "" where it is not
// known.
func (r *reader) carrierID() string {
	e, ok := outletOf(site(r.draft.Document.URL))
	if !ok {
		return ""
	}
	return e.ID
}

// site gives the host of an address without "www."; "" where it has none.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// outletOf gives the outlet with the name of a site: that of "rt.com" and
// "arabic.rt.com" is rt.
func outletOf(host string) (entities.Entity, bool) {
	for label := range strings.SplitSeq(host, ".") {
		if e, ok := entities.Default().ByID(label); ok && e.Kind == entities.Outlet {
			return *e, true
		}
	}
	return entities.Entity{}, false
}
