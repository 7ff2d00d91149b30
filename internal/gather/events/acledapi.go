package events

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

const (
	// acledPage is how many records are asked for at a time: the API's own limit.
	acledPage = 5000
	// maxPages ends an API that always has a next page.
	maxPages = 20_000
	// slowly is how long the APIs are left alone: they change once a week (ACLED)
	// or a month (UCDP).
	slowly = 6 * time.Hour
	// maxSeen is how many ids of the newest instant the cursor holds.
	maxSeen = 10_000
)

// acledCursor is how far the API was read. Between two pages Page is the one
// that comes next and Newest the greatest timestamp met so far.
type acledCursor struct {
	Since  int64    `json:"since,omitempty"` // timestamp of the newest record taken; seconds of 1970
	Seen   []string `json:"seen,omitempty"`  // ids with that timestamp: the API includes them in what comes since
	Page   int      `json:"page,omitempty"`
	Newest int64    `json:"newest,omitempty"`
	Latest []string `json:"latest,omitempty"` // ids with the timestamp Newest
	Body   string   `json:"body,omitempty"`   // hash of the first page of the last whole reading
}

// acledReading is one fetch of the API.
type acledReading struct {
	r      gather.Request
	s      *sink
	header map[string]string
	key    url.Values // the older key and e-mail address; never in a sentence
	cursor acledCursor
	first  string // hash of the first page of this fetch; "" where it began later
	limit  int
	latest map[string]bool // the ids in cursor.Latest
	result gather.Result
}

// fetchACLED reads what changed since the last fetch, page by page: the API
// gives every record a timestamp of its last change.
func fetchACLED(ctx context.Context, r gather.Request) (gather.Result, error) {
	a := &acledReading{r: r, s: newSink(ctx, r, displayName(r.Source.Address)), cursor: decode[acledCursor](r.Cursor), limit: acledPage}
	a.result.Wait = slowly
	if err := a.enter(ctx); err != nil {
		return a.result, err
	}
	if a.cursor.Page == 0 {
		a.cursor.Page, a.cursor.Newest, a.cursor.Latest = 1, a.cursor.Since, a.cursor.Seen
	}
	a.latest = map[string]bool{}
	for _, id := range a.cursor.Latest {
		a.latest[id] = true
	}
	a.cursor.Latest = slices.Clone(a.cursor.Latest)
	for range maxPages {
		done, err := a.page(ctx)
		if err != nil || done {
			a.result.Problems = a.s.result().Problems
			return a.result, err
		}
	}
	return a.result, centre.Invalid("%s has no last page; narrow the address with a country or a year.", a.s.name)
}

// enter proves who we are: an access token for e-mail and password (OAuth 2.0
// password grant, RFC 6749 section 4.3), or the older key.
func (a *acledReading) enter(ctx context.Context) error {
	source := a.r.Source
	email, password, key := source.Secrets[SecretEmail], source.Secrets[SecretPassword], source.Secrets[SecretKey]
	if key != "" {
		a.key = url.Values{"key": {key}}
		if email != "" {
			a.key.Set("email", email)
		}
		return nil
	}
	if email == "" && password == "" {
		return nil // a public copy, or a proxy that knows us
	}
	if email == "" || password == "" {
		return centre.Invalid("The source needs both secrets, email and password, of a registered ACLED account; give the one that is missing.")
	}
	at, err := a.tokenAddress()
	if err != nil {
		return err
	}
	response, err := a.r.Client.Get(ctx, fetch.Get{
		URL: at, Private: source.Private && sameHost(at, source.Address), Accept: "application/json",
		Form: url.Values{"grant_type": {"password"}, "client_id": {"acled"}, "username": {email}, "password": {password}},
	})
	if err != nil {
		if refused, ok := err.(*fetch.Error); ok && (refused.Status == 400 || refused.Status == 401 || refused.Status == 403) {
			return &fetch.Error{Code: centre.CodeInvalid, Status: refused.Status, Cause: err,
				Sentence: "ACLED does not accept the e-mail address and password of this source; check both at its web site and give them again."}
		}
		return err
	}
	a.result.Bytes += response.Bytes
	var grant struct {
		Token string `json:"access_token"`
	}
	if json.Unmarshal(response.Body, &grant) != nil || grant.Token == "" || len(grant.Token) > 16<<10 || !isPlain(grant.Token) {
		return centre.Invalid("%s gives no access token; check the option %s.", displayName(at), OptionToken)
	}
	a.header = map[string]string{"Authorization": "Bearer " + grant.Token}
	return nil
}

