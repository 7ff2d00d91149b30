package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"entente/internal/app"
	"entente/internal/centre"
)

type importCommand struct {
	person
	Files  []string `arg:"" type:"existingfile" help:"Files to bring in."`
	Source string   `help:"Short name of the source that the reports belong to; made, for your member's own eyes, where it does not exist." placeholder:"SLUG"`
	Map    string   `help:"Which column is what, such as text=articleBody,id=Body ID,published=-; guessed without it." placeholder:"MAPPING"`
	Guess  bool     `help:"Show the guessed mapping and the first rows; bring nothing in."`
}

// importLine is one line of the centre's answer while it reads a file.
type importLine struct {
	Read  int   `json:"read"`  // documents read so far
	New   int   `json:"new"`   // of these, not taken before
	Bytes int64 `json:"bytes"` // of the file, read so far

	Events int `json:"events"` // rows of event databases, new or changed
	Tracks int `json:"tracks"` // positions, new or later
	Bad    []struct {
		File   string `json:"file"`
		Line   int    `json:"line"`
		Reason string `json:"reason"`
	} `json:"bad"`
	Tables []struct {
		File    string   `json:"file"`
		Columns []string `json:"columns"`
		Mapping string   `json:"mapping"`
	} `json:"tables"`
	Notes   []string        `json:"notes"`
	First   []firstDocument `json:"first"`
	Problem *struct {
		Detail string      `json:"detail"`
		Code   centre.Code `json:"code"`
	} `json:"problem,omitempty"`
	Done bool `json:"done"`
}

// firstDocument is a document as a look at a file shows it.
type firstDocument struct {
	ID        string        `json:"id"`
	Title     string        `json:"title"`
	Published centre.Moment `json:"published"`
	Marking   *string       `json:"marking"`
	Beginning string        `json:"beginning"`
	Problems  []string      `json:"problems"`
}

func (c *importCommand) Run(s *surroundings) error {
	at, err := c.signIn(s, app.RoleProcess)
	if err != nil {
		return err
	}
	defer at.close()
	bad := 0
	answers := map[string]importLine{}
	for _, file := range c.Files {
		last, err := c.send(s, at, file)
		if err != nil {
			return err
		}
		bad += len(last.Bad)
		answers[file] = last
		if !c.JSON {
			c.show(s, file, last)
		}
	}
	if c.Guess {
		bad = 0 // nothing was to be taken
	} else {
		if err := waitUntilProcessed(s, at); err != nil {
			return err
		}
	}
	if c.JSON {
		if err := printJSON(s.out, map[string]any{"files": answers}); err != nil {
			return err
		}
	}
	if bad > 0 {
		return partial{bad}
	}
	return nil
}

// send streams one file to the centre and follows its answer to the last line.
func (c *importCommand) send(s *surroundings, at *client, name string) (last importLine, err error) {
	file, err := os.Open(name)
	if err != nil {
		return last, fmt.Errorf("the file cannot be read: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return last, err
	}
	query := url.Values{"name": {filepath.Base(name)}}
	if c.Source != "" {
		query.Set("source", c.Source)
	}
	if c.Map != "" {
		query.Set("map", c.Map)
	}
	if c.Guess {
		query.Set("guess", "true")
	}
	response, err := at.request(s, "POST", "/imports?"+query.Encode(), "application/octet-stream", file)
	if err != nil {
		return last, err
	}
	defer response.Body.Close()
	progress := newBar(s.err)
	defer progress.done()
	lines := json.NewDecoder(response.Body)
	for !last.Done {
		var line importLine
		if err := lines.Decode(&line); err != nil {
			return last, centre.Refuse(centre.CodeUnavailable, "The centre's answer broke off after %d documents of %s; run the import again: what was taken is not taken twice.", last.Read, name)
		}
		if line.Problem != nil {
			return last, &centre.Error{Code: line.Problem.Code, Message: fmt.Sprintf("%s: %s", name, line.Problem.Detail)}
		}
		last = line
		progress.show("reading", line.Bytes, info.Size())
	}
	return last, nil
}

// show prints what became of a file, or with --guess what would.
func (c *importCommand) show(s *surroundings, file string, last importLine) {
	for _, bad := range last.Bad {
		if bad.Line > 0 {
			fmt.Fprintf(s.err, "%s, line %d: %s\n", bad.File, bad.Line, bad.Reason)
		} else {
			fmt.Fprintf(s.err, "%s: %s\n", bad.File, bad.Reason)
		}
	}
	for _, note := range last.Notes {
		fmt.Fprintf(s.err, "%s: %s\n", file, note)
	}
	for _, t := range last.Tables {
		fmt.Fprintf(s.out, "%s has the columns %s\n  --map '%s'\n", t.File, strings.Join(t.Columns, ", "), t.Mapping)
	}
	if !c.Guess {
		if last.Read > 0 || last.Events+last.Tracks == 0 {
			fmt.Fprintf(s.out, "%s: %d documents read, %d new, %d known already, %d bad.\n", file, last.Read, last.New, last.Read-last.New, len(last.Bad))
		}
		if last.Events > 0 {
			fmt.Fprintf(s.out, "%s: %d events, new or changed. They stand on the map's layer of events and at /api/v1/events.\n", file, last.Events)
		}
		if last.Tracks > 0 {
			fmt.Fprintf(s.out, "%s: %d positions, new or later.\n", file, last.Tracks)
		}
		return
	}
	for _, d := range last.First {
		published := "publication unknown"
		if d.Published.Known() {
			published = d.Published.Time.Format(time.DateOnly)
		}
		fmt.Fprintf(s.out, "\n  %s\n    %s · %s\n    %s\n", cmp.Or(d.Title, "(without title)"), published, d.ID, d.Beginning)
		for _, p := range d.Problems {
			fmt.Fprintf(s.out, "    ! %s\n", p)
		}
	}
	if last.Events+last.Tracks > 0 {
		fmt.Fprintf(s.out, "\n  It holds rows of an event database or positions: %d events and %d positions in its first part.\n", last.Events, last.Tracks)
	}
	fmt.Fprintln(s.out, "\nNothing was brought in. Run again without --guess, or with a --map of your own.")
}

// waitUntilProcessed shows how documents become reports, until none waits.
func waitUntilProcessed(s *surroundings, at *client) error {
	progress := newBar(s.err)
	defer progress.done()
	total := 0
	for {
		all, err := at.sources(s)
		if err != nil {
			return err
		}
		waiting := 0
		for _, src := range all {
			if src.Waiting != nil {
				waiting += *src.Waiting
			}
		}
		total = max(total, waiting)
		if waiting == 0 {
			return nil
		}
		progress.show("processing", int64(total-waiting), int64(total))
		select {
		case <-s.Done():
			return s.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}
