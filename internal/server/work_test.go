package server_test

import (
	"net/http"
	"strings"
	"testing"

	"entente/internal/server"
)

func TestGrading(t *testing.T) {
	o := open(t)
	path := "/reports/" + o.reports["open"].String()
	rus := o.as("rus.analyst")
	a := rus.call("POST", path+"/grades", `{"version":1,"grade":"b2","reason":"  Two sources agree. "}`)
	if a.status != http.StatusCreated || !strings.Contains(a.body, `"grade":"B2","reason":"Two sources agree."`) || !strings.Contains(a.body, `"by":"analyst of RUS","member":"RUS"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	for _, c := range []struct {
		body   string
		status int
	}{
		{`{"version":1,"grade":"","reason":""}`, 422},
		{`{"version":1,"grade":"Z9","reason":""}`, 422},
		{`{"version":0,"grade":"B2","reason":""}`, 422},
		{`{"version":2,"grade":"B2","reason":""}`, 404},
		{`{"version":1,"grade":"B2","reason":"a\u0000b"}`, 422},
		{`{"version":1,"grade":"B2","reason":"a\u202eb"}`, 422},
	} {
		if a := rus.call("POST", path+"/grades", c.body); a.status != c.status {
			t.Errorf("%s: %d %s", c.body, a.status, a.body)
		}
	}
	if a := o.as("syr.analyst").call("GET", path, ""); !strings.Contains(a.body, `"grade":"B2"`) || strings.Count(a.body, `"reason":"Two sources agree."`) != 1 {
		t.Errorf("another member does not see the grade: %s", a.body)
	}
	if a := o.as("syr.analyst").call("GET", "/reports?q=grade:B2", ""); !strings.Contains(a.body, "Officers meet") {
		t.Errorf("not found by its grade: %s", a.body)
	}
}

// TestMarking: the originator's officer narrows a report, and from then on it
// does not exist for those who are left out.
func TestMarking(t *testing.T) {
	o := open(t)
	path := "/reports/" + o.reports["open"].String()
	officer, syr := o.as("irq.officer"), o.as("syr.analyst")
	read := officer.call("GET", path, "")
	tag := read.header.Get("ETag")
	if !strings.HasPrefix(tag, `"v1-`) {
		t.Fatalf("tag %q", tag)
	}
	narrow := `{"marking":"RESTRICTED//REL TO IRQ, IRN","reason":"Names an officer."}`
	for _, c := range []struct {
		what, who, body, tag string
		status               int
	}{
		{"an officer of another member", "rus.officer", narrow, tag, 403},
		{"an analyst of the originator", "irq.analyst", narrow, tag, 403},
		{"an administrator of the originator", "irq.administrator", narrow, tag, 403},
		{"without having read it", "irq.officer", narrow, "", 428},
		{"having read another state", "irq.officer", narrow, `"v1-0123456789ab"`, 409},
		{"a marking that nobody can read", "irq.officer", `{"marking":"VERY SECRET","reason":"x"}`, tag, 422},
		{"another originator", "irq.officer", `{"marking":"RESTRICTED//REL TO RUS","reason":"x"}`, tag, 422},
		{"no reason", "irq.officer", `{"marking":"RESTRICTED//REL TO IRQ","reason":" "}`, tag, 422},
	} {
		var headers []string
		if c.tag != "" {
			headers = []string{"If-Match", c.tag}
		}
		if a := o.as(c.who).call("PUT", path+"/marking", c.body, headers...); a.status != c.status {
			t.Errorf("%s: %d %s", c.what, a.status, a.body)
		}
	}
	if a := syr.call("GET", path, ""); a.status != http.StatusOK {
		t.Fatalf("a refused change did something: %d", a.status)
	}

	a := officer.call("PUT", path+"/marking", narrow, "If-Match", tag)
	if a.status != http.StatusOK || !strings.Contains(a.body, `"marking":"RESTRICTED//REL TO IRQ, IRN"`) {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := syr.call("GET", path, ""); a.status != http.StatusNotFound {
		t.Errorf("still read by who was left out: %d", a.status)
	}
	if a := syr.call("GET", "/reports?q=cell", ""); !strings.Contains(a.body, `"reports":[]`) {
		t.Errorf("still found by who was left out: %s", a.body)
	}
	if a := o.as("irn.analyst").call("GET", path, ""); a.status != http.StatusOK || strings.Contains(a.body, `"from":"UNCLASSIFIED//REL TO IRQ, IRN, RUS, SYR","to":"RESTRICTED//REL TO IRQ, IRN"`) == false {
		t.Errorf("a recipient does not see the change: %d %s", a.status, a.body)
	}
	if a := officer.call("PUT", path+"/marking", narrow, "If-Match", tag); a.status != http.StatusConflict {
		t.Errorf("the old tag still works: %d %s", a.status, a.body)
	}

	tag = officer.call("GET", path, "").header.Get("ETag")
	a = officer.call("PUT", path+"/marking", `{"marking":"TOP SECRET//REL TO IRQ","reason":"Upgraded."}`, "If-Match", tag)
	if a.status != http.StatusForbidden {
		t.Errorf("marked out of the own sight: %d %s", a.status, a.body)
	}
}

func TestSourcesAreManagedByTheirMember(t *testing.T) {
	o := open(t)
	officer := o.as("irn.officer")
	a := officer.call("POST", "/sources", `{"name":"Tehran Wire","kind":"feed","address":"https://tehran.example/rss","language":"fa","reliability":"B","interval_s":600}`)
	var s server.Source
	a.into(t, &s)
	if a.status != http.StatusCreated || s.Marking != "UNCLASSIFIED//REL TO IRN" || s.Slug != "tehran-wire-irn" || s.Reliability != "B" || s.IntervalS != 600 {
		t.Errorf("%d %s", a.status, a.body)
	}
	path := "/sources/" + s.ID.String()
	if a := o.as("irq.administrator").call("GET", path, ""); a.status != http.StatusNotFound {
		t.Errorf("a source without a marking is seen by others: %d", a.status)
	}
	// The same name again, and that of a source which is another's own affair:
	// neither says that it is taken by somebody else.
	if a := officer.call("POST", "/sources", `{"name":"Tehran Wire","kind":"feed","address":"https://tehran.example/2"}`); a.status != http.StatusCreated || !strings.Contains(a.body, `"slug":"tehran-wire-irn-`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := officer.call("POST", "/sources", `{"name":"x","slug":"own-rus","kind":"feed","address":"https://tehran.example/3"}`); a.status != http.StatusCreated || !strings.Contains(a.body, `"slug":"own-rus-irn"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := officer.call("PATCH", path, `{"paused":true,"name":"Tehran Agency","marking":"TLP:GREEN"}`); a.status != http.StatusOK || !strings.Contains(a.body, `"paused":true`) || !strings.Contains(a.body, "TLP:GREEN") {
		t.Errorf("%d %s", a.status, a.body)
	}
	irq := o.as("irq.administrator")
	if a := irq.call("GET", path, ""); a.status != http.StatusOK || !strings.Contains(a.body, "Tehran Agency") {
		t.Errorf("not released: %d", a.status)
	}
	if a := irq.call("PATCH", path, `{"paused":false}`); a.status != http.StatusForbidden {
		t.Errorf("another member manages it: %d %s", a.status, a.body)
	}
	for body, status := range map[string]int{
		`{"address":"ftp://x"}`: 422, `{"marking":"REL TO"}`: 422, `{"marking":"SECRET//REL TO RUS"}`: 422, `{"name":""}`: 422, `{"reliability":"Z"}`: 422, `{"interval_s":-1}`: 422,
	} {
		if a := officer.call("PATCH", path, body); a.status != status {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	if a := o.as("irn.analyst").call("POST", "/sources", `{"name":"x","kind":"feed","address":"https://x.example/"}`); a.status != http.StatusForbidden {
		t.Errorf("an analyst adds a source: %d", a.status)
	}
}

func TestOPML(t *testing.T) {
	o := open(t)
	file := `<?xml version="1.0"?>
<opml version="2.0"><head><title>t</title></head><body>
<outline text="Folder"><outline type="rss" text="One" xmlUrl="https://one.example/rss" language="ru"/>
<outline text="One again" xmlUrl="https://one.example/rss"/></outline>
<outline text="Not a feed" xmlUrl="gopher://old.example/"/>
<outline title="خبرگزاری" xmlUrl="https://two.example/rss"/>
</body></opml>`
	rus := o.as("rus.officer")
	a := rus.call("POST", "/sources/opml", file, "Content-Type", "text/x-opml")
	var done server.ImportedSources
	a.into(t, &done)
	if a.status != http.StatusOK || len(done.Added) != 2 || len(done.Skipped) != 2 || done.Skipped[0].Line != 4 || done.Skipped[1].Line != 5 {
		t.Errorf("%d %s", a.status, a.body)
	}
	for _, s := range done.Added {
		if s.Marking != "UNCLASSIFIED//REL TO RUS" {
			t.Errorf("%s came in as %s", s.Name, s.Marking)
		}
	}
	out := rus.call("GET", "/sources/opml", "")
	if out.header.Get("Content-Type") != "text/x-opml; charset=utf-8" || !strings.Contains(out.body, `xmlUrl="https://two.example/rss"`) || strings.Contains(out.body, "own-irq") {
		t.Errorf("%v %s", out.header, out.body)
	}
	if strings.Contains(out.body, "WIRE") && strings.Contains(out.body, "user:key@wire") {
		t.Error("the keys of another member's source are exported")
	}
	for _, broken := range []string{"", "not xml", "<html></html>", "\xff\xfe<"} {
		if a := rus.call("POST", "/sources/opml", broken, "Content-Type", "text/x-opml"); a.status < 400 || a.status >= 500 {
			t.Errorf("%q: %d %s", broken, a.status, a.body)
		}
	}
	rus.call("POST", "/sources/opml", `<opml><body><outline xmlUrl="https://good.example/"/><outline xmlUrl="https://cut.ex`, "Content-Type", "text/x-opml").into(t, &done)
	if len(done.Added) != 1 || len(done.Skipped) != 1 {
		t.Errorf("of a file that breaks off, the good row is lost or the break is not told: %+v", done)
	}
	if a := o.as("rus.analyst").call("POST", "/sources/opml", file, "Content-Type", "text/x-opml"); a.status != http.StatusForbidden {
		t.Errorf("an analyst imports sources: %d", a.status)
	}
}

func TestDeadLettersAreRetriedByTheirMember(t *testing.T) {
	o := open(t)
	var list server.DeadLetterList
	irn := o.as("irn.administrator")
	irn.call("GET", "/dead-letters", "").into(t, &list)
	if len(list.DeadLetters) != 1 {
		t.Fatalf("%+v", list)
	}
	body := `{"ids":["` + list.DeadLetters[0].Document.String() + `"]}`
	if a := o.as("rus.administrator").call("POST", "/dead-letters/retry", body); strings.Contains(a.body, `"retried":1`) {
		t.Errorf("another member retries it: %d %s", a.status, a.body)
	}
	if a := o.as("irn.officer").call("POST", "/dead-letters/retry", body); a.status != http.StatusForbidden {
		t.Errorf("an officer retries: %d", a.status)
	}
	if a := irn.call("POST", "/dead-letters/retry", body); a.status != http.StatusOK || !strings.Contains(a.body, `"retried":1`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := irn.call("POST", "/reprocess", `{"q":""}`); a.status != http.StatusOK || !strings.Contains(a.body, `"waiting":1`) {
		t.Errorf("reprocess: %d %s", a.status, a.body)
	}
	if a := o.as("irq.administrator").call("POST", "/dead-letters/retry", `{}`); a.status != http.StatusOK || !strings.Contains(a.body, `"retried":2`) {
		t.Errorf("all of one's own: %d %s", a.status, a.body)
	}
}

func TestPersonsAreInvitedByTheirMember(t *testing.T) {
	o := open(t)
	admin := o.as("syr.administrator")
	for body, status := range map[string]int{
		`{"login":"new.one","name":"New","roles":["analyst"],"clearance":"SECRET"}`:                    201,
		`{"login":"irq.analyst","name":"X","roles":["analyst"],"clearance":"SECRET"}`:                  409,
		`{"login":"x y","name":"X","roles":["analyst"],"clearance":"SECRET"}`:                          422,
		`{"login":"new.two","name":"X","roles":["king"],"clearance":"SECRET"}`:                         422,
		`{"login":"new.two","name":"X","roles":[],"clearance":"SECRET"}`:                               422,
		`{"login":"new.two","name":"X","roles":["analyst","analyst"],"clearance":"SECRET"}`:            422,
		`{"login":"new.two","name":"X","roles":["analyst"],"clearance":"COSMIC"}`:                      422,
		`{"login":"new.two","name":"X","roles":["analyst"],"clearance":"SECRET","member":"RUS"}`:       422,
		`{"login":"new.two","name":"\u202eX","roles":["analyst"],"clearance":"SECRET"}`:                422,
		`{"login":"new.two","name":"X","roles":["analyst"],"clearance":"SECRET","password":"default"}`: 422,
	} {
		if a := admin.call("POST", "/persons", body); a.status != status {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
	own := "/persons/" + o.persons["syr.analyst"].String()
	a := admin.call("POST", own+"/invitation", "")
	var invited server.Invited
	a.into(t, &invited)
	if a.status != http.StatusCreated || invited.Person.Login != "syr.analyst" || len(invited.Invitation) < 30 {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := o.as("syr.officer").call("POST", own+"/invitation", ""); a.status != http.StatusForbidden {
		t.Errorf("an officer invites: %d", a.status)
	}
	if a := admin.call("PATCH", own, `{"roles":["king"]}`); a.status != http.StatusUnprocessableEntity {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// TestVersionsAndPages: earlier versions stay readable, and lists go on where
// they stopped.
func TestVersionsAndPages(t *testing.T) {
	o := open(t)
	o.take("wire", "open", "Officers meet in Baghdad again", "A corrected text about Baghdad.", "")
	path := "/reports/" + o.reports["open"].String()
	v := o.as("syr.analyst")
	if a := v.call("GET", path, ""); !strings.Contains(a.body, `"version":2,"versions":2`) || !strings.Contains(a.body, "corrected text") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := v.call("GET", path+"?version=1", ""); !strings.Contains(a.body, `"version":1,"versions":2`) || !strings.Contains(a.body, `"content":{"text":"Officers meet in Baghdad\n\nThe four states`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := v.call("GET", path+"?version=3", ""); a.status != http.StatusNotFound {
		t.Errorf("%d %s", a.status, a.body)
	}
	seen := map[string]bool{}
	after := ""
	for range 10 {
		var list server.ReportList
		v.call("GET", "/reports?limit=1&after="+after, "").into(t, &list)
		for _, r := range list.Reports {
			seen[r.ID.String()] = true
		}
		if after = list.Next; after == "" {
			break
		}
	}
	if len(seen) != 3 || after != "" {
		t.Errorf("pages gave %v, and then %q", seen, after)
	}
	var story server.StoryList
	v.call("GET", "/stories?q=corrected", "").into(t, &story)
	if len(story.Stories) != 1 {
		t.Fatalf("%+v", story)
	}
	if a := v.call("GET", "/stories/"+story.Stories[0].ID.String()+"/reports", ""); !strings.Contains(a.body, "corrected text") {
		t.Errorf("%d %s", a.status, a.body)
	}
}
