package main

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
)

type claimsCommand struct {
	List    claimsListCommand    `cmd:"" default:"withargs" help:"List claims, that with the newest report first."`
	Show    claimsShowCommand    `cmd:"" help:"Show a claim: who says and denies it, its roots, its grade, and what is near it."`
	Grade   claimsGradeCommand   `cmd:"" help:"Grade a claim; your grade stands before the suggested one."`
	Link    claimsLinkCommand    `cmd:"" help:"Say that statements belong to a claim; without any, list those that the machine proposes."`
	Split   claimsSplitCommand   `cmd:"" help:"Make statements of a claim a claim of their own."`
	Merge   claimsMergeCommand   `cmd:"" help:"Say that another claim is the same as this one."`
	Related claimsRelatedCommand `cmd:"" help:"Say that another claim is near this one and not the same."`
	Undo    claimsUndoCommand    `cmd:"" help:"Take back a link, split, merge or relation; claims show prints their ids."`
	Root    claimsRootCommand    `cmd:"" help:"Tell the root of a statement by a token, or as that of another one, without naming it."`
	Export  claimsExportCommand  `cmd:"" help:"Write a claim as ClaimReview (JSON-LD) or as a STIX 2.1 bundle."`
}

// saidClaim is a claim as the API gives it.
type saidClaim struct {
	ID          centre.ID `json:"id"`
	Proposition string    `json:"proposition"`
	Language    string    `json:"language"`
	From        saidRef   `json:"from"`
	Status      string    `json:"status"`
	ConfirmedBy []string  `json:"confirmed_by"`
	Grade       string    `json:"grade"`
	Given       *struct {
		By     string            `json:"by"`
		Member centre.MemberCode `json:"member"`
		Reason string            `json:"reason"`
	} `json:"given"`
	Suggested struct {
		Grade string       `json:"grade"`
		Rule  int          `json:"rule"`
		Why   []saidReason `json:"why"`
	} `json:"suggested"`
	For         int `json:"for"`
	Against     int `json:"against"`
	Independent int `json:"independent"`
	Roots       []struct {
		Name       string       `json:"name"`
		Kind       string       `json:"kind"`
		Country    string       `json:"country"`
		Side       int          `json:"side"`
		State      string       `json:"state"`
		Statements []saidRef    `json:"statements"`
		Why        []saidReason `json:"why"`
	} `json:"roots"`
	Count    int `json:"statement_count"`
	Reports  int `json:"report_count"`
	Speakers []struct {
		Name    string   `json:"name"`
		Stances []string `json:"stances"`
	} `json:"speakers"`
	TakenBack *time.Time `json:"taken_back"`
	Review    bool       `json:"review"`
	Marking   string     `json:"marking"`
}

// saidReason is why something follows, in English.
type saidReason struct {
	Text string `json:"text"`
}

// saidRef names a statement: REPORT:VERSION:NUMBER on the command line.
type saidRef struct {
	Report  centre.ID `json:"report"`
	Version int       `json:"version"`
	No      int       `json:"no"`
}

func (r saidRef) String() string { return fmt.Sprintf("%s:%d:%d", r.Report, r.Version, r.No) }

// refsOf reads what String printed.
func refsOf(texts []string) ([]saidRef, error) {
	var refs []saidRef
	for _, text := range texts {
		parts := strings.Split(text, ":")
		refuse := centre.Invalid("%q names no statement: write it as `entente claims show` prints it, REPORT:VERSION:NUMBER.", text)
		if len(parts) != 3 {
			return nil, refuse
		}
		report, err := centre.ParseID(parts[0])
		version, err2 := strconv.Atoi(parts[1])
		no, err3 := strconv.Atoi(parts[2])
		if err != nil || err2 != nil || err3 != nil || version < 1 || no < 1 {
			return nil, refuse
		}
		refs = append(refs, saidRef{report, version, no})
	}
	return refs, nil
}

type saidStatement struct {
	Ref     saidRef `json:"ref"`
	Speaker struct {
		Name string `json:"name"`
		Role string `json:"role"`
	} `json:"speaker"`
	Stance  string                  `json:"stance"`
	Content []struct{ Text string } `json:"content"`
	SaidAt  *struct {
		From time.Time `json:"from"`
	} `json:"said_at"`
	Chain []struct {
		Name string `json:"name"`
	} `json:"chain"`
	Carrier struct {
		Title     string `json:"title"`
		Name      string `json:"name"`
		Published *struct {
			Time time.Time `json:"time"`
		} `json:"published"`
	} `json:"carrier"`
	Marking string `json:"marking"`
	Link    struct {
		Score float64  `json:"score"`
		Why   []string `json:"why"`
		By    string   `json:"by"`
	} `json:"link"`
}

