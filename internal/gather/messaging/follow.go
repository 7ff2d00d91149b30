package messaging

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"slices"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// page is one page of a timeline.
type page struct {
	docs     []centre.Document // newest first
	next     string            // token of the next older page; "" for none
	title    string            // of the channel or account; "" where the page does not say
	problems []string
	response *fetch.Response
}

// timeline gives pages: the newest for the token "", then by page.next.
type timeline interface {
	page(ctx context.Context, token string, get fetch.Get) (page, error)
}

// cursor is what is remembered of a timeline.
type cursor struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	// Seen holds the latest posts, oldest first, each as the short hash of its id
	// and that of its content, so that an edited post is known.
	Seen [][2]string `json:"seen,omitempty"`
	// Gap is the token of an older page that could not be read the last time;
	// "" for none.
	Gap string `json:"gap,omitempty"`
	// Account is the platform's own id of the account, once it was looked up.
	Account string `json:"account,omitempty"`
}

const (
	maxSeen  = maxPosts // posts that the cursor remembers: no fewer than one fetch brings
	maxPosts = 2000     // posts of one fetch
)

func readCursor(c centre.Cursor) cursor {
	var last cursor
	if len(c) > 0 && json.Unmarshal(c, &last) != nil {
		return cursor{}
	}
	return last
}

// follow reads a timeline back from its newest page to a post that is known, or
// as many pages as the source may have, then yields what is new, oldest first,
// so that whatever stops it leaves no gap below what the cursor knows. An older
// page that does not answer is remembered and read the next time.
func follow(ctx context.Context, r gather.Request, t timeline) (gather.Result, error) {
	last := readCursor(r.Cursor)
	left, err := pages(r.Source.Options)
	if err != nil {
		return gather.Result{}, err
	}
	get := fetch.Get{Private: r.Source.Private}
	if last.Gap == "" {
		get.ETag, get.Modified = last.ETag, last.Modified
	}
	first, err := t.page(ctx, "", get)
	var result gather.Result
	if response := first.response; response != nil {
		result.Bytes, result.MovedTo, result.NotModified, result.Wait = response.Bytes, response.MovedTo, response.NotModified, response.MaxAge
	}
	if err != nil || result.NotModified {
		return result, err
	}
	result.Title, result.Problems = first.title, first.problems
	w := walk{r: r, t: t, seen: map[string]string{}, had: map[string]bool{}, result: &result, left: left - 1}
	for _, s := range last.Seen {
		w.seen[s[0]] = s[1]
	}
	next := cursor{ETag: first.response.ETag, Modified: first.response.Modified, Account: last.Account}
	known := w.add(first)
	if !known && len(last.Seen) > 0 && first.next != "" {
		result.Notes = append(result.Notes, "More posts came than one page holds; older pages were read.")
	}
	if !known {
		if next.Gap, err = w.back(ctx, first.next); err != nil {
			return result, err
		}
	}
	if last.Gap != "" && next.Gap == "" {
		if next.Gap, err = w.back(ctx, last.Gap); err != nil {
			return result, err
		}
	}
	return result, w.yield(ctx, last, next)
}

// walk gathers the posts of several pages.
type walk struct {
	r      gather.Request
	t      timeline
	seen   map[string]string // id to content, as the cursor has them
	had    map[string]bool   // ids of this fetch
	docs   []centre.Document // new or changed, newest first
	result *gather.Result
	left   int // pages that may still be read
}

// add takes what is new on a page, and reports whether it holds a post that the
// cursor knows, or none that this fetch has not had: where to stop.
func (w *walk) add(p page) (stop bool) {
	fresh, known := false, false
	for _, d := range p.docs {
		d = finish(w.r, d)
		id, content := shortHash([]byte(d.ExternalID)), contentHash(d)
		if w.had[id] || len(w.docs) >= maxPosts {
			continue
		}
		w.had[id], fresh = true, true
		old, is := w.seen[id]
		known = known || is
		if old != content {
			w.docs = append(w.docs, d)
		}
	}
	return known || !fresh
}

// back reads older pages. It gives the token of one that did not answer; its
// errors are those that end the fetch.
func (w *walk) back(ctx context.Context, token string) (gap string, err error) {
	for token != "" && w.left > 0 {
		w.left--
		p, err := w.t.page(ctx, token, fetch.Get{Private: w.r.Source.Private})
		if p.response != nil {
			w.result.Bytes += p.response.Bytes
		}
		switch {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case err != nil && centre.CodeOf(err) == "":
			return "", err
		case err != nil:
			w.result.Problems = append(w.result.Problems, "Older posts were not read and are tried the next time. "+err.Error())
			return token, nil
		}
		w.result.Problems = append(w.result.Problems, p.problems...)
		if w.add(p) {
			return "", nil
		}
		token = p.next
	}
	return "", nil
}

// yield hands the new posts over, oldest first, each batch with a cursor that
// covers it; the last one has the validators too.
func (w *walk) yield(ctx context.Context, last, next cursor) error {
	slices.Reverse(w.docs)
	seen := slices.Clone(last.Seen)
	at := map[string]int{}
	for i, s := range seen {
		at[s[0]] = i
	}
	send := func(docs []centre.Document, c cursor) error {
		if excess := len(seen) - maxSeen; excess > 0 {
			seen = slices.Clone(seen[excess:])
			clear(at)
			for i, s := range seen {
				at[s[0]] = i
			}
		}
		c.Seen = seen
		encoded, err := json.Marshal(c)
		if err != nil {
			return err
		}
		return w.r.Yield(ctx, docs, encoded)
	}
	for batch := range slices.Chunk(w.docs, gather.MaxBatch) {
		for _, d := range batch {
			entry := [2]string{shortHash([]byte(d.ExternalID)), contentHash(d)}
			if i, is := at[entry[0]]; is {
				seen[i] = entry
				continue
			}
			at[entry[0]] = len(seen)
			seen = append(seen, entry)
		}
		if err := send(batch, cursor{Gap: last.Gap, Account: next.Account}); err != nil {
			return err
		}
	}
	if len(w.docs) == 0 && next.ETag == last.ETag && next.Modified == last.Modified && next.Gap == last.Gap && next.Account == last.Account {
		w.result.NotModified = true
		return nil
	}
	return send(nil, next)
}

func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

func contentHash(d centre.Document) string {
	sum := d.Hash()
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// maxSaved is the largest saved page or answer that is read.
const maxSaved = 16 << 20

// readWhole makes a format of a page's parser.
func readWhole(parse func(body []byte) (page, error)) func(context.Context, *sink, string, io.Reader) error {
	return func(ctx context.Context, s *sink, name string, content io.Reader) error {
		body, err := io.ReadAll(io.LimitReader(content, maxSaved+1))
		if err != nil {
			return err
		}
		if len(body) > maxSaved {
			return centre.Invalid("%s is larger than %d MB, which is the most that is read of a page; divide it.", shown(name), maxSaved>>20)
		}
		p, err := parse(body)
		if err != nil {
			return err
		}
		s.result.Title = p.title
		for _, problem := range p.problems {
			s.refuse(problem)
		}
		slices.Reverse(p.docs)
		for _, d := range p.docs {
			if err := s.take(ctx, d); err != nil {
				return err
			}
		}
		return nil
	}
}

// notThis is the refusal of an answer that is not of a platform.
func notThis(platform, why string) error {
	return centre.Invalid("The answer is not one of %s: %s; open the address in a browser, check it, and check the option \"platform\".", platform, why)
}
