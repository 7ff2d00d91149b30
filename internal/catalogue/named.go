package catalogue

import (
	"strings"
	"sync"

	"entente/internal/centre"
)

// editions are the words behind a name that say which edition it is.
var editions = []string{"English", "Arabic", "Persian", "Russian", "Kurdish", "Turkish", "French", "News Agency", "News", "Agency"}

// named lists outlets by lower-case name, in English and their own language, with
// and without the words that tell an edition.
var named = sync.OnceValue(func() map[string]Outlet {
	byName := map[string]Outlet{}
	add := func(name string, o Outlet) {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := byName[name]; !twice && name != "" {
			byName[name] = o
		}
	}
	for _, o := range All() {
		add(o.Name, o)
		add(o.Native, o)
	}
	for _, o := range All() {
		add(plain(strings.ToLower(o.Native)), o)
		name := o.Name
		for again := true; again; {
			again = false
			for _, edition := range editions {
				if rest, ok := strings.CutSuffix(name, " "+edition); ok {
					name, again = rest, true
					add(name, o)
				}
			}
		}
	}
	return byName
})

// Named finds the outlet that a text names: "TASS", "شفق نيوز". ok is false where
// the catalogue does not know it. It is safe for concurrent use.
func Named(name string) (o Outlet, ok bool) {
	name = strings.ToLower(strings.Join(strings.Fields(name), " "))
	if o, ok = named()[name]; !ok {
		o, ok = named()[plain(name)]
	}
	return o, ok
}

// What stands before and behind the names of outlets to say what they are.
var (
	leads  = []string{"the ", "агентство ", "информагентство ", "телеканал ", "газета ", "وكالة أنباء ", "وكالة ", "قناة ", "صحيفة ", "خبرگزاری ", "شبکه ", "روزنامه "}
	trails = []string{" news agency", " agency", " newspaper", " television", " channel"}
)

// plain leaves off a lower-case name what says that it is one of an outlet.
func plain(name string) string {
	for _, lead := range leads {
		name = strings.TrimPrefix(name, lead)
	}
	for _, trail := range trails {
		name = strings.TrimSuffix(name, trail)
	}
	return strings.Trim(name, "«»“”\"")
}

// State is the state that owns the outlet, ISO 3166-1 alpha-3; "" for none.
func (o Outlet) State() string {
	if o.Ownership == centre.OwnedByState {
		return o.Country
	}
	return ""
}
