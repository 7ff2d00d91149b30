package gazetteer

import (
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/unicode/norm"
)

// Script is the writing system of a word, as far as matching names needs it.
type Script uint8

const (
	OtherScript Script = iota // digits, Hebrew, Greek, ideographs ...
	Latin
	Arabic
	Cyrillic
)

// Word is a run of letters, marks and digits in a text.
type Word struct {
	Start, End int  // bytes of the text; without a possessive 's
	Rune       int  // code points of the text before Start
	Runes      int  // code points in [Start, End)
	From, To   int  // bytes of Words.Fold: the folded form
	Cut        int  // end in Fold of the part before the first apostrophe or ZWNJ inside the word; 0 for none
	CutEnd     int  // the same place in bytes of the text
	CutRunes   int  // and in code points from Start
	Hash       Hash // HashStart.Add of the folded form
	Stem       int  // of a Cyrillic word: end in Fold of its stem; else To
	Ia         bool // the stem of a Cyrillic word stands before a soft ending: -ия, -ии, -ию
	Script     Script
	Upper      bool // begins with a capital letter
	AllUpper   bool // has two letters or more, all capitals
	Digits     bool // has a digit
	Al         bool // an Arabic article was left out of the folded form
	Hyphen     bool // joined to the word before by a hyphen alone
}

// Words are the words of a text with their folded forms, reusable from text to
// text, by one goroutine at a time. They are for reading: others may read the same
// memory. A Words must not be copied and then both be used. The zero value is
// ready.
type Words struct {
	List   []Word
	Fold   []byte
	shared *scan // whose memory they are; nil where it is their own
}

// Scan finds the words of text, which must be NFC, and folds them as Key does.
func (w *Words) Scan(text string) {
	if w.shared != nil {
		w.shared.release()
		*w = Words{}
	}
	if len(text) < minShared || len(text) > maxShared {
		w.scan(text)
		return
	}
	last := scanned.Get().(*latest)
	if s := last.scan; s == nil || !s.of(text) {
		if s != nil {
			s.release()
		}
		s = spare.Get().(*scan)
		s.text = text
		s.words.scan(text)
		s.holders.Store(1)
		last.scan = s
	}
	w.shared, w.List, w.Fold = last.scan, last.scan.words.List, last.scan.words.Fold
	w.shared.holders.Add(1)
	scanned.Put(last)
}

// scan is a text with its words. The steps of processing read one text after
// another: all but the first of them find it scanned. The text is held so that its
// bytes cannot become those of another.
type scan struct {
	text    string
	words   Words
	holders atomic.Int32 // the latest, and each Words that shows its memory
}

func (s *scan) of(text string) bool {
	return len(s.text) == len(text) && unsafe.StringData(s.text) == unsafe.StringData(text)
}

// release gives the memory to another text when nobody holds it any more. Words
// that are thrown away leave theirs to the garbage collector.
func (s *scan) release() {
	if s.holders.Add(-1) == 0 {
		s.text = ""
		spare.Put(s)
	}
}

// latest is the text that was scanned last.
type latest struct{ scan *scan }

var (
	scanned = sync.Pool{New: func() any { return new(latest) }}
	spare   = sync.Pool{New: func() any { return new(scan) }}
)

// A text is shared that is longer than a name, and short enough to be kept.
const (
	minShared = 256
	maxShared = 64 << 10
)

func (w *Words) scan(text string) {
	w.List, w.Fold = w.List[:0], w.Fold[:0]
	runes := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if !isASCIIWord(c) {
				i++
				runes++
				continue
			}
		} else if r, n := utf8.DecodeRuneInString(text[i:]); !isWordRune(r) {
			i += n
			runes++
			continue
		}
		end, count := w.word(text, i, runes)
		i = end
		runes += count
	}
}

func isASCIIWord(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
}

// quick is the bound of the runes of which it is remembered what they are: those
// of the alphabets, and of ordinary punctuation.
const quick = 0x2100

var wordRunes, upperRunes = func() (word, upper [quick]bool) {
	for r := range word {
		word[r], upper[r] = findWordRune(rune(r)), unicode.IsUpper(rune(r))
	}
	return word, upper
}()

