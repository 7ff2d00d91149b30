package gazetteer

import (
	_ "embed"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"entente/internal/centre"
)

//go:embed embedded.bin
var embedded []byte

// importedName is the file of the imported layer in its folder.
const importedName = "gazetteer.bin"

// Gazetteer is the embedded and the imported knowledge of places. It is safe
// for concurrent use. The places that it gives are shared: read them only.
type Gazetteer struct {
	layers []*layer // imported before embedded
	cache  [cacheSize]atomic.Pointer[cached]
}

const cacheSize = 1 << 13

type cached struct {
	ref   Ref
	place centre.Place
}

// embeddedFilter is that of the embedded names, made once.
var embeddedFilter = sync.OnceValues(func() (filter, error) {
	l, err := readLayer(embedded)
	if err != nil {
		return filter{}, err
	}
	return newFilter(l.entries), nil
})

// Embedded gives the gazetteer of the program alone.
func Embedded() (*Gazetteer, error) {
	l, err := readLayer(embedded)
	if err != nil {
		return nil, err
	}
	if l.filter, err = embeddedFilter(); err != nil {
		return nil, err
	}
	return &Gazetteer{layers: []*layer{l}}, nil
}

// Open gives the embedded gazetteer with what was imported into folder, if
// anything was; an empty folder name means none. The import is mapped, not
// read: Open takes well under a millisecond whatever its size.
func Open(folder string) (*Gazetteer, error) {
	g, err := Embedded()
	if err != nil || folder == "" {
		return g, err
	}
	l, err := openLayer(filepath.Join(folder, importedName))
	if os.IsNotExist(err) {
		return g, nil
	}
	if err != nil {
		return nil, err
	}
	g.layers = append([]*layer{l}, g.layers...)
	return g, nil
}

func openLayer(path string) (*layer, error) {
	data, release, err := mapFile(path)
	if err != nil {
		return nil, err
	}
	l, err := readLayer(data)
	if err != nil {
		release()
		return nil, err
	}
	l.release = release
	return l, nil
}

