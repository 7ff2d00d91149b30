// Package weave gives each report its place among the others: the set of copies
// that it belongs to, the report that it looks like a translation of, and the
// story.
//
// Copies are reports with the same words (Fingerprint.Exact) or nearly the same
// (signatures that agree in about four places of five). The oldest of a set is
// its representative simply by being the oldest; sets are never merged.
//
// An echo is a report in another language that looks like a translation, by the
// names, numbers, places and international words of both (package echo). It is
// in no set of copies, since it has other words, but presumably of one root with
// what it echoes.
//
// A story is a group of reports on one matter, found by one pass over the
// reports in the order of their arrival: a report joins the story whose words
// resemble its own most, if they do so enough, lie near it in time and no other
// story does so nearly as much, else it starts one (single-pass clustering as of
// Allan, Papka and Lavrenko, "On-line new event detection and tracking", SIGIR
// 1998). Rare words count more than frequent ones, names more than other words,
// and the beginning more than the rest. Across languages, reports join where one
// echoes the other, or by keys that mean the same in every language: places,
// known bodies, names by their sound, numbers, dates, kinds of events, and words
// whose consonants agree, each by how rare it is.
//
// Stories that turn out to be one are made one when a report comes that
// resembles both: the one that began first stays. Less is asked of a single
// report that is a story of its own: it may have come before there was enough
// to know its story by. What a person has set right
// is never undone: stories that a person has told apart are not made one
// (Weave.Regroup), and a report stays where a person has put it.
//
// Grouping looks at all reports regardless of their markings, and its result is
// no evidence: what a reader is shown of a story or of a set of copies is
// computed from what that reader may see, and the ids of both are random, so
// that they tell nothing.
//
// A Weave remembers a bounded number of reports and stories, the newest, and is
// given its memory back after a start by Load. The same reports in the same
// order are grouped alike. A Weave belongs to one goroutine at a time.
package weave

import (
	"context"
	"fmt"
	"math"
	"time"

	"entente/internal/centre"
	"entente/internal/echo"
)

// DefaultLimit is how many reports, and how many stories, are remembered where
// Options do not say. docs/performance.md says how much memory they take.
const DefaultLimit = 200_000

// echoLimit is how many reports are remembered for their translations, which
// come within days.
const echoLimit = 100_000

// echoSpan is how far from a report its echo may lie, in milliseconds.
const echoSpan = 7 * day

// maxCommon is how many words stand among the reasons for an echo.
const maxCommon = 6

// Options of a Weave. The zero value is usable.
type Options struct {
	Limit int              // reports and stories remembered; 0 for DefaultLimit
	NewID func() centre.ID // nil for centre.RandomID
	// SameText finds the group of an older report with the same text, when it
	// is not remembered any more; nil finds nothing.
	SameText SameText
}

// SameText finds the oldest report whose Fingerprint.Exact is exact.
type SameText interface {
	SameText(ctx context.Context, exact uint64) (Known, bool, error)
}

// Known is an earlier report as weaving remembers it. It has the fields of
// store.Known, and converts from it.
type Known struct {
	Report      centre.ID
	CopySet     centre.ID
	Story       centre.ID
	Published   centre.Moment
	Received    time.Time
	Language    string
	Fingerprint centre.Fingerprint
	Title       string
	Mentions    []centre.Mention
	Events      []centre.EventCategory // of what it tells as having happened
	Text        string                 // the first 1,200 code points, title included
}

// Memory walks the newest reports, oldest first. Package store keeps them.
type Memory interface {
	Remember(ctx context.Context, limit int, each func(Known) error) error
}

// Prior is the group of the report of which a draft is a new version. A new
// version stays in it. The zero Prior is that of a new report, whose id is that
// of its document.
type Prior struct {
	Report  centre.ID
	Story   centre.ID
	CopySet centre.ID
}

// Weave is the memory and the grouping. Not safe for concurrent use.
type Weave struct {
	newID   func() centre.ID
	older   SameText
	limit   int
	partial bool   // there are, or may be, reports that it does not remember
	number  uint64 // of the newest report
	copies  *copies
	stories *stories
	echoes  *echo.Memory
	reader  reader
	// became says of stories that are part of others, which ones; what stands in
	// copies and echoes may still name the first.
	became map[centre.ID]centre.ID
}

// New makes a Weave that remembers nothing.
func New(o Options) *Weave {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	if o.NewID == nil {
		o.NewID = centre.RandomID
	}
	return &Weave{
		newID: o.NewID, older: o.SameText, limit: o.Limit, partial: true,
		copies: newCopies(o.Limit), stories: newStories(o.Limit, defaults), echoes: echo.NewMemory(min(o.Limit, echoLimit)),
		reader: newReader(), became: map[centre.ID]centre.ID{},
	}
}

