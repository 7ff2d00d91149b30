package sqlstore

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/policy"
)

const (
	intoEvent = `event (id, source_id, label_id, external_key, hash, version, start, tile, lon, lat,
	category, country, killed, content)`
	updateEvent = `UPDATE event SET label_id = $1, hash = $2, version = $3, start = $4, tile = $5, lon = $6, lat = $7,
	category = $8, country = $9, killed = $10, content = $11 WHERE id = $12`

	// undated is the start of an event whose time is unknown. It is below every
	// time, so that the undated come last.
	undated = math.MinInt64
	// tollUnknown stands for a toll that is not known, which is not zero.
	tollUnknown = -1
)

// eventsTogether is how many new events one statement takes in SQLite.
const eventsTogether = 50

// insertEvents takes them. Where one cannot be stored the transaction is at its
// end anyway: SQLite is told so, and need not keep the pages as they were before
// the statement.
var insertEvents = strings.Replace(insertText(intoEvent, len(eventTypes), eventsTogether, ""), "INSERT", "INSERT OR ROLLBACK", 1)

// eventTypes are the types of the columns of intoEvent.
var eventTypes = []string{"bigint", "bigint", "bigint", "bytea", "bigint", "bigint", "bigint", "bigint", "double precision", "double precision",
	"text", "text", "bigint", "text"}

// usualContent is how many bytes the content of an event mostly has.
const usualContent = 768

// maxEventKey is the longest external key that is kept as it is.
const maxEventKey = 40

// eventKey is what an event or track is known by at its source: its external id,
// or its beginning and a digest where it is long.
func eventKey(external string) []byte {
	if len(external) <= maxEventKey {
		return []byte(external)
	}
	digest := sha256.Sum256([]byte(external))
	// One byte longer than any that is kept as it is.
	return append([]byte(external[:maxEventKey+1-16]), digest[:16]...)
}

// tileOf is the first 11 bits of a point's S2 leaf cell: an area some 600 km
// across. Were it smaller, the events of one batch would lie in more places of
// the index, and each would cost a page.
const tileShift = 64 - 11

func tileOf(p centre.Point) int64 { return int64(uint64(leafCell(p)) >> tileShift) }

// eventRow is an event on its way into the database.
type eventRow struct {
	key     string
	hash    int64
	content []byte
	event   *centre.Event
}

// knownEvent is what is stored under a key.
type knownEvent struct {
	id      centre.ID
	hash    int64
	version int
}

// TakeEvents implements store.Intake.
func (s *Store) TakeEvents(ctx context.Context, g policy.Grant, source centre.ID, events []centre.Event, c centre.Cursor) (int, error) {
	if err := permit(g, policy.ActionPipeline, policy.ActionImport); err != nil {
		return 0, err
	}
	for i := range events {
		if events[i].ExternalID == "" {
			return 0, centre.Invalid("Event %d of this source has no id of its own; it cannot be told from others, and nothing was taken.", i+1)
		}
	}
	parts := writeEvents(events)
	if len(parts) > 0 { // the caller's events are read no longer than this call
		defer func() { <-parts[len(parts)-1].ready }()
	}
	taken := 0
	err := s.write(ctx, func(t *tx) error {
		taken = 0
		label, err := t.lockSource(ctx, g, source)
		if err != nil {
			return err
		}
		for _, p := range parts {
			<-p.ready
			n, err := t.takeEvents(ctx, source, label, p.rows)
			if err != nil {
				return err
			}
			taken += n
		}
		return t.endTaking(ctx, g, source, len(events), taken, "events", c)
	})
	if err != nil {
		return 0, err
	}
	return taken, nil
}

// eventPart is as many events as are looked up at once. Its rows are written
// while those of the part before go into the database.
type eventPart struct {
	rows  []eventRow
	ready chan struct{} // closed when rows are there
}

// writeEvents begins to write the contents of events.
func writeEvents(events []centre.Event) []*eventPart {
	var parts []*eventPart
	for range (len(events) + keysPerLookup - 1) / keysPerLookup {
		parts = append(parts, &eventPart{ready: make(chan struct{})})
	}
	go func() {
		for i, p := range parts {
			from := i * keysPerLookup
			p.rows = eventRows(events[from:min(from+keysPerLookup, len(events))])
			close(p.ready)
		}
	}()
	return parts
}

// eventRows writes the contents of events, which stand in one piece of memory.
func eventRows(events []centre.Event) []eventRow {
	rows := make([]eventRow, len(events))
	ends := make([]int, len(events))
	w := eventWriter{buffer: make([]byte, 0, len(events)*usualContent)}
	for i := range events {
		e := &events[i]
		digest := sha256.Sum256(w.add(e))
		rows[i] = eventRow{key: string(eventKey(e.ExternalID)), hash: int64(binary.BigEndian.Uint64(digest[:8])), event: e}
		ends[i] = len(w.buffer)
	}
	from := 0
	for i, end := range ends {
		rows[i].content, from = w.buffer[from:end], end
	}
	return rows
}

