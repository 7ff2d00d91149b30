package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"
)

// writer makes small PDF files. Fonts map code i+1 to the i-th text that was
// drawn, by a ToUnicode map.
type writer struct {
	codes    map[string]int
	order    []string
	pages    []string // contents
	info     string
	trailer  string
	compress bool
}

// draw adds glyphs of 6 points each from x on.
func (w *writer) draw(x, y float64, glyphs []string) string {
	if w.codes == nil {
		w.codes = map[string]int{}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "BT /F1 12 Tf 1 0 0 1 %g %g Tm <", x, y)
	for _, g := range glyphs {
		if w.codes[g] == 0 {
			w.order = append(w.order, g)
			w.codes[g] = len(w.order)
		}
		fmt.Fprintf(&b, "%04X", w.codes[g])
	}
	b.WriteString("> Tj ET\n")
	return b.String()
}

func split(s string) []string { return strings.Split(s, "") }

func (w *writer) stream(extra, body string) string {
	if w.compress {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write([]byte(body))
		_ = z.Close()
		extra, body = extra+"/Filter/FlateDecode", b.String()
	}
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", extra, len(body), body)
}

func (w *writer) bytes() []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	n := 0
	object := func(body string) int {
		n++
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n, body)
		return n
	}
	var unicode strings.Builder
	unicode.WriteString("/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for i, g := range w.order {
		fmt.Fprintf(&unicode, "1 beginbfchar <%04X> <", i+1)
		for _, u := range utf16.Encode([]rune(g)) {
			fmt.Fprintf(&unicode, "%04X", u)
		}
		unicode.WriteString("> endbfchar\n")
	}
	unicode.WriteString("endcmap end")
	cmap := object(w.stream("", unicode.String()))
	below := object("<</Type/Font/Subtype/CIDFontType2/BaseFont/Test/DW 500>>")
	font := object(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/Test/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", below, cmap))
	plain := object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	var kids []string
	for _, p := range w.pages {
		content := object(w.stream("", p))
		page := object(fmt.Sprintf("<</Type/Page/Parent 1000 0 R/Contents %d 0 R/Resources<</Font<</F1 %d 0 R/F2 %d 0 R>>>>>>", content, font, plain))
		kids = append(kids, fmt.Sprintf("%d 0 R", page))
	}
	fmt.Fprintf(&out, "1000 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n", len(kids), strings.Join(kids, " "))
	fmt.Fprintf(&out, "1001 0 obj\n<</Type/Catalog/Pages 1000 0 R/Lang(ar)>>\nendobj\n1002 0 obj\n<<%s>>\nendobj\n", w.info)
	fmt.Fprintf(&out, "trailer\n<</Root 1001 0 R/Info 1002 0 R%s>>\nstartxref\n0\n%%%%EOF\n", w.trailer)
	return out.Bytes()
}
