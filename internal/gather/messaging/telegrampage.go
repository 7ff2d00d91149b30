package messaging

import (
	"bytes"
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// telegramPages are the public preview pages of a channel, some twenty posts
// each, which lead back by "before" and the number of a post.
type telegramPages struct {
	r       gather.Request
	address *url.URL
}

// telegramAddress is the preview page of a channel: t.me/name and t.me/name/12
// lead to t.me/s/name. Other hosts keep their path.
func telegramAddress(u *url.URL) *url.URL {
	own := *u
	own.RawQuery, own.Fragment = "", ""
	host := strings.ToLower(u.Hostname())
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if host != "t.me" && host != "telegram.me" || parts[0] == "" {
		return &own
	}
	if parts[0] == "s" && len(parts) > 1 {
		parts = parts[1:]
	}
	own.Path = "/s/" + strings.TrimPrefix(parts[0], "@")
	return &own
}

func (t telegramPages) page(ctx context.Context, token string, get fetch.Get) (page, error) {
	u := *t.address
	if token != "" {
		u.RawQuery = url.Values{"before": {token}}.Encode()
	}
	get.URL, get.Robots, get.Accept = u.String(), true, "text/html"
	response, err := t.r.Client.Get(ctx, get)
	if err != nil || response.NotModified {
		return page{response: response}, err
	}
	p, err := parseTelegramPage([]byte(fetch.ToUTF8(response.Body, response.ContentType).UTF8))
	p.response = response
	return p, err
}

func recogniseTelegramPage(_ string, head []byte) float64 {
	if bytes.Contains(head, []byte("tgme_widget_message")) && bytes.Contains(head, []byte("data-post=")) {
		return 0.95
	}
	return 0
}

// maxElements bounds the work on one page.
const maxElements = 200_000

// parseTelegramPage reads a preview page. The platform writes no standard for
// it: what is relied on are the names of its classes.
func parseTelegramPage(body []byte) (page, error) {
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return page{}, notThis("Telegram", "its elements lie too deep in one another")
	}
	var p page
	elements, channel := 0, false
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if elements++; elements > maxElements {
			return page{}, notThis("Telegram", "it holds too many elements")
		}
		switch {
		case class(n, "tgme_channel_info") || class(n, "tgme_channel_history"):
			channel = true
		case class(n, "tgme_channel_info_header_title") && p.title == "":
			p.title = gather.PlainLine(textOf(n))
		case class(n, "tme_messages_more") && attr(n, "data-before") != "":
			p.next = attr(n, "data-before")
		case class(n, "tgme_widget_message") && attr(n, "data-post") != "":
			channel = true
			d, why := telegramPost(n)
			switch {
			case why != "":
				p.problems = append(p.problems, "The post "+gather.PlainLine(attr(n, "data-post"))+" "+why+"; it was left out.")
			case d.ExternalID != "":
				p.docs = append(p.docs, d)
			}
		}
	}
	if !channel {
		return page{}, notThis("Telegram's public channels", "it holds no posts; perhaps the channel has no public preview, or the name is a person's")
	}
	if !number.MatchString(p.next) {
		p.next = ""
	}
	slices.Reverse(p.docs)
	return p, nil
}

var (
	number   = regexp.MustCompile(`^[0-9]{1,15}$`)
	postName = regexp.MustCompile(`^[A-Za-z0-9_]{1,64}/[0-9]{1,15}$`)
	imageURL = regexp.MustCompile(`background-image:\s*url\(['"]?(https?://[^'")\s]+)`)
)

