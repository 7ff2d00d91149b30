package misp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Kind is the kind of sources that give MISP events.
const Kind = "misp"

// SecretKey is the key of Source.Secrets that holds a MISP authentication key,
// or the whole value of another Authorization header.
const SecretKey = "key"

// Connector reads MISP feeds, events at an address, and files. The zero value is
// ready to use and safe for concurrent use.
type Connector struct{}

// New makes the connector.
func New() *Connector { return &Connector{} }

// Kind is "misp".
func (*Connector) Kind() string { return Kind }

// Interval is an hour: feeds are written anew a few times a day.
func (*Connector) Interval() time.Duration { return time.Hour }

// Check refuses what is no web address, and a key that would go over the network
// in the clear.
func (*Connector) Check(s centre.Source) error {
	u, err := fetch.CheckURL(s.Address)
	if err != nil {
		return err
	}
	if u.Scheme != "https" && !s.Private && s.Secrets[SecretKey] != "" {
		return centre.Invalid("The key of this source would go over the network unencrypted; give an address that begins with https.")
	}
	return nil
}

// Fetch reads the feed's manifest and the events that it has anew, or all events
// of an address that gives them itself.
func (c *Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	if err := c.Check(r.Source); err != nil {
		return gather.Result{}, err
	}
	v := &visit{request: r, last: readCursor(r.Cursor, r.Source)}
	if key := r.Source.Secrets[SecretKey]; key != "" {
		v.header = map[string]string{"Authorization": key}
	}
	err := v.fetch(ctx)
	return v.result, err
}

var anEvent = regexp.MustCompile(`"Event"\s*:\s*\{`)

// Recognise is sure of events, whose attributes no other format has, and of a
// manifest not at all: its events stand elsewhere.
func (*Connector) Recognise(_, _ string, head []byte) float64 {
	text := strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n")
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") || !anEvent.MatchString(text) {
		return 0
	}
	for _, sign := range []string{`"threat_level_id"`, `"Orgc"`, `"orgc_id"`, `"Attribute"`, `"publish_timestamp"`} {
		if strings.Contains(text, sign) {
			return 0.95
		}
	}
	return 0.5
}

// maxFile is the largest file that is read.
const maxFile = 64 << 20

// Read reads the events of a file.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, from io.Reader) (gather.Result, error) {
	var result gather.Result
	text, err := gather.Whole(name, from, maxFile)
	if result.Bytes = int64(len(text)); ctx.Err() != nil {
		return result, ctx.Err()
	}
	if err != nil {
		return result, err
	}
	found, ok := events([]byte(fetch.ToUTF8(text, "application/json").UTF8))
	if !ok {
		return result, centre.Invalid("The file %s holds no MISP events; bring the JSON that MISP exports.", gather.PlainLine(name))
	}
	docs, problems := documents(r, found)
	result.Problems = problems
	return result, deliver(ctx, r, docs, nil)
}

// documents turns events into documents, and names those that cannot be taken.
func documents(r gather.Request, found []json.RawMessage) (docs []centre.Document, problems []string) {
	for i, raw := range found {
		d, err := document(r, raw)
		if err != nil {
			problems = append(problems, fmt.Sprintf("Event %d %s; it was left out. Tell the owner of the source.", i+1, err))
			continue
		}
		docs = append(docs, d)
	}
	return docs, problems
}

// deliver yields documents, and the cursor with the last of them.
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

// manifestOf is where the manifest of a feed stands; "" where the address is
// that of something else than a folder or a manifest.
func manifestOf(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return ""
	case strings.HasSuffix(u.Path, "/manifest.json"):
		return address
	case strings.HasSuffix(u.Path, "/") || u.Path == "":
		at := u.JoinPath("manifest.json")
		return at.String()
	}
	return ""
}
