package gather

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// Outline is a feed in an OPML file (http://opml.org/spec2.opml).
type Outline struct {
	Title    string   // plain text; the address where the file gives none
	Address  string   // xmlUrl: checked to be an http or https address
	Site     string   // htmlUrl; "" for none
	Language string   // "" for none
	Groups   []string // titles of the outlines that it stands in, outermost first
	Line     int      // in the file that it was read from, from 1
}

// Refused is a row of a file that could not be taken.
type Refused struct {
	Line   int    // from 1
	Title  string // "" where the row has none
	Reason string // a sentence
}

// MaxOutlines is how many feeds one OPML file may bring.
const MaxOutlines = 20_000

// ReadOPML reads the feeds of an OPML file, nested ones too, in any character
// set. The good rows come back with the bad ones beside them, each with its
// line and a reason. A file that is damaged in the middle gives what stands
// before the damage, and the damage as a refused row; err is only for a file
// that is no OPML.
func ReadOPML(body []byte) (feeds []Outline, refused []Refused, err error) {
	text := fetch.ToUTF8(body, "")
	decoder := xml.NewDecoder(strings.NewReader(CleanText(text.UTF8)))
	decoder.Strict, decoder.Entity = false, xml.HTMLEntity
	decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // converted above
	r := opmlReader{at: map[string]int{}}
	for {
		token, err := decoder.RawToken()
		line, _ := decoder.InputPos()
		if err != nil {
			if !r.opml {
				return nil, nil, centre.Invalid("This is no OPML file: it has no <opml> element. Export the subscriptions of a feed reader as OPML and give that file.")
			}
			if !errors.Is(err, io.EOF) || r.open > 0 {
				r.refused = append(r.refused, Refused{Line: line, Reason: "The file is damaged here or breaks off; what follows was not read."})
			}
			return r.feeds, r.refused, nil
		}
		switch token := token.(type) {
		case xml.StartElement:
			r.start(strings.ToLower(token.Name.Local), token.Attr, line)
		case xml.EndElement:
			r.end(strings.ToLower(token.Name.Local))
		}
		if len(r.feeds) >= MaxOutlines {
			r.refused = append(r.refused, Refused{Line: line, Reason: fmt.Sprintf("The file has more than %d feeds; what follows was not read.", MaxOutlines)})
			return r.feeds, r.refused, nil
		}
	}
}

type opmlReader struct {
	opml    bool
	open    int      // elements
	groups  []string // one for each open outline; "" where it has no title
	feeds   []Outline
	refused []Refused
	at      map[string]int // line of an address
}

func (r *opmlReader) start(name string, attrs []xml.Attr, line int) {
	r.open++
	switch name {
	case "opml":
		r.opml = true
	case "outline":
		if r.opml {
			r.outline(attrs, line)
		}
	}
}

func (r *opmlReader) end(name string) {
	r.open--
	if name == "outline" && len(r.groups) > 0 {
		r.groups = r.groups[:len(r.groups)-1]
	}
}

func (r *opmlReader) outline(attrs []xml.Attr, line int) {
	a := map[string]string{}
	for _, attr := range attrs {
		a[strings.ToLower(attr.Name.Local)] = strings.TrimSpace(attr.Value)
	}
	title := PlainLine(a["title"])
	if title == "" {
		title = PlainLine(a["text"])
	}
	address, isFeed := a["xmlurl"], a["xmlurl"] != ""
	groups := r.groups
	r.groups = append(r.groups, title)
	if !isFeed {
		if kind := strings.ToLower(a["type"]); kind == "rss" || kind == "atom" || kind == "feed" {
			r.refuse(line, title, "The row says that it is a feed and has no xmlUrl; add its address.")
		}
		return
	}
	u, err := fetch.CheckURL(address)
	if err != nil {
		r.refuse(line, title, err.Error())
		return
	}
	if before := r.at[u.String()]; before > 0 {
		r.refuse(line, title, fmt.Sprintf("The same address stands in line %d already; this row adds nothing.", before))
		return
	}
	r.at[u.String()] = line
	feed := Outline{Title: title, Address: u.String(), Language: PlainLine(a["language"]), Line: line}
	if feed.Title == "" {
		feed.Title = feed.Address
	}
	if site, err := fetch.CheckURL(a["htmlurl"]); err == nil {
		feed.Site = site.String()
	}
	for _, g := range groups[:min(len(groups), 100)] {
		if g != "" && len(feed.Groups) < 20 {
			feed.Groups = append(feed.Groups, g)
		}
	}
	r.feeds = append(r.feeds, feed)
}

// refuse keeps a bad row, up to a number that a person would still read.
func (r *opmlReader) refuse(line int, title, reason string) {
	if len(r.refused) < 1000 {
		r.refused = append(r.refused, Refused{Line: line, Title: title, Reason: reason})
	}
}

// opml is the file as WriteOPML writes it.
type opml struct {
	XMLName  xml.Name      `xml:"opml"`
	Version  string        `xml:"version,attr"`
	Title    string        `xml:"head>title"`
	Created  string        `xml:"head>dateCreated"`
	Outlines []*xmlOutline `xml:"body>outline"`
}

type xmlOutline struct {
	Text     string        `xml:"text,attr"`
	Title    string        `xml:"title,attr,omitempty"`
	Type     string        `xml:"type,attr,omitempty"`
	Address  string        `xml:"xmlUrl,attr,omitempty"`
	Site     string        `xml:"htmlUrl,attr,omitempty"`
	Language string        `xml:"language,attr,omitempty"`
	Inside   []*xmlOutline `xml:"outline"`
}

// WriteOPML writes feeds as OPML 2.0, grouped as they say, in their order.
func WriteOPML(w io.Writer, title string, created time.Time, feeds []Outline) error {
	file := opml{Version: "2.0", Title: CleanText(title), Created: created.UTC().Format(time.RFC1123Z)}
	root := &xmlOutline{}
	groups := map[string]*xmlOutline{}
	for _, f := range feeds {
		in, path := root, ""
		for _, g := range f.Groups {
			path += "\x00" + g
			if groups[path] == nil {
				groups[path] = &xmlOutline{Text: CleanText(g), Title: CleanText(g)}
				in.Inside = append(in.Inside, groups[path])
			}
			in = groups[path]
		}
		in.Inside = append(in.Inside, &xmlOutline{
			Text: CleanText(f.Title), Title: CleanText(f.Title), Type: "rss", Address: f.Address, Site: f.Site, Language: f.Language,
		})
	}
	file.Outlines = root.Inside
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(file); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
