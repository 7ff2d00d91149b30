package postgres

import (
	"os"
	"testing"

	"entente/internal/store/storetest"
)

// BenchmarkStore fills the database that ENTENTE_BENCH_POSTGRES names, or one
// of its own, and measures searches in it.
func BenchmarkStore(b *testing.B) {
	address := os.Getenv("ENTENTE_BENCH_POSTGRES")
	if address == "" {
		address = database(b)
	}
	s, err := Open(b.Context(), address, options())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	storetest.Bench(b, s)
}

// BenchmarkTakeEvents imports a million events into a database of its own.
func BenchmarkTakeEvents(b *testing.B) {
	s, err := Open(b.Context(), database(b), options())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	storetest.BenchEvents(b, s)
}
