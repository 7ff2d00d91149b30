package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"entente/internal/gather/feed"
	"entente/internal/gather/fetch"
)

// BenchmarkParse reads a feed of 20 items with texts of 600 bytes.
func BenchmarkParse(b *testing.B) {
	var text strings.Builder
	for i := range 20 {
		fmt.Fprintf(&text, `<item><guid>urn:%d</guid><title>What happened on day %d</title><link>https://example.org/%d</link><pubDate>Sat, 26 Sep 2015 14:05:06 GMT</pubDate><dc:creator>A. Writer</dc:creator><category>News</category><description><![CDATA[<p>%s</p>]]></description></item>`,
			i, i, i, strings.Repeat("The four states will gather information together. ", 12))
	}
	body := []byte(rssChannel(text.String()))
	at := base(b)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if f, err := feed.Parse(fetch.ToUTF8(body, "").UTF8, at, now); err != nil || len(f.Items) != 21 {
			b.Fatal(err)
		}
	}
}
