package stix

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// mediaType is that of TAXII 2.1 (section 1.6.8). Nothing else is asked for:
// there are servers that read the header word by word.
const mediaType = "application/taxii+json;version=2.1"

const (
	maxRoots    = 20
	pageSize    = "500"
	maxPages    = 1000     // in one fetch; the next goes on
	maxEmpty    = 20       // pages without an object in a row, though there is said to be more
	unitObjects = 4000     // read before documents are made, so that references meet
	unitBytes   = 32 << 20 // the same in bytes
	maxLookUps  = 50       // in one fetch
)

// answer holds the properties by which TAXII's resources are told apart
// (sections 4 and 5).
type answer struct {
	Title       string            `json:"title"`
	Roots       []string          `json:"api_roots"`
	Default     string            `json:"default"`
	Versions    []string          `json:"versions"`
	Collections []collection      `json:"collections"`
	ID          string            `json:"id"`
	Alias       string            `json:"alias"`
	CanRead     *bool             `json:"can_read"`
	More        bool              `json:"more"`
	Next        string            `json:"next"`
	Objects     []json.RawMessage `json:"objects"`
}

type collection struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Alias   string `json:"alias"`
	CanRead bool   `json:"can_read"`
	objects string // address of its objects
}

// get asks a resource of the source's host.
func (v *visit) get(ctx context.Context, address string, last cursor) (*fetch.Response, error) {
	response, err := v.request.Client.Get(ctx, fetch.Get{
		URL: address, Private: v.request.Source.Private, Accept: mediaType, Header: v.header, ETag: last.ETag, Modified: last.Modified,
	})
	if err == nil {
		v.result.Bytes += response.Bytes
		return response, nil
	}
	refused, ok := errors.AsType[*fetch.Error](err)
	if !ok {
		return nil, err
	}
	sentence := ""
	switch refused.Status {
	case 401:
		sentence = "The server wants proof of who we are, or does not know the one it got; give the secrets user and password, or token, that its owner gave you."
	case 406, 415: // not acceptable, unsupported media type
		sentence = "The server does not speak TAXII 2.1; ask its owner for an address that does."
	default:
		return nil, err
	}
	clone := *refused
	clone.Sentence = sentence
	return nil, &clone
}

// ask is get for a resource that must be TAXII.
func (v *visit) ask(ctx context.Context, address string) (answer, *fetch.Response, error) {
	var a answer
	response, err := v.get(ctx, address, cursor{})
	if err == nil && json.Unmarshal(response.Body, &a) != nil {
		err = noSTIX(address)
	}
	return a, response, err
}

// found is where the way from a source's address ends.
type found struct {
	objects string          // address of a collection's objects
	bundle  *fetch.Response // or what is no TAXII: a bundle, or the same as before
}

// find goes from the source's address to a collection's objects.
func (v *visit) find(ctx context.Context, last cursor) (found, error) {
	address := v.request.Source.Address
	if u, err := url.Parse(address); err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == "" {
		address = u.JoinPath("taxii2/").String() // section 4.1
	}
	response, err := v.get(ctx, address, last)
	if err != nil {
		return found{}, err
	}
	var a answer
	if response.NotModified || json.Unmarshal(response.Body, &a) != nil || isBundle(response.Body) {
		return found{bundle: response}, nil // readContent says what is wrong with it
	}
	base, err := url.Parse(response.URL)
	if err != nil {
		return found{}, noSTIX(address)
	}
	base.RawQuery, base.User = "", nil
	if asked, err := url.Parse(address); err != nil || !strings.EqualFold(asked.Host, base.Host) || base.Scheme != asked.Scheme && base.Scheme != "https" {
		// What proves us, and what may be reached, hold for one host.
		return found{}, centre.Invalid("The server sends us on to %s; give that address, and what proves us there.", show(response.URL))
	}
	v.result.MovedTo, v.result.Title = response.MovedTo, gather.PlainLine(a.Title)
	switch {
	case len(a.Roots) > 0 || a.Default != "":
		return v.roots(ctx, base, a)
	case len(a.Versions) > 0:
		list, err := v.collections(ctx, base)
		if err != nil {
			return found{}, err
		}
		return v.choose(list)
	case a.CanRead != nil:
		return v.choose([]collection{{ID: a.ID, Title: a.Title, Alias: a.Alias, CanRead: *a.CanRead, objects: base.JoinPath("objects/").String()}})
	case strings.HasSuffix(strings.TrimSuffix(base.Path, "/"), "/objects"):
		return found{objects: base.JoinPath("./").String()}, nil
	case strings.HasSuffix(strings.TrimSuffix(base.Path, "/"), "/collections"):
		return v.choose(within(base, a.Collections))
	}
	return found{bundle: response}, nil
}

