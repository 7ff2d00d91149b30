package fetch

import (
	"net/netip"
	"testing"
	"time"

	"entente/internal/centre"
)

func TestWhatMayBeDialled(t *testing.T) {
	c, err := New(Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		address         string
		public, private bool // may be dialled
	}{
		{"93.184.216.34", true, true},
		{"2606:4700::1111", true, true},
		{"172.15.255.255", true, true},
		{"172.32.0.0", true, true},
		{"100.128.0.1", true, true},
		{"127.0.0.1", false, true},
		{"127.255.1.2", false, true},
		{"::1", false, true},
		{"10.1.2.3", false, true},
		{"172.16.0.1", false, true},
		{"172.31.255.255", false, true},
		{"192.168.1.1", false, true},
		{"100.64.0.1", false, true},
		{"fd12:3456::1", false, true},
		{"::ffff:127.0.0.1", false, true},
		{"::ffff:10.0.0.1", false, true},
		{"64:ff9b::10.0.0.1", false, true},
		{"2002:0a00:0001::1", false, true}, // 6to4 of 10.0.0.1
		{"64:ff9b::5db8:d822", true, true},
		{"169.254.169.254", false, false},
		{"::ffff:169.254.169.254", false, false},
		{"64:ff9b::169.254.169.254", false, false},
		{"2002:a9fe:a9fe::", false, false},
		{"fd00:ec2::254", false, false},
		{"100.100.100.200", false, false},
		{"169.254.1.1", false, false},
		{"fe80::1", false, false},
		{"fe80::1%eth0", false, false},
		{"0.0.0.0", false, false},
		{"0.1.2.3", false, false},
		{"::", false, false},
		{"::ffff:0.0.0.0", false, false},
		{"::7f00:1", false, false}, // the old IPv4-compatible form
		{"224.0.0.1", false, false},
		{"ff02::1", false, false},
		{"255.255.255.255", false, false},
		{"192.0.2.1", false, false},
		{"2001:db8::1", false, false},
		{"2001:0:5ef5:79fd::1", false, false}, // Teredo
		{"64:ff9b:1::1", false, false},
	}
	for _, test := range tests {
		a := netip.MustParseAddr(test.address)
		if got := c.refusal(a, false) == ""; got != test.public {
			t.Errorf("%s for a public source: may be dialled %v, want %v", test.address, got, test.public)
		}
		if got := c.refusal(a, true) == ""; got != test.private {
			t.Errorf("%s for a private source: may be dialled %v, want %v", test.address, got, test.private)
		}
	}
}

func TestAddressesAreCheckedBeforeAnyConnection(t *testing.T) {
	for _, good := range []string{"https://example.org/feed.xml", "http://пример.рф/", " https://example.org ", "http://[2001:db8::1]:8080/"} {
		if _, err := CheckURL(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "example.org", "//example.org/x", "ftp://example.org/", "file:///etc/passwd", "gopher://x", "javascript:alert(1)", "https://", "http://:80/", "http://[::1", "http://a b/", "\x00"} {
		if _, err := CheckURL(bad); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestWhatAHostAsksIsReadAndBounded(t *testing.T) {
	now := time.Date(2015, 9, 26, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"120": 2 * time.Minute, " 5 ": 5 * time.Second, "": 0, "-3": 0, "soon": 0, "99999999": maxRetryAfter, "9999999999999": 0,
		"Sat, 26 Sep 2015 12:10:00 GMT": 10 * time.Minute, "Sat, 26 Sep 2015 11:00:00 GMT": 0,
	} {
		if got := retryAfter(text, now); got != want {
			t.Errorf("Retry-After %q: %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]time.Duration{"public, max-age=60": time.Minute, "no-store": 0, "max-age=x": 0, "MAX-AGE=\"5\"": 5 * time.Second} {
		if got := maxAge(text); got != want {
			t.Errorf("Cache-Control %q: %v, want %v", text, got, want)
		}
	}
}
