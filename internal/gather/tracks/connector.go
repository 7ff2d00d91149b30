package tracks

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Kind is the kind of sources that send tracks.
const Kind = "tracks"

// Keys of Source.Options and Source.Secrets.
const (
	OptionInterface   = "interface"   // network interface of a multicast group
	OptionCA          = "ca"          // authority of a TLS server, PEM
	SecretCertificate = "certificate" // ours, PEM
	SecretKey         = "key"         // of our certificate, PEM
)

const (
	pause    = 500 * time.Millisecond // the longest that a track waits for others
	preview  = 3 * time.Second        // how long Fetch reads
	settle   = 10 * time.Second       // to agree on TLS
	alive    = 30 * time.Second       // between two signs of life
	maxGram  = 64 << 10               // a datagram
	maxQuiet = 30 * time.Minute       // a stream that is silent for longer is connected anew

	maxProtobuf = 20 // datagrams that cannot be read before a source is given up that sends nothing else
)

// Connector reads Cursor-on-Target. The zero value is ready to use and safe for
// concurrent use.
type Connector struct{}

// New makes the connector.
func New() *Connector { return &Connector{} }

// Kind is "tracks".
func (*Connector) Kind() string { return Kind }

// Listens is true: positions come when they come.
func (*Connector) Listens(centre.Source) bool { return true }

// Check refuses an address that is none of tcp, tls and udp with host and port,
// and certificates that cannot be read.
func (*Connector) Check(s centre.Source) error {
	u, err := url.Parse(strings.TrimSpace(s.Address))
	if err != nil || u.Host == "" || u.Port() == "" || u.Hostname() == "" || strings.Trim(u.Path, "/") != "" || u.User != nil || u.RawQuery != "" {
		return centre.Invalid("The address of a source of tracks is written like tcp://host:8087, tls://host:8089 or udp://239.2.3.1:6969.")
	}
	switch u.Scheme {
	case "tcp":
		if len(s.Secrets) > 0 {
			return centre.Invalid("A certificate is used with TLS alone; give an address that begins with tls://, or no certificate.")
		}
		return nil
	case "tls":
		_, err := config(s, u.Hostname())
		return err
	case "udp":
		if _, err := netip.ParseAddrPort(u.Host); err != nil {
			return centre.Invalid("Datagrams are received at a number and a port, like udp://239.2.3.1:6969; a name cannot be listened at.")
		}
		return nil
	}
	return centre.Invalid("Tracks are not read by %s; give an address that begins with tcp://, tls:// or udp://.", gather.PlainLine(u.Scheme))
}

// config makes the TLS configuration of a source.
func config(s centre.Source, host string) (*tls.Config, error) {
	c := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if ca := s.Options[OptionCA]; ca != "" {
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM([]byte(ca)) {
			return nil, centre.Invalid("The option ca holds no certificate; give the authority's certificate as PEM text.")
		}
	}
	certificate, key := s.Secrets[SecretCertificate], s.Secrets[SecretKey]
	if certificate == "" && key == "" {
		return c, nil
	}
	pair, err := tls.X509KeyPair([]byte(certificate), []byte(key))
	if err != nil {
		return nil, centre.Invalid("The secrets certificate and key are no pair that belongs together; give both as PEM text.")
	}
	c.Certificates = []tls.Certificate{pair}
	return c, nil
}

// Fetch reads for three seconds and yields what came: a preview. There is no
// cursor, since positions are not kept by those who send them.
func (c *Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	b := newBatch(r)
	err := c.receive(ctx, r, b, preview)
	result := b.result()
	result.NotModified = err == nil && b.taken == 0
	return result, err
}

// Listen yields what comes until ctx is done or the source breaks off.
func (c *Connector) Listen(ctx context.Context, r gather.Request) error {
	b := newBatch(r)
	err := c.receive(ctx, r, b, 0)
	b.tell(time.Now(), true)
	return err
}

// errEnough ends a reading that was to last some time only.
var errEnough = errors.New("it was read for long enough")

// receive reads a source into a batch that it flushes at intervals, until ctx is
// done, the source ends (nil), limit is over where it is not zero (nil), or
// something fails.
func (c *Connector) receive(ctx context.Context, r gather.Request, b *batch, limit time.Duration) error {
	if err := c.Check(r.Source); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	u, err := url.Parse(strings.TrimSpace(r.Source.Address))
	if err != nil {
		return centre.Invalid("The address of a source of tracks is written like tcp://host:8087.")
	}
	if u.Scheme == "udp" {
		conn, err := r.Client.ListenUDP(u.Host, r.Source.Options[OptionInterface], r.Source.Private)
		if err != nil {
			return err
		}
		defer conn.Close()
		return during(ctx, limit, func(ctx context.Context) error { return datagrams(ctx, conn, b) })
	}
	conn, err := r.Client.Dial(ctx, u.Host, r.Source.Private)
	if err != nil {
		return err
	}
	defer conn.Close()
	if u.Scheme == "tls" {
		if conn, err = secure(ctx, conn, r.Source, u.Hostname()); err != nil {
			return err
		}
		defer conn.Close()
	}
	return during(ctx, limit, func(ctx context.Context) error { return stream(ctx, conn, b) })
}

