// Package stance tells how a text takes a claim: whether it is about it at all,
// and if so whether it agrees, disagrees or only discusses it. The stances are
// those of the Fake News Challenge (stage 1, 2017). It is support for linking
// reports to claims and no evidence: DENY and its like (DOMAIN.md section 5) are
// what a speaker says, not what this finds.
//
// Two models in a row, both of package linear: one looks at how much of the
// claim the text repeats, where, and how rare those words are; the other at the
// words of the claim and of the sentences nearest to it, at what only one of
// them has, and at words that refute, hedge, affirm or negate. A model is
// trained for a kind of pair ([Articles], [Headlines]) by
//
//	go run ./cmd/train stance-articles --data DIR
//	go run ./cmd/train stance-headlines --data DIR
package stance

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"entente/internal/linear"
)

// Stance is how a text takes a claim.
type Stance string

// The stances.
const (
	Agree     Stance = "agree"
	Disagree  Stance = "disagree"
	Discuss   Stance = "discuss"
	Unrelated Stance = "unrelated"
)

// attitudes are the stances of a text that is about the claim.
var attitudes = []Stance{Agree, Disagree, Discuss}

//go:embed articles.bin
var articles []byte

//go:embed headlines.bin
var headlines []byte

var (
	shippedArticles  = sync.OnceValues(func() (*Classifier, error) { return read(articles) })
	shippedHeadlines = sync.OnceValues(func() (*Classifier, error) { return read(headlines) })
)

// Articles gives the classifier of English articles to headlines. Its error says
// that the weights of the program are damaged.
func Articles() (*Classifier, error) { return shippedArticles() }

// Headlines gives the classifier of pairs of Arabic headlines, which knows no
// Discuss. Its error says that the weights of the program are damaged.
func Headlines() (*Classifier, error) { return shippedHeadlines() }

// Classifier tells stances. It is safe for concurrent use.
type Classifier struct {
	rare     *rarities
	related  *linear.Model // labels: unrelated, related
	attitude *linear.Model // labels: attitudes
}

// Classify gives the likeliest stance of a text to a claim, both in the language
// of the classifier, and how likely it is, 0..1.
func (c *Classifier) Classify(claim, text Text) (Stance, float64) {
	if len(claim.sentences) == 0 || len(text.sentences) == 0 {
		return Unrelated, 0
	}
	with := c.rare.compare(claim, text)
	about := c.about(&with)
	if about <= 0.5 {
		return Unrelated, 1 - about
	}
	scores := make([]float64, len(attitudes))
	c.attitude.Scores(with.attitude(claim, text), scores)
	linear.Probabilities(scores)
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return attitudes[best], about * scores[best]
}

// About gives how likely a text is about a claim at all, 0..1, both in the language
// of the classifier; 0 where one of them is empty.
func (c *Classifier) About(claim, text Text) float64 {
	if len(claim.sentences) == 0 || len(text.sentences) == 0 {
		return 0
	}
	with := c.rare.compare(claim, text)
	return c.about(&with)
}

func (c *Classifier) about(with *comparison) float64 {
	var related [2]float64
	c.related.Scores(with.relation(), related[:])
	linear.Probabilities(related[:])
	return related[1]
}

// Example is a claim, a text, and the stance that people gave it.
type Example struct {
	Claim, Text Text
	Stance      Stance
}

// Train makes a classifier from examples alone. What is rare is learned from the
// texts, each of which should be the same Text wherever it comes again. Rare
// stances weigh more than their number: else they would never be given.
func Train(examples []Example) *Classifier {
	var texts []Text
	seen := map[*sentence]bool{}
	count := map[Stance]float64{}
	for _, e := range examples {
		count[e.Stance]++
		if len(e.Text.sentences) > 0 && !seen[&e.Text.sentences[0]] {
			seen[&e.Text.sentences[0]] = true
			texts = append(texts, e.Text)
		}
	}
	c := &Classifier{rare: learnRarities(texts)}
	var relations, takes []linear.Example
	most := max(count[Agree], count[Disagree], count[Discuss])
	about := count[Agree] + count[Disagree] + count[Discuss]
	for _, e := range examples {
		with := c.rare.compare(e.Claim, e.Text)
		if e.Stance == Unrelated {
			relations = append(relations, linear.Example{Features: with.relation(), Label: 0, Weight: rare(count[Unrelated], about, relatedRare)})
			continue
		}
		relations = append(relations, linear.Example{Features: with.relation(), Label: 1, Weight: rare(about, count[Unrelated], relatedRare)})
		for label, s := range attitudes {
			if s == e.Stance {
				takes = append(takes, linear.Example{Features: with.attitude(e.Claim, e.Text), Label: label, Weight: rare(count[s], most, attitudeRare)})
			}
		}
	}
	c.related = linear.Train([]string{string(Unrelated), "related"}, relations, linear.Options{Bits: relatedBits, Epochs: 6, Rate: 0.1, Decay: 1e-5})
	labels := make([]string, len(attitudes))
	for i, s := range attitudes {
		labels[i] = string(s)
	}
	c.attitude = linear.Train(labels, takes, linear.Options{Bits: attitudeBits, Epochs: attitudeEpochs, Rate: attitudeRate, Decay: attitudeDecay})
	return c
}

const (
	relatedBits    = 12
	attitudeBits   = 16
	attitudeEpochs = 8
	attitudeRate   = 0.05
	attitudeDecay  = 1e-4
	relatedRare    = 0.5
	attitudeRare   = 0.75
)

// rare gives the weight of an example of a label that n examples have, beside one
// that most have: by that power of how many times rarer it is.
func rare(n, most, power float64) float32 { return float32(math.Pow(max(1, most/n), power)) }

// Append writes the classifier: rarities, then both models with their lengths.
func (c *Classifier) Append(dst []byte) []byte {
	dst = append(dst, c.rare[:]...)
	for _, m := range []*linear.Model{c.related, c.attitude} {
		body := m.Append(nil)
		dst = binary.AppendUvarint(dst, uint64(len(body)))
		dst = append(dst, body...)
	}
	return dst
}

var errDamaged = errors.New("the weights of stances are damaged: train them again")

// read gives the classifier that Append wrote.
func read(data []byte) (*Classifier, error) {
	if len(data) < 1<<rarityBits {
		return nil, errDamaged
	}
	c := &Classifier{rare: new(rarities)}
	data = data[copy(c.rare[:], data):]
	for _, m := range []**linear.Model{&c.related, &c.attitude} {
		size, n := binary.Uvarint(data)
		if n <= 0 || size > uint64(len(data)-n) {
			return nil, errDamaged
		}
		var err error
		if *m, err = linear.Read(data[n : n+int(size)]); err != nil {
			return nil, fmt.Errorf("stances: %w", err)
		}
		data = data[n+int(size):]
	}
	if len(data) > 0 || len(c.related.Labels) != 2 || len(c.attitude.Labels) != len(attitudes) {
		return nil, errDamaged
	}
	return c, nil
}
