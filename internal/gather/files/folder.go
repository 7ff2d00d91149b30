package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Kind is the kind of sources that are watched folders.
const Kind = "files"

// OptionMapping is the key of Source.Options that holds a Mapping for the tables
// of a folder.
const OptionMapping = "mapping"

// settling is how long a file must have been left alone before it is read.
const settling = 2 * time.Second

// Connector watches folders, and is a reader of files wherever they come from.
// It is safe for concurrent use. The zero value is ready to use, without readers.
type Connector struct{ readers []gather.Reader }

// New makes the connector of kind "files". A source's address is a folder; all
// files of a known kind in it and below it are taken, and left where they are.
// readers are asked for each file as Input.Readers says.
func New(readers ...gather.Reader) Connector { return Connector{readers: readers} }

// Kind is "files".
func (Connector) Kind() string { return Kind }

// Interval is a minute: to look at a folder costs little.
func (Connector) Interval() time.Duration { return time.Minute }

// Check refuses a source whose address is no absolute path, or whose mapping
// cannot be read.
func (Connector) Check(s centre.Source) error {
	if !filepath.IsAbs(s.Address) {
		return centre.Invalid("The address %q is not the full path of a folder: write it like /srv/inbox.", s.Address)
	}
	_, err := ParseMapping(s.Options[OptionMapping])
	return err
}

// Fetch takes what is new or changed in the folder.
func (c Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	if err := c.Check(r.Source); err != nil {
		return gather.Result{}, err
	}
	mapping, err := ParseMapping(r.Source.Options[OptionMapping])
	if err != nil {
		return gather.Result{}, err
	}
	root, err := os.OpenRoot(r.Source.Address)
	if err != nil {
		return gather.Result{}, centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be opened (%s): make it, let the program read it, or change the address of the source.", r.Source.Address, cause(err))
	}
	defer root.Close()
	v := &visit{connector: c, request: r, root: root, mapping: mapping, batch: batch{request: r}, taken: c.readCursor(r.Cursor), present: map[string]bool{}, strange: map[string][]string{}}
	err = v.walk(ctx)
	return v.result, err
}

// file is what the cursor remembers of a file that was taken.
type file struct {
	Size int64     `json:"size"`
	Time time.Time `json:"time"`
	Hash string    `json:"hash"`
	// Problems are told again at each fetch until the file changes or goes.
	Problems []string `json:"problems,omitempty"`
	// Strange: no reader knew it when it was last looked at.
	Strange bool `json:"strange,omitempty"`
}

// cursor is what was taken, and of what kind the readers were that were asked:
// strange files are looked at again when there are others.
type cursor struct {
	Files map[string]file `json:"files"`
	Kinds string          `json:"kinds,omitempty"`
}

func (c Connector) kinds() string {
	var kinds []string
	for _, r := range c.readers {
		kinds = append(kinds, r.Kind())
	}
	return strings.Join(kinds, " ")
}

func (c Connector) readCursor(stored centre.Cursor) map[string]file {
	var state cursor
	if json.Unmarshal(stored, &state) != nil || state.Files == nil {
		return map[string]file{}
	}
	if state.Kinds != c.kinds() {
		maps.DeleteFunc(state.Files, func(_ string, f file) bool { return f.Strange })
	}
	return state.Files
}

// visit is one fetch of one folder.
type visit struct {
	connector Connector
	request   gather.Request
	root      *os.Root
	mapping   Mapping
	result    gather.Result

	taken   map[string]file // whose documents have all been yielded or are in batch
	present map[string]bool
	strange map[string][]string // files that cannot be read, by ending

	batch   batch
	since   int  // files taken since the last cursor
	changed bool // taken has changed since the last cursor
	news    bool // something was read at all
}

func (v *visit) walk(ctx context.Context) error {
	err := fs.WalkDir(v.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch {
		case err != nil && name == ".":
			return centre.Refuse(centre.CodeUnavailable, "The folder %s cannot be read (%s): let the program read it.", v.request.Source.Address, cause(err))
		case err != nil:
			v.problem("%s cannot be read (%s).", show(name), cause(err))
			return nil
		case name != "." && strings.HasPrefix(path.Base(name), "."), isUnfinished(name):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		return v.look(ctx, name)
	})
	if err != nil {
		return err
	}
	for name := range v.taken {
		if !v.present[name] {
			delete(v.taken, name)
			v.changed = true
		}
	}
	for _, ending := range sortedKeys(v.strange) {
		names := v.strange[ending]
		v.problem("%s left alone: %s is of no kind that can be read (%s). Save it in another format, or give its name the ending of what it is.", count(len(names), "file"), ending, some(names))
	}
	v.result.NotModified = !v.news
	return v.flush(ctx)
}

// isUnfinished knows the names of files that a program is still writing.
func isUnfinished(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".part", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp", ".lock":
		return true
	}
	return strings.HasSuffix(name, "~")
}

