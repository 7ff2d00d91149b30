package desk

import (
	"context"

	"entente/internal/centre"
	"entente/internal/policy"
)

// DeadLetters lists documents that processing could not finish, newest first,
// to the member whose sources they came from. A document may be marked higher
// than its source; its title is shown to those alone who manage the sources.
func (d *Desk) DeadLetters(ctx context.Context, who policy.View, p Page) ([]centre.DeadLetter, string, error) {
	sources, err := d.Sources(ctx, who)
	if err != nil {
		return nil, "", err
	}
	own := map[centre.ID]SourceView{}
	for _, s := range sources {
		if s.Counted {
			own[s.ID] = s
		}
	}
	letters, next, err := d.store.DeadLetters(ctx, who, p)
	if err != nil {
		return nil, "", err
	}
	out := make([]centre.DeadLetter, 0, len(letters))
	for _, l := range letters {
		source, ok := own[l.Source]
		if !ok {
			continue
		}
		if !source.MayManage {
			l.Title = ""
		}
		out = append(out, l)
	}
	return out, next, nil
}

// RetryDeadLetters makes dead letters of the own member's sources wait for
// processing again: those named, or all. It tells how many.
func (d *Desk) RetryDeadLetters(ctx context.Context, who policy.View, ids []centre.ID) (int, error) {
	grant, err := reprocessing(who)
	if err != nil {
		return 0, err
	}
	return d.store.Retry(ctx, grant, ids)
}

// Reprocess makes the stored documents of matching reports wait for processing
// again, of the own member's sources alone. It tells how many.
func (d *Desk) Reprocess(ctx context.Context, who policy.View, text string) (int, error) {
	grant, err := reprocessing(who)
	if err != nil {
		return 0, err
	}
	tree, err := d.tree(ctx, who, Question{Text: text})
	if err != nil {
		return 0, err
	}
	return d.store.Reprocess(ctx, grant, who, tree)
}

func reprocessing(who policy.View) (policy.Grant, error) {
	actor, err := signedIn(who)
	if err != nil {
		return policy.Grant{}, err
	}
	return policy.Decide(actor, policy.ActionReprocess, policy.Object{Kind: "source", Member: actor.Member})
}
