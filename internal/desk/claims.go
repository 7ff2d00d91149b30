package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

type (
	// ClaimPage is part of a list of claims, that with the newest report first.
	ClaimPage = store.ClaimPage
	// StatementPage is part of the statements of a claim.
	StatementPage = store.StatementPage
	// RelatedClaim is a claim near another, and how they are related.
	RelatedClaim = store.RelatedClaim
)

// ClaimQuestion is what claims are asked for with. Its zero value asks for all
// that the asker may see; what is asked is asked of what the asker sees.
type ClaimQuestion struct {
	Question                      // a report that carries it answers
	Status   []centre.ClaimStatus // one of these; nil for any
	Speaker  string               // a name, or words of one, in any script
	Stance   centre.Stance        // of that speaker, or of anybody; "" for any
	Roots    int                  // at least so many roots stand behind it
	Story    centre.ID            // of a report that carries it; zero for any
}

// Claims lists the claims that answer a question.
func (d *Desk) Claims(ctx context.Context, who policy.View, q ClaimQuestion, p Page) (ClaimPage, error) {
	tree, err := d.tree(ctx, who, q.Question)
	if err != nil {
		return ClaimPage{}, err
	}
	for _, s := range q.Status {
		if !slices.Contains(centre.ClaimStatuses, s) {
			return ClaimPage{}, centre.Invalid("%q is no status of a claim: contested, refuted, retracted, unverified or corroborated.", strings.ToLower(string(s)))
		}
	}
	if q.Stance != "" && !slices.Contains(centre.Stances, q.Stance) {
		return ClaimPage{}, centre.Invalid("%q is no stance: assert, confirm, deny, partial, unverified, decline, retract or correct.", strings.ToLower(string(q.Stance)))
	}
	if q.Story != 0 {
		tree = query.And{query.Story{ID: q.Story}, tree}
	}
	return d.store.Claims(ctx, who, store.ClaimFilter{Query: tree, Status: q.Status, Said: query.Said{Speaker: q.Speaker, Stance: q.Stance, Roots: q.Roots}}, p)
}

// ClaimDossier is a claim with all that the reader may know of it.
type ClaimDossier struct {
	Claim      centre.Claim
	Statements StatementPage // the newest; ClaimStatements has the others
	Related    []RelatedClaim
	Gradings   []centre.ClaimGrading
	Edits      []centre.ClaimEdit
	May        bool // grade and correct it
}

// statementsShown is how many statements a dossier holds.
const statementsShown = 200

// ReadClaim reads a claim, or what it was merged into.
func (d *Desk) ReadClaim(ctx context.Context, who policy.View, id centre.ID) (ClaimDossier, error) {
	actor, err := signedIn(who)
	if err != nil {
		return ClaimDossier{}, err
	}
	var out ClaimDossier
	if out.Claim, err = d.store.Claim(ctx, who, id); err != nil {
		return ClaimDossier{}, err
	}
	if out.Statements, err = d.store.ClaimStatements(ctx, who, out.Claim.ID, Page{Limit: statementsShown}); err != nil {
		return ClaimDossier{}, err
	}
	if out.Related, err = d.store.RelatedClaims(ctx, who, out.Claim.ID); err != nil {
		return ClaimDossier{}, err
	}
	retie(out.Claim, out.Statements.Statements)
	retieRelated(out.Claim, out.Related)
	if out.Gradings, err = d.store.ClaimGradings(ctx, who, out.Claim.ID); err != nil {
		return ClaimDossier{}, err
	}
	if out.Edits, err = d.store.ClaimEdits(ctx, who, out.Claim.ID); err != nil {
		return ClaimDossier{}, err
	}
	_, err = policy.Decide(actor, policy.ActionClaim, claimObject(out.Claim))
	out.May = err == nil
	return out, nil
}

// ClaimStatements lists the statements of a claim, the newest report first.
func (d *Desk) ClaimStatements(ctx context.Context, who policy.View, id centre.ID, p Page) (StatementPage, error) {
	if _, err := signedIn(who); err != nil {
		return StatementPage{}, err
	}
	claim, err := d.store.Claim(ctx, who, id)
	if err != nil {
		return StatementPage{}, err
	}
	page, err := d.store.ClaimStatements(ctx, who, claim.ID, p)
	retie(claim, page.Statements)
	return page, err
}

// ReportClaim is a statement of a report and the claim that it belongs to.
type ReportClaim struct {
	No    int // of the statement
	Claim centre.Claim
}

