package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-smtp"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/gathertest"
)

func simple(n int) string {
	return fmt.Sprintf("From: Duty Officer <duty@jic.example>\r\nTo: watch@jic.example\r\nSubject: Report %d\r\nDate: Sat, 26 Sep 2015 17:45:%02d +0300\r\nMessage-ID: <%d@jic.example>\r\n\r\nBridge %d is open.\r\n", n, n%60, n, n)
}

func refused() []centre.Source {
	good := map[string]string{"password": "x", "user": "y"}
	return []centre.Source{{}, {Address: "INBOX"}, {Address: "/srv/mail"}, {Address: "imaps://h/INBOX"}, {Address: "https://h/", Secrets: good},
		{Address: "imaps://u:p@h/", Secrets: good}, {Address: "imaps:///INBOX", Secrets: good}, {Address: "imaps://h/?x", Secrets: good},
		{Address: "imaps://h/", Secrets: good, Options: map[string]string{"ca": "none"}}}
}

func TestConformanceOfAMailbox(t *testing.T) {
	s := newServer(t, setup{})
	for i := range 230 {
		s.append("INBOX", simple(i))
	}
	gathertest.Run(t, gathertest.Subject{Connector: New(lines{}), Source: s.source(), Documents: 230, Client: newClient(t), Refused: refused()})
}

func TestConformanceOfFolders(t *testing.T) {
	for name, write := range map[string]func(dir string) int{
		"maildir": func(dir string) int {
			for i := range 210 {
				put(t, filepath.Join(dir, []string{"cur", "new"}[i%2], fmt.Sprintf("1443278700.M%d.host%s", i, []string{":2,S", ""}[i%2])), simple(i))
			}
			put(t, filepath.Join(dir, "tmp", "half"), "From: x")
			return 210
		},
		"mbox": func(dir string) int {
			var b strings.Builder
			for i := range 250 {
				b.WriteString("From duty@jic.example Sat Sep 26 17:45:00 2015\n" + strings.ReplaceAll(simple(i), "\r\n", "\n") + "\n")
			}
			put(t, filepath.Join(dir, "all.mbox"), b.String())
			return 250
		},
		"eml": func(dir string) int {
			put(t, filepath.Join(dir, "a.eml"), simple(1))
			put(t, filepath.Join(dir, "deep/b.eml"), simple(2))
			put(t, filepath.Join(dir, "notes.doc"), "x")
			return 2
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			n := write(dir)
			gathertest.Run(t, gathertest.Subject{Connector: New(), Source: centre.Source{ID: 4711, Kind: Kind, Address: dir, Member: "IRQ", Private: true}, Documents: n, Refused: refused()})
		})
	}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	at := gathertest.Now.Add(-24 * time.Hour)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o600), os.Chtimes(path, at, at)); err != nil {
		t.Fatal(err)
	}
}

func titles(docs []centre.Document) string {
	var s []string
	for _, d := range docs {
		s = append(s, d.Title)
	}
	return strings.Join(s, ", ")
}

func TestAMaildirMovesItsMailsAndAnMboxGrows(t *testing.T) {
	dir := t.TempDir()
	fresh := filepath.Join(dir, "new", "1.host")
	put(t, fresh, simple(1))
	put(t, filepath.Join(dir, "cur", "0.host:2,"), simple(0))
	box := filepath.Join(dir, "old.mbox")
	first := "From a@b Sat Sep 26 17:45:00 2015\n" + simple(2) + "\n"
	put(t, box, first)
	s := gathertest.Subject{Connector: New(), Source: centre.Source{ID: 1, Kind: Kind, Address: dir, Private: true}}
	got := gathertest.Collect(t, s, nil)
	if titles(got.Documents) != "Report 0, Report 1, Report 2" {
		t.Fatal(titles(got.Documents), got.Result, got.Err)
	}
	if err := os.Rename(fresh, filepath.Join(dir, "cur", "1.host:2,RS")); err != nil {
		t.Fatal(err)
	}
	put(t, box, first+"From a@b Sat Sep 26 17:46:00 2015\n"+simple(3)+"\n")
	got = gathertest.Collect(t, s, got.Cursor)
	if titles(got.Documents) != "Report 3" {
		t.Error(titles(got.Documents), got.Err)
	}
	put(t, box, "From a@b Sat Sep 26 17:47:00 2015\n"+simple(4)+"\n")
	if got = gathertest.Collect(t, s, got.Cursor); titles(got.Documents) != "Report 4" {
		t.Error("written anew:", titles(got.Documents), got.Err)
	}
}

