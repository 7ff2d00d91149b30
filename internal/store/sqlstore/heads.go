package sqlstore

import (
	"context"
	"database/sql"
	"math"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// kindReports begins a cursor of a list of reports.
const kindReports = 'r'

// Search implements store.Reports.
func (s *Store) Search(ctx context.Context, v policy.View, q query.Node, p store.Page) (store.ReportPage, error) {
	page := store.ReportPage{Reports: []centre.ReportHead{}}
	before, limit, err := pageOf(p, kindReports)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		ids, err := s.matching(ctx, tx, v, q, before, limit+1)
		if err != nil {
			return err
		}
		if len(ids) > limit {
			ids = ids[:limit]
			page.Next = cursorOf(kindReports, ids[limit-1])
		}
		page.Reports, err = s.heads(ctx, tx, v, ids)
		return err
	})
	return page, err
}

// matching lists ids of matching visible reports below before, newest first.
func (s *Store) matching(ctx context.Context, tx *sql.Tx, v policy.View, q query.Node, before int64, limit int) ([]centre.ID, error) {
	p, err := s.plan(ctx, tx, v, q)
	if err != nil {
		return nil, err
	}
	text := "SELECT " + p.order() + " FROM " + p.from(0, before) + " ORDER BY " + p.order() + " DESC LIMIT " + p.arg(int64(limit))
	return ids(tx.QueryContext(ctx, text, p.args...))
}

func ids(rows *sql.Rows, err error) ([]centre.ID, error) {
	var list []centre.ID
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// Heads implements store.Reports.
func (s *Store) Heads(ctx context.Context, v policy.View, wanted []centre.ID) ([]centre.ReportHead, error) {
	heads := []centre.ReportHead{}
	if len(wanted) == 0 {
		return heads, nil
	}
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		heads, err = s.heads(ctx, tx, v, wanted)
		return err
	})
	return heads, err
}

const headColumns = `r.id, r.label_id, r.story_id, r.copyset_id, r.reliability, r.credibility, r.received,
	c.version, c.url, c.title, c.snippet, c.language, c.published, c.published_precision, c.published_basis, c.places,
	o.id, o.slug, o.name, o.family, o.member, o.label_id, coalesce(x.withdrawn, '')`

const headTables = `report r JOIN report_version c ON c.document_id = r.current_id JOIN source o ON o.id = r.source_id
	LEFT JOIN document_detail x ON x.document_id = c.document_id`

// headRow is one row of headColumns.
type headRow struct {
	head        centre.ReportHead
	published   momentRow
	received    int64
	places      []byte
	source      centre.SourceRef
	sourceLabel policy.LabelID
	reliability int64
	credibility int64
}

func (h *headRow) targets() []any {
	return []any{
		&h.head.ID, &h.head.Label, &h.head.Story, &h.head.CopySet, &h.reliability, &h.credibility, &h.received,
		&h.head.Version, &h.head.URL, &h.head.Title, &h.head.Snippet, &h.head.Language,
		&h.published.at, &h.published.precision, &h.published.basis, &h.places,
		&h.source.ID, &h.source.Slug, &h.source.Name, &h.source.Family, &h.source.Member, &h.sourceLabel, &h.head.Withdrawn,
	}
}

// finish makes the head from what was scanned. Copies and places are filled in
// by fillHeads.
func (h *headRow) finish(v policy.View) {
	h.head.Published = h.published.moment()
	h.head.Received = timeOf(sql.NullInt64{Int64: h.received, Valid: true})
	h.head.Grade = centre.Grade{Reliability: centre.Reliability(h.reliability), Credibility: centre.Credibility(h.credibility)}
	if v.Sees(h.sourceLabel) {
		source := h.source
		h.head.Source = &source
	}
}

