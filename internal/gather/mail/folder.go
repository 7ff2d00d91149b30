package mail

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// settling is how long a file must have been left alone before it is read. A
// Maildir needs none: what lies in new or cur is finished.
const settling = 2 * time.Second

// seen is what the cursor remembers of a file.
type seen struct {
	Size int64 `json:"size"`
	Time int64 `json:"time"` // Unix nanoseconds
	// Of an mbox: where the next mail begins, and the hash of what stands right
	// before, by which a file that has only grown is known.
	Next int64  `json:"next,omitempty"`
	Tail string `json:"tail,omitempty"`
}

type folderCursor struct {
	Files map[string]seen `json:"files"`
}

// folder is one visit to a folder of mails.
type folder struct {
	root    *os.Root
	bag     *mailbag
	seen    map[string]seen
	present map[string]bool
	changed bool
	news    bool
	since   int // files and mails taken since the last cursor
}

func (c Connector) fetchFolder(ctx context.Context, r gather.Request) (gather.Result, error) {
	var result gather.Result
	root, err := os.OpenRoot(r.Source.Address)
	if err != nil {
		return result, centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be opened (%s): make it, let the program read it, or change the address of the source.", shown(r.Source.Address), cause(err))
	}
	defer root.Close()
	f := &folder{root: root, bag: c.bag(r, &result), seen: map[string]seen{}, present: map[string]bool{}}
	var before folderCursor
	if json.Unmarshal(r.Cursor, &before) == nil && before.Files != nil {
		f.seen = before.Files
	}
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if name == "." {
				return centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be read (%s): let the program read it.", shown(r.Source.Address), cause(err))
			}
			f.bag.problem("%s cannot be read (%s).", shown(name), cause(err))
			return nil
		}
		if entry.IsDir() {
			// Maildir's tmp holds mails that are still being written; its
			// subfolders have names that begin with a dot.
			if path.Base(name) == "tmp" && f.isMaildir(path.Dir(name)) {
				return fs.SkipDir
			}
			return nil
		}
		return f.look(ctx, name)
	})
	if err == nil {
		for name := range f.seen {
			if !f.present[name] {
				delete(f.seen, name)
				f.changed = true
			}
		}
		if f.changed {
			f.mark(true)
		}
		err = f.bag.out.flush(ctx)
	}
	result.NotModified = err == nil && !f.news
	return result, err
}

// isMaildir reports whether a folder has Maildir's two folders of mails.
func (f *folder) isMaildir(name string) bool {
	for _, sub := range []string{"cur", "new"} {
		if info, err := f.root.Stat(path.Join(name, sub)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// look takes a file if it holds mails that are new.
func (f *folder) look(ctx context.Context, name string) error {
	key, inMaildir := name, false
	base := path.Base(path.Dir(name))
	if (base == "cur" || base == "new") && f.isMaildir(path.Dir(path.Dir(name))) {
		// A mail moves from new to cur and changes its flags behind ":2,"; its
		// name before them stays.
		inMaildir = true
		unique, _, _ := strings.Cut(path.Base(name), ":")
		key = path.Join(path.Dir(path.Dir(name)), unique)
	}
	ending := strings.ToLower(path.Ext(name))
	if !inMaildir && (ending != ".eml" && ending != ".mbox" || strings.HasPrefix(path.Base(name), ".")) {
		return nil
	}
	info, err := f.root.Stat(name)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.present[key] = true
		}
		f.bag.problem("%s cannot be read (%s); links that lead out of the folder are not followed.", shown(name), cause(err))
		return nil
	}
	f.present[key] = true
	now := seen{Size: info.Size(), Time: info.ModTime().UnixNano()}
	before, known := f.seen[key]
	switch {
	case !info.Mode().IsRegular():
		return nil
	case known && (inMaildir || before.Size == now.Size && before.Time == now.Time):
		return nil
	case !inMaildir && f.bag.request.Now.Sub(info.ModTime()).Abs() < settling:
		return nil // perhaps still being written: the next fetch takes it
	}
	file, err := f.root.Open(name)
	if err != nil {
		f.bag.problem("%s cannot be opened (%s): let the program read it.", shown(name), cause(err))
		return nil
	}
	defer file.Close()
	f.news = true
	counted := &counter{ctx: ctx, r: file}
	defer func() { f.bag.result.Bytes += counted.n }()
	if ending == ".mbox" && !inMaildir {
		return f.mbox(ctx, file, counted, key, before, now)
	}
	err = f.bag.single(ctx, counted, shown(name))
	if centre.CodeOf(err) == centre.CodeUnavailable && f.bag.out.failure == nil {
		f.bag.problem("%s", err.Error())
		return nil
	}
	if err == nil {
		f.done(key, now)
	}
	return err
}

// mbox reads what was added to an mbox, or all of it where something else than
// adding was done to it.
func (f *folder) mbox(ctx context.Context, file *os.File, counted *counter, key string, before, now seen) error {
	from := before.Next
	if from > now.Size || from > 0 && tailOf(file, from) != before.Tail {
		from = 0
	}
	if _, err := file.Seek(from, io.SeekStart); err != nil {
		f.bag.problem("%s cannot be read (%s).", shown(key), cause(err))
		return nil
	}
	err := f.bag.mbox(ctx, bufio.NewReaderSize(counted, 64<<10), shown(key), from, func(next int64) {
		f.done(key, seen{Next: next, Tail: tailOf(file, next)})
	})
	if centre.CodeOf(err) == centre.CodeUnavailable && f.bag.out.failure == nil {
		f.bag.problem("%s", err.Error())
		return nil
	}
	if err == nil {
		whole := f.seen[key]
		whole.Size, whole.Time = now.Size, now.Time
		f.done(key, whole)
	}
	return err
}

// tailOf hashes the last bytes before an offset.
func tailOf(file *os.File, offset int64) string {
	tail := make([]byte, min(offset, 4096))
	if _, err := file.ReadAt(tail, offset-int64(len(tail))); err != nil && !isEnd(err) {
		return "unreadable"
	}
	sum := sha256.Sum256(tail)
	return hex.EncodeToString(sum[:12])
}

// done remembers a file, or the beginning of one, whose documents have all been
// added.
func (f *folder) done(key string, s seen) {
	f.seen[key] = s
	f.changed = true
	f.since++
	f.mark(false)
}

// mark sets the cursor for the next batch. It is as large as the folder has
// files, so it goes along when a tenth of them is new, and at the end.
func (f *folder) mark(end bool) {
	if !end && f.since < max(gather.MaxBatch, len(f.seen)/10) {
		return
	}
	f.since = 0
	f.bag.out.cursor = func() (centre.Cursor, error) {
		return json.Marshal(folderCursor{Files: f.seen})
	}
}

// cause is what the system says of a failure, without the path.
func cause(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
