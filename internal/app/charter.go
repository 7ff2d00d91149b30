package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/policy/system"
	"entente/internal/store"
)

// charters gives the history of the charter, parsed once for each adoption. The
// terms that have begun are kept in the store as they began: a past boundary
// does not move when time zone data change.
type charters struct {
	store store.Charters
	clock func() time.Time

	mu    sync.Mutex // guards what follows
	known int        // versions in last
	last  *charter.History
	seen  time.Time // when the store was last asked
	until time.Time // when the next term begins, which is then to be kept
}

// chartersFresh is how long a history serves before the store is asked again.
// A change of membership reaches every process within this time.
const chartersFresh = time.Second

// languages are those of the charter in force, which the centre reads; none where
// it has no charter yet. Processing asks once, when it is opened.
func (c *charters) languages(ctx context.Context) ([]string, error) {
	history, err := c.History(ctx)
	if err != nil || len(history.Versions()) == 0 {
		return nil, err
	}
	return history.At(c.clock()).Languages, nil
}

func newCharters(s store.Charters, clock func() time.Time) *charters {
	return &charters{store: s, clock: clock}
}

// History is safe for concurrent use.
func (c *charters) History(ctx context.Context) (*charter.History, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.clock()
	if age := now.Sub(c.seen); c.last != nil && age >= 0 && age < chartersFresh {
		return c.last, nil
	}
	stored, err := c.store.CharterVersions(ctx, system.View())
	if err != nil {
		return nil, err
	}
	if c.last == nil || len(stored) != c.known || !now.Before(c.until) {
		begun, err := c.store.BegunTerms(ctx, system.View())
		if err != nil {
			return nil, err
		}
		history, err := historyOf(stored, begun)
		if err != nil {
			return nil, err
		}
		past := history.Past(now)
		if err := c.store.KeepTerms(ctx, system.Grant("charter"), begunOf(past)); err != nil {
			return nil, err
		}
		c.last, c.known = history, len(stored)
		if c.until = now.Add(chartersFresh); len(past) > 0 {
			c.until = past[len(past)-1].End
		}
	}
	c.seen = now
	return c.last, nil
}

