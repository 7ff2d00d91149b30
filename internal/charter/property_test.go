package charter_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"entente/internal/charter"
)

var zones = []string{"Etc/UTC", "Asia/Baghdad", "Asia/Tehran", "Europe/Moscow", "Asia/Damascus", "Africa/Cairo", "Asia/Beirut", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"}

// drawn is a charter with what it was drawn from.
type drawn struct {
	*charter.Charter
	text   string
	anchor time.Time // as written
	period int
	zone   *time.Location
}

// instants around which a drawn charter's dates lie.
func drawTime(t *rapid.T, name string) time.Time {
	hour := rapid.SampledFrom([]int{0, 1, 2, 3, 12, 23}).Draw(t, name+" hour")
	minute := rapid.SampledFrom([]int{0, 30, 59}).Draw(t, name+" minute")
	year := rapid.IntRange(1975, 2030).Draw(t, name+" year")
	month := rapid.IntRange(1, 12).Draw(t, name+" month")
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	day := min(last, rapid.SampledFrom([]int{1, 15, 22, 26, 28, 29, 30, 31}).Draw(t, name+" day"))
	return time.Date(year, time.Month(month), day, hour, minute, 0, 0, time.UTC)
}

func local(t time.Time) string { return t.Format("2006-01-02T15:04") }

func drawCharter(t *rapid.T) drawn {
	d := drawn{anchor: drawTime(t, "anchor"), period: rapid.IntRange(1, 30).Draw(t, "period")}
	zone := rapid.SampledFrom(zones).Draw(t, "zone")
	d.zone, _ = time.LoadLocation(zone)
	later := func(name string) string {
		return local(d.anchor.AddDate(0, 0, rapid.IntRange(0, 2500).Draw(t, name)).Add(time.Hour))
	}
	n := rapid.IntRange(1, 5).Draw(t, "members")
	var members, people strings.Builder
	var order []string
	for i := range n {
		code := fmt.Sprintf("M%02d", i)
		order = append(order, code)
		more := "founder: true"
		if i > 0 && rapid.Bool().Draw(t, "joins later") {
			more = "joined: " + later("joined")
		} else if rapid.IntRange(0, 2).Draw(t, "withdraws") == 0 {
			more += ", withdrawn: " + later("withdrawn")
		}
		fmt.Fprintf(&members, "  - {code: %s, names: {en: L%s}, language: en, time_zone: Etc/UTC, %s}\n", code, code, more)
		for _, post := range []string{"head", "deputy"} {
			if rapid.IntRange(0, 3).Draw(t, "appointed") == 0 {
				continue
			}
			p := fmt.Sprintf("  - {post: %s, member: %s, name: %s of %s, from: %s", post, code, post, code, later("from"))
			if rapid.IntRange(0, 3).Draw(t, "accepted") > 0 {
				p += ", accepted: " + later("accepted")
			}
			if rapid.Bool().Draw(t, "absent") {
				from := d.anchor.AddDate(0, 0, rapid.IntRange(0, 2000).Draw(t, "absent from"))
				p += fmt.Sprintf(", absent: [{from: %s, until: %s}]", local(from), local(from.AddDate(0, 0, rapid.IntRange(1, 900).Draw(t, "absent for"))))
			}
			fmt.Fprintln(&people, p+"}")
		}
	}
	order = rapid.Permutation(order).Draw(t, "order")
	deputy := rapid.SampledFrom([]string{"chair", "next", order[0]}).Draw(t, "deputy")
	d.text = fmt.Sprintf("name: T\npurpose: T\nlanguages: [en]\ntime_zone: %s\nmembers:\n%sposts: {head: {order: [%s], anchor: %s, period: P%dM, deputy: %s}}\nquorum: 1\n",
		zone, members.String(), strings.Join(order, ", "), local(d.anchor), d.period, deputy)
	if people.Len() > 0 {
		d.text += "appointments:\n" + people.String()
	}
	c, err := charter.Parse([]byte(d.text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, d.text)
	}
	d.Charter = &c
	return d
}

// drawInstant is an instant from the anchor on, often one at which something
// changes, or the last before it.
func drawInstant(t *rapid.T, d drawn) time.Time {
	at := d.Rotation.Anchor.Add(time.Duration(rapid.Int64Range(0, 9*365*24*60).Draw(t, "instant")) * time.Minute)
	edges := []time.Time{at}
	if term, err := d.Term(at); err == nil {
		edges = append(edges, term.Start, term.End)
	}
	for _, m := range d.Members {
		edges = append(edges, m.Joined, m.Withdrawn)
	}
	for _, a := range d.Appointments {
		edges = append(edges, a.From, a.Accepted)
		for _, s := range a.Absent {
			edges = append(edges, s.From, s.Until)
		}
	}
	edge := rapid.SampledFrom(edges).Draw(t, "edge").Add(-time.Duration(rapid.IntRange(0, 1).Draw(t, "just before")))
	if edge.Before(d.Rotation.Anchor) {
		return at
	}
	return edge
}

// DOMAIN, section 11, invariants 1 and 2.
func TestTermsAreContiguousHalfOpenAndDoNotDrift(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawCharter(t)
		at := drawInstant(t, d)
		term, err := d.Term(at)
		if err != nil || !term.Contains(at) || !term.Start.Before(term.End) {
			t.Fatalf("the term of %s is %+v, %v", at, term, err)
		}
		next, err := d.Term(term.End)
		if err != nil || !next.Start.Equal(term.End) || next.Number != term.Number+1 {
			t.Fatalf("after %+v comes %+v, %v", term, next, err)
		}
		if same, _ := d.Term(term.End.Add(-1)); same != term {
			t.Fatalf("the last instant of %+v belongs to %+v", term, same)
		}
		// The wall clock of a start is that of the anchor, in a month that is a
		// whole number of periods later, clamped to its length.
		month := time.Date(d.anchor.Year(), d.anchor.Month()+time.Month((term.Number-1)*d.period), 1, 0, 0, 0, 0, time.UTC)
		day := min(d.anchor.Day(), month.AddDate(0, 1, -1).Day())
		want := time.Date(month.Year(), month.Month(), day, d.anchor.Hour(), d.anchor.Minute(), 0, 0, time.UTC)
		if got := term.Start.In(d.zone).Format("2006-01-02 15:04"); got != want.Format("2006-01-02 15:04") {
			// Only where that wall clock was skipped, and then at the change.
			if shown := instantsShowing(want, d.zone); len(shown) > 0 {
				t.Fatalf("term %d begins at %s, want %s", term.Number, got, want)
			}
			start, _ := term.Start.In(d.zone).ZoneBounds()
			if !start.Equal(term.Start) {
				t.Fatalf("term %d begins at %s, which is not the change that skips %s", term.Number, got, want)
			}
		} else if shown := instantsShowing(want, d.zone); !shown[0].Equal(term.Start) {
			t.Fatalf("term %d begins at %s, not the first time that clocks show it", term.Number, term.Start)
		}
	})
}

