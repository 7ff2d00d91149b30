package desk

import (
	"context"

	"entente/internal/centre"
	"entente/internal/charter"
	"entente/internal/policy"
)

// ParseMarking reads a marking as the person who asks would write it: without
// REL TO it is the person's own member's.
func (d *Desk) ParseMarking(ctx context.Context, who policy.View, text string) (centre.Marking, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.Marking{}, err
	}
	return d.marking(ctx, text, actor.Member)
}

// marking reads a marking in the words of the charter in force: its members
// and its groups as they are at this moment.
func (d *Desk) marking(ctx context.Context, text string, originator centre.MemberCode) (centre.Marking, error) {
	var c *charter.Charter
	c, err := d.charter(ctx)
	if err != nil {
		return centre.Marking{}, err
	}
	return centre.ParseMarking(text, c.Audience(originator, d.now()))
}

// MarkReport changes the marking of a report. Only an officer of its originator
// may; the originator stays. revision is Dossier.Revision as the person read
// it: where version or marking have changed since, nothing is done.
//
// The answer is the report's head as it then is. A marking that would hide the
// report from the person is refused (CodeDenied).
func (d *Desk) MarkReport(ctx context.Context, who policy.View, id centre.ID, text, reason, revision string) (centre.ReportHead, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.ReportHead{}, err
	}
	if reason, err = line("reason", reason, maxReason); err != nil {
		return centre.ReportHead{}, err
	}
	report, err := d.store.Report(ctx, who, id, 0)
	if err != nil {
		return centre.ReportHead{}, err
	}
	target, err := d.marking(ctx, text, report.Marking.Originator)
	if err != nil {
		return centre.ReportHead{}, err
	}
	object := reportObject(report.ReportHead)
	object.Target = &target
	grant, err := policy.Decide(actor, policy.ActionMark, object)
	if err != nil {
		return centre.ReportHead{}, err
	}
	switch {
	case reason == "":
		return centre.ReportHead{}, centre.Invalid("Say why the marking changes; nothing was marked.")
	case revision == "":
		return centre.ReportHead{}, centre.Invalid("Say which state of the report you have read; nothing was marked.")
	case revision != Revision(report.ReportHead):
		return centre.ReportHead{}, centre.Refuse(centre.CodeConflict, "The report has a new version or another marking since you read it; read it again and decide anew. Nothing was marked.")
	}
	if err := d.store.Mark(ctx, grant, reason); err != nil {
		return centre.ReportHead{}, err
	}
	d.labels.expire()
	_, view, err := d.Identify(ctx, actor.Person)
	if err != nil {
		return centre.ReportHead{}, err
	}
	heads, err := d.store.Heads(ctx, view, []centre.ID{id})
	if err != nil {
		return centre.ReportHead{}, err
	}
	if len(heads) == 0 {
		return centre.ReportHead{}, centre.NotFound("report")
	}
	return heads[0], nil
}
