package files

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"entente/internal/centre"
	"entente/internal/gather"
)

// row is one row of a table, or one object.
type row struct {
	line  int // from 1
	cells []string
}

// rows is a table being read. next gives io.EOF at the end and a *badRow for a
// row that cannot be read, after which it goes on.
type rows interface {
	next() (row, error)
}

// badRow is a row that is left out.
type badRow struct {
	line   int
	reason string
}

func (b *badRow) Error() string { return b.reason }

// Sizes of the part of a table from which its columns are understood.
const (
	sampleRows  = 200
	sampleBytes = 4 << 20
)

// table is one table of a file.
type table struct {
	name      string
	header    []string
	loose     bool // rows may be shorter than the header: spreadsheets and objects
	sheet     bool
	since1904 bool

	at      map[Field]int
	dates   map[Field]*columnDates
	ahead   []row // read already
	reading rows
}

// table reads all rows.
func (p *parser) table(t *table) error {
	if err := p.sample(t); err != nil {
		return err
	}
	if err := p.understand(t); err != nil {
		return err
	}
	for {
		r, err := p.nextRow(t)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = p.row(t, r)
		}
		if err != nil {
			if end := fatal(err); end != nil {
				return end
			}
			bad, ok := errors.AsType[*badRow](err)
			if !ok {
				return unreadable(err)
			}
			p.refuse(t.name, bad.line, bad.reason)
		}
	}
}

func (p *parser) nextRow(t *table) (row, error) {
	if err := p.ctx.Err(); err != nil {
		return row{}, err
	}
	if len(t.ahead) > 0 {
		r := t.ahead[0]
		t.ahead = t.ahead[1:]
		return r, nil
	}
	return t.reading.next()
}

// sample reads the first rows ahead.
func (p *parser) sample(t *table) error {
	for size := 0; len(t.ahead) < sampleRows && size < sampleBytes; {
		r, err := t.reading.next()
		if err == io.EOF {
			break
		}
		if bad, ok := errors.AsType[*badRow](err); ok {
			p.refuse(t.name, bad.line, bad.reason)
			continue
		}
		if err != nil {
			if len(t.ahead) == 0 || fatal(err) != nil {
				return unreadable(err)
			}
			// What came before it is good, and is taken before it is told.
			t.reading = failed{err}
			break
		}
		for _, c := range r.cells {
			size += len(c)
		}
		t.ahead = append(t.ahead, r)
	}
	return nil
}

// failed is a table that has come to an unreadable place.
type failed struct{ err error }

func (f failed) next() (row, error) { return row{}, f.err }

// understand finds out which column is what.
func (p *parser) understand(t *table) error {
	values := make([][]string, len(t.ahead))
	for i, r := range t.ahead {
		values[i] = r.cells
	}
	mapping := GuessMapping(t.header, values)
	for f, column := range p.in.Mapping {
		for g, c := range mapping { // a column that is said to be one thing is not guessed to be another
			if c == column && p.in.Mapping[g] == "" {
				delete(mapping, g)
			}
		}
		mapping[f] = column
	}
	var err error
	if t.at, err = mapping.columns(t.header); err != nil {
		return err
	}
	if _, ok := t.at[FieldText]; !ok {
		return centre.Invalid("none of its columns looks like the text; the columns are %s. Say which it is with --map text=COLUMN", columnNames(t.header))
	}
	p.report.Tables = append(p.report.Tables, Table{File: show(t.name), Columns: t.header, Mapping: mapping})
	t.dates = map[Field]*columnDates{}
	for _, f := range []Field{FieldPublished, FieldUpdated} {
		column, ok := t.at[f]
		if !ok {
			continue
		}
		var texts []string
		for _, v := range values {
			if column < len(v) {
				texts = append(texts, v[column])
			}
		}
		d := &columnDates{order: orderOf(texts), sheet: t.sheet, since1904: t.since1904}
		t.dates[f] = d
		switch d.order {
		case dayFirst:
			p.note("%s: the dates of column %q have the day before the month, as other values of the column show.", show(t.name), t.header[column])
		case monthFirst:
			p.note("%s: the dates of column %q have the month before the day, as other values of the column show.", show(t.name), t.header[column])
		}
	}
	if column, ok := t.at[FieldPlace]; ok {
		p.note("%s: column %q holds places; places are found in the text itself.", show(t.name), t.header[column])
	}
	return nil
}

