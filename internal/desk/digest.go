package desk

import (
	"context"

	"entente/internal/centre"
	"entente/internal/digest"
	"entente/internal/policy"
)

const (
	summaryLines = 4   // sentences of a summary
	shortText    = 600 // code points of a text that is read as fast as its summary
)

// Digest is what a report says in short, without anything that is not in it.
type Digest struct {
	Report  centre.ID
	Version int
	Lines   []digest.Line // of the summary; none for a short text
	Texts   []string      // the words of Lines
	Terms   []digest.Term // names in the reader's language
	Events  []centre.EventMention
}

// DigestReport makes the summary of a version of a report, 0 being the current
// one, and its glossary in a language (BCP 47).
func (d *Desk) DigestReport(ctx context.Context, who policy.View, id centre.ID, version int, language string) (Digest, error) {
	if _, err := signedIn(who); err != nil {
		return Digest{}, err
	}
	report, err := d.store.Report(ctx, who, id, version)
	if err != nil {
		return Digest{}, err
	}
	out := Digest{Report: id, Version: report.Version, Events: report.EventMentions,
		Terms: digest.Glossary(report.Mentions, language, digest.Known)}
	points := []rune(report.Content.Text)
	if len(points) > shortText {
		out.Lines = digest.Summary(report.Content, report.Language, report.Mentions, report.Parts, summaryLines)
	}
	for _, l := range out.Lines {
		out.Texts = append(out.Texts, string(points[l.Start:l.End]))
	}
	return out, nil
}
