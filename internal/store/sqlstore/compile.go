package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"entente/internal/centre"
	"entente/internal/lexis"
	"entente/internal/policy"
	"entente/internal/query"
)

// plan is a query as SQL: which reports of a view match. A statement selects
// from it with the report's columns under the alias r.
type plan struct {
	s    *Store
	view policy.View
	args []any
	// match drives the statement from the search index; nil walks the reports.
	match Match
	// where are the conditions on r that match does not already hold.
	where []string
	// least is a bound on the ids that can match at all.
	least int64

	areas   map[string]named           // what the nodes that name places stand for
	claims  map[query.Said][]centre.ID // of nodes that ask how a claim stands
	sources map[string]centre.ID       // visible sources by slug
	members map[centre.MemberCode][]centre.ID
}

// plan compiles q for a view. It reads what the query's names stand for.
func (s *Store) plan(ctx context.Context, tx *sql.Tx, v policy.View, q query.Node) (*plan, error) {
	p := &plan{s: s, view: v, areas: map[string]named{}}
	if q == nil {
		q = query.All{}
	}
	if err := p.resolve(ctx, tx, q); err != nil {
		return nil, err
	}
	p.least = leastID(q)
	m, exact, ok := p.keyed(q)
	switch {
	case ok && p.worthDriving(q, m):
		p.match = m
		if !exact {
			p.where = append(p.where, p.rest(q))
		}
	default:
		if _, all := q.(query.All); !all {
			p.where = append(p.where, p.condition(q))
		}
	}
	return p, nil
}

// worthDriving tells whether to walk the hits of m rather than the reports.
func (p *plan) worthDriving(q query.Node, m Match) bool {
	if and, ok := q.(query.And); ok {
		for _, n := range and {
			if _, ok := n.(query.Story); ok {
				return false // a story has few reports
			}
		}
	}
	return p.s.dialect.OrderedPostings || narrow(m)
}

// narrow tells whether a match has a word, a place or an area in it, rather
// than only keys that a large part of the reports share.
func narrow(m Match) bool {
	switch m := m.(type) {
	case Sequence:
		k := m.Tokens[0]
		return !strings.HasPrefix(k, keyLang) && !strings.HasPrefix(k, keySource) && !strings.HasPrefix(k, keyMonth) && !strings.HasPrefix(k, keyYear)
	case Both:
		for _, part := range m {
			if narrow(part) {
				return true
			}
		}
		return false
	case Either:
		for _, part := range m {
			if !narrow(part) {
				return false
			}
		}
		return true
	case Except:
		return narrow(m.Of)
	}
	return false
}

// leastID bounds the ids of what matches from the time of arrival, since an id
// is never made before its report arrives.
func leastID(q query.Node) int64 {
	switch n := q.(type) {
	case query.Received:
		if !n.From.IsZero() {
			return int64(centre.IDAt(n.From))
		}
	case query.And:
		least := int64(0)
		for _, part := range n {
			least = max(least, leastID(part))
		}
		return least
	}
	return 0
}

func nodeKey(n query.Node) string { return fmt.Sprintf("%T %q %v", n, n, n) }

// resolve reads the places and sources that the nodes name.
func (p *plan) resolve(ctx context.Context, tx *sql.Tx, q query.Node) error {
	var err error
	switch n := q.(type) {
	case query.Word:
		err = bounded(n.Text)
	case query.Phrase:
		err = bounded(strings.Join(n.Words, " "))
	case query.And:
		for _, part := range n {
			if err := p.resolve(ctx, tx, part); err != nil {
				return err
			}
		}
	case query.Or:
		for _, part := range n {
			if err := p.resolve(ctx, tx, part); err != nil {
				return err
			}
		}
	case query.Not:
		return p.resolve(ctx, tx, n.Node)
	case query.Near, query.Box, query.Place:
		p.areas[nodeKey(n)], err = namedBy(ctx, tx, n)
	case query.Source, query.Member:
		err = p.resolveSources(ctx, tx)
	case query.Said:
		err = p.resolveSaid(ctx, tx, n)
	}
	return err
}

// maxPhrase bounds a phrase: its cost grows with the square of its length.
const maxPhrase = 64

func bounded(text string) error {
	if n := strings.Count(lexis.Normalise(clean(text)), " ") + 1; n > maxPhrase {
		return centre.Invalid("The search has a phrase of %d words; at most %d are looked for together.", n, maxPhrase)
	}
	return nil
}

func placesNamed(ctx context.Context, q querier, n query.Place) ([]int64, error) {
	nos := []int64{}
	var args []any
	var or []string
	for _, id := range n.IDs {
		args = append(args, clean(id))
		or = append(or, fmt.Sprintf("place_id = $%d", len(args)))
	}
	if n.Country != "" {
		args = append(args, clean(n.Country))
		or = append(or, fmt.Sprintf("country = $%d", len(args)))
	}
	if len(or) == 0 {
		return nos, nil
	}
	rows, err := q.QueryContext(ctx, "SELECT no FROM place WHERE "+strings.Join(or, " OR "), args...)
	err = each(rows, err, func(rows *sql.Rows) error {
		var no int64
		err := rows.Scan(&no)
		nos = append(nos, no)
		return err
	})
	return nos, err
}

