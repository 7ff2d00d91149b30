package messaging

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// mastodonPages are a public timeline of the REST interface (docs.joinmastodon.org,
// "timelines" and "accounts"): arrays of statuses, newest first, which lead back
// by "max_id" as the Link header says (RFC 8288).
type mastodonPages struct {
	r   gather.Request
	api *url.URL
}

// perPage is the most that the interface gives at once.
const perPage = "40"

// fetchMastodon finds the timeline of an address and follows it.
func fetchMastodon(ctx context.Context, r gather.Request, u *url.URL) (gather.Result, error) {
	api := *u
	api.Fragment, api.RawQuery = "", ""
	query := url.Values{"limit": {perPage}}
	var looked int64
	switch {
	case strings.HasPrefix(u.Path, "/@"):
		name, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/@"), "/")
		last := readCursor(r.Cursor)
		if last.Account == "" {
			account, n, err := lookup(ctx, r, u, name)
			if err != nil {
				return gather.Result{Bytes: n}, err
			}
			looked, last.Account = n, account
			last.ETag, last.Modified = "", ""
			encoded, err := json.Marshal(last)
			if err != nil {
				return gather.Result{}, err
			}
			r.Cursor = encoded
		}
		api.Path = "/api/v1/accounts/" + last.Account + "/statuses"
	case strings.HasPrefix(u.Path, "/tags/"):
		api.Path = "/api/v1/timelines/tag/" + path.Base(u.Path)
	case u.Path == "/public" || u.Path == "/public/local":
		api.Path = "/api/v1/timelines/public"
		if u.Path == "/public/local" {
			query.Set("local", "true")
		}
	default:
		query = u.Query() // an address of the interface, as it was given
		if query.Get("limit") == "" {
			query.Set("limit", perPage)
		}
	}
	api.RawQuery = query.Encode()
	result, err := follow(ctx, r, mastodonPages{r, &api})
	result.Bytes += looked
	return result, err
}

// lookup asks for the id of an account.
func lookup(ctx context.Context, r gather.Request, u *url.URL, name string) (id string, n int64, err error) {
	at := *u
	at.Path, at.Fragment, at.RawQuery = "/api/v1/accounts/lookup", "", url.Values{"acct": {name}}.Encode()
	response, err := r.Client.Get(ctx, fetch.Get{URL: at.String(), Private: r.Source.Private, Accept: "application/json"})
	if err != nil {
		return "", 0, err
	}
	var account struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(response.Body, &account) != nil || account.ID == "" || url.PathEscape(account.ID) != account.ID {
		return "", response.Bytes, notThis("a Mastodon server", "it does not tell the account's id")
	}
	return account.ID, response.Bytes, nil
}

func (m mastodonPages) page(ctx context.Context, token string, get fetch.Get) (page, error) {
	u := *m.api
	if token != "" {
		query := u.Query()
		query.Set("max_id", token)
		u.RawQuery = query.Encode()
	}
	get.URL, get.Accept = u.String(), "application/json"
	response, err := m.r.Client.Get(ctx, get)
	if err != nil || response.NotModified {
		return page{response: response}, err
	}
	p, err := parseMastodon(response.Body)
	if next := nextOf(response.Header.Values("Link")); next != "" {
		p.next = next
	}
	p.response = response
	return p, err
}

// nextOf reads max_id from the Link header's rel="next"; "" where there is none.
func nextOf(headers []string) string {
	for _, header := range headers {
		for link := range strings.SplitSeq(header, ",") {
			address, params, _ := strings.Cut(link, ">")
			if !strings.Contains(strings.ReplaceAll(params, `"`, ""), "rel=next") {
				continue
			}
			if u, err := url.Parse(strings.TrimLeft(address, " <")); err == nil {
				return u.Query().Get("max_id")
			}
		}
	}
	return ""
}

// Recognition leans on the words that say who may read a post: a file of posts
// must not be taken for a plain table, which knows none of them.
var (
	aVisibility = regexp.MustCompile(`"visibility"\s*:\s*"(?:public|unlisted|private|direct)"`)
	ofAStatus   = regexp.MustCompile(`"(?:spoiler_text|account|created_at|reblog|media_attachments)"\s*:`)
)

func recogniseMastodon(_ string, head []byte) float64 {
	start := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	isJSON := bytes.HasPrefix(start, []byte("[")) || bytes.HasPrefix(start, []byte("{"))
	if isJSON && aVisibility.Match(head) && bytes.Contains(head, []byte(`"content"`)) && ofAStatus.Match(head) {
		return 0.95
	}
	return 0
}

