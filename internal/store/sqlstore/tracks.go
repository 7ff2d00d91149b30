package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
)

// upsertTrack keeps the later message of a uid; of two of one time the first.
const upsertTrack = `INSERT INTO track (source_id, uid_key, label_id, at, stale, lon, lat, content)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
	ON CONFLICT (source_id, uid_key) DO UPDATE SET label_id = excluded.label_id, at = excluded.at, stale = excluded.stale,
	lon = excluded.lon, lat = excluded.lat, content = excluded.content WHERE excluded.at > track.at`

// maxTracks bounds an answer of Tracks.
const maxTracks = 5000

// storedTrack is what of a track has no column of its own.
type storedTrack struct {
	UID      string   `json:"i"`
	Type     string   `json:"t,omitempty"`
	Callsign string   `json:"c,omitempty"`
	How      string   `json:"h,omitempty"`
	Height   *float64 `json:"z,omitempty"`
	Circular *float64 `json:"ce,omitempty"`
	Linear   *float64 `json:"le,omitempty"`
	Course   *float64 `json:"d,omitempty"`
	Speed    *float64 `json:"v,omitempty"`
	Start    int64    `json:"s,omitempty"` // milliseconds of Unix time
	Remarks  string   `json:"r,omitempty"`
}

// TakeTracks implements store.Intake.
func (s *Store) TakeTracks(ctx context.Context, g policy.Grant, source centre.ID, tracks []centre.Track, c centre.Cursor) (int, error) {
	if err := permit(g, policy.ActionPipeline, policy.ActionImport); err != nil {
		return 0, err
	}
	taken := 0
	err := s.write(ctx, func(t *tx) error {
		taken = 0
		label, err := t.lockSource(ctx, g, source)
		if err != nil {
			return err
		}
		for i := range tracks {
			row, err := trackRow(&tracks[i], source, label)
			if err != nil {
				return err
			}
			n, err := t.exec(ctx, upsertTrack, row...)
			if err != nil {
				return err
			}
			taken += int(n)
		}
		return t.endTaking(ctx, g, source, len(tracks), taken, "tracks", c)
	})
	if err != nil {
		return 0, err
	}
	return taken, nil
}

func trackRow(k *centre.Track, source centre.ID, label policy.LabelID) ([]any, error) {
	if k.UID == "" || k.Time.IsZero() {
		return nil, centre.Invalid("A track of this source has no uid or no time; it cannot be told from others, and nothing was taken.")
	}
	kept := storedTrack{UID: k.UID, Type: k.Type, Callsign: k.Callsign, How: k.How, Remarks: k.Remarks,
		Height: finite(k.Height), Circular: finite(k.Circular), Linear: finite(k.Linear), Course: finite(k.Course), Speed: finite(k.Speed)}
	if !k.Start.IsZero() {
		kept.Start = k.Start.UnixMilli()
	}
	content, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("writing a track: %w", err)
	}
	var lon, lat any
	if sound(k.Point) {
		lon, lat = k.Point.Lon, k.Point.Lat
	}
	stale := k.Time // one that does not say how long it holds is not shown as current
	if !k.Stale.IsZero() {
		stale = k.Stale
	}
	return []any{int64(source), eventKey(k.UID), label, k.Time.UnixMilli(), stale.UnixMilli(), lon, lat, clean(string(content))}, nil
}

// finite gives a number, or nil for what is none.
func finite(f *float64) *float64 {
	if f == nil || math.IsNaN(*f) || math.IsInf(*f, 0) {
		return nil
	}
	return f
}

// Tracks implements store.Events.
func (s *Store) Tracks(ctx context.Context, v policy.View, now time.Time, box query.Box) ([]centre.Track, error) {
	tracks := []centre.Track{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT k.source_id, o.label_id, k.label_id, k.at, k.stale, k.lon, k.lat, k.content
			FROM track k JOIN source o ON o.id = k.source_id
			WHERE k.stale > $1 AND `+visible(v, "k.label_id")+` AND k.lat BETWEEN $2 AND $3
			ORDER BY k.at DESC, k.source_id, k.uid_key`, now.UnixMilli(), box.South, box.North)
		err = each(rows, err, func(rows *sql.Rows) error {
			var k centre.Track
			var ofSource policy.LabelID
			var at, stale int64
			var content string
			k.Point.Known = true
			if err := rows.Scan(&k.Source, &ofSource, &k.Label, &at, &stale, &k.Point.Lon, &k.Point.Lat, &content); err != nil {
				return err
			}
			if !box.Contains(k.Point) || len(tracks) == maxTracks {
				return nil
			}
			if !v.Sees(ofSource) {
				k.Source = 0
			}
			k.Time, k.Stale = time.UnixMilli(at).UTC(), time.UnixMilli(stale).UTC()
			var kept storedTrack
			if err := json.Unmarshal([]byte(content), &kept); err != nil {
				return fmt.Errorf("a stored track cannot be read: %w", err)
			}
			k.UID, k.Type, k.Callsign, k.How, k.Remarks = kept.UID, kept.Type, kept.Callsign, kept.How, kept.Remarks
			k.Height, k.Circular, k.Linear, k.Course, k.Speed = kept.Height, kept.Circular, kept.Linear, kept.Course, kept.Speed
			if kept.Start != 0 {
				k.Start = time.UnixMilli(kept.Start).UTC()
			}
			tracks = append(tracks, k)
			return nil
		})
		for i := range tracks {
			if err == nil {
				tracks[i].Marking, err = s.marking(ctx, tx, tracks[i].Label)
			}
		}
		return err
	})
	return tracks, err
}
