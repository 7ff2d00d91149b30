package events

import (
	"slices"
	"strings"

	"entente/internal/centre"
)

// categoryWords are words by which the types of free tables are known, the more
// particular before the more general. They are looked for in English, as HXL
// tables write their types; a type without any of them is "other".
var categoryWords = []struct {
	category centre.EventCategory
	words    []string
}{
	{centre.EventCyber, []string{"cyber", "ddos", "ransomware"}},
	{centre.EventCeasefire, []string{"ceasefire", "cease-fire", "truce", "withdrawal", "de-escalation"}},
	{centre.EventExplosiveHazard, []string{"ied", "landmine", "mine", "uxo", "erw", "unexploded", "suicide bomb", "car bomb", "explosive hazard"}},
	{centre.EventRemoteStrike, []string{"airstrike", "air strike", "air raid", "drone", "shelling", "artillery", "missile", "mortar", "rocket", "bombardment", "chemical weapon", "remote violence", "bombing", "explosion"}},
	{centre.EventAbduction, []string{"abduction", "kidnapping", "kidnap", "hostage", "disappearance"}},
	{centre.EventArrestDetention, []string{"arrest", "arrests", "detention", "detained", "imprisonment"}},
	{centre.EventAccessDenial, []string{"access denial", "access constraint", "denial of access", "blockade", "roadblock", "checkpoint", "siege"}},
	{centre.EventProtectedSite, []string{"hospital", "health facility", "school", "cultural property", "attack on health", "attack on education"}},
	{centre.EventAttackOnCivilians, []string{"violence against civilians", "attack on civilians", "killing", "execution", "assassination", "sexual violence", "massacre", "attack"}},
	{centre.EventArmedClash, []string{"battle", "battles", "clash", "clashes", "armed clash", "armed conflict", "fighting", "ambush"}},
	{centre.EventRiot, []string{"riot", "riots", "mob violence", "violent demonstration"}},
	{centre.EventProtest, []string{"protest", "protests", "demonstration", "strike", "rally"}},
	{centre.EventForceMovement, []string{"troop movement", "force movement", "deployment", "mobilisation", "mobilization"}},
	{centre.EventDisplacement, []string{"displacement", "displaced", "evacuation", "eviction", "refugees"}},
	{centre.EventHealth, []string{"epidemic", "outbreak", "cholera", "disease", "health"}},
	{centre.EventHazard, []string{"flood", "floods", "earthquake", "storm", "cyclone", "drought", "wildfire", "fire", "landslide", "volcano", "tsunami", "natural disaster", "cold wave", "heat wave", "avalanche"}},
	{centre.EventAidMovement, []string{"aid delivery", "convoy", "distribution", "humanitarian aid"}},
	{centre.EventCrimePiracy, []string{"piracy", "robbery", "theft", "looting", "crime", "smuggling"}},
	{centre.EventAccident, []string{"accident", "near miss", "collision", "crash"}},
	{centre.EventAgreement, []string{"agreement", "treaty", "accord"}},
	{centre.EventStatement, []string{"statement", "declaration"}},
}

// categoryOfWords finds the category of a type in words, else of a title: by
// ACLED's names, by our own, and by the words above.
func categoryOfWords(texts ...string) centre.EventCategory {
	for _, t := range texts {
		t = strings.ToLower(strings.Join(strings.Fields(t), " "))
		if t == "" {
			continue
		}
		if own := centre.EventCategory(strings.ReplaceAll(t, " ", "_")); slices.Contains(centre.EventCategories, own) {
			return own
		}
		if c, known := acledCategories[t]; known {
			return c
		}
		padded := " " + strings.Map(func(r rune) rune {
			if strings.ContainsRune(".,;:/()[]\"'_", r) {
				return ' '
			}
			return r
		}, t) + " "
		for _, c := range categoryWords {
			for _, w := range c.words {
				if strings.Contains(padded, " "+w+" ") {
					return c.category
				}
			}
		}
	}
	return centre.EventOther
}
