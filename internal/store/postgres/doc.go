// Package postgres keeps the centre in PostgreSQL 15 or later, for several
// processes that share one database.
//
// The database's collation plays no part: text columns compare by bytes, and
// the words of full-text search are made by the program. Every commit waits for
// the disk (synchronous_commit is set on for the store's connections).
package postgres
