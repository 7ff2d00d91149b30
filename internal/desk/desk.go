package desk

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/gather"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// Deps is what a desk needs. All are obligatory but those that say otherwise.
type Deps struct {
	Store store.Store
	// History gives every version of the charter, read anew when one is adopted.
	History    func(context.Context) (*charter.History, error)
	Gazetteer  Gazetteer
	Connectors Connectors      // nil where sources cannot be tried or added
	Readers    []gather.Reader // of formats that publishers push; nil for the intake's own alone
	// Derive makes a secret from the centre's key for a purpose; nil where no
	// hub can call back.
	Derive func(purpose string) []byte
	// Translator is the translation provider that the centre's operator named;
	// nil for none.
	Translator Translator
	Clock      func() time.Time
	IDs        IDs
	Log        *slog.Logger
}

// Gazetteer knows places by name.
type Gazetteer interface {
	// Resolve gives the ids of the places that have the name, in any language,
	// and the ISO 3166-1 alpha-3 code where the name is a country's. Nothing
	// for a name that it does not know.
	Resolve(name string) (ids []string, country string)
}

// Connectors try out sources.
type Connectors interface {
	// Check refuses a source that no connector could read, with a sentence.
	Check(s centre.Source) error
	// Preview fetches a source once and gives what it would bring, at most
	// limit documents, with sentences on what could not be read. Nothing is kept.
	Preview(ctx context.Context, s centre.Source, limit int) (items []PreviewItem, problems []string, err error)
	// Find proposes what can be read at an address and around it.
	Find(ctx context.Context, address string, private bool) ([]FoundSource, error)
}

// IDs makes ids that grow with time; *centre.IDSource does.
type IDs interface {
	Next(at time.Time) centre.ID
}

// Desk carries out use cases.
type Desk struct {
	store      store.Store
	history    func(context.Context) (*charter.History, error)
	gazetteer  Gazetteer
	connectors Connectors
	readers    []gather.Reader
	derive     func(purpose string) []byte
	translator Translator
	clock      func() time.Time
	ids        IDs
	log        *slog.Logger

	// own permits what nobody signed in can ask for: proving passwords, keeping
	// sessions, reading labels to make views. It never leaves the desk.
	own policy.Grant

	labels  labelCatalogue
	signIns *throttle
	decoy   atomic.Pointer[string] // hash that unknown logins are compared with
	hub     hub
	hearing sync.Mutex    // while the health of a source that is pushed to changes
	hashing chan struct{} // bounds how many passwords are hashed at once, and so the memory for it
}

// New makes a desk.
func New(d Deps) (*Desk, error) {
	switch {
	case d.Store == nil, d.History == nil, d.Gazetteer == nil, d.Clock == nil, d.IDs == nil, d.Log == nil:
		return nil, fmt.Errorf("desk: Store, History, Gazetteer, Clock, IDs and Log are obligatory")
	}
	return &Desk{
		store: d.Store, history: d.History, gazetteer: d.Gazetteer, connectors: d.Connectors, readers: d.Readers, derive: d.Derive,
		translator: d.Translator, clock: d.Clock, ids: d.IDs, log: d.Log,
		own:     system.Grant("desk"),
		signIns: newThrottle(),
		hashing: make(chan struct{}, hashesAtOnce),
	}, nil
}

// Ready reports whether the store answers.
func (d *Desk) Ready(ctx context.Context) error {
	if _, err := d.store.Person(ctx, d.own, 0); err != nil && centre.CodeOf(err) != centre.CodeNotFound {
		return &centre.Error{Code: centre.CodeUnavailable, Message: "The store does not answer; the program's log says why.", Cause: err}
	}
	return nil
}

// now is the instant of a use case, to the millisecond that the store keeps.
func (d *Desk) now() time.Time { return d.clock().UTC().Truncate(time.Millisecond) }

// charter gives the charter in force now.
func (d *Desk) charter(ctx context.Context) (*charter.Charter, error) {
	h, err := d.history(ctx)
	if err != nil {
		return nil, err
	}
	return h.At(d.now()), nil
}
