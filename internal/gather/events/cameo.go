package events

import (
	_ "embed"
	"strings"
	"sync"

	"entente/internal/centre"
)

//go:embed cameo.tsv
var cameoTable string

// action is what a CAMEO event code means here.
type action struct {
	category centre.EventCategory
	label    string
}

// cameo reads cameo.tsv once; the map is never written afterwards.
var cameo = sync.OnceValue(func() map[string]action {
	actions := map[string]action{}
	for line := range strings.Lines(cameoTable) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if !strings.HasPrefix(line, "#") && len(f) == 3 {
			actions[f[0]] = action{centre.EventCategory(f[1]), f[2]}
		}
	}
	return actions
})

// actionOf gives the meaning of an event code, or of its base or root where the
// table knows no more. A code that is none is "other".
func actionOf(actions map[string]action, code string) action {
	for n := min(len(code), 4); n >= 2; n-- {
		if a, known := actions[code[:n]]; known {
			return a
		}
	}
	return action{centre.EventOther, "Event"}
}
