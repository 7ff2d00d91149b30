package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/policy/system"
)

// TestEvents: members see the events that were released to them, by every
// filter, on the map, and by id; what is hidden is as what is not there.
func TestEvents(t *testing.T) {
	o := open(t)
	day := func(n int) centre.Moment {
		return centre.Moment{Time: opening.AddDate(0, 0, n), Precision: centre.PrecisionDay, Basis: centre.BasisColumn}
	}
	for slug, events := range map[string][]centre.Event{
		"wire": {
			{ExternalID: "one", Category: centre.EventArmedClash, Title: "Clash near the bridge", Start: day(-2), Point: centre.At(44.4, 33.3), Country: "IRQ", Killed: centre.Toll{Known: true, Low: 1, Best: 3, High: 5},
				Actors: []centre.EventActor{{Name: "Border Guard", Role: centre.RoleUnknown}}},
			{ExternalID: "two", Category: centre.EventProtest, Title: "Protest", Start: day(-1), Point: centre.At(35.8, 35.5), Country: "SYR"},
			{ExternalID: "three", Category: centre.EventOther, Title: "Undated"},
		},
		"own-rus": {{ExternalID: "secret", Category: centre.EventArmedClash, Title: "Zanzibar file of RUS", Start: day(0), Point: centre.At(37.6, 55.7), Country: "RUS", Origin: "own-rus"}},
	} {
		n, err := o.store.TakeEvents(t.Context(), system.Grant("test"), o.sources[slug], events, nil)
		must(t, err)
		if n != len(events) {
			t.Fatalf("%d taken, want %d", n, len(events))
		}
	}
	type list struct {
		Events []struct {
			ID         string
			ExternalID string `json:"external_id"`
			Start      *struct{ Precision string }
			Killed     *struct{ Best int }
			Source     *string
		}
		Next string
	}
	names := func(v *visitor, query string) (string, list) {
		t.Helper()
		a := v.call("GET", "/events?"+query, "")
		if a.status != http.StatusOK {
			t.Fatalf("%s: %d %s", query, a.status, a.body)
		}
		var l list
		a.into(t, &l)
		var all []string
		for _, e := range l.Events {
			all = append(all, e.ExternalID)
		}
		return strings.Join(all, " "), l
	}
	irq, rus := o.as("irq.analyst"), o.as("rus.analyst")
	for query, want := range map[string]string{
		"": "two one three secret-irq", "category=armed_clash": "one", "category=armed_clash,protest": "two one", "country=syr": "two", "killed=3": "one", "killed=4": "",
		"q=" + url.QueryEscape("border GUARD"): "one", "bbox=40,30,48,37": "one secret-irq", "from=2015-10-04": "two", "until=2015-10-04": "one",
		"source=wire": "two one three", "source=own-rus": "", "source=nobody": "", "limit=1": "two",
	} {
		if got, _ := names(irq, query); got != want {
			t.Errorf("%q lists %q, want %q", query, got, want)
		}
	}
	got, l := names(rus, "")
	if got != "secret two one three secret-rus" || l.Events[2].Killed.Best != 3 || l.Events[1].Killed != nil || l.Events[3].Start != nil || l.Events[0].Source == nil {
		t.Errorf("%s: %+v", got, l)
	}
	_, l = names(irq, "limit=1")
	if got, l = names(irq, "after="+url.QueryEscape(l.Next)); got != "one three secret-irq" || l.Next != "" {
		t.Errorf("the second page lists %q, then %q", got, l.Next)
	}
	_, l = names(rus, "")
	hidden, none := irq.call("GET", "/events/"+l.Events[0].ID, ""), irq.call("GET", "/events/"+centre.RandomID().String(), "")
	if hidden.status != http.StatusNotFound || hidden.body != none.body {
		t.Errorf("hidden %d %s, absent %s", hidden.status, hidden.body, none.body)
	}
	if a := rus.call("GET", "/events/"+l.Events[0].ID, ""); a.status != http.StatusOK || !strings.Contains(a.body, `"point":{"lon":37.6,"lat":55.7}`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	for v, want := range map[*visitor]int{irq: 3, rus: 4} {
		a := v.call("GET", "/events/clusters?bbox=-180,-90,180,90&zoom=8", "")
		if a.status != http.StatusOK || strings.Count(a.body, `"newest"`) != want {
			t.Errorf("clusters: %d %s, want %d", a.status, a.body, want)
		}
	}
	for _, query := range []string{"category=armed_clash%27", "bbox=1", "from=soon", "after=x", "from=2015-10-04&until=2015-10-03"} {
		if a := irq.call("GET", "/events?"+query, ""); a.status != http.StatusUnprocessableEntity && a.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
	if a := irq.call("GET", "/events/clusters", ""); a.status < 400 || !strings.Contains(a.body, "bbox") {
		t.Errorf("clusters without an area: %d %s", a.status, a.body)
	}
}

func TestTracks(t *testing.T) {
	o := open(t)
	height := 120.0
	track := func(uid string) centre.Track {
		return centre.Track{UID: uid, Type: "a-f-G", Callsign: "Zanzibar file of " + uid, Point: centre.At(44, 33), Height: &height, Time: opening, Stale: opening.Add(time.Minute)}
	}
	for slug, k := range map[string]centre.Track{"wire": track("all"), "own-rus": track("RUS")} {
		_, err := o.store.TakeTracks(t.Context(), system.Grant("test"), o.sources[slug], []centre.Track{k}, nil)
		must(t, err)
	}
	for login, want := range map[string]int{"irq.analyst": 2, "rus.analyst": 3} {
		v := o.as(login)
		if a := v.call("GET", "/tracks", ""); a.status != http.StatusOK || strings.Count(a.body, `"uid"`) != want || !strings.Contains(a.body, `"height_m":120`) || !strings.Contains(a.body, `"course":null`) {
			t.Errorf("%s: %d %s", login, a.status, a.body)
		}
		if a := v.call("GET", "/tracks?bbox=0,0,10,10", ""); a.status != http.StatusOK || !strings.Contains(a.body, `"tracks":[]`) {
			t.Errorf("%s elsewhere: %d %s", login, a.status, a.body)
		}
	}
	later := opening.Add(time.Hour)
	o.now.Store(&later)
	if a := o.as("rus.analyst").call("GET", "/tracks", ""); !strings.Contains(a.body, `"tracks":[]`) {
		t.Errorf("stale: %s", a.body)
	}
}

// TestParts: what came with a report is listed, and a report shows what its
// source states besides the text.
func TestParts(t *testing.T) {
	o := open(t)
	take := func(external, partOf, marking string, d centre.Document) centre.ID {
		t.Helper()
		d.ExternalID, d.PartOf, d.MediaType, d.Body, d.Title = external, partOf, "text/plain", "body of "+external, "Title of "+external
		if marking != "" {
			m, err := centre.ParseMarking(marking, centre.Audience{})
			must(t, err)
			d.Marking = &m
		}
		r, err := o.store.Take(t.Context(), system.Grant("test"), o.sources["wire"], []centre.Document{d}, nil)
		must(t, err)
		pending, err := o.store.Pending(t.Context(), system.Grant("test"), r[0].ID-1, 1)
		must(t, err)
		_, err = o.store.Commit(t.Context(), system.Grant("test"), []centre.Woven{{Draft: centre.Draft{Document: pending[0].Document, Content: centre.Content{Text: d.Body}, Language: "en"}}})
		must(t, err)
		return r[0].ID
	}
	mail := take("mail", "", "", centre.Document{Geometry: centre.BoxGeometry(44, 33, 45, 34), Properties: []centre.Property{{Name: "urgency", Value: "Immediate"}},
		Enclosures: []centre.Enclosure{{URL: "https://example.org/a.pdf", MediaType: "application/pdf"}}})
	part := take("attachment", "mail", "", centre.Document{Withdrawn: "The sender took it back."})
	hidden := take("hidden", "mail", "RESTRICTED//REL TO IRQ", centre.Document{})
	irn := o.as("irn.analyst")
	if a := irn.call("GET", "/reports/"+mail.String()+"/parts", ""); a.status != http.StatusOK || !strings.Contains(a.body, part.String()) || strings.Contains(a.body, hidden.String()) ||
		!strings.Contains(a.body, `"withdrawn":"The sender took it back."`) {
		t.Errorf("parts: %d %s", a.status, a.body)
	}
	a := irn.call("GET", "/reports/"+mail.String(), "")
	for _, want := range []string{`"geometry":{"type":"Polygon"`, `"properties":[{"name":"urgency","value":"Immediate"}]`, `"url":"https://example.org/a.pdf"`, `"part_of":null`, `"withdrawn":""`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the report has no %s: %s", want, a.body)
		}
	}
	if a = irn.call("GET", "/reports/"+part.String(), ""); !strings.Contains(a.body, `"part_of":"`+mail.String()+`"`) || !strings.Contains(a.body, `"geometry":null`) {
		t.Errorf("part: %s", a.body)
	}
	none := irn.call("GET", "/reports/"+centre.RandomID().String()+"/parts", "")
	if a = irn.call("GET", "/reports/"+hidden.String()+"/parts", ""); a.status != http.StatusNotFound || a.body != none.body {
		t.Errorf("parts of what is hidden: %d %s", a.status, a.body)
	}
}
