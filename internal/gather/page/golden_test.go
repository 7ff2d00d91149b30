package page_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/page"
)

// Every page of testdata has beside it what is read from it.
func TestGolden(t *testing.T) {
	inputs, err := filepath.Glob("testdata/*.html")
	if err != nil || len(inputs) < 4 {
		t.Fatal(inputs, err)
	}
	for _, input := range inputs {
		t.Run(filepath.Base(input), func(t *testing.T) {
			body, err := os.ReadFile(input)
			if err != nil {
				t.Fatal(err)
			}
			a, err := page.Parse(t.Context(), string(body), at(t, "https://example.org/page?id=1"), now)
			got := render(a, err)
			gathertest.Golden(t, input+".golden", got)
		})
	}
}

// render writes down what was read, for a person to check.
func render(a page.Article, err error) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	moment := func(name string, m centre.Moment) {
		if m.Known() {
			line(name, fmt.Sprint(m.Time.Format(time.RFC3339), " ", m.Precision, " ", m.Basis))
		}
	}
	if err != nil {
		line("error", err.Error())
	}
	line("address", a.Canonical)
	line("title", a.Title)
	line("author", a.Author)
	moment("published", a.Published)
	moment("updated", a.Updated)
	line("language", a.Language)
	line("dateline", a.Dateline)
	for _, p := range a.Problems {
		line("problem", p)
	}
	line("text", a.HTML)
	return b.String()
}

// BenchmarkParse reads a page of ordinary size: bytes a second of its HTML.
func BenchmarkParse(b *testing.B) {
	body := article(`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2015-09-26"}</script>`)
	body = strings.Replace(body, "</article>", strings.Repeat(paragraph, 30)+"</article>"+strings.Repeat(`<div><ul><li><a href="/x">Another headline of this site</a></li></ul></div>`, 200), 1)
	base := at(b, "https://example.org/a")
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := page.Parse(b.Context(), body, base, now); err != nil {
			b.Fatal(err)
		}
	}
}
