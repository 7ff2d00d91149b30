package alerts

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

// Options of a source.
const (
	// OptionLanguage lists languages by preference, like "ar, en"; the first block
	// of an alert is taken where it has none of them.
	OptionLanguage = "language"
	// OptionTests is "no" to leave out every CAP message whose status is not
	// Actual, "yes" to keep all. Without it Test and Draft are left out, and
	// Exercise and System are kept.
	OptionTests = "tests"
)

const (
	accept = "application/cap+xml, application/atom+xml, application/rss+xml, application/geo+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.1"
	// maxFollowed is how many alerts that a list points to are fetched in one
	// reading; the rest is left to the next.
	maxFollowed = 200
	// maxStrangers is how many things that are no alerts a list may point to
	// before it is taken for a list of something else.
	maxStrangers = 10
	// maxSilent is how many things that a list points to may not answer before
	// the rest is left to the next reading.
	maxSilent = 10
	maxAlert  = 4 << 20 // bytes of an alert that a list points to
)

// Connector reads alerts.
type Connector struct{}

// New makes the connector. It is safe for concurrent use.
func New() *Connector { return &Connector{} }

// Kind is "alerts".
func (*Connector) Kind() string { return "alerts" }

// Interval is short: warnings age fast.
func (*Connector) Interval() time.Duration { return 3 * time.Minute }

// Check refuses what is no web address, and options that are not known.
func (*Connector) Check(s centre.Source) error {
	if _, err := fetch.CheckURL(s.Address); err != nil {
		return err
	}
	if v := s.Options[OptionTests]; v != "" && v != "yes" && v != "no" {
		return centre.Invalid("The option tests is %q; write yes to keep tests and drafts, or no to leave out exercises too.", v)
	}
	return poll.CheckProof(s)
}

// Fetch reads the list, or the one alert, and yields what was not yielded before.
func (*Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	round, result, err := poll.Get(ctx, r, fetch.Get{Accept: accept})
	if round == nil || err != nil {
		return result, err
	}
	base, err := url.Parse(round.Response.URL)
	if err != nil {
		return result, err
	}
	text := fetch.ToUTF8(round.Response.Body, round.Response.ContentType)
	p := newParser(r, base.String(), base)
	p.limit = poll.MaxItems
	p.problem("%s", text.Problem)
	if err := p.parse(text.UTF8); err != nil {
		return result, err
	}
	read, err := p.follow(ctx, r, round)
	result.Bytes += read
	if err == nil {
		err = p.deliver(ctx, round)
	}
	result.Title, result.Problems = p.title, p.said()
	return result, err
}

// Recognise knows the namespaces and names of the formats.
func (*Connector) Recognise(_, _ string, head []byte) float64 {
	text := string(head)
	has := func(words ...string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
	}
	switch start := strings.TrimLeft(text, "\uFEFF \t\r\n"); {
	case strings.HasPrefix(start, "{"):
		if has(`"FeatureCollection"`, "earthquake.usgs.gov") || has("EONET", `"events"`) {
			return 0.95
		}
	case !strings.HasPrefix(start, "<"):
	case has("urn:oasis:names:tc:emergency:cap:", "<identifier>", "<msgType>"), has("urn:oasis:names:tc:emergency:cap:", "alert"), has("http://www.gdacs.org", "gdacs:"):
		return 0.95
	case has("urn:oasis:names:tc:emergency:cap:"), has("application/cap+xml"):
		return 0.92
	}
	return 0
}

// Read reads a file. Alerts that a list in a file points to are named and not
// fetched.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	body, err := gather.Whole(name, content, centre.MaxBody)
	result := gather.Result{Bytes: int64(len(body))}
	if err != nil {
		return result, err
	}
	text := fetch.ToUTF8(body, "")
	base, err := url.Parse(name)
	if err != nil || base.Host == "" {
		base = &url.URL{}
	}
	p := newParser(r, name, base)
	p.problem("%s", text.Problem)
	if err := p.parse(text.UTF8); err != nil {
		return result, err
	}
	if n := len(p.links); n > 0 {
		p.problem("The list points to %d alerts that it does not hold; they were not fetched. Add the list's address as a source of kind alerts.", n)
	}
	err = p.deliver(ctx, poll.Read(r))
	result.Title, result.Problems = p.title, p.said()
	return result, err
}

// item is what becomes a document, with the time by which it is put in order.
type item struct {
	poll.Item
	at time.Time
}

// link is an alert that a list points to.
type link struct{ url, updated string }

// parser gathers what a content holds.
type parser struct {
	source   centre.Source
	base     *url.URL // of relative addresses
	name     string   // of the content, for sentences and origins
	now      time.Time
	title    string
	items    []item
	links    []link
	problems []string
	tests    int  // messages that were left out as the option tests says
	limit    int  // of items and of links; 0 for none
	over     int  // items and links beyond that
	partial  bool // some could not be read, and may be the next time
	alerts   int  // CAP messages met, also those that were left out
}

func newParser(r gather.Request, name string, base *url.URL) *parser {
	return &parser{source: r.Source, base: base, name: name, now: r.Now}
}

// maxProblems bounds what is said of one content.
const maxProblems = 200

