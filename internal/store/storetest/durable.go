package storetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

// childVariable names, for the process that will be killed, the database that
// it works on.
const childVariable = "ENTENTE_TEST_CHILD"

// rounds is how often the process is killed.
const rounds = 200

// OpenAt opens a store that is already there, as a process does that starts.
type OpenAt func(ctx context.Context, target string) (store.Store, error)

// Durable kills a process that takes and commits documents, at random points,
// again and again, and then checks that nothing that it had acknowledged is
// lost, that nothing is there twice, and that the words for search agree with
// the reports. The calling test runs itself as the process: name is its name.
func Durable(t *testing.T, name, target string, open OpenAt) {
	n := rounds
	if testing.Short() {
		n = 20
	}
	prepare(t, target, open)
	taken, committed := map[int]bool{}, map[int]bool{}
	for range n {
		round(t, name, target, taken, committed)
	}
	s, err := open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	w := &world{T: t, ctx: t.Context(), s: s, g: system.Grant("test")}
	checkDurable(w, taken, committed)
	t.Logf("%d rounds: %d documents acknowledged as taken, %d as committed", n, len(taken), len(committed))
}

func prepare(t *testing.T, target string, open OpenAt) {
	t.Helper()
	s, err := open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, ctx: t.Context(), s: s, g: system.Grant("test")}
	w.source(irq, open4)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// round starts the process, lets it acknowledge a random number of things, and
// kills it in the middle of the next.
func round(t *testing.T, name, target string, taken, committed map[int]bool) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+name+"$")
	child.Env = append(os.Environ(), childVariable+"="+target)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	for left := 1 + rand.IntN(12); ; left-- {
		if left == 0 {
			// Anywhere in the next few milliseconds: a kill is random in time.
			time.AfterFunc(time.Duration(rand.IntN(4000))*time.Microsecond, func() { _ = child.Process.Kill() })
		}
		line, err := lines.ReadString('\n')
		if err != nil { // what was printed before the end is read to the end
			if left > 0 {
				rest, _ := io.ReadAll(lines)
				t.Fatalf("the process ended by itself: %q %s", line, rest)
			}
			break
		}
		word, number, _ := strings.Cut(strings.TrimSpace(line), " ")
		i, err := strconv.Atoi(number)
		switch {
		case err == nil && word == "took":
			taken[i] = true
		case err == nil && word == "committed":
			committed[i] = true
		default:
			t.Fatalf("the process says %q", line)
		}
	}
	_ = child.Wait() // it was killed
}

// Child is the process that is killed. It reports whether this is that
// process: the test then returns. It takes numbered documents and remembers in
// the source's cursor how far it came, as a connector does.
func Child(t *testing.T, open OpenAt) bool {
	target := os.Getenv(childVariable)
	if target == "" {
		return false
	}
	s, err := open(t.Context(), target)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, ctx: t.Context(), s: s, g: system.Grant("child")}
	states, err := s.Sources(w.ctx, system.View())
	w.must(err)
	source := states[0].Source.ID
	c, err := s.Cursor(w.ctx, w.g, source)
	w.must(err)
	next := 0
	if c != nil {
		next, err = strconv.Atoi(string(c))
		w.must(err)
	}
	for {
		w.commitAll()
		docs := []centre.Document{}
		for i := max(0, next-2); i < next+1+rand.IntN(3); i++ { // the last ones again, as after a crash
			docs = append(docs, numbered(i).document())
		}
		last := numberOf(docs[len(docs)-1])
		receipts, err := s.Take(w.ctx, w.g, source, docs, centre.Cursor(strconv.Itoa(last+1)))
		w.must(err)
		for i, d := range docs {
			if n := numberOf(d); receipts[i].New != (n >= next) {
				w.Fatalf("document %d: new is %v", n, receipts[i].New)
			}
			fmt.Printf("took %d\n", numberOf(d))
		}
		next = last + 1
	}
}

func numbered(i int) text {
	return text{id: strconv.Itoa(i), title: "Durable", body: fmt.Sprintf("report number%d is durable", i), places: []*centre.Place{baghdad, place(fmt.Sprint(i%50), "IRQ", 44, 33)}}
}

func numberOf(d centre.Document) int {
	i, _ := strconv.Atoi(d.ExternalID)
	return i
}

func (w *world) commitAll() {
	waiting, err := w.s.Pending(w.ctx, w.g, 0, 0)
	w.must(err)
	var ws []centre.Woven
	for _, p := range waiting {
		ws = append(ws, numbered(numberOf(p.Document)).woven(p.Document))
	}
	_, err = w.s.Commit(w.ctx, w.g, ws)
	w.must(err)
	for _, p := range waiting {
		fmt.Printf("committed %d\n", numberOf(p.Document))
	}
}

// checkDurable reads everything back.
func checkDurable(w *world, taken, committed map[int]bool) {
	states, err := w.s.Sources(w.ctx, system.View())
	w.must(err)
	c, err := w.s.Cursor(w.ctx, w.g, states[0].Source.ID)
	w.must(err)
	total, err := strconv.Atoi(string(c))
	w.must(err)
	times := map[int]int{}
	waiting := w.pending()
	for _, p := range waiting {
		times[numberOf(p.Document)]++
	}
	after := ""
	reports := 0
	for {
		page, err := w.s.Search(w.ctx, system.View(), query.All{}, store.Page{After: after, Limit: 200})
		w.must(err)
		for _, h := range page.Reports {
			n, err := strconv.Atoi(h.URL[strings.LastIndexByte(h.URL, '/')+1:])
			w.must(err)
			times[n]++
			reports++
			if h.Version != 1 || len(h.Places) != 2 {
				w.Errorf("report %d has version %d and %d places", n, h.Version, len(h.Places))
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	for i := range total {
		if times[i] != 1 {
			w.Errorf("document %d is there %d times", i, times[i])
		}
	}
	if len(times) != total {
		w.Errorf("%d documents are there, and the cursor says %d", len(times), total)
	}
	for i := range taken {
		if times[i] != 1 {
			w.Errorf("document %d was acknowledged and is there %d times", i, times[i])
		}
	}
	for i := range committed {
		for _, p := range waiting {
			if numberOf(p.Document) == i {
				w.Errorf("document %d was acknowledged as committed and waits", i)
			}
		}
	}
	f, err := w.s.Facets(w.ctx, system.View(), query.And{query.Word{Text: "durable"}, query.Place{IDs: []string{baghdad.ID}}})
	w.must(err)
	if f.Total != reports {
		w.Errorf("search finds %d reports of %d", f.Total, reports)
	}
	for i := range committed {
		if i%17 == 0 {
			page, err := w.s.Search(w.ctx, system.View(), query.Word{Text: fmt.Sprintf("number%d", i)}, store.Page{})
			w.must(err)
			if len(page.Reports) != 1 {
				w.Errorf("search finds report %d %d times", i, len(page.Reports))
			}
		}
	}
	notices, err := w.s.Notices(w.ctx, w.g, 0, 1)
	if w.must(err); len(notices) == 0 {
		w.Error("there is no notice")
	}
}
