package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// CorrectStory implements store.StoryEdits.
func (s *Store) CorrectStory(ctx context.Context, g policy.Grant, e centre.StoryEdit) (centre.StoryEdit, error) {
	if err := permit(g, policy.ActionStory); err != nil {
		return e, err
	}
	o, a := g.Object(), g.Actor()
	e.Reason, e.Person, e.By, e.Member = clean(e.Reason), a.Person, clean(a.Name), a.Member
	err := s.write(ctx, func(t *tx) error {
		label, _, err := t.label(ctx, *o.Target)
		if err != nil {
			return err
		}
		done := e
		r := regrouping{tx: t, edit: &done, label: label.ID}
		done.ID, done.At = s.ids.Next(t.now), t.now
		if err := r.run(ctx, o); err != nil {
			return err
		}
		e = done
		return t.enter(ctx, g, deed{action: policy.ActionStory, kind: "story", object: o.ID, detail: r.detail()})
	})
	if err != nil {
		return centre.StoryEdit{}, err
	}
	return e, nil
}

// regrouping carries out an edit in a transaction.
type regrouping struct {
	*tx
	edit  *centre.StoryEdit
	label any // policy.LabelID; nil for the machine
}

func (r *regrouping) detail() string {
	switch e := r.edit; e.Kind {
	case centre.StoryMerge:
		return fmt.Sprintf("Merged story %s into %s.", e.From, e.Into)
	case centre.StoryUndo:
		return fmt.Sprintf("Took back the correction %s of stories.", e.Undoes)
	default:
		return fmt.Sprintf("Moved report %s from story %s to %s.", e.Report, e.From, e.Into)
	}
}

// changed is the refusal of an edit of what is no more as it was read.
func changed() error {
	return centre.Refuse(centre.CodeConflict, "These stories were changed while you were reading them; read them again and decide anew. Nothing was changed.")
}

func (r *regrouping) run(ctx context.Context, o policy.Object) error {
	e := r.edit
	switch e.Kind {
	case centre.StoryMerge:
		return r.merge(ctx, o)
	case centre.StoryMove, centre.StorySplit:
		return r.move(ctx, o)
	case centre.StoryUndo:
		return r.undo(ctx)
	}
	return centre.Invalid("%q is no correction of a story: merge, move, split or undo.", e.Kind)
}

// merge makes one story of two: the one with the oldest report stays.
func (r *regrouping) merge(ctx context.Context, o policy.Object) error {
	e := r.edit
	var n int
	if err := r.QueryRowContext(ctx, "SELECT count(*) FROM report WHERE story_id = $1 AND label_id = $2", int64(o.ID), o.Label).Scan(&n); err != nil {
		return err
	}
	if n == 0 || e.From == e.Into {
		return changed()
	}
	first := map[centre.ID]int64{}
	for _, id := range []centre.ID{e.From, e.Into} {
		var oldest sql.NullInt64
		if err := r.QueryRowContext(ctx, "SELECT min(id) FROM report WHERE story_id = $1", int64(id)).Scan(&oldest); err != nil {
			return err
		}
		if !oldest.Valid {
			return changed()
		}
		first[id] = oldest.Int64
	}
	if first[e.From] < first[e.Into] {
		e.From, e.Into = e.Into, e.From
	}
	return r.unite(ctx)
}

// unite moves all reports of From to Into, and remembers where they went.
func (r *regrouping) unite(ctx context.Context) error {
	e := r.edit
	if err := r.keep(ctx); err != nil {
		return err
	}
	if err := r.take(ctx, "r.story_id = $1", int64(e.From)); err != nil {
		return err
	}
	for _, text := range []string{
		"UPDATE story_merged SET into_id = $2 WHERE into_id = $1",
		"INSERT INTO story_merged (id, into_id) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET into_id = excluded.into_id",
	} {
		if _, err := r.exec(ctx, text, int64(e.From), int64(e.Into)); err != nil {
			return err
		}
	}
	// What was apart from the one is apart from both; they are together now.
	var others []centre.ID
	for _, text := range []string{"SELECT b_id FROM story_apart WHERE a_id = $1", "SELECT a_id FROM story_apart WHERE b_id = $1"} {
		some, err := ids(r.QueryContext(ctx, text, int64(e.From)))
		if err != nil {
			return err
		}
		others = append(others, some...)
	}
	if len(others) == 0 {
		return nil
	}
	if _, err := r.exec(ctx, "DELETE FROM story_apart WHERE a_id = $1 OR b_id = $1", int64(e.From)); err != nil {
		return err
	}
	for _, other := range others {
		if err := r.apart(ctx, other, e.Into); err != nil {
			return err
		}
	}
	return nil
}

