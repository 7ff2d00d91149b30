package feed_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/feed"
	"entente/internal/gather/fetch"
)

func TestAFeedBehindAPasswordIsReadAndItsAddressesCarryNone(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, ok := r.BasicAuth(); !ok || user != "desk" || password != "open sesame" {
			w.Header().Set("WWW-Authenticate", "Basic")
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Wire</title><item><title>One</title><link>/one</link></item></channel></rss>`)
	}))
	t.Cleanup(server.Close)
	client, err := fetch.New(fetch.Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	look := func(s centre.Source) (gather.Previewed, error) {
		s.Kind, s.Private = "feed", true
		return gather.Preview(t.Context(), []gather.Connector{feed.New()}, client, time.Now(), s)
	}
	with := map[string]string{"user": "desk", "password": "open sesame"}
	for name, s := range map[string]centre.Source{
		"secrets":                   {Address: server.URL, Secrets: with},
		"an address of older times": {Address: strings.Replace(server.URL, "://", "://desk:open%20sesame@", 1)},
	} {
		seen, err := look(s)
		if err != nil || len(seen.Documents) != 1 || seen.Documents[0].URL != server.URL+"/one" {
			t.Errorf("%s: %+v, %v", name, seen.Documents, err)
		}
	}
	if _, err := look(centre.Source{Address: server.URL}); err == nil || strings.Contains(err.Error(), "sesame") {
		t.Errorf("without: %v", err)
	}
}
