package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/internal/server"
)

// invite makes an account with a password, by the whole way: an administrator
// invites, the invited person redeems.
func (o *office) invite(login, roles, clearance string) *visitor {
	o.t.Helper()
	a := o.as("irq.administrator").call("POST", "/persons", fmt.Sprintf(`{"login":%q,"name":"Invited","roles":[%s],"clearance":%q}`, login, roles, clearance))
	if a.status != http.StatusCreated {
		o.t.Fatal(a.body)
	}
	var invited server.Invited
	must(o.t, json.Unmarshal([]byte(a.body), &invited))
	v := o.nobody()
	if a := v.call("POST", "/invitations/redeem", fmt.Sprintf(`{"token":%q,"password":%q}`, invited.Invitation, password)); a.status != http.StatusOK {
		o.t.Fatal(a.body)
	}
	if a := o.nobody().call("POST", "/invitations/redeem", fmt.Sprintf(`{"token":%q,"password":%q}`, invited.Invitation, password)); a.status != http.StatusNotFound {
		o.t.Errorf("an invitation works twice: %d %s", a.status, a.body)
	}
	o.persons[login] = invited.Person.ID
	return v
}

func credentials(login, password string) string {
	return fmt.Sprintf(`{"login":%q,"password":%q}`, login, password)
}

func TestInvitationAndSignIn(t *testing.T) {
	o := open(t)
	v := o.invite("layla", `"analyst"`, "SECRET")
	a := v.call("GET", "/session", "")
	for _, text := range []string{`"login":"layla"`, `"language":"ar"`, `"time_zone":"Asia/Baghdad"`, `"calendar":"gregory"`} {
		if !strings.Contains(a.body, text) {
			t.Errorf("%s is missing in %s", text, a.body)
		}
	}
	if a := v.call("GET", "/centre/public", ""); !strings.Contains(a.body, `"signed_in":true`) || strings.Contains(a.body, "layla") {
		t.Errorf("the sign-in page of one who is signed in: %s", a.body)
	}
	if a := v.call("DELETE", "/session", ""); a.status != http.StatusNoContent {
		t.Errorf("sign out: %d %s", a.status, a.body)
	}
	if a := v.call("GET", "/centre/public", ""); a.status != http.StatusOK || !strings.Contains(a.body, `"signed_in":false`) {
		t.Errorf("the sign-in page after signing out: %d %s", a.status, a.body)
	}
	if a := v.call("GET", "/session", ""); a.status != http.StatusUnauthorized {
		t.Errorf("after signing out: %d", a.status)
	}
	in := o.nobody()
	if a := in.call("POST", "/session", credentials(" LAYLA ", password)); a.status != http.StatusOK {
		t.Fatalf("sign in: %s", a.body)
	}
	if a := in.call("GET", "/reports", ""); a.status != http.StatusOK {
		t.Errorf("list: %d", a.status)
	}
}

func TestPasswordsThatAreRefused(t *testing.T) {
	o := open(t)
	a := o.as("irq.administrator").call("POST", "/persons", `{"login":"a.long.login.it.is","name":"X","roles":["analyst"],"clearance":"SECRET"}`)
	var invited server.Invited
	a.into(t, &invited)
	for _, weak := range []string{"short", "a.long.login.it.is", "A Long Login It Is 2015", "passwordpassword", "qwertyuiopasdf", "aaaaaaaaaaaaaaaa", strings.Repeat("long words ", 40)} {
		a := o.nobody().call("POST", "/invitations/redeem", fmt.Sprintf(`{"token":%q,"password":%q}`, invited.Invitation, weak))
		if a.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d %s", weak, a.status, a.body)
		}
		if strings.Contains(a.body, weak) {
			t.Errorf("the answer repeats the password: %s", a.body)
		}
	}
	// None of these cost the invitation.
	if a := o.nobody().call("POST", "/invitations/redeem", fmt.Sprintf(`{"token":%q,"password":%q}`, invited.Invitation, password)); a.status != http.StatusOK {
		t.Error(a.body)
	}
}

