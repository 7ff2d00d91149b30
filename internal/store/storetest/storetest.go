// Package storetest is the conformance suite of store.Store. Both databases run
// it, so that a centre behaves alike on a laptop and on a cluster.
//
// The heart of it is the policy matrix: a centre full of reports with random
// markings, random actors who look at it through every method that reads, and a
// model in plain Go that says, from policy.Visible alone, what each of them may
// get. Counts, facets, clusters, stories and cursors are held to it as much as
// lists are.
package storetest

import (
	"testing"

	"entente/internal/store"
)

// Open makes a new, empty store for one test, and closes it when the test ends.
type Open func(t *testing.T) store.Store

// Run holds a database to the contract.
func Run(t *testing.T, open Open) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Open)
	}{
		{"Sealed", sealed},
		{"Intake", intake},
		{"Versions", versions},
		{"Replacing", replacing},
		{"Details", details},
		{"Embargo", embargo},
		{"Letters", letters},
		{"Outbox", outbox},
		{"Search", search},
		{"Areas", areas},
		{"Pages", pages},
		{"Stories", stories},
		{"StoryEdits", storyEdits},
		{"Aggregates", aggregates},
		{"Entities", entities},
		{"Findings", findings},
		{"Translations", translations},
		{"Grading", grading},
		{"Marking", marking},
		{"Sources", sources},
		{"Secrets", secrets},
		{"Deliveries", deliveries},
		{"Events", events},
		{"EventLists", eventLists},
		{"Tracks", tracks},
		{"Accounts", accounts},
		{"Charters", charters},
		{"Terms", terms},
		{"Weaving", weaving},
		{"Claims", claims},
		{"ClaimUndo", claimUndo},
		{"ClaimCorrections", claimCorrections},
		{"ClaimMatrix", claimMatrix},
		{"SaidMatrix", saidMatrix},
		{"Hostile", hostile},
		{"Concurrent", concurrent},
		{"Matrix", matrix},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open) })
	}
}
