package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

const (
	intoDocument = `document (id, source_id, external_key, hash, report_id, version, label_id, received, fetched,
	external_id, url, title, author, published, published_precision, published_basis,
	updated, updated_precision, updated_basis, media_type, language, lon, lat, problems, body)`
	intoWaiting = "waiting (document_id, source_id, attempts, not_before)"
)

// externalKey names a document of a source in few bytes, however long the
// source's own name for it is.
func externalKey(source centre.ID, external string) [16]byte {
	h := sha256.New()
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(source))
	h.Write(n[:])
	h.Write([]byte(external))
	return [16]byte(h.Sum(nil)[:16])
}

// earlier is what intake knows of a document by its external key.
type earlier struct {
	report  centre.ID
	version int // the highest
	byHash  map[[32]byte]centre.ID
}

// Take implements store.Intake.
func (s *Store) Take(ctx context.Context, g policy.Grant, source centre.ID, docs []centre.Document, c centre.Cursor) ([]store.Receipt, error) {
	if err := permit(g, policy.ActionPipeline, policy.ActionImport); err != nil {
		return nil, err
	}
	for i := range docs {
		if n := len(docs[i].Body); n > centre.MaxBody {
			return nil, centre.Invalid("The document %q has %d bytes of text; at most %d are taken.", docs[i].ExternalID, n, centre.MaxBody)
		}
	}
	var receipts []store.Receipt
	err := s.writeTogether(ctx, func(t *tx) error {
		receipts = make([]store.Receipt, len(docs))
		label, err := t.lockSource(ctx, g, source)
		if err != nil {
			return err
		}
		in := incoming{tx: t, source: source}
		if !g.Permits(policy.ActionImport) {
			m, err := t.s.marking(ctx, t, label)
			if err != nil {
				return err
			}
			in.within = &m
		}
		taken, err := in.take(ctx, docs, receipts)
		if err != nil {
			return err
		}
		return t.endTaking(ctx, g, source, len(docs), taken, "documents", c)
	})
	if err != nil {
		return nil, err
	}
	return receipts, nil
}

// lockSource checks that a grant permits to take something of a source, and
// gives the source's label. One writer at a time takes what a source brings, so
// that versions are numbered in the order of arrival.
func (t *tx) lockSource(ctx context.Context, g policy.Grant, source centre.ID) (label policy.LabelID, err error) {
	var member centre.MemberCode
	err = t.queryRow(ctx, t.s.lockSourceText(), int64(source)).Scan(&member, &label)
	if err != nil {
		return 0, orNotFound(err, "source")
	}
	if err := permitMember(g, member, policy.ActionImport); err != nil {
		return 0, err
	}
	if g.Permits(policy.ActionImport) && g.Object().ID != source {
		return 0, centre.Refuse(centre.CodeDenied, "This was not done: the permission is for another source.")
	}
	return label, nil
}

func (s *Store) lockSourceText() string {
	return "SELECT member, label_id FROM source WHERE id = $1" + s.dialect.Locked
}

// endTaking counts what was taken, moves the source's cursor, and adds the log
// entry.
func (t *tx) endTaking(ctx context.Context, g policy.Grant, source centre.ID, brought, taken int, what string, c centre.Cursor) error {
	if taken > 0 {
		if err := t.countDay(ctx, source, int64(taken)); err != nil {
			return err
		}
	}
	if c != nil {
		if _, err := t.exec(ctx, updateReading, []byte(c), int64(source)); err != nil {
			return err
		}
	}
	return t.enter(ctx, g, deed{action: policy.ActionImport, kind: "source", object: source,
		detail: fmt.Sprintf("Imported %d %s, %d of them new.", brought, what, taken)})
}

// countDay counts what was taken today. The first taking of a day drops the days
// that are no longer kept. The source is locked.
func (t *tx) countDay(ctx context.Context, source centre.ID, taken int64) error {
	today := dayOf(t.now)
	if n, err := t.exec(ctx, countMore, taken, int64(source), today); err != nil || n > 0 {
		return err
	}
	if _, err := t.exec(ctx, countFirst, int64(source), today, taken); err != nil {
		return err
	}
	_, err := t.exec(ctx, dropDays, int64(source), today-keptDays)
	return err
}

// keptDays is how many days Health.Daily has.
const keptDays = 28

// dayOf numbers the days of Unix time, in UTC.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

const (
	updateReading = "UPDATE source SET reading = $1 WHERE id = $2"
	countMore     = "UPDATE source_day SET items = items + $1 WHERE source_id = $2 AND day = $3"
	countFirst    = "INSERT INTO source_day (source_id, day, items) VALUES ($1, $2, $3)"
	dropDays      = "DELETE FROM source_day WHERE source_id = $1 AND day <= $2"
)

// take stores those of docs that are new and fills the receipts.
func (in *incoming) take(ctx context.Context, docs []centre.Document, receipts []store.Receipt) (taken int, err error) {
	if err := in.look(ctx, docs); err != nil {
		return 0, err
	}
	for i := range docs {
		if receipts[i], err = in.one(ctx, &docs[i], in.keys[i]); err != nil {
			return 0, err
		}
		if receipts[i].New {
			taken++
		}
	}
	return taken, in.flush(ctx)
}

