package sqlstore

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

const selectEvents = "SELECT e.id, e.source_id, o.label_id, e.label_id, e.version, e.start, e.content FROM event e JOIN source o ON o.id = e.source_id WHERE "

// eventsWhere gathers the conditions of a filter and their arguments.
type eventsWhere struct {
	conditions []string
	args       []any
}

func (w *eventsWhere) arg(value any) string {
	w.args = append(w.args, value)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *eventsWhere) add(condition string) { w.conditions = append(w.conditions, condition) }

func (w *eventsWhere) String() string { return strings.Join(w.conditions, " AND ") }

// whereEvents writes all of a filter but its text. An undated event fulfils the
// condition on start only where the filter has no bound.
func whereEvents(v policy.View, f store.EventFilter) *eventsWhere {
	w := &eventsWhere{}
	w.add(visible(v, "e.label_id"))
	if len(f.Sources) > 0 {
		w.add(in("e.source_id", f.Sources))
		w.add(visible(v, "o.label_id"))
	}
	if len(f.Categories) > 0 {
		marks := make([]string, len(f.Categories))
		for i, c := range f.Categories {
			marks[i] = w.arg(clean(string(c)))
		}
		w.add("e.category IN (" + strings.Join(marks, ", ") + ")")
	}
	if f.Country != "" {
		w.add("e.country = " + w.arg(clean(f.Country)))
	}
	if !f.From.IsZero() {
		w.add("e.start >= " + w.arg(ceilMillis(f.From)))
	} else if !f.Until.IsZero() {
		w.add("e.start > " + w.arg(int64(undated)))
	}
	if !f.Until.IsZero() {
		w.add("e.start < " + w.arg(ceilMillis(f.Until)))
	}
	if f.Killed > 0 {
		w.add("e.killed >= " + w.arg(int64(f.Killed)))
	}
	if f.Box != nil {
		w.inside(*f.Box)
	}
	return w
}

// inside is the condition that an event has a point in a box: by tiles, which
// the index has, and exactly, as Box.Contains has it.
func (w *eventsWhere) inside(box query.Box) {
	w.add(tilesOf(box))
	w.add("e.lat BETWEEN " + w.arg(box.South) + " AND " + w.arg(box.North))
	how := " OR "
	if box.West <= box.East {
		how = " AND "
	}
	w.add("(e.lon >= " + w.arg(box.West) + how + "e.lon <= " + w.arg(box.East) + ")")
}

// tilesOf is the condition that an event's tile touches a box.
func tilesOf(box query.Box) string {
	var b strings.Builder
	for _, c := range areaBox(box).cells {
		if b.Len() > 0 {
			b.WriteString(" OR ")
		}
		fmt.Fprintf(&b, "e.tile BETWEEN %d AND %d", uint64(c.RangeMin())>>tileShift, uint64(c.RangeMax())>>tileShift)
	}
	if b.Len() == 0 {
		return "1 = 0"
	}
	return "(" + b.String() + ")"
}

// Events implements store.Events.
func (s *Store) Events(ctx context.Context, v policy.View, f store.EventFilter, p store.Page) (store.EventPage, error) {
	page := store.EventPage{Events: []centre.Event{}}
	limit, err := limitOf(p.Limit)
	if err != nil {
		return page, err
	}
	w := whereEvents(v, f)
	if p.After != "" {
		start, id, err := parseEventCursor(p.After)
		if err != nil {
			return page, err
		}
		w.add("(e.start, e.id) < (" + w.arg(start) + ", " + w.arg(int64(id)) + ")")
	}
	const latest = " ORDER BY e.start DESC, e.id DESC"
	text := selectEvents + w.String() + latest
	if f.Text == "" { // then numbers alone are put in order
		text = selectEvents + "e.id IN (SELECT e.id FROM event e JOIN source o ON o.id = e.source_id WHERE " + w.String() + latest + " LIMIT " + strconv.Itoa(limit+1) + ")" + latest
	}
	keep := textTest(f.Text)
	err = s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, text, w.args...)
		if err != nil {
			return err
		}
		defer rows.Close() // what is not read is not needed
		var start int64
		for len(page.Events) <= limit && rows.Next() {
			e, began, kept, err := scanEvent(rows.Scan, v, keep)
			if err != nil {
				return err
			}
			if !kept {
				continue
			}
			if len(page.Events) == limit {
				page.Next = eventCursor(start, page.Events[limit-1].ID)
				break
			}
			page.Events, start = append(page.Events, e), began
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for i := range page.Events {
			if page.Events[i].Marking, err = s.marking(ctx, tx, page.Events[i].Label); err != nil {
				return err
			}
		}
		return nil
	})
	return page, err
}

// scanEvent reads a row of selectEvents. Rows that keep refuses are not read whole.
func scanEvent(scan func(...any) error, v policy.View, keep func([]byte, *centre.Event) bool) (e centre.Event, start int64, kept bool, err error) {
	var ofSource policy.LabelID
	var content []byte
	if err := scan(&e.ID, &e.Source, &ofSource, &e.Label, &e.Version, &start, &content); err != nil {
		return e, 0, false, err
	}
	if !keep(content, nil) {
		return e, start, false, nil
	}
	if err := readEvent(content, &e); err != nil {
		return e, start, false, err
	}
	kept = keep(content, &e)
	if !v.Sees(ofSource) {
		e.Source, e.Origin = 0, ""
	}
	return e, start, kept, nil
}

// textTest is what a filter asks of the text of an event: of the content as it is
// stored, where the event is nil, in haste; else of the event itself.
func textTest(text string) func([]byte, *centre.Event) bool {
	wanted := strings.ToLower(strings.TrimSpace(text))
	if wanted == "" {
		return func([]byte, *centre.Event) bool { return true }
	}
	holds := func(text string) bool { return strings.Contains(strings.ToLower(text), wanted) }
	// Characters that JSON writes otherwise are not found in the content.
	plain := !strings.ContainsFunc(wanted, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r > 0x2000 })
	return func(content []byte, e *centre.Event) bool {
		if e == nil {
			return !plain || bytes.Contains(bytes.ToLower(content), []byte(wanted))
		}
		return holds(e.Title) || holds(e.Notes) || slices.ContainsFunc(e.Actors, func(a centre.EventActor) bool { return holds(a.Name) })
	}
}

// kindEvents begins a cursor of a list of events: then come the start and the id
// of the last one shown.
const kindEvents = 'e'

func eventCursor(start int64, id centre.ID) string {
	return cursorOf(kindEvents, id) + "." + strconv.FormatInt(start, 36)
}

func parseEventCursor(after string) (start int64, id centre.ID, err error) {
	name, at, _ := strings.Cut(after, ".")
	if name != "" && name[0] == kindEvents {
		id, err = centre.ParseID(name[1:])
		if err == nil {
			start, err = strconv.ParseInt(at, 36, 64)
		}
		if err == nil {
			return start, id, nil
		}
	}
	return 0, 0, centre.Invalid("%q is not a place in this list; begin again without it", after)
}

// Event implements store.Events.
func (s *Store) Event(ctx context.Context, v policy.View, id centre.ID) (centre.Event, error) {
	var e centre.Event
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		e, _, _, err = scanEvent(tx.QueryRowContext(ctx, selectEvents+"e.id = $1 AND "+visible(v, "e.label_id"), int64(id)).Scan, v, textTest(""))
		if err != nil {
			return orNotFound(err, "event")
		}
		e.Marking, err = s.marking(ctx, tx, e.Label)
		return err
	})
	if err != nil {
		return centre.Event{}, err
	}
	return e, nil
}
