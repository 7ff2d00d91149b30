package mail

import (
	"bytes"
	"fmt"
	"mime"
	"net/textproto"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Limits of one mail.
const (
	maxMail   = 50 << 20 // bytes as they came
	maxParts  = 1000
	maxLevels = 12 // of multiparts, and of mails within mails
	// maxBoundaries and maxWork bound what the parser has to do before parts can
	// be counted: it reads each byte once for every multipart around it.
	maxBoundaries = 2000
	maxWork       = 2 << 30
)

// part is a leaf of a mail's tree of parts.
type part struct {
	number      string // its place in the tree: "2.1"
	mediaType   string // lower case, without parameters
	charset     string // as it is stated; "" where it is not
	flowed      bool   // RFC 3676's format=flowed
	delsp       bool   // and its delsp=yes
	name        string // of the file; "" where it has none
	disposition string // "inline", "attachment" or ""
	related     bool   // belongs to the HTML beside it
	choice      int    // number of the multipart/alternative that it is a form of; 0 for none
	body        []byte // decoded from its transfer encoding
}

// tree is a mail taken apart.
type tree struct {
	header    textproto.MIMEHeader
	mediaType string // of the whole
	charset   string // of parts that do not name theirs; "" for UTF-8
	leaves    []part // in order, at most maxParts
	problems  []string
	choices   int
}

var boundaryParameter = regexp.MustCompile(`(?i)\bboundary(?:\*[0-9]?\*?)?\s*=`)

// takeApart reads the structure of a mail. A mail that is malformed is read as
// far as it goes; an error means that it is none, or was made to waste time.
func takeApart(raw []byte) (t *tree, err error) {
	defer func() {
		if recover() != nil { // of the MIME parser, on what nobody has seen before
			err = centre.Invalid("its parts cannot be told apart")
		}
	}()
	boundaries := len(boundaryParameter.FindAllIndex(raw, maxBoundaries+1))
	if boundaries > maxBoundaries || openMultiparts(raw) > maxLevels || boundaries > maxLevels && int64(boundaries)*int64(len(raw)) > maxWork {
		return nil, centre.Invalid("it is nested deeper than mails are")
	}
	if boundaries > 0 && bytes.Count(raw, []byte("\n--")) > 20*maxParts {
		return nil, centre.Invalid("it has more than %d parts", maxParts)
	}
	parser := enmime.NewParser(enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true),
		enmime.RawContent(true), enmime.MaxStoredPartErrors(10), enmime.StripMediaTypeInvalidCharacters(true))
	root, err := parser.ReadParts(bytes.NewReader(raw))
	if err != nil {
		return plainTree(raw)
	}
	t = &tree{header: root.Header, mediaType: strings.ToLower(root.ContentType)}
	if !utf8.Valid(raw) {
		t.guess(raw)
	}
	t.walk(root, 0, 0, false)
	return t, nil
}

// guess finds out what headers and parts are written in that do not say it: all
// lines beyond ASCII together tell more than each alone.
func (t *tree) guess(raw []byte) {
	var beyond []byte
	for line := range bytes.Lines(raw[:min(len(raw), 256<<10)]) {
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) {
			beyond = append(beyond, line...)
		}
	}
	t.charset = fetch.ToUTF8(beyond, "").Charset
	for _, values := range t.header {
		for i, v := range values {
			if !utf8.ValidString(v) {
				values[i] = fetch.ToUTF8([]byte(v), "text/plain; charset="+t.charset).UTF8
			}
		}
	}
}

// openMultiparts counts how many multiparts are open at once at most, by the
// lines that name and close them: the parser's time doubles with each that is never closed.
func openMultiparts(raw []byte) int {
	open, most := 0, 0
	for line := range bytes.Lines(raw) {
		line = bytes.TrimSpace(line)
		switch {
		case boundaryParameter.Match(line):
			open++
			most = max(most, open)
		case len(line) > 4 && bytes.HasPrefix(line, []byte("--")) && bytes.HasSuffix(line, []byte("--")):
			open = max(0, open-1)
		}
	}
	return most
}

// plainTree reads a mail whose parts cannot be told apart as head and text.
func plainTree(raw []byte) (*tree, error) {
	parsed, body, found := bytes.Cut(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	if !found {
		return nil, centre.Invalid("it has no head as mails have")
	}
	t := &tree{header: textproto.MIMEHeader{}, mediaType: "text/plain"}
	for _, line := range strings.Split(strings.ReplaceAll(strings.ReplaceAll(string(parsed), "\n ", " "), "\n\t", " "), "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok && !strings.ContainsAny(name, " \t") {
			t.header.Add(name, strings.TrimSpace(value))
		}
	}
	if len(t.header) == 0 {
		return nil, centre.Invalid("it has no head as mails have")
	}
	t.leaves = []part{{number: "1", mediaType: "text/plain", body: body}}
	t.problems = append(t.problems, "The mail is malformed; all of it was taken as text.")
	return t, nil
}

