package feed

import (
	"crypto/sha256"
	be "encoding/binary"
	"hash"
	"strconv"
	"strings"
)

// Most of what a changed feed holds was there the last time. An item of XML
// whose bytes are the same, in the same surroundings, means the same, and is not
// parsed again. Surroundings are what an item takes from outside of itself: the
// elements around it with their XML Base, language and namespaces, and what the
// feed says for all its items. Where anything is unusual (a fault in the XML,
// entities of its own, a name that two items have) the whole feed is parsed.

// known is what the cursor tells of the items that a feed had the last time.
type known struct {
	context string // what the feed said for all its items, see reader.context
	items   map[mark]*knownItem
}

// mark is the beginning of a digest of an item's bytes and surroundings; zero
// for none.
type mark [9]byte

// nameMark is the beginning of a digest of a guid or link; zero for none.
type nameMark [6]byte

// knownItem is an item that was yielded.
type knownItem struct {
	mark       mark
	key        string // in cursor.Seen
	guid, link nameMark
	met        bool // in the document that is being read
}

const (
	// knownSize is the length of one item in cursor.Same: its mark, where its key
	// stands in cursor.Seen, and its names.
	knownSize = len(mark{}) + 2 + 2*len(nameMark{})
	// maxKnown bounds how many items of a feed are kept in cursor.Same.
	maxKnown = 500
	// readingVersion changes when the same bytes are to be read anew, because
	// what is read of them has changed.
	readingVersion = "1"
)

// known reads what the cursor tells; one that cannot be read tells nothing.
func (c *cursor) known() *known {
	k := &known{context: c.Context, items: make(map[mark]*knownItem, len(c.Same)/knownSize)}
	for b := c.Same; len(b) >= knownSize; b = b[knownSize:] {
		i := &knownItem{mark: mark(b)}
		at := int(be.BigEndian.Uint16(b[len(mark{}):]))
		names := b[len(mark{})+2:]
		i.guid, i.link = nameMark(names), nameMark(names[len(nameMark{}):])
		if at < len(c.Seen) {
			i.key = c.Seen[at]
			k.items[i.mark] = i
		}
	}
	return k
}

// same is what known will read of entries, whose keys begin seen in their order.
func (f *Feed) same(entries []entry, seen []string) (packed []byte) {
	if !f.plain {
		return nil
	}
	at := 0
	for _, e := range entries {
		if at >= len(seen) || at >= maxKnown {
			break
		}
		if seen[at] != e.key { // its page is asked for once more
			continue
		}
		i := e.item.known
		if i == nil && e.item.mark != (mark{}) && len(e.item.Problems) == 0 && !e.item.Cut && (e.id == e.item.GUID || e.id == e.item.Link) {
			i = &knownItem{mark: e.item.mark, guid: markName(e.item.GUID), link: markName(e.item.Link)}
		}
		if i != nil {
			packed = append(packed, i.mark[:]...)
			packed = be.BigEndian.AppendUint16(packed, uint16(at))
			packed = append(append(packed, i.guid[:]...), i.link[:]...)
		}
		at++
	}
	return packed
}

func markName(name string) nameMark {
	if name == "" {
		return nameMark{}
	}
	sum := sha256.Sum256([]byte(name))
	return nameMark(sum[:])
}

// clash tells whether an item that was parsed has a name of one that was not.
// Then it takes all items to say what each is known by.
func (f *Feed) clash(k *known) bool {
	names := map[nameMark]bool{{}: false}
	for _, i := range k.items {
		if i.met {
			names[i.guid], names[i.link] = i.guid != nameMark{}, i.link != nameMark{}
		}
	}
	for i := range f.Items {
		if item := &f.Items[i]; item.known == nil && (names[markName(item.GUID)] || names[markName(item.Link)]) {
			return true
		}
	}
	return false
}

// context is what an item takes from the feed at large.
func (r *reader) context() string {
	base := ""
	if r.base != nil {
		base = r.base.String()
	}
	return shortHash(readingVersion, r.feed.Format, r.channel.lang, r.authors, base)
}

// marker marks items while a document is read.
type marker struct {
	known   *known
	skipped bool // an item was known and passed over
	unsure  bool // one item stands in the document twice
	looked  int  // bytes that were looked at, so that no text makes this take long

	digest       hash.Hash
	parent       *node // of whose surroundings are the digest
	surroundings [sha256.Size]byte
	raw          []byte // the bytes of an item
	// The item whose start tag comes next: where it begins, where it should end,
	// and its mark.
	from, to int
	mark     mark
}

// pass passes over an item that is known. Of another one it keeps the mark.
func (m *markup) pass(rest string) bool {
	stop := ""
	switch {
	case strings.HasPrefix(rest, "<item"):
		stop = "</item>"
	case strings.HasPrefix(rest, "<entry"):
		stop = "</entry>"
	default:
		return false
	}
	k, parent := &m.marker, m.top()
	if c := rest[min(len(stop)-2, len(rest)-1)]; c != '>' && c != ' ' || parent == m.document || m.faults > 0 || k.looked > 2*len(m.text) {
		return false
	}
	end := strings.Index(rest, stop)
	if end < 0 {
		k.looked += len(rest)
		return false
	}
	k.looked += end
	k.from, k.to = m.at, m.at+end+len(stop)
	k.mark = m.markOf(m.text[k.from:k.to], parent)
	i := k.known.items[k.mark]
	if i == nil || m.items >= maxItems {
		return false
	}
	k.unsure = k.unsure || i.met
	k.skipped, i.met = true, true
	m.items++
	m.add(&node{name: "item", key: "item", known: i})
	m.at = k.to
	return true
}

// markOf digests an item and its surroundings.
func (m *markup) markOf(item string, parent *node) mark {
	k := &m.marker
	if k.digest == nil {
		k.digest = sha256.New()
	}
	if k.parent != parent {
		k.parent = parent
		var b strings.Builder
		for _, n := range m.open {
			base := ""
			if n.base != nil {
				base = n.base.String()
			}
			for _, part := range []string{n.key, base, strconv.FormatBool(n.based), n.lang} {
				b.WriteString(strconv.Quote(part))
			}
		}
		for _, bound := range m.bindings {
			b.WriteString(strconv.Quote(bound.prefix) + "=" + strconv.Quote(bound.address))
		}
		k.surroundings = sha256.Sum256([]byte(b.String()))
	}
	k.raw = append(append(k.raw[:0], k.surroundings[:]...), item...)
	k.digest.Reset()
	k.digest.Write(k.raw)
	return mark(k.digest.Sum(k.raw[:0]))
}
