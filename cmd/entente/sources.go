package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"entente/internal/centre"
)

type sourcesCommand struct {
	List   sourcesListCommand   `cmd:"" default:"withargs" help:"List the sources that are released to you, and how they do."`
	Health sourcesHealthCommand `cmd:"" help:"How the sources do, the sick ones first: silence, lag, errors and their remedies."`
	Add    sourcesAddCommand    `cmd:"" help:"Add a source of your member."`
	Test   sourcesTestCommand   `cmd:"" help:"Fetch an address or file once and show what would be stored; stores nothing."`
	Find   sourcesFindCommand   `cmd:"" help:"Look at an address and propose what can be read there; stores nothing."`

	Catalogue sourcesCatalogueCommand `cmd:"" help:"The public sources that ship with the program, to add from."`
	Keys      sourcesKeysCommand      `cmd:"" help:"Make new keys for a source that is pushed to."`

	Pause  sourcesPauseCommand  `cmd:"" help:"Stop fetching a source."`
	Resume sourcesResumeCommand `cmd:"" help:"Fetch a paused source again."`
	OPML   sourcesOPMLCommand   `cmd:"" name:"opml" help:"Write the feeds as OPML, or read an OPML file."`
}

// source is a source as the API shows it.
type source struct {
	ID      centre.ID         `json:"id"`
	Slug    string            `json:"slug"`
	Name    string            `json:"name"`
	Kind    string            `json:"kind"`
	Address string            `json:"address"`
	Member  centre.MemberCode `json:"member"`
	Marking string            `json:"marking"`
	Paused  bool              `json:"paused"`
	Health  health            `json:"health"`
	Waiting *int              `json:"waiting"`
	Dead    *int              `json:"dead"`
}

func (c *client) sources(s *surroundings) ([]source, error) {
	var answer struct{ Sources []source }
	err := c.get(s, "/sources", nil, &answer)
	return answer.Sources, err
}

// find gives the source with a slug.
func (c *client) source(s *surroundings, slug string) (source, error) {
	all, err := c.sources(s)
	if err != nil {
		return source{}, err
	}
	for _, src := range all {
		if src.Slug == slug {
			return src, nil
		}
	}
	return source{}, centre.Refuse(centre.CodeNotFound, "There is no source %q, or it is not released to you; `entente sources` lists them.", slug)
}

type sourcesListCommand struct{ person }

func (c *sourcesListCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	all, err := at.sources(s)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, map[string]any{"sources": all})
	}
	if len(all) == 0 {
		fmt.Fprintln(s.out, "There are no sources yet that are released to you. Add one: entente sources add https://...")
		return nil
	}
	w := tabwriter.NewWriter(s.out, 2, 8, 2, ' ', 0)
	fmt.Fprintln(w, "SOURCE\tMEMBER\tKIND\tSTATE\tITEMS\tLAST GOOD\tMARKING\tADDRESS")
	for _, src := range all {
		good := "–"
		if src.Health.Good != nil {
			good = src.Health.Good.UTC().Format("2006-01-02 15:04Z")
		}
		items := "–"
		if src.Health.Items != nil {
			items = strconv.FormatInt(*src.Health.Items, 10)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", src.Slug, src.Member, src.Kind, src.state(), items, good, src.Marking, src.Address)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, src := range all {
		if src.Health.Error != "" {
			fmt.Fprintf(s.out, "\n%s: %s\n", src.Slug, src.Health.Error)
		}
	}
	return nil
}

type sourcesAddCommand struct {
	person
	Address   string            `arg:"" optional:"" help:"Address of a site, page, feed, mailbox or server, or a folder to watch; none for a source that is pushed to."`
	Kind      string            `help:"Connector, such as feed, page, files, mail, events, alerts, push; found out from the address without it." placeholder:"KIND"`
	Name      string            `help:"Name; that of the feed without it."`
	Slug      string            `help:"Short name for source: in queries; made from the name without it."`
	Owner     string            `help:"Who owns or publishes it."`
	Family    string            `help:"Publisher family: the owner, group or syndicate that it belongs to."`
	Language  string            `help:"Language that it writes in, such as ar."`
	Country   string            `help:"Country that it is from, such as IRQ."`
	Marking   string            `help:"Marking of its reports; your member's own eyes only without it." placeholder:"MARKING"`
	Interval  time.Duration     `help:"Time between two fetches, from 1s to 720h; adapted to the source without it."`
	Follow    bool              `help:"Read the page behind each item of a feed."`
	Option    map[string]string `help:"Setting of the connector, such as list=.news_a; several with semicolons." placeholder:"NAME=VALUE;…"`
	SecretsIn string            `help:"File with lines such as password=…, which prove you to the source; - reads them from the input." placeholder:"FILE" name:"secrets-from"`
	Private   bool              `help:"It is a folder of this machine, or at a private address of its network: allow that, for this source."`
}

func (c *sourcesAddCommand) Run(s *surroundings) error {
	if c.Interval != 0 && (c.Interval < time.Second || c.Interval > 30*24*time.Hour) {
		return centre.Invalid("The interval is %s; give one from 1s to 720h, or none to follow the source's own rhythm. Nothing was added.", c.Interval)
	}
	secrets, err := readSecrets(s, c.SecretsIn)
	if err != nil {
		return err
	}
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	body, err := c.describe(s, at)
	if err != nil {
		return err
	}
	// What is found at an address does not repeat the password that led there.
	if u, err := url.Parse(c.Address); err == nil && u.User != nil && strings.HasPrefix(u.Scheme, "http") {
		password, _ := u.User.Password()
		pasted := map[string]string{"user": u.User.Username(), "password": password}
		maps.Copy(pasted, secrets)
		secrets = pasted
	}
	if len(secrets) > 0 {
		body["secrets"] = secrets
	}
	if c.Interval > 0 {
		body["interval_s"] = int(c.Interval.Seconds())
	}
	if c.Private {
		body["private"] = true
	}
	var added source
	if err := at.post(s, "/sources", body, &added); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, added)
	}
	fmt.Fprintf(s.out, "Added %s (%s, %s), marked %s.\n", added.Slug, added.Name, added.Kind, added.Marking)
	if added.Kind == "push" {
		fmt.Fprintf(s.out, "Make the keys for its publisher: entente sources keys %s\n", added.Slug)
	}
	return nil
}

