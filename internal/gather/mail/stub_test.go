package mail

import (
	"context"
	"io"
	"path"
	"strconv"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
)

// lines is a reader of attachments: each line of a .txt file is a document. The
// readers of this program come from other packages, which this one never sees.
type lines struct{}

func (lines) Kind() string                { return "lines" }
func (lines) Check(_ centre.Source) error { return nil }
func (lines) Fetch(context.Context, gather.Request) (gather.Result, error) {
	return gather.Result{}, nil
}
func (lines) Recognise(name, _ string, _ []byte) float64 {
	if path.Ext(name) == ".txt" {
		return 0.6
	}
	return 0
}
func (lines) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	text, err := io.ReadAll(content)
	if err != nil {
		return gather.Result{}, err
	}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		d := centre.Document{Source: r.Source.ID, ExternalID: name + "#" + strconv.Itoa(i+1), Fetched: r.Now, MediaType: "text/plain", Body: gather.CleanText(line)}
		if err := r.Yield(ctx, []centre.Document{d}, nil); err != nil {
			return gather.Result{}, err
		}
	}
	return gather.Result{Bytes: int64(len(text))}, nil
}
