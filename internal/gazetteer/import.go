package gazetteer

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"entente/internal/centre"
)

// Report says what an import did.
type Report struct {
	Format  string    `json:"format"`  // what the file was taken for
	Rows    int64     `json:"rows"`    // read
	Taken   int64     `json:"taken"`   // rows that gave a place or names
	Skipped int64     `json:"skipped"` // rows left out on purpose: no longer current, links, other languages
	Orphans int64     `json:"orphans"` // rows with names for places that no import has brought
	Bad     []BadLine `json:"bad"`     // the first hundred
	BadRows int64     `json:"bad_rows"`
	Places  int64     `json:"places"` // in the imported gazetteer afterwards
}

// BadLine is a line that could not be read.
type BadLine struct {
	File   string `json:"file"`
	Line   int64  `json:"line"` // from 1
	Reason string `json:"reason"`
}

const maxBadLines = 100

// Import adds the file at path to the gazetteer in folder: a GeoNames zip
// (cities500.zip to cities15000.zip, allCountries.zip, a country's zip,
// alternateNamesV2.zip) or its .txt, or a tab-separated list of Who's On First
// (.tsv or .tsv.gz). Places that are there already are completed, by their
// GeoNames number, or by name and distance to an embedded place. The gazetteer
// is replaced at once at the end, and not at all where Import fails.
//
// Memory stays bounded whatever the file's size; sorting takes room for several
// times the file in folder. progress, where not nil, is told the bytes read and
// their total. Lines that cannot be read are listed in the report and left out.
// One import at a time may work on a folder.
func Import(ctx context.Context, path, folder string, progress func(done, total int64)) (Report, error) {
	report := Report{Bad: []BadLine{}}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return report, explain(err)
	}
	work, err := os.MkdirTemp(folder, "import-*")
	if err != nil {
		return report, explain(err)
	}
	defer os.RemoveAll(work)
	im := &importer{ctx: ctx, report: &report, rows: newSorter(work), progress: progress, held: map[string]*record{}}
	defer im.rows.close()
	if im.known, err = Embedded(); err != nil {
		return report, err
	}
	target := filepath.Join(folder, importedName)
	if err := im.earlier(target); err != nil {
		return report, explain(err)
	}
	if err := im.read(path); err != nil {
		return report, explain(err)
	}
	if report.Taken == 0 {
		return report, centre.Invalid("%s has no line that could be read as a place; GeoNames files and tab-separated Who's On First files are understood", filepath.Base(path))
	}
	if err := im.write(work, target); err != nil {
		return report, explain(err)
	}
	return report, nil
}

func explain(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return centre.Refuse(centre.CodeUnavailable, "the disk is full; the gazetteer was left as it was. Make room for several times the file's size and import again: %w", err)
	case errors.Is(err, fs.ErrPermission):
		return centre.Refuse(centre.CodeInvalid, "the gazetteer's folder cannot be written or the file cannot be read: %w", err)
	}
	return err
}

// importer gathers rows, sorted by the place that they speak of.
type importer struct {
	ctx      context.Context
	report   *Report
	rows     *sorter
	serial   uint64
	known    *Gazetteer // the embedded places
	progress func(done, total int64)
	buf      []byte
	builder  *builder
	// held are the places that are embedded, too: several imported places may
	// turn out to be one of them, so they are written last. There are at most
	// as many as the program embeds.
	held map[string]*record
}

// groupOf names the place that a row speaks of: by its GeoNames number where it
// has one, so that sources which link to GeoNames meet.
func groupOf(ids []string) uint64 {
	for _, id := range ids {
		if strings.HasPrefix(id, "geonames:") {
			return idHash(id)
		}
	}
	return idHash(ids[len(ids)-1])
}

// rowKind orders the rows of one place: later ones complete earlier ones.
type rowKind byte

const (
	rowEarlier rowKind = iota // from the imported gazetteer as it was
	rowPlace
	rowNames // names alone
)

// add takes a row.
func (im *importer) add(kind rowKind, r *record) error {
	im.serial++
	im.buf = append(im.buf[:0], byte(kind))
	im.buf = le.AppendUint64(im.buf, math.Float64bits(r.point.Lat))
	im.buf = le.AppendUint64(im.buf, math.Float64bits(r.point.Lon))
	im.buf = append(im.buf, 0)
	if r.point.Known {
		im.buf[len(im.buf)-1] = 1
	}
	im.buf = binary.AppendUvarint(binary.AppendUvarint(im.buf, uint64(max(r.population, 0))), uint64(r.radius))
	im.buf = binary.AppendUvarint(im.buf, uint64(r.fame))
	im.buf = appendText(appendText(appendText(im.buf, string(r.class)), r.country), r.admin1)
	im.buf = r.append(im.buf)
	return im.rows.add(groupOf(r.ids), uint64(kind)<<56|im.serial, im.buf)
}

// row reads what add wrote.
func row(payload []byte) (kind rowKind, r record, ok bool) {
	const fixed = 1 + 8 + 8 + 1
	if len(payload) < fixed {
		return 0, record{}, false
	}
	if payload[fixed-1] == 1 {
		r.point = centre.At(math.Float64frombits(le.Uint64(payload[9:])), math.Float64frombits(le.Uint64(payload[1:])))
	}
	in := textReader{b: payload[fixed:]}
	r.population, r.radius, r.fame = int64(in.number()), uint32(in.number()), in.number()
	r.class, r.country, r.admin1 = centre.PlaceClass(in.text()), in.text(), in.text()
	r.read(&in)
	return rowKind(payload[0]), r, !in.bad && len(r.ids) > 0
}

