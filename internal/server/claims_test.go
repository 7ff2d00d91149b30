package server_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/server"
)

// claimAnswer is what these tests read of a claim.
type claimAnswer struct {
	ID          centre.ID `json:"id"`
	Proposition string    `json:"proposition"`
	Status      string    `json:"status"`
	Grade       string    `json:"grade"`
	For         int       `json:"for"`
	Count       int       `json:"statement_count"`
	Suggested   struct {
		Rule int `json:"rule"`
		Why  []struct{ Code, Text string }
	} `json:"suggested"`
	Statements struct {
		Statements []struct {
			No      int `json:"no"`
			Ref     json.RawMessage
			Carrier struct{ Name string } `json:"carrier"`
			Link    struct{ By string }   `json:"link"`
		} `json:"statements"`
	} `json:"statements"`
	Related []struct {
		Claim   claimAnswer `json:"claim"`
		Tension bool        `json:"tension"`
	} `json:"related"`
	Edits []struct {
		ID               centre.ID
		Kind, By, Reason string
		Undone, Closed   bool
	} `json:"edits"`
	May struct{ Grade, Correct bool }
}

func (v *visitor) claim(id centre.ID) claimAnswer {
	v.t.Helper()
	a := v.call("GET", "/claims/"+id.String(), "")
	if a.status != http.StatusOK {
		v.t.Fatalf("claim %s: %d %s", id, a.status, a.body)
	}
	var c claimAnswer
	a.into(v.t, &c)
	return c
}

