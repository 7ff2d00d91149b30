package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entente/internal/gather/fetch"
	"entente/internal/translate"
)

// withTranslation gives the centre a provider: an HTTP server on this machine
// that speaks LibreTranslate's API and counts what it is given.
func withTranslation(t *testing.T) (option, *[]string) {
	given := &[]string{}
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var q struct{ Q []string }
		must(t, json.NewDecoder(r.Body).Decode(&q))
		*given = append(*given, q.Q...)
		out := make([]string, len(q.Q))
		for i, s := range q.Q {
			out[i] = "«" + s + "»"
		}
		must(t, json.NewEncoder(w).Encode(map[string]any{"translatedText": out}))
	}))
	t.Cleanup(provider.Close)
	client, err := fetch.New(fetch.Options{Version: "test", Clock: time.Now})
	must(t, err)
	t.Cleanup(client.Close)
	p, err := translate.New(translate.Config{Kind: translate.KindLibreTranslate, URL: provider.URL}, client)
	must(t, err)
	return func(so *setup) { so.translator = p }, given
}

func TestATextIsTranslatedOnceItsOriginatorConsented(t *testing.T) {
	with, given := withTranslation(t)
	o := open(t, with)
	path := "/reports/" + o.reports["open-ru"].String() + "/translations"
	rus, admin := o.as("rus.analyst"), o.as("irq.administrator") // IRQ is the originator

	if a := rus.call("POST", path, `{"language":"fa"}`); a.status != 403 || !strings.Contains(a.body, "IRQ has not consented") || len(*given) > 0 {
		t.Fatalf("before any consent: %d %s, given %q", a.status, a.body, *given)
	}
	var state struct{ Provider string }
	must(t, json.Unmarshal([]byte(admin.call("GET", "/translation", "").body), &state))
	consent := `{"provider":"` + state.Provider + `","level":"UNCLASSIFIED","reason":"Public news."}`
	for who, status := range map[string]int{"irq.analyst": 403, "irq.officer": 403, "rus.administrator": 200, "irq.administrator": 200} {
		if a := o.as(who).call("PUT", "/translation/consent", consent); a.status != status {
			t.Errorf("consent by %s: %d %s", who, a.status, a.body)
		}
	}
	a := rus.call("POST", path, `{"language":"fa"}`)
	if a.status != 200 || !strings.Contains(a.body, `"start":0`) || !strings.Contains(a.body, "«Встреча в Багдаде»") || !strings.Contains(a.body, `"provider":"libretranslate at 127.0.0.1:`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	n := len(*given)
	if a := o.as("syr.analyst").call("POST", path, `{"language":"fa"}`); a.status != 200 || len(*given) != n {
		t.Errorf("the kept translation was not used: %d, %d texts given", a.status, len(*given)-n)
	}
	secret := "/reports/" + o.reports["secret-irq"].String() + "/translations"
	if a := o.as("irq.analyst").call("POST", secret, `{"language":"ru"}`); a.status != 403 || !strings.Contains(a.body, "up to UNCLASSIFIED alone") || len(*given) != n {
		t.Errorf("above the consent: %d %s", a.status, a.body)
	}
	if a := rus.call("POST", secret, `{"language":"ru"}`); a.status != 404 || len(*given) != n {
		t.Errorf("what is hidden: %d %s", a.status, a.body)
	}
	if a := rus.call("POST", path, `{"language":"nonsense-language"}`); a.status != 422 {
		t.Errorf("no language: %d %s", a.status, a.body)
	}
	if a := admin.call("DELETE", "/translation/consent?provider="+strings.ReplaceAll(state.Provider, " ", "%20"), ""); a.status != 200 || strings.Contains(a.body, `"member":"IRQ"`) || !strings.Contains(a.body, `"member":"RUS"`) {
		t.Errorf("withdrawing: %d %s", a.status, a.body)
	}
	if a := rus.call("POST", path, `{"language":"ar"}`); a.status != 403 {
		t.Errorf("after the consent was withdrawn: %d %s", a.status, a.body)
	}
}

func TestACentreWithoutAProviderSaysSo(t *testing.T) {
	o := open(t)
	a := o.as("irq.analyst").call("POST", "/reports/"+o.reports["open-ru"].String()+"/translations", `{"language":"fa"}`)
	if a.status != 503 || !strings.Contains(a.body, "no translation provider") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := o.as("irq.administrator").call("PUT", "/translation/consent", `{"provider":"p","level":"SECRET","reason":"r"}`); a.status != 422 {
		t.Errorf("consent to nobody: %d %s", a.status, a.body)
	}
}

func TestADigestIsMadeOfTheReportAlone(t *testing.T) {
	o := open(t)
	body := strings.Join([]string{
		"The river ferry at Samawah moved to the other bank on Monday, the port office said.",
		"It was a cold and windy day for those who had come early.",
		"The port office moved the ferry because the river had washed away the old landing on the bank.",
		"Somebody sold tea to the people who waited for their turn there.",
		"The ferry will stay on the other bank until the river falls, said the port office.",
		"A dog slept beside the gate through the whole of the long morning.",
		"Three lorries with onions came from Najaf and turned round again before noon.",
		"Their drivers had heard of the change from a shepherd on the road, they complained.",
		"Nobody had thought of putting up a sign where the road leaves the town.",
		"Children of the quarter showed the way for a coin or for an apple."}, " ")
	id := o.take("wire", "ferry", "Ferry moves to the other bank", body, "").String()
	a := o.as("syr.analyst").call("GET", "/reports/"+id+"/digest?language=ru", "")
	var d struct {
		Summary []struct {
			Start, End int
			Text       string
		}
	}
	must(t, json.Unmarshal([]byte(a.body), &d))
	if a.status != 200 || len(d.Summary) != 4 || d.Summary[0].Text != body[:strings.Index(body, " It was")] {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := o.as("rus.analyst").call("GET", "/reports/"+o.reports["secret-irq"].String()+"/digest", ""); a.status != 404 {
		t.Errorf("a digest of what is hidden: %d %s", a.status, a.body)
	}
}
