package claim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process"
	"entente/internal/process/all"
)

// gold is what a reader finds in one of the texts of testdata/gold, whose
// README.md says what each field means.
type gold struct {
	Published  time.Time       `yaml:"published"`
	Language   string          `yaml:"language"`
	Statements []goldStatement `yaml:"statements"`
	Not        []struct {
		At, Cue, Why string
	} `yaml:"not"`

	alone bool // the text is one sentence: stance, speaker and content alone are told
}

// anyKind is the kind of a speaker of whom only the name counts.
const anyKind = "any"

type goldStatement struct {
	At      string `yaml:"at"`
	Speaker struct {
		Words, Name, Kind, Role, Country string
	} `yaml:"speaker"`
	Addressee string    `yaml:"addressee"`
	Cue       string    `yaml:"cue"`
	Content   []string  `yaml:"content"`
	Stance    string    `yaml:"stance"`
	Modality  string    `yaml:"modality"`
	Negated   bool      `yaml:"negated"`
	Quoted    bool      `yaml:"quoted"`
	SaidAt    time.Time `yaml:"said_at"`
	SaidPlace string    `yaml:"said_place"`
	Anonymity string    `yaml:"anonymity"`
	Chain     []string  `yaml:"chain"`
	Answers   int       `yaml:"answers"`

	cue     words // zero where it has none
	content []words
}

// words is a stretch of the text in code points, half open.
type words struct{ start, end int }

func (w words) overlap(v words) int { return max(0, min(w.end, v.end)-max(w.start, v.start)) }

const (
	wantFound   = 0.80 // F of the statements found, all texts together
	wantEach    = 0.70 // and in each text
	wantSpeaker = 0.85 // of those found
	wantStance  = 0.85
)

// TestTheGoldTexts holds the steps, as the program runs them, against five texts
// that were annotated before the rules of the step existed. It prints every
// expected statement beside what was found for it, and what was found besides.
func TestTheGoldTexts(t *testing.T) {
	places, err := gazetteer.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	pipeline := process.New(all.Steps(places), process.Options{})
	files, err := filepath.Glob("testdata/gold/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("the gold texts are missing: %v, %v", files, err)
	}
	total := newScore()
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		g, title, body := readGold(t, file)
		d, err := pipeline.Run(t.Context(), centre.Document{Title: title, Body: body, MediaType: "text/plain",
			Published: centre.Moment{Time: g.Published, Precision: centre.PrecisionDay, Basis: centre.BasisPage}})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(d.Failures) > 0 || d.Language != g.Language {
			t.Errorf("%s: language %q, want %q; failures %v", name, d.Language, g.Language, d.Failures)
		}
		g.resolve(t, name, d.Content.Text)
		s := newScore()
		t.Logf("%s", name)
		g.compare(t, s, &d)
		t.Logf("%s: %s", name, s)
		if s.f() < wantEach {
			t.Errorf("%s: F of the statements is %.2f, want at least %.2f", name, s.f(), wantEach)
		}
		total.add(s)
	}
	t.Logf("all texts: %s", total)
	if total.f() < wantFound {
		t.Errorf("F of the statements is %.2f, want at least %.2f", total.f(), wantFound)
	}
	if r := total.rate("speaker"); r < wantSpeaker {
		t.Errorf("the speaker is right in %.2f of those found, want at least %.2f", r, wantSpeaker)
	}
	if r := total.rate("stance"); r < wantStance {
		t.Errorf("the stance is right in %.2f of those found, want at least %.2f", r, wantStance)
	}
}

// readGold reads an annotation and the text beside it.
func readGold(t *testing.T, file string) (g gold, title, body string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(data, &g, yaml.Strict()); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	text, err := os.ReadFile(strings.TrimSuffix(file, "yaml") + "txt")
	if err != nil {
		t.Fatal(err)
	}
	title, body, _ = strings.Cut(string(text), "\n")
	return g, title, strings.TrimSpace(body)
}