// incoming gathers the rows of documents that one source brought.
type incoming struct {
	*tx
	source centre.ID
	// within is the source's marking, which what the documents say of themselves
	// narrows and never opens; nil where a person brings them and answers for it.
	within *centre.Marking
	keys   [][16]byte // of the documents
	known  map[[16]byte]*earlier
	kin    map[[16]byte]kin

	rows, details, waits [][]any
}

// look reads what is known of the documents and of those that they replace.
func (in *incoming) look(ctx context.Context, docs []centre.Document) error {
	in.keys = make([][16]byte, len(docs))
	for i := range docs {
		in.keys[i] = externalKey(in.source, docs[i].ExternalID)
	}
	all := in.keys
	for i := range docs {
		all = append(all[:len(all):len(all)], in.replaced(&docs[i], in.keys[i])...)
	}
	var err error
	if in.known, err = in.earlier(ctx, all); err != nil {
		return err
	}
	in.kin, err = in.kinOf(ctx, all)
	return err
}

// one adds the rows of one document, where it is new.
func (in *incoming) one(ctx context.Context, d *centre.Document, key [16]byte) (store.Receipt, error) {
	hash := d.Hash()
	before := in.known[key]
	if before == nil {
		before = &earlier{byHash: map[[32]byte]centre.ID{}}
		in.known[key] = before
	}
	if id, ok := before.byHash[hash]; ok {
		return store.Receipt{ID: id}, nil
	}
	id := in.s.ids.Next(in.now)
	var rank int64
	if _, related := in.kin[key]; related || len(d.Replaces) > 0 {
		var err error
		if rank, err = in.relate(ctx, d, key, id); err != nil {
			return store.Receipt{}, err
		}
	}
	if before.report == 0 {
		before.report = id
	}
	before.version++
	before.byHash[hash] = id
	var label any
	if d.Marking != nil {
		m := *d.Marking
		if in.within != nil {
			m = policy.Within(*in.within, m)
		}
		l, _, err := in.label(ctx, m)
		if err != nil {
			return store.Receipt{}, err
		}
		label = l.ID
	}
	row, err := documentRow(d, id, in.source, before, label, in.now)
	if err != nil {
		return store.Receipt{}, err
	}
	row[2], row[3] = key[:], hash[:]
	in.rows = append(in.rows, row)
	detail, err := detailRow(d, id, in.source, rank)
	if err != nil {
		return store.Receipt{}, err
	}
	if detail != nil {
		in.details = append(in.details, detail)
	}
	var notBefore any
	if d.Embargo.After(in.now) {
		notBefore = ceilMillis(d.Embargo)
	}
	in.waits = append(in.waits, []any{int64(id), int64(in.source), int64(0), notBefore})
	return store.Receipt{ID: id, New: true}, nil
}

// flush writes the rows that were gathered.
func (in *incoming) flush(ctx context.Context) error {
	for _, step := range []struct {
		into string
		rows *[][]any
	}{{intoDocument, &in.rows}, {intoDetail, &in.details}, {intoWaiting, &in.waits}} {
		if err := in.insert(ctx, step.into, "", *step.rows); err != nil {
			return err
		}
		*step.rows = nil
	}
	return nil
}

func documentRow(d *centre.Document, id, source centre.ID, e *earlier, label any, now time.Time) ([]any, error) {
	problems, err := list(d.Problems)
	if err != nil {
		return nil, err
	}
	point := d.Point
	if !sound(point) {
		point = d.Geometry.Point()
	}
	var lon, lat any
	if sound(point) {
		lon, lat = point.Lon, point.Lat
	}
	row := []any{int64(id), int64(source), nil, nil, int64(e.report), int64(e.version), label, now.UnixMilli(), millis(d.Fetched),
		clean(d.ExternalID), clean(d.URL), clean(d.Title), clean(d.Author)}
	row = append(row, momentArgs(d.Published)...)
	row = append(row, momentArgs(d.Updated)...)
	return append(row, clean(d.MediaType), clean(d.Language), lon, lat, problems, clean(d.Body)), nil
}

