package poll

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"

	"entente/internal/centre"
)

// state is what a cursor holds.
type state struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Body     string `json:"body,omitempty"` // hash of the body as it was when all of it had been yielded
	// Seen are keys, of name and content, of what was yielded.
	Seen []string `json:"seen,omitempty"`
	// Links are what the list pointed to at the last reading: 0 for what was
	// fetched, else how often it was tried in vain.
	Links    map[string]int `json:"links,omitempty"`
	Versions []named        `json:"versions,omitempty"` // the latest last
}

type named struct {
	Name string `json:"k"`
	Version
}

// How much is remembered at most beside what is in the list now.
const (
	maxBefore   = 500
	maxVersions = 5000
)

// readState reads a stored cursor; one that cannot be read is as none.
func readState(stored centre.Cursor) (s state) {
	if len(stored) > 0 && json.Unmarshal(stored, &s) != nil {
		return state{}
	}
	return s
}

func (s state) encode() centre.Cursor {
	s.Versions = latest(s.Versions)
	encoded, err := json.Marshal(s)
	if err != nil { // strings and ints always can
		panic(err)
	}
	return encoded
}

// latest keeps the last entry of each name, and of these the last ones.
func latest(all []named) []named {
	var kept []named
	met := map[string]bool{}
	for _, v := range slices.Backward(all) {
		if len(kept) == maxVersions {
			break
		}
		if !met[v.Name] {
			met[v.Name] = true
			kept = append(kept, v)
		}
	}
	slices.Reverse(kept)
	return kept
}

// remember keeps what is in the list now, and some of what was: hosts behind a
// balancer show an older state for a while.
func remember(current, before []string) []string {
	kept := slices.Clone(current)
	met := make(map[string]bool, len(kept))
	for _, key := range kept {
		met[key] = true
	}
	for _, key := range before {
		if len(kept) >= len(current)+maxBefore {
			break
		}
		if !met[key] {
			met[key] = true
			kept = append(kept, key)
		}
	}
	return kept
}

// short is enough to tell the things of one list apart.
func short(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:9])
}
