package policy

import (
	"slices"

	"entente/internal/centre"
)

// MayTranslate decides whether a text with the marking m may be given to a
// translation provider, or refuses with a sentence. consents are those of all
// members; local says that the provider runs on the centre's own machine, so
// that nothing leaves it.
//
// The originator of the text must have consented to this very provider, up to
// the text's level at least. A text that leaves the machine must besides not be
// under ORCON, which forbids any passing on, nor under TLP:AMBER or stricter,
// whose audience a provider outside is not part of. Whether the reader may see
// the text at all is the View's matter and was decided before.
func MayTranslate(m centre.Marking, provider string, local bool, consents []centre.TranslationConsent) error {
	i := slices.IndexFunc(consents, func(c centre.TranslationConsent) bool {
		return c.Member == m.Originator && c.Provider == provider
	})
	switch {
	case m.Originator == "" || i < 0:
		return centre.Refuse(centre.CodeDenied, "The text was not translated: its originator %s has not consented to %s. An administrator of %s can, on the page of the centre.", m.Originator, provider, m.Originator)
	case m.Level > consents[i].Level:
		return centre.Refuse(centre.CodeDenied, "The text was not translated: it is %s, and its originator %s consented to %s up to %s alone.", m.Level, m.Originator, provider, consents[i].Level)
	case local:
		return nil
	case slices.Contains(m.Caveats, centre.ORCON):
		return centre.Refuse(centre.CodeDenied, "The text was not translated: it is under ORCON, and %s is outside of this machine.", provider)
	case m.TLP >= centre.TLPAmber:
		return centre.Refuse(centre.CodeDenied, "The text was not translated: it is under %s, and %s is outside of this machine.", m.TLP, provider)
	}
	return nil
}
