package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/desk"
)

const opmlType = "text/x-opml; charset=utf-8"

// opmlLimit is the largest OPML file that is read, in bytes.
const opmlLimit = 2 << 20

type opmlOut struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

type opmlIn struct {
	RawBody []byte `contentType:"text/x-opml"`
}

func (s *Server) registerOPML(api huma.API) {
	out := operation(http.MethodGet, "/sources/opml", "export-opml", "sources", "The feeds that are released to the reader, as OPML 2.0")
	out.Responses = map[string]*huma.Response{"200": {Description: "OPML 2.0", Content: map[string]*huma.MediaType{
		"text/x-opml": {Schema: &huma.Schema{Type: huma.TypeString}},
	}}}
	register(s, api, out, s.exportOPML)
	in := operation(http.MethodPost, "/sources/opml", "import-opml", "sources", "Add the feeds of an OPML file as sources of the own member")
	in.MaxBodyBytes = opmlLimit
	answering(s, api, in, s.importOPML)
}

func (s *Server) exportOPML(ctx context.Context, _ *none) (*opmlOut, error) {
	text, err := s.desk.ExportOPML(ctx, who(ctx))
	return &opmlOut{opmlType, `attachment; filename="sources.opml"`, text}, err
}

func (s *Server) importOPML(ctx context.Context, in *opmlIn) (ImportedSources, error) {
	done, err := s.desk.ImportOPML(ctx, who(ctx), in.RawBody)
	return importedSourcesOf(done), err
}

func importedSourcesOf(done desk.ImportedSources) ImportedSources {
	return ImportedSources{each(done.Added, sourceOf), each(done.Skipped, func(l desk.SkippedLine) SkippedLine { return SkippedLine(l) })}
}
