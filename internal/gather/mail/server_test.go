package mail

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// mailServer is a real IMAP server on this machine, with TLS of an authority
// that nobody else trusts.
type mailServer struct {
	t      *testing.T
	port   string
	ca     string
	user   *imapmemserver.User
	server *imapserver.Server
}

type setup struct {
	startTLS bool // offered on a plain port
	plain    bool // no TLS at all
	noIdle   bool
}

func newServer(t *testing.T, o setup) *mailServer {
	t.Helper()
	certificate, ca := authority(t)
	s := &mailServer{t: t, ca: ca, user: imapmemserver.NewUser("watch@jic.example", "long-secret")}
	memory := imapmemserver.New()
	memory.AddUser(s.user)
	s.create("INBOX")
	caps := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIdle: {}}
	if o.noIdle {
		delete(caps, imap.CapIdle)
	}
	options := &imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Caps: caps, InsecureAuth: o.plain, Logger: log.New(io.Discard, "", 0),
	}
	if o.startTLS {
		options.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}}
	}
	s.server = imapserver.New(options)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, s.port, _ = net.SplitHostPort(listener.Addr().String())
	if !o.startTLS && !o.plain {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{certificate}})
	}
	go func() { _ = s.server.Serve(listener) }()
	t.Cleanup(func() { s.server.Close() })
	return s
}

// authority makes a certificate for 127.0.0.1 and gives the PEM of whom signed it.
func authority(t *testing.T) (tls.Certificate, string) {
	t.Helper()
	make := func(template, parent *x509.Certificate, signer *ecdsa.PrivateKey) ([]byte, *ecdsa.PrivateKey) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if signer == nil {
			signer = key
		}
		der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
		if err != nil {
			t.Fatal(err)
		}
		return der, key
	}
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test authority"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	rootDER, rootKey := make(root, root, nil)
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "mail"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	leafDER, leafKey := make(leaf, root, rootKey)
	return tls.Certificate{Certificate: [][]byte{leafDER}, PrivateKey: leafKey}, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDER}))
}

func (s *mailServer) create(mailbox string) {
	s.t.Helper()
	if err := s.user.Create(mailbox, nil); err != nil {
		s.t.Fatal(err)
	}
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func (s *mailServer) append(mailbox, raw string) {
	s.t.Helper()
	if _, err := s.user.Append(mailbox, literal{bytes.NewReader([]byte(raw))}, &imap.AppendOptions{}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *mailServer) source() centre.Source {
	return centre.Source{ID: 4711, Slug: "mail", Kind: Kind, Member: "IRQ", Private: true, Address: "imaps://127.0.0.1:" + s.port + "/INBOX",
		Options: map[string]string{OptionUser: "watch@jic.example", OptionCA: s.ca}, Secrets: map[string]string{SecretPassword: "long-secret"}}
}

func newClient(t *testing.T) *fetch.Client {
	t.Helper()
	c, err := fetch.New(fetch.Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}
