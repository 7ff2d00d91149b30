package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a stretch of a text in code points, half-open.
type Span struct{ Start, End int }

// Sentences gives the sentences of a text, in order and without the white space
// between them: all that is not white space is in one of them. language (BCP
// 47) chooses the abbreviations; in one that is not ours those of English hold.
//
// A sentence ends at a paragraph's end, and at . ! ? … ؟ ۔ with the quotes and
// brackets that close behind it, where white space follows. It does not end
//
//   - before a small letter, a dash and a small letter, or a comma: what follows
//     goes on ("Go!" he said);
//   - at the full stop of an abbreviation ("Gen. Smith", "т. е.", "د. حسن"), of an
//     initial ("J. Smith", "В. В. Иванов") or of an acronym ("the U.S. Army"),
//     unless a word follows with which sentences begin;
//   - at that of a list's number ("1. First"), or inside of a number, an address
//     or a name (3.5, example.org), since no white space follows there;
//   - at an ellipsis in Arabic letters, which have no capitals to tell.
//
// It is a pure function, in time linear in the text.
func Sentences(text, language string) []Span {
	abbreviations, ok := abbreviationsOf[language]
	if !ok {
		abbreviations = abbreviationsOf["en"]
	}
	var spans []Span
	s := splitter{text: text, abbreviations: abbreviations}
	start, end := -1, 0 // code points of the sentence under way, without white space at its end
	startByte := 0
	point := 0
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' && strings.HasPrefix(text[i+1:], "\n") && start >= 0 {
			spans, start = append(spans, Span{start, end}), -1
		}
		if !unicode.IsSpace(r) {
			if start < 0 {
				start, startByte = point, i
			}
			end = point + 1
		}
		i += n
		point++
		if !terminates(r) {
			continue
		}
		first := i - n
		// What closes behind the mark, and further marks, belong to it.
		for i < len(text) {
			c, n := utf8.DecodeRuneInString(text[i:])
			if !terminates(c) && !closes(c) {
				break
			}
			i += n
			point++
			end = point
		}
		if s.ends(startByte, first, i) {
			spans, start = append(spans, Span{start, end}), -1
		}
	}
	if start >= 0 {
		spans = append(spans, Span{start, end})
	}
	return spans
}

func terminates(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '؟', '۔', '‼', '⁇', '⁈', '⁉', '。', '！', '？':
		return true
	}
	return false
}

func closes(r rune) bool {
	switch r {
	case '"', '\'', '”', '’', '»', ')', ']', '}', '›', '“':
		return true
	}
	return false
}

// splitter knows the text in which sentences are to be told apart.
type splitter struct {
	text          string
	abbreviations map[string]bool
}

// ends tells whether the sentence that begins at byte start ends with the mark
// at byte mark, whose run with what closes behind it ends at byte next.
func (s *splitter) ends(start, mark, next int) bool {
	if next == len(s.text) {
		return true
	}
	r, n := utf8.DecodeRuneInString(s.text[next:])
	if !unicode.IsSpace(r) {
		return r >= 0x3000 && n == 3 // Chinese and Japanese write no spaces
	}
	following := strings.TrimLeftFunc(s.text[next:min(len(s.text), next+64)], unicode.IsSpace)
	if strings.HasPrefix(s.text[next:], "\n\n") {
		return true
	}
	c, n := utf8.DecodeRuneInString(following)
	if c == '-' || c == '–' || c == '—' {
		c, _ = utf8.DecodeRuneInString(strings.TrimLeftFunc(following[n:], unicode.IsSpace))
	}
	if unicode.IsLower(c) || c == ',' || c == '،' || c == ';' || c == '؛' {
		return false
	}
	run := s.text[mark:next]
	if strings.HasPrefix(run, "..") || strings.HasPrefix(run, "…") {
		return !arabicLetter(c)
	}
	if run != "." {
		return true
	}
	return s.stops(start, mark, following, c)
}

// stops tells whether a full stop alone ends a sentence, before following.
func (s *splitter) stops(start, mark int, following string, c rune) bool {
	word := s.before(start, mark)
	if word == "" {
		return true
	}
	if mark-len(word) <= start && digitsOnly(word) && len(word) <= 3 {
		return false // the number of a list
	}
	bare := strings.ReplaceAll(word, ".", "")
	letters := utf8.RuneCountInString(bare)
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case letters == 1 && (unicode.IsUpper(first) || arabicLetter(first)), // an initial
		letters > 1 && letters <= 5 && len(bare) < len(word) && allUpper(bare): // an acronym
		return beginsSentence(following)
	}
	switch lower := strings.ToLower(word); {
	case lower == "no" || lower == "nos" || lower == "№":
		return !unicode.IsDigit(c)
	case lower == "г" || lower == "гг": // a year, or a city
		return s.afterDigit(mark-len(word)) && !unicode.IsDigit(c)
	case s.abbreviations[lower]:
		return false
	case mayEnd[lower]:
		return !unicode.IsDigit(c) && beginsSentence(following)
	}
	return true
}

// before gives the word that ends at byte mark, with the full stops inside it.
func (s *splitter) before(start, mark int) string {
	const longest = 24
	i := mark
	for i > start && mark-i < longest {
		r, n := utf8.DecodeLastRuneInString(s.text[start:i])
		if r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '№' && !unicode.Is(unicode.Mn, r) && r != 0x640 {
			break
		}
		i -= n
	}
	return strings.TrimLeft(s.text[i:mark], ".")
}

func (s *splitter) afterDigit(i int) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s.text[max(0, i-8):i], " "))
	return unicode.IsDigit(r)
}

func arabicLetter(r rune) bool { return r >= 0x620 && r < 0x780 && unicode.IsLetter(r) }

func digitsOnly(word string) bool {
	for _, r := range word {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

func allUpper(word string) bool {
	for _, r := range word {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// beginsSentence tells that text begins with a word that seldom follows an
// abbreviation inside a sentence.
func beginsSentence(text string) bool {
	word, _, _ := strings.Cut(text, " ")
	return starters[strings.TrimRight(word, ",;:")]
}

var starters = wordSet("The A An In On At He She It They We But And This That These Those There His Her Its Their After Before As If When While However Meanwhile " +
	"В На Он Она Они Оно Это Этот По При Но А И С Как После Также Однако Кроме Между Ранее Об Для")

// mayEnd are abbreviations that often end a sentence, too.
var mayEnd = wordSet("inc co corp ltd etc jr sr a.m p.m am pm т.д т.п др пр млн млрд тыс руб долл н.э")

// abbreviationsOf are those, by language, that something follows in the same
// sentence; in small letters and without the last full stop.
var abbreviationsOf = map[string]map[string]bool{
	"en": wordSet("mr mrs ms dr prof gen lt col maj capt cpt cmdr adm sgt cpl brig rev hon sen rep gov pres amb st mt ft vs e.g i.e cf fig vol art sec dept " +
		"jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat approx al-sayyed op ed eds"),
	"ru": wordSet("т т.е т.к т.н ул пл пос им акад проф ген полк подп кап лейт адм св о см ср напр стр рис гл ст п пп обл р-н д корп кв пер просп бул м к тел " +
		"янв февр фев апр авг сент сен окт нояб ноя дек mr dr зам нач гос мин"),
	"ar": wordSet("د أ م هـ ص ج ت ق.م"),
	"fa": wordSet("د ش م ق ص ج ه.ش ه.ق ه"),
}

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
