package stance

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/lexis"
	"entente/internal/linear"
)

const (
	// maxBytes and maxSentences bound what is read of a text.
	maxBytes     = 16 << 10
	maxSentences = 120
	// maxSentence is how many words a sentence has at most; a longer one is cut.
	maxSentence = 60
)

// Text is a text made ready for comparison. It may be compared many times, also
// by several goroutines.
type Text struct {
	sentences []sentence
	set       map[uint64]float32 // stems, and how often
	stems     []uint64           // those of set, in order, so that sums are always rounded alike
	question  bool
}

type sentence struct {
	stems    []uint64
	distinct []uint64   // stems in order, each once
	marks    [kinds]int // how many words of each kind
}

// Read makes a text in a language (BCP 47) ready.
func Read(language, text string) Text {
	if len(text) > maxBytes {
		text = text[:maxBytes]
	}
	primary, _, _ := strings.Cut(language, "-")
	t := Text{set: map[uint64]float32{}, question: strings.ContainsAny(text, "?؟")}
	stems := map[string]uint64{}
	for _, part := range sentences(text) {
		var s sentence
		words := lexis.Words(part)
		for i, w := range words {
			if i == maxSentence {
				break
			}
			for _, k := range markers[w.Text] {
				s.marks[k]++
			}
			if lexis.Common(w.Text) {
				continue
			}
			h, ok := stems[w.Text]
			if !ok {
				h = linear.Hash(lexis.Stem(primary, w.Text))
				stems[w.Text] = h
			}
			s.stems = append(s.stems, h)
			t.set[h]++
		}
		s.distinct = slices.Compact(slices.Sorted(slices.Values(s.stems)))
		if len(words) > 0 {
			t.sentences = append(t.sentences, s)
		}
		if len(t.sentences) == maxSentences {
			break
		}
	}
	t.stems = slices.Sorted(maps.Keys(t.set))
	return t
}

// sentences cuts a text at full stops, question and exclamation marks before a
// space, and at ends of lines. It need not be right: it only divides a long text
// into parts that can be compared with a short one.
func sentences(text string) (all []string) {
	start := 0
	for i, r := range text {
		end := i + utf8.RuneLen(max(r, 0))
		if r == utf8.RuneError {
			end = i + 1
		}
		switch {
		case r == '\n':
		case (r == '.' || r == '!' || r == '?' || r == '؟' || r == '۔') && end < len(text) && text[end] == ' ' && end-start > 25:
		default:
			continue
		}
		all = append(all, text[start:min(end, len(text))])
		start = min(end, len(text))
	}
	return append(all, text[start:])
}

// Kinds of words that show what a writer thinks of what is said.
const (
	refuting  = iota // says that it is not so
	hedging          // says that others say it, or that it may be
	affirming        // says that it is so
	negating         // turns what follows round
	kinds
)

// lexicon has the words of each kind as lexis normalises them, in English and
// Arabic, from grammars of reported speech and the usage of the news.
var lexicon = [kinds]string{
	refuting: "fake fraud hoax false deny denies denied denying denial debunk debunked debunks bogus untrue refute refuted refutes retract retracted retraction " +
		"doubt doubts doubtful dispute disputed disputes despite nope contrary incorrect wrong rejects rejected reject dismiss dismissed dismisses unfounded baseless " +
		"myth fabricated staged prank satire joke satirical misleading mistaken unlikely debate skeptical sceptical skeptics erroneous inaccurate wasn isn didn aren doesn fooled lie lies lied " +
		"contradict contradicts contradicted contradicting disproved disproves disproven photoshopped impostor imposter rumor " +
		"نفي ينفي نفت تنفي نفيا كاذب كاذبه شائعه شاءعه اكاذيب يكذب تكذب كذب تفند يفند مزاعم لا صحه رفض يرفض ترفض رفضت مفبرك",
	hedging: "report reports reported reportedly claim claims claimed claiming alleged allegedly allege alleges rumor rumors rumour rumours rumored rumoured may might could apparently suggests " +
		"suggest suggested source sources unconfirmed unverified possible possibly purported purportedly believed supposedly suspected speculation speculated according appears seems likely " +
		"investigating investigate whether if cannot verify verified independently expected plan planning considering potential potentially would unclear " +
		"قد ربما يزعم تزعم زعم مزاعم انباء تقارير محتمل يحتمل مصادر مصدر هل تردد",
	affirming: "confirm confirms confirmed confirming confirmation official officially proof proves proved evidence indeed true announce announced announces reveal revealed reveals identified admits admitted " +
		"اكد اكدت يوكد توكد تاكيد اعلن اعلنت يعلن تعلن رسميا كشف يكشف تكشف",
	negating: "not no never none nobody nothing neither nor without cannot can won hasn haven t " +
		"لا لم لن ليس ليست غير عدم بدون دون لست ما",
}

var markers = index()

func index() map[string][]int {
	of := map[string][]int{}
	for kind, list := range lexicon {
		for _, word := range strings.Fields(list) {
			of[word] = append(of[word], kind)
		}
	}
	return of
}
