package gather

import (
	"container/heap"
	"time"
)

// dues orders the plans that wait by when they are due, the earliest first, so
// that to find the next of 10,000 sources costs nothing. It implements
// heap.Interface; place is the way to use it.
type dues []*plan

func (d dues) Len() int           { return len(d) }
func (d dues) Less(i, j int) bool { return d[i].due.Before(d[j].due) }
func (d dues) Swap(i, j int) {
	d[i], d[j] = d[j], d[i]
	d[i].at, d[j].at = i, j
}
func (d *dues) Push(x any) {
	p := x.(*plan)
	p.at = len(*d)
	*d = append(*d, p)
}
func (d *dues) Pop() any {
	old := *d
	p := old[len(old)-1]
	old[len(old)-1] = nil
	*d = old[:len(old)-1]
	p.at = -1
	return p
}

// place puts a plan where its due time belongs, or takes it out where it is not
// to be started: paused, gone, or under way.
func (d *dues) place(p *plan) {
	waits := !p.source.Paused && !p.gone && p.cancel == nil
	switch {
	case waits && p.at < 0:
		heap.Push(d, p)
	case waits:
		heap.Fix(d, p.at)
	case p.at >= 0:
		heap.Remove(d, p.at)
	}
}

const (
	// starting is how many fetches may be in their first seconds at a time. It
	// bounds the memory when thousands of sources are due at once.
	starting = 256
	// settled is after how long a fetch no longer counts among them: slow
	// sources must not keep the others from starting.
	settled = 3 * time.Second
)

// gate counts the fetches that have just begun. It belongs to the goroutine of
// Scheduler.Run.
type gate struct {
	young int
	queue []began // in the order of their beginning
}

type began struct {
	plan *plan
	at   time.Time
}

// open reports whether one more may begin, and else how long until the oldest
// of the young no longer counts.
func (g *gate) open(now time.Time) (bool, time.Duration) {
	for len(g.queue) > 0 {
		first := g.queue[0]
		counts := first.plan.young && first.plan.began.Equal(first.at)
		left := settled - now.Sub(first.at)
		if counts && left > 0 {
			break
		}
		if counts {
			g.grown(first.plan)
		}
		g.queue[0] = began{}
		g.queue = g.queue[1:]
	}
	if g.young < starting {
		return true, 0
	}
	return false, settled - now.Sub(g.queue[0].at)
}

func (g *gate) begin(p *plan, now time.Time) {
	p.young, p.began = true, now
	g.young++
	g.queue = append(g.queue, began{p, now})
}

// grown takes a plan out of the count; one that is not in it stays out.
func (g *gate) grown(p *plan) {
	if p.young {
		p.young = false
		g.young--
	}
}
