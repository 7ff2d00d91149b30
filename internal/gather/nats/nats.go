// Package nats is the connector of kind "nats": documents, events and positions
// that come over a subject of a NATS server or cluster, in any format that some
// other connector reads.
//
// The address is nats://host:4222 or tls://host:4222, several divided by commas
// for a cluster. Options: "subject" (needed; * and > stand for any part), and
// "stream", the JetStream stream that keeps the subject. With a stream a message
// is acknowledged when what it brings is stored, so that nothing is lost while
// the centre is away; without one only what is sent while it listens arrives,
// as is core NATS's way. Secrets: "user" and "password", or "token".
//
// A message that cannot be read is named in the source's problems and not
// asked for again: it would be as unreadable the next time.
package nats

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

const (
	// Messages are gathered for so long, or until there are so many, before what
	// they bring is stored in one transaction.
	gatherFor  = 100 * time.Millisecond
	gatherMost = 200

	previewFor = 3 * time.Second // a look listens for
	answerIn   = 10 * time.Second
	ackWait    = 20 * time.Second // after which a message that was not acknowledged comes again
	maxPending = 1000
	headLength = 64 << 10
)

// Connector listens to subjects. It is safe for concurrent use.
type Connector struct{ readers []gather.Reader }

// New makes the connector. readers read what the messages hold; the surest of
// each message does.
func New(readers ...gather.Reader) Connector { return Connector{readers} }

// Kind implements gather.Connector.
func (Connector) Kind() string { return "nats" }

// Check implements gather.Connector.
func (Connector) Check(s centre.Source) error {
	for address := range strings.SplitSeq(s.Address, ",") {
		scheme, rest, ok := strings.Cut(strings.TrimSpace(address), "://")
		if !ok || scheme != "nats" && scheme != "tls" || rest == "" || strings.ContainsAny(rest, "/@ ") {
			return centre.Invalid("The address %q is not one of a NATS server; give one like nats://bus.example.org:4222, and user and password as secrets.", s.Address)
		}
	}
	subject := s.Options["subject"]
	if subject == "" || strings.ContainsAny(subject, " \t\r\n") || strings.HasPrefix(subject, ".") || strings.HasSuffix(subject, ".") || strings.Contains(subject, "..") {
		return centre.Invalid("The source needs a subject to listen to; set its option subject to one like reports.> .")
	}
	if strings.ContainsAny(s.Options["stream"], " .*>/\\") {
		return centre.Invalid("%q cannot be the name of a JetStream stream; leave the option stream out where the subject is not kept.", s.Options["stream"])
	}
	return nil
}

// Listens implements gather.Listener.
func (Connector) Listens(centre.Source) bool { return true }

// Fetch implements gather.Connector: it listens for a moment and gives what
// comes, acknowledging nothing.
func (c Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	looking, cancel := context.WithTimeout(ctx, previewFor)
	defer cancel()
	var result gather.Result
	r.Problem = func(sentence string) { result.Problems = append(result.Problems, sentence) }
	conn, err := connect(ctx, r)
	if err != nil {
		return result, err
	}
	defer conn.Close()
	messages := make(chan message, maxPending)
	if err := c.subscribe(looking, conn, r.Source, messages, true); err != nil {
		return result, err
	}
	for {
		select {
		case <-looking.Done():
			return result, ctx.Err()
		case m := <-messages:
			batch := more(looking, m, messages)
			for _, m := range batch {
				result.Bytes += int64(len(m.data))
			}
			if err := c.take(ctx, r, batch); err != nil {
				return result, err
			}
		}
	}
}

