// Package text makes the text of a report from a document: plain text or HTML
// in any state becomes title and body as valid UTF-8 in normalisation form C,
// in paragraphs divided by blank lines, without the invisible characters that
// reorder or hide what a reader sees. Every offset of later steps counts code
// points of this text.
//
// Where the document has no date, a full date in the text's own dateline is
// taken ("BAGHDAD, Sept 26, 2015 (Agency) —"). A date inside the text, or one
// without a year, is not: it stays unknown.
//
// The text keeps all that the document said. What of it is not running text is
// marked by parts: the title once more at the beginning of the body, the
// byline, the dateline, what the publisher puts under every text, and embedded
// posts.
//
// The package has a second step, Cutter, which comes after the language is known
// and gives the draft its sentences, so that all later steps cut a text alike;
// Sentences is the same for texts that are no draft. The words in sentences are
// those of package lexis.
package text

import (
	"context"
	"strings"
	"unicode/utf8"

	"entente/internal/centre"
)

// Step is the step. Its zero value is ready; it is safe for concurrent use.
type Step struct{}

// New makes the step.
func New() Step { return Step{} }

// Name implements centre.Step.
func (Step) Name() string { return "text" }

// Version implements centre.Step.
func (Step) Version() int { return 1 }

// Apply fills draft.Content and draft.Parts, and draft.Published where the document itself has
// no date and its dateline has one. A body of unknown media type is taken as
// plain text.
func (Step) Apply(ctx context.Context, draft *centre.Draft) error {
	doc := &draft.Document
	title, body := doc.Title, doc.Body
	if strings.HasPrefix(strings.ToLower(doc.MediaType), "text/html") || strings.HasPrefix(doc.MediaType, "application/xhtml") {
		page, err := fromHTML(ctx, body)
		if err != nil {
			return err
		}
		body = page.body
		if title == "" {
			title = page.title
		}
	}
	title = strings.ReplaceAll(strings.ReplaceAll(Clean(title), "\n\n", " "), "\n", " ")
	body = Clean(body)
	draft.Content = join(title, body)
	draft.Parts = parts(draft.Content)
	draft.Published = doc.Published
	if !draft.Published.Known() {
		draft.Published = dateline(body, doc.Fetched)
	}
	return nil
}

func join(title, body string) centre.Content {
	switch {
	case title == "":
		return centre.Content{Text: body}
	case body == "":
		return centre.Content{Text: title, Title: utf8.RuneCountInString(title)}
	}
	return centre.Content{Text: title + "\n\n" + body, Title: utf8.RuneCountInString(title)}
}