func TestMboxQuoting(t *testing.T) {
	const box = "From a@b Sat Sep 26 17:45:00 2015\nSubject: One\nContent-Length: 3\n\n>From the bridge.\n>>From quoted.\nFrom here on it is no mail.\n\nFrom now on neither.\n\nFrom MAILER-DAEMON Sat Sep 26 18:00:00 2015\nSubject: Two\n\nx\n"
	got := gathertest.Read(t, New(), centre.Source{ID: 1}, "x.mbox", strings.NewReader(box))
	if titles(got.Documents) != "One, Two" || got.Documents[0].Body != "From the bridge.\n>From quoted.\nFrom here on it is no mail.\n\nFrom now on neither." {
		t.Errorf("%+v, %v", got.Documents, got.Result.Problems)
	}
}

func TestAMailArrivesAtOnceByIdle(t *testing.T) {
	arrives(t, setup{}, "imaps", time.Hour)
}

func TestWithoutIdleTheServerIsAsked(t *testing.T) {
	arrives(t, setup{noIdle: true}, "imaps", 20*time.Millisecond)
}

func TestStartTLS(t *testing.T) { arrives(t, setup{startTLS: true}, "imap", time.Hour) }

func TestAPrivateServerMayLackTLS(t *testing.T) { arrives(t, setup{plain: true}, "imap", time.Hour) }

