package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

const sourceColumns = `o.id, o.slug, o.name, o.kind, o.address, o.member, o.family, o.language, o.country, o.reliability, o.label_id,
	o.interval_ms, o.paused, o.private, o.options, o.created, o.tried, o.good, o.next, o.failures, o.error, o.items, o.fetched, o.unchanged, o.bytes,
	o.owner, o.ownership, o.problems, o.last_item, o.lag_ms, o.every_ms`

func (s *Store) scanSource(ctx context.Context, q querier, scan func(...any) error) (store.SourceState, error) {
	var state store.SourceState
	o, h := &state.Source, &state.Health
	var reliability, interval, paused, private, lag, every int64
	var options, problems string
	var created, tried, good, next, lastItem sql.NullInt64
	if err := scan(&o.ID, &o.Slug, &o.Name, &o.Kind, &o.Address, &o.Member, &o.Family, &o.Language, &o.Country, &reliability, &o.Label,
		&interval, &paused, &private, &options, &created, &tried, &good, &next, &h.Failures, &h.Error, &h.Items, &h.Fetched, &h.Unchanged, &h.Bytes,
		&o.Owner, &o.Ownership, &problems, &lastItem, &lag, &every); err != nil {
		return state, err
	}
	o.Reliability, o.Interval = centre.Reliability(reliability), time.Duration(interval)*time.Millisecond
	o.Paused, o.Private, o.Created = paused != 0, private != 0, timeOf(created)
	h.Tried, h.Good, h.Next, h.LastItem = timeOf(tried), timeOf(good), timeOf(next), timeOf(lastItem)
	h.Lag, h.Every = time.Duration(lag)*time.Millisecond, time.Duration(every)*time.Millisecond
	var err error
	if h.Problems, err = unlist[string](problems); err != nil {
		return state, err
	}
	if err := json.Unmarshal([]byte(options), &o.Options); err != nil {
		return state, fmt.Errorf("the options of source %s cannot be read: %w", o.ID, err)
	}
	return state, nil
}

// source reads one source by a condition, with its marking.
func (s *Store) source(ctx context.Context, q querier, condition string, args ...any) (store.SourceState, error) {
	state, err := s.scanSource(ctx, q, q.QueryRowContext(ctx, "SELECT "+sourceColumns+" FROM source o WHERE "+condition, args...).Scan)
	if err != nil {
		return state, orNotFound(err, "source")
	}
	state.Source.Marking, err = s.marking(ctx, q, state.Source.Label)
	return state, err
}

// fillCounts adds what waits, what failed, and what came on which day.
func (s *Store) fillCounts(ctx context.Context, q querier, states []*store.SourceState) error {
	sourceIDs := make([]centre.ID, len(states))
	for i, state := range states {
		sourceIDs[i] = state.Source.ID
	}
	now, wanted := s.now(), in("source_id", sourceIDs)
	if len(sourceIDs) > manySources {
		wanted = "source_id > 0"
	}
	waiting, err := counts(q.QueryContext(ctx, "SELECT source_id, count(*) FROM waiting WHERE "+wanted+
		" AND "+waits+" GROUP BY source_id", now.UnixMilli()))
	if err != nil {
		return err
	}
	days, err := daily(ctx, q, wanted, dayOf(now))
	if err != nil {
		return err
	}
	dead, err := counts(q.QueryContext(ctx, "SELECT source_id, count(*) FROM dead_letter WHERE "+wanted+" GROUP BY source_id"))
	for _, state := range states {
		state.Waiting, state.Dead = waiting[state.Source.ID], dead[state.Source.ID]
		if state.Health.Daily = days[state.Source.ID]; state.Health.Daily == nil {
			state.Health.Daily = make([]int, keptDays)
		}
	}
	return err
}

// manySources are so many that what is counted is read of all, and that of others
// passed over: a list of thousands of numbers takes longer to read.
const manySources = 1000

// waits is the condition on table waiting that a document is not under embargo
// at the time in $1.
const waits = "(not_before IS NULL OR not_before <= $1)"

// daily reads what the wanted sources brought on the last days.
func daily(ctx context.Context, q querier, wanted string, today int64) (map[centre.ID][]int, error) {
	days := map[centre.ID][]int{}
	rows, err := q.QueryContext(ctx, "SELECT source_id, day, items FROM source_day WHERE "+wanted+
		" AND day > $1 AND day <= $2", today-keptDays, today)
	return days, each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var day int64
		var items int
		if err := rows.Scan(&id, &day, &items); err != nil {
			return err
		}
		if days[id] == nil {
			days[id] = make([]int, keptDays)
		}
		days[id][keptDays-1-int(today-day)] = items
		return nil
	})
}

