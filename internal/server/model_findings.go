package server

import "entente/internal/centre"

// Part is a stretch of a text that is not its running text.
type Part struct {
	Kind  string `json:"kind" enum:"dateline,byline,boilerplate,embedded,title"`
	Start int    `json:"start" doc:"Code points into content.text."`
	End   int    `json:"end"`
}

// LanguageStretch is a piece of a text in another language than most of it.
type LanguageStretch struct {
	Start    int             `json:"start" doc:"Code points into content.text."`
	End      int             `json:"end"`
	Language string          `json:"language" doc:"BCP 47."`
	Score    float64         `json:"score" minimum:"0" maximum:"1"`
	Why      []string        `json:"why" doc:"Reasons, for a person."`
	Reasons  []FindingReason `json:"reasons" doc:"One for each why, for screens in other languages."`
}

// Words are a stretch of a report's text.
type Words struct {
	Start int    `json:"start" doc:"Code points into content.text."`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Agent is who speaks, is spoken to or passes words on.
type Agent struct {
	Words
	Name    string `json:"name" doc:"The fullest name in the text; the description for an agent without a name."`
	Entity  string `json:"entity" doc:"As in mentions; empty for an anonymous or collective agent."`
	Kind    string `json:"kind" enum:"publisher,agency,spokesperson,named,anonymous,collective,document"`
	Role    string `json:"role"`
	Country string `json:"country" doc:"ISO 3166-1 alpha-3; empty where unknown."`
}

func agentOf(a centre.Agent) Agent {
	return Agent{Words(a.Words), a.Name, a.Entity, string(a.Kind), a.Role, a.Country}
}

// Hop is one step from the carrier of a text to the first speaker.
type Hop struct {
	Agent
	Verb       string             `json:"verb" doc:"The words with which it passes on; empty where implied."`
	Directness string             `json:"directness" enum:"quote,paraphrase,translation"`
	At         Nullable[TimeSpan] `json:"at"`
}

func hopOf(h centre.Hop) Hop {
	return Hop{agentOf(h.Agent), h.Verb, string(h.Directness), spanOf(h.At)}
}

// Statement is one speaker's speech act inside a report: a proposal of the machine.
type Statement struct {
	No        int                `json:"no" minimum:"1"`
	Start     int                `json:"start" doc:"Code points into content.text."`
	End       int                `json:"end"`
	Speaker   Agent              `json:"speaker"`
	Addressee Nullable[Agent]    `json:"addressee"`
	Cue       Words              `json:"cue"`
	Content   []Words            `json:"content"`
	Quoted    bool               `json:"quoted"`
	Stance    string             `json:"stance" enum:"ASSERT,CONFIRM,DENY,PARTIAL,UNVERIFIED,DECLINE,RETRACT,CORRECT"`
	Modality  string             `json:"modality" enum:"fact,plan,may,opinion"`
	Negated   bool               `json:"negated"`
	SaidAt    Nullable[TimeSpan] `json:"said_at" doc:"Null where the text does not date it."`
	SaidPlace Nullable[Place]    `json:"said_place" doc:"Where it was said."`
	Anonymity string             `json:"anonymity" enum:"ON_RECORD,BACKGROUND,DEEP_BACKGROUND,OFF_RECORD"`
	Chain     []Hop              `json:"chain" doc:"From whoever told the carrier to the first speaker."`
	Answers   int                `json:"answers" doc:"The no of the statement of the same text that it answers; 0 for none."`
	Event     int                `json:"event" doc:"Index from 1 into event_mentions; 0 for none."`
	Score     float64            `json:"score" minimum:"0" maximum:"1"`
	Step      string             `json:"step"`
	Version   int                `json:"version"`
	Why       []string           `json:"why" doc:"Reasons, for a person."`
	Reasons   []FindingReason    `json:"reasons" doc:"The same by their codes, in the same order."`
}

func statementOf(s centre.Statement) Statement {
	out := Statement{
		No: s.No, Start: s.Start, End: s.End, Speaker: agentOf(s.Speaker), Cue: Words(s.Cue),
		Content: each(s.Content, func(c centre.Words) Words { return Words(c) }), Quoted: s.Quoted,
		Stance: string(s.Stance), Modality: string(s.Modality), Negated: s.Negated, SaidAt: spanOf(s.SaidAt), SaidPlace: placeIf(s.SaidPlace),
		Anonymity: string(s.Anonymity), Chain: each(s.Chain, hopOf), Answers: s.Answers, Event: s.Event,
		Score: s.Score, Step: s.Step, Version: s.Version, Why: orEmpty(s.Why), Reasons: findingReasonsOf(s.Why),
	}
	if s.Addressee != nil {
		out.Addressee = known(agentOf(*s.Addressee))
	}
	return out
}

// EventMention is a happening as a text tells it: a proposal of the machine.
type EventMention struct {
	Start    int                `json:"start" doc:"Code points into content.text."`
	End      int                `json:"end"`
	Trigger  Words              `json:"trigger"`
	Category string             `json:"category" doc:"One of the centre's categories, as of events."`
	Type     string             `json:"type" doc:"ACLED's sub-event type; empty where there is none."`
	Actors   []EventParty       `json:"actors"`
	Place    Nullable[Place]    `json:"place"`
	Date     Nullable[TimeSpan] `json:"date" doc:"Null where the text does not date it."`
	Killed   Nullable[Toll]     `json:"killed" doc:"Null where the text says nothing, which is not zero."`
	Injured  Nullable[Toll]     `json:"injured"`
	Reality  string             `json:"reality" enum:"actual,negated,hypothetical,planned,historical"`
	Score    float64            `json:"score" minimum:"0" maximum:"1"`
	Step     string             `json:"step"`
	Version  int                `json:"version"`
	Why      []string           `json:"why" doc:"Reasons, for a person."`
	Reasons  []FindingReason    `json:"reasons" doc:"The same by their codes, in the same order."`
}

// EventParty is one who has a part in an event that a text tells.
type EventParty struct {
	Words
	Entity  string `json:"entity"`
	Country string `json:"country"`
	Role    string `json:"role" enum:"initiator,affected,reporter,unknown"`
}

func eventMentionOf(e centre.EventMention) EventMention {
	return EventMention{
		Start: e.Start, End: e.End, Trigger: Words(e.Trigger), Category: string(e.Category), Type: e.Type,
		Actors: each(e.Actors, func(p centre.EventParty) EventParty {
			return EventParty{Words(p.Words), p.Entity, p.Country, string(p.Role)}
		}),
		Place: placeIf(e.Place), Date: spanOf(e.Date), Killed: tollOf(e.Killed), Injured: tollOf(e.Injured), Reality: string(e.Reality),
		Score: e.Score, Step: e.Step, Version: e.Version, Why: orEmpty(e.Why), Reasons: findingReasonsOf(e.Why),
	}
}

func spanOf(s *centre.Span) Nullable[TimeSpan] {
	if s == nil {
		return Nullable[TimeSpan]{}
	}
	return known(TimeSpan{Instant{s.From}, Instant{s.Until}, string(s.Precision), string(s.Basis)})
}

func placeIf(p *centre.Place) Nullable[Place] {
	if p == nil {
		return Nullable[Place]{}
	}
	return known(placeOf(*p))
}
