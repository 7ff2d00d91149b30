package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/identity"
	"entente/internal/policy"
	"entente/internal/store"
)

const (
	besideReports = 2_000 // that company is counted over
	maxCandidates = 300   // entities of a sound whose names are looked at
	maxTraits     = 24    // names and roles that are told of one entity
)

// named ties entities to the visible reports that name them: e, x, r.
func namedIn(v policy.View) string {
	return "entity e JOIN report_entity x ON x.entity_id = e.id JOIN report r ON r.id = x.report_id AND " + visible(v, "r.label_id")
}

func distinct(list []centre.ID) []centre.ID {
	var out []centre.ID
	seen := map[centre.ID]bool{}
	for _, id := range list {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// sounds tells that a name has, of each list, a word with a key that begins so.
func sounds(names []centre.EntityName, wanted [][]string) bool {
	return slices.ContainsFunc(names, func(n centre.EntityName) bool {
		words := identity.ParseName(n.Text).Words
		for _, any := range wanted {
			if !slices.ContainsFunc(words, func(w identity.Word) bool {
				return slices.ContainsFunc(w.Keys, func(k string) bool {
					return slices.ContainsFunc(any, func(begin string) bool { return strings.HasPrefix(k, begin) })
				})
			}) {
				return false
			}
		}
		return len(wanted) > 0
	})
}

// sounding gives the heads that have, of each list, a key that begins so. What
// the view sees of them is still to be looked at.
func (s *Store) sounding(ctx context.Context, tx *sql.Tx, wanted [][]string) ([]centre.ID, error) {
	var found []centre.ID
	for i, alternatives := range wanted {
		var or []string
		var args []any
		for _, key := range alternatives {
			args = append(args, clean(key), clean(key)+"~")
			or = append(or, fmt.Sprintf("k.key >= $%d AND k.key < $%d", len(args)-1, len(args)))
		}
		if len(or) == 0 {
			return nil, nil
		}
		some, err := ids(tx.QueryContext(ctx, "SELECT DISTINCT e.head_id FROM entity_key k JOIN entity e ON e.id = k.entity_id WHERE ("+strings.Join(or, " OR ")+") LIMIT 20000", args...))
		if err != nil {
			return nil, err
		}
		if i > 0 {
			both := map[centre.ID]bool{}
			for _, id := range some {
				both[id] = true
			}
			some = slices.DeleteFunc(found, func(id centre.ID) bool { return !both[id] })
		}
		found = some
	}
	return found[:min(len(found), maxCandidates)], nil
}

func headsOfKnown(ctx context.Context, q querier, known []string) ([]centre.ID, error) {
	var args []any
	var marks []string
	for _, k := range known[:min(len(known), maxCandidates)] {
		args = append(args, clean(k))
		marks = append(marks, fmt.Sprintf("$%d", len(args)))
	}
	return ids(q.QueryContext(ctx, "SELECT head_id FROM entity WHERE known IN ("+strings.Join(marks, ", ")+")", args...))
}

// Entity implements store.Entities.
func (s *Store) Entity(ctx context.Context, v policy.View, id centre.ID) (centre.Entity, error) {
	var entity centre.Entity
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		entity, err = s.entity(ctx, tx, v, id)
		return err
	})
	return entity, err
}

// entity reads one entity, found under the id of what was merged into it, too.
func (s *Store) entity(ctx context.Context, q querier, v policy.View, id centre.ID) (centre.Entity, error) {
	head, err := headOf(ctx, q, id)
	if err != nil {
		return centre.Entity{}, err
	}
	if head != id {
		if ok, err := s.sees(ctx, q, v, []centre.ID{id}); err != nil || !ok {
			return centre.Entity{}, cmp.Or(err, centre.NotFound("person or body"))
		}
	}
	all, err := s.entities(ctx, q, v, []centre.ID{head})
	if err == nil && len(all) == 0 {
		err = centre.NotFound("person or body")
	}
	if err != nil {
		return centre.Entity{}, err
	}
	return all[0], nil
}

func headOf(ctx context.Context, q querier, id centre.ID) (head centre.ID, err error) {
	err = q.QueryRowContext(ctx, "SELECT head_id FROM entity WHERE id = $1", int64(id)).Scan(&head)
	return head, orNotFound(err, "person or body")
}

// sees tells whether a visible report names one of the entities by itself, or
// one is in the shipped list.
func (s *Store) sees(ctx context.Context, q querier, v policy.View, bases []centre.ID) (bool, error) {
	if !sighted(v) {
		return false, nil
	}
	some, err := ids(q.QueryContext(ctx, "SELECT id FROM entity WHERE known <> '' AND "+in("id", bases)+
		" UNION ALL SELECT x.entity_id FROM report_entity x JOIN report r ON r.id = x.report_id WHERE "+in("x.entity_id", bases)+" AND "+visible(v, "r.label_id")+" LIMIT 1"))
	return len(some) > 0, err
}

