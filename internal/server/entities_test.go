package server_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
)

// TestWhoIsWho walks through the decisions about people and bodies over the API.
func TestWhoIsWho(t *testing.T) {
	o := open(t)
	v, other := o.as("irq.analyst"), o.as("syr.analyst")
	open4 := "UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR"
	o.take("own-irq", "lavrov", "Sergey Lavrov", "He spoke of zanzibars.", open4)
	o.take("own-irq", "lawrow", "Sergei Lavrov", "He spoke again.", open4)
	o.take("own-irq", "hidden", "Сергей Лавров", "Он молчал.", "") // as its source: for its member alone
	read := func(v *visitor, path string, into any) answered {
		t.Helper()
		a := v.call("GET", path, "")
		if a.status == http.StatusOK && into != nil {
			must(t, json.Unmarshal([]byte(a.body), into))
		}
		return a
	}
	var list struct{ Entities []struct{ ID centre.ID } }
	read(other, "/entities?q=lavrov", &list)
	if len(list.Entities) != 2 {
		t.Fatalf("%+v", list)
	}
	if a := read(other, "/entities/"+o.entities["hidden"].String(), nil); a.status != http.StatusNotFound {
		t.Errorf("hidden: %d %s", a.status, a.body)
	}
	if a := read(other, "/entities?q=المعلم", nil); a.status != http.StatusOK || !strings.Contains(a.body, `"entities":[]`) {
		t.Errorf("nobody: %d %s", a.status, a.body)
	}
	if a := read(other, "/entities?q=داعش", nil); !strings.Contains(a.body, `"known":"islamic-state"`) && strings.Contains(a.body, "known") {
		t.Errorf("a public body: %s", a.body)
	}
	one, two := o.entities["lavrov"].String(), o.entities["lawrow"].String()
	type pairs struct {
		Pairs []struct{ One, Other struct{ ID centre.ID } }
		May   bool `json:"may_decide"`
	}
	waiting := func(v *visitor) (of []string) {
		t.Helper()
		var p pairs
		read(v, "/entity-proposals", &p)
		for _, pair := range p.Pairs {
			for _, id := range []string{pair.One.ID.String(), pair.Other.ID.String()} {
				if !slices.Contains(of, id) {
					of = append(of, id)
				}
			}
			if !p.May {
				t.Error("an analyst may not decide")
			}
		}
		slices.Sort(of)
		return of
	}
	hidden := o.entities["hidden"].String()
	for _, c := range []struct {
		name string
		v    *visitor
		want []string
	}{{"who sees all", v, []string{one, two, hidden}}, {"who sees two", other, []string{one, two}}} {
		slices.Sort(c.want)
		if got := waiting(c.v); !slices.Equal(got, c.want) {
			t.Errorf("waiting, %s: %v, want %v", c.name, got, c.want)
		}
	}
	type entity struct {
		Reports   int
		Proposals []struct {
			Entity struct{ ID centre.ID }
		}
		Edits []struct {
			ID     centre.ID
			Undone *struct{ By string }
		}
		MayDecide bool `json:"may_decide"`
	}
	var e entity
	read(v, "/entities/"+one, &e)
	if e.Reports != 1 || !e.MayDecide || len(e.Proposals) == 0 {
		t.Fatalf("%+v", e)
	}
	if a := v.call("POST", "/entities/"+one+"/merge", `{"other":"`+two+`","reason":""}`); a.status != http.StatusUnprocessableEntity && a.status != http.StatusBadRequest {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	if a := v.call("POST", "/entities/"+one+"/merge", `{"other":"`+two+`","reason":"one man"}`); a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	e = entity{}
	read(other, "/entities/"+two, &e)
	if e.Reports != 2 || len(e.Edits) != 1 {
		t.Errorf("%+v", e)
	}
	if a := other.call("GET", "/reports?q=entity:"+two, ""); strings.Count(a.body, `"copy_set"`) != 2 {
		t.Errorf("%s", a.body)
	}
	if a := other.call("GET", "/reports?q=person:лавров", ""); a.status != http.StatusOK {
		t.Errorf("%s", a.body)
	}
	if a := other.call("POST", "/entity-decisions/"+e.Edits[0].ID.String()+"/undo", `{"reason":"two men"}`); a.status != http.StatusOK || !strings.Contains(a.body, "two men") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := v.call("POST", "/entities/"+one+"/apart", `{"other":"`+two+`","reason":"two men"}`); a.status != http.StatusCreated {
		t.Errorf("%d %s", a.status, a.body)
	}
	e = entity{}
	read(v, "/entities/"+one, &e)
	for _, p := range e.Proposals {
		if p.Entity.ID == o.entities["lawrow"] {
			t.Error("who was kept apart is proposed")
		}
	}
	if got := waiting(other); len(got) != 0 {
		t.Errorf("a pair that was kept apart waits: %v", got)
	}
	var page struct {
		Entities []struct {
			ID      centre.ID
			Known   string
			Reports int
		}
		Next string
	}
	seen, last := map[centre.ID]bool{}, -1
	for path := "/entities?limit=200"; path != ""; {
		page.Entities, page.Next = nil, ""
		read(other, path, &page)
		for _, e := range page.Entities {
			if seen[e.ID] || last >= 0 && e.Reports > last || e.Reports == 0 && e.Known == "" || e.ID == o.entities["hidden"] {
				t.Errorf("in the list: %+v after %d", e, last)
			}
			seen[e.ID], last = true, e.Reports
		}
		if path = ""; page.Next != "" {
			path = "/entities?limit=200&after=" + page.Next
		}
	}
	if !seen[o.entities["lavrov"]] {
		t.Errorf("%d in the list, and he is not", len(seen))
	}
	if a := v.call("POST", "/entities/"+one+"/split", `{"reports":["`+o.reports["lavrov"].String()+`"],"reason":"a namesake"}`); a.status != http.StatusCreated {
		t.Errorf("%d %s", a.status, a.body)
	}
}
