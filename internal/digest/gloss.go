package digest

import (
	"cmp"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/entities"
)

// Term is a name in a text, and what it is in the reader's language.
type Term struct {
	Kind    centre.MentionKind `json:"kind"`
	Text    string             `json:"text"`    // as the text first writes it
	Name    string             `json:"name"`    // in the language asked for; "" where it is not known in that
	Role    string             `json:"role"`    // of a person, in English, as Mention.Role
	Country string             `json:"country"` // ISO 3166-1 alpha-3; "" where unknown
	Count   int                `json:"count"`   // how often the text names it
	Start   int                `json:"start"`   // of the first naming, code points into Content.Text
	End     int                `json:"end"`
}

// Names gives the name of an entity in a language, or "".
type Names func(entity, language string) string

// Known gives the names of the public bodies that the program knows.
func Known(entity, language string) string {
	e, ok := entities.Default().ByID(entity)
	if !ok {
		return ""
	}
	if i := slices.Index(entities.Languages[:], base(language)); i >= 0 && len(e.Names[i]) > 0 {
		return e.Names[i][0]
	}
	return ""
}

// Glossary gives the places, persons and bodies that a text names, the most
// often named first, each once, with the name that each has in language. names
// is asked for what is no place; the first that has an answer gives it.
func Glossary(mentions []centre.Mention, language string, names ...Names) []Term {
	terms, at := []Term{}, map[string]int{}
	for _, m := range mentions {
		if m.Kind == centre.MentionTime {
			continue
		}
		key := string(m.Kind) + "\n" + cmp.Or(m.Entity, strings.ToLower(m.Text))
		if m.Place != nil {
			key = "place\n" + m.Place.ID
		}
		if i, known := at[key]; known {
			t := &terms[i]
			t.Count++
			t.Role, t.Country = cmp.Or(t.Role, m.Role), cmp.Or(t.Country, m.Country)
			continue
		}
		at[key] = len(terms)
		t := Term{Kind: m.Kind, Text: m.Text, Role: m.Role, Country: m.Country, Count: 1, Start: m.Start, End: m.End}
		switch {
		case m.Place != nil:
			t.Name, t.Country = placeName(m.Place, language), m.Place.Country
		case m.Entity != "" && m.Entity[0] != '#':
			for _, name := range names {
				if t.Name = name(m.Entity, language); t.Name != "" {
					break
				}
			}
		}
		terms = append(terms, t)
	}
	slices.SortStableFunc(terms, func(a, b Term) int { return cmp.Compare(b.Count, a.Count) })
	return terms
}

func placeName(p *centre.Place, language string) string {
	if name := p.Names[base(language)]; name != "" {
		return name
	}
	if base(language) == "en" {
		return p.Name
	}
	return ""
}

// base is the language of a BCP 47 tag.
func base(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return language
}
