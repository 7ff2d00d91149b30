package desk

import (
	"context"

	"golang.org/x/text/language"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/process/text"
)

// Translator gives sentences to a translation provider; translate.Provider
// says what each method promises.
type Translator interface {
	Name() string
	Model() string
	Local() bool
	Translate(ctx context.Context, from, to string, sentences []string) ([]string, error)
}

// maxTranslated is how much of a text is translated, in code points: the first
// sentences of a book, all of an article.
const maxTranslated = 60_000

// TranslationState is what a reader needs to know before asking.
type TranslationState struct {
	Provider string // "" where the centre has none
	Model    string
	Local    bool // nothing leaves the machine
	Consents []centre.TranslationConsent
}

// Translations tells which provider the centre has and who consented to it.
func (d *Desk) Translations(ctx context.Context, who policy.View) (TranslationState, error) {
	if _, err := signedIn(who); err != nil {
		return TranslationState{}, err
	}
	consents, err := d.store.TranslationConsents(ctx, who)
	if err != nil {
		return TranslationState{}, err
	}
	state := TranslationState{Consents: consents}
	if d.translator != nil {
		state.Provider, state.Model, state.Local = d.translator.Name(), d.translator.Model(), d.translator.Local()
	}
	return state, nil
}

// ConsentToTranslation says for the reader's member that texts of which it is
// the originator may be given to a provider, up to a level.
func (d *Desk) ConsentToTranslation(ctx context.Context, who policy.View, provider string, level centre.Level, reason string) error {
	grant, err := d.mayConsent(who)
	if err != nil {
		return err
	}
	if d.translator == nil || d.translator.Name() != provider {
		return centre.Invalid("This centre has no translation provider named %q; nothing was changed. Read the page again.", short(provider))
	}
	if reason, err = line("reason", reason, maxReason); err != nil {
		return err
	}
	if reason == "" {
		return centre.Invalid("Say why the texts of your member may be given to this provider; nothing was changed.")
	}
	return d.store.ConsentToTranslation(ctx, grant, centre.TranslationConsent{Member: grant.Object().Member, Provider: provider, Level: level, Reason: reason})
}

// WithdrawTranslationConsent takes the consent of the reader's member back.
// What was translated before stays, as visible as its report.
func (d *Desk) WithdrawTranslationConsent(ctx context.Context, who policy.View, provider string) error {
	grant, err := d.mayConsent(who)
	if err != nil {
		return err
	}
	return d.store.WithdrawTranslationConsent(ctx, grant, provider)
}

func (d *Desk) mayConsent(who policy.View) (policy.Grant, error) {
	actor, err := signedIn(who)
	if err != nil {
		return policy.Grant{}, err
	}
	return policy.Decide(actor, policy.ActionConsent, policy.Object{Kind: "translation consent", Member: actor.Member})
}

// TranslateReport gives a version of a report in another language, sentence by
// sentence: the translation that is kept, or else a new one, if the centre has a
// provider and the originator of the text lets it have the text. Version 0 is
// the current one.
func (d *Desk) TranslateReport(ctx context.Context, who policy.View, id centre.ID, version int, to string) (centre.Translation, error) {
	none := centre.Translation{}
	actor, err := signedIn(who)
	if err != nil {
		return none, err
	}
	tag, err := language.Parse(to)
	if err != nil || tag == language.Und {
		return none, centre.Invalid("%q is not a language; give a BCP 47 tag such as en, ar, fa or ru.", short(to))
	}
	to = tag.String()
	report, err := d.store.Report(ctx, who, id, version)
	if err != nil {
		return none, err
	}
	kept, err := d.store.Translation(ctx, who, id, report.Version, to)
	if centre.CodeOf(err) != centre.CodeNotFound {
		return kept, err
	}
	switch {
	case d.translator == nil:
		return none, centre.Refuse(centre.CodeUnavailable, "This centre has no translation provider. Whoever runs it can name one: see \"Translation\" in the guide to running a centre.")
	case report.Language == to:
		return none, centre.Invalid("The report is in %s already.", to)
	}
	consents, err := d.store.TranslationConsents(ctx, who)
	if err != nil {
		return none, err
	}
	if err := policy.MayTranslate(report.Marking, d.translator.Name(), d.translator.Local(), consents); err != nil {
		return none, err
	}
	object := reportObject(report.ReportHead)
	grant, err := policy.Decide(actor, policy.ActionTranslate, object)
	if err != nil {
		return none, err
	}
	made, err := d.translate(ctx, report, to)
	if err != nil {
		return none, err
	}
	return made, d.store.KeepTranslation(ctx, grant, made)
}

func (d *Desk) translate(ctx context.Context, report centre.Report, to string) (centre.Translation, error) {
	points := []rune(report.Content.Text)
	points = points[:min(len(points), maxTranslated)]
	made := centre.Translation{Report: report.ID, Version: report.Version, Language: to, Provider: d.translator.Name(), Model: d.translator.Model(), Made: d.now()}
	var sentences []string
	for _, s := range text.Sentences(string(points), report.Language) {
		made.Sentences = append(made.Sentences, centre.TranslatedSentence{Start: s.Start, End: s.End})
		sentences = append(sentences, string(points[s.Start:s.End]))
	}
	if len(sentences) == 0 {
		return made, centre.Invalid("The report has no sentence that could be translated.")
	}
	texts, err := d.translator.Translate(ctx, report.Language, to, sentences)
	if err != nil {
		return made, err
	}
	for i := range made.Sentences {
		made.Sentences[i].Text = texts[i]
	}
	return made, nil
}
