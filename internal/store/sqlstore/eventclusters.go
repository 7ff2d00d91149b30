package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// tileZoom is the largest zoom at which a tile is no wider than what one cluster
// stands for: the database may then add up the events of a tile.
const tileZoom = 3

// EventClusters implements store.Events.
func (s *Store) EventClusters(ctx context.Context, v policy.View, f store.EventFilter, box query.Box, zoom int) ([]store.EventCluster, error) {
	clusters := []store.EventCluster{}
	if zoom < 0 || zoom > maxZoom {
		return clusters, centre.Invalid("A map's zoom is 0 to %d, not %d.", maxZoom, zoom)
	}
	w := whereEvents(v, f)
	w.inside(box)
	from := " FROM event e"
	if len(f.Sources) > 0 {
		from += " JOIN source o ON o.id = e.source_id"
	}
	from += " WHERE " + w.String()
	text, keep := "SELECT e.lon, e.lat, e.lon, e.lat, e.lon, e.lat, 1, e.id, ''"+from, textTest(f.Text)
	switch {
	case f.Text != "":
		text = "SELECT e.lon, e.lat, e.lon, e.lat, e.lon, e.lat, 1, e.id, e.content" + from
	case zoom <= tileZoom:
		text = "SELECT sum(e.lon), sum(e.lat), min(e.lon), min(e.lat), max(e.lon), max(e.lat), count(*), max(e.id), ''" + from + " GROUP BY e.tile"
	}
	squares := map[square]*store.EventCluster{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, text, w.args...)
		var content sql.RawBytes
		return each(rows, err, func(rows *sql.Rows) error {
			var c store.EventCluster
			if err := rows.Scan(&c.Point.Lon, &c.Point.Lat, &c.Box.West, &c.Box.South, &c.Box.East, &c.Box.North, &c.Events, &c.Newest, &content); err != nil {
				return err
			}
			if f.Text != "" {
				var e centre.Event
				if !keep(content, nil) {
					return nil
				}
				if err := readEvent(content, &e); err != nil || !keep(content, &e) {
					return err
				}
			}
			n := float64(c.Events)
			at := squareOf(centre.At(c.Point.Lon/n, c.Point.Lat/n), zoom)
			if sum := squares[at]; sum != nil {
				add(sum, c)
			} else {
				squares[at] = &c
			}
			return nil
		})
	})
	if err != nil {
		return clusters, err
	}
	for _, c := range squares {
		// Rounding may not carry the point out of the box.
		n := float64(c.Events)
		c.Point = centre.At(max(c.Box.West, min(c.Box.East, c.Point.Lon/n)), max(c.Box.South, min(c.Box.North, c.Point.Lat/n)))
		clusters = append(clusters, *c)
	}
	slices.SortFunc(clusters, func(a, b store.EventCluster) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(b.Newest, a.Newest))
	})
	return clusters[:min(len(clusters), maxClusters)], nil
}

// add adds events to a cluster. The points of both are sums so far.
func add(to *store.EventCluster, c store.EventCluster) {
	to.Events += c.Events
	to.Newest = max(to.Newest, c.Newest)
	to.Point.Lon, to.Point.Lat = to.Point.Lon+c.Point.Lon, to.Point.Lat+c.Point.Lat
	to.Box = query.Box{West: min(to.Box.West, c.Box.West), South: min(to.Box.South, c.Box.South), East: max(to.Box.East, c.Box.East), North: max(to.Box.North, c.Box.North)}
}
