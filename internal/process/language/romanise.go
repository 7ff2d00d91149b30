package language

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// Texts in Latin letters of languages that are not written so.
const (
	arabicLatin  = "ar-Latn"
	persianLatin = "fa-Latn"
	russianLatin = "ru-Latn"
)

// romanised gives for examples in Arabic, Persian and Russian what they could
// look like in Latin letters: as scholars, maps, passports and chats write them.
// Vowels that Arabic letters leave out are drawn at random, since n-grams need
// their frequency and not the right ones. Phrases of chats, whose words are not
// those of books, come on top. It gives the same for the same examples.
func romanised(examples []Example) (more []Example) {
	random := rand.New(rand.NewPCG(7, 3))
	written := map[string]int{}
	for _, e := range examples {
		var schemes []*scheme
		switch e.Language {
		case "ar":
			schemes = arabicSchemes
		case "fa", dari:
			schemes = persianSchemes
		case "ru":
			schemes = russianSchemes
		default:
			continue
		}
		s := schemes[random.IntN(len(schemes))]
		if written[s.tag]++; written[s.tag]%3 != 0 {
			continue
		}
		more = append(more, Example{s.write(e.Text, random), s.tag})
	}
	for _, list := range []struct{ tag, text string }{{arabicLatin, arabicChat}, {persianLatin, persianChat}, {russianLatin, russianChat}} {
		for phrase := range strings.SplitSeq(list.text, "\n") {
			// Each stands for the many times that it is written.
			for range 4 {
				more = append(more, Example{phrase, list.tag})
			}
		}
	}
	return more
}

// scheme is one way to write a language in Latin letters.
type scheme struct {
	tag     string
	letters map[rune][]string // each with its spellings, of which one is drawn
	words   map[string][]string
	vowels  []string // drawn between consonants; nil where the letters have their vowels
	article []string // for ال
}

func (s *scheme) write(text string, random *rand.Rand) string {
	var b strings.Builder
	for i, word := range strings.Fields(text) {
		if i > 0 {
			b.WriteByte(' ')
		}
		s.word(&b, word, random)
	}
	return b.String()
}

func (s *scheme) word(b *strings.Builder, word string, random *rand.Rand) {
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	if list := s.words[strings.ToLower(word)]; list != nil {
		b.WriteString(pick(list))
		return
	}
	if s.article != nil {
		if rest, ok := strings.CutPrefix(word, "ال"); ok && len(rest) >= 6 {
			b.WriteString(pick(s.article))
			word = rest
		}
	}
	runes := []rune(word)
	open := true // after a vowel, or at the beginning
	for i, r := range runes {
		list, ok := s.letters[unicode.ToLower(r)]
		if !ok {
			if unicode.Is(unicode.Mn, r) || r == 0x200C || r == 0x640 {
				continue
			}
			b.WriteRune(r)
			open = true
			continue
		}
		spelling := pick(list)
		if s.vowels == nil {
			if unicode.IsUpper(r) && spelling != "" {
				spelling = strings.ToUpper(spelling[:1]) + spelling[1:]
			}
			b.WriteString(spelling)
			continue
		}
		vowel := carrier(r)
		// و and ي are consonants at the beginning and beside a long vowel.
		if (r == 'و' || r == 'ي' || r == 'ی') && (i == 0 || i+1 < len(runes) && carrier(runes[i+1])) {
			vowel = false
			spelling = "y"
			if r == 'و' {
				spelling = pick(s.letters['#'])
			}
		}
		if !vowel && !open && random.IntN(4) > 0 {
			b.WriteString(pick(s.vowels))
		}
		b.WriteString(spelling)
		open = vowel
	}
}

// carrier tells letters that stand for vowels.
func carrier(r rune) bool { return strings.ContainsRune("اآويیىة", r) }

// spellings reads "ب b|پ p": a letter and its spellings, with - for none.
func spellings(lists ...string) map[rune][]string {
	m := map[rune][]string{}
	for _, list := range lists {
		fields := strings.Fields(list)
		for i := 0; i+1 < len(fields); i += 2 {
			var all []string
			for s := range strings.SplitSeq(fields[i+1], "|") {
				all = append(all, strings.TrimPrefix(s, "-"))
			}
			for _, r := range fields[i] {
				m[r] = all
			}
		}
	}
	return m
}

const consonants = "ب b ت t ث th ج j د d ذ dh ر r ز z س s ش sh ف f ك k ک k ل l م m ن n ه h پ p چ ch ژ zh گ g # w "

