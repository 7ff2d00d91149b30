package stix

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Kind is the kind of sources that are TAXII collections or STIX bundles.
const Kind = "taxii"

// OptionCollection is the key of Source.Options that names the collection of a
// server that has several: its id, alias or title.
const OptionCollection = "collection"

// Keys of Source.Secrets: a user and a password, or a token.
const (
	SecretUser     = "user"
	SecretPassword = "password"
	SecretToken    = "token"
)

// Connector reads TAXII 2.1 collections, bundles and files. The zero value is
// ready to use and safe for concurrent use.
type Connector struct{}

// New makes the connector.
func New() *Connector { return &Connector{} }

// Kind is "taxii".
func (*Connector) Kind() string { return Kind }

// Interval is half an hour: what is shared here is written by analysts.
func (*Connector) Interval() time.Duration { return 30 * time.Minute }

// Check refuses what is no web address, and secrets that would go over the
// network in the clear.
func (*Connector) Check(s centre.Source) error {
	u, err := fetch.CheckURL(s.Address)
	if err != nil {
		return err
	}
	switch {
	case u.Scheme != "https" && !s.Private && len(authorization(s)) > 0:
		return centre.Invalid("The password or token of this source would go over the network unencrypted; give an address that begins with https.")
	case s.Secrets[SecretUser] == "" && s.Secrets[SecretPassword] != "":
		return centre.Invalid("There is a password without a user; give the secret user too, or the secret token instead of both.")
	}
	return nil
}

// authorization is the header that proves us to the server; nil for none.
func authorization(s centre.Source) map[string]string {
	switch user, token := s.Secrets[SecretUser], s.Secrets[SecretToken]; {
	case token != "":
		return map[string]string{"Authorization": "Bearer " + token}
	case user != "":
		return map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+s.Secrets[SecretPassword]))}
	}
	return nil
}

// cursor is how far a source was read. Its zero value is the beginning.
type cursor struct {
	For     string `json:"for"`               // address and collection that it holds for
	Objects string `json:"objects,omitempty"` // address of the collection's objects
	After   string `json:"after,omitempty"`   // added_after: all before was read
	Next    string `json:"next,omitempty"`    // the server's name for the page after those that were read
	// Of a bundle at an address:
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Body     string `json:"body,omitempty"` // hash of what was read last
}

func readCursor(c centre.Cursor, s centre.Source) cursor {
	fresh := cursor{For: s.Address + " " + s.Options[OptionCollection]}
	var last cursor
	if json.Unmarshal(c, &last) != nil || last.For != fresh.For {
		return fresh
	}
	return last
}

func (c cursor) encode() centre.Cursor {
	text, err := json.Marshal(c)
	if err != nil { // of strings alone: cannot be
		return nil
	}
	return text
}

// Fetch reads what was added to the collection since the cursor, or the bundle
// where it has changed.
func (c *Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	if err := c.Check(r.Source); err != nil {
		return gather.Result{}, err
	}
	v := &visit{request: r, header: authorization(r.Source)}
	last := readCursor(r.Cursor, r.Source)
	if last.Objects != "" {
		err := v.collection(ctx, last)
		if refused, ok := errors.AsType[*fetch.Error](err); !ok || refused.Status != 404 || v.yielded {
			return v.result, err
		}
		v.result.Problems = nil // the collection has moved; it is looked for again
	}
	found, err := v.find(ctx, last)
	switch {
	case err != nil:
		return v.result, err
	case found.bundle != nil:
		return v.result, v.bundle(ctx, last, found.bundle)
	}
	if found.objects != last.Objects {
		last = cursor{For: last.For, Objects: found.objects}
	}
	return v.result, v.collection(ctx, last)
}

// visit is one fetch of one source.
type visit struct {
	request gather.Request
	header  map[string]string
	result  gather.Result
	yielded bool
	lookUps int
	failure error // of the context, in a look-up
}

