package desk

import (
	"context"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

// PreviewItem is a document of a source as it would be stored.
type PreviewItem struct {
	Title     string
	URL       string
	Published centre.Moment
	Language  string // "" where unknown
	Snippet   string
	Places    []string // named in it, where the steps have run; the most certain first
	Problems  []string
}

// Preview is what one fetch of a source would bring.
type Preview struct {
	Items    []PreviewItem
	Problems []string
}

const (
	previewItems = 20
	previewLimit = 30 * time.Second
)

// PreviewSource fetches once and shows what would come. Nothing is stored.
func (d *Desk) PreviewSource(ctx context.Context, who policy.View, n NewSource) (Preview, error) {
	actor, err := signedIn(who)
	if err != nil {
		return Preview{}, err
	}
	if _, err := policy.Decide(actor, policy.ActionManageSources, policy.Object{Kind: "source", Member: actor.Member}); err != nil {
		return Preview{}, err
	}
	s := centre.Source{Kind: n.Kind, Name: "preview", Slug: "preview", Member: actor.Member,
		Marking: centre.Marking{Originator: actor.Member}, Options: n.Options, Private: n.Private}
	s.Address, s.Secrets = apart(n.Address, n.Secrets)
	if s.Address == "" {
		return Preview{}, centre.Invalid("There is no address to try; give one.")
	}
	if err := d.checkSource(s, n.OnThisMachine); err != nil {
		return Preview{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, previewLimit)
	defer cancel()
	items, problems, err := d.connectors.Preview(ctx, s, previewItems)
	return Preview{items, problems}, err
}

// Beginning is the first words of a document that nobody has processed yet.
func Beginning(doc centre.Document) string {
	text := doc.Body
	if doc.MediaType == "text/html" {
		text = withoutTags(text)
	}
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > snippetLength {
		return string(runes[:snippetLength]) + " …"
	}
	return string(runes)
}

// withoutTags leaves the text of HTML, roughly: it is for a look at what would
// come, as plain text, and is never shown as HTML.
func withoutTags(html string) string {
	var b strings.Builder
	depth := 0
	for _, r := range html {
		switch {
		case r == '<':
			depth = 1
			b.WriteByte(' ')
		case r == '>' && depth > 0:
			depth = 0
		case depth == 0:
			b.WriteRune(r)
		}
		if b.Len() > 8*snippetLength {
			break
		}
	}
	return b.String()
}
