package language

import (
	"slices"
	"strings"

	"entente/internal/centre"
)

const (
	// foreignLetters is how many letters a stretch in another script has at
	// least, strangeLetters one in the same script: names are shorter.
	foreignLetters, strangeLetters = 12, 40
	// certain is how probable the other language must be, clear by how much each
	// n-gram must speak for it and against the text's own, on average. Related
	// languages are not told apart by a paragraph.
	certain, clear = 0.9, 1.5
)

// stretches gives the blocks in other languages than main, neighbours of one
// language together.
func (d *Detector) stretches(blocks []block, script script, main guess) (found []centre.LanguageStretch) {
	last := -1 // the block of the stretch before
	for i := range blocks {
		b := &blocks[i]
		var g guess
		var why string
		if b.script != script {
			if b.n < foreignLetters || 2*b.n < b.letters.total {
				continue
			}
			g = d.judge(b, nil)
			if g.score < 0.5 || g.score < certain && b.n < strangeLetters && d.tables[b.script] != nil {
				continue
			}
			why = "in another writing system than the text"
		} else {
			t := d.tables[script]
			if b.n < strangeLetters || t == nil {
				continue
			}
			if l := t.likeliest(b); l < 0 || t.labels[l] == main.tag {
				continue
			}
			if g = d.judge(b, nil); g.score < certain || g.tag == main.tag || g.tag == Undetermined {
				continue
			}
			own := slices.Index(t.labels, main.tag)
			its := slices.Index(t.labels, g.tag) // -1 for those that letters tell
			if own >= 0 && its >= 0 && b.sums.weight(its)-b.sums.weight(own) < clear*float32(b.keys) {
				continue
			}
			why = "its words are of another language than the text's"
		}
		if g.tag == Undetermined || g.tag == main.tag {
			continue
		}
		if k := len(found) - 1; k >= 0 && last == i-1 && found[k].Language == g.tag {
			found[k].End, found[k].Score = b.end, min(found[k].Score, g.score)
		} else {
			found = append(found, centre.LanguageStretch{Start: b.start, End: b.end, Language: g.tag, Score: g.score, Why: append([]string{why}, reasons[g.tag]...)})
		}
		last = i
	}
	return found
}

// reasons are what is said with languages in letters that are not their own.
var reasons = map[string][]string{
	arabicLatin:  {"Arabic in Latin letters"},
	persianLatin: {"Persian in Latin letters"},
	russianLatin: {"Russian in Latin letters"},
}

// why gives the reasons for a language, where there is more to say than that its
// words were recognised.
func why(tag, text string) []string {
	why := reasons[tag]
	if tag == "fa" {
		if words := afghan(text); len(words) >= afghanWords {
			why = append(why, "probably Dari, the Persian of Afghanistan (prs): "+strings.Join(words, ", "))
		}
	}
	return why
}

const (
	// afghanWords is how many different words of Afghanistan make a text Dari,
	// in its first afghanBytes.
	afghanWords, afghanBytes = 2, 2048
)

// afghanOnly are words of Dari for which the Persian of Iran has others: months,
// offices, forces, hospitals, roads. A model that learnt the two apart from the
// texts of one field did not know them in those of another.
var afghanOnly = func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq("جنوری فبروری مارچ اپریل جون اگست سپتمبر اکتوبر نومبر دسمبر " +
		"ولسوالی ولسوالی‌های ولسوالی‌ها ولسوال شاروالی شاروال څارنوالی څارنوال ولسی سارنوالی لوی قوماندان قوماندانی عساکر اردوی طیاره طیارات چرخبال " +
		"شفاخانه شفاخانه‌ها شفاخانه‌های داکتر داکتران داکتران‌صحی تداوی صحی پوهنتون پوهنتون‌ها پوهنتون‌های پوهنځی پوهاند ډاکتر " +
		"سرک سرک‌ها موتر موترها معاش معاشات انجنیر کمپاین سکتور پالیسی کمپنی پولیس استند ولایات کمیشنری") {
		words[w] = true
	}
	return words
}()

// afghan gives the different words of Dari in a text.
func afghan(text string) (found []string) {
	for w := range strings.FieldsFuncSeq(head(text, afghanBytes), func(r rune) bool { return classify(r) == none || r == '«' }) {
		if afghanOnly[w] && !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	return found
}