// telegramPost reads one post; why is a reason to leave it out. A service post
// ("channel created", "message pinned") gives neither.
func telegramPost(n *html.Node) (d centre.Document, why string) {
	id := attr(n, "data-post")
	if !postName.MatchString(id) {
		return d, "has a name that is none"
	}
	if class(n, "service_message") {
		return centre.Document{}, ""
	}
	d.ExternalID, d.URL = id, "https://t.me/"+id
	own, _, _ := strings.Cut(id, "/")
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode {
				continue
			}
			switch {
			case class(c, "tgme_widget_message_reply"):
				if target := postOf(attr(c, "href")); target != "" {
					property(&d, "reply_to", "https://t.me/"+target)
					if strings.HasPrefix(target, own+"/") {
						d.PartOf = target
					}
				}
				continue // holds the words of the other post
			case class(c, "tgme_widget_message_owner_name") && d.Author == "":
				d.Author = textOf(c)
			case class(c, "tgme_widget_message_forwarded_from_name"):
				property(&d, "forwarded_from", textOf(c))
				if target := webAddress(attr(c, "href")); target != "" {
					property(&d, "repost_of", target)
				}
			case class(c, "tgme_widget_message_text") && class(c, "js-message_text") && d.Body == "":
				d.MediaType, d.Body = "text/html", inner(c)
				continue
			case class(c, "tgme_widget_message_photo_wrap"):
				if m := imageURL.FindStringSubmatch(attr(c, "style")); m != nil {
					enclose(&d, m[1], "image/jpeg", "")
				}
			case c.Data == "video" || c.Data == "audio":
				kind := map[string]string{"video": "video/mp4", "audio": "audio/ogg"}[c.Data]
				enclose(&d, attr(c, "src"), kind, "")
			case class(c, "tgme_widget_message_document_title"):
				enclose(&d, "", "", textOf(c))
			case class(c, "tgme_widget_message_meta"):
				d.Published = telegramTime(c)
				if strings.HasPrefix(strings.TrimSpace(textOf(c)), "edited") {
					property(&d, "edited", "yes") // the page does not say when
				}
				continue
			}
			walk(c)
		}
	}
	walk(n)
	if d.Body == "" && len(d.Enclosures) == 0 {
		return centre.Document{}, "holds neither text nor a file that the page shows"
	}
	return d, ""
}

// telegramTime reads the time element of a post, which has its zone.
func telegramTime(n *html.Node) centre.Moment {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == "time" {
			if at, err := time.Parse(time.RFC3339, attr(d, "datetime")); err == nil {
				return centre.Moment{Time: at.UTC(), Precision: centre.PrecisionSecond, Basis: centre.BasisPage}
			}
		}
	}
	return centre.Moment{}
}

// postOf gives the name of the post that an address of the platform leads to.
func postOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if name := strings.TrimPrefix(strings.Trim(u.Path, "/"), "s/"); postName.MatchString(name) {
		return name
	}
	return ""
}

func class(n *html.Node, name string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	return slices.Contains(strings.Fields(attr(n, "class")), name)
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf gives the text in an element, on one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && b.Len() < 4000 {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// inner writes what is in an element, links and line breaks kept, scripts and
// styles not.
func inner(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(html.EscapeString(c.Data))
			case c.Type != html.ElementNode || c.Data == "script" || c.Data == "style":
			case c.Data == "br":
				b.WriteString("<br>")
			case c.Data == "a" && webAddress(attr(c, "href")) != "":
				b.WriteString(`<a href="` + html.EscapeString(webAddress(attr(c, "href"))) + `">`)
				walk(c)
				b.WriteString("</a>")
			case c.Data == "p" || c.Data == "blockquote" || c.Data == "pre":
				b.WriteString("<" + c.Data + ">")
				walk(c)
				b.WriteString("</" + c.Data + ">")
			default:
				walk(c)
			}
		}
	}
	walk(n)
	return strings.TrimSpace(b.String())
}

func property(d *centre.Document, name, value string) {
	if strings.TrimSpace(value) != "" {
		d.Properties = append(d.Properties, centre.Property{Name: name, Value: value})
	}
}

// enclose adds a file, once; at most as many as platforms allow in one post.
func enclose(d *centre.Document, address, media, title string) {
	address = webAddress(address)
	e := centre.Enclosure{URL: address, MediaType: media, Title: title}
	if address == "" && title == "" || len(d.Enclosures) >= 20 || slices.Contains(d.Enclosures, e) {
		return
	}
	d.Enclosures = append(d.Enclosures, e)
}
