package echo

import "strings"

// Skeleton gives the consonants of a normalised word, one letter for those that
// scripts and spellings exchange (DOMAIN: name keys), without repetitions and
// without what one script does not write: "prtn" for protein, протеин and
// پروتئین.
func Skeleton(word string) string {
	if rest, ok := strings.CutPrefix(word, "ال"); ok {
		word = rest
	}
	if c := word[:min(1, len(word))]; c >= "a" && c <= "z" {
		word = latin.Replace(word)
	}
	var b []byte
	points := []rune(word)
	for i, r := range points {
		c := consonant(r)
		if r == 'c' && i+1 < len(points) && strings.ContainsRune("eiy", points[i+1]) {
			c = 's'
		}
		if c != 0 && (len(b) == 0 || b[len(b)-1] != c) {
			b = append(b, c)
		}
	}
	return string(b)
}

// latin writes what is one letter in other scripts as such.
var latin = strings.NewReplacer("shch", "ш", "sch", "ш", "sh", "ш", "ch", "ч", "kh", "خ", "gh", "غ", "zh", "ж", "ph", "f", "th", "t",
	"tion", "ш", "sion", "ш", "x", "ks", "qu", "k")

// consonant gives the letter that stands for r, 0 for vowels and half-vowels.
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
	case 'k', 'q', 'g', 'c', 'к', 'г', 'х', 'ق', 'ك', 'ک', 'گ', 'غ', 'خ':
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