// during runs read for limit; for ever where that is zero.
func during(ctx context.Context, limit time.Duration, read func(context.Context) error) error {
	if limit == 0 {
		return read(ctx)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errEnough)
	defer cancel()
	err := read(ctx)
	if context.Cause(ctx) == errEnough && errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// secure agrees on TLS with a server.
func secure(ctx context.Context, conn net.Conn, s centre.Source, host string) (net.Conn, error) {
	c, err := config(s, host)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, settle)
	defer cancel()
	secured := tls.Client(conn, c)
	if err := secured.HandshakeContext(limited); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, tlsFailure(host, err)
	}
	return secured, nil
}

func tlsFailure(host string, err error) error {
	host = gather.PlainLine(host)
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return &fetch.Error{Code: centre.CodeInvalid, Cause: err,
			Sentence: "The certificate of " + host + " cannot be trusted; if the server has an authority of its own, put its certificate into the option ca."}
	}
	return &fetch.Error{Code: centre.CodeUnavailable, Cause: err,
		Sentence: "The server " + host + " does not agree on TLS; it may want the secrets certificate and key, or the port may be one for tcp://. It is tried again."}
}

// stream reads a connection. The time between two flushes bounds how long the
// reads wait, so that one goroutine does both.
func stream(ctx context.Context, conn net.Conn, b *batch) error {
	timed := &timedReader{ctx: ctx, conn: conn, b: b, heard: time.Now()}
	err := b.all(ctx, timed)
	if timed.failure != nil {
		return timed.failure
	}
	return b.finish(ctx, err)
}

// finish stores what is in hand, also while we stop, and says how it ended.
func (b *batch) finish(ctx context.Context, err error) error {
	if flushed := b.flush(context.WithoutCancel(ctx)); flushed != nil {
		return flushed
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// failure turns the end of a stream into a sentence.
func failure(err error) error {
	if errors.Is(err, errProtobuf) {
		return centre.Invalid("The tracks come as TAK protocol version 1 (protobuf), which is not read here; set what sends them to XML (protocol version 0).")
	}
	return &fetch.Error{Code: centre.CodeUnavailable, Cause: err, Sentence: "The tracks broke off; they are asked for again. If that goes on, look at what sends them."}
}

// timedReader reads a connection, flushes the batch where a read waits, and
// tells that the source is alive.
type timedReader struct {
	ctx     context.Context
	conn    net.Conn
	b       *batch
	flushed time.Time
	told    time.Time
	heard   time.Time
	failure error // of Yield
}

func (t *timedReader) Read(p []byte) (int, error) {
	for {
		now := time.Now()
		if t.failure = t.b.tick(t.ctx, now, &t.flushed, &t.told); t.failure != nil {
			return 0, t.failure
		}
		if err := t.ctx.Err(); err != nil {
			return 0, err
		}
		if err := t.conn.SetReadDeadline(now.Add(pause)); err != nil {
			return 0, err
		}
		n, err := t.conn.Read(p)
		if n > 0 {
			t.heard = time.Now()
			return n, nil
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(t.heard) > maxQuiet {
			return n, err
		}
	}
}

// tick flushes where it is time to, and tells from time to time that the
// source is alive.
func (b *batch) tick(ctx context.Context, now time.Time, flushed, told *time.Time) error {
	if b.request.Alive != nil && now.Sub(*told) >= alive {
		*told = now
		b.request.Alive()
	}
	if now.Sub(*flushed) < pause {
		return nil
	}
	*flushed = now
	b.tell(now, false)
	return b.flush(ctx)
}

// datagrams reads messages that come one or several in a datagram.
func datagrams(ctx context.Context, conn net.PacketConn, b *batch) error {
	var flushed, told time.Time
	gram := make([]byte, maxGram)
	for {
		now := time.Now()
		if err := b.tick(ctx, now, &flushed, &told); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return b.finish(ctx, nil)
		}
		if err := conn.SetReadDeadline(now.Add(pause)); err != nil {
			return b.finish(ctx, failure(err))
		}
		n, _, err := conn.ReadFrom(gram)
		if n > 0 && gram[0] == 0xbf { // from one sender of perhaps many
			if b.protobuf++; b.protobuf >= maxProtobuf && b.taken == 0 {
				return failure(errProtobuf)
			}
		} else if n > 0 {
			if err := b.all(ctx, bytes.NewReader(gram[:n])); err != nil {
				return b.finish(ctx, err)
			}
		}
		if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return b.finish(ctx, failure(err))
		}
	}
}

var anEvent = regexp.MustCompile(`<event\s[^>]*>`)

// Recognise is sure of an event with uid and stale, which only this format has.
func (*Connector) Recognise(_, _ string, head []byte) float64 {
	tag := string(anEvent.Find(head))
	if strings.Contains(tag, "uid=") && strings.Contains(tag, "stale=") && strings.Contains(tag, "how=") {
		return 0.95
	}
	return 0
}

// Read reads a file of events, one after another or in an element around them.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	b := newBatch(r)
	err := b.all(ctx, gather.FromUTF16(content))
	if err == nil {
		err = b.flush(ctx)
	}
	if err == nil && b.taken == 0 && len(b.left) == 0 {
		err = centre.Invalid("The file %s holds no Cursor-on-Target event; bring XML with event elements.", gather.PlainLine(name))
	}
	return b.result(), err
}
