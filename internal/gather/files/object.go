package files

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

var (
	errNoObject  = errors.New("it is no JSON object")
	errTooDeep   = errors.New("it is nested too deep")
	errManyParts = errors.New("it has too many fields")
)

// maxDepth is how deep objects may lie in each other.
const maxDepth = 20

// readObject reads one object, its fields in order. The fields of inner objects
// are named "outer.inner"; the texts of an array are joined by commas.
func readObject(raw []byte) (object, error) {
	o := object{values: map[string]string{}}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	first, err := d.Token()
	if err != nil || first != json.Delim('{') {
		return o, errNoObject
	}
	if err := o.fields(d, "", 0); err != nil {
		if errors.Is(err, errTooDeep) || errors.Is(err, errManyParts) {
			return o, err
		}
		return o, errors.New("it is no JSON that can be read: " + jsonFault(err))
	}
	if _, err := d.Token(); err != io.EOF {
		return o, errors.New("something stands behind the object")
	}
	return o, nil
}

// fields reads the fields of an object that has been opened, and closes it.
func (o *object) fields(d *json.Decoder, prefix string, depth int) error {
	if depth > maxDepth {
		return errTooDeep
	}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		value, err := d.Token()
		if err != nil {
			return err
		}
		key = prefix + key
		switch value {
		case json.Delim('{'):
			err = o.fields(d, key+".", depth+1)
		case json.Delim('['):
			var texts []string
			texts, err = array(d, depth+1)
			o.set(key, strings.Join(texts, ", "))
		default:
			o.set(key, scalarText(value))
		}
		if err != nil {
			return err
		}
		if len(o.keys) > maxKeys {
			return errManyParts
		}
	}
	_, err := d.Token()
	return err
}

func (o *object) set(key, value string) {
	key = plainLine(key)
	if _, ok := o.values[key]; !ok {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

// array reads the plain values of an array that has been opened, and closes it.
// Sentences and long texts in an array are paragraphs.
func array(d *json.Decoder, depth int) ([]string, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	var texts []string
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch token {
		case json.Delim('['):
			if _, err := array(d, depth+1); err != nil {
				return nil, err
			}
		case json.Delim('{'):
			inner := object{values: map[string]string{}}
			if err := inner.fields(d, "", depth+1); err != nil {
				return nil, err
			}
			if name := inner.values["name"]; name != "" { // schema.org: "author": [{"name": ...}]
				texts = append(texts, name)
			}
		default:
			if text := scalarText(token); text != "" {
				texts = append(texts, text)
			}
		}
	}
	_, err := d.Token()
	for _, t := range texts {
		if len(t) > 200 || strings.ContainsAny(t[len(t)-1:], ".!?") || strings.HasSuffix(t, "؟") || strings.HasSuffix(t, "۔") {
			return []string{strings.Join(texts, "\n\n")}, err
		}
	}
	return texts, err
}

func scalarText(token json.Token) string {
	switch v := token.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}
