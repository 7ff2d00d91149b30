package gazetteer

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strings"

	"entente/internal/centre"
)

// The file format of a layer. All numbers are little-endian; a file is read
// where it lies, in the program or mapped from disk, and never parsed as a whole.
//
//	header     72 bytes: magic, counts, offsets of the sections, size of the file
//	records    a place's ids, names and further names, one after another
//	heads      32 bytes a place: what choosing among places of one name needs
//	entries    16 bytes a name key, sorted by hash
//	lists      4 bytes a place of a name key, the most prominent first
//	ids        12 bytes an id: hash and place, sorted by hash
//	divider    4 bytes each: the first entry of each range of hashes
//	divisions  15 bytes each: country and province, named by heads
const (
	layerMagic   = "ENTGAZ02"
	headerSize   = 72
	headSize     = 32
	divisionSize = 15
	entrySize    = 16
	idEntrySize  = 12
	weakBit      = 1 << 31 // in a list: found by a weak key
	otherBit     = 1 << 30 // in a list: found by a further spelling, not by a name in a language
	demonymBit   = 1 << 29 // in a list: found by what its people are called
	articleBit   = 1 << 28 // in a list: its name in Arabic has the article, which keys leave out
	bareBit      = 1 << 27 // in a list: its name in Arabic has none
	placeBits    = bareBit - 1

	// MaxWords is how many words a name may have to be found.
	MaxWords = 8
)

type layer struct {
	all       []byte
	places    uint32
	heads     []byte
	entries   []byte
	lists     []byte
	ids       []byte
	divider   []byte
	divisions []byte
	shift     uint
	filter    filter
	release   func() error // unmaps all; nil where there is nothing to do
}

var le = binary.LittleEndian

// readLayer checks the header of a layer and divides it into its sections.
func readLayer(all []byte) (*layer, error) {
	bad := centre.Invalid("the imported gazetteer is damaged or of another version of the program; import its files again")
	if len(all) < headerSize || string(all[:8]) != layerMagic {
		return nil, bad
	}
	places, entries := le.Uint32(all[8:]), le.Uint32(all[12:])
	ids, dividerBits := le.Uint32(all[16:]), uint(le.Uint32(all[20:]))
	offset := func(i int) uint64 { return le.Uint64(all[24+8*i:]) }
	heads, entryAt, lists, idAt, divider, size := offset(0), offset(1), offset(2), offset(3), offset(4), offset(5)
	ordered := headerSize <= heads && heads <= entryAt && entryAt <= lists && lists <= idAt && idAt <= divider && divider <= size
	divisions := divider + (1<<(dividerBits&31)+1)*4
	if size != uint64(len(all)) || !ordered || dividerBits > 28 ||
		entryAt-heads != uint64(places)*headSize || lists-entryAt != uint64(entries)*entrySize ||
		divider-idAt != uint64(ids)*idEntrySize || divisions > size || (size-divisions)%divisionSize != 0 {
		return nil, bad
	}
	return &layer{
		all: all, places: places,
		heads: all[heads:entryAt], entries: all[entryAt:lists], lists: all[lists:idAt],
		ids: all[idAt:divider], divider: all[divider:divisions], divisions: all[divisions:size], shift: 64 - dividerBits,
	}, nil
}

// find gives the places listed under a hash, and the length in words of the
// longest name that begins with the words hashed.
func (l *layer) find(hash uint64) (list []byte, maxWords int) {
	if !l.filter.may(hash) {
		return nil, 0
	}
	slot := int(hash >> l.shift) // a shift by 64 is 0
	from, to := int(le.Uint32(l.divider[4*slot:])), int(le.Uint32(l.divider[4*slot+4:]))
	if to*entrySize > len(l.entries) {
		return nil, 0
	}
	for i := from; i < to; i++ {
		e := l.entries[i*entrySize : i*entrySize+entrySize]
		switch h := le.Uint64(e); {
		case h < hash:
			continue
		case h > hash:
			return nil, 0
		}
		start, count := uint64(le.Uint32(e[8:]))*4, uint64(le.Uint16(e[12:]))*4
		if start+count > uint64(len(l.lists)) {
			return nil, 0
		}
		return l.lists[start : start+count], int(e[14])
	}
	return nil, 0
}

// filter tells most hashes that no entry has, by a bit each, without touching the
// entries, which the nearer caches of a processor cannot hold. Of hashes that no
// entry has one in eight passes. The zero value passes all.
type filter struct {
	bits  []uint64
	shift uint
}

// filterBits is how many bits an entry has in a filter, as a power of two.
const filterBits = 3

// newFilter reads all entries, which a mapped file should be spared.
func newFilter(entries []byte) filter {
	n := uint(bits.Len(uint(len(entries) / entrySize)))
	n = max(n+filterBits-1, 6)
	f := filter{make([]uint64, 1<<(n-6)), 64 - n}
	for ; len(entries) >= entrySize; entries = entries[entrySize:] {
		at := le.Uint64(entries) >> f.shift
		f.bits[at/64] |= 1 << (at % 64)
	}
	return f
}

func (f *filter) may(hash uint64) bool {
	if f.bits == nil {
		return true
	}
	at := hash >> f.shift
	return f.bits[at/64]&(1<<(at%64)) != 0
}

func dividerBitsFor(entries int) uint { return uint(bits.Len(uint(entries) / 2)) }

