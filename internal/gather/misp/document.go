package misp

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// maxText bounds the text of a document, in bytes; what goes beyond is left out
// and named.
const maxText = 8 << 20

// document turns an event into a document of the source of r. The error says
// what is wrong with an event that cannot be taken.
func document(r gather.Request, raw json.RawMessage) (centre.Document, error) {
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		return centre.Document{}, errors.New("is not of the form that the core format gives it")
	}
	if !aUUID.MatchString(string(e.UUID)) {
		return centre.Document{}, errors.New("has no uuid")
	}
	d := centre.Document{
		Source: r.Source.ID, ExternalID: strings.ToLower(string(e.UUID)), Fetched: r.Now, MediaType: "text/plain",
		Title: e.Info.line(), Author: e.Orgc.Name.line(), Language: r.Source.Language,
		Published: published(e), Updated: second(e.Timestamp.time()),
	}
	var problem string
	if d.Published, problem = gather.Plausible(d.Published, r.Now); problem != "" {
		d.Problems = append(d.Problems, problem)
	}
	d.Updated, _ = gather.Plausible(d.Updated, r.Now)
	add := func(name, value string) {
		if value = gather.PlainLine(value); value != "" {
			d.Properties = append(d.Properties, centre.Property{Name: name, Value: value})
		}
	}
	add("uuid", d.ExternalID)
	add("threat_level_id", inWords(threatLevels, e.ThreatLevel))
	add("analysis", inWords(analyses, e.Analysis))
	add("extends_uuid", string(e.Extends))
	for _, tag := range e.Tags.items {
		add("tag", string(tag.Name))
	}
	for _, g := range e.Galaxies.items {
		var values []string
		for _, cluster := range g.Clusters.items {
			values = append(values, string(cluster.Value))
		}
		add("galaxy", string(g.Name)+": "+strings.Join(values, ", "))
	}
	w := &writer{}
	w.restrict(e.Distribution, false)
	w.tags(e.Tags)
	if e.Distribution != nil {
		add("distribution", w.meaning(*e.Distribution))
	}
	if group := groupName(e.SharingGroup); group != "" {
		w.restriction.OriginatorOnly = true
		add("sharing_group", group)
	}
	d.Body = w.text(e)
	d.Problems = append(d.Problems, w.problems(e)...)
	d.Marking = gather.Narrow(r.Source, w.restriction)
	return d, nil
}

// published is the event's date, and where it has none when it was published
// at its server.
func published(e event) centre.Moment {
	if day, err := time.Parse(time.DateOnly, string(e.Date)); err == nil {
		return centre.Moment{Time: day, Precision: centre.PrecisionDay, Basis: centre.BasisColumn}
	}
	return second(e.PublishTimestamp.time())
}

func second(at time.Time) centre.Moment {
	if at.IsZero() {
		return centre.Moment{}
	}
	return centre.Moment{Time: at, Precision: centre.PrecisionSecond, Basis: centre.BasisColumn}
}

func inWords(words map[scalar]string, value scalar) string {
	if word := words[value]; word != "" {
		return word
	}
	return string(value)
}

// groupName is the name of a sharing group; "" where there is none.
func groupName(raw json.RawMessage) string {
	var group struct {
		Name scalar `json:"name"`
		UUID scalar `json:"uuid"`
	}
	if json.Unmarshal(raw, &group) != nil {
		return ""
	}
	if group.Name == "" {
		return string(group.UUID)
	}
	return string(group.Name)
}

// writer writes an event down for people and gathers what restricts it.
type writer struct {
	b           strings.Builder
	restriction gather.Restriction
	unknown     []string // values of distribution and tlp tags that are not understood
	cut         bool
}

// distributions are the standard's, and whether each lets the document go as far
// as the source's marking does.
var distributions = map[scalar]struct {
	words string
	open  bool
}{
	"0": {"your organisation only", false},
	"1": {"this community only", true},
	"2": {"connected communities", true},
	"3": {"all communities", true},
	"4": {"sharing group", false},
	"5": {"inherit", false},
}

func (w *writer) meaning(d scalar) string {
	if known, ok := distributions[d]; ok {
		return known.words
	}
	return string(d)
}

// restrict takes the distribution of an event or, where inherits, of a part of
// one, which may leave it to the event.
func (w *writer) restrict(d *scalar, inherits bool) {
	if d == nil || inherits && *d == "5" {
		return
	}
	known, ok := distributions[*d]
	if !ok {
		w.unknown = append(w.unknown, "distribution "+gather.PlainLine(string(*d)))
	}
	if !ok || !known.open {
		w.restriction.OriginatorOnly = true
	}
}

