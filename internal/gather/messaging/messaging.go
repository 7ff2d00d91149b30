package messaging

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// The platforms that have addresses, as the option "platform" names them.
const (
	telegram = "telegram"
	mastodon = "mastodon"
	bluesky  = "bluesky"
)

// Connector reads messaging platforms.
type Connector struct{}

// New makes the connector. It is safe for concurrent use.
func New() *Connector { return &Connector{} }

// Kind is "messaging".
func (*Connector) Kind() string { return "messaging" }

// Interval is how often an address is looked at.
func (*Connector) Interval() time.Duration { return 15 * time.Minute }

// Check refuses an address that is none, a platform that there is not, and a
// number of pages that is none.
func (*Connector) Check(s centre.Source) error {
	if _, err := fetch.CheckURL(whole(s.Address)); err != nil {
		return err
	}
	if p := s.Options["platform"]; p != "" && p != telegram && p != mastodon && p != bluesky {
		return centre.Invalid("There is no platform %q; give telegram, mastodon or bluesky, or leave the option out.", gather.PlainLine(p))
	}
	_, err := pages(s.Options)
	return err
}

// Claims implements gather.Claimant.
func (*Connector) Claims(address string) bool {
	u, err := fetch.CheckURL(whole(address))
	return err == nil && platformOf(centre.Source{}, u) != ""
}

// whole completes the address of a channel as people write it: t.me/name.
func whole(address string) string {
	address = strings.TrimSpace(address)
	if strings.HasPrefix(address, "t.me/") || strings.HasPrefix(address, "telegram.me/") {
		return "https://" + address
	}
	return address
}

const (
	defaultPages = 5
	maxPages     = 20
)

func pages(options map[string]string) (int, error) {
	text := strings.TrimSpace(options["pages"])
	if text == "" {
		return defaultPages, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxPages {
		return 0, centre.Invalid("The option \"pages\" is %q; give a number from 1 to %d.", gather.PlainLine(text), maxPages)
	}
	return n, nil
}

// platformOf tells which platform an address belongs to; "" where it does not say.
func platformOf(s centre.Source, u *url.URL) string {
	if p := s.Options["platform"]; p != "" {
		return p
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case host == "t.me" || host == "telegram.me":
		return telegram
	case host == "bsky.app" || strings.HasSuffix(u.Path, "/xrpc/app.bsky.feed.getAuthorFeed"):
		return bluesky
	case strings.HasPrefix(u.Path, "/@") || strings.HasPrefix(u.Path, "/tags/") || strings.HasPrefix(u.Path, "/api/v1/timelines/") || strings.HasPrefix(u.Path, "/api/v1/accounts/"):
		return mastodon
	}
	return ""
}

// Fetch reads the posts at an address that the cursor does not know, or that
// changed, oldest first.
func (c *Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	u, err := fetch.CheckURL(whole(r.Source.Address))
	if err != nil {
		return gather.Result{}, err
	}
	switch platformOf(r.Source, u) {
	case telegram:
		return follow(ctx, r, telegramPages{r, telegramAddress(u)})
	case mastodon:
		return fetchMastodon(ctx, r, u)
	case bluesky:
		return follow(ctx, r, blueskyPages{r, blueskyAddress(u)})
	}
	return follow(ctx, r, filePage{c, r, u})
}

// filePage is an address whose content tells what it is; it has one page.
type filePage struct {
	c *Connector
	r gather.Request
	u *url.URL
}

func (f filePage) page(ctx context.Context, _ string, get fetch.Get) (page, error) {
	get.URL, get.Robots = f.u.String(), true
	response, err := f.r.Client.Get(ctx, get)
	if err != nil || response.NotModified {
		return page{response: response}, err
	}
	p := page{response: response}
	inner := f.r
	inner.Yield = func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
		if p.docs = append(p.docs, docs...); len(p.docs) > maxPosts {
			return errFull
		}
		return nil
	}
	result, err := f.c.Read(ctx, inner, response.URL, strings.NewReader(string(response.Body)))
	if errors.Is(err, errFull) {
		p.problems, err = append(p.problems, fmt.Sprintf("The file holds more than %d posts, which is the most that is taken from an address; bring it as a file.", maxPosts)), nil
	}
	p.problems, p.title = append(p.problems, result.Problems...), result.Title
	slices.Reverse(p.docs) // files begin with the oldest, pages with the newest
	return p, err
}

var errFull = errors.New("more posts than are taken")

// format is a kind of content that can be read wherever it came from.
type format struct {
	recognise func(name string, head []byte) float64
	read      func(ctx context.Context, s *sink, name string, content io.Reader) error
}