// ReportClaims gives the claims of a report's statements, in the order of the text.
func (d *Desk) ReportClaims(ctx context.Context, who policy.View, report centre.ID) ([]ReportClaim, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	byNo, err := d.store.ReportClaims(ctx, who, report)
	if err != nil {
		return nil, err
	}
	out := make([]ReportClaim, 0, len(byNo))
	for no, c := range byNo {
		out = append(out, ReportClaim{no, c})
	}
	slices.SortFunc(out, func(a, b ReportClaim) int { return a.No - b.No })
	return out, nil
}

// StoryClaims are the claims of a story as a table: claims down, speakers across.
type StoryClaims struct {
	Claims   []centre.Claim        // contested ones first
	Speakers []centre.ClaimSpeaker // of all of them, those who speak against contested claims first, then those who speak on them; at most twenty
}

const (
	tableClaims   = 100
	tableSpeakers = 20
)

// StoryClaims gives the claims of a story, at most a hundred, those with the
// newest reports.
func (d *Desk) StoryClaims(ctx context.Context, who policy.View, story centre.ID) (StoryClaims, error) {
	if _, err := d.Story(ctx, who, story); err != nil {
		return StoryClaims{}, err
	}
	page, err := d.store.Claims(ctx, who, store.ClaimFilter{Query: query.Story{ID: story}}, Page{Limit: tableClaims})
	if err != nil {
		return StoryClaims{}, err
	}
	out := StoryClaims{Claims: page.Claims}
	slices.SortStableFunc(out.Claims, func(a, b centre.Claim) int {
		return cmp.Or(slices.Index(centre.ClaimStatuses, a.Status)-slices.Index(centre.ClaimStatuses, b.Status), len(b.Speakers)-len(a.Speakers))
	})
	out.Speakers = columns(out.Claims)
	return out, nil
}