// Sources implements store.Sources. They are in the order of their slugs.
func (s *Store) Sources(ctx context.Context, v policy.View) ([]store.SourceState, error) {
	states := []store.SourceState{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT "+sourceColumns+" FROM source o WHERE "+visible(v, "o.label_id")+" ORDER BY o.slug")
		err = each(rows, err, func(rows *sql.Rows) error {
			state, err := s.scanSource(ctx, tx, rows.Scan)
			states = append(states, state)
			return err
		})
		if err != nil || len(states) == 0 {
			return err
		}
		all := make([]*store.SourceState, len(states))
		for i := range states {
			all[i] = &states[i]
			if states[i].Source.Marking, err = s.marking(ctx, tx, states[i].Source.Label); err != nil {
				return err
			}
		}
		return s.fillCounts(ctx, tx, all)
	})
	return states, err
}

// Source implements store.Sources.
func (s *Store) Source(ctx context.Context, v policy.View, id centre.ID) (store.SourceState, error) {
	return s.oneSource(ctx, v, "o.id = $1", int64(id))
}

// SourceBySlug implements store.Sources.
func (s *Store) SourceBySlug(ctx context.Context, v policy.View, slug string) (store.SourceState, error) {
	return s.oneSource(ctx, v, "o.slug = $1", clean(slug))
}

func (s *Store) oneSource(ctx context.Context, v policy.View, condition string, arg any) (store.SourceState, error) {
	var state store.SourceState
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		if state, err = s.source(ctx, tx, condition+" AND "+visible(v, "o.label_id"), arg); err != nil {
			return err
		}
		return s.fillCounts(ctx, tx, []*store.SourceState{&state})
	})
	if err != nil {
		return store.SourceState{}, err
	}
	return state, nil
}

// permitSource checks that a grant is for a source of the member with the marking.
func permitSource(g policy.Grant, o centre.Source, member centre.MemberCode) error {
	if err := permit(g, policy.ActionManageSources); err != nil {
		return err
	}
	if g.Object().Member != member {
		return centre.Refuse(centre.CodeDenied, "This was not done: the permission is for another member.")
	}
	if target := g.Object().Target; target != nil && !target.Equal(o.Marking) || target == nil && o.Marking.Originator != member {
		return centre.Refuse(centre.CodeDenied, "This was not done: the permission is for another marking of the source.")
	}
	return nil
}

func optionsText(o centre.Source) (string, error) {
	options := o.Options
	if options == nil {
		options = map[string]string{}
	}
	b, err := json.Marshal(options)
	return clean(string(b)), err
}

// AddSource implements store.Sources.
func (s *Store) AddSource(ctx context.Context, g policy.Grant, o centre.Source) error {
	if err := permitSource(g, o, o.Member); err != nil {
		return err
	}
	if o.ID == 0 || o.Slug == "" {
		return centre.Invalid("A source needs an id and a slug.")
	}
	options, err := optionsText(o)
	if err != nil {
		return err
	}
	sealed, err := s.seal(nil, o.Secrets)
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		label, _, err := t.label(ctx, o.Marking)
		if err != nil {
			return err
		}
		created := o.Created
		if created.IsZero() {
			created = t.now
		}
		n, err := t.exec(ctx, `INSERT INTO source (id, slug, name, kind, address, member, family, language, country, reliability, label_id,
			interval_ms, paused, private, options, created, owner, ownership, sealed)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT (slug) DO NOTHING`,
			int64(o.ID), clean(o.Slug), clean(o.Name), clean(o.Kind), clean(o.Address), string(o.Member), clean(o.Family), clean(o.Language), clean(o.Country),
			int64(o.Reliability), label.ID, o.Interval.Milliseconds(), flag(o.Paused), flag(o.Private), options, created.UnixMilli(),
			clean(o.Owner), clean(string(o.Ownership)), sealed)
		if err != nil {
			return err
		}
		if n == 0 {
			return centre.Refuse(centre.CodeConflict, "There is already a source named %q; choose another name.", o.Slug)
		}
		if err := t.tell(ctx, [][]any{{noticeSource, int64(o.ID), label.ID}}); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionManageSources, kind: "source", object: o.ID, detail: fmt.Sprintf("Added the source %q, marked %s.", o.Slug, o.Marking)})
	})
}

