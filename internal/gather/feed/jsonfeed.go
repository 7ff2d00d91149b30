package feed

import (
	"bytes"
	"encoding/json"
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
)

// parseJSON reads JSON Feed 1.0 and 1.1. Each member is read by itself: one of
// the wrong type counts as missing, and of a feed that breaks off the items
// before the break are read.
func parseJSON(text string, base *url.URL, now time.Time) (Feed, error) {
	f := Feed{Format: "json", Whole: true}
	d := json.NewDecoder(strings.NewReader(text))
	head := map[string]json.RawMessage{}
	var items []json.RawMessage
	var broken error
	if _, err := d.Token(); err != nil {
		broken = err
	}
	for broken == nil && d.More() {
		key, err := d.Token()
		if err != nil {
			broken = err
			break
		}
		if key == "items" {
			items, broken = readItems(d)
			continue
		}
		var value json.RawMessage
		if broken = d.Decode(&value); broken == nil {
			head[fmt.Sprint(key)] = value
		}
	}
	if broken == nil {
		_, broken = d.Token()
	}
	version := textOf(head["version"])
	isFeed := strings.Contains(version, "jsonfeed.org/version/")
	if !isFeed && (broken != nil && items == nil || broken == nil && (items == nil || head["type"] != nil)) {
		if broken != nil {
			return Feed{}, centre.Invalid("%s is JSON that is damaged, and no JSON Feed could be read from it; check the address, or tell its owner.", where(base))
		}
		return Feed{}, centre.Invalid("%s is JSON, but no JSON Feed: it names no version of jsonfeed.org; check the address.", where(base))
	}
	if broken != nil {
		f.Whole = false
		f.Problems = append(f.Problems, fmt.Sprintf("The JSON breaks off or is damaged; the %d items before that were read. Tell its owner.", len(items)))
	}
	if len(items) > maxItems {
		f.Problems = append(f.Problems, fmt.Sprintf("It is larger than what is read at one time; the first %d items were read.", maxItems))
		items = items[:maxItems]
	}
	f.fromJSON(head, base)
	authors := authorsJSON(head)
	bad := 0
	for _, raw := range items {
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) != nil || members == nil {
			bad++
			continue
		}
		if item := itemJSON(members, f.linkBase(base), now); !item.empty() {
			item.Author = firstOf(item.Author, authors)
			f.Items = append(f.Items, item)
		} else {
			bad++
		}
	}
	if bad > 0 {
		f.Problems = append(f.Problems, counted(bad, "is empty or no JSON object; it was", "are empty or no JSON objects; they were")+" left out.")
	}
	return f, nil
}

// readItems reads the list of items, whole values one by one.
func readItems(d *json.Decoder) (items []json.RawMessage, err error) {
	items = []json.RawMessage{}
	start, err := d.Token()
	if err != nil {
		return items, err
	}
	if start != json.Delim('[') {
		return items, errors.New("items is no list")
	}
	for d.More() && len(items) <= maxItems {
		var item json.RawMessage
		if err := d.Decode(&item); err != nil {
			return items, err
		}
		items = append(items, item)
	}
	if len(items) > maxItems { // the rest is passed over
		_, err = io.Copy(io.Discard, d.Buffered())
		return items, err
	}
	_, err = d.Token()
	return items, err
}

func (f *Feed) fromJSON(head map[string]json.RawMessage, base *url.URL) {
	f.Title = gather.Line(textOf(head["title"]))
	f.Topic = absolute(textOf(head["feed_url"]), base)
	f.Link = absolute(textOf(head["home_page_url"]), base)
	f.Language = languageTag(textOf(head["language"]))
	var hubs []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	}
	if json.Unmarshal(head["hubs"], &hubs) == nil {
		for _, h := range hubs {
			if strings.EqualFold(h.Type, "websub") || strings.EqualFold(h.Type, "pubsubhubbub") {
				f.Hub = firstOf(f.Hub, absolute(h.URL, base))
			}
		}
	}
}

// linkBase is what relative links start from: the document's address, else the
// one that it names itself.
func (f *Feed) linkBase(base *url.URL) *url.URL {
	if base.Host != "" {
		return base
	}
	if u, err := url.Parse(firstOf(f.Topic, f.Link)); err == nil {
		return u
	}
	return base
}

func itemJSON(m map[string]json.RawMessage, base *url.URL, now time.Time) Item {
	i := Item{
		GUID:     name(gather.CleanText(strings.TrimSpace(textOf(m["id"])))),
		Title:    gather.Line(textOf(m["title"])),
		Author:   authorsJSON(m),
		Language: languageTag(textOf(m["language"])),
	}
	for _, link := range []string{textOf(m["url"]), textOf(m["external_url"]), web(i.GUID)} {
		if i.Link = absolute(link, base); i.Link != "" {
			break
		}
	}
	for _, form := range [...][2]string{{"content_html", "text/html"}, {"content_text", "text/plain"}, {"summary", "text/plain"}} {
		i.Body, i.MediaType = textOf(m[form[0]]), form[1]
		if i.finish(); i.Body != "" {
			break
		}
	}
	i.Published = i.date(textOf(m["date_published"]), now)
	i.Updated = i.date(textOf(m["date_modified"]), now)
	var attachments []map[string]json.RawMessage
	if json.Unmarshal(m["attachments"], &attachments) == nil {
		for _, a := range attachments[:min(len(attachments), 50)] {
			e := centre.Enclosure{URL: absolute(textOf(a["url"]), base), MediaType: mediaTypeOf(textOf(a["mime_type"])), Title: gather.Line(textOf(a["title"]))}
			if n, err := strconv.ParseFloat(textOf(a["size_in_bytes"]), 64); err == nil && n > 0 && n < 1<<53 {
				e.Length = int64(n)
			}
			if e.URL != "" && !slices.ContainsFunc(i.Enclosures, func(o centre.Enclosure) bool { return o.URL == e.URL }) {
				i.Enclosures = append(i.Enclosures, e)
			}
		}
	}
	var tags []json.RawMessage
	if json.Unmarshal(m["tags"], &tags) == nil {
		for _, tag := range tags[:min(len(tags), 100)] {
			if value := gather.Line(textOf(tag)); value != "" {
				i.Properties = append(i.Properties, centre.Property{Name: "category", Value: value})
			}
		}
	}
	return i
}

// textOf gives a string, or a number as it is written (version 1.0 let ids be
// numbers); "" for anything else.
func textOf(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return ""
	}
	var s string
	if raw[0] == '"' && json.Unmarshal(raw, &s) == nil {
		return s
	}
	if raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9' {
		return string(raw)
	}
	return ""
}

// authorsJSON reads the authors of version 1.1, or the author of 1.0.
func authorsJSON(m map[string]json.RawMessage) string {
	type author struct {
		Name json.RawMessage `json:"name"`
		URL  json.RawMessage `json:"url"`
	}
	var all []author
	if json.Unmarshal(m["authors"], &all) != nil || len(all) == 0 {
		var one author
		if json.Unmarshal(m["author"], &one) != nil {
			return gather.Line(textOf(m["author"]))
		}
		all = []author{one}
	}
	var names []string
	for _, a := range all {
		if who := gather.Line(firstOf(textOf(a.Name), textOf(a.URL))); who != "" && !slices.Contains(names, who) {
			names = append(names, who)
		}
	}
	return gather.Line(strings.Join(names, ", "))
}
