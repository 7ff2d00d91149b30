package misp

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

const (
	maxFetch    = 500    // events in one fetch; the next goes on
	maxManifest = 50_000 // events of a feed, all of which the cursor names
	eventBatch  = 10     // small, since each of them is a request
	maxTries    = 3      // of an event that its host does not give
)

// cursor is what a source had when it was last read.
type cursor struct {
	For      string `json:"for"` // the address that it holds for
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Body     string `json:"body,omitempty"` // hash of the manifest or the events
	// Taken is, of each event, the timestamp with which it was taken.
	Taken map[string]string `json:"taken,omitempty"`
	// Tries is how often an event could not be had.
	Tries map[string]int `json:"tries,omitempty"`
}

func readCursor(c centre.Cursor, s centre.Source) cursor {
	var last cursor
	if json.Unmarshal(c, &last) != nil || last.For != s.Address {
		return cursor{For: s.Address}
	}
	return last
}

func (c cursor) encode() centre.Cursor {
	text, err := json.Marshal(c)
	if err != nil { // of texts and numbers alone: cannot be
		return nil
	}
	return text
}

// visit is one fetch of one source.
type visit struct {
	request gather.Request
	header  map[string]string
	last    cursor
	result  gather.Result
}

func (v *visit) fetch(ctx context.Context) error {
	source := v.request.Source
	response, err := v.get(ctx, cmp.Or(manifestOf(source.Address), source.Address), v.last)
	if err != nil {
		return err
	}
	v.result.MovedTo, v.result.Wait = response.MovedTo, response.MaxAge
	if strings.HasSuffix(source.Address, "/") { // it was the manifest that moved, not the folder
		v.result.MovedTo = strings.TrimSuffix(response.MovedTo, "manifest.json")
	}
	if response.NotModified {
		v.result.NotModified = true
		return nil
	}
	sum := sha256.Sum256(response.Body)
	next := cursor{For: source.Address, ETag: response.ETag, Modified: response.Modified, Body: base64.RawURLEncoding.EncodeToString(sum[:12])}
	if next.Body == v.last.Body {
		v.result.NotModified = true
		if next.ETag == v.last.ETag && next.Modified == v.last.Modified {
			return nil
		}
		next.Taken, next.Tries = v.last.Taken, v.last.Tries
		return v.request.Yield(ctx, nil, next.encode())
	}
	text := []byte(fetch.ToUTF8(response.Body, response.ContentType).UTF8)
	if isManifest(text) {
		return v.manifest(ctx, cmp.Or(manifestOf(source.Address), source.Address), text, next)
	}
	found, ok := events(text)
	if !ok {
		return centre.Invalid("What is at this address is neither a MISP feed's manifest nor MISP events; give the address of the feed's folder, ending in a slash, or of its manifest.json.")
	}
	docs, problems := documents(v.request, found)
	v.result.Problems = append(v.result.Problems, problems...)
	return deliver(ctx, v.request, docs, next.encode())
}

// isManifest tells an object with uuids for names, or an empty one: a feed
// without events.
func isManifest(text []byte) bool {
	var entries map[string]json.RawMessage
	if json.Unmarshal(text, &entries) != nil || entries == nil {
		return false
	}
	for name := range entries {
		if aUUID.MatchString(name) {
			return true
		}
	}
	return len(entries) == 0
}

func (v *visit) get(ctx context.Context, address string, last cursor) (*fetch.Response, error) {
	response, err := v.request.Client.Get(ctx, fetch.Get{
		URL: address, Private: v.request.Source.Private, Accept: "application/json", Header: v.header, ETag: last.ETag, Modified: last.Modified,
	})
	if err == nil {
		v.result.Bytes += response.Bytes
	}
	return response, err
}

// listed is an event as the manifest lists it.
type listed struct {
	uuid      string
	timestamp scalar
}

