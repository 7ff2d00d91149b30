package server

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Prefix is where the API is mounted.
const Prefix = "/api/v1"

// bodyLimit is how much of a request's body is read, in bytes, where an
// operation says nothing else.
const bodyLimit = 64 << 10

// public marks the operations that need nobody to be signed in.
const public = "public"

// answer is a response with a JSON body and no headers of its own.
type answer[B any] struct{ Body B }

// none is an input without parameters.
type none struct{}

// newAPI makes the huma API with every operation registered on the mux.
func (s *Server) newAPI(mux humago.Mux) huma.API {
	config := huma.DefaultConfig("Entente", s.options.Version)
	config.Info.Description = "The API of a joint information centre. Everything that the web application does goes through it. " +
		"Answers hold what is released to the person who is signed in and nothing else: what is hidden is answered like what does not exist."
	config.CreateHooks = nil // no $schema links in answers
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.Transformers = []huma.Transformer{problemTransformer}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: cookieName},
	}
	config.Security = []map[string][]string{{"session": {}}}
	api := humago.NewWithPrefix(mux, Prefix, config)
	api.UseMiddleware(s.identify)

	s.registerSessions(api)
	s.registerDemo(api)
	s.registerCentre(api)
	s.registerReports(api)
	s.registerTranslations(api)
	s.registerExplanations(api)
	s.registerMarkings(api)
	s.registerStories(api)
	s.registerStoryEdits(api)
	s.registerClaims(api)
	s.registerEntities(api)
	s.registerAggregates(api)
	s.registerEvents(api)
	s.registerTracks(api)
	s.registerSources(api)
	s.registerFinding(api)
	s.registerIntake(api)
	s.registerImports(api)
	s.registerDeadLetters(api)
	s.registerPersons(api)
	s.registerChanges(api)
	s.registerHealth(api)

	schemas := api.OpenAPI().Components.Schemas.Map()
	delete(schemas, "ErrorModel") // every error is a Problem
	delete(schemas, "ErrorDetail")
	for _, schema := range schemas {
		forbidNullLists(schema)
	}
	eachOperation(api.OpenAPI(), func(op *huma.Operation) {
		for _, response := range op.Responses {
			for _, media := range response.Content {
				forbidNullLists(media.Schema)
			}
		}
	})
	return api
}

// forbidNullLists says of every list in a schema that it is a list and never
// null: the server always answers an empty one.
func forbidNullLists(s *huma.Schema) {
	if s == nil {
		return
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
		forbidNullLists(s.Items)
	}
	for _, p := range s.Properties {
		forbidNullLists(p)
	}
}

// eachOperation visits every documented operation.
func eachOperation(document *huma.OpenAPI, visit func(*huma.Operation)) {
	for _, path := range slices.Sorted(maps.Keys(document.Paths)) {
		item := document.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				visit(op)
			}
		}
	}
}

// register adds an operation whose errors go through the one translator.
func register[I, O any](s *Server, api huma.API, op huma.Operation, handle func(context.Context, *I) (*O, error)) {
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = bodyLimit
	}
	problems := &huma.Response{
		Description: "The request was refused, or the program made a mistake.",
		Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: api.OpenAPI().Components.Schemas.Schema(typeOf[Problem](), true, "")}},
	}
	if op.Responses == nil {
		op.Responses = map[string]*huma.Response{}
	}
	op.Responses["default"] = problems
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.translate(ctx, err)
		}
		return out, nil
	})
}

// answering is register for operations that answer a JSON body and nothing else.
func answering[I, B any](s *Server, api huma.API, op huma.Operation, handle func(context.Context, *I) (B, error)) {
	register(s, api, op, func(ctx context.Context, in *I) (*answer[B], error) {
		body, err := handle(ctx, in)
		if err != nil {
			return nil, err
		}
		return &answer[B]{body}, nil
	})
}

func operation(method, path, id, tag, summary string) huma.Operation {
	return huma.Operation{Method: method, Path: path, OperationID: id, Tags: []string{tag}, Summary: summary}
}

// openTo marks an operation as open to people who are not signed in.
func openTo(op huma.Operation) huma.Operation {
	op.Metadata = map[string]any{public: true}
	op.Security = []map[string][]string{}
	return op
}

func created(op huma.Operation) huma.Operation {
	op.DefaultStatus = http.StatusCreated
	return op
}