// arrives sends a mail by SMTP to a server that puts it into the mailbox which
// is listened to.
func arrives(t *testing.T, o setup, scheme string, poll time.Duration) {
	t.Helper()
	s := newServer(t, o)
	s.append("INBOX", simple(1))
	source := s.source()
	source.Address = strings.Replace(source.Address, "imaps", scheme, 1)
	c := New(lines{})
	c.times.poll = poll
	if !c.Listens(source) {
		t.Fatal("it does not listen")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
	defer cancel()
	arrived := make(chan centre.Document, 10)
	alive := make(chan bool, 100)
	ended := make(chan error, 1)
	go func() {
		ended <- c.Listen(ctx, gather.Request{Source: source, Client: newClient(t), Now: gathertest.Now, Alive: func() { alive <- true },
			Yield: func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
				for _, d := range docs {
					arrived <- d
				}
				return nil
			}})
	}()
	next := func() centre.Document {
		select {
		case d := <-arrived:
			return d
		case err := <-ended:
			t.Fatal("it ended: ", err)
		}
		return centre.Document{}
	}
	if d := next(); d.Title != "Report 1" {
		t.Error(d.Title)
	}
	<-alive
	send(t, s, simple(2))
	if d := next(); d.Title != "Report 2" || d.ExternalID != "2@jic.example" || d.Author != "Duty Officer <duty@jic.example>" {
		t.Errorf("%+v", d)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// delivery is an SMTP server that puts what it gets into the mailbox.
type delivery struct{ server *mailServer }

func (d delivery) NewSession(*smtp.Conn) (smtp.Session, error) { return d, nil }
func (delivery) Reset()                                        {}
func (delivery) Logout() error                                 { return nil }
func (delivery) Mail(string, *smtp.MailOptions) error          { return nil }
func (delivery) Rcpt(string, *smtp.RcptOptions) error          { return nil }
func (d delivery) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, err = d.server.user.Append("INBOX", literal{bytes.NewReader(raw)}, &imap.AppendOptions{})
	return err
}

func send(t *testing.T, s *mailServer, raw string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(delivery{s})
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	client, err := smtp.Dial(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.SendMail("duty@jic.example", []string{"watch@jic.example"}, strings.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
}

func TestNothingIsChangedInTheMailbox(t *testing.T) {
	s := newServer(t, setup{})
	s.append("INBOX", simple(1))
	got := gathertest.Collect(t, gathertest.Subject{Connector: New(), Source: s.source(), Client: newClient(t)}, nil)
	if len(got.Documents) != 1 {
		t.Fatal(got.Err)
	}
	status, err := s.user.Status("INBOX", &imap.StatusOptions{NumUnseen: true, NumMessages: true})
	if err != nil || *status.NumUnseen != 1 || *status.NumMessages != 1 {
		t.Errorf("%+v, %v", status, err)
	}
}

func TestAChangedUIDValidityStartsAnew(t *testing.T) {
	s := newServer(t, setup{})
	s.append("INBOX", simple(1))
	subject := gathertest.Subject{Connector: New(), Source: s.source(), Client: newClient(t)}
	first := gathertest.Collect(t, subject, nil)
	if again := gathertest.Collect(t, subject, centre.Cursor(`{"uidvalidity":999,"uid":7}`)); titles(again.Documents) != "Report 1" {
		t.Error(titles(again.Documents), again.Err)
	}
	if same := gathertest.Collect(t, subject, first.Cursor); len(same.Documents) != 0 || !same.Result.NotModified {
		t.Error(titles(same.Documents))
	}
}

func TestWhatGoesWrongIsSaidWithARemedyAndWithoutSecrets(t *testing.T) {
	s := newServer(t, setup{})
	plain := newServer(t, setup{plain: true})
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	flood, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer flood.Close()
	go func() {
		conn, err := flood.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "* OK ")
		for {
			if _, err := conn.Write([]byte(strings.Repeat("x", 10_000))); err != nil {
				return
			}
		}
	}()
	for name, c := range map[string]struct {
		change func(*centre.Source)
		want   string
		code   centre.Code
	}{
		"wrong password":  {func(s *centre.Source) { s.Secrets = map[string]string{SecretPassword: "other-secret"} }, "name and password", centre.CodeInvalid},
		"no such mailbox": {func(s *centre.Source) { s.Address = strings.Replace(s.Address, "INBOX", "Reports", 1) }, `no mailbox "Reports"`, centre.CodeInvalid},
		"no trust":        {func(s *centre.Source) { delete(s.Options, OptionCA) }, "cannot be trusted", centre.CodeInvalid},
		"not private":     {func(s *centre.Source) { s.Private = false }, "--private", centre.CodeDenied},
		"no TLS":          {func(s *centre.Source) { s.Address = "imaps://127.0.0.1:" + plain.port }, "does not speak TLS", centre.CodeInvalid},
		"silence":         {func(s *centre.Source) { s.Address = "imaps://" + silent.Addr().String() }, "did not answer in time", centre.CodeUnavailable},
		"flood":           {func(s *centre.Source) { s.Address = "imap://" + flood.Addr().String() }, "more than was asked", centre.CodeUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			source := s.source()
			c.change(&source)
			connector := New()
			if connector.times.answer = 500 * time.Millisecond; name == "flood" {
				connector.times.answer = 30 * time.Second // it is cut off by its size, however slow the machine
			}
			got := gathertest.Collect(t, gathertest.Subject{Connector: connector, Source: source, Client: newClient(t)}, nil)
			if got.Err == nil || !strings.Contains(got.Err.Error(), c.want) || centre.CodeOf(got.Err) != c.code || strings.Contains(got.Err.Error(), "secret") {
				t.Errorf("%v (%s)", got.Err, centre.CodeOf(got.Err))
			}
			if refused, ok := errors.AsType[*centre.Error](got.Err); ok {
				gathertest.Sentence(t, refused)
			}
		})
	}
}
