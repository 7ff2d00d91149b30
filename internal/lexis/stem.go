package lexis

import (
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

// primaryOf gives the primary subtag of a language tag.
func primaryOf(language string) string {
	primary, _, _ := strings.Cut(strings.ToLower(language), "-")
	return primary
}

// stemmerFor chooses the stemmer for a word of a report: the report language's
// own where the word is in its script, else the commonest of the script. Words
// of a language in Latin script that has no stemmer are left alone.
func stemmerFor(primary string, s script) stemmer {
	switch s {
	case scriptLatin:
		switch primary {
		case "fr":
			return stemFrench
		case "tr":
			return stemTurkish
		case "en", "und", "", "ar", "fa", "prs", "ckb", "ru", "he", "ps", "ur":
			return stemEnglish
		}
	case scriptArabic:
		switch primary {
		case "fa", "prs", "pes", "ps", "ur":
			return stemPersian
		case "ckb", "ku":
			return stemSorani
		}
		return stemArabic
	case scriptCyrillic:
		return stemRussian
	}
	return stemNone
}

// stemmers holds one reusable token for the stemmers of bleve, which work on
// streams. Not safe for concurrent use; the zero value is ready.
type stemmers struct {
	token  analysis.Token
	stream [1]*analysis.Token
	fold   *scanner
	known  map[stemKey]string // stems of words that were met before; at most maxKnown
}

type stemKey struct {
	stemmer stemmer
	word    string
}

const (
	maxKnown = 1 << 14
	// maxKnownWord is the longest word whose stem is remembered, in bytes.
	maxKnownWord = 48
)

// pooled are stemmers that go from text to text: most words of news are in the
// next news, too.
var pooled = sync.Pool{New: func() any { return new(stemmers) }}

// recall gives the stem as stem does, and remembers it.
func (s *stemmers) recall(k stemmer, light, text string) string {
	if k != stemEnglish && k != stemRussian && k != stemArabic || len(text) > maxKnownWord {
		return s.stem(k, light, text) // little work, or dependent on more than the text
	}
	if stem, ok := s.known[stemKey{k, text}]; ok {
		return stem
	}
	stem := s.stem(k, light, text)
	if s.known == nil || len(s.known) >= maxKnown {
		s.known = map[stemKey]string{}
	}
	word := strings.Clone(text) // it may be a piece of a long text
	if stem == text {
		stem = word
	}
	s.known[stemKey{k, word}] = stem
	return stem
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