// describe says what to add: as the flags say, and where they are silent as was
// found at the address.
func (c *sourcesAddCommand) describe(s *surroundings, at *client) (map[string]any, error) {
	found := foundSource{Kind: c.Kind, Address: c.Address, Options: c.Option}
	switch {
	case c.Kind != "":
	case c.Address == "":
		found.Kind = "push"
	case !strings.Contains(c.Address, "://") && isThere(c.Address):
		found.Kind = "files"
	default:
		list, err := at.find(s, c.Address, c.Private)
		switch {
		case err == nil:
			found = list[0]
		case centre.CodeOf(err) == centre.CodeUnavailable && strings.Contains(c.Address, "://"):
			fmt.Fprintf(s.err, "%s\nIt is added as a feed all the same and tried again; name another --kind if it is none.\n", err)
			found.Kind = "feed"
		default:
			return nil, err
		}
	}
	options := map[string]string{}
	maps.Copy(options, found.Options)
	maps.Copy(options, c.Option)
	if c.Follow {
		options["follow"] = "yes"
	}
	body := map[string]any{"address": found.Address, "kind": found.Kind, "options": options,
		"name": cmp.Or(c.Name, found.Name, nameOf(found.Address), found.Kind)}
	for key, value := range map[string]string{"slug": c.Slug, "family": cmp.Or(c.Family, found.Family), "owner": cmp.Or(c.Owner, found.Owner),
		"language": cmp.Or(c.Language, found.Language), "country": cmp.Or(c.Country, found.Country), "marking": c.Marking, "ownership": found.Ownership} {
		if value != "" {
			body[key] = value
		}
	}
	return body, nil
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readSecrets reads lines of name=value, so that no secret stands in the list of
// a machine's processes or in a shell's history.
func readSecrets(s *surroundings, file string) (map[string]string, error) {
	if file == "" {
		return nil, nil
	}
	var text []byte
	var err error
	if file == "-" {
		text, err = io.ReadAll(s.in)
	} else {
		text, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, fmt.Errorf("the secrets cannot be read: %w", err)
	}
	secrets := map[string]string{}
	for line := range strings.Lines(string(text)) {
		name, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "=")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !ok {
			return nil, centre.Invalid("A line of the secrets is not like password=…; nothing was added.")
		}
		secrets[name] = value
	}
	return secrets, nil
}

// nameOf names a source that nobody named: by its host or folder.
func nameOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Hostname()
	}
	return filepath.Base(address)
}

type sourcesPauseCommand struct {
	person
	Slug string `arg:"" help:"The source."`
}

func (c *sourcesPauseCommand) Run(s *surroundings) error { return setPaused(s, c.person, c.Slug, true) }

type sourcesResumeCommand struct {
	person
	Slug string `arg:"" help:"The source."`
}

func (c *sourcesResumeCommand) Run(s *surroundings) error {
	return setPaused(s, c.person, c.Slug, false)
}

func setPaused(s *surroundings, p person, slug string, paused bool) error {
	at, err := p.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	found, err := at.source(s, slug)
	if err != nil {
		return err
	}
	if err := at.send(s, http.MethodPatch, "/sources/"+found.ID.String(), map[string]any{"paused": paused}, &found); err != nil {
		return err
	}
	if p.JSON {
		return printJSON(s.out, found)
	}
	_, err = fmt.Fprintf(s.out, "%s: %s.\n", found.Slug, map[bool]string{true: "paused", false: "fetched again"}[paused])
	return err
}

type sourcesOPMLCommand struct {
	person
	File string `arg:"" optional:"" type:"existingfile" help:"OPML file to read; without it, your feeds are written."`
}

func (c *sourcesOPMLCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	if c.File == "" {
		var raw []byte
		if err := at.get(s, "/sources/opml", nil, &raw); err != nil {
			return err
		}
		_, err := s.out.Write(raw)
		return err
	}
	text, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("the OPML file cannot be read: %w", err)
	}
	var answer struct {
		Added   []source `json:"added"`
		Skipped []struct {
			Line   int    `json:"line"`
			Reason string `json:"reason"`
		} `json:"skipped"`
	}
	if err := at.call(s, http.MethodPost, "/sources/opml", "text/x-opml", bytes.NewReader(text), &answer); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, answer)
	}
	for _, src := range answer.Added {
		fmt.Fprintf(s.out, "added  %s  %s\n", src.Slug, src.Address)
	}
	for _, bad := range answer.Skipped {
		fmt.Fprintf(s.err, "line %d: %s\n", bad.Line, bad.Reason)
	}
	what := "sources"
	if len(answer.Added) == 1 {
		what = "source"
	}
	fmt.Fprintf(s.out, "%d %s added, for your member's own eyes; change their marking to share them.\n", len(answer.Added), what)
	if len(answer.Skipped) > 0 {
		return partial{len(answer.Skipped)}
	}
	return nil
}
