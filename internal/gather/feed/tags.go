package feed

import (
	"strings"
)

// start reads a start tag.
func (m *markup) start(rest string) {
	name, attrs, length, closed := m.startTag(rest)
	var own []binding
	for _, a := range attrs {
		if prefix, is := strings.CutPrefix(a.name, "xmlns:"); is || a.name == "xmlns" {
			if a.name == "xmlns" {
				prefix = ""
			}
			own = append(own, binding{prefix, strings.TrimSpace(a.value)})
		}
	}
	n := &node{}
	n.space, n.local = m.resolve(name, own, true)
	n.name = strings.ToLower(n.local)
	if n.key = n.name; n.space != "" && n.space != "atom" {
		n.key = n.space + ":" + n.name
	}
	m.makeRoom(n)
	parent := m.top()
	n.base, n.based, n.lang = parent.base, parent.based, parent.lang
	for _, a := range attrs {
		if a.name == "xmlns" || strings.HasPrefix(a.name, "xmlns:") {
			continue
		}
		space, local := m.resolve(a.name, own, false)
		local = strings.ToLower(local)
		switch {
		case space != "xml":
		case local == "lang":
			n.lang = languageTag(a.value)
		case local == "base":
			if u, err := n.base.Parse(strings.TrimSpace(a.value)); err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "") {
				n.base, n.based = u, true
			}
		}
		n.attrs = append(n.attrs, attribute{space, local, a.value})
	}
	if n.isItem() {
		if m.items++; m.items > maxItems {
			m.full = true
			return
		}
	}
	if len(m.open) == 1 {
		if m.root {
			m.wrong("there is more than one root element")
		}
		m.root = true
	}
	if !m.add(n) {
		return
	}
	if m.marker.to > 0 && m.marker.from == m.at {
		n.mark, n.ends = m.marker.mark, m.marker.to
	}
	m.at += length
	switch {
	case closed:
	case len(m.open) > maxDepth:
		m.wrong("its elements are nested deeper than %d", maxDepth)
	case n.space == "" && voidElements[n.name] && len(m.open) > 3:
		m.wrong("the element %s has no end", n.local)
	default:
		m.open, m.marks = append(m.open, n), append(m.marks, len(m.bindings))
		m.bindings = append(m.bindings, own[:min(len(own), maxBindings-min(len(m.bindings), maxBindings))]...)
	}
}

// voidElements of HTML have no end tag; inside an item they are nothing else.
var voidElements = map[string]bool{"br": true, "hr": true, "img": true, "wbr": true, "area": true, "col": true, "embed": true, "input": true, "param": true}

// isItem tells an RSS item or an Atom entry.
func (n *node) isItem() bool {
	return n.space == "" && n.name == "item" || n.name == "entry" && (n.space == "atom" || n.space == "")
}

// makeRoom closes what must have ended where n begins: an item before the next
// item, a title before the link.
func (m *markup) makeRoom(n *node) {
	if n.isItem() {
		for i := len(m.open) - 1; i > 0 && m.open[i].space != "xhtml"; i-- {
			if m.open[i].isItem() {
				m.wrong("an element %s begins inside of another", n.local)
				m.closeTo(i)
				return
			}
		}
		return
	}
	if len(m.open) < 3 {
		return
	}
	top, above := m.top(), m.open[len(m.open)-2]
	known := n.space != "xhtml" && n.space != "" && n.space != "atom" && !strings.Contains(n.space, "/")
	if leaves[top.name] && top.space != "xhtml" && !fields[above.name] && (known || fields[n.name]) {
		m.wrong("the element %s has no end", top.local)
		m.closeTo(len(m.open) - 1)
	}
}

// leaves hold text alone; fields are the elements that stand beside them.
var (
	leaves = nameSet("title link guid pubdate lastbuilddate category comments language ttl generator docs id updated published issued modified created date creator subject")
	fields = nameSet("title link description guid pubdate author category comments enclosure source id updated published issued modified created summary content rights subtitle tagline generator contributor language copyright managingeditor webmaster lastbuilddate docs ttl image textinput items")
)

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for n := range strings.FieldsSeq(names) {
		set[n] = true
	}
	return set
}

// closeTo closes the open nodes from the i-th on, and drops their bindings.
func (m *markup) closeTo(i int) {
	m.bindings = m.bindings[:m.marks[i]]
	m.open, m.marks = m.open[:i], m.marks[:i]
}

