package app

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/demo"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

func TestADemoIsMadeOnceAndGoneOnWith(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "centre")
	for i, want := range []bool{true, false, false} {
		if made, err := InitDemo(t.Context(), folder); err != nil || made != want {
			t.Errorf("start %d: made is %v, want %v; %v", i+1, made, want, err)
		}
	}
}

// TestTheDemoArrivesAndEachMemberSeesItsOwnPicture runs the demo as people do,
// but for the clock, which leaps over the minute in which reports arrive.
func TestTheDemoArrivesAndEachMemberSeesItsOwnPicture(t *testing.T) {
	var leap atomic.Int64
	c := Config{
		Folder: filepath.Join(t.TempDir(), "centre"), Listen: "127.0.0.1:0", Roles: AllRoles, Demo: true, Quiet: true,
		Log: slog.New(slog.DiscardHandler), Clock: func() time.Time { return time.Now().UTC().Add(time.Duration(leap.Load())) },
	}
	if made, err := InitDemo(t.Context(), c.Folder); err != nil || !made {
		t.Fatal(err)
	}
	p, err := open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := &runner{parts: p, ctx: ctx}
	defer func() {
		cancel()
		r.end()
	}()
	if _, err := r.start(); err != nil {
		t.Fatal(err)
	}
	tr := &trial{p, t}
	scenario, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, o := range scenario.Outlets {
		want += len(o.Items)
	}
	leap.Store(int64(2 * demo.Length))
	all := arrived(t, tr, want)

	versions, copies := 0, 0
	for _, h := range all {
		if h.Versions > 1 {
			versions++
		}
		if h.Copies > 1 {
			copies++
		}
		if h.Published.Known() && h.Published.Time.Year() != 2015 {
			t.Errorf("%q was published in %d", h.Title, h.Published.Time.Year())
		}
	}
	if copies < 10 {
		t.Errorf("only %d reports are known as copies", copies)
	}
	t.Logf("%d reports, %d with later versions, %d in sets of copies", len(all), versions, copies)

	pictures := map[int]bool{}
	for _, person := range demo.Persons() {
		seen := tr.search(person.Login, "")
		pictures[len(seen)] = true
		actor := policy.Actor{Person: 1, Member: person.Member, Roles: person.Roles, Clearance: person.Clearance, Active: true}
		visible := 0
		for _, h := range all {
			if policy.Visible(actor, h.Marking) {
				visible++
			}
		}
		if len(seen) != visible {
			t.Errorf("%s sees %d reports, and %d are released to this person", person.Login, len(seen), visible)
		}
		for _, h := range seen {
			if !policy.Visible(actor, h.Marking) {
				t.Errorf("%s sees %q, marked %s", person.Login, h.Title, h.Marking)
			}
		}
	}
	if len(pictures) < 5 {
		t.Errorf("the members' pictures hardly differ: %v", pictures)
	}
}

// arrived waits until so many reports are stored, and gives them all.
func arrived(t *testing.T, tr *trial, want int) []centre.ReportHead {
	t.Helper()
	deadline := time.After(time.Minute)
	for {
		var all []centre.ReportHead
		states, err := tr.store.Sources(t.Context(), system.View())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range states {
			page, err := tr.store.Search(t.Context(), system.View(), query.Source{Slug: s.Source.Slug}, store.Page{Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, page.Reports...)
		}
		if len(all) >= want {
			return all
		}
		select {
		case <-deadline:
			t.Fatalf("%d of %d reports arrived within a minute", len(all), want)
		case <-time.After(200 * time.Millisecond):
		}
	}
}
