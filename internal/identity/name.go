package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Name is a name as it sounds. The zero Name is that of a text that normalises
// to nothing; it is like no other.
type Name struct {
	Words []Word // without articles, "bin" and titles; compounds (Abd al-Rahman, Abu Bakr, Salah al-Din) are one word
}

// maxNameWords and maxNameBytes bound what is read of a name.
const (
	maxNameWords = 12
	maxNameBytes = 400
)

// ParseName reads a name in any of the scripts.
func ParseName(text string) Name {
	if len(text) > maxNameBytes {
		text = strings.ToValidUTF8(text[:maxNameBytes], "")
	}
	pieces := split(fold(text))
	var n Name
	behindBin := false
	add := func(word string) {
		if w := soundOf(word); len(w.Keys) > 0 || w.Initial {
			w.Patronymic = w.Patronymic || behindBin
			n.Words = append(n.Words, w)
		}
		behindBin = false
	}
	for i := 0; i < len(pieces) && len(n.Words) < maxNameWords; i++ {
		p := pieces[i]
		more := i+1 < len(pieces)
		switch {
		case more && p.article():
			continue
		case i > 0 && more && sons[p.text]:
			behindBin = true
			continue
		case more && (len(n.Words) == 0 && titles[p.text] || nobles[p.text] && i > 0):
			continue
		case suffixes[p.text] && len(n.Words) > 0:
			continue
		case joiners[p.text] && len(n.Words) > 0: // نصر الله, صلاح الدين
			last := n.Words[len(n.Words)-1].Text
			bin := n.Words[len(n.Words)-1].Patronymic
			n.Words = n.Words[:len(n.Words)-1]
			behindBin = bin
			add(last + bare(p.text))
			continue
		}
		if rest, ok := servant(p.text); ok {
			for rest == "" && i+1 < len(pieces) {
				i++
				if q := pieces[i]; !q.article() || i+1 == len(pieces) {
					rest = bare(q.text)
				}
			}
			add(abd(p.text) + rest)
			continue
		}
		if rest, ok := strings.CutPrefix(p.text, "ابو"); ok && len(rest) >= 2*3 {
			add(father(p.text) + rest)
			continue
		}
		if kunya[p.text] && more {
			i++
			for pieces[i].article() && i+1 < len(pieces) {
				i++
			}
			add(father(p.text) + bare(pieces[i].text))
			continue
		}
		add(bare(p.text))
	}
	return n
}

// father is the first half of a name with "father of", in its script.
func father(word string) string {
	switch r, _ := utf8.DecodeRuneInString(word); {
	case r >= 0x0600:
		return "اب"
	case r >= 0x0400:
		return "аб"
	}
	return "ab"
}

// piece is a run of letters with whether a hyphen follows.
type piece struct {
	text   string
	hyphen bool
}

// article tells that a piece is an article that stands before a word: with a
// hyphen also one whose l has become the letter behind it.
func (p piece) article() bool {
	switch p.text {
	case "al", "el", "ul", "аль", "эль", "уль", "ль", "ал", "эл", "ال":
		return true
	case "as", "ash", "ad", "ar", "an", "at", "az", "ed", "es", "er", "en", "ud", "ur", "ас", "аш", "ад", "ар", "ан", "ат", "аз", "эд", "эр", "эс", "уд", "ур":
		return p.hyphen
	}
	return false
}

