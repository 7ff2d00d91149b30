package desk

import (
	"cmp"
	"context"
	"slices"

	"entente/internal/centre"
	"entente/internal/identity"
	"entente/internal/policy"
	"entente/internal/store"
)

// EntityPair is two people or bodies that may be one, and wait for a person to
// decide.
type EntityPair struct {
	One, Other centre.Entity // One is the one that more reports name
	Score      float64       // 0..1, from what the reader sees
	Why        []string
}

// EntityPairs are the pairs that wait.
type EntityPairs struct {
	Pairs []EntityPair // the likeliest first
	May   bool         // decide who is who
}

// Pairs are sought among the pairedEntities that the newest reports name most;
// at most pairsShown are given.
const (
	pairedEntities = 600
	pairsShown     = 50
	pairsTried     = 200 // that are compared with their company
)

// EntityPairs lists who may be the same as whom, by what the reader sees of both
// and of nothing else. What a person kept apart is not asked again.
func (d *Desk) EntityPairs(ctx context.Context, who policy.View) (EntityPairs, error) {
	actor, err := signedIn(who)
	if err != nil {
		return EntityPairs{}, err
	}
	out := EntityPairs{Pairs: []EntityPair{}}
	named, err := d.namedMost(ctx, who)
	if err != nil {
		return EntityPairs{}, err
	}
	pairs := likely(named)
	beside := map[centre.ID][]Beside{}
	waiting := namesakesOf{d, who, map[centre.ID][]centre.ID{}}
	for _, p := range pairs[:min(len(pairs), pairsTried)] {
		var profiles [2]identity.Profile
		for i, e := range []*centre.Entity{&p.One, &p.Other} {
			company, known := beside[e.ID]
			if !known {
				if company, err = d.store.Beside(ctx, who, e.ID, besideShown); err != nil {
					return EntityPairs{}, err
				}
				beside[e.ID] = company
			}
			profiles[i] = profileOf(e, company)
		}
		m := identity.Compare(&profiles[0], &profiles[1])
		if m.Score < identity.ProposeFrom {
			continue
		}
		namesakes, err := waiting.namesakes(ctx, p.One.ID)
		if err != nil {
			return EntityPairs{}, err
		}
		if slices.Contains(namesakes, p.Other.ID) {
			p.Score, p.Why = m.Score, m.Why
			out.Pairs = append(out.Pairs, p)
		}
	}
	slices.SortFunc(out.Pairs, likelier)
	out.Pairs = out.Pairs[:min(len(out.Pairs), pairsShown)]
	for i := range out.Pairs {
		_, err := policy.Decide(actor, policy.ActionIdentify, policy.Object{Kind: "entity", ID: out.Pairs[i].One.ID})
		out.May = err == nil
		complete(&out.Pairs[i].One)
		complete(&out.Pairs[i].Other)
	}
	return out, nil
}

// namedMost gives those that the newest reports name most.
func (d *Desk) namedMost(ctx context.Context, who policy.View) ([]centre.Entity, error) {
	var all []centre.Entity
	for f := (store.EntityFilter{Page: store.Page{Limit: 200}}); len(all) < pairedEntities; {
		page, err := d.store.Entities(ctx, who, f)
		if err != nil {
			return nil, err
		}
		for _, e := range page.Entities {
			if e.Reports == 0 {
				return all, nil
			}
			all = append(all, e)
		}
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	return all, nil
}

// likely gives the pairs that share the sound of a word of their names, and that
// their names and roles do not tell apart, the likeliest first.
func likely(named []centre.Entity) []EntityPair {
	profiles := make([]identity.Profile, len(named))
	bearers := map[string][]int{}
	for i := range named {
		profiles[i] = profileOf(&named[i], nil)
		keys := map[string]bool{}
		for _, n := range profiles[i].Names {
			for _, w := range identity.ParseName(n).Words {
				for _, k := range w.Keys {
					keys[k] = true
				}
			}
		}
		for k := range keys {
			bearers[k] = append(bearers[k], i)
		}
	}
	tried := map[[2]int]bool{}
	pairs := []EntityPair{}
	for _, list := range bearers {
		for n, i := range list {
			for _, j := range list[:n] {
				at := [2]int{min(i, j), max(i, j)}
				if tried[at] || named[i].Known != "" && named[j].Known != "" {
					continue
				}
				tried[at] = true
				if m := identity.Compare(&profiles[at[0]], &profiles[at[1]]); m.Score > 0.05 {
					pairs = append(pairs, EntityPair{One: named[at[0]], Other: named[at[1]], Score: m.Score})
				}
			}
		}
	}
	slices.SortFunc(pairs, likelier)
	return pairs
}

func likelier(a, b EntityPair) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.One.Reports+b.Other.Reports, a.One.Reports+a.Other.Reports),
		cmp.Compare(a.One.ID, b.One.ID), cmp.Compare(a.Other.ID, b.Other.ID))
}

// namesakesOf remembers the namesakes of entities, without those kept apart.
type namesakesOf struct {
	desk *Desk
	who  policy.View
	read map[centre.ID][]centre.ID
}

func (a *namesakesOf) namesakes(ctx context.Context, of centre.ID) ([]centre.ID, error) {
	ids, known := a.read[of]
	if known {
		return ids, nil
	}
	list, err := a.desk.store.Namesakes(ctx, a.who, of, 200)
	for i := range list {
		ids = append(ids, list[i].ID)
	}
	a.read[of] = ids
	return ids, err
}
