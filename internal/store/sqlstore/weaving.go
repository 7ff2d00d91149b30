package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

const knownColumns = `r.id, r.copyset_id, r.story_id, r.published, c.published_precision, c.published_basis, r.received, r.language,
	r.exact, c.minhash, c.title, c.mentions, substr(c.content, 1, 1200)`

const knownTables = "report r JOIN report_version c ON c.document_id = r.current_id"

func (s *Store) scanKnown(ctx context.Context, q querier, scan func(...any) error) (k store.Known, mentions string, err error) {
	var published momentRow
	var received sql.NullInt64
	var exact int64
	var minhash []byte
	err = scan(&k.Report, &k.CopySet, &k.Story, &published.at, &published.precision, &published.basis, &received, &k.Language,
		&exact, &minhash, &k.Title, &mentions, &k.Text)
	k.Published, k.Received = published.moment(), timeOf(received)
	k.Fingerprint = centre.Fingerprint{Exact: uint64(exact), MinHash: unpackMinHash(minhash)}
	return k, mentions, err
}

// rememberBatch is how many reports Remember holds at once.
const rememberBatch = 500

// Remember implements store.Weaving.
func (s *Store) Remember(ctx context.Context, v policy.View, limit int, f func(store.Known) error) error {
	if limit <= 0 {
		return nil
	}
	return s.read(ctx, func(tx *sql.Tx) error {
		all, err := ids(tx.QueryContext(ctx, "SELECT id FROM report r WHERE "+visible(v, "r.label_id")+" ORDER BY id DESC LIMIT $1", int64(limit)))
		if err != nil {
			return err
		}
		for end := len(all); end > 0; end -= rememberBatch {
			if err := s.rememberSome(ctx, tx, v, all[max(0, end-rememberBatch):end], f); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) rememberSome(ctx context.Context, tx *sql.Tx, v policy.View, some []centre.ID, f func(store.Known) error) error {
	var batch []store.Known
	var mentions []string
	rows, err := tx.QueryContext(ctx, "SELECT "+knownColumns+" FROM "+knownTables+" WHERE "+in("r.id", some)+" AND "+visible(v, "r.label_id")+" ORDER BY r.id")
	err = each(rows, err, func(rows *sql.Rows) error {
		k, m, err := s.scanKnown(ctx, tx, rows.Scan)
		batch, mentions = append(batch, k), append(mentions, m)
		return err
	})
	if err == nil {
		err = s.knownEvents(ctx, tx, v, some, batch)
	}
	for i := range batch {
		if err == nil {
			batch[i].Mentions, err = s.readMentions(ctx, tx, mentions[i])
		}
		if err == nil {
			err = f(batch[i])
		}
	}
	return err
}

// knownEvents gives reports, in the order of their ids, the kinds of events that
// they tell.
func (s *Store) knownEvents(ctx context.Context, tx *sql.Tx, v policy.View, some []centre.ID, batch []store.Known) error {
	rows, err := tx.QueryContext(ctx, "SELECT e.report_id, e.category FROM report_event e JOIN report r ON r.id = e.report_id WHERE "+
		in("e.report_id", some)+" AND "+visible(v, "r.label_id")+" ORDER BY e.report_id, e.category")
	at := 0
	return each(rows, err, func(rows *sql.Rows) error {
		var report centre.ID
		var category centre.EventCategory
		if err := rows.Scan(&report, &category); err != nil {
			return err
		}
		for at < len(batch) && batch[at].Report < report {
			at++
		}
		if at < len(batch) && batch[at].Report == report {
			batch[at].Events = append(batch[at].Events, category)
		}
		return nil
	})
}

// SameText implements store.Weaving.
func (s *Store) SameText(ctx context.Context, v policy.View, exact uint64) (k store.Known, ok bool, err error) {
	if exact == 0 {
		return k, false, nil
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		var mentions string
		row := tx.QueryRowContext(ctx, "SELECT "+knownColumns+" FROM "+knownTables+" WHERE r.exact = $1 AND r.exact <> 0 AND "+visible(v, "r.label_id")+
			" ORDER BY r.id LIMIT 1", bits(exact))
		k, mentions, err = s.scanKnown(ctx, tx, row.Scan)
		if errors.Is(err, sql.ErrNoRows) {
			k = store.Known{}
			return nil
		}
		if err != nil {
			return err
		}
		ok = true
		k.Mentions, err = s.readMentions(ctx, tx, mentions)
		return err
	})
	return k, ok, err
}
