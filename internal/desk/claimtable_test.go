package desk

import (
	"slices"
	"testing"

	"entente/internal/centre"
)

// Whoever is against a contested claim must stand beside it, however many speak on
// other claims.
func TestWhoDeniesAContestedClaimStandsFirstInTheTable(t *testing.T) {
	speaker := func(name string, stances ...centre.Stance) centre.ClaimSpeaker {
		return centre.ClaimSpeaker{Key: name, Name: name, Stances: stances, Statements: 7}
	}
	claims := []centre.Claim{
		{Judgement: centre.Judgement{Status: centre.ClaimContested}, Speakers: []centre.ClaimSpeaker{speaker("channel", centre.StanceAssert), speaker("spokesman", centre.StanceDeny)}},
		{Judgement: centre.Judgement{Status: centre.ClaimUnverified}, Speakers: []centre.ClaimSpeaker{speaker("agency", centre.StanceAssert), speaker("minister", centre.StanceDeny)}},
		{Judgement: centre.Judgement{Status: centre.ClaimUnverified}, Speakers: []centre.ClaimSpeaker{speaker("agency", centre.StanceAssert)}},
	}
	var got []string
	for _, s := range columns(claims) {
		got = append(got, s.Name)
		if want := map[string]int{"agency": 2}[s.Name]; want > 0 && s.Statements != want {
			t.Errorf("%s speaks on %d claims, want %d", s.Name, s.Statements, want)
		}
	}
	if want := []string{"spokesman", "channel", "agency", "minister"}; !slices.Equal(got, want) {
		t.Errorf("columns %q, want %q", got, want)
	}
}
