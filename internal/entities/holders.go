package entities

import (
	_ "embed" // the table
	"fmt"
	"strings"
	"sync"
)

//go:embed data/holders.tsv
var holdersTable string

// Holder is a person in a public office of a state, as far as texts leave it out:
// "the spokesman Dmitry Peskov" says no country. Nobody is known by a name alone.
type Holder struct {
	Country string      // ISO 3166-1 alpha-3
	Role    string      // in English, as mentions of persons write it: "spokesperson"
	Names   [4][]string // by Languages
	Source  string      // where it is known from
}

// Holders gives the table, in its order. It is shared: nobody may write to it.
func Holders() []Holder { return holders() }

var holders = sync.OnceValue(func() []Holder {
	list, err := readHolders(holdersTable)
	if err != nil {
		panic("the embedded holders of offices cannot be read: " + err.Error()) // a test reads them
	}
	return list
})

func readHolders(table string) ([]Holder, error) {
	var all []Holder
	err := rows(table, 7, func(c []string) error {
		source, ok := sources[c[6]]
		if !ok {
			return fmt.Errorf("%s: %q is no source", c[2], c[6])
		}
		h := Holder{Country: c[0], Role: c[1], Source: source}
		for l := range Languages {
			h.Names[l] = list(c[2+l])
		}
		all = append(all, h)
		return nil
	})
	return all, err
}

// holdersByName are those of the table by the keys of their full names.
var holdersByName = sync.OnceValue(func() map[string][]*Holder {
	byName := map[string][]*Holder{}
	for i := range Holders() {
		h := &Holders()[i]
		for _, names := range h.Names {
			for _, name := range names {
				key := Key(name)
				byName[key] = append(byName[key], h)
			}
		}
	}
	return byName
})

// HolderCountry gives the country for which somebody speaks whose full name and
// role are those of a holder of a public office; "" where either is not, and for a
// name that is a single word.
func HolderCountry(name, role string) string {
	if role == "" {
		return ""
	}
	for _, h := range holdersByName()[Key(name)] {
		for part := range strings.SplitSeq(role, ", ") {
			if part == h.Role {
				return h.Country
			}
		}
	}
	return ""
}