func (r *regrouping) apart(ctx context.Context, a, b centre.ID) error {
	if a == b {
		return nil
	}
	_, err := r.exec(ctx, "INSERT INTO story_apart (a_id, b_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", int64(min(a, b)), int64(max(a, b)))
	return err
}

// move puts a report and its copies into another story.
func (r *regrouping) move(ctx context.Context, o policy.Object) error {
	e := r.edit
	var label policy.LabelID
	var story, set centre.ID
	err := r.QueryRowContext(ctx, "SELECT label_id, story_id, copyset_id FROM report WHERE id = $1"+r.s.dialect.Locked, int64(e.Report)).Scan(&label, &story, &set)
	if err != nil {
		return orNotFound(err, "report")
	}
	if label != o.Label || story != e.From || e.From == e.Into {
		return changed()
	}
	if e.Kind == centre.StorySplit {
		var other int
		if err := r.QueryRowContext(ctx, "SELECT count(*) FROM report WHERE story_id = $1 AND copyset_id <> $2", int64(story), int64(set)).Scan(&other); err != nil {
			return err
		}
		if other == 0 {
			return centre.Invalid("This report and its copies are all of the story; there is nothing to take them out of.")
		}
		e.Into = centre.RandomID()
	} else {
		var there int
		if err := r.QueryRowContext(ctx, "SELECT count(*) FROM report WHERE story_id = $1", int64(e.Into)).Scan(&there); err != nil {
			return err
		}
		if there == 0 {
			return changed()
		}
	}
	if err := r.keep(ctx); err != nil {
		return err
	}
	if err := r.take(ctx, "r.story_id = $1 AND r.copyset_id = $2", int64(e.From), int64(set)); err != nil {
		return err
	}
	return r.apart(ctx, e.From, e.Into)
}

// undo puts back what an edit moved and is still where it put it.
func (r *regrouping) undo(ctx context.Context) error {
	e := r.edit
	var kind string
	var from, into, person, undone int64
	err := r.QueryRowContext(ctx, "SELECT kind, from_id, into_id, person, undone FROM story_edit WHERE id = $1"+r.s.dialect.Locked, int64(e.Undoes)).
		Scan(&kind, &from, &into, &person, &undone)
	if err != nil {
		return orNotFound(err, "correction")
	}
	if undone != 0 || centre.StoryEditKind(kind) == centre.StoryUndo {
		return changed()
	}
	e.From, e.Into = centre.ID(into), centre.ID(from)
	if err := r.keep(ctx); err != nil {
		return err
	}
	if err := r.take(ctx, "r.story_id = $1 AND r.id IN (SELECT report_id FROM story_move WHERE edit_id = $2)", into, int64(e.Undoes)); err != nil {
		return err
	}
	if _, err := r.exec(ctx, "UPDATE story_edit SET undone = $1 WHERE id = $2", int64(e.ID), int64(e.Undoes)); err != nil {
		return err
	}
	if centre.StoryEditKind(kind) == centre.StoryMerge {
		if _, err := r.exec(ctx, "DELETE FROM story_merged WHERE id = $1 AND into_id = $2", from, into); err != nil {
			return err
		}
		if person != 0 {
			return nil
		}
		return r.apart(ctx, centre.ID(from), centre.ID(into)) // the machine is not to do it again
	}
	_, err = r.exec(ctx, "DELETE FROM story_apart WHERE a_id = $1 AND b_id = $2", min(from, into), max(from, into))
	return err
}

