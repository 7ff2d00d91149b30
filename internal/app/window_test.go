package app

import (
	"context"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
	"entente/internal/weave"
)

// recalling is a store that is asked for what a weave remembers.
type recalling struct {
	store.Store
	limit int
}

func (a *recalling) ToldApart(context.Context, policy.Grant) ([][2]centre.ID, centre.ID, error) {
	return nil, 0, nil
}

func (a *recalling) Remember(_ context.Context, _ policy.View, limit int, _ func(store.Known) error) error {
	a.limit = limit
	return nil
}

// The weave recalls as many reports as the centre was told to.
func TestTheWindowIsRecalled(t *testing.T) {
	for window, want := range map[int]int{0: weave.DefaultLimit, 500: 500} {
		a := &recalling{}
		if err := newWeaver(a, window, time.Now).load(t.Context()); err != nil {
			t.Fatal(err)
		}
		if a.limit != want {
			t.Errorf("%d reports are recalled, want %d", a.limit, want)
		}
	}
}