// bundle yields the objects of a bundle at the source's address.
func (v *visit) bundle(ctx context.Context, last cursor, response *fetch.Response) error {
	v.result.MovedTo, v.result.Wait = response.MovedTo, response.MaxAge
	if response.NotModified {
		v.result.NotModified = true
		return nil
	}
	sum := sha256.Sum256(response.Body)
	next := cursor{For: last.For, ETag: response.ETag, Modified: response.Modified, Body: base64.RawURLEncoding.EncodeToString(sum[:12])}
	if next.Body == last.Body {
		v.result.NotModified = true
		if next == last {
			return nil
		}
		return v.request.Yield(ctx, nil, next.encode())
	}
	text := fetch.ToUTF8(response.Body, response.ContentType)
	read, err := readContent([]byte(text.UTF8))
	if err != nil {
		return noSTIX(response.URL)
	}
	if read.cutOff {
		v.result.Problems = append(v.result.Problems, cutOff)
		next.ETag, next.Modified, next.Body = "", "", "" // the rest may come the next time
	}
	return v.yield(ctx, newGraph(read.objects, nil), next.encode())
}

const cutOff = "The bundle breaks off; the objects before the break were taken. Ask its owner for the whole."

func noSTIX(at string) error {
	return centre.Invalid("What is at %s is neither a TAXII 2.1 server's answer nor a STIX bundle; give the address of a discovery resource, an API root, a collection or a bundle.", show(at))
}

// show gives an address without what may be secret in it.
func show(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the address"
	}
	return gather.PlainLine(u.Scheme + "://" + u.Host + u.Path)
}

// yield hands over all documents of a graph, and the cursor with the last.
func (v *visit) yield(ctx context.Context, g *graph, c centre.Cursor) error {
	docs := g.documents(v.request)
	v.result.Problems = append(v.result.Problems, g.problems...)
	if v.failure != nil {
		return v.failure
	}
	v.yielded = true
	return deliver(ctx, v.request, docs, c)
}

func deliver(ctx context.Context, r gather.Request, docs []centre.Document, c centre.Cursor) error {
	for len(docs) > gather.MaxBatch {
		if err := r.Yield(ctx, docs[:gather.MaxBatch:gather.MaxBatch], nil); err != nil {
			return err
		}
		docs = docs[gather.MaxBatch:]
	}
	if len(docs) == 0 && c == nil {
		return nil
	}
	return r.Yield(ctx, docs, c)
}

var aBundle = regexp.MustCompile(`"type"\s*:\s*"bundle"|"id"\s*:\s*"bundle--`)

// Recognise is sure of a bundle, and rather sure of objects by themselves.
func (*Connector) Recognise(_, mediaType string, head []byte) float64 {
	start := strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n")
	if !strings.HasPrefix(start, "{") && !strings.HasPrefix(start, "[") {
		return 0
	}
	switch {
	case aBundle.MatchString(start), strings.HasPrefix(mediaType, "application/stix+json"), strings.HasPrefix(mediaType, "application/taxii+json"):
		return 0.95
	case strings.Contains(start, `"spec_version"`) && strings.Contains(start, `--`):
		return 0.9
	}
	return 0
}

// maxFile is the largest file that is read: references reach across all of it,
// so that it must be held as a whole.
const maxFile = 64 << 20

// Read reads a bundle, a list of objects, or one object.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, from io.Reader) (gather.Result, error) {
	var result gather.Result
	text, err := gather.Whole(name, from, maxFile)
	if result.Bytes = int64(len(text)); ctx.Err() != nil {
		return result, ctx.Err()
	}
	if err != nil {
		return result, err
	}
	read, err := readContent([]byte(fetch.ToUTF8(text, "application/json").UTF8))
	if err != nil {
		return result, centre.Invalid("The file %s holds no STIX objects; bring a bundle of STIX 2.1 in JSON.", gather.PlainLine(name))
	}
	if read.cutOff {
		result.Problems = append(result.Problems, cutOff)
	}
	g := newGraph(read.objects, nil)
	docs := g.documents(r)
	result.Problems = append(result.Problems, g.problems...)
	return result, deliver(ctx, r, docs, nil)
}
