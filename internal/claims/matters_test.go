package claims_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/claims"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
)

// marked is a stretch of a text that says or denies a claim.
type marked struct {
	claim      string // matter/name
	start, end int    // code points
}

// matter is a text with what it says marked in it, after the real steps.
type matter struct {
	name  string
	draft centre.Draft
	gold  []marked
}

// unmark takes the marks out of a text and gives where they stood.
func unmark(t *testing.T, name, text string) (string, []marked) {
	t.Helper()
	var plain []rune
	var gold []marked
	for part := range strings.SplitSeq(text, "<") {
		label, rest, ok := strings.Cut(part, ">")
		switch {
		case !ok:
			rest = part
		case label == "/":
			gold[len(gold)-1].end = len(plain)
		default:
			gold = append(gold, marked{claim: name + "/" + label, start: len(plain), end: -1})
		}
		plain = append(plain, []rune(rest)...)
	}
	if slices.ContainsFunc(gold, func(g marked) bool { return g.end < 0 }) {
		t.Fatalf("%s: a mark is not closed in %q", name, text)
	}
	return string(plain), gold
}

// matters reads a file of testdata/matters, and processes its texts as the centre
// does. They stand in the order of publication, those without a time last.
func matters(t *testing.T, file string) (list []matter) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "matters", file))
	if err != nil {
		t.Fatal(err)
	}
	places, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	steps := process.New(all.Steps(places), process.Options{})
	for _, block := range strings.Split(string(data), "\n== ")[1:] {
		head, rest, _ := strings.Cut(block, "\n")
		about := strings.Fields(head)
		if len(about) != 3 {
			t.Fatalf("%s: %q is no head of a text", file, head)
		}
		text, gold := unmark(t, about[0], strings.TrimSpace(rest))
		title, body, _ := strings.Cut(text, "\n")
		d := centre.Document{Title: title, Body: body, MediaType: "text/plain"}
		if about[2] != "-" {
			at, err := time.Parse(time.RFC3339, about[2])
			if err != nil {
				t.Fatal(err)
			}
			d.Published = centre.Moment{Time: at, Precision: centre.PrecisionMinute, Basis: centre.BasisFeed}
		}
		draft, err := steps.Run(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		for i, g := range gold { // the body stands behind a blank line
			if g.start > draft.Content.Title {
				gold[i].start, gold[i].end = g.start+1, g.end+1
			}
		}
		list = append(list, matter{about[0], draft, gold})
	}
	slices.SortStableFunc(list, func(a, b matter) int {
		known := func(m matter) int {
			if m.draft.Published.Known() {
				return 0
			}
			return 1
		}
		return cmp.Or(known(a)-known(b), a.draft.Published.Time.Compare(b.draft.Published.Time))
	})
	return list
}

// goldOf gives the mark in which a statement's content stands, or -1.
func (m *matter) goldOf(s *centre.Statement) int {
	best, at := 0, -1
	for i, g := range m.gold {
		both, all := 0, 0
		for _, c := range s.Content {
			both += max(0, min(c.End, g.end)-max(c.Start, g.start))
			all += c.End - c.Start
		}
		if both > best && 2*both >= min(all, g.end-g.start) {
			best, at = both, i
		}
	}
	return at
}

// read is a marked statement that the steps found, and the claim that it came to.
type read struct {
	gold, language, text string
	claim                centre.ID
}

// arrived is when reports without a time come in.
var arrived = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

// linked gives the marked statements of the texts when these come in an order. A
// mark is read once, by the first statement that stands in it.
func linked(list []matter, order []int) (found []read) {
	id := centre.ID(0)
	l := claims.New(claims.Options{NewID: func() centre.ID { id++; return id }})
	for _, i := range order {
		m := &list[i]
		at := m.draft.Published.Time
		if !m.draft.Published.Known() {
			at = arrived
		}
		draft := m.draft
		taken := map[int]bool{}
		for k, linked := range l.Link(&draft, at) {
			s := &draft.Statements[k]
			if g := m.goldOf(s); g >= 0 && !taken[g] {
				taken[g] = true
				found = append(found, read{m.gold[g].claim, draft.Language, fmt.Sprintf("%s %s %s", draft.Language, s.Stance, s.Content[0].Text), linked.Claim})
			}
		}
	}
	return found
}

// pairs counts pairs of statements.
type pairs struct{ right, wrong, missed int }

func (p pairs) precision() float64 { return share(p.right, p.right+p.wrong) }
func (p pairs) recall() float64    { return share(p.right, p.right+p.missed) }
func (p pairs) f() float64         { return share(2*p.right, 2*p.right+p.wrong+p.missed) }
func (p pairs) String() string {
	return fmt.Sprintf("P %.3f R %.3f F %.3f (%d right, %d wrong, %d missed)", p.precision(), p.recall(), p.f(), p.right, p.wrong, p.missed)
}

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// score holds every two statements against the marks: those of one language, and
// those of two.
func score(found []read, each func(a, b read, same bool)) (one, across pairs) {
	for i, a := range found {
		for _, b := range found[:i] {
			p := &one
			if a.language != b.language {
				p = &across
			}
			same, together := a.gold == b.gold, a.claim != 0 && a.claim == b.claim
			switch {
			case same && together:
				p.right++
			case together:
				p.wrong++
			case same:
				p.missed++
			default:
				continue
			}
			if each != nil && same != together {
				each(a, b, same)
			}
		}
	}
	return one, across
}

func (p pairs) plus(o pairs) pairs {
	return pairs{p.right + o.right, p.wrong + o.wrong, p.missed + o.missed}
}

// TestMatters links statements on the same matters in several languages, each told
// as the real steps read it, in whatever order they come.
func TestMatters(t *testing.T) {
	for _, c := range []struct {
		file              string
		precision, recall float64 // at least, of all pairs across languages, in any order
	}{
		{"tune.txt", 0.95, 0.75},
		{"held.txt", 0.82, 0.65},
	} {
		t.Run(c.file, func(t *testing.T) {
			list := matters(t, c.file)
			order := make([]int, len(list))
			marks := map[string]int{}
			for i := range list {
				order[i] = i
				for _, g := range list[i].gold {
					marks[g.claim]++
				}
			}
			found := linked(list, order)
			one, across := score(found, func(a, b read, same bool) {
				if c.file == "tune.txt" { // what is held out is not looked at
					kind := map[bool]string{true: "missed", false: "wrong "}[same]
					t.Logf("%s %-18s %s | %-18s %s", kind, a.gold, a.text, b.gold, b.text)
				}
			})
			all, total := 0, 0
			for _, n := range marks {
				all, total = all+n*(n-1)/2, total+n
			}
			t.Logf("%d texts, %d marks, %d of them read as statements", len(list), total, len(found))
			t.Logf("one language %v", one)
			t.Logf("across       %v", across)
			t.Logf("both         %v; with what is not read at all, recall %.3f", one.plus(across), share(one.plus(across).right, all))
			r := rand.New(rand.NewPCG(1, 1))
			leastP, leastR := across.precision(), across.recall()
			var sum pairs
			for range 6 {
				one, across := score(linked(list, r.Perm(len(list))), nil)
				sum = sum.plus(one).plus(across)
				leastP, leastR = min(leastP, across.precision()), min(leastR, across.recall())
			}
			t.Logf("other orders %v; across at least P %.3f R %.3f", sum, leastP, leastR)
			if leastP < c.precision || leastR < c.recall {
				t.Errorf("wanted are P %.2f and R %.2f across languages", c.precision, c.recall)
			}
		})
	}
}
