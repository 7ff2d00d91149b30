package sqlstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"entente/internal/centre"
	"entente/internal/policy"
)

// seal gives the column of a source's secrets after a change: nil leaves what
// was sealed, an empty map removes all, and a secret that is "" is removed.
func (s *Store) seal(sealed []byte, change map[string]string) ([]byte, error) {
	if change == nil {
		return sealed, nil
	}
	secrets := map[string]string{}
	if len(change) > 0 && sealed != nil && s.sealer != nil {
		// What an older key sealed is lost, and does not keep a person from
		// entering it again.
		if known, err := s.unseal(sealed); err == nil {
			secrets = known
		}
	}
	for name, value := range change {
		if secrets[name] = value; value == "" {
			delete(secrets, name)
		}
	}
	if len(secrets) == 0 {
		return nil, nil
	}
	if s.sealer == nil {
		return nil, noKey("stored")
	}
	plain, err := json.Marshal(secrets)
	if err != nil {
		return nil, errors.New("the secrets of a source cannot be written") // and nothing of them in the log
	}
	if sealed, err = s.sealer.Seal(plain); err != nil {
		return nil, fmt.Errorf("sealing the secrets of a source: %w", err)
	}
	return sealed, nil
}

func (s *Store) unseal(sealed []byte) (map[string]string, error) {
	if s.sealer == nil {
		return nil, noKey("read")
	}
	plain, err := s.sealer.Open(sealed)
	if err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "The secrets of this source cannot be opened with the centre's key; restore the key that they were stored with, or enter them again.%w", hidden{err})
	}
	secrets := map[string]string{}
	if err := json.Unmarshal(plain, &secrets); err != nil {
		return nil, errors.New("the secrets of a source cannot be read") // and nothing of them in the log
	}
	return secrets, nil
}

func noKey(what string) error {
	return centre.Refuse(centre.CodeUnavailable, "The secrets of this source cannot be %s: the centre runs without a key to seal them. Start it with its key and try again.", what)
}

const selectSealed = "SELECT sealed FROM source WHERE id = $1"

// Secrets implements store.Sources.
func (s *Store) Secrets(ctx context.Context, g policy.Grant, source centre.ID) (map[string]string, error) {
	if err := permit(g, policy.ActionPipeline); err != nil {
		return nil, err
	}
	var sealed []byte
	err := orNotFound(s.readRow(ctx, selectSealed, int64(source)).Scan(&sealed), "source")
	if err != nil || sealed == nil {
		return map[string]string{}, s.explain(ctx, err)
	}
	return s.unseal(sealed)
}
