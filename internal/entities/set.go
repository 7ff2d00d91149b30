package entities

import (
	"bufio"
	_ "embed" // the tables
	"fmt"
	"strings"
	"sync"

	"entente/internal/centre"
)

// Kind says what an entity is.
type Kind string

// The kinds of entities.
const (
	Organisation Kind = "organisation"
	ArmedGroup   Kind = "armed_group"   // fights outside the forces of a state
	MilitaryUnit Kind = "military_unit" // of the forces of a state
	Government   Kind = "government"    // ministry, agency, parliament, court
	Outlet       Kind = "outlet"        // publishes news
	Party        Kind = "party"
	IGO          Kind = "igo" // international organisation of states
	NGO          Kind = "ngo"
	Company      Kind = "company"
	Facility     Kind = "facility"
	Office       Kind = "office" // what one person at a time holds
)

var kinds = map[Kind]bool{Organisation: true, ArmedGroup: true, MilitaryUnit: true, Government: true, Outlet: true,
	Party: true, IGO: true, NGO: true, Company: true, Facility: true, Office: true}

// Mention is the kind under which a text's mention of such an entity goes.
func (k Kind) Mention() centre.MentionKind {
	switch k {
	case ArmedGroup:
		return centre.MentionGroup
	case Facility:
		return centre.MentionFacility
	}
	return centre.MentionOrganisation
}

// Languages are those in which entities are named, in the order of Entity.Names.
var Languages = [...]string{"en", "ar", "fa", "ru"}

// Entity is something public that acts or is spoken of under a name.
type Entity struct {
	ID      string      // lower-case letters, digits and hyphens; never changes its meaning
	Kind    Kind        // one of the kinds above
	Country string      // ISO 3166-1 alpha-3; "" where it belongs to no single state
	Parent  string      // id of the entity that it is part of; "" for none
	Names   [4][]string // by Languages; the first of each is the one to show
	Source  string      // where the names are known from
}

// Name gives the entity's name in a language, else in English, else its first.
func (e *Entity) Name(language string) string {
	for i, l := range Languages {
		if l == language && len(e.Names[i]) > 0 {
			return e.Names[i][0]
		}
	}
	for _, names := range e.Names {
		if len(names) > 0 {
			return names[0]
		}
	}
	return ""
}

// Country is a state with the forms of its name that phrases are made of.
type Country struct {
	Code      string   // ISO 3166-1 alpha-3
	Flags     string   // p: has a president, m: a prime minister, k: a monarch, x: a supreme court of that name is not known
	Names     []string // en: Iraq
	Adjective []string // en: Iraqi
	Arabic    []string // العراق
	Nisba     []string // ar, masculine with the article: العراقي
	Persian   []string // عراق
	Russian   []string // Ирак
	Genitive  []string // ru: Ирака
	Stem      []string // ru, of the adjective: иракск
}

// Set is a collection of entities with an index of their names.
type Set struct {
	all       []Entity
	byID      map[string]int
	byKey     map[string][]int
	byLoose   map[string][]int
	countries []Country
	lexicon   *Lexicon
}

//go:embed data/entities.tsv
var entitiesTable string

//go:embed data/countries.tsv
var countriesTable string

//go:embed data/offices.tsv
var officesTable string

// Default gives the set that is part of the program; it is read at the first call.
func Default() *Set { return defaultSet() }

var defaultSet = sync.OnceValue(func() *Set {
	s, err := parse(entitiesTable, countriesTable, officesTable)
	if err != nil {
		panic("the embedded entities cannot be read: " + err.Error()) // a test reads them
	}
	return s
})

// Len is the number of entities.
func (s *Set) Len() int { return len(s.all) }

// At gives entity i in [0, Len()). It is shared: nobody may write to it.
func (s *Set) At(i int) *Entity { return &s.all[i] }

// ByID gives the entity with an id.
func (s *Set) ByID(id string) (*Entity, bool) {
	i, ok := s.byID[id]
	if !ok {
		return nil, false
	}
	return &s.all[i], true
}

// Countries gives the states, in the order of the table. They are shared.
func (s *Set) Countries() []Country { return s.countries }

// Find gives the entities that have a name with this key (see Key); where none
// has, those whose name sounds alike in Latin letters (see Loose). What it
// gives is for retrieval: the same key does not make the same entity.
func (s *Set) Find(key string) []Entity {
	found := s.byKey[key]
	if len(found) == 0 {
		found = s.byLoose[Loose(key)]
	}
	out := make([]Entity, len(found))
	for i, n := range found {
		out[i] = s.all[n]
	}
	return out
}

// rows calls give with the cells of every line of a table that is not empty or a comment.
func rows(table string, cells int, give func(cell []string) error) error {
	lines := bufio.NewScanner(strings.NewReader(table))
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		cell := strings.Split(line, "\t")
		if len(cell) != cells {
			return fmt.Errorf("line %d has %d cells instead of %d: %s", n, len(cell), cells, line)
		}
		if err := give(cell); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return lines.Err()
}