// resolve finds the stretches of every statement in the text.
func (g *gold) resolve(t *testing.T, name, text string) {
	t.Helper()
	for n := range g.Statements {
		s := &g.Statements[n]
		at := strings.Index(text, norm.NFC.String(s.At))
		if at < 0 {
			t.Fatalf("%s: statement %d: %q is not in the text", name, n+1, s.At)
		}
		if s.Cue != "" {
			s.cue = stretch(t, text, at, s.Cue)
		}
		for _, c := range s.Content {
			s.content = append(s.content, stretch(t, text, at, c))
		}
	}
}

// stretch finds "first words … last words" or "words#2" from a byte on.
func stretch(t *testing.T, text string, from int, spec string) words {
	t.Helper()
	spec, number, _ := strings.Cut(norm.NFC.String(spec), "#")
	first, last, two := strings.Cut(spec, " … ")
	nth := 1
	if number != "" {
		fmt.Sscan(number, &nth)
	}
	start := from - 1
	for range nth {
		i := strings.Index(text[start+1:], first)
		if i < 0 {
			t.Fatalf("%q is not in the text after %.30q", first, text[from:])
		}
		start += 1 + i
	}
	end := start + len(first)
	if two {
		i := strings.Index(text[end:], last)
		if i < 0 {
			t.Fatalf("%q is not in the text after %q", last, first)
		}
		end += i + len(last)
	}
	runes := len([]rune(text[:start]))
	return words{runes, runes + len([]rune(text[start:end]))}
}

// compare aligns what was found with what is expected, prints both and counts.
func (g *gold) compare(t *testing.T, sc *score, d *centre.Draft) {
	t.Helper()
	text := []rune(d.Content.Text)
	found := d.Statements
	pair := g.align(found)
	used := make([]bool, len(found))
	for n := range g.Statements {
		want := &g.Statements[n]
		label := fmt.Sprintf("%3d %-10s %-28s | %s", n+1, want.Stance, want.Speaker.Name, clip(text, want.content))
		i := pair[n]
		if i < 0 {
			t.Logf("MISSED  %s", label)
			sc.missed++
			continue
		}
		used[i] = true
		sc.found++
		wrong := sc.cells(want, &found[i], func(no int) int { // number of the expected statement that a found one is
			return slices.IndexFunc(pair, func(i int) bool { return i >= 0 && found[i].No == no }) + 1
		})
		if g.alone {
			wrong = slices.DeleteFunc(wrong, func(w string) bool {
				return !strings.HasPrefix(w, "speaker ") && !strings.HasPrefix(w, "stance ") && !strings.HasPrefix(w, "content ") && !(strings.HasPrefix(w, "answers ") && want.Answers > 0)
			})
		}
		if len(wrong) == 0 {
			t.Logf("right   %s", label)
		} else {
			t.Logf("found   %s\n            but %s", label, strings.Join(wrong, "; "))
		}
	}
	for i := range found {
		if s := &found[i]; !used[i] {
			t.Logf("TOO MUCH %s %q: %q | %s  %v", s.Stance, s.Speaker.Name, s.Cue.Text, clip(text, pieces(s.Content)), s.Why)
			sc.extra++
		}
	}
	for _, no := range g.Not {
		at := strings.Index(d.Content.Text, norm.NFC.String(no.At))
		if at < 0 {
			t.Fatalf("%q is not in the text", no.At)
		}
		w := stretch(t, d.Content.Text, at, no.Cue)
		for i := range found {
			if cue := (words{found[i].Cue.Start, found[i].Cue.End}); cue.overlap(w) > 0 {
				t.Errorf("%q gives a statement of %q; it is %s", no.Cue, found[i].Speaker.Name, no.Why)
			}
		}
	}
}

