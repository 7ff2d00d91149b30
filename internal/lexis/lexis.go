// Package lexis turns text into the words that full-text search stores and
// looks for. The same functions serve both sides, so that SQLite, PostgreSQL
// and the in-memory matcher find the same.
//
// A text is cut into words, and each word is normalised (see [Normalise]), so
// that the spellings of one word in Arabic, Persian, Russian, English and their
// neighbours meet: harakat, tatweel, forms of alef, yeh and kaf, ё, diacritics
// of the Latin script, digits of any script and the letter's case play no part.
// A normalised word is made of letters and digits alone and is at most
// [MaxWord] bytes long; the tokenizers of both databases leave it whole.
//
// What is stored of a report ([Tokens]) is two columns: Surface has every word
// in order, for phrases and prefixes; Stems has, as an unordered set, what the
// words can also be found by: their stems in the language of their paragraph, and the
// parts of words that are written together ("کتاب‌ها" with a zero-width
// non-joiner is stored as "كتابها" and found by "كتاب" as well). No word is
// dropped as too common.
//
// A query's word ([Forms]) gives alternatives. It matches where any of its
// surface alternatives stands in either column, or any of its stems does. The
// language of a query is unknown, so its stems are those of every language
// that is written in the word's script.
//
// All functions are pure and safe for concurrent use.
package lexis

import (
	"slices"
	"strings"

	"entente/internal/centre"
)

// MaxWord is the length of the longest normalised word, in bytes. Longer ones
// are cut, alike on both sides.
const MaxWord = 64

// Word is a word of a text.
type Word struct {
	Text  string // normalised, never empty
	Start int    // code points into the text
	End   int    // half-open
}

// Words cuts text into its words, in order. A few words (ideographs of
// compatibility) become several that share their place.
func Words(text string) []Word {
	words := make([]Word, 0, min(len(text)/8, 1<<10)) // of news
	var s scanner
	s.scan(text, func(t *token) {
		words = append(words, Word{Text: t.text, Start: t.start, End: t.end})
	})
	return words
}

// Normalise gives the words of text as Tokens.Surface holds them: normalised,
// divided by single spaces. It is "" for a text without letters and digits.
//
// Its rules (DOMAIN: name keys): compatibility forms are folded (NFKC), case is
// folded, marks, tatweel, hamza on the line and controls are dropped; أ إ آ ٱ
// become ا, ؤ و, ئ ى ی ے ي, ة ۀ ہ ە ه, ک ك, ё е; Latin and Greek letters lose
// their diacritics; digits become 0-9. Apostrophes and ʿ ʾ inside a word are
// dropped ("Ja'fari" is "jafari"), but 's is taken off and French elisions are
// words of their own. Ideographs and kana are one word each.
func Normalise(text string) string {
	var b strings.Builder
	var s scanner
	s.scan(text, func(t *token) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	})
	return b.String()
}

// Tokens makes the words of a report as search stores them. language is the
// report's, BCP 47, and stretches are those of its text in others, in order; they
// choose the stemmer for the words in a language's script; words in another script
// get that script's commonest one.
func Tokens(language string, c centre.Content, stretches ...centre.LanguageStretch) centre.Tokens {
	var surface strings.Builder
	surface.Grow(len(c.Text) + len(c.Text)/8)
	draft := centre.Draft{Language: language, Findings: centre.Findings{Stretches: stretches}}
	spoken, until := "", 0 // in which language, and until which code point
	var by [scripts]stemmer
	m := begin()
	defer m.done()
	s := scanner{known: m}
	s.scan(c.Text, func(t *token) {
		if t.start >= until {
			spoken, until = draft.LanguageFrom(t.start)
			by = stemmersFor(spoken)
		}
		if surface.Len() > 0 {
			surface.WriteByte(' ')
		}
		surface.WriteString(t.text)
		if w, k := m.word(t.text), by[t.script]; w.seen != m.text || w.stemmed != k {
			w.seen, w.stemmed = m.text, k
			if stem := m.recall(w, k, t.light); stem != w {
				m.collect(stem)
			}
		}
		for _, part := range t.parts {
			m.collect(m.word(part))
		}
	})
	return centre.Tokens{Surface: surface.String(), Stems: m.collected()}
}

// Forms gives what a query's word is looked up by. Each string of surface is
// one normalised word, or several divided by single spaces that must follow
// one another; stems are single words, none of them in surface. Both are
// empty where word has no letter or digit. Text that is several words, such
// as "al-Assad", has no stems.
func Forms(word string) (surface, stems []string) {
	var tokens []token
	var s scanner
	s.scan(word, func(t *token) {
		kept := *t
		kept.parts = slices.Clone(t.parts)
		tokens = append(tokens, kept)
	})
	switch len(tokens) {
	case 0:
		return nil, nil
	case 1:
	default:
		return []string{Normalise(word)}, nil
	}
	t := &tokens[0]
	surface = []string{t.text}
	if t.joined && len(t.parts) > 1 {
		surface = append(surface, strings.Join(t.parts, " "))
	}
	add := func(stem string) {
		if stem != "" && stem != t.text && !slices.Contains(stems, stem) {
			stems = append(stems, stem)
		}
	}
	for _, k := range stemmersOf(t.script) {
		add(s.stems.stem(k, t.light, t.text))
		add(s.stems.stem(k, t.text, t.text))
	}
	return surface, stems
}

// Stem gives the stem of a normalised word in a language (BCP 47), or the word
// itself where there is no stemmer for the two.
func Stem(language, word string) string {
	s := begin()
	defer s.done()
	return s.recall(s.word(word), stemmersFor(language)[scriptOf(word)], word).text
}