// ChangeSource implements store.Sources.
func (s *Store) ChangeSource(ctx context.Context, g policy.Grant, o centre.Source) error {
	if err := permit(g, policy.ActionManageSources); err != nil {
		return err
	}
	options, err := optionsText(o)
	if err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		var member centre.MemberCode
		var slug string
		var carried policy.LabelID
		var sealed []byte
		err := t.QueryRowContext(ctx, "SELECT member, slug, label_id, sealed FROM source WHERE id = $1"+s.dialect.Locked, int64(o.ID)).Scan(&member, &slug, &carried, &sealed)
		if err != nil {
			return orNotFound(err, "source")
		}
		if g.Object().ID != o.ID {
			return centre.Refuse(centre.CodeDenied, "This was not done: the permission is for another source.")
		}
		if err := permitSource(g, o, member); err != nil {
			return err
		}
		if g.Object().Label != 0 && g.Object().Label != carried {
			return centre.Refuse(centre.CodeConflict, "The marking of this source was changed while you were reading it; read it again and decide anew.")
		}
		label, _, err := t.label(ctx, o.Marking)
		if err != nil {
			return err
		}
		if sealed, err = s.seal(sealed, o.Secrets); err != nil {
			return err
		}
		if _, err := t.exec(ctx, `UPDATE source SET name = $1, address = $2, family = $3, language = $4, country = $5, reliability = $6, label_id = $7,
			interval_ms = $8, paused = $9, private = $10, options = $11, owner = $12, ownership = $13, sealed = $14 WHERE id = $15`,
			clean(o.Name), clean(o.Address), clean(o.Family), clean(o.Language), clean(o.Country), int64(o.Reliability), label.ID,
			o.Interval.Milliseconds(), flag(o.Paused), flag(o.Private), options, clean(o.Owner), clean(string(o.Ownership)), sealed, int64(o.ID)); err != nil {
			return err
		}
		notices := [][]any{{noticeSource, int64(o.ID), label.ID}}
		if label.ID != carried {
			notices = append(notices, []any{noticeSource, int64(o.ID), carried})
		}
		if err := t.tell(ctx, notices); err != nil {
			return err
		}
		return t.enter(ctx, g, deed{action: policy.ActionManageSources, kind: "source", object: o.ID, detail: fmt.Sprintf("Changed the source %q, marked %s.", slug, o.Marking)})
	})
}

const selectReading = "SELECT reading FROM source WHERE id = $1"

// Cursor implements store.Sources.
func (s *Store) Cursor(ctx context.Context, g policy.Grant, source centre.ID) (centre.Cursor, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	var c []byte
	// One statement is a snapshot of its own.
	err := orNotFound(s.readRow(ctx, selectReading, int64(source)).Scan(&c), "source")
	return c, s.explain(ctx, err)
}

// SetHealth implements store.Sources.
func (s *Store) SetHealth(ctx context.Context, g policy.Grant, source centre.ID, h centre.Health) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.setHealth(ctx, source, h)
		if err == nil && n == 0 {
			return centre.NotFound("source")
		}
		return err
	})
}

// SetHealths implements store.Sources.
func (s *Store) SetHealths(ctx context.Context, g policy.Grant, healths []store.HealthOf) error {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return err
	}
	healths = slices.SortedFunc(slices.Values(healths), func(a, b store.HealthOf) int { return cmp.Compare(a.Source, b.Source) })
	for chunk := range slices.Chunk(healths, 1000) { // so that no other writer waits for long
		err := s.write(ctx, func(t *tx) error {
			for _, h := range chunk {
				if _, err := t.setHealth(ctx, h.Source, h.Health); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const updateHealth = `UPDATE source SET tried = $1, good = $2, next = $3, failures = $4, error = $5, items = $6, fetched = $7, unchanged = $8, bytes = $9,
	problems = $10, last_item = $11, lag_ms = $12, every_ms = $13 WHERE id = $14`

func (t *tx) setHealth(ctx context.Context, source centre.ID, h centre.Health) (n int64, err error) {
	problems, err := list(h.Problems)
	if err != nil {
		return 0, err
	}
	return t.exec(ctx, updateHealth,
		millis(h.Tried), millis(h.Good), millis(h.Next), int64(h.Failures), clean(h.Error), h.Items, h.Fetched, h.Unchanged, h.Bytes,
		problems, millis(h.LastItem), h.Lag.Milliseconds(), h.Every.Milliseconds(), int64(source))
}
