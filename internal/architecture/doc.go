// Package architecture holds no code but the test that keeps the shape of the
// program: which package may import which, and why not. docs/ARCHITECTURE.md is
// the same map for readers.
package architecture
