package files

import (
	"archive/zip"
	"io"
	"path"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// Limits of archives. The ratio is of what a file unfolds to and what it takes
// in the archive; text folds to a tenth, and hardly ever to a hundredth.
const (
	maxPacked  = 512 << 20
	maxEntries = 20_000
	maxTotal   = 2 << 30
	maxRatio   = 200
	freeOfRate = 1 << 20 // bytes that a file may unfold to at any ratio
)

// archive reads the files of a zip archive. Nothing is written to disk.
func (p *parser) archive(name string, r io.Reader, size int64) error {
	body, size, err := readerAt(r, size, maxPacked)
	if err != nil {
		return err
	}
	packed, err := zip.NewReader(body, size)
	if err != nil {
		return centre.Invalid("it is no zip archive that can be read; it may be cut off")
	}
	if len(packed.File) > maxEntries {
		return centre.Invalid("it holds %d files; at most %d are taken of one archive: divide it", len(packed.File), maxEntries)
	}
	total := &budget{left: maxTotal}
	read := 0
	for _, f := range packed.File {
		inner, reason := entryName(f)
		if inner == "" && reason == "" {
			continue
		}
		label := name + "/" + inner
		if reason != "" {
			p.refuse(name+"/"+f.Name, 0, reason)
			continue
		}
		read++
		if err := p.entry(label, f, total); err != nil {
			if end := fatal(err); end != nil {
				return end
			}
			if total.left <= 0 {
				return centre.Invalid("it unfolds to more than %d MB, which is the most that is taken of one archive; what came before %s was read", maxTotal>>20, show(inner))
			}
			p.refuse(label, 0, unreadable(err).Error())
		}
	}
	if read == 0 {
		return centre.Invalid("it holds no file that can be read")
	}
	return nil
}

// entryName gives the name of a file of an archive, "" for what is no file, and
// a reason where it is refused.
func entryName(f *zip.File) (name, reason string) {
	name = f.Name
	if f.NonUTF8 {
		name = fetch.ToUTF8([]byte(name), "").UTF8
	}
	name = strings.ReplaceAll(name, `\`, "/")
	switch {
	case strings.HasSuffix(name, "/"), strings.HasPrefix(name, "__MACOSX/"), strings.HasPrefix(path.Base(name), "."):
		return "", ""
	case path.IsAbs(name), strings.ContainsRune(name, 0), len(name) > 1 && name[1] == ':', strings.HasPrefix(path.Clean(name), ".."):
		return "", "its name points out of the archive"
	case !f.Mode().IsRegular():
		return "", "it is a link or a device, not a file"
	case f.Flags&1 != 0:
		return "", "it has a password: unpack the archive first"
	}
	return path.Clean(name), ""
}

func (p *parser) entry(label string, f *zip.File, total *budget) error {
	r, err := f.Open()
	if err != nil {
		return centre.Invalid("it is folded in a way that cannot be read: %w", err)
	}
	defer r.Close()
	return p.file(label, newUnfolding(r, total, f), 0, true)
}

// budget is what a whole archive may still unfold to.
type budget struct{ left int64 }

// unfolding reads a file of an archive and stops one that unfolds without end,
// by what comes out rather than by what the archive says of itself.
type unfolding struct {
	r      io.Reader
	total  *budget
	packed func() int64 // bytes that went in so far
	out    int64
}

func newUnfolding(r io.Reader, total *budget, f *zip.File) *unfolding {
	return &unfolding{r: r, total: total, packed: func() int64 { return int64(f.CompressedSize64) }}
}

func (u *unfolding) Read(b []byte) (int, error) {
	n, err := u.r.Read(b)
	u.out += int64(n)
	u.total.left -= int64(n)
	if u.total.left <= 0 || u.out > freeOfRate && u.out/maxRatio > u.packed() {
		return 0, centre.Invalid("it unfolds to more than %d times its size: such archives are made to fill a disk", maxRatio)
	}
	return n, err
}
