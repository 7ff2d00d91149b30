package query

import (
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/identity"
)

// Named matches reports that name a person, or with Body a body, each word of
// whose name sounds like one of Name's, in any script (DOMAIN.md section 7: for
// retrieval alone). IDs are known bodies of that name, which match under all
// their names; ResolveBodies fills them in.
type Named struct {
	Name string
	Body bool
	IDs  []string
}

// Entity matches reports that name an entity, whatever they call it.
type Entity struct{ ID centre.ID }

func (Named) node()  {}
func (Entity) node() {}

func readPerson(v value, _ *time.Location) (Node, error) {
	name := strings.Join(strings.FieldsFunc(v.text, space), " ")
	if len(identity.ParseName(name).Words) == 0 {
		return nil, v.fail(`the name of a person, such as peskov or "Sergei Lavrov"`)
	}
	return Named{Name: name}, nil
}

func readBody(v value, _ *time.Location) (Node, error) {
	name := strings.Join(strings.FieldsFunc(v.text, space), " ")
	if len(identity.ParseName(name).Words) == 0 {
		return nil, v.fail(`the name of a body, such as daesh or "Red Crescent"`)
	}
	return Named{Name: name, Body: true}, nil
}

func readEntity(v value, _ *time.Location) (Node, error) {
	id, err := centre.ParseID(strings.ToLower(strings.TrimSpace(v.text)))
	if err != nil || id == 0 {
		return nil, v.fail("the id of a person or body, which has 13 characters")
	}
	return Entity{ID: id}, nil
}

// ResolveBodies gives the tree with the ids of the known bodies that lookup has
// for the names after org:.
func ResolveBodies(n Node, lookup func(name string) (ids []string)) Node {
	switch n := n.(type) {
	case And:
		all := make(And, len(n))
		for i := range n {
			all[i] = ResolveBodies(n[i], lookup)
		}
		return all
	case Or:
		all := make(Or, len(n))
		for i := range n {
			all[i] = ResolveBodies(n[i], lookup)
		}
		return all
	case Not:
		return Not{ResolveBodies(n.Node, lookup)}
	case Named:
		if n.Body {
			n.IDs = lookup(n.Name)
		}
		return n
	}
	return n
}

// NameKeys gives the keys by which a report is found that has the mentions:
// sounds of the words of people's names and of those of bodies, and the ids of
// known bodies. The store's index keeps them.
func NameKeys(mentions []centre.Mention) (people, bodies, known []string) {
	seen := map[string]bool{}
	for i := range mentions {
		m := &mentions[i]
		person := m.Kind == centre.MentionPerson
		if !person && m.Kind != centre.MentionOrganisation && m.Kind != centre.MentionGroup && m.Kind != centre.MentionFacility {
			continue
		}
		if !person && m.Entity != "" && m.Entity[0] != '#' && !slices.Contains(known, m.Entity) {
			known = append(known, m.Entity)
		}
		if m.Form != "" || seen[string(m.Kind)+m.Text] || len(seen) >= maxNamed {
			continue
		}
		seen[string(m.Kind)+m.Text] = true
		for _, w := range identity.ParseName(m.Text).Words {
			for _, k := range w.Keys {
				if person && !slices.Contains(people, k) {
					people = append(people, k)
				} else if !person && !slices.Contains(bodies, k) {
					bodies = append(bodies, k)
				}
			}
		}
	}
	return people, bodies, known
}

// maxNamed is how many distinct names of one report are found by their sound.
const maxNamed = 500

// Wanted gives the alternatives for each word that is looked for: a report
// matches where it has one key of each list.
func (n Named) Wanted() [][]string {
	var all [][]string
	for _, w := range identity.ParseName(n.Name).Words {
		if len(w.Keys) > 0 {
			all = append(all, w.Keys)
		}
	}
	return all
}

func compileNamed(n Named) func(*Subject) bool {
	wanted := n.Wanted()
	return func(s *Subject) bool {
		people, bodies, known := s.nameKeys()
		keys := people
		if n.Body {
			keys = bodies
			if slices.ContainsFunc(n.IDs, func(id string) bool { return slices.Contains(known, id) }) {
				return true
			}
		}
		for _, any := range wanted {
			if !slices.ContainsFunc(any, func(k string) bool { return slices.Contains(keys, k) }) {
				return false
			}
		}
		return len(wanted) > 0
	}
}

// nameKeys are made at the first query that asks.
func (s *Subject) nameKeys() (people, bodies, known []string) {
	s.named.Do(func() { s.people, s.bodies, s.known = NameKeys(s.report.Mentions) })
	return s.people, s.bodies, s.known
}

// Merged tells the subject which entities stand for others (store.EntityDecision), so
// that Entity finds the report under the id of one that was merged, too. It must be called
// before the subject is matched.
func (s *Subject) Merged(into map[centre.ID]centre.ID) *Subject {
	s.merged = into
	return s
}

func (s *Subject) means(id centre.ID) bool {
	if head, ok := s.merged[id]; ok {
		id = head
	}
	return id != 0 && slices.ContainsFunc(s.report.Mentions, func(m centre.Mention) bool { return m.Identity == id })
}