// Load fills the memory of a new Weave.
func (w *Weave) Load(ctx context.Context, m Memory) error {
	n := 0
	err := m.Remember(ctx, w.limit, func(k Known) error {
		n++
		w.number++
		w.copies.add(k.Fingerprint, titleKey(k.Title), w.number, place{k.CopySet, k.Story})
		f := w.reader.read(k.Language, k.Text, pointsOf(k.Title, k.Text), k.Mentions, k.Events)
		at := instantOf(k.Published, k.Received)
		w.stories.learn(f)
		w.stories.join(k.Story, f, at)
		w.echoes.Add(w.echoes.Learn(f.echo), echo.Text{ID: int64(k.Report), Group: int64(k.CopySet), Story: int64(k.Story), At: at.best()})
		return ctx.Err()
	})
	if err != nil {
		return fmt.Errorf("recalling earlier reports: %w", err)
	}
	w.partial = n >= w.limit
	return nil
}

// Weave gives a draft its story, its set of copies and what it echoes, and
// remembers it. received is when the centre took the document. An error is of
// SameText alone; nothing is remembered of the draft then, and it may be woven
// again.
func (w *Weave) Weave(ctx context.Context, d centre.Draft, received time.Time, prior Prior) (centre.Woven, error) {
	title := firstPoints(d.Content.Text, d.Content.Title)
	at := instantOf(d.Published, received)
	group := place{prior.CopySet, w.current(prior.Story)}
	if group.copySet == 0 {
		found, err := w.copyOf(ctx, d.Fingerprint, titleKey(title))
		if err != nil {
			return centre.Woven{}, err
		}
		group.copySet = found.copySet
		if group.story == 0 {
			group.story = w.current(found.story)
		}
	}
	if group.copySet == 0 {
		group.copySet = w.newID()
	}
	out := centre.Woven{Draft: d, CopySet: group.copySet}
	f := w.reader.read(d.Language, d.Content.Text, d.Content.Title, d.Mentions, Happened(d.EventMentions))
	self := echo.Text{ID: int64(prior.Report), Group: int64(group.copySet), At: at.best()}
	if self.ID == 0 {
		self.ID = int64(d.Document.ID)
	}
	learned := w.echoes.Learn(f.echo)
	heard, ok := w.echoes.Find(learned, self, echoSpan)
	if ok && heard.ID != self.ID {
		out.Echo = centre.Echo{Of: centre.ID(heard.ID), Score: heard.Score, Shared: w.reader.echo.Common(f.language, f.words, heard, maxCommon)}
	}
	w.stories.learn(f)
	if group.story == 0 {
		group.story, out.Merged = w.storyOf(f, at, w.current(centre.ID(heard.Story)), ok)
	}
	if group.story == 0 {
		group.story = w.newID()
	}
	out.Story = group.story
	w.stories.join(group.story, f, at)
	w.number++
	if w.copies.add(d.Fingerprint, titleKey(title), w.number, group) {
		w.partial = true
	}
	self.Story = int64(group.story)
	w.echoes.Add(learned, self)
	return out, nil
}

// storyOf finds the story of a report, 0 for none, and the stories that become
// part of it. heard is the story of what the report echoes.
func (w *Weave) storyOf(f features, at instant, heard centre.ID, echoes bool) (story centre.ID, merged []centre.ID) {
	best, same := w.stories.find(f, at)
	if echoes {
		if other := w.stories.byID[heard]; best == nil {
			best = other
		} else if w.stories.joinable(best, other) {
			same = append(same, other)
		}
	}
	if found := w.stories.across(f, at); best != nil {
		same = append(same, w.stories.oneWith(best, found)...)
	} else {
		best, same = w.stories.joinedAcross(found)
	}
	if best == nil {
		return 0, nil
	}
	for _, other := range same {
		if other == best || w.stories.byID[other.id] != other {
			continue
		}
		stays, goes := w.stories.unite(best, other)
		w.rename(goes.id, stays.id)
		merged = append(merged, goes.id)
		best = stays
	}
	return best.id, merged
}

// copyOf finds what a report is a copy of; the zero place where of nothing.
func (w *Weave) copyOf(ctx context.Context, f centre.Fingerprint, title uint64) (place, error) {
	found, ok := w.copies.find(f, title)
	if ok || w.older == nil || !w.partial || f.Exact == 0 {
		return found, nil
	}
	k, ok, err := w.older.SameText(ctx, f.Exact)
	switch {
	case err != nil:
		return place{}, fmt.Errorf("looking for an older report with the same text: %w", err)
	case !ok, f.MinHash == nil && titleKey(k.Title) != title:
		return place{}, nil
	}
	return place{k.CopySet, k.Story}, nil
}

// place is where a report belongs.
type place struct{ copySet, story centre.ID }

// instant is when a report's matter is dated to.
type instant struct {
	received  int64 // Unix milliseconds
	published int64 // the same; unknown where it is not known
}

const unknown = math.MinInt64

// best is when a report was published, or came where that is not known.
func (i instant) best() int64 {
	if i.published != unknown {
		return i.published
	}
	return i.received
}

func instantOf(published centre.Moment, received time.Time) instant {
	at := instant{received: received.UnixMilli(), published: unknown}
	if published.Known() {
		at.published = published.Time.UnixMilli()
	}
	return at
}
