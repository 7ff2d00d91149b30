package storetest

import (
	"errors"
	"reflect"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/policy/system"
	"entente/internal/query"
	"entente/internal/store"
)

var (
	viewType  = reflect.TypeFor[policy.View]()
	grantType = reflect.TypeFor[policy.Grant]()
)

// unsealed gives the methods that would let somebody past the door: those
// without a View and without a Grant.
func unsealed(of reflect.Type) []string {
	var names []string
	for i := range of.NumMethod() {
		m := of.Method(i)
		sealed := m.Name == "Close"
		for k := range m.Type.NumIn() {
			in := m.Type.In(k)
			sealed = sealed || in == viewType || in == grantType
		}
		if !sealed {
			names = append(names, m.Name)
		}
	}
	return names
}

// sealed holds every method of the contract to "a View or a Grant", and calls
// each with the zero value of it, which sees nothing and permits nothing.
func sealed(t *testing.T, open Open) {
	t.Run("EveryMethodTakesAViewOrAGrant", func(t *testing.T) {
		if names := unsealed(reflect.TypeFor[store.Store]()); len(names) > 0 {
			t.Fatalf("these methods take neither a View nor a Grant: %v", names)
		}
		if names := unsealed(reflect.TypeFor[interface{ Open(centre.ID) }]()); len(names) != 1 {
			t.Fatal("the test itself does not find an open method")
		}
	})
	w := newWorld(t, open)
	o := w.source(irq, open4)
	id := w.report(o.ID, text{id: "a", title: "Bridge", body: "The bridge is open.", places: []*centre.Place{baghdad}, published: start})[0]
	w.must(w.s.AdoptCharter(w.ctx, w.g, store.CharterVersion{Version: 1, Effective: start, Text: "x"}))
	before := w.head(id)

	t.Run("ZeroViewSeesNothing", func(t *testing.T) {
		for _, call := range calls(reflect.ValueOf(w.s), viewType, id, o.ID) {
			results := call.run(w)
			err, _ := results[len(results)-1].Interface().(error)
			if err != nil {
				if code := centre.CodeOf(err); code != centre.CodeNotFound && code != centre.CodeDenied {
					t.Errorf("%s: %v", call.name, err)
				}
				continue
			}
			for _, r := range results[:len(results)-1] {
				if !empty(r) {
					t.Errorf("%s shows a view of nobody %+v", call.name, r)
				}
			}
		}
	})
	t.Run("ZeroGrantWritesNothing", func(t *testing.T) {
		for _, call := range calls(reflect.ValueOf(w.s), grantType, id, o.ID) {
			results := call.run(w)
			err, _ := results[len(results)-1].Interface().(error)
			if centre.CodeOf(err) != centre.CodeDenied {
				t.Errorf("%s with the zero grant gives %v, want a denial", call.name, err)
			}
		}
		if after := w.head(id); !reflect.DeepEqual(before, after) {
			t.Errorf("the report was %+v and is %+v", before, after)
		}
	})
	t.Run("UnrestrictedSees", func(t *testing.T) {
		if page, err := w.s.Search(w.ctx, system.View(), query.All{}, store.Page{}); err != nil || len(page.Reports) != 1 {
			t.Fatalf("%d reports, %v", len(page.Reports), err)
		}
	})
}

// call is one method with made-up arguments.
type call struct {
	name string
	run  func(*world) []reflect.Value
}

// calls gives every method of the contract that takes a value of the sealed
// type, to be called with its zero value and with plausible other arguments.
func calls(s reflect.Value, sealed reflect.Type, report, source centre.ID) []call {
	var list []call
	contract := reflect.TypeFor[store.Store]()
	for i := range contract.NumMethod() {
		m := contract.Method(i)
		takes := false
		for k := range m.Type.NumIn() {
			takes = takes || m.Type.In(k) == sealed
		}
		if !takes {
			continue
		}
		list = append(list, call{m.Name, func(w *world) []reflect.Value {
			args := make([]reflect.Value, m.Type.NumIn())
			for k := range args {
				args[k] = argument(w, m.Type.In(k), report, source)
			}
			return s.MethodByName(m.Name).Call(args)
		}})
	}
	return list
}

func argument(w *world, of reflect.Type, report, source centre.ID) reflect.Value {
	switch of {
	case reflect.TypeFor[centre.ID]():
		return reflect.ValueOf(report)
	case reflect.TypeFor[[]centre.ID]():
		return reflect.ValueOf([]centre.ID{report})
	case reflect.TypeFor[query.Node]():
		return reflect.ValueOf(query.All{})
	case reflect.TypeFor[query.Box]():
		return reflect.ValueOf(query.Box{West: -180, South: -90, East: 180, North: 90})
	case reflect.TypeFor[centre.Source]():
		return reflect.ValueOf(centre.Source{ID: source, Slug: "forged", Member: irq, Marking: open4})
	case reflect.TypeFor[centre.Person]():
		return reflect.ValueOf(centre.Person{ID: 7, Login: "forged", Member: irq})
	case reflect.TypeFor[centre.Marking]():
		return reflect.ValueOf(rel(centre.Secret, syr))
	case reflect.TypeFor[func(store.Known) error]():
		return reflect.ValueOf(func(store.Known) error { return errors.New("a view of nobody remembers a report") })
	}
	if of == reflect.TypeFor[interface{ Done() <-chan struct{} }]() || of.Name() == "Context" {
		return reflect.ValueOf(w.ctx)
	}
	switch of.Kind() {
	case reflect.Int, reflect.Int64:
		return reflect.ValueOf(5).Convert(of)
	case reflect.String:
		return reflect.ValueOf("irq-001").Convert(of)
	}
	return reflect.Zero(of)
}

// empty reports whether nothing is shown: a list without lines, a zero value.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && !empty(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}
