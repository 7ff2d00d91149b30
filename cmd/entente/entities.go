package main

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"entente/internal/centre"
)

type entitiesCommand struct {
	List  listEntitiesCommand `cmd:"" default:"withargs" help:"Find people and bodies by name, in any script; without a name, those that the newest reports name most. Known bodies that no report names stand at the end."`
	Same  sameEntitiesCommand `cmd:"" help:"List who may be the same as whom, and waits for a decision."`
	Show  showEntityCommand   `cmd:"" help:"Names, roles, company, who may be the same, and what was decided."`
	Merge mergeEntityCommand  `cmd:"" help:"Decide that two are one."`
	Apart apartEntityCommand  `cmd:"" help:"Decide that two are not one: it is not proposed again."`
	Split splitEntityCommand  `cmd:"" help:"Decide that some reports mean another."`
	Undo  undoEntityCommand   `cmd:"" help:"Take a decision back."`
}

type listEntitiesCommand struct {
	person
	Name    []string `arg:"" optional:"" help:"Words of the name, or their beginnings."`
	Kind    string   `help:"person, organisation, group or facility." enum:"person,organisation,group,facility," default:""`
	Country string   `help:"Of a role or of the body itself, by its three letters: IRQ."`
	Order   string   `help:"reports for the most named first, newest for those named last." enum:"reports,newest" default:"reports"`
	Limit   int      `help:"How many." default:"20"`
	After   string   `help:"Go on behind the list before: what it printed last."`
}

// entityAnswer is what the API says of an entity.
type entityAnswer struct {
	centre.Entity
	Beside []struct {
		Entity  centre.Entity
		Reports int
	}
	Proposals []struct {
		Entity centre.Entity
		Score  float64
		Why    []string
	}
	Edits []centre.EntityEdit
}

func (c *listEntitiesCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	query := url.Values{"q": {strings.Join(c.Name, " ")}, "limit": {strconv.Itoa(c.Limit)}, "order": {c.Order}}
	for name, value := range map[string]string{"kind": c.Kind, "country": strings.ToUpper(c.Country), "after": c.After} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if c.JSON {
		return printRaw(s, at, "/entities", query)
	}
	var answer struct {
		Entities []centre.Entity
		Next     string
	}
	if err := at.get(s, "/entities", query, &answer); err != nil {
		return err
	}
	if len(answer.Entities) == 0 {
		fmt.Fprintln(s.out, "No report that is released to you names such a person or body.")
	}
	for i := range answer.Entities {
		printEntity(s, &answer.Entities[i])
	}
	if answer.Next != "" {
		fmt.Fprintf(s.out, "\nMore: --after %s\n", answer.Next)
	}
	return nil
}

type sameEntitiesCommand struct{ person }

func (c *sameEntitiesCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	if c.JSON {
		return printRaw(s, at, "/entity-proposals", nil)
	}
	var answer struct {
		Pairs []struct {
			One, Other centre.Entity
			Score      float64
			Why        []string
		}
	}
	if err := at.get(s, "/entity-proposals", nil, &answer); err != nil {
		return err
	}
	if len(answer.Pairs) == 0 {
		fmt.Fprintln(s.out, "No two that you see wait for a decision.")
	}
	for i := range answer.Pairs {
		p := &answer.Pairs[i]
		fmt.Fprintf(s.out, "%.0f %%  %s\n", 100*p.Score, strings.Join(p.Why, "; "))
		for _, e := range []*centre.Entity{&p.One, &p.Other} {
			printEntity(s, e)
		}
	}
	return nil
}

// printRaw prints an answer as it came, for machines.
func printRaw(s *surroundings, at *client, path string, query url.Values) error {
	var raw []byte
	if err := at.get(s, path, query, &raw); err != nil {
		return err
	}
	_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
	return err
}

// printEntity prints an entity on two lines.
func printEntity(s *surroundings, e *centre.Entity) {
	names := make([]string, 0, 4)
	for _, n := range e.Names[:min(len(e.Names), 4)] {
		names = append(names, n.Text)
	}
	fmt.Fprintf(s.out, "%s\n  %s  %s · %d reports", strings.Join(names, " · "), e.ID, e.Kind, e.Reports)
	if len(e.Roles) > 0 {
		fmt.Fprintf(s.out, " · %s", roleText(e.Roles[0]))
	} else if len(e.Countries) > 0 {
		fmt.Fprintf(s.out, " · %s", strings.Join(e.Countries, ", "))
	}
	if e.Known != "" {
		fmt.Fprintf(s.out, " · public body %s", e.Known)
	}
	fmt.Fprintln(s.out)
}

