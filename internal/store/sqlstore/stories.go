package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// kindStories begins a cursor of a list of stories.
const kindStories = 's'

// Stories implements store.Stories. The list walks matching visible reports,
// newest first; a story stands where its newest one does. The cursor is that
// report's id.
func (s *Store) Stories(ctx context.Context, v policy.View, q query.Node, p store.Page) (store.StoryPage, error) {
	page := store.StoryPage{Stories: []centre.Story{}}
	before, limit, err := pageOf(p, kindStories)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		w := storyWalk{s: s, tx: tx, view: v, query: q, start: before, seen: map[centre.ID]bool{}}
		found, err := w.walk(ctx, before, limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			page.Next = cursorOf(kindStories, found[limit-1].report)
		}
		order := make([]centre.ID, len(found))
		for i, f := range found {
			order[i] = f.story
		}
		page.Stories, err = s.stories(ctx, tx, v, order)
		return err
	})
	return page, err
}

// storyAt is a story and the report at which it stands in a list.
type storyAt struct{ story, report centre.ID }

// storyWalk finds the stories of a page.
type storyWalk struct {
	s     *Store
	tx    *sql.Tx
	view  policy.View
	query query.Node
	start int64 // reports above stood on earlier pages
	seen  map[centre.ID]bool
}

