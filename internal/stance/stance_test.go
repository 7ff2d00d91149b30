package stance

import (
	"bytes"
	"strings"
	"testing"
)

const claim = "Army found hidden tunnel under the old bridge"

// about is an article on the matter, written for this test.
const about = "The army has found a hidden tunnel under the old bridge, according to unconfirmed reports. " +
	"Two sources said on Monday that soldiers entered the tunnel at night. It could not be verified whether it was in use.\n" +
	"Residents near the old bridge said that they had heard digging for weeks."

func TestRelated(t *testing.T) {
	c, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	if got, score := c.Classify(Read("en", claim), Read("en", about)); got == Unrelated || score <= 0 {
		t.Errorf("an article on the claim is %s (%.2f)", got, score)
	}
	if about := c.About(Read("en", claim), Read("en", about)); about < 0.5 || about > 1 {
		t.Errorf("an article on the claim is about it with %.2f", about)
	}
	other := "A bakery in the north won a prize for its bread. The owner thanked her customers and said that prices will stay as they are."
	if got, score := c.Classify(Read("en", claim), Read("en", other)); got != Unrelated || score < 0.9 {
		t.Errorf("an article on bread is %s (%.2f)", got, score)
	}
	for _, text := range []string{"", "...", "🙂"} {
		if got, _ := c.Classify(Read("en", claim), Read("en", text)); got != Unrelated {
			t.Errorf("%q is %s", text, got)
		}
		if got, _ := c.Classify(Read("en", text), Read("en", about)); got != Unrelated {
			t.Errorf("to %q an article is %s", text, got)
		}
	}
}

func TestHeadlines(t *testing.T) {
	c, err := Headlines()
	if err != nil {
		t.Fatal(err)
	}
	one := Read("ar", "الجيش يفتح الجسر القديم أمام السيارات")
	if got, _ := c.Classify(one, Read("ar", "الجيش يغلق الجسر القديم أمام السيارات")); got == Unrelated || got == Discuss {
		t.Errorf("a headline that contradicts is %s", got)
	}
}

// The claim is wholly in the text, all but one of its pairs of neighbours in its
// first sentence.
func TestCompare(t *testing.T) {
	r := learnRarities([]Text{Read("en", about), Read("en", "The bridge is old.")})
	c := r.compare(Read("en", claim), Read("en", about))
	if c.whole < 0.999 || c.best < 0.999 || c.lead < 0.999 || len(c.top) == 0 || c.top[0] != 0 || c.pairs < 0.5 || c.rarest != 1 {
		t.Errorf("compared: %+v", c)
	}
	if none := r.compare(Read("en", claim), Read("en", "Bread is dear.")); none.whole != 0 || none.best != 0 || len(none.top) != 0 {
		t.Errorf("compared with nothing shared: %+v", none)
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string]int{
		"": 1, "One line": 1, "a\nb": 2, "This sentence is long enough. And this one too!": 2, "Dr. No is here.": 1, "\xff.\n\xfe": 2,
	} {
		got := sentences(text)
		if len(got) != want || strings.Join(got, "") != text {
			t.Errorf("%q is cut into %q", text, got)
		}
	}
}

func TestTrainWriteRead(t *testing.T) {
	var all []Example
	for range 4 {
		all = append(all,
			Example{Read("en", claim), Read("en", about), Discuss},
			Example{Read("en", claim), Read("en", "The army found no tunnel under the old bridge; the hoax was denied by officers."), Disagree},
			Example{Read("en", claim), Read("en", "Officers confirmed that the army found a hidden tunnel under the old bridge."), Agree},
			Example{Read("en", claim), Read("en", "Bread is dear this year."), Unrelated})
	}
	c := Train(all)
	data := c.Append(nil)
	if !bytes.Equal(data, Train(all).Append(nil)) {
		t.Error("the same examples give other weights")
	}
	again, err := read(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all[:4] {
		if got, _ := again.Classify(e.Claim, e.Text); got != e.Stance {
			t.Errorf("learned %s for %s", got, e.Stance)
		}
	}
	for _, broken := range [][]byte{nil, data[:100], data[:len(data)-1], append(bytes.Clone(data), 0)} {
		if _, err := read(broken); err == nil {
			t.Errorf("%d bytes of %d are read", len(broken), len(data))
		}
	}
}

func FuzzClassify(f *testing.F) {
	c, err := Articles()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(claim, about)
	f.Add("\xff? \n", "؟ ؟ لا")
	f.Fuzz(func(t *testing.T, claim, text string) {
		if got, score := c.Classify(Read("en", claim), Read("en", text)); !(score >= 0 && score <= 1) {
			t.Errorf("%s with %f", got, score)
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	c, err := Articles()
	if err != nil {
		b.Fatal(err)
	}
	one, other := Read("en", claim), Read("en", strings.Repeat(about+"\n", 5))
	for b.Loop() {
		c.Classify(one, other)
	}
}
