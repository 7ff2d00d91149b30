package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"entente/internal/centre"
	"entente/internal/policy"
)

// labelCache holds markings by number. Label rows never change, so what is
// here is true for good; it is filled only with what is durable.
type labelCache struct {
	mu   sync.RWMutex
	byID map[policy.LabelID]centre.Marking
	ids  map[string]policy.LabelID // by the marking's text
}

func (c *labelCache) init() {
	c.byID, c.ids = map[policy.LabelID]centre.Marking{}, map[string]policy.LabelID{}
}

func (c *labelCache) add(l policy.Label) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[l.ID], c.ids[l.Marking.String()] = l.Marking, l.ID
}

// querier is what both a transaction and a pool can do.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// marking gives the marking of a label.
func (s *Store) marking(ctx context.Context, q querier, id policy.LabelID) (centre.Marking, error) {
	s.labels.mu.RLock()
	m, ok := s.labels.byID[id]
	s.labels.mu.RUnlock()
	if ok {
		return m, nil
	}
	var text string
	if err := q.QueryRowContext(ctx, "SELECT marking FROM label WHERE id = $1", id).Scan(&text); err != nil {
		return m, fmt.Errorf("reading label %d: %w", id, err)
	}
	return readMarking(text)
}

func readMarking(text string) (centre.Marking, error) {
	var m centre.Marking
	if err := m.UnmarshalText([]byte(text)); err != nil {
		return m, fmt.Errorf("a stored marking cannot be read: %w", err)
	}
	return m, nil
}

// label gives the label of a marking, and makes it where there is none. made
// tells which it was.
func (t *tx) label(ctx context.Context, m centre.Marking) (l policy.Label, made bool, err error) {
	m = m.Canonical()
	text := m.String()
	// What is printed must read back as the same marking: nothing is stored as
	// something else than what its author meant.
	back, err := readMarking(text)
	if err != nil || !back.Equal(m) || m.Originator == "" {
		return l, false, centre.Invalid("The marking %q cannot be stored: it needs an originator, and levels, caveats and recipients that the centre knows.", text)
	}
	t.s.labels.mu.RLock()
	id, ok := t.s.labels.ids[text]
	t.s.labels.mu.RUnlock()
	if ok {
		return policy.Label{ID: id, Marking: back}, false, nil
	}
	n, err := t.exec(ctx, "INSERT INTO label (marking) VALUES ($1) ON CONFLICT (marking) DO NOTHING", text)
	if err != nil {
		return l, false, err
	}
	if err := t.QueryRowContext(ctx, "SELECT id FROM label WHERE marking = $1", text).Scan(&id); err != nil {
		return l, false, fmt.Errorf("reading the label of %q: %w", text, err)
	}
	l = policy.Label{ID: id, Marking: back}
	t.after = append(t.after, func() { t.s.labels.add(l) })
	return l, n > 0, nil
}

// anyAction are the actions of which any permits to look a label up.
var anyAction = []policy.Action{
	policy.ActionGrade, policy.ActionMark, policy.ActionImport, policy.ActionManageSources,
	policy.ActionManagePersons, policy.ActionReprocess, policy.ActionPipeline,
}

// Label implements store.Labels.
func (s *Store) Label(ctx context.Context, g policy.Grant, m centre.Marking) (policy.Label, error) {
	if err := permit(g, anyAction...); err != nil {
		return policy.Label{}, err
	}
	var l policy.Label
	err := s.write(ctx, func(t *tx) error {
		var made bool
		var err error
		if l, made, err = t.label(ctx, m); err != nil || !made {
			return err
		}
		return t.enter(ctx, g, deed{action: "label", kind: "label", object: centre.ID(l.ID), detail: "Made a label for " + l.Marking.String() + "."})
	})
	return l, err
}

// AllLabels implements store.Labels.
func (s *Store) AllLabels(ctx context.Context, g policy.Grant) ([]policy.Label, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	labels := []policy.Label{}
	err := s.read(ctx, func(q *sql.Tx) error {
		rows, err := q.QueryContext(ctx, "SELECT id, marking FROM label ORDER BY id")
		return each(rows, err, func(rows *sql.Rows) error {
			var l policy.Label
			var text string
			err := rows.Scan(&l.ID, &text)
			if err == nil {
				l.Marking, err = readMarking(text)
			}
			labels = append(labels, l)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	for _, l := range labels {
		s.labels.add(l)
	}
	return labels, nil
}
