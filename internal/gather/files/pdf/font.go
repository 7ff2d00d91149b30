package pdf

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// font tells what the codes of a font mean and how wide their glyphs are.
type font struct {
	composite bool            // codes of several bytes (9.7)
	lengths   []codeSpace     // of codes, from the ToUnicode map
	unicode   map[int]string  // by code and length, see codeKey
	ranges    []codeRange     //
	simple    *[256]string    // of a font with codes of one byte
	ucs2      bool            // codes are UTF-16
	widths    map[int]float64 // thousandths of the size
	standard  float64         // width of the others
}

type codeSpace struct{ size, low, high int }

// codeRange maps codes low..high to a text whose last unit grows with them.
type codeRange struct {
	size, low, high int
	text            string
}

func codeKey(size, code int) int { return size<<32 | code }

// maxCodes bounds what the maps of one font hold.
const maxCodes = 70_000

func (f *file) font(d dict) *font {
	out := &font{unicode: map[int]string{}, widths: map[int]float64{}, standard: 500}
	out.composite = f.value(d["Subtype"]) == name("Type0")
	if s, ok := f.value(d["ToUnicode"]).(*stream); ok {
		f.toUnicode(out, f.unfold(s))
	}
	if out.composite {
		encoding, _ := f.value(d["Encoding"]).(name)
		out.ucs2 = strings.Contains(string(encoding), "UCS2") || strings.Contains(string(encoding), "UTF16")
		if below := f.array(d["DescendantFonts"]); len(below) > 0 {
			f.compositeWidths(out, f.dict(below[0]))
		}
		return out
	}
	out.simple = f.simpleEncoding(d)
	first := int(f.number(d["FirstChar"]))
	for i, w := range f.array(d["Widths"]) {
		if i > 255 {
			break
		}
		if n := f.number(w); n > 0 {
			out.widths[first+i] = n
		}
	}
	if f.value(d["Subtype"]) == name("Type3") { // whose widths are in units of its own
		out.widths = map[int]float64{}
	}
	return out
}