func TestSignInRefusesEverythingAlike(t *testing.T) {
	o := open(t)
	o.invite("layla", `"analyst"`, "SECRET")
	o.invite("gone", `"analyst"`, "SECRET")
	if a := o.as("irq.administrator").call("PATCH", "/persons/"+o.persons["gone"].String(), `{"suspended":true}`); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	unknown := o.nobody().call("POST", "/session", credentials("nobody-here", password))
	if unknown.status != http.StatusUnauthorized {
		t.Errorf("unknown login: %d", unknown.status)
	}
	for what, body := range map[string]string{
		"wrong password":      credentials("layla", "another long pass phrase"),
		"suspended":           credentials("gone", password),
		"no password yet":     credentials("irq.analyst", password),
		"empty":               credentials("", ""),
		"strange login":       credentials("' OR 1=1 --", password),
		"right hash as input": credentials("layla", "$argon2id$v=19$m=19456,t=2,p=1$"),
	} {
		if a := o.nobody().call("POST", "/session", body); a.status != unknown.status || a.body != unknown.body {
			t.Errorf("%s: %d %s", what, a.status, a.body)
		}
	}
}

func TestSignInIsLimited(t *testing.T) {
	o := open(t)
	o.invite("layla", `"analyst"`, "SECRET")
	limited := func(login, remote string) int {
		for n := range 100 {
			if a := o.nobody().call("POST", "/session", credentials(login, "wrong"), "Remote", remote); a.status == http.StatusTooManyRequests {
				return n
			}
		}
		return -1
	}
	known, unknown := limited("layla", "192.0.2.1:1"), limited("nobody-here", "192.0.2.2:1")
	if known != 8 || unknown != 8 {
		t.Errorf("stopped after %d and %d attempts", known, unknown)
	}
	if a := o.nobody().call("POST", "/session", credentials("layla", password), "Remote", "192.0.2.3:1"); a.status != http.StatusTooManyRequests {
		t.Errorf("the login is not limited from elsewhere: %d", a.status)
	}
	later := opening.Add(time.Minute)
	o.now.Store(&later)
	if a := o.nobody().call("POST", "/session", credentials("layla", password), "Remote", "192.0.2.3:1"); a.status != http.StatusOK {
		t.Errorf("a minute later: %d %s", a.status, a.body)
	}
}

// TestSessionFixation: a token that was in the browser before signing in is
// not the session's afterwards.
func TestSessionFixation(t *testing.T) {
	o := open(t)
	mine := o.as("irq.analyst")
	planted := mine.cookie
	victim := o.nobody()
	victim.cookie = planted
	if a := victim.call("POST", "/demo/session", `{"login":"rus.officer"}`); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	if victim.cookie == planted {
		t.Error("signing in kept the token that was there")
	}
	mine.cookie = planted
	if a := mine.call("GET", "/session", ""); a.status != http.StatusUnauthorized {
		t.Errorf("the planted token works: %s", a.body)
	}
	made := o.nobody()
	made.cookie = "chosen-by-somebody"
	if a := made.call("POST", "/demo/session", `{"login":"rus.officer"}`); a.status != http.StatusOK || made.cookie == "chosen-by-somebody" {
		t.Errorf("a made-up token became a session: %d", a.status)
	}
}

func TestSessionsEnd(t *testing.T) {
	for what, after := range map[string][]time.Duration{
		"idle":     {time.Hour, 2*time.Hour + time.Minute},
		"lifetime": {time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour, time.Hour},
	} {
		t.Run(what, func(t *testing.T) {
			o := open(t)
			v := o.as("irq.analyst")
			for i, d := range after {
				then := o.now.Load().Add(d)
				o.now.Store(&then)
				want := http.StatusOK
				if i == len(after)-1 {
					want = http.StatusUnauthorized
				}
				if a := v.call("GET", "/session", ""); a.status != want {
					t.Fatalf("after step %d: %d, want %d", i, a.status, want)
				}
			}
		})
	}
}

