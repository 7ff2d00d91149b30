package app

import (
	"cmp"
	"context"
	"slices"

	"entente/internal/centre"
	"entente/internal/desk"
	"entente/internal/gather"
	"entente/internal/gather/discover"
	"entente/internal/process"
)

// trying lets people look at a source before it is added: what it brings is run
// through the steps, and shown as it would be stored.
type trying struct {
	*parts
	steps *process.Pipeline
}

// Check implements desk.Connectors.
func (t trying) Check(s centre.Source) error {
	connector, err := gather.Find(t.connectors, s.Kind)
	if err != nil {
		return err
	}
	return connector.Check(s)
}

// Preview implements desk.Connectors.
func (t trying) Preview(ctx context.Context, s centre.Source, limit int) ([]desk.PreviewItem, []string, error) {
	seen, err := gather.Preview(ctx, t.connectors, t.client, t.clock(), s)
	if err != nil {
		return nil, nil, err
	}
	items := t.items(ctx, seen.Documents, seen.Events, seen.Tracks)
	return items[:min(limit, len(items))], seen.Problems, nil
}

// shown is how many documents of each proposal are shown.
const shown = 5

// Find implements desk.Connectors.
func (t trying) Find(ctx context.Context, address string, private bool) ([]desk.FoundSource, error) {
	candidates, err := discover.Finder{Connectors: t.connectors, Client: t.client, Clock: t.clock}.Find(ctx, address, private)
	if err != nil {
		return nil, err
	}
	found := make([]desk.FoundSource, len(candidates))
	for i, c := range candidates {
		f := desk.FoundSource{Source: c.Source, How: c.How, Catalogue: c.Catalogue, Events: len(c.Events), Tracks: len(c.Tracks), Problems: c.Problems}
		f.Items = t.items(ctx, first(c.Documents), first(c.Events), first(c.Tracks))
		f.Source.Language = cmp.Or(f.Source.Language, commonest(f.Items))
		found[i] = f
	}
	return found, nil
}

// commonest is the language of most items; "" where none is known.
func commonest(items []desk.PreviewItem) string {
	count := map[string]int{}
	best := ""
	for _, i := range items {
		if count[i.Language]++; i.Language != "" && count[i.Language] > count[best] {
			best = i.Language
		}
	}
	return best
}

// places of an item that are shown.
const shownPlaces = 3

func first[T any](list []T) []T { return list[:min(len(list), shown)] }

// items runs the steps over documents. Events and positions need none; those
// that came with a document of the same name are not shown twice.
func (t trying) items(ctx context.Context, docs []centre.Document, events []centre.Event, tracks []centre.Track) []desk.PreviewItem {
	out := make([]desk.PreviewItem, 0, len(docs)+len(events)+len(tracks))
	names := map[string]bool{}
	for _, doc := range docs {
		names[doc.ExternalID] = true
		item := desk.PreviewItem{Title: doc.Title, URL: doc.URL, Published: doc.Published, Language: doc.Language,
			Snippet: desk.Beginning(doc), Problems: doc.Problems}
		if draft, err := t.steps.Run(ctx, doc); err == nil {
			item.Language, item.Published = draft.Language, draft.Published
			item.Places = named(draft.Mentions)
		}
		out = append(out, item)
	}
	for _, e := range events {
		if !names[e.ExternalID] {
			out = append(out, desk.PreviewItem{Title: e.Title, URL: e.URL, Published: e.Start, Snippet: e.Notes, Places: known(e.Place), Problems: e.Problems})
		}
	}
	for _, tr := range tracks {
		out = append(out, desk.PreviewItem{Title: cmp.Or(tr.Callsign, tr.UID), Snippet: tr.Remarks})
	}
	return out
}

func known(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// named lists the names of the places that a text surely names.
func named(mentions []centre.Mention) []string {
	sorted := slices.Clone(mentions)
	slices.SortStableFunc(sorted, func(a, b centre.Mention) int { return cmp.Compare(b.Score, a.Score) })
	var names []string
	for _, m := range sorted {
		if m.Locates() && !slices.Contains(names, m.Place.Name) && len(names) < shownPlaces {
			names = append(names, m.Place.Name)
		}
	}
	return names
}
