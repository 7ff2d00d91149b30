package main

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"entente/internal/app"
	"entente/internal/centre"
)

type searchCommand struct {
	person
	Query []string `arg:"" optional:"" help:"Words, \"phrases\", AND OR NOT, lang: source: place: near: after: before: grade: story: claim: speaker: stance: roots:"`
	Limit int      `help:"How many reports." default:"20"`
	After string   `help:"Go on after this page (the \"next\" of --json)." placeholder:"NEXT"`
}

func (c *searchCommand) Run(s *surroundings) error {
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
		var raw []byte
		if err := at.get(s, "/reports", query, &raw); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
		return err
	}
	var page struct {
		Reports []centre.ReportHead
		Next    string
	}
	if err := at.get(s, "/reports", query, &page); err != nil {
		return err
	}
	if len(page.Reports) == 0 {
		fmt.Fprintln(s.out, "No report that is released to you matches.")
	}
	for _, r := range page.Reports {
		printHead(s, r)
	}
	if page.Next != "" {
		fmt.Fprintf(s.err, "There are more: go on with --after %s\n", page.Next)
	}
	return nil
}

// printHead prints a report for a person: marking first, unknown as a dash.
func printHead(s *surroundings, r centre.ReportHead) {
	published, source, grade := "–", "–", r.Grade.String()
	if r.Published.Known() {
		published = r.Published.Time.UTC().Format("2006-01-02 15:04Z")
		if r.Published.Precision == centre.PrecisionDay {
			published = r.Published.Time.UTC().Format("2006-01-02")
		}
	}
	if r.Source != nil {
		source = r.Source.Name
	}
	if grade == "" {
		grade = "–"
	}
	var places []string
	for _, p := range r.Places {
		places = append(places, p.Name)
	}
	fmt.Fprintf(s.out, "(%s)\n%s\n  %s  %s · %s · %s · grade %s", r.Marking, r.Title, r.ID, published, source, r.Language, grade)
	if r.Copies > 1 {
		fmt.Fprintf(s.out, " · %d carriers", r.Copies)
	}
	if len(places) > 0 {
		fmt.Fprintf(s.out, " · %s", strings.Join(places, ", "))
	}
	fmt.Fprint(s.out, "\n\n")
}

type reprocessCommand struct {
	person
	Query   []string `arg:"" optional:"" help:"Reports to process again; without a query, the dead letters are retried."`
	Letters []string `help:"Only these dead letters (document ids)." placeholder:"ID" name:"letter"`
	List    bool     `help:"List the dead letters and change nothing."`
}

func (c *reprocessCommand) Run(s *surroundings) error {
	at, err := c.signIn(s, app.RoleProcess)
	if err != nil {
		return err
	}
	defer at.close()
	switch {
	case c.List:
		return c.list(s, at)
	case len(c.Query) > 0:
		var answer struct{ Waiting int }
		if err := at.post(s, "/reprocess", map[string]any{"q": strings.Join(c.Query, " ")}, &answer); err != nil {
			return err
		}
		return c.report(s, at, answer.Waiting, "reports are processed again")
	}
	var answer struct{ Retried int }
	body := map[string]any{}
	if len(c.Letters) > 0 {
		body["ids"] = c.Letters
	}
	if err := at.post(s, "/dead-letters/retry", body, &answer); err != nil {
		return err
	}
	return c.report(s, at, answer.Retried, "dead letters are tried again")
}

func (c *reprocessCommand) report(s *surroundings, at *client, n int, what string) error {
	if err := waitUntilProcessed(s, at); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]int{"documents": n})
	}
	_, err := fmt.Fprintf(s.out, "%d %s.\n", n, what)
	return err
}

func (c *reprocessCommand) list(s *surroundings, at *client) error {
	var answer struct {
		Letters []centre.DeadLetter `json:"letters"`
		Next    string              `json:"next"`
	}
	if err := at.get(s, "/dead-letters", nil, &answer); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, answer)
	}
	if len(answer.Letters) == 0 {
		fmt.Fprintln(s.out, "There are no dead letters: every document of your sources became a report.")
	}
	for _, d := range answer.Letters {
		fmt.Fprintf(s.out, "%s  %s  %q\n  step %s, attempt %d: %s\n", d.Document, d.At.UTC().Format("2006-01-02 15:04Z"), d.Title, d.Step, d.Attempts, d.Reason)
	}
	return nil
}
