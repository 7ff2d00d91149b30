package lexis

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/ckb"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
)

// script is the writing of a word.
type script byte

const (
	scriptOther script = iota
	scriptLatin
	scriptArabic
	scriptCyrillic
	scripts // how many there are
)

// scriptOf gives the script of a normalised word by its first letter.
func scriptOf(text string) script {
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z':
			return scriptLatin
		case '0' <= r && r <= '9':
			continue
		case 0x400 <= r && r < 0x530:
			return scriptCyrillic
		case 0x600 <= r && r < 0x700, 0x750 <= r && r < 0x780:
			return scriptArabic
		case unicode.Is(unicode.Latin, r):
			return scriptLatin
		}
		return scriptOther
	}
	return scriptOther
}

// stemmer names a language whose stems are made.
type stemmer byte

const (
	stemNone stemmer = iota
	stemArabic
	stemPersian
	stemSorani
	stemRussian
	stemEnglish
	stemFrench
	stemTurkish
)

func stemmersOf(s script) []stemmer {
	switch s {
	case scriptLatin:
		return []stemmer{stemEnglish, stemFrench, stemTurkish}
	case scriptArabic:
		return []stemmer{stemArabic, stemPersian, stemSorani}
	case scriptCyrillic:
		return []stemmer{stemRussian}
	}
	return nil
}

// stemmersFor chooses the stemmers for a text in a language (BCP 47), by the script
// of a word: the language's own where the word is in its script, else the commonest
// of the script. Words of a language in Latin script that has no stemmer are left
// alone.
func stemmersFor(language string) (by [scripts]stemmer) {
	by[scriptArabic], by[scriptCyrillic] = stemArabic, stemRussian
	primary, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch primary {
	case "fr":
		by[scriptLatin] = stemFrench
	case "tr":
		by[scriptLatin] = stemTurkish
	case "en", "und", "", "ar", "fa", "prs", "ckb", "ru", "he", "ps", "ur":
		by[scriptLatin] = stemEnglish
	}
	switch primary {
	case "fa", "prs", "pes", "ps", "ur":
		by[scriptArabic] = stemPersian
	case "ckb", "ku":
		by[scriptArabic] = stemSorani
	}
	return by
}

// stemmers holds one reusable token for the stemmers of bleve, which work on
// streams, and the words that were met. Not safe for concurrent use; the zero
// value is ready.
type stemmers struct {
	token  analysis.Token
	stream [1]*analysis.Token
	fold   *scanner
	words  map[string]*known
	last   *known   // that spelled gave
	text   int      // number of the text that is read, from 1
	stems  []*known // that were collected of it
	list   []string // scratch of collected
}

// known is a word that was met in this text or one before.
type known struct {
	text      string
	stem      *known  // by stemmer; nil where it is not known
	stemmer   stemmer // meaningful where stem is known
	seen      int     // the last text in which it stood
	stemmed   stemmer // with which its stem was collected there last
	collected int     // the last text of which it was collected as a stem
}

// maxKnown is how many words are remembered from text to text.
const maxKnown = 1 << 14

// pooled are stemmers that go from text to text: most words of news are in the
// next news, too.
var pooled = sync.Pool{New: func() any { return new(stemmers) }}

// begin gives stemmers for one text, done gives them back.
func begin() *stemmers {
	s := pooled.Get().(*stemmers)
	if s.words == nil {
		s.words = map[string]*known{}
	}
	s.text++
	s.stems = s.stems[:0]
	return s
}

func (s *stemmers) done() {
	if len(s.words) > maxKnown {
		s.words, s.last, s.stems, s.list = nil, nil, nil, nil
	}
	pooled.Put(s)
}

func (s *stemmers) word(text string) *known {
	if s.last != nil && s.last.text == text {
		return s.last
	}
	if w := s.words[text]; w != nil {
		return w
	}
	w := &known{text: strings.Clone(text)} // it may be a piece of a long text
	s.words[w.text] = w
	return w
}

// spelled gives bytes as a string, that of a word that was met where there is one;
// without stemmers, a new one.
func (s *stemmers) spelled(text []byte) string {
	if s == nil {
		return string(text)
	}
	w := s.words[string(text)]
	if w == nil {
		w = s.word(string(text))
	}
	s.last = w
	return w.text
}

// recall gives the stem as stem does, and remembers it.
func (s *stemmers) recall(w *known, k stemmer, light string) *known {
	if k != stemEnglish && k != stemRussian && k != stemArabic { // little work, or dependent on more than the text
		return s.word(s.stem(k, light, w.text))
	}
	if w.stem == nil || w.stemmer != k {
		w.stem, w.stemmer = s.word(s.stem(k, light, w.text)), k
	}
	return w.stem
}

// collect notes a stem of the text.
func (s *stemmers) collect(stem *known) {
	if stem.collected != s.text && stem.text != "" {
		stem.collected = s.text
		s.stems = append(s.stems, stem)
	}
}

// collected gives the stems that were collected and are no words of the text, in
// order.
func (s *stemmers) collected() string {
	s.list = s.list[:0]
	for _, stem := range s.stems {
		if stem.seen != s.text {
			s.list = append(s.list, stem.text)
		}
	}
	slices.Sort(s.list)
	return strings.Join(s.list, " ")
}

// stem gives the normalised stem of a word: of its normalised text, or of its
// lightly folded form where the language needs letters that normalising folds.
func (s *stemmers) stem(k stemmer, light, text string) string {
	switch k {
	case stemEnglish:
		if c := text[0]; len(text) < 3 || '0' <= c && c <= '9' {
			return text
		}
		return s.run(en.NewEnglishStemmerFilter(), text)
	case stemRussian:
		return s.run(ru.NewRussianStemmerFilter(), text)
	case stemFrench:
		return s.renormal(s.run(fr.NewFrenchLightStemmerFilter(), text), text)
	case stemTurkish:
		return s.renormal(s.run(tr.NewTurkishStemmerFilter(), light), text)
	case stemArabic:
		return s.run(ar.NewArabicStemmerFilter(), text)
	case stemSorani:
		return s.renormal(s.run(ckb.NewSoraniStemmerFilter(), s.run(ckb.NewSoraniNormalizeFilter(), light)), text)
	case stemPersian:
		return persian(text)
	}
	return text
}

func (s *stemmers) run(f analysis.TokenFilter, word string) string {
	s.token = analysis.Token{Term: []byte(word)}
	s.stream[0] = &s.token
	f.Filter(s.stream[:])
	return string(s.token.Term)
}

// renormal normalises a stem; one that has lost everything is the word itself.
func (s *stemmers) renormal(stem, text string) string {
	if s.fold == nil {
		s.fold = new(scanner)
	}
	if n := s.fold.normal(stem); n != "" {
		return n
	}
	return text
}

// persianEndings are those of plural, comparison and possession, in normalised
// letters, the longest first.
var persianEndings = []string{
	"هايشان", "هايمان", "هايتان", "هايش", "هايم", "هايت", "هايي", "هاي", "ها",
	"ترين", "تر", "يشان", "شان", "گان",
}

// persian takes one ending off a word and leaves at least three letters. The
// library has a normaliser but no stemmer for Persian.
func persian(text string) string {
	for _, ending := range persianEndings {
		if head, ok := strings.CutSuffix(text, ending); ok && utf8.RuneCountInString(head) >= 3 {
			return head
		}
	}
	return text
}
