package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"entente/internal/bus"
	"entente/internal/catalogue"
	"entente/internal/centre"
	"entente/internal/corroborate"
	"entente/internal/desk"
	"entente/internal/entities"
	"entente/internal/gather"
	gatherall "entente/internal/gather/all"
	"entente/internal/gather/fetch"
	"entente/internal/gazetteer"
	"entente/internal/process"
	processall "entente/internal/process/all"
	"entente/internal/store"
	"entente/internal/store/postgres"
	"entente/internal/store/sqlite"
	"entente/internal/translate"
	"entente/internal/vault"
)

// parts is an open centre: everything that its roles share.
type parts struct {
	config     Config
	log        *slog.Logger
	clock      func() time.Time
	ids        *centre.IDSource
	vault      *vault.Vault
	store      store.Store
	bus        *bus.Bus
	gazetteer  *gazetteer.Gazetteer
	charters   *charters
	languages  []string // that the centre reads
	connectors []gather.Connector
	client     *fetch.Client
	desk       *desk.Desk
	closers    []func() error // run last to first
}

// open opens the parts of a centre that was made before.
func open(ctx context.Context, c Config) (_ *parts, err error) {
	p := &parts{config: c, log: c.Log, clock: c.now, ids: &centre.IDSource{}}
	if p.log == nil {
		level := slog.LevelInfo
		if c.Quiet {
			level = slog.LevelWarn
		}
		p.log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	if err := c.findFolder(); err != nil {
		return nil, err
	}
	if c.Database == "" && !sqlite.There(c.Folder) { // leave nothing behind in somebody's folder
		return nil, c.noCentre()
	}
	if p.vault, err = vault.Open(c.keyFile()); err != nil {
		return nil, err
	}
	if p.store, err = openStoreWith(ctx, c, sqlite.Options{Clock: c.now, IDs: p.ids, Sealer: p.vault}); err != nil {
		return nil, err
	}
	p.closers = append(p.closers, p.store.Close)
	p.charters = newCharters(p.store, p.clock)
	if p.languages, err = p.charters.languages(ctx); err != nil {
		return nil, err
	}
	prefix, err := p.charters.prefix(ctx)
	if err != nil {
		return nil, err
	}
	if p.gazetteer, err = gazetteer.Open(c.gazetteer()); err != nil {
		return nil, err
	}
	p.closers = append(p.closers, p.gazetteer.Close)
	if p.bus, err = bus.Open(ctx, bus.Options{URL: c.NATS, Folder: c.busFolder(), Name: "entente", Prefix: prefix, Log: p.log}); err != nil {
		return nil, err
	}
	p.closers = append(p.closers, p.bus.Close)
	p.connectors = gatherall.Connectors()
	if p.client, err = newClient(c); err != nil {
		return nil, err
	}
	p.closers = append(p.closers, func() error { p.client.Close(); return nil })
	var translator desk.Translator
	if c.Translation != nil {
		if translator, err = translate.New(*c.Translation, p.client); err != nil {
			return nil, err
		}
	}
	p.desk, err = desk.New(desk.Deps{
		Store: nudging{p.store, p.bus, p.log}, History: p.charters.History, Gazetteer: places{p.gazetteer},
		Connectors: trying{p, process.New(processall.Steps(p.gazetteer, p.languages...), process.Options{})}, Readers: gatherall.Readers(),
		Derive: p.vault.Derive, Translator: translator, Clock: p.clock, IDs: p.ids, Log: p.log,
	})
	return p, err
}

func newClient(c Config) (*fetch.Client, error) {
	return fetch.New(fetch.Options{Version: Version().Version, Clock: c.now})
}

// close releases the parts, the last opened first.
func (p *parts) close() error {
	var errs []error
	for i := len(p.closers) - 1; i >= 0; i-- {
		errs = append(errs, p.closers[i]())
	}
	p.closers = nil
	return errors.Join(errs...)
}

func openStore(ctx context.Context, c Config) (store.Store, error) {
	return openStoreWith(ctx, c, sqlite.Options{Clock: c.now, IDs: &centre.IDSource{}})
}

func openStoreWith(ctx context.Context, c Config, o sqlite.Options) (store.Store, error) {
	o.Outlets, o.Country = outletNamed, newCountries(entities.Default()).of
	if c.Database != "" {
		return postgres.Open(ctx, c.Database, o)
	}
	if err := c.findFolder(); err != nil {
		return nil, err
	}
	return sqlite.Open(ctx, c.Folder, o)
}

// outletNamed tells whom an outlet that a text names belongs to.
func outletNamed(name string) (corroborate.Outlet, bool) {
	o, ok := catalogue.Named(name)
	return corroborate.Outlet{Family: o.Family, State: o.State()}, ok
}

// findFolder refuses a folder that holds no centre; beside a database elsewhere
// it makes the folder for what each machine keeps by itself.
func (c Config) findFolder() error {
	if c.Database != "" {
		if err := os.MkdirAll(c.Folder, 0o700); err != nil {
			return centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be made: %w.", c.Folder, err)
		}
		return nil
	}
	if _, err := os.Stat(c.Folder); errors.Is(err, os.ErrNotExist) {
		return c.noCentre()
	}
	return nil
}

func (c Config) noCentre() error {
	return centre.Refuse(centre.CodeNotFound, "There is no centre in %s: run `entente init` there first, `entente demo` to try one, or name another with --folder.", c.Folder)
}

// openReader opens a store to read from it, beside a running centre too.
func openReader(ctx context.Context, c Config) (store.Store, error) {
	if c.Database != "" {
		return openStore(ctx, c)
	}
	return sqlite.OpenReader(ctx, c.Folder, sqlite.Options{Clock: c.now, IDs: &centre.IDSource{}})
}

// places answers the search language's place: from the gazetteer.
type places struct{ *gazetteer.Gazetteer }

// Resolve implements desk.Gazetteer.
func (p places) Resolve(name string) (ids []string, country string) { return p.ResolveName(name) }

// nudging is a store whose writes by people wake those who work on what they
// wrote, instead of letting it wait for the next look.
type nudging struct {
	store.Store
	bus *bus.Bus
	log *slog.Logger
}

// roleProcess is the name by which the pipeline is nudged.
const roleProcess = "process"

func (n nudging) nudge(ctx context.Context, role string) {
	if err := n.bus.Nudge(ctx, role); err != nil {
		n.log.Debug("a nudge was lost; the next look finds the work", "role", role, "error", err)
	}
}

func (n nudging) woken(ctx context.Context, role string, err error) error {
	if err == nil {
		n.nudge(ctx, role)
	}
	return err
}
