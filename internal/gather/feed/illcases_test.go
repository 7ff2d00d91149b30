package feed_test

import (
	"strings"
	"testing"

	"entente/internal/gather/feed"
)

// What breaks the rules of XML is read as it was most likely meant, and named.
func TestIllFormedFeeds(t *testing.T) {
	bad := " | feedproblem=not well-formed"
	runCases(t, rssItem, []oneCase{
		{"ampersand", `<title>Smith & Sons</title>`, "title=Smith & Sons" + bad},
		{"ampersand in a link", `<link>https://e.org/?a=1&copy=2&b=3</link>`, "link=https://e.org/?a=1&copy=2&b=3" + bad},
		{"ampersand in an attribute", `<enclosure url="https://e.org/?a=1&b=2" type="image/png"/>`, "enc=https://e.org/?a=1&b=2 image/png 0" + bad},
		{"reference of HTML", `<title>caf&eacute;&nbsp;noir</title>`, "title=café noir | feedproblem=eacute"},
		{"reference to nothing", `<title>a &nosuch; b</title>`, "title=a &nosuch; b" + bad},
		{"reference to a character that XML has not", `<title>a&#1;b&#x1F;c</title>`, "title=abc" + bad},
		{"control character", "<title>a\x01b</title>", "title=ab" + bad},
		{"less-than sign", `<title>1 < 2</title>`, "title=1 < 2" + bad},
		{"title without an end", `<title>One<link>https://e.org/</link>`, "title=One | link=https://e.org/" + bad},
		{"several elements without an end", `<title>One<guid>g<pubDate>Sat, 26 Sep 2015 14:05:06 GMT<description>d</description>`, "title=One | guid=g | pub=2015-09-26T14:05:06Z second | body=d" + bad},
		{"description without an end", `<title>One</title><description>Text`, "title=One | body=Text" + bad},
		{"end without a beginning", `<title>One</b></title></i><guid>g</guid>`, "title=One | guid=g" + bad},
		{"ends in another order", `<description><b><i>One</b></i> two</description>`, "body=<b><i>One</i></b> two" + bad},
		{"end in another case", `<Title>One</title><guid>g</guid>`, "title=One | guid=g" + bad},
		{"line break of HTML", `<description>One<br>two<img src="x.png">three</description>`, `body=One<br>two<img src="x.png">three` + bad},
		{"attribute without quotes", `<enclosure url=https://e.org/a.png type=image/png length=5/>`, "enc=https://e.org/a.png image/png 5" + bad},
		{"attribute twice", `<enclosure url="https://e.org/a" url="https://e.org/b"/>`, "enc=https://e.org/a  0" + bad},
		{"attribute without a value", `<guid isPermaLink>g</guid>`, "guid=g" + bad},
		{"attribute without space before it", `<enclosure url="https://e.org/a"type="image/png"/>`, "enc=https://e.org/a image/png 0"},
		{"prefix that is not declared", `<foo:bar>x</foo:bar><title>t</title>`, "title=t | feedproblem=foo"},
		{"CDATA without an end", `<title><![CDATA[One</title><guid>g</guid>`, "title=One | guid=g" + bad},
		{"comment without an end", `<title>One</title><!-- what <guid>g</guid>`, "title=One | guid=g" + bad},
		{"declaration inside", `<title>One</title><?xml version="1.0"?><guid>g</guid>`, "title=One | guid=g" + bad},
		{"end of CDATA alone", `<title>a ]]> b</title>`, "title=a ]]> b"},
	})
	runCases(t, asIs, []oneCase{
		{"item without an end", `<rss version="2.0"><channel><item><title>One</title><item><title>Two</title></item></channel></rss>`, "titles=One,Two | whole=true" + bad},
		{"no item has an end", `<rss version="2.0"><channel><item><title>One<item><title>Two</channel></rss>`, "titles=One,Two | whole=true" + bad},
		{"CDATA without an end among items", `<rss><channel><item><title><![CDATA[One</title></item><item><title><![CDATA[Two]]></title></item></channel></rss>`, "titles=One,Two" + bad},
		{"words before the beginning", `Warning: mysql_connect() <rss version="2.0"><channel><item><title>One</title></item></channel></rss>`, "titles=One" + bad},
		{"space before the declaration", "\n\n <?xml version=\"1.0\"?><rss><channel><item><title>One</title></item></channel></rss>", "titles=One"},
		{"words after the end", `<rss><channel><item><title>One</title></item></channel></rss><script>x</script>`, "titles=One" + bad},
		{"breaks off in a title", `<rss><channel><item><title>One</title></item><item><title>Tw`, "titles=One,Tw | whole=false" + bad},
		{"breaks off in a tag", `<rss><channel><item><title>One</title></item><item><title>Two</title><enclosure url="x`, "titles=One,Two | whole=false" + bad},
		{"breaks off in CDATA", `<rss><channel><item><title>One</title></item><item><description><![CDATA[<p>Text`, "titles=One, | whole=false" + bad},
		{"items beside the channel", `<rss version="0.90"><channel><title>T</title></channel><item><title>One</title></item></rss>`, "feed=T | titles=One"},
		{"no channel", `<rss><title>T</title><item><title>One</title></item></rss>`, "feed=T | titles=One"},
		{"a channel alone", `<channel><title>T</title><item><title>One</title></item></channel>`, "feed=T | titles=One"},
		{"something around", `<html5><rss><channel><title>T</title><item><title>One</title></item></channel></rss></html5>`, "feed=T | titles=One"},
		{"wrong namespace", `<rss xmlns="http://example.com/mine"><channel><item><title>One</title></item></channel></rss>`, "titles=One"},
		{"namespace of Userland", `<rss xmlns="http://backend.userland.com/rss2"><channel><item><title>One</title></item></channel></rss>`, "titles=One"},
		{"RSS within a prefix", `<r:rss xmlns:r="http://purl.org/rss/1.0/"><r:channel><r:item><r:title>One</r:title></r:item></r:channel></r:rss>`, "titles=One"},
		{"prefixes that are not declared", `<rss><channel><item><dc:creator>A</dc:creator><content:encoded>c</content:encoded><media:thumbnail url="https://e.org/t"/></item></channel></rss>`, "author=A | body=c | enc=https://e.org/t image/* 0" + bad},
		{"RDF without a namespace", `<RDF><channel><title>T</title></channel><item><title>One</title></item></RDF>`, "feed=T | titles=One"},
		{"one empty item", `<rss><channel><item></item><item><title>One</title></item></channel></rss>`, "titles=One | feedproblem=1 item is empty"},
		{"no items", `<rss version="2.0"><channel><title>T</title></channel></rss>`, "feed=T | items=0"},
		{"nothing inside", `<rss version="2.0"></rss>`, "items=0"},
		{"entities of its own", `<!DOCTYPE rss [<!ENTITY co "Example &amp; Sons">]><rss><channel><title>&co;</title></channel></rss>`, "feed=Example & Sons"},
		{"entities of a document type elsewhere", `<!DOCTYPE rss PUBLIC "-//x//DTD RSS 0.91//EN" "http://e.org/rss.dtd"><rss version="0.91"><channel><title>caf&eacute;</title></channel></rss>`, "feed=café"},
		{"entities outside of the document", `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>a&x;b</title></channel></rss>`, "feed=a&x;b" + bad},
		{"entities in entities", `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>`, "feed=&a;&a;"},
		{"commands to style sheets", `<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><!-- c --><rss><channel><title>T</title></channel></rss>`, "feed=T"},
	})
}

