package main

import (
	"context"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"entente/internal/charter"
)

// TestMain lets the scripts run this program under its name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"entente": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts tells in testdata/script what a person types and reads.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("ENTENTE_FOLDER", e.WorkDir+"/centre")
			return os.WriteFile(e.WorkDir+"/four.yaml", charter.Demo, 0o600)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			// invitation LOGIN FILE: puts the invitation of a login, as printed by
			// init into FILE, into $INVITATION.
			"invitation": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Setenv("INVITATION", invitationOf(ts, args[0], ts.ReadFile(args[1])))
			},
			// keep NAME PATTERN FILE: puts what the pattern's group matches in FILE
			// into $NAME.
			"keep": func(ts *testscript.TestScript, _ bool, args []string) {
				m := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile(args[2]))
				if len(m) < 2 {
					ts.Fatalf("%q matches nothing in %s:\n%s", args[1], args[2], ts.ReadFile(args[2]))
				}
				ts.Setenv(args[0], m[1])
			},
			// eventually PATTERN COMMAND...: runs the command until it works and
			// prints what the pattern matches.
			"eventually": func(ts *testscript.TestScript, _ bool, args []string) {
				pattern, last := regexp.MustCompile(args[0]), error(nil)
				for range 300 {
					if last = ts.Exec(args[1], args[2:]...); last == nil && pattern.MatchString(ts.ReadFile("stdout")) {
						return
					}
					time.Sleep(100 * time.Millisecond)
				}
				ts.Fatalf("%v never printed %q: %v\n%s%s", args[1:], args[0], last, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
			},
		},
	})
}
