package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
	gatherall "entente/internal/gather/all"
	"entente/internal/gather/fetch"
	"entente/internal/gather/files"
	"entente/internal/gazetteer"
	"entente/internal/process"
	processall "entente/internal/process/all"
)

// TryOut says what to fetch once.
type TryOut struct {
	Address string // of anything that a connector reads, or a file's path
	Kind    string // of connector; "" to know it by the content
	Private bool
	Follow  bool
	Mapping string
	Options map[string]string // of the connector
}

// Tried is a document as it would be stored.
type Tried struct {
	ID          string             `json:"id"`
	Title       string             `json:"title"`
	Link        string             `json:"link"`
	Author      string             `json:"author"`
	Published   centre.Moment      `json:"published"`
	Updated     centre.Moment      `json:"updated"`
	Language    string             `json:"language"`
	LanguageHow float64            `json:"language_score"`
	Text        string             `json:"text"`     // title and body, as reports hold them: Places point into it
	Body        string             `json:"body"`     // of Text, what is not the title
	Geometry    json.RawMessage    `json:"geometry"` // GeoJSON (RFC 7946); null where unknown
	Enclosures  []centre.Enclosure `json:"enclosures"`
	Properties  []centre.Property  `json:"properties"`
	Withdrawn   string             `json:"withdrawn,omitempty"`
	Places      []centre.Mention   `json:"places"`
	Problems    []string           `json:"problems"`
}

// TriedSource is what one fetch or one file brought.
type TriedSource struct {
	Kind     string         `json:"kind"`
	Title    string         `json:"title"`    // of the source, as it says itself; "" for none
	Link     string         `json:"link"`     // of its web site; "" for none
	Language string         `json:"language"` // BCP 47, as it says; "" for none
	Hub      string         `json:"hub,omitempty"`
	Items    []Tried        `json:"items"`
	Events   []centre.Event `json:"events"`
	Tracks   []centre.Track `json:"tracks"`
	Problems []string       `json:"problems"`
}

// Bounds of what is shown: of an address as many documents as a preview has,
// of a file more, since nobody else is asked for it.
const (
	triedOfFile   = 500
	triedOfEvents = 500
)

// errEnough ends the reading when there is enough to show.
var errEnough = errors.New("enough to show")

// Try fetches an address or reads a file once, runs the steps over what came
// and shows it. What it is is known by the content, not by its name. Nothing is
// stored, and no centre is needed; where there is one, what came is read as that
// one would read it.
func Try(ctx context.Context, c Config, t TryOut) (TriedSource, error) {
	h := haul{most: gather.PreviewDocuments}
	info, statErr := os.Stat(t.Address)
	onDisk := statErr == nil && !strings.Contains(t.Address, "://")
	var err error
	switch {
	case onDisk && info.IsDir():
		err = centre.Invalid("%s is a folder; name one file of it.", t.Address)
	case onDisk && !info.Mode().IsRegular(): // to open it may wait without end
		err = centre.Invalid("%s is a pipe, a device or a socket and no file: write what comes out of it to a file first.", t.Address)
	case onDisk:
		h.most = triedOfFile
		err = t.file(ctx, c, &h)
	default:
		err = t.address(ctx, c, &h)
	}
	if err != nil {
		return TriedSource{}, err
	}
	places, err := gazetteer.Open(c.gazetteer())
	if err != nil {
		return TriedSource{}, err
	}
	defer places.Close()
	read, err := languagesOf(ctx, c)
	if err != nil {
		h.result.Problems = append(h.result.Problems, "What languages the centre reads could not be told, which weigh where a text is short. "+err.Error())
	}
	steps := process.New(processall.Steps(places, read...), process.Options{})
	out := TriedSource{
		Kind: h.kind, Title: h.result.Title, Link: h.result.Site, Language: h.result.Language, Hub: h.result.Hub,
		Items: []Tried{}, Events: append([]centre.Event{}, h.events...), Tracks: append([]centre.Track{}, h.tracks...),
		Problems: append([]string{}, h.result.Problems...),
	}
	for _, doc := range h.docs {
		draft, err := steps.Run(ctx, doc)
		if err != nil {
			out.Problems = append(out.Problems, err.Error())
			continue
		}
		out.Items = append(out.Items, triedOf(draft))
	}
	return out, nil
}

