package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/golang/geo/s2"

	"entente/internal/centre"
)

// digest names a place by all that a gazetteer said of it.
type digest [16]byte

// placeCache holds places by number. Place rows never change; it is filled only
// with what is durable. A region's gazetteer has some thousands that are named.
type placeCache struct {
	mu   sync.RWMutex
	byNo map[int64]*centre.Place
	nos  map[digest]int64
}

func (c *placeCache) init() {
	c.byNo, c.nos = map[int64]*centre.Place{}, map[digest]int64{}
}

func (c *placeCache) no(d digest) (int64, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	no, ok := c.nos[d]
	return no, ok
}

// sound reports whether p is a position on the earth.
func sound(p centre.Point) bool {
	return p.Known && math.Abs(p.Lon) <= 180 && math.Abs(p.Lat) <= 90 // false for NaN
}

func encodePlace(p *centre.Place) (digest, string, error) {
	kept := *p
	if !sound(kept.Point) {
		kept.Point, kept.Radius = centre.Point{}, 0
	}
	if math.IsNaN(kept.Radius) || math.IsInf(kept.Radius, 0) {
		kept.Radius = 0
	}
	b, err := json.Marshal(kept)
	if err != nil {
		return digest{}, "", fmt.Errorf("writing place %q: %w", p.ID, err)
	}
	sum := sha256.New()
	fmt.Fprint(sum, sound(p.Point), " ")
	sum.Write(b)
	return digest(sum.Sum(nil)[:16]), string(b), nil
}

// numberPlaces gives the number of each place, and keeps those that are new.
func (t *tx) numberPlaces(ctx context.Context, places []*centre.Place) (map[*centre.Place]int64, error) {
	nos := make(map[*centre.Place]int64, len(places))
	type unknown struct {
		d       digest
		content string
		places  []*centre.Place
	}
	var missing []*unknown
	at := map[digest]*unknown{}
	for _, p := range places {
		if _, done := nos[p]; done {
			continue
		}
		d, content, err := encodePlace(p)
		if err != nil {
			return nil, err
		}
		if no, ok := t.s.places.no(d); ok {
			nos[p] = no
			continue
		}
		u := at[d]
		if u == nil {
			u = &unknown{d: d, content: content}
			at[d], missing = u, append(missing, u)
		}
		u.places = append(u.places, p)
	}
	// Always in the same order, so that two writers cannot wait for each other.
	slices.SortFunc(missing, func(a, b *unknown) int { return slices.Compare(a.d[:], b.d[:]) })
	for _, u := range missing {
		p := u.places[0]
		var cell, lon, lat any
		if sound(p.Point) {
			cell = int64(leafCell(p.Point))
			lon, lat = p.Point.Lon, p.Point.Lat
		}
		if _, err := t.exec(ctx, `INSERT INTO place (digest, place_id, country, cell, lon, lat, content)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (digest) DO NOTHING`,
			u.d[:], clean(p.ID), clean(p.Country), cell, lon, lat, u.content); err != nil {
			return nil, err
		}
		var no int64
		if err := t.QueryRowContext(ctx, "SELECT no FROM place WHERE digest = $1", u.d[:]).Scan(&no); err != nil {
			return nil, fmt.Errorf("reading the number of place %q: %w", p.ID, err)
		}
		for _, p := range u.places {
			nos[p] = no
		}
		t.after = append(t.after, func() {
			t.s.places.mu.Lock()
			defer t.s.places.mu.Unlock()
			t.s.places.nos[u.d] = no
		})
	}
	return nos, nil
}

// placesOf reads places by number. The caller must not change them.
func (s *Store) placesOf(ctx context.Context, q querier, nos []int64) (map[int64]*centre.Place, error) {
	found := make(map[int64]*centre.Place, len(nos))
	var missing []int64
	s.places.mu.RLock()
	for _, no := range nos {
		if p, ok := s.places.byNo[no]; ok {
			found[no] = p
		} else {
			missing = append(missing, no)
		}
	}
	s.places.mu.RUnlock()
	if len(missing) == 0 {
		return found, nil
	}
	slices.Sort(missing)
	rows, err := q.QueryContext(ctx, "SELECT no, lon, content FROM place WHERE "+in("no", slices.Compact(missing)))
	var read []int64
	err = each(rows, err, func(rows *sql.Rows) error {
		var no int64
		var lon sql.NullFloat64
		var content string
		if err := rows.Scan(&no, &lon, &content); err != nil {
			return err
		}
		p := &centre.Place{}
		if err := json.Unmarshal([]byte(content), p); err != nil {
			return fmt.Errorf("place %d cannot be read: %w", no, err)
		}
		p.Point.Known = lon.Valid
		found[no], read = p, append(read, no)
		return nil
	})
	if err != nil {
		return nil, err
	}
	// A snapshot holds only what is durable.
	s.places.mu.Lock()
	defer s.places.mu.Unlock()
	for _, no := range read {
		s.places.byNo[no] = found[no]
	}
	return found, nil
}

func leafCell(p centre.Point) s2.CellID {
	return s2.CellIDFromLatLng(s2.LatLngFromDegrees(p.Lat, p.Lon))
}

// cellRanges is the condition that a place lies in one of the cells.
func cellRanges(cells s2.CellUnion) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString(" OR ")
		}
		// A cell lies on one face, so its range never crosses the sign.
		fmt.Fprintf(&b, "cell BETWEEN %d AND %d", int64(c.RangeMin()), int64(c.RangeMax()))
	}
	if b.Len() == 0 {
		return "1 = 0"
	}
	return "(" + b.String() + ")"
}
