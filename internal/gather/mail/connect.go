package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// guarded is a connection that counts, and breaks off a server that sends more
// than the command under way can need.
type guarded struct {
	net.Conn
	read atomic.Int64
	most atomic.Int64 // of read
}

var errFlood = errors.New("the server sends without end")

func (g *guarded) Read(b []byte) (int, error) {
	if g.flooded() {
		return 0, errFlood
	}
	n, err := g.Conn.Read(b)
	g.read.Add(int64(n))
	return n, err
}

// allow lets n more bytes come, and what goes around them.
func (g *guarded) allow(n int64) { g.most.Store(g.read.Load() + n + n/8 + 1<<20) }

func (g *guarded) flooded() bool { return g.read.Load() > g.most.Load() }

func (g *guarded) total() int64 { return g.read.Load() }

// session is a mailbox that is open. It belongs to one goroutine.
type session struct {
	connector Connector
	request   gather.Request
	address   address
	conn      *guarded
	client    *imapclient.Client
	bag       *mailbag
	result    *gather.Result
	idles     bool
	patience  time.Duration // how long the next IDLE lasts
	at        position
	news      chan struct{} // the server said that the mailbox has changed
	stop      func() bool   // ends the watch over ctx
}

// open connects, signs in and opens the mailbox for reading.
func (c Connector) open(ctx context.Context, r gather.Request, result *gather.Result) (*session, error) {
	at, err := parseAddress(r.Source.Address)
	if err != nil {
		return nil, err
	}
	s := &session{connector: c, request: r, address: at, bag: c.bag(r, result), result: result, at: readPosition(r.Cursor), news: make(chan struct{}, 1), patience: firstIdle}
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	if err := s.enter(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// connect makes the connection, with TLS unless the server of a private source
// has none.
func (s *session) connect(ctx context.Context) error {
	err := s.dial(ctx)
	if err != nil {
		return err
	}
	if err = s.secure(ctx); err != nil {
		err = s.failed(ctx, err)
		s.stop()
		s.conn.Close()
	}
	return err
}

func (s *session) dial(ctx context.Context) error {
	raw, err := s.request.Client.Dial(ctx, s.address.dial(), s.request.Source.Private)
	if err != nil {
		return err
	}
	s.conn = &guarded{Conn: raw}
	s.conn.allow(0)
	s.stop = context.AfterFunc(ctx, func() { raw.Close() })
	return nil
}

// secure agrees on TLS.
func (s *session) secure(ctx context.Context) (err error) {
	defer s.within(s.connector.times.answer)()
	options := &imapclient.Options{
		TLSConfig: s.tlsConfig(),
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{
			Mailbox: func(*imapclient.UnilateralDataMailbox) {
				select {
				case s.news <- struct{}{}:
				default:
				}
			},
		},
	}
	switch {
	case s.address.tls:
		conn := tls.Client(s.conn, s.tlsConfig())
		if err := conn.HandshakeContext(ctx); err != nil {
			return err
		}
		s.client = imapclient.New(conn, options)
		return s.client.WaitGreeting()
	case !s.request.Source.Private:
		s.client, err = imapclient.NewStartTLS(s.conn, options)
		return err
	}
	// A private server may lack TLS; one that has it is held to it.
	probe := imapclient.New(s.conn, options)
	if err := probe.WaitGreeting(); err != nil {
		return err
	}
	if !probe.Caps().Has(imap.CapStartTLS) {
		s.client = probe
		return nil
	}
	probe.Close()
	s.stop()
	if err := s.dial(ctx); err != nil { // the library begins TLS on a fresh connection alone
		return err
	}
	s.client, err = imapclient.NewStartTLS(s.conn, options)
	return err
}

func (s *session) tlsConfig() *tls.Config {
	config := &tls.Config{ServerName: s.address.host, MinVersion: tls.VersionTLS12}
	if ca := s.request.Source.Options[OptionCA]; ca != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		pool.AppendCertsFromPEM([]byte(ca))
		config.RootCAs = pool
	}
	return config
}

// within breaks the connection off unless the function that it gives is called
// in time: the library waits for an answer as long as it takes.
func (s *session) within(d time.Duration) (done func()) {
	timer := time.AfterFunc(d, func() { s.conn.Close() })
	return func() { timer.Stop() }
}

func (s *session) close() {
	if s.client != nil {
		done := s.within(5 * time.Second)
		if s.client.State() != imap.ConnStateLogout {
			_ = s.client.Logout().Wait() // a farewell; whether it is heard does not matter
		}
		done()
		s.client.Close()
	}
	s.stop()
	s.conn.Close()
}

// enter signs in and opens the mailbox read-only.
func (s *session) enter(ctx context.Context) error {
	defer s.within(s.connector.times.answer)()
	s.conn.allow(0)
	if s.client.State() == imap.ConnStateNotAuthenticated {
		if err := s.client.Login(user(s.request.Source), s.request.Source.Secrets[SecretPassword]).Wait(); err != nil {
			if refused, ok := errors.AsType[*imap.Error](err); ok && refused.Type == imap.StatusResponseTypeNo && refused.Code != imap.ResponseCodeUnavailable && refused.Code != imap.ResponseCodeInUse {
				return centre.Invalid("The mail server %s does not let us in; check the name and password of this source, and whether the server wants a password of its own for programs.", shown(s.address.host))
			}
			return s.failed(ctx, err)
		}
	}
	caps := s.client.Caps()
	s.idles = caps.Has(imap.CapIdle)
	mailbox, err := s.client.Select(s.address.mailbox, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		if refused, ok := errors.AsType[*imap.Error](err); ok && refused.Type == imap.StatusResponseTypeNo {
			return centre.Invalid("The mail server %s has no mailbox %q that we may read; check its name, with the sign that the server puts between folders.", shown(s.address.host), shown(s.address.mailbox))
		}
		return s.failed(ctx, err)
	}
	if s.at.Validity != mailbox.UIDValidity {
		s.at = position{Validity: mailbox.UIDValidity}
	}
	return nil
}

// failed turns a failure of the connection into a sentence. What the server
// itself said is left out: it could be anything.
func (s *session) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if _, ok := errors.AsType[*fetch.Error](err); ok || centre.CodeOf(err) != "" {
		return err
	}
	host := shown(s.address.host)
	fail := func(code centre.Code, sentence string) error {
		return &fetch.Error{Code: code, Cause: err, Sentence: sentence}
	}
	unknown, isUnknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, isName := errors.AsType[x509.HostnameError](err)
	_, isInvalid := errors.AsType[x509.CertificateInvalidError](err)
	verify, isVerify := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case isUnknown || isName || isInvalid || isVerify:
		reason := err.Error()
		if isVerify {
			reason = verify.Err.Error()
		} else if isUnknown {
			reason = unknown.Error()
		}
		return fail(centre.CodeInvalid, "The certificate of the mail server "+host+" cannot be trusted ("+shown(oneLine(reason))+"); check the address and this machine's clock, or give the certificate of its authority as ca.")
	case s.conn.flooded(): // the library does not keep the cause
		return fail(centre.CodeUnavailable, "The mail server "+host+" sends more than was asked for and was cut off; tell its owner. It is tried again.")
	}
	if refused, ok := errors.AsType[*imap.Error](err); ok {
		if !s.address.tls && s.client == nil {
			return fail(centre.CodeInvalid, "The mail server "+host+" offers no encryption at this port; use imaps://, or another port.")
		}
		return fail(centre.CodeUnavailable, "The mail server "+host+" refuses what a mail program asks ("+string(refused.Type)+"); it is tried again. If that goes on, ask its owner.")
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return fail(centre.CodeInvalid, "The mail server "+host+" does not speak TLS at port "+s.address.port+"; use imap:// for a port that begins without, or another port.")
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) {
		return fail(centre.CodeUnavailable, "The mail server "+host+" broke the connection off or did not answer in time; it is tried again.")
	}
	return fail(centre.CodeUnavailable, "The mail server "+host+" does not answer as a mail server does; check the address. It is tried again.")
}