// keep writes the edit itself.
func (r *regrouping) keep(ctx context.Context) error {
	e := r.edit
	_, err := r.exec(ctx, `INSERT INTO story_edit (id, kind, from_id, into_id, report_id, undoes, undone, label_id, reason, person, name, member, at)
		VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, $12)`, int64(e.ID), string(e.Kind), int64(e.From), int64(e.Into), int64(e.Report),
		int64(e.Undoes), r.label, e.Reason, int64(e.Person), e.By, string(e.Member), e.At.UnixMilli())
	return err
}

// maxMovedTold is how many changed reports are told one by one: a list that shows
// one of them reads the others again too.
const maxMovedTold = 500

// take moves the reports that answer from From to Into.
func (r *regrouping) take(ctx context.Context, which string, args ...any) error {
	e := r.edit
	n := len(args)
	if _, err := r.exec(ctx, fmt.Sprintf("INSERT INTO story_move (report_id, edit_id, from_id) SELECT r.id, $%d, $%d FROM report r WHERE %s", n+1, n+2, which),
		append(args[:n:n], int64(e.ID), int64(e.From))...); err != nil {
		return err
	}
	if _, err := r.exec(ctx, "UPDATE report SET story_id = $1 WHERE id IN (SELECT report_id FROM story_move WHERE edit_id = $2)", int64(e.Into), int64(e.ID)); err != nil {
		return err
	}
	var notices [][]any
	rows, err := r.QueryContext(ctx, "SELECT r.id, r.label_id FROM story_move m JOIN report r ON r.id = m.report_id WHERE m.edit_id = $1 ORDER BY r.id DESC LIMIT $2", int64(e.ID), int64(maxMovedTold))
	err = each(rows, err, func(rows *sql.Rows) error {
		var id int64
		var label policy.LabelID
		err := rows.Scan(&id, &label)
		notices = append(notices, []any{noticeReport, id, label})
		return err
	})
	if err != nil {
		return err
	}
	return r.tell(ctx, notices)
}

// settleStories gives what is woven the stories that there are now: a story that
// was merged since, by a person or by the weave a few reports later, is its
// survivor. It carries out the merges that the weave found.
func (c *commit) settleStories(ctx context.Context, ws []centre.Woven) error {
	became := map[centre.ID]centre.ID{}
	var named []centre.ID
	for i := range ws {
		for _, id := range append(ws[i].Merged, ws[i].Story) {
			if id != 0 {
				named = append(named, id)
			}
		}
	}
	rows, err := c.QueryContext(ctx, "SELECT id, into_id FROM story_merged WHERE "+in("id", named))
	err = each(rows, err, func(rows *sql.Rows) error {
		var id, into centre.ID
		err := rows.Scan(&id, &into)
		became[id] = into
		return err
	})
	if err != nil {
		return err
	}
	now := func(id centre.ID) centre.ID {
		for range len(became) + 1 {
			into, ok := became[id]
			if !ok {
				break
			}
			id = into
		}
		return id
	}
	for i := range ws {
		for _, id := range ws[i].Merged {
			from, into := now(id), now(ws[i].Story)
			if from == into {
				continue
			}
			var apart int
			if err := c.QueryRowContext(ctx, "SELECT count(*) FROM story_apart WHERE a_id = $1 AND b_id = $2", int64(min(from, into)), int64(max(from, into))).Scan(&apart); err != nil {
				return err
			}
			if apart > 0 {
				continue // a person was faster
			}
			r := regrouping{tx: c.tx, edit: &centre.StoryEdit{ID: c.s.ids.Next(c.now), Kind: centre.StoryMerge, From: from, Into: into, At: c.now}}
			if err := r.unite(ctx); err != nil {
				return err
			}
			became[from] = into
		}
	}
	for i := range ws {
		ws[i].Story = now(ws[i].Story)
	}
	for _, st := range c.standing {
		st.story = now(st.story)
	}
	return c.pins(ctx)
}

