package pdf

import (
	"bytes"
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// matrix is a transformation (8.3.3): x' = a*x + c*y + e, y' = b*x + d*y + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{1, 0, 0, 1, 0, 0}

// then gives the transformation that is m and after it n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// glyph is something that was drawn: where its baseline begins, along which
// direction, how long and how large, in points.
type glyph struct {
	x, y, width, size float64
	text              string
	silent            bool // nothing was drawn for it: it belongs between what was drawn before and after it
}

// state is the graphics state as far as text needs it (9.3).
type state struct {
	ctm                                            matrix
	font                                           *font
	size, charSpace, wordSpace, scale, lead, raise float64
}

// painter runs the content streams of one page.
type painter struct {
	file     *file
	fonts    map[ref]*font
	state    state
	stack    []state
	tm, line matrix
	glyphs   []glyph
	marked   []bool    // for each open marked content: its text is given by ActualText
	actual   *actually // what the outermost of them says; nil outside
	hidden   int       // how many of them are open
	pictures bool
	unread   int
}

// text reads all pages.
func (f *file) text(doc *Document, pages []page) error {
	var out strings.Builder
	fonts := map[ref]*font{}
	drawn := 0
	for _, pg := range pages {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		p := &painter{file: f, fonts: fonts, state: state{ctm: identity, scale: 1}}
		if rotation := int(f.number(pg.dict["Rotate"])); rotation%360 != 0 {
			p.state.ctm = rotated(rotation)
		}
		var content []byte
		if s, ok := f.value(pg.dict["Contents"]).(*stream); ok {
			content = f.unfold(s)
		}
		for _, v := range f.array(pg.dict["Contents"]) {
			if s, ok := f.value(v).(*stream); ok && len(content) < maxUnfolded {
				content = append(append(content, f.unfold(s)...), '\n')
			}
		}
		err := p.run(content, pg.resources, 0)
		if err != nil && err != errComplex {
			return err
		}
		doc.Pictures = doc.Pictures || p.pictures
		doc.Unread += p.unread
		drawn += len(p.glyphs)
		if body := layOut(p.glyphs); body != "" {
			if out.Len() > 0 {
				out.WriteString("\n\n")
			}
			out.WriteString(body)
		}
		if drawn > maxGlyphs || out.Len() > maxUnfolded/4 || f.left <= 0 || err != nil {
			doc.Cut = true
			break
		}
	}
	doc.Text = out.String()
	return nil
}

func rotated(degrees int) matrix {
	sin, cos := math.Sincos(-float64(degrees) * math.Pi / 180)
	return matrix{cos, sin, -sin, cos, 0, 0}
}

// run interprets a content stream. One that is malformed is read as far as it goes.
func (p *painter) run(content []byte, resources dict, depth int) error {
	l := &lexer{data: content, left: &p.file.values}
	var args []any
	for steps := 0; ; steps++ {
		if steps%4096 == 0 && p.file.ctx.Err() != nil {
			return p.file.ctx.Err()
		}
		v, err := l.next(0)
		if err != nil {
			return err
		}
		op, isOp := v.(keyword)
		if !isOp {
			if args = append(args, v); len(args) > 100 {
				args = args[50:]
			}
			continue
		}
		if op == end || len(p.glyphs) > maxGlyphs {
			return nil
		}
		if op == "ID" { // the data of an inline picture (8.9.7)
			p.pictures = true
			if i := bytes.Index(content[l.at:], []byte("EI")); i >= 0 {
				for i >= 0 && !isBreak(content, l.at+i+2) {
					l.at += i + 2
					i = bytes.Index(content[l.at:], []byte("EI"))
				}
				l.at += max(i, 0) + 2
			}
			l.at = min(l.at, len(content))
		} else if err := p.operate(string(op), args, resources, depth); err != nil {
			return err
		}
		args = args[:0]
	}
}

func isBreak(b []byte, at int) bool { return at >= len(b) || isSpace(b[at]) }

func (p *painter) operate(op string, args []any, resources dict, depth int) error {
	n := make([]float64, 6) // the numbers at the end of args
	for i := range min(6, len(args)) {
		n[5-i], _ = args[len(args)-1-i].(float64)
	}
	s := &p.state
	switch op {
	case "q":
		if len(p.stack) < 1000 {
			p.stack = append(p.stack, *s)
		}
	case "Q":
		if k := len(p.stack) - 1; k >= 0 {
			*s, p.stack = p.stack[k], p.stack[:k]
		}
	case "cm":
		s.ctm = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}.then(s.ctm)
	case "BT":
		p.tm, p.line = identity, identity
	case "Tc":
		s.charSpace = n[5]
	case "Tw":
		s.wordSpace = n[5]
	case "Tz":
		s.scale = n[5] / 100
	case "TL":
		s.lead = n[5]
	case "Ts":
		s.raise = n[5]
	case "Tf":
		s.size = n[5]
		if len(args) >= 2 {
			fontName, _ := args[len(args)-2].(name)
			s.font = p.font(resources, fontName)
		}
	case "Td":
		p.move(n[4], n[5])
	case "TD":
		s.lead = -n[5]
		p.move(n[4], n[5])
	case "Tm":
		p.line = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
		p.tm = p.line
	case "T*":
		p.move(0, -s.lead)
	case "'":
		p.move(0, -s.lead)
		p.show(last(args))
	case "\"":
		s.wordSpace, s.charSpace = n[3], n[4]
		p.move(0, -s.lead)
		p.show(last(args))
	case "Tj":
		p.show(last(args))
	case "TJ":
		list, _ := last(args).(array)
		for _, v := range list {
			if shift, ok := v.(float64); ok {
				p.tm = matrix{1, 0, 0, 1, -shift / 1000 * s.size * s.scale, 0}.then(p.tm)
			} else {
				p.show(v)
			}
		}
	case "BDC", "BMC":
		p.mark(args, resources)
	case "EMC":
		p.endMark()
	case "Do":
		return p.draw(last(args), resources, depth)
	}
	return nil
}

