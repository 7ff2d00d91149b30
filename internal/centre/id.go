package centre

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"sync"
	"time"
)

// ID names a stored thing. Report ids grow with the time of arrival, so that
// "newest first" is the order of the primary key; but their low bits are
// random, so that nobody can count hidden reports from the gaps between
// visible ones. Zero is no id.
//
// In text (addresses, JSON, the command line) an ID is 13 characters of
// Crockford's base 32 in lower case, which sort as the numbers do.
type ID int64

const (
	idEpochMillis = 1262304000000 // 2010-01-01T00:00:00Z
	idRandomBits  = 22
	idLength      = 13
	idAlphabet    = "0123456789abcdefghjkmnpqrstvwxyz"
)

// String gives the text form of id.
func (id ID) String() string {
	var b [idLength]byte
	n := uint64(id)
	for i := idLength - 1; i >= 0; i-- {
		b[i] = idAlphabet[n&31]
		n >>= 5
	}
	return string(b[:])
}

// Time is the instant that an id of an IDSource was made for, to the
// millisecond. It means nothing for an id of RandomID.
func (id ID) Time() time.Time {
	return time.UnixMilli(int64(id)>>idRandomBits + idEpochMillis).UTC()
}

// MarshalText implements encoding.TextMarshaler.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *ID) UnmarshalText(text []byte) error {
	parsed, err := ParseID(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// ParseID reads the text form of an id.
func ParseID(text string) (ID, error) {
	if len(text) != idLength {
		return 0, Invalid("%q is not an id: an id has %d characters", text, idLength)
	}
	var n uint64
	for i := range idLength {
		d := idDigit(text[i])
		if d < 0 || i == 0 && d > 7 {
			return 0, Invalid("%q is not an id: the character %q at position %d does not belong in one", text, text[i], i+1)
		}
		n = n<<5 | uint64(d)
	}
	return ID(n), nil
}

func idDigit(c byte) int {
	for i := range len(idAlphabet) {
		if idAlphabet[i] == c {
			return i
		}
	}
	return -1
}

// IDAt is the smallest id that an IDSource can give at instant t. It turns a
// time of arrival into a bound on ids.
func IDAt(t time.Time) ID {
	ms := t.UnixMilli() - idEpochMillis
	if ms < 0 {
		return 0
	}
	return ID(ms << idRandomBits)
}

// IDSource makes growing ids. The zero value is ready to use; it is safe for
// concurrent use. Two sources may, very rarely, give the same id: the store
// refuses the second, and its writer asks again.
type IDSource struct {
	mu   sync.Mutex
	last ID
}

// Next gives an id for the instant at. Every id is greater than the one before.
func (s *IDSource) Next(at time.Time) ID {
	id := IDAt(at) | ID(randomBits()&(1<<idRandomBits-1))
	s.mu.Lock()
	defer s.mu.Unlock()
	if id <= s.last {
		id = s.last + 1 + ID(randomBits()&0xff)
	}
	s.last = id
	return id
}

// RandomID gives an id that tells nothing, not even when it was made. Groups
// whose first member may be hidden (stories, sets of copies) are named so.
func RandomID() ID {
	for {
		if id := ID(randomBits() >> 1); id != 0 {
			return id
		}
	}
}

func randomBits() uint64 {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(fmt.Errorf("no randomness from the operating system: %w", err))
	}
	return binary.BigEndian.Uint64(b[:])
}
