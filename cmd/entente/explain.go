package main

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
)

type explainCommand struct {
	person
	Report  string `arg:"" help:"Id of a report, as search prints it."`
	Version int    `help:"Version of it; the current one without it."`
}

// explained is the answer that the command prints. Findings of the text have
// the same shape in the API as the nouns.
type explained struct {
	Report struct {
		Title         string
		Language      string
		LanguageScore float64  `json:"language_score"`
		LanguageWhy   []string `json:"language_why"`
		Stretches     []centre.LanguageStretch
		Parts         []centre.Part
		Content       centre.Content
		Mentions      []centre.Mention
		EventMentions []centre.EventMention `json:"event_mentions"`
		Statements    []centre.Statement
		Failures      []centre.StepFailure
		Copies        int
		Story         *centre.ID
	}
	Ties []struct {
		Report centre.ReportHead
		Score  float64
		Copy   bool
		Why    []string
	}
}

// Run prints what the machine made of a report, and why, in the order of the text.
func (c *explainCommand) Run(s *surroundings) error {
	at, err := c.signIn(s)
	if err != nil {
		return err
	}
	defer at.close()
	path := "/reports/" + url.PathEscape(c.Report) + "/explanation"
	query := url.Values{"version": {strconv.Itoa(c.Version)}}
	if c.JSON {
		var raw []byte
		if err := at.get(s, path, query, &raw); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.out, strings.TrimSpace(string(raw)))
		return err
	}
	var e explained
	if err := at.get(s, path, query, &e); err != nil {
		return err
	}
	r := e.Report
	fmt.Fprintf(s.out, "%s\n\n", r.Title)
	fmt.Fprintf(s.out, "Language  %s, %.0f %%%s\n", r.Language, 100*r.LanguageScore, because(r.LanguageWhy))
	for _, x := range r.Stretches {
		fmt.Fprintf(s.out, "          %s from %d to %d, %.0f %%%s\n", x.Language, x.Start, x.End, 100*x.Score, because(x.Why))
	}
	points := []rune(r.Content.Text)
	for _, p := range r.Parts {
		fmt.Fprintf(s.out, "%-9s “%s”\n", title(string(p.Kind)), excerpt(points, p.Start, p.End))
	}
	slices.SortStableFunc(r.Mentions, func(a, b centre.Mention) int { return cmp.Compare(a.Start, b.Start) })
	section(s, "Named in the text", len(r.Mentions))
	for _, m := range r.Mentions {
		fmt.Fprintf(s.out, "  “%s” is %s, %.0f %%  [%s %d, at %d]\n", m.Text, meaning(m), 100*m.Score, m.Step, m.Version, m.Start)
		reasons(s, m.Why)
	}
	section(s, "Happening in the text", len(r.EventMentions))
	for _, m := range r.EventMentions {
		fmt.Fprintf(s.out, "  “%s” is %s, %s, %.0f %%  [%s %d, at %d]\n", m.Trigger.Text, strings.ReplaceAll(string(m.Category), "_", " "), m.Reality, 100*m.Score, m.Step, m.Version, m.Start)
		reasons(s, m.Why)
	}
	section(s, "Said in the text", len(r.Statements))
	for _, m := range r.Statements {
		said := "–"
		if len(m.Content) > 0 {
			said = m.Content[0].Text
		}
		fmt.Fprintf(s.out, "  %d. %s %s: %s, %.0f %%  [%s %d, at %d]\n", m.No, cmp.Or(m.Speaker.Name, "–"), m.Stance, said, 100*m.Score, m.Step, m.Version, m.Start)
		reasons(s, m.Why)
	}
	section(s, "Put together with", len(e.Ties))
	for _, t := range e.Ties {
		what := "story"
		if t.Copy {
			what = "copy"
		}
		fmt.Fprintf(s.out, "  %s  %s, %.0f %%  %s\n", t.Report.ID, what, 100*t.Score, t.Report.Title)
		reasons(s, t.Why)
	}
	if len(e.Ties) == 0 {
		fmt.Fprintln(s.out, "\nIt stands in no story with another report that is released to you.")
	}
	for _, f := range r.Failures {
		fmt.Fprintf(s.out, "\nThe step %s did not work: %s\n", f.Step, f.Reason)
	}
	return nil
}

func section(s *surroundings, title string, n int) {
	if n > 0 {
		fmt.Fprintf(s.out, "\n%s\n", title)
	}
}

func reasons(s *surroundings, why []string) {
	for _, w := range why {
		fmt.Fprintf(s.out, "      %s\n", w)
	}
}

func because(why []string) string {
	if len(why) == 0 {
		return ""
	}
	return ": " + strings.Join(why, "; ")
}

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// excerpt is a stretch of a text on one line, or its beginning.
func excerpt(points []rune, start, end int) string {
	if start < 0 || end > len(points) || start > end {
		return ""
	}
	text := strings.Join(strings.Fields(string(points[start:end])), " ")
	if r := []rune(text); len(r) > 70 {
		return string(r[:70]) + " …"
	}
	return text
}

// meaning is what a mention was read as, for a person.
func meaning(m centre.Mention) string {
	switch {
	case m.Kind == centre.MentionTime && m.When == nil:
		return "a time that stays unresolved"
	case m.Kind == centre.MentionTime:
		from, until := m.When.From.UTC(), m.When.Until.UTC()
		if m.When.Precision == centre.PrecisionMinute || m.When.Precision == centre.PrecisionHour {
			return from.Format("2006-01-02 15:04Z")
		}
		if last := until.Add(-24 * time.Hour); last.After(from) {
			return from.Format("2006-01-02") + " to " + last.Format("2006-01-02")
		}
		return from.Format("2006-01-02")
	case m.Kind == centre.MentionPlace && m.Place == nil:
		return "a place that stays unresolved"
	case m.Place != nil:
		where := "no point"
		if m.Place.Point.Known {
			where = fmt.Sprintf("%.3f, %.3f ± %.0f km", m.Place.Point.Lat, m.Place.Point.Lon, m.Place.Radius/1000)
		}
		return fmt.Sprintf("the place %s (%s, %s)", m.Place.Name, cmp.Or(m.Place.Country, "–"), where)
	}
	text := "the " + string(m.Kind)
	for _, more := range []string{m.Role, m.Country, m.Entity} {
		if more != "" {
			text += ", " + more
		}
	}
	return text
}
