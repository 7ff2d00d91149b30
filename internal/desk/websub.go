package desk

import (
	"context"
	"crypto/hmac"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather/push"
)

// HubCallback is where a WebSub hub tells of a source's new content: the path's
// last part, which nobody can guess, and the key that the hub signs with. Both
// follow from the centre's key, so that every process knows them and none keeps
// them.
type HubCallback struct {
	Token string
	Key   string
}

// HubCallbackOf derives the callback of a source.
func HubCallbackOf(derive func(purpose string) []byte, id centre.ID) HubCallback {
	return HubCallback{
		Token: strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(derive("websub callback of " + id.String()))),
		Key:   hex.EncodeToString(derive("websub key of " + id.String())),
	}
}

// hubSource finds the feed that a callback is for. A callback that is not ours
// is answered as one that does not exist.
func (d *Desk) hubSource(ctx context.Context, id centre.ID, token string) (centre.Source, HubCallback, error) {
	if d.derive == nil {
		return centre.Source{}, HubCallback{}, centre.NotFound("callback")
	}
	callback := HubCallbackOf(d.derive, id)
	if !hmac.Equal([]byte(callback.Token), []byte(token)) {
		return centre.Source{}, HubCallback{}, centre.NotFound("callback")
	}
	source, err := d.ownSource(ctx, id)
	if centre.CodeOf(err) == centre.CodeNotFound {
		err = centre.NotFound("callback")
	}
	return source, callback, err
}

// ConfirmHub answers a hub that asks whether we want what it was asked for
// (WebSub section 5.3): a subscription to a feed that is read, or the end of
// one to a feed that is not.
func (d *Desk) ConfirmHub(ctx context.Context, id centre.ID, token, mode string) error {
	source, _, err := d.hubSource(ctx, id, token)
	if err != nil {
		return err
	}
	if mode == "subscribe" && !source.Paused || mode == "unsubscribe" && source.Paused {
		return nil
	}
	return centre.NotFound("callback")
}

// TakeFromHub takes what a hub tells. A delivery that the hub did not sign with
// our key is passed over without a word, as the standard asks (section 8); the
// feed is polled all the same, so that nothing is lost by it.
func (d *Desk) TakeFromHub(ctx context.Context, id centre.ID, token, signature string, delivery Delivery) error {
	source, callback, err := d.hubSource(ctx, id, token)
	if err != nil {
		return err
	}
	if source.Paused || !push.VerifyHub(signature, delivery.Body, callback.Key) {
		d.log.Warn("a hub's delivery was passed over", "source", source.Slug, "paused", source.Paused)
		return nil
	}
	delivery.Key, delivery.Name = "", source.Address
	_, err = d.takeDelivery(ctx, source, delivery)
	return err
}
