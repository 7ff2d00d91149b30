package language

import (
	"math"
	"slices"
	"strings"

	"entente/internal/centre"
)

// Prior is what is likely of a text before it is read. The zero value is that
// nothing is known, as of a benchmark's texts.
type Prior struct {
	// Declared is the language that the document or its source says, BCP 47; "" for
	// none. It decides a headline; a paragraph that is clearly in another language
	// overrules it.
	Declared string
	// Centre are the languages that the centre reads, as Base gives them. They make a headline
	// theirs that might as well be a neighbour's.
	Centre []string
}

const (
	// readHere is how much likelier, as a logarithm, a language of the centre's is
	// than another; declaredHere is how much likelier the declared one is.
	readHere, declaredHere = 2.5, 5.0
	// cooling is by how much less the n-grams of a text prove in the centre than
	// their number says: those of a headline are of one name or two, and not of so
	// many words. All three were fitted to testdata/headlines-dev.tsv.
	cooling = 3
	// told is the least score with which a language is told that nobody declared.
	told = 0.5
)

// ReadWith tells the language of a text as Read does, by what is likely before it
// was read. What then has a score under told is the declared language with a low
// score, where the text's letters are of it, or Undetermined.
func (d *Detector) ReadWith(text string, p Prior) Reading {
	p.Declared = Base(p.Declared)
	r := d.read(text, &p)
	said := p.Declared != "" && (r.Language == p.Declared || kin(r.Language, p.Declared))
	switch {
	case r.Score < told && !said:
		r = Reading{Language: Undetermined, Stretches: r.Stretches}
		if p.Declared != "" && d.written(p.Declared, text) {
			r.Language, r.Score, r.Why = p.Declared, hintScore, []string{"the text does not tell; the source says so"}
		}
		r.Stretches = slices.DeleteFunc(r.Stretches, func(s centre.LanguageStretch) bool { return s.Language == r.Language })
	case p.Declared == "":
	case !said:
		r.Why = append(slices.Clip(r.Why), "the source declares "+p.Declared+"; the text shows another language")
	case r.declared:
		r.Why = append(slices.Clip(r.Why), "declared by the source; the text alone does not tell surely")
	}
	return r
}

// kin tells that a language that was read is a way to write the declared one.
func kin(read, declared string) bool {
	return strings.TrimSuffix(read, "-Latn") == declared
}

// written tells that a text that does not tell its language may be in one: no
// letter of it is in a writing system in which the model knows others and not it.
func (d *Detector) written(tag, text string) bool {
	var all letters
	all.add(head(text, blockBytes))
	main, n := all.dominant()
	if n == 0 {
		return true
	}
	if own := alone[main]; own != "" {
		return own == tag
	}
	known := false
	for _, t := range d.tables {
		known = known || t != nil && slices.Contains(t.labels, tag)
	}
	t := d.tables[main]
	return t == nil || !known && !slices.Contains(alone[:], tag) || slices.Contains(t.labels, tag)
}

// Base gives a tag as this package writes it: the language without its region,
// with the writing system where that is of its names; "" for what is none.
func Base(tag string) string {
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	for latn := range reasons {
		if strings.EqualFold(tag, latn) {
			return latn
		}
	}
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	switch tag {
	case "und", "mul", "zxx", "mis":
		return ""
	case dari, "pes", "fas", "per":
		return "fa"
	case "kmr", "kur":
		return "ku"
	case "ara", "arb":
		return "ar"
	case "rus":
		return "ru"
	case "eng":
		return "en"
	case "iw":
		return "he"
	case "in":
		return "id"
	case "no":
		return "nb"
	}
	if len(tag) < 2 || len(tag) > 3 {
		return ""
	}
	return tag
}

// foreign are letters of its writing system that a language does not write and its
// neighbours do: Ukrainian, Belarusian, Serbian, Macedonian, Kazakh and Tajik
// beside Russian; Pashto, Urdu and Sorani beside Arabic and Persian.
var foreign = map[string]string{
	"ru": "іїєґўјљњћђџѓќѕәғқңөұүһӣӯҷҳІЇЄҐЎЈҚҒҲ",
	"ar": aside, "fa": aside,
}

const aside = "ټډړښڅځېۍګڼ" + "ٹڈڑںہھے" + "ەڕڵۆێ"

// lean tells what the prior says of each label of a table, for a block.
func (p *Prior) lean(t *table, b *block, by *[maxLabels]float64) {
	for _, tag := range p.Centre {
		if l := slices.Index(t.labels, tag); l >= 0 {
			by[l] = readHere
			if b.n <= nameLetters && strings.ContainsAny(b.text, foreign[tag]) {
				by[l] = -readHere
			}
		}
	}
	if l := slices.Index(t.labels, p.Declared); l >= 0 {
		by[l] += declaredHere
	}
}

// expect gives what best does, with the prior; alone is the label of best.
func (t *table) expect(b *block, p *Prior) (label int, share float64, alone int) {
	if alone = t.likeliest(b); alone < 0 {
		return alone, 0, alone
	}
	var by [maxLabels]float64
	p.lean(t, b, &by)
	if t.dari >= 0 {
		by[t.dari] = by[t.persian]
	}
	label = -1
	for l := range t.labels {
		if by[l] += (t.logit(b, l)-t.priors[l])/cooling + t.priors[l]; label < 0 || by[l] > by[label] {
			label = l
		}
	}
	top, sum := by[label], 0.0
	for l := range t.labels {
		sum += math.Exp(by[l] - top)
	}
	share = 1 / sum
	if t.dari >= 0 && (label == t.dari || label == t.persian) {
		share = min(1, share*(1+math.Exp(by[t.dari+t.persian-label]-top)))
		label = t.persian
	}
	return label, share, alone
}
