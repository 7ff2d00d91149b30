package page_test

import (
	"strings"
	"testing"
	"time"

	"entente/internal/gather/gathertest"
	"entente/internal/gather/page"
)

// TestHostilePagesCostLittle reads pages made to make a careless reader slow.
func TestHostilePagesCostLittle(t *testing.T) {
	for name, body := range map[string]string{
		"paragraphs":  "<html><body>" + strings.Repeat("<p>some text, with a comma</p>", 5_000),
		"divisions":   "<html><body>" + strings.Repeat("<div>some text<br><br>more, text</div>", 2_500),
		"nested":      "<html><body>" + strings.Repeat(strings.Repeat("<div class=article>", 400)+"text, text"+strings.Repeat("</div>", 400), 8),
		"links":       "<html><body><div>" + strings.Repeat("<a href=x>some, text</a>", 5_000),
		"spans":       "<html><body><p>" + strings.Repeat("<span>some, text</span>", 5_000),
		"formatting":  "<html><body>" + strings.Repeat("<b><i>x", 10_000),
		"tables":      "<html><body>" + strings.Repeat("<table><tr><td>some, text", 100) + strings.Repeat("<td>some, text", 3_000),
		"one long":    "<html><body><p>" + strings.Repeat("word, ", 1<<15),
		"attributes":  "<html><body><p " + strings.Repeat("a=b ", 200_000) + ">text",
		"very many":   "<html><body>" + strings.Repeat("<p>text</p>", 45_000),
		"wide, deep":  "<html><body>" + strings.Repeat("<div>", 70) + strings.Repeat("<p class=article>some, text</p>", 20_000),
		"long, deep":  "<html><body>" + strings.Repeat("<div>", 300) + strings.Repeat("word, ", 1<<18),
		"breaks":      "<html><body><div>" + strings.Repeat("text<br><br> ", 12_000),
		"small lists": "<html><body>" + strings.Repeat("<ul><li><a href=x>text, text</a><li>text</ul>", 9_000),
		"one table":   "<html><body><table>" + strings.Repeat("<tr><td>text, text<td><b>text</b>", 9_000),
		"headings":    "<html><body><article>" + strings.Repeat("<h2>some, text</h2><div><img src=x>text</div>", 9_000),
		"many blocks": "<html><head>" + strings.Repeat(`<script type="application/ld+json">{"@type":"Article"}</script>`, 5_000),
	} {
		start := time.Now()
		_, err := page.Parse(t.Context(), body, at(t, "https://example.org/a"), now)
		t.Logf("%s: %v", name, time.Since(start)) // the bound is the test's own time limit: machines differ
		if err != nil {
			gathertest.Sentence(t, err)
		}
	}
}