// takeEvents stores what is new or has changed.
func (t *tx) takeEvents(ctx context.Context, source centre.ID, label policy.LabelID, rows []eventRow) (taken int, err error) {
	known, err := t.knownEvents(ctx, source, rows)
	if err != nil {
		return 0, err
	}
	// New rows are gathered, so that they go out several in one statement.
	together := eventsTogether
	if t.s.dialect.Arrays {
		together = keysPerLookup
	}
	fresh := make([][]any, 0, together)
	flush := func() error {
		rows := fresh
		fresh = fresh[:0]
		if t.s.dialect.Arrays {
			return t.insertArrays(ctx, intoEvent, eventTypes, rows)
		}
		if len(rows) < eventsTogether {
			return t.insert(ctx, intoEvent, "", rows)
		}
		_, err := t.exec(ctx, insertEvents, slices.Concat(rows...)...)
		return err
	}
	for i := range rows {
		r := &rows[i]
		before, found := known[r.key]
		if found && before.hash == r.hash {
			continue
		}
		taken++
		if !found {
			before.id = t.s.ids.Next(t.now)
		}
		before.hash = r.hash
		before.version++
		known[r.key] = before
		columns := r.columns()
		if !found {
			fresh = append(fresh, append([]any{int64(before.id), int64(source), label, []byte(r.key), r.hash, int64(before.version)}, columns[:]...))
			if len(fresh) == cap(fresh) {
				err = flush()
			}
		} else if err = flush(); err == nil { // it may be one of those that are corrected
			_, err = t.exec(ctx, updateEvent, append(append([]any{label, r.hash, int64(before.version)}, columns[:]...), int64(before.id))...)
		}
		if err != nil {
			return 0, err
		}
	}
	return taken, flush()
}

// columns are the values from start to content.
func (r *eventRow) columns() [8]any {
	e := r.event
	start, killed := int64(undated), int64(tollUnknown)
	if e.Start.Known() {
		start = e.Start.Time.UnixMilli()
	}
	if e.Killed.Known {
		killed = int64(e.Killed.Best)
	}
	var tile, lon, lat any
	if sound(e.Point) {
		tile, lon, lat = tileOf(e.Point), e.Point.Lon, e.Point.Lat
	}
	return [8]any{start, tile, lon, lat, clean(string(e.Category)), clean(e.Country), killed, string(r.content)}
}

// knownEvents looks up what is stored under the keys of at most keysPerLookup
// rows.
func (t *tx) knownEvents(ctx context.Context, source centre.ID, rows []eventRow) (map[string]knownEvent, error) {
	known := make(map[string]knownEvent, len(rows))
	// Most sources number their events upwards: then one look tells that all are new.
	var last []byte
	if err := t.QueryRowContext(ctx, "SELECT external_key FROM event WHERE source_id = $1 ORDER BY external_key DESC LIMIT 1", int64(source)).Scan(&last); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if !slices.ContainsFunc(rows, func(r eventRow) bool { return r.key <= string(last) }) {
		return known, nil
	}
	args := make([]any, 1, 1+keysPerLookup)
	args[0] = int64(source)
	for i := range rows {
		args = append(args, []byte(rows[i].key))
	}
	if t.s.dialect.Arrays {
		keys := make([][]byte, len(rows))
		for i := range rows {
			keys[i] = []byte(rows[i].key)
		}
		read, err := t.QueryContext(ctx, lookupEventsArray, int64(source), keys)
		return known, readKnown(known, read, err)
	}
	// Short lists are filled up with the last key, so that there is one statement.
	text := lookupEvents
	if len(rows) < keysPerLookup/2 {
		text = lookupEventsText(len(rows))
	} else {
		for len(args) < cap(args) {
			args = append(args, args[len(args)-1])
		}
	}
	read, err := t.query(ctx, text, args...)
	return known, readKnown(known, read, err)
}

func readKnown(known map[string]knownEvent, read *sql.Rows, err error) error {
	return each(read, err, func(read *sql.Rows) error {
		var key sql.RawBytes
		var k knownEvent
		if err := read.Scan(&key, &k.id, &k.hash, &k.version); err != nil {
			return err
		}
		known[string(key)] = k
		return nil
	})
}

// lookupEventsArray looks into the index once a key, whatever the database
// believes of the size of a table that has just grown.
const lookupEventsArray = `SELECT e.external_key, e.id, e.hash, e.version FROM unnest($2::bytea[]) AS k (external_key),
	LATERAL (SELECT * FROM event WHERE source_id = $1 AND external_key = k.external_key LIMIT 1) AS e`

// keysPerLookup is how many keys one statement looks up.
const keysPerLookup = 500

var lookupEvents = lookupEventsText(keysPerLookup)

func lookupEventsText(keys int) string {
	text := make([]byte, 0, 100+6*keys)
	text = append(text, "SELECT external_key, id, hash, version FROM event WHERE source_id = $1 AND external_key IN ("...)
	for i := range keys {
		if i > 0 {
			text = append(text, ", "...)
		}
		text = fmt.Appendf(text, "$%d", i+2)
	}
	return string(append(text, ')'))
}