// end reads an end tag. One that ends nothing is passed over; one that ends an
// outer element ends the inner ones too.
func (m *markup) end(rest string) {
	stop := strings.IndexAny(rest[2:min(len(rest), 1000)], "<>")
	if stop < 0 {
		m.wrong("an end tag has no end")
		m.at += 2
		return
	}
	name := strings.TrimSpace(rest[2 : 2+stop])
	defer func() {
		m.at += 2 + stop
		if rest[2+stop] == '>' {
			m.at++
		}
	}()
	if _, local, found := strings.Cut(name, ":"); found {
		name = local
	}
	for i := len(m.open) - 1; i > 0; i-- {
		if n := m.open[i]; n.local == name || strings.EqualFold(n.local, name) {
			if i != len(m.open)-1 {
				m.wrong("the element %s has no end", m.top().local)
			} else if n.local != name {
				m.wrong("the element %s ends as %s", n.local, name)
			}
			if n.ends != m.at+2+stop+1 {
				n.mark = mark{}
			}
			m.closeTo(i)
			return
		}
		// An end of something that stands in a text does not end the item.
		if m.open[i].isItem() && !outerElements[strings.ToLower(name)] {
			break
		}
	}
	m.wrong("the end tag %s ends nothing", name)
}

var outerElements = nameSet("item entry channel rss feed rdf urlset")

// startTag splits a start tag into its name and attributes, whose values are
// decoded. length counts its bytes, closed is true for an empty element.
func (m *markup) startTag(rest string) (name string, attrs []attribute, length int, closed bool) {
	i := 1
	for i < len(rest) && !strings.ContainsRune(" \t\r\n/><", rune(rest[i])) {
		i++
	}
	name = rest[1:i]
	for {
		for i < len(rest) && strings.IndexByte(" \t\r\n", rest[i]) >= 0 {
			i++
		}
		switch {
		case i >= len(rest):
			m.wrong("a tag has no end")
			return name, attrs, i, false
		case rest[i] == '>':
			return name, attrs, i + 1, false
		case rest[i] == '<':
			m.wrong("a tag has no end")
			return name, attrs, i, false
		case rest[i] == '/':
			if i+1 < len(rest) && rest[i+1] == '>' {
				return name, attrs, i + 2, true
			}
			i++
			continue
		}
		begin := i
		for i < len(rest) && strings.IndexByte(" \t\r\n=/><", rest[i]) < 0 {
			i++
		}
		a := attribute{name: rest[begin:i]}
		after := i
		for after < len(rest) && strings.IndexByte(" \t\r\n", rest[after]) >= 0 {
			after++
		}
		if after < len(rest) && rest[after] == '=' {
			a.value, i = m.attributeValue(rest, after+1)
		} else {
			m.wrong("the attribute %s has no value", a.name)
		}
		if i == begin { // a stray "="
			i++
		}
		if a.name != "" && len(attrs) < maxAttributes && !m.has(attrs, a.name) {
			attrs = append(attrs, a)
		}
	}
}

func (m *markup) has(attrs []attribute, name string) bool {
	for _, a := range attrs {
		if a.name == name {
			m.wrong("the attribute %s stands twice", name)
			return true
		}
	}
	return false
}

// attributeValue reads a value from i on and gives the place behind it.
func (m *markup) attributeValue(rest string, i int) (string, int) {
	for i < len(rest) && strings.IndexByte(" \t\r\n", rest[i]) >= 0 {
		i++
	}
	if i < len(rest) && (rest[i] == '"' || rest[i] == '\'') {
		// A quote that never ends must not swallow the document.
		limit := min(len(rest), i+1+(64<<10))
		if end := strings.IndexByte(rest[i+1:limit], rest[i]); end >= 0 {
			value := rest[i+1 : i+1+end]
			if strings.IndexByte(value, '<') >= 0 {
				m.wrong("an attribute holds a less-than sign")
			}
			return m.decode(value, true), i + 1 + end + 1
		}
		m.wrong("the value of an attribute has no end")
		i++
	} else {
		m.wrong("the value of an attribute stands without quotes")
	}
	begin := i
	for i < len(rest) && strings.IndexByte(" \t\r\n><", rest[i]) < 0 {
		i++
	}
	end := i
	if i < len(rest) && rest[i] == '>' && end > begin && rest[end-1] == '/' {
		end, i = end-1, i-1
	}
	return m.decode(rest[begin:end], true), i
}
