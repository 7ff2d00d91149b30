package desk

import (
	"context"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// importBatch is how many documents are taken in one transaction.
const importBatch = 200

// Import takes documents that a person brings by hand into a source of kind
// files of the person's own member. Receipts are in the order of docs. What
// was taken before an error stays taken: importing the same again takes
// nothing twice.
func (d *Desk) Import(ctx context.Context, who policy.View, source centre.ID, docs []centre.Document) ([]store.Receipt, error) {
	grant, err := d.importGrant(ctx, who, source)
	if err != nil {
		return nil, err
	}
	member := grant.Actor().Member
	receipts := make([]store.Receipt, 0, len(docs))
	for len(docs) > 0 {
		batch := docs[:min(importBatch, len(docs))]
		for i := range batch {
			if m := batch[i].Marking; m != nil && m.Originator != member {
				return receipts, centre.Refuse(centre.CodeDenied, "Document %d is marked %s, whose originator is not your member; import what is your member's own.", len(receipts)+i+1, m)
			}
			batch[i].Source = source
		}
		taken, err := d.store.Take(ctx, grant, source, batch, nil)
		if err != nil {
			return receipts, err
		}
		receipts = append(receipts, taken...)
		docs = docs[len(batch):]
	}
	d.labels.expire()
	return receipts, nil
}

// importGrant permits importing into a source of kind files of the person's own
// member.
func (d *Desk) importGrant(ctx context.Context, who policy.View, source centre.ID) (policy.Grant, error) {
	actor, err := signedIn(who)
	if err != nil {
		return policy.Grant{}, err
	}
	state, err := d.store.Source(ctx, who, source)
	if err != nil {
		return policy.Grant{}, err
	}
	grant, err := policy.Decide(actor, policy.ActionImport, sourceObject(state.Source))
	if err != nil {
		return policy.Grant{}, err
	}
	if state.Source.Kind != kindFiles {
		return policy.Grant{}, centre.Invalid("Documents are imported into a source of kind files; %s is a source of kind %s.", state.Source.Slug, state.Source.Kind)
	}
	return grant, nil
}

func (d *Desk) importEvents(ctx context.Context, who policy.View, source centre.ID, events []centre.Event) (int, error) {
	grant, err := d.importGrant(ctx, who, source)
	if err != nil {
		return 0, err
	}
	return d.store.TakeEvents(ctx, grant, source, events, nil)
}

func (d *Desk) importTracks(ctx context.Context, who policy.View, source centre.ID, tracks []centre.Track) (int, error) {
	grant, err := d.importGrant(ctx, who, source)
	if err != nil {
		return 0, err
	}
	return d.store.TakeTracks(ctx, grant, source, tracks, nil)
}