func (f *file) compositeWidths(out *font, d dict) {
	out.standard = 1000
	if n := f.number(d["DW"]); n > 0 {
		out.standard = n
	}
	list := f.array(d["W"])
	for i := 0; i+1 < len(list) && len(out.widths) < maxCodes; {
		first := int(f.number(list[i]))
		if widths := f.array(list[i+1]); widths != nil {
			for j, w := range widths {
				out.widths[first+j] = f.number(w)
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			return
		}
		last, w := int(f.number(list[i+1])), f.number(list[i+2])
		for code := first; code <= last && len(out.widths) < maxCodes; code++ {
			out.widths[code] = w
		}
		i += 3
	}
}

// toUnicode reads a ToUnicode map: the codespacerange, bfchar and bfrange
// sections of 9.10.3.
func (f *file) toUnicode(out *font, body []byte) {
	l := &lexer{data: body, left: &f.values}
	var held []any
	for {
		v, err := l.next(0)
		if err != nil || v == end {
			return
		}
		op, isOp := v.(keyword)
		if !isOp {
			if held = append(held, v); len(held) > 1000 {
				held = held[500:]
			}
			continue
		}
		switch op {
		case "endcodespacerange":
			for i := 0; i+1 < len(held) && len(out.lengths) < 100; i += 2 {
				low, ok1 := held[i].(text)
				high, ok2 := held[i+1].(text)
				if ok1 && ok2 && len(low) == len(high) && len(low) >= 1 && len(low) <= 4 {
					out.lengths = append(out.lengths, codeSpace{len(low), code(low), code(high)})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(held) && len(out.unicode) < maxCodes; i += 2 {
				from, ok1 := held[i].(text)
				to, ok2 := held[i+1].(text)
				if ok1 && ok2 && len(from) <= 4 {
					out.unicode[codeKey(len(from), code(from))] = fromUTF16(to)
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(held); i += 3 {
				out.addRange(held[i], held[i+1], held[i+2])
			}
		}
		held = held[:0]
	}
}

func (out *font) addRange(low, high, to any) {
	l, ok1 := low.(text)
	h, ok2 := high.(text)
	if !ok1 || !ok2 || len(l) != len(h) || len(l) == 0 || len(l) > 4 {
		return
	}
	switch to := to.(type) {
	case text:
		if len(out.ranges) < 2000 {
			out.ranges = append(out.ranges, codeRange{len(l), code(l), code(h), fromUTF16(to)})
		}
	case array:
		for i, v := range to {
			if t, ok := v.(text); ok && len(out.unicode) < maxCodes && code(l)+i <= code(h) {
				out.unicode[codeKey(len(l), code(l)+i)] = fromUTF16(t)
			}
		}
	}
}

func code(t text) int {
	n := 0
	for i := range len(t) {
		n = n<<8 | int(t[i])
	}
	return n
}

func fromUTF16(t text) string {
	units := make([]uint16, len(t)/2)
	for i := range units {
		units[i] = uint16(t[2*i])<<8 | uint16(t[2*i+1])
	}
	return string(utf16.Decode(units))
}

// meaning is one code of a shown string.
type meaning struct {
	text  string // "" where unknown
	width float64
	space bool // the one-byte code 32, to which word spacing applies (9.3.3)
}

// next reads the first code of shown bytes and gives how long it is.
func (t *font) next(b text) (meaning, int) {
	size := t.codeSize(b)
	c := code(b[:size])
	m := meaning{width: t.standard, space: size == 1 && c == 32}
	if w, ok := t.widths[c]; ok {
		m.width = w
	}
	if s, ok := t.unicode[codeKey(size, c)]; ok {
		m.text = s
		return m, size
	}
	m.text = t.look(size, c)
	if len(t.unicode) < 2*maxCodes {
		t.unicode[codeKey(size, c)] = m.text
	}
	return m, size
}

func (t *font) look(size, c int) string {
	for _, r := range t.ranges {
		if r.size == size && c >= r.low && c <= r.high {
			last, n := utf8.DecodeLastRuneInString(r.text)
			return r.text[:len(r.text)-n] + string(last+rune(c-r.low))
		}
	}
	switch {
	case t.simple != nil:
		return t.simple[c]
	case t.ucs2 && size == 2:
		return string(utf16.Decode([]uint16{uint16(c)}))
	}
	return ""
}

func (t *font) codeSize(b text) int {
	if !t.composite {
		return 1
	}
	for size := 1; size <= 4 && size <= len(b); size++ {
		for _, s := range t.lengths {
			if c := code(b[:size]); s.size == size && c >= s.low && c <= s.high {
				return size
			}
		}
	}
	return min(2, len(b))
}

// simpleEncoding gives the texts of a font's 256 codes (9.6.6).
func (f *file) simpleEncoding(d dict) *[256]string {
	var out [256]string
	base, _ := f.value(d["Encoding"]).(name)
	differences := f.dict(d["Encoding"])
	if differences != nil {
		base, _ = f.value(differences["BaseEncoding"]).(name)
	}
	table := charmap.Windows1252
	if base == "MacRomanEncoding" {
		table = charmap.Macintosh
	}
	for i := 32; i < 256; i++ {
		if r := table.DecodeByte(byte(i)); r != utf8.RuneError {
			out[i] = string(r)
		}
	}
	if base == "" { // StandardEncoding differs from ASCII in its quotes
		out['\''], out['`'] = "’", "‘"
	}
	at := 0
	for _, v := range f.array(differences["Differences"]) {
		switch v := f.value(v).(type) {
		case float64:
			at = int(v)
		case name:
			if at >= 0 && at < 256 {
				out[at] = glyphText(string(v))
			}
			at++
		}
	}
	return &out
}
