package desk

import (
	"context"
	"time"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/policy"
)

// CentreNow is the centre as every member knows it at this moment.
type CentreNow struct {
	Name      string
	Purpose   string
	Languages []string
	Zone      string // IANA
	Members   []Membership
	Chair     *charter.Term // nil before the first term
	DaysLeft  int           // of the chair: calendar days in the centre's zone, 0 on the last
	Head      *charter.Head // nil before the first term
}

// Membership is a member with its time in the centre.
type Membership struct {
	charter.Member
	Persons int // accounts; -1 where the person who asks may not know
}

// PublicName is the centre's name, for the sign-in page. It is all that the
// desk tells to nobody.
func (d *Desk) PublicName(ctx context.Context) (string, error) {
	c, err := d.charter(ctx)
	if err != nil {
		return "", err
	}
	return c.Name, nil
}

// Centre tells who takes part in the centre and who heads it now. How many
// accounts a member has is for that member to know.
func (d *Desk) Centre(ctx context.Context, who policy.View) (CentreNow, error) {
	actor, err := signedIn(who)
	if err != nil {
		return CentreNow{}, err
	}
	h, err := d.history(ctx)
	if err != nil {
		return CentreNow{}, err
	}
	now := d.now()
	c := h.At(now)
	out := CentreNow{Name: c.Name, Purpose: c.Purpose, Languages: c.Languages, Zone: c.Zone}
	for _, m := range c.Members {
		membership := Membership{Member: m, Persons: -1}
		if m.Code == actor.Member {
			persons, err := d.store.Persons(ctx, d.own, m.Code)
			if err != nil {
				return CentreNow{}, err
			}
			membership.Persons = len(persons)
		}
		out.Members = append(out.Members, membership)
	}
	head, err := h.Head(now)
	if centre.CodeOf(err) == centre.CodeNotFound {
		return out, nil
	}
	if err != nil {
		return CentreNow{}, err
	}
	out.Head, out.Chair = &head, &head.Term
	out.DaysLeft = daysLeft(now, head.Term.End, c.Location())
	return out, nil
}

// daysLeft counts the midnights between now and the last instant of a term.
func daysLeft(now, end time.Time, zone *time.Location) int {
	date := func(t time.Time) time.Time {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return max(0, int(date(end.Add(-time.Nanosecond)).Sub(date(now))/(24*time.Hour)))
}

// maxCalendar bounds how far one question about the rotation reaches.
const maxCalendar = 30 * 366 * 24 * time.Hour

// TermNow is a term and whether it runs at this moment.
type TermNow struct {
	charter.Term
	Current bool
}

// Calendar lists the terms that overlap [from, until). Zero bounds mean from
// the beginning of the current term, and two years from there.
func (d *Desk) Calendar(ctx context.Context, who policy.View, from, until time.Time) ([]TermNow, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	h, err := d.history(ctx)
	if err != nil {
		return nil, err
	}
	now := d.now()
	if from.IsZero() {
		from = now
		if term, err := h.Term(now); err == nil {
			from = term.Start
		}
	}
	if until.IsZero() {
		until = from.AddDate(2, 0, 0)
	}
	if !from.Before(until) {
		return nil, centre.Invalid("The calendar's range is empty: from is not before until.")
	}
	if until.Sub(from) > maxCalendar {
		return nil, centre.Invalid("The calendar's range is longer than thirty years; ask for less.")
	}
	var out []TermNow
	for _, t := range h.Calendar(from, until) {
		out = append(out, TermNow{t, t.Contains(now)})
	}
	return out, nil
}

// CharterNow is the charter in force and all its versions, oldest first.
type CharterNow struct {
	Current  CharterVersion
	Versions []CharterVersion
}

// Charter reads the charter's texts.
func (d *Desk) Charter(ctx context.Context, who policy.View) (CharterNow, error) {
	if _, err := signedIn(who); err != nil {
		return CharterNow{}, err
	}
	versions, err := d.store.CharterVersions(ctx, who)
	if err != nil {
		return CharterNow{}, err
	}
	if len(versions) == 0 {
		return CharterNow{}, centre.NotFound("charter")
	}
	out := CharterNow{Current: versions[0], Versions: versions}
	for _, v := range versions {
		if !v.Effective.After(d.now()) {
			out.Current = v
		}
	}
	return out, nil
}