// manifest fetches the events that the manifest has anew. They are asked for
// beside the address at, also where that redirects: what proves us stays with
// the host that it was given for.
func (v *visit) manifest(ctx context.Context, at string, text []byte, next cursor) error {
	base, err := url.Parse(at)
	if err != nil {
		return centre.Invalid("The address of the feed's manifest cannot be read; check it.")
	}
	wanted, err := v.wanted(text)
	if err != nil {
		return err
	}
	// Until all is taken the cursor holds no validators: the host must not say
	// "not modified" to somebody who has read the half.
	partial := cursor{For: next.For, Taken: map[string]string{}, Tries: map[string]int{}}
	var fresh []listed
	for _, l := range wanted {
		if taken, known := v.last.Taken[l.uuid]; known {
			partial.Taken[l.uuid] = taken
			if taken == string(l.timestamp) {
				continue
			}
		}
		fresh = append(fresh, l)
	}
	rest := len(fresh) > maxFetch
	if rest {
		fresh = fresh[:maxFetch]
	}
	var batch []centre.Document
	for _, l := range fresh {
		doc, err := v.event(ctx, base.JoinPath("..", l.uuid+".json").String())
		tries := v.last.Tries[l.uuid] + 1
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			batch = append(batch, doc)
			partial.Taken[l.uuid] = string(l.timestamp)
		case centre.CodeOf(err) == centre.CodeUnavailable && tries < maxTries:
			partial.Tries[l.uuid] = tries
			v.problem(l.uuid, err)
		default:
			partial.Taken[l.uuid] = string(l.timestamp) // until its timestamp changes
			v.problem(l.uuid, err)
		}
		if len(batch) == eventBatch {
			if err := v.request.Yield(ctx, batch, partial.encode()); err != nil {
				return err
			}
			batch = nil
		}
	}
	whole := partial
	if !rest && len(partial.Tries) == 0 {
		whole.ETag, whole.Modified, whole.Body = next.ETag, next.Modified, next.Body
	}
	return v.request.Yield(ctx, batch, whole.encode())
}

func (v *visit) problem(uuid string, err error) {
	if len(v.result.Problems) < 50 {
		v.result.Problems = append(v.result.Problems, "The event "+uuid+" could not be taken. "+err.Error())
	}
}

// wanted reads a manifest, the oldest event first.
func (v *visit) wanted(text []byte) ([]listed, error) {
	var entries map[string]struct {
		Timestamp scalar `json:"timestamp"`
	}
	if err := json.Unmarshal(text, &entries); err != nil {
		return nil, centre.Invalid("The feed's manifest is damaged; tell its owner. It is tried again later.")
	}
	if len(entries) > maxManifest {
		return nil, centre.Invalid("The feed's manifest lists %d events, and at most %d are read; ask its owner for a part of it.", len(entries), maxManifest)
	}
	var list []listed
	bad := 0
	for uuid, entry := range entries {
		if !aUUID.MatchString(uuid) { // it becomes part of an address
			bad++
			continue
		}
		if len(entry.Timestamp) > 20 {
			entry.Timestamp = entry.Timestamp[:20]
		}
		list = append(list, listed{uuid, entry.Timestamp})
	}
	if bad > 0 {
		v.result.Problems = append(v.result.Problems, fmt.Sprintf("Entries of the feed's manifest that are no uuid, and were left out: %d.", bad))
	}
	slices.SortFunc(list, func(a, b listed) int {
		return cmp.Or(a.timestamp.time().Compare(b.timestamp.time()), cmp.Compare(a.uuid, b.uuid))
	})
	return list, nil
}

// event fetches one event.
func (v *visit) event(ctx context.Context, address string) (centre.Document, error) {
	response, err := v.get(ctx, address, cursor{})
	if err != nil {
		if _, ok := errors.AsType[*fetch.Error](err); !ok && ctx.Err() == nil {
			return centre.Document{}, centre.Refuse(centre.CodeInvalid, "Its address cannot be fetched: %w", err)
		}
		return centre.Document{}, err
	}
	found, ok := events([]byte(fetch.ToUTF8(response.Body, response.ContentType).UTF8))
	if !ok || len(found) != 1 {
		return centre.Document{}, centre.Invalid("Its file holds no MISP event; tell the owner of the feed.")
	}
	doc, err := document(v.request, found[0])
	if err != nil {
		return doc, centre.Invalid("It %s; tell the owner of the feed.", err)
	}
	return doc, nil
}
