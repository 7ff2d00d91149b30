package server_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
)

// openCalls are all the operations that answer somebody who is not signed in.
// The calls of publishers are among them only where a sender is answered as if
// nothing were there; the others refuse nobody's token with 401.
var openCalls = []string{"GET /centre/public", "GET /demo/persons", "GET /healthz", "GET /hooks/{id}/websub/{token}", "POST /demo/session",
	"POST /hooks/{id}/websub/{token}", "POST /invitations/redeem", "POST /session"}

// bodies are requests that an operation understands, so that it is the policy
// that answers and not the schema. Every operation with a body has one; the
// test fails where a new one has none.
var bodies = map[string]string{
	"POST /session":                    `{"login":"x","password":"x"}`,
	"POST /invitations/redeem":         `{"token":"x","password":"x"}`,
	"POST /demo/session":               `{"login":"x"}`,
	"POST /reports/{id}/grades":        `{"version":1,"grade":"B2","reason":"seen"}`,
	"POST /claims/{id}/grades":         `{"grade":"B2","reason":"seen"}`,
	"POST /claims/{id}/link":           `{"statements":[{"report":"%[2]s","version":1,"no":1}],"reason":"seen"}`,
	"POST /claims/{id}/split":          `{"statements":[{"report":"%[2]s","version":1,"no":1}],"reason":"seen"}`,
	"POST /stories/{id}/merge":         `{"other":"%[2]s","reason":"seen"}`,
	"POST /stories/{id}/split":         `{"report":"%[2]s","reason":"seen"}`,
	"POST /stories/{id}/move":          `{"report":"%[2]s","into":"%[2]s","reason":"seen"}`,
	"POST /stories/{id}/undo":          `{"edit":"%[2]s"}`,
	"POST /claims/{id}/undo":           `{"edit":"%[2]s"}`,
	"POST /claims/{id}/merge":          `{"other":"%[2]s","reason":"seen"}`,
	"POST /claims/{id}/related":        `{"other":"%[2]s","reason":"seen"}`,
	"POST /reports/{id}/roots":         `{"no":1,"token":"a long token"}`,
	"PUT /reports/{id}/marking":        `{"marking":"RESTRICTED//REL TO %s","reason":"review"}`,
	"POST /reports/{id}/translations":  `{"language":"en"}`,
	"PUT /translation/consent":         `{"provider":"p","level":"SECRET","reason":"r"}`,
	"POST /entities/{id}/merge":        `{"other":"%[2]s","reason":"seen"}`,
	"POST /entities/{id}/apart":        `{"other":"%[2]s","reason":"seen"}`,
	"POST /entities/{id}/split":        `{"reports":["%[2]s"],"reason":"seen"}`,
	"POST /entity-decisions/{id}/undo": `{"reason":"seen"}`,
	"POST /reprocess":                  `{"q":""}`,
	"POST /markings/parse":             `{"text":"TLP:AMBER"}`,
	"POST /sources":                    `{"name":"probe","kind":"feed","address":"https://probe.example/"}`,
	"PATCH /sources/{id}":              `{"paused":true}`,
	"POST /sources/test":               `{"kind":"feed","address":"https://probe.example/"}`,
	"POST /sources/opml":               `<opml version="2.0"><body/></opml>`,
	"POST /sources/find":               `{"address":"probe.example"}`,
	"POST /sources/{id}/keys":          "",
	"POST /catalogue":                  `{"addresses":["https://probe.example/"]}`,
	"POST /intake":                     `{"text":"A word."}`,
	"POST /hooks/{id}":                 `{"text":"A word."}`,
	"POST /hooks/{id}/websub/{token}":  `<rss/>`,
	"POST /imports":                    `A word.`,
	"POST /dead-letters/retry":         `{"ids":["%[2]s"]}`,
	"POST /persons":                    `{"login":"probe","name":"Probe","roles":["analyst"],"clearance":"SECRET"}`,
	"PATCH /persons/{id}":              `{"suspended":true}`,
	"POST /persons/{id}/invitation":    "",
}

// operations lists every operation of the API as "METHOD /path".
func operations(t *testing.T, document []byte) []string {
	var d struct {
		Paths map[string]map[string]struct {
			RequestBody json.RawMessage `json:"requestBody"`
		} `json:"paths"`
	}
	must(t, json.Unmarshal(document, &d))
	var list []string
	for path, methods := range d.Paths {
		for method, op := range methods {
			name := strings.ToUpper(method) + " " + path
			list = append(list, name)
			if _, ok := bodies[name]; op.RequestBody != nil && !ok {
				t.Errorf("%s has no body in this test: give it one", name)
			}
		}
	}
	slices.Sort(list)
	return list
}

// idsOf lists ids of things of one member that are released to nobody else, by
// the first part of the path that names them.
func (o *office) idsOf(m centre.MemberCode) map[string]centre.ID {
	low := strings.ToLower(string(m))
	return map[string]centre.ID{
		"reports": o.reports["secret-"+low], "stories": o.stories["secret-"+low],
		"sources": o.sources["own-"+low], "persons": o.persons[low+".analyst"], "events": o.events["secret-"+low],
		"claims": o.claims["secret-"+low], "entities": o.entities["secret-"+low],
	}
}

