package main

import (
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"entente/internal/app"
	"entente/internal/centre"
)

type charterCommand struct {
	Show  charterShowCommand  `cmd:"" help:"Print the charter in force."`
	Check charterCheckCommand `cmd:"" help:"Check a charter file; says which invariant is broken, and where."`
	Adopt charterAdoptCommand `cmd:"" help:"Put a changed charter in force at an instant; earlier ones are kept."`
}

type charterShowCommand struct {
	At   string `help:"As it was at this instant (2015-10-01 or RFC 3339)." placeholder:"TIME"`
	JSON bool   `help:"Print JSON for machines." name:"json"`
}

func (c *charterShowCommand) Run(s *surroundings) error {
	at, err := instant(c.At)
	if err != nil {
		return err
	}
	version, err := app.CharterAt(s.Context, s.centre(), at)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, version)
	}
	_, err = fmt.Fprint(s.out, version.Text)
	return err
}

type charterCheckCommand struct {
	File string `arg:"" type:"existingfile" help:"Charter file (YAML)."`
	JSON bool   `help:"Print JSON for machines." name:"json"`
}

func (c *charterCheckCommand) Run(s *surroundings) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("the charter cannot be read: %w", err)
	}
	terms, err := app.CheckCharter(text)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"ok": true, "terms": terms})
	}
	fmt.Fprintf(s.out, "%s is a sound charter. The first turns of the head:\n\n", c.File)
	return printTerms(s, terms)
}

type charterAdoptCommand struct {
	File      string `arg:"" type:"existingfile" help:"Charter file (YAML)."`
	Effective string `help:"From when it is in force (2015-10-01 or RFC 3339); may not lie in the past of the charter before it." required:"" placeholder:"TIME"`
	By        string `help:"Who decided, for the record." required:"" placeholder:"WORDS"`
}

func (c *charterAdoptCommand) Run(s *surroundings) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("the charter cannot be read: %w", err)
	}
	at, err := instant(c.Effective)
	if err != nil {
		return err
	}
	if err := app.AdoptCharter(s.Context, s.centre(), text, at, c.By); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "The charter is in force from %s.\n", at.Format(time.RFC3339))
	return nil
}

type chairCommand struct {
	Now      chairNowCommand      `cmd:"" help:"Who heads the centre at this moment."`
	Calendar chairCalendarCommand `cmd:"" help:"The turns of the members."`
}

type chairNowCommand struct {
	At   string `help:"At this instant instead (2015-10-01 or RFC 3339)." placeholder:"TIME"`
	JSON bool   `help:"Print JSON for machines." name:"json"`
}

func (c *chairNowCommand) Run(s *surroundings) error {
	at, err := instant(c.At)
	if err != nil {
		return err
	}
	head, err := app.HeadAt(s.Context, s.centre(), at)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, head)
	}
	_, err = fmt.Fprintln(s.out, head.Sentence)
	return err
}

type chairCalendarCommand struct {
	From  string `help:"From this instant (2015-10-01 or RFC 3339)." placeholder:"TIME"`
	Until string `help:"Until this instant; two years after from by default." placeholder:"TIME"`
	JSON  bool   `help:"Print JSON for machines." name:"json"`
}

func (c *chairCalendarCommand) Run(s *surroundings) error {
	from, err := instant(c.From)
	if err != nil {
		return err
	}
	until := from.AddDate(2, 0, 0)
	if c.Until != "" {
		if until, err = instant(c.Until); err != nil {
			return err
		}
	}
	terms, err := app.Calendar(s.Context, s.centre(), from, until)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"terms": terms})
	}
	return printTerms(s, terms)
}

func printTerms(s *surroundings, terms []app.Term) error {
	w := tabwriter.NewWriter(s.out, 2, 8, 2, ' ', 0)
	fmt.Fprintln(w, "TERM\tMEMBER\tFROM\tUNTIL (not included)")
	for _, t := range terms {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", t.Number, t.Member, t.From.Format("2006-01-02 15:04 -07:00"), t.Until.Format("2006-01-02 15:04 -07:00"))
	}
	return w.Flush()
}

// instant reads a time of the command line; empty is this moment.
func instant(text string) (time.Time, error) {
	if text == "" {
		return time.Now().UTC(), nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, centre.Invalid("%q is not a time; write 2015-10-01 or 2015-10-01T09:00:00+03:00", text)
}
