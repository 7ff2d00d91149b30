// Package discover finds what can be read at an address that a person pastes:
// the feed itself, the feeds that a web page names or that lie where feeds
// usually lie, its sitemaps, and last the page as it is. What it proposes was
// fetched and read, so that a person chooses between things that work.
//
// It knows formats only by asking the connectors (gather.Reader), and the
// network only by the client: a pasted address reaches nothing that a source
// could not reach.
package discover

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"entente/internal/catalogue"
	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Limits of one search.
const (
	MaxTries      = 16               // addresses that are fetched besides the one given
	Limit         = 45 * time.Second // for all of it
	atOnce        = 6
	headLength    = 64 << 10
	maxCandidates = 12
)

// Candidate is a source that could be added.
type Candidate struct {
	Source    centre.Source     // Kind, Address, Name, Owner, Ownership, Family, Language and Country as proposed
	How       string            // how it was found, a sentence
	Documents []centre.Document // the first that it would bring, at most gather.PreviewDocuments
	Events    []centre.Event    // likewise
	Tracks    []centre.Track    // likewise
	Problems  []string
	Catalogue bool // owner and family come from the catalogue
}

func (c *Candidate) saw(p gather.Previewed) {
	c.Documents, c.Events, c.Tracks = p.Documents, p.Events, p.Tracks
	c.Problems = append(c.Problems, p.Problems...)
}

// brings tells how much there is to see.
func (c *Candidate) brings() int { return len(c.Documents) + len(c.Events) + len(c.Tracks) }

// Finder searches. It is safe for concurrent use.
type Finder struct {
	Connectors []gather.Connector
	Client     *fetch.Client
	Clock      func() time.Time
}

// found is an address to try, and where it came from.
type found struct {
	address string
	how     string
	rank    int // the smaller, the better
}

// Find looks at an address and returns what can be read there, the best first.
// Private allows loopback and private addresses, as Source.Private does. Where
// nothing can be read it says why.
func (f Finder) Find(ctx context.Context, address string, private bool) ([]Candidate, error) {
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	address = complete(address)
	if !isWeb(address) {
		return f.other(ctx, address, private)
	}
	given, err := fetch.CheckURL(address)
	if err != nil {
		return nil, err
	}
	claimed := f.claimed(ctx, given.String(), private)
	response, err := f.Client.Get(ctx, fetch.Get{URL: given.String(), Private: private, Robots: true})
	if err != nil {
		if len(claimed) > 0 {
			return claimed, nil
		}
		return nil, err
	}
	if c, ok := f.read(ctx, response, private, "This is what lies at the address."); ok && c.Source.Kind != kindPage {
		return []Candidate{c}, nil
	}
	base, err := url.Parse(response.URL)
	if err != nil {
		return nil, centre.Invalid("The address %s led to one that cannot be read; open it in a browser and give the address where it ends.", address)
	}
	text := fetch.ToUTF8(response.Body, response.ContentType).UTF8
	candidates := append(claimed, f.tryAll(ctx, f.places(ctx, base, text, private), private)...)
	if page, ok := f.page(ctx, response.URL, private); ok && len(claimed) == 0 {
		candidates = append(candidates, page)
	}
	if len(candidates) == 0 {
		return nil, centre.Invalid("Nothing at %s can be read as a source: it names no feed, none lies at the usual places, and the page has no text to take. Give the address of a feed, or of a page with articles.", address)
	}
	return candidates[:min(len(candidates), maxCandidates)], nil
}

// kindPage is the connector of last resort.
const kindPage = "page"

// complete adds what people leave out of an address.
func complete(address string) string {
	address = strings.TrimSpace(address)
	if user, host, ok := strings.Cut(strings.TrimPrefix(address, "@"), "@"); ok && strings.HasPrefix(address, "@") && !strings.ContainsAny(host, "/ ") {
		return "https://" + host + "/@" + user // an account as federated networks write it
	}
	if rest, ok := strings.CutPrefix(address, "feed:"); ok { // as some browsers hand feeds over
		address = strings.TrimPrefix(rest, "//")
	}
	if !strings.Contains(address, "://") && !strings.HasPrefix(address, "/") && strings.Contains(address, ".") && !strings.ContainsAny(address, " \\") {
		return "https://" + address
	}
	return address
}

