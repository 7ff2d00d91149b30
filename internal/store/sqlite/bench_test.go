package sqlite

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"entente/internal/store/storetest"
)

// BenchmarkStore fills the folder that ENTENTE_BENCH_DIR names, or a temporary
// one, and measures searches in it.
//
//	ENTENTE_BENCH_DIR=/var/tmp/bench go test -run xxx -bench Store -timeout 1h ./internal/store/sqlite
func BenchmarkStore(b *testing.B) {
	folder := b.TempDir()
	if named := os.Getenv("ENTENTE_BENCH_DIR"); named != "" {
		folder = filepath.Join(named, "sqlite")
	}
	begin := time.Now()
	s, err := Open(b.Context(), folder, options())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	b.Logf("opened in %s", time.Since(begin))
	storetest.Bench(b, s)
}

// BenchmarkTakeEvents imports a million events.
//
//	go test -run xxx -bench TakeEvents -benchtime 1x -timeout 1h -v ./internal/store/sqlite
func BenchmarkTakeEvents(b *testing.B) {
	s, err := Open(b.Context(), b.TempDir(), options())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	storetest.BenchEvents(b, s)
}

// BenchmarkClaims measures what is asked about claims.
//
//	go test -run xxx -bench Claims ./internal/store/sqlite
func BenchmarkClaims(b *testing.B) {
	s, err := Open(b.Context(), b.TempDir(), options())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	storetest.BenchClaims(b, s)
}
