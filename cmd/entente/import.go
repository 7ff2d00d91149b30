package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"entente/internal/app"
	"entente/internal/centre"
)

type importCommand struct {
	person
	Files  []string `arg:"" help:"Files to bring in."`
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
	var done imported
	for _, file := range c.Files {
		last, err := c.send(s, at, file)
		done.add(file, last, err)
		if c.endsAll(s, err) {
			return err
		}
		switch {
		case c.JSON: // at the end, all in one
		case err != nil:
			fmt.Fprintln(s.err, visible(err.Error()))
		default:
			c.show(s, file, last)
		}
	}
	if c.Guess {
		done.bad = 0 // nothing was to be taken
	} else if err := waitUntilProcessed(s, at); err != nil {
		return err
	} else if err := c.sayWhere(s, at); err != nil {
		return err
	}
	if c.JSON {
		if err := printJSON(s.out, map[string]any{"files": done.answers, "failed": done.failed}); err != nil {
			return err
		}
	}
	return done.outcome(c)
}

// sayWhere tells the name of the source where it is another than was asked for: one
// that is made from afar gets its member's code, and a query needs the name as it is.
func (c *importCommand) sayWhere(s *surroundings, at *client) error {
	if c.Source == "" || c.JSON {
		return nil
	}
	all, err := at.sources(s)
	if err != nil {
		return err
	}
	called := func(slug string) bool {
		return slices.ContainsFunc(all, func(src source) bool { return src.Slug == slug })
	}
	for _, src := range all {
		if !called(c.Source) && src.Slug == c.Source+"-"+strings.ToLower(string(src.Member)) {
			fmt.Fprintf(s.out, "The source is called %s, with its member's code: find its reports with source:%s\n", src.Slug, src.Slug)
		}
	}
	return nil
}

// endsAll reports whether an error is about more than the one file, so that the
// files after it need not be tried.
func (c *importCommand) endsAll(s *surroundings, err error) bool {
	return err != nil && (len(c.Files) == 1 && !c.JSON || s.Err() != nil || centre.CodeOf(err) == centre.CodeUnauthenticated || centre.CodeOf(err) == centre.CodeUnavailable)
}

// imported is what became of several files.
type imported struct {
	bad     int // items that were left out of files that were taken
	answers map[string]importLine
	failed  map[string]string // why, by file
}

func (i *imported) add(file string, last importLine, err error) {
	if i.answers == nil {
		i.answers, i.failed = map[string]importLine{}, map[string]string{}
	}
	i.bad += len(last.Bad)
	if err != nil {
		i.failed[file] = err.Error()
		return
	}
	i.answers[file] = last
}

// outcome is the error of the command as a whole; nil where nothing was left out.
func (i *imported) outcome(c *importCommand) error {
	switch {
	case len(i.failed) == len(c.Files) && len(i.failed) > 0:
		return centre.Invalid("None of the %d files could be taken; the reasons are listed above.", len(c.Files))
	case len(i.failed) > 0 && i.bad > 0:
		return centre.Invalid("%d of %d files could not be taken, and %d items of the others; they are listed above. The rest was taken.", len(i.failed), len(c.Files), i.bad)
	case len(i.failed) > 0:
		return centre.Invalid("%d of %d files could not be taken and are listed above; the rest was taken.", len(i.failed), len(c.Files))
	case i.bad > 0:
		return partial{i.bad}
	}
	return nil
}

// openRegular opens a file that can be read to its end: a pipe or a device may
// never answer, and even to open it may wait without end.
func openRegular(name string) (*os.File, os.FileInfo, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, nil, centre.Invalid("%s cannot be read: %w.", visible(name), reason(err))
	case info.IsDir():
		return nil, nil, centre.Invalid("%s is a folder: name its files, or watch it with `entente sources add`.", visible(name))
	case !info.Mode().IsRegular():
		return nil, nil, centre.Invalid("%s is a pipe, a device or a socket and no file: write what comes out of it to a file first.", visible(name))
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, centre.Invalid("%s cannot be read: %w.", visible(name), reason(err))
	}
	return file, info, nil
}

// reason is what the system says, without the name of the file, which is said already.
func reason(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}

// send streams one file to the centre and follows its answer to the last line.
func (c *importCommand) send(s *surroundings, at *client, name string) (last importLine, err error) {
	file, info, err := openRegular(name)
	if err != nil {
		return last, err
	}
	defer file.Close()
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
			return last, centre.Refuse(centre.CodeUnavailable, "The centre's answer broke off after %d documents of %s; run the import again: what was taken is not taken twice.", last.Read, visible(name))
		}
		if line.Problem != nil {
			return last, &centre.Error{Code: line.Problem.Code, Message: c.whyEnded(name, line.Problem.Detail, last)}
		}
		last = line
		progress.show("reading", line.Bytes, info.Size())
	}
	return last, nil
}

// whyEnded says why an import ended, and how much of the file is taken all the same.
func (c *importCommand) whyEnded(name, detail string, last importLine) string {
	if !strings.HasPrefix(detail, name+" ") {
		detail = name + ": " + detail
	}
	if taken := last.Read + last.Events + last.Tracks; taken > 0 && !c.Guess {
		detail += fmt.Sprintf(" Before that, %d items of it were read and %d were new: these stay taken, and are not taken twice when the file is imported again.", taken, last.New+last.Events+last.Tracks)
	}
	return detail
}

// show prints what became of a file, or with --guess what would.
func (c *importCommand) show(s *surroundings, file string, last importLine) {
	file = visible(file)
	for _, bad := range last.Bad {
		if bad.Line > 0 {
			fmt.Fprintf(s.err, "%s, line %d: %s\n", visible(bad.File), bad.Line, visible(bad.Reason))
		} else {
			fmt.Fprintf(s.err, "%s: %s\n", visible(bad.File), visible(bad.Reason))
		}
	}
	for _, note := range last.Notes {
		fmt.Fprintf(s.err, "%s: %s\n", file, visible(note))
	}
	for _, t := range last.Tables {
		fmt.Fprintf(s.out, "%s has the columns %s\n  --map '%s'\n", visible(t.File), visible(strings.Join(t.Columns, ", ")), visible(t.Mapping))
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
