package weave

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
)

// news writes articles with the words of a large vocabulary, the frequent ones
// more often, as language has them (Zipf).
type news struct {
	rand  *rand.Rand
	words *rand.Zipf
}

func newNews() *news {
	r := rand.New(rand.NewPCG(1, 2))
	return &news{r, rand.NewZipf(r, 1.2, 20, 60_000)}
}

func (n *news) draft() centre.Draft {
	var b strings.Builder
	for i := range 170 {
		w := fmt.Sprintf("w%dq", n.words.Uint64())
		if i%9 == 3 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w + " ")
	}
	signature := make([]uint32, bands*bandSize)
	for i := range signature {
		signature[i] = n.rand.Uint32()
	}
	return centre.Draft{
		Language: "en", Content: centre.Content{Text: b.String(), Title: 40},
		Fingerprint: centre.Fingerprint{Exact: n.rand.Uint64(), MinHash: signature},
	}
}

func TestWhatIsRememberedIsBounded(t *testing.T) {
	const limit = 50
	w, n := New(Options{Limit: limit}), newNews()
	for i := range 40 * limit {
		d := n.draft()
		// Apart in time, so that each starts a story.
		if _, err := w.Weave(t.Context(), d, time.UnixMilli(int64(i)*10*day), Prior{}); err != nil {
			t.Fatal(err)
		}
		if got := len(w.copies.ring); got > limit {
			t.Fatalf("%d reports are remembered", got)
		}
		if got := len(w.copies.heads); got > 2*max(1<<10, limit*bands) {
			t.Fatalf("%d chains are remembered", got)
		}
		if got := len(w.copies.exact); got > limit {
			t.Fatalf("%d texts are remembered", got)
		}
		if a, b := len(w.stories.byID), w.stories.age.Len(); a > limit || a != b {
			t.Fatalf("%d and %d stories are remembered", a, b)
		}
		posted := w.stories.byTerm.Len() + w.stories.byKey.Len()
		if most := 2*limit*(defaults.posted+maxKeys) + 2000; posted > most {
			t.Fatalf("%d postings", posted)
		}
	}
}

// A loop that weaves articles against a full memory; 3,000 a second are wanted.
func BenchmarkWeave(b *testing.B) {
	const limit = 20_000
	w, n := New(Options{Limit: limit}), newNews()
	at := time.UnixMilli(0)
	weave := func(d centre.Draft) {
		at = at.Add(10 * time.Second)
		if _, err := w.Weave(b.Context(), d, at, Prior{}); err != nil {
			b.Fatal(err)
		}
	}
	drafts := make([]centre.Draft, limit)
	for i := range drafts {
		drafts[i] = n.draft()
		weave(drafts[i])
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		weave(drafts[i%len(drafts)])
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
}

func TestNearnessFadesAndEnds(t *testing.T) {
	s := newStories(10, defaults)
	published := &span{from: 10 * day, to: 12 * day, received: 50 * day}
	undated := &span{from: 1, to: 0, received: 50 * day}
	for _, c := range []struct {
		story *span
		at    instant
		want  float64
	}{
		{published, instant{received: 90 * day, published: 11 * day}, 1},
		{published, instant{received: 90 * day, published: 14 * day}, 1 - defaults.fade/2},
		{published, instant{received: 50 * day, published: 6 * day}, 1 - defaults.fade},
		{published, instant{received: 50 * day, published: 17 * day}, 0},
		{published, instant{received: 52 * day, published: unknown}, 1 - defaults.fade/2},
		{undated, instant{received: 48 * day, published: 11 * day}, 1 - defaults.fade/2},
		{undated, instant{received: 55 * day, published: unknown}, 0},
	} {
		if got := s.nearness(c.story, c.at); got != c.want {
			t.Errorf("%+v to %+v: %v, want %v", c.at, c.story, got, c.want)
		}
	}
}
