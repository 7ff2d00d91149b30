package stix_test

import (
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/stix"
)

const (
	red   = `"object_marking_refs":["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"]`
	clear = `"object_marking_refs":["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"]`
)

// read gives the documents of a list of objects by their ids.
func read(t *testing.T, objects ...string) map[string]centre.Document {
	t.Helper()
	got := gathertest.Read(t, stix.New(), source(t), "x.json", strings.NewReader("["+strings.Join(objects, ",")+"]"))
	if got.Err != nil {
		t.Fatal(got.Err)
	}
	docs := map[string]centre.Document{}
	for _, d := range got.Documents {
		docs[d.ExternalID] = d
	}
	return docs
}

func TestADocumentIsMarkedAsStrictlyAsWhatItTellsOf(t *testing.T) {
	t.Parallel()
	alone := "RESTRICTED//REL TO SYR"
	for name, c := range map[string]struct {
		more []string // beside a note, and how it refers to it
		note string
		want string // "" for the source's marking
	}{
		"clear":                      {nil, clear, ""},
		"red":                        {nil, red, alone + "//TLP:RED"},
		"its author is red":          {[]string{`{"type":"identity","id":"identity--1","name":"A",` + red + `}`}, clear + `,"created_by_ref":"identity--1"`, alone + "//TLP:RED"},
		"its place is red":           {[]string{`{"type":"location","id":"location--1","name":"A",` + red + `}`}, `"object_refs":["location--1"],` + clear, alone + "//TLP:RED"},
		"its relationship is red":    {[]string{`{"type":"relationship","id":"relationship--1","relationship_type":"is","source_ref":"note--1","target_ref":"x--1",` + red + `}`}, clear, alone + "//TLP:RED"},
		"what it refers to is red":   {[]string{`{"type":"malware","id":"malware--1","name":"A",` + red + `}`}, `"object_refs":["malware--1"],` + clear, ""},
		"a statement":                {[]string{`{"type":"marking-definition","id":"marking-definition--1","definition_type":"statement","definition":{"statement":"Cite us"}}`}, `"object_marking_refs":["marking-definition--1"]`, ""},
		"another extension":          {[]string{`{"type":"marking-definition","id":"marking-definition--1","definition_type":"statement","definition":{"statement":"Cite us"},"extensions":{"extension-definition--9":{"who":"us"}}}`}, `"object_marking_refs":["marking-definition--1"]`, alone},
		"a label of its own making":  {[]string{`{"type":"marking-definition","id":"marking-definition--1","definition_type":"tlp","definition":{"tlp":"mauve"}}`}, `"object_marking_refs":["marking-definition--1"]`, alone},
		"red that calls itself open": {[]string{`{"type":"marking-definition","id":"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed","definition_type":"tlp","definition":{"tlp":"white"}}`}, red, alone + "//TLP:RED"},
		"no marking at all":          {[]string{`{"type":"malware","id":"malware--1"}`}, `"object_marking_refs":["malware--1"]`, alone},
		"granular without a name":    {nil, `"granular_markings":[{"selectors":["content"]}]`, alone},
		"granular that is no list":   {nil, `"granular_markings":{}`, alone},
	} {
		d := read(t, append(c.more, `{"type":"note","id":"note--1","content":"n",`+c.note+`}`)...)["note--1"]
		got := ""
		if d.Marking != nil {
			got = d.Marking.String()
		}
		if got != c.want {
			t.Errorf("%s: marked %q, want %q", name, got, c.want)
		}
		if c.want == alone && len(d.Problems) == 0 {
			t.Errorf("%s: it does not say why", name)
		}
	}
}

func TestNothingIsLost(t *testing.T) {
	t.Parallel()
	docs := read(t,
		`{"type":"note","id":"note--1","created_by_ref":"identity--1","content":"n","object_refs":["identity--2","identity--3","identity--4"]}`,
		`{"type":"identity","id":"identity--1","name":"Told whole"}`,
		`{"type":"identity","id":"identity--2","name":"Says more","contact_information":"duty@port.example"}`,
		`{"type":"identity","id":"identity--3","name":"Taken back","revoked":true}`,
		`{"type":"identity","id":"identity--4","name":"Kept to itself",`+red+`}`,
		`{"type":"identity","id":"identity--5","name":"Nobody refers to it"}`,
	)
	for id, want := range map[string]bool{"note--1": true, "identity--1": false, "identity--2": true, "identity--3": true, "identity--4": true, "identity--5": true} {
		if _, there := docs[id]; there != want {
			t.Errorf("%s: %v", id, there)
		}
	}
	if docs["identity--3"].Withdrawn == "" || !strings.Contains(docs["identity--2"].Body, "duty@port.example") {
		t.Errorf("%+v", docs)
	}
	for _, p := range docs["note--1"].Properties {
		if strings.Contains(p.Value, "Kept to itself") {
			t.Errorf("%+v", p)
		}
	}
}
