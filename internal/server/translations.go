package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
	"entente/internal/digest"
)

// TranslationConsent is a member's word that its texts may be given to a provider.
type TranslationConsent struct {
	Member   centre.MemberCode `json:"member"`
	Provider string            `json:"provider"`
	Level    string            `json:"level" example:"RESTRICTED"`
	Reason   string            `json:"reason"`
	By       string            `json:"by"`
	At       Instant           `json:"at"`
}

// TranslationState tells what translation there is in the centre.
type TranslationState struct {
	Provider string               `json:"provider" doc:"Empty where the centre has none."`
	Model    string               `json:"model"`
	Local    bool                 `json:"local" doc:"The provider runs on the centre's own machine."`
	Consents []TranslationConsent `json:"consents"`
}

// Translation is a machine's translation of a version of a report.
type Translation struct {
	Report    centre.ID            `json:"report"`
	Version   int                  `json:"version"`
	Language  string               `json:"language" doc:"BCP 47, what it was translated into."`
	Provider  string               `json:"provider" doc:"The machine that made it; it is nobody's word."`
	Model     string               `json:"model"`
	Made      Instant              `json:"made"`
	Sentences []TranslatedSentence `json:"sentences"`
}

// TranslatedSentence is a sentence and what the machine made of it.
type TranslatedSentence struct {
	Start int    `json:"start" doc:"Of the source: code points into content.text."`
	End   int    `json:"end"`
	Text  string `json:"text" doc:"Empty where the provider gave nothing for it."`
}

// Digest is what a report says in short.
type Digest struct {
	Report  centre.ID      `json:"report"`
	Version int            `json:"version"`
	Summary []SummaryLine  `json:"summary" doc:"Sentences of the text itself, in its order; none for a short text."`
	Terms   []GlossaryTerm `json:"terms" doc:"What the text names, the most often named first."`
	Events  []EventMention `json:"events"`
}

// SummaryLine is a sentence of the text.
type SummaryLine struct {
	Start   int             `json:"start" doc:"Code points into content.text."`
	End     int             `json:"end"`
	Text    string          `json:"text"`
	Score   float64         `json:"score" minimum:"0" maximum:"1"`
	Why     []string        `json:"why" doc:"Reasons, for a person."`
	Reasons []FindingReason `json:"reasons" doc:"The same by their codes, in the same order."`
}

// GlossaryTerm is a name in the text and in the reader's language.
type GlossaryTerm struct {
	Kind    string `json:"kind" enum:"place,person,organisation,group,facility"`
	Text    string `json:"text" doc:"As the text first writes it."`
	Name    string `json:"name" doc:"In the language asked for; empty where it is not known in that."`
	Role    string `json:"role"`
	Country string `json:"country"`
	Count   int    `json:"count"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

type digestIn struct {
	ByID
	Version  int    `query:"version" minimum:"0" maximum:"1000000" doc:"0, or none, for the current one."`
	Language string `query:"language" maxLength:"35" default:"en" doc:"BCP 47, of the glossary."`
}

type translateIn struct {
	ByID
	Version int `query:"version" minimum:"0" maximum:"1000000" doc:"0, or none, for the current one."`
	Body    struct {
		Language string `json:"language" minLength:"2" maxLength:"35" example:"en" doc:"BCP 47, to translate into."`
	}
}

type consentIn struct {
	Body struct {
		Provider string `json:"provider" minLength:"1" maxLength:"300"`
		Level    string `json:"level" enum:"UNCLASSIFIED,RESTRICTED,CONFIDENTIAL,SECRET,TOP SECRET" doc:"Texts up to this level."`
		Reason   string `json:"reason" maxLength:"2000"`
	}
}

type withdrawIn struct {
	Provider string `query:"provider" required:"true" maxLength:"300"`
}

func (s *Server) registerTranslations(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/reports/{id}/digest", "digest-report", "reports", "Sum a report up in its own sentences, with its names in one's language"), s.digestReport)
	answering(s, api, operation(http.MethodPost, "/reports/{id}/translations", "translate-report", "reports", "Read a report in another language, by a machine if its originator consented"), s.translateReport)
	answering(s, api, operation(http.MethodGet, "/translation", "read-translation", "centre", "Which translation provider the centre has, and who consented to it"), s.translation)
	answering(s, api, operation(http.MethodPut, "/translation/consent", "consent-to-translation", "centre", "Let the provider have texts of one's own member, as its administrator"), s.consent)
	answering(s, api, operation(http.MethodDelete, "/translation/consent", "withdraw-translation-consent", "centre", "Take the consent of one's own member back"), s.withdrawConsent)
}

func (s *Server) digestReport(ctx context.Context, in *digestIn) (Digest, error) {
	id, err := in.id()
	if err != nil {
		return Digest{}, err
	}
	d, err := s.desk.DigestReport(ctx, who(ctx), id, in.Version, in.Language)
	if err != nil {
		return Digest{}, err
	}
	out := Digest{Report: d.Report, Version: d.Version, Summary: []SummaryLine{}, Events: each(d.Events, eventMentionOf),
		Terms: each(d.Terms, func(t digest.Term) GlossaryTerm {
			return GlossaryTerm{string(t.Kind), t.Text, t.Name, t.Role, t.Country, t.Count, t.Start, t.End}
		})}
	for i, l := range d.Lines {
		out.Summary = append(out.Summary, SummaryLine{l.Start, l.End, d.Texts[i], l.Score, orEmpty(l.Why), findingReasonsOf(l.Why)})
	}
	return out, nil
}

func (s *Server) translateReport(ctx context.Context, in *translateIn) (Translation, error) {
	id, err := in.id()
	if err != nil {
		return Translation{}, err
	}
	t, err := s.desk.TranslateReport(ctx, who(ctx), id, in.Version, in.Body.Language)
	return Translation{t.Report, t.Version, t.Language, t.Provider, t.Model, Instant{t.Made},
		each(t.Sentences, func(x centre.TranslatedSentence) TranslatedSentence { return TranslatedSentence(x) })}, err
}

func (s *Server) translation(ctx context.Context, _ *struct{}) (TranslationState, error) {
	state, err := s.desk.Translations(ctx, who(ctx))
	return translationStateOf(state), err
}

func translationStateOf(state desk.TranslationState) TranslationState {
	return TranslationState{state.Provider, state.Model, state.Local, each(state.Consents, func(c centre.TranslationConsent) TranslationConsent {
		return TranslationConsent{c.Member, c.Provider, c.Level.String(), c.Reason, c.By, Instant{c.At}}
	})}
}

func (s *Server) consent(ctx context.Context, in *consentIn) (TranslationState, error) {
	level, err := centre.ParseLevel(in.Body.Level)
	if err != nil {
		return TranslationState{}, err
	}
	if err := s.desk.ConsentToTranslation(ctx, who(ctx), in.Body.Provider, level, in.Body.Reason); err != nil {
		return TranslationState{}, err
	}
	return s.translation(ctx, nil)
}

func (s *Server) withdrawConsent(ctx context.Context, in *withdrawIn) (TranslationState, error) {
	if err := s.desk.WithdrawTranslationConsent(ctx, who(ctx), in.Provider); err != nil {
		return TranslationState{}, err
	}
	return s.translation(ctx, nil)
}