func TestClaims(t *testing.T) {
	o := open(t)
	v := o.as("irq.analyst")
	meeting := o.claims["open"]

	t.Run("List", func(t *testing.T) {
		var list struct{ Claims []claimAnswer }
		v.call("GET", "/claims", "").into(t, &list)
		if len(list.Claims) != 3 { // the wire's two, and the own secret
			t.Fatalf("%d claims", len(list.Claims))
		}
		for query, want := range map[string]int{"status=unverified": 3, "status=contested": 0, "status=contested,unverified": 3, "speaker=wire": 2, "stance=deny": 0,
			"stance=assert&speaker=own": 1, "roots=2": 0, "q=zanzibar": 1, "story=" + o.stories["open"].String(): 1} {
			v.call("GET", "/claims?"+query, "").into(t, &list)
			if len(list.Claims) != want {
				t.Errorf("%s: %d claims, want %d", query, len(list.Claims), want)
			}
		}
		for _, query := range []string{"status=true", "stance=maybe", "story=x", "q=claim:true"} {
			if a := v.call("GET", "/claims?"+query, ""); a.status != http.StatusBadRequest && a.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d %s", query, a.status, a.body)
			}
		}
	})
	t.Run("Read", func(t *testing.T) {
		c := v.claim(meeting)
		if c.Proposition != "The four states opened a coordination cell in Baghdad on Sunday." || c.Status != "UNVERIFIED" || c.Suggested.Rule != 1 || len(c.Suggested.Why) < 2 ||
			len(c.Statements.Statements) != 1 || c.Statements.Statements[0].Carrier.Name != "WIRE" || !c.May.Grade {
			t.Errorf("%+v", c)
		}
		var of struct {
			Claims []struct {
				No    int
				Claim claimAnswer
			}
		}
		v.call("GET", "/reports/"+o.reports["open"].String()+"/claims", "").into(t, &of)
		if len(of.Claims) != 1 || of.Claims[0].Claim.ID != meeting {
			t.Errorf("claims of the report: %+v", of)
		}
		var table struct {
			Claims   []claimAnswer
			Speakers []struct {
				Key  string
				Name string
			}
		}
		v.call("GET", "/stories/"+o.stories["open"].String()+"/claims", "").into(t, &table)
		if len(table.Claims) != 1 || len(table.Speakers) != 1 || table.Speakers[0].Key == "" {
			t.Errorf("table of the story: %+v", table)
		}
	})
	t.Run("Search", func(t *testing.T) {
		for query, want := range map[string]bool{"claim:unverified": true, "speaker:wire+stance:assert": true, "speaker:wire+stance:deny": false, "claim:contested": false, "roots:>=1": true, "roots:>=2": false} {
			if a := v.call("GET", "/reports?q="+query, ""); strings.Contains(a.body, "Officers meet in Baghdad") != want {
				t.Errorf("%s: %s", query, a.body)
			}
		}
	})
	t.Run("GradeAndCorrect", func(t *testing.T) {
		iran := o.as("irn.analyst")
		if a := iran.call("POST", "/claims/"+meeting.String()+"/grades", `{"grade":"B2","reason":"I was there"}`); a.status != http.StatusCreated {
			t.Fatalf("%d %s", a.status, a.body)
		}
		if c := v.claim(meeting); c.Grade != "B2" || c.Suggested.Rule != 1 {
			t.Errorf("the person's grade does not stand before the suggested one: %+v", c)
		}
		other := o.claims["open-ru"]
		merge := fmt.Sprintf(`{"other":%q,"reason":"one matter"}`, other)
		if a := iran.call("POST", "/claims/"+meeting.String()+"/merge", merge); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		c := v.claim(other)
		if c.ID != meeting || c.Count != 2 || len(c.Edits) != 1 || c.Edits[0].Kind != "merge" || c.Edits[0].Reason != "one matter" {
			t.Errorf("%+v", c)
		}
		split := fmt.Sprintf(`{"statements":[{"report":%q,"version":1,"no":1}],"reason":"two matters"}`, o.reports["open-ru"])
		a := v.call("POST", "/claims/"+meeting.String()+"/split", split)
		var fresh claimAnswer
		a.into(t, &fresh)
		if a.status != http.StatusOK || fresh.ID == meeting || fresh.Count != 1 {
			t.Fatalf("%d %s", a.status, a.body)
		}
		if c := v.claim(fresh.ID); len(c.Related) != 1 || c.Related[0].Claim.ID != meeting || c.Statements.Statements[0].Link.By == "" {
			t.Errorf("%+v", c)
		}
		if a := v.call("POST", "/claims/"+meeting.String()+"/related", fmt.Sprintf(`{"other":%q,"tension":true,"reason":"told otherwise"}`, fresh.ID)); a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
		if c := v.claim(meeting); len(c.Related) != 1 || !c.Related[0].Tension {
			t.Errorf("%+v", c.Related)
		}
		if a := v.call("POST", "/claims/"+meeting.String()+"/link", split); a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
		// What Iran merged, Iraq takes back; what was linked since stays linked.
		merged := v.claim(meeting).Edits
		first := merged[len(merged)-1]
		undo := fmt.Sprintf(`{"edit":%q}`, first.ID)
		if a := v.call("POST", "/claims/"+meeting.String()+"/undo", undo); a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
		if c := v.claim(meeting); len(c.Edits) != len(merged)+1 || c.Edits[0].Kind != "undo" || !c.Edits[len(merged)].Undone || c.Count != 2 {
			t.Errorf("%+v", c)
		}
		if a := v.call("POST", "/claims/"+meeting.String()+"/undo", undo); a.status != http.StatusConflict {
			t.Errorf("taken back twice: %d %s", a.status, a.body)
		}
		if a := v.call("POST", "/claims/"+meeting.String()+"/undo", fmt.Sprintf(`{"edit":%q}`, meeting)); a.status != http.StatusNotFound {
			t.Errorf("no such correction: %d %s", a.status, a.body)
		}
		for path, body := range map[string]string{
			"/merge": fmt.Sprintf(`{"other":%q,"reason":"itself"}`, meeting), "/grades": `{"grade":"","reason":""}`, "/split": `{"statements":[],"reason":"x"}`,
			"/link": strings.Replace(split, "two matters", " ", 1),
		} {
			if a := v.call("POST", "/claims/"+meeting.String()+path, body); a.status < 400 || a.status >= 500 {
				t.Errorf("%s: %d %s", path, a.status, a.body)
			}
		}
	})
	t.Run("Roots", func(t *testing.T) {
		path := "/reports/" + o.reports["open"].String() + "/roots"
		if a := o.as("irn.officer").call("POST", path, `{"no":1,"token":"a secret name"}`); a.status != http.StatusForbidden {
			t.Errorf("who is not the originator tells its root: %d %s", a.status, a.body)
		}
		if a := v.call("POST", path, `{"no":1,"token":"a secret name"}`); a.status != http.StatusNoContent {
			t.Errorf("%d %s", a.status, a.body)
		}
		a := v.call("GET", "/claims/"+meeting.String(), "")
		if !strings.Contains(a.body, `"root_told":true`) || strings.Contains(a.body, "secret name") {
			t.Errorf("%s", a.body)
		}
		if a := v.call("POST", path, `{"no":1,"token":"short"}`); a.status < 400 {
			t.Errorf("a token that can be guessed is taken: %d", a.status)
		}
	})
}