// columns gives the speakers of a table of claims in the order in which a reader
// wants to see them: whoever is against a contested claim stands beside it, then
// its other speakers, then those who speak on most claims. Statements is on how
// many claims one speaks.
func columns(claims []centre.Claim) []centre.ClaimSpeaker {
	type column struct {
		centre.ClaimSpeaker
		against, contested int // on how many contested claims
	}
	var list []column
	at := map[string]int{}
	for _, c := range claims {
		for _, s := range c.Speakers {
			i, ok := at[s.Key]
			if !ok {
				i = len(list)
				at[s.Key] = i
				list = append(list, column{ClaimSpeaker: s})
				list[i].Statements, list[i].Stances = 0, nil
			}
			list[i].Statements++
			if c.Status == centre.ClaimContested {
				list[i].contested++
				if slices.Contains(s.Stances, centre.StanceDeny) {
					list[i].against++
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b column) int {
		return cmp.Or(cmp.Compare(b.against, a.against), cmp.Compare(b.contested, a.contested), cmp.Compare(b.Statements, a.Statements))
	})
	speakers := make([]centre.ClaimSpeaker, 0, tableSpeakers)
	for _, c := range list[:min(len(list), tableSpeakers)] {
		speakers = append(speakers, c.ClaimSpeaker)
	}
	return speakers
}

// claimObject is what policy decides about: what is said of a claim is marked as
// what the person saw of it.
func claimObject(c centre.Claim) policy.Object {
	marking := c.Marking
	return policy.Object{Kind: "claim", ID: c.ID, Target: &marking}
}

// GradeClaim keeps a person's grade of a claim. It stands before the suggested
// one, for those to whom all that the person saw of the claim is released.
func (d *Desk) GradeClaim(ctx context.Context, who policy.View, id centre.ID, grade centre.Grade, reason string) (centre.ClaimGrading, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.ClaimGrading{}, err
	}
	if !grade.Known() {
		return centre.ClaimGrading{}, centre.Invalid("A grade needs a letter A to F, a digit 1 to 6, or both, such as B2; nothing was graded.")
	}
	if reason, err = line("reason", reason, maxReason); err != nil {
		return centre.ClaimGrading{}, err
	}
	claim, err := d.store.Claim(ctx, who, id)
	if err != nil {
		return centre.ClaimGrading{}, err
	}
	grant, err := policy.Decide(actor, policy.ActionClaim, claimObject(claim))
	if err != nil {
		return centre.ClaimGrading{}, err
	}
	defer d.labels.expire()
	return d.store.GradeClaim(ctx, grant, grade, reason)
}

// CorrectClaim carries out a person's correction of a claim and reads the claim
// that it leads to: the new one of a split. A correction holds for all members, so
// everybody whose picture it changes sees that it was made and may take it back.
func (d *Desk) CorrectClaim(ctx context.Context, who policy.View, id centre.ID, edit centre.ClaimEdit) (centre.Claim, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.Claim{}, err
	}
	if edit.Reason, err = line("reason", edit.Reason, maxReason); err != nil {
		return centre.Claim{}, err
	}
	claim, err := d.store.Claim(ctx, who, id)
	if err != nil {
		return centre.Claim{}, err
	}
	markings := []centre.Marking{claim.Marking}
	if edit.Other != 0 {
		other, err := d.store.Claim(ctx, who, edit.Other)
		if err != nil {
			return centre.Claim{}, err
		}
		if other.ID == claim.ID {
			return centre.Claim{}, centre.Invalid("These are one claim already; nothing was changed.")
		}
		edit.Other = other.ID
		markings = append(markings, other.Marking)
	}
	if edit.Reason == "" && edit.Kind != centre.EditUndo {
		return centre.Claim{}, centre.Invalid("Say why; nothing was changed.")
	}
	switch edit.Kind {
	case centre.EditLink, centre.EditSplit:
		if len(edit.Statements) == 0 || edit.Other != 0 {
			return centre.Claim{}, centre.Invalid("Say which statements, by report, version and number; nothing was changed.")
		}
	case centre.EditMerge, centre.EditRelated:
		if edit.Other == 0 || len(edit.Statements) != 0 {
			return centre.Claim{}, centre.Invalid("Say which other claim; nothing was changed.")
		}
	case centre.EditUndo:
		if edit.Undoes == 0 || edit.Other != 0 || len(edit.Statements) != 0 {
			return centre.Claim{}, centre.Invalid("Say which correction; nothing was changed.")
		}
		edits, err := d.store.ClaimEdits(ctx, who, claim.ID)
		if err != nil {
			return centre.Claim{}, err
		}
		if !slices.ContainsFunc(edits, func(done centre.ClaimEdit) bool { return done.ID == edit.Undoes }) {
			return centre.Claim{}, centre.NotFound("correction")
		}
	default:
		return centre.Claim{}, centre.Invalid("%q is no correction of a claim: link, split, merge, related or undo.", edit.Kind)
	}
	statements, err := d.store.Statements(ctx, who, edit.Statements)
	if err != nil {
		return centre.Claim{}, err
	}
	if len(statements) != len(edit.Statements) {
		return centre.Claim{}, centre.NotFound("statement")
	}
	for i := range statements {
		markings = append(markings, statements[i].Marking)
	}
	object := claimObject(claim)
	if joined, ok := policy.Join(markings...); ok {
		object.Target = &joined
	} else {
		object.Target = &centre.Marking{}
	}
	grant, err := policy.Decide(actor, policy.ActionClaim, object)
	if err != nil {
		return centre.Claim{}, err
	}
	leads, err := d.store.CorrectClaim(ctx, grant, edit)
	if err != nil {
		return centre.Claim{}, err
	}
	d.labels.expire()
	now, err := d.store.Claim(ctx, who, leads)
	if edit.Kind == centre.EditUndo && centre.CodeOf(err) == centre.CodeNotFound {
		return claim, nil // what it was taken back from has no statement for this person any more
	}
	return now, err
}

// RootTold says of a statement's root that it can be told apart, without naming
// it: by a token that others may give too, or as the root of another statement.
type RootTold struct {
	No     int    // of the statement
	Token  string // equal tokens are one root; "" takes an earlier one back
	SameAs *centre.StatementRef
}

// maxToken is the longest root token, in code points.
const maxToken = 200

// TellRoot tells the root of a statement of a report of the own member.
func (d *Desk) TellRoot(ctx context.Context, who policy.View, report centre.ID, told RootTold) error {
	actor, err := signedIn(who)
	if err != nil {
		return err
	}
	if told.Token, err = line("token", told.Token, maxToken); err != nil {
		return err
	}
	if told.Token != "" && told.SameAs != nil {
		return centre.Invalid("Give a token or the statement that has the same root, not both; nothing was told.")
	}
	if told.Token != "" && len(strings.TrimSpace(told.Token)) < 8 {
		return centre.Invalid("A root token is at least 8 characters long, so that nobody guesses it; nothing was told.")
	}
	r, err := d.store.Report(ctx, who, report, 0)
	if err != nil {
		return err
	}
	grant, err := policy.Decide(actor, policy.ActionTellRoot, reportObject(r.ReportHead))
	if err != nil {
		return err
	}
	if told.SameAs != nil {
		return d.store.SameRoot(ctx, grant, who, told.No, *told.SameAs)
	}
	return d.store.TellRoot(ctx, grant, told.No, told.Token)
}
