package page_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/page"
)

const paragraph = "<p>Officers of four states met in Baghdad on Saturday, and agreed how their common centre would gather, process and analyse what is known, who would head it, and for how long.</p>"

func article(head string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A centre in Baghdad</title>` + head + `</head><body><nav><a href="/">Home</a></nav><article><h1>A centre in Baghdad</h1>` +
		strings.Repeat(paragraph, 6) + `</article></body></html>`
}

func TestContract(t *testing.T) {
	gathertest.RunWeb(t, gathertest.Web{
		Connector: page.New(), ContentType: "text/html",
		Body: article(`<meta property="article:published_time" content="2015-09-26T14:05:06Z">`), Documents: 1,
		Undated: article(""), UndatedHas: 1,
		Broken: "<html><body><script>render()</script></body></html>",
	})
}

// The header of the answer declares the language where neither the page nor the source
// does.
func TestTheLanguageOfTheAnswer(t *testing.T) {
	body, header := "", ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Language", header)
		fmt.Fprint(w, body)
	}))
	defer server.Close()
	silent := strings.Replace(article(""), ` lang="en"`, "", 1)
	for _, test := range []struct{ body, header, source, want string }{
		{silent, "", "", ""}, {silent, "fa", "", "fa"}, {silent, "en", "fa", "fa"}, {article(""), "fa", "", "en"},
	} {
		body, header = test.body, test.header
		got := gathertest.Collect(t, gathertest.Subject{Connector: page.New(), Client: gathertest.Client(t),
			Source: centre.Source{ID: 1, Kind: "page", Address: server.URL + "/a", Private: true, Language: test.source}}, nil)
		if got.Err != nil || len(got.Documents) != 1 || got.Documents[0].Language != test.want {
			t.Errorf("header %q, source %q: %+v, %v, want %q", test.header, test.source, got.Documents, got.Err, test.want)
		}
	}
}
