package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"entente/internal/centre"
)

// foundSource is a source that could be added, as the API proposes it.
type foundSource struct {
	Kind      string            `json:"kind"`
	Address   string            `json:"address"`
	Options   map[string]string `json:"options"`
	Name      string            `json:"name"`
	Language  string            `json:"language"`
	Country   string            `json:"country"`
	Owner     string            `json:"owner"`
	Ownership string            `json:"ownership"`
	Family    string            `json:"family"`
	How       string            `json:"how"`
	Catalogue bool              `json:"catalogue"`
	Have      bool              `json:"have"`
	Items     []struct {
		Title     string `json:"title"`
		Language  string `json:"language"`
		Published *struct {
			Time      time.Time        `json:"time"`
			Precision centre.Precision `json:"precision"`
		} `json:"published"`
	} `json:"items"`
	Events   int      `json:"events"`
	Tracks   int      `json:"tracks"`
	Problems []string `json:"problems"`
}

func (c *client) find(s *surroundings, address string, private bool) ([]foundSource, error) {
	body := map[string]any{"address": address}
	if private {
		body["private"] = true
	}
	var answer struct{ Found []foundSource }
	err := c.post(s, "/sources/find", body, &answer)
	return answer.Found, err
}

type sourcesFindCommand struct {
	person
	Address string `arg:"" help:"Address of a site, page, feed, mailbox …"`
	Private bool   `help:"It is at a private address of this machine's network: allow that."`
}

// Run shows what can be read at an address.
func (c *sourcesFindCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	found, err := at.find(s, c.Address, c.Private)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"found": found})
	}
	for i, f := range found {
		fmt.Fprintf(s.out, "%d  %s  %s\n", i+1, f.Kind, f.Address)
		f.describe(s)
	}
	fmt.Fprintf(s.out, "\nNothing was stored. Add the first with `entente sources add %s`, or another by its address.\n", found[0].Address)
	return nil
}

func (f foundSource) describe(s *surroundings) {
	fmt.Fprintf(s.out, "   %s\n", f.How)
	var facts []string
	for _, fact := range []string{f.Name, f.Language, f.Country, cmp.Or(f.Owner, f.Family), f.Ownership} {
		if fact != "" {
			facts = append(facts, fact)
		}
	}
	fmt.Fprintf(s.out, "   %s\n", strings.Join(facts, " · "))
	for _, item := range f.Items[:min(len(f.Items), 3)] {
		published := "publication unknown"
		if item.Published != nil {
			published = item.Published.Time.UTC().Format("2006-01-02 15:04Z")
			if item.Published.Precision == centre.PrecisionDay {
				published = item.Published.Time.UTC().Format("2006-01-02")
			}
		}
		fmt.Fprintf(s.out, "   - %s (%s)\n", cmp.Or(item.Title, "without title"), published)
	}
	if f.Events+f.Tracks > 0 {
		fmt.Fprintf(s.out, "   - %d events, %d positions\n", f.Events, f.Tracks)
	}
	if f.Have {
		fmt.Fprintln(s.out, "   It is already a source of your member.")
	}
	for _, p := range f.Problems[:min(len(f.Problems), 3)] {
		fmt.Fprintf(s.out, "   ! %s\n", p)
	}
}

type sourcesCatalogueCommand struct {
	person
	Add      []string `help:"Add these, by name or address; several with commas." placeholder:"NAME,…"`
	Language string   `help:"Only sources in this language, such as ar."`
	Country  string   `help:"Only sources of this country, such as IRQ."`
	Topic    string   `help:"Only sources of this kind: news, agency, alerts, humanitarian, official, analysis, factcheck."`
	Marking  string   `help:"Marking of the reports of what is added; your member's own eyes only without it." placeholder:"MARKING"`
}

// catalogued is a public source that the program knows of.
type catalogued struct {
	Name      string `json:"name"`
	Native    string `json:"native"`
	Site      string `json:"site"`
	Address   string `json:"address"`
	Kind      string `json:"kind"`
	Language  string `json:"language"`
	Country   string `json:"country"`
	Ownership string `json:"ownership"`
	Owner     string `json:"owner"`
	Family    string `json:"family"`
	Topic     string `json:"topic"`
	Have      bool   `json:"have"`
}

