package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// newestReports are those that a list without a name looks at.
const newestReports = 5_000

// Ranks of those that no visible report names, and of those whose reports have
// no known time: below all others.
const (
	unnamed    = -1 << 62
	withoutDay = -1<<62 + 1
)

// entityPlace is where an entity stands in a list: higher ranks first, then lower ids.
type entityPlace struct {
	id   centre.ID
	rank int64
}

// kindEntities begins a cursor of a list of entities: then come the id and the
// rank of the last one shown.
const kindEntities = 'n'

func (r entityPlace) cursor() string {
	return cursorOf(kindEntities, r.id) + "." + strconv.FormatInt(r.rank, 36)
}

// entityCursor reads a cursor; "" is before the first line.
func entityCursor(after string) (entityPlace, error) {
	if after == "" {
		return entityPlace{rank: math.MaxInt64}, nil
	}
	name, at, _ := strings.Cut(after, ".")
	if len(name) > 1 && name[0] == kindEntities {
		id, err := centre.ParseID(name[1:])
		rank, wrong := strconv.ParseInt(at, 36, 64)
		if err == nil && wrong == nil {
			return entityPlace{id, rank}, nil
		}
	}
	return entityPlace{}, centre.Invalid("%q is not a place in this list; begin again without it", after)
}

// Entities implements store.Entities.
func (s *Store) Entities(ctx context.Context, v policy.View, f store.EntityFilter) (store.EntityPage, error) {
	page := store.EntityPage{Entities: []centre.Entity{}}
	limit, err := limitOf(f.Limit)
	if err != nil {
		return page, err
	}
	after, err := entityCursor(f.After)
	if err != nil || !sighted(v) {
		return page, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		list := s.standingEntities
		if f.Keys != nil || f.Known != nil {
			list = s.matchingEntities
		}
		places, err := list(ctx, tx, v, f, after, limit+1)
		if err != nil {
			return err
		}
		if len(places) > limit {
			places = places[:limit]
			page.Next = places[limit-1].cursor()
		}
		heads := make([]centre.ID, len(places))
		for i, p := range places {
			heads[i] = p.id
		}
		page.Entities, err = s.entities(ctx, tx, v, heads)
		return err
	})
	return page, err
}

// standingEntities ranks by the newest visible reports, without a name.
func (s *Store) standingEntities(ctx context.Context, tx *sql.Tx, v policy.View, f store.EntityFilter, after entityPlace, limit int) ([]entityPlace, error) {
	rank := "count(DISTINCT x.report_id)"
	if f.Order == store.EntitiesByNewest {
		rank = fmt.Sprintf("coalesce(max(r.published), %d)", int64(withoutDay))
	}
	args := []any{string(f.Kind), f.Country, after.rank, int64(after.id), int64(limit)}
	ofCountry := "c.here > 0"
	if len(f.KnownOf) > 0 {
		var marks []string
		for _, k := range f.KnownOf {
			args = append(args, clean(k))
			marks = append(marks, fmt.Sprintf("$%d", len(args)))
		}
		ofCountry = "(c.here > 0 OR h.known IN (" + strings.Join(marks, ", ") + "))"
	}
	rows, err := tx.QueryContext(ctx, fmt.Sprintf(`SELECT id, rank FROM (
		SELECT h.id AS id, coalesce(c.rank, %d) AS rank FROM entity h LEFT JOIN (
			SELECT e.head_id, %s AS rank, sum(CASE WHEN x.country = $2 THEN 1 ELSE 0 END) AS here FROM %s
			WHERE r.id IN (SELECT r.id FROM report r WHERE %s ORDER BY r.id DESC LIMIT %d) GROUP BY e.head_id
		) c ON c.head_id = h.id
		WHERE h.id = h.head_id AND (c.rank IS NOT NULL OR h.known <> '') AND ($1 = '' OR h.kind = $1) AND ($2 = '' OR %s)
	) list WHERE rank < $3 OR rank = $3 AND id > $4 ORDER BY rank DESC, id LIMIT $5`,
		int64(unnamed), rank, namedIn(v), visible(v, "r.label_id"), newestReports, ofCountry), args...)
	var list []entityPlace
	err = each(rows, err, func(rows *sql.Rows) error {
		var r entityPlace
		err := rows.Scan(&r.id, &r.rank)
		list = append(list, r)
		return err
	})
	return list, err
}

// matchingEntities ranks those that have such a name, by all visible reports.
func (s *Store) matchingEntities(ctx context.Context, tx *sql.Tx, v policy.View, f store.EntityFilter, after entityPlace, limit int) ([]entityPlace, error) {
	heads, err := s.sounding(ctx, tx, f.Keys)
	if err == nil && len(f.Known) > 0 {
		var more []centre.ID
		more, err = headsOfKnown(ctx, tx, f.Known)
		heads = append(more, heads...)
	}
	if err != nil {
		return nil, err
	}
	all, err := s.entities(ctx, tx, v, distinct(heads))
	if err != nil {
		return nil, err
	}
	var list []entityPlace
	for i := range all {
		e := &all[i]
		switch listed := e.Known != "" && slices.Contains(f.Known, e.Known); {
		case f.Kind != "" && e.Kind != f.Kind,
			f.Country != "" && !slices.Contains(e.Countries, f.Country) && !slices.Contains(f.KnownOf, e.Known),
			!listed && !sounds(e.Names, f.Keys):
			continue
		}
		r := entityPlace{e.ID, rankOf(e, f.Order)}
		if r.rank < after.rank || r.rank == after.rank && r.id > after.id {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b entityPlace) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.id, b.id))
	})
	return list[:min(len(list), limit)], nil
}

func rankOf(e *centre.Entity, order store.EntityOrder) int64 {
	switch {
	case e.Reports == 0:
		return unnamed
	case order != store.EntitiesByNewest:
		return int64(e.Reports)
	case !e.Last.Known():
		return withoutDay
	}
	return e.Last.Time.UnixMilli()
}
