package claim

import (
	"unicode"
	"unicode/utf8"
)

// A quotation is what stands between two quotation marks.
type quotation struct {
	first, until int32 // tokens inside, half-open
	open, shut   int32 // bytes of the marks; shut is the end of the text inside where there is none
	openMark     rune
	parent       int32 // or -1
	closed       bool
	goesOn       bool // it goes on in the next paragraph, which opens with a mark again
	continues    bool // it is such a paragraph
}

const (
	// maxDepth bounds how deep quotations stand in one another; what is deeper is
	// read as part of the deepest.
	maxDepth = 16
	// maxQuotations bounds the quotations of a text.
	maxQuotations = 1 << 16
)

// mark reads a quotation mark at a byte. Whether it opens or closes is told by
// what stands beside it, and where that does not tell, by the mark itself: texts
// from right to left, and those that were typed without care, have the marks
// of a pair the wrong way about.
func (r *reader) mark(c rune, at, next int) gap {
	size := utf8.RuneLen(c)
	before, _ := utf8.DecodeLastRuneInString(r.text[:at])
	after, _ := utf8.DecodeRuneInString(r.text[at+size:])
	if at == 0 {
		before = ' '
	}
	if at+size >= len(r.text) {
		after = ' '
	}
	single := c == '\'' || c == '’' || c == '‘' || c == '`' || c == '′'
	double := false
	if single && (after == c || before == c) {
		// '' is written for a quotation mark.
		if before == c {
			return 0
		}
		double = true
		after, _ = utf8.DecodeRuneInString(r.text[at+2*size:])
		if at+2*size >= len(r.text) {
			after = ' '
		}
	}
	free := func(c rune) bool { return unicode.IsSpace(c) || c == utf8.RuneError }
	leads := free(before) || before == '(' || before == '[' || opens(before) || before == '—' || before == '–' || before == '-' || isControl(before)
	trails := free(after) || isControl(after) || after != c && unicode.IsPunct(after) && !opens(after) && after != '(' && after != '['
	opensHere := leads && !free(after)
	closesHere := trails && !leads
	if single && !double {
		// An apostrophe is no mark: it must lead a word, or close what one opened.
		if opensHere && (c == '‘' || c == '\'') && r.closesSoon(c, at+size) {
			return r.enter(c, at, next)
		}
		if !opensHere && c != '‘' && len(r.open) > 0 && isSingle(r.quotes[r.open[len(r.open)-1]].openMark) && !unicode.IsLetter(after) {
			return r.close(c, at, next)
		}
		return 0
	}
	switch {
	case c == '«' || c == '‹' || c == '„':
		if c != '„' && closesHere && len(r.open) > 0 && (r.quotes[r.open[len(r.open)-1]].openMark == '»') {
			return r.close(c, at, next)
		}
		opensHere = true
	case c == '»' || c == '›':
		opensHere = leads && !trails && len(r.open) == 0
	case opensHere == closesHere:
		switch {
		case c == '“' || c == '‟':
			opensHere = len(r.open) == 0 || r.quotes[r.open[len(r.open)-1]].openMark != '„'
		case c == '”':
			opensHere = false
		default: // straight: the other of what is open
			opensHere = len(r.open) == 0
		}
	}
	if opensHere {
		return r.enter(c, at, next)
	}
	return r.close(c, at, next)
}

func isControl(c rune) bool {
	return c >= 0x200B && c <= 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
}

func opens(c rune) bool {
	switch c {
	case '"', '“', '„', '«', '‘', '‹', '‟':
		return true
	}
	return false
}

func isSingle(c rune) bool { return c == '\'' || c == '‘' || c == '’' }

// closesSoon tells that a single mark that opens is closed in the same
// paragraph, within a few hundred bytes: otherwise it is an apostrophe.
func (r *reader) closesSoon(c rune, from int) bool {
	const far = 400
	end := rune('’')
	if c == '\'' {
		end = '\''
	}
	rest := r.text[from:min(len(r.text), from+far)]
	previous := rune(0)
	for i, x := range rest {
		if x == '\n' {
			return false
		}
		if x == end && i > 0 && !unicode.IsSpace(previous) {
			after, _ := utf8.DecodeRuneInString(rest[i+utf8.RuneLen(x):])
			if !unicode.IsLetter(after) {
				return true
			}
		}
		previous = x
	}
	return false
}

func (r *reader) enter(c rune, at, next int) gap {
	if len(r.open) >= maxDepth || len(r.quotes) >= maxQuotations {
		return 0
	}
	if n := len(r.open); n > 0 && r.quotes[r.open[n-1]].goesOn {
		// The paragraph before ended inside a quotation, and this one opens again.
		last := r.open[n-1]
		r.leave(last, next, at)
		r.open = r.open[:n-1]
		r.quotes = append(r.quotes, quotation{first: int32(next), open: int32(at), openMark: c, parent: r.quotes[last].parent, continues: true})
		r.open = append(r.open, int32(len(r.quotes)-1))
		return quoteOpen
	}
	parent := int32(-1)
	if n := len(r.open); n > 0 {
		parent = r.open[n-1]
	}
	r.quotes = append(r.quotes, quotation{first: int32(next), open: int32(at), openMark: c, parent: parent})
	r.open = append(r.open, int32(len(r.quotes)-1))
	return quoteOpen
}

// close ends the innermost quotation that the mark can close, and all inside it.
func (r *reader) close(c rune, at, next int) gap {
	for n := len(r.open) - 1; n >= 0; n-- {
		q := r.open[n]
		if !pairs(r.quotes[q].openMark, c) {
			continue
		}
		for len(r.open) > n {
			last := r.open[len(r.open)-1]
			r.leave(last, next, at)
			r.quotes[last].closed = last == q
			r.open = r.open[:len(r.open)-1]
		}
		return quoteClose
	}
	return 0
}

// leave sets the end of a quotation.
func (r *reader) leave(q int32, next, at int) {
	r.quotes[q].until, r.quotes[q].shut = int32(next), int32(at)
}

// pairs tells that a mark may close what another opened: those of one shape,
// and any double mark, for texts mix them.
func pairs(open, shut rune) bool {
	if isSingle(open) || isSingle(shut) || shut == '`' {
		return isSingle(open) && isSingle(shut)
	}
	if open == '«' || shut == '»' || open == '»' || shut == '«' {
		return open == '«' && shut == '»' || open == '»' && shut == '«'
	}
	if open == '‹' || shut == '›' {
		return open == '‹' && shut == '›'
	}
	return true
}

// paragraphEnds ends the quotations that a paragraph leaves open: one goes on
// where the next paragraph opens with a mark again, and the others are unclosed.
func (r *reader) paragraphEnds(next, at int) {
	if len(r.open) == 0 {
		return
	}
	for len(r.open) > 1 {
		last := r.open[len(r.open)-1]
		r.leave(last, next, at)
		r.open = r.open[:len(r.open)-1]
	}
	q := r.open[0]
	rest := r.text[at:]
	for i, c := range rest {
		if i < 8 && unicode.IsSpace(c) {
			continue
		}
		if i < 8 && opens(c) && (c == r.quotes[q].openMark || !isSingle(c)) {
			r.quotes[q].goesOn = true
			return
		}
		break
	}
	r.leave(q, next, at)
	r.open = r.open[:0]
}
