package centre_test

import (
	"encoding/json"
	"testing"

	"entente/internal/centre"
)

func TestUnknownPlacesAndTollsAreNullInJSON(t *testing.T) {
	unknown, err := json.Marshal(centre.Event{})
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(unknown, &fields); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"point", "killed", "injured", "start"} {
		if string(fields[name]) != "null" {
			t.Errorf("an unknown %s is written %s", name, fields[name])
		}
	}
	known := centre.Event{Point: centre.At(0, 0), Killed: centre.Toll{Known: true, Best: 2}}
	text, err := json.Marshal(known)
	if err != nil {
		t.Fatal(err)
	}
	var back centre.Event
	if err := json.Unmarshal(text, &back); err != nil || back.Point != known.Point || back.Killed != known.Killed || back.Injured.Known {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
}
