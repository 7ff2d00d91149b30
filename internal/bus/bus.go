// Package bus carries notices between the parts of a centre, in one process or
// in many: that something changed, and that there is work. It runs on NATS
// JetStream, embedded in the process (no port is opened) or at an address.
//
// A change notice (store.Notice) names what changed by its kind, id and label;
// it never carries content, and whoever gets one reads the thing again through
// a view of its own. [Relay] takes notices from the store's outbox, publishes
// them and has the outbox forget them, in this order, so that each is published
// at least once. Every process sees every change. Who cannot keep up, or was
// cut off for longer than notices are kept, is told [KindMissed] once, and has
// to look at everything anew.
//
// A nudge says that a role (process, weave, relay) has work. It may be lost:
// who waits for one also looks from time to time.
//
// The database is the truth. JetStream's folder and stream may be deleted or
// damaged at any time; they are made anew, and subscribers get KindMissed.
package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"entente/internal/centre"
	"entente/internal/store"
)

const (
	// KindMissed is the kind of the notice that stands for an unknown number of
	// notices that this subscriber did not get. Its other fields are zero.
	KindMissed = "missed"

	// Kept is how long the bus keeps notices for who is cut off.
	Kept = time.Hour

	maxNotices     = 200_000 // kept at most, some 30 MB
	maxWaiting     = 4096    // per subscriber, before it misses some
	publishTimeout = 10 * time.Second
	startTimeout   = 20 * time.Second
	resumeTimeout  = 2 * time.Second
	retryEvery     = 250 * time.Millisecond
	lookEvery      = 5 * time.Second // of silence, before a look at whether there is something to read
)

// Options say where the bus runs.
type Options struct {
	URL    string       // of a NATS server or several with commas; "" runs one in this process
	Folder string       // where the embedded server keeps its files; needed where URL is ""
	Name   string       // of this process, for the server's operators
	Prefix string       // before every subject and stream, for centres that share a server; letters, digits, - and _
	Log    *slog.Logger // nil discards
}

// Bus is a connection to the bus. It is safe for concurrent use.
type Bus struct {
	prefix string
	log    *slog.Logger
	server *server.Server // nil where it is another process
	conn   *nats.Conn
	js     jetstream.JetStream
	stop   context.CancelFunc
	done   sync.WaitGroup

	mu          sync.Mutex
	subscribers map[*subscriber]struct{} // nil once closed; guarded by mu
}

// Open starts or reaches the bus, and makes its stream where there is none.
func Open(ctx context.Context, o Options) (*Bus, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if strings.Trim(o.Prefix, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
		return nil, centre.Invalid("%q cannot stand before the bus's subjects: use letters, digits, - and _", o.Prefix)
	}
	b := &Bus{prefix: o.Prefix, log: o.Log, subscribers: map[*subscriber]struct{}{}}
	if err := b.connect(o); err != nil {
		return nil, err
	}
	var err error
	if b.js, err = jetstream.New(b.conn); err != nil {
		b.disconnect()
		return nil, fmt.Errorf("preparing JetStream: %w", err)
	}
	f := &follower{bus: b}
	if err := f.begin(ctx); err != nil {
		b.disconnect()
		return nil, centre.Refuse(centre.CodeUnavailable,
			"The message bus at %s cannot keep notices: enable JetStream there, or leave its address out to run one in this process: %w", address(o.URL), err)
	}
	following, stop := context.WithCancel(context.Background())
	b.stop = stop
	b.done.Go(func() { f.run(following) })
	return b, nil
}

func (b *Bus) connect(o Options) error {
	options := []nats.Option{
		nats.Name(o.Name),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(retryEvery),
		nats.ReconnectJitter(retryEvery, retryEvery),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				b.log.Warn("The connection to the message bus broke; it is tried again.", "error", err)
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { b.log.Info("The connection to the message bus works again.") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			b.log.Warn("The message bus reports an error.", "error", err)
		}),
	}
	if o.URL == "" {
		if o.Folder == "" {
			return centre.Invalid("The message bus needs a folder for its files, or the address of a NATS server")
		}
		s, err := embed(o)
		if err != nil {
			return err
		}
		b.server = s
		options = append(options, nats.InProcessServer(s))
	}
	var err error
	if b.conn, err = nats.Connect(o.URL, options...); err != nil {
		b.disconnect()
		return centre.Refuse(centre.CodeUnavailable, "The message bus at %s does not answer: start it or correct its address: %w", address(o.URL), err)
	}
	return nil
}

func (b *Bus) disconnect() {
	if b.conn != nil {
		b.conn.Close()
	}
	if b.server != nil {
		b.server.Shutdown()
		b.server.WaitForShutdown()
	}
}

