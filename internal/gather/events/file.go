package events

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"path"
	"regexp"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Limits of files.
const (
	maxFile   = 256 << 20 // bytes of a file that is fetched, or of an archive
	maxUnfold = 4 << 30   // bytes that an archive may unfold to
	maxRatio  = 300       // and how many times its own size, beyond freeOfRate
	freeRate  = 4 << 20
	headSize  = 64 << 10
)

// counter counts what is read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// file reads one file of any format; f is what its owner says it is, or "".
func (s *sink) file(f format, r io.Reader) error {
	b := bufio.NewReaderSize(r, headSize)
	head, err := b.Peek(headSize)
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	if err != nil && err != io.EOF {
		return centre.Refuse(centre.CodeUnavailable, "%s cannot be read (%w); give it again.", s.name, err)
	}
	found, _ := recognise(head)
	isJSON := len(bytes.TrimSpace(head)) > 0 && strings.IndexByte("{[", bytes.TrimSpace(head)[0]) >= 0
	switch {
	case found == formatZip:
		return s.archive(f, b)
	case f == formatACLEDAPI:
		f = formatACLED
	case f == formatUCDPAPI:
		f = formatUCDP
	case f == formatUnknown || f == formatList:
		f = found
	}
	switch {
	case f == formatACLED && isJSON:
		_, err = s.records(b, "data", acledNames, newACLED(s).record)
	case f == formatUCDP && isJSON:
		_, err = s.records(b, "result", ucdpNames, newUCDP(s).record)
	case f == formatACLED:
		err = s.table(b, acledNames, newACLED(s).record)
	case f == formatUCDP:
		err = s.table(b, ucdpNames, newUCDP(s).record)
	case f == formatGDELT:
		err = s.gdelt(b)
	case f == formatGKG:
		err = s.gkg(b)
	case f == formatHXL:
		err = s.hxl(b)
	case f == formatList:
		return centre.Invalid("%s is a list of GDELT's files, not events; add its web address as a source of kind events, and the files are fetched.", s.name)
	default:
		return centre.Invalid("%s is no event database that is known: neither ACLED, UCDP GED, GDELT 2.0 nor a table with HXL tags. Check the file, or import it as a table of documents.", s.name)
	}
	return err
}

// record takes the values of one row under a format's columns. It says why a
// row cannot be taken; "" where it was. An error is one of yielding.
type record func(line int, values []string) (problem string, err error)

// table reads rows under a header.
func (s *sink) table(r io.Reader, names []string, take record) error {
	t := &table{lines: newLines(s.ctx, utf8Reader(r))}
	header, err := t.header()
	if err != nil {
		return s.ended(err)
	}
	at := columns(header, names)
	known := 0
	for _, i := range at {
		if i >= 0 {
			known++
		}
	}
	if known < 3 {
		return centre.Invalid("%s has none of the columns of its format in its first line; give the file with its header.", s.name)
	}
	t.width = len(header)
	values := make([]string, len(names))
	for first := true; ; first = false {
		cells, line, err := t.row()
		if bad, ok := err.(*badRow); ok {
			s.leaveOut(line, "%s", bad.reason)
			continue
		}
		if err != nil {
			return s.ended(err)
		}
		if _, tagged := readTags(cells); first && tagged {
			continue // copies on data exchanges have a row of HXL tags here
		}
		if len(cells) != t.width {
			s.leaveOut(line, "it has %d columns instead of %d", len(cells), t.width)
			continue
		}
		pick(values, cells, at)
		problem, err := take(line, values)
		if err != nil {
			return err
		}
		if problem != "" {
			s.leaveOut(line, "%s", problem)
		}
	}
}

// header reads the first row.
func (t *table) header() ([]string, error) {
	first, err := t.next()
	if err != nil {
		return nil, err
	}
	t.comma = divider(first)
	cells, err := t.record(first, 1)
	if err != nil {
		return nil, err
	}
	return append([]string{}, cells...), nil
}

// ended turns the end of a text into none, and all else into sentences.
func (s *sink) ended(err error) error {
	if err == io.EOF {
		return nil
	}
	if _, ok := err.(*badRow); ok || err == errLong {
		return centre.Invalid("%s has no header that can be read: %s; check the file.", s.name, err.Error())
	}
	return err
}

// archive reads the files in a zip archive. Nothing is written to disk.
func (s *sink) archive(f format, r io.Reader) error {
	body, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return centre.Refuse(centre.CodeUnavailable, "%s cannot be read (%w); give it again.", s.name, err)
	}
	if len(body) > maxFile {
		return centre.Invalid("%s is an archive of more than %d MB; unpack it first.", s.name, maxFile>>20)
	}
	return s.unfold(f, body)
}