// head is the fixed part of a place.
type head struct {
	lat, lon   int32 // 1e-7 degrees
	population uint32
	radius     uint32
	country    [3]byte
	class      byte // index in classes; classUnplaced is added where there is no point
	admin1     [12]byte
	fame       byte   // how many spellings its source lists, which says how widely it is known
	record     uint64 // where its record begins in the file
	id         uint64 // hash of its first id
}

const classUnplaced = 0x80

var classes = [...]centre.PlaceClass{centre.PlaceRegion, centre.PlaceCountry, centre.PlaceAdmin1, centre.PlaceAdmin2,
	centre.PlaceCapital, centre.PlaceLocality, centre.PlaceNatural, centre.PlaceFacility}

// append writes h with the number of its country and province.
func (h *head) append(dst []byte, division uint16) []byte {
	dst = le.AppendUint32(dst, uint32(h.lat))
	dst = le.AppendUint32(dst, uint32(h.lon))
	dst = le.AppendUint32(dst, h.population)
	dst = le.AppendUint16(dst, uint16(min((h.radius+50)/100, math.MaxUint16))) // hectometres
	dst = le.AppendUint16(dst, division)
	dst = le.AppendUint64(dst, uint64(h.fame)<<56|h.record<<8|uint64(h.class))
	return le.AppendUint64(dst, h.id)
}

func (l *layer) head(i uint32) (h head, ok bool) {
	if i >= l.places {
		return head{}, false
	}
	b := l.heads[int(i)*headSize : int(i)*headSize+headSize]
	h.lat, h.lon = int32(le.Uint32(b)), int32(le.Uint32(b[4:]))
	h.population, h.radius = le.Uint32(b[8:]), 100*uint32(le.Uint16(b[12:]))
	h.class, h.fame, h.record, h.id = b[16], b[23], le.Uint64(b[16:])<<8>>16, le.Uint64(b[24:])
	division := int(le.Uint16(b[14:])) * divisionSize
	if division+divisionSize > len(l.divisions) {
		return head{}, false
	}
	copy(h.country[:], l.divisions[division:])
	copy(h.admin1[:], l.divisions[division+len(h.country):])
	return h, int(h.class&^classUnplaced) < len(classes)
}

// langName is a name in a language; without a language it is a spelling found
// in some language.
type langName struct {
	lang    string
	name    string
	weak    bool
	demonym bool // what its people are called: found in texts, never shown as its name
}

// record is a place with all that the gazetteer knows of it.
type record struct {
	ids        []string // the first is the place's id
	name       string
	names      []langName
	class      centre.PlaceClass
	country    string
	admin1     string
	point      centre.Point
	radius     uint32 // metres
	population int64
	fame       int  // as in head; where 0, the number of names
	loose      bool // is also found by loose keys; not stored
}

func appendText(dst []byte, s string) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(s)))
	return append(dst, s...)
}

func (r *record) append(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(r.ids)))
	for _, id := range r.ids {
		dst = appendText(dst, id)
	}
	dst = appendText(dst, r.name)
	dst = binary.AppendUvarint(dst, uint64(len(r.names)))
	for _, n := range r.names {
		lang := n.lang
		switch {
		case n.demonym:
			lang = "~" + lang
		case n.weak:
			lang = "-" + lang
		}
		dst = appendText(appendText(dst, lang), n.name)
	}
	return dst
}

// textReader reads what append wrote, without trusting it.
type textReader struct {
	b   []byte
	bad bool
}

func (r *textReader) number() int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > math.MaxInt32 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *textReader) text() string {
	n := r.number()
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return ""
	}
	s := string(r.b[:n])
	r.b = r.b[n:]
	return s
}

// record reads place i whole.
func (l *layer) record(i uint32) (record, bool) {
	h, ok := l.head(i)
	if !ok || h.record >= uint64(len(l.all)) {
		return record{}, false
	}
	r := record{class: classes[h.class&^classUnplaced], radius: h.radius, population: int64(h.population), fame: int(h.fame),
		country: fixedText(h.country[:]), admin1: fixedText(h.admin1[:])}
	if h.class&classUnplaced == 0 {
		r.point = centre.At(float64(h.lon)/1e7, float64(h.lat)/1e7)
	}
	in := textReader{b: l.all[h.record:]}
	r.read(&in)
	return r, !in.bad && len(r.ids) > 0
}

// read reads the ids and names that append wrote.
func (r *record) read(in *textReader) {
	for n := in.number(); n > 0 && !in.bad; n-- {
		r.ids = append(r.ids, in.text())
	}
	r.name = in.text()
	for n := in.number(); n > 0 && !in.bad; n-- {
		lang, name := in.text(), in.text()
		weak, demonym := strings.HasPrefix(lang, "-"), strings.HasPrefix(lang, "~")
		if weak || demonym {
			lang = lang[1:]
		}
		r.names = append(r.names, langName{lang, name, weak, demonym})
	}
}

func fixedText(b []byte) string {
	n := len(b)
	for n > 0 && b[n-1] == 0 {
		n--
	}
	return string(b[:n])
}

// place is r as others see it.
func (r *record) place() centre.Place {
	p := centre.Place{ID: r.ids[0], Name: r.name, Class: r.class, Country: r.country, Admin1: r.admin1,
		Point: r.point, Radius: float64(r.radius), Population: r.population, Names: map[string]string{}}
	for _, n := range r.names {
		if _, has := p.Names[n.lang]; !has && n.lang != "" && !n.demonym {
			p.Names[n.lang] = n.name
		}
	}
	if _, has := p.Names["en"]; !has && r.name != "" {
		p.Names["en"] = r.name
	}
	return p
}