// Listen implements gather.Listener.
func (c Connector) Listen(ctx context.Context, r gather.Request) error {
	conn, err := connect(ctx, r)
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	conn.SetClosedHandler(func(*nats.Conn) { cancel(errBroken) })
	conn.SetDisconnectErrHandler(func(*nats.Conn, error) { cancel(errBroken) }) // the scheduler connects again
	messages := make(chan message, maxPending)
	if err := c.subscribe(ctx, conn, r.Source, messages, false); err != nil {
		return err
	}
	r.Alive()
	alive := time.NewTicker(30 * time.Second)
	defer alive.Stop()
	for {
		select {
		case <-ctx.Done():
			return ended(ctx, r.Source)
		case <-alive.C:
			if conn.FlushTimeout(answerIn) == nil {
				r.Alive()
			}
		case m := <-messages:
			batch := more(ctx, m, messages)
			if err := c.take(ctx, r, batch); err != nil {
				return err // what is not acknowledged comes again
			}
			for _, m := range batch {
				if err := m.ack(); err != nil {
					return broken(r.Source, err)
				}
			}
		}
	}
}

var errBroken = errors.New("the connection broke")

// ended is the error with which listening ends.
func ended(ctx context.Context, s centre.Source) error {
	if errors.Is(context.Cause(ctx), errBroken) {
		return broken(s, errBroken)
	}
	return ctx.Err()
}

func broken(s centre.Source, err error) error {
	return &fetch.Error{Code: centre.CodeUnavailable, Cause: err,
		Sentence: "The connection to " + s.Address + " broke off; it is tried again. What a stream keeps comes then."}
}

// connect reaches the server through the client, and so under its rule.
func connect(ctx context.Context, r gather.Request) (*nats.Conn, error) {
	var refused error
	d := dialer{ctx, r.Client, r.Source.Private, &refused}
	options := []nats.Option{
		nats.Name("entente " + r.Source.Slug), nats.SetCustomDialer(d), nats.NoReconnect(), nats.Timeout(answerIn),
		nats.IgnoreDiscoveredServers(),
	}
	if strings.Contains(r.Source.Address, "tls://") {
		options = append(options, nats.Secure(&tls.Config{MinVersion: tls.VersionTLS12}))
	}
	if token := r.Source.Secrets["token"]; token != "" {
		options = append(options, nats.Token(token))
	} else if user := r.Source.Secrets["user"]; user != "" {
		options = append(options, nats.UserInfo(user, r.Source.Secrets["password"]))
	}
	conn, err := nats.Connect(r.Source.Address, options...)
	switch {
	case err == nil:
		return conn, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, nats.ErrAuthorization):
		return nil, &fetch.Error{Code: centre.CodeDenied, Cause: err,
			Sentence: "The server at " + r.Source.Address + " does not know us: give the source the user and password, or the token, that it expects."}
	case refused != nil:
		return nil, refused
	}
	return nil, &fetch.Error{Code: centre.CodeUnavailable, Cause: err,
		Sentence: "The server at " + r.Source.Address + " does not answer as a NATS server; check the address, and whether it wants tls:// in place of nats://. It is tried again."}
}

// dialer gives the NATS client the one way to the network, and keeps why it was
// refused.
type dialer struct {
	ctx     context.Context
	client  *fetch.Client
	private bool
	refused *error
}

// Dial implements nats.CustomDialer.
func (d dialer) Dial(_, address string) (net.Conn, error) {
	conn, err := d.client.Dial(d.ctx, address, d.private)
	if err != nil {
		*d.refused = err
	}
	return conn, err
}

