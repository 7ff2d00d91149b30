// Package duplicate makes the fingerprint by which reports that repeat one
// another are found: a hash of the whole text for exact copies, and a MinHash
// signature (Broder, "On the resemblance and containment of documents", 1997)
// for near ones. The share of equal places in two signatures estimates the
// share of five-word runs that two texts have in common.
//
// Only words count: case, punctuation, diacritics and the spelling variants
// that gazetteer.Key folds make no difference.
package duplicate

import (
	"context"
	"math"
	"sync"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

const (
	// Size is how many numbers a signature has. The estimate's standard error
	// is at most 0.5/sqrt(Size).
	Size = 64
	// Shingle is how many words a run has.
	Shingle = 5
	// MinWords is how many words a body must have to be compared for near copies.
	MinWords = 8
	// maxKept is the longest text, in bytes, whose memory is kept for the next.
	maxKept = 1 << 20
)

// Step is the step. It is safe for concurrent use.
type Step struct{ scratch *sync.Pool }

// New makes the step.
func New() Step {
	return Step{&sync.Pool{New: func() any { return new(scratch) }}}
}

// Name implements centre.Step.
func (Step) Name() string { return "duplicate" }

// Version implements centre.Step.
func (Step) Version() int { return 1 }

type scratch struct {
	words  gazetteer.Words
	hashes []uint64
}

// Apply fills draft.Fingerprint from the body: the title is left out, since
// carriers write their own over the same text. A text without a body is
// compared by its title.
func (s Step) Apply(_ context.Context, draft *centre.Draft) error {
	w := s.scratch.Get().(*scratch)
	if len(draft.Content.Text) < maxKept {
		defer s.scratch.Put(w)
	}
	w.words.Scan(draft.Content.Text) // all of it, as the other steps read it
	w.hashes = w.hashes[:0]
	start := body(draft.Content)
	for i := range w.words.List {
		if word := &w.words.List[i]; word.Start >= start {
			w.add(word)
		}
	}
	draft.Fingerprint = fingerprint(w.hashes)
	return nil
}

// body gives the byte at which the text after the title begins; 0 where there is
// nothing after.
func body(c centre.Content) int {
	at := 0
	for n := 0; n < c.Title && at < len(c.Text); n++ {
		_, size := utf8.DecodeRuneInString(c.Text[at:])
		at += size
	}
	rest := c.Text[at:]
	for _, r := range rest {
		if !unicode.IsSpace(r) {
			return at
		}
	}
	return 0
}

// add takes a word. Scripts that do not divide words give long runs: these are
// taken letter by letter.
func (w *scratch) add(word *gazetteer.Word) {
	fold := w.words.Fold[word.From:word.To]
	if r, _ := utf8.DecodeRune(fold); r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) || r >= 0x0E00 && r <= 0x0EFF {
		for len(fold) > 0 {
			_, n := utf8.DecodeRune(fold)
			w.hashes = append(w.hashes, mix(uint64(gazetteer.HashStart.Add(fold[:n]))))
			fold = fold[n:]
		}
		return
	}
	w.hashes = append(w.hashes, mix(uint64(word.Hash)))
}

// mix is the finaliser of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// multiplier is odd, so that h*multiplier+i*h2 runs over all numbers.
const multiplier = 0x9e3779b97f4a7c15

func fingerprint(words []uint64) centre.Fingerprint {
	if len(words) == 0 {
		return centre.Fingerprint{}
	}
	var f centre.Fingerprint
	for _, w := range words {
		f.Exact = mix(f.Exact*multiplier + w)
	}
	if f.Exact == 0 { // zero is "no text"
		f.Exact = 1
	}
	if len(words) < MinWords {
		return f
	}
	var least [Size]uint32
	for i := range least {
		least[i] = math.MaxUint32
	}
	for i := 0; i+Shingle <= len(words); i++ {
		h := words[i]
		for _, w := range words[i+1 : i+Shingle] {
			h = h*multiplier + w
		}
		h = mix(h)
		// Sixty-four hashes from the halves of one (Kirsch and Mitzenmacher,
		// "Less hashing, same performance", 2006), mixed once more since minima
		// need the high bits of each to be independent.
		step := (h>>32 | 1) * 0x2545f4914f6cdd1d * multiplier
		h *= multiplier
		for j := range least {
			// A minimum of many is seldom a new one.
			if v := uint32(h >> 32); v < least[j] {
				least[j] = v
			}
			h += step
		}
	}
	f.MinHash = least[:]
	return f
}

// Similar estimates the share of runs of words that two texts have in common,
// 0..1. It is 0 where either has no signature.
func Similar(a, b centre.Fingerprint) float64 {
	if len(a.MinHash) == 0 || len(a.MinHash) != len(b.MinHash) {
		return 0
	}
	same := 0
	for i := range a.MinHash {
		if a.MinHash[i] == b.MinHash[i] {
			same++
		}
	}
	return float64(same) / float64(len(a.MinHash))
}
