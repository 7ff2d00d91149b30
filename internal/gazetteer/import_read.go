package gazetteer

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"

	"entente/internal/centre"
)

// maxLine is the longest line that is read; GeoNames' longest are about 20 kB.
const maxLine = 1 << 20

// read takes the rows of a file, by what its content is.
func (im *importer) read(path string) error {
	name := strings.ToLower(filepath.Base(path))
	info, err := os.Stat(path)
	if err != nil {
		return centre.Refuse(centre.CodeInvalid, "the file %s cannot be read: %w", path, err)
	}
	switch {
	case strings.HasSuffix(name, ".zip"):
		return im.readZip(path)
	case strings.HasSuffix(name, ".gz"):
		return im.readOne(path, info.Size(), func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) })
	default:
		return im.readOne(path, info.Size(), func(r io.Reader) (io.Reader, error) { return r, nil })
	}
}

func (im *importer) readZip(path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return centre.Refuse(centre.CodeInvalid, "%s is not a whole zip file; fetch it again: %w", filepath.Base(path), err)
	}
	defer z.Close()
	for _, f := range z.File {
		base := strings.ToLower(filepath.Base(f.Name))
		if !strings.HasSuffix(base, ".txt") || base == "readme.txt" || base == "iso-languagecodes.txt" {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return centre.Refuse(centre.CodeInvalid, "%s in %s cannot be read: %w", f.Name, filepath.Base(path), err)
		}
		err = im.lines(f.Name, &counted{in: in, tell: im.tell(int64(f.UncompressedSize64))}, im.parser(), nil)
		in.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// readOne reads a single file, twice where its rows refer to one another.
func (im *importer) readOne(path string, size int64, open func(io.Reader) (io.Reader, error)) error {
	once := func(tell func(int64), take func(in io.Reader) error) error {
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		in, err := open(bufio.NewReaderSize(&counted{in: f, tell: tell}, 1<<16))
		if err != nil {
			return centre.Refuse(centre.CodeInvalid, "%s is not a whole gzip file; fetch it again: %w", filepath.Base(path), err)
		}
		return take(in)
	}
	name := filepath.Base(path)
	first := ""
	if err := once(nil, func(in io.Reader) error {
		line, err := bufio.NewReader(in).ReadString('\n')
		first = line
		if err == io.EOF {
			err = nil
		}
		return err
	}); err != nil {
		return err
	}
	if !strings.HasPrefix(first, "wof_id\t") {
		return once(im.tell(size), func(in io.Reader) error { return im.lines(name, in, im.parser(), nil) })
	}
	im.report.Format = "Who's On First"
	w := &wofReader{im: im, known: map[string]wofParent{}}
	if err := once(nil, func(in io.Reader) error { return im.lines(name, in, nil, w.parent) }); err != nil {
		return err
	}
	w.settle()
	return once(im.tell(size), func(in io.Reader) error { return im.lines(name, in, w.row, nil) })
}

func (im *importer) tell(total int64) func(int64) {
	if im.progress == nil {
		return nil
	}
	return func(done int64) { im.progress(min(done, total), total) }
}

// counted tells how much was read, every megabyte and at the end.
type counted struct {
	in         io.Reader
	tell       func(done int64)
	done, told int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.done += int64(n)
	if c.tell != nil && (c.done-c.told >= 1<<20 || err != nil) {
		c.told = c.done
		c.tell(c.done)
	}
	return n, err
}

// take reads one line; reason is "" where it is good.
type takeLine func(columns [][]byte) (taken bool, reason string, err error)

// lines calls take for each line of in, counting, or look, which only looks.
func (im *importer) lines(file string, in io.Reader, take takeLine, look func(columns [][]byte)) error {
	scan := bufio.NewScanner(in)
	scan.Buffer(make([]byte, 1<<16), maxLine)
	var columns [][]byte
	number := int64(0)
	for scan.Scan() {
		number++
		if number%4096 == 0 && im.ctx.Err() != nil {
			return im.ctx.Err()
		}
		line := bytes.TrimSuffix(scan.Bytes(), []byte("\r"))
		if len(line) == 0 || line[0] == '#' || number == 1 && bytes.HasPrefix(line, []byte("wof_id\t")) {
			continue
		}
		columns = columns[:0]
		for part := range bytes.SplitSeq(line, []byte("\t")) {
			columns = append(columns, part)
		}
		if look != nil {
			look(columns)
			continue
		}
		im.report.Rows++
		taken, reason, err := take(columns)
		switch {
		case err != nil:
			return err
		case reason != "":
			im.bad(file, number, "%s", reason)
		case taken:
			im.report.Taken++
		default:
			im.report.Skipped++
		}
	}
	if scan.Err() == bufio.ErrTooLong {
		return centre.Invalid("line %d of %s is longer than a megabyte; this is not a list of places", number+1, file)
	}
	if err := scan.Err(); err != nil {
		if im.ctx.Err() != nil {
			return im.ctx.Err()
		}
		return centre.Refuse(centre.CodeInvalid, "%s breaks off after line %d; fetch it again: %w", file, number, err)
	}
	return nil
}

// parser tells GeoNames' two tables apart by their first line.
func (im *importer) parser() takeLine {
	var chosen takeLine
	return func(c [][]byte) (bool, string, error) {
		if chosen == nil {
			switch {
			case len(c) == 19:
				im.report.Format, chosen = "GeoNames places", im.geonamesPlace
			case len(c) >= 4 && len(c) <= 10:
				im.report.Format, chosen = "GeoNames alternate names", im.geonamesName
			default:
				return false, "this is neither a line of a GeoNames table (19 columns, or 10 of alternate names) nor of a Who's On First list", nil
			}
		}
		return chosen(c)
	}
}
