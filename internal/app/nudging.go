package app

import (
	"context"

	"entente/internal/bus"
	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// Take implements store.Intake.
func (n nudging) Take(ctx context.Context, g policy.Grant, source centre.ID, docs []centre.Document, c centre.Cursor) ([]store.Receipt, error) {
	receipts, err := n.Store.Take(ctx, g, source, docs, c)
	if err == nil && len(docs) > 0 {
		n.nudge(ctx, roleProcess)
	}
	return receipts, err
}

// Commit implements store.Intake.
func (n nudging) Commit(ctx context.Context, g policy.Grant, ws []centre.Woven) ([]centre.ID, error) {
	ids, err := n.Store.Commit(ctx, g, ws)
	return ids, n.woken(ctx, bus.RoleRelay, err)
}

// Retry implements store.Intake.
func (n nudging) Retry(ctx context.Context, g policy.Grant, ids []centre.ID) (int, error) {
	retried, err := n.Store.Retry(ctx, g, ids)
	return retried, n.woken(ctx, roleProcess, err)
}

// Reprocess implements store.Intake.
func (n nudging) Reprocess(ctx context.Context, g policy.Grant, v policy.View, q query.Node) (int, error) {
	waiting, err := n.Store.Reprocess(ctx, g, v, q)
	return waiting, n.woken(ctx, roleProcess, err)
}

// Mark implements store.Grading.
func (n nudging) Mark(ctx context.Context, g policy.Grant, reason string) error {
	return n.woken(ctx, bus.RoleRelay, n.Store.Mark(ctx, g, reason))
}

// Grade implements store.Grading.
func (n nudging) Grade(ctx context.Context, g policy.Grant, grade centre.Grade, reason string) (centre.Grading, error) {
	grading, err := n.Store.Grade(ctx, g, grade, reason)
	return grading, n.woken(ctx, bus.RoleRelay, err)
}

// AddSource implements store.Sources.
func (n nudging) AddSource(ctx context.Context, g policy.Grant, s centre.Source) error {
	return n.woken(ctx, bus.RoleRelay, n.Store.AddSource(ctx, g, s))
}

// ChangeSource implements store.Sources.
func (n nudging) ChangeSource(ctx context.Context, g policy.Grant, s centre.Source) error {
	return n.woken(ctx, bus.RoleRelay, n.Store.ChangeSource(ctx, g, s))
}
