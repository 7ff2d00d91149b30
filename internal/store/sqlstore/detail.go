package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

const intoDetail = "document_detail (document_id, rank, part_key, withdrawn, content)"

// documentDetail is what few documents have.
type documentDetail struct {
	Enclosures []centre.Enclosure `json:"e,omitempty"`
	Properties []centre.Property  `json:"p,omitempty"`
	Geometry   centre.Geometry    `json:"g,omitempty"`
	PartOf     string             `json:"o,omitempty"`
	Replaces   []string           `json:"r,omitempty"`
	Embargo    int64              `json:"u,omitempty"` // milliseconds of Unix time
}

// detailRow is nil where the document has nothing of it.
func detailRow(d *centre.Document, id, source centre.ID, rank int64) ([]any, error) {
	kept := documentDetail{Enclosures: d.Enclosures, Properties: d.Properties, Geometry: d.Geometry, PartOf: d.PartOf, Replaces: d.Replaces}
	if !d.Embargo.IsZero() {
		kept.Embargo = ceilMillis(d.Embargo)
	}
	content, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("writing what a document has besides its text: %w", err)
	}
	if len(content) == len("{}") && d.Withdrawn == "" && rank == 0 {
		return nil, nil
	}
	var partKey any
	if d.PartOf != "" {
		key := externalKey(source, d.PartOf)
		partKey = key[:]
	}
	return []any{int64(id), rank, partKey, clean(d.Withdrawn), clean(string(content))}, nil
}

func readDetail(text string) (kept documentDetail, err error) {
	if text == "" {
		return kept, nil
	}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return kept, fmt.Errorf("what a document has besides its text cannot be read: %w", err)
	}
	return kept, nil
}

// fillDocument gives a document back what detailRow kept of it.
func fillDocument(d *centre.Document, text string) error {
	kept, err := readDetail(text)
	if err != nil {
		return err
	}
	d.Enclosures, d.Properties, d.Geometry, d.PartOf, d.Replaces = kept.Enclosures, kept.Properties, kept.Geometry, kept.PartOf, kept.Replaces
	if kept.Embargo != 0 {
		d.Embargo = time.UnixMilli(kept.Embargo).UTC()
	}
	return nil
}

// fillReport adds what detailRow kept of a report's document, and the visible
// report that it came with.
func fillReport(ctx context.Context, q querier, v policy.View, r *centre.Report, text string, partKey []byte) error {
	kept, err := readDetail(text)
	if err != nil {
		return err
	}
	r.Enclosures, r.Properties, r.Geometry = kept.Enclosures, kept.Properties, kept.Geometry
	if r.Enclosures == nil {
		r.Enclosures = []centre.Enclosure{}
	}
	if r.Properties == nil {
		r.Properties = []centre.Property{}
	}
	if partKey == nil {
		return nil
	}
	err = q.QueryRowContext(ctx, "SELECT r.id FROM document d JOIN report r ON r.id = d.report_id WHERE d.external_key = $1 AND "+
		visible(v, "r.label_id")+" ORDER BY r.id LIMIT 1", partKey).Scan(&r.PartOf)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // it is hidden, not processed yet, or never came
	}
	return err
}

// Parts implements store.Reports.
func (s *Store) Parts(ctx context.Context, v policy.View, id centre.ID) ([]centre.ReportHead, error) {
	heads := []centre.ReportHead{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := seen(ctx, tx, v, id); err != nil {
			return err
		}
		// Of a part the current version says with what it came; of the whole any.
		parts, err := ids(tx.QueryContext(ctx, `SELECT DISTINCT r.id FROM report_version c JOIN document d ON d.id = c.document_id
			JOIN document_detail x ON x.part_key = d.external_key JOIN report r ON r.current_id = x.document_id
			JOIN document p ON p.id = x.document_id AND p.report_id = r.id
			WHERE c.report_id = $1 AND `+visible(v, "r.label_id")+" ORDER BY r.id LIMIT "+maxCarriers, int64(id)))
		if err != nil {
			return err
		}
		heads, err = s.heads(ctx, tx, v, parts)
		return err
	})
	return heads, err
}