func isWeb(address string) bool {
	scheme, _, _ := strings.Cut(address, "://")
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// other proposes the connectors that take an address that is not of the web.
func (f Finder) other(ctx context.Context, address string, private bool) ([]Candidate, error) {
	var out []Candidate
	var first error
	for _, c := range f.Connectors {
		s := centre.Source{Kind: c.Kind(), Address: address, Private: private, Options: map[string]string{}}
		if address == "" || c.Check(s) != nil {
			continue
		}
		candidate := Candidate{Source: s, How: "The address is of this kind."}
		seen, err := gather.Preview(ctx, f.Connectors, f.Client, f.Clock(), s)
		if err != nil {
			first = cmp.Or(first, err)
			if refused, ok := errors.AsType[*centre.Error](err); ok {
				candidate.Problems = append(candidate.Problems, refused.Message)
			}
		}
		candidate.saw(seen)
		f.describe(&candidate, seen.Result)
		out = append(out, candidate)
	}
	if len(out) == 0 {
		return nil, centre.Invalid("%q is no address that a source can have; paste one like https://example.org/, imaps://mail.example.org/INBOX or tcp://host:8087.", clip(address))
	}
	if len(out) == 1 && out[0].brings() == 0 && first != nil && centre.CodeOf(first) == centre.CodeDenied {
		return nil, first
	}
	return out, nil
}

// claimed proposes the connectors that know an address by its look, where they
// find something there.
func (f Finder) claimed(ctx context.Context, address string, private bool) []Candidate {
	var out []Candidate
	for _, c := range f.Connectors {
		claimant, ok := c.(gather.Claimant)
		if !ok || !claimant.Claims(address) {
			continue
		}
		s := centre.Source{Kind: c.Kind(), Address: address, Private: private, Options: map[string]string{}}
		seen, err := gather.Preview(ctx, f.Connectors, f.Client, f.Clock(), s)
		if err != nil || len(seen.Documents) == 0 {
			continue
		}
		candidate := Candidate{Source: s, How: "The address is a channel or account of a platform."}
		candidate.saw(seen)
		f.describe(&candidate, seen.Result)
		out = append(out, candidate)
	}
	return out
}

// read has the reader that knows the content read it.
func (f Finder) read(ctx context.Context, response *fetch.Response, private bool, how string) (Candidate, bool) {
	var readers []gather.Reader
	for _, c := range f.Connectors {
		if r, ok := c.(gather.Reader); ok {
			readers = append(readers, r)
		}
	}
	head := response.Body[:min(len(response.Body), headLength)]
	reader, sure := gather.Recognised(readers, response.URL, response.ContentType, head)
	if reader == nil || sure < 0.5 || reader.Kind() == "files" {
		return Candidate{}, false
	}
	c := Candidate{How: how, Source: centre.Source{Kind: reader.Kind(), Address: response.URL, Private: private, Options: map[string]string{}}}
	enough := errors.New("enough for a look")
	r := gather.Request{Source: c.Source, Client: f.Client, Now: f.Clock()}
	r.Yield = func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
		c.Documents = append(c.Documents, docs[:min(len(docs), gather.PreviewDocuments-len(c.Documents))]...)
		if len(c.Documents) == gather.PreviewDocuments {
			return enough
		}
		return nil
	}
	r.YieldEvents = func(_ context.Context, events []centre.Event, _ centre.Cursor) error {
		c.Events = append(c.Events, events[:min(len(events), gather.PreviewDocuments-len(c.Events))]...)
		if len(c.Events) == gather.PreviewDocuments {
			return enough
		}
		return nil
	}
	r.YieldTracks = func(_ context.Context, tracks []centre.Track, _ centre.Cursor) error {
		c.Tracks = append(c.Tracks, tracks[:min(len(tracks), gather.PreviewDocuments-len(c.Tracks))]...)
		return nil
	}
	result, err := reader.Read(ctx, r, response.URL, bytes.NewReader(response.Body))
	if err != nil && !errors.Is(err, enough) {
		return Candidate{}, false
	}
	c.Problems = result.Problems
	if reader.Kind() == kindPage {
		return c, true
	}
	f.describe(&c, result)
	return c, true
}

