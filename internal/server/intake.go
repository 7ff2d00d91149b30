package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

// deliveryIn is a delivery as a publisher sends it.
type deliveryIn struct {
	Authorization string `header:"Authorization" doc:"Bearer, and the token that was shown when the source's keys were made."`
	Key           string `header:"Idempotency-Key" maxLength:"255" doc:"The publisher's own name for this delivery: sent again under the same name, nothing is taken twice, and another body is refused."`
	ContentType   string `header:"Content-Type"`
	RawBody       []byte `contentType:"application/json"`
}

// webhookIn is a delivery that is signed.
type webhookIn struct {
	ByID
	ContentType string `header:"Content-Type"`
	RawBody     []byte `contentType:"application/json"`
	call        huma.Context
}

// Resolve implements huma.Resolver: it keeps the call, whose headers prove the
// signature.
func (i *webhookIn) Resolve(call huma.Context) []error {
	i.call = call
	return nil
}

type confirmHubIn struct {
	ByID
	Token     string `path:"token" maxLength:"100"`
	Mode      string `query:"hub.mode" maxLength:"20"`
	Topic     string `query:"hub.topic" maxLength:"2000"`
	Challenge string `query:"hub.challenge" maxLength:"4000"`
	Lease     string `query:"hub.lease_seconds" maxLength:"20"`
}

type confirmHubOut struct {
	ContentType string `header:"Content-Type"`
	Sniff       string `header:"X-Content-Type-Options"`
	Body        []byte
}

type fromHubIn struct {
	ByID
	Token       string `path:"token" maxLength:"100"`
	Signature   string `header:"X-Hub-Signature" maxLength:"300"`
	ContentType string `header:"Content-Type"`
	RawBody     []byte
}

// Receipt tells what became of one document of a delivery.
type Receipt struct {
	ID       string              `json:"id" doc:"The publisher's own name for it; empty where it was refused."`
	Document Nullable[centre.ID] `json:"document" doc:"Of the stored document; null where it was refused."`
	New      bool                `json:"new" doc:"False where the centre had it already."`
	Refused  string              `json:"refused" doc:"Why it was not taken; empty where it was."`
	Problems []string            `json:"problems" doc:"What was odd though it was taken."`
}

// Delivered tells what became of a delivery.
type Delivered struct {
	Format   string    `json:"format" doc:"The connector that read it." example:"push"`
	Receipts []Receipt `json:"receipts" doc:"Of its documents, in their order. What is told as taken is stored durably."`
	Events   int       `json:"events" doc:"New or changed."`
	Tracks   int       `json:"tracks"`
	Problems []string  `json:"problems"`
}

// IntakeKeys are what a publisher needs to send to a source; they are never
// shown again.
type IntakeKeys struct {
	Token      string `json:"token" doc:"For Authorization: Bearer."`
	WebhookKey string `json:"webhook_key" doc:"To sign webhooks with."`
	Intake     string `json:"intake" doc:"Where to send with the token."`
	Webhook    string `json:"webhook" doc:"Where to send what is signed."`
}

func (s *Server) registerIntake(api huma.API) {
	bring := operation(http.MethodPost, "/intake", "deliver", "intake", "Bring documents to a source with its token: JSON of this API, one or many, or any format that a connector reads")
	bring.MaxBodyBytes, bring.SkipValidateBody = desk.MaxDelivery, true // each document is judged by itself
	answering(s, api, openTo(bring), s.deliver)
	hook := operation(http.MethodPost, "/hooks/{id}", "deliver-signed", "intake", "Bring documents to a source by a signed webhook")
	hook.MaxBodyBytes, hook.SkipValidateBody = desk.MaxDelivery, true
	answering(s, api, openTo(hook), s.deliverSigned)
	confirm := operation(http.MethodGet, "/hooks/{id}/websub/{token}", "confirm-hub", "intake", "A WebSub hub asks whether its subscription is meant")
	confirm.Responses = map[string]*huma.Response{"200": {Description: "The challenge.", Content: map[string]*huma.MediaType{"text/plain": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
	register(s, api, openTo(confirm), s.confirmHub)
	content := operation(http.MethodPost, "/hooks/{id}/websub/{token}", "take-from-hub", "intake", "A WebSub hub tells of a feed's new content")
	content.MaxBodyBytes, content.SkipValidateBody, content.DefaultStatus = desk.MaxDelivery, true, http.StatusAccepted
	register(s, api, openTo(content), s.takeFromHub)
	answering(s, api, created(operation(http.MethodPost, "/sources/{id}/keys", "make-intake-keys", "sources", "Make new keys for a source of kind push; earlier ones stop working")), s.makeKeys)
}

func (s *Server) deliver(ctx context.Context, in *deliveryIn) (Delivered, error) {
	token, ok := strings.CutPrefix(in.Authorization, "Bearer ")
	if !ok {
		token = ""
	}
	done, err := s.desk.Deliver(ctx, strings.TrimSpace(token), desk.Delivery{MediaType: in.ContentType, Body: in.RawBody, Key: in.Key})
	return deliveredOf(done), err
}

func (s *Server) deliverSigned(ctx context.Context, in *webhookIn) (Delivered, error) {
	id, err := in.id()
	if err != nil {
		return Delivered{}, err
	}
	done, err := s.desk.DeliverSigned(ctx, id, in.call.Header, desk.Delivery{MediaType: in.ContentType, Body: in.RawBody})
	return deliveredOf(done), err
}

func deliveredOf(d desk.Delivered) Delivered {
	return Delivered{Format: d.Kind, Events: d.Events, Tracks: d.Tracks, Problems: orEmpty(d.Problems),
		Receipts: each(d.Receipts, func(r desk.Receipt) Receipt {
			return Receipt{r.ExternalID, knownIf(r.ID, r.ID != 0), r.New, r.Refused, orEmpty(r.Problems)}
		})}
}

// confirmHub echoes a challenge as plain text, which no browser takes for
// anything else.
func (s *Server) confirmHub(ctx context.Context, in *confirmHubIn) (*confirmHubOut, error) {
	id, err := in.id()
	if err != nil {
		return nil, err
	}
	if err := s.desk.ConfirmHub(ctx, id, in.Token, in.Mode); err != nil {
		return nil, err
	}
	return &confirmHubOut{"text/plain; charset=utf-8", "nosniff", []byte(in.Challenge)}, nil
}

func (s *Server) takeFromHub(ctx context.Context, in *fromHubIn) (*none, error) {
	id, err := in.id()
	if err != nil {
		return nil, err
	}
	return &none{}, s.desk.TakeFromHub(ctx, id, in.Token, in.Signature, desk.Delivery{MediaType: in.ContentType, Body: in.RawBody})
}

func (s *Server) makeKeys(ctx context.Context, in *ByID) (IntakeKeys, error) {
	id, err := in.id()
	if err != nil {
		return IntakeKeys{}, err
	}
	keys, err := s.desk.MakeIntakeKeys(ctx, who(ctx), id)
	return IntakeKeys{keys.Token, keys.WebhookKey, Prefix + "/intake", Prefix + "/hooks/" + id.String()}, err
}
