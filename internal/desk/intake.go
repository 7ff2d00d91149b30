package desk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"mime"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/push"
	"entente/internal/policy"
	"entente/internal/policy/system"
)

// Names of a source's secrets that open its intake.
const (
	secretTokenHash  = "intake_sha256" // hex of the token's SHA-256: the token itself is not kept
	secretWebhookKey = "webhook_key"   // kept whole (sealed), for signatures are made with it
)

// tokenStart marks a source's token, for people and for scanners of leaked keys.
const tokenStart = "entente_"

// MaxDelivery is the largest delivery, in bytes.
const MaxDelivery = push.MaxBytes

// IntakeKeys are what a publisher needs to send to a source. They are shown
// once, when they are made.
type IntakeKeys struct {
	Token      string // for Authorization: Bearer
	WebhookKey string // to sign webhooks with
}

// MakeIntakeKeys gives a source of the person's own member new keys. Earlier
// ones stop working at once.
func (d *Desk) MakeIntakeKeys(ctx context.Context, who policy.View, id centre.ID) (IntakeKeys, error) {
	actor, err := signedIn(who)
	if err != nil {
		return IntakeKeys{}, err
	}
	state, err := d.store.Source(ctx, who, id)
	if err != nil {
		return IntakeKeys{}, err
	}
	s := state.Source
	object := sourceObject(s)
	object.Target = &s.Marking
	grant, err := policy.Decide(actor, policy.ActionManageSources, object)
	if err != nil {
		return IntakeKeys{}, err
	}
	if s.Kind != push.Kind {
		return IntakeKeys{}, centre.Invalid("%s is a source of kind %s, which this centre fetches; keys are for sources of kind push.", s.Slug, s.Kind)
	}
	var random [64]byte
	_, _ = rand.Read(random[:]) // never fails
	keys := IntakeKeys{
		Token:      tokenStart + id.String() + "_" + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(random[:32])),
		WebhookKey: "whsec_" + base64.StdEncoding.EncodeToString(random[32:]),
	}
	hash := sha256.Sum256([]byte(keys.Token))
	s.Secrets = map[string]string{secretTokenHash: hex.EncodeToString(hash[:]), secretWebhookKey: keys.WebhookKey}
	if err := d.store.ChangeSource(ctx, grant, s); err != nil {
		return IntakeKeys{}, err
	}
	return keys, nil
}

// Delivery is what somebody sends to a source.
type Delivery struct {
	MediaType string // as the sender says
	Name      string // of a file; where it has none, its content names it
	Body      []byte
	Key       string // Idempotency-Key; "" for none
}

// Receipt tells what became of one document of a delivery.
type Receipt struct {
	ExternalID string
	ID         centre.ID // of the stored document; zero where refused
	New        bool      // false where the centre had it already
	Refused    string    // a sentence; "" where it was taken
	Problems   []string  // what was odd though it was taken
}

// Delivered tells what became of a delivery. What it tells as taken is stored
// durably.
type Delivered struct {
	Kind     string    // of connector that read it
	Receipts []Receipt // of documents, in the order of the delivery
	Events   int       // new or changed
	Tracks   int
	Problems []string
}

// errTokenRefused is the answer to every bad token, whatever is wrong with it.
func errTokenRefused() error {
	return centre.Refuse(centre.CodeUnauthenticated, "The token is not one of a source of this centre, or it was replaced: send Authorization: Bearer with the token that was shown when the source's keys were made.")
}

// Deliver takes what a publisher sends with its source's token.
func (d *Desk) Deliver(ctx context.Context, token string, delivery Delivery) (Delivered, error) {
	rest, ok := strings.CutPrefix(token, tokenStart)
	name, _, ok2 := strings.Cut(rest, "_")
	id, err := centre.ParseID(name)
	if !ok || !ok2 || err != nil {
		return Delivered{}, errTokenRefused()
	}
	source, secrets, err := d.pushed(ctx, id)
	if err != nil {
		return Delivered{}, err
	}
	want, err := hex.DecodeString(secrets[secretTokenHash])
	got := sha256.Sum256([]byte(token))
	if err != nil || len(want) != len(got) || subtle.ConstantTimeCompare(want, got[:]) != 1 {
		return Delivered{}, errTokenRefused()
	}
	return d.takePushed(ctx, source, delivery)
}