// instantsShowing finds by trying which instants have a wall clock, the earliest first.
func instantsShowing(wall time.Time, zone *time.Location) (found []time.Time) {
	for minutes := -26 * 60; minutes <= 26*60; minutes += 15 {
		candidate := wall.Add(time.Duration(minutes) * time.Minute)
		if candidate.In(zone).Format("2006-01-02 15:04") == wall.Format("2006-01-02 15:04") {
			found = append(found, candidate)
		}
	}
	return found
}

// DOMAIN, section 11, invariants 1, 3, 4 and 6.
func TestExactlyOneHeadAtEveryInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawCharter(t)
		at := drawInstant(t, d)
		h, err := d.Head(at)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := d.Head(at); again.Member != h.Member || again.Name != h.Name {
			t.Fatalf("two heads: %+v and %+v", h, again)
		}
		term, _ := d.Term(at)
		if h.Term != term || h.Chair != term.Member {
			t.Fatalf("the head %+v is not of the running term %+v", h, term)
		}
		able := map[string]bool{} // "post member" of those who can act now
		anyActive := false
		for _, m := range d.Members {
			anyActive = anyActive || m.Active(at)
		}
		for _, a := range d.Appointments {
			m, _ := d.Member(a.Member)
			present := !slices.ContainsFunc(a.Absent, func(s charter.Span) bool { return s.Contains(at) })
			if m.Active(at) && !at.Before(a.From) && !a.Accepted.IsZero() && !at.Before(a.Accepted) && present {
				able[string(a.Post)+" "+string(a.Member)] = true
			}
		}
		head, _ := d.Member(h.Member)
		switch {
		case able["head "+string(h.Chair)]:
			if h.Acting || h.Name != "head of "+string(h.Chair) || h.Cause != charter.CauseNone || len(h.Limits) > 0 {
				t.Fatalf("the chair member's officer can act, but the head is %+v", h)
			}
		case h.Named():
			if !able[strings.Replace(h.Name, " of ", " ", 1)] || !h.Acting || h.Cause == charter.CauseNone || h.Reason == "" || len(h.Limits) == 0 {
				t.Fatalf("the head %+v cannot act", h)
			}
		default:
			// Nobody of the order can act: deputies count by the rule alone.
			for _, code := range d.Rotation.Order {
				if able["head "+string(code)] || able["deputy "+string(code)] {
					t.Fatalf("%s could act, but the head is %+v", code, h)
				}
			}
		}
		if anyActive && !head.Active(at) {
			t.Fatalf("the head %+v is of a member that is none at %s", h, at)
		}
	})
}

