package files

import (
	"bytes"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability"
	"github.com/jhillyerd/enmime/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/internal/centre"
	"entente/internal/gather"
)

// maxTitle is the longest first line that is taken for a title, in code points.
const maxTitle = 150

// plain reads a text file. Its first line is the title where it looks like one:
// short, without the full stop of a sentence, and followed by a blank line.
func (p *parser) plain(name string, body []byte) (centre.Document, error) {
	text := toUTF8(body)
	if isBinary(text.UTF8) {
		return centre.Document{}, centre.Invalid("it is no text, as its name says it were: give its name the ending of what it is")
	}
	doc := centre.Document{ExternalID: name, MediaType: "text/plain"}
	doc.Body = strings.TrimLeft(strings.ReplaceAll(text.UTF8, "\r\n", "\n"), "\n\t ")
	if first, rest, found := strings.Cut(doc.Body, "\n"); found {
		line := plainLine(first)
		next, after, _ := strings.Cut(rest, "\n")
		if isTitle(line) && strings.TrimSpace(next) == "" && strings.TrimSpace(after) != "" {
			doc.Title, doc.Body = line, strings.TrimLeft(after, "\n")
		}
	}
	doc.Problems = problems(text.Problem)
	return doc, nil
}

// isBinary tells bytes that were never text by their control characters, of which
// text has hardly any besides line ends, tabs, page feeds and escapes.
func isBinary(text string) bool {
	controls, all := 0, 0
	for _, r := range text {
		all++
		if r < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b", r) {
			controls++
		}
	}
	return controls*50 > all
}

func isTitle(line string) bool {
	return line != "" && utf8.RuneCountInString(line) <= maxTitle && !strings.ContainsAny(line[len(line)-1:], ".,;:") &&
		!strings.HasSuffix(line, "۔") && !strings.HasSuffix(line, "؛") && !strings.HasSuffix(line, "،")
}

// plainLine makes one line of text that holds no HTML.
func plainLine(s string) string { return strings.Join(strings.Fields(gather.CleanText(s)), " ") }

func problems(sentence string) []string {
	if sentence == "" {
		return nil
	}
	return []string{sentence}
}

// page reads a saved web page: its article where it has one, else all of it.
func (p *parser) page(name string, body []byte) (centre.Document, error) {
	text := toUTF8(body)
	doc := centre.Document{ExternalID: name, MediaType: "text/html", Body: text.UTF8, Problems: problems(text.Problem)}
	root, err := html.Parse(strings.NewReader(text.UTF8))
	if err != nil { // of HTML nested too deep
		doc.Problems = append(doc.Problems, "The page is nested too deep to find its article; all of it was taken.")
		return doc, nil
	}
	readMeta(root, &doc)
	reader := readability.NewParser()
	reader.MaxElemsToParse = 100_000
	if !reader.CheckDocument(root) {
		return doc, nil
	}
	article, err := reader.ParseDocument(root, nil)
	if err != nil || article.Node == nil {
		return doc, nil
	}
	dropHeading(article.Node, doc.Title)
	var b bytes.Buffer
	if err := html.Render(&b, article.Node); err == nil && strings.TrimSpace(article.TextContent) != "" {
		doc.Body = b.String()
	}
	if doc.Title == "" {
		doc.Title = gather.PlainLine(article.Title)
	}
	if doc.Author == "" {
		doc.Author = gather.PlainLine(article.Byline)
	}
	return doc, nil
}

// dropHeading takes the first heading out of an article where it repeats the title.
func dropHeading(article *html.Node, title string) {
	for n := range article.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2:
			var text strings.Builder
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					text.WriteString(d.Data)
				}
			}
			if title != "" && plainLine(text.String()) == title {
				n.Parent.RemoveChild(n)
			}
			return
		case atom.P:
			return
		}
	}
}

// Names of <meta> that say when, by whom and where, the surest first.
var (
	metaPublished = []string{"article:published_time", "datepublished", "og:published_time", "dc.date.issued", "dc.date", "dcterms.date", "date", "pubdate", "publish-date", "publication_date"}
	metaUpdated   = []string{"article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified"}
	metaAuthor    = []string{"author", "dc.creator", "byl"}
	metaURL       = []string{"og:url"}
)

