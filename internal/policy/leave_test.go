package policy_test

import (
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
)

func TestATextIsTranslatedOnlyWhereItsOriginatorConsented(t *testing.T) {
	const provider = "libretranslate at t.example"
	consent := func(m centre.MemberCode, level centre.Level) []centre.TranslationConsent {
		return []centre.TranslationConsent{{Member: m, Provider: provider, Level: level}}
	}
	for _, c := range []struct {
		name     string
		marking  string
		local    bool
		consents []centre.TranslationConsent
		want     string // a part of the refusal; "" where it may
	}{
		{"nobody consented", "UNCLASSIFIED//REL TO IRQ//TLP:CLEAR", false, nil, "IRQ has not consented"},
		{"not even on this machine", "UNCLASSIFIED//REL TO IRQ//TLP:CLEAR", true, nil, "IRQ has not consented"},
		{"another member's consent is not the originator's", "UNCLASSIFIED//REL TO IRQ, RUS", false, consent("RUS", centre.Secret), "IRQ has not consented"},
		{"consent to another provider is none", "UNCLASSIFIED//REL TO IRQ", false, []centre.TranslationConsent{{Member: "IRQ", Provider: "openai at t.example", Level: centre.Secret}}, "IRQ has not consented"},
		{"up to the level", "RESTRICTED//REL TO IRQ, IRN", false, consent("IRQ", centre.Restricted), ""},
		{"not above the level", "CONFIDENTIAL//REL TO IRQ, IRN", false, consent("IRQ", centre.Restricted), "up to RESTRICTED alone"},
		{"nor on this machine", "CONFIDENTIAL//REL TO IRQ, IRN", true, consent("IRQ", centre.Restricted), "up to RESTRICTED alone"},
		{"ORCON does not leave", "RESTRICTED//REL TO IRQ, IRN//ORCON", false, consent("IRQ", centre.Secret), "ORCON"},
		{"ORCON may stay", "RESTRICTED//REL TO IRQ, IRN//ORCON", true, consent("IRQ", centre.Secret), ""},
		{"TLP:GREEN leaves", "UNCLASSIFIED//REL TO IRQ//TLP:GREEN", false, consent("IRQ", centre.Secret), ""},
		{"TLP:AMBER does not", "UNCLASSIFIED//REL TO IRQ//TLP:AMBER", false, consent("IRQ", centre.Secret), "TLP:AMBER"},
		{"TLP:RED does not", "UNCLASSIFIED//REL TO IRQ//TLP:RED", false, consent("IRQ", centre.Secret), "TLP:RED"},
		{"TLP:RED may stay", "UNCLASSIFIED//REL TO IRQ//TLP:RED", true, consent("IRQ", centre.Secret), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := policy.MayTranslate(mark(t, c.marking), provider, c.local, c.consents)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || centre.CodeOf(err) != centre.CodeDenied) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	if policy.MayTranslate(centre.Marking{}, provider, true, consent("", centre.Secret)) == nil {
		t.Error("what has no originator may be translated")
	}
}