// look takes a file if it is new or has changed, and is left alone by now.
func (v *visit) look(ctx context.Context, name string) error {
	if !Readable(name) && len(v.connector.readers) == 0 {
		v.leave(name)
		return nil
	}
	info, err := v.root.Stat(name)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			v.present[name] = true
		}
		v.problem("%s cannot be read (%s); links that lead out of the folder are not followed.", show(name), cause(err))
		return nil
	}
	v.present[name] = true
	if !info.Mode().IsRegular() {
		v.problem("%s is no ordinary file; it was left alone.", show(name))
		return nil
	}
	now := file{Size: info.Size(), Time: info.ModTime().UTC()}
	before, known := v.taken[name]
	if known && before.Size == now.Size && before.Time.Equal(now.Time) {
		if before.Strange {
			v.leave(name)
		}
		v.result.Problems = append(v.result.Problems, before.Problems...)
		return nil
	}
	if age := v.request.Now.Sub(now.Time); age.Abs() < settling {
		return nil // perhaps still growing: the next fetch takes it
	}
	if err := v.take(ctx, name, now, before); err != nil {
		return err
	}
	if v.since < max(gather.MaxBatch, len(v.taken)/10) {
		return nil
	}
	return v.flush(ctx)
}

// leave counts a file that nobody reads.
func (v *visit) leave(name string) {
	ending := strings.ToLower(path.Ext(name))
	if ending == "" {
		ending = "a name without ending"
	}
	v.strange[show(ending)] = append(v.strange[show(ending)], show(name))
}

// some names the first of many files.
func some(names []string) string {
	const most = 3
	text := strings.Join(names[:min(len(names), most)], ", ")
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// isStrange reports whether a file is of no format that anybody here reads.
func (v *visit) isStrange(name string, f io.ReaderAt) bool {
	head := make([]byte, headSize)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return false // reading it will tell
	}
	format := formatOf(name, head[:n])
	return format == "" && readerOf(v.connector.readers, name, head[:n], format) == nil
}

// take reads one file.
func (v *visit) take(ctx context.Context, name string, now, before file) error {
	f, err := v.root.Open(name)
	if err != nil {
		v.problem("%s cannot be opened (%s): let the program read it.", show(name), cause(err))
		return nil
	}
	defer f.Close()
	if !Readable(name) && v.isStrange(name, f) {
		now.Strange = true
		v.leave(name)
		v.done(name, now)
		return nil
	}
	sum := sha256.New()
	n, err := io.Copy(sum, &interruptible{ctx, f})
	v.result.Bytes += n
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		v.problem("%s cannot be read to its end (%s).", show(name), cause(err))
		return nil
	}
	now.Hash = hex.EncodeToString(sum.Sum(nil))
	if now.Hash == before.Hash { // touched, not changed
		now.Problems = before.Problems
		v.done(name, now)
		return nil
	}
	v.news = true
	report, err := Parse(ctx, v.input(ctx, name, f, n), func(d centre.Document) error { return v.batch.add(ctx, d) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if v.batch.failure != nil {
		return v.batch.failure
	}
	for _, refusal := range report.Listed[:min(len(report.Listed), mostProblems)] {
		now.Problems = append(now.Problems, refusal.String())
	}
	if more := report.Bad - mostProblems; more > 0 {
		now.Problems = append(now.Problems, fmt.Sprintf("%s: %d more rows were left out.", show(name), more))
	}
	if err != nil {
		now.Problems = append(now.Problems, err.Error())
	}
	if after, err := f.Stat(); err != nil || after.Size() != now.Size || !after.ModTime().Equal(now.Time) {
		return nil // it changed meanwhile: the next fetch reads it again
	}
	v.done(name, now)
	return nil
}

// mostProblems is how many refusals of one file are told.
const mostProblems = 20

func (v *visit) input(ctx context.Context, name string, f *os.File, size int64) Input {
	return Input{
		Name: name, Reader: f, Size: size, Now: v.request.Now, Mapping: v.mapping, ParseMarking: markings(v.request.Source),
		Readers: v.connector.readers, Source: v.request.Source, Events: v.batch.events(ctx), Tracks: v.batch.tracks(ctx),
	}
}

// done remembers a file whose documents have all been added.
func (v *visit) done(name string, f file) {
	v.taken[name] = f
	v.result.Problems = append(v.result.Problems, f.Problems...)
	v.changed = true
	v.since++
}

// flush yields the batch with the cursor. That is as large as the folder has
// files, so it goes along when a tenth of them is new and at the end.
func (v *visit) flush(ctx context.Context) error {
	var next centre.Cursor
	if v.changed {
		var err error
		if next, err = json.Marshal(cursor{Files: v.taken, Kinds: v.connector.kinds()}); err != nil {
			return fmt.Errorf("files: cursor: %w", err)
		}
		v.changed, v.since = false, 0
	}
	return v.batch.flush(ctx, next)
}

func (v *visit) problem(format string, args ...any) {
	v.result.Problems = append(v.result.Problems, fmt.Sprintf(format, args...))
}

// cause is what the system says of a failure, without the path.
func cause(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
