package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"entente/internal/bus"
	"entente/internal/centre"
	"entente/internal/demo"
	"entente/internal/policy/system"
	"entente/internal/server"
	"entente/internal/store"
	"entente/internal/store/postgres"
	"entente/web"
)

// relayEvery is how often the outbox is looked at without being nudged.
const relayEvery = 2 * time.Second

// drainTime is how long requests under way may take to end when the program
// is stopped.
const drainTime = 5 * time.Second

// Running is a centre that answers.
type Running struct {
	Address string // host:port; empty without RoleWeb
	// OperatorKey proves, sent with a request, that whoever sends it has a hand
	// on the centre's machine. It opens no data.
	OperatorKey string
	// Stop brings what is under way to its end and releases everything.
	Stop func()
}

// Serve opens a centre, runs its roles, and returns once it answers.
func Serve(ctx context.Context, c Config) (*Running, error) {
	p, err := open(ctx, c)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	r := &runner{parts: p, ctx: ctx, key: rand.Text()}
	running := &Running{OperatorKey: r.key, Stop: sync.OnceFunc(func() {
		cancel()
		r.end()
	})}
	if running.Address, err = r.start(); err != nil {
		running.Stop()
		return nil, err
	}
	return running, nil
}

// runner runs the roles of a process.
type runner struct {
	*parts
	ctx     context.Context
	key     string
	work    sync.WaitGroup
	http    *http.Server
	streams interface{ Close() } // live views, which never end by themselves
	outlets *demo.Outlets
	cleanup []func()
}

func (r *runner) start() (address string, err error) {
	if r.config.Demo {
		if err := r.startOutlets(); err != nil {
			return "", err
		}
	}
	unsubscribe, err := r.bus.Subscribe(r.ctx, r.announce)
	if err != nil {
		return "", err
	}
	r.cleanup = append(r.cleanup, unsubscribe)
	r.startRelay()
	for _, role := range []Role{RoleProcess, RoleGather} {
		if err := r.hold(role); err != nil {
			return "", err
		}
	}
	if r.config.has(RoleProcess) {
		if err := r.startProcess(); err != nil {
			return "", err
		}
	}
	if r.config.has(RoleGather) {
		if err := r.startGather(); err != nil {
			return "", err
		}
	}
	if r.config.has(RoleWeb) {
		return r.startWeb()
	}
	return "", nil
}

// hold keeps others from a role of which there is one on a database. A folder
// has one process anyway.
func (r *runner) hold(role Role) error {
	if r.config.Database == "" || !r.config.has(role) {
		return nil
	}
	release, err := postgres.Hold(r.ctx, r.config.Database, string(role))
	if err != nil {
		return err
	}
	r.closers = append(r.closers, release)
	return nil
}

// startRelay moves notices from the outbox to the bus. Every process does: what
// two publish is on the bus once.
func (r *runner) startRelay() {
	r.run("relay", func(ctx context.Context) error {
		return bus.Relay(ctx, outbox{r.store}, r.bus, relayEvery, r.log)
	})
}

// announce hands a notice of the bus to the live views.
func (r *runner) announce(n store.Notice) { r.desk.Announce(n) }

// run runs a part of the work until the centre is stopped.
func (r *runner) run(name string, work func(context.Context) error) {
	r.work.Go(func() {
		if err := work(r.ctx); err != nil && r.ctx.Err() == nil {
			r.log.Error("a part of the centre ended; start the centre again", "part", name, "error", err)
		}
	})
}

// outbox gives the relay the store's outbox.
type outbox struct{ store store.Intake }

func (o outbox) Notices(ctx context.Context, after int64, limit int) ([]store.Notice, error) {
	return o.store.Notices(ctx, system.Grant("relay"), after, limit)
}

func (o outbox) Forget(ctx context.Context, seq int64) error {
	return o.store.Forget(ctx, system.Grant("relay"), seq)
}

func (r *runner) startWeb() (string, error) {
	listener, err := (&net.ListenConfig{}).Listen(r.ctx, "tcp", r.config.Listen)
	if err != nil {
		return "", centre.Refuse(centre.CodeUnavailable, "Nothing can be answered at %s: %w; stop what answers there, or choose another address with --listen.", r.config.Listen, err)
	}
	loopback := listener.Addr().(*net.TCPAddr).IP.IsLoopback()
	if r.config.Demo && !loopback {
		return "", errors.Join(listener.Close(), centre.Invalid("The demo signs people in without passwords, so it answers on this machine alone; give --listen an address such as %s.", DefaultListen))
	}
	address := listener.Addr().String()
	handler, err := server.New(r.desk, server.Options{
		Version: Version().Version, Demo: r.config.Demo, Clock: r.clock, Log: r.log, Web: webFiles(),
		Loopback: loopback, TrustProxy: r.config.Secure, OperatorKey: r.key,
	})
	if err != nil {
		return "", errors.Join(err, listener.Close())
	}
	if err := r.leaveAddress(address); err != nil {
		return "", errors.Join(err, listener.Close())
	}
	r.http, r.streams = handler.HTTP(), handler
	r.http.BaseContext = func(net.Listener) context.Context { return r.ctx }
	r.work.Go(func() {
		if err := r.http.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			r.log.Error("the server ended; start the centre again", "error", err)
		}
	})
	return address, nil
}

// webFiles is the built web application; nil where it was not built.
func webFiles() fs.FS {
	files := web.Files()
	if _, err := fs.Stat(files, "index.html"); err != nil {
		return nil
	}
	return files
}

// end stops the roles in the order in which they depend on each other.
func (r *runner) end() {
	if r.http != nil {
		r.streams.Close()
		ctx, cancel := context.WithTimeout(context.Background(), drainTime)
		if err := r.http.Shutdown(ctx); err != nil {
			r.http.Close()
		}
		cancel()
	}
	r.work.Wait()
	for _, clean := range r.cleanup {
		clean()
	}
	if r.outlets != nil {
		if err := r.outlets.Close(); err != nil {
			r.log.Warn("the demo's outlets did not end cleanly", "error", err)
		}
	}
	if err := r.close(); err != nil {
		r.log.Error("the centre did not close cleanly; what was acknowledged is stored", "error", err)
	}
}

// leaveAddress writes where the centre of the folder answers, and the key by
// which a command proves that it was started by somebody with a hand on the
// folder. Both can be read by the folder's owner alone.
func (r *runner) leaveAddress(address string) error {
	file := r.config.addressFile()
	if r.config.Quiet {
		return nil
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		address = net.JoinHostPort("127.0.0.1", port)
	}
	if err := os.WriteFile(file, []byte(address+"\n"+r.key+"\n"), 0o600); err != nil {
		return fmt.Errorf("the address of the centre cannot be written: %w", err)
	}
	r.cleanup = append(r.cleanup, func() { _ = os.Remove(file) }) // a stale one is noticed
	return nil
}

// RunningAt tells where the centre of a folder answers, and the operator's key.
func RunningAt(ctx context.Context, folder string) (address, key string, running bool) {
	text, err := os.ReadFile(filepath.Join(folder, "address"))
	if err != nil {
		return "", "", false
	}
	lines := strings.Fields(string(text))
	if len(lines) != 2 {
		return "", "", false
	}
	dialer := net.Dialer{Timeout: time.Second}
	connection, err := dialer.DialContext(ctx, "tcp", lines[0])
	if err != nil {
		return "", "", false // it was killed and could not take the file away
	}
	connection.Close()
	return lines[0], lines[1], true
}
