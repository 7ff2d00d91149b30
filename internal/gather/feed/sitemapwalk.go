package feed

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Bounds of a walk through sitemaps.
const (
	defaultSince = 3 * 24 * time.Hour
	maxMaps      = 20       // sitemaps of an index read in one fetch
	maxMapDepth  = 2        // an index may name indexes, whose sitemaps are the last
	maxPages     = 200      // pages followed in one fetch
	maxInflated  = 50 << 20 // bytes of a sitemap: the protocol's own limit
)

// since reads the option: 0 means all.
func since(option string) (time.Duration, error) {
	switch option = strings.TrimSpace(option); option {
	case "":
		return defaultSince, nil
	case "all":
		return 0, nil
	}
	unit, digits := time.Hour, strings.TrimSuffix(option, "h")
	if days, found := strings.CutSuffix(option, "d"); found {
		unit, digits = 24*time.Hour, days
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 100_000 || digits == option {
		return 0, centre.Invalid("The option since is %q; write a number of days or hours such as 3d or 36h, or all.", option)
	}
	return time.Duration(n) * unit, nil
}

// mapState is what is remembered of a sitemap that was read.
type mapState struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Stamp    string `json:"stamp,omitempty"` // lastmod in the index
}

// sitemapWalk reads the sitemaps that an index names, the newest first, and
// keeps the entries that are new enough.
type sitemapWalk struct {
	request gather.Request
	last    cursor
	next    *cursor
	result  *gather.Result
	after   time.Time // zero for all
	read    int
	kept    map[string]mapState
}

func (w *sitemapWalk) run(ctx context.Context, f *Feed) error {
	window, err := since(w.request.Source.Options[OptionSince])
	if err != nil {
		return err
	}
	if window > 0 {
		w.after = w.request.Now.Add(-window)
	}
	if f.Format == "sitemapindex" {
		w.kept = map[string]mapState{}
		if err := w.index(ctx, f, f.Maps, 1); err != nil {
			return err
		}
		// What the index says of its sitemaps is remembered, not the index: it may
		// stay as it is when they change.
		w.next.ETag, w.next.Modified, w.next.Body, w.next.Maps = "", "", "", w.kept
	}
	w.choose(f)
	return nil
}

