package messaging

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// blueskyPages are the feed of an account as an AppView gives it without a
// name and password (lexicon app.bsky.feed.getAuthorFeed).
type blueskyPages struct {
	r   gather.Request
	api *url.URL
}

const feedPath = "/xrpc/app.bsky.feed.getAuthorFeed"

// blueskyAddress turns a profile's page into the interface's address at the
// public AppView; other addresses stay.
func blueskyAddress(u *url.URL) *url.URL {
	own := *u
	own.Fragment = ""
	if name, found := strings.CutPrefix(u.Path, "/profile/"); found {
		name, _, _ = strings.Cut(name, "/")
		if strings.EqualFold(u.Hostname(), "bsky.app") {
			own.Host = "public.api.bsky.app"
		}
		own.Path, own.RawQuery = feedPath, url.Values{"actor": {name}, "limit": {"50"}}.Encode()
	}
	return &own
}

func (b blueskyPages) page(ctx context.Context, token string, get fetch.Get) (page, error) {
	u := *b.api
	if token != "" {
		query := u.Query()
		query.Set("cursor", token)
		u.RawQuery = query.Encode()
	}
	get.URL, get.Accept = u.String(), "application/json"
	response, err := b.r.Client.Get(ctx, get)
	if err != nil || response.NotModified {
		return page{response: response}, err
	}
	p, err := parseBluesky(response.Body)
	p.response = response
	return p, err
}

func recogniseBluesky(_ string, head []byte) float64 {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	isJSON := bytes.HasPrefix(start, []byte("[")) || bytes.HasPrefix(start, []byte("{"))
	if isJSON && bytes.Contains(head, []byte(`"at://`)) && bytes.Contains(head, []byte("app.bsky.feed.post")) && bytes.Contains(head, []byte(`"record"`)) {
		return 0.95
	}
	return 0
}

// feedItem is a feedViewPost of the lexicon app.bsky.feed.defs.
type feedItem struct {
	Post   postView `json:"post"`
	Reason *struct {
		Type      string    `json:"$type"`
		By        profile   `json:"by"`
		IndexedAt time.Time `json:"indexedAt"`
	} `json:"reason"`
}

type profile struct {
	DID         string `json:"did"`
	Handle      string `json:"handle"`
	DisplayName string `json:"displayName"`
	Labels      labels `json:"labels"`
}

func (p profile) name() string { return firstOf(p.DisplayName, p.Handle, p.DID) }

type labels []struct {
	Value string `json:"val"`
}

// signedInOnly is the label of accounts that ask not to be shown to readers who
// are not signed in.
func (l labels) signedInOnly() bool {
	return slices.ContainsFunc(l, func(one struct {
		Value string `json:"val"`
	}) bool {
		return one.Value == "!no-unauthenticated"
	})
}

type postView struct {
	URI    string  `json:"uri"`
	Author profile `json:"author"`
	Record struct {
		Text      string    `json:"text"`
		CreatedAt time.Time `json:"createdAt"` // as the author's program claims
		Languages []string  `json:"langs"`
		Facets    []facet   `json:"facets"`
		Reply     *struct {
			Parent struct {
				URI string `json:"uri"`
			} `json:"parent"`
		} `json:"reply"`
	} `json:"record"`
	Embed     *embed    `json:"embed"`
	IndexedAt time.Time `json:"indexedAt"`
	Labels    labels    `json:"labels"`
}

// facet is something about a part of the text, by its bytes as UTF-8.
type facet struct {
	Index struct {
		Start int `json:"byteStart"`
		End   int `json:"byteEnd"`
	} `json:"index"`
	Features []struct {
		Type string `json:"$type"`
		URI  string `json:"uri"`
	} `json:"features"`
}

// embed is what a post shows besides its text; of a quote with pictures, Media
// holds the pictures and Record the quote.
type embed struct {
	Type   string `json:"$type"`
	Images []struct {
		Fullsize string `json:"fullsize"`
		Alt      string `json:"alt"`
	} `json:"images"`
	Playlist string `json:"playlist"`
	External *struct {
		URI         string `json:"uri"`
		Title       string `json:"title"`
		Description string `json:"description"`
	} `json:"external"`
	Record *struct {
		URI    string `json:"uri"`
		Record *struct {
			URI string `json:"uri"`
		} `json:"record"`
	} `json:"record"`
	Media *embed `json:"media"`
}

// feedItems gives the posts of an answer or a file: feedViewPosts under "feed", or
// in an array; postViews under "posts", in an array, or alone.
func feedItems(body []byte) (items []json.RawMessage, next string, ok bool) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	var answer struct {
		Feed   *[]json.RawMessage `json:"feed"`
		Posts  *[]json.RawMessage `json:"posts"`
		Post   json.RawMessage    `json:"post"`
		URI    string             `json:"uri"`
		Cursor string             `json:"cursor"`
	}
	if json.Unmarshal(body, &items) == nil {
		return items, "", true
	}
	if json.Unmarshal(body, &answer) != nil {
		return nil, "", false
	}
	switch {
	case answer.Feed != nil:
		return *answer.Feed, answer.Cursor, true
	case answer.Posts != nil:
		return *answer.Posts, answer.Cursor, true
	}
	return []json.RawMessage{body}, "", answer.Post != nil || answer.URI != ""
}

