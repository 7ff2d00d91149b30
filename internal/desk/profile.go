package desk

import (
	"context"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

// Profile is the person who is signed in, with language, time zone and
// calendar in effect: the person's own, or else the member's.
type Profile struct {
	Person centre.Person
	Member centre.Member
}

// Profile tells who is signed in.
func (d *Desk) Profile(ctx context.Context, who policy.View) (Profile, error) {
	actor, err := signedIn(who)
	if err != nil {
		return Profile{}, err
	}
	person, err := d.store.Person(ctx, d.own, actor.Person)
	if err != nil {
		return Profile{}, err
	}
	return d.profile(ctx, person)
}

func (d *Desk) profile(ctx context.Context, person centre.Person) (Profile, error) {
	c, err := d.charter(ctx)
	if err != nil {
		return Profile{}, err
	}
	member, _ := c.Member(person.Member)
	out := Profile{Person: person, Member: member.Member}
	if out.Person.Language == "" {
		out.Person.Language = member.Language
	}
	if out.Person.Zone == "" {
		out.Person.Zone = member.Zone
	}
	if out.Person.Calendar == "" {
		out.Person.Calendar = member.Calendar
	}
	return out, nil
}

// zone is the time zone in which the person reads days; UTC where it is not known.
func (d *Desk) zone(ctx context.Context, who policy.View) (*time.Location, error) {
	profile, err := d.Profile(ctx, who)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(profile.Person.Zone)
	if err != nil {
		d.log.WarnContext(ctx, "time zone is not known; days begin in UTC", "zone", profile.Person.Zone)
		return time.UTC, nil
	}
	return zone, nil
}