func (w *sitemapWalk) index(ctx context.Context, f *Feed, maps []SiteMap, depth int) error {
	slices.SortStableFunc(maps, func(a, b SiteMap) int { return cmp.Compare(b.Modified.Time.Unix(), a.Modified.Time.Unix()) })
	for _, m := range maps {
		if m.Modified.Known() && m.Modified.Time.Before(w.after.Add(-24*time.Hour)) {
			continue
		}
		state, stamp := w.last.Maps[m.Address], ""
		if m.Modified.Known() {
			stamp = m.Modified.Time.String()
		}
		if stamp != "" && state.Stamp == stamp && m.Modified.Precision != centre.PrecisionDay {
			w.kept[m.Address] = state
			continue
		}
		if w.read++; w.read > maxMaps {
			f.Problems = append(f.Problems, fmt.Sprintf("The index names more than %d sitemaps that changed; the newest were read.", maxMaps))
			return nil
		}
		inner, state, err := w.fetch(ctx, m.Address, state)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && centre.CodeOf(err) == "":
			return err
		case err != nil:
			f.Problems = append(f.Problems, "A sitemap of the index could not be read. "+err.Error())
			continue
		}
		state.Stamp = stamp
		w.kept[m.Address] = state
		f.Problems = append(f.Problems, inner.Problems...)
		f.Title, f.Language = firstOf(f.Title, inner.Title), firstOf(f.Language, inner.Language)
		f.Items = append(f.Items, inner.Items...)
		if len(inner.Maps) > 0 && depth < maxMapDepth {
			if err := w.index(ctx, f, inner.Maps, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// fetch reads one sitemap; an empty Feed where it did not change.
func (w *sitemapWalk) fetch(ctx context.Context, address string, state mapState) (Feed, mapState, error) {
	r := w.request
	response, err := r.Client.Get(ctx, fetch.Get{
		URL: address, Private: r.Source.Private && sameHost(address, r.Source.Address), ETag: state.ETag, Modified: state.Modified, Accept: accept, MaxBody: maxInflated,
		Header: gather.Authorization(r.Source, address),
	})
	if err != nil {
		return Feed{}, state, err
	}
	w.result.Bytes += response.Bytes
	if response.NotModified {
		return Feed{}, state, nil
	}
	base, err := url.Parse(response.URL)
	if err != nil {
		return Feed{}, state, err
	}
	f, err := parseBody(response.Body, response.ContentType, base, r.Now, nil)
	if err == nil && f.Format != "sitemap" && f.Format != "sitemapindex" {
		err = centre.Invalid("%s is no sitemap, though an index calls it one; tell its owner.", where(base))
	}
	return f, mapState{ETag: response.ETag, Modified: response.Modified}, err
}

// choose keeps the entries that are new enough and that say something, the
// newest first.
func (w *sitemapWalk) choose(f *Feed) {
	follow := w.request.Source.Options[OptionFollow] == "yes"
	old, undated, bare := 0, 0, 0
	f.Items = slices.DeleteFunc(f.Items, func(i Item) bool {
		at := i.time()
		switch {
		case i.Title == "" && !follow:
			bare++
		case !w.after.IsZero() && at.IsZero():
			undated++
		case at.Before(w.after):
			old++
		default:
			return false
		}
		return true
	})
	slices.SortStableFunc(f.Items, func(a, b Item) int { return b.time().Compare(a.time()) })
	if bare > 0 {
		f.Problems = append(f.Problems, counted(bare, "is an address without a title", "are addresses without a title")+"; set the option follow to yes, so that the pages are read.")
	}
	if undated > 0 {
		f.Problems = append(f.Problems, counted(undated, "does not say when it changed", "do not say when they changed")+", so that new ones cannot be told; set the option since to all to take them.")
	}
	most := maxItems
	if follow {
		most = w.fresh(f.Items)
	}
	if len(f.Items) > most {
		f.Items, f.Whole = f.Items[:most], false // the rest comes the next time
		f.Problems = append(f.Problems, fmt.Sprintf("There are more new entries than are read at one time; the %d newest were read, the rest comes later.", most))
	}
}

// fresh gives how many items may be taken so that at most maxPages of them are
// new.
func (w *sitemapWalk) fresh(items []Item) int {
	seen := map[string]bool{}
	for _, key := range w.last.Seen {
		seen[key] = true
	}
	pages := 0
	for n, i := range items {
		if !seen[key(i.GUID, i)] {
			if pages++; pages > maxPages {
				return n
			}
		}
	}
	return min(len(items), maxItems)
}

// time is when an entry was published, else changed; a day counts to its end.
func (i *Item) time() time.Time {
	m := i.Published
	if !m.Known() {
		m = i.Updated
	}
	if m.Precision == centre.PrecisionDay {
		return m.Time.Add(24*time.Hour - time.Second)
	}
	return m.Time
}

// parseBody reads a body as it came: compressed or not, in any character set.
// Items that k knows are left unread; nil for none.
func parseBody(body []byte, contentType string, base *url.URL, now time.Time, k *known) (Feed, error) {
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		var err error
		if body, err = inflate(body); err != nil {
			return Feed{}, centre.Invalid("%s is compressed and damaged, or larger than %d MB; tell its owner.", where(base), maxInflated>>20)
		}
	}
	text := fetch.ToUTF8(body, contentType)
	f, err := parse(text.UTF8, base, now, k)
	if err == nil && text.Problem != "" {
		f.Problems = append(f.Problems, text.Problem)
	}
	return f, err
}

func inflate(body []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, maxInflated+1))
	if err == nil && len(out) > maxInflated {
		err = io.ErrShortBuffer
	}
	return out, err
}
