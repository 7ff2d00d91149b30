package tracks_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/tracks"
)

// kept holds what was yielded, the latest of each uid.
type kept struct {
	mu     sync.Mutex
	tracks map[string]centre.Track
	calls  int
	fail   error
}

func (k *kept) yield(_ context.Context, batch []centre.Track, _ centre.Cursor) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.calls++; k.fail != nil {
		return k.fail
	}
	if k.tracks == nil {
		k.tracks = map[string]centre.Track{}
	}
	for _, t := range batch {
		k.tracks[t.UID] = t
	}
	return nil
}

func (k *kept) has(uids ...string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, uid := range uids {
		if _, ok := k.tracks[uid]; !ok {
			return false
		}
	}
	return true
}

func request(s centre.Source, client *fetch.Client, k *kept) gather.Request {
	r := gather.Request{Source: s, Client: client, Now: gathertest.Now}
	if k != nil {
		r.YieldTracks = k.yield
	}
	return r
}

// serve accepts connections and hands each to talk.
func serve(t *testing.T, talk func(net.Conn), config *tls.Config) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	if config != nil {
		listener = tls.NewListener(listener, config)
	}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				talk(conn)
			}()
		}
	}()
	return listener.Addr().String()
}

// say writes texts one after the other and then keeps the connection open.
func say(texts ...string) func(net.Conn) {
	return func(conn net.Conn) {
		for _, text := range texts {
			if _, err := io.WriteString(conn, text); err != nil {
				return
			}
		}
		_, _ = io.Copy(io.Discard, conn) // until the reader leaves
	}
}

// listen runs Listen until the uids have come, and gives how it ended.
func listen(t *testing.T, s centre.Source, uids ...string) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var k kept
	done := make(chan error, 1)
	go func() { done <- tracks.New().Listen(ctx, request(s, gathertest.Client(t), &k)) }()
	for !k.has(uids...) {
		select {
		case err := <-done:
			t.Errorf("it ended with %v", err)
			return err
		case <-time.After(5 * time.Millisecond):
		}
	}
	cancel()
	return <-done
}

func TestAStreamOverTCP(t *testing.T) {
	t.Parallel()
	one, two := message("one", 1), message("two", 1)
	at := serve(t, say(one[:50], one[50:]+two+"noise", two[:10], "<?xml version='1.0'?>\n"+message("three", 1)), nil)
	if err := listen(t, source("tcp://"+at), "one", "two", "three"); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}

func TestAPreviewTakesWhatComesInSomeSeconds(t *testing.T) {
	t.Parallel()
	at := serve(t, say(message("one", 1), message("one", 5), message("one", 3), message("two", 1), strings.Replace(message("task", 1), "a-n-G", "t-x", 1)), nil)
	got := gathertest.Collect(t, gathertest.Subject{Connector: tracks.New(), Source: source("tcp://" + at), Client: gathertest.Client(t)}, nil)
	last := map[string]centre.Track{}
	for _, track := range got.Tracks {
		last[track.UID] = track
	}
	if got.Err != nil || len(last) != 2 || last["one"].Time.Second() != 5 || got.Result.Bytes == 0 || len(got.Result.Problems) != 1 {
		t.Errorf("%+v, %q, %v", got.Tracks, got.Result.Problems, got.Err)
	}
}

func TestAStreamTellsWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	task := strings.Replace(message("task", 1), "a-n-G", "t-x", 1)
	first := make(chan struct{})
	at := serve(t, func(c net.Conn) {
		_, _ = io.WriteString(c, task+task+message("one", 1))
		<-first
		_, _ = io.WriteString(c, "<event half")
	}, nil)
	var told []string
	alive := 0
	r := request(source("tcp://"+at), gathertest.Client(t), &kept{})
	r.Problem = func(sentence string) {
		if told = append(told, sentence); len(told) == 1 {
			close(first)
		}
	}
	r.Alive = func() { alive++ }
	if err := tracks.New().Listen(t.Context(), r); err != nil || len(told) != 2 || !strings.Contains(told[0], "tasks") || !strings.HasSuffix(told[0], ": 2.") || alive != 1 {
		t.Errorf("%q, %d signs of life, %v", told, alive, err)
	}
}

func TestTheEndOfAStreamIsNoFault(t *testing.T) {
	t.Parallel()
	at := serve(t, func(c net.Conn) { _, _ = io.WriteString(c, message("one", 1)) }, nil)
	var k kept
	if err := tracks.New().Listen(t.Context(), request(source("tcp://"+at), gathertest.Client(t), &k)); err != nil || !k.has("one") {
		t.Errorf("%v, %v", k.tracks, err)
	}
}

func TestWhatIsNotTakenEndsTheReading(t *testing.T) {
	t.Parallel()
	k := kept{fail: errors.New("the disk is full")}
	at := serve(t, say(message("one", 1)), nil)
	if err := tracks.New().Listen(t.Context(), request(source("tcp://"+at), gathertest.Client(t), &k)); !errors.Is(err, k.fail) || k.calls != 1 {
		t.Errorf("%v after %d calls", err, k.calls)
	}
}

func TestProtobufIsRefusedByName(t *testing.T) {
	t.Parallel()
	at := serve(t, say("\xbf\x10\x0a\x05abcde"), nil)
	err := tracks.New().Listen(t.Context(), request(source("tcp://"+at), gathertest.Client(t), &kept{}))
	gathertest.Sentence(t, err)
	if err == nil || !strings.Contains(err.Error(), "protobuf") {
		t.Error(err)
	}
}