func (p *parser) problem(format string, args ...any) {
	if text := poll.Sentence(format, args...); text != "" && len(p.problems) < maxProblems {
		p.problems = append(p.problems, text)
	}
}

// keep keeps an item.
func (p *parser) keep(i item) {
	if p.full(len(p.items)) {
		return
	}
	p.items = append(p.items, i)
}

// full counts what a list has beyond what is read at one time.
func (p *parser) full(n int) bool {
	if p.limit == 0 || n < p.limit {
		return false
	}
	p.over++
	return true
}

func (p *parser) said() []string {
	if p.over > 0 {
		p.problem("The list has %d items more than the %d that are read at one time; they were left out.", p.over, p.limit)
	}
	if p.tests > 0 {
		p.problem("Tests, drafts or exercises that were left out, as the option tests says: %d.", p.tests)
	}
	return p.problems
}

// parse reads any of the formats.
func (p *parser) parse(text string) error {
	switch text = strings.TrimLeft(text, "\uFEFF \t\r\n"); {
	case strings.HasPrefix(text, "{"):
		return p.json(text)
	case strings.HasPrefix(text, "<"):
		return p.xml(text)
	case text == "":
		return centre.Invalid("%s is empty; check the address.", p.shown())
	}
	return p.strange()
}

func (p *parser) strange() error {
	return centre.Invalid("%s is neither a CAP alert nor a list of alerts or hazards (Atom, RSS, GDACS, USGS, EONET); check the address, or add it as a source of another kind.", p.shown())
}

func (p *parser) shown() string { return poll.Named(p.base, p.name) }

// follow fetches the alerts that the list points to and that were not fetched
// before.
func (p *parser) follow(ctx context.Context, r gather.Request, round *poll.Round) (read int64, err error) {
	fetched, strangers, silent := 0, 0, 0
	for _, l := range p.links {
		key := l.url + "\x00" + l.updated
		if !round.Follows(key) {
			continue
		}
		if fetched++; fetched > maxFollowed {
			p.partial = true
			return read, nil
		}
		at, err := url.Parse(l.url)
		if err != nil {
			return read, err
		}
		inner := newParser(r, l.url, at)
		n, err := inner.fetch(ctx, r)
		read += n
		switch {
		case ctx.Err() != nil:
			return read, ctx.Err()
		case err != nil && centre.CodeOf(err) == "": // a fault of the program
			return read, err
		case centre.CodeOf(err) == centre.CodeUnavailable: // a warning is not given up for an outage
			p.problem("An alert of the list could not be read. %s", err.Error())
			p.partial = true
			if silent++; silent == maxSilent {
				return read, nil
			}
		case err != nil:
			p.problem("An alert of the list could not be read. %s", err.Error())
			p.partial = round.Followed(key, false) || p.partial
			if strangers++; strangers == maxStrangers && fetched == strangers {
				return read, centre.Invalid("What the list %s points to are no CAP alerts that can be read; if it is a news feed, add it as a source of kind feed.", p.shown())
			}
		default:
			round.Followed(key, true)
			p.items, p.tests = append(p.items, inner.items...), p.tests+inner.tests
			for _, s := range inner.problems {
				p.problem("%s", s)
			}
		}
	}
	return read, nil
}

// fetch reads one alert that a list points to.
func (p *parser) fetch(ctx context.Context, r gather.Request) (read int64, err error) {
	from, err := url.Parse(r.Source.Address)
	if err != nil {
		return 0, err
	}
	get := fetch.Get{URL: p.base.String(), Accept: accept, MaxBody: maxAlert}
	if strings.EqualFold(from.Hostname(), p.base.Hostname()) {
		get.Private = r.Source.Private
	}
	if from.Scheme == p.base.Scheme && strings.EqualFold(from.Host, p.base.Host) {
		get.Header = poll.Proof(r.Source)
	}
	answer, err := r.Client.Get(ctx, get)
	if err != nil {
		return 0, err
	}
	text := fetch.ToUTF8(answer.Body, answer.ContentType)
	p.problem("%s", text.Problem)
	if err := p.parse(text.UTF8); err != nil {
		return answer.Bytes, err
	}
	if p.alerts == 0 {
		return answer.Bytes, centre.Invalid("%s holds no CAP alert; tell the list's owner.", p.shown())
	}
	return answer.Bytes, nil
}

// deliver hands everything over, the earliest first: an Update must not come
// before what it replaces.
func (p *parser) deliver(ctx context.Context, round *poll.Round) error {
	slices.SortStableFunc(p.items, func(a, b item) int { return a.at.Compare(b.at) })
	for _, i := range p.items {
		if err := round.Add(ctx, i.Item); err != nil {
			return err
		}
	}
	return round.Finish(ctx, !p.partial)
}

// damaged says where a content breaks off.
func (p *parser) damaged(err error) error {
	if len(p.items)+len(p.links)+p.alerts == 0 {
		return centre.Invalid("%s is damaged, and nothing could be read from it: %s. Tell its owner; it is tried again later.", p.shown(), poll.Reason(err))
	}
	p.problem("%s is damaged: %s. What stood before that was read; the rest was left out.", p.shown(), poll.Reason(err))
	p.partial = true
	return nil
}
