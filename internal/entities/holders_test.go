package entities

import (
	"strings"
	"testing"
)

func TestHolders(t *testing.T) {
	if len(Holders()) < 20 {
		t.Fatalf("%d holders", len(Holders()))
	}
	states := map[string]bool{}
	for _, c := range Default().Countries() {
		states[c.Code] = true
	}
	for _, h := range Holders() {
		if !states[h.Country] || h.Role == "" || h.Source == "" {
			t.Errorf("%+v", h)
		}
		for l, names := range h.Names {
			if len(names) == 0 {
				t.Errorf("%s has no name in %s", h.Names[0][0], Languages[l])
			}
			for _, name := range names {
				if !strings.Contains(name, " ") {
					t.Errorf("%q is not a full name", name)
				}
			}
		}
	}
}

// A name and a role must both agree, in any of the four languages.
func TestHolderCountry(t *testing.T) {
	for _, c := range []struct{ name, role, want string }{
		{"Dmitry Peskov", "spokesperson", "RUS"},
		{"Мария Захарова", "spokesperson", "RUS"},
		{"ماريا زاخاروفا", "spokesperson", "RUS"},
		{"مرضیه افخم", "spokesperson", "IRN"},
		{"Michael Fallon", "defence minister", "GBR"},
		{"Ibrahim Jaafari", "foreign minister, minister", "IRQ"},
		{"Dmitry Peskov", "", ""},
		{"Dmitry Peskov", "farmer", ""},
		{"Peskov", "spokesperson", ""},
		{"Anna Peskov", "spokesperson", ""},
		{"", "spokesperson", ""},
	} {
		if got := HolderCountry(c.name, c.role); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.name, c.role, got, c.want)
		}
	}
}
