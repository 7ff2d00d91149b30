package sqlstore

import (
	"fmt"
	"slices"
	"testing"

	"entente/internal/centre"
	"entente/internal/corroborate"
)

// Twenty who repeat a claim do not hide the one who denies it, nor does the one
// whose denial is an assertion that it is not so.
func TestSpeakersOfAClaim(t *testing.T) {
	know := corroborate.Knowledge{Key: func(a centre.Agent) string { return a.Name }}
	said := func(name string, stance centre.Stance, negated bool) heldStatement {
		return heldStatement{ClaimStatement: centre.ClaimStatement{Statement: centre.Statement{Speaker: centre.Agent{Name: name}, Stance: stance, Negated: negated}}}
	}
	held := []heldStatement{said("Minister", centre.StanceAssert, true)}
	for i := range 20 {
		name := fmt.Sprint("Outlet ", i)
		held = append(held, said(name, centre.StanceAssert, false), said(name, centre.StanceAssert, false))
	}
	list := speakersOf(held, false, know)
	at := slices.IndexFunc(list, func(s centre.ClaimSpeaker) bool { return s.Name == "Minister" })
	if len(list) != maxSpeakers || at != 1 || !slices.Equal(list[1].Stances, []centre.Stance{centre.StanceDeny}) {
		t.Errorf("%d speakers, the minister at %d: %+v", len(list), at, list)
	}
	// Of a claim that says it is not so, the same minister is the one who asserts it.
	if list = speakersOf(held, true, know); list[1].Name != "Minister" || !slices.Equal(list[1].Stances, []centre.Stance{centre.StanceAssert}) || list[0].Stances[0] != centre.StanceDeny {
		t.Errorf("of the negation: %+v", list[:2])
	}
}
