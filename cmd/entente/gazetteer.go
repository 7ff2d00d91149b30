package main

import (
	"fmt"

	"entente/internal/app"
)

type gazetteerCommand struct {
	Import gazetteerImportCommand `cmd:"" help:"Read GeoNames (cities*.zip, allCountries.zip, alternateNamesV2.zip) or Who's On First (.tsv, .tsv.gz) files."`
}

type gazetteerImportCommand struct {
	Files []string `arg:"" type:"existingfile" help:"Files, in the order in which to read them."`
	JSON  bool     `help:"Print JSON for machines." name:"json"`
}

func (c *gazetteerImportCommand) Run(s *surroundings) error {
	reports := map[string]app.GazetteerReport{}
	var bad int64
	for _, file := range c.Files {
		progress := newBar(s.err)
		report, err := app.ImportGazetteer(s.Context, s.folder, file, func(done, total int64) { progress.show(file, done, total) })
		progress.done()
		if err != nil {
			return err
		}
		reports[file] = report
		bad += report.BadRows
		if c.JSON {
			continue
		}
		for _, line := range report.Bad {
			fmt.Fprintf(s.err, "%s, line %d: %s\n", line.File, line.Line, line.Reason)
		}
		fmt.Fprintf(s.out, "%s (%s): %d rows read, %d taken, %d left out as not current or not needed, %d of unknown places, %d bad. The gazetteer has %d imported places.\n",
			file, report.Format, report.Rows, report.Taken, report.Skipped, report.Orphans, report.BadRows, report.Places)
	}
	if c.JSON {
		if err := printJSON(s.out, reports); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(s.out, "A running centre uses them after its next start; run `entente reprocess` for reports that are there already.")
	}
	if bad > 0 {
		return partial{int(bad)}
	}
	return nil
}