// JSON Feed 1.1 (jsonfeed.org/version/1.1).
func TestJSONItems(t *testing.T) {
	runCases(t, jsonItem, []oneCase{
		{"url and title", `"url":"https://e.org/1","title":"One"`, "guid=1 | link=https://e.org/1 | title=One | format=json"},
		{"title is plain text", `"title":"<b> & c"`, "title=<b> & c"},
		{"external url", `"external_url":"https://e.org/x","title":"x"`, "link=https://e.org/x"},
		{"url before the external one", `"url":"https://e.org/1","external_url":"https://e.org/x"`, "link=https://e.org/1"},
		{"relative url", `"url":"/1"`, "link=https://feeds.example.com/1"},
		{"HTML", `"content_html":"<p>One</p>","content_text":"One"`, "body=<p>One</p> | type=text/html"},
		{"text", `"content_text":"a <b> c"`, "body=a <b> c | type=text/plain"},
		{"summary", `"summary":"S"`, "body=S"},
		{"dates", `"title":"x","date_published":"2015-09-26T14:05:06+03:00","date_modified":"2015-09-27T00:00:00Z"`, "pub=2015-09-26T11:05:06Z second | upd=2015-09-27T00:00:00Z second"},
		{"bad date", `"title":"x","date_published":"soon"`, "pub= | problem=could not"},
		{"authors", `"title":"x","authors":[{"name":"A"},{"name":"B"}]`, "author=A, B"},
		{"author of 1.0", `"title":"x","author":{"name":"A"}`, "author=A"},
		{"language", `"title":"x","language":"fa"`, "lang=fa"},
		{"tags", `"title":"x","tags":["a","b",3,null]`, "prop=category: a, category: b, category: 3"},
		{"attachments", `"title":"x","attachments":[{"url":"https://e.org/a.mp3","mime_type":"audio/mpeg","title":"A","size_in_bytes":120,"duration_in_seconds":3.5}]`, "enc=https://e.org/a.mp3 audio/mpeg 120 A"},
		{"attachment without an address", `"title":"x","attachments":[{"mime_type":"audio/mpeg"}]`, "enc="},
		{"members of wrong types", `"title":7,"url":["x"],"tags":"no","attachments":{},"authors":"me","date_published":5`, "title=7 | problem=could not"},
		{"members that nobody knows", `"title":"x","_blue":{"about":"y"}`, "title=x"},
	})
	runCases(t, asIs, []oneCase{
		{"feed", `{"version":"https://jsonfeed.org/version/1","title":"T","home_page_url":"https://e.org/","feed_url":"https://e.org/f","language":"ar","items":[]}`, "feed=T | site=https://e.org/ | topic=https://e.org/f | feedlang=ar | items=0"},
		{"hub of JSON", `{"version":"https://jsonfeed.org/version/1","title":"T","hubs":[{"type":"rssCloud","url":"https://c.example/"},{"type":"WebSub","url":"https://hub.example/"}],"items":[]}`, "hub=https://hub.example/"},
		{"authors of the feed", `{"version":"https://jsonfeed.org/version/1.1","authors":[{"name":"E"}],"items":[{"id":"1","title":"x"}]}`, "author=E"},
		{"id that is a number", `{"version":"https://jsonfeed.org/version/1","items":[{"id":17,"title":"x"}]}`, "guid=17"},
		{"item that is none", `{"version":"https://jsonfeed.org/version/1","items":[null,5,{},{"id":"1","title":"x"}]}`, "titles=x | feedproblem=3 items are empty"},
		{"JSON that breaks off", `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"x"},{"id":"2","ti`, "titles=x | whole=false | feedproblem=breaks off"},
		{"without a version", `{"title":"T","items":[{"id":"1","title":"x"}]}`, "titles=x"},
		{"byte order mark", "\ufeff" + `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"x"}]}`, "titles=x"},
	})
}

