package feed_test

import "testing"

// The constructs of RFC 4287 in an entry.
func TestAtomEntries(t *testing.T) {
	runCases(t, atomEntry, []oneCase{
		{"title without a type", `<title>A &lt; B</title>`, "title=A < B"},
		{"title of text keeps what looks like a tag", `<title type="text">The &lt;title> element</title>`, "title=The <title> element"},
		{"title of text in CDATA", `<title><![CDATA[<b>]]></title>`, "title=<b>"},
		{"title of HTML", `<title type="html">The &lt;b>bold&lt;/b> one</title>`, "title=The bold one"},
		{"title of HTML with a reference", `<title type="html">&amp;lt;title> &amp;amp; more</title>`, "title=<title> & more"},
		{"title of HTML in CDATA", `<title type="html"><![CDATA[A &lt; B]]></title>`, "title=A < B"},
		{"title of XHTML", `<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A &lt; <em>B</em></div></title>`, "title=A < B"},
		{"title of XHTML with a prefix", `<title type="xhtml"><xhtml:div>The <xhtml:i>one</xhtml:i></xhtml:div></title>`, "title=The one"},

		{"content without a type", `<content>a &lt;b> c</content>`, "body=a <b> c | type=text/plain"},
		{"content of text", `<content type="text">a &amp; b</content>`, "body=a & b | type=text/plain"},
		{"content of HTML", `<content type="html">&lt;p>One&lt;/p></content>`, "body=<p>One</p> | type=text/html"},
		{"content of XHTML", `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b> &amp; three</p></div></content>`, "body=<p>One <b>two</b> &amp; three</p> | type=text/html"},
		{"content of XHTML with a prefix", `<content type="xhtml"><xhtml:div><xhtml:p class="c">One<xhtml:br/>two</xhtml:p></xhtml:div></content>`, `body=<p class="c">One<br>two</p>`},
		{"content of XHTML that is text alone", `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Just text</div></content>`, "body=Just text | type=text/html"},
		{"content of a MIME type of text", `<content type="text/plain">a &lt;b></content>`, "body=a <b> | type=text/plain"},
		{"content of text/html", `<content type="text/html">&lt;p>One&lt;/p></content>`, "body=<p>One</p> | type=text/html"},
		{"content of XML", `<content type="application/xhtml+xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p></div></content>`, "body=<p>One</p> | type=text/html"},
		{"content in Base64", `<content type="text/html; charset=utf-8" mode="base64">PHA+T25lPC9wPg==</content>`, "body=<p>One</p> | type=text/html"},
		{"content that is an image", `<content type="image/png">iVBORw0KGgo=</content><summary>A picture.</summary>`, "body=A picture."},
		{"content elsewhere", `<content src="https://example.org/c.html" type="text/html"/><summary>S</summary>`, "body=S | link=https://example.org/c.html"},
		{"summary alone", `<summary>S</summary>`, "body=S | type=text/plain"},
		{"summary of HTML", `<summary type="html">&lt;i>S&lt;/i></summary>`, "body=<i>S</i> | type=text/html"},
		{"content before summary", `<summary>S</summary><content>C</content>`, "body=C"},

		{"links in HTML by xml:base", `<content type="html" xml:base="https://e.org/a/">&lt;a href="b">x&lt;/a></content>`, `body=<a href="https://e.org/a/b">x</a>`},
		{"links in XHTML by xml:base", `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="https://e.org/a/"><img src="b.png"/></div></content>`, `body=<img src="https://e.org/a/b.png">`},
		{"bases within bases", `<content type="xhtml" xml:base="https://e.org/a/"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="c/"><a href="d">x</a></div></content>`, `body=<a href="https://e.org/a/c/d">x</a>`},

		{"alternate", `<link rel="alternate" href="https://example.org/1"/>`, "link=https://example.org/1"},
		{"link without a relation", `<link href="https://example.org/1"/>`, "link=https://example.org/1"},
		{"relation by its address", `<link rel="http://www.iana.org/assignments/relation/alternate" href="https://example.org/1"/>`, "link=https://example.org/1"},
		{"alternate of HTML before another", `<link rel="alternate" type="application/pdf" href="https://e.org/p"/><link rel="alternate" type="text/html" href="https://e.org/h"/>`, "link=https://e.org/h"},
		{"self is no page", `<id>urn:1</id><link rel="self" href="https://e.org/s"/>`, "link="},
		{"edit is no page", `<id>urn:1</id><link rel="edit" href="https://e.org/s"/>`, "link="},
		{"related where there is nothing else", `<id>urn:1</id><link rel="related" href="https://e.org/r"/>`, "link=https://e.org/r"},
		{"id that is an address", `<id>https://example.org/1</id>`, "guid=https://example.org/1 | link=https://example.org/1"},
		{"relative link", `<link href="1"/>`, "link=https://feeds.example.com/dir/1"},
		{"relative link with xml:base", `<link xml:base="https://e.org/a/" href="../1"/>`, "link=https://e.org/1"},
		{"link in single quotes", `<link href='https://example.org/1'/>`, "link=https://example.org/1"},
		{"link with references", `<link href="https://example.org/?a=1&amp;b=2"/>`, "link=https://example.org/?a=1&b=2"},
		{"enclosure", `<id>urn:1</id><link rel="enclosure" href="https://e.org/a.mp3" length="7" type="audio/mpeg" title="A"/>`, "enc=https://e.org/a.mp3 audio/mpeg 7 A | link="},

		{"author", `<author><name>A. Writer</name><email>a@example.org</email><uri>https://e.org/</uri></author>`, "author=A. Writer"},
		{"authors", `<author><name>A</name></author><author><name>B</name></author>`, "author=A, B"},
		{"author with an address alone", `<author><email>a@example.org</email></author>`, "author=a@example.org"},
		{"contributor is no author", `<id>urn:1</id><contributor><name>C</name></contributor>`, "author= | prop=contributor: C"},
		{"author of the source", `<id>urn:1</id><source><title>S</title><id>urn:s</id><link href="https://s.example/"/><updated>2001-01-01T00:00:00Z</updated><author><name>Of the source</name></author></source>`, "author=Of the source | guid=urn:1 | link= | upd= | prop=source: S"},

		{"published and updated", `<published>2015-09-26T14:05:06Z</published><updated>2015-09-27T14:05:06+03:00</updated>`, "pub=2015-09-26T14:05:06Z second | upd=2015-09-27T11:05:06Z second"},
		{"updated alone is not the publication", `<updated>2015-09-27T14:05:06Z</updated>`, "pub= | upd=2015-09-27T14:05:06Z second"},
		{"fractions of a second", `<published>2015-09-26T14:05:06.25Z</published>`, "pub=2015-09-26T14:05:06Z second"},
		{"lower case", `<published>2015-09-26t14:05:06z</published>`, "pub=2015-09-26T14:05:06Z second"},
		{"day of the year", `<published>2015-269</published>`, "pub=2015-09-26T00:00:00Z day"},
		{"week", `<published>2015-W39-6T14:05:06Z</published>`, "pub=2015-09-26T14:05:06Z second"},

		{"category by label", `<id>urn:1</id><category term="pol" scheme="s" label="Politics"/>`, "prop=category: Politics"},
		{"category by term", `<id>urn:1</id><category term="pol"/>`, "prop=category: pol"},
		{"rights", `<id>urn:1</id><rights type="text">© 2015 E &amp; Sons</rights>`, "prop=rights: © 2015 E & Sons"},
		{"language of the content", `<content xml:lang="ru">Текст</content>`, "lang=ru"},
		{"unknown elements are passed over", `<title>x</title><x:y xmlns:x="urn:x"><x:title>not this</x:title></x:y>`, "title=x"},
		{"thumbnail of Media RSS", `<title>x</title><media:thumbnail url="https://e.org/t.jpg"/>`, "enc=https://e.org/t.jpg image/* 0"},

		{"elements of CAP", `<title>Flood</title><cap:identifier>1.2</cap:identifier><cap:sent>2015-09-26T14:05:06-00:00</cap:sent><cap:status>Actual</cap:status><cap:msgType>Alert</cap:msgType><cap:severity>Severe</cap:severity><cap:urgency>Expected</cap:urgency><cap:areaDesc>Basra</cap:areaDesc><cap:polygon>30,47 31,47 31,48 30,47</cap:polygon><cap:geocode><valueName>UGC</valueName><value>X1</value></cap:geocode>`,
			`title=Flood | prop=identifier: 1.2, sent: 2015-09-26T14:05:06-00:00, status: Actual, msgType: Alert, severity: Severe, urgency: Expected, areaDesc: Basra, geocode: UGC: X1 | geo={"type":"Polygon","coordinates":[[[47,30],[47,31],[48,31],[47,30]]]}`},
		{"geocode with the prefix", `<title>x</title><cap:geocode><cap:valueName>FIPS</cap:valueName><cap:value>1</cap:value></cap:geocode>`, "prop=geocode: FIPS: 1"},
	})
}

