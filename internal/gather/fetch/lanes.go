package fetch

import (
	"context"
	"sync"
	"time"
)

const (
	// slowAfter is when a request counts as slow: nearly all answers of hosts
	// that are well have come in full by then.
	slowAfter = 3 * time.Second
	// slowTimes is how many more requests may be slow at a time than quick.
	slowTimes = 4
)

// lanes bounds how many requests go out at a time, in two lanes, so that hosts
// that answer in drips cannot take the places of those that answer at once.
//
// A request begins in the quick lane. When it has lasted for slowAfter it
// leaves its place to another and goes on in the slow lane, and requests to a
// host that was slow the last time begin there. Whatever the number of slow
// hosts, the quick lane is held up by each of them for three seconds at most,
// once, as long as the slow lane has room.
type lanes struct {
	quick, slow chan struct{}
}

func newLanes(parallel int) *lanes {
	return &lanes{quick: make(chan struct{}, parallel), slow: make(chan struct{}, slowTimes*parallel)}
}

// enter waits for a place. done gives it back and tells whether the request was
// slow; it must be called once. The error is the context's.
func (l *lanes) enter(ctx context.Context, wasSlow bool) (done func() (slow bool), err error) {
	lane := l.quick
	if wasSlow {
		lane = l.slow
	}
	select {
	case lane <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	start := time.Now()
	if wasSlow {
		return func() bool { <-l.slow; return time.Since(start) >= slowAfter }, nil
	}
	p := &place{lanes: l, over: make(chan struct{})}
	timer := time.AfterFunc(slowAfter, p.move)
	return func() bool {
		timer.Stop()
		return p.leave()
	}, nil
}

// place is a request's place in a lane.
type place struct {
	lanes *lanes
	over  chan struct{} // closed when the request is over

	mu    sync.Mutex
	left  bool
	moved bool
	slow  bool
}

// move goes from the quick lane to the slow one, as soon as that has room.
func (p *place) move() {
	p.mu.Lock()
	p.slow = true
	p.mu.Unlock()
	select {
	case p.lanes.slow <- struct{}{}:
	case <-p.over:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left { // it ended meanwhile, and gave its quick place back itself
		<-p.lanes.slow
		return
	}
	p.moved = true
	<-p.lanes.quick
}

func (p *place) leave() (slow bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left = true
	close(p.over)
	if p.moved {
		<-p.lanes.slow
	} else {
		<-p.lanes.quick
	}
	return p.slow
}
