package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

const (
	intoReport = `report (id, label_id, source_id, story_id, copyset_id, language, published, received,
	reliability, credibility, version, current_id, exact, places)`
	intoVersion = `report_version (document_id, report_id, version, received, title, snippet, url, author, language, language_sure,
	published, published_precision, published_basis, updated, updated_precision, updated_basis,
	places, title_end, minhash, problems, failures, mentions, findings, content)`
	intoPlaces = "report_place (report_id, place_no)"
	intoEvents = "report_event (report_id, category)"

	updateReport = `UPDATE report SET story_id = $1, copyset_id = $2, language = $3, published = $4,
	version = $5, current_id = $6, exact = $7, places = $8 WHERE id = $9`
	deleteVersion = "DELETE FROM report_version WHERE document_id = $1"
	deletePlaces  = "DELETE FROM report_place WHERE report_id = $1"
	deleteEvents  = "DELETE FROM report_event WHERE report_id = $1"
)

func (s *Store) intoSearch() string {
	return "search (" + s.dialect.ReportID + ", words=" + s.dialect.SearchValue + ")"
}

func (s *Store) deleteSearch() string {
	return "DELETE FROM search WHERE " + s.dialect.ReportID + " = $1"
}

// hotStatements are those that an embedded database keeps prepared.
func (s *Store) hotStatements() []string {
	one := func(into string, columns int) string { return insertText(into, columns, 1, "") }
	texts := []string{
		one(intoDocument, 25), one(intoWaiting, 4), one(intoDetail, 5), one(intoReport, 14), one(intoVersion, 24), one(intoPlaces, 2), one(intoStatement, statementColumns), deleteStatements,
		one(intoReportEntity, 9), one(intoEntityName, 5), insertText(intoEntity, 4, 1, unlessThere), insertText(intoEntityKey, 2, 1, unlessThere), deleteReportEntities, deleteEntityNames,
		one(s.intoSearch(), 2), one(intoNotice, 3), updateReport, updateReading, updateHealth, deleteVersion, deletePlaces, s.deleteSearch(),
		countMore, countFirst, dropDays, s.lockSourceText(), one(intoEvent, len(eventTypes)), insertEvents, updateEvent, lookupEvents, upsertTrack,
	}
	for _, size := range lookupSizes {
		texts = append(texts, s.lookupText(lookupDocuments, size), s.lookupText(lookupLineage, size))
	}
	return texts
}

// waitingDocument is what a commit knows of a document that waits.
type waitingDocument struct {
	id, source, report centre.ID
	version            int
	rank               int64
	own                sql.NullInt64 // label of the document itself
	ofSource           policy.LabelID
	received           int64
}

// standing is the report that a document belongs to, as it is so far.
type standing struct {
	version     int
	rank        int64
	label       policy.LabelID
	story, sets centre.ID
}

// before reports whether a document is an earlier version than the current one.
func (w *waitingDocument) before(st *standing) bool {
	return cmp.Or(cmp.Compare(w.rank, st.rank), cmp.Compare(w.version, st.version)) < 0
}

// Commit implements store.Intake.
func (s *Store) Commit(ctx context.Context, g policy.Grant, ws []centre.Woven) ([]centre.ID, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	done := make([]centre.ID, len(ws))
	if len(ws) == 0 {
		return done, nil
	}
	err := s.write(ctx, func(t *tx) error {
		clear(done)
		c := commit{tx: t}
		return c.run(ctx, ws, done)
	})
	if err != nil {
		return nil, err
	}
	return done, nil
}

// commit gathers the rows of one transaction.
type commit struct {
	*tx
	waiting  map[centre.ID]*waitingDocument
	standing map[centre.ID]*standing
	pinned   map[centre.ID]bool // reports that a person has put into their story
	places   map[*centre.Place]int64

	tied   tied
	merged map[centre.ID]centre.ID // claims that persons merged into others

	reports, versions, mentioned, happened, words, statements, related, notices [][]any
}

func (c *commit) run(ctx context.Context, ws []centre.Woven, done []centre.ID) error {
	docs := make([]centre.ID, len(ws))
	var places []*centre.Place
	for i := range ws {
		docs[i] = ws[i].Draft.Document.ID
		for k := range ws[i].Draft.Mentions {
			if p := ws[i].Draft.Mentions[k].Place; p != nil {
				places = append(places, p)
			}
		}
	}
	if err := c.claim(ctx, docs); err != nil {
		return err
	}
	var err error
	if c.places, err = c.numberPlaces(ctx, places); err != nil {
		return err
	}
	if err := c.settleStories(ctx, ws); err != nil {
		return err
	}
	if err := c.claims(ctx, ws); err != nil {
		return err
	}
	for i := range ws {
		w := c.waiting[docs[i]]
		if w == nil {
			continue // it does not wait any more
		}
		delete(c.waiting, docs[i])
		if err := c.one(ctx, w, &ws[i]); err != nil {
			return err
		}
		done[i] = w.report
	}
	if err := c.flush(ctx); err != nil {
		return err
	}
	return c.echoes(ctx, ws, done)
}