// Close sends what is still to be sent, ends every subscription and stops the
// embedded server. Methods called later return errors.
func (b *Bus) Close() error {
	b.mu.Lock()
	subscribers := b.subscribers
	b.subscribers = nil
	b.mu.Unlock()
	if subscribers == nil {
		return nil
	}
	for s := range subscribers {
		s.end()
	}
	b.stop()
	b.done.Wait()
	var err error
	if b.conn.IsConnected() {
		err = b.conn.FlushTimeout(publishTimeout)
	}
	b.disconnect()
	if err != nil {
		return fmt.Errorf("flushing the message bus: %w", err)
	}
	return nil
}

func (b *Bus) stream() string { return b.prefix + "ENTENTE_CHANGES" }

func (b *Bus) changes(kind string) string { return b.prefix + "entente.change." + kind }

func (b *Bus) nudges(role string) string { return b.prefix + "entente.nudge." + role }

// Publish puts notices on the bus, and returns once the bus has them all. After
// an error some may be on it; publishing them again within two minutes does no
// harm, for the bus knows them by their Seq.
func (b *Bus) Publish(ctx context.Context, notices []store.Notice) error {
	ctx, cancel := context.WithTimeout(ctx, publishTimeout)
	defer cancel()
	for _, n := range notices {
		if !token(n.Kind) {
			return centre.Invalid("%q is not a kind of notice: use small letters and _", n.Kind)
		}
	}
	err := b.publish(ctx, notices)
	if lost(err) {
		if _, err = b.ensure(ctx); err == nil {
			err = b.publish(ctx, notices)
		}
	}
	if err != nil {
		return centre.Refuse(centre.CodeUnavailable, "The message bus did not take the notices of changes; they stay in the outbox: %w", err)
	}
	return nil
}

func (b *Bus) publish(ctx context.Context, notices []store.Notice) error {
	if !b.conn.IsConnected() {
		return nats.ErrDisconnected // rather than gather in the client's buffer
	}
	const batch = 256
	futures := make([]jetstream.PubAckFuture, 0, min(batch, len(notices)))
	for len(notices) > 0 {
		futures = futures[:0]
		for _, n := range notices[:min(batch, len(notices))] {
			f, err := b.js.PublishMsgAsync(&nats.Msg{Subject: b.changes(n.Kind), Data: encode(n)},
				jetstream.WithMsgID(fmt.Sprintf("%d-%s-%s", n.Seq, n.Kind, n.ID)), jetstream.WithRetryAttempts(0))
			if err != nil {
				return err
			}
			futures = append(futures, f)
		}
		for _, f := range futures {
			select {
			case <-f.Ok():
			case err := <-f.Err():
				return err
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		notices = notices[len(futures):]
	}
	return nil
}

// lost reports whether err says that the stream is not there.
func lost(err error) bool {
	return errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, nats.ErrNoResponders)
}

// ensure makes the stream where there is none.
func (b *Bus) ensure(ctx context.Context) (jetstream.Stream, error) {
	return b.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name:        b.stream(),
		Description: "Ids of what changed in the centre. May be deleted: it is made anew.",
		Subjects:    []string{b.changes(">")},
		Storage:     jetstream.FileStorage,
		MaxAge:      Kept,
		MaxMsgs:     maxNotices,
		Discard:     jetstream.DiscardOld,
		Duplicates:  2 * time.Minute,
	})
}

// Nudge tells every process that a role has work.
func (b *Bus) Nudge(_ context.Context, role string) error {
	if !token(role) {
		return centre.Invalid("%q is not a role: use small letters and _", role)
	}
	if err := b.conn.Publish(b.nudges(role), nil); err != nil {
		return centre.Refuse(centre.CodeUnavailable, "The message bus does not answer: %w", err)
	}
	return nil
}

// Nudges gives a channel that becomes ready after the role has been nudged,
// once for however many times. It ends with ctx; the channel is never closed.
func (b *Bus) Nudges(ctx context.Context, role string) (<-chan struct{}, error) {
	if !token(role) {
		return nil, centre.Invalid("%q is not a role: use small letters and _", role)
	}
	nudged := make(chan struct{}, 1)
	s, err := b.conn.Subscribe(b.nudges(role), func(*nats.Msg) {
		select {
		case nudged <- struct{}{}:
		default:
		}
	})
	if err == nil {
		err = b.conn.Flush() // from here on none is missed
	}
	if err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The message bus does not answer: %w", err)
	}
	context.AfterFunc(ctx, func() { _ = s.Unsubscribe() }) // fails only where the connection is closed
	return nudged, nil
}

// token reports whether text can be one part of a subject.
func token(text string) bool {
	return text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz_") == ""
}

// address prints where a bus is, without passwords.
func address(urls string) string {
	if urls == "" {
		return "this process"
	}
	list := strings.Split(urls, ",")
	for i, text := range list {
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil || u.User != nil && u.Host == "" {
			list[i] = "the address given"
			continue
		}
		u.User = nil
		list[i] = u.String()
	}
	return strings.Join(list, ", ")
}
