package fetch

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"

	"entente/internal/centre"
)

// Dial connects by TCP to "host:port", for protocols that are not HTTP (IMAP,
// Cursor-on-Target, NATS), under the same rule as Get: it never reaches
// loopback, private or other special addresses, unless private is set and the
// address is one that a private source may have. What was looked at is what is
// connected to. The caller closes the connection, and adds TLS where it is
// wanted. Errors are *Error or the context's.
func (c *Client) Dial(ctx context.Context, address string, private bool) (net.Conn, error) {
	host, port, err := net.SplitHostPort(strings.TrimSpace(address))
	if err != nil || host == "" || port == "" {
		return nil, centre.Invalid("The address %q cannot be read; give host and port, like mail.example.org:993.", clip(address))
	}
	conn, err := c.dialer(private).DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	if err == nil {
		return conn, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if refused, ok := errors.AsType[*refusedAddress](err); ok {
		return nil, &Error{Code: centre.CodeDenied, Class: ClassBarred, Cause: err,
			Sentence: "The host " + clip(host) + " leads to " + refused.what + ", and sources are not read from there; if this is meant, an operator adds the source on the machine with --private."}
	}
	class := ClassRefused
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		class = ClassDNS
	} else if netErr, ok := errors.AsType[net.Error](err); ok && netErr.Timeout() {
		class = ClassTimeout
	}
	return nil, &Error{Code: centre.CodeUnavailable, Class: class, Cause: err,
		Sentence: "The host " + clip(host) + " does not answer at port " + clip(port) + "; check its name and port, and whether this machine may reach it. It is tried again."}
}

// ListenUDP receives datagrams at "address:port" of this machine: of a multicast
// group where the address is one, from the interface named (all where ""), else
// of the address itself. Only private sources listen, since only an operator
// can open a port; nothing is ever sent.
func (c *Client) ListenUDP(address, iface string, private bool) (net.PacketConn, error) {
	if !private {
		return nil, centre.Refuse(centre.CodeDenied, "Listening at %s opens a port of this machine; an operator adds such a source on the machine with --private.", clip(address))
	}
	at, err := netip.ParseAddrPort(strings.TrimSpace(address))
	if err != nil {
		return nil, centre.Invalid("The address %q cannot be listened at; give a number and a port, like 239.2.3.1:6969.", clip(address))
	}
	var on *net.Interface
	if iface != "" {
		if on, err = net.InterfaceByName(iface); err != nil {
			return nil, centre.Invalid("This machine has no network interface named %q.", clip(iface))
		}
	}
	var conn *net.UDPConn
	if at.Addr().IsMulticast() {
		conn, err = net.ListenMulticastUDP("udp", on, net.UDPAddrFromAddrPort(at))
	} else {
		conn, err = net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
	}
	if err != nil {
		return nil, &Error{Code: centre.CodeUnavailable, Class: ClassRefused, Cause: err,
			Sentence: "The address " + at.String() + " cannot be listened at: another program may have it, or it is not this machine's. It is tried again."}
	}
	return conn, nil
}