// claim ends the waiting of the documents that still wait, and reads what is
// known of them.
func (c *commit) claim(ctx context.Context, docs []centre.ID) error {
	c.waiting, c.standing = map[centre.ID]*waitingDocument{}, map[centre.ID]*standing{}
	claimed, err := ids(c.QueryContext(ctx, "DELETE FROM waiting WHERE "+in("document_id", docs)+" RETURNING document_id"))
	if err != nil || len(claimed) == 0 {
		return err
	}
	var reports []centre.ID
	rows, err := c.QueryContext(ctx, `SELECT d.id, d.source_id, d.report_id, d.version, d.label_id, d.received, o.label_id, coalesce(x.rank, 0)
		FROM document d JOIN source o ON o.id = d.source_id LEFT JOIN document_detail x ON x.document_id = d.id WHERE `+in("d.id", claimed))
	err = each(rows, err, func(rows *sql.Rows) error {
		w := &waitingDocument{}
		err := rows.Scan(&w.id, &w.source, &w.report, &w.version, &w.own, &w.received, &w.ofSource, &w.rank)
		c.waiting[w.id], reports = w, append(reports, w.report)
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(reports)
	rows, err = c.QueryContext(ctx, `SELECT id, version, label_id, story_id, copyset_id,
		coalesce((SELECT x.rank FROM document_detail x WHERE x.document_id = report.current_id), 0) FROM report WHERE `+
		in("id", slices.Compact(reports))+" ORDER BY id"+c.s.dialect.Locked)
	return each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		st := &standing{}
		err := rows.Scan(&id, &st.version, &st.label, &st.story, &st.sets, &st.rank)
		c.standing[id] = st
		return err
	})
}

// one adds the rows of one document.
func (c *commit) one(ctx context.Context, w *waitingDocument, woven *centre.Woven) error {
	d := &woven.Draft
	language := clean(d.Language)
	nos, places := c.named(d)
	version, err := c.versionRow(w, d, language, nos)
	if err != nil {
		return err
	}
	st := c.standing[w.report]
	again := false
	if st != nil && (w.before(st) || w.version == st.version) {
		// Processed again, or an earlier version that was long on its way.
		if err := c.flush(ctx); err != nil {
			return err
		}
		n, err := c.exec(ctx, deleteVersion, int64(w.id))
		if err != nil {
			return err
		}
		again = n > 0
	}
	c.versions = append(c.versions, version)
	if st != nil && !again && w.own.Valid {
		if err := c.tighten(ctx, w, st); err != nil {
			return err
		}
	}
	if st != nil && w.before(st) {
		c.notices = append(c.notices, []any{noticeReport, int64(w.report), st.label})
		return nil
	}
	var published any
	if d.Published.Known() {
		published = d.Published.Time.UnixMilli()
	}
	known := st != nil
	if st == nil {
		st = &standing{version: w.version, rank: w.rank, label: w.ofSource, story: orRandom(woven.Story), sets: orRandom(woven.CopySet)}
		if w.own.Valid {
			st.label = w.own.Int64
		}
		c.standing[w.report] = st
		c.reports = append(c.reports, []any{int64(w.report), st.label, int64(w.source), int64(st.story), int64(st.sets),
			language, published, w.received, int64(0), int64(0), int64(w.version), int64(w.id), bits(d.Fingerprint.Exact), packNumbers(nos)})
	} else {
		if err := c.replace(ctx, w, woven, st, language, published, nos); err != nil {
			return err
		}
	}
	for _, no := range nos {
		c.mentioned = append(c.mentioned, []any{int64(w.report), no})
	}
	for _, category := range happened(d.EventMentions) {
		c.happened = append(c.happened, []any{int64(w.report), string(category)})
	}
	c.words = append(c.words, []any{int64(w.report), c.s.dialect.SearchText(wordsOf(d, language, w.source, nos, places))})
	c.notices = append(c.notices, []any{noticeReport, int64(w.report), st.label})
	if err := c.tie(ctx, w.report, woven.Entities, known); err != nil {
		return err
	}
	return c.say(ctx, w, woven, st, known)
}

func orRandom(id centre.ID) centre.ID {
	if id == 0 {
		return centre.RandomID()
	}
	return id
}