// Sitemaps (sitemaps.org, protocol 0.9), the news extension, and CDF.
func TestSitemapsAndChannels(t *testing.T) {
	urlset := func(text string) string {
		return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">` + text + `</urlset>`
	}
	runCases(t, urlset, []oneCase{
		{"address", `<url><loc>https://e.org/1?a=1&amp;b=2</loc></url>`, "link=https://e.org/1?a=1&b=2 | format=sitemap"},
		{"change", `<url><loc>https://e.org/1</loc><lastmod>2015-09-26T14:05:06+03:00</lastmod></url>`, "upd=2015-09-26T11:05:06Z second | pub="},
		{"news", `<url><loc>https://e.org/1</loc><news:news><news:publication><news:name>The Example</news:name><news:language>ar</news:language></news:publication><news:publication_date>2015-09-26</news:publication_date><news:title>خبر</news:title><news:keywords>a, b</news:keywords></news:news></url>`, "title=خبر | lang=ar | pub=2015-09-26T00:00:00Z day | prop=publisher: The Example, keyword: a, b"},
		{"images are passed over", `<url><loc>https://e.org/1</loc><image:image><image:loc>https://e.org/i.png</image:loc><image:title>I</image:title></image:image></url>`, "link=https://e.org/1 | title="},
		{"no address", `<url><lastmod>2015-09-26</lastmod></url>`, "items=0 | feedproblem=no address"},
	})
	runCases(t, asIs, []oneCase{
		{"without a namespace", `<urlset><url><loc>https://e.org/1</loc></url></urlset>`, "link=https://e.org/1"},
		{"CDF", `<CHANNEL HREF="https://e.org/"><TITLE>T</TITLE><ITEM HREF="https://e.org/1" LASTMOD="2015.09.26T14:05-0500"><TITLE>One</TITLE><ABSTRACT>A</ABSTRACT></ITEM></CHANNEL>`, "format=cdf | feed=T | site=https://e.org/ | title=One | link=https://e.org/1 | body=A | upd=2015-09-26T19:05:00Z minute"},
		{"CDF with a base", `<CHANNEL BASE="https://e.org/a/"><ITEM HREF="1"><TITLE>One</TITLE></ITEM></CHANNEL>`, "link=https://e.org/a/1"},
	})
	f, err := feed.Parse(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://e.org/s1.xml.gz</loc><lastmod>2015-09-26</lastmod></sitemap><sitemap><loc>/s2.xml</loc></sitemap></sitemapindex>`, base(t), now)
	if err != nil || len(f.Maps) != 2 || f.Maps[0].Address != "https://e.org/s1.xml.gz" || !f.Maps[0].Modified.Known() || f.Maps[1].Address != "https://feeds.example.com/s2.xml" {
		t.Errorf("an index: %+v, %v", f, err)
	}
}

func TestCircles(t *testing.T) {
	for name, text := range map[string]string{
		"of GeoRSS": `<georss:circle>33.3 44.4 1000</georss:circle>`,
		"of CAP":    `<cap:circle>33.3,44.4 1</cap:circle>`,
		"of GML":    `<georss:where><gml:CircleByCenterPoint><gml:pos>33.3 44.4</gml:pos><gml:radius uom="m">1000</gml:radius></gml:CircleByCenterPoint></georss:where>`,
	} {
		f, err := feed.Parse(atomEntry(text), base(t), now)
		if err != nil || len(f.Items) != 1 || strings.Count(string(f.Items[0].Geometry), "],[") != 32 {
			t.Fatalf("%s: %+v, %v", name, f, err)
		}
		p := f.Items[0].Geometry.Point()
		if p.Lon < 44.39 || p.Lon > 44.41 || p.Lat < 33.29 || p.Lat > 33.31 {
			t.Errorf("%s: the middle is %v", name, p)
		}
	}
}
