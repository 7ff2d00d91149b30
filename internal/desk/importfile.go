package desk

import (
	"context"
	"errors"
	"io"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather/files"
	"entente/internal/policy"
)

type (
	// Refusal is a row or file that was left out, and why.
	Refusal = files.Refusal
	// Table tells how the columns of a table were understood.
	Table = files.Table
)

// FileImport is a file that a person brings by hand.
type FileImport struct {
	Name    string // with its ending, which decides the format
	Source  string // slug of the source of kind files; "" for the member's own "import-…"
	Mapping string // which column is what, as files.ParseMapping reads it; "" to guess
	Guess   bool   // show the mapping and the first documents; take nothing
	Size    int64  // in bytes; 0 where unknown
	Content io.Reader
}

// ImportProgress tells how far an import has come. Counts are since its start.
type ImportProgress struct {
	Read     int               // documents that could be read
	New      int               // of these, not taken before
	Events   int               // rows of event databases that were new or changed
	Tracks   int               // positions that were new or later
	Bytes    int64             // of the file
	Bad      []Refusal         // since the last time
	Mappings []Table           // known at the end
	Notes    []string          // known at the end
	First    []centre.Document // with Guess, at the end
	Done     bool
}

// guessed is how many documents a look at a file shows.
const guessed = 5

// ImportFile reads a file and takes its documents into a source of the
// person's own member, in batches, telling after each. What was told as read
// and new is stored durably. Bad rows are listed and left out; the good ones
// beside them are taken. The source is made, for the member alone, where it
// does not exist.
func (d *Desk) ImportFile(ctx context.Context, who policy.View, f FileImport, tell func(ImportProgress) error) error {
	actor, err := signedIn(who)
	if err != nil {
		return err
	}
	mapping, err := files.ParseMapping(f.Mapping)
	if err != nil {
		return err
	}
	source, err := d.importSource(ctx, who, actor, f)
	if err != nil {
		return err
	}
	// The source may have been made just now, under a label that the view is
	// older than.
	if _, who, err = d.Identify(ctx, actor.Person); err != nil {
		return err
	}
	counted := &countingReader{reader: f.Content}
	im := fileImport{desk: d, who: who, source: source, guess: f.Guess, tell: tell, counted: counted}
	whole := centre.Source{Member: actor.Member, Marking: centre.Marking{Originator: actor.Member}}
	if source != 0 {
		state, err := d.store.Source(ctx, who, source)
		if err != nil {
			return err
		}
		whole = state.Source
	}
	report, err := files.Parse(ctx, files.Input{
		Name: f.Name, Reader: counted, Size: f.Size, Now: d.now(), Mapping: mapping, Readers: d.readers, Source: whole,
		Events: func(events []centre.Event) error { return im.addEvents(ctx, events) },
		Tracks: func(tracks []centre.Track) error { return im.addTracks(ctx, tracks) },
		ParseMarking: func(text string) (centre.Marking, error) {
			own, err := d.marking(ctx, text, actor.Member)
			// Only whoever names the column answers for opening what it marks.
			if _, named := mapping[files.FieldMarking]; err == nil && !named {
				own = policy.Within(whole.Marking, own)
			}
			return own, err
		},
	}, func(doc centre.Document) error { return im.add(ctx, doc) })
	if err != nil && !errors.Is(err, errGuessed) {
		return err
	}
	return im.finish(ctx, report)
}

// importSource finds or makes the source that the documents belong to. A look
// needs none, but the same permission.
func (d *Desk) importSource(ctx context.Context, who policy.View, actor policy.Actor, f FileImport) (centre.ID, error) {
	if _, err := policy.Decide(actor, policy.ActionImport, policy.Object{Kind: "source", Member: actor.Member}); err != nil || f.Guess {
		return 0, err
	}
	slug := f.Source
	if slug == "" {
		slug = "import-" + strings.ToLower(string(actor.Member))
	}
	for _, known := range []string{slug, ownSlug(slug, actor.Member)} {
		state, err := d.store.SourceBySlug(ctx, who, known)
		if err == nil {
			return state.Source.ID, nil
		}
		if centre.CodeOf(err) != centre.CodeNotFound {
			return 0, err
		}
	}
	added, err := d.AddSource(ctx, who, NewSource{Name: "Import " + slug, Kind: kindFiles, Slug: slug})
	return added.ID, err
}

// fileImport is one import under way.
type fileImport struct {
	desk    *Desk
	who     policy.View
	source  centre.ID
	guess   bool
	tell    func(ImportProgress) error
	counted *countingReader

	batch    []centre.Document
	progress ImportProgress
}

var errGuessed = errors.New("enough documents for a look")

func (im *fileImport) add(ctx context.Context, doc centre.Document) error {
	im.batch = append(im.batch, doc)
	switch {
	case im.guess && len(im.batch) == guessed:
		return errGuessed
	case !im.guess && len(im.batch) == importBatch:
		return im.flush(ctx)
	}
	return nil
}

// addEvents takes a batch of events; a look counts them.
func (im *fileImport) addEvents(ctx context.Context, events []centre.Event) error {
	if im.guess {
		im.progress.Events += len(events)
		return errGuessed
	}
	n, err := im.desk.importEvents(ctx, im.who, im.source, events)
	if im.progress.Events += n; err != nil {
		return err
	}
	im.progress.Bytes = im.counted.count
	return im.tell(im.progress)
}

// addTracks takes a batch of positions; a look counts them.
func (im *fileImport) addTracks(ctx context.Context, tracks []centre.Track) error {
	if im.guess {
		im.progress.Tracks += len(tracks)
		return nil
	}
	n, err := im.desk.importTracks(ctx, im.who, im.source, tracks)
	im.progress.Tracks += n
	return err
}

func (im *fileImport) flush(ctx context.Context) error {
	if len(im.batch) > 0 {
		receipts, err := im.desk.Import(ctx, im.who, im.source, im.batch)
		for _, r := range receipts {
			im.progress.Read++
			if r.New {
				im.progress.New++
			}
		}
		if err != nil {
			return err
		}
		im.batch = im.batch[:0]
	}
	im.progress.Bytes = im.counted.count
	return im.tell(im.progress)
}

func (im *fileImport) finish(ctx context.Context, report files.Report) error {
	if im.guess {
		im.progress.Read, im.progress.First = len(im.batch), im.batch
	} else if err := im.flush(ctx); err != nil {
		return err
	}
	im.progress.Bad, im.progress.Mappings, im.progress.Notes = report.Listed, report.Tables, report.Notes
	im.progress.Bytes, im.progress.Done = im.counted.count, true
	return im.tell(im.progress)
}

// countingReader counts what was read. It belongs to one goroutine.
type countingReader struct {
	reader io.Reader
	count  int64
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.reader.Read(b)
	c.count += int64(n)
	return n, err
}
