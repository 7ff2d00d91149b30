package fetch

import (
	"net/url"
	"testing"
)

// FuzzLinks reads any Link header: it ends, and gives web addresses alone.
func FuzzLinks(f *testing.F) {
	for _, seed := range []string{"", `<https://hub.example/>; rel="hub", </feed>; rel=self`, `<a>;b="\"`, `<<>>;;==,,`, `<x>; rel="a b c"; anchor=x`, `<`, `<x>;rel`} {
		f.Add(seed)
	}
	base, err := url.Parse("https://example.org/dir/feed")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for rel, address := range links(base, []string{value}) {
			if _, err := CheckURL(address); err != nil || rel == "" {
				t.Errorf("%q gives %q for %q: %v", value, address, rel, err)
			}
		}
	})
}
