package server

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente/internal/centre"
	"entente/internal/desk"
)

// importLimit is the largest file that is read, in bytes.
const importLimit = 4 << 30

// importTime bounds one import.
const importTime = 2 * time.Hour

// ImportedDocument is a document of a file, as a look at it shows.
type ImportedDocument struct {
	ID        string           `json:"id"`
	Title     string           `json:"title"`
	Author    string           `json:"author"`
	URL       string           `json:"url"`
	Published Nullable[Moment] `json:"published"`
	Marking   Nullable[string] `json:"marking" doc:"What the document itself says; null where its source's marking applies."`
	Beginning string           `json:"beginning"`
	Problems  []string         `json:"problems"`
}

// ImportProgress is one line of the answer to an import.
type ImportProgress struct {
	Read    int                `json:"read" doc:"Documents read so far."`
	New     int                `json:"new" doc:"Of these, not taken before. They are stored."`
	Events  int                `json:"events" doc:"Rows of event databases that were new or changed."`
	Tracks  int                `json:"tracks" doc:"Positions that were new or later."`
	Bytes   int64              `json:"bytes" doc:"Of the file, read so far."`
	Bad     []desk.Refusal     `json:"bad" doc:"What was left out, with file, line and reason."`
	Tables  []desk.Table       `json:"tables" doc:"How the columns of each table were understood."`
	Notes   []string           `json:"notes"`
	First   []ImportedDocument `json:"first" doc:"With guess: the first documents."`
	Problem *Problem           `json:"problem,omitempty" doc:"Why the import ended before its end."`
	Done    bool               `json:"done"`
}

// importIn is a file on its way in. Its body is read as it comes.
type importIn struct {
	Name   string `query:"name" required:"true" minLength:"1" maxLength:"500" doc:"Name of the file; its ending decides the format." example:"reports.csv"`
	Source string `query:"source" maxLength:"60" doc:"Slug of the source that it belongs to; made, for the own member alone, where it does not exist."`
	Map    string `query:"map" maxLength:"2000" doc:"Which column is what; guessed where not given." example:"text=articleBody,id=Body ID"`
	Guess  bool   `query:"guess" doc:"Show the mapping and the first documents; take nothing."`
	Length int64  `header:"Content-Length"`
	call   huma.Context
}

// Resolve implements huma.Resolver: it keeps the call, whose body is a stream.
func (i *importIn) Resolve(call huma.Context) []error {
	i.call = call
	return nil
}

func (s *Server) registerImports(api huma.API) {
	op := operation(http.MethodPost, "/imports", "import-file", "sources",
		"Bring a file by hand. The answer is a line of JSON for each batch that was stored; the last says done, or has the problem.")
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
	op.Responses = map[string]*huma.Response{"200": {
		Description: "Progress, a JSON object a line.",
		Content:     map[string]*huma.MediaType{"application/x-ndjson": {Schema: api.OpenAPI().Components.Schemas.Schema(typeOf[ImportProgress](), true, "")}},
	}}
	register(s, api, op, s.importFile)
}

func (s *Server) importFile(_ context.Context, in *importIn) (*huma.StreamResponse, error) {
	return &huma.StreamResponse{Body: func(call huma.Context) {
		request, w := humago.Unwrap(call)
		ctx, cancel := context.WithTimeout(call.Context(), importTime)
		defer cancel()
		rc := http.NewResponseController(w)
		_ = rc.SetReadDeadline(time.Time{}) // bounded by importTime instead
		_ = rc.SetWriteDeadline(time.Time{})
		_ = rc.EnableFullDuplex() // progress is told while the file still comes
		w.Header().Set("Content-Type", "application/x-ndjson")
		out := json.NewEncoder(w)
		var last desk.ImportProgress
		tell := func(p desk.ImportProgress) error {
			last = p
			if err := out.Encode(progressOf(p)); err != nil {
				return err
			}
			return rc.Flush()
		}
		err := s.desk.ImportFile(ctx, who(call.Context()), desk.FileImport{
			Name: in.Name, Source: in.Source, Mapping: in.Map, Guess: in.Guess, Size: max(in.Length, 0),
			Content: http.MaxBytesReader(w, request.Body, importLimit),
		}, tell)
		if err != nil {
			last.Bad, last.Notes, last.Mappings = nil, nil, nil // told already, or known at the end alone
			answer := progressOf(last)
			answer.Problem = s.translate(ctx, err)
			if answer.Read+answer.Events+answer.Tracks > 0 {
				answer.Problem.Detail = strings.Replace(answer.Problem.Detail, nothingChanged, "What was read before stays taken", 1)
			}
			_ = out.Encode(answer) // where the client is gone there is nobody to tell
			_ = rc.Flush()
		}
		leaveBody(rc, request.Body)
	}}, nil
}

// leaving is how long, and leavingBytes how much, a client may go on sending a file
// of which the rest is not wanted.
const (
	leaving      = 5 * time.Second
	leavingBytes = 64 << 20
)

// leaveBody comes to the end of a request's body, or gives its connection up. With
// answers that are written while the body comes (full duplex), net/http does not do
// so by itself: what is left of the body is read while the next request is awaited,
// and two reads at once are a panic of the connection.
func leaveBody(rc *http.ResponseController, body io.Reader) {
	_ = rc.SetReadDeadline(time.Now().Add(leaving))
	n, err := io.Copy(io.Discard, io.LimitReader(body, leavingBytes))
	if err == nil && n < leavingBytes {
		_ = rc.SetReadDeadline(time.Time{})
		return
	}
	panic(http.ErrAbortHandler)
}

func progressOf(p desk.ImportProgress) ImportProgress {
	out := ImportProgress{Read: p.Read, New: p.New, Events: p.Events, Tracks: p.Tracks, Bytes: p.Bytes, Bad: orEmpty(p.Bad), Tables: orEmpty(p.Mappings), Notes: orEmpty(p.Notes), Done: p.Done, First: []ImportedDocument{}}
	for _, d := range p.First {
		out.First = append(out.First, importedOf(d))
	}
	return out
}

func importedOf(d centre.Document) ImportedDocument {
	marking := ""
	if d.Marking != nil {
		marking = d.Marking.String()
	}
	return ImportedDocument{
		ID: d.ExternalID, Title: d.Title, Author: d.Author, URL: d.URL, Published: momentOf(d.Published),
		Marking: knownIf(marking, d.Marking != nil), Beginning: desk.Beginning(d), Problems: orEmpty(d.Problems),
	}
}