// TestEveryRouteForEveryMember walks all operations as nobody and as every role
// of every member, asking after things of every other member. Nobody is told
// to sign in. To everybody else, what is hidden is answered with the same bytes
// as what does not exist; and no answer holds a word of what is hidden.
func TestEveryRouteForEveryMember(t *testing.T) {
	o := open(t)
	absent := centre.RandomID()
	for _, name := range operations(t, o.server.Document()) {
		method, path, _ := strings.Cut(name, " ")
		t.Run(strings.ReplaceAll(name, "/", "."), func(t *testing.T) {
			if name == "POST /imports" {
				path += "?name=probe.txt&guess=true"
			}
			ask := func(v *visitor, id centre.ID, target centre.MemberCode) answered {
				body := bodies[name]
				if strings.Contains(body, "%") {
					body = fmt.Sprintf(body+"%[1]s%[2]s", target, id)
					body = strings.TrimSuffix(body, string(target)+id.String())
				}
				return v.call(method, strings.ReplaceAll(path, "{id}", id.String()), body, "If-Match", `"v1-000000000000"`)
			}
			if !slices.Contains(openCalls, name) {
				if a := ask(o.nobody(), absent, "IRQ"); a.status != http.StatusUnauthorized {
					t.Errorf("nobody gets %d: %s", a.status, a.body)
				}
				if name == "GET /changes" || name == "DELETE /session" {
					return // a stream has its own test; signing out concerns nobody else
				}
			}
			for _, mine := range members {
				for _, role := range roles {
					v := o.nobody()
					if !slices.Contains(openCalls, name) {
						v = o.as(strings.ToLower(string(mine)) + "." + string(role))
					}
					for _, theirs := range members {
						if theirs == mine && !slices.Contains(openCalls, name) {
							continue
						}
						none := ask(v, absent, theirs)
						noSecrets(t, name, mine, role, none.body)
						if !strings.Contains(path, "{id}") {
							continue
						}
						kind := strings.Split(path, "/")[1]
						for _, of := range slices.Sorted(maps.Keys(o.idsOf(theirs))) {
							hidden := ask(v, o.idsOf(theirs)[of], theirs)
							if of == kind && role == centre.RoleAdministrator && hidden.status != http.StatusNotFound {
								t.Errorf("%s %s of %s: %d: %s", role, mine, theirs, hidden.status, hidden.body)
							}
							if hidden.status != none.status || hidden.body != none.body || !maps.EqualFunc(hidden.header, none.header, slices.Equal) {
								t.Errorf("%s %s can tell hidden %s of %s from absent:\n%d %s\n%d %s", role, mine, of, theirs, hidden.status, hidden.body, none.status, none.body)
							}
						}
					}
				}
			}
		})
	}
}

// noSecrets fails where an answer to a member holds another member's words.
func noSecrets(t *testing.T, name string, mine centre.MemberCode, role centre.Role, body string) {
	t.Helper()
	for _, theirs := range members {
		low := strings.ToLower(string(theirs))
		for _, secret := range []string{"Zanzibar file of " + string(theirs), "Broken zanzibar paper of " + string(theirs), "own-" + low} {
			if theirs != mine && strings.Contains(body, secret) {
				t.Errorf("%s shows %q to %s of %s: %s", name, secret, role, mine, body)
			}
		}
	}
	if strings.Contains(body, "argon2") {
		t.Errorf("%s shows a password's hash", name)
	}
}

func TestTheOpenCallsAreTheseAlone(t *testing.T) {
	o := open(t)
	var list []string
	for _, name := range operations(t, o.server.Document()) {
		method, path, _ := strings.Cut(name, " ")
		a := o.nobody().call(method, strings.ReplaceAll(path, "{id}", centre.RandomID().String()), bodies[name])
		if a.status != http.StatusUnauthorized || strings.Contains(a.body, "do not fit together") {
			list = append(list, name)
		}
	}
	if !slices.Equal(list, openCalls) {
		t.Errorf("answer nobody: %v", list)
	}
}

// TestHeadAndAdministratorHaveNoBypass: the chair member's people read no more
// than others.
func TestHeadAndAdministratorHaveNoBypass(t *testing.T) {
	o := open(t)
	for _, role := range roles {
		v := o.as("irq." + string(role)) // Iraq has the chair
		if a := v.call("GET", "/reports?q=zanzibar", ""); strings.Count(a.body, "Zanzibar file") != 1 {
			t.Errorf("%s of the chair reads %s", role, a.body)
		}
	}
}

// TestClearance: what is marked above a person's clearance does not exist for
// them, though it is their own member's.
func TestClearance(t *testing.T) {
	o := open(t)
	top := o.take("own-irq", "top", "Uranium file", "Above all clearances here.", "TOP SECRET//REL TO IRQ")
	v := o.as("irq.officer")
	hidden, none := v.call("GET", "/reports/"+top.String(), ""), v.call("GET", "/reports/"+centre.RandomID().String(), "")
	if hidden.status != http.StatusNotFound || hidden.body != none.body {
		t.Errorf("%d %s, absent: %s", hidden.status, hidden.body, none.body)
	}
	if a := v.call("GET", "/facets", ""); strings.Contains(a.body, `"total":4`) || !strings.Contains(a.body, `"total":3`) {
		t.Errorf("the count tells of it: %s", a.body)
	}
}
