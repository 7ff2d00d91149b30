package desk

import (
	"bytes"
	"context"
	"fmt"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/policy"
)

// SkippedLine is an entry of a file that was not taken, with the reason.
type SkippedLine struct {
	Line   int // of the file, from 1
	Reason string
}

// ImportedSources tells what became of an OPML file.
type ImportedSources struct {
	Added   []SourceView
	Skipped []SkippedLine
}

// maxOutlines is how many feeds of one OPML file are added.
const maxOutlines = 1000

// ExportOPML writes the feeds that the person may know of as OPML 2.0, each as
// the person may see it.
func (d *Desk) ExportOPML(ctx context.Context, who policy.View) ([]byte, error) {
	sources, err := d.Sources(ctx, who)
	if err != nil {
		return nil, err
	}
	name, err := d.PublicName(ctx)
	if err != nil {
		return nil, err
	}
	var feeds []gather.Outline
	for _, s := range sources {
		if s.Kind == "feed" {
			feeds = append(feeds, gather.Outline{Title: s.Name, Address: s.Address, Language: s.Language})
		}
	}
	var out bytes.Buffer
	err = gather.WriteOPML(&out, name, d.now(), feeds)
	return out.Bytes(), err
}

// ImportOPML adds every feed of an OPML file as a source of the person's own
// member, marked for that member alone. An address that is already among the
// own sources, or stands twice in the file, is skipped; so is what no connector
// could read. Each is told by its line.
func (d *Desk) ImportOPML(ctx context.Context, who policy.View, file []byte) (ImportedSources, error) {
	actor, err := signedIn(who)
	if err != nil {
		return ImportedSources{}, err
	}
	if _, err := policy.Decide(actor, policy.ActionManageSources, policy.Object{Kind: "source", Member: actor.Member}); err != nil {
		return ImportedSources{}, err
	}
	existing, err := d.Sources(ctx, who)
	if err != nil {
		return ImportedSources{}, err
	}
	known := map[string]bool{}
	for _, s := range existing {
		if s.Member == actor.Member {
			known[s.Address] = true
		}
	}
	outlines, refused, err := gather.ReadOPML(file)
	if err != nil {
		return ImportedSources{}, err
	}
	var out ImportedSources
	for _, r := range refused {
		out.Skipped = append(out.Skipped, SkippedLine{r.Line, r.Reason})
	}
	for _, o := range outlines {
		skip := func(reason string) { out.Skipped = append(out.Skipped, SkippedLine{o.Line, reason}) }
		switch {
		case known[o.Address]:
			skip("This address is already a source of your member.")
			continue
		case len(out.Added) >= maxOutlines:
			skip(fmt.Sprintf("More than %d feeds at once; import the rest in another file.", maxOutlines))
			continue
		}
		added, err := d.AddSource(ctx, who, NewSource{Name: o.Title, Kind: "feed", Address: o.Address, Language: o.Language})
		switch {
		case err == nil:
			known[o.Address] = true
			out.Added = append(out.Added, added)
		case centre.CodeOf(err) == centre.CodeInvalid, centre.CodeOf(err) == centre.CodeConflict, centre.CodeOf(err) == centre.CodeDenied:
			skip(err.Error())
		default:
			return out, err
		}
	}
	return out, nil
}
