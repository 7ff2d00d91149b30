package desk

import (
	"context"
	"slices"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// ReportEcho says that a report looks like the translation of another.
type ReportEcho = store.ReportEcho

// StoryGrouping tells how a story came to be one, and who and what its reports
// name most, as the reader may see it.
type StoryGrouping struct {
	Story    centre.ID          // the one that was asked for, or that it is part of
	Edits    []centre.StoryEdit // newest first
	Echoes   []ReportEcho       // which reports look like translations
	Entities []centre.Entity    // the most named first; Reports is of the story
	May      bool               // correct it
}

// storyEntities is how many people and bodies a story shows.
const storyEntities = 12

// StoryGrouping reads it.
func (d *Desk) StoryGrouping(ctx context.Context, who policy.View, id centre.ID) (StoryGrouping, error) {
	actor, err := signedIn(who)
	if err != nil {
		return StoryGrouping{}, err
	}
	story, err := d.store.Story(ctx, who, id)
	if err != nil {
		return StoryGrouping{}, err
	}
	out := StoryGrouping{Story: story.ID}
	if out.Edits, err = d.store.StoryEdits(ctx, who, story.ID); err != nil {
		return StoryGrouping{}, err
	}
	if out.Echoes, err = d.store.Echoes(ctx, who, story.ID); err != nil {
		return StoryGrouping{}, err
	}
	if out.Entities, err = d.store.StoryEntities(ctx, who, story.ID, storyEntities); err != nil {
		return StoryGrouping{}, err
	}
	for i := range out.Entities {
		complete(&out.Entities[i])
	}
	object, err := d.storyObject(ctx, who, story, story.Lead, story.Marking)
	if err != nil {
		return StoryGrouping{}, err
	}
	_, err = policy.Decide(actor, policy.ActionStory, object)
	out.May = err == nil
	return out, nil
}

// storyObject is what policy decides about: a story as the person sees it, by one
// of its reports, and the marking that a record of the correction will carry.
func (d *Desk) storyObject(ctx context.Context, who policy.View, s centre.Story, report centre.ID, saw ...centre.Marking) (policy.Object, error) {
	heads, err := d.store.Heads(ctx, who, []centre.ID{report})
	if err != nil {
		return policy.Object{}, err
	}
	if len(heads) == 0 {
		return policy.Object{}, centre.NotFound("report")
	}
	object := policy.Object{Kind: "story", ID: s.ID, Label: heads[0].Label, Marking: heads[0].Marking, Target: &centre.Marking{}}
	if joined, ok := policy.Join(append(saw, heads[0].Marking)...); ok {
		object.Target = &joined
	}
	return object, nil
}

// CorrectStory carries out a person's correction of story id. Of e it needs Kind
// and Reason, and: of a merge, From, the other story; of a move, Report and Into;
// of a split, Report; of an undo, Undoes alone. A correction holds for all
// members, wins over the machine, and can be taken back.
func (d *Desk) CorrectStory(ctx context.Context, who policy.View, id centre.ID, e centre.StoryEdit) (centre.StoryEdit, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.StoryEdit{}, err
	}
	if e.Reason, err = line("reason", e.Reason, maxReason); err != nil {
		return centre.StoryEdit{}, err
	}
	story, err := d.store.Story(ctx, who, id)
	if err != nil {
		return centre.StoryEdit{}, err
	}
	report, saw := story.Lead, []centre.Marking{story.Marking}
	other := centre.ID(0)
	switch e.Kind {
	case centre.StoryMerge:
		other, e.Into = e.From, story.ID
	case centre.StoryMove:
		other, e.From, report = e.Into, story.ID, e.Report
	case centre.StorySplit:
		e.From, report = story.ID, e.Report
	case centre.StoryUndo:
		edits, err := d.store.StoryEdits(ctx, who, story.ID)
		if err != nil {
			return centre.StoryEdit{}, err
		}
		if !slices.ContainsFunc(edits, func(done centre.StoryEdit) bool { return done.ID == e.Undoes }) {
			return centre.StoryEdit{}, centre.NotFound("correction")
		}
	default:
		return centre.StoryEdit{}, centre.Invalid("%q is no correction of a story: merge, move, split or undo.", e.Kind)
	}
	if other != 0 || e.Kind == centre.StoryMerge || e.Kind == centre.StoryMove {
		o, err := d.store.Story(ctx, who, other)
		if err != nil {
			return centre.StoryEdit{}, err
		}
		if o.ID == story.ID {
			return centre.StoryEdit{}, centre.Invalid("These are one story already; nothing was changed.")
		}
		saw = append(saw, o.Marking)
		if e.Kind == centre.StoryMerge {
			e.From = o.ID
		} else {
			e.Into = o.ID
		}
	}
	object, err := d.storyObject(ctx, who, story, report, saw...)
	if err != nil {
		return centre.StoryEdit{}, err
	}
	grant, err := policy.Decide(actor, policy.ActionStory, object)
	if err != nil {
		return centre.StoryEdit{}, err
	}
	if e.Reason == "" && e.Kind != centre.StoryUndo {
		return centre.StoryEdit{}, centre.Invalid("Say why; nothing was changed.")
	}
	done, err := d.store.CorrectStory(ctx, grant, e)
	if err == nil {
		d.labels.expire()
	}
	return done, err
}
