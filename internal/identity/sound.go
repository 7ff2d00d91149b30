package identity

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Vowels that may stand at a place of a word, as a set; none where an alphabet
// without short vowels writes nothing.
const (
	vowelA = 1 << iota
	vowelI
	vowelU
	vowelLong // what only a long vowel is written with: "ou", "ee", و
	vowelO    // o, for which Persian writes ا (جان for John)
	vowelNone // an alphabet with vowels writes none
)

// Word is a word of a name as it sounds.
type Word struct {
	Text       string   // folded
	Keys       []string // of its consonants, one for each way to read them; the first is the likeliest. Letters a to z and _
	Initial    bool     // a single letter
	Patronymic bool     // Russian, or behind "bin"
	vowels     []uint8  // before each consonant of Keys[0], and behind the last
}

// reading chooses between the sounds that a letter may stand for.
type reading struct {
	g      bool // Latin g is j (Nagib), as is c (Recep), and j is y (Jens); Russian г is h (Гейдар), Arabic ج is g (سيرجي)
	w      int8 // و and w: 0 by their neighbours, 1 vowels, 2 consonants
	ending bool // a Russian -ом, -ем is no case ending, and a Latin h at the end is heard (Fattah)
	th     bool // th and ث are s, ch is k (Michael), h before a consonant is silent (John)
}

var readings = [...]reading{{}, {g: true}, {w: 1}, {w: 2}, {ending: true}, {th: true}, {g: true, w: 1}}

// maxKeys is how many readings of one word are kept.
const maxKeys = 4

// soundOf reads a folded word.
func soundOf(text string) Word {
	w := Word{Text: text}
	runes := []rune(text)
	if len(runes) == 1 {
		w.Initial = true
	}
	for i, r := range readings {
		if i > 0 && !r.differs(text) {
			continue
		}
		key, vowels := r.read(runes)
		if i == 0 {
			w.vowels = vowels
		}
		if key != "" && !slices.Contains(w.Keys, key) && len(w.Keys) < maxKeys {
			w.Keys = append(w.Keys, key)
		}
	}
	w.Patronymic = patronymic(runes)
	return w
}

// differs tells whether a word may be read otherwise in this way at all.
func (r reading) differs(text string) bool {
	return r.g && strings.ContainsAny(text, "gcjгج") || r.w != 0 && strings.ContainsAny(text, "wو") || r.th && strings.ContainsAny(text, "thcث") ||
		r.ending && (strings.HasSuffix(text, "h") || strings.HasSuffix(text, "м") || strings.HasSuffix(text, "о") || strings.HasSuffix(text, "у"))
}

// Keys gives the keys of a single word, as Word.Keys has them; none for a word
// that sounds like nothing.
func Keys(word string) []string {
	n := ParseName(word)
	if len(n.Words) != 1 {
		return nil
	}
	return n.Words[0].Keys
}

// SameSound tells whether two words may be spellings of one name.
func SameSound(a, b string) bool {
	x, y := ParseName(a), ParseName(b)
	return len(x.Words) == 1 && len(y.Words) == 1 && x.Words[0].like(&y.Words[0]) >= alike
}

// alike is the likeness from which two words count as one name.
const alike = 0.75

// like tells how far two words sound alike, 0..1.
func (w *Word) like(other *Word) float64 {
	if len(w.Keys) == 0 || len(other.Keys) == 0 || w.Initial != other.Initial {
		return 0
	}
	if w.Text == other.Text {
		return 1
	}
	if !slices.ContainsFunc(w.Keys, func(k string) bool { return slices.Contains(other.Keys, k) }) {
		return 0
	}
	if w.Keys[0] != other.Keys[0] {
		return 0.85 // read otherwise; the vowels do not stand side by side
	}
	conflicts := 0.0
	for i := range w.vowels {
		if i < len(other.vowels) {
			conflicts += apart(w.vowels[i], other.vowels[i])
		}
	}
	if conflicts == 0 {
		return 1
	}
	if strings.ReplaceAll(w.Text, "وو", "و") == strings.ReplaceAll(other.Text, "وو", "و") {
		return 0.95
	}
	if bones(w.Text) != "" && bones(w.Text) == bones(other.Text) {
		return 0.5 // Arabic letters that differ in long vowels alone: محمد, محمود
	}
	// A vowel more or less is nothing in a long name and much in a short one.
	return max(0.5, 0.95-conflicts/float64(max(len(w.Keys[0])-1, 1)))
}

