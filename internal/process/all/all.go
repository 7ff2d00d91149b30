// Package all lists the steps of processing in their order.
package all

import (
	"entente/internal/centre"
	"entente/internal/gazetteer"
	"entente/internal/process/claim"
	"entente/internal/process/duplicate"
	"entente/internal/process/entity"
	"entente/internal/process/event"
	"entente/internal/process/language"
	"entente/internal/process/place"
	"entente/internal/process/text"
	"entente/internal/process/tokens"
	"entente/internal/process/when"
)

// Steps gives every step. text comes first since all others read what it makes;
// sentences (text.Cutter) and tokens need the language, and when the language and the place of the dateline;
// entity lowers the scores of places that are part of a name; event and claim
// read the mentions of all three. The languages are those that the centre reads,
// which weigh where a text is too short to tell its own; none where that is not known.
func Steps(g *gazetteer.Gazetteer, languages ...string) []centre.Step {
	return []centre.Step{
		text.New(),
		language.New(languages...),
		text.NewCutter(),
		duplicate.New(),
		place.New(g),
		entity.New(),
		when.New(),
		event.NewStep(),
		claim.New(),
		tokens.New(),
	}
}
