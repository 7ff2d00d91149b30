package language

import "strings"

// ofOwn are languages that the model does not know, with letters that no other
// language of the script has, and the share of letters, in percent, that they
// make up at least.
var ofOwn = [scripts][]struct {
	tag, letters string
	percent      int
}{
	latin:    {{"mt", "ħ", 2}},
	arabic:   {{"ug", "ۇۋڭۈ", 3}, {"sd", "ٺڀٻٿڳڻڏڌڃڄ", 2}},
	cyrillic: {{"tg", "ҷӣӯҳ", 1}},
	hebrew:   {{"yi", "װױײ", 2}},
}

// letterBytes is how much of a text is searched for them.
const letterBytes = 512

// byLetters gives the language of a text by letters that it has to itself; ""
// where it has none.
func byLetters(s script, text string) string {
	if len(ofOwn[s]) == 0 {
		return ""
	}
	text = head(text, letterBytes)
	for _, l := range ofOwn[s] {
		n := 0
		for _, r := range l.letters {
			n += strings.Count(text, string(r))
		}
		if 2*n*100 > l.percent*len(text) { // two bytes a letter
			return l.tag
		}
	}
	return ""
}
