package events

import (
	"bytes"
	"context"
	"net/url"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// ucdpPage is how many records are asked for at a time: the API's own limit.
const ucdpPage = "1000"

// ucdpCursor is how far the API was read. UCDP publishes whole versions: there
// is nothing to ask for "since".
type ucdpCursor struct {
	Next string `json:"next,omitempty"` // query of the page that comes next, while a reading is under way
	Body string `json:"body,omitempty"` // hash of the first page of the version that was, or is being, read
}

// fetchUCDP reads all pages where the first has changed.
func fetchUCDP(ctx context.Context, r gather.Request) (gather.Result, error) {
	s := newSink(ctx, r, displayName(r.Source.Address))
	result := gather.Result{Wait: slowly}
	base, err := fetch.CheckURL(r.Source.Address)
	if err != nil {
		return result, err
	}
	cursor := decode[ucdpCursor](r.Cursor)
	q := base.Query()
	if q.Get("pagesize") == "" {
		q.Set("pagesize", ucdpPage)
	}
	base.RawQuery = q.Encode()
	header := map[string]string{}
	if token := r.Source.Secrets[SecretToken]; token != "" {
		header["x-ucdp-access-token"] = token
	}
	before, query := cursor.Body, base.RawQuery
	resuming := cursor.Next != ""
	if resuming {
		query = cursor.Next
	}
	for range maxPages {
		at := *base
		at.RawQuery = query
		response, err := r.Client.Get(ctx, fetch.Get{URL: at.String(), Private: r.Source.Private, Header: header, Accept: "application/json", MaxBody: maxFile})
		if err != nil {
			result.Problems = s.result().Problems
			err = withoutQuery(tokenRefused(err, header), at.String(), s.name)
			if resuming && centre.CodeOf(err) == centre.CodeInvalid {
				// The page may be one of a version that is no more: begin anew next time.
				if failed := s.flush(encode(ucdpCursor{})); failed != nil {
					return result, failed
				}
			}
			return result, err
		}
		result.Bytes += response.Bytes
		if query == base.RawQuery {
			cursor.Body = shortHash(response.Body)
			result.MovedTo = movedWithout(response.MovedTo, r.Source.Address)
			if cursor.Body == before && !resuming {
				result.NotModified = true
				return result, nil
			}
		}
		rows := newUCDP(s)
		said, err := s.records(bytes.NewReader(response.Body), "result", ucdpNames, rows.record)
		if err == nil {
			cursor.Next = nextQuery(said, query)
			err = s.flush(encode(cursor))
		}
		if err != nil || cursor.Next == "" {
			result.Problems = s.result().Problems
			return result, err
		}
		query = cursor.Next
	}
	return result, centre.Invalid("%s has no last page; narrow the address with a country or dates.", s.name)
}

// nextQuery takes the query alone from NextPageUrl: path, host and with them
// the token stay where the source's owner put them. "" ends the reading, as
// does an answer that names itself or has no records.
func nextQuery(said answer, query string) string {
	next, err := url.Parse(said.members["nextpageurl"])
	if err != nil || next.RawQuery == query || said.records == 0 {
		return ""
	}
	return next.RawQuery
}

// tokenRefused names the token where the API refuses it.
func tokenRefused(err error, header map[string]string) error {
	refused, ok := err.(*fetch.Error)
	if !ok || refused.Status != 401 && refused.Status != 403 {
		return err
	}
	clean := *refused
	clean.Sentence = "UCDP asks for an access token; request one from UCDP and give it as the secret token of this source."
	if len(header) > 0 {
		clean.Sentence = "UCDP does not accept the access token of this source; request a new one from UCDP and give it as the secret token."
	}
	return &clean
}