// replace puts a newer version, or the same processed again, in the place of
// what stands. The report keeps its label, and its story and set of copies
// where the weave names no others.
func (c *commit) replace(ctx context.Context, w *waitingDocument, woven *centre.Woven, st *standing, language string, published any, nos []int64) error {
	if err := c.flush(ctx); err != nil {
		return err
	}
	if woven.Story != 0 && !c.pinned[w.report] {
		st.story = woven.Story
	}
	if woven.CopySet != 0 {
		st.sets = woven.CopySet
	}
	st.version, st.rank = w.version, w.rank
	if _, err := c.exec(ctx, updateReport, int64(st.story), int64(st.sets), language, published,
		int64(w.version), int64(w.id), bits(woven.Draft.Fingerprint.Exact), packNumbers(nos), int64(w.report)); err != nil {
		return err
	}
	for _, text := range []string{deletePlaces, deleteEvents, c.s.deleteSearch()} {
		if _, err := c.exec(ctx, text, int64(w.report)); err != nil {
			return err
		}
	}
	return nil
}

// tighten is for another version that says itself who may have it, be it the
// current one or one for the history. What persons decided about the report
// stays, and the other text opens to nobody whom its own marking leaves out: the
// report takes the join of both.
func (c *commit) tighten(ctx context.Context, w *waitingDocument, st *standing) error {
	m, err := c.s.joined(ctx, c, []policy.LabelID{st.label, w.own.Int64})
	if err != nil {
		return err
	}
	to, _, err := c.label(ctx, m)
	if err != nil || to.ID == st.label {
		return err
	}
	if err := c.flush(ctx); err != nil { // the report may be among what is gathered
		return err
	}
	if _, err := c.exec(ctx, "UPDATE report SET label_id = $1 WHERE id = $2", to.ID, int64(w.report)); err != nil {
		return err
	}
	if _, err := c.exec(ctx, intoRemark, int64(c.s.ids.Next(c.now)), int64(w.report), st.label, to.ID,
		fmt.Sprintf("Version %d came with a marking of its own.", w.version), "", string(m.Originator), c.now.UnixMilli()); err != nil {
		return err
	}
	c.notices = append(c.notices, []any{noticeReport, int64(w.report), st.label})
	st.label = to.ID
	return nil
}

// flush writes the rows that were gathered.
func (c *commit) flush(ctx context.Context) error {
	for _, step := range []struct {
		into string
		rows *[][]any
	}{
		{intoReport, &c.reports}, {intoVersion, &c.versions}, {intoPlaces, &c.mentioned}, {intoEvents, &c.happened}, {c.s.intoSearch(), &c.words},
		{intoStatement, &c.statements},
	} {
		if err := c.insert(ctx, step.into, "", *step.rows); err != nil {
			return err
		}
		*step.rows = nil
	}
	if err := c.insert(ctx, intoRelated, orAsItWas, c.related); err != nil {
		return err
	}
	c.related = nil
	if err := c.flushTied(ctx); err != nil {
		return err
	}
	notices := c.notices
	c.notices = nil
	return c.tell(ctx, notices)
}

// named gives the distinct places of a draft, the most certain first, and of
// equals the one that is named first.
func (c *commit) named(d *centre.Draft) (nos []int64, places []*centre.Place) {
	type entry struct {
		no    int64
		place *centre.Place
		score float64
		start int
	}
	var entries []entry
	for k := range d.Mentions {
		m := &d.Mentions[k]
		if !m.Locates() {
			continue
		}
		no := c.places[m.Place]
		if i := slices.IndexFunc(entries, func(e entry) bool { return e.no == no }); i >= 0 {
			entries[i].score = max(entries[i].score, m.Score)
			entries[i].start = min(entries[i].start, m.Start)
			continue
		}
		entries = append(entries, entry{no, m.Place, m.Score, m.Start})
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		if a.score != b.score {
			if a.score > b.score {
				return -1
			}
			return 1
		}
		return a.start - b.start
	})
	for _, e := range entries {
		nos, places = append(nos, e.no), append(places, e.place)
	}
	return nos, places
}

// maxHeadPlaces is how many places a head shows.
const maxHeadPlaces = 5

func (c *commit) versionRow(w *waitingDocument, d *centre.Draft, language string, nos []int64) ([]any, error) {
	title, snippet := headline(d.Content, d.Parts)
	mentions, err := c.writeMentions(d.Mentions)
	if err != nil {
		return nil, err
	}
	problems, err := list(d.Document.Problems)
	if err != nil {
		return nil, err
	}
	failures, err := list(d.Failures)
	if err != nil {
		return nil, err
	}
	findings, err := writeFindings(d.Findings)
	if err != nil {
		return nil, err
	}
	row := []any{int64(w.id), int64(w.report), int64(w.version), w.received, clean(title), clean(snippet),
		clean(d.Document.URL), clean(d.Document.Author), language, d.LanguageSure}
	row = append(row, momentArgs(d.Published)...)
	row = append(row, momentArgs(d.Document.Updated)...)
	return append(row, packNumbers(nos[:min(len(nos), maxHeadPlaces)]), int64(d.Content.Title), packMinHash(d.Fingerprint.MinHash),
		problems, failures, mentions, findings, clean(d.Content.Text)), nil
}