var (
	arabicSchemes = []*scheme{
		{tag: arabicLatin, article: []string{"al-"}, vowels: []string{"a", "a", "i", "u"}, // DIN 31635 and ALA-LC
			letters: spellings(consonants, "ث th|ṯ ج j|ǧ ح ḥ خ kh|ḫ ذ dh|ḏ ش sh|š ص ṣ ض ḍ ط ṭ ظ ẓ ع ʿ غ gh|ġ ق q ا ā آ ā و ū ي ī ى ā ة a أ ʾa|a إ i ؤ ʾ ئ ʾ ء ʾ|-")},
		{tag: arabicLatin, article: []string{"al-", "Al ", "al "}, vowels: []string{"a", "a", "i", "u", "e"}, // BGN/PCGN, newspapers
			letters: spellings(consonants, "ح h خ kh ص s ض d ط t ظ z|dh ع -|' غ gh ق q|k ا a آ a و u|ou ي i|y ى a ة a|ah أ a إ i|e ؤ - ئ - ء -|'")},
		{tag: arabicLatin, article: []string{"el ", "al ", "il", "el", "l"}, vowels: []string{"a", "a", "e", "i", "o", "-"}, // chats
			letters: spellings(consonants, "ث th|s|t ج g|j ح 7 خ 5|kh|7' ذ z|d ش sh|ch ص s|9 ض d ط t|6 ظ z ع 3 غ gh|8 ق 2|q ا a|aa آ a و o|ou|w ي i|y|ee ى a ة a|eh أ a|2a إ e|2e ؤ 2 ئ 2 ء 2|-")},
	}
	persianSchemes = []*scheme{
		{tag: persianLatin, words: persianWords, vowels: []string{"a", "a", "e", "o"},
			letters: spellings(consonants, "# v ث s ح h خ kh ذ z ص s ض z ط t ظ z ع ʿ|' غ gh ق q ا ā آ ā و ū ي ī ی ī ى ī ة e أ a ؤ ' ئ ' ء '")},
		{tag: persianLatin, words: persianWords, vowels: []string{"a", "a", "e", "o"},
			letters: spellings(consonants, "# v ث s ح h خ kh|x ذ z ژ zh|j ش sh ص s ض z ط t ظ z ع -|' a غ gh ق gh|q ا a|aa آ a|aa و u|oo|o ي i ی i|y ى i ة e أ a ؤ - ئ - ء -")},
	}
	persianWords = map[string][]string{
		"و": {"va", "o"}, "به": {"be"}, "که": {"ke"}, "از": {"az"}, "در": {"dar"}, "را": {"ra", "ro"}, "با": {"ba"}, "این": {"in"}, "آن": {"an", "oon"}, "است": {"ast", "e"},
		"می": {"mi"}, "برای": {"baraye"}, "یک": {"yek", "ye"}, "تا": {"ta"}, "هم": {"ham"}, "بود": {"bud", "bood"}, "شد": {"shod"}, "های": {"haye"}, "ما": {"ma"}, "هر": {"har"}, "شده": {"shode"}, "خود": {"khod"}, "کرد": {"kard"}, "نیز": {"niz"}, "شود": {"shavad", "beshe"}, "بر": {"bar"}, "ها": {"ha"},
	}
	cyrillics      = "а a б b в v г g д d з z и i к k л l м m н n о o п p р r с s т t у u ф f "
	russianSchemes = []*scheme{
		{tag: russianLatin, letters: spellings(cyrillics, "е e|ye ё ë|yo ж zh й y х kh ц ts ч ch ш sh щ shch ъ ” ы y ь ’|' э e ю yu я ya")},                                 // BGN/PCGN
		{tag: russianLatin, letters: spellings(cyrillics, "е e ё e ж zh й i|y х kh ц ts ч ch ш sh щ shch ъ ie|- ы y ь - э e ю iu|yu я ia|ya")},                              // passports
		{tag: russianLatin, letters: spellings(cyrillics, "е e ё ë ж ž й j х ch|h ц c ч č ш š щ šč|ŝ ъ ʺ ы y ь ʹ э ė|è ю ju|û я ja|â")},                                     // ISO 9 and scholars
		{tag: russianLatin, letters: spellings(cyrillics, "е e ё yo ж zh й j х x|kh ц cz|c ч ch ш sh щ shh ъ `` ы y`|y ь `|' э e`|e ю yu я ya")},                            // GOST 7.79 B
		{tag: russianLatin, letters: spellings(cyrillics, "е e ё e|yo|jo ж zh|j|g й y|j|i х h|x|kh ц c|ts ч ch|4 ш sh|w|6 щ sch|sh ъ - ы y|i ь -|' э e ю yu|u|ju я ya|ja")}, // chats
	}
)
