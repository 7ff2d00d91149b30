package sqlstore

import (
	"context"

	"entente/internal/centre"
	"entente/internal/policy"
)

// deed is what a person did to a stored thing.
type deed struct {
	action  policy.Action
	kind    string
	object  centre.ID
	version int
	detail  string // a sentence
}

// enter adds what was done to the log, in the transaction that does it. The
// program's own doings have no entry.
func (t *tx) enter(ctx context.Context, g policy.Grant, d deed) error {
	a := g.Actor()
	if g.Permits(policy.ActionPipeline) && a.Person == 0 {
		return nil
	}
	return t.enterAs(ctx, a.Person, a.Name, a.Member, d)
}

func (t *tx) enterAs(ctx context.Context, person centre.ID, name string, member centre.MemberCode, d deed) error {
	_, err := t.exec(ctx, `INSERT INTO entry (at, person, name, member, action, kind, object, version, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		t.now.UnixMilli(), int64(person), clean(name), string(member), string(d.action), d.kind, int64(d.object), int64(d.version), clean(d.detail))
	return err
}

// tell adds notices to the outbox.
func (t *tx) tell(ctx context.Context, notices [][]any) error {
	if before := t.s.dialect.BeforeNotices; before != "" && len(notices) > 0 {
		if _, err := t.exec(ctx, before); err != nil {
			return err
		}
	}
	return t.insert(ctx, intoNotice, "", notices)
}

const (
	intoNotice    = "notice (kind, object, label_id)"
	noticeReport  = "report"
	noticeSource  = "source"
	noticeCharter = "charter"
)
