package main

import (
	"context"
	"io/fs"

	"entente/cmd/evaluate/drafts"
	"entente/internal/gazetteer"
	"entente/internal/process/claim"
)

// attribution trains the model of attributions on PolNeAR's train and development
// parts. What the development part says of the model, evaluate measures with one
// that it trains on the train part alone.
func attribution(data fs.FS) ([]byte, int, error) {
	g, err := gazetteer.Embedded()
	if err != nil {
		return nil, 0, err
	}
	maker := drafts.New(g)
	var all []claim.Sample
	for _, part := range []string{"train", "dev"} {
		samples, err := maker.Attributions(context.Background(), data, "attribution/polnear/"+part)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, samples...)
	}
	return claim.TrainAttributions(all), len(all), nil
}
