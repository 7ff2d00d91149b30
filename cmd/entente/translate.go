package main

import (
	"fmt"
	"net/url"
	"strings"

	"entente/internal/centre"
)

type translateCommand struct {
	person
	Report string `arg:"" help:"Id of a report, as search prints it."`
	To     string `help:"Language to read it in." default:"en" placeholder:"TAG"`
}

// Run prints each sentence of the translation under its number; --json has the
// offsets of the sources.
func (c *translateCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	var made centre.Translation
	if err := at.post(s, "/reports/"+url.PathEscape(c.Report)+"/translations", map[string]string{"language": c.To}, &made); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, made)
	}
	who := made.Provider
	if made.Model != "" {
		who += ", " + made.Model
	}
	fmt.Fprintf(s.out, "Translated by a machine, nobody's word: %s, %s\n\n", who, made.Made.UTC().Format("2006-01-02 15:04Z"))
	for _, x := range made.Sentences {
		text := strings.TrimSpace(x.Text)
		if text == "" {
			text = "(no translation)"
		}
		fmt.Fprintln(s.out, text)
	}
	return nil
}
