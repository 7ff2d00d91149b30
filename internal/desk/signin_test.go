package desk

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
)

var monday = time.Date(2015, 10, 5, 9, 0, 0, 0, time.UTC)

func TestThrottleCountsLoginsAndAddresses(t *testing.T) {
	th := newThrottle()
	refused := func(login, address string, at time.Time) bool {
		err := th.allow(at, login, address)
		if err != nil && centre.CodeOf(err) != centre.CodeTooMany {
			t.Fatal(err)
		}
		return err != nil
	}
	for range loginBurst {
		if refused("layla", "192.0.2.1", monday) {
			t.Fatal("refused within the burst")
		}
	}
	if !refused("layla", "192.0.2.2", monday) {
		t.Error("a login is not limited across addresses")
	}
	if refused("layla", "192.0.2.2", monday.Add(loginEvery)) {
		t.Error("a login stays refused after its time")
	}
	th.forgive("layla")
	if refused("layla", "192.0.2.2", monday.Add(loginEvery)) {
		t.Error("attempts are held against somebody who signed in")
	}
	n := 0
	for ; !refused(fmt.Sprintf("login-%d", n), "192.0.2.9", monday); n++ {
	}
	if n != addressBurst {
		t.Errorf("an address may try %d logins at once, not %d", n, addressBurst)
	}
}

// TestThrottleIsBounded: a flood of made-up logins takes no more memory than
// is set, and does not open the door.
func TestThrottleIsBounded(t *testing.T) {
	th := newThrottle()
	for i := range throttledAtAll + 500 {
		_ = th.allow(monday, fmt.Sprintf("login-%d", i), "")
	}
	if len(th.logins) > throttledAtAll {
		t.Errorf("%d logins are remembered", len(th.logins))
	}
	n := 0
	for ; th.allow(monday, fmt.Sprintf("late-%d", n), "") == nil; n++ {
	}
	if n > addressBurst {
		t.Errorf("%d more got through", n)
	}
	later := monday.Add(time.Hour)
	if err := th.allow(later, "somebody new", ""); err != nil || len(th.logins) > 2 {
		t.Errorf("those whose burst is whole again are kept: %d, %v", len(th.logins), err)
	}
}

func TestPasswords(t *testing.T) {
	for password, ok := range map[string]bool{
		"a long enough pass phrase": true,
		"الصبر مفتاح الفرج":         true,
		"тише едешь дальше будешь":  true,
		"eleven char":               false,
		"layla.hassan1":             false,
		"Layla Hassan 99":           false,
		"password1234":              false,
		"P-a-s-s-w-o-r-d-password":  false,
		"ababababababab":            false,
		"парольпароль":              false,
		strings.Repeat("word ", 60): false,
		"a long enough\xff phrase":  false,
	} {
		if err := CheckPassword(password, "layla.hassan"); (err == nil) != ok {
			t.Errorf("%q: %v", password, err)
		} else if err != nil && centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%q: code %q", password, centre.CodeOf(err))
		}
	}
}

func TestLogins(t *testing.T) {
	for text, want := range map[string]string{
		"Layla": "layla", " n.darraji ": "n.darraji", "a1": "a1", "x_y-z": "x_y-z",
		"a": "", ".dot": "", "dot.": "", "läyla": "", "two words": "", strings.Repeat("a", 61): "",
	} {
		if got, err := loginOf(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%q gives %q, %v", text, got, err)
		}
	}
}