// words are those of what is said; "" where only the cue tells.
func (st *saidStatement) words() string {
	var words []string
	for _, c := range st.Content {
		words = append(words, strings.Join(strings.Fields(c.Text), " "))
	}
	return strings.Join(words, " … ")
}

type claimsListCommand struct {
	person
	Query   []string `arg:"" optional:"" help:"What a report that carries the claim must match, in the search language."`
	Status  []string `help:"contested, refuted, retracted, unverified, corroborated."`
	Speaker string   `help:"Claims that this speaker speaks about, in any script."`
	Stance  string   `help:"Of that speaker, or of anybody: assert, confirm, deny …"`
	Roots   int      `help:"At least so many roots."`
	Story   string   `help:"Of a story." placeholder:"ID"`
	Limit   int      `help:"How many claims." default:"20"`
	After   string   `help:"Go on after this page (the \"next\" of --json)." placeholder:"NEXT"`
}

// Run lists claims.
func (c *claimsListCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	query := url.Values{"q": {strings.Join(c.Query, " ")}, "limit": {strconv.Itoa(c.Limit)}}
	for name, value := range map[string]string{"status": strings.Join(c.Status, ","), "speaker": c.Speaker, "stance": c.Stance, "story": c.Story, "after": c.After} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if c.Roots > 0 {
		query.Set("roots", strconv.Itoa(c.Roots))
	}
	var raw []byte
	if err := at.get(s, "/claims", query, &raw); err != nil {
		return err
	}
	if c.JSON {
		_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
		return err
	}
	var page struct {
		Claims []saidClaim
		Next   string
	}
	if err := at.get(s, "/claims", query, &page); err != nil {
		return err
	}
	if len(page.Claims) == 0 {
		fmt.Fprintln(s.out, "No claim of which a statement is released to you matches.")
	}
	for _, claim := range page.Claims {
		printClaim(s, claim)
		fmt.Fprintln(s.out)
	}
	if page.Next != "" {
		fmt.Fprintf(s.err, "There are more: go on with --after %s\n", page.Next)
	}
	return nil
}

