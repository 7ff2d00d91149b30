package stix

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// object is a STIX object with its properties as they came.
type object struct {
	raw    json.RawMessage
	keys   []string // in their order
	fields map[string]json.RawMessage
	kind   string // its type
	id     string

	modified time.Time // zero where it is not said
}

// maxDepth is how deep an object may be nested.
const maxDepth = 64

var (
	anID   = regexp.MustCompile(`^[a-z][a-z0-9-]{1,250}--[0-9A-Za-z-]{1,64}$`)
	aType  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,249}$`)
	aTag   = regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$`)
	inLine = regexp.MustCompile(`\s+`)
)

// readObject reads one object; the error says what is wrong with it.
func readObject(raw json.RawMessage) (*object, error) {
	if depth(raw) > maxDepth {
		return nil, errors.New("is nested too deep")
	}
	o := &object{raw: raw, fields: map[string]json.RawMessage{}}
	d := json.NewDecoder(bytes.NewReader(raw))
	if first, err := d.Token(); err != nil || first != json.Delim('{') {
		return nil, errors.New("is no JSON object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, errors.New("cannot be read as JSON")
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, errors.New("cannot be read as JSON")
		}
		name, _ := key.(string)
		if _, twice := o.fields[name]; !twice {
			o.keys = append(o.keys, name)
		}
		o.fields[name] = value
	}
	o.kind, o.id, o.modified = o.text("type"), o.text("id"), o.moment("modified").Time
	switch {
	case !aType.MatchString(o.kind):
		return nil, errors.New("has no type")
	case !anID.MatchString(o.id):
		return nil, errors.New("has no id as STIX makes them")
	}
	return o, nil
}

// depth is how deep arrays and objects lie in each other in a JSON text.
func depth(text []byte) (deepest int) {
	now, inside, escaped := 0, false, false
	for _, b := range text {
		switch {
		case escaped:
			escaped = false
		case inside && b == '\\':
			escaped = true
		case b == '"':
			inside = !inside
		case inside:
		case b == '{' || b == '[':
			now++
			deepest = max(deepest, now)
		case b == '}' || b == ']':
			now--
		}
	}
	return deepest
}

// text gives a property of type string; "" where it is absent or no string.
func (o *object) text(key string) string {
	var s string
	if json.Unmarshal(o.fields[key], &s) != nil {
		return ""
	}
	return strings.TrimSpace(gather.CleanText(s))
}

// line is text on one line.
func (o *object) line(key string) string { return inLine.ReplaceAllString(o.text(key), " ") }

// list gives a property of type list of string.
func (o *object) list(key string) []string {
	var raws []json.RawMessage
	if json.Unmarshal(o.fields[key], &raws) != nil {
		return nil
	}
	var list []string
	for _, raw := range raws {
		var s string
		if json.Unmarshal(raw, &s) == nil && s != "" {
			list = append(list, strings.TrimSpace(gather.CleanText(s)))
		}
	}
	return list
}

func (o *object) number(key string) (float64, bool) {
	var n *float64
	if json.Unmarshal(o.fields[key], &n) != nil || n == nil {
		return 0, false
	}
	return *n, true
}

func (o *object) revoked() bool {
	var b bool
	return json.Unmarshal(o.fields["revoked"], &b) == nil && b
}

// moment reads a timestamp: RFC 3339 by the standard, any other date that can
// mean one time alone by courtesy; unknown where it is none.
func (o *object) moment(key string) centre.Moment {
	if at, err := time.Parse(time.RFC3339Nano, o.text(key)); err == nil {
		return centre.Moment{Time: at.UTC().Truncate(time.Millisecond), Precision: centre.PrecisionSecond, Basis: centre.BasisColumn}
	}
	m, _ := gather.ParseDate(o.text(key), centre.BasisColumn)
	return m
}

// language is the object's lang, where that is a BCP 47 tag.
func (o *object) language() string {
	if lang := o.text("lang"); aTag.MatchString(lang) {
		return lang
	}
	return ""
}

// maxValue bounds a property of a document, in bytes.
const maxValue = 64 << 10

// words writes a value of JSON for a person: texts and numbers as they are, lists
// of them joined by commas, all else as JSON.
func words(raw json.RawMessage) string {
	var value any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return ""
	}
	text, ok := scalar(value)
	if list, isList := value.([]any); isList {
		texts := make([]string, 0, len(list))
		ok = true
		for _, item := range list {
			t, plain := scalar(item)
			ok = ok && plain
			texts = append(texts, t)
		}
		text = strings.Join(texts, ", ")
	}
	if !ok {
		var b bytes.Buffer
		if json.Compact(&b, raw) != nil {
			return ""
		}
		text = b.String()
	}
	return clip(strings.TrimSpace(gather.CleanText(text)))
}

func clip(text string) string {
	if len(text) > maxValue {
		return strings.ToValidUTF8(text[:maxValue], "") + "…"
	}
	return text
}

func scalar(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	}
	return "", false
}

// content is what stands in a bundle, an envelope, a list, or for itself.
type content struct {
	bundle  bool
	objects []json.RawMessage
	cutOff  bool // it breaks off behind the objects
}

var errNoSTIX = errors.New("it is neither a bundle nor an object of STIX")

// readContent reads what of a text is STIX.
func readContent(text []byte) (content, error) {
	var c content
	text = bytes.TrimPrefix(bytes.TrimSpace(text), []byte("\xef\xbb\xbf"))
	d := json.NewDecoder(bytes.NewReader(text))
	first, err := d.Token()
	if err != nil {
		return c, errNoSTIX
	}
	if first == json.Delim('[') {
		c.cutOff = c.items(d) != nil
		return c, c.orNothing(errNoSTIX)
	}
	if first != json.Delim('{') {
		return c, errNoSTIX
	}
	kind, id := "", ""
	for d.More() {
		key, err := d.Token()
		if err == nil && key == "objects" {
			if open, openErr := d.Token(); openErr != nil || open != json.Delim('[') {
				return c, errNoSTIX
			}
			err = c.items(d)
		} else if err == nil {
			var value json.RawMessage
			if err = d.Decode(&value); err == nil && key == "type" {
				_ = json.Unmarshal(value, &kind)
			} else if err == nil && key == "id" {
				_ = json.Unmarshal(value, &id)
			}
		}
		if err != nil {
			c.cutOff = true
			return c, c.orNothing(errNoSTIX)
		}
	}
	if _, err := d.Token(); err != nil && !errors.Is(err, io.EOF) {
		c.cutOff = true
	}
	c.bundle = kind == "bundle"
	if !c.bundle && len(c.objects) == 0 && aType.MatchString(kind) && anID.MatchString(id) {
		c.objects = []json.RawMessage{text}
	}
	if c.bundle {
		return c, nil
	}
	return c, c.orNothing(errNoSTIX)
}

// items reads the elements of an array that has been opened.
func (c *content) items(d *json.Decoder) error {
	for d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		c.objects = append(c.objects, raw)
	}
	_, err := d.Token()
	return err
}

func (c *content) orNothing(err error) error {
	if len(c.objects) == 0 {
		return err
	}
	return nil
}