// readMeta fills what the head of a page says.
func readMeta(root *html.Node, doc *centre.Document) {
	meta := map[string]string{}
	var title string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			doc.Language = languageTag(attribute(n, "lang"))
		case atom.Title:
			if title == "" && n.FirstChild != nil && n.Parent != nil && n.Parent.DataAtom == atom.Head {
				title = gather.PlainLine(n.FirstChild.Data)
			}
		case atom.Link:
			if attribute(n, "rel") == "canonical" {
				meta["og:url"] = attribute(n, "href")
			}
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				k := strings.ToLower(attribute(n, key))
				if value := attribute(n, "content"); k != "" && value != "" && meta[k] == "" {
					meta[k] = value
				}
			}
		}
	}
	doc.Title = title
	if og := gather.PlainLine(meta["og:title"]); og != "" {
		doc.Title = og // without the site's name behind it
	}
	doc.Author = gather.PlainLine(firstOf(meta, metaAuthor))
	if u := firstOf(meta, metaURL); isURL(u) {
		doc.URL = u
	}
	if text := firstOf(meta, metaPublished); text != "" {
		if m, ok := gather.ParseDate(text, centre.BasisPage); ok {
			doc.Published = m
		} else {
			doc.Problems = append(doc.Problems, "The page's date is not one that can be read, or could mean two days; the time of publication is unknown.")
		}
	}
	doc.Updated, _ = gather.ParseDate(firstOf(meta, metaUpdated), centre.BasisPage)
}

func firstOf(values map[string]string, keys []string) string {
	for _, k := range keys {
		if values[k] != "" {
			return values[k]
		}
	}
	return ""
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

var anAddress = regexp.MustCompile(`(?i)^https?://[^\s<>"]+$`)

func isURL(s string) bool { return len(s) < 2000 && anAddress.MatchString(s) }

// mail reads one mail. A malformed one is read as far as it goes.
func (p *parser) mail(name string, body []byte) (centre.Document, error) {
	body = nameCharset(body)
	envelope, err := enmime.NewParser(enmime.SkipMalformedParts(true), enmime.MultipartWOBoundaryAsSinglePart(true), enmime.DisableCharacterDetection(true)).ReadEnvelope(bytes.NewReader(body))
	if err != nil {
		// No head of a mail at all: what is there is text.
		doc, plainErr := p.plain(name, body)
		doc.Problems = append(doc.Problems, "The file is not a mail that can be read; it was taken as plain text.")
		return doc, plainErr
	}
	doc := centre.Document{ExternalID: name, Title: plainLine(envelope.GetHeader("Subject")), Author: sender(envelope)}
	if id := plainLine(envelope.GetHeader("Message-Id")); len(id) > 2 && len(id) < 500 {
		doc.ExternalID = strings.Trim(id, "<>")
	}
	doc.Published, doc.Problems = sent(envelope)
	switch {
	case strings.TrimSpace(envelope.Text) != "":
		doc.MediaType, doc.Body = "text/plain", envelope.Text
	case strings.TrimSpace(envelope.HTML) != "":
		doc.MediaType, doc.Body = "text/html", envelope.HTML
	}
	if n := len(envelope.Attachments); n > 0 {
		doc.Problems = append(doc.Problems, count(n, "attachment")+" of the mail did not become text.")
	}
	for _, e := range envelope.Errors {
		if e.Severe {
			doc.Problems = append(doc.Problems, "The mail is malformed; it was read as far as possible.")
			break
		}
	}
	return doc, nil
}

var textPart = regexp.MustCompile(`(?im)^(content-type:[ \t]*text/(?:plain|html))`)

// nameCharset finds out the character set of a mail that names none, though it
// has bytes beyond ASCII, and names it.
func nameCharset(body []byte) []byte {
	lower := bytes.ToLower(body)
	if bytes.Contains(lower, []byte("charset")) || !bytes.ContainsFunc(body, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return body
	}
	text := []byte(toUTF8(body).UTF8)
	if !textPart.Match(text) && !bytes.Contains(lower, []byte("content-type:")) {
		return append([]byte("Content-Type: text/plain; charset=utf-8\r\n"), text...)
	}
	return textPart.ReplaceAll(text, []byte("$1; charset=utf-8"))
}

func sender(e *enmime.Envelope) string {
	if list, err := e.AddressList("From"); err == nil && len(list) > 0 {
		if list[0].Name != "" {
			return gather.PlainLine(list[0].Name)
		}
		return plainLine(list[0].Address)
	}
	return plainLine(e.GetHeader("From"))
}

// sent reads the Date header. Mail has its zone in it by RFC 5322.
func sent(e *enmime.Envelope) (centre.Moment, []string) {
	header := e.GetHeader("Date")
	if at, err := mail.ParseDate(header); err == nil {
		return centre.Moment{Time: at.UTC().Truncate(time.Second), Precision: centre.PrecisionSecond, Basis: centre.BasisHeader}, nil
	}
	if m, ok := gather.ParseDate(header, centre.BasisHeader); ok {
		return m, nil
	}
	if header == "" {
		return centre.Moment{}, nil
	}
	return centre.Moment{}, []string{"The mail's date cannot be read; when it was sent is unknown."}
}