// What a place costs whose vowels do not go together.
const (
	spelling = 0.18 // where spellings differ so: Youssef, Yusuf
	another  = 0.72 // where names do: Hassan, Hussein
)

// apart tells how badly two vowels of one place go together.
func apart(a, b uint8) float64 {
	const any = vowelA | vowelI | vowelU
	switch {
	case a&any == 0 || b&any == 0:
		if a&any == b&any || (a|b)&vowelLong == 0 {
			return 0
		}
		return 2 * spelling // a long vowel, and nothing written
	case a&b&any != 0:
		return 0
	case (a|b)&vowelLong == 0 && (a&any == vowelA|vowelI || b&any == vowelA|vowelI),
		(a|b)&(vowelLong|vowelO) == vowelO && (a|b)&any == vowelA|vowelU:
		return spelling
	}
	return another
}

// bones gives the consonants of a word in Arabic letters as they are written.
func bones(text string) string {
	if r, _ := utf8.DecodeRuneInString(text); r < 0x0600 || r > 0x06ff {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case 'ا', 'و', 'ي':
			return -1
		}
		return r
	}, text)
}

// letter is what one letter or digraph sounds like: a consonant, or vowels.
type letter struct {
	consonant byte
	vowels    uint8
}

// read gives the consonants of a word and the vowels around them.
func (r reading) read(runes []rune) (string, []uint8) {
	if !r.ending {
		runes = stripCase(runes)
	}
	key := make([]byte, 0, len(runes)+1)
	vowels := make([]uint8, 0, len(runes)+1)
	at := uint8(0) // vowels since the last consonant
	for i := 0; i < len(runes); {
		l, n := r.letter(runes, i)
		if n == 0 {
			l, n = r.single(runes, i)
		}
		i += n
		switch {
		case l.consonant == 0:
			if l.vowels != 0 && len(key) == 0 && len(vowels) == 0 {
				key = append(key, '_')
				vowels = append(vowels, 0)
			}
			at |= l.vowels
			continue
		case len(key) > 0 && key[len(key)-1] == l.consonant && at&(vowelA|vowelI|vowelU) == 0:
			continue // doubled
		}
		if at == 0 && runes[0] < 0x0600 && len(key) > 0 {
			at = vowelNone
		}
		key, vowels = append(key, l.consonant), append(vowels, at)
		at = 0
	}
	if len(key) > 1 && key[len(key)-1] == 'h' && !r.ending && (runes[len(runes)-1] == 'h' || runes[len(runes)-1] == 'ه') { // Abdullah, نصرالله
		key, vowels = key[:len(key)-1], vowels[:len(vowels)-1]
		at = vowelA
	}
	if string(key) == "_" {
		return "", nil
	}
	return string(key), append(vowels, 0) // what stands at the end may be a case ending
}

// stripCase cuts Russian case endings that have a consonant; those of vowels
// play no part anyhow (DOMAIN, section 7).
func stripCase(runes []rune) []rune {
	n := len(runes)
	if n < 5 || runes[n-1] < 0x0400 || runes[n-1] > 0x04ff {
		return runes
	}
	switch end := string(runes[n-2:]); end {
	case "ым", "ом", "ем":
		return runes[:n-2]
	case "им":
		if r := runes[n-3]; r == 'к' {
			return runes[:n-2]
		}
	case "го":
		if r := runes[n-3]; r == 'о' || r == 'е' {
			return runes[:n-3]
		}
	case "му":
		if r := runes[n-3]; r == 'о' || r == 'е' {
			return runes[:n-3]
		}
	}
	return runes
}

func patronymic(runes []rune) bool {
	if len(runes) < 6 {
		return false
	}
	s := string(runes)
	for _, end := range []string{"ович", "евич", "овна", "евна", "ична", "овича", "евича", "овичем", "евичем", "овичу", "евичу", "овны", "евны", "овной", "евной",
		"ovich", "evich", "ovna", "evna", "وفيتش", "ويتش", "يفيتش", "وویچ"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