func roleText(r centre.EntityRole) string {
	return strings.TrimSpace(r.Country + " " + r.Name)
}

type showEntityCommand struct {
	person
	ID string `arg:"" help:"Its id."`
}

func (c *showEntityCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	if c.JSON {
		return printRaw(s, at, "/entities/"+url.PathEscape(c.ID), nil)
	}
	var e entityAnswer
	if err := at.get(s, "/entities/"+url.PathEscape(c.ID), nil, &e); err != nil {
		return err
	}
	printEntity(s, &e.Entity)
	for _, n := range e.Names {
		fmt.Fprintf(s.out, "  name      %s (%s, %d reports)\n", n.Text, n.Language, n.Count)
	}
	for _, r := range e.Roles {
		fmt.Fprintf(s.out, "  role      %s (%d reports)%s\n", roleText(r), r.Count, between(r.First, r.Last))
	}
	for _, b := range e.Beside {
		fmt.Fprintf(s.out, "  beside    %s  %s (%d reports)\n", b.Entity.ID, firstName(&b.Entity), b.Reports)
	}
	for _, p := range e.Proposals {
		fmt.Fprintf(s.out, "  same as?  %s  %s, score %.2f: %s\n", p.Entity.ID, firstName(&p.Entity), p.Score, strings.Join(p.Why, "; "))
	}
	for i := range e.Edits {
		printEdit(s, &e.Edits[i])
	}
	return nil
}

func between(first, last centre.Moment) string {
	if !first.Known() {
		return ""
	}
	return ", " + first.Time.UTC().Format("2006-01-02") + " to " + last.Time.UTC().Format("2006-01-02")
}

func firstName(e *centre.Entity) string {
	if len(e.Names) == 0 {
		return "–"
	}
	return e.Names[0].Text
}

func printEdit(s *surroundings, e *centre.EntityEdit) {
	fmt.Fprintf(s.out, "  decision  %s  %s %s, %s (%s) %s: %s", e.ID, e.Action, e.Other, e.By, e.Member, e.At.UTC().Format("2006-01-02 15:04Z"), e.Reason)
	if e.Undone != nil {
		fmt.Fprintf(s.out, "; taken back by %s (%s): %s", e.Undone.By, e.Undone.Member, e.Undone.Reason)
	}
	fmt.Fprintln(s.out)
}

// decide posts a decision and prints it.
func (p *person) decide(s *surroundings, path string, body any) error {
	at, err := p.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	var edit centre.EntityEdit
	if err := at.post(s, path, body, &edit); err != nil {
		return err
	}
	if p.JSON {
		return printJSON(s.out, edit)
	}
	printEdit(s, &edit)
	return nil
}

type mergeEntityCommand struct {
	person
	ID     string `arg:"" help:"The one that stays."`
	Other  string `arg:"" help:"The one that is the same."`
	Reason string `help:"Why; whoever sees both reads it." required:""`
}

func (c *mergeEntityCommand) Run(s *surroundings) error {
	return c.decide(s, "/entities/"+url.PathEscape(c.ID)+"/merge", map[string]string{"other": c.Other, "reason": c.Reason})
}

type apartEntityCommand struct {
	person
	ID     string `arg:"" help:"One."`
	Other  string `arg:"" help:"The other."`
	Reason string `help:"Why; whoever sees both reads it." required:""`
}

func (c *apartEntityCommand) Run(s *surroundings) error {
	return c.decide(s, "/entities/"+url.PathEscape(c.ID)+"/apart", map[string]string{"other": c.Other, "reason": c.Reason})
}

type splitEntityCommand struct {
	person
	ID      string   `arg:"" help:"The one that stays."`
	Reports []string `arg:"" help:"The reports that mean another."`
	Reason  string   `help:"Why; whoever sees both reads it." required:""`
}

func (c *splitEntityCommand) Run(s *surroundings) error {
	return c.decide(s, "/entities/"+url.PathEscape(c.ID)+"/split", map[string]any{"reports": c.Reports, "reason": c.Reason})
}

type undoEntityCommand struct {
	person
	Decision string `arg:"" help:"Its id, as show lists it."`
	Reason   string `help:"Why; whoever sees both reads it." required:""`
}

func (c *undoEntityCommand) Run(s *surroundings) error {
	return c.decide(s, "/entity-decisions/"+url.PathEscape(c.Decision)+"/undo", map[string]string{"reason": c.Reason})
}
