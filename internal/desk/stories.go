package desk

import (
	"context"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
)

// Stories lists the stories that have an answering report.
func (d *Desk) Stories(ctx context.Context, who policy.View, q Question, p Page) (StoryPage, error) {
	tree, err := d.tree(ctx, who, q)
	if err != nil {
		return StoryPage{}, err
	}
	return d.store.Stories(ctx, who, tree, p)
}

// Story reads a story as the person may see it. Its id is another one where it is
// part of another story by now.
func (d *Desk) Story(ctx context.Context, who policy.View, id centre.ID) (centre.Story, error) {
	if _, err := signedIn(who); err != nil {
		return centre.Story{}, err
	}
	return d.store.Story(ctx, who, id)
}

// StoryReports lists the reports of a story, newest arrival first.
func (d *Desk) StoryReports(ctx context.Context, who policy.View, id centre.ID, p Page) (FoundPage, error) {
	story, err := d.Story(ctx, who, id)
	if err != nil {
		return FoundPage{}, err
	}
	return d.list(ctx, who, query.Story{ID: story.ID}, p)
}
