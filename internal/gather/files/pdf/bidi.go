package pdf

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// logical puts the glyphs of a line, from left to right, into the order in which
// they are read: the inverse of the Unicode bidirectional algorithm (UAX #9) for
// what lines of print hold. fromRight is the line's own direction. Words and
// numbers of the other direction keep their own order. It overwrites glyphs.
func logical(glyphs []string, fromRight bool) string {
	if !slices.ContainsFunc(glyphs, func(g string) bool { return direction(g) == bidi.R }) {
		return strings.Join(glyphs, "")
	}
	for i, g := range glyphs {
		glyphs[i] = letters(g)
	}
	if fromRight {
		slices.Reverse(glyphs)
		eachRun(glyphs, bidi.L, slices.Reverse)
		return brackets(glyphs)
	}
	eachRun(glyphs, bidi.R, func(run []string) {
		slices.Reverse(run)
		eachRun(run, bidi.L, slices.Reverse)
		inner := brackets(run)
		clear(run)
		run[0] = inner
	})
	return strings.Join(glyphs, "")
}

// direction is R for letters from right to left, L for letters from left to
// right, EN for digits of any script, CS for signs that stand within numbers,
// and ON for others.
func direction(g string) bidi.Class {
	for _, r := range g {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL:
			return bidi.R
		case bidi.L:
			return bidi.L
		case bidi.EN, bidi.AN:
			return bidi.EN
		case bidi.CS, bidi.ES, bidi.ET:
			return bidi.CS
		}
	}
	return bidi.ON
}

// eachRun calls f for each run of glyphs of a direction. For L, digits count as
// letters, and signs and blanks within a run belong to it where letters stand on
// both sides of them, or a single sign between digits.
func eachRun(glyphs []string, d bidi.Class, f func([]string)) {
	for i := 0; i < len(glyphs); i++ {
		if !inRun(direction(glyphs[i]), d) {
			continue
		}
		stop := i + 1
		for k := stop; k < len(glyphs); k++ {
			c := direction(glyphs[k])
			if inRun(c, d) {
				if joins(glyphs[i:k+1], stop-i, d) {
					stop = k + 1
					continue
				}
				break
			}
			if d == bidi.L && c == bidi.R || d == bidi.R && c == bidi.L {
				break
			}
		}
		f(glyphs[i:stop])
		i = stop - 1
	}
}

func inRun(c, d bidi.Class) bool { return c == d || d == bidi.L && c == bidi.EN }

// joins reports whether what stands between the first n glyphs of a run and its
// last one leaves them one run.
func joins(run []string, n int, d bidi.Class) bool {
	between := run[n : len(run)-1]
	if len(between) == 0 {
		return true
	}
	before, after := direction(run[n-1]), direction(run[len(run)-1])
	if d == bidi.L && before == bidi.EN && after == bidi.EN {
		// 26/9/2015 and 3.5 are one number; two numbers with a blank or a hyphen
		// between are two, and stand in the order of the line.
		return len(between) == 1 && direction(between[0]) == bidi.CS && !strings.ContainsAny(between[0], "-+") && strings.TrimSpace(between[0]) != ""
	}
	if d == bidi.L && (before == bidi.EN || after == bidi.EN) {
		return len(between) == 1
	}
	return true
}

// letters turns presentation forms (U+FB1D to U+FDFF, U+FE70 to U+FEFC) into
// the letters that they are forms of; the letters of a ligature come in the
// order in which they are read.
func letters(g string) string {
	for _, r := range g {
		if r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc {
			return strings.TrimSpace(norm.NFKC.String(g))
		}
	}
	return g
}

var mirrors = map[string]string{"(": ")", ")": "(", "[": "]", "]": "[", "{": "}", "}": "{", "<": ">", ">": "<", "«": "»", "»": "«", "‹": "›", "›": "‹"}

// brackets joins the glyphs of a line that reads from right to left. A glyph
// that looks like ")" opens there, so it stands for "(" (rule L4 of UAX #9); but
// files exist that say what is meant rather than what is seen. Whichever of the
// two has brackets that open before they close is right.
func brackets(glyphs []string) string {
	turned := slices.Clone(glyphs)
	for i, g := range glyphs {
		if m, ok := mirrors[g]; ok && !amidLeft(glyphs, i) {
			turned[i] = m
		}
	}
	if faults(turned) > faults(glyphs) {
		return strings.Join(glyphs, "")
	}
	return strings.Join(turned, "")
}

// amidLeft reports whether a sign stands between letters that read from left to
// right, where nothing was turned.
func amidLeft(glyphs []string, i int) bool {
	side := func(step int) bidi.Class {
		for k := i + step; k >= 0 && k < len(glyphs); k += step {
			if c := direction(glyphs[k]); c == bidi.L || c == bidi.R {
				return c
			}
		}
		return bidi.ON
	}
	return side(-1) == bidi.L && side(1) == bidi.L
}

// faults counts brackets that close what is not open, or stay open.
func faults(glyphs []string) int {
	open, bad := 0, 0
	for _, g := range glyphs {
		switch g {
		case "(", "[", "{", "«", "‹":
			open++
		case ")", "]", "}", "»", "›":
			if open == 0 {
				bad++
			} else {
				open--
			}
		}
	}
	return bad + open
}
