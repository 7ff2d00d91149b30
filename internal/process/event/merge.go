package event

import (
	"entente/internal/centre"
)

// put takes a mention up, or joins it to one of before that tells the same
// happening.
func (r *reader) put(e told) {
	for i := len(r.events) - 1; i >= max(0, len(r.events)-30); i-- {
		if r.same(&r.events[i], &e) {
			join(&r.events[i], &e)
			return
		}
	}
	r.events = append(r.events, e)
}

// same tells that two sentences tell one happening: of one type, or one of them
// speaks of the victims alone; at places and times that go together; by parties
// of whom one is the same, where both name any.
func (r *reader) same(a, b *told) bool {
	da, db := &deeds[a.deed], &deeds[b.deed]
	general := false
	switch {
	case a.Category == b.Category && a.Type == b.Type:
	case b.deed == die && counts(da), b.deed == kill && da.kin == violence && da.rank > 1, b.deed == attack && da.kin == violence && da.rank > 2,
		b.deed == explosion && (a.deed == bomb || a.deed == suicide || a.deed == accident || a.deed == airStrike || a.deed == shelling):
		general = true
	case a.deed == kill && db.kin == violence && db.rank > 1, a.deed == attack && db.kin == violence && db.rank > 2, a.deed == explosion && (b.deed == bomb || b.deed == suicide):
		general = true
	case da.kin == unrest && db.kin == unrest, a.Category == b.Category && da.kin == accord:
	case a.Category == b.Category && b.back:
	default:
		return false
	}
	if a.Reality != b.Reality && !(b.back && b.Reality == centre.RealityActual) {
		return false
	}
	if !near(a.Place, b.Place) || !together(a.Date, b.Date) {
		return false
	}
	if shared(a.Actors, b.Actors) || b.back || b.plain || a.plain || general {
		return true
	}
	if len(a.Actors) == 0 || len(b.Actors) == 0 {
		return a.Place != nil && b.Place != nil || b.Place == nil
	}
	return a.Place != nil && b.Place != nil && a.Place.ID == b.Place.ID && a.Date != nil && b.Date != nil
}

// near tells that two places may be one: the same, or one holds the other as far
// as countries and provinces tell.
func near(a, b *centre.Place) bool {
	if a == nil || b == nil || a.ID == b.ID {
		return true
	}
	wide := func(p, q *centre.Place) bool {
		switch p.Class {
		case centre.PlaceCountry:
			return p.Country == q.Country
		case centre.PlaceAdmin1:
			return p.Admin1 != "" && p.Admin1 == q.Admin1
		case centre.PlaceRegion:
			return true
		}
		return false
	}
	return wide(a, b) || wide(b, a)
}

// together tells that two times may be one.
func together(a, b *centre.Span) bool {
	return a == nil || b == nil || a.From.Before(b.Until) && b.From.Before(a.Until)
}

func shared(a, b []centre.EventParty) bool {
	for i := range a {
		for k := range b {
			if a[i].Entity != "" && a[i].Entity == b[k].Entity || a[i].Country != "" && a[i].Country == b[k].Country || a[i].Text == b[k].Text {
				return true
			}
		}
	}
	return false
}

// join puts what b knows better into a, which keeps its words: the headline, or
// the sentence that came first.
func join(a, b *told) {
	if deeds[a.deed].kin == violence && deeds[b.deed].kin == violence && deeds[a.deed].rank < deeds[b.deed].rank || deeds[a.deed].kin == unrest && deeds[b.deed].kin == unrest && deeds[a.deed].rank < deeds[b.deed].rank {
		a.deed, a.Category, a.Type, a.Trigger, a.Start, a.End = b.deed, b.Category, b.Type, b.Trigger, b.Start, b.End
	}
	if b.Place != nil && (a.Place == nil || narrower(b.Place, a.Place)) {
		a.Place = b.Place
	}
	if b.Date != nil && (a.Date == nil || b.Date.Until.Sub(b.Date.From) < a.Date.Until.Sub(a.Date.From)) {
		a.Date = b.Date
	}
	a.Killed, a.Injured = lower(a.Killed, b.Killed), lower(a.Injured, b.Injured)
	for _, p := range b.Actors {
		known := false
		for _, q := range a.Actors {
			known = known || q.Role == p.Role && (q.Country != "" && q.Country == p.Country || q.Text == p.Text)
		}
		if !known {
			a.Actors = addParty(a.Actors, p)
		}
	}
	a.plain = a.plain && b.plain
	a.back = a.back && b.back
	a.Score = max(a.Score, b.Score) + 0.05
	if n := len(a.Why); a.Why[n-1] != again {
		a.Why = append(a.Why, again)
	}
}

const again = "several sentences tell it"

func narrower(a, b *centre.Place) bool {
	order := map[centre.PlaceClass]int{centre.PlaceRegion: 0, centre.PlaceCountry: 1, centre.PlaceAdmin1: 2, centre.PlaceAdmin2: 3}
	x, ok := order[a.Class]
	if !ok {
		x = 4
	}
	y, ok := order[b.Class]
	if !ok {
		y = 4
	}
	return x > y
}
