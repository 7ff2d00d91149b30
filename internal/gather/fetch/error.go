package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"entente/internal/centre"
)

// Error is a fetch that failed. centre.CodeOf gives CodeUnavailable for what
// may pass by itself and CodeInvalid for what a person must change.
type Error struct {
	Sentence   string        // for the person who administers the source
	Code       centre.Code   // CodeUnavailable or CodeInvalid
	Class      Class         // what went wrong, for whoever decides when to try again
	Status     int           // the HTTP status; 0 where there was no answer
	RetryAfter time.Duration // what the host asked for; 0 where it asked for nothing
	Gone       bool          // 410: the address will never work again
	Cause      error         // for the log; may be nil
}

func (e *Error) Error() string { return e.Sentence }

// Class sorts failures by what can be expected of them.
type Class string

// Classes of failures.
const (
	ClassOther   Class = ""        // an answer that nobody can make sense of
	ClassDNS     Class = "dns"     // the name leads nowhere, or could not be looked up
	ClassRefused Class = "refused" // nothing listens there, or there is no way
	ClassTimeout Class = "timeout" // no answer, or no end of it, in time
	ClassTLS     Class = "tls"     // the certificate cannot be trusted
	ClassDenied  Class = "denied"  // 401, 403, and what robots.txt disallows
	ClassMissing Class = "missing" // 404, 410 and the other answers of 400 to 499
	ClassServer  Class = "server"  // 500 to 599
	ClassBusy    Class = "busy"    // 429, 503, and hosts that asked to be left alone
	ClassBroken  Class = "broken"  // the connection broke off, or the answer is damaged
	ClassBarred  Class = "barred"  // what this program does not fetch: private addresses, circles, too much
)

// Unwrap gives the same refusal as a *centre.Error. The cause is not in the
// chain: a time-out inside a request must not look like the caller's own
// context having ended.
func (e *Error) Unwrap() error { return &centre.Error{Code: e.Code, Message: e.Sentence} }

// show gives an address for a sentence, without a password in it.
func show(address string) string {
	if u, err := url.Parse(address); err == nil {
		address = u.Redacted()
	}
	return clip(address)
}

// failure turns what RoundTrip or reading said into a sentence.
func (c *Client) failure(outer, inner context.Context, u *url.URL, err error) error {
	if outer.Err() != nil {
		return outer.Err()
	}
	at := show(u.String())
	fail := func(class Class, format string, args ...any) error {
		code := centre.CodeUnavailable
		if class == ClassBarred || class == ClassTLS {
			code = centre.CodeInvalid
		}
		return &Error{Code: code, Class: class, Sentence: fmt.Sprintf(format, args...), Cause: err}
	}
	switch context.Cause(inner) {
	case errIdle:
		return fail(ClassTimeout, "%s stopped sending for %s in the middle of its answer; it is tried again later.", at, c.options.IdleTimeout)
	case errTotal:
		return fail(ClassTimeout, "%s was still sending after %s; it is tried again later. If that goes on, ask its owner for a smaller feed.", at, c.options.TotalTimeout)
	}
	if refused, ok := errors.AsType[*refusedAddress](err); ok {
		return fail(ClassBarred, "%s leads to %s (%s), which is not fetched; if this is meant, an operator must allow private addresses for this source and give the address of that host itself.", at, refused.what, refused.address)
	}
	switch {
	case errors.Is(err, errTooBig):
		return fail(ClassBarred, "%s sends more than %s; give the address of something smaller.", at, megabytes(c.options.MaxBody))
	case errors.Is(err, errBomb):
		return fail(ClassBarred, "%s sends something that unpacks to more than %s, and was cut off; give the address of something smaller.", at, megabytes(c.options.MaxBody))
	case errors.Is(err, errEncoding):
		return fail(ClassBarred, "%s packs its answer in a way that was not asked for and cannot be unpacked; ask its owner to send gzip or plain text.", at)
	case errors.Is(err, errCorrupt):
		return fail(ClassBroken, "%s sends a packed answer that is damaged or breaks off; it is tried again later.", at)
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		if dns.IsNotFound {
			return &Error{Code: centre.CodeInvalid, Class: ClassDNS, Cause: err, Sentence: fmt.Sprintf(
				"There is no host named %s; check the address for a slip.", clip(u.Hostname()))}
		}
		return fail(ClassDNS, "The name %s could not be looked up; check the network of this machine. It is tried again later.", clip(u.Hostname()))
	}
	if isCertificate(err) {
		return fail(ClassTLS, "The certificate of %s cannot be trusted (%s); tell its owner, or check the address and this machine's clock.", clip(u.Hostname()), clip(certificateReason(err)))
	}
	if netErr, ok := errors.AsType[net.Error](err); ok && netErr.Timeout() {
		return fail(ClassTimeout, "%s did not answer in time; it is tried again later.", at)
	}
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return fail(ClassRefused, "%s refuses connections: nothing listens there; check the address and port. It is tried again later.", clip(u.Host))
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return fail(ClassRefused, "There is no way to %s from here; check the network of this machine. It is tried again later.", clip(u.Host))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return fail(ClassBroken, "%s broke the connection off in the middle of its answer; it is tried again later.", at)
	}
	return fail(ClassOther, "%s did not answer as a web server does; check the address. It is tried again later.", at)
}