// entities tells of heads what the view sees, in the order of ids; those of which
// it sees nothing are absent.
func (s *Store) entities(ctx context.Context, q querier, v policy.View, heads []centre.ID) ([]centre.Entity, error) {
	list := []centre.Entity{}
	if len(heads) == 0 || !sighted(v) {
		return list, nil
	}
	all := map[centre.ID]*centre.Entity{}
	rows, err := q.QueryContext(ctx, "SELECT id, known, kind FROM entity WHERE id = head_id AND "+in("id", heads))
	err = each(rows, err, func(rows *sql.Rows) error {
		e := &centre.Entity{Names: []centre.EntityName{}, Roles: []centre.EntityRole{}, Countries: []string{}}
		err := rows.Scan(&e.ID, &e.Known, &e.Kind)
		all[e.ID] = e
		return err
	})
	if err != nil {
		return nil, err
	}
	rows, err = q.QueryContext(ctx, "SELECT e.head_id, count(DISTINCT x.report_id), min(r.published), max(r.published) FROM "+namedIn(v)+" WHERE "+in("e.head_id", heads)+" GROUP BY e.head_id")
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var n int
		var first, last sql.NullInt64
		err := rows.Scan(&id, &n, &first, &last)
		if e := all[id]; e != nil {
			e.Reports, e.First, e.Last = n, publishedOn(first), publishedOn(last)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := s.tellMarkings(ctx, q, v, heads, all); err != nil {
		return nil, err
	}
	if err := s.tellNames(ctx, q, v, heads, all); err != nil {
		return nil, err
	}
	if err := s.tellRoles(ctx, q, v, heads, all); err != nil {
		return nil, err
	}
	for _, id := range heads {
		if e := all[id]; e != nil && (e.Known != "" || e.Reports > 0) {
			list = append(list, *e)
		}
	}
	return list, nil
}

// publishedOn is the day of a time of publication.
func publishedOn(ms sql.NullInt64) centre.Moment {
	if !ms.Valid {
		return centre.Moment{}
	}
	return centre.Moment{Time: time.UnixMilli(ms.Int64).UTC().Truncate(24 * time.Hour), Precision: centre.PrecisionDay, Basis: centre.BasisPublication}
}

func (s *Store) tellMarkings(ctx context.Context, q querier, v policy.View, heads []centre.ID, all map[centre.ID]*centre.Entity) error {
	labels := map[centre.ID][]policy.LabelID{}
	rows, err := q.QueryContext(ctx, "SELECT DISTINCT e.head_id, r.label_id FROM "+namedIn(v)+" WHERE "+in("e.head_id", heads)+" ORDER BY e.head_id, r.label_id")
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var label policy.LabelID
		err := rows.Scan(&id, &label)
		labels[id] = append(labels[id], label)
		return err
	})
	for id, of := range labels {
		if e := all[id]; err == nil && e != nil {
			e.Marking, err = s.joined(ctx, q, of)
		}
	}
	return err
}

func (s *Store) tellNames(ctx context.Context, q querier, v policy.View, heads []centre.ID, all map[centre.ID]*centre.Entity) error {
	rows, err := q.QueryContext(ctx, "SELECT e.head_id, n.language, n.name, count(DISTINCT n.report_id) AS c FROM "+namedIn(v)+
		" JOIN entity_name n ON n.report_id = x.report_id AND n.local = x.local WHERE "+in("e.head_id", heads)+" GROUP BY e.head_id, n.language, n.name ORDER BY c DESC, n.name, n.language")
	return each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var n centre.EntityName
		err := rows.Scan(&id, &n.Language, &n.Text, &n.Count)
		if e := all[id]; e != nil && len(e.Names) < maxTraits {
			e.Names = append(e.Names, n)
		}
		return err
	})
}

func (s *Store) tellRoles(ctx context.Context, q querier, v policy.View, heads []centre.ID, all map[centre.ID]*centre.Entity) error {
	rows, err := q.QueryContext(ctx, "SELECT e.head_id, x.role, x.country, x.of_known, count(DISTINCT x.report_id) AS c, min(r.published), max(r.published) FROM "+namedIn(v)+
		" WHERE "+in("e.head_id", heads)+" AND (x.role <> '' OR x.country <> '') GROUP BY e.head_id, x.role, x.country, x.of_known ORDER BY c DESC, x.role, x.country, x.of_known")
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var role centre.EntityRole
		var first, last sql.NullInt64
		err := rows.Scan(&id, &role.Name, &role.Country, &role.Of, &role.Count, &first, &last)
		role.First, role.Last = publishedOn(first), publishedOn(last)
		e := all[id]
		if e == nil {
			return err
		}
		if role.Country != "" && !slices.Contains(e.Countries, role.Country) {
			e.Countries = append(e.Countries, role.Country)
		}
		for name := range strings.SplitSeq(role.Name, ", ") {
			if role.Name = name; name != "" {
				e.Roles = addRole(e.Roles, role)
			}
		}
		return err
	})
	for _, e := range all {
		slices.SortStableFunc(e.Roles, func(a, b centre.EntityRole) int {
			return cmp.Or(b.Last.Time.Compare(a.Last.Time), cmp.Compare(b.Count, a.Count))
		})
	}
	return err
}