// TestSessionsFromBeforeDoNotComeBack: what a suspension or a new password ends
// stays ended.
func TestSessionsFromBeforeDoNotComeBack(t *testing.T) {
	o := open(t)
	admin := o.as("irq.administrator")
	later := func() {
		then := o.now.Load().Add(time.Minute)
		o.now.Store(&then)
	}
	v := o.invite("layla", `"analyst"`, "SECRET")
	person := "/persons/" + o.persons["layla"].String()
	later()
	for _, suspended := range []string{"true", "false"} {
		if a := admin.call("PATCH", person, `{"suspended":`+suspended+`}`); a.status != http.StatusOK {
			t.Fatal(a.body)
		}
		if a := v.call("GET", "/session", ""); a.status != http.StatusUnauthorized {
			t.Errorf("suspended %s: the session from before reads: %d", suspended, a.status)
		}
	}
	stolen := o.nobody()
	if a := stolen.call("POST", "/session", credentials("layla", password)); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	later()
	var again server.Invited
	a := admin.call("POST", person+"/invitation", "")
	must(t, json.Unmarshal([]byte(a.body), &again))
	v = o.nobody()
	if a := v.call("POST", "/invitations/redeem", fmt.Sprintf(`{"token":%q,"password":%q}`, again.Invitation, password+" anew")); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	if a := stolen.call("GET", "/session", ""); a.status != http.StatusUnauthorized {
		t.Errorf("a session from before the new password reads: %d", a.status)
	}
	if a := v.call("GET", "/session", ""); a.status != http.StatusOK {
		t.Errorf("the session of the new password is refused: %d", a.status)
	}
}

// TestRightsAreThoseOfNow: a session carries who one is, and nothing of what
// one may do.
func TestRightsAreThoseOfNow(t *testing.T) {
	o := open(t)
	admin, v := o.as("irq.administrator"), o.as("irq.officer")
	path := "/reports/" + o.reports["open"].String()
	if a := v.call("GET", path, ""); !strings.Contains(a.body, `"mark":true`) {
		t.Fatal(a.body)
	}
	person := "/persons/" + o.persons["irq.officer"].String()
	if a := admin.call("PATCH", person, `{"roles":["analyst"]}`); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	if a := v.call("GET", path, ""); !strings.Contains(a.body, `"mark":false`) {
		t.Error("a role that was taken away still counts")
	}
	if a := admin.call("PATCH", person, `{"clearance":"UNCLASSIFIED"}`); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	if a := v.call("GET", "/reports?q=zanzibar", ""); !strings.Contains(a.body, `"reports":[]`) {
		t.Error("a clearance that was lowered still counts")
	}
	if a := admin.call("PATCH", person, `{"suspended":true}`); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	if a := v.call("GET", path, ""); a.status != http.StatusUnauthorized {
		t.Errorf("a suspended person reads: %d", a.status)
	}
	if a := admin.call("PATCH", "/persons/"+o.persons["irq.administrator"].String(), `{"suspended":true}`); a.status != http.StatusConflict {
		t.Errorf("the last administrator was taken away: %d %s", a.status, a.body)
	}
}

func TestCookie(t *testing.T) {
	proxied := func(so *setup) { so.TrustProxy = true }
	for _, c := range []struct {
		name       string
		options    []option
		headers    []string
		has, lacks string
	}{
		{"plain", nil, nil, "HttpOnly; SameSite=Lax", "Secure"},
		{"a forwarded scheme that nobody vouches for", nil, []string{"X-Forwarded-Proto", "https"}, "HttpOnly", "Secure"},
		{"behind the proxy", []option{proxied}, []string{"X-Forwarded-Proto", "https"}, "HttpOnly; Secure; SameSite=Lax", "Domain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := open(t, c.options...)
			a := o.nobody().call("POST", "/demo/session", `{"login":"irq.analyst"}`, c.headers...)
			if set := a.header.Get("Set-Cookie"); !strings.Contains(set, c.has) || strings.Contains(set, c.lacks) {
				t.Errorf("cookie %q", set)
			}
		})
	}
}
