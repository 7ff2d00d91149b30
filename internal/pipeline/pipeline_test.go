package pipeline_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"entente/internal/centre"
	"entente/internal/pipeline"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/process"
	"entente/internal/store"
)

// memory is a store of the three methods that the pipeline needs, kept in order.
type memory struct {
	mu        sync.Mutex
	waiting   []store.Pending
	committed []string // titles, in order
	buried    []centre.DeadLetter
	refuse    func(ws []centre.Woven) error
	down      error
}

func (m *memory) wait(titles ...string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, title := range titles {
		m.waiting = append(m.waiting, store.Pending{Document: centre.Document{ID: centre.ID(len(m.waiting) + len(m.committed) + len(m.buried) + 1), Title: title}})
	}
}

func (m *memory) Pending(_ context.Context, _ policy.Grant, after centre.ID, limit int) ([]store.Pending, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down != nil {
		return nil, m.down
	}
	var page []store.Pending
	for _, p := range m.waiting {
		if p.Document.ID > after && len(page) < limit {
			page = append(page, p)
		}
	}
	return page, nil
}

func (m *memory) Commit(_ context.Context, _ policy.Grant, ws []centre.Woven) ([]centre.ID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.down != nil {
		return nil, m.down
	}
	if m.refuse != nil {
		if err := m.refuse(ws); err != nil {
			return nil, err
		}
	}
	ids := make([]centre.ID, len(ws))
	for i, w := range ws {
		m.committed = append(m.committed, w.Draft.Document.Title)
		ids[i] = w.Draft.Document.ID
		m.remove(ids[i])
	}
	return ids, nil
}

func (m *memory) Bury(_ context.Context, _ policy.Grant, d centre.DeadLetter) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.buried = append(m.buried, d)
	m.remove(d.Document)
	return nil
}

func (m *memory) remove(id centre.ID) {
	m.waiting = slices.DeleteFunc(m.waiting, func(p store.Pending) bool { return p.Document.ID == id })
}

// steps crashes over documents whose title says so.
type steps struct{}

func (steps) Run(_ context.Context, doc centre.Document) (centre.Draft, error) {
	if doc.Title == "crash" {
		return centre.Draft{}, &process.Crash{Step: "place", Reason: "The step place panicked."}
	}
	return centre.Draft{Document: doc}, nil
}

// inOrder weaves and fails the test where documents do not come in order.
type inOrder struct {
	t    *testing.T
	last centre.ID
}

func (w *inOrder) Weave(_ context.Context, p store.Pending, d centre.Draft) (centre.Woven, error) {
	if cmp.Compare(w.last, p.Document.ID) >= 0 {
		w.t.Errorf("document %d is woven after %d", p.Document.ID, w.last)
	}
	w.last = p.Document.ID
	return centre.Woven{Draft: d}, nil
}

func newPipeline(t *testing.T, m *memory, change func(*pipeline.Options)) *pipeline.Pipeline {
	o := pipeline.Options{
		Store: m, Process: steps{}, Weave: &inOrder{t: t}, Grant: system.Grant("pipeline"),
		Clock: func() time.Time { return time.UnixMilli(0) }, Log: slog.New(slog.DiscardHandler), Batch: 4, Workers: 3,
	}
	if change != nil {
		change(&o)
	}
	return pipeline.New(o)
}

func titles(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf("report %d", i))
	}
	return all
}

func TestDrainCommitsAllThatWaitsInOrder(t *testing.T) {
	m := &memory{}
	m.wait(titles(50)...)
	if err := newPipeline(t, m, nil).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.committed, titles(50)) || len(m.waiting) > 0 {
		t.Errorf("committed %v; %d still wait", m.committed, len(m.waiting))
	}
}

func TestACrashingDocumentIsBuriedAndItsNeighboursAreCommitted(t *testing.T) {
	m := &memory{}
	m.wait("a", "crash", "b")
	if err := newPipeline(t, m, nil).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.committed, []string{"a", "b"}) {
		t.Errorf("committed %v", m.committed)
	}
	if len(m.buried) != 1 || m.buried[0].Step != "place" || m.buried[0].Attempts != 1 {
		t.Errorf("buried %+v", m.buried)
	}
}

func TestADocumentThatTheStoreRefusesIsBuriedAlone(t *testing.T) {
	for name, refusal := range map[string]error{
		"for what it holds": centre.Invalid("the report has a NUL"),
		"for a fault":       errors.New("constraint failed"),
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{refuse: func(ws []centre.Woven) error {
				if slices.ContainsFunc(ws, func(w centre.Woven) bool { return w.Draft.Document.Title == "bad" }) {
					return refusal
				}
				return nil
			}}
			m.wait("a", "b", "bad", "c", "d")
			if err := newPipeline(t, m, nil).Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(m.committed, []string{"a", "b", "c", "d"}) || len(m.buried) != 1 || m.buried[0].Title != "bad" {
				t.Errorf("committed %v, buried %v", m.committed, m.buried)
			}
		})
	}
}

func TestAnAbsentDatabaseBuriesNothing(t *testing.T) {
	for name, failure := range map[string]error{
		"named":   centre.Refuse(centre.CodeUnavailable, "The disk is full; make room."),
		"unnamed": errors.New("connection refused"),
	} {
		t.Run(name, func(t *testing.T) {
			m := &memory{}
			m.refuse = func([]centre.Woven) error {
				m.down = failure
				return failure
			}
			m.wait("a", "b")
			if err := newPipeline(t, m, nil).Drain(t.Context()); !errors.Is(err, failure) {
				t.Errorf("the failure is lost: %v", err)
			}
			if len(m.buried) > 0 || len(m.waiting) != 2 {
				t.Errorf("buried %v, waiting %v", m.buried, m.waiting)
			}
		})
	}
}

func TestRunWakesByNudgeAndByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, nudges := &memory{}, make(chan struct{}, 1)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		p := newPipeline(t, m, func(o *pipeline.Options) { o.Nudges, o.Poll = nudges, time.Hour })
		go func() { ended <- p.Run(ctx) }()

		synctest.Wait()
		m.wait("by nudge")
		nudges <- struct{}{}
		synctest.Wait()
		if !slices.Equal(m.committed, []string{"by nudge"}) {
			t.Errorf("after a nudge: %v", m.committed)
		}
		m.wait("by itself")
		time.Sleep(time.Hour + time.Second)
		synctest.Wait()
		if !slices.Equal(m.committed, []string{"by nudge", "by itself"}) {
			t.Errorf("after an hour without nudge: %v", m.committed)
		}
		stop()
		if err := <-ended; err != nil {
			t.Errorf("stopping is an error: %v", err)
		}
	})
}
