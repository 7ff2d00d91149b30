// Package sqlite keeps the centre in one folder, in SQLite: the default, for
// one process on one machine.
//
// The folder holds the database, its write-ahead log, and a lock that one
// process holds while it runs: a second one is refused, because each would
// believe that it alone writes.
//
// There is one connection that writes and some that read. Every commit is
// flushed to the disk before it is acknowledged (synchronous=FULL), so what was
// acknowledged survives not only the end of the process but the loss of power.
package sqlite
