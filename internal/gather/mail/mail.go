package mail

import (
	"bufio"
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Kind is the kind of sources that are mailboxes or folders of mails.
const Kind = "mail"

// Keys of Source.Options and Source.Secrets.
const (
	// OptionUser is the name to sign in with; the secret of the same name goes
	// before it.
	OptionUser = "user"
	// OptionCA holds certificates (PEM) of authorities that are trusted for this
	// server beside those that the machine trusts.
	OptionCA = "ca"
	// SecretPassword is the password to sign in with.
	SecretPassword = "password"
)

// Connector reads mailboxes and mails. It is safe for concurrent use.
type Connector struct {
	readers []gather.Reader
	times   times
}

// times are how long things are waited for.
type times struct {
	answer time.Duration // for the answer to one command
	idle   time.Duration // until IDLE is said anew
	poll   time.Duration // between two questions to a server without IDLE
}

// New makes the connector. readers are asked for each attachment; one that none
// of them knows is only named.
func New(readers ...gather.Reader) Connector {
	// RFC 2177 asks to say IDLE anew within 29 minutes; many routers forget a
	// silent connection after ten.
	return Connector{readers: readers, times: times{answer: 90 * time.Second, idle: 9 * time.Minute, poll: time.Minute}}
}

// Kind is "mail".
func (Connector) Kind() string { return Kind }

// Interval is five minutes, for previews and where a source is not listened to.
func (Connector) Interval() time.Duration { return 5 * time.Minute }

// Check refuses an address that is neither a mailbox's nor a folder's, a folder
// that no operator allowed, and a mailbox without name and password.
func (Connector) Check(s centre.Source) error {
	if filepath.IsAbs(s.Address) {
		if !s.Private {
			return centre.Invalid("The address %q is a folder of the centre's machine; an operator adds such a source on the machine with --private.", shown(s.Address))
		}
		return nil
	}
	if _, err := parseAddress(s.Address); err != nil {
		return err
	}
	if user(s) == "" || s.Secrets[SecretPassword] == "" {
		return centre.Invalid("The mailbox needs a name and a password to sign in with: give user and password.")
	}
	if ca := s.Options[OptionCA]; ca != "" && !x509.NewCertPool().AppendCertsFromPEM([]byte(ca)) {
		return centre.Invalid("The option ca holds no certificate; give the authority's certificate as PEM text, with its BEGIN and END lines.")
	}
	return nil
}

func user(s centre.Source) string {
	if u := s.Secrets[OptionUser]; u != "" {
		return u
	}
	return s.Options[OptionUser]
}

// Fetch takes the mails that are new in the mailbox or folder.
func (c Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	if err := c.Check(r.Source); err != nil {
		return gather.Result{}, err
	}
	if filepath.IsAbs(r.Source.Address) {
		return c.fetchFolder(ctx, r)
	}
	var result gather.Result
	s, err := c.open(ctx, r, &result)
	if err != nil {
		return result, err
	}
	defer s.close()
	before := s.at
	err = s.fetchNew(ctx)
	result.Bytes = s.conn.total()
	result.NotModified = err == nil && s.at == before
	return result, err
}

// Listens reports whether the source is a mailbox on a server.
func (Connector) Listens(s centre.Source) bool {
	_, err := parseAddress(s.Address)
	return err == nil
}

// Listen keeps the mailbox open and takes mails as they arrive: at once where
// the server has IDLE, within a minute elsewhere. It holds one connection.
func (c Connector) Listen(ctx context.Context, r gather.Request) error {
	if err := c.Check(r.Source); err != nil {
		return err
	}
	var result gather.Result
	s, err := c.open(ctx, r, &result)
	if err != nil {
		return err
	}
	defer s.close()
	for {
		if err := s.fetchNew(ctx); err != nil {
			return err
		}
		if r.Problem != nil {
			for _, problem := range result.Problems {
				r.Problem(problem)
			}
		}
		result.Problems = nil
		if r.Alive != nil {
			r.Alive()
		}
		if err := s.wait(ctx); err != nil {
			return err
		}
	}
}

// headNames are headers that mails have and other texts hardly ever.
var headNames = regexp.MustCompile(`(?im)^(?:received|return-path|delivered-to|message-id|from|to|subject|date|mime-version|content-type|reply-to|x-mailer|dkim-signature):[ \t]`)

// mboxStart is the line before the first mail of an mbox (RFC 4155, appendix A).
var mboxStart = regexp.MustCompile(`^From \S+.{0,40}?\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\b.{0,40}`)

// Recognise knows mails by their heads and mboxes by their first line.
func (Connector) Recognise(name, mediaType string, head []byte) float64 {
	mediaType, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(mediaType)), ";")
	ending := strings.ToLower(path.Ext(name))
	switch {
	case isMbox(head):
		return 0.95
	case mediaType == "message/rfc822", mediaType == "application/mbox", ending == ".eml":
		return 0.9
	case ending == ".mbox" && bytes.HasPrefix(head, []byte("From ")):
		return 0.9
	case ending != "" && ending != ".txt" && ending != ".msg" && ending != ".mail":
		return 0
	}
	// Only the head itself counts, which ends at the first blank line.
	top, _, _ := bytes.Cut(bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	seen := map[string]bool{}
	for _, m := range headNames.FindAll(top, 50) {
		seen[strings.ToLower(string(m))] = true
	}
	first, _, _ := bytes.Cut(top, []byte("\n"))
	switch {
	case !bytes.Contains(first, []byte(":")) || bytes.ContainsAny(bytes.SplitN(first, []byte(":"), 2)[0], " \t"):
		return 0
	case len(seen) >= 4:
		return 0.9
	case len(seen) == 3:
		return 0.6
	}
	return 0
}

func isMbox(head []byte) bool {
	first, rest, found := bytes.Cut(head[:min(len(head), 4096)], []byte("\n"))
	return found && mboxStart.Match(first) && headNames.Match(rest)
}

// Read reads one mail, or an mbox of many. Name is told in problems alone.
func (c Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	var result gather.Result
	counted := &counter{ctx: ctx, r: content}
	m := c.bag(r, &result)
	reader := bufio.NewReaderSize(counted, 64<<10)
	head, _ := reader.Peek(4096)
	var err error
	if isMbox(head) || strings.EqualFold(path.Ext(name), ".mbox") && bytes.HasPrefix(head, []byte("From ")) {
		err = m.mbox(ctx, reader, oneLine(name), 0, nil)
	} else {
		err = m.single(ctx, reader, oneLine(name))
	}
	if err == nil {
		err = m.out.flush(ctx)
	}
	result.Bytes = counted.n
	return result, err
}

func (c Connector) bag(r gather.Request, result *gather.Result) *mailbag {
	return &mailbag{request: r, readers: c.readers, out: &batch{yield: r.Yield}, result: result}
}

// single reads a file that holds one mail.
func (m *mailbag) single(ctx context.Context, r io.Reader, label string) error {
	raw, err := io.ReadAll(io.LimitReader(r, maxMail+1))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return centre.Refuse(centre.CodeUnavailable, "%s cannot be read to its end; bring it again.", label)
	}
	if len(raw) > maxMail {
		m.problem("%s is larger than %d MB, which is the most that is taken of a mail; it was left out.", label, maxMail>>20)
		return nil
	}
	return m.mail(ctx, raw, letter{label: label})
}

// counter counts what is read, and stops when ctx is done.
type counter struct {
	ctx context.Context
	r   io.Reader
	n   int64
}

func (c *counter) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// isEnd tells the end of a file.
func isEnd(err error) bool { return errors.Is(err, io.EOF) }
