package main

import (
	"fmt"
	"net/url"
	"os"
	"strings"

	"entente/internal/centre"
)

type claimsGradeCommand struct {
	person
	ID     string `arg:"" help:"Id of the claim."`
	Grade  string `arg:"" help:"A letter A to F and a digit 1 to 6, such as B2."`
	Reason string `help:"Why." placeholder:"TEXT"`
}

// Run grades a claim.
func (c *claimsGradeCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	var grading struct {
		Grade, Marking string
	}
	var raw []byte
	body := map[string]any{"grade": c.Grade, "reason": c.Reason}
	if c.JSON {
		if err := at.post(s, "/claims/"+url.PathEscape(c.ID)+"/grades", body, &raw); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
		return err
	}
	if err := at.post(s, "/claims/"+url.PathEscape(c.ID)+"/grades", body, &grading); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "Graded %s. The grade is marked as what you saw of the claim: %s\n", grading.Grade, grading.Marking)
	return err
}

// correct sends a correction and prints the claim that it leads to.
func (p person) correct(s *surroundings, id, kind string, body map[string]any) error {
	at, err := p.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	var raw []byte
	path := "/claims/" + url.PathEscape(id) + "/" + kind
	if p.JSON {
		if err := at.post(s, path, body, &raw); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
		return err
	}
	var claim saidClaim
	if err := at.post(s, path, body, &claim); err != nil {
		return err
	}
	printClaim(s, claim)
	return nil
}

type claimsLinkCommand struct {
	person
	ID         string   `arg:"" help:"Id of the claim."`
	Statements []string `arg:"" help:"Statements, as REPORT:VERSION:NUMBER."`
	Reason     string   `help:"Why." required:"" placeholder:"TEXT"`
}

// Run puts statements into a claim.
func (c *claimsLinkCommand) Run(s *surroundings) error {
	refs, err := refsOf(c.Statements)
	if err != nil {
		return err
	}
	return c.correct(s, c.ID, "link", map[string]any{"statements": refs, "reason": c.Reason})
}

type claimsSplitCommand struct {
	person
	ID         string   `arg:"" help:"Id of the claim."`
	Statements []string `arg:"" help:"Statements, as REPORT:VERSION:NUMBER."`
	Reason     string   `help:"Why." required:"" placeholder:"TEXT"`
}

// Run makes statements a claim of their own.
func (c *claimsSplitCommand) Run(s *surroundings) error {
	refs, err := refsOf(c.Statements)
	if err != nil {
		return err
	}
	return c.correct(s, c.ID, "split", map[string]any{"statements": refs, "reason": c.Reason})
}

type claimsMergeCommand struct {
	person
	ID     string `arg:"" help:"Id of the claim that stays."`
	Other  string `arg:"" help:"Id of the claim that is the same, and ends."`
	Reason string `help:"Why." required:"" placeholder:"TEXT"`
}

// Run merges two claims.
func (c *claimsMergeCommand) Run(s *surroundings) error {
	return c.correct(s, c.ID, "merge", map[string]any{"other": c.Other, "reason": c.Reason})
}

type claimsRelatedCommand struct {
	person
	ID      string `arg:"" help:"Id of the claim."`
	Other   string `arg:"" help:"Id of the claim near it."`
	Tension bool   `help:"The two can hardly both be taken as they stand."`
	Reason  string `help:"Why." required:"" placeholder:"TEXT"`
}

// Run relates two claims.
func (c *claimsRelatedCommand) Run(s *surroundings) error {
	return c.correct(s, c.ID, "related", map[string]any{"other": c.Other, "tension": c.Tension, "reason": c.Reason})
}

type claimsUndoCommand struct {
	person
	ID     string `arg:"" help:"Id of the claim."`
	Edit   string `arg:"" help:"Id of the correction, as claims show prints it."`
	Reason string `help:"Why." placeholder:"TEXT"`
}

// Run takes a correction back.
func (c *claimsUndoCommand) Run(s *surroundings) error {
	return c.correct(s, c.ID, "undo", map[string]any{"edit": c.Edit, "reason": c.Reason})
}

type claimsRootCommand struct {
	person
	Statement string `arg:"" help:"A statement of a report of your member, as REPORT:VERSION:NUMBER."`
	Token     string `help:"A word of at least 8 characters: equal words are one root. Without it and without --same-as an earlier one is taken back." placeholder:"WORD"`
	SameAs    string `help:"A statement that has the same root, as REPORT:VERSION:NUMBER." placeholder:"STATEMENT"`
}

// Run tells a root.
func (c *claimsRootCommand) Run(s *surroundings) error {
	refs, err := refsOf([]string{c.Statement})
	if err != nil {
		return err
	}
	body := map[string]any{"no": refs[0].No}
	if c.Token != "" {
		body["token"] = c.Token
	}
	if c.SameAs != "" {
		same, err := refsOf([]string{c.SameAs})
		if err != nil {
			return err
		}
		body["same_as"] = same[0]
	}
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	if err := at.post(s, "/reports/"+refs[0].Report.String()+"/roots", body, nil); err != nil {
		return err
	}
	if !c.JSON {
		fmt.Fprintln(s.out, "Its root is told; nobody is shown more than whether roots are equal.")
	}
	return nil
}

type claimsExportCommand struct {
	person
	ID     string `arg:"" help:"Id of the claim."`
	Format string `help:"claimreview or stix." enum:"claimreview,stix" default:"claimreview"`
	Marked bool   `help:"All that you see of it but what is under ORCON, with its marking written into it; without this, what is TLP:CLEAR alone."`
	Out    string `help:"Write to this file; without it to the terminal." type:"path" placeholder:"FILE" short:"o"`
}

// Run exports a claim.
func (c *claimsExportCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	query := url.Values{"format": {c.Format}, "scope": {"public"}}
	if c.Marked {
		query.Set("scope", "marked")
	}
	var raw []byte
	if err := at.get(s, "/claims/"+url.PathEscape(c.ID)+"/export", query, &raw); err != nil {
		return err
	}
	if c.Out != "" {
		if err := os.WriteFile(c.Out, append(raw, '\n'), 0o600); err != nil {
			return centre.Refuse(centre.CodeUnavailable, "The export cannot be written: %w.", err)
		}
		_, err := fmt.Fprintf(s.err, "Written to %s.\n", c.Out)
		return err
	}
	_, err = fmt.Fprintln(s.out, string(raw))
	return err
}
