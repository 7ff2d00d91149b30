package fetch

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"syscall"

	"entente/internal/centre"
)

// special lists the address blocks that are not the public internet, from the
// IANA special-purpose registries (RFC 6890 and what followed it). A private
// source may be at those that are marked local.
var special = []struct {
	block string
	name  string
	local bool
}{
	{"169.254.169.254/32", "a cloud's metadata service", false},
	{"fd00:ec2::254/128", "a cloud's metadata service", false},
	{"100.100.100.200/32", "a cloud's metadata service", false},
	{"0.0.0.0/8", "an unspecified address", false},
	{"10.0.0.0/8", "a private address", true},
	{"100.64.0.0/10", "an address of a carrier's own network", true},
	{"127.0.0.0/8", "this machine itself", true},
	{"169.254.0.0/16", "a link-local address", false},
	{"172.16.0.0/12", "a private address", true},
	{"192.0.0.0/24", "a reserved address", false},
	{"192.0.2.0/24", "an address for documentation", false},
	{"192.31.196.0/24", "a reserved address", false},
	{"192.52.193.0/24", "a reserved address", false},
	{"192.88.99.0/24", "a reserved address", false},
	{"192.168.0.0/16", "a private address", true},
	{"192.175.48.0/24", "a reserved address", false},
	{"198.18.0.0/15", "an address for measurements", false},
	{"198.51.100.0/24", "an address for documentation", false},
	{"203.0.113.0/24", "an address for documentation", false},
	{"224.0.0.0/4", "a multicast address", false},
	{"240.0.0.0/4", "a reserved address", false},
	{"::/128", "an unspecified address", false},
	{"::1/128", "this machine itself", true},
	{"::/96", "a reserved address", false},
	{"64:ff9b:1::/48", "a translated private address", false},
	{"100::/64", "a reserved address", false},
	{"2001::/23", "a reserved address", false}, // with Teredo, which hides an IPv4 address
	{"2001:db8::/32", "an address for documentation", false},
	{"3fff::/20", "an address for documentation", false},
	{"5f00::/16", "a reserved address", false},
	{"fc00::/7", "a private address", true},
	{"fe80::/10", "a link-local address", false},
	{"fec0::/10", "a private address", false},
	{"ff00::/8", "a multicast address", false},
}

type block struct {
	prefix netip.Prefix
	name   string
	local  bool
}

func specialBlocks() []block {
	blocks := make([]block, len(special))
	for i, s := range special {
		blocks[i] = block{netip.MustParsePrefix(s.block), s.name, s.local}
	}
	return blocks
}

// refusal says what a is where it may not be dialled, and "" where it may.
func (c *Client) refusal(a netip.Addr, private bool) string {
	a = a.Unmap().WithZone("")
	for _, b := range c.blocks {
		if b.prefix.Contains(a) {
			if private && b.local {
				return ""
			}
			return b.name
		}
	}
	// An IPv4 address in the clothes of NAT64 (RFC 6052) or 6to4 (RFC 3056)
	// reaches what the IPv4 address reaches.
	if a.Is6() {
		b := a.As16()
		switch {
		case netip.MustParsePrefix("64:ff9b::/96").Contains(a):
			return c.refusal(netip.AddrFrom4([4]byte(b[12:16])), private)
		case netip.MustParsePrefix("2002::/16").Contains(a):
			return c.refusal(netip.AddrFrom4([4]byte(b[2:6])), private)
		}
	}
	return ""
}

// dialControl looks at the address that is about to be dialled, after the name
// was resolved: what was looked at is what is connected to.
func (c *Client) dialControl(private bool) func(context.Context, string, string, syscall.RawConn) error {
	return func(_ context.Context, _, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return &refusedAddress{address, "an address that cannot be read"}
		}
		if what := c.refusal(at.Addr(), private); what != "" {
			return &refusedAddress{at.Addr().String(), what}
		}
		return nil
	}
}

type refusedAddress struct{ address, what string }

func (e *refusedAddress) Error() string { return e.address + " is " + e.what }

// CheckURL refuses an address that the client would never fetch, with a
// sentence. It does not resolve names.
func CheckURL(address string) (*url.URL, error) {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	switch {
	case address == "":
		return nil, centre.Invalid("The address is empty; give one like https://example.org/feed.xml.")
	case err != nil:
		return nil, centre.Invalid("The address %q cannot be read as a URL; give one like https://example.org/feed.xml.", clip(address))
	case u.Scheme == "":
		return nil, centre.Invalid("The address %q does not say how to reach it; write https:// before it.", clip(address))
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, centre.Invalid("The address %q begins with %s:, and only http and https addresses are fetched; give such an address.", clip(u.Redacted()), clip(u.Scheme))
	case u.Hostname() == "":
		return nil, centre.Invalid("The address %q names no host; give one like https://example.org/feed.xml.", clip(u.Redacted()))
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// clip shortens outside text for a sentence.
func clip(s string) string {
	const most = 200
	r := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}
