package event

import (
	_ "embed"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"entente/internal/lexis"
	"entente/internal/linear"
)

//go:embed weights.bin
var weights []byte

// shipped is the model of the program, read when it is first asked for.
var shipped = sync.OnceValues(func() (*linear.Model, error) { return linear.Read(weights) })

// Classifier tells types. It is safe for concurrent use.
type Classifier struct{ model *linear.Model }

// New gives the classifier with the weights of the program. Its error says that
// they are damaged.
func New() (*Classifier, error) {
	m, err := shipped()
	if err != nil {
		return nil, err
	}
	return &Classifier{m}, nil
}

// Classify gives the likeliest type of a text among those given, or among all
// where there are none, and how likely it is beside the others, 0..1. A text
// with no word of the lexicon is Other with 0 where Other is among them.
func (c *Classifier) Classify(text string, among ...Type) (Type, float64) {
	features, tells := read(text)
	if !tells && (len(among) == 0 || slices.Contains(among, Other)) {
		return Other, 0
	}
	scores := make([]float64, len(c.model.Labels))
	c.model.Scores(features, scores)
	if len(among) > 0 {
		for l, label := range c.model.Labels {
			if !slices.Contains(among, Type(label)) {
				scores[l] = math.Inf(-1)
			}
		}
	}
	linear.Probabilities(scores)
	best := 0
	for l, s := range scores {
		if s > scores[best] {
			best = l
		}
	}
	return Type(c.model.Labels[best]), scores[best]
}

// Example is a text whose type people gave.
type Example struct {
	Text string
	Type Type
}

// Train makes a classifier from examples alone, and gives its weights as
// weights.bin holds them. The types of the examples must be among Types.
func Train(examples []Example) (*Classifier, []byte) {
	labels := make([]string, len(Types))
	at := map[Type]int{}
	for i, t := range Types {
		labels[i], at[t] = string(t), i
	}
	var all []linear.Example
	for _, e := range examples {
		features, _ := read(e.Text)
		all = append(all, linear.Example{Features: features, Label: at[e.Type]})
	}
	m := linear.Train(labels, all, linear.Options{Bits: bits, Epochs: 40, Rate: 0.1, Decay: 0.0005})
	return &Classifier{m}, m.Append(nil)
}

const (
	bits = 14
	// maxBytes is how much of a text is read, in bytes: a snippet.
	maxBytes = 2000
	// reach is how many words an actor may stand before or after a deed.
	reach = 8
)

// actors are the groups of the lexicon that are people; the others are deeds.
var actors = map[string]bool{"STATE": true, "GROUP": true, "CIVIL": true, "CROWD": true, "MOB": true, "STATESMAN": true, "CRIMINAL": true}

// hit is an entry of the lexicon that stands in a text.
type hit struct {
	group string
	at    int // word
}

// read gives what the model sees of a text, and whether a word of the lexicon is
// in it.
func read(text string) (features []linear.Feature, tells bool) {
	if len(text) > maxBytes {
		text = text[:maxBytes]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
	}
	words := lexis.Words(text)
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = lexis.Stem("en", w.Text)
	}
	firstSentence := len(words)
	if end := strings.Index(text, ". "); end > 40 {
		points := utf8.RuneCountInString(text[:end])
		for i, w := range words {
			if w.Start >= points {
				firstSentence = i
				break
			}
		}
	}
	var b builder
	b.words(stems, words)
	found := hits(stems)
	b.groups(found, firstSentence)
	b.add("bias", 0.3)
	return b.features, len(found) > 0
}

func hits(stems []string) (all []hit) {
	for i, stem := range stems {
		for _, p := range phrases[stem] {
			if matches(stems[i:], p.stems) {
				all = append(all, hit{p.group, i})
			}
		}
	}
	return all
}

func matches(stems, want []string) bool {
	if len(stems) < len(want) {
		return false
	}
	for i, w := range want {
		if stems[i] != w {
			return false
		}
	}
	return true
}

// builder gathers features, each once.
type builder struct {
	features []linear.Feature
	seen     map[uint64]int
}

func (b *builder) add(name string, value float64) {
	h := linear.Hash(name)
	if b.seen == nil {
		b.seen = map[uint64]int{}
	}
	if at, ok := b.seen[h]; ok {
		if v := float32(value); v > b.features[at].Value {
			b.features[at].Value = v
		}
		return
	}
	b.seen[h] = len(b.features)
	b.features = append(b.features, linear.Feature{Hash: h, Value: float32(value)})
}

// words adds words and pairs of neighbours, with less weight the longer the
// text is.
func (b *builder) words(stems []string, words []lexis.Word) {
	if len(stems) == 0 {
		return
	}
	each := 1 / math.Sqrt(float64(len(stems)))
	for i, s := range stems {
		if lexis.Common(words[i].Text) {
			continue
		}
		b.add("w:"+s, 1.5*each)
		if i > 0 {
			b.add("p:"+stems[i-1]+" "+s, each)
		}
	}
}

// groups adds which groups there are and how they stand to one another.
func (b *builder) groups(all []hit, firstSentence int) {
	count := map[string]int{}
	for _, h := range all {
		count[h.group]++
		if h.at < firstSentence {
			b.add("first:"+h.group, 0.5)
		}
	}
	groups := slices.Sorted(maps.Keys(count)) // the order decides how sums are rounded
	for _, g := range groups {
		b.add("g:"+g, 0.6)
		if count[g] > 1 {
			b.add("gg:"+g, 0.4)
		}
	}
	deedSeen := false
	for _, h := range all {
		if actors[h.group] {
			continue
		}
		if !deedSeen {
			b.add("deed:"+h.group, 0.5)
			deedSeen = true
		}
		before, after := "", ""
		for _, a := range all {
			switch {
			case !actors[a.group]:
			case a.at < h.at && h.at-a.at <= reach:
				before = a.group
			case a.at > h.at && a.at-h.at <= reach && after == "":
				after = a.group
			}
		}
		b.add("by:"+before+" "+h.group, 0.5)
		b.add("on:"+h.group+" "+after, 0.4)
	}
	for i, g := range groups {
		for _, k := range groups[i+1:] {
			b.add("both:"+g+" "+k, 0.25)
		}
	}
}