// addRole adds what further reports say to the same role.
func addRole(roles []centre.EntityRole, more centre.EntityRole) []centre.EntityRole {
	for i := range roles {
		r := &roles[i]
		if r.Name != more.Name || r.Country != more.Country || r.Of != more.Of {
			continue
		}
		r.Count += more.Count
		if more.First.Known() && (!r.First.Known() || more.First.Time.Before(r.First.Time)) {
			r.First = more.First
		}
		if more.Last.Known() && (!r.Last.Known() || more.Last.Time.After(r.Last.Time)) {
			r.Last = more.Last
		}
		return roles
	}
	if len(roles) >= maxTraits {
		return roles
	}
	return append(roles, more)
}

// Beside implements store.Entities.
func (s *Store) Beside(ctx context.Context, v policy.View, id centre.ID, limit int) ([]store.Beside, error) {
	out := []store.Beside{}
	limit, err := limitOf(limit)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		e, err := s.entity(ctx, tx, v, id)
		if err != nil {
			return err
		}
		counts := map[centre.ID]int{}
		var heads []centre.ID
		rows, err := tx.QueryContext(ctx, "SELECT e2.head_id, count(DISTINCT x2.report_id) AS c FROM report_entity x2 JOIN entity e2 ON e2.id = x2.entity_id WHERE x2.report_id IN (SELECT DISTINCT x.report_id FROM "+
			namedIn(v)+" WHERE e.head_id = $1 ORDER BY x.report_id DESC LIMIT $2) AND e2.head_id <> $1 GROUP BY e2.head_id ORDER BY c DESC, e2.head_id LIMIT $3", int64(e.ID), int64(besideReports), int64(limit))
		err = each(rows, err, func(rows *sql.Rows) error {
			var head centre.ID
			var n int
			err := rows.Scan(&head, &n)
			counts[head], heads = n, append(heads, head)
			return err
		})
		if err != nil {
			return err
		}
		all, err := s.entities(ctx, tx, v, heads)
		for _, o := range all {
			out = append(out, store.Beside{Entity: o, Reports: counts[o.ID]})
		}
		return err
	})
	return out, err
}

// Namesakes implements store.Entities.
func (s *Store) Namesakes(ctx context.Context, v policy.View, id centre.ID, limit int) ([]centre.Entity, error) {
	list := []centre.Entity{}
	limit, err := limitOf(limit)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		e, err := s.entity(ctx, tx, v, id)
		if err != nil {
			return err
		}
		keys := wordKeys(e.Names)
		var args []any
		var marks []string
		for _, k := range keys {
			args = append(args, k)
			marks = append(marks, fmt.Sprintf("$%d", len(args)))
		}
		if len(marks) == 0 {
			return nil
		}
		heads, err := ids(tx.QueryContext(ctx, "SELECT DISTINCT e.head_id FROM entity_key k JOIN entity e ON e.id = k.entity_id WHERE k.key IN ("+strings.Join(marks, ", ")+fmt.Sprintf(") LIMIT %d", 10*maxCandidates), args...))
		if err != nil {
			return err
		}
		apart, err := ids(tx.QueryContext(ctx, `SELECT o.head_id FROM entity_edit d JOIN entity a ON a.id = d.entity_id JOIN entity o ON o.id = d.other_id WHERE d.action = 'reject' AND d.undone_at IS NULL AND a.head_id = $1
			UNION SELECT a.head_id FROM entity_edit d JOIN entity a ON a.id = d.entity_id JOIN entity o ON o.id = d.other_id WHERE d.action = 'reject' AND d.undone_at IS NULL AND o.head_id = $1`, int64(e.ID)))
		if err != nil {
			return err
		}
		heads = slices.DeleteFunc(heads, func(h centre.ID) bool { return h == e.ID || slices.Contains(apart, h) })
		all, err := s.entities(ctx, tx, v, heads[:min(len(heads), maxCandidates)])
		for _, o := range all {
			if (o.Kind == centre.MentionPerson) == (e.Kind == centre.MentionPerson) && slices.ContainsFunc(wordKeys(o.Names), func(k string) bool { return slices.Contains(keys, k) }) {
				list = append(list, o)
			}
		}
		slices.SortStableFunc(list, func(a, b centre.Entity) int {
			return cmp.Or(cmp.Compare(b.Reports, a.Reports), cmp.Compare(a.ID, b.ID))
		})
		list = list[:min(len(list), limit)]
		return err
	})
	return list, err
}

// wordKeys gives the keys of the words of names.
func wordKeys(names []centre.EntityName) []string {
	var keys []string
	for _, n := range names {
		for _, w := range identity.ParseName(n.Text).Words {
			for _, k := range w.Keys {
				if !slices.Contains(keys, k) {
					keys = append(keys, k)
				}
			}
		}
	}
	return keys
}
