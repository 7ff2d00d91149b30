package sqlstore

import (
	"context"
	"sync"
)

// together lets writes that wait for the one writer of an embedded database
// share its next transaction. Most of the cost of a small write is the wait for
// the disk at its end, and that is the same for one write and for many: a
// centre that gathers takes little from a great many sources at once.
type together struct {
	mu      sync.Mutex
	waiting []*joined
	leading bool
}

// joined is a write that waits.
type joined struct {
	ctx  context.Context
	f    func(*tx) error
	err  error
	done chan struct{}
}

// mostTogether bounds what one transaction holds, so that no other writer waits
// for long.
const mostTogether = 64

// writeTogether is write, but in one transaction with others that wait at the
// same time. Where one of them fails, nothing of the transaction stays, and each
// is written by itself: the others do not notice. f may run several times.
func (s *Store) writeTogether(ctx context.Context, f func(*tx) error) error {
	if !s.dialect.Embedded {
		return s.write(ctx, f)
	}
	j := &joined{ctx: ctx, f: f, done: make(chan struct{})}
	q := &s.together
	q.mu.Lock()
	q.waiting = append(q.waiting, j)
	if !q.leading {
		q.leading = true
		go s.lead()
	}
	q.mu.Unlock()
	<-j.done
	return j.err
}

// lead writes until nothing waits.
func (s *Store) lead() {
	q := &s.together
	for {
		q.mu.Lock()
		n := min(len(q.waiting), mostTogether)
		if n == 0 {
			q.leading, q.waiting = false, nil
			q.mu.Unlock()
			return
		}
		batch := q.waiting[:n:n]
		q.waiting = q.waiting[n:]
		q.mu.Unlock()
		s.writeBatch(batch)
		for _, j := range batch {
			close(j.done)
		}
	}
}

func (s *Store) writeBatch(batch []*joined) {
	if len(batch) > 1 {
		// No single caller's context may end the transaction of all.
		err := s.write(context.Background(), func(t *tx) error {
			for _, j := range batch {
				if err := j.f(t); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			return
		}
	}
	for _, j := range batch {
		j.err = s.write(j.ctx, j.f)
	}
}
