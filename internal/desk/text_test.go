package desk

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"entente/internal/centre"
	"entente/internal/query"
)

func TestSnippetIsCutAroundItsFirstHit(t *testing.T) {
	body := strings.Repeat("Nothing of note happened on that day. ", 30) + "Then the Latakia airfield was seen.\nIt was busy. " + strings.Repeat("More followed. ", 40)
	c := centre.Content{Text: "A title\n\n" + body, Title: 7}
	text, spans := snippet(query.Word{Text: "latakia"}, c, "otherwise")
	if !strings.HasPrefix(text, "… ") || !strings.HasSuffix(text, " …") || strings.ContainsRune(text, '\n') {
		t.Errorf("%q", text)
	}
	if len(spans) != 1 || string([]rune(text)[spans[0].Start:spans[0].End]) != "Latakia" {
		t.Errorf("%v in %q", spans, text)
	}
	if text, spans := snippet(query.Word{Text: "moscow"}, c, "otherwise"); text != "otherwise" || spans != nil {
		t.Errorf("%q %v", text, spans)
	}
}

// TestSnippetsPointAtTheWord holds for any text in any script: every span is
// inside the snippet and is the word that was looked for.
func TestSnippetsPointAtTheWord(t *testing.T) {
	words := []string{"Latakia", "اللاذقية", "Латакия", "cell", "и", "در", "…", "\n\n", "\t", "a"}
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 300).Draw(t, "words"), " ")
		title := rapid.SampledFrom([]string{"", "Latakia", "عنوان"}).Draw(t, "title")
		wanted := rapid.SampledFrom([]string{"Latakia", "اللاذقية", "Латакия"}).Draw(t, "wanted")
		c := centre.Content{Text: title + "\n\n" + body, Title: utf8.RuneCountInString(title)}
		text, spans := snippet(query.Word{Text: wanted}, c, "otherwise")
		runes := []rune(text)
		if len(runes) > snippetLength+40 {
			t.Fatalf("%d code points long", len(runes))
		}
		if strings.Contains(body, wanted) && len(spans) == 0 {
			t.Fatalf("no hit in %q", text)
		}
		for _, s := range spans {
			if s.Start < 0 || s.End > len(runes) || string(runes[s.Start:s.End]) != wanted {
				t.Fatalf("span %v of %q", s, text)
			}
		}
	})
}

func TestDaysLeft(t *testing.T) {
	baghdad := time.FixedZone("Baghdad", 3*3600)
	end := time.Date(2015, 12, 27, 0, 0, 0, 0, baghdad)
	for at, want := range map[time.Time]int{
		end.Add(-time.Second):                          0,
		end.Add(-24 * time.Hour):                       0,
		end.Add(-24*time.Hour - time.Second):           1,
		time.Date(2015, 9, 27, 0, 0, 0, 0, baghdad):    90,
		time.Date(2015, 12, 20, 22, 0, 0, 0, time.UTC): 5, // 21 December in Baghdad
		time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC):    0,
	} {
		if got := daysLeft(at, end, baghdad); got != want {
			t.Errorf("at %v: %d days, want %d", at, got, want)
		}
	}
}

func TestSlugs(t *testing.T) {
	for name, want := range map[string]string{
		"Tehran Wire": "tehran-wire", "  BBC -- News! ": "bbc-news", "Agência Água": "agencia-agua", "24 Heures": "24-heures",
	} {
		if got := slugOf(name); got != want {
			t.Errorf("%q gives %q", name, got)
		}
	}
	if a, b := slugOf("ТАСС"), slugOf("ТАСС"); !validSlug(a) || a == b {
		t.Errorf("a name without Latin letters gives %q and %q", a, b)
	}
	rapid.Check(t, func(t *rapid.T) {
		if name := rapid.String().Draw(t, "name"); !validSlug(slugOf(name)) || !validSlug(ownSlug(slugOf(name), "ABCDEFGHIJKL")) {
			t.Fatalf("%q gives %q", name, slugOf(name))
		}
	})
}

func TestLines(t *testing.T) {
	for text, want := range map[string]string{" a\tb\nc ": "a\tb\nc", "e\u0301": "é", "": "", "  ": ""} {
		if got, err := line("reason", text, 10); err != nil || got != want {
			t.Errorf("%q gives %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"a\x00b", "a\u202eb", "\xff", "a\x1b[31mb", strings.Repeat("a", 11)} {
		if got, err := line("reason", text, 10); centre.CodeOf(err) != centre.CodeInvalid {
			t.Errorf("%q gives %q, %v", text, got, err)
		}
	}
}

func TestAddressesLoseTheirKeys(t *testing.T) {
	for address, want := range map[string]string{
		"https://user:key@x.example/feed?token=1#f": "https://x.example/feed",
		"https://x.example/feed":                    "https://x.example/feed",
		"/var/lib/folder":                           "",
		"::not an address":                          "",
	} {
		if got := withoutSecrets(address); got != want {
			t.Errorf("%q becomes %q", address, got)
		}
	}
}
