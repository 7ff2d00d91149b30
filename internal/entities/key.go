package entities

import (
	"strings"
	"unicode/utf8"

	"entente/internal/gazetteer"
)

// Key is the key of a name, for retrieval alone: the gazetteer's strict key,
// and of Cyrillic words the stem before the case ending.
func Key(name string) string {
	var w gazetteer.Words
	key := gazetteer.Key(name)
	w.Scan(key)
	cyrillic := false
	for i := range w.List {
		cyrillic = cyrillic || w.List[i].Script == gazetteer.Cyrillic
	}
	if !cyrillic {
		return key
	}
	var b strings.Builder
	for i := range w.List {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.Write(w.Fold[w.List[i].From:w.List[i].Stem])
	}
	return b.String()
}

// Loose folds a key in Latin letters further, by the loose classes of the domain
// brief, section 7: letters that transliterations from Arabic, Persian and
// Russian use for one another fall together, and doubled ones are single. Other
// scripts are left as they are, but for the letters that Arabic writes for
// Persian ones.
func Loose(key string) string {
	key = looseDigraphs.Replace(key)
	b := make([]byte, 0, len(key))
	var last rune
	for _, r := range key {
		switch r {
		case 'q', 'g':
			r = 'k'
		case 'j':
			r = 'k'
		case 'o', 'w':
			r = 'u'
		case 'e', 'y':
			r = 'i'
		case 'z':
			r = 'd'
		case 'پ':
			r = 'ب'
		case 'گ', 'غ', 'ج':
			r = 'ك'
		case 'چ':
			r = 'ك'
		case 'ڤ':
			r = 'ف'
		case 'ژ':
			r = 'ز'
		}
		if r == last && r != ' ' {
			continue
		}
		last = r
		b = utf8.AppendRune(b, r)
	}
	return strings.TrimSuffix(strings.ReplaceAll(string(b)+" ", "ah ", "a "), " ")
}

var looseDigraphs = strings.NewReplacer("shch", "sh", "sch", "sh", "kh", "h", "gh", "k", "dh", "d", "th", "d", "zh", "j", "dj", "j",
	"ou", "u", "oo", "u", "yu", "iu", "ju", "iu", "ee", "i", "iy", "i", "ii", "i", "ij", "i")
