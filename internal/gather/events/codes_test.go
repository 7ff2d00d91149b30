package events_test

import (
	"slices"
	"testing"

	"golang.org/x/text/language"

	"entente/internal/centre"
	"entente/internal/gather/events"
)

// Codes that are easy to take for another country's.
func TestCodesOfCountries(t *testing.T) {
	numeric, gw, fips, cameo := events.Lookup()
	for code, want := range map[string]string{
		"IZ": "IRQ", "IR": "IRN", "SY": "SYR", "RS": "RUS", "RI": "SRB", "TU": "TUR", "TX": "TKM", "IS": "ISR", "IC": "ISL", "EI": "IRL",
		"GZ": "PSE", "WE": "PSE", "LE": "LBN", "JO": "JOR", "SA": "SAU", "UP": "UKR", "UK": "GBR", "GM": "DEU", "GA": "GMB", "GB": "GAB",
		"CH": "CHN", "SZ": "CHE", "AU": "AUT", "AS": "AUS", "KS": "KOR", "KN": "PRK", "YM": "YEM", "OD": "SSD", "SU": "SDN", "KV": "XKX",
		"NI": "NGA", "NG": "NER", "NU": "NIC", "CI": "CHL", "IV": "CIV", "DA": "DNK", "DR": "DOM", "DO": "DMA", "MU": "OMN", "MP": "MUS", "BA": "BHR",
		"BF": "BHS", "UV": "BFA", "OS": "", "PG": "", "NT": "", "XX": "",
	} {
		if fips[code] != want {
			t.Errorf("FIPS %s is %q, want %q", code, fips[code], want)
		}
	}
	for code, want := range map[string]string{"TMP": "TLS", "ROM": "ROU", "MTN": "MNE", "IMY": "IMN", "WSB": "PSE", "GZS": "PSE", "IRQ": "IRQ", "MEA": "", "AFR": "", "ANT": ""} {
		if cameo[code] != want {
			t.Errorf("CAMEO %s is %q, want %q", code, cameo[code], want)
		}
	}
	for code, want := range map[int]string{645: "IRQ", 652: "SYR", 630: "IRN", 365: "RUS", 640: "TUR", 678: "YEM", 626: "SSD", 345: "SRB", 2: "USA", 260: "DEU", 816: "VNM", 680: ""} {
		if gw[code] != want {
			t.Errorf("Gleditsch and Ward %d is %q, want %q", code, gw[code], want)
		}
	}
	for code, want := range map[int]string{368: "IRQ", 760: "SYR", 364: "IRN", 643: "RUS", 4: "AFG", 275: "PSE", 0: ""} {
		if numeric[code] != want {
			t.Errorf("ISO %d is %q, want %q", code, numeric[code], want)
		}
	}
	if len(numeric) < 248 || len(fips) < 250 || len(cameo) < 225 || len(gw) < 195 {
		t.Errorf("the lists are not whole: %d numeric, %d FIPS, %d CAMEO, %d Gleditsch and Ward", len(numeric), len(fips), len(cameo), len(gw))
	}
	for n, alpha3 := range numeric {
		if r, err := language.ParseRegion(alpha3); err != nil || r.M49() != n {
			t.Errorf("%d and %s are not of one country", n, alpha3)
		}
	}
}

// The mapping table of DOMAIN.md section 6, line by line.
func TestCategories(t *testing.T) {
	for code, want := range map[string]centre.EventCategory{
		"190": centre.EventArmedClash, "193": centre.EventArmedClash, "194": centre.EventRemoteStrike, "195": centre.EventRemoteStrike, "1951": centre.EventRemoteStrike,
		"183": centre.EventExplosiveHazard, "1831": centre.EventExplosiveHazard, "180": centre.EventAttackOnCivilians, "181": centre.EventAbduction,
		"141": centre.EventProtest, "145": centre.EventRiot, "1451": centre.EventRiot, "173": centre.EventArrestDetention, "172": centre.EventAccessDenial, "191": centre.EventAccessDenial,
		"150": centre.EventForceMovement, "154": centre.EventForceMovement, "030": centre.EventAgreement, "0314": centre.EventAgreement, "057": centre.EventAgreement,
		"064": centre.EventInfoSharing, "062": centre.EventJointActivity, "073": centre.EventAidMovement, "0871": centre.EventCeasefire, "080": centre.EventCeasefire,
		"010": centre.EventStatement, "020": centre.EventStatement, "042": centre.EventStatement, "111": centre.EventStatement, "138": centre.EventStatement,
		"090": centre.EventOther, "160": centre.EventOther, "176": centre.EventCyber, "": centre.EventOther, "9": centre.EventOther, "99": centre.EventOther,
	} {
		if got := events.CategoryOfCAMEO(code); got != want {
			t.Errorf("CAMEO %q is %s, want %s", code, got, want)
		}
	}
	roots := 0
	for code, category := range events.CAMEO() {
		if !slices.Contains(centre.EventCategories, category) {
			t.Errorf("CAMEO %s has the category %q, which is none", code, category)
		}
		if len(code) == 2 {
			roots++
		}
	}
	if roots != 20 {
		t.Errorf("%d roots of CAMEO, want 20", roots)
	}
	for _, c := range []struct {
		kind, sub string
		want      centre.EventCategory
	}{
		{"Battles", "Armed clash", centre.EventArmedClash},
		{"Explosions/Remote violence", "Remote explosive/landmine/IED", centre.EventExplosiveHazard},
		{"Explosions/Remote violence", "Air/drone strike", centre.EventRemoteStrike},
		{"Violence against civilians", "Abduction/forced disappearance", centre.EventAbduction},
		{"Violence against civilians", "Attack", centre.EventAttackOnCivilians},
		{"Protests", "Peaceful protest", centre.EventProtest},
		{"Riots", "Mob violence", centre.EventRiot},
		{"Strategic developments", "Arrests", centre.EventArrestDetention},
		{"Strategic developments", "Headquarters or base established", centre.EventForceMovement},
		{"Strategic developments", "Agreement", centre.EventAgreement},
		{"Strategic developments", "Non-violent transfer of territory", centre.EventCeasefire},
		{"Strategic developments", "Other", centre.EventOther},
		{"Riots", "a sub-type of tomorrow", centre.EventRiot},
		{"a type of tomorrow", "", centre.EventOther},
	} {
		if got := events.CategoryOfACLED(c.kind, c.sub); got != c.want {
			t.Errorf("ACLED %s/%s is %s, want %s", c.kind, c.sub, got, c.want)
		}
	}
	for words, want := range map[string]centre.EventCategory{
		"armed_clash": centre.EventArmedClash, "Air strike on a town": centre.EventRemoteStrike, "IED/UXO": centre.EventExplosiveHazard,
		"Flash Flood": centre.EventHazard, "Floods": centre.EventHazard, "Attack on health": centre.EventProtectedSite, "undermined": centre.EventOther, "": centre.EventOther,
	} {
		if got := events.CategoryOfWords(words); got != want {
			t.Errorf("%q is %s, want %s", words, got, want)
		}
	}
}
