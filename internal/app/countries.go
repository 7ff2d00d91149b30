package app

import (
	"strings"
	"sync"

	"entente/internal/centre"
	"entente/internal/entities"
)

// countries tells for which country an agent speaks whose text says it only in
// passing: by the public body that it is, by its role ("Kremlin spokesman"), or by
// how an agent without a name is described ("Russian news agencies"), or by a name
// and a role that are both those of a holder of a public office. Whom a bare name
// belongs to it does not guess. Safe for concurrent use.
type countries struct {
	set      *entities.Set
	phrases  map[string]string // " key of a name or adjective " → country
	prefixes map[string]string // the same for the beginnings of Russian and Arabic adjectives

	mu    sync.Mutex
	known map[string]string // by description
}

// maxDescriptions bounds what is remembered; when it is full it begins anew.
const maxDescriptions = 20_000

func newCountries(set *entities.Set) *countries {
	c := &countries{set: set, phrases: map[string]string{}, prefixes: map[string]string{}, known: map[string]string{}}
	for _, state := range set.Countries() {
		for _, list := range [][]string{state.Names, state.Adjective, state.Arabic, state.Nisba, state.Persian, state.Russian, state.Genitive} {
			for _, name := range list {
				c.phrases[entities.Key(name)] = state.Code
			}
		}
		for _, list := range [][]string{state.Nisba, state.Stem} {
			for _, name := range list {
				if key := entities.Key(name); len([]rune(key)) >= 4 {
					c.prefixes[key] = state.Code
				}
			}
		}
	}
	return c
}

// elsewhere are the words after which a country is one that somebody is sent to.
var elsewhere = map[string]bool{"to": true, "for": true, "in": true, "on": true, "at": true, "against": true, "near": true,
	"в": true, "во": true, "по": true, "на": true, "при": true, "إلى": true, "في": true, "لدى": true, "در": true, "به": true, "برای": true}

// of implements corroborate.Knowledge.Country.
func (c *countries) of(a centre.Agent) string {
	if e, ok := c.set.ByID(a.Entity); ok && e.Country != "" {
		return e.Country
	}
	if country := entities.HolderCountry(a.Name, a.Role); country != "" {
		return country
	}
	text := a.Role
	switch a.Kind {
	case centre.AgentAgency, centre.AgentAnonymous, centre.AgentCollective, centre.AgentDocument:
		text += "\n" + a.Name
	}
	if strings.TrimSpace(text) == "" {
		return ""
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	country, ok := c.known[text]
	if !ok {
		if len(c.known) >= maxDescriptions {
			clear(c.known)
		}
		country = c.described(text)
		c.known[text] = country
	}
	return country
}

// described reads a description: the one country that it names or whose bodies it
// names; "" where it names none or several.
func (c *countries) described(text string) string {
	found := map[string]bool{}
	for _, f := range c.set.Scan(text) {
		if len(f.Entities) == 1 {
			found[f.Entities[0].Country] = true // "" of the United Nations, which is no state's
		}
	}
	// "Pro-Russian" and "Russian-backed" are not Russian, and the envoy for Syria is
	// not Syria's.
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == ',' || r == '’' || r == '\'' })
	for i := range words {
		if strings.Contains(words[i], "-") || i > 0 && elsewhere[strings.ToLower(words[i-1])] {
			continue
		}
		for n := 1; n <= 3 && i+n <= len(words); n++ {
			key := entities.Key(strings.Join(words[i:i+n], " "))
			if code := c.phrases[key]; code != "" {
				found[code] = true
			}
			if n > 1 {
				continue
			}
			for beginning, code := range c.prefixes {
				if strings.HasPrefix(key, beginning) {
					found[code] = true
				}
			}
		}
	}
	if len(found) != 1 {
		return ""
	}
	for code := range found {
		return code
	}
	return ""
}
