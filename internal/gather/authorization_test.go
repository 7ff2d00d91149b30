package gather_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/internal/centre"
	"entente/internal/gather"
)

func TestSecretsProveUsToTheSourcesOwnHostAlone(t *testing.T) {
	source := func(secrets map[string]string) centre.Source {
		return centre.Source{Address: "https://wire.example/feed", Secrets: secrets}
	}
	basic := map[string]string{"Authorization": "Basic ZGVzazpvcGVu"}
	for name, test := range map[string]struct {
		secrets map[string]string
		address string
		want    map[string]string
	}{
		"user and password": {map[string]string{"user": "desk", "password": "open"}, "https://WIRE.example/page", basic},
		"a token":           {map[string]string{"token": "t"}, "https://wire.example/feed", map[string]string{"Authorization": "Bearer t"}},
		"none":              {nil, "https://wire.example/feed", nil},
		"another host":      {map[string]string{"token": "t"}, "https://wire.example.org/feed", nil},
		"another port":      {map[string]string{"token": "t"}, "https://wire.example:8443/feed", nil},
		"without TLS":       {map[string]string{"token": "t"}, "http://wire.example/feed", nil},
	} {
		if d := cmp.Diff(test.want, gather.Authorization(source(test.secrets), test.address)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestAPastedPasswordIsTakenOutOfTheAddress(t *testing.T) {
	clean, secrets := gather.WithoutUser(" https://desk:open%20sesame@wire.example/feed?x=1 ")
	if clean != "https://wire.example/feed?x=1" || secrets["user"] != "desk" || secrets["password"] != "open sesame" {
		t.Errorf("%q, %v", clean, secrets)
	}
	for _, as := range []string{"https://wire.example/feed", "imaps://desk@mail.example/INBOX", "::", ""} {
		if clean, secrets := gather.WithoutUser(as); clean != as || secrets != nil {
			t.Errorf("%q: %q, %v", as, clean, secrets)
		}
	}
}
