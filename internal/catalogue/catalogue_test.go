package catalogue_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"entente/internal/catalogue"
	"entente/internal/centre"
	"entente/internal/gather/all"
)

// TestEveryLineIsWhole reads the data as a person would: an outlet without
// family would count as a root of its own.
func TestEveryLineIsWhole(t *testing.T) {
	kinds := map[string]bool{}
	for _, c := range all.Connectors() {
		kinds[c.Kind()] = true
	}
	addresses := map[string]bool{}
	names := map[string]string{}
	for _, o := range catalogue.All() {
		if o.Name == "" || o.Family == "" || o.Owner == "" || !kinds[o.Kind] || !slices.Contains(catalogue.Topics, o.Topic) {
			t.Errorf("%+v is not whole", o)
		}
		if !slices.Contains(centre.Ownerships, o.Ownership) {
			t.Errorf("%s: %q is no kind of owner", o.Name, o.Ownership)
		}
		for _, address := range []string{o.Site, o.Address} {
			if u, err := url.Parse(address); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
				t.Errorf("%s: address %q", o.Name, address)
			}
		}
		if addresses[o.Address] {
			t.Errorf("%s: the address %s stands twice", o.Name, o.Address)
		}
		addresses[o.Address] = true
		if o.Language != "" {
			if _, err := language.Parse(o.Language); err != nil {
				t.Errorf("%s: language %q", o.Name, o.Language)
			}
		}
		if o.Country != "" {
			if r, err := language.ParseRegion(o.Country); err != nil || r.ISO3() != o.Country {
				t.Errorf("%s: country %q", o.Name, o.Country)
			}
		}
		if was, ok := names[o.Owner]; ok && was != o.Family {
			t.Errorf("%s: its owner %s is in two families, %q and %q", o.Name, o.Owner, was, o.Family)
		}
		names[o.Owner] = o.Family
		if strings.TrimSpace(o.Name) != o.Name {
			t.Errorf("%q has spaces around it", o.Name)
		}
	}
}

func TestItHoldsTheRegionInItsLanguages(t *testing.T) {
	outlets := catalogue.All()
	if len(outlets) < 120 {
		t.Errorf("%d outlets, want at least 120", len(outlets))
	}
	count := map[string]int{}
	for _, o := range outlets {
		count[o.Language]++
		count[o.Country]++
		count[o.Topic]++
		count["owned by "+string(o.Ownership)]++
	}
	for _, key := range []string{"ar", "fa", "ru", "en"} {
		if count[key] < 15 {
			t.Errorf("%d in %s, want at least 15", count[key], key)
		}
	}
	for _, key := range []string{"ckb", "tr", "he", "fr", "IRQ", "IRN", "RUS", "SYR", "alerts", "agency", "humanitarian", "owned by private"} {
		if count[key] == 0 {
			t.Errorf("none for %s", key)
		}
	}
}

func TestAnAddressIsKnownByItsHost(t *testing.T) {
	first := catalogue.All()[0]
	if got, ok := catalogue.Of(first.Address); !ok || got.Family != first.Family {
		t.Errorf("%s: %+v", first.Address, got)
	}
	if got, ok := catalogue.Of(strings.TrimSuffix(first.Site, "/") + "/some/page"); !ok || got.Family != first.Family {
		t.Errorf("a page of %s: %+v", first.Site, got)
	}
	for _, unknown := range []string{"https://nobody.example/", "", "::"} {
		if got, ok := catalogue.Of(unknown); ok {
			t.Errorf("%q: %+v", unknown, got)
		}
	}
}
