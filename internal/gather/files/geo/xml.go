package geo

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// node is an element of XML with what is in it.
type node struct {
	name     string // without its namespace
	attrs    map[string]string
	text     string // of the element itself
	children []*node
}

func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// value is the text of a child; "" where there is none.
func (n *node) value(name string) string {
	if c := n.child(name); c != nil {
		return strings.TrimSpace(c.text)
	}
	return ""
}

var errBig = errors.New("it is larger than 16 MB or nested too deep")

// newDecoder reads XML that is UTF-8, whatever it says of itself: the caller has
// turned it into that.
func newDecoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.Strict = false
	d.AutoClose = nil
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return d
}

// subtree reads the element that has just begun.
func subtree(d *xml.Decoder, start xml.StartElement) (*node, error) {
	root := &node{name: start.Name.Local, attrs: attributes(start)}
	open := []*node{root}
	texts := []*strings.Builder{{}}
	size := 0
	for len(open) > 0 {
		token, err := d.Token()
		if err != nil {
			return root, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			c := &node{name: t.Name.Local, attrs: attributes(t)}
			top.children = append(top.children, c)
			open, texts = append(open, c), append(texts, &strings.Builder{})
			size += 200
		case xml.EndElement:
			top.text = texts[len(open)-1].String()
			open, texts = open[:len(open)-1], texts[:len(open)-1]
		case xml.CharData:
			texts[len(open)-1].Write(t)
			size += len(t)
		}
		if size > 4*maxFeature || len(open) > maxDepth {
			return root, errBig
		}
	}
	return root, nil
}

func attributes(e xml.StartElement) map[string]string {
	if len(e.Attr) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, a := range e.Attr {
		out[a.Name.Local] = a.Value
	}
	return out
}