func TestAtomFeeds(t *testing.T) {
	runCases(t, atomFeed, []oneCase{
		{"title, link and language", `<title>A</title><link href="https://example.org/"/>`, "feed=A | site=https://example.org/ | format=atom"},
		{"title of HTML", `<title type="html">&lt;i>A&lt;/i></title>`, "feed=A"},
		{"self and hub", `<link rel="self" href="https://example.org/feed"/><link rel="hub" href="https://hub.example/"/>`, "hub=https://hub.example/ | topic=https://example.org/feed | site="},
		{"author of the feed", `<author><name>Editor</name></author>`, "author=Editor"},
		{"its subtitle is not the title", `<subtitle>sub</subtitle><title>A</title>`, "feed=A"},
		{"next page is nothing of ours", `<link rel="next" href="https://example.org/2"/>`, "site="},
	})
	runCases(t, asIs, []oneCase{
		{"language of the feed", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>A</title><entry><title>x</title></entry></feed>`, "feedlang=fa | lang="},
		{"language of an entry", `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><entry xml:lang="ar"><title>x</title></entry></feed>`, "feedlang=fa | lang=ar"},
		{"base of the feed", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.org/a/"><entry><link href="b"/></entry></feed>`, "link=https://e.org/a/b"},
		{"base of the feed and the entry", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.org/a/"><entry xml:base="c/"><link href="b"/></entry></feed>`, "link=https://e.org/a/c/b"},
		{"entry as the root", `<entry xmlns="http://www.w3.org/2005/Atom"><title>Alone</title></entry>`, "title=Alone | items=1"},
		{"prefix for all", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>F</a:title><a:entry><a:title>x</a:title><a:link href="https://e.org/"/></a:entry></a:feed>`, "feed=F | title=x | link=https://e.org/"},
		{"prefix that usually means another", `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://purl.org/dc/elements/1.1/"><entry><title>x</title><media:creator>C</media:creator></entry></feed>`, "author=C"},
		{"without a namespace", `<feed><title>F</title><entry><title>x</title><link href="https://e.org/"/><updated>2015-09-26T00:00:00Z</updated></entry></feed>`, "feed=F | title=x | link=https://e.org/ | upd=2015-09-26T00:00:00Z second"},
		{"without entries", `<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title></feed>`, "feed=F | items=0"},
	})
}

func TestAtom03(t *testing.T) {
	runCases(t, atom03, []oneCase{
		{"dates", `<title>x</title><issued>2015-09-26T01:02:03Z</issued><modified>2015-09-27T01:02:03Z</modified><created>2015-09-25T01:02:03Z</created>`, "pub=2015-09-26T01:02:03Z second | upd=2015-09-27T01:02:03Z second"},
		{"created alone", `<title>x</title><created>2015-09-25T01:02:03Z</created>`, "pub=2015-09-25T01:02:03Z second"},
		{"content escaped", `<content type="text/html" mode="escaped">&lt;p>c&lt;/p></content>`, "body=<p>c</p> | type=text/html"},
		{"content of XML", `<content type="application/xhtml+xml" mode="xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>c</p></div></content>`, "body=<p>c</p> | type=text/html"},
		{"content in Base64", `<content type="text/plain" mode="base64">Q29udGVudA==</content>`, "body=Content | type=text/plain"},
		{"title escaped", `<title type="text/html" mode="escaped">a &lt;b>c&lt;/b></title>`, "title=a c"},
		{"link", `<title>x</title><link rel="alternate" type="text/html" href="https://e.org/1"/>`, "link=https://e.org/1"},
		{"author", `<title>x</title><author><name>A</name><url>https://e.org/</url></author>`, "author=A"},
	})
}

// GeoRSS (georss.org: Simple and GML) and W3C geo; every form in both orders of axes.
func TestPlaces(t *testing.T) {
	box := `{"type":"Polygon","coordinates":[[[44,33],[45,33],[45,34],[44,34],[44,33]]]}`
	runCases(t, atomEntry, []oneCase{
		{"point", `<georss:point>33.3 44.4</georss:point>`, "geo=point 44.4 33.3"},
		{"point with space around", "<georss:point>\n 33.3   44.4\n</georss:point>", "geo=point 44.4 33.3"},
		{"point with a comma", `<georss:point>33.3, 44.4</georss:point>`, "geo=point 44.4 33.3"},
		{"point of the south and west", `<georss:point>-33.3 -44.4</georss:point>`, "geo=point -44.4 -33.3"},
		{"point of nowhere", `<title>x</title><georss:point>0 0</georss:point>`, "geo="},
		{"point outside of the world", `<title>x</title><georss:point>133 44</georss:point>`, "geo= | problem=could not be read as latitude"},
		{"point of words", `<title>x</title><georss:point>here there</georss:point>`, "geo= | problem=could not be read as latitude"},
		{"point of one number", `<title>x</title><georss:point>33.3</georss:point>`, "geo= | problem=could not be read"},
		{"point that is empty", `<title>x</title><georss:point/>`, "geo="},
		{"line", `<georss:line>33 44 34 45</georss:line>`, `geo={"type":"LineString","coordinates":[[44,33],[45,34]]}`},
		{"polygon", `<georss:polygon>33 44 33 45 34 45 33 44</georss:polygon>`, `geo={"type":"Polygon","coordinates":[[[44,33],[45,33],[45,34],[44,33]]]}`},
		{"polygon that is open", `<georss:polygon>33 44 33 45 34 45</georss:polygon>`, `geo={"type":"Polygon","coordinates":[[[44,33],[45,33],[45,34],[44,33]]]}`},
		{"box", `<georss:box>33 44 34 45</georss:box>`, "geo=" + box},
		{"box over the date line", `<georss:box>10 179 11 -179</georss:box>`, `geo={"type":"MultiPolygon","coordinates":[[[[179,10],[180,10],[180,11],[179,11],[179,10]]],[[[-180,10],[-179,10],[-179,11],[-180,11],[-180,10]]]]}`},
		{"box upside down", `<title>x</title><georss:box>34 44 33 45</georss:box>`, "geo= | problem=could not"},
		{"circle without a radius is a point", `<georss:circle>33 44 0</georss:circle>`, "geo=point 44 33"},
		{"points", `<georss:point>33 44</georss:point><georss:point>34 45</georss:point>`, `geo={"type":"MultiPoint","coordinates":[[44,33],[45,34]]}`},
		{"point and box", `<georss:point>33 44</georss:point><georss:box>33 44 34 45</georss:box>`, `geo={"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[44,33]},` + box + `]}`},
		{"name of a feature", `<georss:point>33.3 44.4</georss:point><georss:featurename>Baghdad</georss:featurename>`, "geo=point 44.4 33.3 | prop=place: Baghdad"},
		{"point of GML", `<georss:where><gml:Point><gml:pos>33.3 44.4</gml:pos></gml:Point></georss:where>`, "geo=point 44.4 33.3"},
		{"point of GML in EPSG 4326", `<georss:where><gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>33.3 44.4</gml:pos></gml:Point></georss:where>`, "geo=point 44.4 33.3"},
		{"point of GML in CRS84", `<georss:where><gml:Point srsName="urn:ogc:def:crs:OGC:1.3:CRS84"><gml:pos>44.4 33.3</gml:pos></gml:Point></georss:where>`, "geo=point 44.4 33.3"},
		{"point of GML with a height", `<georss:where><gml:Point srsDimension="3"><gml:pos>33.3 44.4 30</gml:pos></gml:Point></georss:where>`, "geo=point 44.4 33.3"},
		{"point of GML 2", `<georss:where><gml:Point><gml:coordinates>44.4,33.3</gml:coordinates></gml:Point></georss:where>`, "geo=point 44.4 33.3"},
		{"line of GML", `<georss:where><gml:LineString><gml:posList>33 44 34 45</gml:posList></gml:LineString></georss:where>`, `geo={"type":"LineString","coordinates":[[44,33],[45,34]]}`},
		{"line of positions of GML", `<georss:where><gml:LineString><gml:pos>33 44</gml:pos><gml:pos>34 45</gml:pos></gml:LineString></georss:where>`, `geo={"type":"LineString","coordinates":[[44,33],[45,34]]}`},
		{"line of GML with heights", `<georss:where><gml:LineString><gml:posList srsDimension="3">33 44 1 34 45 2</gml:posList></gml:LineString></georss:where>`, `geo={"type":"LineString","coordinates":[[44,33],[45,34]]}`},
		{"polygon of GML", `<georss:where><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>33 44 33 45 34 45 33 44</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></georss:where>`, `geo={"type":"Polygon","coordinates":[[[44,33],[45,33],[45,34],[44,33]]]}`},
		{"polygon of GML with a hole", `<georss:where><gml:Polygon><gml:interior><gml:LinearRing><gml:posList>2 2 2 3 3 3 2 2</gml:posList></gml:LinearRing></gml:interior><gml:exterior><gml:LinearRing><gml:posList>1 1 1 9 9 9 1 1</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></georss:where>`, `geo={"type":"Polygon","coordinates":[[[1,1],[9,1],[9,9],[1,1]],[[2,2],[3,2],[3,3],[2,2]]]}`},
		{"envelope of GML", `<georss:where><gml:Envelope><gml:lowerCorner>33 44</gml:lowerCorner><gml:upperCorner>34 45</gml:upperCorner></gml:Envelope></georss:where>`, "geo=" + box},
		{"several points of GML", `<georss:where><gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>33 44</gml:pos></gml:Point></gml:pointMember><gml:pointMember><gml:Point><gml:pos>34 45</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint></georss:where>`, `geo={"type":"MultiPoint","coordinates":[[44,33],[45,34]]}`},
		{"polygon of GML with an odd number", `<title>x</title><georss:where><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>33 44 33</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></georss:where>`, "geo= | problem=could not"},
		{"W3C", `<geo:lat>33.3</geo:lat><geo:long>44.4</geo:long>`, "geo=point 44.4 33.3"},
		{"W3C in a point", `<geo:Point><geo:lat>33.3</geo:lat><geo:long>44.4</geo:long></geo:Point>`, "geo=point 44.4 33.3"},
		{"W3C half", `<title>x</title><geo:lat>33.3</geo:lat>`, "geo="},
		{"W3C of nowhere", `<title>x</title><geo:lat>0</geo:lat><geo:long>0.0</geo:long>`, "geo="},
		{"GeoRSS before W3C", `<georss:point>33 44</georss:point><geo:lat>1</geo:lat><geo:long>2</geo:long>`, "geo=point 44 33"},
		{"location of Media RSS", `<media:location><georss:where><gml:Point><gml:pos>33.3 44.4</gml:pos></gml:Point></georss:where></media:location>`, "geo=point 44.4 33.3"},
		{"polygons of CAP", `<cap:polygon>33,44 33,45 34,45 33,44</cap:polygon><cap:polygon>35,44 35,45 36,45 35,44</cap:polygon>`, `geo={"type":"MultiPolygon","coordinates":[[[[44,33],[45,33],[45,34],[44,33]]],[[[44,35],[45,35],[45,36],[44,35]]]]}`},
	})
}
