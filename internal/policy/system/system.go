// Package system gives the program's own pipeline what no person can have: a
// view of everything and the grant to take in and process documents. What it
// gives must never reach an answer to a person; the list of packages that may
// import it is held by a test in internal/architecture.
package system

import (
	"entente/internal/policy"
	"entente/internal/policy/internal/seal"
)

// View sees every label.
func View() policy.View { return policy.Unrestricted(seal.Key{}) }

// Grant permits intake and processing in the name of a part of the program,
// such as "gather" or "weave".
func Grant(name string) policy.Grant { return policy.Pipeline(seal.Key{}, name) }

// Act permits one act of the program itself on one thing, such as pausing a
// source that is gone for good.
func Act(name string, action policy.Action, o policy.Object) policy.Grant {
	return policy.Acting(seal.Key{}, name, action, o)
}