func (t *tree) problem(format string, args ...any) {
	sentence := fmt.Sprintf(format, args...)
	for _, p := range t.problems {
		if p == sentence {
			return
		}
	}
	t.problems = append(t.problems, sentence)
}

// walk collects the leaves below p.
func (t *tree) walk(p *enmime.Part, level, choice int, related bool) {
	for _, e := range p.Errors {
		if e.Severe || e.Name == enmime.ErrorMissingBoundary {
			t.problem("The mail is malformed; it was read as far as possible.")
		}
	}
	if level > maxLevels {
		t.problem("The mail is nested deeper than %d levels; what lies deeper was left out.", maxLevels)
		return
	}
	kind := strings.ToLower(p.ContentType)
	if p.FirstChild != nil {
		switch kind {
		case "multipart/alternative":
			t.choices++
			choice = t.choices
		case "multipart/related":
			related = true
		}
		first := true
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			t.walk(c, level+1, choice, related && !first)
			first = false
		}
		return
	}
	if len(t.leaves) >= maxParts {
		t.problem("The mail has more than %d parts; the others were left out.", maxParts)
		return
	}
	leaf := part{number: number(p), mediaType: kind, charset: p.Charset, disposition: strings.ToLower(p.Disposition), choice: choice, related: related}
	leaf.name = fileName(p.FileName)
	if _, params, err := mime.ParseMediaType(p.Header.Get("Content-Type")); err == nil {
		leaf.flowed, leaf.delsp = strings.EqualFold(params["format"], "flowed"), strings.EqualFold(params["delsp"], "yes")
	}
	if kind == "" { // for which the parser does not look any further
		if disposition, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition")); err == nil {
			leaf.disposition, leaf.name = disposition, fileName(params["filename"])
		}
	}
	if leaf.charset == "" || strings.EqualFold(leaf.charset, "us-ascii") && t.charset != "" {
		leaf.charset = t.charset
	}
	switch strings.ToLower(strings.TrimSpace(p.Header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		leaf.body = fromBase64(p.Content)
	case "quoted-printable":
		leaf.body = fromQuotedPrintable(p.Content)
	case "", "7bit", "8bit", "binary":
		leaf.body = p.Content
	default:
		t.problem("Part %s of the mail is encoded in a way that is not known; it was taken as it came.", leaf.number)
		leaf.body = p.Content
	}
	t.leaves = append(t.leaves, leaf)
}

func number(p *enmime.Part) string {
	if n := strings.TrimSuffix(p.PartID, ".0"); n != "" && n != "0" {
		return n
	}
	return "1"
}

// fileName gives the name of an attached file: RFC 2183's filename or the older
// name of the content type, in RFC 2231's or, against the rules, in RFC 2047's
// encoding; its last element alone.
func fileName(name string) string {
	name = oneLine(decodeHeader(name))
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return ""
	}
	if r := []rune(name); len(r) > 150 {
		name = "…" + string(r[len(r)-149:]) // its ending stays
	}
	return name
}

// isText reports whether the part is text to be read in its place rather than a
// file beside it.
func (p *part) isText() bool {
	switch p.mediaType {
	case "text/plain", "text/html", "":
		return p.disposition != "attachment" && p.name == ""
	}
	return false
}

// text gives a part as UTF-8 without unwanted characters.
func (p *part) text() (text, problem string) {
	read := fetch.ToUTF8(p.body, `text/plain; charset="`+strings.NewReplacer(`"`, "", `\`, "").Replace(p.charset)+`"`)
	if p.mediaType == "text/html" {
		return gather.CleanHTML(read.UTF8), read.Problem
	}
	text = gather.CleanText(strings.ReplaceAll(read.UTF8, "\r\n", "\n"))
	if p.flowed {
		text = unflow(text, p.delsp)
	}
	return text, read.Problem
}

// unflow joins the lines of a paragraph (RFC 3676): one that ends in a space
// goes on in the next, unless their quotation differs or it is the mark before a
// signature.
func unflow(text string, delsp bool) string {
	out := make([]byte, 0, len(text))
	open, depth := false, 0
	for i, line := range strings.Split(text, "\n") {
		quotes := len(line) - len(strings.TrimLeft(line, ">"))
		content := strings.TrimPrefix(line[quotes:], " ")
		if !open || quotes != depth {
			if i > 0 {
				out = append(out, '\n')
			}
			out = append(out, line[:quotes]...)
			if quotes > 0 && content != "" {
				out = append(out, ' ')
			}
		}
		out = append(out, content...)
		depth, open = quotes, strings.HasSuffix(content, " ") && content != "-- "
		if open && delsp {
			out = out[:len(out)-1]
		}
	}
	return string(out)
}