func last(args []any) any {
	if len(args) == 0 {
		return nil
	}
	return args[len(args)-1]
}

func (p *painter) move(x, y float64) {
	p.line = matrix{1, 0, 0, 1, x, y}.then(p.line)
	p.tm = p.line
}

// actually is a text that stands for what is drawn within marked content
// (ActualText, 14.9.4).
type actually struct {
	text string
	at   int // of its glyph among those of the page, once something was drawn; else -1
}

// mark opens marked content.
func (p *painter) mark(args []any, resources dict) {
	var properties dict
	switch v := last(args).(type) {
	case dict:
		properties = v
	case name:
		properties = p.file.dict(p.file.dict(resources["Properties"])[v])
	}
	stated, given := p.file.value(properties["ActualText"]).(text)
	if given {
		if p.hidden == 0 {
			p.actual = &actually{text: p.file.words(stated), at: -1}
		}
		p.hidden++
	}
	if p.marked = append(p.marked, given); len(p.marked) > 10_000 {
		p.marked = p.marked[5000:]
	}
}

// endMark closes marked content. Where nothing was drawn in it, its text stands
// where the next would be drawn.
func (p *painter) endMark() {
	k := len(p.marked) - 1
	if k < 0 {
		return
	}
	given := p.marked[k]
	p.marked = p.marked[:k]
	if !given {
		return
	}
	if p.hidden--; p.hidden > 0 {
		return
	}
	if p.actual.at < 0 {
		n := len(p.glyphs)
		if p.emit(p.actual.text, 0); len(p.glyphs) > n {
			p.glyphs[n].silent = strings.TrimSpace(p.actual.text) != ""
		}
	}
	p.actual = nil
}

// stand draws the text that is given for what is drawn: once, where the first of
// it is drawn (which is known only then: the font and the place are often set
// within the marked content), and as wide as all of it on that line.
func (p *painter) stand(width float64) {
	a := p.actual
	if a.at < 0 {
		a.at = len(p.glyphs)
		p.emit(a.text, width)
		return
	}
	if a.at >= len(p.glyphs) { // it says that what is drawn has no text
		return
	}
	if g, ok := p.place(width); ok && math.Abs(g.y-p.glyphs[a.at].y) < g.size {
		all := &p.glyphs[a.at]
		left := min(all.x, g.x)
		all.width = max(all.x+all.width, g.x+g.width) - left
		all.x = left
	}
}

