package feed

import (
	"encoding/json"
	"fmt"
	"slices"

	"entente/internal/centre"
)

// cursor is what the connector remembers of a feed.
type cursor struct {
	ETag     string              `json:"etag,omitempty"`
	Modified string              `json:"modified,omitempty"`
	Body     string              `json:"body,omitempty"`   // hash of the body as it was when all of it had been yielded
	Seen     []string            `json:"seen,omitempty"`   // keys of the items that were yielded
	Shared   []string            `json:"shared,omitempty"` // guids and links that several items had: they name none
	Tries    map[string]int      `json:"tries,omitempty"`  // how often the page of an item did not answer, by key
	Maps     map[string]mapState `json:"maps,omitempty"`   // of an index of sitemaps: those that were read, by address
	Same     []byte              `json:"same,omitempty"`   // items by their bytes, see known
	Context  string              `json:"context,omitempty"`
}

// maxShared bounds what is remembered of bad guids.
const maxShared = 1000

// readCursor reads a stored cursor; one that cannot be read is as none.
func readCursor(stored centre.Cursor) (c cursor) {
	if len(stored) > 0 && json.Unmarshal(stored, &c) != nil {
		return cursor{}
	}
	return c
}

func (c cursor) encode() centre.Cursor {
	encoded, err := json.Marshal(c)
	if err != nil { // strings and ints always can
		panic(err)
	}
	return encoded
}

// identify gives every item the name by which it will be known: its guid, else
// its link, else its content. A guid that items with different links share, or
// a link that items with different titles share, names none of them, now and in
// later fetches: otherwise an item would change its name when the other leaves
// the feed. Repetitions of one item are left out.
func identify(items []Item, c *cursor) (entries []entry, problems []string) {
	shared := map[string]bool{}
	for _, s := range c.Shared {
		shared[s] = true
	}
	share := func(name func(Item) string, differ func(Item) string) {
		first := map[string]string{}
		for _, item := range items {
			n := name(item)
			if n == "" || shared[n] {
				continue
			}
			if before, met := first[n]; met && before != differ(item) {
				shared[n] = true
				problems = append(problems, fmt.Sprintf("Several items have the same name %q, which therefore names none of them.", n))
				if len(c.Shared) < maxShared {
					c.Shared = append(c.Shared, n)
				}
				continue
			}
			first[n] = differ(item)
		}
	}
	share(func(i Item) string { return i.GUID }, func(i Item) string { return firstOf(i.Link, i.Title) })
	share(func(i Item) string {
		if i.GUID != "" && !shared[i.GUID] {
			return ""
		}
		return i.Link
	}, func(i Item) string { return i.Title })

	taken := map[string]bool{}
	repeated := 0
	for _, item := range items {
		if item.known != nil {
			entries = append(entries, entry{item: item, key: item.known.key})
			continue
		}
		id := ""
		for _, name := range []string{item.GUID, item.Link} {
			if name != "" && !shared[name] {
				id = name
				break
			}
		}
		if id == "" {
			id = contentID(item)
		}
		if taken[id] {
			repeated++
			continue
		}
		taken[id] = true
		entries = append(entries, entry{item: item, id: id, key: key(id, item)})
	}
	if repeated > 0 {
		problems = append(problems, counted(repeated, "repeats an item above it; it was", "repeat an item above them; they were")+" left out.")
	}
	return entries, slices.Clip(problems)
}

// key changes when what a reader would see of the item changes.
func key(id string, i Item) string {
	parts := []string{id, i.Link, i.Title, i.Author, i.MediaType, i.Body, i.Published.Time.String(), i.Updated.Time.String()}
	if i.Geometry != "" || len(i.Properties) > 0 {
		parts = append(parts, fmt.Sprint(i.Geometry, i.Properties))
	}
	return shortHash(parts...)
}