// languagesOf gives the languages that the centre of a folder or a database reads now,
// which may be running; none where there is no centre.
func languagesOf(ctx context.Context, c Config) ([]string, error) {
	history, _, err := readHistory(ctx, c)
	if err != nil {
		if centre.CodeOf(err) == centre.CodeNotFound {
			err = nil
		}
		return nil, err
	}
	return history.At(c.now()).Languages, nil
}

// haul gathers what a connector yields.
type haul struct {
	kind   string
	most   int // documents
	docs   []centre.Document
	events []centre.Event
	tracks []centre.Track
	result gather.Result
}

// request makes a request that yields into h, until there is enough.
func (h *haul) request(c Config, s centre.Source, client *fetch.Client) gather.Request {
	full := func() error {
		if len(h.docs) >= h.most || len(h.events) >= triedOfEvents || len(h.tracks) >= triedOfEvents {
			return errEnough
		}
		return nil
	}
	return gather.Request{
		Source: s, Client: client, Now: c.now(),
		Yield: func(_ context.Context, docs []centre.Document, _ centre.Cursor) error {
			h.docs = append(h.docs, docs...)
			h.docs = h.docs[:min(len(h.docs), h.most)]
			return full()
		},
		YieldEvents: func(_ context.Context, events []centre.Event, _ centre.Cursor) error {
			h.events = append(h.events, events...)
			h.events = h.events[:min(len(h.events), triedOfEvents)]
			return full()
		},
		YieldTracks: func(_ context.Context, tracks []centre.Track, _ centre.Cursor) error {
			h.tracks = append(h.tracks, tracks...)
			h.tracks = h.tracks[:min(len(h.tracks), triedOfEvents)]
			return full()
		},
	}
}

// took keeps the result of a connector of a kind. That there was enough is no
// error; that something came before an error is a problem only.
func (h *haul) took(kind string, result gather.Result, err error) error {
	h.kind, h.result = kind, result
	switch {
	case errors.Is(err, errEnough):
		h.result.Problems = append(h.result.Problems, "There is more than is shown here.")
		return nil
	case err != nil && len(h.docs)+len(h.events)+len(h.tracks) > 0 && centre.CodeOf(err) != "":
		h.result.Problems = append(h.result.Problems, err.Error())
		return nil
	}
	return err
}

// source is what is tried, as a source that nobody knows yet.
func (t TryOut) source(kind string) centre.Source {
	s := centre.Source{Slug: "test", Name: "test", Kind: kind, Address: t.Address, Private: t.Private, Options: map[string]string{}}
	for name, value := range t.Options {
		s.Options[name] = value
	}
	if t.Follow {
		s.Options["follow"] = "yes"
	}
	return s
}

// headBytes is how much of a content is looked at to know what it is.
const headBytes = 64 << 10

// pick chooses the reader for a content: that of the kind which was asked for,
// else the surest; nil for none.
func (t TryOut) pick(name, mediaType string, head []byte) gather.Reader {
	readers := gatherall.Readers()
	if t.Kind == "" {
		best, _ := gather.Recognised(readers, name, mediaType, head)
		return best
	}
	for _, r := range readers {
		if r.Kind() == t.Kind {
			return r
		}
	}
	return nil
}

// file reads a file on this machine.
func (t TryOut) file(ctx context.Context, c Config, h *haul) error {
	file, err := os.Open(t.Address)
	if err != nil {
		return centre.Invalid("The file cannot be read: %w.", err)
	}
	defer file.Close()
	head := make([]byte, headBytes)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return centre.Invalid("The file cannot be read: %w.", err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("going back to the beginning of %s: %w", t.Address, err)
	}
	name := filepath.Base(t.Address)
	reader := t.pick(name, "", head[:n])
	if packed := reader != nil && t.Kind == "" && bytes.HasPrefix(head, []byte("\x1f\x8b")); packed {
		return t.table(ctx, c, h, file, name) // which opens it and knows what lies in it
	}
	if reader == nil && t.Kind == "" && looksXML(head[:n]) {
		// A feed that is damaged at its root, or a sentence that says what it is.
		reader = TryOut{Kind: "feed"}.pick(name, "", nil)
	}
	if reader == nil || t.Mapping != "" || reader.Kind() == "files" || t.Kind == "files" {
		return t.table(ctx, c, h, file, name)
	}
	result, err := reader.Read(ctx, h.request(c, t.source(reader.Kind()), nil), name, file)
	return h.took(reader.Kind(), result, err)
}

