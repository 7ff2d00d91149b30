package policy

import "entente/internal/policy/internal/seal"

// Unrestricted makes the view that sees every label. The key can be had in
// policy/system alone, whose importers are a short list that a test holds.
func Unrestricted(_ seal.Key) View { return View{all: true} }

// Pipeline makes the grant of the program's own writes: intake, processing,
// health of sources. The key can be had in policy/system alone.
func Pipeline(_ seal.Key, name string) Grant {
	return Grant{actor: Actor{Name: name, Active: true}, action: ActionPipeline}
}

// Acting makes the grant of one act of the program itself on one thing, such as
// pausing a source that is gone for good. The key can be had in policy/system alone.
func Acting(_ seal.Key, name string, action Action, o Object) Grant {
	return Grant{actor: Actor{Name: name, Active: true}, action: action, object: o}
}