func isBundle(body []byte) bool {
	var b struct {
		Type string `json:"type"`
	}
	return json.Unmarshal(body, &b) == nil && b.Type != ""
}

// roots looks through the API roots of a server.
func (v *visit) roots(ctx context.Context, base *url.URL, a answer) (found, error) {
	names := a.Roots
	if a.Default != "" && !slices.Contains(names, a.Default) {
		names = append([]string{a.Default}, names...)
	}
	var all []collection
	var failed error
	for i, root := range names {
		u, err := base.Parse(strings.TrimSuffix(root, "/") + "/")
		switch {
		case i == maxRoots:
			v.problem("The server has more than 20 API roots; the rest was not looked at. Give the address of the one that you want.")
		case err != nil || !strings.EqualFold(u.Host, base.Host) || u.Scheme != base.Scheme:
			v.problem("One of the server's API roots is on another host and was not asked; if you want it, give its address.")
			continue
		default:
			info, _, err := v.ask(ctx, u.String())
			var list []collection
			if err == nil && slices.ContainsFunc(info.Versions, isVersion) {
				list, err = v.collections(ctx, u)
			}
			if ctx.Err() != nil {
				return found{}, ctx.Err()
			}
			if err != nil {
				failed = err
			}
			all = append(all, list...)
			continue
		}
		break
	}
	if len(all) == 0 && failed != nil {
		return found{}, failed
	}
	return v.choose(all)
}

// isVersion tells whether a root's version is TAXII 2.1.
func isVersion(text string) bool {
	return strings.ReplaceAll(text, " ", "") == mediaType || text == "taxii-2.1"
}

func (v *visit) problem(sentence string) {
	if !slices.Contains(v.result.Problems, sentence) {
		v.result.Problems = append(v.result.Problems, sentence)
	}
}

// collections asks an API root for its collections.
func (v *visit) collections(ctx context.Context, root *url.URL) ([]collection, error) {
	at := root.JoinPath("collections/")
	a, _, err := v.ask(ctx, at.String())
	return within(at, a.Collections), err
}

func within(at *url.URL, list []collection) []collection {
	for i := range list {
		list[i].objects = at.JoinPath(url.PathEscape(list[i].ID), "objects/").String()
	}
	return list
}

// choose takes the collection that the option names, or the only one.
func (v *visit) choose(list []collection) (found, error) {
	wanted := v.request.Source.Options[OptionCollection]
	var fitting []collection
	var names []string
	for _, c := range list {
		if c.ID == "" || wanted != "" && wanted != c.ID && wanted != c.Alias && !strings.EqualFold(wanted, strings.TrimSpace(c.Title)) {
			continue
		}
		if c.CanRead {
			fitting = append(fitting, c)
			if len(names) < 20 {
				names = append(names, gather.PlainLine(c.Title)+" ("+gather.PlainLine(c.ID)+")")
			}
		} else if wanted != "" {
			return found{}, centre.Invalid("The server does not let us read the collection %s; ask its owner for access, or name another in the option collection.", gather.PlainLine(wanted))
		}
	}
	switch {
	case len(fitting) == 1:
		v.result.Title = gather.PlainLine(fitting[0].Title)
		return found{objects: fitting[0].objects}, nil
	case len(fitting) > 1:
		return found{}, centre.Invalid("The server has several collections; name one of them by its id in the option collection: %s.", strings.Join(names, "; "))
	case wanted != "":
		return found{}, centre.Invalid("The server has no collection with the id, alias or title %s; check the option collection.", gather.PlainLine(wanted))
	}
	return found{}, centre.Invalid("The server has no collection that we may read; ask its owner for access, or give the secrets that it wants.")
}