var formats = []format{
	{recogniseTelegramExport, readTelegramExport},
	{recogniseTelegramPage, readWhole(parseTelegramPage)},
	{recogniseX, readX},
	{recogniseMastodon, readWhole(parseMastodon)},
	{recogniseBluesky, readWhole(parseBluesky)},
	{recogniseWhatsApp, readWhatsApp},
}

// Recognise implements gather.Reader.
func (*Connector) Recognise(name, _ string, head []byte) (sure float64) {
	for _, f := range formats {
		sure = max(sure, f.recognise(name, head))
	}
	return sure
}

// Read implements gather.Reader. Result.Bytes is what was read.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	counted := &counter{r: content}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(counted, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return gather.Result{Bytes: counted.n}, err
	}
	head = head[:n]
	var best format
	sure := 0.0
	for _, f := range formats {
		if s := f.recognise(name, head); s > sure {
			best, sure = f, s
		}
	}
	if best.read == nil {
		return gather.Result{Bytes: counted.n}, centre.Invalid("%s is no export or page of a messaging platform that is known; give a Telegram result.json, a WhatsApp chat text, a tweets.js, or a platform's public address.", shown(name))
	}
	s := &sink{r: r}
	err = best.read(ctx, s, name, io.MultiReader(strings.NewReader(string(head)), counted))
	if flushed := s.flush(ctx); err == nil { // what came before a fault is taken too
		err = flushed
	}
	s.result.Bytes = counted.n
	s.result.Problems = s.problems()
	return s.result, err
}

// shown is a name for a sentence.
func shown(name string) string {
	if u, err := url.Parse(name); err == nil && u.Scheme != "" {
		name = u.Scheme + "://" + u.Host + u.Path // without a key in its query
	}
	if name = gather.PlainLine(name); name == "" {
		return "The content"
	}
	if r := []rune(name); len(r) > 200 {
		name = string(r[:200]) + "…"
	}
	return name
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// sink takes the posts of a file, in batches.
type sink struct {
	r       gather.Request
	result  gather.Result
	batch   []centre.Document
	listed  []string
	left    int // posts left out beyond those listed
	skipped map[string]int
}

// maxListed is how many posts that could not be read are named one by one.
const maxListed = 20

func (s *sink) take(ctx context.Context, d centre.Document) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.batch = append(s.batch, finish(s.r, d)); len(s.batch) == gather.MaxBatch {
		return s.flush(ctx)
	}
	return nil
}

func (s *sink) flush(ctx context.Context) error {
	if len(s.batch) == 0 {
		return ctx.Err()
	}
	batch := s.batch
	s.batch = nil
	return s.r.Yield(ctx, batch, nil)
}

// refuse names a post that was left out.
func (s *sink) refuse(sentence string) {
	if len(s.listed) < maxListed {
		s.listed = append(s.listed, sentence)
		return
	}
	s.left++
}

// skip counts what is left out on purpose, under a sentence with a place for
// the count.
func (s *sink) skip(what string) {
	if s.skipped == nil {
		s.skipped = map[string]int{}
	}
	s.skipped[what]++
}

func (s *sink) problems() []string {
	out := s.listed
	if s.left > 0 {
		out = append(out, fmt.Sprintf("%d more posts could not be read and were left out.", s.left))
	}
	var kinds []string
	for what := range s.skipped {
		kinds = append(kinds, what)
	}
	slices.Sort(kinds)
	for _, what := range kinds {
		out = append(out, fmt.Sprintf(what, s.skipped[what]))
	}
	return out
}

// finish makes a post fit to be handed over.
func finish(r gather.Request, d centre.Document) centre.Document {
	d.Source, d.Fetched = r.Source.ID, r.Now
	d.ExternalID = gather.PlainLine(d.ExternalID)
	d.Title, d.Author = gather.PlainLine(d.Title), gather.PlainLine(d.Author)
	if d.MediaType == "text/html" {
		d.Body = gather.CleanHTML(d.Body)
	} else {
		d.MediaType, d.Body = "text/plain", gather.CleanText(d.Body)
	}
	for i, p := range d.Properties {
		d.Properties[i].Value = gather.PlainLine(p.Value)
	}
	for i, e := range d.Enclosures {
		d.Enclosures[i].Title, d.Enclosures[i].URL = gather.PlainLine(e.Title), webAddress(e.URL)
	}
	d.URL = webAddress(d.URL)
	if d.Language == "" {
		d.Language = r.Source.Language
	}
	var problem string
	if d.Published, problem = gather.Plausible(d.Published, r.Now); problem != "" {
		d.Problems = append(d.Problems, problem)
	}
	d.Updated, _ = gather.Plausible(d.Updated, r.Now)
	return d
}

// webAddress keeps what is one; "" else.
func webAddress(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || len(s) > 2000 || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || gather.CleanText(s) != s {
		return ""
	}
	return s
}
