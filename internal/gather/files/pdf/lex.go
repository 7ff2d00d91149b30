package pdf

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strconv"
)

// Values of PDF (7.3) are nil, bool, float64, name, text, array, dict, ref,
// *stream, and keyword for operators and everything else.
type (
	name    string
	text    string // a string's bytes
	array   []any
	dict    map[name]any
	ref     int // the number of an object; generations are not told apart
	keyword string
	stream  struct {
		dict dict
		raw  []byte
	}
)

const (
	maxDepth  = 40
	maxHeld   = 3_000_000  // values of the objects of a file
	maxPassed = 12_000_000 // values of its content streams and maps
)

var errComplex = errors.New("the file has more parts than a document needs")

// lexer reads values from bytes. left is how many the lexers of a file may still
// make.
type lexer struct {
	data []byte
	at   int
	left *int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0
}

func (l *lexer) skip() {
	for l.at < len(l.data) {
		c := l.data[l.at]
		if c == '%' {
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
			continue
		}
		if !isSpace(c) {
			return
		}
		l.at++
	}
}

// end is what next gives behind the last value.
const end = keyword("")

// next reads one value; end at the end. A reference is three tokens: "1 0 R".
func (l *lexer) next(depth int) (any, error) {
	if *l.left--; *l.left < 0 || depth > maxDepth {
		return nil, errComplex
	}
	l.skip()
	if l.at >= len(l.data) {
		return end, nil
	}
	c := l.data[l.at]
	switch {
	case c == '/':
		l.at++
		return l.name(), nil
	case c == '(':
		l.at++
		return l.literal(), nil
	case c == '<' && l.at+1 < len(l.data) && l.data[l.at+1] == '<':
		l.at += 2
		return l.dict(depth + 1)
	case c == '<':
		l.at++
		return l.hex(), nil
	case c == '[':
		l.at++
		return l.array(depth + 1)
	case c == '>' && l.at+1 < len(l.data) && l.data[l.at+1] == '>':
		l.at += 2
		return keyword(">>"), nil
	case isDelimiter(c):
		l.at++
		return keyword(c), nil
	}
	word := l.word()
	if n, ok := number(word); ok {
		if num, isRef := l.reference(n, word); isRef {
			return num, nil
		}
		return n, nil
	}
	switch string(word) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	}
	return keyword(word), nil
}

func (l *lexer) word() []byte {
	start := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	return l.data[start:l.at]
}

func number(word []byte) (float64, bool) {
	if len(word) == 0 || len(word) > 40 || (word[0] < '0' || word[0] > '9') && word[0] != '-' && word[0] != '+' && word[0] != '.' {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(word), 64)
	if err != nil || n != n || n > 1e12 || n < -1e12 {
		return 0, err == nil
	}
	return n, true
}

// reference looks whether a number begins a reference.
func (l *lexer) reference(n float64, word []byte) (ref, bool) {
	if n < 1 || n > 1e7 || bytes.IndexByte(word, '.') >= 0 {
		return 0, false
	}
	at := l.at
	l.skip()
	start := l.at
	for l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '9' && l.at-start < 6 {
		l.at++
	}
	if l.at > start {
		l.skip()
		if l.at < len(l.data) && l.data[l.at] == 'R' && (l.at+1 == len(l.data) || isSpace(l.data[l.at+1]) || isDelimiter(l.data[l.at+1])) {
			l.at++
			return ref(n), true
		}
	}
	l.at = at
	return 0, false
}

func (l *lexer) name() name {
	word := l.word()
	if bytes.IndexByte(word, '#') < 0 {
		return name(word)
	}
	out := make([]byte, 0, len(word))
	for i := 0; i < len(word); i++ {
		if word[i] == '#' && i+2 < len(word) {
			if b, err := hex.DecodeString(string(word[i+1 : i+3])); err == nil {
				out = append(out, b[0])
				i += 2
				continue
			}
		}
		out = append(out, word[i])
	}
	return name(out)
}

// literal reads a string in parentheses (7.3.4.2) behind the first.
func (l *lexer) literal() text {
	var out []byte
	open := 1
	for l.at < len(l.data) {
		c := l.data[l.at]
		l.at++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return text(out)
			}
		case '\\':
			if l.at >= len(l.data) {
				return text(out)
			}
			c = l.data[l.at]
			l.at++
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\r':
				if l.at < len(l.data) && l.data[l.at] == '\n' {
					l.at++
				}
				continue
			case '\n':
				continue
			default:
				if c >= '0' && c <= '7' {
					v := int(c - '0')
					for i := 0; i < 2 && l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '7'; i++ {
						v = v*8 + int(l.data[l.at]-'0')
						l.at++
					}
					c = byte(v)
				}
			}
		}
		out = append(out, c)
	}
	return text(out)
}

// hex reads a string in angle brackets (7.3.4.3) behind the first.
func (l *lexer) hex() text {
	var digits []byte
	for l.at < len(l.data) && l.data[l.at] != '>' {
		if c := l.data[l.at]; c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' {
			digits = append(digits, c)
		}
		l.at++
	}
	l.at++
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	out := make([]byte, len(digits)/2)
	_, _ = hex.Decode(out, digits) // digits alone are in it
	return text(out)
}

func (l *lexer) array(depth int) (any, error) {
	var out array
	for {
		v, err := l.next(depth)
		if err != nil {
			return out, err
		}
		if k, ok := v.(keyword); ok {
			if k == "]" || k == end || k == "endobj" || k == ">>" {
				return out, nil
			}
			continue
		}
		out = append(out, v)
	}
}

func (l *lexer) dict(depth int) (any, error) {
	out := dict{}
	for {
		k, err := l.next(depth)
		if err != nil {
			return out, err
		}
		key, isName := k.(name)
		if !isName {
			if k == keyword(">>") || k == end || k == keyword("endobj") || k == keyword("stream") {
				return out, nil
			}
			continue
		}
		before := l.at
		v, err := l.next(depth)
		if err != nil {
			return out, err
		}
		if _, isKeyword := v.(keyword); isKeyword {
			if v == keyword(">>") {
				l.at = before
			}
			continue
		}
		out[key] = v
	}
}
