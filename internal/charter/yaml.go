package charter

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"entente/internal/centre"
)

// text reads YAML into plain values and collects what is wrong with it instead
// of stopping at the first mistake.
type text struct {
	problems Problems
	location *time.Location
}

func (t *text) problem(line int, format string, args ...any) {
	t.problems = append(t.problems, Problem{line, fmt.Sprintf(format, args...)})
}

// maxText is the longest charter that is read, in bytes.
const maxText = 1 << 20

// open parses the YAML itself. It gives nil where that is impossible.
func (t *text) open(source []byte) (root ast.Node) {
	if len(source) > maxText {
		t.problem(0, "the charter is longer than a megabyte: keep annexes in files of their own")
		return nil
	}
	defer func() {
		// The library has panicked on broken text; that is the text's fault.
		if recover() != nil {
			t.problem(0, "the charter is not YAML that can be read: check its indentation and quotes")
			root = nil
		}
	}()
	file, err := parser.ParseBytes(source, 0)
	if err != nil {
		line, message := 0, err.Error()
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			message = syntax.GetMessage()
			if token := syntax.GetToken(); token != nil {
				line = token.Position.Line
			}
		}
		t.problem(line, "the charter is not YAML that can be read: %s", message)
		return nil
	}
	var bodies []ast.Node
	for _, document := range file.Docs {
		if document.Body != nil && document.Body.Type() != ast.CommentType && document.Body.Type() != ast.NullType {
			bodies = append(bodies, document.Body)
		}
	}
	if len(bodies) != 1 {
		t.problem(0, "the file holds %d charters: a file holds one", len(bodies))
		return nil
	}
	return bodies[0]
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil {
		return 0
	}
	return n.GetToken().Position.Line
}

// section is a mapping of the text, with the keys that it may have.
type section struct {
	*text
	what string // for sentences: "the charter", "the member IRQ"
	line int
	keys map[string]ast.Node
}

// section reads a mapping. Keys that are not known are refused with the one that
// was probably meant. A value that is not there is an empty section.
func (t *text) section(n ast.Node, what string, known ...string) section {
	s := section{text: t, what: what, line: lineOf(n), keys: map[string]ast.Node{}}
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return s
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		t.problem(s.line, "%s must be written as keys and values", what)
		return s
	}
	for i, value := range values {
		line := lineOf(value.Key)
		if i == 0 {
			s.line = line
		}
		key := keyOf(value.Key)
		switch {
		case slices.Contains(known, key):
			if _, twice := s.keys[key]; twice {
				t.problem(line, "%s has %q twice", what, key)
			}
			s.keys[key] = value.Value
		case nearest(key, known) != "":
			t.problem(line, "%s has the unknown key %q; perhaps %q is meant", what, key, nearest(key, known))
		default:
			t.problem(line, "%s has the unknown key %q; it may have %s", what, key, strings.Join(known, ", "))
		}
	}
	return s
}

func keyOf(n ast.MapKeyNode) string {
	if scalar, ok := n.(ast.ScalarNode); ok {
		return fmt.Sprint(scalar.GetValue())
	}
	return n.String()
}

// has reports whether a key is there with a value.
func (s section) has(key string) bool {
	n, ok := s.keys[key]
	if !ok || n == nil {
		return false
	}
	return n.Type() != ast.NullType
}

// at is the line of a key's value, or of the section where the key is missing.
func (s section) at(key string) int {
	if n, ok := s.keys[key]; ok && lineOf(n) > 0 {
		return lineOf(n)
	}
	return s.line
}

// need reads a text that must be there.
func (s section) need(key string) string {
	value := s.string(key)
	if value == "" && (!s.has(key) || s.isScalar(key)) {
		s.problem(s.at(key), "%s lacks %q", s.what, key)
	}
	return value
}

func (s section) isScalar(key string) bool { _, ok := scalarOf(s.keys[key]); return ok }

// string reads a text; "" where there is none.
func (s section) string(key string) string {
	if !s.has(key) {
		return ""
	}
	return s.scalar(s.keys[key], s.what+"'s "+key)
}

func (t *text) scalar(n ast.Node, what string) string {
	value, ok := scalarOf(n)
	if !ok {
		t.problem(lineOf(n), "%s must be one plain value", what)
	}
	return strings.TrimSpace(value)
}

func scalarOf(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// number reads a whole number of least..most; 0 where there is none.
func (s section) number(key string, least, most int) int {
	if !s.has(key) {
		return 0
	}
	n, err := strconv.Atoi(s.string(key))
	if err != nil || n < least || n > most {
		s.problem(s.at(key), "%s's %s must be a whole number from %d to %d", s.what, key, least, most)
		return 0
	}
	return n
}

// bool reads true or false; false where there is nothing.
func (s section) bool(key string) bool {
	switch value := s.string(key); value {
	case "", "false":
	case "true":
		return true
	default:
		s.problem(s.at(key), "%s's %s must be true or false, not %q", s.what, key, value)
	}
	return false
}

// list gives the items of a list; none where there is none.
func (s section) list(key string) []ast.Node {
	if !s.has(key) {
		return nil
	}
	sequence, ok := s.keys[key].(*ast.SequenceNode)
	if !ok {
		s.problem(s.at(key), "%s's %s must be a list", s.what, key)
		return nil
	}
	return sequence.Values
}

// strings reads a list of texts.
func (s section) strings(key string) []string {
	var values []string
	for _, n := range s.list(key) {
		if value := s.scalar(n, "an item of "+s.what+"'s "+key); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// codes reads a list of member codes.
func (s section) codes(key string) []centre.MemberCode {
	var codes []centre.MemberCode
	for _, value := range s.strings(key) {
		codes = append(codes, centre.MemberCode(value))
	}
	return codes
}

// localForms are the ways to write a time on the clock of the charter's zone.
var localForms = []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02 15:04:05"}

// wall reads a local time into UTC fields; ok is false where there is none.
func (s section) wall(key string) (wall time.Time, ok bool) {
	if !s.has(key) {
		return wall, false
	}
	value := s.string(key)
	for _, form := range localForms {
		if wall, err := time.Parse(form, value); err == nil {
			return wall, s.sensible(key, wall)
		}
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		local := at.In(s.location)
		wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
		return wall, s.sensible(key, wall)
	}
	s.problem(s.at(key), "%s's %s is %q, which is not a time: write it like 2015-09-27 or 2015-09-27T08:00, by the clock of the charter's time zone", s.what, key, value)
	return wall, false
}

// sensible holds years within what people mean and arithmetic survives.
func (s section) sensible(key string, wall time.Time) bool {
	if wall.Year() >= 1900 && wall.Year() < 3000 {
		return true
	}
	s.problem(s.at(key), "%s's %s lies in the year %d, outside 1900 to 2999", s.what, key, wall.Year())
	return false
}

// instant reads a time; the zero time where there is none.
func (s section) instant(key string) time.Time {
	wall, ok := s.wall(key)
	if !ok {
		return time.Time{}
	}
	return instant(wall, s.location)
}
