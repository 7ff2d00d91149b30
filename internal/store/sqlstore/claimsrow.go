package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/query"
)

const (
	intoStatement = "statement (report_id, no, version, claim_id, stance, side, speaker, at, digest, features, content)"
	intoRelated   = "claim_related (a_id, b_id, tension, score, why, name)"
	orAsItWas     = "ON CONFLICT (a_id, b_id) DO NOTHING"

	deleteStatements = "DELETE FROM statement WHERE report_id = $1"
	statementColumns = 11
	relatedColumns   = 6

	noticeClaim = "claim"
)

// storedStatement is a statement as it is kept beside what is looked for.
type storedStatement struct {
	Statement centre.Statement `json:"s"`
	Score     float64          `json:"c,omitempty"`
	Why       []string         `json:"w,omitempty"`
	By        string           `json:"b,omitempty"`
	Parties   []string         `json:"p,omitempty"`
}

// digestOf names a statement of a report by who speaks and what is said, so
// that what a person said about it is found again when the report was processed
// anew. Two that say the same in one report are one here.
func digestOf(s *centre.Statement) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(lexis.Normalise(s.Speaker.Name))) // never fails
	for _, c := range s.Content {
		_, _ = h.Write([]byte{0})
		_, _ = h.Write([]byte(lexis.Normalise(c.Text)))
	}
	return bits(h.Sum64())
}

// pin is where a person put a statement.
type pin struct {
	claim centre.ID
	by    string
}

func pinsOf(ctx context.Context, q querier, report centre.ID) (map[int64]pin, error) {
	var pins map[int64]pin
	rows, err := q.QueryContext(ctx, "SELECT digest, claim_id, name FROM claim_pin WHERE report_id = $1", int64(report))
	return pins, each(rows, err, func(rows *sql.Rows) error {
		var digest int64
		var p pin
		err := rows.Scan(&digest, &p.claim, &p.by)
		if pins == nil {
			pins = map[int64]pin{}
		}
		pins[digest] = p
		return err
	})
}

