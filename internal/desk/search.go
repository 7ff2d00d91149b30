package desk

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
)

// Search lists the reports that answer a question, newest arrival first, with
// the words that were looked for.
func (d *Desk) Search(ctx context.Context, who policy.View, q Question, p Page) (FoundPage, error) {
	tree, err := d.tree(ctx, who, q)
	if err != nil {
		return FoundPage{}, err
	}
	return d.list(ctx, who, tree, p)
}

func (d *Desk) list(ctx context.Context, who policy.View, tree query.Node, p Page) (FoundPage, error) {
	page, err := d.store.Search(ctx, who, tree, p)
	if err != nil {
		return FoundPage{}, err
	}
	out := FoundPage{Reports: make([]Found, 0, len(page.Reports)), Next: page.Next}
	for _, head := range page.Reports {
		found, err := d.found(ctx, who, tree, head)
		if err != nil {
			return FoundPage{}, err
		}
		out.Reports = append(out.Reports, found)
	}
	return out, nil
}

// Facets counts the reports that answer a question.
func (d *Desk) Facets(ctx context.Context, who policy.View, q Question) (Facets, error) {
	tree, err := d.tree(ctx, who, q)
	if err != nil {
		return Facets{}, err
	}
	return d.store.Facets(ctx, who, tree)
}

// Places counts the places that the answering reports name.
func (d *Desk) Places(ctx context.Context, who policy.View, q Question, limit int) ([]PlaceCount, error) {
	tree, err := d.tree(ctx, who, q)
	if err != nil {
		return nil, err
	}
	return d.store.Places(ctx, who, tree, limit)
}

// Clusters groups places for a map of the question's area, which must be given.
func (d *Desk) Clusters(ctx context.Context, who policy.View, q Question, zoom int) ([]Cluster, error) {
	if q.Box == nil {
		return nil, centre.Invalid("A map needs an area: west, south, east and north.")
	}
	box := *q.Box
	q.Box = nil // the map counts what lies in the area, whatever else a report names
	tree, err := d.tree(ctx, who, q)
	if err != nil {
		return nil, err
	}
	return d.store.Clusters(ctx, who, tree, box, zoom)
}

// Histogram counts answering reports by publication.
func (d *Desk) Histogram(ctx context.Context, who policy.View, q Question, bins int) (Histogram, error) {
	from, until := q.From, q.Until
	q.From, q.Until = time.Time{}, time.Time{} // undated reports are counted beside the bins
	tree, err := d.tree(ctx, who, q)
	if err != nil {
		return Histogram{}, err
	}
	return d.store.Histogram(ctx, who, tree, from, until, bins)
}

// tree parses a question for the person who asks: days begin in that person's
// time zone, and names of places are looked up.
func (d *Desk) tree(ctx context.Context, who policy.View, q Question) (query.Node, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	zone := time.UTC
	if strings.ContainsRune(q.Text, ':') { // only fields have days in them
		var err error
		if zone, err = d.zone(ctx, who); err != nil {
			return nil, err
		}
	}
	tree, err := d.parse(q.Text, zone)
	if err != nil {
		return nil, err
	}
	parts := query.And{}
	if _, all := tree.(query.All); !all {
		parts = append(parts, tree)
	}
	if q.Box != nil {
		parts = append(parts, *q.Box)
	}
	if !q.From.IsZero() || !q.Until.IsZero() {
		parts = append(parts, query.Published{From: q.From, Until: q.Until})
	}
	switch len(parts) {
	case 0:
		return query.All{}, nil
	case 1:
		return parts[0], nil
	}
	return parts, nil
}

func (d *Desk) parse(text string, zone *time.Location) (query.Node, error) {
	tree, err := query.Parse(text, query.Options{Zone: zone})
	if err != nil {
		return nil, err
	}
	return query.ResolveBodies(query.Resolve(tree, d.gazetteer.Resolve), bodiesNamed), nil
}

// snippetRadius is how much text a snippet shows before its first hit, and
// snippetLength how long it is, in code points.
const (
	snippetRadius = 80
	snippetLength = 280
)

// found marks the hits of a query in a head. Where the words stand in neither
// the title nor the beginning of the text, the snippet is cut around the first.
func (d *Desk) found(ctx context.Context, who policy.View, tree query.Node, head centre.ReportHead) (Found, error) {
	out := Found{ReportHead: head, TitleHits: hits(tree, head.Title), SnippetHits: hits(tree, head.Snippet)}
	if len(out.SnippetHits) > 0 || !hasWords(tree) {
		return out, nil
	}
	report, err := d.store.Report(ctx, who, head.ID, head.Version)
	if centre.CodeOf(err) == centre.CodeNotFound {
		return out, nil // marked anew or versioned between the two reads: the list stays as it was
	}
	if err != nil {
		return Found{}, err
	}
	out.Snippet, out.SnippetHits = snippet(tree, report.Content, head.Snippet)
	return out, nil
}

// snippet cuts the body around its first hit, at the borders of words.
func snippet(tree query.Node, c centre.Content, otherwise string) (string, []Span) {
	runes := []rune(c.Text)
	body := runes[min(c.Title, len(runes)):]
	all := hits(tree, string(body))
	if len(all) == 0 {
		return otherwise, nil
	}
	start := max(0, all[0].Start-snippetRadius)
	for start > 0 && start < all[0].Start && !isBreak(body[start-1]) {
		start++
	}
	end := min(len(body), max(start+snippetLength, all[0].End))
	for end < len(body) && end > all[0].End && !isBreak(body[end]) {
		end--
	}
	cut := slices.Clone(body[start:end])
	for i, r := range cut {
		if r == '\n' || r == '\t' {
			cut[i] = ' '
		}
	}
	lead := 0
	if start > 0 {
		cut = append([]rune("… "), cut...)
		lead = 2
	}
	if end < len(body) {
		cut = append(cut, []rune(" …")...)
	}
	var inside []Span
	for _, s := range all {
		if s.Start >= start && s.End <= end {
			inside = append(inside, Span{s.Start - start + lead, s.End - start + lead})
		}
	}
	return string(cut), inside
}

func isBreak(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }

// hits finds the words that a query asks for in a text.
func hits(tree query.Node, text string) []Span {
	if text == "" || !utf8.ValidString(text) {
		return nil
	}
	spans := query.Highlight(tree, text)
	out := make([]Span, 0, len(spans))
	for _, s := range spans {
		out = append(out, Span{s[0], s[1]})
	}
	return out
}

// hasWords reports whether a tree asks for words at all, outside of negations.
func hasWords(tree query.Node) bool {
	switch n := tree.(type) {
	case query.Word, query.Phrase:
		return true
	case query.And:
		return slices.ContainsFunc(n, hasWords)
	case query.Or:
		return slices.ContainsFunc(n, hasWords)
	}
	return false
}
