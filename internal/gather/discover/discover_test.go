package discover_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/all"
	"entente/internal/gather/discover"
	"entente/internal/gather/fetch"
	"entente/internal/gather/gathertest"
)

const article = `<p>The ministry said on Saturday that the bridge over the river would stay closed until the engineers had looked at its pillars,
which the flood of the last week had laid bare. Ferries carry people and goods to the other bank in the meantime, it said.</p>`

func rss(title, language string, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title><link>https://paper.example/</link><language>%s</language>`, title, language)
	for i := range n {
		fmt.Fprintf(&b, `<item><guid>%s-%d</guid><title>Item %d</title><pubDate>Sat, 26 Sep 2015 0%d:00:00 GMT</pubDate></item>`, title, i, i, i)
	}
	return b.String() + "</channel></rss>"
}

// site serves paths on loopback.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := pages[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		kind := "text/html; charset=utf-8"
		if strings.HasPrefix(text, "<?xml") {
			kind = "application/xml"
		}
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, text)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func find(t *testing.T, address string) ([]discover.Candidate, error) {
	t.Helper()
	client, err := fetch.New(fetch.Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return discover.Finder{Connectors: all.Connectors(), Client: client, Clock: time.Now}.Find(t.Context(), address, true)
}

func must(t *testing.T, found []discover.Candidate, err error) []discover.Candidate {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAFeedIsProposedAsItIs(t *testing.T) {
	base := site(t, map[string]string{"/news.xml": rss("The Paper", "ar", 3)})
	found, err := find(t, base+"/news.xml")
	c := must(t, found, err)[0]
	if len(found) != 1 || c.Source.Kind != "feed" || c.Source.Name != "The Paper" || c.Source.Language != "ar" || len(c.Documents) != 3 {
		t.Errorf("%+v", found)
	}
}

func TestTheFeedsOfAPageAreFoundTheNamedOnesFirst(t *testing.T) {
	base := site(t, map[string]string{
		"/": `<html><head><title>The Paper</title><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments.xml">
			<link rel="alternate" type="application/rss+xml" href="main.xml"><link rel="alternate" type="application/rss+xml" href="/broken.xml"></head>
			<body><a href="/sport/rss.xml">RSS</a>` + article + article + `</body></html>`,
		"/main.xml": rss("Main", "en", 2), "/comments.xml": rss("Comments", "en", 2), "/sport/rss.xml": rss("Sport", "en", 2),
		"/feed": rss("Main", "en", 2), "/rss.xml": rss("Usual place", "en", 1), "/broken.xml": "gone fishing",
	})
	found, err := find(t, base)
	var got []string
	for _, c := range must(t, found, err) {
		got = append(got, c.Source.Kind+" "+strings.TrimPrefix(c.Source.Address, base))
		if c.How == "" || !strings.HasSuffix(c.How, ".") {
			t.Errorf("%s: how %q", c.Source.Address, c.How)
		}
	}
	want := []string{"feed /main.xml", "feed /sport/rss.xml", "feed /comments.xml", "feed /rss.xml", "page /"}
	if !slices.Equal(got, want) && !slices.Equal(got, append(want[:4:4], "page ")) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestAPageWithoutFeedsIsItselfASource(t *testing.T) {
	base := site(t, map[string]string{"/notice": `<html lang="en"><head><title>Notice</title></head><body><article><h1>Bridge closed</h1>` + article + article + `</article></body></html>`})
	found, err := find(t, base+"/notice")
	if c := must(t, found, err)[0]; len(found) != 1 || c.Source.Kind != "page" || len(c.Documents) != 1 {
		t.Errorf("%+v", found)
	}
}

func TestAnOutletOfTheCatalogueBringsItsOwner(t *testing.T) {
	// The address is not fetched: what is known of it is.
	base := site(t, map[string]string{"/x.xml": strings.Replace(rss("TASS", "ru", 1), "https://paper.example/", "https://tass.ru/", 1)})
	found, err := find(t, base+"/x.xml")
	if c := must(t, found, err)[0]; !c.Catalogue || c.Source.Family != "TASS" || c.Source.Ownership != centre.OwnedByState || c.Source.Country != "RUS" {
		t.Errorf("%+v", c.Source)
	}
}

func TestOtherAddressesAreOfferedToTheirConnectors(t *testing.T) {
	found, err := find(t, "tcp://127.0.0.1:1")
	if c := must(t, found, err)[0]; c.Source.Kind != "tracks" || len(c.Problems) == 0 {
		t.Errorf("%+v", found)
	}
}

func TestWhatCannotBeFoundIsSaid(t *testing.T) {
	base := site(t, map[string]string{"/empty": "<html><body></body></html>"})
	for _, address := range []string{"", "no address", base + "/nowhere", base + "/empty", "ftp://files.example/", "http://"} {
		found, err := find(t, address)
		if err == nil {
			t.Errorf("%q: %+v", address, found)
			continue
		}
		if refused, ok := err.(*fetch.Error); ok {
			err = centre.Refuse(refused.Code, "%s", refused.Sentence)
		}
		gathertest.Sentence(t, err)
	}
}

func TestALoopbackAddressIsNotLookedAtForStrangers(t *testing.T) {
	base := site(t, map[string]string{"/": rss("Inside", "en", 1)})
	client, err := fetch.New(fetch.Options{Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if found, err := (discover.Finder{Connectors: all.Connectors(), Client: client, Clock: time.Now}).Find(t.Context(), base, false); err == nil {
		t.Errorf("%+v", found)
	}
}