// tokenAddress is where tokens come from. The password goes to the API's own
// host unless the owner of the source names another.
func (a *acledReading) tokenAddress() (string, error) {
	if t := a.r.Source.Options[OptionToken]; t != "" {
		return t, nil
	}
	u, err := fetch.CheckURL(a.r.Source.Address)
	if err != nil {
		return "", err
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/oauth/token"}).String(), nil
}

// address gives the address of the page that comes next.
func (a *acledReading) address() (string, error) {
	u, err := fetch.CheckURL(a.r.Source.Address)
	if err != nil {
		return "", err
	}
	q := u.Query()
	if n, err := strconv.Atoi(q.Get("limit")); err == nil && n > 0 && n < acledPage {
		a.limit = n
	}
	for name, values := range a.key {
		q[name] = values
	}
	q.Set("limit", strconv.Itoa(a.limit))
	q.Set("page", strconv.Itoa(a.cursor.Page))
	if a.cursor.Since > 0 {
		q.Set("timestamp", strconv.FormatInt(a.cursor.Since, 10))
		q.Set("timestamp_where", ">=")
	} else if since, _ := readSince(a.r.Source.Options[OptionSince]); !since.IsZero() {
		q.Set("event_date", since.Format(time.DateOnly))
		q.Set("event_date_where", ">=")
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// page reads one page; done is true after the last.
func (a *acledReading) page(ctx context.Context) (done bool, err error) {
	at, err := a.address()
	if err != nil {
		return true, err
	}
	response, err := a.r.Client.Get(ctx, fetch.Get{URL: at, Private: a.r.Source.Private, Header: a.header, Accept: "application/json", MaxBody: maxFile})
	if err != nil {
		return true, withoutQuery(err, at, a.s.name)
	}
	a.result.Bytes += response.Bytes
	if a.cursor.Page == 1 {
		a.first = shortHash(response.Body)
		a.result.MovedTo = movedWithout(response.MovedTo, a.r.Source.Address)
		if a.first == a.cursor.Body {
			a.result.NotModified = true
			return true, nil
		}
	}
	// Rows of the instant where the last reading ended come again.
	known := map[string]bool{}
	for _, id := range a.cursor.Seen {
		known[id] = true
	}
	rows := newACLED(a.s)
	said, err := a.s.records(bytes.NewReader(response.Body), "data", acledNames, func(_ int, v []string) (string, error) {
		stamp, _ := strconv.ParseInt(v[acTimestamp], 10, 64)
		a.met(stamp, v[acID])
		if stamp > 0 && stamp == a.cursor.Since && known[v[acID]] {
			return "", nil
		}
		return rows.record(0, v)
	})
	if err != nil {
		return true, err
	}
	if said.records >= a.limit {
		a.cursor.Page++
		return false, a.s.flush(encode(a.cursor))
	}
	a.cursor = acledCursor{Since: a.cursor.Newest, Seen: a.cursor.Latest, Body: a.first}
	if len(a.cursor.Seen) > maxSeen {
		a.cursor.Seen = nil // they come once more, and are known by then
	}
	next := encode(a.cursor)
	if string(next) == string(a.r.Cursor) && a.s.taken == 0 {
		a.result.NotModified = true
		return true, nil
	}
	return true, a.s.flush(next)
}

// met remembers the newest timestamp and whose it is.
func (a *acledReading) met(stamp int64, id string) {
	switch {
	case stamp > a.cursor.Newest:
		a.cursor.Newest, a.cursor.Latest, a.latest = stamp, []string{id}, map[string]bool{id: true}
	case stamp == a.cursor.Newest && stamp > 0 && len(a.latest) <= maxSeen && !a.latest[id]:
		a.cursor.Latest = append(a.cursor.Latest, id)
		a.latest[id] = true
	}
}

// withoutQuery makes sure that the address in a refusal shows nothing of a
// query, in which keys stand.
func withoutQuery(err error, at, shown string) error {
	refused, ok := err.(*fetch.Error)
	if !ok {
		return err
	}
	clean := *refused
	_, query, _ := strings.Cut(at, "?")
	if start := strings.Index(clean.Sentence, "?"); query != "" && start >= 0 {
		// Everything from the question mark up to the next space is query.
		rest := clean.Sentence[start:]
		end := strings.IndexByte(rest, ' ')
		if end < 0 {
			end = len(rest)
		}
		clean.Sentence = clean.Sentence[:start] + rest[end:]
	}
	if strings.Contains(clean.Sentence, "?") {
		clean.Sentence = shown + " does not answer as it should; check the address and the secrets of the source."
	}
	return &clean
}

// movedWithout gives a new permanent address without the parts of the query
// that were added for one request.
func movedWithout(moved, original string) string {
	if moved == "" {
		return ""
	}
	to, errTo := url.Parse(moved)
	from, errFrom := url.Parse(original)
	if errTo != nil || errFrom != nil {
		return ""
	}
	to.RawQuery = from.RawQuery
	return to.String()
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && strings.EqualFold(x.Hostname(), y.Hostname())
}
