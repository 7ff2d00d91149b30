package desk

import (
	"context"
	"slices"

	"entente/internal/centre"
)

// DemoPerson is somebody as whom one can sign in to the demo.
type DemoPerson struct {
	Person centre.Person
	Member centre.Member
}

// DemoPersons lists those who can be tried in the demo: everybody active. Only
// a server that runs the demo on loopback may offer it.
func (d *Desk) DemoPersons(ctx context.Context) ([]DemoPerson, error) {
	c, err := d.charter(ctx)
	if err != nil {
		return nil, err
	}
	var out []DemoPerson
	for _, m := range c.MembersAt(d.now()) {
		persons, err := d.store.Persons(ctx, d.own, m.Code)
		if err != nil {
			return nil, err
		}
		for _, p := range persons {
			if p.Suspended {
				continue
			}
			profile, err := d.profile(ctx, p)
			if err != nil {
				return nil, err
			}
			out = append(out, DemoPerson(profile))
		}
	}
	return out, nil
}

// DemoSignIn gives one of DemoPersons by login. It proves nothing: only a
// server that runs the demo on loopback may offer it.
func (d *Desk) DemoSignIn(ctx context.Context, login string) (centre.Person, error) {
	persons, err := d.DemoPersons(ctx)
	if err != nil {
		return centre.Person{}, err
	}
	i := slices.IndexFunc(persons, func(p DemoPerson) bool { return p.Person.Login == login })
	if i < 0 {
		return centre.Person{}, centre.NotFound("person")
	}
	return persons[i].Person, nil
}
