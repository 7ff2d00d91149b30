package gather_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// listening is a connector that listens as a test says.
type listening struct {
	scripted
	listens atomic.Int64 // how often it was started
	listen  func(ctx context.Context, r gather.Request) error
}

func (*listening) Listens(s centre.Source) bool { return s.Slug != "fetched" }
func (l *listening) Listen(ctx context.Context, r gather.Request) error {
	l.listens.Add(1)
	return l.listen(ctx, r)
}

func TestAListenerIsHeardAndItsHealthIsWrittenAsItSpeaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "heard"), source(2, "fetched"))
		k.secrets = map[centre.ID]map[string]string{1: {"token": "hush"}}
		l := &listening{}
		l.do = nothingNew
		l.listen = func(ctx context.Context, r gather.Request) error {
			if r.Source.Secrets["token"] != "hush" {
				t.Errorf("secrets: %v", r.Source.Secrets)
			}
			r.Source.Secrets["token"] = "changed by the connector"
			_ = r.Yield(ctx, []centre.Document{{ExternalID: "1"}}, centre.Cursor("a"))
			_ = r.YieldEvents(ctx, make([]centre.Event, 3), centre.Cursor("b"))
			_ = r.YieldTracks(ctx, make([]centre.Track, 2), nil)
			for {
				select {
				case <-ctx.Done():
					return ctx.Err()
				case <-time.After(time.Minute):
					r.Alive()
				}
			}
		}
		s, stop := run(t, k, l)
		time.Sleep(10*time.Minute + 2*time.Second)
		synctest.Wait()
		h := k.state(1).Health
		if h.Items != 6 || h.LastItem.IsZero() || time.Since(h.Good) > time.Minute || h.Error != "" || !h.Next.IsZero() {
			t.Errorf("health while it listens: %+v", h)
		}
		if len(k.taken) != 1 || len(k.events) != 3 || len(k.tracks) != 2 || string(k.cursors[1]) != "b" {
			t.Errorf("taken: %d documents, %d events, %d tracks, cursor %q", len(k.taken), len(k.events), len(k.tracks), k.cursors[1])
		}
		if k.secrets[1]["token"] != "hush" {
			t.Error("the connector changed the keeper's own secrets")
		}
		if len(l.fetches("heard")) != 0 || len(l.fetches("fetched")) == 0 {
			t.Error("what is listened to was fetched, or what is fetched was listened to")
		}
		s.FetchNow(1) // it is heard already
		time.Sleep(time.Second)
		if n := l.listens.Load(); n != 1 {
			t.Errorf("listening was started %d times", n)
		}
		stopped := time.Now()
		stop()
		if took := time.Since(stopped); took > time.Second {
			t.Errorf("stopping took %v", took)
		}
		if h := k.state(1).Health; h.Failures != 0 || h.Error != "" || h.Items != 6 {
			t.Errorf("a stop counts as a failure: %+v", h)
		}
	})
}

func TestAListenerThatBreaksOffIsStartedAgainMoreAndMoreRarely(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "broken"))
		var works atomic.Bool
		l := &listening{}
		l.listen = func(ctx context.Context, r gather.Request) error {
			if !works.Load() {
				return &fetch.Error{Code: centre.CodeUnavailable, Class: fetch.ClassRefused, Sentence: "It refuses; wait."}
			}
			r.Alive()
			time.Sleep(time.Hour)
			return nil
		}
		run(t, k, l)
		time.Sleep(36 * time.Second) // 5 + 10 + 20
		synctest.Wait()
		if n := l.listens.Load(); n != 4 {
			t.Errorf("started %d times in 36 s", n)
		}
		if h := k.state(1).Health; h.Failures != 4 || h.Error != "It refuses; wait." || !h.Next.After(time.Now()) {
			t.Errorf("health: %+v", h)
		}
		time.Sleep(10 * time.Hour)
		before := l.listens.Load()
		time.Sleep(time.Hour)
		if n := l.listens.Load() - before; n != 4 {
			t.Errorf("started %d times in an hour after long failing", n)
		}
		works.Store(true)
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		if h := k.state(1).Health; h.Failures != 0 || h.Error != "" || h.Good.IsZero() {
			t.Errorf("health after it came back: %+v", h)
		}
		before = l.listens.Load()
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := l.listens.Load() - before; n < 1 || n > 2 {
			t.Errorf("after an end in good order it was started %d times in an hour", n)
		}
	})
}

func TestTheSameProblemOfAStreamStandsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := newKeeper(source(1, "heard"))
		l := &listening{}
		l.do = nothingNew
		l.listen = func(ctx context.Context, r gather.Request) error {
			for _, sentence := range []string{"Tasks that were left out: 1.", "No position: 1.", "Tasks that were left out: 120."} {
				r.Problem(sentence)
			}
			<-ctx.Done()
			return ctx.Err()
		}
		_, stop := run(t, k, l)
		time.Sleep(time.Minute)
		synctest.Wait()
		if p := k.state(1).Health.Problems; len(p) != 2 || p[0] != "No position: 1." || p[1] != "Tasks that were left out: 120." {
			t.Errorf("%q", p)
		}
		stop()
	})
}
