package main

import (
	"encoding/json"

	"github.com/rogpeppe/go-internal/testscript"
)

func invitationOf(ts *testscript.TestScript, login, printed string) string {
	var all []struct{ Login, Token string }
	ts.Check(json.Unmarshal([]byte(printed), &all))
	for _, i := range all {
		if i.Login == login {
			return i.Token
		}
	}
	ts.Fatalf("there is no invitation for %s in %s", login, printed)
	return ""
}
