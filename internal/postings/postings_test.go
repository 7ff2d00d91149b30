package postings_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"entente/internal/postings"
)

func TestTheNewestThingsComeFirst(t *testing.T) {
	x := postings.New(func(uint32) bool { return true })
	for thing := range uint32(10) {
		x.Add(7, thing)
		x.Add(1000+thing, thing)
	}
	if got := x.Newest(nil, 7, 3); !slices.Equal(got, []uint32{9, 8, 7}) {
		t.Errorf("the newest of ten are %v", got)
	}
	if got := x.Newest([]uint32{5}, 1004, 3); !slices.Equal(got, []uint32{5, 4}) {
		t.Errorf("after 5 comes the one with the term: %v", got)
	}
	if got := x.Newest(nil, 8, 3); len(got) > 0 {
		t.Errorf("a term that nothing has gives %v", got)
	}
}

// An index finds what a plain list finds, whatever is forgotten meanwhile, and
// what is forgotten takes no more than a quarter of the room.
func TestAnIndexFindsWhatAListFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type has struct{ term, thing uint32 }
		var all []has
		first := uint32(0) // the oldest thing that is not forgotten
		alive := func(thing uint32) bool { return thing >= first }
		x := postings.New(alive)
		terms := rapid.Uint32Range(1, 200).Draw(t, "terms")
		limit := rapid.Uint32Range(1, 300).Draw(t, "limit")
		for thing := range rapid.Uint32Range(0, 1500).Draw(t, "things") {
			for k := range thing % 4 {
				term := thing * (2*k + 1) * 2654435761 % terms
				all = append(all, has{term, thing})
				x.Add(term, thing)
			}
			if thing >= limit {
				first = thing - limit
			}
		}
		living := 0
		for _, h := range all {
			if alive(h.thing) {
				living++
			}
		}
		if most := living*5/4 + 64*64; x.Len() > most {
			t.Fatalf("%d postings for %d that live", x.Len(), living)
		}
		for term := range terms {
			var want []uint32
			for _, h := range slices.Backward(all) {
				if h.term == term && alive(h.thing) && len(want) < postings.MaxNewest {
					want = append(want, h.thing)
				}
			}
			got := slices.DeleteFunc(x.Newest(nil, term, postings.MaxNewest), func(thing uint32) bool { return !alive(thing) })
			if !slices.Equal(got, want) {
				t.Fatalf("term %d is of %v, want %v", term, got, want)
			}
		}
	})
}

// What is too old to be found is dropped, though it is not forgotten.
func TestATermOfAllThingsIsBounded(t *testing.T) {
	x := postings.New(func(uint32) bool { return true })
	for thing := range uint32(50_000) {
		x.Add(1, thing)
	}
	if n := x.Len(); n > 2*postings.MaxNewest {
		t.Errorf("%d things of a term are kept", n)
	}
	got := x.Newest(nil, 1, postings.MaxNewest)
	if len(got) != postings.MaxNewest || got[0] != 49_999 || got[postings.MaxNewest-1] != 50_000-postings.MaxNewest {
		t.Errorf("%d are found, from %d to %d", len(got), got[0], got[len(got)-1])
	}
}

func TestTheBestAreTheFirstOfASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Float32Range(0, 3), 0, 100).Draw(t, "scores")
		var list []postings.Ranked
		for i, s := range scores {
			list = append(list, postings.Rank(float32(int(s*10))/10, i))
		}
		sorted := slices.Clone(list)
		slices.SortStableFunc(sorted, func(a, b postings.Ranked) int {
			return cmp.Compare(int(10*scores[b.Index()]), int(10*scores[a.Index()]))
		})
		n := rapid.IntRange(0, 60).Draw(t, "n")
		if got, want := postings.Best(list, n), sorted[:min(n, len(sorted))]; !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		if slices.Sort(list); len(slices.Compact(list)) != len(scores) {
			t.Fatal("an element is lost")
		}
	})
}
