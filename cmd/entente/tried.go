package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"entente/internal/app"
	"entente/internal/centre"
)

type sourcesTestCommand struct {
	Address string            `arg:"" help:"Address of anything that a source can be, or a file."`
	Kind    string            `help:"Connector; known by the content without it." placeholder:"KIND"`
	Private bool              `help:"Allow loopback and private addresses."`
	Follow  bool              `help:"Read the page behind each item of a feed."`
	Option  map[string]string `help:"Options of the connector, as name=value." placeholder:"NAME=VALUE"`
	Map     string            `help:"Which column is what, for tables." placeholder:"MAPPING"`
	JSON    bool              `help:"Print JSON for machines." name:"json"`
}

func (c *sourcesTestCommand) Run(s *surroundings) error {
	tried, err := app.Try(s.Context, s.centre(), app.TryOut{
		Address: c.Address, Kind: c.Kind, Private: c.Private, Follow: c.Follow, Mapping: c.Map, Options: c.Option,
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, tried)
	}
	printTried(s.out, tried)
	for _, p := range tried.Problems {
		fmt.Fprintf(s.err, "! %s\n", p)
	}
	return nil
}

// printTried writes what would be stored for people to read.
func printTried(w io.Writer, tried app.TriedSource) {
	counts := []string{fmt.Sprintf("%d items", len(tried.Items))}
	if n := len(tried.Events); n > 0 {
		counts = append(counts, fmt.Sprintf("%d events", n))
	}
	if n := len(tried.Tracks); n > 0 {
		counts = append(counts, fmt.Sprintf("%d tracks", n))
	}
	fmt.Fprintf(w, "Read as %s: %s. Nothing was stored.\n", tried.Kind, strings.Join(counts, ", "))
	if about := joined(tried.Title, tried.Link, tried.Language); about != "" {
		fmt.Fprintf(w, "It calls itself %s\n", about)
	}
	for _, item := range tried.Items {
		printItem(w, item)
	}
	for _, e := range tried.Events {
		fmt.Fprintf(w, "\n%s\n  %s\n", e.Title, joined(string(e.Category), moment(e.Start, "time unknown"), e.Place, e.Country, toll(e.Killed, "killed"), toll(e.Injured, "injured")))
		if e.URL != "" {
			fmt.Fprintf(w, "  %s\n", e.URL)
		}
		for _, p := range e.Problems {
			fmt.Fprintf(w, "  ! %s\n", p)
		}
	}
	for _, t := range tried.Tracks {
		name := t.Callsign
		if name == "" {
			name = t.UID
		}
		fmt.Fprintf(w, "\n%s\n  %s\n", name, joined(t.Type, t.Time.UTC().Format("2006-01-02 15:04:05Z"), fmt.Sprintf("%.5f, %.5f", t.Point.Lat, t.Point.Lon), "current until "+t.Stale.UTC().Format("15:04:05Z")))
	}
}

func printItem(w io.Writer, item app.Tried) {
	title := item.Title
	if title == "" {
		title = "(without title)"
	}
	fmt.Fprintf(w, "\n%s\n  %s\n", title, joined(moment(item.Published, "publication unknown"), item.Language, item.Author, fmt.Sprintf("%d characters", utf8.RuneCountInString(item.Text))))
	if item.Updated.Known() {
		fmt.Fprintf(w, "  updated %s\n", moment(item.Updated, ""))
	}
	if item.Withdrawn != "" {
		fmt.Fprintf(w, "  withdrawn: %s\n", item.Withdrawn)
	}
	if item.Link != "" {
		fmt.Fprintf(w, "  %s\n", item.Link)
	}
	for _, e := range item.Enclosures {
		fmt.Fprintf(w, "  with %s\n", joined(e.Title, e.MediaType, e.URL))
	}
	if g := string(item.Geometry); g != "null" && g != "" {
		if len(g) > 100 {
			g = g[:100] + "…"
		}
		fmt.Fprintf(w, "  at %s\n", g)
	}
	for _, p := range item.Properties {
		fmt.Fprintf(w, "  %s: %s\n", p.Name, p.Value)
	}
	for _, p := range item.Problems {
		fmt.Fprintf(w, "  ! %s\n", p)
	}
}

// moment writes a time as exactly as it is known.
func moment(m centre.Moment, unknown string) string {
	if !m.Known() {
		return unknown
	}
	switch m.Precision {
	case centre.PrecisionDay:
		return m.Time.UTC().Format("2006-01-02")
	case centre.PrecisionMonth:
		return m.Time.UTC().Format("2006-01")
	}
	return m.Time.UTC().Format("2006-01-02 15:04Z")
}

func toll(t centre.Toll, what string) string {
	if !t.Known {
		return ""
	}
	return fmt.Sprintf("%d %s", t.Best, what)
}

// joined puts a dot between what is there.
func joined(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " · ")
}
