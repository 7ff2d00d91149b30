package server_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

func nowhere() time.Time { return opening }

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// TestNoSecretInTheLog: what people type, and what they carry, is not logged.
func TestNoSecretInTheLog(t *testing.T) {
	o := open(t)
	v := o.invite("layla", `"analyst"`, "SECRET")
	o.nobody().call("POST", "/session", credentials("layla", "a wrong pass phrase"))
	o.nobody().call("POST", "/session", `{"login":"layla","password":12345678,"pass phrase":"a wrong pass phrase"}`)
	v.call("GET", "/reports?q=zanzibar+matter", "")
	v.call("GET", "/reports?q=%28", "")
	log := o.log.String()
	for _, secret := range []string{password, "pass phrase", v.cookie, "zanzibar", "argon2id", "layla."} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
	if !strings.Contains(log, "path=/api/v1/reports status=200") {
		t.Errorf("requests are not logged:\n%s", log)
	}
}

// TestNoSecretInValidationErrors: huma tells which value did not fit; we do not.
func TestNoSecretInValidationErrors(t *testing.T) {
	o := open(t)
	a := o.nobody().call("POST", "/session", `{"login":"layla","password":12345678}`)
	if a.status != http.StatusUnprocessableEntity || strings.Contains(a.body, "12345678") || !strings.Contains(a.body, "body.password") {
		t.Errorf("%d %s", a.status, a.body)
	}
	long := strings.Repeat("pass phrase ", 100)
	if a := o.nobody().call("POST", "/session", credentials("layla", long)); a.status != http.StatusUnprocessableEntity || strings.Contains(a.body, "pass phrase") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// faulty is a store whose searches fail as a broken database does.
type faulty struct {
	store.Store
	err error
}

func (f faulty) Search(context.Context, policy.View, query.Node, store.Page) (store.ReportPage, error) {
	if f.err == nil {
		panic("index out of range in zanzibar")
	}
	return store.ReportPage{}, f.err
}

// TestFaults: what went wrong inside is for the log; the person gets a number.
func TestFaults(t *testing.T) {
	o := open(t, withStore(func(s store.Store) store.Store {
		return faulty{s, errors.New("no such column: zanzibar.secret")}
	}))
	a := o.as("irq.analyst").call("GET", "/reports", "")
	var p struct{ Instance, Code, Detail string }
	a.into(t, &p)
	if a.status != http.StatusInternalServerError || p.Code != "fault" || strings.Contains(a.body, "zanzibar") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if p.Instance == "" || !strings.Contains(o.log.String(), "instance="+p.Instance) || !strings.Contains(o.log.String(), "no such column") {
		t.Errorf("the log does not have %q:\n%s", p.Instance, o.log.String())
	}

	full := open(t, withStore(func(s store.Store) store.Store {
		return faulty{s, &centre.Error{Code: centre.CodeUnavailable, Message: "The disk is full; make room and try again.", Cause: errors.New("write /var/lib/x: no space")}}
	}))
	if a := full.as("irq.analyst").call("GET", "/reports", ""); a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "The disk is full") || strings.Contains(a.body, "/var/lib") {
		t.Errorf("%d %s", a.status, a.body)
	}

	broken := open(t, withStore(func(s store.Store) store.Store { return faulty{Store: s} }))
	if a := broken.as("irq.analyst").call("GET", "/reports", ""); a.status != http.StatusInternalServerError || strings.Contains(a.body, "zanzibar") {
		t.Errorf("a panic: %d %s", a.status, a.body)
	}
}