// pins reads which of the standing reports a person has put where they are.
func (c *commit) pins(ctx context.Context) error {
	c.pinned = map[centre.ID]bool{}
	var reports []centre.ID
	for id := range c.standing {
		reports = append(reports, id)
	}
	if len(reports) == 0 {
		return nil
	}
	found, err := ids(c.QueryContext(ctx, `SELECT m.report_id FROM story_move m JOIN story_edit e ON e.id = m.edit_id
		WHERE e.person <> 0 AND `+in("m.report_id", reports)))
	for _, id := range found {
		c.pinned[id] = true
	}
	return err
}

const intoEcho = "echo (document_id, report_id, of_id, score, shared)"

// echoes keeps what each of the documents looks like a translation of.
func (c *commit) echoes(ctx context.Context, ws []centre.Woven, done []centre.ID) error {
	var rows [][]any
	var docs []centre.ID
	for i := range ws {
		if done[i] == 0 {
			continue
		}
		docs = append(docs, ws[i].Draft.Document.ID)
		e := ws[i].Echo
		if e.Of == 0 || e.Of == done[i] {
			continue
		}
		shared, err := list(e.Shared)
		if err != nil {
			return err
		}
		rows = append(rows, []any{int64(docs[len(docs)-1]), int64(done[i]), int64(e.Of), e.Score, shared})
	}
	if len(c.pinned) > 0 || len(c.standing) > 0 {
		if _, err := c.exec(ctx, "DELETE FROM echo WHERE "+in("document_id", docs)); err != nil {
			return err
		}
	}
	return c.insert(ctx, intoEcho, "", rows)
}

// followed gives the story that a reader finds at the address of one that is no
// more: where the oldest of the reports is now that the reader sees and that were
// in it.
func followed(ctx context.Context, q querier, v policy.View, id centre.ID) (now centre.ID, err error) {
	err = q.QueryRowContext(ctx, "SELECT r.story_id FROM story_move m JOIN report r ON r.id = m.report_id WHERE m.from_id = $1 AND "+
		visible(v, "r.label_id")+" ORDER BY r.id LIMIT 1", int64(id)).Scan(&now)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, centre.NotFound("story")
	}
	return now, err
}

// storyEditsShown is how many edits of a story are shown, the newest.
const storyEditsShown = 100

// StoryEdits implements store.StoryEdits.
func (s *Store) StoryEdits(ctx context.Context, v policy.View, story centre.ID) ([]centre.StoryEdit, error) {
	edits := []centre.StoryEdit{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		var one int
		err := tx.QueryRowContext(ctx, "SELECT 1 FROM report WHERE story_id = $1 AND "+visible(v, "label_id")+" LIMIT 1", int64(story)).Scan(&one)
		if err != nil {
			return orNotFound(err, "story")
		}
		// What the machine did is shown to whom sees both what moved and what it
		// came to: to others there was no merge.
		rows, err := tx.QueryContext(ctx, `SELECT e.id, e.kind, e.from_id, e.into_id, e.report_id, e.undoes, e.undone, e.reason, e.person, e.name, e.member, e.at
			FROM story_edit e WHERE (e.from_id = $1 OR e.into_id = $1) AND (e.label_id IS NOT NULL AND `+visible(v, "e.label_id")+`
			OR e.label_id IS NULL AND EXISTS (SELECT 1 FROM story_move m JOIN report r ON r.id = m.report_id WHERE m.edit_id = e.id AND `+visible(v, "r.label_id")+`)
			AND EXISTS (SELECT 1 FROM report r WHERE r.story_id = e.into_id AND `+visible(v, "r.label_id")+`
				AND NOT EXISTS (SELECT 1 FROM story_move m WHERE m.report_id = r.id AND m.edit_id = e.id)))
			ORDER BY e.id DESC LIMIT $2`, int64(story), int64(storyEditsShown))
		return each(rows, err, func(rows *sql.Rows) error {
			var e centre.StoryEdit
			var undone centre.ID
			var at sql.NullInt64
			err := rows.Scan(&e.ID, &e.Kind, &e.From, &e.Into, &e.Report, &e.Undoes, &undone, &e.Reason, &e.Person, &e.By, &e.Member, &at)
			e.Undone, e.At = undone != 0, timeOf(at)
			edits = append(edits, e)
			return err
		})
	})
	return edits, err
}

