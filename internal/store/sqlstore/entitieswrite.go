package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"

	"entente/internal/centre"
	"entente/internal/identity"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

const (
	intoEntity       = "entity (id, known, kind, head_id)"
	intoReportEntity = "report_entity (report_id, local, entity_id, mentions, role, country, of_known, score, why)"
	intoEntityName   = "entity_name (report_id, local, language, name, mentions)"
	intoEntityKey    = "entity_key (key, entity_id)"
	unlessThere      = "ON CONFLICT DO NOTHING"

	deleteReportEntities = "DELETE FROM report_entity WHERE report_id = $1"
	deleteEntityNames    = "DELETE FROM entity_name WHERE report_id = $1"
)

// keyed remembers which names of which entities have their keys in the database.
// It is safe for concurrent use.
type keyed struct {
	mu   sync.Mutex
	have map[keyedName]struct{}
}

type keyedName struct {
	entity centre.ID
	name   string
}

// maxKeyed bounds what keyed remembers: about 10 MB.
const maxKeyed = 50_000

func (k *keyed) has(n keyedName) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	_, ok := k.have[n]
	return ok
}

func (k *keyed) add(names []keyedName) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.have == nil || len(k.have) > maxKeyed {
		k.have = map[keyedName]struct{}{}
	}
	for _, n := range names {
		k.have[n] = struct{}{}
	}
}

// tied are the rows of the entities of a commit.
type tied struct {
	entities, links, names, keys [][]any
	fresh                        []keyedName
}

// tie adds the rows of what a report says of people and bodies. again says that
// the report had some.
func (c *commit) tie(ctx context.Context, report centre.ID, links []centre.EntityLink, again bool) error {
	if again {
		for _, text := range []string{deleteReportEntities, deleteEntityNames} {
			if _, err := c.exec(ctx, text, int64(report)); err != nil {
				return err
			}
		}
	}
	seen := map[string]bool{}
	for i := range links {
		l := &links[i]
		if l.Entity == 0 || seen[l.Local] {
			continue
		}
		seen[l.Local] = true
		why, err := list(l.Why)
		if err != nil {
			return err
		}
		local := clean(l.Local)
		c.tied.links = append(c.tied.links, []any{int64(report), local, int64(l.Entity), int64(l.Mentions), clean(l.Role), clean(l.Country), clean(l.Of), l.Score, why})
		for k, n := range l.Names {
			if slices.ContainsFunc(l.Names[:k], func(o centre.EntityName) bool { return clean(o.Text) == clean(n.Text) && o.Language == n.Language }) {
				continue
			}
			c.tied.names = append(c.tied.names, []any{int64(report), local, clean(n.Language), clean(n.Text), int64(n.Count)})
			c.key(l, clean(n.Text))
		}
	}
	return nil
}

// key adds the keys of a name, and its entity, where the database may lack them.
func (c *commit) key(l *centre.EntityLink, name string) {
	n := keyedName{l.Entity, name}
	if c.s.keyed.has(n) || slices.Contains(c.tied.fresh, n) {
		return
	}
	c.tied.fresh = append(c.tied.fresh, n)
	c.tied.entities = append(c.tied.entities, []any{int64(l.Entity), clean(l.Known), string(l.Kind), int64(l.Entity)})
	for _, w := range identity.ParseName(name).Words {
		for _, k := range w.Keys {
			c.tied.keys = append(c.tied.keys, []any{k, int64(l.Entity)})
		}
	}
}

// flushTied writes the rows that tie gathered.
func (c *commit) flushTied(ctx context.Context) error {
	t := c.tied
	c.tied = tied{}
	for _, step := range []struct {
		into, tail string
		rows       [][]any
	}{
		{intoEntity, unlessThere, t.entities}, {intoReportEntity, "", t.links}, {intoEntityName, "", t.names}, {intoEntityKey, unlessThere, t.keys},
	} {
		if err := c.insert(ctx, step.into, step.tail, step.rows); err != nil {
			return err
		}
	}
	if len(t.fresh) > 0 {
		c.after = append(c.after, func() { c.s.keyed.add(t.fresh) })
	}
	return nil
}

// KeepKnown implements store.Entities.
func (s *Store) KeepKnown(ctx context.Context, g policy.Grant, known []store.KnownEntity) (map[string]centre.ID, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	have := map[string]centre.ID{}
	err := s.write(ctx, func(t *tx) error {
		clear(have)
		rows, err := t.QueryContext(ctx, "SELECT known, id FROM entity WHERE known <> ''")
		err = each(rows, err, func(rows *sql.Rows) error {
			var name string
			var id centre.ID
			err := rows.Scan(&name, &id)
			have[name] = id
			return err
		})
		if err != nil {
			return err
		}
		var fresh [][]any
		for _, k := range known {
			if _, ok := have[k.ID]; ok || k.ID == "" {
				continue
			}
			id := centre.RandomID()
			have[k.ID] = id
			fresh = append(fresh, []any{int64(id), clean(k.ID), string(k.Kind), int64(id)})
		}
		return t.insert(ctx, intoEntity, "", fresh)
	})
	if err != nil {
		return nil, err
	}
	return have, nil
}

// entityCondition is the condition that r names an entity.
func entityCondition(id centre.ID) string {
	return fmt.Sprintf("EXISTS (SELECT 1 FROM report_entity x JOIN entity e ON e.id = x.entity_id WHERE x.report_id = r.id AND e.head_id = (SELECT h.head_id FROM entity h WHERE h.id = %d))", int64(id))
}

// Keys of names in the search index: sounds of people's and of bodies' names,
// and known bodies.
const (
	keyPerson = "kh"
	keyBody   = "ko"
	keyKnown  = "ki"
)

// knownKey is the key of a known body; its id has no space.
func knownKey(id string) string { return keyKnown + strings.Join(strings.Fields(clean(id)), "_") }

// namedMatch is what a name of a query looks for: nil for nothing.
func namedMatch(n query.Named) Match {
	mark := keyPerson
	if n.Body {
		mark = keyBody
	}
	var both Both
	for _, any := range n.Wanted() {
		keys := make([]string, len(any))
		for i, k := range any {
			keys[i] = mark + k
		}
		both = append(both, keysMatch(keys))
	}
	var m Match
	switch len(both) {
	case 0:
	case 1:
		m = both[0]
	default:
		m = both
	}
	if len(n.IDs) == 0 {
		return m
	}
	keys := make([]string, len(n.IDs))
	for i, id := range n.IDs {
		keys[i] = knownKey(id)
	}
	if m == nil {
		return keysMatch(keys)
	}
	return Either{m, keysMatch(keys)}
}
