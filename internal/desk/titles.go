package desk

import (
	"context"
	"sync"

	"entente/internal/policy"
	"entente/internal/process/entity"
)

// Title is what somebody may be, and what that is called in each language.
type Title = entity.Title

var titles = sync.OnceValue(entity.Titles)

// Titles lists the titles that reports are read for. They ship with the program
// and tell nothing of any report.
func (d *Desk) Titles(_ context.Context, who policy.View) ([]Title, error) {
	if _, err := signedIn(who); err != nil {
		return nil, err
	}
	return titles(), nil
}
