package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// health is how a source does, as the API shows it. What is null there for
// readers of other members, and what is not known, is nil here.
type health struct {
	Tried     *time.Time `json:"tried"`
	Good      *time.Time `json:"good"`
	Next      *time.Time `json:"next"`
	Failures  int        `json:"failures"`
	Error     string     `json:"error"`
	Items     *int64     `json:"items"`
	Fetched   *int64     `json:"fetched"`
	Unchanged *int64     `json:"unchanged"`
	Bytes     *int64     `json:"bytes"`
	Problems  []string   `json:"problems"`
	LastItem  *time.Time `json:"last_item"`
	LagS      *float64   `json:"lag_s"`
	EveryS    *int64     `json:"every_s"`
	Daily     []int      `json:"daily"`
	Usual     *float64   `json:"usual"`
	Alarm     string     `json:"alarm"`
	Silence   string     `json:"silence"`
}

type sourcesHealthCommand struct {
	person
	All bool `help:"List the sources that somebody paused too."`
}

// Run lists the sources, the sick ones first, and says below what ails each.
func (c *sourcesHealthCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	all, err := at.sources(s)
	if err != nil {
		return err
	}
	if !c.All {
		all = slices.DeleteFunc(all, func(src source) bool { return src.state() == "paused" })
	}
	slices.SortStableFunc(all, func(a, b source) int {
		return cmp.Or(cmp.Compare(b.sickness(), a.sickness()), cmp.Compare(b.Health.Failures, a.Health.Failures), cmp.Compare(a.Slug, b.Slug))
	})
	if c.JSON {
		return printJSON(s.out, map[string]any{"sources": all})
	}
	if len(all) == 0 {
		fmt.Fprintln(s.out, "There are no sources that are fetched and released to you; --all lists the paused ones too.")
		return nil
	}
	now := time.Now()
	w := tabwriter.NewWriter(s.out, 2, 8, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tSTATE\tLAST GOOD\tLAST TRIED\tNEXT\tTODAY\tUSUAL\tLAG\tUNCHANGED\tREAD")
	for _, src := range all {
		h := src.Health
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", src.Slug, src.state(), ago(h.Good, now), ago(h.Tried, now), until(h.Next, now),
			today(h.Daily), perDay(h.Usual), lag(h.LagS), share(h.Unchanged, h.Fetched), size(h.Bytes))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, src := range all {
		words := src.Health.Problems
		if src.Health.Silence != "" {
			words = append([]string{src.Health.Silence}, words...)
		}
		if src.Health.Error != "" {
			words = append([]string{src.Health.Error}, words...)
		}
		if len(words) == 0 {
			continue
		}
		fmt.Fprintf(s.out, "\n%s\n", src.Slug)
		for _, sentence := range words {
			fmt.Fprintf(s.out, "  %s\n", sentence)
		}
	}
	return nil
}

// state says in words how the source does.
func (src source) state() string {
	switch {
	case src.Paused && strings.HasSuffix(src.Health.Error, "It was paused."): // by the centre, and nobody may know yet
		return "gone"
	case src.Paused:
		return "paused"
	case src.Health.Error != "":
		return "failing"
	case src.Health.Good == nil:
		return "not read yet"
	case src.Health.Alarm == "silent" || src.Health.Alarm == "late":
		return src.Health.Alarm
	case len(src.Health.Problems) > 0:
		return "partly read"
	}
	return "good"
}

// sickness orders the states, the most urgent highest.
func (src source) sickness() int {
	return slices.Index([]string{"paused", "good", "not read yet", "partly read", "late", "silent", "failing", "gone"}, src.state())
}

const none = "–"

func ago(t *time.Time, now time.Time) string {
	if t == nil {
		return "never"
	}
	return span(now.Sub(*t)) + " ago"
}

func until(t *time.Time, now time.Time) string {
	if t == nil {
		return none
	}
	if left := t.Sub(now); left > time.Second {
		return "in " + span(left)
	}
	return "now"
}

// span gives a duration in its two largest units.
func span(d time.Duration) string {
	d = max(d, 0)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%ds", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 24*time.Hour:
		return fmt.Sprintf("%dh%02dm", d/time.Hour, d%time.Hour/time.Minute)
	}
	return fmt.Sprintf("%dd%02dh", d/(24*time.Hour), d%(24*time.Hour)/time.Hour)
}

func today(daily []int) string {
	if len(daily) == 0 {
		return none
	}
	return strconv.Itoa(daily[len(daily)-1])
}

func perDay(usual *float64) string {
	if usual == nil {
		return none
	}
	return strconv.FormatFloat(*usual, 'f', -1, 64)
}

func lag(seconds *float64) string {
	if seconds == nil {
		return none
	}
	return span(time.Duration(*seconds * float64(time.Second)))
}

func share(part, whole *int64) string {
	if part == nil || whole == nil || *whole == 0 {
		return none
	}
	return fmt.Sprintf("%d %%", 100**part / *whole)
}

func size(bytes *int64) string {
	if bytes == nil {
		return none
	}
	n := float64(*bytes)
	for _, unit := range []string{"B", "kB", "MB", "GB"} {
		if n < 1000 {
			return fmt.Sprintf("%.3g %s", n, unit)
		}
		n /= 1000
	}
	return fmt.Sprintf("%.3g TB", n)
}
