package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textLine is one line as it is seen.
type textLine struct {
	y, left, right, size float64
	text                 string
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
		if l := assemble(glyphs[start:stop]); strings.TrimSpace(l.text) != "" {
			lines = append(lines, l)
		}
		start = stop
	}
	return paragraphs(lines)
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
	var pieces []string
	blank := true // the piece before is a space, or there is none
	for i, g := range line {
		// A gap of a fifth of the size is a space that was not drawn.
		if gap := g.x - out.right; i > 0 && gap > 0.2*g.size && !blank && strings.TrimSpace(g.text) != "" {
			if gap > 3*g.size {
				pieces = append(pieces, "\t") // columns of a table
			} else {
				pieces = append(pieces, " ")
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
		pieces = append(pieces, g.text)
	}
	out.text = strings.TrimSpace(logical(pieces))
	return out
}

// attachMarks puts vowel signs and accents that were drawn as glyphs of their
// own behind the letter that they stand over.
func attachMarks(drawn []glyph) []glyph {
	out := make([]glyph, 0, len(drawn))
	for _, g := range drawn {
		if k := len(out) - 1; k >= 0 && isMark(g.text) && g.x >= out[k].x-0.5*g.size && g.x <= out[k].x+out[k].width+0.5*g.size {
			out[k].text += g.text
			continue
		}
		out = append(out, g)
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
			step := before.y - l.y
			size := max(l.size, before.size)
			alike := math.Abs(l.size-before.size) < 0.15*size
			switch {
			case !alike || step < 0 || step > 1.9*size || math.Abs(before.left-l.left) > 40*size:
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