// align gives for each expected statement the index of the found one that is
// the same, or -1: their cues overlap and so do their contents (if the expected
// one has any), or half of what both contents cover is common to them. The best
// pairs are taken first, each at most once.
func (g *gold) align(found []centre.Statement) []int {
	type candidate struct {
		want, found int
		score       float64
	}
	var all []candidate
	for n := range g.Statements {
		want := &g.Statements[n]
		for i := range found {
			c := common(want.content, pieces(found[i].Content))
			cue := want.cue.overlap(words{found[i].Cue.Start, found[i].Cue.End}) > 0
			switch {
			case g.alone && (len(want.content) == 0 || c > 0):
				all = append(all, candidate{n, i, c})
			case cue && (c > 0 || len(want.content) == 0):
				all = append(all, candidate{n, i, 1 + c})
			case c >= 0.5:
				all = append(all, candidate{n, i, c})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	pair, taken := make([]int, len(g.Statements)), map[int]bool{}
	for n := range pair {
		pair[n] = -1
	}
	for _, c := range all {
		if pair[c.want] < 0 && !taken[c.found] {
			pair[c.want], taken[c.found] = c.found, true
		}
	}
	return pair
}

func pieces(content []centre.Words) (out []words) {
	for _, c := range content {
		out = append(out, words{c.Start, c.End})
	}
	return out
}

// common is the share of what two lists of stretches cover that both cover.
func common(a, b []words) float64 {
	both, each := 0, 0
	for _, x := range a {
		each += x.end - x.start
		for _, y := range b {
			both += x.overlap(y)
		}
	}
	for _, y := range b {
		each += y.end - y.start
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(each-both)
}

// score counts; only found, speaker and stance have a bound.
type score struct {
	found, missed, extra int
	right                map[string]int
}

func newScore() *score { return &score{right: map[string]int{}} }

func (s *score) add(o *score) {
	s.found, s.missed, s.extra = s.found+o.found, s.missed+o.missed, s.extra+o.extra
	for cell, n := range o.right {
		s.right[cell] += n
	}
}

func (s *score) f() float64 {
	return 2 * float64(s.found) / float64(max(1, 2*s.found+s.missed+s.extra))
}

func (s *score) rate(cell string) float64 { return float64(s.right[cell]) / float64(max(1, s.found)) }

var cellNames = []string{"speaker", "stance", "content", "modality", "negated", "quoted", "kind", "role", "country",
	"addressee", "said_at", "said_place", "anonymity", "chain", "answers"}

func (s *score) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "found %d of %d, %d too much, F %.2f; of those found", s.found, s.found+s.missed, s.extra, s.f())
	for _, cell := range cellNames {
		fmt.Fprintf(&b, " %s %.2f", cell, s.rate(cell))
	}
	return b.String()
}

// cells holds a found statement against the expected one, and gives what is
// wrong.
func (s *score) cells(want *goldStatement, got *centre.Statement, number func(no int) int) (wrong []string) {
	cell := func(name string, right bool, want, got any) {
		if right {
			s.right[name]++
		} else {
			wrong = append(wrong, fmt.Sprintf("%s is %v, want %v", name, got, want))
		}
	}
	cell("speaker", sameSpeaker(want, got.Speaker), want.Speaker.Name, got.Speaker.Name)
	cell("stance", string(got.Stance) == want.Stance, want.Stance, got.Stance)
	cell("content", len(want.content) == 0 || common(want.content, pieces(got.Content)) >= 0.8, want.Content, texts(got.Content))
	modality := orElse(want.Modality, string(centre.ModalityFact))
	cell("modality", string(got.Modality) == modality, modality, got.Modality)
	cell("negated", got.Negated == want.Negated, want.Negated, got.Negated)
	cell("quoted", got.Quoted == want.Quoted, want.Quoted, got.Quoted)
	cell("kind", string(got.Speaker.Kind) == want.Speaker.Kind, want.Speaker.Kind, got.Speaker.Kind)
	cell("role", got.Speaker.Role == want.Speaker.Role, want.Speaker.Role, got.Speaker.Role)
	cell("country", got.Speaker.Country == want.Speaker.Country, want.Speaker.Country, got.Speaker.Country)
	addressee := ""
	if got.Addressee != nil {
		addressee = got.Addressee.Name
	}
	cell("addressee", (want.Addressee == "") == (addressee == "") && (addressee == "" || sameName(want.Addressee, addressee)), want.Addressee, addressee)
	day := ""
	if got.SaidAt != nil {
		day = got.SaidAt.From.Format(time.DateOnly)
	}
	wantDay := ""
	if !want.SaidAt.IsZero() {
		wantDay = want.SaidAt.Format(time.DateOnly)
	}
	cell("said_at", day == wantDay, wantDay, day)
	cell("said_place", (got.SaidPlace != nil) == (want.SaidPlace != ""), want.SaidPlace, got.SaidPlace)
	anonymity := orElse(want.Anonymity, string(centre.OnRecord))
	cell("anonymity", string(got.Anonymity) == anonymity, anonymity, got.Anonymity)
	chain := want.Chain
	if len(chain) == 0 {
		chain = []string{want.Speaker.Name}
	}
	right := len(chain) == len(got.Chain)
	var hops []string
	for i, h := range got.Chain {
		hops = append(hops, h.Name)
		right = right && sameName(chain[i], h.Name)
	}
	cell("chain", right, chain, hops)
	answers := 0
	if got.Answers != 0 {
		answers = number(got.Answers)
	}
	cell("answers", answers == want.Answers, want.Answers, answers)
	return wrong
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func texts(content []centre.Words) (out []string) {
	for _, c := range content {
		out = append(out, c.Text)
	}
	return out
}

// clip shows the first words of a content.
func clip(text []rune, content []words) string {
	if len(content) == 0 {
		return "–"
	}
	c := content[0]
	return string(text[c.start:min(c.end, c.start+60)])
}

// sameSpeaker tells that a speaker is the expected one. Who has no name in the
// text must have none in the statement, and the other way round.
func sameSpeaker(want *goldStatement, got centre.Agent) bool {
	nameless := func(kind string) bool { return kind == "anonymous" || kind == "collective" }
	return (want.Speaker.Kind == anyKind || want.Speaker.Kind == "" || nameless(want.Speaker.Kind) == nameless(string(got.Kind))) && sameName(want.Speaker.Name, got.Name)
}

// sameName tells that two names are the same but for what is said besides: one
// has all words of the other, and the found one more than half of those expected
// and at most thrice as many.
func sameName(alternatives, got string) bool {
	g := nameWords(got)
	for want := range strings.SplitSeq(alternatives, " | ") {
		w := nameWords(want)
		shared := 0
		for word := range w {
			if g[word] {
				shared++
			}
		}
		if shared > 0 && (shared == len(w) && len(g) <= 3*len(w) || shared == len(g) && 2*shared > len(w)) {
			return true
		}
	}
	return false
}

func nameWords(name string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(norm.NFC.String(name)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '_' && r != '\u200c'
	}) {
		switch w {
		case "a", "an", "the":
		default:
			out[w] = true
		}
	}
	return out
}

// BenchmarkGoldTexts times the step alone on each gold text.
func BenchmarkGoldTexts(b *testing.B) {
	list, err := steps()
	if err != nil {
		b.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/gold/*.txt")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		title, body, _ := strings.Cut(string(text), "\n")
		d := centre.Draft{Document: centre.Document{Title: title, Body: strings.TrimSpace(body), MediaType: "text/plain"}}
		var claims centre.Step
		for _, s := range list {
			if s.Name() == "claim" {
				claims = s
				break
			}
			if err := s.Apply(b.Context(), &d); err != nil {
				b.Fatal(err)
			}
		}
		b.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(b *testing.B) {
			b.SetBytes(int64(len(d.Content.Text)))
			b.ReportAllocs()
			for b.Loop() {
				if err := claims.Apply(b.Context(), &d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