// Run lists the catalogue, or adds from it.
func (c *sourcesCatalogueCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	var answer struct{ Sources []catalogued }
	if err := at.get(s, "/catalogue", nil, &answer); err != nil {
		return err
	}
	if len(c.Add) > 0 {
		return c.add(s, at, answer.Sources)
	}
	list := slices.DeleteFunc(answer.Sources, func(o catalogued) bool {
		return c.Language != "" && o.Language != c.Language || c.Country != "" && !strings.EqualFold(o.Country, c.Country) || c.Topic != "" && o.Topic != c.Topic
	})
	if c.JSON {
		return printJSON(s.out, map[string]any{"sources": list})
	}
	w := tabwriter.NewWriter(s.out, 2, 8, 2, ' ', 0)
	fmt.Fprintln(w, "NAME\tLANGUAGE\tCOUNTRY\tTOPIC\tOWNER IS\tFAMILY\tADDRESS")
	for _, o := range list {
		name := o.Name
		if o.Have {
			name += " ✓"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", name, cmp.Or(o.Language, "–"), cmp.Or(o.Country, "–"), o.Topic, strings.ReplaceAll(o.Ownership, "_", " "), o.Family, o.Address)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "\n%d public sources; ✓ are your member's already. Add some: entente sources catalogue --add \"NAME,NAME\"\n", len(list))
	return err
}

func (c *sourcesCatalogueCommand) add(s *surroundings, at *client, known []catalogued) error {
	var addresses []string
	for _, want := range c.Add {
		want = strings.TrimSpace(want)
		i := slices.IndexFunc(known, func(o catalogued) bool {
			return strings.EqualFold(o.Name, want) || o.Native == want || o.Address == want
		})
		if i < 0 {
			return centre.Refuse(centre.CodeNotFound, "The catalogue has no source %q; `entente sources catalogue` lists it. Nothing was added.", want)
		}
		addresses = append(addresses, known[i].Address)
	}
	body := map[string]any{"addresses": addresses}
	if c.Marking != "" {
		body["marking"] = c.Marking
	}
	var answer struct {
		Added   []source `json:"added"`
		Skipped []struct {
			Line   int    `json:"line"`
			Reason string `json:"reason"`
		} `json:"skipped"`
	}
	if err := at.post(s, "/catalogue", body, &answer); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, answer)
	}
	for _, src := range answer.Added {
		fmt.Fprintf(s.out, "Added %s (%s), marked %s.\n", src.Slug, src.Name, src.Marking)
	}
	for _, bad := range answer.Skipped {
		fmt.Fprintf(s.err, "%s: %s\n", c.Add[bad.Line-1], bad.Reason)
	}
	if len(answer.Skipped) > 0 {
		return partial{len(answer.Skipped)}
	}
	return nil
}

type sourcesKeysCommand struct {
	person
	Slug string `arg:"" help:"A source of kind push."`
}

// Run makes new keys for a source that is pushed to.
func (c *sourcesKeysCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	src, err := at.source(s, c.Slug)
	if err != nil {
		return err
	}
	var keys struct {
		Token      string `json:"token"`
		WebhookKey string `json:"webhook_key"`
		Intake     string `json:"intake"`
		Webhook    string `json:"webhook"`
	}
	if err := at.post(s, "/sources/"+src.ID.String()+"/keys", map[string]any{}, &keys); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, keys)
	}
	_, err = fmt.Fprintf(s.out, `Keys of %s. They are not shown again; earlier ones have stopped working.

  token        %s
  webhook key  %s

Send documents with the token:

  curl -H "Authorization: Bearer TOKEN" -H "Content-Type: application/json" \
       -d '{"id":"1","title":"...","text":"..."}'  ADDRESS-OF-THE-CENTRE%s

or signed with the key (Standard Webhooks, or X-Hub-Signature-256) to %s
`, src.Slug, keys.Token, keys.WebhookKey, keys.Intake, keys.Webhook)
	return err
}
