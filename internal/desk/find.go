package desk

import (
	"context"
	"slices"
	"strings"

	"entente/internal/catalogue"
	"entente/internal/centre"
	"entente/internal/policy"
)

// FoundSource is a source that could be added, with what it would bring.
type FoundSource struct {
	Source    centre.Source // Kind, Address, Options and the proposals; no more
	How       string        // how it was found, a sentence
	Catalogue bool          // owner and family come from the catalogue
	Have      bool          // the person's member has this address already
	Items     []PreviewItem
	Events    int
	Tracks    int
	Problems  []string
}

// FindSources looks at an address that a person pasted, and proposes what can
// be read there. Nothing is stored.
func (d *Desk) FindSources(ctx context.Context, who policy.View, address string, private, onThisMachine bool) ([]FoundSource, error) {
	actor, err := d.manager(who)
	if err != nil {
		return nil, err
	}
	switch address = strings.TrimSpace(address); {
	case address == "":
		return nil, centre.Invalid("There is no address to look at; paste one.")
	case private && !onThisMachine:
		return nil, centre.Refuse(centre.CodeDenied, "Private addresses can be looked at only on the centre's machine, with entente sources find.")
	case !onThisMachine && strings.HasPrefix(address, "/"):
		return nil, centre.Refuse(centre.CodeDenied, "A folder of the centre's machine can be named only on that machine, with entente sources add.")
	case d.connectors == nil:
		return nil, centre.Refuse(centre.CodeUnavailable, "This program runs without connectors, so sources cannot be looked for here.")
	}
	found, err := d.connectors.Find(ctx, address, private)
	if err != nil {
		return nil, err
	}
	have, err := d.ownAddresses(ctx, who, actor.Member)
	if err != nil {
		return nil, err
	}
	for i := range found {
		found[i].Have = have[found[i].Source.Address]
	}
	return found, nil
}

// manager gives the actor where it may manage its member's sources.
func (d *Desk) manager(who policy.View) (policy.Actor, error) {
	actor, err := signedIn(who)
	if err != nil {
		return policy.Actor{}, err
	}
	_, err = policy.Decide(actor, policy.ActionManageSources, policy.Object{Kind: "source", Member: actor.Member})
	return actor, err
}

// ownAddresses are those of the sources of a member.
func (d *Desk) ownAddresses(ctx context.Context, who policy.View, member centre.MemberCode) (map[string]bool, error) {
	states, err := d.store.Sources(ctx, who)
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for _, s := range states {
		if s.Source.Member == member {
			have[s.Source.Address] = true
		}
	}
	return have, nil
}

// CataloguedSource is an outlet of the catalogue that ships with the program.
type CataloguedSource struct {
	catalogue.Outlet
	Have bool // the person's member has this address already
}

// Catalogue lists the public sources that the program knows of.
func (d *Desk) Catalogue(ctx context.Context, who policy.View) ([]CataloguedSource, error) {
	actor, err := signedIn(who)
	if err != nil {
		return nil, err
	}
	have, err := d.ownAddresses(ctx, who, actor.Member)
	if err != nil {
		return nil, err
	}
	outlets := catalogue.All()
	out := make([]CataloguedSource, len(outlets))
	for i, o := range outlets {
		out[i] = CataloguedSource{o, have[o.Address]}
	}
	return out, nil
}

// AddFromCatalogue adds outlets of the catalogue, by their addresses, as sources
// of the person's own member. Line counts the addresses, from 1.
func (d *Desk) AddFromCatalogue(ctx context.Context, who policy.View, addresses []string, marking string) (ImportedSources, error) {
	actor, err := d.manager(who)
	if err != nil {
		return ImportedSources{}, err
	}
	have, err := d.ownAddresses(ctx, who, actor.Member)
	if err != nil {
		return ImportedSources{}, err
	}
	outlets := catalogue.All()
	var out ImportedSources
	for i, address := range addresses {
		at := slices.IndexFunc(outlets, func(o catalogue.Outlet) bool { return o.Address == address })
		switch {
		case at < 0:
			out.Skipped = append(out.Skipped, SkippedLine{i + 1, "The catalogue has no source at this address."})
			continue
		case have[address]:
			out.Skipped = append(out.Skipped, SkippedLine{i + 1, "This address is already a source of your member."})
			continue
		}
		o := outlets[at]
		added, err := d.AddSource(ctx, who, NewSource{Name: o.Name, Kind: o.Kind, Address: o.Address, Family: o.Family, Owner: o.Owner,
			Ownership: o.Ownership, Language: o.Language, Country: o.Country, Marking: marking})
		switch centre.CodeOf(err) {
		case "":
			if err != nil {
				return out, err
			}
			have[address] = true
			out.Added = append(out.Added, added)
			if who, err = d.refreshed(ctx, actor); err != nil {
				return out, err
			}
		case centre.CodeInvalid, centre.CodeConflict, centre.CodeDenied:
			out.Skipped = append(out.Skipped, SkippedLine{i + 1, err.Error()})
		default:
			return out, err
		}
	}
	return out, nil
}

// refreshed is the person's view after a source has come, perhaps under a label
// that the view before is older than.
func (d *Desk) refreshed(ctx context.Context, actor policy.Actor) (policy.View, error) {
	_, view, err := d.Identify(ctx, actor.Person)
	return view, err
}
