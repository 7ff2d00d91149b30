package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"entente/internal/gather/feed"
	"entente/internal/gather/gathertest"
)

// many makes an RSS feed that takes several batches.
func many(date string, n int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Example</title><link>https://example.org/</link>`)
	for i := range n {
		fmt.Fprintf(&b, "<item><guid>urn:%d</guid><title>Item %d</title><link>/items/%d</link><description>What item %d says.</description>%s</item>\n", i, i, i, i, date)
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

func TestContract(t *testing.T) {
	gathertest.RunWeb(t, gathertest.Web{
		Connector: feed.New(), ContentType: "application/rss+xml",
		Body: many("<pubDate>Sat, 26 Sep 2015 14:05:06 GMT</pubDate>", 450), Documents: 450,
		Undated: many("", 3), UndatedHas: 3,
		Broken: "<html><head><title>No feed</title></head><body>Hello</body></html>",
	})
}