func looksXML(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte("<?xml"))
}

// table reads a file as the files connector does, with the mapping of columns
// that was given.
func (t TryOut) table(ctx context.Context, c Config, h *haul, file *os.File, name string) error {
	mapping, err := files.ParseMapping(t.Mapping)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("looking at %s: %w", t.Address, err)
	}
	in := files.Input{Name: name, Reader: file, Size: info.Size(), Now: c.now(), Mapping: mapping}
	r := h.request(c, t.source(files.Kind), nil)
	if t.Kind == "" && t.Mapping == "" { // what an archive holds may be of any kind
		in.Readers, in.Source = gatherall.Readers(), r.Source
		in.Events = func(events []centre.Event) error { return r.YieldEvents(ctx, events, nil) }
		in.Tracks = func(tracks []centre.Track) error { return r.YieldTracks(ctx, tracks, nil) }
	}
	report, err := files.Parse(ctx, in, func(d centre.Document) error { return r.Yield(ctx, []centre.Document{d}, nil) })
	result := gather.Result{Problems: report.Notes}
	for _, bad := range report.Listed {
		result.Problems = append(result.Problems, bad.String())
	}
	return h.took("files", result, err)
}

// address fetches an address. Without a kind the answer itself says what it is;
// a web page is what nobody else knows.
func (t TryOut) address(ctx context.Context, c Config, h *haul) error {
	client, err := newClient(c)
	if err != nil {
		return err
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, gather.PreviewTime)
	defer cancel()
	if t.Kind != "" {
		return t.fetch(ctx, c, h, client, t.Kind)
	}
	if _, err := fetch.CheckURL(t.Address); err != nil {
		return err
	}
	response, err := client.Get(ctx, fetch.Get{URL: t.Address, Private: t.Private})
	if err != nil {
		return err
	}
	reader := t.pick(response.URL, response.ContentType, response.Body[:min(len(response.Body), headBytes)])
	switch {
	case reader == nil, reader.Kind() == "files" && strings.Contains(response.ContentType, "html"): // on a disk a file, here a page
		return t.fetch(ctx, c, h, client, "page")
	case reader.Kind() == "feed" || reader.Kind() == "page": // which may have more to fetch
		return t.fetch(ctx, c, h, client, reader.Kind())
	}
	result, err := reader.Read(ctx, h.request(c, t.source(reader.Kind()), client), response.URL, bytes.NewReader(response.Body))
	return h.took(reader.Kind(), result, err)
}

// fetch has the connector of a kind fetch the address once.
func (t TryOut) fetch(ctx context.Context, c Config, h *haul, client *fetch.Client, kind string) error {
	connector, err := gather.Find(gatherall.Connectors(), kind)
	if err != nil {
		return err
	}
	s := t.source(kind)
	if err := connector.Check(s); err != nil {
		return err
	}
	result, err := connector.Fetch(ctx, h.request(c, s, client))
	return h.took(kind, result, err)
}

// placesOf leaves of the mentions those of places.
func placesOf(mentions []centre.Mention) []centre.Mention {
	places := []centre.Mention{}
	for _, m := range mentions {
		if m.Kind == centre.MentionPlace {
			places = append(places, m)
		}
	}
	return places
}

func triedOf(d centre.Draft) Tried {
	doc := d.Document
	t := Tried{
		ID: doc.ExternalID, Title: doc.Title, Link: doc.URL, Author: doc.Author,
		Published: d.Published, Updated: doc.Updated, Language: d.Language, LanguageHow: d.LanguageSure,
		Text: d.Content.Text, Geometry: json.RawMessage(doc.Geometry),
		Enclosures: append([]centre.Enclosure{}, doc.Enclosures...), Properties: append([]centre.Property{}, doc.Properties...),
		Withdrawn: doc.Withdrawn, Places: placesOf(d.Mentions), Problems: append([]string{}, doc.Problems...),
	}
	if r := []rune(t.Text); d.Content.Title <= len(r) {
		t.Body = strings.TrimSpace(string(r[d.Content.Title:]))
	}
	if doc.Geometry == "" {
		t.Geometry = json.RawMessage(centre.PointGeometry(doc.Point))
	}
	if len(t.Geometry) == 0 {
		t.Geometry = json.RawMessage("null")
	}
	for _, f := range d.Failures {
		t.Problems = append(t.Problems, "step "+f.Step+": "+f.Reason)
	}
	return t
}
