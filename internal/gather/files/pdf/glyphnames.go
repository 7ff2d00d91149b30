package pdf

import (
	"strconv"
	"strings"
)

// glyphNames are names of glyphs that are no letters of ASCII, in the order of
// their characters, as type designers use them: the part of the Adobe Glyph List
// that texts of our languages need.
var glyphNames = func() map[string]string {
	out := map[string]string{}
	add := func(first rune, names string) {
		for i, n := range strings.Fields(names) {
			out[n] = string(first + rune(i))
		}
	}
	add(' ', "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma hyphen period slash")
	add('0', "zero one two three four five six seven eight nine colon semicolon less equal greater question at")
	add('[', "bracketleft backslash bracketright asciicircum underscore grave")
	add('{', "braceleft bar braceright asciitilde")
	add(0xa1, "exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine guillemotleft logicalnot softhyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior ordmasculine guillemotright onequarter onehalf threequarters questiondown")
	add(0xc0, "Agrave Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls")
	add(0xe0, "agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex edieresis igrave iacute icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash ugrave uacute ucircumflex udieresis yacute thorn ydieresis")
	add(0x2013, "endash emdash")
	add(0x2018, "quoteleft quoteright quotesinglbase")
	add(0x201c, "quotedblleft quotedblright quotedblbase")
	add(0x2020, "dagger daggerdbl bullet")
	add(0x2039, "guilsinglleft guilsinglright")
	for n, s := range map[string]string{"ellipsis": "…", "perthousand": "‰", "Euro": "€", "trademark": "™", "minus": "−", "nbspace": "\u00a0", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl",
		"dotlessi": "ı", "OE": "Œ", "oe": "œ", "Scaron": "Š", "scaron": "š", "Zcaron": "Ž", "zcaron": "ž", "Gbreve": "Ğ", "gbreve": "ğ", "Idotaccent": "İ", "Scedilla": "Ş", "scedilla": "ş",
		"afii61352": "№", "afii10023": "Ё", "afii10071": "ё", "afii57388": "،", "afii57403": "؛", "afii57407": "؟", "afii57440": "ـ", "afii57470": "ه", "afii57506": "پ", "afii57507": "چ", "afii57508": "ژ", "afii57509": "گ"} {
		out[n] = s
	}
	numbered := func(first rune, from, to int) {
		for n := from; n <= to; n++ {
			out["afii"+strconv.Itoa(n)] = string(first + rune(n-from))
		}
	}
	numbered('А', 10017, 10022) // Cyrillic, with Ё between Е and Ж
	numbered('Ж', 10024, 10049)
	numbered('а', 10065, 10070)
	numbered('ж', 10072, 10097)
	numbered('٠', 57392, 57401)
	numbered('ء', 57409, 57434) // Arabic
	numbered('ف', 57441, 57446)
	numbered('و', 57448, 57450)
	return out
}()

// glyphText gives the text of a glyph's name: listed, a letter itself, or made
// of its number ("uni0645", "u0645"); "" where it tells nothing.
func glyphText(n string) string {
	n, _, _ = strings.Cut(n, ".") // "alef.fina"
	if s, ok := glyphNames[n]; ok {
		return s
	}
	if len(n) == 1 {
		return n
	}
	for _, prefix := range []string{"uni", "u"} {
		if digits, ok := strings.CutPrefix(n, prefix); ok && len(digits) >= 4 {
			if prefix == "uni" {
				var b strings.Builder
				for ; len(digits) >= 4; digits = digits[4:] {
					v, err := strconv.ParseUint(digits[:4], 16, 16)
					if err != nil {
						return ""
					}
					b.WriteRune(rune(v))
				}
				return b.String()
			}
			if v, err := strconv.ParseUint(digits, 16, 21); err == nil {
				return string(rune(v))
			}
		}
	}
	return ""
}
