package gazetteer

import (
	"bufio"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"entente/internal/centre"
)

// builder writes a layer. Places are added one by one; memory does not grow
// with them. It is not safe for concurrent use.
type builder struct {
	folder string
	out    *os.File
	w      *bufio.Writer
	at     uint64
	heads  *os.File // appended to out at the end
	headsW *bufio.Writer
	places uint32
	names  *sorter // hash, prominence and place -> flags
	ids    *sorter
	buf    []byte
	keys   []nameKey

	divisions map[[divisionSize]byte]uint16
	divided   []byte // the divisions by number
}

// newBuilder writes to out, with temporary files in folder.
func newBuilder(out *os.File, folder string) (*builder, error) {
	heads, err := os.CreateTemp(folder, "gazetteer-heads-*")
	if err != nil {
		return nil, err
	}
	b := &builder{folder: folder, out: out, w: bufio.NewWriterSize(out, 1<<18), heads: heads,
		headsW: bufio.NewWriterSize(heads, 1<<18), names: newSorter(folder), ids: newSorter(folder), divisions: map[[divisionSize]byte]uint16{}}
	return b, b.write(make([]byte, headerSize))
}

func (b *builder) close() {
	b.heads.Close()
	os.Remove(b.heads.Name())
	b.names.close()
	b.ids.close()
}

func (b *builder) write(data []byte) error {
	n, err := b.w.Write(data)
	b.at += uint64(n)
	return err
}

func idHash(id string) uint64 { return HashStart.Add([]byte(id)).final() }

// prominence orders the places of one name: whole countries and regions first,
// then capitals and provinces, then by population.
func prominence(r *record) uint32 {
	p := uint64(max(r.population, 0))
	switch r.class {
	case centre.PlaceRegion, centre.PlaceCountry:
		p += 2 << 30
	case centre.PlaceCapital:
		p += 2_000_000
	case centre.PlaceAdmin1:
		p += 50_000
	}
	return uint32(min(p, math.MaxUint32))
}

// division numbers the country and the province of a place.
func (b *builder) division(r *record) (uint16, error) {
	var d [divisionSize]byte
	copy(d[:len(head{}.country)], r.country)
	copy(d[len(head{}.country):], r.admin1)
	n, ok := b.divisions[d]
	if !ok {
		if len(b.divisions) > math.MaxUint16 {
			return 0, centre.Invalid("the places lie in more than %d provinces; import less at a time", math.MaxUint16)
		}
		n = uint16(len(b.divisions))
		b.divisions[d] = n
		b.divided = append(b.divided, d[:]...)
	}
	return n, nil
}

func (b *builder) add(r *record) error {
	place := b.places
	b.places++
	h := head{population: uint32(min(max(r.population, 0), math.MaxUint32)), radius: r.radius, record: b.at, id: idHash(r.ids[0]), fame: byte(min(max(r.fame, len(r.names)), math.MaxUint8))}
	for i, c := range classes {
		if c == r.class {
			h.class = byte(i)
		}
	}
	if r.point.Known {
		h.lat, h.lon = int32(math.Round(r.point.Lat*1e7)), int32(math.Round(r.point.Lon*1e7))
	} else {
		h.class |= classUnplaced
	}
	division, err := b.division(r)
	if err != nil {
		return err
	}
	if _, err := b.headsW.Write(h.append(b.buf[:0], division)); err != nil {
		return err
	}
	for _, id := range r.ids {
		if err := b.ids.add(idHash(id), uint64(place), nil); err != nil {
			return err
		}
	}
	low := uint64(^prominence(r))<<32 | uint64(place)
	weak := weakName(r.name)
	for _, n := range r.names {
		weak = weak || n.weak && n.name == r.name
	}
	b.keys = nameKeys(b.keys[:0], r.name, weak)
	for _, n := range r.names {
		begin := len(b.keys)
		b.keys = nameKeys(b.keys, n.name, n.weak || weakName(n.name))
		for i := begin; i < len(b.keys); i++ {
			b.keys[i].other, b.keys[i].demonym = n.lang == "", n.demonym
			if n.lang == "ar" && !n.demonym {
				b.keys[i].article = strings.HasPrefix(n.name, "ال")
				b.keys[i].bare = !b.keys[i].article
			}
		}
	}
	if r.loose {
		for i, n := 0, len(b.keys); i <= len(r.names) && n > 0; i++ {
			name := r.name
			if i < len(r.names) {
				name = r.names[i].name
			}
			if k, ok := looseKey(name); ok && !slices.ContainsFunc(b.keys, func(o nameKey) bool { return o.hash == k.hash }) {
				b.keys = append(b.keys, k)
			}
		}
	}
	for _, k := range b.keys {
		flag := byte(0)
		if k.weak {
			flag |= flagWeak
		}
		if k.other {
			flag |= flagOther
		}
		if k.demonym {
			flag |= flagDemonym
		}
		if k.article {
			flag |= flagArticle
		}
		if k.bare {
			flag |= flagBare
		}
		if err := b.names.add(k.hash.final(), low, []byte{flag, 0}); err != nil {
			return err
		}
		if k.words > 1 && !k.weak {
			if err := b.names.add(k.first.final(), math.MaxUint64, []byte{flagFirst, byte(k.words)}); err != nil {
				return err
			}
		}
	}
	b.buf = r.append(b.buf[:0])
	return b.write(b.buf)
}