// DeliverSigned takes a webhook: a delivery whose signature proves that it was
// made with the source's webhook key. header gives the request's headers.
func (d *Desk) DeliverSigned(ctx context.Context, id centre.ID, header func(string) string, delivery Delivery) (Delivered, error) {
	source, secrets, err := d.pushed(ctx, id)
	if err != nil {
		return Delivered{}, err
	}
	if err := push.Verify(header, delivery.Body, secrets[secretWebhookKey], d.now()); err != nil {
		return Delivered{}, err
	}
	if delivery.Key == "" {
		delivery.Key = header("Webhook-Id")
	}
	return d.takePushed(ctx, source, delivery)
}

// pushed reads a source that may be pushed to, with its secrets. Whether it is
// there at all is not told.
func (d *Desk) pushed(ctx context.Context, id centre.ID) (centre.Source, map[string]string, error) {
	source, err := d.ownSource(ctx, id)
	if err == nil && source.Kind != push.Kind {
		err = centre.NotFound("source")
	}
	if err == nil {
		var secrets map[string]string
		if secrets, err = d.store.Secrets(ctx, d.own, id); err == nil {
			return source, secrets, nil
		}
	}
	if centre.CodeOf(err) == centre.CodeNotFound {
		err = errTokenRefused()
	}
	return centre.Source{}, nil, err
}

// takePushed is takeDelivery for a source that nobody fetches: what it brings is
// all that tells how it does, so that its silence is noticed too.
func (d *Desk) takePushed(ctx context.Context, source centre.Source, delivery Delivery) (Delivered, error) {
	out, err := d.takeDelivery(ctx, source, delivery)
	if source.Paused || err != nil && centre.CodeOf(err) != centre.CodeInvalid {
		return out, err
	}
	d.hearing.Lock() // counters are read and written again
	defer d.hearing.Unlock()
	state, failed := d.store.Source(ctx, system.View(), source.ID)
	if failed == nil {
		failed = d.store.SetHealth(ctx, d.own, source.ID, afterDelivery(state.Health, d.now(), len(delivery.Body), out, err))
	}
	if failed != nil { // what was taken is stored: the publisher need not send it again
		d.log.Warn("how a source does could not be stored", "source", source.Slug, "error", failed)
	}
	return out, err
}

// mostRefusals is how many sentences on one delivery a source's health keeps.
const mostRefusals = 10

// afterDelivery is a source's health once a delivery was taken, or refused as a
// whole with refusal.
func afterDelivery(h centre.Health, now time.Time, bytes int, out Delivered, refusal error) centre.Health {
	h.Tried, h.Bytes, h.Fetched = now, h.Bytes+int64(bytes), h.Fetched+1
	if refusal != nil {
		h.Failures++
		h.Error = refusal.Error()
		return h
	}
	h.Good, h.Failures, h.Error = now, 0, ""
	taken := out.Events + out.Tracks
	problems := out.Problems
	for _, r := range out.Receipts {
		if r.New {
			taken++
		}
		if r.Refused != "" {
			problems = append(problems, r.Refused)
		}
	}
	h.Problems = slices.Clone(problems[:min(len(problems), mostRefusals)])
	if taken == 0 {
		h.Unchanged++
		return h
	}
	h.Items, h.LastItem = h.Items+int64(taken), now
	return h
}

// takeDelivery has the connector that knows the format read a delivery, and
// takes what it brings.
func (d *Desk) takeDelivery(ctx context.Context, source centre.Source, delivery Delivery) (Delivered, error) {
	if source.Paused {
		return Delivered{}, centre.Refuse(centre.CodeUnavailable, "The source %s is paused, so nothing was taken; send it again when its member has resumed it.", source.Slug)
	}
	if delivery.Key != "" {
		if len(delivery.Key) > 255 {
			return Delivered{}, centre.Invalid("The Idempotency-Key has more than 255 characters; send a shorter one.")
		}
		if err := d.store.Idempotent(ctx, d.own, source.ID, delivery.Key, sha256.Sum256(delivery.Body)); err != nil {
			return Delivered{}, err
		}
	}
	delivery.Name = cmp.Or(delivery.Name, nameless(delivery))
	reader := d.deliveryReader(delivery)
	if reader == nil {
		return Delivered{}, centre.Invalid("The delivery is of no format that can be read; send the JSON of this API, or a file with its Content-Type, such as application/pdf or text/csv.")
	}
	out := Delivered{Kind: reader.Kind()}
	if reader.Kind() == push.Kind {
		return out, d.takeDocuments(ctx, source, delivery, &out)
	}
	r := gather.Request{Source: source, Now: d.now()}
	r.Yield = func(ctx context.Context, docs []centre.Document, _ centre.Cursor) error {
		receipts, err := d.store.Take(ctx, d.own, source.ID, docs, nil)
		for i, receipt := range receipts {
			out.Receipts = append(out.Receipts, Receipt{ExternalID: docs[i].ExternalID, ID: receipt.ID, New: receipt.New, Problems: docs[i].Problems})
		}
		return err
	}
	r.YieldEvents = func(ctx context.Context, events []centre.Event, _ centre.Cursor) error {
		n, err := d.store.TakeEvents(ctx, d.own, source.ID, events, nil)
		out.Events += n
		return err
	}
	r.YieldTracks = func(ctx context.Context, tracks []centre.Track, _ centre.Cursor) error {
		n, err := d.store.TakeTracks(ctx, d.own, source.ID, tracks, nil)
		out.Tracks += n
		return err
	}
	result, err := reader.Read(ctx, r, cmp.Or(delivery.Name, "the delivery"), bytes.NewReader(delivery.Body))
	out.Problems = result.Problems
	return out, err
}