// subscribe has messages come into a channel. A look at a stream leaves no
// trace there.
func (c Connector) subscribe(ctx context.Context, conn *nats.Conn, s centre.Source, messages chan<- message, look bool) error {
	subject, stream := s.Options["subject"], s.Options["stream"]
	if stream == "" {
		_, err := conn.Subscribe(subject, func(m *nats.Msg) {
			hand(ctx, messages, message{m.Subject, m.Data, func() error { return nil }})
		})
		if err == nil {
			err = conn.FlushTimeout(answerIn)
		}
		if err != nil {
			return broken(s, err)
		}
		return nil
	}
	js, err := jetstream.New(conn)
	if err != nil {
		return fmt.Errorf("preparing JetStream: %w", err)
	}
	config := jetstream.ConsumerConfig{FilterSubject: subject, AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxAckPending: maxPending}
	if look {
		config.AckPolicy, config.MaxAckPending, config.InactiveThreshold = jetstream.AckNonePolicy, 0, 10*time.Second
	} else {
		config.Durable = "entente-" + s.ID.String()
	}
	ready, cancel := context.WithTimeout(ctx, answerIn)
	defer cancel()
	consumer, err := js.CreateOrUpdateConsumer(ready, stream, config)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &fetch.Error{Code: centre.CodeInvalid, Cause: err,
			Sentence: "The server at " + s.Address + " gives no messages of the stream " + stream + " for the subject " + subject + "; check both names, and that the user may make a consumer there."}
	}
	acknowledge := func(m jetstream.Msg) func() error {
		if look {
			return func() error { return nil }
		}
		return m.Ack
	}
	consuming, err := consumer.Consume(func(m jetstream.Msg) {
		hand(ctx, messages, message{m.Subject(), m.Data(), acknowledge(m)})
	}, jetstream.PullMaxMessages(gatherMost))
	if err != nil {
		return broken(s, err)
	}
	context.AfterFunc(ctx, consuming.Stop)
	return nil
}

// message is what came over a subject.
type message struct {
	subject string
	data    []byte
	ack     func() error // says that what it brought is stored
}

func hand(ctx context.Context, messages chan<- message, m message) {
	select {
	case messages <- m:
	case <-ctx.Done():
	}
}

// more gathers the messages that come shortly after the first.
func more(ctx context.Context, first message, messages <-chan message) []message {
	batch := []message{first}
	timer := time.NewTimer(gatherFor)
	defer timer.Stop()
	for len(batch) < gatherMost {
		select {
		case m := <-messages:
			batch = append(batch, m)
		case <-timer.C:
			return batch
		case <-ctx.Done():
			return batch
		}
	}
	return batch
}

// take reads a batch of messages and yields what all of them bring together.
func (c Connector) take(ctx context.Context, r gather.Request, batch []message) error {
	var docs []centre.Document
	var events []centre.Event
	var tracks []centre.Track
	read := r
	read.Yield = func(_ context.Context, d []centre.Document, _ centre.Cursor) error {
		docs = append(docs, d...)
		return nil
	}
	read.YieldEvents = func(_ context.Context, e []centre.Event, _ centre.Cursor) error {
		events = append(events, e...)
		return nil
	}
	read.YieldTracks = func(_ context.Context, t []centre.Track, _ centre.Cursor) error {
		tracks = append(tracks, t...)
		return nil
	}
	for _, m := range batch {
		reader, sure := gather.Recognised(c.readers, "", "", m.data[:min(len(m.data), headLength)])
		if reader == nil || sure < likely {
			r.Problem(fmt.Sprintf("A message of %d bytes on %s is of no format that is read here; it was left out.", len(m.data), clip(gather.PlainLine(m.subject))))
			continue
		}
		result, err := reader.Read(ctx, read, m.subject, bytes.NewReader(m.data))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			r.Problem(fmt.Sprintf("A message on %s could not be read: %s", clip(gather.PlainLine(m.subject)), err))
		}
		for _, problem := range result.Problems {
			r.Problem(problem)
		}
	}
	if err := yield(ctx, docs, gather.MaxBatch, r.Yield); err != nil {
		return err
	}
	if err := yield(ctx, events, gather.MaxEvents, r.YieldEvents); err != nil {
		return err
	}
	return yield(ctx, tracks, gather.MaxEvents, r.YieldTracks)
}

// likely is how sure a reader must be; a message's subject says nothing.
const likely = 0.2

// yield hands over things in batches.
func yield[T any](ctx context.Context, things []T, most int, to func(context.Context, []T, centre.Cursor) error) error {
	for len(things) > 0 {
		n := min(len(things), most)
		if err := to(ctx, things[:n], nil); err != nil {
			return err
		}
		things = things[n:]
	}
	return nil
}

// clip shortens outside text for a sentence.
func clip(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
