package query

import (
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/echo"
	"entente/internal/lexis"
)

// SpeakersAlike tells whether two agents whose names are written otherwise may be one all
// the same: the last words of their names have one skeleton, and so have the first
// where both have one. "Michel Aoun" and "ميشال عون", whose last word has one
// consonant alone, are; two bodies that end with "Ministry" are not.
func SpeakersAlike(a, b centre.Agent) bool {
	if a.Kind == centre.AgentDocument || b.Kind == centre.AgentDocument || known(a) && known(b) {
		return false
	}
	x, y := strings.Fields(lexis.Normalise(a.Name)), strings.Fields(lexis.Normalise(b.Name))
	if len(x) == 0 || len(y) == 0 || !spelledAlike(x[len(x)-1], y[len(y)-1]) {
		return false
	}
	if len(x) == 1 || len(y) == 1 {
		// A last name alone: of a person, and long enough to tell one from another.
		return (a.Role != "" || b.Role != "") && len(echo.Skeleton(x[len(x)-1])) >= 2
	}
	return spelledAlike(x[0], y[0]) && len(echo.Skeleton(x[0]+x[len(x)-1])) >= 3
}

func known(a centre.Agent) bool { return a.Entity != "" && a.Entity[0] != '#' }

// spelledAlike tells whether two words of names are one, or one in two scripts:
// Russian writes an H at the beginning as х and a J as дж.
func spelledAlike(a, b string) bool {
	if a == b {
		return true
	}
	x, y := readings(a), readings(b)
	return slices.ContainsFunc(x, func(s string) bool { return s != "" && slices.Contains(y, s) })
}

// readings are the skeletons that a word may have.
func readings(word string) []string {
	word = strings.ReplaceAll(word, "дж", "ж")
	all := []string{echo.Skeleton(word)}
	if rest, ok := strings.CutPrefix(word, "х"); ok {
		all = append(all, echo.Skeleton(rest))
	}
	return all
}