// Close releases the imported layer. Nothing may be asked of g afterwards; the
// places that it gave stay valid.
func (g *Gazetteer) Close() error {
	for _, l := range g.layers {
		if l.release != nil {
			if err := l.release(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Ref names a place of this gazetteer while it is open.
type Ref uint64

func (g *Gazetteer) layerOf(ref Ref) (*layer, uint32) { return g.layers[ref>>32], uint32(ref) }

// Place reads the place of a Ref that g gave.
func (g *Gazetteer) Place(ref Ref) centre.Place {
	slot := &g.cache[(uint64(ref)*0x9e3779b97f4a7c15)>>51]
	if c := slot.Load(); c != nil && c.ref == ref {
		return c.place
	}
	l, i := g.layerOf(ref)
	r, ok := l.record(i)
	if !ok {
		return centre.Place{}
	}
	p := r.place()
	slot.Store(&cached{ref, p})
	return p
}

// Names gives the names of the place of a Ref in a language, or all where it
// has none in it; further spellings are not among the former.
func (g *Gazetteer) Names(ref Ref, language string) []string {
	l, i := g.layerOf(ref)
	r, _ := l.record(i)
	var all, own []string
	for _, n := range r.names {
		if n.demonym {
			continue
		}
		all = append(all, n.name)
		if n.lang == language && language != "" {
			own = append(own, n.name)
		}
	}
	if len(own) > 0 {
		return own
	}
	return append(all, r.name)
}

// Candidate is a place that has a name, with what choosing among such places
// needs; Place gives the rest.
type Candidate struct {
	Ref        Ref
	ID         uint64 // the same for the same place in all layers
	Class      centre.PlaceClass
	Country    [3]byte  // ISO 3166-1 alpha-3; zero where none
	Admin1     [12]byte // as in centre.Place, padded with zeros; zero where unknown
	Lat, Lon   float64  // degrees, if Located
	Located    bool
	Population int64
	Fame       int  // how many spellings its source lists; more are listed of what is more widely known
	Other      bool // has the name as a further spelling, not as its name in a language
	Weak       bool // has the name only as a qualifier ("La." for Louisiana)
	Demonym    bool // its people have the name ("Iraqi")
	Article    bool // a name in Arabic has the article before what was looked up
	Bare       bool // a name in Arabic is what was looked up, without an article
}

// maxCandidates bounds the work for one name: the most prominent are taken.
const maxCandidates = 40

// Candidates appends to dst the places whose name has the hash, the most
// prominent first, and tells how many words the longest name has
// that begins with the hashed word; 0 where none is longer.
func (g *Gazetteer) Candidates(dst []Candidate, hash Hash) (_ []Candidate, maxWords int) {
	final := hash.final()
	begin := len(dst)
	for n, l := range g.layers {
		list, words := l.find(final)
		maxWords = max(maxWords, words)
		before := len(dst)
	places:
		for i := 0; i < len(list) && i < maxCandidates*4; i += 4 {
			at := le.Uint32(list[i:])
			h, ok := l.head(at & placeBits)
			if !ok {
				continue
			}
			for j := begin; j < before; j++ {
				if dst[j].ID == h.id {
					continue places
				}
			}
			if n > 0 && g.shadowed(n, h.id) {
				continue
			}
			c := Candidate{Ref: Ref(n)<<32 | Ref(at&placeBits), ID: h.id, Class: classes[h.class&^classUnplaced],
				Country: h.country, Admin1: h.admin1, Population: int64(h.population), Fame: int(h.fame), Weak: at&weakBit != 0, Other: at&otherBit != 0, Demonym: at&demonymBit != 0, Article: at&articleBit != 0, Bare: at&bareBit != 0}
			if h.class&classUnplaced == 0 {
				c.Located, c.Lat, c.Lon = true, float64(h.lat)/1e7, float64(h.lon)/1e7
			}
			dst = append(dst, c)
			// Layers are in order each; together they are put in order, too.
			for j := len(dst) - 1; n > 0 && j > begin && dst[j].prominence() > dst[j-1].prominence(); j-- {
				dst[j], dst[j-1] = dst[j-1], dst[j]
			}
		}
	}
	return dst, maxWords
}

func (c *Candidate) prominence() uint32 {
	return prominence(&record{class: c.Class, population: c.Population})
}

// shadowed tells whether a place of layer n is in an earlier layer, which then
// knows all that layer n knows of it.
func (g *Gazetteer) shadowed(n int, id uint64) bool {
	for _, l := range g.layers[:n] {
		if _, ok := l.byHash(id); ok {
			return true
		}
	}
	return false
}

// byHash finds the place of an id by the id's hash.
func (l *layer) byHash(hash uint64) (place uint32, ok bool) {
	n := len(l.ids) / idEntrySize
	i := sort.Search(n, func(i int) bool { return le.Uint64(l.ids[i*idEntrySize:]) >= hash })
	if i == n || le.Uint64(l.ids[i*idEntrySize:]) != hash {
		return 0, false
	}
	return le.Uint32(l.ids[i*idEntrySize+8:]), true
}

// ByID finds a place by its id or by any other id that it is known by, such as
// "geonames:98182" for "entente:baghdad" once GeoNames was imported.
func (g *Gazetteer) ByID(id string) (centre.Place, bool) {
	for n, l := range g.layers {
		if i, ok := l.byHash(idHash(id)); ok {
			return g.Place(Ref(n)<<32 | Ref(i)), true
		}
	}
	return centre.Place{}, false
}

// Lookup gives the places that have a name with the key, the most prominent
// first: countries and regions, then capitals, then by population.
func (g *Gazetteer) Lookup(key string) []centre.Place {
	return g.places(HashKey(key))
}

func (g *Gazetteer) places(hash Hash) []centre.Place {
	candidates, _ := g.Candidates(nil, hash)
	places := make([]centre.Place, 0, len(candidates))
	for _, c := range candidates {
		if !c.Demonym {
			places = append(places, g.Place(c.Ref))
		}
	}
	return places
}

// Countries lists the world's countries by their English names.
func (g *Gazetteer) Countries() []centre.Place {
	last := len(g.layers) - 1
	var all []centre.Place
	for i := range g.layers[last].places {
		if h, ok := g.layers[last].head(i); ok && classes[h.class&^classUnplaced] == centre.PlaceCountry {
			p := g.Place(Ref(last)<<32 | Ref(i))
			if fuller, ok := g.ByID(p.ID); ok {
				p = fuller
			}
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b centre.Place) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// ResolveName finds what a person means by a name in a search: the ids of the
// places that have it, in any of their languages and also in a Russian case,
// or a place's id itself; and the country's alpha-3 code where the name is a
// country's. Both are empty where nothing has the name.
func (g *Gazetteer) ResolveName(name string) (ids []string, country string) {
	if p, ok := g.ByID(name); ok {
		ids = []string{p.ID}
		if p.Class == centre.PlaceCountry {
			country = p.Country
		}
		return ids, country
	}
	key := Key(name)
	if key == "" {
		return nil, ""
	}
	places := g.Lookup(key)
	if len(places) == 0 {
		for _, k := range nameKeys(nil, name, false) {
			if places = g.places(k.hash); len(places) > 0 {
				break
			}
		}
	}
	for _, p := range places {
		ids = append(ids, p.ID)
		if p.Class == centre.PlaceCountry && country == "" {
			country = p.Country
		}
	}
	return ids, country
}