// status is a post of the interface.
type status struct {
	ID               string    `json:"id"`
	CreatedAt        time.Time `json:"created_at"`
	EditedAt         time.Time `json:"edited_at"`
	URL              string    `json:"url"`
	URI              string    `json:"uri"`
	Visibility       string    `json:"visibility"`
	Content          string    `json:"content"` // HTML
	Spoiler          string    `json:"spoiler_text"`
	Language         string    `json:"language"`
	Account          account   `json:"account"`
	Reblog           *status   `json:"reblog"`
	ReplyTo          string    `json:"in_reply_to_id"`
	ReplyToAccount   string    `json:"in_reply_to_account_id"`
	MediaAttachments []struct {
		Type        string `json:"type"`
		URL         string `json:"url"`
		RemoteURL   string `json:"remote_url"`
		Description string `json:"description"`
	} `json:"media_attachments"`
	Poll *struct {
		Options []struct {
			Title string `json:"title"`
		} `json:"options"`
	} `json:"poll"`
}

type account struct {
	ID          string `json:"id"`
	Acct        string `json:"acct"`
	DisplayName string `json:"display_name"`
}

func (a account) name() string { return firstOf(a.DisplayName, a.Acct) }

// statuses gives the posts of an answer or a file: of an array, of the field
// "statuses" of a search's answer, or one after the other.
func statuses(body []byte) (all []json.RawMessage, ok bool) {
	in := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	for {
		var raw json.RawMessage
		if err := in.Decode(&raw); err != nil {
			return all, ok && err == io.EOF
		}
		ok = true
		var found struct {
			Statuses   []json.RawMessage
			Visibility string
		}
		var list []json.RawMessage
		switch {
		case json.Unmarshal(raw, &list) == nil:
			all = append(all, list...)
		case json.Unmarshal(raw, &found) == nil && found.Statuses != nil:
			all = append(all, found.Statuses...)
		case found.Visibility != "":
			all = append(all, raw)
		default:
			return all, false
		}
	}
}

// parseMastodon reads posts. Those that are not for everybody are left out: public
// timelines hold none, but a file that somebody saved may.
func parseMastodon(body []byte) (page, error) {
	all, ok := statuses(body)
	if !ok {
		return page{}, notThis("a Mastodon server", "it is no list of posts")
	}
	var p page
	hidden := 0
	for i, raw := range all {
		var s status
		if json.Unmarshal(raw, &s) != nil || s.ID == "" {
			p.problems = append(p.problems, fmt.Sprintf("Post %d, counted from the newest, has fields of the wrong kind; it was left out.", i+1))
			continue
		}
		p.next = s.ID
		if !s.public() || s.Reblog != nil && !s.Reblog.public() {
			hidden++
			continue
		}
		p.docs = append(p.docs, s.document())
	}
	if hidden > 0 {
		p.problems = append(p.problems, fmt.Sprintf("Posts that are not public were left out (%d).", hidden))
	}
	return p, nil
}

func (s *status) public() bool { return s.Visibility == "public" || s.Visibility == "unlisted" }

func (s *status) document() centre.Document {
	d := centre.Document{ExternalID: s.ID, URL: firstOf(webAddress(s.URL), s.URI), Author: s.Account.name(), Published: exact(s.CreatedAt)}
	property(&d, "account", s.Account.Acct)
	said := s
	if s.Reblog != nil { // the words are another's: the booster only passes them on
		said = s.Reblog
		d.Author = said.Account.name()
		property(&d, "repost_of", firstOf(webAddress(said.URL), said.URI))
		property(&d, "forwarded_from", said.Account.Acct)
		property(&d, "reposted_by", s.Account.name())
		d.URL = firstOf(webAddress(said.URL), d.URL)
	}
	d.Title, d.Language = said.Spoiler, languageTag(said.Language)
	property(&d, "content_warning", said.Spoiler)
	d.MediaType, d.Body = "text/html", said.Content
	if said.Poll != nil {
		var options strings.Builder
		for _, o := range said.Poll.Options[:min(len(said.Poll.Options), 20)] {
			options.WriteString("<li>" + html.EscapeString(o.Title) + "</li>")
		}
		d.Body += "<ul>" + options.String() + "</ul>"
	}
	d.Updated = exact(said.EditedAt)
	if s.ReplyTo != "" {
		property(&d, "reply_to", s.ReplyTo)
		if s.ReplyToAccount == s.Account.ID {
			d.PartOf = s.ReplyTo
		}
	}
	for _, m := range said.MediaAttachments {
		enclose(&d, firstOf(webAddress(m.URL), m.RemoteURL), "", gather.PlainLine(m.Description)) // the interface tells no media type
	}
	return d
}

// exact is an instant that an interface gives with its zone.
func exact(t time.Time) centre.Moment {
	if t.IsZero() {
		return centre.Moment{}
	}
	return centre.Moment{Time: t.UTC().Truncate(time.Millisecond), Precision: centre.PrecisionSecond, Basis: centre.BasisFeed}
}

// languageTag keeps what looks like a BCP 47 tag.
func languageTag(tag string) string {
	if len(tag) < 2 || len(tag) > 35 || strings.ContainsFunc(tag, func(r rune) bool {
		return !(r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	}) || tag == "und" || tag == "zxx" {
		return ""
	}
	return tag
}