// walk gives up to limit stories, by their newest matching report below before.
func (w *storyWalk) walk(ctx context.Context, before int64, limit int) ([]storyAt, error) {
	var found []storyAt
	for batch := 4 * limit; len(found) < limit; batch = min(2*batch, 5000) {
		p, err := w.s.plan(ctx, w.tx, w.view, w.query)
		if err != nil {
			return nil, err
		}
		rows, err := w.tx.QueryContext(ctx, "SELECT r.story_id, r.id FROM "+p.from(0, before)+
			" ORDER BY "+p.order()+" DESC LIMIT "+p.arg(int64(batch)), p.args...)
		var fresh []storyAt
		n := 0
		err = each(rows, err, func(rows *sql.Rows) error {
			var at storyAt
			if err := rows.Scan(&at.story, &at.report); err != nil {
				return err
			}
			n++
			before = int64(at.report)
			if at.story != 0 && !w.seen[at.story] {
				w.seen[at.story] = true
				fresh = append(fresh, at)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		shown, err := w.shownBefore(ctx, fresh)
		if err != nil {
			return nil, err
		}
		for _, at := range fresh {
			if !shown[at.story] && len(found) < limit {
				found = append(found, at)
			}
		}
		if n < batch {
			break
		}
	}
	return found, nil
}

// shownBefore tells which stories stood on an earlier page, because a matching
// visible report of theirs is at or above the start of this one.
func (w *storyWalk) shownBefore(ctx context.Context, candidates []storyAt) (map[centre.ID]bool, error) {
	shown := map[centre.ID]bool{}
	if w.start == newest || len(candidates) == 0 {
		return shown, nil
	}
	stories := make([]centre.ID, len(candidates))
	for i, c := range candidates {
		stories[i] = c.story
	}
	p, err := w.s.plan(ctx, w.tx, w.view, w.query)
	if err != nil {
		return nil, err
	}
	list, err := ids(w.tx.QueryContext(ctx, "SELECT DISTINCT r.story_id FROM "+p.from(w.start-1, newest)+" AND "+in("r.story_id", stories), p.args...))
	for _, id := range list {
		shown[id] = true
	}
	return shown, err
}

// Story implements store.Stories.
func (s *Store) Story(ctx context.Context, v policy.View, id centre.ID) (centre.Story, error) {
	var story centre.Story
	err := s.read(ctx, func(tx *sql.Tx) error {
		found, err := s.stories(ctx, tx, v, []centre.ID{id})
		if err == nil && len(found) == 0 {
			if id, err = followed(ctx, tx, v, id); err != nil {
				return err
			}
			found, err = s.stories(ctx, tx, v, []centre.ID{id})
		}
		if err == nil && len(found) == 0 {
			return centre.NotFound("story")
		}
		if err == nil {
			story = found[0]
		}
		return err
	})
	return story, err
}

// told is what is gathered of one story.
type told struct {
	story     centre.Story
	texts     map[centre.ID]int // visible reports by set of copies
	families  map[string]bool
	languages map[string]bool
	labels    map[policy.LabelID]bool
	places    map[int64]int
	first     map[centre.ID]centre.ID // earliest report by set of copies
	from, to  sql.NullInt64
	ends      [2]centre.ID // the reports that from and to are of
}

// stories computes stories from what the view sees of them, in the order of
// ids. A story of which it sees nothing is absent.
func (s *Store) stories(ctx context.Context, tx *sql.Tx, v policy.View, wanted []centre.ID) ([]centre.Story, error) {
	if len(wanted) == 0 {
		return []centre.Story{}, nil
	}
	all := map[centre.ID]*told{}
	var scratch []int64
	rows, err := tx.QueryContext(ctx, `SELECT r.id, r.story_id, r.copyset_id, r.label_id, r.language, r.published, r.received, r.places, o.family, o.label_id
		FROM report r JOIN source o ON o.id = r.source_id
		WHERE `+in("r.story_id", wanted)+" AND "+visible(v, "r.label_id")+" ORDER BY r.id")
	err = each(rows, err, func(rows *sql.Rows) error {
		var id, story, set centre.ID
		var label, sourceLabel policy.LabelID
		var language, family string
		var published sql.NullInt64
		var received int64
		var places []byte
		if err := rows.Scan(&id, &story, &set, &label, &language, &published, &received, &places, &family, &sourceLabel); err != nil {
			return err
		}
		t := all[story]
		if t == nil {
			t = &told{texts: map[centre.ID]int{}, families: map[string]bool{}, languages: map[string]bool{},
				labels: map[policy.LabelID]bool{}, places: map[int64]int{}, first: map[centre.ID]centre.ID{}}
			t.story.ID = story
			all[story] = t
		}
		t.story.Reports++
		t.story.Newest = id
		t.story.Received = later(t.story.Received, timeOf(sql.NullInt64{Int64: received, Valid: true}))
		if t.texts[set]++; t.texts[set] == 1 {
			t.first[set] = id
		}
		t.labels[label] = true
		if language != "" {
			t.languages[language] = true
		}
		if family != "" && v.Sees(sourceLabel) {
			t.families[family] = true
		}
		if published.Valid {
			if !t.from.Valid || published.Int64 < t.from.Int64 {
				t.from, t.ends[0] = published, id
			}
			if !t.to.Valid || published.Int64 > t.to.Int64 {
				t.to, t.ends[1] = published, id
			}
		}
		scratch = unpackNumbers(places, scratch[:0])
		for _, no := range scratch {
			t.places[no]++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.finishStories(ctx, tx, wanted, all)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// maxStoryPlaces is how many places a story shows.
const maxStoryPlaces = 8

// finishStories adds titles, times, places and markings.
func (s *Store) finishStories(ctx context.Context, tx *sql.Tx, wanted []centre.ID, all map[centre.ID]*told) ([]centre.Story, error) {
	list := make([]centre.Story, 0, len(all))
	var reports []centre.ID
	var nos []int64
	for _, t := range all {
		t.story.Lead = lead(t)
		reports = append(reports, t.story.Lead, t.ends[0], t.ends[1])
		for no := range t.places {
			nos = append(nos, no)
		}
	}
	if len(reports) == 0 {
		return list, nil
	}
	type version struct {
		title, snippet, language string
		published                momentRow
	}
	versions := map[centre.ID]*version{}
	rows, err := tx.QueryContext(ctx, `SELECT r.id, c.title, c.snippet, c.language, c.published, c.published_precision, c.published_basis
		FROM report r JOIN report_version c ON c.document_id = r.current_id WHERE `+in("r.id", reports))
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		c := &version{}
		err := rows.Scan(&id, &c.title, &c.snippet, &c.language, &c.published.at, &c.published.precision, &c.published.basis)
		versions[id] = c
		return err
	})
	if err != nil {
		return nil, err
	}
	places, err := s.placesOf(ctx, tx, nos)
	if err != nil {
		return nil, err
	}
	for _, id := range wanted {
		t := all[id]
		if t == nil {
			continue
		}
		delete(all, id)
		story := &t.story
		if c := versions[story.Lead]; c != nil {
			story.Title, story.Snippet, story.Language = c.title, c.snippet, c.language
		}
		if t.from.Valid {
			story.First, story.Last = versions[t.ends[0]].published.moment(), versions[t.ends[1]].published.moment()
		}
		story.Texts = len(t.texts)
		story.Families, story.Languages = slices.AppendSeq([]string{}, maps.Keys(t.families)), slices.AppendSeq([]string{}, maps.Keys(t.languages))
		slices.Sort(story.Families)
		slices.Sort(story.Languages)
		story.Places = topPlaces(t.places, places, maxStoryPlaces)
		if story.Marking, err = s.joined(ctx, tx, slices.Sorted(maps.Keys(t.labels))); err != nil {
			return nil, err
		}
		list = append(list, *story)
	}
	return list, nil
}

// lead is the first of the reports whose text has the most carriers.
func lead(t *told) centre.ID {
	var best, at centre.ID
	for set, n := range t.texts {
		first := t.first[set]
		if best == 0 || n > t.texts[best] || n == t.texts[best] && first < at {
			best, at = set, first
		}
	}
	return at
}

// topPlaces gives the places that most reports name. Rows of one place in
// several states of its gazetteer count as one.
func topPlaces(counts map[int64]int, places map[int64]*centre.Place, limit int) []centre.Place {
	merged := mergePlaces(counts, places)
	list := make([]centre.Place, 0, min(len(merged), limit))
	for _, c := range merged[:min(len(merged), limit)] {
		list = append(list, c.Place)
	}
	return list
}

// mergePlaces counts by place id, most named first.
func mergePlaces(counts map[int64]int, places map[int64]*centre.Place) []store.PlaceCount {
	at := map[string]int{}
	var merged []store.PlaceCount
	for _, no := range slices.Sorted(maps.Keys(counts)) {
		p := places[no]
		if p == nil {
			continue
		}
		i, ok := at[p.ID]
		if !ok {
			i = len(merged)
			at[p.ID] = i
			merged = append(merged, store.PlaceCount{Place: *p})
		}
		merged[i].Place = *p // the newest state
		merged[i].Reports += counts[no]
	}
	slices.SortFunc(merged, func(a, b store.PlaceCount) int {
		return cmp.Or(cmp.Compare(b.Reports, a.Reports), cmp.Compare(a.Place.ID, b.Place.ID))
	})
	return merged
}

// joined is the marking of what is made from reports with these labels. Where
// no member may have all of it, what is shown is the highest level, for the
// originator of the most sensitive input alone: a reader who sees it all the
// same (under TLP:RED) is warned not to pass it on.
func (s *Store) joined(ctx context.Context, q querier, labels []policy.LabelID) (centre.Marking, error) {
	markings := make([]centre.Marking, 0, len(labels))
	for _, id := range labels {
		m, err := s.marking(ctx, q, id)
		if err != nil {
			return centre.Marking{}, err
		}
		markings = append(markings, m)
	}
	if m, ok := policy.Join(markings...); ok {
		return m, nil
	}
	var shown centre.Marking
	for i, m := range markings {
		if i == 0 || m.Level > shown.Level {
			shown.Originator, shown.Level = m.Originator, m.Level
		}
		shown.TLP = max(shown.TLP, m.TLP)
		shown.Caveats = append(shown.Caveats, m.Caveats...)
	}
	return shown.Canonical(), nil
}
