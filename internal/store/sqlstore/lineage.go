package sqlstore

import (
	"context"
	"database/sql"
	"slices"

	"entente/internal/centre"
)

// A document may step in the place of another one of its source: it then becomes
// a version of that one's report. Table lineage names the report by each of its
// external keys, also by those whose document has not come yet. Which version is
// the current one is told by rank, so that one that comes late, behind what
// stepped in its place, takes an earlier place in the history.

// kin is a row of table lineage.
type kin struct {
	report centre.ID
	rank   sql.NullInt64 // of the newest document with the key
	below  sql.NullInt64 // the lowest rank of what stepped in its place
}

const (
	intoLineage = `INSERT INTO lineage (external_key, report_id, rank, below) VALUES ($1, $2, $3, $4)
	ON CONFLICT (external_key) DO UPDATE SET rank = excluded.rank, below = excluded.below`

	// rankStep lies between two versions in the order of arrival; one that comes
	// late finds room between.
	rankStep = 1 << 32
	// maxReplaces is how many of Document.Replaces count.
	maxReplaces = 100
)

// replaced gives the keys of what a document replaces, each once.
func (in *incoming) replaced(d *centre.Document, own [16]byte) [][16]byte {
	var keys [][16]byte
	for _, external := range d.Replaces[:min(len(d.Replaces), maxReplaces)] {
		if key := externalKey(in.source, external); key != own && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// kinOf reads the lines of keys.
func (t *tx) kinOf(ctx context.Context, keys [][16]byte) (map[[16]byte]kin, error) {
	found := map[[16]byte]kin{}
	for chunk := range slices.Chunk(keys, keysPerLookup) {
		rows, err := t.lookup(ctx, lookupLineage, chunk)
		err = each(rows, err, func(rows *sql.Rows) error {
			var key []byte
			var k kin
			err := rows.Scan(&key, &k.report, &k.rank, &k.below)
			if err == nil {
				found[[16]byte(key)] = k
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// family is what is known of a report that has several keys.
type family struct {
	version     int   // the highest
	top, bottom int64 // ranks
}

func (t *tx) family(ctx context.Context, report centre.ID) (f family, err error) {
	err = t.QueryRowContext(ctx, `SELECT coalesce(max(d.version), 0), coalesce(max(coalesce(x.rank, 0)), 0), coalesce(min(coalesce(x.rank, 0)), 0)
		FROM lineage l JOIN document d ON d.external_key = l.external_key LEFT JOIN document_detail x ON x.document_id = d.id
		WHERE l.report_id = $1 AND d.report_id = $1`, int64(report)).Scan(&f.version, &f.top, &f.bottom)
	return f, err
}

// relate finds the report and the rank of a document that replaces others, or
// that was replaced, and keeps the lineage. It leaves the report and its highest
// version in in.known.
func (in *incoming) relate(ctx context.Context, d *centre.Document, key [16]byte, id centre.ID) (rank int64, err error) {
	if err := in.flush(ctx); err != nil { // what is asked below is asked of the database
		return 0, err
	}
	own, replaced := in.kin[key], in.replaced(d, key)
	report := in.reportOf(key, replaced)
	if report == 0 {
		report = id
	}
	// A report that had one key until now gets its first line.
	for _, k := range append([][16]byte{key}, replaced...) {
		if e := in.known[k]; e != nil && e.report == report && in.kin[k].report == 0 {
			if err := in.keep(ctx, k, kin{report: report, rank: sql.NullInt64{Valid: true}}); err != nil {
				return 0, err
			}
		}
	}
	f, err := in.family(ctx, report)
	if err != nil {
		return 0, err
	}
	switch {
	case own.below.Valid && !own.rank.Valid:
		rank = in.late(own.below.Int64, f.bottom, report, replaced)
	case f.version > 0:
		rank = f.top + rankStep
	}
	if err := in.keep(ctx, key, kin{report: report, rank: sql.NullInt64{Int64: rank, Valid: true}, below: own.below}); err != nil {
		return 0, err
	}
	for _, k := range replaced {
		line := in.kin[k]
		switch {
		case line.report == 0 && in.known[k] != nil && in.known[k].report != 0, line.report != 0 && line.report != report:
			continue // it has a report of its own, which people know
		case !line.below.Valid || rank < line.below.Int64:
			line.report, line.below = report, sql.NullInt64{Int64: rank, Valid: true}
			if err := in.keep(ctx, k, line); err != nil {
				return 0, err
			}
		}
	}
	in.known[key].report, in.known[key].version = report, f.version
	return rank, nil
}

// reportOf is the report of a document: that of its own key, or of the first key
// that it replaces and that is known; zero for none.
func (in *incoming) reportOf(key [16]byte, replaced [][16]byte) centre.ID {
	for _, k := range append([][16]byte{key}, replaced...) {
		if line := in.kin[k]; line.report != 0 {
			return line.report
		}
		if e := in.known[k]; e != nil && e.report != 0 {
			return e.report
		}
	}
	return 0
}

// late is the rank of a document that comes behind what stepped in its place,
// which has rank below: above what it replaces itself, else under all.
func (in *incoming) late(below, bottom int64, report centre.ID, replaced [][16]byte) int64 {
	above, found := int64(0), false
	for _, k := range replaced {
		if line := in.kin[k]; line.report == report && line.rank.Valid && line.rank.Int64 < below && (!found || line.rank.Int64 > above) {
			above, found = line.rank.Int64, true
		}
	}
	if found {
		return above + (below-above)/2
	}
	return min(below, bottom) - rankStep
}

func (in *incoming) keep(ctx context.Context, key [16]byte, line kin) error {
	in.kin[key] = line
	_, err := in.exec(ctx, intoLineage, key[:], int64(line.report), line.rank, line.below)
	return err
}
