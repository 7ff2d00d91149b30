package pdf

import (
	"bytes"
	"context"
	"errors"
	"slices"
)

// Limits.
const (
	MaxFile     = 64 << 20  // bytes of a file
	maxUnfolded = 32 << 20  // of one stream
	maxTotal    = 256 << 20 // of all streams
	maxPages    = 5000
	maxGlyphs   = 8_000_000
	maxForms    = 20_000 // that are drawn
)

// Errors of Read beside the context's.
var (
	// ErrNoPDF: the bytes are no PDF, or nothing can be found in them.
	ErrNoPDF = errors.New("no PDF file")
	// ErrEncrypted: the file opens with a password or a right alone.
	ErrEncrypted = errors.New("the file is encrypted")
)

// Document is what a file holds.
type Document struct {
	Title, Author string // as the file states; "" where it does not
	Language      string // of the catalogue, as it stands there; "" where none
	Created       string // a date of 7.9.4: "D:20150926174500+03'00'"; "" where none
	Modified      string
	Pages         int
	// Text of all pages; paragraphs and pages are divided by blank lines. ""
	// where no page has text.
	Text     string
	Pictures bool // some page draws pictures
	// Unread is how many glyphs have no meaning that could be found, and show as
	// U+FFFD; Cut that the file has more pages or text than is taken.
	Unread int
	Cut    bool
}

// file is a file whose objects are known.
type file struct {
	ctx     context.Context
	objects map[ref]any
	trailer dict
	values  int   // that may still be read
	forms   int   // drawn so far
	left    int64 // bytes that streams may still unfold to
}

// Read reads a file. It never panics, and its memory is bounded by its limits.
func Read(ctx context.Context, data []byte) (doc Document, err error) {
	defer func() {
		if recover() != nil {
			err = ErrNoPDF
		}
	}()
	if i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-")); i < 0 || len(data) > MaxFile {
		return doc, ErrNoPDF
	}
	f := &file{ctx: ctx, objects: map[ref]any{}, trailer: dict{}, values: maxHeld, left: maxTotal}
	if err := f.scan(data); err != nil {
		return doc, err
	}
	if _, locked := f.trailer["Encrypt"]; locked {
		return doc, ErrEncrypted
	}
	root := f.dict(f.trailer["Root"])
	if root == nil {
		root = f.find("Catalog")
	}
	info := f.dict(f.trailer["Info"])
	doc.Title, doc.Author = f.words(info["Title"]), f.words(info["Author"])
	doc.Created, doc.Modified = f.words(info["CreationDate"]), f.words(info["ModDate"])
	doc.Language = f.words(root["Lang"])
	pages := f.pages(root)
	doc.Pages = len(pages)
	if len(pages) == 0 {
		return doc, ErrNoPDF
	}
	if len(pages) > maxPages {
		pages, doc.Cut = pages[:maxPages], true
	}
	f.values = maxPassed
	err = f.text(&doc, pages)
	return doc, err
}

// scan finds all objects and trailers.
func (f *file) scan(data []byte) error {
	at, trailer := 0, -2
	for steps := 0; ; steps++ {
		if steps%1000 == 0 && f.ctx.Err() != nil {
			return f.ctx.Err()
		}
		if trailer != -1 && trailer < at { // look for the next
			if trailer = bytes.Index(data[at:], []byte("trailer")); trailer >= 0 {
				trailer += at
			}
		}
		obj := bytes.Index(data[at:], []byte("obj"))
		if trailer >= 0 && (obj < 0 || trailer < at+obj) {
			l := &lexer{data: data, at: trailer + len("trailer"), left: &f.values}
			v, err := l.next(0)
			if err != nil {
				return err
			}
			f.addTrailer(v)
			at = max(l.at, trailer+1)
			continue
		}
		if obj < 0 {
			return nil
		}
		at += obj + len("obj")
		num, ok := objectNumber(data[max(0, at-3-24) : at-3])
		if !ok {
			continue
		}
		next, err := f.object(num, data, at)
		if err != nil {
			return err
		}
		at = next
	}
}

// objectNumber reads "12 0 " before "obj".
func objectNumber(before []byte) (ref, bool) {
	trim := func(b []byte) []byte { return bytes.TrimRight(b, " \t\r\n\f\x00") }
	digits := func(b []byte) (rest, found []byte) {
		i := len(b)
		for i > 0 && b[i-1] >= '0' && b[i-1] <= '9' {
			i--
		}
		return b[:i], b[i:]
	}
	rest, generation := digits(trim(before))
	rest, num := digits(trim(rest))
	if len(generation) == 0 || len(num) == 0 || len(num) > 8 || len(trim(rest)) == len(rest) && len(rest) > 0 && !isSpace(rest[len(rest)-1]) && !isDelimiter(rest[len(rest)-1]) && rest[len(rest)-1] != 'j' {
		return 0, false
	}
	n, ok := number(num)
	return ref(n), ok && n >= 1
}