// quickLetters are the letters and marks of words in the Cyrillic and the Arabic
// block with their folded forms.
var quickLetters = func() (all [0x800]struct {
	word, upper bool
	size        uint8
	fold        [2]byte
}) {
	for r := rune(0x400); r < 0x700; r++ {
		if f := appendFolded(nil, r); isWordRune(r) && len(f) <= 2 {
			q := &all[r]
			q.word, q.upper, q.size = true, isUpper(r), uint8(copy(q.fold[:], f))
		}
	}
	return all
}()

func isUpper(r rune) bool {
	if r < quick {
		return upperRunes[r]
	}
	return unicode.IsUpper(r)
}

func isWordRune(r rune) bool {
	if r < quick {
		return wordRunes[r]
	}
	return findWordRune(r)
}

func findWordRune(r rune) bool {
	if r >= 0x0621 && r <= 0x064A || r >= 0x0400 && r <= 0x045F {
		return true
	}
	if r >= 0x02B0 && r <= 0x02FF { // ʿ, ʾ and their like are letters to Unicode
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʿ', 'ʾ', '`', '´', 'ʻ', '‛':
		return true
	}
	return false
}

const zwnj = 0x200C

// word reads the word that begins at byte start, adds it, and gives the byte
// after it with the code points read.
func (w *Words) word(text string, start, runes int) (end, count int) {
	word := Word{Start: start, Rune: runes, From: len(w.Fold)}
	if n := len(w.List); n > 0 {
		last := w.List[n-1]
		word.Hyphen = last.End == start-1 && text[start-1] == '-'
	}
	letters, capitals := 0, 0
	i := start
	wordEnd, wordRunes := start, 0
	for i < len(text) {
		r, n := rune(text[i]), 1
		if r >= 0xD0 && r < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80 { // Cyrillic and Arabic, the quick way
			r = r&0x1F<<6 | rune(text[i+1]&0x3F)
			if q := &quickLetters[r]; q.word {
				if letters == 0 {
					word.Script, word.Upper = scriptOf(r), q.upper
				}
				letters++
				if q.upper {
					capitals++
				}
				w.Fold = append(w.Fold, q.fold[:q.size]...)
				i += 2
				count++
				wordEnd, wordRunes = i, count
				continue
			}
			n = 2
		} else if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case r < utf8.RuneSelf && isASCIIWord(byte(r)):
			if r >= '0' && r <= '9' {
				word.Digits = true
				w.Fold = append(w.Fold, byte(r))
				break
			}
			if letters == 0 {
				word.Script = Latin
				word.Upper = r < 'a'
			}
			letters++
			if r < 'a' {
				capitals++
			}
			w.Fold = append(w.Fold, byte(r)|0x20)
		case r >= utf8.RuneSelf && isWordRune(r):
			if letters == 0 {
				word.Script = scriptOf(r)
				word.Upper = isUpper(r)
			}
			letters++
			if isUpper(r) {
				capitals++
			}
			w.Fold = appendFolded(w.Fold, r)
		case isApostrophe(r) || r == zwnj:
			next, nn := utf8.DecodeRuneInString(text[i+n:])
			if i+n >= len(text) || !isWordRune(next) {
				goto done
			}
			if word.Script == Latin && r != zwnj && next|0x20 == 's' && !wordContinues(text, i+n+nn) {
				// A possessive: read over it, leave it out.
				i += n + nn
				count += 2
				goto cut
			}
			if word.Cut == 0 {
				word.Cut, word.CutEnd, word.CutRunes = len(w.Fold), i, count
			}
		default:
			goto done
		}
		i += n
		count++
		wordEnd, wordRunes = i, count
	}
done:
	i = wordEnd
	count = wordRunes
cut:
	word.End, word.Runes = wordEnd, wordRunes
	word.AllUpper = letters >= 2 && capitals == letters
	if word.Script == Arabic {
		word.Al = w.dropArticle(&word)
	}
	word.To = len(w.Fold)
	word.Stem = word.To
	if word.Script == Cyrillic {
		n, ia := russianStem(w.Fold[word.From:])
		word.Stem, word.Ia = word.From+n, ia
	}
	if word.To > word.From {
		word.Hash = HashStart.Add(w.Fold[word.From:word.To])
		w.List = append(w.List, word)
	}
	if i == start { // a lone apostrophe or mark: step over it
		_, n := utf8.DecodeRuneInString(text[start:])
		return start + n, 1
	}
	return i, count
}

func wordContinues(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return i < len(text) && isWordRune(r)
}

func scriptOf(r rune) Script {
	switch {
	case r >= 0x0600 && r <= 0x06FF || r >= 0x0750 && r <= 0x077F || r >= 0xFB50 && r <= 0xFEFC:
		return Arabic
	case r >= 0x0400 && r <= 0x052F:
		return Cyrillic
	case unicode.Is(unicode.Latin, r):
		return Latin
	}
	return OtherScript
}

// dropArticle leaves the Arabic article out of the folded word where at least
// three letters remain: "ال" itself, and "لل", which is the preposition with it.
func (w *Words) dropArticle(word *Word) bool {
	fold := w.Fold[word.From:]
	const two = len("ال")
	if len(fold) < two+3*2 || string(fold[:two]) != "ال" {
		return false
	}
	copy(fold, fold[two:])
	w.Fold = w.Fold[:len(w.Fold)-two]
	if word.Cut > 0 {
		word.Cut = max(word.Cut-two, word.From)
	}
	return true
}

// appendFolded appends the folded form of a letter that is not ASCII; nothing
// for what keys leave out.
func appendFolded(dst []byte, r rune) []byte {
	switch {
	case r >= 0x0400 && r <= 0x04FF:
		if r < 0x0410 {
			r = unicode.ToLower(r)
		} else if r < 0x0430 {
			r += 0x20
		} else if r > 0x045F {
			r = unicode.ToLower(r)
		}
		switch r {
		case 'ё':
			r = 'е'
		case 'ъ', 'ь':
			return dst
		}
		return utf8.AppendRune(dst, r)
	case r >= 0x0600 && r <= 0x06FF:
		if f := arabicFold[r-0x0600]; f == 0 {
			return dst
		} else {
			return utf8.AppendRune(dst, f)
		}
	case r < 0x0250:
		return append(dst, latinFold[r]...)
	case r >= 0x1E00 && r <= 0x1EFF:
		return append(dst, latinFoldMore[r-0x1E00]...)
	case unicode.Is(unicode.Mn, r):
		return dst
	}
	return utf8.AppendRune(dst, unicode.ToLower(r))
}

// arabicFold maps the Arabic block to its folded letters (domain brief,
// section 7); 0 is left out: vowel marks, tatweel and the lone hamza.
var arabicFold = func() (fold [0x100]rune) {
	for i := range fold {
		r := rune(0x0600 + i)
		fold[i] = r
		if unicode.Is(unicode.Mn, r) || r == 0x0640 || r == 'ء' {
			fold[i] = 0
		}
		if r >= 0x0660 && r <= 0x0669 {
			fold[i] = '0' + r - 0x0660
		}
		if r >= 0x06F0 && r <= 0x06F9 {
			fold[i] = '0' + r - 0x06F0
		}
	}
	for from, to := range map[rune]rune{
		'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ؤ': 'و', 'ئ': 'ي', 'ة': 'ه',
		'ى': 'ي', 'ی': 'ي', 'ے': 'ي', 'ک': 'ك', 'ڪ': 'ك', 'ۀ': 'ه', 'ہ': 'ه', 'ە': 'ه',
	} {
		fold[from-0x0600] = to
	}
	return fold
}()

var latinFold, latinFoldMore = latinTable(0, 0x0250), latinTable(0x1E00, 0x1F00)

// latinTable gives the folded forms of the letters in [from, until): compatibility
// decomposition without its marks, in lower case.
func latinTable(from, until rune) []string {
	special := map[rune]string{'ß': "ss", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ð': "d", 'Ð': "d",
		'þ': "th", 'Þ': "th", 'ı': "i", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ħ': "h", 'Ħ': "h"}
	table := make([]string, until-from)
	for i := range table {
		r := from + rune(i)
		if s, ok := special[r]; ok {
			table[i] = s
			continue
		}
		var b []byte
		for _, d := range norm.NFKD.String(string(r)) {
			if !unicode.Is(unicode.Mn, d) {
				b = utf8.AppendRune(b, unicode.ToLower(d))
			}
		}
		table[i] = string(b)
	}
	return table
}
