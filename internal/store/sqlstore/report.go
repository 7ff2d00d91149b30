package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"entente/internal/centre"
	"entente/internal/policy"
)

func orNotFound(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return centre.NotFound(what)
	}
	return err
}

// Report implements store.Reports.
func (s *Store) Report(ctx context.Context, v policy.View, id centre.ID, version int) (centre.Report, error) {
	var report centre.Report
	err := s.read(ctx, func(tx *sql.Tx) error {
		h := &headRow{}
		var updated momentRow
		var mentions, findings, failures, problems string
		var detail sql.NullString
		var partKey []byte
		text := "SELECT " + headColumns + `, c.author, c.updated, c.updated_precision, c.updated_basis,
			c.language_sure, c.title_end, c.content, c.mentions, c.findings, c.failures, c.problems, x.content, x.part_key
			FROM report r JOIN report_version c ON c.report_id = r.id JOIN source o ON o.id = r.source_id
			LEFT JOIN document_detail x ON x.document_id = c.document_id
			WHERE r.id = $1 AND ` + visible(v, "r.label_id")
		args := []any{int64(id)}
		if version == 0 {
			text += " AND c.document_id = r.current_id"
		} else {
			text += " AND c.version = $2"
			args = append(args, int64(version))
		}
		err := tx.QueryRowContext(ctx, text, args...).Scan(append(h.targets(),
			&report.Author, &updated.at, &updated.precision, &updated.basis,
			&report.LanguageSure, &report.Content.Title, &report.Content.Text, &mentions, &findings, &failures, &problems, &detail, &partKey)...)
		if err != nil {
			return orNotFound(err, "report")
		}
		h.finish(v)
		if err := s.fillHeads(ctx, tx, v, []*headRow{h}); err != nil {
			return err
		}
		if h.head.Versions, err = countVersions(ctx, tx, id); err != nil {
			return err
		}
		report.ReportHead, report.Updated = h.head, updated.moment()
		if report.Failures, err = unlist[centre.StepFailure](failures); err != nil {
			return err
		}
		if report.Problems, err = unlist[string](problems); err != nil {
			return err
		}
		if err := fillReport(ctx, tx, v, &report, detail.String, partKey); err != nil {
			return err
		}
		if report.Mentions, err = s.readMentions(ctx, tx, mentions); err != nil {
			return err
		}
		if version == 0 || h.head.Version == h.head.Versions {
			if err := s.identify(ctx, tx, id, report.Mentions); err != nil {
				return err
			}
		}
		report.Findings, err = readFindings(findings)
		return err
	})
	if err != nil {
		return centre.Report{}, err
	}
	return report, nil
}

func countVersions(ctx context.Context, q querier, id centre.ID) (n int, err error) {
	err = q.QueryRowContext(ctx, "SELECT count(*) FROM report_version WHERE report_id = $1", int64(id)).Scan(&n)
	return n, err
}

// Versions implements store.Reports.
func (s *Store) Versions(ctx context.Context, v policy.View, id centre.ID) ([]centre.VersionInfo, error) {
	versions := []centre.VersionInfo{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT c.version, c.title, c.received, c.updated, c.updated_precision, c.updated_basis
			FROM report_version c JOIN report r ON r.id = c.report_id LEFT JOIN document_detail x ON x.document_id = c.document_id
			WHERE c.report_id = $1 AND `+visible(v, "r.label_id")+" ORDER BY coalesce(x.rank, 0) DESC, c.version DESC", int64(id))
		err = each(rows, err, func(rows *sql.Rows) error {
			var info centre.VersionInfo
			var received sql.NullInt64
			var updated momentRow
			err := rows.Scan(&info.Version, &info.Title, &received, &updated.at, &updated.precision, &updated.basis)
			info.Received, info.Updated = timeOf(received), updated.moment()
			versions = append(versions, info)
			return err
		})
		if err == nil && len(versions) == 0 {
			return centre.NotFound("report")
		}
		return err
	})
	return versions, err
}

// seen refuses a report that is not there or not in the view.
func seen(ctx context.Context, q querier, v policy.View, id centre.ID) error {
	var one int
	err := q.QueryRowContext(ctx, "SELECT 1 FROM report WHERE id = $1 AND "+visible(v, "label_id"), int64(id)).Scan(&one)
	return orNotFound(err, "report")
}

// Gradings implements store.Reports.
func (s *Store) Gradings(ctx context.Context, v policy.View, id centre.ID) ([]centre.Grading, error) {
	gradings := []centre.Grading{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := seen(ctx, tx, v, id); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT g.id, g.report_id, g.version, g.reliability, g.credibility, g.reason, g.person, g.name, g.member, g.at
			FROM grading g JOIN report r ON r.id = g.report_id
			WHERE g.report_id = $1 AND `+visible(v, "r.label_id")+" ORDER BY g.id DESC", int64(id))
		return each(rows, err, func(rows *sql.Rows) error {
			var g centre.Grading
			var reliability, credibility int64
			var at sql.NullInt64
			err := rows.Scan(&g.ID, &g.Report, &g.Version, &reliability, &credibility, &g.Reason, &g.Person, &g.By, &g.Member, &at)
			g.Grade = centre.Grade{Reliability: centre.Reliability(reliability), Credibility: centre.Credibility(credibility)}
			g.At = timeOf(at)
			gradings = append(gradings, g)
			return err
		})
	})
	return gradings, err
}

// Remarks implements store.Reports.
func (s *Store) Remarks(ctx context.Context, v policy.View, id centre.ID) ([]centre.Remark, error) {
	remarks := []centre.Remark{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := seen(ctx, tx, v, id); err != nil {
			return err
		}
		type labels struct{ from, to policy.LabelID }
		var changes []labels
		rows, err := tx.QueryContext(ctx, `SELECT m.report_id, m.from_label, m.to_label, m.reason, m.name, m.member, m.at
			FROM remark m JOIN report r ON r.id = m.report_id
			WHERE m.report_id = $1 AND `+visible(v, "r.label_id")+" AND "+visible(v, "m.from_label")+" AND "+visible(v, "m.to_label")+
			" ORDER BY m.id DESC", int64(id))
		err = each(rows, err, func(rows *sql.Rows) error {
			var m centre.Remark
			var l labels
			var at sql.NullInt64
			err := rows.Scan(&m.Report, &l.from, &l.to, &m.Reason, &m.By, &m.Member, &at)
			m.At = timeOf(at)
			remarks, changes = append(remarks, m), append(changes, l)
			return err
		})
		for i := range remarks {
			if err == nil {
				remarks[i].From, err = s.marking(ctx, tx, changes[i].from)
			}
			if err == nil {
				remarks[i].To, err = s.marking(ctx, tx, changes[i].to)
			}
		}
		return err
	})
	return remarks, err
}