// printClaim prints what a list shows of a claim, the marking first.
func printClaim(s *surroundings, c saidClaim) {
	fmt.Fprintf(s.out, "(%s)\n%s\n", c.Marking, c.Proposition)
	grade := fmt.Sprintf("grade %s, suggested by rule %d", c.Grade, c.Suggested.Rule)
	if c.Given != nil {
		grade = fmt.Sprintf("grade %s, given by %s of %s (suggested: %s by rule %d)", c.Grade, c.Given.By, c.Given.Member, c.Suggested.Grade, c.Suggested.Rule)
	}
	fmt.Fprintf(s.out, "  %s  %s · %d for, %d of them independent · %d against · %s\n", c.ID, c.Status, c.For, c.Independent, c.Against, grade)
	if len(c.ConfirmedBy) > 0 {
		fmt.Fprintf(s.out, "  confirmed by a party: %s\n", strings.Join(c.ConfirmedBy, ", "))
	}
	if c.TakenBack != nil {
		tell := ""
		if c.Review {
			tell = " The grade was given before that: look again, and tell who relied on it."
		}
		fmt.Fprintf(s.out, "  something was taken back, received %s.%s\n", c.TakenBack.UTC().Format("2006-01-02 15:04Z"), tell)
	}
	var speakers []string
	for _, sp := range c.Speakers[:min(len(c.Speakers), 5)] {
		speakers = append(speakers, sp.Name+" "+strings.Join(sp.Stances, "/"))
	}
	fmt.Fprintf(s.out, "  %s · %s in %s\n", strings.Join(speakers, "; "), counted(c.Count, "statement"), counted(c.Reports, "report"))
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

type claimsShowCommand struct {
	person
	ID string `arg:"" help:"Id of the claim, as the list prints it."`
}

// Run shows one claim.
func (c *claimsShowCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	if c.JSON {
		var raw []byte
		if err := at.get(s, "/claims/"+url.PathEscape(c.ID), nil, &raw); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
		return err
	}
	var claim struct {
		saidClaim
		Statements struct{ Statements []saidStatement }
		Related    []struct {
			Claim   saidClaim
			Tension bool
			Why     []string
			By      string
		}
		Gradings []struct {
			Grade, Reason, By string
			Member            centre.MemberCode
			At                time.Time
		}
		Edits []struct {
			ID               centre.ID
			Kind, Reason, By string
			Member           centre.MemberCode
			At               time.Time
			Undone, Closed   bool
		}
	}
	if err := at.get(s, "/claims/"+url.PathEscape(c.ID), nil, &claim); err != nil {
		return err
	}
	printClaim(s, claim.saidClaim)
	fmt.Fprintln(s.out, "\nWhy this grade")
	for _, why := range claim.Suggested.Why {
		fmt.Fprintln(s.out, "  "+why.Text)
	}
	fmt.Fprintln(s.out, "\nRoots")
	for _, r := range claim.Roots {
		side, state := "for    ", ""
		if r.Side < 0 {
			side = "against"
		}
		if r.State != "stands" {
			state = " (" + r.State + ")"
		}
		fmt.Fprintf(s.out, "  %s  %s%s, %s\n", side, cmp.Or(r.Name, "unnamed"), state, counted(len(r.Statements), "statement"))
		for _, why := range r.Why {
			fmt.Fprintln(s.out, "           "+why.Text)
		}
	}
	fmt.Fprintln(s.out, "\nStatements, the newest report first")
	for _, st := range claim.Statements.Statements {
		printStatement(s, st, claim.From)
	}
	for i, r := range claim.Related {
		if i == 0 {
			fmt.Fprintln(s.out, "\nNear it, and not the same")
		}
		tension := ""
		if r.Tension {
			tension = " [tension]"
		}
		fmt.Fprintf(s.out, "  %s  %s%s\n           %s\n", r.Claim.ID, r.Claim.Proposition, tension, strings.Join(r.Why, " "))
	}
	for i, g := range claim.Gradings {
		if i == 0 {
			fmt.Fprintln(s.out, "\nGrades by persons")
		}
		fmt.Fprintf(s.out, "  %s  %s of %s, %s: %s\n", g.Grade, g.By, g.Member, g.At.UTC().Format("2006-01-02 15:04Z"), g.Reason)
	}
	for i, e := range claim.Edits {
		if i == 0 {
			fmt.Fprintln(s.out, "\nCorrections")
		}
		state, reason := "", e.Reason
		if e.Undone {
			state = " (taken back)"
		}
		if e.Closed {
			reason = "the reason is not released to you"
		}
		fmt.Fprintf(s.out, "  %s  %s%s  %s of %s, %s: %s\n", e.ID, e.Kind, state, e.By, e.Member, e.At.UTC().Format("2006-01-02 15:04Z"), reason)
	}
	return nil
}

// printStatement prints who says it, through whom, when and in which words. from is
// the statement in whose words the claim is put.
func printStatement(s *surroundings, st saidStatement, from saidRef) {
	when := "undated"
	switch {
	case st.SaidAt != nil:
		when = "said " + st.SaidAt.From.UTC().Format(time.DateOnly)
	case st.Carrier.Published != nil:
		when = "published " + st.Carrier.Published.Time.UTC().Format(time.DateOnly)
	}
	var way []string
	if st.Carrier.Name != "" {
		way = append(way, st.Carrier.Name)
	}
	for _, hop := range st.Chain {
		if hop.Name != "" && (len(way) == 0 || way[len(way)-1] != hop.Name) {
			way = append(way, hop.Name)
		}
	}
	fmt.Fprintf(s.out, "  %-10s %s, %s\n             %s\n", st.Stance, cmp.Or(st.Speaker.Name, st.Carrier.Name, "unnamed"), when, strings.Join(way, " ← "))
	if words := st.words(); words != "" {
		fmt.Fprintf(s.out, "             “%s”\n", words)
	}
	put := "begins the claim"
	switch {
	case st.Ref == from:
		put = "the claim is put in its words"
	case st.Link.By != "":
		put = "put here by " + st.Link.By
	case st.Link.Score > 0:
		put = fmt.Sprintf("put here by the machine (%.2f): %s", st.Link.Score, strings.Join(st.Link.Why, " "))
	}
	fmt.Fprintf(s.out, "             (%s) %s  %s\n", st.Marking, st.Ref, put)
}
