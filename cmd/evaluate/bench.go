package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"

	"entente/internal/gazetteer"
)

// bench is the data and what the tasks share over them.
type bench struct {
	data   fs.FS
	folder string // of data
	fold   fold

	places *gazetteer.Gazetteer // nil until asked for
	work   string               // folder of the imported gazetteer
}

// gazetteer gives the embedded gazetteer with GeoNames' cities15000 imported,
// and which one it is, in words.
func (b *bench) gazetteer(ctx context.Context) (*gazetteer.Gazetteer, string, error) {
	const name = "gazetteer/geonames/cities15000.zip"
	about := "the embedded gazetteer with GeoNames' cities15000 imported"
	if _, err := fs.Stat(b.data, name); err != nil {
		about = "the embedded gazetteer alone: " + name + " is not in the folder"
	}
	if b.places != nil {
		return b.places, about, nil
	}
	if _, err := fs.Stat(b.data, name); err == nil {
		if b.work, err = os.MkdirTemp("", "evaluate"); err != nil {
			return nil, "", err
		}
		if _, err := gazetteer.Import(ctx, filepath.Join(b.folder, filepath.FromSlash(name)), b.work, nil); err != nil {
			return nil, "", fmt.Errorf("importing %s: %w", name, err)
		}
	}
	var err error
	b.places, err = gazetteer.Open(b.work)
	return b.places, about, err
}

func (b *bench) close() {
	if b.places != nil {
		_ = b.places.Close()
	}
	if b.work != "" {
		_ = os.RemoveAll(b.work)
	}
}

// fold is part k of n, counted from 1; the zero fold is everything.
type fold struct{ k, n int }

func parseFold(text string) (f fold, err error) {
	if text == "" {
		return fold{}, nil
	}
	if _, err := fmt.Sscanf(text, "%d/%d", &f.k, &f.n); err != nil || f.k < 1 || f.k > f.n {
		return fold{}, fmt.Errorf("--fold %s: write it as 2/5, the second of five parts", text)
	}
	return f, nil
}

// has tells whether a document, or a group of documents that belong together,
// is in this part.
func (f fold) has(group string) bool { return f.n == 0 || part(group, f.n) == f.k-1 }

// part gives the part 0..n-1 that a group is in; the same in every run.
func part(group string, n int) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(group)) // never fails
	v := h.Sum64()
	return int((v ^ v>>29) % uint64(n))
}
