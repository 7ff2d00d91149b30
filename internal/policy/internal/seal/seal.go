// Package seal holds the key that policy/system shows to policy. Go's rule for
// internal folders keeps it from everybody else.
package seal

// Key proves that its holder is part of policy.
type Key struct{}