func (p *painter) font(resources dict, fontName name) *font {
	v := p.file.dict(resources["Font"])[fontName]
	d := p.file.dict(v)
	if d == nil {
		return nil
	}
	r, isRef := v.(ref)
	if !isRef {
		return p.file.font(d)
	}
	known, ok := p.fonts[r]
	if !ok {
		known = p.file.font(d)
		p.fonts[r] = known
	}
	return known
}

// draw runs a form (8.10), and notes a picture.
func (p *painter) draw(v any, resources dict, depth int) error {
	n, _ := v.(name)
	s, ok := p.file.value(p.file.dict(resources["XObject"])[n]).(*stream)
	if !ok {
		return nil
	}
	if p.file.value(s.dict["Subtype"]) != name("Form") {
		p.pictures = true
		return nil
	}
	if p.file.forms++; depth >= 8 || p.file.forms > maxForms {
		return nil
	}
	before, stack := p.state, p.stack
	p.stack = nil
	if m := p.file.array(s.dict["Matrix"]); len(m) == 6 {
		var k [6]float64
		for i := range k {
			k[i] = p.file.number(m[i])
		}
		p.state.ctm = matrix{k[0], k[1], k[2], k[3], k[4], k[5]}.then(p.state.ctm)
	}
	inner := p.file.dict(s.dict["Resources"])
	if inner == nil {
		inner = resources
	}
	err := p.run(p.file.unfold(s), inner, depth+1)
	p.state, p.stack = before, stack
	return err
}

// show draws the codes of a string.
func (p *painter) show(v any) {
	b, _ := v.(text)
	s := &p.state
	for len(b) > 0 {
		if s.font == nil {
			p.unread += len(b)
			return
		}
		m, size := s.font.next(b)
		b = b[size:]
		advance := m.width/1000*s.size + s.charSpace
		if m.space {
			advance += s.wordSpace
		}
		if width := m.width / 1000 * s.size * s.scale; p.hidden > 0 {
			p.stand(width)
		} else {
			if m.text == "" && m.width > 0 {
				m.text = "\uFFFD"
				p.unread++
			}
			p.emit(m.text, width)
		}
		p.tm = matrix{1, 0, 0, 1, advance * s.scale, 0}.then(p.tm)
	}
}

func (p *painter) emit(t string, width float64) {
	if g, ok := p.place(width); ok && t != "" {
		g.text = t
		p.glyphs = append(p.glyphs, g)
	}
}

// place tells where something of a width would be drawn now.
func (p *painter) place(width float64) (glyph, bool) {
	place := matrix{1, 0, 0, 1, 0, p.state.raise}.then(p.tm).then(p.state.ctm)
	along := math.Hypot(place.a, place.b)
	size := math.Hypot(place.c, place.d) * math.Abs(p.state.size)
	if along == 0 || math.IsNaN(along+size+place.e+place.f) || math.IsInf(along+size+place.e+place.f, 0) {
		return glyph{}, false
	}
	// Text that runs upwards or downwards is laid along its own direction.
	cos, sin := place.a/along, place.b/along
	return glyph{
		x: place.e*cos + place.f*sin, y: place.f*cos - place.e*sin,
		width: width * along, size: max(size, 0.1),
	}, true
}

// words reads a text string (7.9.2.2): UTF-16 or UTF-8 with a mark, else
// PDFDocEncoding, which is nearly Windows-1252.
func (f *file) words(v any) string {
	t, _ := f.value(v).(text)
	switch {
	case strings.HasPrefix(string(t), "\xfe\xff"):
		return clean(fromUTF16(t[2:]))
	case strings.HasPrefix(string(t), "\xef\xbb\xbf"):
		return clean(strings.ToValidUTF8(string(t[3:]), "\uFFFD"))
	}
	var b strings.Builder
	for i := range len(t) {
		b.WriteRune(charmap.Windows1252.DecodeByte(t[i]))
	}
	return clean(b.String())
}

func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}