// DOMAIN, section 11, invariant 6: withdrawal moves no term.
func TestWithdrawalMovesNoTerm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawCharter(t)
		kept := regexpWithdrawn.ReplaceAllString(d.text, "")
		other, err := charter.Parse([]byte(kept))
		if err != nil {
			t.Fatal(err)
		}
		at := drawInstant(t, d)
		a, _ := d.Term(at)
		if b, _ := other.Term(at); a != b {
			t.Fatalf("with the withdrawal the term is %+v, without %+v", a, b)
		}
	})
}

// DOMAIN, section 11, invariant 7: whoever joins waits for the next round.
func TestAccessionLeavesTheRunningRoundAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawCharter(t)
		joined := d.anchor.AddDate(0, 0, rapid.IntRange(1, 2500).Draw(t, "joins"))
		text := strings.Replace(d.text, "posts:", "  - {code: NEW, names: {en: New}, language: en, time_zone: Etc/UTC, joined: "+local(joined)+"}\nposts:", 1)
		text = strings.Replace(text, "order: [", "order: [NEW, ", 1)
		after, err := charter.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		m, _ := after.Member("NEW")
		running, _ := d.Term(m.Joined)
		for at := d.Rotation.Anchor; ; {
			was, _ := d.Term(at)
			is, _ := after.Term(at)
			if was.Cycle > running.Cycle {
				break
			}
			if was != is && !(was.Start.Equal(m.Joined) && is.Cycle == was.Cycle) {
				t.Fatalf("a member that joins at %s turned %+v into %+v", m.Joined, was, is)
			}
			if was != is {
				break // it joined at the very start of the round
			}
			at = was.End
		}
		if is, _ := after.Term(running.Start); is.Member == "NEW" && is.Start.Before(m.Joined) {
			t.Fatalf("it heads a term that began before it joined: %+v", is)
		}
	})
}

// DOMAIN, section 11, invariants 2 and 10: the past stays as it was.
func TestANewVersionMovesNothingThatHasBegun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := drawCharter(t)
		effective := first.Rotation.Anchor.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "effective")) * 24 * time.Hour)
		before, err := charter.NewHistory([]charter.Version{{Effective: first.Rotation.Anchor, Charter: *first.Charter}})
		if err != nil {
			t.Fatal(err)
		}
		running, _ := before.Term(effective)
		// The second version anchors what it likes at the end of a coming term.
		second := drawCharter(t)
		boundary := running.End
		if rapid.Bool().Draw(t, "one later") {
			later, _ := before.Term(boundary)
			boundary = later.End
		}
		text := strings.Replace(second.text, "anchor: "+local(second.anchor), "anchor: "+boundary.Format(time.RFC3339), 1)
		c, err := charter.Parse([]byte(text))
		if err != nil {
			return // its members join after that, or founders before
		}
		after, err := charter.NewHistory([]charter.Version{{Effective: first.Rotation.Anchor, Charter: *first.Charter}, {Effective: effective, Charter: c}})
		if err != nil {
			if c.Rotation.Anchor.Equal(boundary) {
				t.Fatalf("a rotation anchored at the end of a term was refused: %v", err)
			}
			return // a clock that shows one time twice
		}
		at := drawInstant(t, first)
		got, err := after.Head(at)
		if err != nil {
			t.Fatal(err)
		}
		if at.Before(effective) {
			if want, _ := before.Head(at); want.Member != got.Member || want.Name != got.Name {
				t.Fatalf("the head of %s was %+v and is %+v", at, want, got)
			}
		}
		was, _ := before.Term(at)
		if at.Before(boundary) && c.Rotation.Anchor.Equal(boundary) && was != got.Term {
			t.Fatalf("the term of %s was %+v and is %+v", at, was, got.Term)
		}
		terms := after.Calendar(first.Rotation.Anchor, at.AddDate(5, 0, 0))
		for i := range terms {
			if terms[i].Number != i+1 || i > 0 && !terms[i].Start.Equal(terms[i-1].End) || !terms[i].Start.Before(terms[i].End) {
				t.Fatalf("terms %d: %+v", i, terms[max(i-1, 0):i+1])
			}
			if i > 0 && (terms[i].Cycle < terms[i-1].Cycle || terms[i].Cycle > terms[i-1].Cycle+1) {
				t.Fatalf("rounds jump: %+v", terms[i-1:i+1])
			}
			if same, _ := after.Term(terms[i].Start); same != terms[i] {
				t.Fatalf("the calendar has %+v, the instant %+v", terms[i], same)
			}
		}
		// What has begun can be stored and stays as it is.
		past := after.Past(at)
		again, err := charter.NewHistory(after.Versions(), past...)
		if err != nil {
			t.Fatal(err)
		}
		if same, _ := again.Term(at); same != got.Term {
			t.Fatalf("with the past fixed, the term of %s is %+v instead of %+v", at, same, got.Term)
		}
	})
}

var regexpWithdrawn = regexp.MustCompile(`, withdrawn: [^,}]+`)
