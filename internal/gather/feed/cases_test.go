package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/feed"
	"entente/internal/gather/fetch"
)

// A oneCase is a piece of a feed and what must be read from it. want holds
// "field=value" parts divided by " | "; fields that are not named are not
// looked at, but for problems, of which there are none where none are named.
type oneCase struct{ name, text, want string }

const spacesOfAll = ` xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:georss="http://www.georss.org/georss" xmlns:gml="http://www.opengis.net/gml" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"`

// The frames that a case may stand in.
func rssItem(text string) string {
	return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"` + spacesOfAll + `><channel><title>T</title><link>https://example.org/site/</link><item>` + text + `</item></channel></rss>`
}

func rssChannel(text string) string {
	return `<rss version="2.0"` + spacesOfAll + `><channel>` + text + `<item><title>one</title></item></channel></rss>`
}

func atomEntry(text string) string {
	return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"` + spacesOfAll + `><title>T</title><id>urn:f</id><updated>2015-09-26T00:00:00Z</updated><entry>` + text + `</entry></feed>`
}

func atomFeed(text string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom">` + text + `<entry><id>urn:1</id><title>one</title></entry></feed>`
}

func atom03(text string) string {
	return `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry>` + text + `</entry></feed>`
}

func rdfItem(text string) string {
	return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"` + spacesOfAll + `><channel rdf:about="https://example.org/rdf"><title>T</title><link>https://example.org/site/</link></channel><item rdf:about="https://example.org/a">` + text + `</item></rdf:RDF>`
}

func jsonItem(text string) string {
	return `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1",` + text + `}]}`
}

func asIs(text string) string { return text }

// fieldsOf gives what was read by the names that cases use.
func fieldsOf(f feed.Feed) map[string]string {
	moment := func(m centre.Moment) string {
		if !m.Known() {
			return ""
		}
		return m.Time.Format("2006-01-02T15:04:05Z") + " " + string(m.Precision)
	}
	problems := len(f.Problems)
	var titles []string
	for _, i := range f.Items {
		problems += len(i.Problems)
		titles = append(titles, i.Title)
	}
	out := map[string]string{
		"feed": f.Title, "site": f.Link, "feedlang": f.Language, "hub": f.Hub, "topic": f.Topic, "ttl": fmt.Sprint(f.TTL), "format": f.Format,
		"skip": fmt.Sprint(f.SkipHours, f.SkipDays), "items": fmt.Sprint(len(f.Items)), "titles": strings.Join(titles, ","),
		"problems": fmt.Sprint(problems), "whole": fmt.Sprint(f.Whole), "feedproblem": strings.Join(f.Problems, " "),
	}
	if len(f.Items) == 0 {
		return out
	}
	i := f.Items[0]
	var enclosures, properties []string
	for _, e := range i.Enclosures {
		enclosures = append(enclosures, strings.TrimSpace(fmt.Sprint(e.URL, " ", e.MediaType, " ", e.Length, " ", e.Title)))
	}
	for _, p := range i.Properties {
		properties = append(properties, p.Name+": "+p.Value)
	}
	geo := string(i.Geometry)
	if i.Point.Known {
		geo = fmt.Sprint("point ", i.Point.Lon, " ", i.Point.Lat) + geo
	}
	for name, value := range map[string]string{
		"guid": i.GUID, "title": i.Title, "link": i.Link, "author": i.Author, "body": i.Body, "type": i.MediaType, "lang": i.Language,
		"pub": moment(i.Published), "upd": moment(i.Updated), "geo": geo, "enc": strings.Join(enclosures, ", "), "prop": strings.Join(properties, ", "),
		"problem": strings.Join(i.Problems, " "),
	} {
		out[name] = value
	}
	return out
}

func runCases(t *testing.T, frame func(string) string, cases []oneCase) {
	t.Helper()
	seen := map[string]bool{}
	for _, c := range cases {
		if seen[c.name] {
			t.Errorf("two cases are named %q", c.name)
		}
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			f, err := feed.Parse(fetch.ToUTF8([]byte(frame(c.text)), "").UTF8, base(t), now)
			if err != nil {
				t.Fatal(err)
			}
			got := fieldsOf(f)
			want := c.want
			if !strings.Contains(want, "problem") {
				want += " | problems=0"
			}
			for _, part := range strings.Split(strings.TrimPrefix(want, " | "), " | ") {
				name, value, _ := strings.Cut(part, "=")
				if strings.HasSuffix(name, "problem") { // a part of it is enough
					if !strings.Contains(got[name], value) {
						t.Errorf("%s is %q, without %q", name, got[name], value)
					}
					continue
				}
				if _, known := got[name]; !known || got[name] != value {
					t.Errorf("%s is %q, want %q; problems %q %q", name, got[name], value, got["feedproblem"], got["problem"])
				}
			}
		})
	}
}
