package bus

import (
	"context"
	"sync"

	"entente/internal/centre"
	"entente/internal/store"
)

// Subscribe calls f with every notice that is published from now on, in order,
// from one goroutine, until ctx is done, stop is called or the bus closes. A
// slow f delays nobody else: past a few thousand waiting notices they are
// dropped, and f is called with KindMissed in their place. stop returns when f
// will not be called again; f must not call it.
func (b *Bus) Subscribe(ctx context.Context, f func(store.Notice)) (stop func(), err error) {
	s := &subscriber{ready: make(chan struct{}, 1), quit: make(chan struct{})}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.subscribers == nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The message bus is closed")
	}
	b.subscribers[s] = struct{}{}
	s.done.Go(func() { s.run(f) })
	leave := func() {
		b.mu.Lock()
		delete(b.subscribers, s)
		b.mu.Unlock()
		s.end()
	}
	forget := context.AfterFunc(ctx, leave)
	return func() { forget(); leave() }, nil
}

// deliver gives a notice to every subscriber, and waits for none.
func (b *Bus) deliver(n store.Notice) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.subscribers {
		s.add(n)
	}
}

// subscriber holds what one subscriber has not looked at yet.
type subscriber struct {
	ready chan struct{} // holds one token where waiting may not be empty
	quit  chan struct{}
	once  sync.Once
	done  sync.WaitGroup

	mu      sync.Mutex
	waiting []store.Notice // guarded by mu
}

func (s *subscriber) add(n store.Notice) {
	s.mu.Lock()
	if len(s.waiting) >= maxWaiting {
		s.waiting = append(s.waiting[:0], store.Notice{Kind: KindMissed})
	} else {
		s.waiting = append(s.waiting, n)
	}
	s.mu.Unlock()
	select {
	case s.ready <- struct{}{}:
	default:
	}
}

func (s *subscriber) take() []store.Notice {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.waiting
	s.waiting = nil
	return taken
}

func (s *subscriber) run(f func(store.Notice)) {
	for {
		select {
		case <-s.quit:
			return
		case <-s.ready:
		}
		for _, n := range s.take() {
			select {
			case <-s.quit:
				return
			default:
				f(n)
			}
		}
	}
}

func (s *subscriber) end() {
	s.once.Do(func() { close(s.quit) })
	s.done.Wait()
}
