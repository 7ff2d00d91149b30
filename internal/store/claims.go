package store

import (
	"context"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
)

// ClaimFilter says which claims are asked for; the zero value asks for all. A
// claim is there where the reader sees a statement of it, and all that is asked
// is asked of what the reader sees.
type ClaimFilter struct {
	Query  query.Node           // a report that carries it matches; nil for any
	Status []centre.ClaimStatus // one of these; nil for any
	// Said is asked of one statement: its speaker and its stance.
	Said query.Said
}

// ClaimPage is part of a list of claims: that with the newest report first.
type ClaimPage struct {
	Claims []centre.Claim
	Next   string // "" after the last page
}

// StatementPage is part of the statements of a claim, the newest report first.
type StatementPage struct {
	Statements []centre.ClaimStatement
	Next       string // "" after the last page
}

// RelatedClaim is a claim near another, with how the two are related.
type RelatedClaim struct {
	centre.RelatedClaim
	With centre.Claim
}

// KnownStatement is what linking remembers of an earlier statement.
type KnownStatement struct {
	Claim    centre.ID
	Report   centre.ID
	Features []byte // as centre.Linked.Features
}

// MaxJudged is how many statements of a claim are judged: of more, the first
// and the last half of so many that the reader sees.
const MaxJudged = 1000

// MaxCandidates is how many claims a search by status or roots looks at: those
// with the newest reports. What is older is not found by these two, whatever it is.
const MaxCandidates = 5000

// Claims reads what is said, by whom, and how it stands. Everything in a claim
// is computed from the statements of reports that the view sees (package
// corroborate); a claim of which it sees none does not exist for it.
type Claims interface {
	Claims(ctx context.Context, v policy.View, f ClaimFilter, p Page) (ClaimPage, error)
	// Claim reads a claim, and where it was merged into another, that one.
	Claim(ctx context.Context, v policy.View, id centre.ID) (centre.Claim, error)
	// ClaimStatements lists the statements of a claim.
	ClaimStatements(ctx context.Context, v policy.View, id centre.ID, p Page) (StatementPage, error)
	// RelatedClaims lists the claims near a claim that the view sees too, those
	// in tension first, at most 50.
	RelatedClaims(ctx context.Context, v policy.View, id centre.ID) ([]RelatedClaim, error)
	// ClaimGradings lists the grades given to a claim, newest first. A grade is
	// shown to whom all that its giver saw of the claim is released.
	ClaimGradings(ctx context.Context, v policy.View, id centre.ID) ([]centre.ClaimGrading, error)
	// ClaimEdits lists the corrections of a claim, newest first: those of what was
	// merged into it and of statements that left it among them. One is shown as
	// grades are; to whom it changed what the view sees otherwise, it is shown
	// closed (ClaimEdit.Closed): a correction holds for all, and nobody's picture
	// changes without being told by whom.
	ClaimEdits(ctx context.Context, v policy.View, id centre.ID) ([]centre.ClaimEdit, error)
	// ReportClaims gives the claims of a report's statements, by their No; of a
	// report with very many, of the first 500.
	ReportClaims(ctx context.Context, v policy.View, report centre.ID) (map[int]centre.Claim, error)
	// Statements reads the current statements that the view sees among refs, in
	// their order. The version of a ref plays no part.
	Statements(ctx context.Context, v policy.View, refs []centre.StatementRef) ([]centre.ClaimStatement, error)

	// CorrectClaim carries out a correction of the grant's object, a claim, and
	// gives the claim that it leads to: the new one of a split. An undo puts what
	// the edit Undoes of that claim moved, and what nobody moved since, back where
	// it was; of one that was undone it is refused (CodeConflict). What the
	// statements or claims named were at the time of the grant they must be
	// still (CodeConflict). Needs ActionClaim, with the marking of what the
	// person saw as its target.
	CorrectClaim(ctx context.Context, g policy.Grant, edit centre.ClaimEdit) (centre.ID, error)
	// GradeClaim keeps a person's grade of a claim. Needs ActionClaim as CorrectClaim.
	GradeClaim(ctx context.Context, g policy.Grant, grade centre.Grade, reason string) (centre.ClaimGrading, error)
	// TellRoot keeps a token of the root of a statement of the grant's object, a
	// report; "" removes it. Needs ActionTellRoot.
	TellRoot(ctx context.Context, g policy.Grant, no int, token string) error
	// SameRoot says that the statement's root is that of another one, which the
	// view sees. Needs ActionTellRoot on the report of the first.
	SameRoot(ctx context.Context, g policy.Grant, v policy.View, no int, as centre.StatementRef) error

	// RememberStatements walks the newest limit statements that belong to a
	// claim, oldest first. Needs a view from policy/system.
	RememberStatements(ctx context.Context, v policy.View, limit int, each func(KnownStatement) error) error
	// RememberClaims does so for the statements of claims, at most limit of each
	// that are the newest. Needs a view from policy/system.
	RememberClaims(ctx context.Context, v policy.View, claims []centre.ID, limit int, each func(KnownStatement) error) error
	// Corrected lists the corrections above after, oldest first: for linking.
	// Needs ActionPipeline.
	Corrected(ctx context.Context, g policy.Grant, after centre.ID, limit int) ([]centre.ClaimEdit, error)
}
