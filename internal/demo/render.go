package demo

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// body is one thing that an outlet serves.
type body struct {
	mediaType string
	bytes     []byte
}

// feed renders the editions as the outlet's feed. base is the address of the
// outlet's web server, without a slash at its end.
func (o *Outlet) feed(base string, editions []edition) (body, error) {
	var b body
	var err error
	switch o.Format {
	case RSS20, RSS092:
		b.mediaType = "application/rss+xml"
		b.bytes, err = o.xml(o.rss(base, editions))
	case Atom:
		b.mediaType = "application/atom+xml"
		b.bytes, err = o.xml(o.atom(base, editions))
	case JSONFeed:
		b.mediaType = "application/feed+json"
		b.bytes, err = json.MarshalIndent(o.jsonFeed(base, editions), "", "  ")
	default:
		err = fmt.Errorf("the format %q has no feed", o.Format)
	}
	return b, err
}

// content is the HTML that a feed carries: the whole text, or the first
// paragraph where the outlet wants to be followed to its pages.
func (o *Outlet) content(e edition) string {
	shown := e.Paragraphs
	if o.Follow {
		shown = shown[:1]
	}
	var b strings.Builder
	for _, p := range shown {
		b.WriteString("<p>" + template.HTMLEscapeString(p) + "</p>\n")
	}
	return b.String()
}

// guid names an item for ever, whatever port its outlet got this time.
func (o *Outlet) guid(e edition) string { return "tag:" + o.Slug + ".example,2015:" + e.ID }

type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr,omitempty"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description string   `xml:"description"`
	Encoded     string   `xml:"content:encoded,omitempty"`
	Published   string   `xml:"pubDate,omitempty"`
	GUID        *rssGUID `xml:"guid"`
}

type rssGUID struct {
	Permanent bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

// rss makes RSS 2.0 or 0.92 (https://cyber.harvard.edu/rss/). The older one
// has its whole text in the description.
func (o *Outlet) rss(base string, editions []edition) rssFeed {
	f := rssFeed{Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", Channel: rssChannel{
		Title: o.Name, Link: base + "/", Description: notice, Language: o.Language,
	}}
	if o.Format == RSS092 {
		f.Version, f.Content = "0.92", ""
	}
	for _, e := range editions {
		item := rssItem{Title: e.Title, Link: base + pagePath(e.ID), Description: o.content(e)}
		if o.Format == RSS20 {
			item.Description, item.Encoded = e.Paragraphs[0], o.content(e)
			if !e.Published.IsZero() {
				item.Published = e.Published.Format(time.RFC1123Z)
			}
			if !e.NoGUID {
				item.GUID = &rssGUID{Value: o.guid(e)}
			}
		}
		f.Channel.Items = append(f.Channel.Items, item)
	}
	return f
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Base    string      `xml:"xml:base,attr"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Sub     string      `xml:"subtitle"`
	Author  string      `xml:"author>name"`
	Updated string      `xml:"updated,omitempty"`
	Link    atomLink    `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published,omitempty"`
	Updated   string   `xml:"updated,omitempty"`
	Content   atomText `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// atom makes Atom (RFC 4287); addresses in it are relative to its xml:base.
func (o *Outlet) atom(base string, editions []edition) atomFeed {
	f := atomFeed{
		Base: base + "/items/", Lang: o.Language, ID: "tag:" + o.Slug + ".example,2015:feed",
		Title: o.Name, Sub: notice, Author: o.Name, Link: atomLink{"alternate", "../"},
	}
	var newest time.Time
	for _, e := range editions {
		entry := atomEntry{
			ID: o.guid(e), Title: e.Title, Link: atomLink{"alternate", e.ID + ".html"},
			Content: atomText{"html", o.content(e)},
		}
		if !e.Published.IsZero() {
			last := e.Published
			if !e.Updated.IsZero() {
				last = e.Updated
			}
			entry.Published, entry.Updated = e.Published.Format(time.RFC3339), last.Format(time.RFC3339)
			if last.After(newest) {
				newest = last
			}
		}
		f.Entries = append(f.Entries, entry)
	}
	if !newest.IsZero() {
		f.Updated = newest.Format(time.RFC3339)
	}
	return f
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Description string     `json:"description"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string     `json:"id"`
	URL       string     `json:"url"`
	Title     string     `json:"title"`
	HTML      string     `json:"content_html"`
	Published *time.Time `json:"date_published,omitempty"`
	Modified  *time.Time `json:"date_modified,omitempty"`
}

// jsonFeed makes a JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
func (o *Outlet) jsonFeed(base string, editions []edition) jsonFeed {
	f := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: o.Name, Home: base + "/",
		Description: notice, Language: o.Language, Items: []jsonItem{},
	}
	for _, e := range editions {
		item := jsonItem{ID: o.guid(e), URL: base + pagePath(e.ID), Title: e.Title, HTML: o.content(e)}
		if !e.Published.IsZero() {
			item.Published = &e.Published
		}
		if !e.Updated.IsZero() {
			item.Modified = &e.Updated
		}
		f.Items = append(f.Items, item)
	}
	return f
}

// xml writes v in the outlet's charset, which its declaration names truly even
// where the header does not.
func (o *Outlet) xml(v any) ([]byte, error) {
	text, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, err
	}
	charset := o.Charset
	if charset == "" {
		charset = "utf-8"
	}
	return o.encode([]byte(`<?xml version="1.0" encoding="` + charset + `"?>` + "\n" + string(text) + "\n"))
}

// page renders one edition as a page of the outlet's site, with the furniture
// that a reader must tell from the text. A nil edition gives the front page.
func (o *Outlet) page(e *edition, front []edition) (body, error) {
	data := struct {
		Outlet    *Outlet
		Charset   string
		Direction string
		Notice    string
		Item      *edition
		Front     []edition
	}{o, o.Charset, "ltr", notice, e, front}
	if data.Charset == "" {
		data.Charset = "utf-8"
	}
	if o.Language == "ar" || o.Language == "fa" {
		data.Direction = "rtl"
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, data); err != nil {
		return body{}, err
	}
	encoded, err := o.encode(b.Bytes())
	return body{"text/html", encoded}, err
}

// encode turns UTF-8 into the outlet's charset. What that charset does not
// have becomes a character reference, which XML and HTML both understand.
func (o *Outlet) encode(text []byte) ([]byte, error) {
	e, err := encoderOf(o.Charset)
	if err != nil || e == nil {
		return text, err
	}
	return encoding.HTMLEscapeUnsupported(e.NewEncoder()).Bytes(text)
}

// encoderOf gives nil for UTF-8.
func encoderOf(charset string) (encoding.Encoding, error) {
	switch charset {
	case "", "utf-8":
		return nil, nil
	case "windows-1251":
		return charmap.Windows1251, nil
	case "windows-1256":
		return charmap.Windows1256, nil
	}
	return nil, fmt.Errorf("%q is not a charset that the demo can write", charset)
}
