package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"entente/internal/centre"
	"entente/internal/desk"
)

// ReportChanged says that a report is new or changed.
type ReportChanged struct {
	ID      centre.ID           `json:"id"`
	Story   Nullable[centre.ID] `json:"story"`
	Version int                 `json:"version"`
}

// SourceChanged says that a source is new or changed.
type SourceChanged struct {
	ID centre.ID `json:"id"`
}

// ClaimChanged says that a claim has more or fewer statements, or was corrected or
// graded: its status, roots or grade may be others.
type ClaimChanged struct {
	ID centre.ID `json:"id"`
}

// Signal is an event without anything to say: hello, charter, resync.
type Signal struct{}

type changesIn struct {
	LastEventID string `header:"Last-Event-ID" doc:"Accepted and not used: after a gap, lists are read again." maxLength:"200"`
}

// writeLimit is how long a client may take to accept an event.
const writeLimit = 10 * time.Second

func (s *Server) registerChanges(api huma.API) {
	op := operation(http.MethodGet, "/changes", "stream-changes", "changes",
		"What changes, as server-sent events: hello at the beginning; report {id, story, version}; source {id}; claim {id}; charter {}; "+
			"resync {} when the reader was too slow and should read its lists again. A comment every 15 seconds shows that the stream lives.")
	schemas := api.OpenAPI().Components.Schemas
	op.Responses = map[string]*huma.Response{"200": {
		Description: "A stream of events. It ends when the session does, or when the person may no longer see the centre.",
		Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{OneOf: []*huma.Schema{
			schemas.Schema(typeOf[ReportChanged](), true, ""), schemas.Schema(typeOf[SourceChanged](), true, ""), schemas.Schema(typeOf[ClaimChanged](), true, ""), schemas.Schema(typeOf[Signal](), true, ""),
		}}}},
	}}
	register(s, api, op, s.changes)
}

func (s *Server) changes(ctx context.Context, _ *changesIn) (*huma.StreamResponse, error) {
	token := s.sessions.Token(ctx)
	watch, err := s.desk.Watch(ctx, who(ctx))
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer watch.Close()
		_, w := humago.Unwrap(hc)
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("X-Accel-Buffering", "no")
		rc := http.NewResponseController(w)
		_ = rc.SetReadDeadline(time.Time{}) // not every writer has deadlines
		_ = rc.SetWriteDeadline(time.Time{})
		s.stream(hc.Context(), eventStream{w, rc}, watch, token)
	}}, nil
}

// stream writes events until the client leaves or the session ends. Before
// each batch it asks again whose session this is and what they may see: a
// person who was suspended, signed out, or whose member withdrew, gets no
// further event. Nothing at all is written when something changes that the
// person may not see: even a sign of life would tell of it.
func (s *Server) stream(ctx context.Context, out eventStream, watch *desk.Watch, token string) {
	if out.event("hello", Signal{}) != nil {
		return
	}
	heartbeat := time.NewTicker(s.options.Heartbeat)
	defer heartbeat.Stop()
	for {
		beat := false
		select {
		case <-ctx.Done():
			return
		case <-s.closing:
			return
		case <-heartbeat.C:
			beat = true
		case <-watch.Ready():
		}
		if !s.holderNow(ctx, token) {
			return
		}
		events, err := watch.Take(ctx)
		if err != nil {
			if centre.CodeOf(err) != centre.CodeUnauthenticated && ctx.Err() == nil {
				s.log.WarnContext(ctx, "stream of changes ended", "error", err)
			}
			return
		}
		if beat && out.comment("still here") != nil {
			return
		}
		for _, e := range events {
			if out.send(e) != nil {
				return
			}
		}
	}
}

// eventStream writes server-sent events (WHATWG HTML, section 9.2).
type eventStream struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

func (o eventStream) send(e desk.Event) error {
	switch e.Kind {
	case desk.EventReport:
		return o.event("report", ReportChanged{e.ID, knownIf(e.Story, e.Story != 0), e.Version})
	case desk.EventSource:
		return o.event("source", SourceChanged{e.ID})
	case desk.EventClaim:
		return o.event("claim", ClaimChanged{e.ID})
	case desk.EventCharter:
		return o.event("charter", Signal{})
	default:
		return o.event("resync", Signal{})
	}
}

func (o eventStream) event(name string, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return o.write(fmt.Sprintf("event: %s\ndata: %s\n\n", name, body))
}

func (o eventStream) comment(text string) error { return o.write(": " + text + "\n\n") }

// write sends text at once. A client that does not take it in time is dropped:
// its deadline is put into the past while it is being waited for.
func (o eventStream) write(text string) error {
	slow := time.AfterFunc(writeLimit, func() { _ = o.rc.SetWriteDeadline(time.Unix(1, 0)) })
	defer slow.Stop()
	if _, err := o.w.Write([]byte(text)); err != nil {
		return err
	}
	return o.rc.Flush()
}
