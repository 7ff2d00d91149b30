package app

import (
	"context"

	"entente/internal/gazetteer"
)

// GazetteerReport tells what an import of place names brought.
type GazetteerReport = gazetteer.Report

// ImportGazetteer adds the place names of a file to a centre's folder. The
// folder need not hold a centre yet.
func ImportGazetteer(ctx context.Context, folder, file string, progress func(done, total int64)) (GazetteerReport, error) {
	return gazetteer.Import(ctx, file, Config{Folder: folder}.gazetteer(), progress)
}
