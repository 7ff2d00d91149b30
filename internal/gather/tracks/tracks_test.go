package tracks_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/tracks"
)

// source is open to two members.
func source(address string) centre.Source {
	return centre.Source{ID: 4711, Slug: "example", Kind: tracks.Kind, Member: "SYR", Address: address, Private: true,
		Marking: centre.Marking{Originator: "SYR", Releasable: []centre.MemberCode{"IRQ"}}}
}

// message is one that is good at gathertest.Now.
func message(uid string, second int) string {
	return fmt.Sprintf(`<event version="2.0" uid="%s" type="a-n-G" time="2026-01-02T03:03:%02d.000Z" start="2026-01-02T03:03:00Z" stale="2026-01-02T04:00:00Z" how="m-g"><point lat="33.3" lon="44.4" hae="9999999" ce="9999999" le="9999999"/><detail><contact callsign="%s"/></detail></event>`, uid, second, uid)
}

func TestGolden(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/patrol.cot")
	if err != nil {
		t.Fatal(err)
	}
	got := render(gathertest.Read(t, tracks.New(), source(""), "patrol.cot", strings.NewReader(string(content))))
	gathertest.Golden(t, "testdata/patrol.cot.golden", got)
	// It is the same however the stream is cut.
	if drip := render(gathertest.Read(t, tracks.New(), source(""), "patrol.cot", iotest.OneByteReader(strings.NewReader(string(content))))); drip != got {
		t.Error(cmp.Diff(got, drip))
	}
}

// render writes down what was read, for a person to check.
func render(c gathertest.Collected) string {
	var b strings.Builder
	if c.Err != nil {
		fmt.Fprintf(&b, "error: %v\n", c.Err)
	}
	for _, p := range c.Result.Problems {
		fmt.Fprintf(&b, "problem: %s\n", p)
	}
	number := func(name string, x *float64) {
		if x != nil {
			fmt.Fprintf(&b, " %s %v", name, *x)
		}
	}
	for _, t := range c.Tracks {
		fmt.Fprintf(&b, "\n%s %s %q how %s at %v %v", t.UID, t.Type, t.Callsign, t.How, t.Point.Lon, t.Point.Lat)
		number("height", t.Height)
		number("ce", t.Circular)
		number("le", t.Linear)
		number("course", t.Course)
		number("speed", t.Speed)
		fmt.Fprintf(&b, "\ntime %s start %s stale %s\nremarks %q\n", t.Time.Format(time.RFC3339), t.Start.Format(time.RFC3339), t.Stale.Format(time.RFC3339), t.Remarks)
	}
	return b.String()
}

func TestARestrictedMessageStaysWithTheOriginator(t *testing.T) {
	t.Parallel()
	s := source("")
	s.Marking.Releasable = nil
	text := strings.Replace(message("a", 1), `how=`, `access="Nonreleasable" how=`, 1)
	if got := gathertest.Read(t, tracks.New(), s, "", strings.NewReader(text)); len(got.Tracks) != 1 || got.Err != nil {
		t.Errorf("%d tracks, %v, %q", len(got.Tracks), got.Err, got.Result.Problems)
	}
	if got := gathertest.Read(t, tracks.New(), source(""), "", strings.NewReader(text)); len(got.Tracks) != 0 {
		t.Error("it was given to others")
	}
}

func TestGarbageIsSkippedWithinBounds(t *testing.T) {
	t.Parallel()
	huge := strings.Replace(message("huge", 1), "<detail>", "<detail><x>"+strings.Repeat("x", 300<<10)+"</x>", 1)
	within := strings.Replace(message("in one read", 1), "<detail>", "<detail><x>"+strings.Repeat("x", 256<<10)+"</x>", 1)
	if got := gathertest.Read(t, tracks.New(), source(""), "", strings.NewReader(within+message("a", 1))); len(got.Tracks) != 1 || got.Tracks[0].UID != "a" {
		t.Errorf("%d tracks, %v", len(got.Tracks), got.Err)
	}
	endless := "<event " + strings.Repeat("a", 1<<20)
	text := strings.Repeat("garbage ", 10_000) + message("first", 1) + huge + message("second", 1) + endless + message("third", 1) + "<event version="
	got := gathertest.Read(t, tracks.New(), source(""), "", strings.NewReader(text))
	if len(got.Tracks) != 3 || got.Tracks[2].UID != "third" || got.Err != nil {
		t.Errorf("%d tracks, %v, %q", len(got.Tracks), got.Err, got.Result.Problems)
	}
	if len(got.Result.Problems) != 1 || !strings.HasSuffix(got.Result.Problems[0], "left out: 3.") {
		t.Errorf("%q", got.Result.Problems)
	}
}

func TestWhatIsNoCursorOnTargetIsRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "<html/>", "\xbf\x01\xbf\x12\x00", "\xbf\x05abcde", "<events></events>"} {
		got := gathertest.Read(t, tracks.New(), source(""), "x", strings.NewReader(text))
		gathertest.Sentence(t, got.Err)
	}
	broken := gathertest.Read(t, tracks.New(), source(""), "x", iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("<event"))))
	gathertest.Sentence(t, broken.Err)
}

func TestOnlyEventsAreRecognised(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		`<?xml version="1.0"?>` + message("a", 1): 0.95, "<events>\n" + message("a", 1): 0.95,
		`<event uid="a" name="b">`: 0, `<eventual uid="" stale="" how="">`: 0, "": 0, `{"event": 1}`: 0,
	} {
		if got := tracks.New().Recognise("x.xml", "", []byte(text)); got != want {
			t.Errorf("%.60s: %v", text, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	content, err := os.ReadFile("testdata/patrol.cot")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(content))
	f.Add(message("a", 1) + message("b", 2))
	f.Add("\xbf\x01\xbf")
	f.Add("<event <event\n</event </event>")
	f.Fuzz(func(t *testing.T, text string) {
		got := gathertest.Read(t, tracks.New(), source(""), "x", strings.NewReader(text))
		if got.Err != nil {
			gathertest.Sentence(t, got.Err)
		}
		for _, track := range got.Tracks {
			if !track.Stale.After(gathertest.Now) || strings.HasPrefix(strings.ToLower(track.Type), "t-") {
				t.Errorf("%+v", track)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var text strings.Builder
	for i := range 10_000 {
		text.WriteString(message(fmt.Sprint("unit-", i%500), i%60))
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if _, err := tracks.New().Read(b.Context(), request(source(""), nil, nil), "x", strings.NewReader(text.String())); err != nil {
			b.Fatal(err)
		}
	}
}
