package server

import (
	"time"

	"entente/internal/centre"
	"entente/internal/desk"
)

// Health is what is known of a source's last fetches.
type Health struct {
	Tried     Nullable[Instant] `json:"tried" doc:"Last attempt; null for never."`
	Good      Nullable[Instant] `json:"good" doc:"Last attempt that worked."`
	Next      Nullable[Instant] `json:"next" doc:"Next attempt; null while paused."`
	Failures  int               `json:"failures" doc:"In a row, up to now."`
	Error     string            `json:"error" doc:"Of the last attempt; empty when it worked."`
	Items     Nullable[int64]   `json:"items" doc:"Documents taken, ever; the counts are null for other members' readers."`
	Fetched   Nullable[int64]   `json:"fetched"`
	Unchanged Nullable[int64]   `json:"unchanged"`
	Bytes     Nullable[int64]   `json:"bytes" doc:"Bodies read, ever."`

	Problems []string          `json:"problems" doc:"Of the last attempt that worked: what could not be read, in sentences; shown to those who may manage the source."`
	LastItem Nullable[Instant] `json:"last_item" doc:"When the newest item was taken; null for never, and for other members' readers."`
	LagS     Nullable[float64] `json:"lag_s" doc:"Typical seconds from publication to here, of items that say when; null where unknown."`
	EveryS   Nullable[int64]   `json:"every_s" doc:"Seconds between two fetches as the scheduler found them; null where it has not, where they are fixed, and for other members' readers."`
	Daily    Nullable[[]int]   `json:"daily" doc:"Items taken on each of the last 28 days (UTC), today last; null for other members' readers."`
	Usual    Nullable[float64] `json:"usual" doc:"Items on an ordinary day; null where there is none or it is not known."`
	Alarm    string            `json:"alarm" enum:",none,unknown,late,silent" doc:"How its silence is to be read: late is longer than chance explains, silent is so for more than a day; empty while paused and for other members' readers."`
	Silence  string            `json:"silence" doc:"The alarm in words; empty without one."`
}

func healthOf(s desk.SourceView) Health {
	h, counted := s.Health, s.Counted
	return Health{
		Tried: at(h.Tried), Good: at(h.Good), Next: at(h.Next), Failures: h.Failures, Error: h.Error,
		Items: knownIf(h.Items, counted), Fetched: knownIf(h.Fetched, counted), Unchanged: knownIf(h.Unchanged, counted), Bytes: knownIf(h.Bytes, counted),
		Problems: orEmpty(h.Problems), LastItem: at(h.LastItem), LagS: knownIf(h.Lag.Seconds(), h.Lag > 0),
		EveryS: knownIf(int64(h.Every/time.Second), h.Every > 0), Daily: knownIf(orEmpty(h.Daily), counted),
		Usual: knownIf(s.Silence.Usual, s.Silence.Alarm != "" && s.Silence.Usual >= 0),
		Alarm: string(s.Silence.Alarm), Silence: s.Silence.Sentence,
	}
}

// SourceMay tells what the reader may do with a source.
type SourceMay struct {
	Manage bool `json:"manage"`
}

// Source is something that publishes, with how it does.
type Source struct {
	ID          centre.ID         `json:"id"`
	Slug        string            `json:"slug"`
	Name        string            `json:"name"`
	Kind        string            `json:"kind" example:"feed"`
	Address     string            `json:"address"`
	Member      centre.MemberCode `json:"member"`
	Family      string            `json:"family"`
	Owner       string            `json:"owner"`
	Ownership   string            `json:"ownership" enum:",state,public,private,party,armed_group,religious,ngo,igo" doc:"What kind of owner; empty where unknown."`
	Language    string            `json:"language"`
	Country     string            `json:"country"`
	Reliability string            `json:"reliability" enum:",A,B,C,D,E,F" doc:"The member's standing judgement; empty for none."`
	Marking     string            `json:"marking"`
	IntervalS   int64             `json:"interval_s" doc:"Seconds between two fetches; 0 for the connector's default."`
	Paused      bool              `json:"paused"`
	Options     map[string]string `json:"options" doc:"Of the connector; shown to those who may manage the source."`
	Created     Instant           `json:"created"`
	Health      Health            `json:"health"`
	Waiting     Nullable[int]     `json:"waiting" doc:"Documents taken and not yet processed; null for other members' readers."`
	Dead        Nullable[int]     `json:"dead" doc:"Documents that processing could not finish; null for other members' readers."`
	May         SourceMay         `json:"may"`
}

func sourceOf(s desk.SourceView) Source {
	src := s.Source
	options := src.Options
	if options == nil {
		options = map[string]string{}
	}
	out := Source{ID: src.ID, Slug: src.Slug, Name: src.Name, Kind: src.Kind, Address: src.Address, Member: src.Member,
		Family: src.Family, Owner: src.Owner, Ownership: string(src.Ownership), Language: src.Language, Country: src.Country, Marking: src.Marking.String(),
		IntervalS: int64(src.Interval / time.Second), Paused: src.Paused, Options: options, Created: Instant{src.Created},
		Health:  healthOf(s),
		Waiting: knownIf(s.Waiting, s.Counted), Dead: knownIf(s.Dead, s.Counted), May: SourceMay{s.MayManage}}
	if src.Reliability != 0 {
		out.Reliability = string(rune(src.Reliability))
	}
	return out
}

