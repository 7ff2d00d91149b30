package bus

import (
	"encoding/json"
	"fmt"

	"entente/internal/store"
)

// encode gives the bytes of a notice: ids and nothing else. A new field of
// store.Notice is not sent until it is named here.
func encode(n store.Notice) []byte {
	data, err := json.Marshal(store.Notice{Seq: n.Seq, Kind: n.Kind, ID: n.ID, Label: n.Label})
	if err != nil {
		panic(fmt.Errorf("a notice of numbers and letters cannot be encoded: %w", err))
	}
	return data
}

func decode(data []byte) (store.Notice, error) {
	var n store.Notice
	if err := json.Unmarshal(data, &n); err != nil {
		return store.Notice{}, fmt.Errorf("not a notice: %w", err)
	}
	return n, nil
}
