package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// textLine is one line as it is seen.
type textLine struct {
	y, left, right, size float64
	pieces               []string // as they stand from left to right
	text                 string   // in reading order
}

// layOut puts the glyphs of a page into lines and paragraphs. Lines come in the
// order in which they were drawn, which is the order of reading in nearly every
// file, columns included.
func layOut(glyphs []glyph) string {
	var lines []textLine
	for start := 0; start < len(glyphs); {
		stop := start + 1
		for stop < len(glyphs) && sameLine(glyphs[start], glyphs[stop]) {
			stop++
		}
		if l := assemble(glyphs[start:stop]); len(l.pieces) > 0 {
			lines = append(lines, l)
		}
		start = stop
	}
	for i := range lines {
		right, left := lines[i].words()
		if right > 0 && left > 0 { // a line of both: its paragraph tells which of them it is in
			for _, k := range []int{i - 1, i + 1} {
				if k >= 0 && k < len(lines) && goesOn(lines[min(i, k)], lines[max(i, k)]) {
					r, l := lines[k].words()
					right, left = right+r, left+l
				}
			}
		}
		lines[i].text = strings.TrimSpace(inCells(slices.Clone(lines[i].pieces), right >= left))
	}
	lines = slices.DeleteFunc(lines, func(l textLine) bool { return l.text == "" })
	return paragraphs(lines)
}

// words counts the words of a line that read from right to left, and those that
// read from left to right. A long address or name counts as one.
func (l textLine) words() (right, left int) {
	count := func(word []string) {
		for _, g := range word {
			switch direction(g) {
			case bidi.R:
				right++
				return
			case bidi.L:
				left++
				return
			}
		}
	}
	start := 0
	for i, g := range l.pieces {
		if strings.TrimSpace(g) == "" {
			count(l.pieces[start:i])
			start = i + 1
		}
	}
	count(l.pieces[start:])
	return right, left
}

// inCells puts a line into reading order, cell by cell: what stands in one column
// of a table does not run on in the next. fromRight tells the order of the cells,
// and of a line that is one cell.
func inCells(pieces []string, fromRight bool) string {
	var cells []string
	for start := 0; start <= len(pieces); {
		stop := start + 1
		for stop < len(pieces) && pieces[stop] != "\t" {
			stop++
		}
		cell := textLine{pieces: pieces[start:min(stop, len(pieces))]}
		own := fromRight
		if right, left := cell.words(); len(cell.pieces) < len(pieces) && right+left > 0 {
			own = right >= left
		}
		cells = append(cells, logical(cell.pieces, own))
		start = stop + 1
	}
	if fromRight {
		slices.Reverse(cells)
	}
	return strings.Join(cells, "\t")
}

func sameLine(a, b glyph) bool {
	return math.Abs(a.y-b.y) < 0.4*max(a.size, b.size) // raised and lowered signs belong to their line
}

// assemble makes a line of glyphs that have one baseline.
func assemble(drawn []glyph) textLine {
	line := attachMarks(drawn)
	slices.SortStableFunc(line, func(a, b glyph) int {
		switch {
		case a.x < b.x-0.01:
			return -1
		case a.x > b.x+0.01:
			return 1
		}
		return 0
	})
	out := textLine{y: line[0].y, left: line[0].x, right: line[0].x, size: line[0].size}
	blank := true // the piece before is a space, or there is none
	for i, g := range line {
		// A gap of a fifth of the size is a space that was not drawn.
		if gap := g.x - out.right; i > 0 && gap > 0.2*g.size && !blank && strings.TrimSpace(g.text) != "" {
			if gap > 3*g.size {
				out.pieces = append(out.pieces, "\t") // columns of a table
			} else {
				out.pieces = append(out.pieces, " ")
			}
		}
		out.right = max(out.right, g.x+g.width)
		if g.size > out.size {
			out.size, out.y = g.size, g.y
		}
		if blank && strings.TrimSpace(g.text) == "" {
			continue
		}
		blank = strings.TrimSpace(g.text) == ""
		out.pieces = append(out.pieces, g.text)
	}
	if blank && len(out.pieces) > 0 {
		out.pieces = out.pieces[:len(out.pieces)-1]
	}
	return out
}

// attachMarks puts vowel signs and accents that were drawn as glyphs of their
// own behind the letter that they stand over, and what was not drawn at all,
// such as the sign that keeps two letters apart, behind the letter that is read
// before it.
func attachMarks(drawn []glyph) []glyph {
	out := make([]glyph, 0, len(drawn))
	pending := "" // belongs behind the next letter
	for i, g := range drawn {
		k := len(out) - 1
		switch {
		case g.silent && k >= 0 && !(i+1 < len(drawn) && direction(out[k].text) == bidi.R && drawn[i+1].x > out[k].x):
			out[k].text += g.text
		case g.silent && i+1 < len(drawn): // letters from right to left, drawn from left to right
			pending += g.text
		case k >= 0 && isMark(g.text) && g.x >= out[k].x-0.5*g.size && g.x <= out[k].x+out[k].width+0.5*g.size:
			out[k].text += g.text
		default:
			g.text, pending = g.text+pending, ""
			out = append(out, g)
		}
	}
	return out
}

func isMark(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && unicode.Is(unicode.Mn, r)
}

// paragraphs joins lines: a line goes on in the next where it fills the width of
// its neighbours and the next follows at a line's distance in the same size.
func paragraphs(lines []textLine) string {
	var out strings.Builder
	for i, l := range lines {
		if i > 0 {
			before := lines[i-1]
			switch {
			case !goesOn(before, l):
				out.WriteString("\n\n")
			case fills(lines, i-1) && !strings.Contains(before.text, "\t") && !strings.Contains(l.text, "\t"):
				if !strings.HasSuffix(before.text, "\u00ad") {
					out.WriteByte(' ')
				}
			default:
				out.WriteByte('\n')
			}
		}
		out.WriteString(strings.TrimSuffix(l.text, "\u00ad"))
	}
	return out.String()
}

// goesOn reports whether a line follows another at a line's distance, in the same
// size and column.
func goesOn(before, l textLine) bool {
	step, size := before.y-l.y, max(l.size, before.size)
	return math.Abs(l.size-before.size) < 0.15*size && step >= 0 && step <= 1.9*size && math.Abs(before.left-l.left) <= 40*size
}

// fills reports whether a line is about as wide as the widest of the lines
// around it, so that the next is its continuation.
func fills(lines []textLine, i int) bool {
	widest := 0.0
	for _, l := range lines[max(0, i-3):min(len(lines), i+4)] {
		if math.Abs(l.size-lines[i].size) < 0.15*lines[i].size {
			widest = max(widest, l.right-l.left)
		}
	}
	width := lines[i].right - lines[i].left
	return width > 0.82*widest && width > 15*lines[i].size
}
