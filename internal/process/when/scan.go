package when

import (
	"unicode"
	"unicode/utf8"
)

// token is a word or a number of the text.
type token struct {
	start, end      int // bytes
	point, pointEnd int // code points
	sense           sense
	number          int  // the value of a number of up to nine digits; -1 for words and longer ones
	digits          int8 // how many; 0 for words
	upper           bool // its first letter is a capital
	letters         int8 // how many code points the word has, up to 100
	cutPrefix       bool // an Arabic preposition or conjunction was cut off
	arabic          bool // in Arabic letters
}

// isNumber tells numbers from words.
func (t *token) isNumber() bool { return t.digits > 0 }

// maxWord is the longest word, in bytes of its folded form, that is looked up.
const maxWord = 40

// lexica are the words by script for a language.
type lexica struct{ latin, cyrillic, arabic *lexicon }

// lexicaOf chooses the words for the language of a text. A script that the
// language does not use is read in the commonest of ours: an Arabic text may
// quote English.
func lexicaOf(language string) lexica {
	l := lexica{english, russian, arabic}
	switch language {
	case "fa", "prs":
		l.arabic = persian
	case "en", "ru", "ar", "und", "":
	case "ckb", "ur", "ps", "ug", "sd":
		l.arabic = none
	case "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn":
		l.cyrillic = none
	default:
		l.latin = none
	}
	return l
}

// scan cuts text into tokens.
func (r *reader) scan(text string) {
	r.tokens = r.tokens[:0]
	point := 0
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c < utf8.RuneSelf && asciiKind[c] == 0:
			i++
			point++
		case c < utf8.RuneSelf && asciiKind[c] == 1:
			i, point = r.number(text, i, point)
		case c < utf8.RuneSelf:
			r.speak(point)
			i, point = r.latinWord(text, i, point)
		default:
			c, n := utf8.DecodeRuneInString(text[i:])
			switch {
			case digitOf(c) >= 0:
				i, point = r.number(text, i, point)
			case isLetter(c):
				r.speak(point)
				i, point = r.anyWord(text, i, point)
			default:
				i += n
				point++
			}
		}
	}
}

// asciiKind is 1 for digits, 2 for letters.
var asciiKind = func() (kind [128]byte) {
	for c := range kind {
		switch {
		case c >= '0' && c <= '9':
			kind[c] = 1
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			kind[c] = 2
		}
	}
	return kind
}()

func isLetter(r rune) bool {
	return r >= 0x620 && r <= 0x64A || r >= 0x410 && r <= 0x44F || unicode.IsLetter(r)
}

// latinWord is the quick way for words of ASCII letters.
func (r *reader) latinWord(text string, i, point int) (next, nextPoint int) {
	var buf [16]byte
	end := i
	for end < len(text) && text[end] < utf8.RuneSelf && asciiKind[text[end]] == 2 {
		if n := end - i; n < len(buf) {
			buf[n] = text[end] | 0x20
		}
		end++
	}
	if end < len(text) && text[end] >= utf8.RuneSelf {
		if c, _ := utf8.DecodeRuneInString(text[end:]); isLetter(c) || inWord(c) {
			return r.anyWord(text, i, point)
		}
	}
	t := token{start: i, end: end, point: point, pointEnd: point + end - i, number: -1, upper: text[i] < 'a', letters: int8(min(end-i, 100))}
	t.sense.part = -1
	if end-i <= len(buf) {
		t.sense, _ = r.lexica.latin.find(buf[:end-i])
	}
	r.tokens = append(r.tokens, t)
	return end, t.pointEnd
}

// anyWord is the way for all others.
func (r *reader) anyWord(text string, i, point int) (next, nextPoint int) {
	var buf [maxWord + utf8.UTFMax]byte
	folded := buf[:0]
	t := token{start: i, point: point, number: -1}
	first := rune(0)
	for i < len(text) {
		c, n := utf8.DecodeRuneInString(text[i:])
		var f rune
		if c >= 0x600 && c < 0x780 {
			l := &arabicLetters[c-0x600]
			if !l.inWord {
				break
			}
			f = l.fold
		} else {
			if !isLetter(c) && !inWord(c) {
				break
			}
			f = fold(c)
		}
		if first == 0 {
			first = c
			t.upper = (c < 0x600 || c >= 0x780) && unicode.IsUpper(c)
		}
		if f != 0 && len(folded) <= maxWord {
			folded = utf8.AppendRune(folded, f)
			t.letters = min(t.letters+1, 100)
		}
		i += n
		point++
	}
	t.end, t.pointEnd = i, point
	t.sense.part = -1
	if len(folded) > 0 && len(folded) <= maxWord {
		switch {
		case first >= 0x600 && first < 0x780:
			t.sense = r.arabicSense(&t, folded, text)
		case first >= 0x400 && first < 0x530:
			t.sense, _ = r.lexica.cyrillic.find(folded)
		default:
			t.sense, _ = r.lexica.latin.find(folded)
		}
	}
	r.tokens = append(r.tokens, t)
	return i, point
}

// cuttable may stand before a preposition or a conjunction that is written
// together with it.
const cuttable = head | weekday | month | offset | part | unit | in | agofirst

