// Package catalogue is the list of public sources that ships with the program:
// outlets, agencies, fact checkers and alert services on the region, with whom
// they belong to. A person ticks from it what the centre shall read; nothing is
// fetched before.
//
// The list is data, outlets.csv, one address a line: name, name in its own
// language, web site, address, kind of connector, BCP 47 language, ISO 3166-1
// alpha-3 country, kind of owner (centre.Ownership), owner, publisher family,
// topic (news, agency, alerts, humanitarian, official, analysis, factcheck).
// Ownership is what the outlets and public registers say of themselves, and a
// starting value: a member corrects it for its own sources. Corroboration counts
// publisher families, so that what belongs together must bear one name.
package catalogue

import (
	"cmp"
	_ "embed" // the data
	"encoding/csv"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"entente/internal/centre"
)

//go:embed outlets.csv
var data string

// Outlet is a line of the catalogue.
type Outlet struct {
	Name      string           `json:"name"`   // in English
	Native    string           `json:"native"` // in its own language; equals Name where that is English
	Site      string           `json:"site"`
	Address   string           `json:"address"`
	Kind      string           `json:"kind"`     // of connector
	Language  string           `json:"language"` // BCP 47; "" where mixed
	Country   string           `json:"country"`  // ISO 3166-1 alpha-3; "" for organisations of states
	Ownership centre.Ownership `json:"ownership"`
	Owner     string           `json:"owner"`
	Family    string           `json:"family"`
	Topic     string           `json:"topic"`
}

// Topics lists what an outlet may be about.
var Topics = []string{"news", "agency", "alerts", "humanitarian", "official", "analysis", "factcheck"}

const columns = 11

// All lists the outlets by country, then name. The caller may not change it.
var All = sync.OnceValue(func() []Outlet {
	outlets, err := parse(data)
	if err != nil {
		panic(err) // the data is part of the program, and a test reads it
	}
	return outlets
})

func parse(text string) ([]Outlet, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment, r.FieldsPerRecord = '#', columns
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("the catalogue of sources: %w", err)
	}
	out := make([]Outlet, 0, len(rows))
	for _, f := range rows[1:] {
		out = append(out, Outlet{f[0], cmp.Or(f[1], f[0]), f[2], f[3], f[4], f[5], f[6], centre.Ownership(f[7]), f[8], cmp.Or(f[9], f[8], f[0]), f[10]})
	}
	slices.SortStableFunc(out, func(a, b Outlet) int {
		return cmp.Or(strings.Compare(a.Country, b.Country), strings.Compare(a.Name, b.Name), strings.Compare(a.Language, b.Language))
	})
	return out, nil
}

// Of finds the outlet that an address belongs to: the one with this address,
// else one whose site has the same host. ok is false where the catalogue does
// not know it.
func Of(address string) (o Outlet, ok bool) {
	host := hostOf(address)
	if host == "" {
		return Outlet{}, false
	}
	for _, known := range All() {
		if known.Address == address {
			return known, true
		}
		if !ok && (hostOf(known.Site) == host || hostOf(known.Address) == host) {
			o, ok = known, true
		}
	}
	return o, ok
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