// earlier takes the places of the imported gazetteer as it is.
func (im *importer) earlier(path string) error {
	l, err := openLayer(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer l.release()
	for i := range l.places {
		if i%4096 == 0 && im.ctx.Err() != nil {
			return im.ctx.Err()
		}
		if r, ok := l.record(i); ok {
			if err := im.add(rowEarlier, &r); err != nil {
				return err
			}
		}
	}
	return nil
}

// write joins the rows of each place and builds the new gazetteer.
func (im *importer) write(work, target string) error {
	out, err := os.CreateTemp(work, "gazetteer-*")
	if err != nil {
		return err
	}
	defer out.Close()
	if im.builder, err = newBuilder(out, work); err != nil {
		return err
	}
	defer im.builder.close()

	var group uint64
	var now *record
	n := 0
	if err := im.rows.each(func(high, _ uint64, payload []byte) error {
		if n++; n%4096 == 0 && im.ctx.Err() != nil {
			return im.ctx.Err()
		}
		kind, r, ok := row(payload)
		if !ok {
			return nil
		}
		if now != nil && high != group {
			if err := im.place(now); err != nil {
				return err
			}
			now = nil
		}
		group = high
		switch {
		case now != nil:
			now.complete(&r, kind != rowNames)
		case kind == rowNames:
			im.report.Orphans++
		default:
			now = &r
		}
		return nil
	}); err != nil {
		return err
	}
	if now != nil {
		if err := im.place(now); err != nil {
			return err
		}
	}
	for _, id := range sortedIDs(im.held) {
		if err := im.builder.add(im.held[id]); err != nil {
			return err
		}
	}
	if err := im.builder.finish(); err != nil {
		return err
	}
	im.report.Places = int64(im.builder.places)
	if err := out.Sync(); err != nil {
		return err
	}
	if err := os.Rename(out.Name(), target); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(target))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

func sortedIDs(held map[string]*record) []string {
	ids := make([]string, 0, len(held))
	for id := range held {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// place writes a joined place, or holds it where it is an embedded one.
func (im *importer) place(r *record) error {
	own, ok := im.embedded(r)
	if !ok {
		return im.builder.add(r)
	}
	id := own.ids[0]
	held := im.held[id]
	if held == nil {
		held = &own
		im.held[id] = held
	}
	held.complete(r, true)
	return nil
}

// embedded finds the embedded place that r is: by a common id, or by a common
// name within 30 km for towns, within 150 km for provinces.
func (im *importer) embedded(r *record) (record, bool) {
	l := im.known.layers[0]
	for _, id := range r.ids {
		if i, ok := l.byHash(idHash(id)); ok {
			return l.record(i)
		}
	}
	reach := 30.0
	switch r.class {
	case centre.PlaceLocality, centre.PlaceCapital:
	case centre.PlaceAdmin1:
		reach = 150
		if r.admin1 != "" {
			if i, ok := l.byHash(idHash("entente:" + r.admin1)); ok {
				return l.record(i)
			}
		}
	case centre.PlaceCountry:
		if i, ok := l.byHash(idHash("entente:" + r.country)); ok {
			return l.record(i)
		}
		return record{}, false
	default:
		return record{}, false
	}
	for _, n := range append([]langName{{name: r.name}}, r.names...) {
		for _, k := range nameKeys(nil, n.name, false) {
			list, _ := l.find(k.hash.final())
			for i := 0; i+4 <= len(list); i += 4 {
				own, ok := l.record(le.Uint32(list[i:]) & placeBits)
				if ok && sameClass(own.class, r.class) && own.point.Known && kilometres(own.point, r.point) < reach &&
					(own.country == r.country || r.country == "") {
					return own, true
				}
			}
		}
	}
	return record{}, false
}

func sameClass(a, b centre.PlaceClass) bool {
	town := func(c centre.PlaceClass) bool { return c == centre.PlaceLocality || c == centre.PlaceCapital }
	return a == b || town(a) && town(b)
}

// complete adds to r what other knows; measures are other's only where r has
// none and other is a whole place.
func (r *record) complete(other *record, whole bool) {
	for _, id := range other.ids {
		if !slices.Contains(r.ids, id) {
			r.ids = append(r.ids, id)
		}
	}
	for _, n := range append([]langName{{name: other.name}}, other.names...) {
		if n.name == "" || len(r.names) >= maxNames {
			continue
		}
		if i := slices.IndexFunc(r.names, func(m langName) bool { return m.name == n.name }); i < 0 {
			r.names = append(r.names, n)
		} else if r.names[i].lang == "" {
			r.names[i].lang = n.lang
		}
	}
	if !whole {
		return
	}
	r.fame = max(r.fame, other.fame)
	r.population = cmp.Or(r.population, other.population)
	r.admin1 = cmp.Or(r.admin1, other.admin1)
	r.country = cmp.Or(r.country, other.country)
	if r.class == other.class || r.radius == 0 {
		r.radius = max(r.radius, radiusOf(r.class, r.population))
	}
}

// maxNames bounds the names of one place.
const maxNames = 200

// bad lists a line that could not be read.
func (im *importer) bad(file string, line int64, format string, args ...any) {
	im.report.BadRows++
	if len(im.report.Bad) < maxBadLines {
		im.report.Bad = append(im.report.Bad, BadLine{file, line, fmt.Sprintf(format, args...)})
	}
}
