package server_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/desk"
	"entente/internal/policy/system"
	"entente/internal/server"
)

// pushSource adds a source of kind push as Iraq's administrator and makes keys.
func pushSource(t *testing.T, o *office) (centre.ID, server.IntakeKeys) {
	t.Helper()
	v := o.as("irq.administrator")
	added := v.call("POST", "/sources", `{"name":"Partner desk","kind":"push","address":"","marking":"RESTRICTED//REL TO IRQ, SYR"}`)
	if added.status != http.StatusCreated {
		t.Fatalf("%d %s", added.status, added.body)
	}
	var source struct{ ID centre.ID }
	must(t, json.Unmarshal([]byte(added.body), &source))
	made := v.call("POST", "/sources/"+source.ID.String()+"/keys", "")
	var keys server.IntakeKeys
	must(t, json.Unmarshal([]byte(made.body), &keys))
	if made.status != http.StatusCreated || keys.Token == "" {
		t.Fatalf("%d %s", made.status, made.body)
	}
	return source.ID, keys
}

func delivered(t *testing.T, a answered) server.Delivered {
	t.Helper()
	var d server.Delivered
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	must(t, json.Unmarshal([]byte(a.body), &d))
	return d
}

func TestAPublisherBringsDocumentsWithItsToken(t *testing.T) {
	o := open(t)
	id, keys := pushSource(t, o)
	send := func(body string, header ...string) answered {
		return o.nobody().call("POST", "/intake", body, append([]string{"Authorization", "Bearer " + keys.Token}, header...)...)
	}
	d := delivered(t, send(`{"documents":[{"id":"a","text":"The bridge is closed."},{"id":"b"},{"id":"c","title":"Open"}]}`))
	if d.Format != "push" || len(d.Receipts) != 3 || !d.Receipts[0].New || d.Receipts[1].Refused == "" || !d.Receipts[2].New {
		t.Errorf("%+v", d)
	}
	again := delivered(t, send(`{"id":"a","text":"The bridge is closed."}`))
	if again.Receipts[0].New {
		t.Error("the same document was taken twice")
	}
	waiting, err := o.store.Pending(t.Context(), system.Grant("test"), 0, 10)
	must(t, err)
	n := 0
	for _, p := range waiting {
		if p.Source.ID == id {
			n++
			if p.Marking.String() != "RESTRICTED//REL TO IRQ, SYR" {
				t.Errorf("marked %s", p.Marking)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d documents wait, want 2", n)
	}

	var told struct {
		Health struct {
			Good, LastItem *string
			Items          int
			Problems       []string
		}
	}
	must(t, json.Unmarshal([]byte(strings.ReplaceAll(o.as("irq.administrator").call("GET", "/sources/"+id.String(), "").body, "last_item", "lastitem")), &told))
	if h := told.Health; h.Good == nil || h.LastItem == nil || h.Items != 2 {
		t.Errorf("how the source does is not told: %+v", h)
	}

	if d := delivered(t, send(`<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><guid>g</guid><title>From a feed</title></item></channel></rss>`, "Content-Type", "application/rss+xml")); d.Format != "feed" || len(d.Receipts) != 1 {
		t.Errorf("a feed: %+v", d)
	}
	for name, a := range map[string]answered{"no JSON": send(`nonsense`), "nothing": send(` `)} {
		if a.status != http.StatusUnprocessableEntity && a.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestADeliverySentAgainUnderItsNameIsTakenOnce(t *testing.T) {
	o := open(t)
	_, keys := pushSource(t, o)
	send := func(body string) answered {
		return o.nobody().call("POST", "/intake", body, "Authorization", "Bearer "+keys.Token, "Idempotency-Key", "k-1")
	}
	first, second := delivered(t, send(`{"text":"one"}`)), delivered(t, send(`{"text":"one"}`))
	if !first.Receipts[0].New || second.Receipts[0].New || *second.Receipts[0].Document.Value != *first.Receipts[0].Document.Value {
		t.Errorf("%+v then %+v", first, second)
	}
	if a := send(`{"text":"two"}`); a.status != http.StatusConflict {
		t.Errorf("another body under the same name: %d %s", a.status, a.body)
	}
}

func TestABadTokenIsRefusedWithoutTellingWhy(t *testing.T) {
	o := open(t)
	id, old := pushSource(t, o)
	_, keys := func() (centre.ID, server.IntakeKeys) {
		made := o.as("irq.administrator").call("POST", "/sources/"+id.String()+"/keys", "")
		var k server.IntakeKeys
		must(t, json.Unmarshal([]byte(made.body), &k))
		return id, k
	}()
	ask := func(token string) answered {
		return o.nobody().call("POST", "/intake", `{"text":"x"}`, "Authorization", "Bearer "+token)
	}
	if a := ask(keys.Token); a.status != http.StatusOK {
		t.Errorf("the new token: %d %s", a.status, a.body)
	}
	feed := "entente_" + o.sources["own-irq"].String() + "_" + strings.Repeat("a", 52)
	want := ask("nonsense")
	for name, token := range map[string]string{"the one before": old.Token, "none": "", "of no source": "entente_" + centre.RandomID().String() + "_" + strings.Repeat("a", 52),
		"of a feed": feed, "cut": keys.Token[:len(keys.Token)-1], "longer": keys.Token + "a"} {
		if a := ask(token); a.status != http.StatusUnauthorized || a.body != want.body {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if strings.Contains(o.log.String(), keys.Token) || strings.Contains(o.log.String(), keys.WebhookKey) {
		t.Error("the log holds a secret")
	}
	if a := o.as("syr.administrator").call("POST", "/sources/"+id.String()+"/keys", ""); a.status != http.StatusForbidden {
		t.Errorf("another member that sees the source makes keys: %d %s", a.status, a.body)
	}
}

func TestAWebhookIsProvedByItsSignature(t *testing.T) {
	o := open(t)
	id, keys := pushSource(t, o)
	body := `{"id":"w","text":"Signed words."}`
	sign := func(key string) string {
		m := hmac.New(sha256.New, []byte(key))
		m.Write([]byte(body))
		return "sha256=" + hex.EncodeToString(m.Sum(nil))
	}
	path := "/hooks/" + id.String()
	if d := delivered(t, o.nobody().call("POST", path, body, "X-Hub-Signature-256", sign(keys.WebhookKey))); !d.Receipts[0].New {
		t.Errorf("%+v", d)
	}
	for name, signature := range map[string]string{"another key": sign("x"), "none": "", "nonsense": "sha256=zz"} {
		if a := o.nobody().call("POST", path, body, "X-Hub-Signature-256", signature); a.status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestAHubIsConfirmedAndHeard(t *testing.T) {
	o := open(t)
	feed := o.sources["own-irq"]
	callback := desk.HubCallbackOf(derive, feed)
	path := "/hooks/" + feed.String() + "/websub/" + callback.Token
	query := "?" + url.Values{"hub.mode": {"subscribe"}, "hub.topic": {"https://x.example/"}, "hub.challenge": {"<b>echo</b>"}}.Encode()
	a := o.nobody().call("GET", path+query, "")
	if a.status != http.StatusOK || a.body != "<b>echo</b>" || !strings.HasPrefix(a.header.Get("Content-Type"), "text/plain") {
		t.Errorf("%d %q %v", a.status, a.body, a.header)
	}
	if a := o.nobody().call("GET", path+strings.Replace(query, "subscribe", "unsubscribe", 1), ""); a.status != http.StatusNotFound {
		t.Errorf("a hub may end what we want: %d", a.status)
	}
	if a := o.nobody().call("GET", "/hooks/"+feed.String()+"/websub/"+strings.Repeat("a", 52)+query, ""); a.status != http.StatusNotFound {
		t.Errorf("another callback is confirmed: %d", a.status)
	}
	body := `<rss version="2.0"><channel><title>x</title><item><guid>hub-1</guid><title>Told by the hub</title></item></channel></rss>`
	m := hmac.New(sha256.New, []byte(callback.Key))
	m.Write([]byte(body))
	before := waitingOf(t, o, feed)
	for _, signature := range []string{"sha256=00", ""} {
		if a := o.nobody().call("POST", path, body, "X-Hub-Signature", signature); a.status/100 != 2 || waitingOf(t, o, feed) != before {
			t.Errorf("signature %q: %d", signature, a.status)
		}
	}
	if a := o.nobody().call("POST", path, body, "X-Hub-Signature", "sha256="+hex.EncodeToString(m.Sum(nil)), "Content-Type", "application/rss+xml"); a.status/100 != 2 || waitingOf(t, o, feed) != before+1 {
		t.Errorf("signed: %d %s, %d wait", a.status, a.body, waitingOf(t, o, feed))
	}
	if strings.Contains(o.log.String(), callback.Token) {
		t.Error("the log holds the callback")
	}
}

func waitingOf(t *testing.T, o *office, source centre.ID) (n int) {
	t.Helper()
	waiting, err := o.store.Pending(t.Context(), system.Grant("test"), 0, 100)
	must(t, err)
	for _, p := range waiting {
		if p.Source.ID == source {
			n++
		}
	}
	return n
}

func TestFilesWithoutANameAreDocumentsOfTheirOwn(t *testing.T) {
	o := open(t)
	id, keys := pushSource(t, o)
	send := func(body, mediaType string) answered {
		return o.nobody().call("POST", "/intake", body, "Authorization", "Bearer "+keys.Token, "Content-Type", mediaType)
	}
	for _, sent := range [][2]string{
		{"The tunnel opened at ten.\n", "text/plain; charset=utf-8"}, {"The bridge closed at noon.\n", "text/plain"},
		{"<html><body><p>Third.</p></body></html>", "text/html"}, {"title,text\nFourth,words\n", "text/csv"},
		{`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[44.4,33.3]},"properties":{"name":"Fifth"}}]}`, "application/geo+json"},
	} {
		d := delivered(t, send(sent[0], sent[1]))
		if d.Format != "files" || len(d.Receipts) != 1 || d.Receipts[0].ID == "" || !d.Receipts[0].New {
			t.Errorf("%s: %+v", sent[1], d)
		}
		if again := delivered(t, send(sent[0], sent[1])); again.Receipts[0].New {
			t.Errorf("%s: taken twice", sent[1])
		}
	}
	waiting, err := o.store.Pending(t.Context(), system.Grant("test"), 0, 10)
	must(t, err)
	names := map[string]bool{}
	for _, p := range waiting {
		if p.Source.ID == id {
			names[p.Document.ExternalID] = true
		}
	}
	if len(names) != 5 {
		t.Errorf("%d documents, want 5: %v", len(names), names)
	}
	if a := send("\x00\x01\x02\x03 rubbish \xff", "application/octet-stream"); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "of no format that can be read") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestAPastedPasswordIsSealedAndNotShown(t *testing.T) {
	o := open(t)
	v := o.as("irq.administrator")
	added := v.call("POST", "/sources", `{"name":"Wire","kind":"feed","address":"https://desk:open-sesame@wire.example/feed"}`)
	var source struct {
		ID      centre.ID
		Address string
	}
	must(t, json.Unmarshal([]byte(added.body), &source))
	if added.status != http.StatusCreated || source.Address != "https://wire.example/feed" || strings.Contains(added.body, "sesame") {
		t.Errorf("%d %s", added.status, added.body)
	}
	secrets, err := o.store.Secrets(t.Context(), system.Grant("test"), source.ID)
	if err != nil || secrets["user"] != "desk" || secrets["password"] != "open-sesame" {
		t.Errorf("kept %v, %v", secrets, err)
	}
	if a := v.call("GET", "/sources", ""); strings.Contains(a.body, "sesame") || strings.Contains(o.log.String(), "sesame") {
		t.Error("the password is shown or logged")
	}
}