// SourceList lists the sources that the reader may know of.
type SourceList struct {
	Sources []Source `json:"sources"`
}

// PreviewItem is a document as a source would bring it.
type PreviewItem struct {
	Title     string           `json:"title"`
	URL       string           `json:"url"`
	Published Nullable[Moment] `json:"published"`
	Language  string           `json:"language"`
	Snippet   string           `json:"snippet"`
	Places    []string         `json:"places" doc:"Named in it, as the steps read them; the most certain first."`
	Problems  []string         `json:"problems"`
}

func previewItemOf(i desk.PreviewItem) PreviewItem {
	return PreviewItem{i.Title, i.URL, momentOf(i.Published), i.Language, i.Snippet, orEmpty(i.Places), orEmpty(i.Problems)}
}

// Preview is what one fetch of a source would bring.
type Preview struct {
	Items    []PreviewItem `json:"items"`
	Problems []string      `json:"problems"`
}

// SkippedLine is an entry of an OPML file that was not added, with the reason.
type SkippedLine struct {
	Line   int    `json:"line" doc:"Line of the file, from 1."`
	Reason string `json:"reason"`
}

// ImportedSources tells what became of an OPML file.
type ImportedSources struct {
	Added   []Source      `json:"added"`
	Skipped []SkippedLine `json:"skipped"`
}

// DeadLetter is a document that processing could not finish.
type DeadLetter struct {
	Document centre.ID `json:"document"`
	Source   centre.ID `json:"source"`
	Title    string    `json:"title"`
	Step     string    `json:"step"`
	Reason   string    `json:"reason"`
	Attempts int       `json:"attempts"`
	At       Instant   `json:"at"`
}

// DeadLetterList is part of the list of dead letters, newest first.
type DeadLetterList struct {
	DeadLetters []DeadLetter `json:"dead_letters"`
	Next        string       `json:"next"`
}

// Retried tells how many dead letters wait again.
type Retried struct {
	Retried int `json:"retried"`
}

// Reprocessing tells how many reports wait to be processed again.
type Reprocessing struct {
	Waiting int `json:"waiting"`
}

// Count is one line of a facet.
type Count struct {
	Key   string `json:"key" doc:"What goes into a query."`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Facets counts matching reports by several properties.
type Facets struct {
	Total     int     `json:"total"`
	Languages []Count `json:"languages"`
	Sources   []Count `json:"sources"`
	Places    []Count `json:"places"`
	Members   []Count `json:"members"`
}

func facetsOf(f desk.Facets) Facets {
	counts := func(list []desk.Count) []Count {
		return each(list, func(c desk.Count) Count { return Count(c) })
	}
	return Facets{f.Total, counts(f.Languages), counts(f.Sources), counts(f.Places), counts(f.Members)}
}

// PlaceCount is a place and how many matching reports name it.
type PlaceCount struct {
	Place   Place `json:"place"`
	Reports int   `json:"reports"`
}

// PlaceCounts lists places, most named first.
type PlaceCounts struct {
	Places []PlaceCount `json:"places"`
}

// Box is an area in degrees; west is greater than east where it crosses the
// antimeridian.
type Box struct {
	West  float64 `json:"west"`
	South float64 `json:"south"`
	East  float64 `json:"east"`
	North float64 `json:"north"`
}

// Cluster is a group of places near one another on the map.
type Cluster struct {
	Point   Point     `json:"point"`
	Box     Box       `json:"box"`
	Reports int       `json:"reports"`
	Places  []Place   `json:"places" doc:"The most named, at most three."`
	Newest  centre.ID `json:"newest"`
}

func clusterOf(c desk.Cluster) Cluster {
	return Cluster{Point{c.Point.Lon, c.Point.Lat}, boxOf(c.Box), c.Reports, each(c.Places, placeOf), c.Newest}
}

func boxOf(b desk.Box) Box { return Box{b.West, b.South, b.East, b.North} }

// Clusters lists groups of places, largest first.
type Clusters struct {
	Clusters []Cluster `json:"clusters"`
}

// Bin is a span of the histogram.
type Bin struct {
	Start Instant `json:"start"`
	Count int     `json:"count"`
}

// Histogram counts matching reports by publication.
type Histogram struct {
	Bins    []Bin   `json:"bins"`
	StepS   float64 `json:"step_s" doc:"Width of a bin in seconds."`
	Undated int     `json:"undated" doc:"Matching reports whose publication is unknown."`
}

func histogramOf(h desk.Histogram) Histogram {
	return Histogram{each(h.Bins, func(b desk.Bin) Bin { return Bin{Instant{b.Start}, b.Count} }), h.Step.Seconds(), h.Undated}
}

// ParsedMarking is a marking taken apart.
type ParsedMarking struct {
	Marking    string              `json:"marking" doc:"In the field's form."`
	Level      string              `json:"level"`
	Originator centre.MemberCode   `json:"originator"`
	Releasable []centre.MemberCode `json:"releasable" doc:"Other than the originator."`
	Caveats    []string            `json:"caveats"`
	TLP        string              `json:"tlp" doc:"Empty for none."`
}

func markingOf(m centre.Marking) ParsedMarking {
	return ParsedMarking{m.String(), m.Level.String(), m.Originator, orEmpty(m.Releasable), orEmpty(m.Caveats), m.TLP.String()}
}
