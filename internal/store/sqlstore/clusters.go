package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

const (
	maxClusters      = 1000
	maxZoom          = 22
	clustersAcross   = 8 // a tile of 512 pixels, 64 pixels apart
	maxClusterPlaces = 3
	mercatorLimit    = 85.05112878 // degrees of latitude where Web Mercator ends
)

// square is a part of the map's grid at one zoom.
type square struct{ x, y int64 }

// squareOf is fixed to the earth and not to the box, so that clusters keep
// still when the map is moved.
func squareOf(p centre.Point, zoom int) square {
	n := float64(int64(clustersAcross) << zoom)
	lat := max(-mercatorLimit, min(mercatorLimit, p.Lat)) * math.Pi / 180
	x := (p.Lon + 180) / 360 * n
	y := (1 - math.Log(math.Tan(lat)+1/math.Cos(lat))/math.Pi) / 2 * n
	clamp := func(f float64) int64 { return int64(max(0, min(n-1, math.Floor(f)))) }
	return square{clamp(x), clamp(y)}
}

// gathered is a cluster in the making.
type gathered struct {
	reports int
	newest  centre.ID
	last    centre.ID // the report that was counted last
	places  []int64
}

// Clusters implements store.Aggregates.
func (s *Store) Clusters(ctx context.Context, v policy.View, q query.Node, box query.Box, zoom int) ([]store.Cluster, error) {
	clusters := []store.Cluster{}
	if zoom < 0 || zoom > maxZoom {
		return clusters, centre.Invalid("A map's zoom is 0 to %d, not %d.", maxZoom, zoom)
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		nos, err := placesIn(ctx, tx, areaBox(box))
		if err != nil || len(nos) == 0 {
			return err
		}
		places, err := s.placesOf(ctx, tx, nos)
		if err != nil {
			return err
		}
		byNo := make([]*gathered, slices.Max(nos)+1)
		squares := map[square]*gathered{}
		slices.Sort(nos)
		for _, no := range nos {
			at := squareOf(places[no].Point, zoom)
			if squares[at] == nil {
				squares[at] = &gathered{}
			}
			byNo[no] = squares[at]
		}
		counts, err := s.countInSquares(ctx, tx, v, narrowTo(q, box, nos), byNo)
		if err != nil {
			return err
		}
		for _, no := range nos {
			if counts[no] > 0 {
				byNo[no].places = append(byNo[no].places, no)
			}
		}
		for _, g := range squares {
			if g.reports > 0 {
				clusters = append(clusters, clusterOf(g, counts, places))
			}
		}
		slices.SortFunc(clusters, func(a, b store.Cluster) int {
			return cmp.Or(cmp.Compare(b.Reports, a.Reports), cmp.Compare(b.Newest, a.Newest),
				cmp.Compare(a.Point.Lon, b.Point.Lon), cmp.Compare(a.Point.Lat, b.Point.Lat))
		})
		clusters = clusters[:min(len(clusters), maxClusters)]
		return nil
	})
	return clusters, err
}

// narrowTo adds the box to the query where that spares a walk: where it has few
// places. Reports without a place in the box would add nothing.
func narrowTo(q query.Node, box query.Box, nos []int64) query.Node {
	if len(nos) > maxKeys {
		return q
	}
	if q == nil {
		return box
	}
	return query.And{q, box}
}

// countInSquares counts each report once a square and once a place.
func (s *Store) countInSquares(ctx context.Context, tx *sql.Tx, v policy.View, q query.Node, byNo []*gathered) ([]int, error) {
	p, err := s.plan(ctx, tx, v, q)
	if err != nil {
		return nil, err
	}
	counts := make([]int, len(byNo))
	var packed sql.RawBytes
	var scratch []int64
	rows, err := tx.QueryContext(ctx, "SELECT r.id, r.places FROM "+p.from(0, newest), p.args...)
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		if err := rows.Scan(&id, &packed); err != nil {
			return err
		}
		scratch = unpackNumbers(packed, scratch[:0])
		for _, no := range scratch {
			if int(no) >= len(byNo) || byNo[no] == nil {
				continue
			}
			counts[no]++
			if g := byNo[no]; g.last != id {
				g.last = id
				g.reports++
				g.newest = max(g.newest, id)
			}
		}
		return nil
	})
	return counts, err
}

// clusterOf makes the cluster: its centroid is weighted by reports.
func clusterOf(g *gathered, counts []int, places map[int64]*centre.Place) store.Cluster {
	c := store.Cluster{Reports: g.reports, Newest: g.newest, Box: query.Box{West: 180, South: 90, East: -180, North: -90}}
	var lon, lat, weight float64
	byPlace := map[int64]int{}
	for _, no := range g.places {
		p, n := places[no].Point, float64(counts[no])
		lon, lat, weight = lon+p.Lon*n, lat+p.Lat*n, weight+n
		c.Box = query.Box{West: min(c.Box.West, p.Lon), South: min(c.Box.South, p.Lat), East: max(c.Box.East, p.Lon), North: max(c.Box.North, p.Lat)}
		byPlace[no] = counts[no]
	}
	// Rounding may not carry the point out of the box.
	c.Point = centre.At(max(c.Box.West, min(c.Box.East, lon/weight)), max(c.Box.South, min(c.Box.North, lat/weight)))
	c.Places = topPlaces(byPlace, places, maxClusterPlaces)
	return c
}