func parse(entities, countries, offices string) (*Set, error) {
	s := &Set{byID: map[string]int{}, byKey: map[string][]int{}, byLoose: map[string][]int{}}
	err := rows(countries, 10, func(c []string) error {
		s.countries = append(s.countries, Country{c[0], c[1], list(c[2]), list(c[3]), list(c[4]), list(c[5]), list(c[6]), list(c[7]), list(c[8]), list(c[9])})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("countries: %w", err)
	}
	err = rows(offices, 8, func(c []string) error {
		for i := range s.countries {
			if e, ok := officeOf(c, &s.countries[i]); ok {
				s.add(e)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("offices: %w", err)
	}
	err = rows(entities, 9, func(c []string) error {
		source, ok := sources[c[8]]
		if !ok {
			return fmt.Errorf("%s: %q is no source", c[0], c[8])
		}
		e := Entity{ID: c[0], Kind: Kind(c[1]), Country: c[2], Parent: c[3], Source: source}
		for l := range Languages {
			e.Names[l] = list(c[4+l])
		}
		if !kinds[e.Kind] {
			return fmt.Errorf("%s: %q is no kind", e.ID, e.Kind)
		}
		if _, ok := s.byID[e.ID]; ok {
			return fmt.Errorf("%s is there already", e.ID)
		}
		s.add(e)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("entities: %w", err)
	}
	s.index()
	return s, nil
}

// sources are the notes that the tables abbreviate.
var sources = map[string]string{
	"own": "the names that it uses itself, on its own site or seal",
	"un":  "names in documents of the United Nations in their languages",
	"pub": "public knowledge: the names that news in these languages use",
}

// add adds an entity. A "+" before the id of an entity adds names to an office
// that the patterns have made.
func (s *Set) add(e Entity) {
	if id, more := strings.CutPrefix(e.ID, "+"); more {
		if i, ok := s.byID[id]; ok {
			for l := range Languages {
				s.all[i].Names[l] = append(s.all[i].Names[l], e.Names[l]...)
			}
			return
		}
		e.ID = id
	}
	s.byID[e.ID] = len(s.all)
	s.all = append(s.all, e)
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// index makes the indexes of names.
func (s *Set) index() {
	s.lexicon = NewLexicon()
	for i := range s.all {
		for _, names := range s.all[i].Names {
			for _, name := range names {
				key := Key(name)
				s.byKey[key] = appendOnce(s.byKey[key], i)
				loose := Loose(key)
				s.byLoose[loose] = appendOnce(s.byLoose[loose], i)
				s.lexicon.Add(name, int32(i))
			}
		}
	}
}

func appendOnce(list []int, n int) []int {
	for _, have := range list {
		if have == n {
			return list
		}
	}
	return append(list, n)
}

// officeOf makes a country's office from a pattern: slug, kind, slug of the
// parent, flags of which the country must have one ("" for any), and names in
// the four languages.
func officeOf(c []string, country *Country) (Entity, bool) {
	if c[3] != "" && !strings.ContainsAny(country.Flags, c[3]) {
		return Entity{}, false
	}
	id := strings.ToLower(country.Code) + "-"
	e := Entity{ID: id + c[0], Kind: Kind(c[1]), Country: country.Code, Source: "pattern of such offices' names over the names of the state; " + sources["pub"]}
	if c[2] != "" {
		e.Parent = id + c[2]
	}
	for l := range Languages {
		for _, pattern := range list(c[4+l]) {
			e.Names[l] = append(e.Names[l], country.fill(pattern)...)
		}
	}
	return e, true
}

// fill replaces the one placeholder of a pattern by each form that it stands for.
func (c *Country) fill(pattern string) []string {
	open, end := strings.IndexByte(pattern, '{'), strings.IndexByte(pattern, '}')
	if open < 0 || end < open {
		return nil
	}
	var forms []string
	suffix := ""
	switch pattern[open+1 : end] {
	case "N":
		forms = c.Names
	case "A":
		forms = c.Adjective
	case "ar":
		forms = c.Arabic
	case "M": // Arabic adjective, masculine
		forms = c.Nisba
	case "F": // feminine
		forms, suffix = c.Nisba, "ة"
	case "fa":
		forms = c.Persian
	case "G":
		forms = c.Genitive
	case "S":
		forms = c.Stem
	}
	out := make([]string, 0, len(forms))
	for _, f := range forms {
		out = append(out, pattern[:open]+f+suffix+pattern[end+1:])
	}
	return out
}

// Lexicon gives the index of all names for running text; its values are those
// that At takes.
func (s *Set) Lexicon() *Lexicon { return s.lexicon }