// earlier looks up documents by their external keys.
func (t *tx) earlier(ctx context.Context, keys [][16]byte) (map[[16]byte]*earlier, error) {
	known := map[[16]byte]*earlier{}
	for chunk := range slices.Chunk(keys, keysPerLookup) {
		rows, err := t.lookup(ctx, lookupDocuments, chunk)
		err = each(rows, err, func(rows *sql.Rows) error {
			var key, hash []byte
			var id, report centre.ID
			var version int
			if err := rows.Scan(&key, &hash, &id, &report, &version); err != nil {
				return err
			}
			e := known[[16]byte(key)]
			if e == nil {
				e = &earlier{report: report, byHash: map[[32]byte]centre.ID{}}
				known[[16]byte(key)] = e
			}
			e.version = max(e.version, version)
			e.byHash[[32]byte(hash)] = id
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

// lookupDocuments and lookupLineage are what stands before a list of external
// keys.
const (
	lookupDocuments = "SELECT external_key, hash, id, report_id, version FROM document WHERE external_key IN "
	lookupLineage   = "SELECT external_key, report_id, rank, below FROM lineage WHERE external_key IN "
)

// lookupSizes are the lengths of lists of keys for which there are statements.
var lookupSizes = [...]int{1, 8, 40, keysPerLookup}

// lookup asks for at least one key and at most keysPerLookup. The list is filled
// up with its last key, so that there are few statements.
func (t *tx) lookup(ctx context.Context, head string, keys [][16]byte) (*sql.Rows, error) {
	size := lookupSizes[0]
	for _, s := range lookupSizes {
		if size = s; size >= len(keys) {
			break
		}
	}
	args := make([]any, size)
	for i := range args {
		args[i] = keys[min(i, len(keys)-1)][:]
	}
	return t.query(ctx, t.s.lookupText(head, size), args...)
}

// lookupText writes a lookup once and remembers it.
func (s *Store) lookupText(head string, keys int) string {
	key := insertKey{into: head, rows: keys}
	if text, ok := s.texts.Load(key); ok {
		return text.(string)
	}
	text := []byte(head + "(")
	for i := range keys {
		if i > 0 {
			text = append(text, ", "...)
		}
		text = fmt.Appendf(text, "$%d", i+1)
	}
	s.texts.Store(key, string(text)+")")
	return string(text) + ")"
}

// maxPending bounds one answer of Pending.
const maxPending = 1000

// Pending implements store.Intake.
func (s *Store) Pending(ctx context.Context, g policy.Grant, after centre.ID, limit int) ([]store.Pending, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	if limit <= 0 || limit > maxPending {
		limit = maxPending
	}
	waiting := []store.Pending{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT d.id, d.source_id, d.external_id, d.url, d.title, d.author,
			d.published, d.published_precision, d.published_basis, d.updated, d.updated_precision, d.updated_basis,
			d.fetched, d.media_type, d.body, d.language, d.lon, d.lat, d.label_id, d.problems,
			d.report_id, d.version, w.attempts, coalesce(r.id, 0), coalesce(r.label_id, 0), coalesce(x.withdrawn, ''), x.content
			FROM waiting w JOIN document d ON d.id = w.document_id LEFT JOIN report r ON r.id = d.report_id
			LEFT JOIN document_detail x ON x.document_id = d.id
			WHERE `+waits+` AND w.document_id > $2 ORDER BY w.document_id LIMIT $3`, s.now().UnixMilli(), int64(after), int64(limit))
		var own []sql.NullInt64
		var carried []policy.LabelID
		err = each(rows, err, func(rows *sql.Rows) error {
			var p store.Pending
			d := &p.Document
			var published, updated momentRow
			var fetched, label sql.NullInt64
			var lon, lat sql.NullFloat64
			var problems string
			var detail sql.NullString
			var first centre.ID
			var current policy.LabelID
			err := rows.Scan(&d.ID, &d.Source, &d.ExternalID, &d.URL, &d.Title, &d.Author,
				&published.at, &published.precision, &published.basis, &updated.at, &updated.precision, &updated.basis,
				&fetched, &d.MediaType, &d.Body, &d.Language, &lon, &lat, &label, &problems,
				&first, &p.Version, &p.Attempts, &p.Report, &current, &d.Withdrawn, &detail)
			if err != nil {
				return err
			}
			if err := fillDocument(d, detail.String); err != nil {
				return err
			}
			d.Published, d.Updated, d.Fetched = published.moment(), updated.moment(), timeOf(fetched)
			if lon.Valid && lat.Valid {
				d.Point = centre.At(lon.Float64, lat.Float64)
			}
			d.Problems, err = unlist[string](problems)
			waiting, own, carried = append(waiting, p), append(own, label), append(carried, current)
			return err
		})
		if err != nil {
			return err
		}
		return s.fillPending(ctx, tx, waiting, own, carried)
	})
	return waiting, err
}

// fillPending adds sources and the markings that the reports will carry.
func (s *Store) fillPending(ctx context.Context, tx *sql.Tx, waiting []store.Pending, own []sql.NullInt64, carried []policy.LabelID) error {
	sources := map[centre.ID]centre.Source{}
	for i := range waiting {
		p := &waiting[i]
		source, ok := sources[p.Document.Source]
		if !ok {
			state, err := s.source(ctx, tx, "o.id = $1", int64(p.Document.Source))
			if err != nil {
				return err
			}
			source = state.Source
			sources[p.Document.Source] = source
		}
		p.Source, p.Label = source, source.Label
		if own[i].Valid {
			p.Label = own[i].Int64
			m, err := s.marking(ctx, tx, p.Label)
			if err != nil {
				return err
			}
			p.Document.Marking = &m
		}
		labels := []policy.LabelID{p.Label}
		if carried[i] != 0 {
			p.Label, labels = carried[i], []policy.LabelID{carried[i]}
			if own[i].Valid {
				labels = append(labels, own[i].Int64) // see commit.tighten
			}
		}
		var err error
		if p.Marking, err = s.joined(ctx, tx, labels); err != nil {
			return err
		}
	}
	return nil
}
