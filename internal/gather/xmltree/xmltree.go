// Package xmltree reads XML documents from outside as small trees: what the
// connectors of alerts and of wires have in common.
//
// It reads XML 1.0 as encoding/xml does, strictly: entities other than XML's own
// five and numbers are errors, so nothing is ever expanded or fetched. A
// document is walked as a stream, and only the elements that a caller asks for
// become trees, each of bounded size and depth; so the good ones before the
// place where a document is damaged are not lost with the rest.
package xmltree

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	maxNodes = 200_000 // of one tree
	maxDepth = 100
)

// ErrTooBig is given for a tree with more nodes, or deeper, than is read.
var ErrTooBig = errors.New("it has too many elements, or they are nested too deep")

// Node is an element, or where Name is "" a piece of text between elements.
type Node struct {
	Space string // of the name: the namespace's URI; "" for none
	Name  string // without prefix
	Text  string // of a piece of text
	Attrs []xml.Attr
	Nodes []*Node // in the document's order
}

// Each reads text (UTF-8) and gives each outermost element that want asks for
// to got as a tree. root is the document's first element. The error says where
// the document is damaged; what stood before that has been given.
func Each(text string, want func(xml.Name) bool, got func(*Node)) (root xml.Name, err error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 already
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return root, reason(err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if root.Local == "" {
			root = start.Name
		}
		if !want(start.Name) {
			continue
		}
		left := maxNodes
		n, err := build(d, start, &left, 0)
		if err != nil {
			return root, reason(err)
		}
		got(n)
	}
}

func build(d *xml.Decoder, start xml.StartElement, left *int, depth int) (*Node, error) {
	if *left--; *left < 0 || depth > maxDepth {
		return nil, ErrTooBig
	}
	n := &Node{Space: start.Name.Space, Name: start.Name.Local, Attrs: start.Attr}
	for {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			child, err := build(d, token, left, depth+1)
			if err != nil {
				return nil, err
			}
			n.Nodes = append(n.Nodes, child)
		case xml.CharData:
			if *left--; *left < 0 {
				return nil, ErrTooBig
			}
			n.Nodes = append(n.Nodes, &Node{Text: string(token)})
		case xml.EndElement:
			return n, nil
		}
	}
}

// reason gives the parser's words where they help to find the damage.
func reason(err error) error {
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		return fmt.Errorf("line %d: %s", syntax.Line, strings.ToValidUTF8(syntax.Msg, "\uFFFD"))
	}
	return err
}

// All gives n's children of a name, of whatever namespace. A nil node has none.
func (n *Node) All(name string) (found []*Node) {
	if n == nil || name == "" {
		return nil
	}
	for _, c := range n.Nodes {
		if c.Name == name {
			found = append(found, c)
		}
	}
	return found
}

// Child follows a path of names from n, the first of each; nil where it breaks off.
func (n *Node) Child(path ...string) *Node {
	for _, name := range path {
		found := n.All(name)
		if len(found) == 0 {
			return nil
		}
		n = found[0]
	}
	return n
}

// Of gives n's first child of a name in a namespace, nil for none.
func (n *Node) Of(space, name string) *Node {
	for _, c := range n.All(name) {
		if c.Space == space {
			return c
		}
	}
	return nil
}

// Value is the text of n and of all below it, without space around; "" of nil.
func (n *Node) Value() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.write(&b)
	return strings.TrimSpace(b.String())
}

func (n *Node) write(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, c := range n.Nodes {
		c.write(b)
	}
}

// Get is the value at a path of names; "" where it breaks off.
func (n *Node) Get(path ...string) string { return n.Child(path...).Value() }

// Attr is an attribute's value, by name without prefix; "" for none.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