// certain is how sure another reader must be before the intake's own JSON is
// not tried: publishers of events, alerts and reports send JSON too.
const certain = 0.85

// endings of files by what a sender calls them, for formats that their content
// alone does not tell.
var endings = map[string]string{
	"text/plain": ".txt", "text/csv": ".csv", "text/tab-separated-values": ".tsv", "text/html": ".html", "application/xhtml+xml": ".html",
	"text/markdown": ".md", "message/rfc822": ".eml", "application/x-ndjson": ".ndjson", "application/geo+json": ".geojson",
}

// nameless names a file that came without a name by its content, so that two of
// them are two documents, and one that is sent twice is one.
func nameless(delivery Delivery) string {
	kind, _, _ := mime.ParseMediaType(delivery.MediaType)
	sum := sha256.Sum256(delivery.Body)
	return "delivery-" + hex.EncodeToString(sum[:12]) + endings[kind]
}

// deliveryReader chooses who reads a delivery; nil where nobody can. What calls
// itself JSON, or nothing, is the intake's own, whose refusal tells most.
func (d *Desk) deliveryReader(delivery Delivery) gather.Reader {
	const headLength = 64 << 10
	head := delivery.Body[:min(len(delivery.Body), headLength)]
	reader, sure := gather.Recognised(d.readers, delivery.Name, delivery.MediaType, head)
	trimmed := bytes.TrimLeft(head, "\ufeff \t\r\n")
	isJSON := len(trimmed) > 0 && (trimmed[0] == '{' || trimmed[0] == '[')
	switch {
	case isJSON && (reader == nil || sure < certain):
		return push.New()
	case reader != nil && sure >= 0.5:
		return reader
	case delivery.MediaType == "" || strings.Contains(delivery.MediaType, "json"):
		return push.New()
	}
	return nil
}

// takeDocuments takes the intake's own JSON, telling of each document.
func (d *Desk) takeDocuments(ctx context.Context, source centre.Source, delivery Delivery, out *Delivered) error {
	parsed, err := push.Parse(bytes.NewReader(delivery.Body), source, d.now())
	if err != nil {
		return err
	}
	var good []centre.Document
	var at []int
	out.Receipts = make([]Receipt, len(parsed))
	for i, p := range parsed {
		if p.Refused != "" {
			out.Receipts[i].Refused = p.Refused
			continue
		}
		out.Receipts[i] = Receipt{ExternalID: p.Document.ExternalID, Problems: p.Document.Problems}
		good, at = append(good, p.Document), append(at, i)
	}
	for len(good) > 0 {
		n := min(len(good), gather.MaxBatch)
		receipts, err := d.store.Take(ctx, d.own, source.ID, good[:n], nil)
		if err != nil {
			return err
		}
		for i, r := range receipts {
			out.Receipts[at[i]].ID, out.Receipts[at[i]].New = r.ID, r.New
		}
		good, at = good[n:], at[n:]
	}
	d.labels.expire()
	return nil
}

// ownSource reads a source for the desk itself, which stands at the door for
// callers who are no persons.
func (d *Desk) ownSource(ctx context.Context, id centre.ID) (centre.Source, error) {
	state, err := d.store.Source(ctx, system.View(), id)
	if err != nil {
		return centre.Source{}, err
	}
	return state.Source, nil
}