// arabicSense finds a word, and in Arabic one behind و ف ب ل that are written
// together with it: the token then begins behind them.
func (r *reader) arabicSense(t *token, folded []byte, text string) sense {
	l := r.lexica.arabic
	t.arabic = true
	s, ok := l.find(folded)
	if ok || l != arabic || t.letters < 4 {
		return s
	}
	switch c, n := utf8.DecodeRune(folded); c {
	case 'و', 'ف', 'ب', 'ل':
		cut, found := l.find(folded[n:])
		if !found || cut.class&cuttable == 0 {
			return s
		}
		if _, n := utf8.DecodeRuneInString(text[t.start:]); t.start+n < t.end {
			t.start += n
			t.point++
			t.cutPrefix = true
		}
		return cut
	}
	return s
}

// number reads a run of digits.
func (r *reader) number(text string, i, point int) (next, nextPoint int) {
	t := token{start: i, point: point}
	t.sense.part = -1
	for i < len(text) {
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:])
		}
		d := digitOf(c)
		if d < 0 {
			break
		}
		if t.digits < 9 {
			t.number = t.number*10 + d
		} else {
			t.number = -1
		}
		t.digits = min(t.digits+1, 10)
		i += n
		point++
	}
	if t.digits > 9 {
		t.number = -1
	}
	t.end, t.pointEnd = i, point
	r.tokens = append(r.tokens, t)
	return i, point
}

// inWord tells marks, joiners and the tatweel, which may stand inside a word.
func inWord(r rune) bool {
	return r == 0x200C || r == 0x200D || r == 0x640 || r >= 0x300 && unicode.Is(unicode.Mn, r)
}

// digitOf gives the value of a European, Eastern Arabic or Persian digit; -1 for others.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= 0x660 && r <= 0x669:
		return int(r - 0x660)
	case r >= 0x6F0 && r <= 0x6F9:
		return int(r - 0x6F0)
	}
	return -1
}

// arabicLetters are the Arabic letters and marks, looked up once for all.
var arabicLetters = func() (table [0x180]struct {
	fold   rune
	inWord bool
}) {
	for i := range table {
		r := rune(0x600 + i)
		table[i].fold, table[i].inWord = fold(r), isLetter(r) || inWord(r)
	}
	return table
}()

// fold brings spellings of a letter together; 0 for what is dropped.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			return r | 0x20
		}
		return r
	case r >= 0x400 && r < 0x530:
		switch {
		case r >= 0x410 && r <= 0x42F:
			return r + 0x20
		case r == 0x401 || r == 0x451: // ё
			return 0x435
		case r >= 0x430 && r <= 0x44F:
			return r
		}
		return unicode.ToLower(r)
	case r >= 0x600 && r < 0x780:
		switch r {
		case 'أ', 'إ', 'آ', 'ٱ':
			return 'ا'
		case 'ى', 'ی', 'ئ':
			return 'ي'
		case 'ک':
			return 'ك'
		case 'ة', 'ۀ', 'ە':
			return 'ه'
		case 'ؤ':
			return 'و'
		case 'ء', 0x640:
			return 0
		}
	case r == 0x200C || r == 0x200D:
		return 0
	default:
		r = unicode.ToLower(r)
	}
	if r >= 0x300 && unicode.Is(unicode.Mn, r) {
		return 0
	}
	return r
}

// join brings the words of a phrase together in one token.
func (r *reader) join() {
	out := r.tokens[:0]
	for i := 0; i < len(r.tokens); i++ {
		t := r.tokens[i]
		if t.sense.class&head != 0 {
			r.speak(t.point)
			if n, s := r.phrase(i); n > 1 {
				last := &r.tokens[i+n-1]
				t.sense, t.end, t.pointEnd = s, last.end, last.pointEnd
				i += n - 1
			}
		}
		out = append(out, t)
	}
	r.tokens = out
}

// maxPhrase is how many words a phrase has at most.
const maxPhrase = 4

// phrase finds the longest phrase that begins with token i, and how many
// tokens it has.
func (r *reader) phrase(i int) (n int, s sense) {
	l := r.lexiconOf(i)
	key := foldWord(r.buf[:0], r.text[r.tokens[i].start:r.tokens[i].end])
	for k := 1; k < maxPhrase && i+k < len(r.tokens); k++ {
		t := &r.tokens[i+k]
		switch r.text[r.tokens[i+k-1].end:t.start] {
		case " ", "\n", "-", "'", "’", ".", ". ", ".\u200c":
		default:
			r.buf = key
			return n, s
		}
		if t.end-t.start > maxWord {
			break
		}
		key = foldWord(append(key, '_'), r.text[t.start:t.end])
		found, ok := l.phrases[string(key)]
		if !ok {
			break
		}
		if found.class&^head != 0 {
			n, s = k+1, found
		}
	}
	r.buf = key
	return n, s
}

func (r *reader) lexiconOf(i int) *lexicon {
	switch c, _ := utf8.DecodeRuneInString(r.text[r.tokens[i].start:]); {
	case c >= 0x600 && c < 0x780:
		return r.lexica.arabic
	case c >= 0x400 && c < 0x530:
		return r.lexica.cyrillic
	}
	return r.lexica.latin
}