// collection reads the pages of a collection's objects (section 5.4) from a
// cursor on, in units of several pages.
func (v *visit) collection(ctx context.Context, last cursor) error {
	at, resumed, empty := last, last.Next != "", 0
	var unit []json.RawMessage
	size := 0
	newest := "" // X-TAXII-Date-Added-Last
	for page := 1; ; page++ {
		a, added, err := v.page(ctx, at)
		if refused, ok := errors.AsType[*fetch.Error](err); ok && resumed && refused.Status >= 400 && refused.Status < 500 && refused.Status != 429 {
			at.Next, resumed = "", false // the server has forgotten its page
			continue
		}
		if err != nil {
			return err
		}
		resumed = false
		unit = append(unit, a.Objects...)
		for _, o := range a.Objects {
			size += len(o)
		}
		if _, err := time.Parse(time.RFC3339Nano, added); err == nil {
			newest = added
		}
		if empty++; len(a.Objects) > 0 {
			empty = 0
		}
		done := !a.More
		switch {
		case done:
			at.Next = ""
			if newest != "" {
				at.After = newest
			} else if len(unit) > 0 {
				v.problem("The server does not say when its objects were added; everything is read again each time. Tell its owner that the header X-TAXII-Date-Added-Last is missing.")
			}
		case a.Next != "" && (a.Next != at.Next || len(a.Objects) > 0): // the name may stay while the page moves
			at.Next = a.Next
		case a.Next == "" && newest != "" && newest != at.After:
			at.Next, at.After = "", newest
		default:
			return centre.Refuse(centre.CodeUnavailable, "The server says that there is more but not where; it is tried again later. Tell its owner if that goes on.")
		}
		if !done && empty == maxEmpty {
			return centre.Refuse(centre.CodeUnavailable, "The server sends page after page without an object; it is tried again later. Tell its owner if that goes on.")
		}
		if !done && len(unit) < unitObjects && size < unitBytes && page < maxPages {
			continue
		}
		if err := v.unit(ctx, unit, at); err != nil || done || page >= maxPages {
			return err
		}
		unit, size = nil, 0
	}
}

// page asks for one page; added is its X-TAXII-Date-Added-Last, "" for none.
func (v *visit) page(ctx context.Context, at cursor) (a answer, added string, err error) {
	query := url.Values{"limit": {pageSize}}
	if at.After != "" {
		query.Set("added_after", at.After)
	}
	if at.Next != "" {
		query.Set("next", at.Next)
	}
	a, response, err := v.ask(ctx, at.Objects+"?"+query.Encode())
	if err != nil {
		return a, "", err
	}
	return a, response.Header.Get("X-TAXII-Date-Added-Last"), nil
}

// unit yields the objects of some pages and the cursor behind them.
func (v *visit) unit(ctx context.Context, objects []json.RawMessage, at cursor) error {
	if len(objects) == 0 && string(at.encode()) == string(v.request.Cursor) {
		v.result.NotModified = !v.yielded
		return nil
	}
	return v.yield(ctx, newGraph(objects, func(id string) *object { return v.lookUp(ctx, at.Objects, id) }), at.encode())
}

// lookUp asks the server for an object that others refer to (section 5.6); nil
// where it has none.
func (v *visit) lookUp(ctx context.Context, objects, id string) *object {
	if v.failure != nil || v.lookUps >= maxLookUps {
		return nil
	}
	if _, known := definitions[id]; known {
		return nil
	}
	v.lookUps++
	a, _, err := v.ask(ctx, objects+url.PathEscape(id)+"/")
	if ctx.Err() != nil {
		v.failure = ctx.Err()
		return nil
	}
	if err != nil {
		if refused, ok := errors.AsType[*fetch.Error](err); !ok || refused.Status != 404 {
			v.problem("The server did not give all objects that others refer to; what they say of author, place or marking is missing, and where it is a marking the document is for the originator alone.")
		}
		return nil
	}
	for _, raw := range a.Objects {
		if o, err := readObject(raw); err == nil && o.id == id {
			return o
		}
	}
	return nil
}
