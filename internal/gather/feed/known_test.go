package feed_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
)

// forgetful is a cursor that knows no item by its bytes, so that all is parsed.
func forgetful(t *testing.T, c centre.Cursor) centre.Cursor {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal(c, &fields); err != nil {
		t.Fatal(err)
	}
	delete(fields, "same")
	delete(fields, "context")
	c, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWhatIsKnownByItsBytesIsKnownByItsMeaning lets feeds change in all ways
// that matter to their items, and reads each both ways.
func TestWhatIsKnownByItsBytesIsKnownByItsMeaning(t *testing.T) {
	for seed := range uint64(12) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		s := &site{feed: changing(rnd, seed)}
		subject := s.subject(t, nil)
		cursor, came := gathertest.Collect(t, subject, nil).Cursor, 0
		for round := range 40 {
			s.publish(changing(rnd, seed))
			quick := gathertest.Collect(t, subject, cursor)
			whole := gathertest.Collect(t, subject, forgetful(t, cursor))
			if quick.Err != nil || whole.Err != nil {
				t.Fatal(quick.Err, whole.Err)
			}
			if !reflect.DeepEqual(ids(quick.Documents), ids(whole.Documents)) || !reflect.DeepEqual(bodies(quick.Documents), bodies(whole.Documents)) ||
				!reflect.DeepEqual(quick.Result.Problems, whole.Result.Problems) {
				t.Fatalf("seed %d, round %d: %q, but all parsed %q\nproblems %q, but %q\n%s", seed, round,
					ids(quick.Documents), ids(whole.Documents), quick.Result.Problems, whole.Result.Problems, s.feed)
			}
			came += len(quick.Documents)
			if quick.Cursor != nil { // nil where nothing at all changed
				cursor = quick.Cursor
			}
		}
		if came == 0 {
			t.Error("nothing ever changed")
		}
	}
}

func bodies(docs []centre.Document) (out []string) {
	for _, d := range docs {
		out = append(out, d.URL+" "+d.Title+" "+d.Author+" "+d.Language+" "+d.Body+" "+fmt.Sprint(d.Problems, d.Properties))
	}
	return out
}

// changing is a feed of a few items, some of which share names, in surroundings
// that change now and then.
func changing(rnd *rand.Rand, kind uint64) string {
	now := func(usual, other string) string { // now and then
		if rnd.IntN(8) == 0 {
			return other
		}
		return usual
	}
	var items []string
	numbers := rnd.Perm(9)[:4+rnd.IntN(5)]
	if rnd.IntN(12) == 0 {
		numbers = append(numbers, numbers[0])
	}
	rarely := func(usual, other string) string { // once in a few feeds
		if rnd.IntN(40) == 0 {
			return other
		}
		return usual
	}
	for _, n := range numbers {
		guid := rarely(fmt.Sprintf("<guid>g%d</guid>", n), []string{"", "<guid>g1</guid>", "<guid>https://e.org/5</guid>"}[rnd.IntN(3)])
		link := rarely(fmt.Sprintf("<link>%d</link>", n), []string{"", "<link>https://e.org/5</link>"}[rnd.IntN(2)])
		more := rarely("", []string{"<pubDate>Mon, 01 Jan 2035 00:00:00 +0000</pubDate>", "<dc:creator>A. Writer</dc:creator>", "<b>unclosed", `<x xml:lang="fr">x</x>`}[rnd.IntN(4)])
		text := fmt.Sprintf("&lt;p&gt;&lt;a href='x'&gt;Text&lt;/a&gt; %d&lt;/p&gt;", n)
		text = rarely(text, text+" corrected")
		if n == 3 {
			more += "<dc:subject>ports &copy;</dc:subject>"
		}
		if kind%2 == 1 { // Atom
			items = append(items, fmt.Sprintf(`<entry><title>Item %d</title>%s%s<content type="html">%s</content>%s</entry>`, n,
				strings.NewReplacer("guid>", "id>").Replace(guid), strings.NewReplacer("<link>", `<link href="`, "</link>", `"/>`).Replace(link), text, more))
		} else {
			items = append(items, fmt.Sprintf(`<item><title>Item %d</title>%s%s<description>%s</description>%s</item>`, n, guid, link, text, more))
		}
	}
	dc := now(`xmlns:dc="http://purl.org/dc/elements/1.1/"`, `xmlns:dc="http://example.org/other"`)
	base, lang := now("https://e.org/", "https://f.org/"), now("en", "ru")
	all := strings.Join(items, "\n")
	if kind%2 == 1 {
		author := now("<author><name>The desk</name></author>", "<author><name>Another desk</name></author>")
		return fmt.Sprintf(`<feed xmlns="http://www.w3.org/2005/Atom" %s xml:base="%s" xml:lang="%s"><title>T</title>%s%s</feed>`, dc, base, lang, author, all)
	}
	doctype := now("<!DOCTYPE rss>", `<!DOCTYPE rss [<!ENTITY copy "word">]>`)
	return fmt.Sprintf(`%s<rss version="2.0" %s><channel xml:lang="%s"><title>T</title><link>%s</link>%s</channel></rss>`, doctype, dc, lang, base, all)
}

// TestAnItemWithAProblemIsReadAgain holds an item with a problem to be
// read anew although its bytes are the same: the problem may have passed.
func TestAnItemWithAProblemIsReadAgain(t *testing.T) {
	good, odd := `<item><guid>a</guid><title>A</title></item>`, `<item><guid>b</guid><title>B</title><pubDate>the other day</pubDate></item>`
	s := &site{}
	subject := s.subject(t, nil)
	known := func(items ...string) (bytes int) {
		s.publish(rss(items...))
		var cursor struct{ Same []byte }
		if err := json.Unmarshal(gathertest.Collect(t, subject, nil).Cursor, &cursor); err != nil {
			t.Fatal(err)
		}
		return len(cursor.Same)
	}
	one := known(good)
	if one == 0 || known(good, odd) != one || known(odd) != 0 || known(good, strings.ReplaceAll(good, "a", "c")) != 2*one {
		t.Error("items are known by their bytes where they have problems, or not known where they have none")
	}
}
