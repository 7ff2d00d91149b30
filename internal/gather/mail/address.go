package mail

import (
	"net"
	"net/url"
	"strings"

	"entente/internal/centre"
)

// address is where a mailbox is (RFC 5092, without what signs in or searches).
type address struct {
	host    string // name or number
	port    string
	mailbox string // UTF-8
	tls     bool   // from the first byte; else by STARTTLS
}

func (a address) dial() string { return net.JoinHostPort(a.host, a.port) }

// parseAddress reads imaps://host[:port]/Mailbox and imap://...; the mailbox is
// INBOX where none is named.
func parseAddress(text string) (address, error) {
	text = strings.TrimSpace(text)
	u, err := url.Parse(text)
	const like = "write it like imaps://mail.example.org/INBOX, or give the full path of a folder of mails"
	switch {
	case text == "":
		return address{}, centre.Invalid("The address is empty; %s.", like)
	case err != nil || u.Scheme != "imap" && u.Scheme != "imaps":
		return address{}, centre.Invalid("The address is no mailbox; %s.", like)
	case u.User != nil:
		return address{}, centre.Invalid("The address of a mailbox must not hold a name or a password; give them as user and password.")
	case u.Hostname() == "":
		return address{}, centre.Invalid("The address names no host; %s.", like)
	case u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(u.Path, "\r\n\x00"):
		return address{}, centre.Invalid("The address has more than a host and a mailbox; %s.", like)
	}
	a := address{host: u.Hostname(), port: u.Port(), mailbox: strings.Trim(u.Path, "/"), tls: u.Scheme == "imaps"}
	if a.mailbox == "" {
		a.mailbox = "INBOX"
	}
	if a.port == "" {
		if a.port = "143"; a.tls {
			a.port = "993"
		}
	}
	return a, nil
}
