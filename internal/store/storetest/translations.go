package storetest

import (
	"reflect"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
)

// findings: what the steps find in a text is read as it was written, of the
// version that it was found in.
func findings(t *testing.T, open Open) {
	w := newWorld(t, open)
	o := w.source(irq, open4)
	found := centre.Findings{
		LanguageWhy: []string{"written in Latin letters"},
		Stretches:   []centre.LanguageStretch{{Start: 3, End: 9, Language: "ru", Score: 0.9, Why: []string{"Cyrillic"}}},
		Parts:       []centre.Part{{Kind: centre.PartDateline, Start: 0, End: 2}},
		EventMentions: []centre.EventMention{{
			Start: 1, End: 8, Trigger: centre.Words{Start: 2, End: 5, Text: "met"}, Category: centre.EventAgreement, Type: "Agreement",
			Actors: []centre.EventParty{{Words: centre.Words{Start: 1, End: 2, Text: "A"}, Country: "IRQ", Role: centre.RoleInitiator}},
			Place:  baghdad, Date: &centre.Span{From: start, Until: start.AddDate(0, 0, 1), Precision: centre.PrecisionDay, Basis: centre.BasisPublication},
			Killed: centre.Toll{Known: true, Low: 2, Best: 2, High: 3}, Reality: centre.RealityActual, Score: 0.5, Step: "event", Version: 1, Why: []string{"its verb"},
		}},
		Statements: []centre.Statement{{
			No: 1, Start: 0, End: 9, Speaker: centre.Agent{Words: centre.Words{Start: 0, End: 1, Text: "A"}, Name: "A", Kind: centre.AgentNamed},
			Cue: centre.Words{Start: 2, End: 5, Text: "met"}, Content: []centre.Words{{Start: 6, End: 9, Text: "end"}}, Stance: centre.StanceDeny,
			Modality: centre.ModalityMay, Anonymity: centre.Background, SaidPlace: baghdad,
			Chain: []centre.Hop{{Agent: centre.Agent{Name: "A", Kind: centre.AgentNamed}, Directness: centre.DirectQuote}}, Score: 0.25, Step: "claim", Version: 2, Why: []string{"its cue"},
		}},
	}
	ids := w.report(o.ID, text{id: "a", body: "some text here", found: found}, text{id: "b", body: "nothing in it"})
	got, err := w.s.Report(w.ctx, w.view(actor(rus)), ids[0], 0)
	w.must(err)
	if !reflect.DeepEqual(got.Findings, found) {
		t.Errorf("findings\n%+v\nwant\n%+v", got.Findings, found)
	}
	none, err := w.s.Report(w.ctx, w.view(actor(rus)), ids[1], 0)
	w.must(err)
	if f := none.Findings; f.Statements == nil || f.EventMentions == nil || f.Parts == nil || len(f.Statements)+len(f.EventMentions)+len(f.Parts) > 0 {
		t.Errorf("findings of a text without any: %+v", f)
	}
}

func translations(t *testing.T, open Open) {
	w := newWorld(t, open)
	secret := w.source(irq, rel(centre.Secret, irq, irn))
	id := w.report(secret.ID, text{id: "a", body: "a text"})[0]
	may := func(member centre.MemberCode) policy.Grant {
		g, err := policy.Decide(allRoles(member), policy.ActionTranslate, object(w.head(id)))
		w.must(err)
		return g
	}
	consenting := func(member centre.MemberCode) policy.Grant {
		g, err := policy.Decide(allRoles(member), policy.ActionConsent, policy.Object{Kind: "translation-consent", Member: member})
		w.must(err)
		return g
	}
	made := centre.Translation{Report: id, Version: 1, Language: "en", Provider: "libretranslate at t.example", Made: start,
		Sentences: []centre.TranslatedSentence{{Start: 0, End: 6, Text: "ein Text"}}}

	t.Run("AsVisibleAsItsReport", func(t *testing.T) {
		w.must(w.s.KeepTranslation(w.ctx, may(irn), made))
		got, err := w.s.Translation(w.ctx, w.view(actor(irq)), id, 1, "en")
		w.must(err)
		if !reflect.DeepEqual(got, made) {
			t.Errorf("got %+v, want %+v", got, made)
		}
		_, err = w.s.Translation(w.ctx, w.view(actor(rus)), id, 1, "en")
		w.refused(err, centre.CodeNotFound)
		_, err = w.s.Translation(w.ctx, w.view(actor(irq)), id, 1, "ru")
		w.refused(err, centre.CodeNotFound)
		_, err = w.s.Translation(w.ctx, w.view(actor(irq)), id, 2, "en")
		w.refused(err, centre.CodeNotFound)
	})
	t.Run("TheLaterStandsInPlaceOfTheEarlier", func(t *testing.T) {
		again := made
		again.Provider, again.Model, again.Made = "openai at u.example", "m", start.AddDate(0, 0, 1)
		w.must(w.s.KeepTranslation(w.ctx, may(irq), again))
		got, err := w.s.Translation(w.ctx, w.view(actor(irn)), id, 1, "en")
		w.must(err)
		if !reflect.DeepEqual(got, again) {
			t.Errorf("got %+v, want %+v", got, again)
		}
	})
	t.Run("OfTheVersionThatWasPermittedAlone", func(t *testing.T) {
		other := made
		other.Version = 2
		w.refused(w.s.KeepTranslation(w.ctx, may(irq), other), centre.CodeInvalid)
		w.refused(w.s.KeepTranslation(w.ctx, consenting(irq), made), centre.CodeDenied)
	})
	t.Run("ConsentIsTheMembersOwn", func(t *testing.T) {
		consent := centre.TranslationConsent{Member: irq, Provider: made.Provider, Level: centre.Restricted, Reason: "news only"}
		w.must(w.s.ConsentToTranslation(w.ctx, consenting(irq), consent))
		w.refused(w.s.ConsentToTranslation(w.ctx, consenting(rus), consent), centre.CodeInvalid)
		consent.Level = centre.Confidential
		w.must(w.s.ConsentToTranslation(w.ctx, consenting(irq), consent))
		list, err := w.s.TranslationConsents(w.ctx, w.view(actor(rus)))
		w.must(err)
		if len(list) != 1 || list[0].Level != centre.Confidential || list[0].By != "Person of IRQ" || list[0].At.IsZero() || list[0].Reason != "news only" || list[0].Member != irq {
			t.Fatalf("consents %+v", list)
		}
		w.refused(w.s.WithdrawTranslationConsent(w.ctx, consenting(rus), made.Provider), centre.CodeNotFound)
		w.must(w.s.WithdrawTranslationConsent(w.ctx, consenting(irq), made.Provider))
		list, err = w.s.TranslationConsents(w.ctx, w.view(actor(rus)))
		w.must(err)
		if len(list) != 0 {
			t.Errorf("a consent that was withdrawn stands: %+v", list)
		}
	})
}
