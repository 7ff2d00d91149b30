package weave_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/weave"
)

// article writes a text on one of many matters, in one of several wordings.
func article(matter, wording int) string {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "%s ", word(matter*1000+(i*(wording+1))%37))
	}
	return b.String() + word(500_000+matter*100+wording)
}

func word(n int) string {
	var b []byte
	for n += 26; n > 0; n /= 26 {
		b = append(b, byte('a'+n%26), "aeiou"[n%5])
	}
	return string(b)
}

// drafts draws reports, many of them copies of one another.
func drafts(t *rapid.T, n int) []centre.Draft {
	list := make([]centre.Draft, n)
	for i := range list {
		matter, wording := rapid.IntRange(0, 5).Draw(t, "matter"), rapid.IntRange(0, 2).Draw(t, "wording")
		list[i] = draft(rapidT{t}, "en", word(i), article(matter, wording))
		if rapid.Bool().Draw(t, "dated") {
			list[i] = dated(list[i], start.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "hours"))*time.Hour))
		}
	}
	return list
}

// rapidT gives a rapid.T the Fatal of a testing.T.
type rapidT struct{ t *rapid.T }

func (r rapidT) Fatal(args ...any) { r.t.Fatal(args...) }

func placed(t *rapid.T, w *weave.Weave, list []centre.Draft) []centre.Woven {
	var all []centre.Woven
	for i, d := range list {
		woven, err := w.Weave(t.Context(), d, start.Add(time.Duration(i)*time.Minute), weave.Prior{})
		if err != nil {
			t.Fatal(err)
		}
		woven.Draft = centre.Draft{}
		all = append(all, woven)
		for i := range all { // as the store does
			if slices.Contains(woven.Merged, all[i].Story) {
				all[i].Story = woven.Story
			}
		}
	}
	return all
}

func TestTheSameReportsInTheSameOrderAreGroupedAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drafts(t, rapid.IntRange(1, 40).Draw(t, "n"))
		a := placed(t, weave.New(weave.Options{NewID: sequence()}), list)
		b := placed(t, weave.New(weave.Options{NewID: sequence()}), list)
		if d := cmp.Diff(a, b); d != "" {
			t.Fatal(d)
		}
	})
}

func TestSetsOfExactCopiesAreTheSameInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drafts(t, rapid.IntRange(2, 30).Draw(t, "n"))
		order := rapid.Permutation(indices(len(list))).Draw(t, "order")
		shuffled := make([]centre.Draft, len(list))
		for i, at := range order {
			shuffled[i] = list[at]
		}
		a := placed(t, weave.New(weave.Options{NewID: sequence()}), list)
		b := placed(t, weave.New(weave.Options{NewID: sequence()}), shuffled)
		for i := range list {
			for j := range list {
				same := list[i].Fingerprint.Exact == list[j].Fingerprint.Exact
				if inA := a[i].CopySet == a[j].CopySet; inA != same {
					t.Fatalf("reports %d and %d: the same text %v, one set %v", i, j, same, inA)
				}
				x, y := slices.Index(order, i), slices.Index(order, j)
				if inB := b[x].CopySet == b[y].CopySet; inB != same {
					t.Fatalf("reports %d and %d in another order: the same text %v, one set %v", i, j, same, inB)
				}
				if same && a[i].Story != a[j].Story {
					t.Fatalf("the copies %d and %d are in two stories", i, j)
				}
			}
		}
	})
}

func indices(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// What comes later never moves a report to another set of copies, and to another
// story only together with all of its story: two reports that were in one story
// stay in one.
func TestLaterReportsNeverPartEarlierOnes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drafts(t, rapid.IntRange(2, 40).Draw(t, "n"))
		cut := rapid.IntRange(1, len(list)).Draw(t, "cut")
		some := placed(t, weave.New(weave.Options{NewID: sequence()}), list[:cut])
		all := placed(t, weave.New(weave.Options{NewID: sequence()}), list)
		for i := range some {
			if some[i].CopySet != all[i].CopySet {
				t.Fatalf("report %d was in set %v and is in %v", i, some[i].CopySet, all[i].CopySet)
			}
			for j := range i {
				if some[i].Story == some[j].Story && all[i].Story != all[j].Story {
					t.Fatalf("reports %d and %d were in one story and are in two", i, j)
				}
			}
		}
	})
}

// A weave that was given its memory back from the store places what comes next as
// the one would that was stopped.
func TestARestartChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drafts(t, rapid.IntRange(1, 60).Draw(t, "n"))
		for i := range list {
			list[i].Document.ID = centre.ID(i + 1)
		}
		stop := rapid.IntRange(0, len(list)).Draw(t, "stop")
		given := centre.ID(1000)
		id := func() centre.ID { given++; return given }
		before := weave.New(weave.Options{NewID: id})
		earlier := placed(t, before, list[:stop])
		var m memory
		for i, w := range earlier {
			k := known(list[i], w, start.Add(time.Duration(i)*time.Minute))
			k.Report = list[i].Document.ID
			m = append(m, k)
		}
		after := weave.New(weave.Options{NewID: sequenceAfter(given)})
		if err := after.Load(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		for i, d := range list[stop:] {
			at := start.Add(time.Duration(stop+i) * time.Minute)
			a, err := before.Weave(t.Context(), d, at, weave.Prior{})
			if err != nil {
				t.Fatal(err)
			}
			b, err := after.Weave(t.Context(), d, at, weave.Prior{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(a, b); d != "" {
				t.Fatalf("report %d after a stop at %d:\n%s", stop+i, stop, d)
			}
		}
	})
}