// authority makes a certificate and its key, signed by parent or by itself.
func authority(t *testing.T, name string, parent *tls.Certificate) (tls.Certificate, string, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: parent == nil, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	signer, by := template, any(key)
	if parent != nil {
		signer, by = parent.Leaf, parent.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, signer, key.Public(), by)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certPEM := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	keyPEM := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	pair, err := tls.X509KeyPair([]byte(certPEM), []byte(keyPEM))
	if err != nil {
		t.Fatal(err)
	}
	return pair, certPEM, keyPEM
}

func TestAStreamOverTLS(t *testing.T) {
	t.Parallel()
	ca, caPEM, _ := authority(t, "authority", nil)
	server, _, _ := authority(t, "server", &ca)
	_, certPEM, keyPEM := authority(t, "us", &ca)
	pool := x509.NewCertPool()
	pool.AddCert(ca.Leaf)
	at := serve(t, say(message("one", 1)), &tls.Config{Certificates: []tls.Certificate{server}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool})

	good := source("tls://" + at)
	good.Options = map[string]string{tracks.OptionCA: caPEM}
	good.Secrets = map[string]string{tracks.SecretCertificate: certPEM, tracks.SecretKey: keyPEM}
	if err := listen(t, good, "one"); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	strange := good
	strange.Options = nil
	nobody := good
	nobody.Secrets = nil
	for name, s := range map[string]centre.Source{"an unknown authority": strange, "no proof of ours": nobody, "no TLS there": {Address: "tls://" + serve(t, say("hello\n"), nil), Private: true}} {
		err := tracks.New().Listen(t.Context(), request(s, gathertest.Client(t), &kept{}))
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		gathertest.Sentence(t, err)
	}
}

func TestDatagrams(t *testing.T) {
	t.Parallel()
	for name, host := range map[string]string{"unicast": "127.0.0.1", "multicast": "239.2.3.1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			free, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
			if err != nil {
				t.Fatal(err)
			}
			_, port, err := net.SplitHostPort(free.LocalAddr().String())
			if err != nil {
				t.Fatal(err)
			}
			free.Close()
			s := source("udp://" + net.JoinHostPort(host, port))
			if name == "multicast" {
				s.Options = map[string]string{tracks.OptionInterface: loopback(t)}
			}
			stop := make(chan struct{})
			var sending sync.WaitGroup
			sending.Go(func() { send(t, net.JoinHostPort(host, port), stop) })
			err = listen(t, s, "one", "two", "three")
			close(stop)
			sending.Wait()
			if !errors.Is(err, context.Canceled) {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

// loopback names this machine's loopback interface; without multicast there is
// nothing to test.
func loopback(t *testing.T) string {
	t.Helper()
	list, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		if i.Flags&net.FlagLoopback != 0 && i.Flags&net.FlagUp != 0 {
			return i.Name
		}
	}
	t.Skip("this machine has no loopback interface")
	return ""
}

// send tells its tracks again and again, as field applications do.
func send(t *testing.T, to string, stop chan struct{}) {
	at, err := net.ResolveUDPAddr("udp", to)
	if err != nil {
		t.Error(err)
		return
	}
	conn, err := net.DialUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}, at)
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	for {
		for _, gram := range []string{message("one", 1), "\xbf\x01\xbf\x12", "noise", message("two", 1) + message("three", 1), message("four", 1)[:60]} {
			_, _ = io.WriteString(conn, gram)
		}
		select {
		case <-stop:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func TestAddressesThatCannotBeUsedAreRefused(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "host:8087", "http://host:80", "tcp://host", "tcp://:8087", "udp://name:6969", "tcp://u:p@host:1", "tcp://host:1/path", "tls://host:1?x=y", "\x7f"} {
		gathertest.Sentence(t, tracks.New().Check(source(address)))
	}
	for _, s := range []centre.Source{
		{Address: "tls://host:8089", Options: map[string]string{tracks.OptionCA: "none"}},
		{Address: "tls://host:8089", Secrets: map[string]string{tracks.SecretCertificate: "none"}},
		{Address: "tcp://host:8087", Secrets: map[string]string{tracks.SecretKey: "k"}},
	} {
		gathertest.Sentence(t, tracks.New().Check(s))
	}
	for _, address := range []string{"tcp://host:8087", "tls://host:8089", "udp://239.2.3.1:6969", "udp://[ff02::1]:6969", "udp://0.0.0.0:4242"} {
		if err := tracks.New().Check(source(address)); err != nil {
			t.Error(err)
		}
	}
	// Addresses of this machine are reached only where that is allowed.
	for _, address := range []string{"tcp://127.0.0.1:1", "udp://127.0.0.1:0", "tls://[::ffff:127.0.0.1]:1"} {
		s := source(address)
		s.Private = false
		_, err := tracks.New().Fetch(t.Context(), request(s, gathertest.Client(t), &kept{}))
		gathertest.Sentence(t, err)
		if centre.CodeOf(err) != centre.CodeDenied {
			t.Errorf("%s: %v", address, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tracks.New().Fetch(ctx, request(source("tcp://127.0.0.1:1"), gathertest.Client(t), nil)); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
