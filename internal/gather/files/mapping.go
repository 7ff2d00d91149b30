package files

import (
	"slices"
	"strings"

	"entente/internal/centre"
)

// Field is what a column of a table can be.
type Field string

const (
	FieldID        Field = "id"        // the row's own name, the same at every import
	FieldTitle     Field = "title"     //
	FieldText      Field = "text"      // plain or HTML; the one field that every table needs
	FieldAuthor    Field = "author"    //
	FieldURL       Field = "url"       // where a person can read it
	FieldPublished Field = "published" //
	FieldUpdated   Field = "updated"   //
	FieldLanguage  Field = "language"  // a tag or an English name
	FieldLatitude  Field = "latitude"  // degrees, WGS 84
	FieldLongitude Field = "longitude" // degrees, WGS 84
	FieldPlace     Field = "place"     // shown, not taken: places are found in the text
	FieldMarking   Field = "marking"   // who may see it; a row with one that is not understood is refused
	FieldSource    Field = "source"    // the publisher; the author where no column holds authors
)

// Fields lists all fields in the order in which they are shown.
func Fields() []Field {
	return []Field{FieldID, FieldTitle, FieldText, FieldAuthor, FieldURL, FieldPublished, FieldUpdated,
		FieldLanguage, FieldLatitude, FieldLongitude, FieldPlace, FieldMarking, FieldSource}
}

// NoColumn says in a Mapping that no column holds a field, whatever is guessed.
const NoColumn = "-"

// Mapping tells which column of a table holds which field. A field that is not
// in it is guessed.
type Mapping map[Field]string

// String prints the mapping so that ParseMapping reads it again:
// "id=Body ID,text=articleBody,published=-". A comma or backslash in a name has
// a backslash before it.
func (m Mapping) String() string {
	var parts []string
	for _, f := range Fields() {
		if column, ok := m[f]; ok {
			parts = append(parts, string(f)+"="+escape.Replace(column))
		}
	}
	return strings.Join(parts, ",")
}

var escape = strings.NewReplacer(`\`, `\\`, `,`, `\,`)

// ParseMapping reads what people write and String prints. It refuses
// (CodeInvalid) a field that does not exist, one given twice, and one without a
// column. The empty text is the empty mapping.
func ParseMapping(text string) (Mapping, error) {
	m := Mapping{}
	if strings.TrimSpace(text) == "" {
		return m, nil
	}
	for _, part := range splitEscaped(text) {
		name, column, found := strings.Cut(part, "=")
		f := Field(strings.ToLower(strings.TrimSpace(name)))
		column = strings.TrimSpace(column)
		switch {
		case !found:
			return nil, centre.Invalid("The mapping has %q: write FIELD=COLUMN, such as text=articleBody; a comma in a column's name needs a backslash before it.", part)
		case !slices.Contains(Fields(), f):
			return nil, centre.Invalid("The mapping has the field %q; the fields are %s.", name, fieldNames())
		case column == "":
			return nil, centre.Invalid("The mapping gives no column for %s; write %s=- if no column holds it.", f, f)
		case m[f] != "":
			return nil, centre.Invalid("The mapping gives %s twice.", f)
		}
		m[f] = column
	}
	return m, nil
}

func fieldNames() string {
	names := make([]string, 0, len(Fields()))
	for _, f := range Fields() {
		names = append(names, string(f))
	}
	return strings.Join(names, ", ")
}

// splitEscaped splits at commas and takes the backslashes away.
func splitEscaped(text string) []string {
	var parts []string
	var b strings.Builder
	escaped := false
	for _, r := range text {
		switch {
		case escaped:
			escaped = false
			b.WriteRune(r)
		case r == '\\':
			escaped = true
		case r == ',':
			parts = append(parts, b.String())
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	return append(parts, b.String())
}

// MarshalText implements encoding.TextMarshaler.
func (m Mapping) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (m *Mapping) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMapping(string(text))
	return err
}

// columns resolves the mapping against a header: field to index.
func (m Mapping) columns(header []string) (map[Field]int, error) {
	at := map[Field]int{}
	for _, f := range Fields() {
		name, ok := m[f]
		if !ok || name == NoColumn {
			continue
		}
		i := slices.Index(header, name)
		if i < 0 {
			i = slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(h, name) })
		}
		if i < 0 {
			return nil, centre.Invalid("it has no column %q for %s; its columns are %s", name, f, columnNames(header))
		}
		at[f] = i
	}
	return at, nil
}

// columnNames lists a header for a sentence, and not a page of it.
func columnNames(header []string) string {
	const most = 40
	names := make([]string, 0, len(header))
	for i, h := range header {
		if i == most {
			names = append(names, "and "+count(len(header)-most, "more"))
			break
		}
		if r := []rune(h); len(r) > 60 {
			h = string(r[:59]) + "…"
		}
		names = append(names, `"`+h+`"`)
	}
	return strings.Join(names, ", ")
}
