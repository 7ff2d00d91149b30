package weave

import "strings"

// skeleton gives the consonants of a normalised name, one letter for those that
// scripts and spellings exchange (DOMAIN: name keys), without repetitions:
// "pskf" for Peskov, Песков and بيسكوف. It proves nothing; it is one sign
// among several.
func skeleton(word string) string {
	if rest, ok := strings.CutPrefix(word, "ال"); ok {
		word = rest
	}
	var b []byte
	for _, r := range digraphs.Replace(word) {
		if c := consonant(r); c != 0 && (len(b) == 0 || b[len(b)-1] != c) {
			b = append(b, c)
		}
	}
	return string(b)
}

// digraphs are single letters in other scripts.
var digraphs = strings.NewReplacer("shch", "ш", "sch", "ш", "sh", "ш", "ch", "ч", "kh", "خ", "gh", "غ", "zh", "ж", "ph", "f", "th", "t")

// consonant gives the letter that stands for r, 0 for vowels and for what one
// script writes as a vowel or not at all where another has a consonant.
func consonant(r rune) byte {
	switch r {
	case 'b', 'p', 'б', 'п', 'ب', 'پ':
		return 'p'
	case 'f', 'v', 'ф', 'в', 'ف', 'ڤ':
		return 'f'
	case 'm', 'м', 'م':
		return 'm'
	case 'n', 'н', 'ن':
		return 'n'
	case 't', 'd', 'т', 'д', 'ت', 'د', 'ط', 'ض':
		return 't'
	case 's', 'z', 'с', 'з', 'ц', 'ш', 'щ', 'ч', 'س', 'ز', 'ص', 'ظ', 'ث', 'ذ', 'ش', 'چ':
		return 's'
	case 'k', 'q', 'g', 'c', 'x', 'к', 'г', 'ق', 'ك', 'گ', 'غ', 'خ':
		return 'k'
	case 'l', 'л', 'ل':
		return 'l'
	case 'r', 'р', 'ر', 'ڕ':
		return 'r'
	case 'j', 'ж', 'ج', 'ژ':
		return 'j'
	}
	return 0
}