// object reads the object that begins at an offset and gives where it ends.
func (f *file) object(num ref, data []byte, at int) (next int, err error) {
	l := &lexer{data: data, at: at, left: &f.values}
	v, err := l.next(0)
	if err != nil {
		return 0, err
	}
	d, isDict := v.(dict)
	l.skip()
	if !isDict || !bytes.HasPrefix(data[l.at:], []byte("stream")) {
		if _, isKeyword := v.(keyword); !isKeyword {
			f.objects[num] = v
		}
		return max(l.at, at), nil
	}
	start := l.at + len("stream")
	if bytes.HasPrefix(data[start:], []byte("\r\n")) {
		start += 2
	} else if start < len(data) && (data[start] == '\n' || data[start] == '\r') {
		start++
	}
	stop := -1
	if n, ok := d["Length"].(float64); ok && n >= 0 && start+int(n) <= len(data) {
		if bytes.HasPrefix(bytes.TrimLeft(data[start+int(n):min(len(data), start+int(n)+20)], "\r\n \t"), []byte("endstream")) {
			stop = start + int(n)
		}
	}
	if stop < 0 {
		if i := bytes.Index(data[start:], []byte("endstream")); i >= 0 {
			stop = start + i
		} else {
			stop = len(data)
		}
	}
	s := &stream{dict: d, raw: data[start:stop]}
	f.objects[num] = s
	switch d["Type"] {
	case name("ObjStm"):
		err = f.packed(s)
	case name("XRef"):
		f.addTrailer(d)
	}
	return stop, err
}

// packed reads the objects of an object stream (7.5.7).
func (f *file) packed(s *stream) error {
	body := f.unfold(s)
	first, _ := s.dict["First"].(float64)
	count, _ := s.dict["N"].(float64)
	head := &lexer{data: body, left: &f.values}
	for i := 0; i < int(count) && i < 1_000_000; i++ {
		num, err := head.next(0)
		if err != nil {
			return err
		}
		offset, err := head.next(0)
		if err != nil {
			return err
		}
		n, ok1 := num.(float64)
		o, ok2 := offset.(float64)
		if !ok1 || !ok2 || n < 1 || o < 0 || int(first+o) > len(body) || first < 0 {
			return nil
		}
		l := &lexer{data: body, at: int(first + o), left: &f.values}
		v, err := l.next(0)
		if err != nil {
			return err
		}
		f.objects[ref(n)] = v
	}
	return nil
}

func (f *file) addTrailer(v any) {
	d, _ := v.(dict)
	for _, key := range []name{"Root", "Info", "Encrypt"} {
		if value, ok := d[key]; ok && value != nil {
			f.trailer[key] = value
		}
	}
}

// value follows references, at most a few in a row.
func (f *file) value(v any) any {
	for range 10 {
		r, ok := v.(ref)
		if !ok {
			return v
		}
		v = f.objects[r]
	}
	return nil
}

func (f *file) dict(v any) dict {
	switch v := f.value(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	return nil
}

func (f *file) array(v any) array {
	a, _ := f.value(v).(array)
	return a
}

func (f *file) number(v any) float64 {
	n, _ := f.value(v).(float64)
	return n
}

// find gives the object of a type that has the lowest number.
func (f *file) find(kind name) dict {
	var best ref
	var found dict
	for num, v := range f.objects {
		if d, ok := v.(dict); ok && d["Type"] == kind && (found == nil || num < best) {
			best, found = num, d
		}
	}
	return found
}

// page is a page with what it inherits (7.7.3.4).
type page struct {
	dict      dict
	resources dict
}

// pages lists the pages in order; where the tree of pages is broken, all that
// there are, by number.
func (f *file) pages(root dict) []page {
	var out []page
	visited := map[ref]bool{}
	var walk func(v any, resources dict, depth int)
	walk = func(v any, resources dict, depth int) {
		if r, ok := v.(ref); ok {
			if visited[r] {
				return
			}
			visited[r] = true
		}
		d := f.dict(v)
		if d == nil || depth > maxDepth || len(out) > maxPages {
			return
		}
		if own := f.dict(d["Resources"]); own != nil {
			resources = own
		}
		kids := f.array(d["Kids"])
		if kids == nil {
			if f.value(d["Type"]) != name("Pages") {
				out = append(out, page{d, resources})
			}
			return
		}
		for _, kid := range kids {
			walk(kid, resources, depth+1)
		}
	}
	walk(root["Pages"], nil, 0)
	if len(out) > 0 {
		return out
	}
	var nums []ref
	for num, v := range f.objects {
		if d, ok := v.(dict); ok && d["Type"] == name("Page") {
			nums = append(nums, num)
		}
	}
	slices.Sort(nums)
	for _, num := range nums {
		d := f.dict(num)
		out = append(out, page{d, f.dict(d["Resources"])})
	}
	return out
}
