package push

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
)

// tolerance is how far a signed time of sending may lie from now; what was
// recorded on its way cannot be played again later.
const tolerance = 5 * time.Minute

// Verify checks the signature of a webhook's body with the key that both sides
// hold. header gives a request's header by name. Two schemes are known:
//
//   - Standard Webhooks: webhook-id, webhook-timestamp (seconds of Unix time) and
//     webhook-signature ("v1,<base64>", several divided by spaces), the HMAC-SHA256
//     of "id.timestamp.body". A key that begins with "whsec_" is base64 behind it.
//   - X-Hub-Signature-256: "sha256=<hex>", the HMAC-SHA256 of the body.
//
// Where both are there, both must be right. Comparison takes constant time.
func Verify(header func(string) string, body []byte, key string, now time.Time) error {
	if key == "" {
		return refused("The source has no key for webhooks; make one first.")
	}
	standard, hub := header("Webhook-Signature"), header("X-Hub-Signature-256")
	if standard == "" && hub == "" {
		return refused("The delivery is not signed: send webhook-id, webhook-timestamp and webhook-signature, or X-Hub-Signature-256.")
	}
	if hub != "" && (!strings.HasPrefix(strings.TrimSpace(hub), "sha256=") || !VerifyHub(hub, body, key)) {
		return refused("The signature in X-Hub-Signature-256 is not that of this body with the source's key.")
	}
	if standard == "" {
		return nil
	}
	id, stamp := header("Webhook-Id"), header("Webhook-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || id == "" {
		return refused("The delivery has a webhook-signature but no readable webhook-id and webhook-timestamp.")
	}
	if off := now.Sub(time.Unix(seconds, 0)); off > tolerance || off < -tolerance {
		return refused("The delivery says that it was sent %s from now; at most %s are accepted, so check the sender's clock.", off.Abs().Round(time.Second), tolerance)
	}
	secret := []byte(key)
	if text, ok := strings.CutPrefix(key, "whsec_"); ok {
		if secret, err = base64.StdEncoding.DecodeString(text); err != nil {
			return refused("The source's key begins with whsec_ but is not base64 behind it; make another.")
		}
	}
	want := sum(secret, fmt.Appendf(nil, "%s.%s.", id, stamp), body)
	for _, given := range strings.Fields(standard) {
		text, ok := strings.CutPrefix(given, "v1,")
		if !ok {
			continue
		}
		got, err := base64.StdEncoding.DecodeString(text)
		if err == nil && hmac.Equal(got, want) {
			return nil
		}
	}
	return refused("The webhook-signature is not that of this body with the source's key.")
}

func sum(key []byte, parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, key)
	for _, p := range parts {
		mac.Write(p)
	}
	return mac.Sum(nil)
}

func refused(format string, args ...any) error {
	return centre.Refuse(centre.CodeUnauthenticated, format, args...)
}

// methods that a hub may sign with (WebSub section 8). HMAC with SHA-1 is not
// broken, and the most used hub signs with nothing else.
var methods = map[string]func() hash.Hash{"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// VerifyHub checks a WebSub hub's X-Hub-Signature, "method=<hex>", of a body.
func VerifyHub(signature string, body []byte, key string) bool {
	name, text, _ := strings.Cut(strings.TrimSpace(signature), "=")
	method := methods[strings.ToLower(name)]
	got, err := hex.DecodeString(text)
	if method == nil || err != nil || key == "" {
		return false
	}
	mac := hmac.New(method, []byte(key))
	mac.Write(body)
	return hmac.Equal(got, mac.Sum(nil))
}
