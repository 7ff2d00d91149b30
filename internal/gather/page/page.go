package page

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/url"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

const accept = "text/html, application/xhtml+xml, text/plain;q=0.8, */*;q=0.1"

// Read is the text of a page, as it was fetched.
type Read struct {
	Response  *fetch.Response
	Article   Article
	MediaType string // of Article.HTML: text/html, or text/plain for a page that is text alone
}

// Get fetches a page, as robots.txt permits, and reads it. Where the page did
// not change (304) the Article is empty. The Response is nil only where the
// fetch itself failed. A page that is no article (see the package's doc) is an
// error with a sentence.
func Get(ctx context.Context, client *fetch.Client, get fetch.Get, now time.Time) (Read, error) {
	return getArticle(ctx, client, get, now, nil)
}

func getArticle(ctx context.Context, client *fetch.Client, get fetch.Get, now time.Time, s selectors) (Read, error) {
	body, base, media, problem, response, err := getText(ctx, client, get)
	r := Read{Response: response, MediaType: media}
	if err != nil || response.NotModified {
		return r, err
	}
	if media == "text/plain" {
		r.Article = Article{Canonical: canonical("", base), HTML: gather.CleanText(body)}
		if strings.TrimSpace(r.Article.HTML) == "" {
			return r, centre.Invalid("%s is empty; check the address.", base.Redacted())
		}
	} else if r.Article, err = parse(ctx, body, base, now, s); err != nil {
		return r, err
	}
	if problem != "" {
		r.Article.Problems = append(r.Article.Problems, problem)
	}
	return r, nil
}

// getText fetches a page and gives its text as UTF-8; "" for one that did not change.
func getText(ctx context.Context, client *fetch.Client, get fetch.Get) (body string, base *url.URL, media, problem string, response *fetch.Response, err error) {
	get.Robots, get.Accept = true, accept
	if response, err = client.Get(ctx, get); err != nil || response.NotModified {
		return "", nil, "", "", response, err
	}
	if base, err = url.Parse(response.URL); err != nil {
		return "", nil, "", "", response, err
	}
	media, _, _ = mime.ParseMediaType(response.ContentType)
	switch media {
	case "text/plain":
	case "", "text/html", "application/xhtml+xml", "application/octet-stream":
		media = "text/html"
	default:
		return "", base, media, "", response, centre.Invalid("%s gives %s, not a web page; give the address of a page with text.", base.Redacted(), gather.PlainLine(media))
	}
	text := fetch.ToUTF8(response.Body, response.ContentType)
	return text.UTF8, base, media, text.Problem, response, nil
}

// Connector reads pages and list pages.
type Connector struct{}

// New makes the connector. It is safe for concurrent use.
func New() *Connector { return &Connector{} }

// Kind is "page".
func (*Connector) Kind() string { return "page" }

// Interval is how often a page is looked at that says nothing else.
func (*Connector) Interval() time.Duration { return time.Hour }

// Check refuses what is no web address, a selector that cannot be parsed, and a
// limit that is none.
func (*Connector) Check(s centre.Source) error {
	if _, err := fetch.CheckURL(s.Address); err != nil {
		return err
	}
	if _, err := readSelectors(s.Options); err != nil {
		return err
	}
	_, err := limit(s.Options)
	return err
}

// cursor is what the connector remembers of a page.
type cursor struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Content  string `json:"content,omitempty"` // hash of what was last yielded
	// Known are short hashes of the articles of a list page that were read, the
	// latest last; at most maxKnown.
	Known []string `json:"known,omitempty"`
}

// Fetch reads the page and yields it where its readable text changed; or, with
// the option "list", the articles of the list page that were not read before.
func (c *Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	s, err := readSelectors(r.Source.Options)
	if err != nil {
		return gather.Result{}, err
	}
	var last cursor
	if len(r.Cursor) > 0 && json.Unmarshal(r.Cursor, &last) != nil {
		last = cursor{}
	}
	if strings.TrimSpace(r.Source.Options["list"]) != "" {
		return fetchList(ctx, r, s, last)
	}
	read, err := getArticle(ctx, r.Client, fetch.Get{
		URL: r.Source.Address, Private: r.Source.Private, ETag: last.ETag, Modified: last.Modified,
		Header: gather.Authorization(r.Source, r.Source.Address),
	}, r.Now, s)
	result := resultOf(read.Response)
	if err != nil || result.NotModified {
		return result, err
	}
	result.Notes, result.Problems = read.Article.Notes, read.Article.missed
	doc := document(r, read)
	hash := doc.Hash()
	next := cursor{ETag: read.Response.ETag, Modified: read.Response.Modified, Content: base64.RawStdEncoding.EncodeToString(hash[:16])}
	documents := []centre.Document{doc}
	if next.Content == last.Content {
		documents, result.NotModified = nil, true
		if next.ETag == last.ETag && next.Modified == last.Modified {
			return result, nil
		}
	}
	encoded, err := json.Marshal(next)
	if err != nil {
		return result, err
	}
	return result, r.Yield(ctx, documents, encoded)
}

// resultOf is what an answer says of the fetch; empty where there was none.
func resultOf(response *fetch.Response) (result gather.Result) {
	if response != nil {
		result.Bytes, result.MovedTo, result.NotModified, result.Wait = response.Bytes, response.MovedTo, response.NotModified, response.MaxAge
	}
	return result
}

func document(r gather.Request, read Read) centre.Document {
	a := read.Article
	d := centre.Document{
		Source: r.Source.ID, ExternalID: a.Canonical, URL: a.Canonical,
		Title: a.Title, Author: a.Author, Published: a.Published, Updated: a.Updated, Fetched: r.Now,
		MediaType: read.MediaType, Body: a.HTML, Language: firstOf(a.Language, r.Source.Language, read.Response.Language), Problems: a.Problems,
	}
	if a.Dateline != "" {
		d.Properties = []centre.Property{{Name: "dateline", Value: a.Dateline}}
	}
	return d
}