// Lengths of what a list shows, in code points.
const (
	maxTitle   = 160 // of a title made from the body
	maxSnippet = 280
)

// headline gives the title of a content, or the first words of its body where
// it has none, and the first words of the body, without the title that some
// publishers repeat at its beginning.
func headline(c centre.Content, parts []centre.Part) (title, snippet string) {
	runes := []rune(c.Text)
	at := min(max(c.Title, 0), len(runes))
	title = strings.Join(strings.Fields(string(runes[:at])), " ")
	if len(parts) > 0 && parts[0].Kind == centre.PartTitle && parts[0].Start >= at && parts[0].End < len(runes) {
		at = parts[0].End
	}
	snippet = firstWords(runes[at:], maxSnippet)
	if title == "" {
		title = firstWords(runes[at:], maxTitle)
	}
	return title, snippet
}

// firstWords gives the beginning of a text on one line, cut between words.
func firstWords(runes []rune, limit int) string {
	more := len(runes) > 4*limit
	words := strings.Fields(string(runes[:min(len(runes), 4*limit)]))
	var b strings.Builder
	n := 0
	for i, w := range words {
		size := len([]rune(w))
		if n+size > limit {
			if i == 0 {
				return string([]rune(w)[:limit]) + "…"
			}
			return b.String() + " …"
		}
		if i > 0 {
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += size
	}
	if more {
		return b.String() + " …"
	}
	return b.String()
}

// storedMention is a Mention as it is kept: its place by number.
type storedMention struct {
	Kind    centre.MentionKind `json:"k"`
	Start   int                `json:"s"`
	End     int                `json:"e"`
	Text    string             `json:"t"`
	Place   int64              `json:"p,omitempty"`
	Score   float64            `json:"c"`
	Step    string             `json:"b"`
	Version int                `json:"v"`
	Why     []string           `json:"w,omitempty"`
	When    *storedSpan        `json:"h,omitempty"`
	Entity  string             `json:"n,omitempty"`
	Role    string             `json:"r,omitempty"`
	Country string             `json:"y,omitempty"`
	Form    string             `json:"f,omitempty"`
	Of      string             `json:"o,omitempty"`
}

// storedSpan is a Span as it is kept: in seconds since 1970.
type storedSpan struct {
	From      int64            `json:"f"`
	Until     int64            `json:"u"`
	Precision centre.Precision `json:"p"`
	Basis     centre.Basis     `json:"b"`
}

func (c *commit) writeMentions(mentions []centre.Mention) (string, error) {
	stored := make([]storedMention, len(mentions))
	for i, m := range mentions {
		stored[i] = storedMention{m.Kind, m.Start, m.End, m.Text, c.places[m.Place], m.Score, m.Step, m.Version, m.Why, nil, m.Entity, m.Role, m.Country, m.Form, m.Of}
		if w := m.When; w != nil {
			stored[i].When = &storedSpan{w.From.Unix(), w.Until.Unix(), w.Precision, w.Basis}
		}
	}
	return list(stored)
}

// readMentions reads what writeMentions wrote.
func (s *Store) readMentions(ctx context.Context, q querier, text string) ([]centre.Mention, error) {
	if text == "[]" {
		return []centre.Mention{}, nil
	}
	var stored []storedMention
	if err := json.Unmarshal([]byte(text), &stored); err != nil {
		return nil, fmt.Errorf("stored mentions cannot be read: %w", err)
	}
	var nos []int64
	for _, m := range stored {
		if m.Place != 0 {
			nos = append(nos, m.Place)
		}
	}
	places, err := s.placesOf(ctx, q, nos)
	if err != nil {
		return nil, err
	}
	mentions := make([]centre.Mention, len(stored))
	for i, m := range stored {
		mentions[i] = centre.Mention{Kind: m.Kind, Start: m.Start, End: m.End, Text: m.Text,
			Entity: m.Entity, Form: m.Form, Of: m.Of, Role: m.Role, Country: m.Country, Score: m.Score, Step: m.Step, Version: m.Version, Why: m.Why}
		if m.Why == nil {
			mentions[i].Why = []string{}
		}
		if w := m.When; w != nil {
			mentions[i].When = &centre.Span{From: time.Unix(w.From, 0).UTC(), Until: time.Unix(w.Until, 0).UTC(), Precision: w.Precision, Basis: w.Basis}
		}
		if p := places[m.Place]; p != nil {
			copied := *p
			mentions[i].Place = &copied
		}
	}
	return mentions, nil
}
