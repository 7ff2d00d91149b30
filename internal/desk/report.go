package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"entente/internal/centre"
	"entente/internal/policy"
)

// Dossier is a report with all that the reader may know of it.
type Dossier struct {
	Report   centre.Report
	Revision string // names this state of version and marking; see Revision
	Hits     []Span // of the query, into Report.Content.Text
	Versions []centre.VersionInfo
	Carriers []centre.ReportHead
	Gradings []centre.Grading
	Remarks  []centre.Remark
	MayGrade bool
	MayMark  bool
}

// Revision names the state of a report that a change of marking depends on:
// which version it is at, and how that is marked. It tells nothing else.
func Revision(h centre.ReportHead) string {
	sum := sha256.Sum256([]byte(h.ID.String() + "\n" + h.Marking.String()))
	return fmt.Sprintf("v%d-%s", h.Versions, hex.EncodeToString(sum[:6]))
}

// ReadReport reads a version of a report, 0 being the current one. The hits of
// a query are marked where one is given.
func (d *Desk) ReadReport(ctx context.Context, who policy.View, id centre.ID, version int, text string) (Dossier, error) {
	actor, err := signedIn(who)
	if err != nil {
		return Dossier{}, err
	}
	var out Dossier
	if out.Report, err = d.store.Report(ctx, who, id, version); err != nil {
		return Dossier{}, err
	}
	if out.Versions, err = d.store.Versions(ctx, who, id); err != nil {
		return Dossier{}, err
	}
	if out.Carriers, err = d.store.Carriers(ctx, who, id); err != nil {
		return Dossier{}, err
	}
	if out.Gradings, err = d.store.Gradings(ctx, who, id); err != nil {
		return Dossier{}, err
	}
	if out.Remarks, err = d.store.Remarks(ctx, who, id); err != nil {
		return Dossier{}, err
	}
	if text != "" {
		tree, err := d.parse(text, nil)
		if err != nil {
			return Dossier{}, err
		}
		out.Hits = hits(tree, out.Report.Content.Text)
	}
	object := reportObject(out.Report.ReportHead)
	_, err = policy.Decide(actor, policy.ActionGrade, object)
	out.MayGrade = err == nil
	object.Target = &object.Marking
	_, err = policy.Decide(actor, policy.ActionMark, object)
	out.MayMark = err == nil
	out.Revision = Revision(out.Report.ReportHead)
	return out, nil
}

// reportObject is what policy decides about.
func reportObject(h centre.ReportHead) policy.Object {
	return policy.Object{Kind: "report", ID: h.ID, Version: h.Version, Label: h.Label, Marking: h.Marking}
}