func parseBluesky(body []byte) (page, error) {
	all, next, ok := feedItems(body)
	if !ok {
		return page{}, notThis("a Bluesky AppView", "it holds no feed")
	}
	p := page{next: next}
	hidden := 0
	for i, raw := range all {
		var item feedItem
		err := json.Unmarshal(raw, &item)
		if err == nil && item.Post.URI == "" {
			err = json.Unmarshal(raw, &item.Post)
		}
		if err != nil || postPage(item.Post.URI) == "" {
			p.problems = append(p.problems, fmt.Sprintf("Post %d, counted from the newest, has fields of the wrong kind; it was left out.", i+1))
			continue
		}
		if item.Post.Author.Labels.signedInOnly() || item.Post.Labels.signedInOnly() {
			hidden++
			continue
		}
		p.docs = append(p.docs, item.document())
	}
	if hidden > 0 {
		p.problems = append(p.problems, fmt.Sprintf("Posts of accounts that ask not to be shown to readers who are not signed in were left out (%d).", hidden))
	}
	return p, nil
}

func (item feedItem) document() centre.Document {
	post := item.Post
	d := centre.Document{ExternalID: post.URI, URL: postPage(post.URI), Author: post.Author.name(), Published: exact(post.Record.CreatedAt)}
	property(&d, "account", post.Author.Handle)
	if item.Reason != nil && strings.HasSuffix(item.Reason.Type, "#reasonRepost") {
		// The same words may come as the author's own post: the repost is
		// another act, at another time.
		d.ExternalID += "#repost:" + item.Reason.By.DID
		d.Published = exact(item.Reason.IndexedAt)
		property(&d, "repost_of", d.URL)
		property(&d, "forwarded_from", post.Author.Handle)
		property(&d, "reposted_by", item.Reason.By.name())
	}
	if len(post.Record.Languages) == 1 {
		d.Language = languageTag(post.Record.Languages[0])
	}
	d.MediaType, d.Body = "text/html", linked(post.Record.Text, post.Record.Facets)
	if r := post.Record.Reply; r != nil && r.Parent.URI != "" {
		property(&d, "reply_to", firstOf(postPage(r.Parent.URI), r.Parent.URI))
		if authorOf(r.Parent.URI) == authorOf(post.URI) {
			d.PartOf = r.Parent.URI
		}
	}
	post.Embed.add(&d, 0)
	return d
}

func (e *embed) add(d *centre.Document, depth int) {
	if e == nil || depth > 2 {
		return
	}
	for _, i := range e.Images {
		enclose(d, i.Fullsize, "image/jpeg", gather.PlainLine(i.Alt))
	}
	enclose(d, e.Playlist, "application/vnd.apple.mpegurl", "")
	if x := e.External; x != nil && webAddress(x.URI) != "" {
		d.Body += `<p><a href="` + html.EscapeString(x.URI) + `">` + html.EscapeString(firstOf(x.Title, x.URI)) + `</a> ` + html.EscapeString(x.Description) + `</p>`
	}
	if r := e.Record; r != nil {
		uri := r.URI
		if r.Record != nil {
			uri = r.Record.URI
		}
		property(d, "quote_of", firstOf(postPage(uri), uri))
	}
	e.Media.add(d, depth+1)
}

// linked makes HTML of a text and its links. A facet whose bytes are not whole
// letters of the text, or that overlaps another, is left out: its words stay.
func linked(text string, facets []facet) string {
	facets = slices.Clone(facets)
	slices.SortStableFunc(facets, func(a, b facet) int { return a.Index.Start - b.Index.Start })
	var b strings.Builder
	at := 0
	write := func(s string) { b.WriteString(strings.ReplaceAll(html.EscapeString(s), "\n", "<br>")) }
	for _, f := range facets {
		start, end := f.Index.Start, f.Index.End
		if start < at || end <= start || end > len(text) || !utf8.RuneStart(text[start]) || end < len(text) && !utf8.RuneStart(text[end]) {
			continue
		}
		for _, feature := range f.Features {
			if address := webAddress(feature.URI); strings.HasSuffix(feature.Type, "#link") && address != "" {
				write(text[at:start])
				b.WriteString(`<a href="` + html.EscapeString(address) + `">`)
				write(text[start:end])
				b.WriteString("</a>")
				at = end
				break
			}
		}
	}
	write(text[at:])
	return "<p>" + b.String() + "</p>"
}

// authorOf gives the account of a record's address: at://did/collection/key.
func authorOf(uri string) string {
	account, _, _ := strings.Cut(strings.TrimPrefix(uri, "at://"), "/")
	return account
}

// postPage gives the page at which a person can read a post; "" for what is none.
func postPage(uri string) string {
	parts := strings.Split(strings.TrimPrefix(uri, "at://"), "/")
	if !strings.HasPrefix(uri, "at://") || len(uri) > 300 || len(parts) != 3 || parts[1] != "app.bsky.feed.post" || parts[0] == "" || parts[2] == "" {
		return ""
	}
	return webAddress("https://bsky.app/profile/" + parts[0] + "/post/" + parts[2])
}
