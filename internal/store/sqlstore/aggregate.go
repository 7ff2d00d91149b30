package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// maxFacet is how many lines a facet has.
const maxFacet = 50

// Facets implements store.Aggregates. One walk over the matching rows counts
// everything: a report's row carries the numbers of its places for this.
func (s *Store) Facets(ctx context.Context, v policy.View, q query.Node) (store.Facets, error) {
	facets := store.Facets{Languages: []store.Count{}, Sources: []store.Count{}, Places: []store.Count{}, Members: []store.Count{}}
	err := s.read(ctx, func(tx *sql.Tx) error {
		p, err := s.plan(ctx, tx, v, q)
		if err != nil {
			return err
		}
		languages, sources := map[string]int{}, map[int64]int{}
		var places tally
		rows, err := tx.QueryContext(ctx, "SELECT r.language, r.source_id, r.places FROM "+p.from(0, newest), p.args...)
		var language, packed sql.RawBytes
		err = each(rows, err, func(rows *sql.Rows) error {
			var source int64
			if err := rows.Scan(&language, &source, &packed); err != nil {
				return err
			}
			facets.Total++
			languages[string(language)]++
			sources[source]++
			places.add(packed)
			return nil
		})
		if err != nil {
			return err
		}
		for tag, n := range languages {
			if tag != "" {
				facets.Languages = append(facets.Languages, store.Count{Key: tag, Name: tag, Count: n})
			}
		}
		if err := s.sourceFacets(ctx, tx, v, sources, &facets); err != nil {
			return err
		}
		named, err := s.countedPlaces(ctx, tx, places)
		if err != nil {
			return err
		}
		for _, c := range named[:min(len(named), maxFacet)] {
			facets.Places = append(facets.Places, store.Count{Key: c.Place.ID, Name: c.Place.Name, Count: c.Reports})
		}
		facets.Languages, facets.Sources, facets.Members = ranked(facets.Languages), ranked(facets.Sources), ranked(facets.Members)
		return nil
	})
	return facets, err
}

// sourceFacets counts by source and by member, of visible sources alone.
func (s *Store) sourceFacets(ctx context.Context, tx *sql.Tx, v policy.View, counts map[int64]int, facets *store.Facets) error {
	members := map[string]int{}
	rows, err := tx.QueryContext(ctx, "SELECT id, slug, name, member FROM source WHERE "+visible(v, "label_id"))
	err = each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var slug, name, member string
		err := rows.Scan(&id, &slug, &name, &member)
		if n := counts[id]; n > 0 {
			facets.Sources = append(facets.Sources, store.Count{Key: slug, Name: name, Count: n})
			members[member] += n
		}
		return err
	})
	for member, n := range members {
		facets.Members = append(facets.Members, store.Count{Key: member, Name: member, Count: n})
	}
	return err
}

// ranked sorts a facet, the most frequent first, and cuts it.
func ranked(counts []store.Count) []store.Count {
	slices.SortFunc(counts, func(a, b store.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key, b.Key))
	})
	return counts[:min(len(counts), maxFacet)]
}

// tally counts places by number, which are small.
type tally struct {
	counts  []int
	scratch []int64
}

func (t *tally) add(packed []byte) {
	t.scratch = unpackNumbers(packed, t.scratch[:0])
	for _, no := range t.scratch {
		for int(no) >= len(t.counts) {
			t.counts = append(t.counts, make([]int, max(1024, len(t.counts)))...)
		}
		t.counts[no]++
	}
}

func (s *Store) countedPlaces(ctx context.Context, tx *sql.Tx, t tally) ([]store.PlaceCount, error) {
	counts := map[int64]int{}
	var nos []int64
	for no, n := range t.counts {
		if n > 0 {
			counts[int64(no)], nos = n, append(nos, int64(no))
		}
	}
	places, err := s.placesOf(ctx, tx, nos)
	if err != nil {
		return nil, err
	}
	return mergePlaces(counts, places), nil
}

// Places implements store.Aggregates.
func (s *Store) Places(ctx context.Context, v policy.View, q query.Node, limit int) ([]store.PlaceCount, error) {
	list := []store.PlaceCount{}
	if limit < 0 {
		return list, centre.Invalid("A list of places has at least one line, not %d.", limit)
	}
	if limit == 0 {
		limit = defaultLimit
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		p, err := s.plan(ctx, tx, v, q)
		if err != nil {
			return err
		}
		var places tally
		var packed sql.RawBytes
		rows, err := tx.QueryContext(ctx, "SELECT r.places FROM "+p.from(0, newest), p.args...)
		err = each(rows, err, func(rows *sql.Rows) error {
			err := rows.Scan(&packed)
			places.add(packed)
			return err
		})
		if err != nil {
			return err
		}
		named, err := s.countedPlaces(ctx, tx, places)
		list = append(list, named[:min(len(named), limit)]...)
		return err
	})
	return list, err
}

// maxBins is how many spans a histogram has at most.
const maxBins = 1000

// Histogram implements store.Aggregates. A report outside zero-less bounds is
// in no bin.
func (s *Store) Histogram(ctx context.Context, v policy.View, q query.Node, from, until time.Time, bins int) (store.Histogram, error) {
	h := store.Histogram{Bins: []store.Bin{}}
	if bins < 1 || bins > maxBins {
		return h, centre.Invalid("A histogram has 1 to %d spans, not %d.", maxBins, bins)
	}
	if !from.IsZero() && !until.IsZero() && !from.Before(until) {
		return h, centre.Invalid("The histogram's end does not lie after its beginning.")
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		p, err := s.plan(ctx, tx, v, q)
		if err != nil {
			return err
		}
		var times []int64
		rows, err := tx.QueryContext(ctx, "SELECT r.published FROM "+p.from(0, newest), p.args...)
		err = each(rows, err, func(rows *sql.Rows) error {
			var at sql.NullInt64
			err := rows.Scan(&at)
			if at.Valid {
				times = append(times, at.Int64)
			} else {
				h.Undated++
			}
			return err
		})
		if err != nil {
			return err
		}
		fillBins(&h, times, from, until, bins)
		return nil
	})
	return h, err
}

// fillBins divides [from, until) into at most bins spans of equal length in
// whole milliseconds, and counts.
func fillBins(h *store.Histogram, times []int64, from, until time.Time, bins int) {
	if len(times) == 0 && (from.IsZero() || until.IsZero()) {
		return
	}
	var lo, hi int64 // hi is exclusive
	if len(times) > 0 {
		lo, hi = slices.Min(times), slices.Max(times)+1
	}
	if !from.IsZero() {
		lo = ceilMillis(from)
	}
	if !until.IsZero() {
		hi = ceilMillis(until)
	}
	if hi <= lo {
		return
	}
	step := (hi - lo + int64(bins) - 1) / int64(bins)
	n := int((hi - lo + step - 1) / step)
	h.Step = time.Duration(step) * time.Millisecond
	h.Bins = make([]store.Bin, n)
	for i := range h.Bins {
		h.Bins[i].Start = time.UnixMilli(lo + int64(i)*step).UTC()
	}
	for _, at := range times {
		if at >= lo && at < hi {
			h.Bins[(at-lo)/step].Count++
		}
	}
}