// mergedInto gives, of claims that were merged into others, those that stand for
// them now.
func mergedInto(ctx context.Context, q querier, claims []centre.ID) (map[centre.ID]centre.ID, error) {
	step, next := map[centre.ID]centre.ID{}, claims
	for len(next) > 0 {
		var further []centre.ID
		rows, err := q.QueryContext(ctx, "SELECT id, into_id FROM claim_merged WHERE "+in("id", next))
		err = each(rows, err, func(rows *sql.Rows) error {
			var id, to centre.ID
			err := rows.Scan(&id, &to)
			if _, known := step[id]; !known {
				step[id] = to
				further = append(further, to)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		next = further
	}
	into := map[centre.ID]centre.ID{}
	for _, id := range claims {
		at := id
		for range len(step) {
			to, ok := step[at]
			if !ok {
				break
			}
			at = to
		}
		if at != id {
			into[id] = at
		}
	}
	return into, nil
}

// mergedOf gives the claims that were merged into claims, each with the one of
// these that it is part of now; the claims themselves are among them.
func mergedOf(ctx context.Context, q querier, claims []centre.ID) (map[centre.ID]centre.ID, error) {
	part, next := map[centre.ID]centre.ID{}, claims
	for _, id := range claims {
		part[id] = id
	}
	for len(next) > 0 {
		var further []centre.ID
		rows, err := q.QueryContext(ctx, "SELECT id, into_id FROM claim_merged WHERE "+in("into_id", next))
		err = each(rows, err, func(rows *sql.Rows) error {
			var id, to centre.ID
			err := rows.Scan(&id, &to)
			if _, known := part[id]; !known {
				part[id] = part[to]
				further = append(further, id)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		next = further
	}
	return part, nil
}

func keysOf(m map[centre.ID]centre.ID) []centre.ID { return slices.Sorted(maps.Keys(m)) }

// claims reads which of the claims of a commit were merged.
func (c *commit) claims(ctx context.Context, ws []centre.Woven) error {
	var ids []centre.ID
	for i := range ws {
		for k := range ws[i].Claims {
			l := &ws[i].Claims[k]
			if l.Claim != 0 {
				ids = append(ids, l.Claim)
			}
			for _, r := range l.Related {
				ids = append(ids, r.Claim)
			}
		}
	}
	var err error
	c.merged, err = mergedInto(ctx, c, ids)
	return err
}

func (c *commit) claimOf(id centre.ID) centre.ID {
	if to, ok := c.merged[id]; ok {
		return to
	}
	return id
}

// say adds the statements of a report's current version. known tells that the
// report was there before: what it said is replaced, and persons' corrections
// stay.
func (c *commit) say(ctx context.Context, w *waitingDocument, woven *centre.Woven, st *standing, known bool) error {
	var pins map[int64]pin
	if known {
		if err := c.flush(ctx); err != nil {
			return err
		}
		var err error
		if pins, err = pinsOf(ctx, c, w.report); err != nil {
			return err
		}
		var pinned []centre.ID
		for _, p := range pins {
			pinned = append(pinned, p.claim)
		}
		now, err := mergedInto(ctx, c, pinned)
		if err != nil {
			return err
		}
		for digest, p := range pins {
			if to, ok := now[p.claim]; ok {
				p.claim = to
				pins[digest] = p
			}
		}
		if _, err := c.exec(ctx, deleteStatements, int64(w.report)); err != nil {
			return err
		}
	}
	d := &woven.Draft
	told := map[centre.ID]bool{}
	for i := range d.Statements {
		s := &d.Statements[i]
		var l centre.Linked
		if i < len(woven.Claims) {
			l = woven.Claims[i]
		}
		digest := digestOf(s)
		claim := c.claimOf(l.Claim)
		if p, ok := pins[digest]; ok {
			claim, l.Link = p.claim, centre.ClaimLink{Score: 1, By: p.by}
		}
		row, err := statementRow(w, s, l, claim, digest, c.now.UnixMilli())
		if err != nil {
			return err
		}
		c.statements = append(c.statements, row)
		if claim == 0 {
			continue
		}
		// A claim that begins here needs no word of its own besides the report's.
		if !told[claim] && (l.Link.Score > 0 || known || s.Stance == centre.StanceRetract || d.Document.Withdrawn != "") {
			told[claim] = true
			c.notices = append(c.notices, []any{noticeClaim, int64(claim), st.label})
		}
		for _, r := range l.Related {
			if other := c.claimOf(r.Claim); other != 0 && other != claim {
				row, err := relatedRow(claim, other, r.Tension, r.Score, r.Why, "")
				if err != nil {
					return err
				}
				c.related = append(c.related, row)
			}
		}
	}
	return nil
}

func statementRow(w *waitingDocument, s *centre.Statement, l centre.Linked, claim centre.ID, digest, at int64) ([]any, error) {
	text, err := json.Marshal(storedStatement{*s, l.Link.Score, l.Link.Why, l.Link.By, l.Parties})
	if err != nil {
		return nil, fmt.Errorf("writing a statement: %w", err)
	}
	var features any
	if len(l.Features) > 0 {
		features = l.Features
	}
	return []any{int64(w.report), int64(s.No), int64(w.version), int64(claim), clean(string(s.Stance)), int64(centre.SideOf(s.Stance, s.Negated)),
		speakerText(s.Speaker.Name), at, digest, features, clean(string(text))}, nil
}

func relatedRow(a, b centre.ID, tension bool, score float64, why []string, by string) ([]any, error) {
	reasons, err := list(why)
	if err != nil {
		return nil, err
	}
	return []any{int64(min(a, b)), int64(max(a, b)), flag(tension), score, reasons, clean(by)}, nil
}

// speakerText is the keys of a name as they are looked for.
func speakerText(name string) string {
	return " " + strings.Join(query.SpeakerKeys(clean(name)), " ") + " "
}

const keySpeaker = "kq"

// speakerKeys are the keys of a draft's speakers in the search index.
func speakerKeys(d *centre.Draft) []string {
	var keys []string
	for i := range d.Statements {
		for _, k := range query.SpeakerKeys(clean(d.Statements[i].Speaker.Name)) {
			keys = append(keys, keySpeaker+k)
		}
	}
	return keys
}