func TestExportOfAClaim(t *testing.T) {
	o := open(t)
	clear := o.take("wire", "clear", "The bridge of Mosul", "The bridge of Mosul was opened.", "UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR//TLP:CLEAR")
	_ = clear
	v := o.as("rus.analyst")
	export := func(external, query string) answered {
		return v.call("GET", "/claims/"+o.claims[external].String()+"/export"+query, "")
	}
	if a := export("open", ""); a.status != http.StatusForbidden {
		t.Errorf("what is not TLP:CLEAR goes out: %d %s", a.status, a.body)
	}
	a := export("clear", "")
	var review struct {
		Context  string `json:"@context"`
		Type     string `json:"@type"`
		Reviewed string `json:"claimReviewed"`
		Item     struct {
			Appearance []struct{ Headline string }
		} `json:"itemReviewed"`
		Rating map[string]any `json:"reviewRating"`
	}
	a.into(t, &review)
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "application/ld+json") || review.Context != "https://schema.org" || review.Type != "ClaimReview" ||
		review.Reviewed != "The bridge of Mosul was opened." || len(review.Item.Appearance) != 1 || review.Rating["ratingValue"] != nil {
		t.Errorf("%d %s", a.status, a.body)
	}
	// A statement that is not CLEAR joins the claim: the public export does not know of it.
	o.claims["rus-more"] = o.claims["clear"]
	o.take("own-rus", "rus-more", "Zanzibar", "The bridge of Mosul was opened, we know.", "")
	if a := export("clear", ""); strings.Contains(a.body, "Zanzibar") || strings.Contains(a.body, "we know") {
		t.Errorf("the public export tells of what is closed: %s", a.body)
	}
	a = export("clear", "?format=stix&scope=marked")
	var bundle struct {
		Type    string
		Objects []struct {
			Type       string
			ID         string
			Refs       []string `json:"object_marking_refs"`
			Definition struct{ Statement string }
		}
	}
	a.into(t, &bundle)
	kinds := map[string]int{}
	for _, object := range bundle.Objects {
		kinds[object.Type]++
		if object.Type != "marking-definition" && len(object.Refs) == 0 {
			t.Errorf("%s bears no marking", object.ID)
		}
		if !strings.HasPrefix(object.ID, object.Type+"--") || len(object.ID) != len(object.Type)+38 {
			t.Errorf("%q is no id of STIX", object.ID)
		}
	}
	if bundle.Type != "bundle" || kinds["note"] != 1 || kinds["report"] != 1 || kinds["identity"] != 1 || kinds["opinion"] == 0 || !strings.Contains(a.body, "RESTRICTED//REL TO RUS") {
		t.Errorf("%v %s", kinds, a.body)
	}
	if a := export("clear", "?format=pdf"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// A correction is told to those who see the claim, and is no reason to read
// everything again.
func TestAChangedClaimIsTold(t *testing.T) {
	o := open(t)
	o.announce()
	_, who, err := o.desk.Identify(t.Context(), o.persons["irn.analyst"])
	must(t, err)
	watch, err := o.desk.Watch(t.Context(), who)
	must(t, err)
	defer watch.Close()
	for _, login := range []string{"irq", "rus"} {
		v := o.as(login + ".analyst")
		for _, claim := range []string{"open", "secret-" + login} {
			if a := v.call("POST", "/claims/"+o.claims[claim].String()+"/grades", `{"grade":"B2","reason":""}`); a.status != http.StatusCreated {
				t.Fatalf("%d %s", a.status, a.body)
			}
		}
	}
	o.announce()
	events, err := watch.Take(t.Context())
	must(t, err)
	if len(events) != 1 || events[0].Kind != "claim" || events[0].ID != o.claims["open"] {
		t.Errorf("Iran is told %+v", events)
	}
}

// The document of the API names every code by which a reason is said.
func TestReasonsAreNamedInTheAPI(t *testing.T) {
	field, _ := reflect.TypeFor[server.Reason]().FieldByName("Code")
	named := strings.Split(field.Tag.Get("enum"), ",")
	for _, code := range centre.ReasonCodes() {
		if !slices.Contains(named, string(code)) {
			t.Errorf("%s is not named", code)
		}
	}
	if len(named) != len(centre.ReasonCodes()) {
		t.Errorf("%d codes are named, of %d", len(named), len(centre.ReasonCodes()))
	}
}