// resolveSources reads the sources that the view sees: no other can be named.
func (p *plan) resolveSources(ctx context.Context, tx *sql.Tx) error {
	if p.sources != nil {
		return nil
	}
	p.sources, p.members = map[string]centre.ID{}, map[centre.MemberCode][]centre.ID{}
	rows, err := tx.QueryContext(ctx, "SELECT id, slug, member FROM source WHERE "+visible(p.view, "label_id"))
	return each(rows, err, func(rows *sql.Rows) error {
		var id centre.ID
		var slug string
		var member centre.MemberCode
		err := rows.Scan(&id, &slug, &member)
		p.sources[slug], p.members[member] = id, append(p.members[member], id)
		return err
	})
}

func (p *plan) arg(v any) string {
	p.args = append(p.args, v)
	return fmt.Sprintf("$%d", len(p.args))
}

// maxKeys is how many alternatives a search is narrowed by.
const maxKeys = 32

// keyed gives a match of the index that every report has that q matches, and
// whether it is exact: whether no other report has it. ok is false where the
// index does not help.
func (p *plan) keyed(q query.Node) (m Match, exact, ok bool) {
	switch n := q.(type) {
	case query.Word:
		m = wordMatch(n)
		return m, true, m != nil
	case query.Phrase:
		m = phraseMatch(n)
		return m, true, m != nil
	case query.Language:
		tag := strings.ToLower(clean(n.Tag))
		if tag == "" || strings.ContainsAny(tag, " \t\n\r\v\f") {
			return nil, false, false
		}
		return keysMatch([]string{keyLang + tag}), true, true
	case query.Source:
		id, known := p.sources[n.Slug]
		if !known {
			return nil, false, false
		}
		return keysMatch([]string{sourceKey(id)}), true, true
	case query.Member:
		return p.anyOf(p.members[n.Code])
	case query.Said:
		return saidMatch(n)
	case query.Named:
		m := namedMatch(n)
		return m, true, m != nil
	case query.Place, query.Near, query.Box:
		if area := p.areas[nodeKey(n)]; len(area.keys) > 0 {
			return keysMatch(area.keys), area.sure, true
		}
	case query.Published:
		keys, ok := timeKeys(n)
		if !ok {
			return nil, false, false
		}
		return keysMatch(keys), false, true
	case query.And:
		return p.keyedAnd(n)
	case query.Or:
		return p.keyedOr(n)
	}
	return nil, false, false
}

func (p *plan) anyOf(sources []centre.ID) (Match, bool, bool) {
	if len(sources) == 0 || len(sources) > maxKeys {
		return nil, false, false
	}
	keys := make([]string, len(sources))
	for i, id := range sources {
		keys[i] = sourceKey(id)
	}
	return keysMatch(keys), true, true
}

func (p *plan) keyedAnd(n query.And) (Match, bool, bool) {
	var both Both
	var nots Either
	exact := true
	for _, part := range n {
		if _, all := part.(query.All); all {
			continue
		}
		if not, is := part.(query.Not); is {
			if m, sure, ok := p.keyed(not.Node); ok && sure {
				nots = append(nots, m)
				continue
			}
		}
		m, sure, ok := p.keyed(part)
		exact = exact && ok && sure
		if ok {
			both = append(both, m)
		}
	}
	if len(both) == 0 {
		return nil, false, false
	}
	var m Match = both
	if len(nots) > 0 {
		m = Except{Of: both, Not: nots}
	}
	return m, exact, true
}

func (p *plan) keyedOr(n query.Or) (Match, bool, bool) {
	var any Either
	exact := true
	for _, part := range n {
		m, sure, ok := p.keyed(part)
		if !ok {
			return nil, false, false
		}
		any, exact = append(any, m), exact && sure
	}
	return any, exact, len(any) > 0
}

// rest is the condition that a report which has keyed(q) matches q.
func (p *plan) rest(q query.Node) string {
	and, ok := q.(query.And)
	if !ok {
		return p.condition(q)
	}
	var parts []string
	for _, n := range and {
		inner := n
		if not, is := n.(query.Not); is {
			inner = not.Node
		}
		if _, exact, ok := p.keyed(inner); !ok || !exact {
			parts = append(parts, p.condition(n))
		}
	}
	return join(parts, " AND ", "1 = 1")
}

func join(parts []string, by, none string) string {
	switch len(parts) {
	case 0:
		return none
	case 1:
		return parts[0]
	}
	return "(" + strings.Join(parts, by) + ")"
}

