// Package poll reads again and again an address that gives a list of things
// that come in versions: what the connectors of alerts and of wires share.
//
// A Round is one such reading. Its cursor remembers the host's validators
// (ETag, Last-Modified), what has been yielded, by name and content, and the
// highest version of each name. So a host that ignores validators costs no work
// either, and an older version that comes late does not stand in place of a
// newer one. All that is remembered is bounded.
package poll

import (
	"context"
	"fmt"
	"net/url"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// MaxItems is how many things of one list at an address are read at one time:
// all of them stand in the cursor. What comes as a file has no such limit.
const MaxItems = 10_000

// Item is one thing of a list.
type Item struct {
	Document centre.Document
	Event    *centre.Event // the same thing as an event; nil for none
	Version  Version
}

// Version is what a source says of an item's version. Zero fields are not said.
type Version struct {
	Number  int64 `json:"n,omitempty"` // from 1
	Created int64 `json:"c,omitempty"` // Unix milliseconds
}

// olderThan compares by number, where both have one, then by time.
func (v Version) olderThan(o Version) bool {
	if v.Number != 0 && o.Number != 0 && v.Number != o.Number {
		return v.Number < o.Number
	}
	return v.Created != 0 && o.Created != 0 && v.Created < o.Created
}

// Round is one reading of a list. It is used from one goroutine.
type Round struct {
	// Response is what came; nil where the content did not come by this way.
	Response *fetch.Response

	r          gather.Request
	keep       bool // there is a cursor
	last, next state
	seen       map[string]bool
	highest    map[string]Version
	order      []string // keys of what is in the list now
	docs       []centre.Document
	events     []centre.Event
}

// Get fetches r's address, as the source asks for it (see Proof). The Round is nil where there is nothing to read,
// because nothing changed or because of the error.
func Get(ctx context.Context, r gather.Request, g fetch.Get) (*Round, gather.Result, error) {
	last := readState(r.Cursor)
	g.URL, g.Private, g.ETag, g.Modified, g.Header = r.Source.Address, r.Source.Private, last.ETag, last.Modified, Proof(r.Source)
	response, err := r.Client.Get(ctx, g)
	if err != nil {
		return nil, gather.Result{}, err
	}
	result := gather.Result{Bytes: response.Bytes, MovedTo: response.MovedTo, NotModified: response.NotModified, Wait: response.MaxAge}
	if result.NotModified {
		return nil, result, nil
	}
	body := short(string(response.Body))
	if body == last.Body {
		result.NotModified = true
		if response.ETag == last.ETag && response.Modified == last.Modified {
			return nil, result, nil
		}
		last.ETag, last.Modified = response.ETag, response.Modified
		return nil, result, r.Yield(ctx, nil, last.encode())
	}
	round := begin(r, last)
	round.keep, round.Response = true, response
	round.next.ETag, round.next.Modified, round.next.Body = response.ETag, response.Modified, body
	return round, result, nil
}

// Read makes a Round for content that came by another way, which has no cursor.
func Read(r gather.Request) *Round { return begin(r, state{}) }

// Named is how a sentence calls a content: by its address without what may be
// secret in it, else by its name.
func Named(base *url.URL, name string) string {
	if base.Host != "" {
		u := *base
		u.RawQuery, u.Fragment = "", ""
		name = u.Redacted()
	}
	if name = gather.PlainLine(name); name == "" {
		return "The content"
	}
	return name
}

func begin(r gather.Request, last state) *Round {
	round := &Round{r: r, last: last, seen: map[string]bool{}, highest: map[string]Version{}}
	for _, key := range last.Seen {
		round.seen[key] = true
	}
	for _, v := range last.Versions {
		round.highest[v.Name] = v.Version
	}
	round.next = state{Links: map[string]int{}, Versions: last.Versions}
	return round
}

// Add takes an item and yields a batch when it is full. What was yielded
// before, and what is older than what was, is left out.
func (p *Round) Add(ctx context.Context, i Item) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	name := short(i.Document.ExternalID)
	hash := i.Document.Hash()
	key := short(name, string(hash[:]), i.Document.Embargo.String())
	if p.seen[key] {
		p.order = append(p.order, key)
		return nil
	}
	if i.Version.olderThan(p.highest[name]) {
		return nil
	}
	p.seen[key], p.order = true, append(p.order, key)
	if i.Version != (Version{}) {
		p.highest[name] = i.Version
		p.next.Versions = append(p.next.Versions, named{Name: name, Version: i.Version})
	}
	p.docs = append(p.docs, i.Document)
	if i.Event != nil && p.r.YieldEvents != nil {
		p.events = append(p.events, *i.Event)
	}
	if len(p.docs) < gather.MaxBatch {
		return nil
	}
	// Until all is yielded the cursor has no validators: the host must not say
	// "not modified" to somebody who has read the half.
	partial := p.next
	partial.ETag, partial.Modified, partial.Body = "", "", ""
	partial.Seen = remember(p.order, p.last.Seen)
	return p.flush(ctx, partial)
}

// flush yields events first: should the documents after them be refused, the
// events come again, and replace themselves.
func (p *Round) flush(ctx context.Context, s state) error {
	if len(p.events) > 0 {
		if err := p.r.YieldEvents(ctx, p.events, nil); err != nil {
			return err
		}
		p.events = nil
	}
	var cursor centre.Cursor
	if p.keep {
		cursor = s.encode()
	}
	if len(p.docs) == 0 && string(cursor) == string(p.r.Cursor) {
		return nil
	}
	docs := p.docs
	p.docs = nil
	return p.r.Yield(ctx, docs, cursor)
}

// maxTries is how often something that a list points to is asked for.
const maxTries = 3

// Follows reports whether what a list points to under this name has still to be
// fetched.
func (p *Round) Follows(link string) bool {
	tries, known := p.last.Links[short(link)]
	if known && tries == 0 || tries >= maxTries {
		p.next.Links[short(link)] = tries
		return false
	}
	return true
}

// Followed remembers that something that a list points to was fetched, or that
// it was tried. It reports whether it will be tried again.
func (p *Round) Followed(link string, ok bool) (again bool) {
	key := short(link)
	if ok {
		p.next.Links[key] = 0
		return false
	}
	p.next.Links[key] = p.last.Links[key] + 1
	return p.next.Links[key] < maxTries
}

// Finish yields what is left with the cursor. whole is false where part of the
// list could not be read and may be the next time, though nothing changes.
func (p *Round) Finish(ctx context.Context, whole bool) error {
	s := p.next
	s.Seen = remember(p.order, p.last.Seen)
	if !whole {
		s.ETag, s.Modified, s.Body = "", "", ""
	}
	return p.flush(ctx, s)
}

// Origin says where an item stood: its position, from 1, in a list with a name
// or an address, of which what may hold a secret is left out.
func Origin(list string, position int) string {
	if u, err := url.Parse(list); err == nil && u.Host != "" {
		u.User, u.RawQuery, u.Fragment = nil, "", ""
		list = u.String()
	}
	return fmt.Sprintf("%s, item %d", Named(&url.URL{}, list), position)
}