func (s *sink) unfold(f format, body []byte) error {
	packed, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return centre.Invalid("%s is no zip archive that can be read; it may be cut off. Fetch it again.", s.name)
	}
	name := s.name
	defer func() { s.name = name }()
	left, read := int64(maxUnfold), 0
	for _, entry := range packed.File {
		inner := path.Base(strings.ReplaceAll(entry.Name, `\`, "/"))
		if entry.FileInfo().IsDir() || strings.HasPrefix(inner, ".") || !tableName.MatchString(inner) {
			continue
		}
		read++
		s.name = name + "/" + clip(inner)
		content, err := entry.Open()
		if err == nil {
			err = s.file(f, &unfolding{r: content, left: &left, packed: int64(entry.CompressedSize64)})
			content.Close()
		} else {
			err = centre.Invalid("%s is packed in a way that cannot be read; unpack it first.", s.name)
		}
		if err != nil {
			if len(packed.File) == 1 || centre.CodeOf(err) == "" || s.ctx.Err() != nil {
				return err
			}
			s.say("%s", err.Error())
		}
	}
	if read == 0 {
		return centre.Invalid("%s holds no file of events (.csv, .tsv, .txt or .json); check the archive.", name)
	}
	return nil
}

var tableName = regexp.MustCompile(`(?i)\.(csv|tsv|txt|json|hxl)$`)

// unfolding reads a file of an archive and stops one that unfolds without end.
type unfolding struct {
	r      io.Reader
	left   *int64 // of the whole archive
	packed int64
	out    int64
}

func (u *unfolding) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.out += int64(n)
	*u.left -= int64(n)
	if *u.left < 0 || u.out > freeRate && u.out/maxRatio > u.packed {
		return 0, centre.Invalid("it unfolds to more than %d times its size, as archives do that are made to fill a disk", maxRatio)
	}
	return n, err
}

// recogniseZip looks into the first file of an archive, whose name stands in
// the archive's first header (APPNOTE.TXT 4.3.7).
func recogniseZip(name string, head []byte) float64 {
	const fixed = 30
	if len(head) > fixed {
		n := int(head[26]) | int(head[27])<<8
		if len(head) >= fixed+n && gdeltFile.Match(head[fixed:fixed+n]) {
			return 0.95
		}
	}
	if gdeltFile.MatchString(path.Base(name)) {
		return 0.9
	}
	return 0
}

// gdeltFile is how GDELT names its files.
var gdeltFile = regexp.MustCompile(`(?i)^\d{14}\.(translation\.)?(export|gkg)\.csv(\.zip)?$`)

// fileCursor is the memory of a source that is one file.
type fileCursor struct {
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Body     string `json:"body,omitempty"` // hash of what was taken whole
}

// encode never fails: the cursors hold strings and numbers alone.
func encode(cursor any) centre.Cursor {
	b, err := json.Marshal(cursor)
	if err != nil {
		return nil
	}
	return b
}

// decode reads a cursor; one that cannot be read leaves the zero value.
func decode[T any](c centre.Cursor) T {
	var cursor T
	if json.Unmarshal(c, &cursor) != nil {
		var none T
		return none
	}
	return cursor
}

// fetchFile reads a file at a web address. It has no way to begin in the
// middle: after a stop the whole comes again, and rows that are known are known.
func fetchFile(ctx context.Context, r gather.Request) (gather.Result, error) {
	last := decode[fileCursor](r.Cursor)
	response, err := r.Client.Get(ctx, fetch.Get{
		URL: r.Source.Address, Private: r.Source.Private, ETag: last.ETag, Modified: last.Modified,
		Accept: "text/csv, application/zip, application/json, text/tab-separated-values, text/plain;q=0.9, */*;q=0.1", MaxBody: maxFile,
	})
	if err != nil {
		return gather.Result{}, err
	}
	result := gather.Result{Bytes: response.Bytes, MovedTo: response.MovedTo, NotModified: response.NotModified, Wait: response.MaxAge}
	if result.NotModified {
		return result, nil
	}
	next := fileCursor{response.ETag, response.Modified, shortHash(response.Body)}
	if next.Body == last.Body {
		result.NotModified = true
		if next == last {
			return result, nil
		}
		return result, r.Yield(ctx, nil, encode(next))
	}
	s := newSink(ctx, r, displayName(response.URL))
	err = s.file(format(r.Source.Options[OptionFormat]), bytes.NewReader(response.Body))
	if err == nil && s.taken == 0 && len(s.problems) == 0 && len(response.Body) == 0 {
		err = centre.Invalid("%s is empty; check the address.", s.name)
	}
	if err == nil {
		err = s.flush(encode(next))
	}
	result.Problems = s.result().Problems
	return result, err
}

func shortHash(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
