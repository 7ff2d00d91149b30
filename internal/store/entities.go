package store

import (
	"context"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

// EntityFilter says which entities are asked for; the zero value asks for those
// that the newest reports name most.
type EntityFilter struct {
	// Keys are sounds of words (package identity); an entity must have a visible
	// name that has one key of each list, or begins so. Nil for any.
	Keys [][]string
	// Known are ids of the shipped list whose names match: they are found besides.
	Known []string
	Kind  centre.MentionKind // "" for any
	// Country is an ISO 3166-1 alpha-3 code that a visible report gives to it, or
	// that the shipped list has for it: KnownOf are the ids there. "" for any.
	Country string
	KnownOf []string
	Order   EntityOrder
	Page
}

// EntityOrder is how a list of entities stands. In every order those that no
// visible report names, which are bodies of the shipped list, stand last.
type EntityOrder string

const (
	EntitiesByReports EntityOrder = ""       // those with the most visible reports first
	EntitiesByNewest  EntityOrder = "newest" // those whose last known day of publication is the latest first
)

// EntityPage is part of a list of entities.
type EntityPage struct {
	Entities []centre.Entity
	Next     string // "" after the last page
}

// Beside is an entity with how many reports name it together with another.
type Beside struct {
	Entity  centre.Entity
	Reports int
}

// KnownEntity is a body of the list that ships with the program.
type KnownEntity struct {
	ID   string
	Kind centre.MentionKind
}

// EntityChange is a decision to carry out.
type EntityChange struct {
	Action  centre.EntityAction
	Other   centre.ID   // of a merge and a rejection
	Reports []centre.ID // of a split: the reports that name another
	Reason  string
}

// EntityDecision is a merge, a split or their taking back, for those who remember
// entities.
type EntityDecision struct {
	Edit   centre.ID
	Undone bool
	// Heads says of each entity that the decision touched, and of those that are one
	// with them, which it stands for now: itself where it is one of its own.
	Heads map[centre.ID]centre.ID
}

// Entities are people and bodies across reports. An entity is seen where a
// visible report names it, and where it is in the shipped list; all that is told
// of it is computed from visible reports. One that was merged is found under its
// old id, too.
type Entities interface {
	// Entities lists what matches. Without Keys and Known it counts the newest
	// 5,000 visible reports alone, for the order and for the country.
	Entities(ctx context.Context, v policy.View, f EntityFilter) (EntityPage, error)
	Entity(ctx context.Context, v policy.View, id centre.ID) (centre.Entity, error)
	// Beside lists the entities that the newest 2,000 visible reports of an
	// entity name too, the most frequent first.
	Beside(ctx context.Context, v policy.View, id centre.ID, limit int) ([]Beside, error)
	// Namesakes lists visible entities of the same kind that share the sound of a
	// word of a visible name, without those that a person has kept apart from it.
	Namesakes(ctx context.Context, v policy.View, id centre.ID, limit int) ([]centre.Entity, error)
	// EntityEdits lists the decisions about an entity, newest first. One is shown
	// where both its entities are seen apart from it.
	EntityEdits(ctx context.Context, v policy.View, id centre.ID) ([]centre.EntityEdit, error)
	// EntityEdit reads one decision, as EntityEdits shows it.
	EntityEdit(ctx context.Context, v policy.View, edit centre.ID) (centre.EntityEdit, error)

	// ChangeEntity carries out a decision about the entity of the grant's object,
	// which must still stand for itself (CodeConflict). Needs ActionIdentify.
	ChangeEntity(ctx context.Context, g policy.Grant, c EntityChange) (centre.EntityEdit, error)
	// UndoEntity takes the decision of the grant's object back; CodeConflict where
	// a later one must be taken back first. Needs ActionIdentify.
	UndoEntity(ctx context.Context, g policy.Grant, reason string) error

	// KeepKnown gives an entity to each body of the shipped list that has none,
	// and returns the ids of all. Needs ActionPipeline.
	KeepKnown(ctx context.Context, g policy.Grant, known []KnownEntity) (map[string]centre.ID, error)
	// RememberEntities walks the entities of the newest limit reports, oldest
	// report first; what was merged is told by what it was merged into. Needs a view
	// from policy/system.
	RememberEntities(ctx context.Context, v policy.View, limit int, each func([]centre.EntityLink, centre.Moment) error) error
	// RememberEntity does the same for the newest limit reports that name one of
	// the entities, which stand for themselves.
	RememberEntity(ctx context.Context, v policy.View, heads []centre.ID, limit int, each func([]centre.EntityLink, centre.Moment) error) error
	// EntityDecisions gives the merges and splits that were decided or taken back at
	// a time or since, the oldest decision first. Needs ActionPipeline.
	EntityDecisions(ctx context.Context, g policy.Grant, since time.Time) ([]EntityDecision, error)
	// EntityLinks gives the entities of a report's current version, as weaving
	// gave them, whatever they were merged into. Needs a view from policy/system.
	EntityLinks(ctx context.Context, v policy.View, report centre.ID) ([]centre.EntityLink, error)
}
