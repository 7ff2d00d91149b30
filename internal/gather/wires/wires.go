package wires

import (
	"context"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
	"entente/internal/gather/poll"
)

const accept = "application/vnd.iptc.g2.newsmessage+xml, application/vnd.iptc.g2.newsitem+xml, application/json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"

// Connector reads wires.
type Connector struct{}

// New makes the connector. It is safe for concurrent use.
func New() *Connector { return &Connector{} }

// Kind is "wires".
func (*Connector) Kind() string { return "wires" }

// Interval is short: a wire is read for what is new.
func (*Connector) Interval() time.Duration { return 2 * time.Minute }

// Check refuses what is no web address, and an option that cannot be meant. What
// proves us to the agency is as package poll has it: the secret "token", or the
// option "user" and the secret "password".
func (*Connector) Check(s centre.Source) error {
	if _, err := fetch.CheckURL(s.Address); err != nil {
		return err
	}
	return poll.CheckProof(s)
}

// Fetch reads the item or the list and yields what was not yielded before.
func (*Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	round, result, err := poll.Get(ctx, r, fetch.Get{Accept: accept})
	if round == nil || err != nil {
		return result, err
	}
	base, err := url.Parse(round.Response.URL)
	if err != nil {
		return result, err
	}
	p := &parser{source: r.Source, now: r.Now, base: base, name: base.Redacted(), limit: poll.MaxItems}
	err = p.read(ctx, round, fetch.ToUTF8(round.Response.Body, round.Response.ContentType), &result)
	return result, err
}

// Recognise knows the namespace of NewsML-G2 and the fields of ninjs.
func (*Connector) Recognise(_, mediaType string, head []byte) float64 {
	text := string(head)
	switch start := strings.TrimLeft(text, "\uFEFF \t\r\n"); {
	case strings.HasPrefix(start, "<"):
		for _, root := range []string{"newsItem", "newsMessage", "packageItem"} {
			if strings.Contains(text, nar) && strings.Contains(text, root) {
				return 0.97
			}
		}
	case strings.HasPrefix(start, "{"), strings.HasPrefix(start, "["):
		if !strings.Contains(text, `"uri"`) {
			return 0
		}
		marks := 0
		for _, field := range []string{"versioncreated", "pubstatus", "firstcreated", "body_text", "body_xhtml", "bodies", "headlines", "infosource", "ninjs", "ednote", "representationtype"} {
			if strings.Contains(text, `"`+field) {
				marks++
			}
		}
		switch {
		case marks >= 2 || strings.Contains(mediaType, "ninjs"):
			return 0.92
		case marks == 1:
			return 0.6
		}
	}
	return 0
}

// Read reads a file.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	body, err := gather.Whole(name, content, centre.MaxBody)
	result := gather.Result{Bytes: int64(len(body))}
	if err != nil {
		return result, err
	}
	base, err := url.Parse(name)
	if err != nil || base.Host == "" {
		base = &url.URL{}
	}
	p := &parser{source: r.Source, now: r.Now, base: base, name: name}
	err = p.read(ctx, poll.Read(r), fetch.ToUTF8(body, ""), &result)
	return result, err
}

// read reads a text and hands over what it holds.
func (p *parser) read(ctx context.Context, round *poll.Round, text fetch.Text, result *gather.Result) error {
	if text.Problem != "" {
		p.problem("%s", text.Problem)
	}
	err := p.parse(text.UTF8)
	if p.over > 0 {
		p.problem("The list has %d items more than the %d that are read at one time; they were left out.", p.over, p.limit)
	}
	result.Problems = p.problems
	if err != nil {
		return err
	}
	for _, i := range p.items {
		if err := round.Add(ctx, i); err != nil {
			return err
		}
	}
	return round.Finish(ctx, !p.partial)
}

// parser gathers what a content holds.
type parser struct {
	source   centre.Source
	now      time.Time
	base     *url.URL
	name     string // of the content, for sentences
	position int    // of the item that is read, from 1
	met      int    // items, also those that were left out
	items    []poll.Item
	limit    int // of items; 0 for none
	over     int // items beyond that
	problems []string
	partial  bool // some could not be read, and may be the next time
}

// maxProblems bounds what is said of one content.
const maxProblems = 200

func (p *parser) problem(format string, args ...any) {
	if len(p.problems) < maxProblems {
		p.problems = append(p.problems, poll.Sentence(format, args...))
	}
}

func (p *parser) parse(text string) error {
	switch text = strings.TrimLeft(text, "\uFEFF \t\r\n"); {
	case strings.HasPrefix(text, "<"):
		return p.g2(text)
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		return p.ninjs(text)
	case text == "":
		return centre.Invalid("%s is empty; check the address.", p.shown())
	}
	return p.strange()
}

func (p *parser) strange() error {
	return centre.Invalid("%s is neither ninjs nor NewsML-G2; check the address, or add it as a source of another kind.", p.shown())
}

func (p *parser) shown() string { return poll.Named(p.base, p.name) }

// absolute resolves an address; "" where it leads nowhere that could be fetched.
func (p *parser) absolute(address string) string {
	if address = gather.CleanText(strings.TrimSpace(address)); address == "" || len(address) > 4000 {
		return ""
	}
	u, err := p.base.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.User = nil
	return u.String()
}

// maxEnclosures of one document.
const maxEnclosures = 100

func enclose(to []centre.Enclosure, e centre.Enclosure) []centre.Enclosure {
	if e.URL == "" || len(to) >= maxEnclosures || slices.Contains(to, e) {
		return to
	}
	return append(to, e)
}
