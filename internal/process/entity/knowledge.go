package entity

import (
	_ "embed" // the lists
	"strings"
	"sync"

	"entente/internal/entities"
	"entente/internal/gazetteer"
)

//go:embed data/names.tsv
var namesTable string

//go:embed data/roles.tsv
var rolesTable string

//go:embed data/bodies.tsv
var bodiesTable string

// The lists of data/names.tsv.
const (
	listGiven = iota
	listTitle
	listOrg
	listLoc
	listSaid
)

// The kinds of phrases; a value of knowledge.phrases is its kind << 16 and a number.
const (
	phraseCountry   = iota + 1 // number of the country
	phraseAdjective            // number of the country
	phraseRole                 // number of the role
)

// knowledge is what the step knows besides the model. It is read-only.
type knowledge struct {
	set       *entities.Set
	gazetteer *gazetteer.Gazetteer // the embedded one alone, on which models are trained
	names     *entities.Lexicon
	phrases   *entities.Lexicon
	roles     []string
	bodies    *entities.Lexicon // bodies named without their state; values are numbers of slugs
	slugs     []string
	heard     *heard
	begins    [1 << beginBits]uint8 // by the hash of a word: which lexicons have phrases that may begin with it
}

// The lexicons, as knowledge.begins has them.
const (
	beginsName  = 1 << iota // of names
	beginsKnown             // of set
	beginsState             // of phrases
	beginsBody              // of bodies
)

// beginBits is the power of two of the size of knowledge.begins.
const beginBits = 16

// begin gives the place of a word's hash in knowledge.begins.
func begin(h gazetteer.Hash) int { return int(uint64(h) * 0x9e3779b97f4a7c15 >> (64 - beginBits)) }

var kindNumber = map[entities.Kind]uint32{entities.Organisation: 1, entities.ArmedGroup: 2, entities.MilitaryUnit: 3,
	entities.Government: 4, entities.Outlet: 5, entities.Party: 6, entities.IGO: 7, entities.NGO: 8, entities.Company: 9,
	entities.Facility: 10, entities.Office: 11}

var loadKnowledge = sync.OnceValues(func() (*knowledge, error) {
	g, err := gazetteer.Embedded()
	if err != nil {
		return nil, err
	}
	k := &knowledge{set: entities.Default(), gazetteer: g, names: entities.NewLexicon(), phrases: entities.NewLexicon(), bodies: entities.NewLexicon(), heard: loadHeard()}
	number := map[string]int32{"given": listGiven, "title": listTitle, "org": listOrg, "loc": listLoc, "said": listSaid}
	for line := range strings.Lines(namesTable) {
		list, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if n, known := number[list]; ok && known {
			for _, word := range strings.Fields(words) {
				k.names.Add(word, n)
				if lower, upper := strings.ToLower(word[:1]), word[:1]; n != listGiven && lower != upper {
					k.names.Add(lower+word[1:], n)
				}
			}
		}
	}
	for line := range strings.Lines(rolesTable) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 5 {
			continue
		}
		for _, cell := range cells[1:] {
			for phrase := range strings.SplitSeq(cell, "|") {
				if !strings.HasPrefix(phrase, "=") {
					k.phrases.Add(phrase, phraseRole<<16|int32(len(k.roles)))
				}
			}
		}
		k.roles = append(k.roles, cells[0])
	}
	for line := range strings.Lines(bodiesTable) {
		slug, forms, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for form := range strings.SplitSeq(strings.ReplaceAll(forms, "\t", "|"), "|") {
			k.bodies.Add(form, int32(len(k.slugs)))
		}
		k.slugs = append(k.slugs, slug)
	}
	for i, c := range k.set.Countries() {
		n := int32(i)
		for _, forms := range [][]string{c.Names, c.Arabic, c.Persian, c.Russian, c.Genitive} {
			for _, f := range forms {
				k.phrases.Add(f, phraseCountry<<16|n)
			}
		}
		for _, f := range c.Adjective {
			k.phrases.Add(f, phraseAdjective<<16|n)
		}
		for _, f := range c.Nisba {
			k.phrases.Add(f, phraseAdjective<<16|n)
			k.phrases.Add(f+"ة", phraseAdjective<<16|n)
			k.phrases.Add(strings.TrimPrefix(f, "ال"), phraseAdjective<<16|n)
		}
		for _, f := range c.Stem {
			k.phrases.Add(f+"ий", phraseAdjective<<16|n)
			k.phrases.Add(f+"ая", phraseAdjective<<16|n)
			k.phrases.Add(f+"ого", phraseAdjective<<16|n)
		}
	}
	for lexicon, bit := range map[*entities.Lexicon]uint8{k.names: beginsName, k.set.Lexicon(): beginsKnown, k.phrases: beginsState, k.bodies: beginsBody} {
		for h := range lexicon.Starts() {
			k.begins[begin(h)] |= bit
		}
	}
	return k, nil
})
