// Package app wires the program together: it opens the store, the gazetteer
// and the bus of a centre, gives each part the small interfaces that it asks
// for, and runs the roles that a process has. It is the only package that
// knows all others, and holds no rule of its own.
package app
