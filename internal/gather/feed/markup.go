package feed

import (
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// node is an element or, where name is "", a piece of text.
type node struct {
	space string // short name of a namespace that is known, else its address; see spaces.go
	name  string // local name in lower case
	local string // local name as written
	key   string // name, with the space before it where that is neither RSS's nor Atom's: "dc:date"
	text  string // of a piece of text
	attrs []attribute
	kids  []*node
	base  *url.URL // what relative addresses in it start from (XML Base)
	based bool     // base was set inside the document
	lang  string   // xml:lang in force; "" for none
	cut   bool     // the document ended inside
	// Of an item: its mark, and where it must end for that to hold. known is set
	// where it was not parsed.
	mark  mark
	ends  int
	known *knownItem
}

type attribute struct{ space, name, value string }

// binding is a prefix ("" for the default) and the address that it stands for.
type binding struct{ prefix, address string }

// Bounds of one document. What goes beyond is left out with a problem.
const (
	maxNodes      = 500_000
	maxDepth      = 200
	maxAttributes = 60
	maxBindings   = 200     // of prefixes in force at one place
	maxEntities   = 200     // declared in the document itself
	maxExpansion  = 1 << 20 // bytes that its own entities may become
)

// markup reads XML that may be ill-formed in any way. It never fails: where the
// text breaks a rule of XML 1.0 it notes the first fault and reads on with what
// was most likely meant. It looks at each byte a bounded number of times.
type markup struct {
	text     string
	at       int
	document *node
	open     []*node // document first
	bindings []binding
	marks    []int // of each open node: how many bindings there are outside of it
	nodes    int
	items    int

	entities map[string]string // declared in the document type
	expanded int

	fault   string // the first one, in words; "" for well-formed
	faultAt int
	faults  int
	// What was found missing to the end of the text is not looked for again.
	noSectionEnd, noCommentEnd bool
	noInstructionEnd           int  // none begins before this place
	sectionEnd                 int  // of the CDATA section that was looked at last
	full                       bool // a bound was reached
	root                       bool // a root element was met
	doctype                    bool // a document type was met

	marker marker
}

// readMarkup builds the tree of a document. Items that k knows stand in it
// unread; nil for a document whose items are not remembered.
func readMarkup(text string, base *url.URL, k *known) *markup {
	m := &markup{text: text, document: &node{base: base}, marker: marker{known: k}}
	m.open, m.marks = []*node{m.document}, []int{0}
	for m.at < len(text) && !m.full {
		next := strings.IndexByte(text[m.at:], '<')
		if next < 0 {
			next = len(text) - m.at
		}
		if next > 0 {
			m.words(text[m.at : m.at+next])
			m.at += next
			continue
		}
		m.tag()
	}
	if len(m.open) > 1 && !m.full {
		m.wrong("it ends before the element %s does", m.top().local)
		for _, n := range m.open {
			n.cut = true
		}
	}
	return m
}

func (m *markup) top() *node { return m.open[len(m.open)-1] }

// wrong notes a fault at the present place.
func (m *markup) wrong(format string, args ...any) {
	if m.faults++; m.faults == 1 {
		m.fault, m.faultAt = fmt.Sprintf(format, args...), m.at
	}
}

// line is where the first fault stands, from 1.
func (m *markup) line() int { return 1 + strings.Count(m.text[:m.faultAt], "\n") }

// words adds character data.
func (m *markup) words(s string) {
	if len(m.open) == 1 {
		if strings.TrimSpace(s) != "" {
			m.wrong("there is text outside of the root element")
		}
		return
	}
	m.put(m.decode(s, true))
}

func (m *markup) put(s string) {
	if s == "" || blankHolders[m.top().name] && m.top().space != "xhtml" && strings.TrimSpace(s) == "" {
		return
	}
	if strings.ContainsFunc(s, illegal) {
		m.wrong("it holds characters that XML does not allow")
	}
	m.add(&node{text: s})
}

// blankHolders hold elements alone: space between these says nothing.
var blankHolders = nameSet("rss rdf feed channel item entry urlset url sitemapindex sitemap news")

func (m *markup) add(n *node) bool {
	if m.nodes++; m.nodes > maxNodes {
		m.full = true
		return false
	}
	parent := m.top()
	parent.kids = append(parent.kids, n)
	return true
}

// illegal tells the characters that XML 1.0 leaves out (section 2.2).
func illegal(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

// tag reads what begins with "<".
func (m *markup) tag() {
	rest := m.text[m.at:]
	switch {
	case strings.HasPrefix(rest, "<![CDATA["):
		m.section(rest)
	case strings.HasPrefix(rest, "<!--"):
		m.comment(rest)
	case strings.HasPrefix(rest, "<?"):
		m.skip(rest, "?>")
	case strings.HasPrefix(rest, "<!"):
		m.declaration(rest)
	case strings.HasPrefix(rest, "</"):
		m.end(rest)
	case len(rest) > 1 && nameStart(rest[1:]):
		if m.marker.known == nil || !m.pass(rest) {
			m.start(rest)
		}
	default:
		m.wrong("there is a less-than sign that begins no tag")
		if len(m.open) > 1 {
			m.put("<")
		}
		m.at++
	}
}

func nameStart(s string) bool {
	c := s[0]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':' || c >= utf8.RuneSelf
}

// skip passes over what ends with stop, or else with the next ">".
func (m *markup) skip(rest, stop string) {
	if strings.HasPrefix(rest, "<?xml ") && m.root {
		m.wrong("there is an XML declaration inside of the document")
	}
	end := -1
	if m.at >= m.noInstructionEnd {
		limit := min(len(rest), 64<<10)
		if end = strings.Index(rest[:limit], stop); end < 0 {
			m.noInstructionEnd = m.at + limit - 1
		}
	}
	if end < 0 {
		m.wrong("a processing instruction has no end")
		if end, stop = strings.IndexByte(rest, '>'), ">"; end < 0 {
			end, stop = len(rest), ""
		}
	}
	m.at += end + len(stop)
}

func (m *markup) comment(rest string) {
	if !m.noCommentEnd {
		if end := strings.Index(rest[4:], "-->"); end >= 0 {
			m.at += 4 + end + 3
			return
		}
		m.noCommentEnd = true
	}
	m.wrong("a comment has no end")
	m.at += 4
}

// section reads CDATA. One without an end, or whose end is plainly that of a
// later one, is read as if its beginning were not there.
func (m *markup) section(rest string) {
	const opening = len("<![CDATA[")
	end := -1
	if m.sectionEnd >= m.at+opening { // found before, for a section that was none
		end = m.sectionEnd - m.at - opening
	} else if !m.noSectionEnd {
		end = strings.Index(rest[opening:], "]]>")
		m.noSectionEnd, m.sectionEnd = end < 0, m.at+opening+end
	}
	if end >= 0 {
		inside := rest[opening : opening+end]
		if again := strings.Index(inside, "<![CDATA["); again < 0 || !strings.Contains(inside[:again], "</item>") && !strings.Contains(inside[:again], "</entry>") {
			m.at += opening + end + 3
			if len(m.open) > 1 {
				m.put(inside)
			}
			return
		}
	}
	m.wrong("a CDATA section has no end")
	m.at += opening
}

// declaration passes over a document type and keeps the plain entities that it
// declares. Nothing outside of the document is ever fetched.
func (m *markup) declaration(rest string) {
	limit := min(len(rest), 64<<10)
	end := strings.IndexByte(rest[:limit], '>')
	if first := !m.doctype && strings.HasPrefix(rest, "<!DOCTYPE"); first {
		m.doctype = true
		open := strings.IndexByte(rest[:limit], '[')
		if stop := strings.IndexByte(rest[max(open, 0):limit], ']'); stop >= 0 && open >= 0 && (end < 0 || open < end) {
			m.declare(rest[open : open+stop])
			if end = strings.IndexByte(rest[open+stop:limit], '>'); end >= 0 {
				end += open + stop
			}
		}
	}
	if end < 0 {
		m.wrong("a declaration has no end")
		end = 1
	}
	m.at += end + 1
}

func (m *markup) declare(subset string) {
	for _, part := range strings.Split(subset, "<!ENTITY")[1:] {
		f := strings.Fields(part)
		if len(f) < 2 || len(m.entities) >= maxEntities {
			continue
		}
		value := strings.TrimLeft(part[strings.Index(part, f[0])+len(f[0]):], " \t\r\n")
		if value == "" || value[0] != '"' && value[0] != '\'' {
			continue // of parameters, or outside of the document
		}
		if end := strings.IndexByte(value[1:], value[0]); end >= 0 {
			if m.entities == nil {
				m.entities = map[string]string{}
			}
			if _, twice := m.entities[f[0]]; !twice {
				// References inside are resolved once, here: nothing can nest.
				m.entities[f[0]] = html.UnescapeString(value[1 : 1+end])
			}
		}
	}
}

// decode resolves references. What is no reference stays as it is written.
func (m *markup) decode(s string, note bool) string {
	amp := strings.IndexByte(s, '&')
	if amp < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for amp >= 0 {
		b.WriteString(s[:amp])
		s = s[amp:]
		end := strings.IndexByte(s[:min(len(s), 40)], ';')
		value, fine := "", false
		if end > 1 {
			value, fine = m.reference(s[1:end])
		}
		if end <= 1 || value == "" && !fine {
			if note {
				m.wrong("there is an ampersand that begins no reference")
			}
			b.WriteByte('&')
			s = s[1:]
		} else {
			if !fine && note {
				m.wrong("the reference %s is not one of XML", s[1:end])
			}
			b.WriteString(value)
			s = s[end+1:]
		}
		amp = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// reference gives what a name between "&" and ";" stands for; fine is false
// where XML does not know it. "" that is not fine is no reference.
func (m *markup) reference(name string) (value string, fine bool) {
	switch name {
	case "amp":
		return "&", true
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	}
	if name[0] == '#' {
		return characterReference(name[1:])
	}
	if value, declared := m.entities[name]; declared {
		if m.expanded += len(value); m.expanded > maxExpansion {
			m.wrong("its own entities grow beyond all bounds")
			return " ", false
		}
		return value, true
	}
	if value = html.UnescapeString("&" + name + ";"); !strings.HasSuffix(value, ";") {
		return value, m.doctype // which may declare the entities of HTML, as RSS 0.91's does
	}
	return "", false
}

func characterReference(digits string) (string, bool) {
	radix := 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, radix = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, radix, 32)
	switch {
	case err != nil:
		return "", false
	case n >= 0x80 && n <= 0x9f: // meant in Windows-1252, as HTML says too
		return html.UnescapeString("&#" + strconv.FormatUint(n, 10) + ";"), true
	case n > utf8.MaxRune || n >= 0xd800 && n < 0xe000 || illegal(rune(n)):
		return "\x00", false // CleanText drops it
	}
	return string(rune(n)), true
}
