package desk

import (
	"time"

	"entente/internal/centre"
	"entente/internal/query"
	"entente/internal/store"
)

// The kinds of answers that come from the store as they are.
type (
	// Page asks for part of a list.
	Page = store.Page
	// Box is an area in degrees.
	Box = query.Box
	// StoryPage is part of a list of stories.
	StoryPage = store.StoryPage
	// Facets counts reports by several properties.
	Facets = store.Facets
	// Count is one line of a facet.
	Count = store.Count
	// PlaceCount is a place and how many reports name it.
	PlaceCount = store.PlaceCount
	// Cluster is a group of places near one another on a map.
	Cluster = store.Cluster
	// Histogram counts reports by publication time.
	Histogram = store.Histogram
	// Bin is a span of a histogram.
	Bin = store.Bin
	// CharterVersion is a text of the charter as adopted.
	CharterVersion = store.CharterVersion
)

// Question is what lists and counts are asked with. Its zero value asks for
// everything that the asker may see.
type Question struct {
	Text  string // in the search language
	Box   *Box   // names a place in the area
	From  time.Time
	Until time.Time // published in [From, Until); zero bounds are open
}

// Span is the half-open range [Start, End) of code points of a text.
type Span struct{ Start, End int }

// Mistake says where a query is wrong and what should stand there.
type Mistake = query.SyntaxError

// Found is a report in a list with the words that were looked for.
type Found struct {
	centre.ReportHead
	TitleHits   []Span // into Title
	SnippetHits []Span // into Snippet
}

// FoundPage is part of a list of reports, newest arrival first.
type FoundPage struct {
	Reports []Found
	Next    string
}
