package duplicate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/process/duplicate"
)

const text = "The four states agreed on Saturday to set up a centre in Baghdad that will gather, process and analyse reports on the region."

func fingerprint(t testing.TB, title, body string) centre.Fingerprint {
	d := centre.Draft{Content: centre.Content{Text: body}}
	if title != "" {
		d.Content = centre.Content{Text: title + "\n\n" + body, Title: len([]rune(title))}
	}
	if err := duplicate.New().Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	return d.Fingerprint
}

func TestTheSameWordsAreTheSameText(t *testing.T) {
	want := fingerprint(t, "", text)
	for name, same := range map[string]string{
		"case":        strings.ToUpper(text),
		"punctuation": strings.NewReplacer(",", "", ".", "!").Replace(text),
		"lines":       strings.ReplaceAll(text, " ", "\n"),
	} {
		if got := fingerprint(t, "", same); got.Exact != want.Exact || duplicate.Similar(got, want) != 1 {
			t.Errorf("%s makes a difference", name)
		}
	}
	if fingerprint(t, "One headline", text).Exact != fingerprint(t, "Another", text).Exact {
		t.Error("the title makes a difference")
	}
	if fingerprint(t, "", "قال العراق إنّ الاتفاق تمّ").Exact != fingerprint(t, "", "قال العراق ان الاتفاق تم").Exact {
		t.Error("Arabic vowel marks and hamza make a difference")
	}
	if fingerprint(t, "", strings.Replace(text, "four", "five", 1)).Exact == want.Exact {
		t.Error("another word makes no difference")
	}
}

func TestShortTextsHaveNoSignature(t *testing.T) {
	if f := fingerprint(t, "", "Seven words are too few to compare."); f.MinHash != nil || f.Exact == 0 {
		t.Errorf("seven words: %+v", f)
	}
	if f := fingerprint(t, "", "Eight words are just enough to be compared."); len(f.MinHash) != duplicate.Size {
		t.Error("eight words have no signature")
	}
	if f := fingerprint(t, "", " \n ... "); f.Exact != 0 || f.MinHash != nil {
		t.Errorf("no word: %+v", f)
	}
	if f := fingerprint(t, "", "四个国家同意在巴格达设立联合信息中心"); len(f.MinHash) != duplicate.Size {
		t.Error("Chinese has no signature")
	}
}

// The estimate must be near the true share of common shingles, over texts that
// share any part of themselves.
func TestSimilarEstimatesTheShareOfCommonRuns(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var worst, sum float64
	const rounds = 60
	for round := range rounds {
		words := make([]string, 400)
		for i := range words {
			words[i] = fmt.Sprintf("w%d", random.IntN(5000))
		}
		other := append([]string(nil), words...)
		for i := range round * 400 / rounds {
			other[i] = fmt.Sprintf("x%d", random.IntN(5000))
		}
		truth := jaccard(words, other)
		got := duplicate.Similar(fingerprint(t, "", strings.Join(words, " ")), fingerprint(t, "", strings.Join(other, " ")))
		worst = max(worst, math.Abs(got-truth))
		sum += got - truth
	}
	if worst > 0.22 || math.Abs(sum/rounds) > 0.03 {
		t.Errorf("the estimate is off by up to %.2f and by %.3f on average", worst, sum/rounds)
	}
}

func jaccard(a, b []string) float64 {
	sets := [2]map[string]bool{{}, {}}
	for i, words := range [][]string{a, b} {
		for j := 0; j+duplicate.Shingle <= len(words); j++ {
			sets[i][strings.Join(words[j:j+duplicate.Shingle], " ")] = true
		}
	}
	both := 0
	for s := range sets[0] {
		if sets[1][s] {
			both++
		}
	}
	return float64(both) / float64(len(sets[0])+len(sets[1])-both)
}

func BenchmarkApply(b *testing.B) {
	s := duplicate.New()
	d := centre.Draft{Content: centre.Content{Text: strings.Repeat(text+" ", 20)}}
	b.SetBytes(int64(len(d.Content.Text)))
	b.ReportAllocs()
	for b.Loop() {
		_ = s.Apply(b.Context(), &d)
	}
}