// condition is q as a condition on the row r that is never NULL.
func (p *plan) condition(q query.Node) string {
	switch n := q.(type) {
	case query.All:
		return "1 = 1"
	case query.Not:
		return "NOT (" + p.condition(n.Node) + ")"
	case query.And:
		parts := make([]string, 0, len(n))
		for _, part := range n {
			parts = append(parts, p.condition(part))
		}
		return join(parts, " AND ", "1 = 1")
	case query.Or:
		return p.orCondition(n)
	case query.Word, query.Phrase:
		if m, _, ok := p.keyed(q); ok {
			return p.found(m)
		}
	case query.Language:
		tag := strings.ToLower(clean(n.Tag))
		return "(lower(r.language) = " + p.arg(tag) + " OR substr(lower(r.language), 1, " + p.arg(int64(len([]rune(tag))+1)) + ") = " + p.arg(tag+"-") + ")"
	case query.Source:
		if id, ok := p.sources[n.Slug]; ok {
			return in("r.source_id", []centre.ID{id})
		}
	case query.Member:
		return in("r.source_id", p.members[n.Code])
	case query.Place, query.Near, query.Box:
		if nos := p.areas[nodeKey(n)].nos; len(nos) > 0 {
			return "EXISTS (SELECT 1 FROM report_place x WHERE x.report_id = r.id AND " + in("x.place_no", nos) + ")"
		}
	case query.Published:
		conditions := []string{"r.published IS NOT NULL"}
		if !n.From.IsZero() {
			conditions = append(conditions, "r.published >= "+p.arg(ceilMillis(n.From)))
		}
		if !n.Until.IsZero() {
			conditions = append(conditions, "r.published < "+p.arg(ceilMillis(n.Until)))
		}
		return join(conditions, " AND ", "")
	case query.Received:
		var conditions []string
		if !n.From.IsZero() {
			conditions = append(conditions, "r.received >= "+p.arg(ceilMillis(n.From)))
		}
		if !n.Until.IsZero() {
			conditions = append(conditions, "r.received < "+p.arg(ceilMillis(n.Until)))
		}
		return join(conditions, " AND ", "1 = 1")
	case query.Grade:
		return join([]string{
			gradeRange("r.reliability", int64(n.ReliabilityFrom), int64(n.ReliabilityTo), int64(centre.CompletelyReliable), int64(centre.ReliabilityNotJudged)),
			gradeRange("r.credibility", int64(n.CredibilityFrom), int64(n.CredibilityTo), int64(centre.Confirmed), int64(centre.CredibilityNotJudged)),
		}, " AND ", "")
	case query.Story:
		return in("r.story_id", []centre.ID{n.ID})
	case query.Happens:
		category := ""
		if n.Category != "" {
			category = " AND x.category = " + p.arg(string(n.Category))
		}
		return "r.id IN (SELECT x.report_id FROM report_event x WHERE 1 = 1" + category + ")"
	case query.Said:
		return p.saidCondition(n)
	case query.Named:
		if m := namedMatch(n); m != nil {
			return p.found(m)
		}
	case query.Entity:
		return entityCondition(n.ID)
	}
	return "1 = 0"
}

// orCondition asks the index once for all parts that it answers exactly.
func (p *plan) orCondition(n query.Or) string {
	var any Either
	var parts []string
	for _, part := range n {
		switch part.(type) {
		case query.Word, query.Phrase:
			if m, _, ok := p.keyed(part); ok {
				any = append(any, m)
			}
		default:
			parts = append(parts, p.condition(part))
		}
	}
	if len(any) > 0 {
		parts = append(parts, p.found(any))
	}
	return join(parts, " OR ", "1 = 0")
}

// found is the condition that the index has r for m.
func (p *plan) found(m Match) string {
	d := p.s.dialect
	return "r.id IN (SELECT s." + d.ReportID + " FROM search s WHERE " + d.Matches(p.arg(d.MatchText(m))) + ")"
}

// gradeRange is the condition on one axis of a grade. The worst value, F or 6,
// means "unknown" and lies in no range but its own.
func gradeRange(column string, from, to, best, unknown int64) string {
	if from == 0 && to == 0 {
		return "1 = 1"
	}
	if from == 0 {
		from = best
	}
	if to == 0 {
		to = unknown
	}
	if to == unknown && from != unknown {
		to--
	}
	return fmt.Sprintf("(%s BETWEEN %d AND %d)", column, from, to)
}

// from writes what follows SELECT ... : the tables and all conditions, with
// the ids in (after, before). It may be called once.
func (p *plan) from(after, before int64) string {
	d := p.s.dialect
	id := "r.id"
	text := "report r"
	conditions := []string{visible(p.view, "r.label_id")}
	if p.match != nil {
		id = "s." + d.ReportID
		// The order of the tables is the order of the walk.
		text = "search s CROSS JOIN report r"
		conditions = append([]string{d.Matches(p.arg(d.MatchText(p.match))), "r.id = " + id}, conditions...)
	}
	if after = max(after, p.least-1); after > 0 {
		conditions = append(conditions, id+" > "+p.arg(after))
	}
	if before < 1<<63-1 {
		conditions = append(conditions, id+" < "+p.arg(before))
	}
	return text + " WHERE " + strings.Join(append(conditions, p.where...), " AND ")
}

// order is the report's id as from walks it.
func (p *plan) order() string {
	if p.match != nil {
		return "s." + p.s.dialect.ReportID
	}
	return "r.id"
}