// page proposes the page itself, where text can be taken from it.
func (f Finder) page(ctx context.Context, address string, private bool) (Candidate, bool) {
	s := centre.Source{Kind: kindPage, Address: address, Private: private, Options: map[string]string{}}
	seen, err := gather.Preview(ctx, f.Connectors, f.Client, f.Clock(), s)
	if err != nil || len(seen.Documents) == 0 {
		return Candidate{}, false
	}
	c := Candidate{Source: s, How: "The page itself: its text is taken whenever it changes."}
	c.saw(seen)
	f.describe(&c, seen.Result)
	return c, true
}

// tryAll fetches addresses side by side and keeps what can be read.
func (f Finder) tryAll(ctx context.Context, places []found, private bool) []Candidate {
	tried := make([]*Candidate, len(places))
	var wait sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	for i, p := range places {
		wait.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			response, err := f.Client.Get(ctx, fetch.Get{URL: p.address, Private: private, Robots: true})
			if err != nil {
				return // most of the usual places are empty
			}
			if c, ok := f.read(ctx, response, private, p.how); ok && c.Source.Kind != kindPage && c.brings() > 0 {
				tried[i] = &c
			}
		})
	}
	wait.Wait()
	var out []Candidate
	seen := map[string]bool{}
	for _, c := range tried {
		if c == nil || seen[c.Source.Address] || seen[sameness(c)] {
			continue
		}
		seen[c.Source.Address], seen[sameness(c)] = true, true
		out = append(out, *c)
	}
	return out
}

// sameness tells feeds apart that differ in their address alone.
func sameness(c *Candidate) string {
	var b strings.Builder
	b.WriteString(c.Source.Kind + "\x00")
	for _, d := range c.Documents {
		b.WriteString(d.ExternalID + "\x00")
	}
	return b.String()
}

// describe proposes name, language, country, owner and family.
func (f Finder) describe(c *Candidate, result gather.Result) {
	s := &c.Source
	s.Name, s.Language = gather.PlainLine(result.Title), result.Language
	if s.Language == "" {
		s.Language = commonLanguage(c.Documents)
	}
	outlet, known := catalogue.Of(s.Address)
	if !known && result.Site != "" {
		outlet, known = catalogue.Of(result.Site)
	}
	if known {
		c.Catalogue = true
		s.Owner, s.Ownership, s.Family, s.Country = outlet.Owner, outlet.Ownership, outlet.Family, outlet.Country
		s.Name, s.Language = cmp.Or(s.Name, outlet.Name), cmp.Or(s.Language, outlet.Language)
		return
	}
	host := siteOf(s.Address)
	s.Name, s.Family, s.Country = cmp.Or(s.Name, host, s.Address), host, countryOf(host)
}

// commonLanguage is that of all documents which name one, where it is the same.
func commonLanguage(docs []centre.Document) string {
	languages := map[string]int{}
	for _, d := range docs {
		if d.Language != "" {
			languages[d.Language]++
		}
	}
	if len(languages) != 1 {
		return ""
	}
	for l := range languages {
		return l
	}
	return ""
}

// clip shortens outside text for a sentence.
func clip(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:100]) + "…"
	}
	return s
}

// ranked sorts places by rank, keeping the order of those of the same rank, and
// drops those that stand twice.
func ranked(places []found) []found {
	slices.SortStableFunc(places, func(a, b found) int { return a.rank - b.rank })
	seen := map[string]bool{}
	out := places[:0]
	for _, p := range places {
		if !seen[p.address] && len(out) < MaxTries {
			seen[p.address] = true
			out = append(out, p)
		}
	}
	return out
}
