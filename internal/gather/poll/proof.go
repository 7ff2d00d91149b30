package poll

import (
	"encoding/base64"
	"strings"

	"entente/internal/centre"
)

// Options and secrets of a source that asks who we are. A token is sent as a
// bearer token (RFC 6750), or as it is in the header that OptionHeader names; a
// password, with OptionUser, by basic authentication (RFC 7617).
const (
	OptionHeader   = "header"
	OptionUser     = "user"
	SecretToken    = "token"
	SecretPassword = "password"
)

// CheckProof refuses a header's name that is none.
func CheckProof(s centre.Source) error {
	if h := s.Options[OptionHeader]; strings.ContainsFunc(h, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return centre.Invalid("The option header is %q, which is no name of a header; write one like X-Api-Key.", Line(h))
	}
	return nil
}

// Proof makes the header that proves us to a source; nil for none.
func Proof(s centre.Source) map[string]string {
	token, password := s.Secrets[SecretToken], s.Secrets[SecretPassword]
	switch name := s.Options[OptionHeader]; {
	case token != "" && name != "":
		return map[string]string{name: token}
	case token != "":
		return map[string]string{"Authorization": "Bearer " + token}
	case password != "":
		return map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(s.Options[OptionUser]+":"+password))}
	}
	return nil
}