var (
	sons     = set("bin ibn ben bint بن ابن بنت бин ибн бен")
	nobles   = set("de di da del la le van von der den دي دو ده де ди ван фон дер")
	titles   = set("mr mrs ms dr sir sheikh shaykh sayyid sayyed seyyed sayed hajj hajji haji imam mullah ayatollah شيخ الشيخ سيد السيد حاج الحاج امام الامام ملا دكتور الدكتور دكتر اقاي خانم سردار шейх имам мулла хаджи аятолла")
	suffixes = set("اي jr sr мл ст")
	joiners  = set("الله allah لله الدين eddin eddine uddin din aldin ддин дин")
	kunya    = set("abu abou abi abo ابو ابي ابا абу аби")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// bare cuts the Arabic article off a word where three letters remain.
func bare(word string) string {
	if rest, ok := strings.CutPrefix(word, "ال"); ok && len(rest) >= 2*2 {
		return rest
	}
	return word
}

// servant divides a name with "servant of" (Abd al-Rahman, Абдулла); rest is ""
// where the other half is the next word.
func servant(word string) (rest string, ok bool) {
	for _, head := range []string{"abd", "абд", "عبد"} {
		tail, found := strings.CutPrefix(word, head)
		if !found {
			continue
		}
		if tail == "" {
			return "", true
		}
		if head == "عبد" {
			rest, ok = strings.CutPrefix(tail, "ال")
			return rest, ok
		}
		runes := []rune(tail)
		if !strings.ContainsRune("aeouаеуоэ", runes[0]) || len(runes) < 2 {
			return "", false // Abdi, Abdo
		}
		l := runes[1]
		switch {
		case len(runes) == 2 && (l == 'l' || l == 'л' || l == 'r' || l == 'р'):
			return "", true
		case len(runes) == 3 && l == 'л' && runes[2] == 'ь':
			return "", true
		case len(runes) > 3 && (l == 'l' || l == 'л' || l == runes[2]):
			return string(runes[2:]), true
		case len(runes) == 3 && (l == 'l' || l == 'л'): // Abdullah without its h
			return string(runes[2:]), true
		}
		return "", false
	}
	return "", false
}

// abd is the first half of a servant's name, in its script.
func abd(word string) string {
	switch r, _ := utf8.DecodeRuneInString(word); {
	case r >= 0x0600:
		return "عبد"
	case r >= 0x0400:
		return "абд"
	}
	return "abd"
}

// fold gives the form in which names are compared (DOMAIN, section 7, "All" and
// "Arabic/Persian").
func fold(text string) string {
	text = hidden.Replace(norm.NFKC.String(text))
	var b strings.Builder
	for _, r := range text {
		switch r {
		case 'ş', 'Ş':
			b.WriteString("sh")
			continue
		case 'ç', 'Ç':
			b.WriteString("ch")
			continue
		case 'ğ', 'Ğ':
			b.WriteString("gh")
			continue
		case 'أ', 'إ', 'آ', 'ٱ':
			r = 'ا'
		case 'ؤ':
			r = 'و'
		case 'ئ', 'ى', 'ی', 'ے':
			r = 'ي'
		case 'ة', 'ۀ', 'ە', 'ہ':
			r = 'ه'
		case 'ک', 'ڪ':
			r = 'ك'
		case 'ё', 'Ё':
			r = 'е'
		case 'ъ', 'ь', 'Ъ', 'Ь', 'ء', 0x0640, '\'', '’', '‘', '`', 'ʿ', 'ʾ', 'ʼ', '´':
			continue
		default:
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	// Accents of Latin letters are no sound of their own; й was composed before.
	out := b.String()
	plain := true
	for i := range len(out) {
		plain = plain && out[i] < utf8.RuneSelf
	}
	if plain {
		return out
	}
	b.Reset()
	for _, r := range out {
		if r >= 0x00c0 && r < 0x0250 {
			for _, d := range norm.NFD.String(string(r)) {
				if !unicode.Is(unicode.Mn, d) {
					b.WriteRune(latin(d))
				}
			}
			continue
		}
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// hidden reads the joiners of Persian: behind a silent h, and before an article.
var hidden = strings.NewReplacer("ه\u200c", "ا", "\u200cال", " ال")

// latin reads letters that are no letter with an accent.
func latin(r rune) rune {
	switch r {
	case 'ı':
		return 'i'
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ', 'ð':
		return 'd'
	case 'ß':
		return 's'
	}
	return r
}

// split divides a folded text into its runs of letters.
func split(text string) []piece {
	var out []piece
	start := -1
	end := func(i int, r rune) {
		if start >= 0 {
			out = append(out, piece{text[start:i], r == '-' || r == '‑' || r == '–'})
			start = -1
		}
	}
	for i, r := range text {
		if unicode.IsLetter(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		end(i, r)
		if len(out) > 4*maxNameWords {
			return out
		}
	}
	end(len(text), 0)
	return out
}
