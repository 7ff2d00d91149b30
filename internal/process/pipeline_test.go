package process_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"entente/internal/centre"
	"entente/internal/process"
)

type stepFunc struct {
	name  string
	apply func(ctx context.Context, draft *centre.Draft) error
}

func (s stepFunc) Name() string { return s.name }
func (s stepFunc) Version() int { return 1 }
func (s stepFunc) Apply(ctx context.Context, draft *centre.Draft) error {
	return s.apply(ctx, draft)
}

func sets(language string) stepFunc {
	return stepFunc{"sets-" + language, func(_ context.Context, d *centre.Draft) error {
		d.Language += language
		return nil
	}}
}

func TestStepsRunInOrderOnTheDocument(t *testing.T) {
	published := centre.Moment{Time: time.Date(2015, 9, 26, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay, Basis: centre.BasisFeed}
	p := process.New([]centre.Step{sets("e"), sets("n")}, process.Options{})
	d, err := p.Run(t.Context(), centre.Document{Title: "T", Published: published})
	if err != nil {
		t.Fatal(err)
	}
	if d.Language != "en" || d.Document.Title != "T" || d.Published != published {
		t.Errorf("draft = %+v", d)
	}
}

func TestAStepsErrorIsRecordedAndTheLaterStepsRun(t *testing.T) {
	fails := stepFunc{"fails", func(context.Context, *centre.Draft) error { return errors.New("The lexicon is missing.") }}
	d, err := process.New([]centre.Step{fails, sets("en")}, process.Options{}).Run(t.Context(), centre.Document{})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Failures) != 1 || d.Failures[0] != (centre.StepFailure{Step: "fails", Reason: "The lexicon is missing."}) {
		t.Errorf("failures = %+v", d.Failures)
	}
	if d.Language != "en" {
		t.Error("the step after the failed one did not run")
	}
}

func TestAPanicIsACrashWithoutContent(t *testing.T) {
	for name, fault := range map[string]func(d *centre.Draft){
		"runtime error": func(d *centre.Draft) { _ = d.Mentions[len(d.Document.Body)] },
		"string":        func(d *centre.Draft) { panic("cannot parse " + d.Document.Body) },
		"error":         func(d *centre.Draft) { panic(errors.New(d.Document.Body)) },
	} {
		t.Run(name, func(t *testing.T) {
			s := stepFunc{"breaks", func(_ context.Context, d *centre.Draft) error { fault(d); return nil }}
			_, err := process.New([]centre.Step{s}, process.Options{}).Run(t.Context(), centre.Document{Body: "SECRET"})
			crash, ok := errors.AsType[*process.Crash](err)
			if !ok {
				t.Fatalf("err = %v, want a *Crash", err)
			}
			if crash.Step != "breaks" || strings.Contains(crash.Reason, "SECRET") || !strings.HasSuffix(crash.Reason, ".") {
				t.Errorf("crash = %q of %q", crash.Reason, crash.Step)
			}
			if len(crash.Stack) == 0 {
				t.Error("no stack for the log")
			}
		})
	}
}

func TestAStepThatRunsOverItsTimeIsGivenUpAndToldToEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told time.Duration
		begin := time.Now()
		slow := stepFunc{"slow", func(ctx context.Context, d *centre.Draft) error {
			<-ctx.Done()
			told = time.Since(begin)
			d.Language = "late" // must not race with the caller
			return nil
		}}
		quick := stepFunc{"quick", func(context.Context, *centre.Draft) error { time.Sleep(900 * time.Millisecond); return nil }}
		_, err := process.New([]centre.Step{quick, quick, slow}, process.Options{Timeout: time.Second}).Run(t.Context(), centre.Document{})
		crash, ok := errors.AsType[*process.Crash](err)
		if !ok || crash.Step != "slow" {
			t.Fatalf("err = %v, want a crash of slow", err)
		}
		synctest.Wait()
		if over := told - 1800*time.Millisecond; over < time.Second || over > 1250*time.Millisecond {
			t.Errorf("the slow step was stopped after %v, want between its time and a quarter more", over)
		}
	})
}

func TestStepsThatAreEachInTimeMayTakeLongerTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var steps []centre.Step
		for range 20 {
			steps = append(steps, stepFunc{"steady", func(context.Context, *centre.Draft) error { time.Sleep(900 * time.Millisecond); return nil }})
		}
		if _, err := process.New(steps, process.Options{Timeout: time.Second}).Run(t.Context(), centre.Document{}); err != nil {
			t.Error(err)
		}
	})
}

func TestALongDocumentHasMoreTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		steady := stepFunc{"steady", func(context.Context, *centre.Draft) error { time.Sleep(1900 * time.Millisecond); return nil }}
		p := process.New([]centre.Step{steady}, process.Options{Timeout: time.Second})
		if _, err := p.Run(t.Context(), centre.Document{Body: strings.Repeat("a", 4<<20)}); err != nil {
			t.Error(err)
		}
		if _, err := p.Run(t.Context(), centre.Document{Body: "a"}); err == nil {
			t.Error("a short document has as much time")
		}
		time.Sleep(2 * time.Second) // the step that was given up ends
	})
}

func TestTheCallersContextIsNotACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		waits := stepFunc{"waits", func(ctx context.Context, _ *centre.Draft) error { <-ctx.Done(); return ctx.Err() }}
		go func() { time.Sleep(time.Millisecond); cancel() }()
		if _, err := process.New([]centre.Step{waits}, process.Options{}).Run(ctx, centre.Document{}); !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v, want context.Canceled", err)
		}
		if _, err := process.New(nil, process.Options{}).Run(ctx, centre.Document{}); !errors.Is(err, context.Canceled) {
			t.Errorf("err = %v for a context that had ended, want context.Canceled", err)
		}
	})
}