// What is sorted with a name key.
const (
	flagWeak    = 1
	flagOther   = 2
	flagFirst   = 4 // of the first word of longer names
	flagDemonym = 8
	flagArticle = 16
	flagBare    = 32
)

// weakName tells names that are only found as a qualifier: one or two letters
// that are not an abbreviation of capitals, and abbreviations with a full stop.
func weakName(name string) bool {
	letters, capitals := 0, 0
	for _, r := range name {
		letters++
		if r >= 'A' && r <= 'Z' {
			capitals++
		}
	}
	return letters < 2 || letters == 2 && capitals < 2 && name[0] < 0x80
}

// finish writes the index and the header.
func (b *builder) finish() error {
	var offsets [6]uint64
	offsets[0] = b.at
	if err := b.headsW.Flush(); err != nil {
		return err
	}
	if _, err := b.heads.Seek(0, io.SeekStart); err != nil {
		return err
	}
	n, err := io.Copy(b.w, b.heads)
	if err != nil {
		return err
	}
	b.at += uint64(n)

	lists, err := os.CreateTemp(b.folder, "gazetteer-lists-*")
	if err != nil {
		return err
	}
	defer os.Remove(lists.Name())
	defer lists.Close()
	offsets[1] = b.at
	entries, err := b.writeEntries(bufio.NewWriterSize(lists, 1<<18))
	if err != nil {
		return err
	}
	offsets[2] = b.at
	if _, err := lists.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if n, err = io.Copy(b.w, lists); err != nil {
		return err
	}
	b.at += uint64(n)

	offsets[3] = b.at
	ids := uint32(0)
	if err := b.ids.each(func(hash, place uint64, _ []byte) error {
		ids++
		return b.write(le.AppendUint32(le.AppendUint64(b.buf[:0], hash), uint32(place)))
	}); err != nil {
		return err
	}
	offsets[4] = b.at
	bits := dividerBitsFor(len(entries))
	if err := b.writeDivider(entries, bits); err != nil {
		return err
	}
	if err := b.write(b.divided); err != nil {
		return err
	}
	offsets[5] = b.at
	if err := b.w.Flush(); err != nil {
		return err
	}
	header := append(make([]byte, 0, headerSize), layerMagic...)
	header = le.AppendUint32(header, b.places)
	header = le.AppendUint32(header, uint32(len(entries)))
	header = le.AppendUint32(header, ids)
	header = le.AppendUint32(header, uint32(bits))
	for _, o := range offsets {
		header = le.AppendUint64(header, o)
	}
	_, err = b.out.WriteAt(header, 0)
	return err
}

// writeEntries writes the entries, and their lists to lists. It gives the first
// half of every entry's hash, which is all that the divider needs.
func (b *builder) writeEntries(lists *bufio.Writer) (highs []uint32, err error) {
	var now uint64
	var open, maxWords int
	var list []uint32
	written := uint32(0)
	flush := func() error {
		if open == 0 {
			return nil
		}
		highs = append(highs, uint32(now>>32))
		e := le.AppendUint64(b.buf[:0], now)
		e = le.AppendUint32(e, written)
		e = le.AppendUint16(e, uint16(len(list)))
		e = append(e, byte(maxWords), 0)
		if err := b.write(e); err != nil {
			return err
		}
		for _, place := range list {
			if _, err := lists.Write(le.AppendUint32(b.buf[:0], place)); err != nil {
				return err
			}
		}
		written += uint32(len(list))
		list, open, maxWords = list[:0], 0, 0
		return nil
	}
	err = b.names.each(func(hash, low uint64, payload []byte) error {
		if hash != now {
			if err := flush(); err != nil {
				return err
			}
			now = hash
		}
		open++
		if payload[0] == flagFirst {
			maxWords = max(maxWords, int(payload[1]))
			return nil
		}
		place := uint32(low)
		bits := uint32(payload[0]&flagWeak)<<31 | uint32(payload[0]&flagOther)<<29 | uint32(payload[0]&flagDemonym)<<26
		either := uint32(payload[0]&flagArticle)<<24 | uint32(payload[0]&flagBare)<<22
		if n := len(list); n > 0 && list[n-1]&placeBits == place { // found twice: by the better name
			list[n-1] = place | list[n-1]&bits | list[n-1]&(articleBit|bareBit) | either
			return nil
		}
		place |= bits | either
		if len(list) < math.MaxUint16 {
			list = append(list, place)
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = lists.Flush()
	}
	return highs, err
}

func (b *builder) writeDivider(highs []uint32, bits uint) error {
	next := 0
	for slot := uint64(0); slot <= 1<<bits; slot++ {
		for next < len(highs) && uint64(highs[next])<<32>>(64-bits) < slot && bits > 0 {
			next++
		}
		if slot == 1<<bits {
			next = len(highs)
		}
		if err := b.write(le.AppendUint32(b.buf[:0], uint32(next))); err != nil {
			return err
		}
	}
	return nil
}
