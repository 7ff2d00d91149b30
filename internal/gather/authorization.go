package gather

import (
	"encoding/base64"
	"net/url"
	"strings"

	"entente/internal/centre"
)

// Authorization makes the header that proves us to a source on the web from its
// secrets: "token" as Bearer (RFC 6750), else "user" and "password" as Basic
// (RFC 7617). It is for addresses of the source's own host alone, by the same
// scheme: nil for any other, and where there is no secret.
func Authorization(s centre.Source, address string) map[string]string {
	own, err := url.Parse(s.Address)
	if err != nil {
		return nil
	}
	at, err := url.Parse(address)
	if err != nil || at.Scheme != own.Scheme || !strings.EqualFold(at.Host, own.Host) {
		return nil
	}
	user, password := s.Secrets["user"], s.Secrets["password"]
	switch token := s.Secrets["token"]; {
	case token != "":
		return map[string]string{"Authorization": "Bearer " + token}
	case user != "" || password != "":
		return map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))}
	}
	return nil
}

// WithoutUser takes the user and password out of a web address, as people paste
// it, so that they can be kept apart from it. Addresses without are returned as
// they are, with nil.
func WithoutUser(address string) (clean string, secrets map[string]string) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.User == nil || u.Scheme != "http" && u.Scheme != "https" {
		return address, nil
	}
	password, _ := u.User.Password()
	secrets = map[string]string{"user": u.User.Username(), "password": password}
	u.User = nil
	return u.String(), secrets
}