func isCertificate(err error) bool {
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, name := errors.AsType[x509.HostnameError](err)
	_, invalid := errors.AsType[x509.CertificateInvalidError](err)
	_, verify := errors.AsType[*tls.CertificateVerificationError](err)
	return unknown || name || invalid || verify
}

func certificateReason(err error) string {
	if verify, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return verify.Err.Error()
	}
	return err.Error()
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// status turns a status that is no success into a sentence.
func (c *Client) status(u *url.URL, r *http.Response) error {
	if r.StatusCode >= 200 && r.StatusCode < 300 && r.StatusCode != http.StatusPartialContent || r.StatusCode == http.StatusNotModified {
		return nil
	}
	e := &Error{Status: r.StatusCode, Code: centre.CodeInvalid, Class: ClassMissing, Cause: errors.New(r.Status)}
	at := show(u.String())
	switch {
	case r.StatusCode == http.StatusUnauthorized, r.StatusCode == http.StatusForbidden:
		e.Class = ClassDenied
		e.Sentence = fmt.Sprintf("%s does not let us in (status %d); ask its owner for access, or give another address.", at, r.StatusCode)
	case r.StatusCode == http.StatusNotFound:
		e.Sentence = fmt.Sprintf("There is nothing at %s (status 404); check the address, it may have moved.", at)
	case r.StatusCode == http.StatusGone:
		e.Gone = true
		e.Sentence = fmt.Sprintf("%s is gone for good, says its host (status 410); find its new address, or remove the source.", at)
	case r.StatusCode == http.StatusTooManyRequests, r.StatusCode == http.StatusServiceUnavailable:
		e.Class = ClassBusy
		e.Code, e.RetryAfter = centre.CodeUnavailable, retryAfter(r.Header.Get("Retry-After"), c.options.Clock())
		if e.RetryAfter > 0 {
			c.hosts.leaveAlone(u, e.RetryAfter)
			e.Sentence = fmt.Sprintf("%s is too busy (status %d) and asks to wait %s; it is tried again after that.", at, r.StatusCode, inWords(e.RetryAfter))
		} else {
			e.Sentence = fmt.Sprintf("%s is too busy (status %d); it is tried again later. If that goes on, lengthen the interval of this source.", at, r.StatusCode)
		}
	case r.StatusCode >= 500:
		e.Code, e.Class = centre.CodeUnavailable, ClassServer
		e.Sentence = fmt.Sprintf("%s has a fault of its own (status %d); it is tried again later.", at, r.StatusCode)
	default:
		e.Sentence = fmt.Sprintf("%s answers with status %d instead of a document; open it in a browser and check the address.", at, r.StatusCode)
	}
	return e
}

// maxRetryAfter bounds what a host may ask for.
const maxRetryAfter = 24 * time.Hour

// retryAfter reads seconds or a date (RFC 9110, section 10.2.3); 0 for none.
func retryAfter(text string, now time.Time) time.Duration {
	text = strings.TrimSpace(text)
	if seconds, err := strconv.ParseInt(text, 10, 32); err == nil {
		return min(max(0, time.Duration(seconds)*time.Second), maxRetryAfter)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(0, at.Sub(now)), maxRetryAfter)
	}
	return 0
}

// maxAge reads Cache-Control; 0 where it says nothing of use.
func maxAge(control string) time.Duration {
	for part := range strings.SplitSeq(control, ",") {
		if seconds, found := strings.CutPrefix(strings.ToLower(strings.TrimSpace(part)), "max-age="); found {
			if n, err := strconv.ParseInt(strings.Trim(seconds, `"`), 10, 32); err == nil && n > 0 {
				return time.Duration(n) * time.Second
			}
		}
	}
	return 0
}

// inWords is a duration for a sentence, never shorter than it is: "90 seconds",
// "20 minutes", "3 hours".
func inWords(d time.Duration) string {
	for _, unit := range []struct {
		name string
		long time.Duration
	}{{"hours", time.Hour}, {"minutes", time.Minute}} {
		if d >= 2*unit.long {
			return fmt.Sprintf("%d %s", (d+unit.long-1)/unit.long, unit.name)
		}
	}
	return fmt.Sprintf("%d seconds", (d+time.Second-1)/time.Second)
}