// prefix names the centre on a bus that several centres share: the same in all
// its processes, and another in every centre. It is made of the first adoption,
// which never changes.
func (c *charters) prefix(ctx context.Context) (string, error) {
	stored, err := c.store.CharterVersions(ctx, system.View())
	if err != nil || len(stored) == 0 {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\n%s", stored[0].Adopted.UnixMilli(), stored[0].Text))
	return hex.EncodeToString(sum[:5]) + "-", nil
}

// readHistory reads the history of a centre that may be running elsewhere.
func readHistory(ctx context.Context, c Config) (*charter.History, []store.CharterVersion, error) {
	s, err := openReader(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	stored, err := s.CharterVersions(ctx, system.View())
	if err != nil {
		return nil, nil, err
	}
	begun, err := s.BegunTerms(ctx, system.View())
	if err != nil {
		return nil, nil, err
	}
	history, err := historyOf(stored, begun)
	return history, stored, err
}

func historyOf(stored []store.CharterVersion, begun []store.BegunTerm) (*charter.History, error) {
	if len(stored) == 0 {
		return nil, centre.Refuse(centre.CodeNotFound, "There is no centre here yet: run `entente init` first, or `entente demo` to try one.")
	}
	versions := make([]charter.Version, len(stored))
	for i, v := range stored {
		parsed, err := charter.Parse([]byte(v.Text))
		if err != nil {
			return nil, fmt.Errorf("version %d of the charter cannot be read by this program: %w", v.Version, err)
		}
		versions[i] = charter.Version{Effective: v.Effective, Charter: parsed}
	}
	computed, err := charter.NewHistory(versions)
	if err != nil || len(begun) == 0 {
		return computed, err
	}
	fixed, err := fixedOf(computed, begun)
	if err != nil {
		return nil, err
	}
	return charter.NewHistory(versions, fixed...)
}

// fixedOf makes terms of those that were kept. Each ends where the next began;
// the last, which is still running, ends as it is computed. Its middle is
// looked up, not its start: that may have moved by an hour.
func fixedOf(computed *charter.History, begun []store.BegunTerm) ([]charter.Term, error) {
	fixed := make([]charter.Term, len(begun))
	for i, b := range begun {
		fixed[i] = charter.Term{Number: b.Number, Cycle: b.Cycle, Member: b.Member, Start: b.Start}
		if i+1 < len(begun) {
			fixed[i].End = begun[i+1].Start
			continue
		}
		running, err := computed.Term(b.Start.AddDate(0, 0, 2))
		if err != nil {
			return nil, err
		}
		fixed[i].End = running.End
	}
	return fixed, nil
}

func begunOf(terms []charter.Term) []store.BegunTerm {
	begun := make([]store.BegunTerm, len(terms))
	for i, t := range terms {
		begun[i] = store.BegunTerm{Number: t.Number, Cycle: t.Cycle, Member: t.Member, Start: t.Start}
	}
	return begun
}

// Term is a turn of a member, for people.
type Term struct {
	Number int               `json:"number"`
	Member centre.MemberCode `json:"member"`
	From   time.Time         `json:"from"`  // in the charter's time zone
	Until  time.Time         `json:"until"` // not included
}

// HeadNow is who heads the centre at an instant.
type HeadNow struct {
	At       time.Time `json:"at"`
	DaysLeft int       `json:"days_left"`
	charter.Head
	Sentence string `json:"sentence"`
}

// CharterTemplate is a charter to fill in, whose first term began with the
// month of now, so that even one that nobody edited has members who take part.
func CharterTemplate(now time.Time) []byte {
	first := now.UTC().Format("2006-01") + "-01T00:00"
	return bytes.Replace(charter.Template, []byte("2030-01-01T00:00"), []byte(first), 1)
}

// CheckCharter refuses a charter that breaks an invariant, with all that is
// wrong in it, and gives the first eight terms of one that is sound.
func CheckCharter(text []byte) ([]Term, error) {
	parsed, err := charter.Parse(text)
	if err != nil {
		return nil, err
	}
	history, err := charter.NewHistory([]charter.Version{{Effective: parsed.Rotation.Anchor, Charter: parsed}})
	if err != nil {
		return nil, err
	}
	var terms []Term
	for at := parsed.Rotation.Anchor; len(terms) < 8; {
		term, err := history.Term(at)
		if err != nil {
			return nil, err
		}
		terms = append(terms, termOf(term, parsed.Location()))
		at = term.End
	}
	return terms, nil
}

func termOf(t charter.Term, zone *time.Location) Term {
	return Term{t.Number, t.Member, t.Start.In(zone), t.End.In(zone)}
}

// CharterAt gives the version of the charter that was in force at an instant.
func CharterAt(ctx context.Context, c Config, at time.Time) (store.CharterVersion, error) {
	_, stored, err := readHistory(ctx, c)
	if err != nil {
		return store.CharterVersion{}, err
	}
	found := stored[0]
	for _, v := range stored {
		if !v.Effective.After(at) {
			found = v
		}
	}
	return found, nil
}

// HeadAt says who heads the centre at an instant.
func HeadAt(ctx context.Context, c Config, at time.Time) (HeadNow, error) {
	history, _, err := readHistory(ctx, c)
	if err != nil {
		return HeadNow{}, err
	}
	head, err := history.Head(at)
	if err != nil {
		return HeadNow{}, err
	}
	now := HeadNow{At: at, Head: head, DaysLeft: int(head.Term.End.Sub(at) / (24 * time.Hour))}
	zone := history.At(at).Location()
	who := head.Name
	if who == "" {
		who = "an officer of " + string(head.Member) + " who is not named yet"
	}
	acting := ""
	if head.Acting {
		acting = ", acting: " + head.Reason
	}
	now.Sentence = fmt.Sprintf("%s heads the centre until %s (%d days left): %s%s",
		head.Chair, head.Term.End.In(zone).Format("2 January 2006 15:04 -07:00"), now.DaysLeft, who, acting)
	return now, nil
}

// Calendar lists the terms that meet [from, until).
func Calendar(ctx context.Context, c Config, from, until time.Time) ([]Term, error) {
	history, _, err := readHistory(ctx, c)
	if err != nil {
		return nil, err
	}
	terms := []Term{}
	for _, t := range history.Calendar(from, until) {
		terms = append(terms, termOf(t, history.At(t.Start).Location()))
	}
	return terms, nil
}

// AdoptCharter puts a charter in force from an instant on. The centre may not
// run meanwhile on SQLite, since its folder has one writer.
func AdoptCharter(ctx context.Context, c Config, text []byte, effective time.Time, by string) error {
	parsed, err := charter.Parse(text)
	if err != nil {
		return err
	}
	s, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer s.Close()
	stored, err := s.CharterVersions(ctx, system.View())
	if err != nil {
		return err
	}
	versions := make([]charter.Version, 0, len(stored)+1)
	for _, v := range stored {
		earlier, err := charter.Parse([]byte(v.Text))
		if err != nil {
			return err
		}
		versions = append(versions, charter.Version{Effective: v.Effective, Charter: earlier})
	}
	// A version that would move what has begun is refused before it is stored.
	if _, err := charter.NewHistory(append(versions, charter.Version{Effective: effective, Charter: parsed})); err != nil {
		return err
	}
	return s.AdoptCharter(ctx, system.Grant("charter"), store.CharterVersion{
		Version: len(stored) + 1, Effective: effective, Adopted: c.now(), By: by, Text: string(text),
	})
}