// Echoes implements store.StoryEdits.
func (s *Store) Echoes(ctx context.Context, v policy.View, story centre.ID) ([]store.ReportEcho, error) {
	echoes := []store.ReportEcho{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT x.report_id, x.of_id, x.score, x.shared FROM report r JOIN echo x ON x.document_id = r.current_id
			JOIN report o ON o.id = x.of_id WHERE r.story_id = $1 AND `+visible(v, "r.label_id")+" AND "+visible(v, "o.label_id")+
			" ORDER BY x.report_id LIMIT "+maxCarriers, int64(story))
		return each(rows, err, func(rows *sql.Rows) error {
			var e store.ReportEcho
			var shared string
			err := rows.Scan(&e.Report, &e.Of, &e.Score, &shared)
			if err == nil {
				e.Shared, err = unlist[string](shared)
			}
			echoes = append(echoes, e)
			return err
		})
	})
	return echoes, err
}

// Regroupings implements store.StoryEdits.
func (s *Store) Regroupings(ctx context.Context, g policy.Grant, v policy.View, after centre.ID) ([]store.Regrouping, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	var found []store.Regrouping
	err := s.read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, "SELECT id, kind, from_id, into_id FROM story_edit WHERE id > $1 AND person <> 0 ORDER BY id LIMIT 100", int64(after))
		err = each(rows, err, func(rows *sql.Rows) error {
			var r store.Regrouping
			err := rows.Scan(&r.Edit, &r.Kind, &r.From, &r.Into)
			found = append(found, r)
			return err
		})
		for i := range found {
			r := &found[i]
			if err != nil {
				return err
			}
			var apart int
			if err = tx.QueryRowContext(ctx, "SELECT count(*) FROM story_apart WHERE a_id = $1 AND b_id = $2", int64(min(r.From, r.Into)), int64(max(r.From, r.Into))).Scan(&apart); err != nil {
				return err
			}
			r.Apart = apart > 0
			if r.Kind == centre.StoryMerge {
				continue
			}
			var moved []centre.ID
			if moved, err = ids(tx.QueryContext(ctx, "SELECT report_id FROM story_move WHERE edit_id = $1 ORDER BY report_id LIMIT 10000", int64(r.Edit))); err != nil {
				return err
			}
			r.Reports = []store.Known{}
			if len(moved) > 0 {
				err = s.rememberSome(ctx, tx, v, moved, func(k store.Known) error { r.Reports = append(r.Reports, k); return nil })
			}
		}
		return err
	})
	return found, err
}

// ToldApart implements store.StoryEdits.
func (s *Store) ToldApart(ctx context.Context, g policy.Grant) (pairs [][2]centre.ID, newest centre.ID, err error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, 0, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM story_edit").Scan(&newest); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT a_id, b_id FROM story_apart ORDER BY a_id, b_id")
		return each(rows, err, func(rows *sql.Rows) error {
			var p [2]centre.ID
			err := rows.Scan(&p[0], &p[1])
			pairs = append(pairs, p)
			return err
		})
	})
	return pairs, newest, err
}

// StoryEntities implements store.StoryEdits.
func (s *Store) StoryEntities(ctx context.Context, v policy.View, story centre.ID, limit int) ([]centre.Entity, error) {
	list := []centre.Entity{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		named := map[centre.ID]int{}
		var heads []centre.ID
		rows, err := tx.QueryContext(ctx, "SELECT e.head_id, count(DISTINCT r.id) FROM "+namedIn(v)+
			" WHERE r.story_id = $1 GROUP BY e.head_id ORDER BY count(DISTINCT r.id) DESC, e.head_id LIMIT $2", int64(story), int64(limit))
		err = each(rows, err, func(rows *sql.Rows) error {
			var id centre.ID
			var n int
			err := rows.Scan(&id, &n)
			named[id] = n
			heads = append(heads, id)
			return err
		})
		if err != nil {
			return err
		}
		if list, err = s.entities(ctx, tx, v, heads); err != nil {
			return err
		}
		for i := range list {
			list[i].Reports = named[list[i].ID]
		}
		slices.SortStableFunc(list, func(a, b centre.Entity) int { return b.Reports - a.Reports })
		return nil
	})
	return list, err
}
