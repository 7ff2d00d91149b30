package main

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
)

type storiesCommand struct {
	List  storiesListCommand  `cmd:"" default:"withargs" help:"List stories, that with the newest report first."`
	Show  storiesShowCommand  `cmd:"" help:"Show a story: its reports, whom they name, which are translations, and how it came to be one."`
	Merge storiesMergeCommand `cmd:"" help:"Say that two stories are one; the one that began first stays."`
	Split storiesSplitCommand `cmd:"" help:"Make a report of a story, with its copies, a story of its own."`
	Move  storiesMoveCommand  `cmd:"" help:"Move a report, with its copies, into another story."`
	Undo  storiesUndoCommand  `cmd:"" help:"Take back a merge, move or split, the machine's merges too."`
}

// toldStory is a story as the API gives it.
type toldStory struct {
	ID       centre.ID      `json:"id"`
	Title    string         `json:"title"`
	Reports  int            `json:"reports"`
	Texts    int            `json:"texts"`
	Families []string       `json:"families"`
	Places   []centre.Place `json:"places"`
	Received time.Time      `json:"received"`
	Marking  string         `json:"marking"`
}

func (t toldStory) print(s *surroundings) {
	var places []string
	for _, p := range t.Places {
		places = append(places, p.Name)
	}
	fmt.Fprintf(s.out, "(%s)\n%s\n  %s  %d reports, %d texts · %s\n\n", t.Marking, t.Title, t.ID, t.Reports, t.Texts, strings.Join(places, ", "))
}

type storiesListCommand struct {
	person
	Query []string `arg:"" optional:"" help:"What a report of the story must match, in the search language."`
	Limit int      `help:"How many stories." default:"20"`
	After string   `help:"Go on after this page (the \"next\" of --json)." placeholder:"NEXT"`
}

// Run lists stories.
func (c *storiesListCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	query := url.Values{"q": {strings.Join(c.Query, " ")}, "limit": {strconv.Itoa(c.Limit)}}
	if c.After != "" {
		query.Set("after", c.After)
	}
	if c.JSON {
		return printRaw(s, at, "/stories", query)
	}
	var page struct {
		Stories []toldStory `json:"stories"`
		Next    string      `json:"next"`
	}
	if err := at.get(s, "/stories", query, &page); err != nil {
		return err
	}
	if len(page.Stories) == 0 {
		fmt.Fprintln(s.out, "No story that is released to you matches.")
	}
	for _, t := range page.Stories {
		t.print(s)
	}
	if page.Next != "" {
		fmt.Fprintf(s.err, "There are more: go on with --after %s\n", page.Next)
	}
	return nil
}

// toldEdit is a correction as the API gives it.
type toldEdit struct {
	ID     centre.ID         `json:"id"`
	Kind   string            `json:"kind"`
	From   centre.ID         `json:"from"`
	Into   centre.ID         `json:"into"`
	Undone bool              `json:"undone"`
	Reason string            `json:"reason"`
	By     string            `json:"by"`
	Member centre.MemberCode `json:"member"`
	At     time.Time         `json:"at"`
}

func (e toldEdit) String() string {
	by := "the machine"
	if e.By != "" {
		by = fmt.Sprintf("%s (%s)", e.By, e.Member)
	}
	text := fmt.Sprintf("%s  %s  %s from %s into %s, by %s", e.ID, e.At.UTC().Format("2006-01-02 15:04Z"), e.Kind, e.From, e.Into, by)
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	if e.Undone {
		text += " (taken back)"
	}
	return text
}

type storiesShowCommand struct {
	person
	ID string `arg:"" help:"The story."`
}

// Run shows a story.
func (c *storiesShowCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	path := "/stories/" + url.PathEscape(c.ID)
	if c.JSON {
		return printRaw(s, at, path+"/grouping", nil)
	}
	var story toldStory
	if err := at.get(s, path, nil, &story); err != nil {
		return err
	}
	story.print(s)
	var grouping struct {
		Edits  []toldEdit `json:"edits"`
		Echoes []struct {
			Report centre.ID `json:"report"`
			Of     centre.ID `json:"of"`
			Score  float64   `json:"score"`
			Shared []string  `json:"shared"`
		} `json:"echoes"`
		Entities []struct {
			Names   []centre.EntityName `json:"names"`
			Reports int                 `json:"reports"`
		} `json:"entities"`
	}
	if err := at.get(s, path+"/grouping", nil, &grouping); err != nil {
		return err
	}
	var page struct{ Reports []centre.ReportHead }
	if err := at.get(s, path+"/reports", url.Values{"limit": {"200"}}, &page); err != nil {
		return err
	}
	for _, r := range page.Reports {
		printHead(s, r)
	}
	for _, e := range grouping.Entities {
		if len(e.Names) > 0 {
			fmt.Fprintf(s.out, "names %s (%d)\n", e.Names[0].Text, e.Reports)
		}
	}
	for _, e := range grouping.Echoes {
		fmt.Fprintf(s.out, "%s looks like a translation of %s (%.2f): both have %s\n", e.Report, e.Of, e.Score, strings.Join(e.Shared, ", "))
	}
	for _, e := range grouping.Edits {
		fmt.Fprintln(s.out, e)
	}
	return nil
}

// correctStory sends a correction and prints what was done.
func correctStory(s *surroundings, p *person, story, action string, body map[string]any) error {
	at, err := p.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	var done toldEdit
	if err := at.post(s, "/stories/"+url.PathEscape(story)+"/"+action, body, &done); err != nil {
		return err
	}
	if p.JSON {
		return printJSON(s.out, done)
	}
	_, err = fmt.Fprintln(s.out, done)
	return err
}

type storiesMergeCommand struct {
	person
	ID     string `arg:"" help:"A story."`
	Other  string `arg:"" help:"The story that is the same."`
	Reason string `help:"Why." required:""`
}

// Run merges two stories.
func (c *storiesMergeCommand) Run(s *surroundings) error {
	return correctStory(s, &c.person, c.ID, "merge", map[string]any{"other": c.Other, "reason": c.Reason})
}

type storiesSplitCommand struct {
	person
	ID     string `arg:"" help:"The story."`
	Report string `arg:"" help:"The report that is another matter."`
	Reason string `help:"Why." required:""`
}

// Run takes a report out of a story.
func (c *storiesSplitCommand) Run(s *surroundings) error {
	return correctStory(s, &c.person, c.ID, "split", map[string]any{"report": c.Report, "reason": c.Reason})
}

type storiesMoveCommand struct {
	person
	ID     string `arg:"" help:"The story that the report is in."`
	Report string `arg:"" help:"The report."`
	Into   string `arg:"" help:"The story that it belongs to."`
	Reason string `help:"Why." required:""`
}

// Run moves a report into another story.
func (c *storiesMoveCommand) Run(s *surroundings) error {
	return correctStory(s, &c.person, c.ID, "move", map[string]any{"report": c.Report, "into": c.Into, "reason": c.Reason})
}

type storiesUndoCommand struct {
	person
	ID     string `arg:"" help:"A story that the correction is of."`
	Edit   string `arg:"" help:"The correction, as show prints it."`
	Reason string `help:"Why."`
}

// Run takes a correction back.
func (c *storiesUndoCommand) Run(s *surroundings) error {
	return correctStory(s, &c.person, c.ID, "undo", map[string]any{"edit": c.Edit, "reason": c.Reason})
}