// row makes a document of a row.
func (p *parser) row(t *table, r row) error {
	if !t.loose && len(r.cells) != len(t.header) && !blankTail(r.cells, len(t.header)) {
		return &badRow{r.line, "it has " + count(len(r.cells), "column") + " instead of " + strconv.Itoa(len(t.header))}
	}
	cell := func(f Field) string {
		if i, ok := t.at[f]; ok && i < len(r.cells) {
			return r.cells[i]
		}
		return ""
	}
	doc := centre.Document{
		ExternalID: externalID(t.name, strings.TrimSpace(cell(FieldID)), r.cells),
		Title:      gather.PlainLine(cell(FieldTitle)),
		Author:     gather.PlainLine(cell(FieldAuthor)),
		Body:       cell(FieldText),
		MediaType:  "text/plain",
		Language:   languageTag(cell(FieldLanguage)),
	}
	if strings.TrimSpace(doc.Body) == "" {
		return &badRow{r.line, "it has no text"}
	}
	if blockTag.MatchString(doc.Body) {
		doc.MediaType = "text/html"
	}
	if strings.ContainsRune(doc.Body, '\uFFFD') {
		doc.Problems = append(doc.Problems, "Some bytes of the text could not be read and show as \uFFFD.")
	}
	if _, ok := t.at[FieldAuthor]; !ok {
		doc.Author = gather.PlainLine(cell(FieldSource))
	}
	if u := strings.TrimSpace(cell(FieldURL)); isURL(u) {
		doc.URL = u
	}
	var problem string
	if d := t.dates[FieldPublished]; d != nil {
		if doc.Published, problem = d.moment(cell(FieldPublished)); problem != "" {
			doc.Problems = append(doc.Problems, problem)
		}
	}
	if d := t.dates[FieldUpdated]; d != nil {
		if doc.Updated, problem = d.moment(cell(FieldUpdated)); problem != "" {
			doc.Problems = append(doc.Problems, problem)
		}
	}
	if doc.Point, problem = point(cell(FieldLatitude), cell(FieldLongitude)); problem != "" {
		doc.Problems = append(doc.Problems, problem)
	}
	if text := strings.TrimSpace(cell(FieldMarking)); text != "" {
		marking, err := p.in.ParseMarking(text)
		if err != nil {
			return &badRow{r.line, err.Error() + " (column " + strconv.Quote(t.header[t.at[FieldMarking]]) + "; the row was left out)"}
		}
		doc.Marking = &marking
	}
	if err := p.take(doc); err != nil {
		if centre.CodeOf(err) != "" && fatal(err) == nil {
			return &badRow{r.line, err.Error()}
		}
		return err
	}
	return nil
}

// blockTag tells text that is HTML from text in which a "<" stands.
var blockTag = regexp.MustCompile(`(?i)<(?:p|br|div|h[1-6]|ul|ol|li|table|blockquote|article|section|body|html|span|a)(?:\s[^<>]*)?/?>`)

// blankTail reports whether a row is as long as it should be but for empty cells
// at its end.
func blankTail(cells []string, width int) bool {
	if len(cells) < width {
		return false
	}
	for _, c := range cells[width:] {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

var wideID = regexp.MustCompile(`(?i)^(?:https?:|urn:|tag:)|[0-9a-f]{16}|[0-9a-f]{8}-[0-9a-f]{4}-`)

// externalID names a row so that it has the same name at the next import. An id
// that is plainly unique in the world stands alone, another counts within its
// file, and a row without id is named by its content.
func externalID(file, id string, cells []string) string {
	id = plainLine(id)
	switch {
	case id != "" && len(id) < 500 && wideID.MatchString(id):
		return id
	case id != "" && len(id) < 500:
		return file + "#" + id
	}
	h := sha256.New()
	for _, c := range cells {
		io.WriteString(h, strconv.Itoa(len(c))+":"+c)
	}
	return file + "#row-" + hex.EncodeToString(h.Sum(nil)[:12])
}

// point reads two coordinates in degrees; unknown where either is missing.
func point(latitude, longitude string) (centre.Point, string) {
	latitude, longitude = decimal(latitude), decimal(longitude)
	if latitude == "" || longitude == "" {
		return centre.Point{}, ""
	}
	lat, errLat := strconv.ParseFloat(latitude, 64)
	lon, errLon := strconv.ParseFloat(longitude, 64)
	if errLat != nil || errLon != nil || !(lat >= -90 && lat <= 90) || !(lon >= -180 && lon <= 180) {
		return centre.Point{}, "The coordinates are not degrees of latitude (-90 to 90) and longitude (-180 to 180); the position is unknown."
	}
	return centre.At(lon, lat), ""
}

var languageNames = map[string]string{
	"english": "en", "arabic": "ar", "persian": "fa", "farsi": "fa", "russian": "ru", "kurdish": "ku", "sorani": "ckb", "turkish": "tr",
	"french": "fr", "hebrew": "he", "العربية": "ar", "عربي": "ar", "عربی": "ar", "فارسی": "fa", "فارسي": "fa", "русский": "ru", "английский": "en",
	"арабский": "ar", "персидский": "fa", "الإنجليزية": "en", "انگلیسی": "en", "روسی": "ru", "الروسية": "ru",
}

// languageTag reads a tag or a language's name; "" where it is neither.
func languageTag(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if tag, ok := languageNames[text]; ok {
		return tag
	}
	if text == "" || len(text) > 35 {
		return ""
	}
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return ""
	}
	base, sure := tag.Base()
	if sure == language.No {
		return ""
	}
	return base.String()
}

// decimal writes a number with Latin digits and a point.
func decimal(text string) string {
	return strings.NewReplacer(",", ".", "٫", ".", "\u200e", "", "\u200f", "").Replace(latinDigits(strings.TrimSpace(text)))
}
