package main

import (
	"cmp"
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
	Statements []string `arg:"" optional:"" help:"Statements, as REPORT:VERSION:NUMBER. Without any, those that the machine proposes are listed."`
	Reason     string   `help:"Why." placeholder:"TEXT"`
}

// Run puts statements into a claim, or lists those that may belong to it.
func (c *claimsLinkCommand) Run(s *surroundings) error {
	if len(c.Statements) == 0 {
		return c.propose(s)
	}
	refs, err := refsOf(c.Statements)
	if err != nil {
		return err
	}
	return c.correct(s, c.ID, "link", map[string]any{"statements": refs, "reason": c.Reason})
}

// propose lists the statements that may belong to the claim, the nearest first,
// and how to link them.
func (c *claimsLinkCommand) propose(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	path := "/claims/" + url.PathEscape(c.ID) + "/support"
	if c.JSON {
		var raw []byte
		if err := at.get(s, path, nil, &raw); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
		return err
	}
	var list struct{ Reports []saidSupport }
	if err := at.get(s, path, nil, &list); err != nil {
		return err
	}
	proposed := 0
	for _, r := range list.Reports {
		p := r.Proposed
		if p == nil {
			continue
		}
		if proposed == 0 {
			fmt.Fprintln(s.out, "Proposed by the machine, the nearest first; nothing is linked until you say so:")
		}
		proposed++
		fmt.Fprintf(s.out, "\n  %s  near it by %.2f%s\n  (%s) %s\n", p.Ref, p.Score, takes[r.Stance], r.Report.Marking, r.Report.Title)
		fmt.Fprintf(s.out, "  %s %s: “%s”\n", strings.ToLower(p.Statement.Stance), cmp.Or(p.Statement.Speaker.Name, "unnamed"), p.Statement.words())
		if len(p.Why) > 0 {
			fmt.Fprintf(s.out, "  %s\n", strings.Join(p.Why, "; "))
		}
	}
	if proposed == 0 {
		_, err := fmt.Fprintln(s.out, "No statement of another report is near enough to this claim to be proposed.")
		return err
	}
	_, err = fmt.Fprintf(s.err, "\nTo link one: entente claims link %s REPORT:VERSION:NUMBER --reason TEXT\n", c.ID)
	return err
}

// takes says how a whole report takes a claim.
var takes = map[string]string{"agree": ", its report agrees with the claim", "disagree": ", its report disagrees with the claim", "discuss": ", its report discusses the claim"}

// saidSupport is a report beside a claim as the API gives it.
type saidSupport struct {
	Report struct {
		Title   string `json:"title"`
		Marking string `json:"marking"`
	} `json:"report"`
	Stance   string `json:"stance"`
	Proposed *struct {
		Ref       saidRef       `json:"ref"`
		Statement saidStatement `json:"statement"`
		Score     float64       `json:"score"`
		Why       []string      `json:"why"`
	} `json:"proposed"`
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
