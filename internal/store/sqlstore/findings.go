package sqlstore

import (
	"encoding/json"
	"fmt"
	"slices"

	"entente/internal/centre"
)

// writeFindings gives the JSON that a version keeps of its findings.
func writeFindings(f centre.Findings) (string, error) {
	if len(f.LanguageWhy)+len(f.Stretches)+len(f.Parts)+len(f.EventMentions)+len(f.Statements) == 0 {
		return "{}", nil
	}
	text, err := json.Marshal(f)
	return clean(string(text)), err
}

// readFindings reads what writeFindings wrote. Lists are never nil.
func readFindings(text string) (f centre.Findings, err error) {
	if text != "{}" {
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			return f, fmt.Errorf("stored findings cannot be read: %w", err)
		}
	}
	f.LanguageWhy, f.Stretches, f.Parts = orNone(f.LanguageWhy), orNone(f.Stretches), orNone(f.Parts)
	f.EventMentions, f.Statements = orNone(f.EventMentions), orNone(f.Statements)
	return f, nil
}

// happened gives the distinct categories of what a text tells as having
// happened.
func happened(events []centre.EventMention) (all []centre.EventCategory) {
	for i := range events {
		if e := &events[i]; e.Reality == centre.RealityActual && !slices.Contains(all, e.Category) {
			all = append(all, e.Category)
		}
	}
	return all
}

// orNone is a list that is not nil.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
