package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"

	"entente/internal/centre"
	"entente/internal/policy"
)

// identify gives the mentions of a report's current version their entities.
func (s *Store) identify(ctx context.Context, q querier, report centre.ID, mentions []centre.Mention) error {
	of := map[string]centre.ID{}
	rows, err := q.QueryContext(ctx, "SELECT x.local, e.head_id FROM report_entity x JOIN entity e ON e.id = x.entity_id WHERE x.report_id = $1", int64(report))
	err = each(rows, err, func(rows *sql.Rows) error {
		var local string
		var head centre.ID
		err := rows.Scan(&local, &head)
		of[local] = head
		return err
	})
	for i := range mentions {
		if m := &mentions[i]; m.Entity != "" {
			m.Identity = of[m.Entity]
		}
	}
	return err
}

// EntityLinks implements store.Entities.
func (s *Store) EntityLinks(ctx context.Context, v policy.View, report centre.ID) ([]centre.EntityLink, error) {
	var links []centre.EntityLink
	err := s.read(ctx, func(tx *sql.Tx) error {
		return s.links(ctx, tx, v, []centre.ID{report}, "x.entity_id", func(l []centre.EntityLink, _ centre.Moment) error { links = l; return nil })
	})
	return links, err
}

// RememberEntities implements store.Entities.
func (s *Store) RememberEntities(ctx context.Context, v policy.View, limit int, f func([]centre.EntityLink, centre.Moment) error) error {
	return s.rememberNaming(ctx, v, "1 = 1", limit, f)
}

// RememberEntity implements store.Entities.
func (s *Store) RememberEntity(ctx context.Context, v policy.View, heads []centre.ID, limit int, f func([]centre.EntityLink, centre.Moment) error) error {
	return s.rememberNaming(ctx, v, "r.id IN (SELECT x.report_id FROM report_entity x JOIN entity e ON e.id = x.entity_id WHERE "+in("e.head_id", heads)+")", limit, f)
}

// rememberNaming walks what the newest reports of a condition say, the oldest first.
func (s *Store) rememberNaming(ctx context.Context, v policy.View, condition string, limit int, f func([]centre.EntityLink, centre.Moment) error) error {
	if limit <= 0 {
		return nil
	}
	return s.read(ctx, func(tx *sql.Tx) error {
		all, err := ids(tx.QueryContext(ctx, "SELECT id FROM report r WHERE "+condition+" AND "+visible(v, "r.label_id")+" ORDER BY id DESC LIMIT $1", int64(limit)))
		for end := len(all); end > 0 && err == nil; end -= rememberBatch {
			err = s.links(ctx, tx, v, all[max(0, end-rememberBatch):end], "e.head_id", f)
		}
		return err
	})
}

// links walks what reports say of entities, by report. id is the column that tells
// which an entity is.
func (s *Store) links(ctx context.Context, q querier, v policy.View, reports []centre.ID, id string, f func([]centre.EntityLink, centre.Moment) error) error {
	type row struct {
		links []centre.EntityLink
		at    centre.Moment
	}
	all := map[centre.ID]*row{}
	var order []centre.ID
	rows, err := q.QueryContext(ctx, `SELECT x.report_id, x.local, `+id+`, e.kind, e.known, x.mentions, x.role, x.country, x.of_known, x.score, x.why, r.published FROM report_entity x
		JOIN entity e ON e.id = x.entity_id JOIN report r ON r.id = x.report_id WHERE `+in("x.report_id", reports)+" AND "+visible(v, "r.label_id")+" ORDER BY x.report_id, x.local")
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var l centre.EntityLink
		var why string
		var published sql.NullInt64
		if err := rows.Scan(&id, &l.Local, &l.Entity, &l.Kind, &l.Known, &l.Mentions, &l.Role, &l.Country, &l.Of, &l.Score, &why, &published); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(why), &l.Why); err != nil {
			return err
		}
		if all[id] == nil {
			all[id] = &row{at: publishedOn(published)}
			order = append(order, id)
		}
		all[id].links = append(all[id].links, l)
		return nil
	})
	if err != nil {
		return err
	}
	rows, err = q.QueryContext(ctx, "SELECT report_id, local, language, name, mentions FROM entity_name WHERE "+in("report_id", order)+" ORDER BY report_id, local, language, name")
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var local string
		var n centre.EntityName
		err := rows.Scan(&id, &local, &n.Language, &n.Text, &n.Count)
		for i := range all[id].links {
			if l := &all[id].links[i]; l.Local == local {
				l.Names = append(l.Names, n)
			}
		}
		return err
	})
	for _, id := range order {
		if err == nil {
			err = f(all[id].links, all[id].at)
		}
	}
	return err
}