// tags takes the tlp tags among others. A tlp tag that is not known (tlp:ex:chr)
// leaves the document to the originator. tlp:unclear is MISP's word for none.
func (w *writer) tags(tags list[named]) {
	if tags.bad > 0 { // one of them may have been a tlp tag
		w.restriction.OriginatorOnly = true
		w.unknown = append(w.unknown, "a tag that cannot be read")
	}
	for _, tag := range tags.items {
		name := strings.ToLower(string(tag.Name))
		if !strings.HasPrefix(name, "tlp:") || name == "tlp:unclear" {
			continue
		}
		label, ok := gather.TLPLabel(name)
		if !ok {
			w.restriction.OriginatorOnly = true
			w.unknown = append(w.unknown, "the tag "+gather.PlainLine(name))
		}
		w.restriction.TLP = max(w.restriction.TLP, label)
	}
}

// line writes one line, "- type: value (comment)".
func (w *writer) line(a attribute, name scalar) {
	value := string(a.Value)
	if a.Type == "attachment" || a.Type == "malware-sample" {
		value = strings.SplitN(value, "|", 2)[0] + " (the file was not taken)"
	}
	text := "- " + name.line() + ": " + strings.ReplaceAll(value, "\n", "\n  ")
	var notes []string
	if c := a.Comment.line(); c != "" {
		notes = append(notes, c)
	}
	if seen := a.FirstSeen.line(); seen != "" {
		notes = append(notes, "first seen "+seen)
	}
	if seen := a.LastSeen.line(); seen != "" {
		notes = append(notes, "last seen "+seen)
	}
	if a.ToIDS.yes() {
		notes = append(notes, "indicator")
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	w.write(text + "\n")
}

func (w *writer) write(text string) {
	if w.b.Len()+len(text) > maxText {
		w.cut = true
		return
	}
	w.b.WriteString(text)
}

func (w *writer) heading(text string) {
	if w.b.Len() > 0 {
		w.write("\n")
	}
	w.write(text + "\n")
}

// text writes reports first, for they are sentences, then attributes by
// category, then objects.
func (w *writer) text(e event) string {
	for _, r := range e.Reports.items {
		if r.Deleted.yes() {
			continue
		}
		w.restrict(r.Distribution, true)
		w.heading(r.Name.line())
		w.write(string(r.Content) + "\n")
	}
	var categories []scalar
	by := map[scalar][]attribute{}
	for _, a := range e.Attributes.items {
		if a.Deleted.yes() || a.Value == "" {
			continue
		}
		if by[a.Category] == nil {
			categories = append(categories, a.Category)
		}
		by[a.Category] = append(by[a.Category], a)
	}
	slices.Sort(categories)
	for _, category := range categories {
		w.heading(orElse(category.line(), "Other"))
		for _, a := range by[category] {
			w.restrict(a.Distribution, true)
			w.tags(a.Tags)
			w.line(a, a.Type)
		}
	}
	for _, o := range e.Objects.items {
		if o.Deleted.yes() {
			continue
		}
		w.restrict(o.Distribution, true)
		title := "Object: " + orElse(o.Name.line(), "without a name")
		if c := o.Comment.line(); c != "" {
			title += " (" + c + ")"
		}
		w.heading(title)
		for _, a := range o.Attributes.items {
			if a.Deleted.yes() || a.Value == "" {
				continue
			}
			w.restrict(a.Distribution, true)
			w.tags(a.Tags)
			w.line(a, scalar(orElse(string(a.Relation), string(a.Type))))
		}
	}
	return strings.TrimSpace(gather.CleanText(w.b.String()))
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// problems says what of an event was not taken or not understood.
func (w *writer) problems(e event) []string {
	var list []string
	bad := e.Attributes.bad + e.Objects.bad + e.Reports.bad + e.Galaxies.bad
	for _, o := range e.Objects.items {
		bad += o.Attributes.bad
	}
	if bad > 0 {
		list = append(list, fmt.Sprintf("Parts of the event that are not of the form that the core format gives them, and were left out: %d. Tell the owner of the source.", bad))
	}
	if w.cut {
		list = append(list, "The event has more than 8 MB of text; what goes beyond was left out. Read it at its source.")
	}
	if len(w.unknown) > 0 {
		slices.Sort(w.unknown)
		unknown := slices.Compact(w.unknown)
		if len(unknown) > 5 {
			unknown = append(unknown[:5:5], "and others")
		}
		list = append(list, "What the event says of who may have it is not understood ("+strings.Join(unknown, ", ")+"); the document is for the originator alone until somebody marks it.")
	}
	return list
}