// heads reads the visible heads among ids, in the order of ids.
func (s *Store) heads(ctx context.Context, tx *sql.Tx, v policy.View, wanted []centre.ID) ([]centre.ReportHead, error) {
	heads := make([]centre.ReportHead, 0, len(wanted))
	if len(wanted) == 0 {
		return heads, nil
	}
	found := make(map[centre.ID]*headRow, len(wanted))
	rows, err := tx.QueryContext(ctx, "SELECT "+headColumns+" FROM "+headTables+
		" WHERE "+in("r.id", wanted)+" AND "+visible(v, "r.label_id"))
	err = each(rows, err, func(rows *sql.Rows) error {
		h := &headRow{}
		if err := rows.Scan(h.targets()...); err != nil {
			return err
		}
		h.finish(v)
		found[h.head.ID] = h
		return nil
	})
	if err != nil {
		return nil, err
	}
	ordered := make([]*headRow, 0, len(found))
	for _, id := range wanted {
		if h := found[id]; h != nil {
			ordered = append(ordered, h)
			delete(found, id)
		}
	}
	if err := s.fillHeads(ctx, tx, v, ordered); err != nil {
		return nil, err
	}
	for _, h := range ordered {
		heads = append(heads, h.head)
	}
	return heads, nil
}

// fillHeads adds what stands in other tables: the marking, the places, how many
// versions there are, and how many visible reports have the same text.
func (s *Store) fillHeads(ctx context.Context, tx *sql.Tx, v policy.View, heads []*headRow) error {
	if len(heads) == 0 {
		return nil
	}
	var nos []int64
	var sets, changed []centre.ID
	for _, h := range heads {
		nos = unpackNumbers(h.places, nos)
		sets = append(sets, h.head.CopySet)
		h.head.Versions = 1
		if h.head.Version > 1 {
			changed = append(changed, h.head.ID)
		}
	}
	places, err := s.placesOf(ctx, tx, nos)
	if err != nil {
		return err
	}
	copies, err := counts(tx.QueryContext(ctx, "SELECT copyset_id, count(*) FROM report WHERE "+
		in("copyset_id", sets)+" AND "+visible(v, "label_id")+" GROUP BY copyset_id"))
	if err != nil {
		return err
	}
	versions := map[centre.ID]int{}
	if len(changed) > 0 {
		if versions, err = counts(tx.QueryContext(ctx, "SELECT report_id, count(*) FROM report_version WHERE "+
			in("report_id", changed)+" GROUP BY report_id")); err != nil {
			return err
		}
	}
	for _, h := range heads {
		if h.head.Marking, err = s.marking(ctx, tx, h.head.Label); err != nil {
			return err
		}
		h.head.Copies = copies[h.head.CopySet]
		if n := versions[h.head.ID]; n > 0 {
			h.head.Versions = n
		}
		h.head.Places = []centre.Place{}
		for _, no := range unpackNumbers(h.places, nil) {
			if p := places[no]; p != nil {
				h.head.Places = append(h.head.Places, *p)
			}
		}
	}
	return nil
}

// counts reads pairs of an id and a number.
func counts(rows *sql.Rows, err error) (map[centre.ID]int, error) {
	found := map[centre.ID]int{}
	err = each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var n int
		err := rows.Scan(&id, &n)
		found[id] = n
		return err
	})
	return found, err
}

// Carriers implements store.Reports.
func (s *Store) Carriers(ctx context.Context, v policy.View, id centre.ID) ([]centre.ReportHead, error) {
	heads := []centre.ReportHead{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		var set centre.ID
		err := tx.QueryRowContext(ctx, "SELECT copyset_id FROM report WHERE id = $1 AND "+visible(v, "label_id"), int64(id)).Scan(&set)
		if err != nil {
			return orNotFound(err, "report")
		}
		all, err := ids(tx.QueryContext(ctx, "SELECT id FROM report WHERE copyset_id = $1 AND "+visible(v, "label_id")+" ORDER BY id LIMIT "+maxCarriers, int64(set)))
		if err != nil {
			return err
		}
		heads, err = s.heads(ctx, tx, v, all)
		return err
	})
	return heads, err
}

// maxCarriers bounds an answer that has no pages.
const maxCarriers = "10000"

// newest is above every id.
const newest = math.MaxInt64
