package page_test

import (
	"strings"
	"testing"

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
