package entity

import (
	"slices"
	"strings"

	"entente/internal/entities"
)

// Title is what somebody may be, as Mention.Role writes it, and what that is
// called.
type Title struct {
	Role  string            // in English: "foreign minister"
	Names map[string]string // by language, without those that have no name for it
}

// Titles lists the titles that the step reads, by the first form that each
// language has for them.
func Titles() []Title {
	var list []Title
	for row := range strings.Lines(rolesTable) {
		row = strings.TrimRight(row, "\n")
		if row == "" || row[0] == '#' {
			continue
		}
		columns := strings.Split(row, "\t")
		t := Title{columns[0], map[string]string{"en": columns[0]}}
		for i, language := range entities.Languages {
			if language != "en" && i+1 < len(columns) && columns[i+1] != "" {
				name, _, _ := strings.Cut(columns[i+1], "|")
				t.Names[language] = strings.TrimPrefix(name, "=")
			}
		}
		if !slices.ContainsFunc(list, func(o Title) bool { return o.Role == t.Role }) {
			list = append(list, t)
		}
	}
	return list
}
