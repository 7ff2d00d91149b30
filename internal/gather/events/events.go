package events

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"path"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// Options of a source of kind "events".
const (
	// OptionFormat says what is at the address; "" lets the connector find out.
	// The values are listed in Formats.
	OptionFormat = "format"
	// OptionSince bounds how far back the first fetch of a GDELT list or of the
	// ACLED API goes: a date like 2015-09-26, or an instant of RFC 3339.
	OptionSince = "since"
	// OptionTables says which files of a GDELT list are taken: "events" (as also
	// ""), "gkg" or "events,gkg".
	OptionTables = "tables"
	// OptionRecords set to "yes" makes each GKG row a document besides.
	OptionRecords = "records"
	// OptionToken is the address that gives ACLED's access tokens; "" takes
	// /oauth/token of the API's host.
	OptionToken = "token_address"
)

// Keys of Source.Secrets.
const (
	SecretEmail    = "email"    // ACLED account
	SecretPassword = "password" // ACLED account
	SecretKey      = "key"      // ACLED's older access key
	SecretToken    = "token"    // UCDP API: x-ucdp-access-token
)

// format names what is to be read.
type format string

const (
	formatUnknown format = ""
	formatACLED   format = "acled" // CSV or JSON
	formatUCDP    format = "ucdp"  // CSV or JSON
	formatGDELT   format = "gdelt"
	formatGKG     format = "gkg"
	formatHXL     format = "hxl"

	formatList     format = "gdelt-list"
	formatACLEDAPI format = "acled-api"
	formatUCDPAPI  format = "ucdp-api"
	formatZip      format = "zip" // of one of the files above; never given as an option
)

// Formats lists the values of the option "format".
func Formats() []string {
	return []string{"acled", "acled-api", "gdelt", "gdelt-list", "gkg", "hxl", "ucdp", "ucdp-api"}
}

// Connector reads event databases. It is safe for concurrent use.
type Connector struct{}

// New makes the connector of kind "events".
func New() *Connector { return &Connector{} }

// Kind is "events".
func (*Connector) Kind() string { return "events" }

// Interval is that of GDELT's files. The slower databases ask for more time.
func (*Connector) Interval() time.Duration { return 15 * time.Minute }

// Check refuses what is no web address, and options that are not known.
func (*Connector) Check(s centre.Source) error {
	if strings.HasPrefix(s.Address, "/") {
		return centre.Invalid("The address %q is a file or folder of this machine; add it as a source of kind files, which reads event databases too.", clip(s.Address))
	}
	if _, err := fetch.CheckURL(s.Address); err != nil {
		return err
	}
	if f := s.Options[OptionFormat]; f != "" && !contains(Formats(), f) {
		return centre.Invalid("The option format is %q; write one of %s, or leave it out.", clip(f), strings.Join(Formats(), ", "))
	}
	if _, ok := readSince(s.Options[OptionSince]); !ok {
		return centre.Invalid("The option since is %q; write a date like 2015-09-26.", clip(s.Options[OptionSince]))
	}
	if v := s.Options[OptionRecords]; v != "" && v != "yes" && v != "no" {
		return centre.Invalid("The option records is %q; write yes to store each GKG row as a document too, or no.", clip(v))
	}
	if _, ok := readTables(s.Options[OptionTables]); !ok {
		return centre.Invalid("The option tables is %q; write events, gkg or events,gkg.", clip(s.Options[OptionTables]))
	}
	if t := s.Options[OptionToken]; t != "" {
		if _, err := fetch.CheckURL(t); err != nil {
			return err
		}
	}
	return nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// readSince reads the option "since"; the zero time where there is none.
func readSince(text string) (at time.Time, ok bool) {
	if text == "" {
		return time.Time{}, true
	}
	m, ok := gather.ParseDate(text, centre.BasisColumn)
	return m.Time, ok
}

// Fetch reads what is new at the address.
func (c *Connector) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	if err := c.Check(r.Source); err != nil {
		return gather.Result{}, err
	}
	switch formatOfAddress(r.Source) {
	case formatList:
		return fetchList(ctx, r)
	case formatACLEDAPI:
		return fetchACLED(ctx, r)
	case formatUCDPAPI:
		return fetchUCDP(ctx, r)
	}
	return fetchFile(ctx, r)
}

// formatOfAddress tells what must be known before the first request.
func formatOfAddress(s centre.Source) format {
	if f := s.Options[OptionFormat]; f != "" {
		return format(f)
	}
	u, err := url.Parse(s.Address)
	if err != nil {
		return formatUnknown
	}
	host, name := strings.ToLower(u.Hostname()), strings.ToLower(path.Base(u.Path))
	switch {
	case strings.HasPrefix(name, "lastupdate") || strings.HasPrefix(name, "masterfilelist"):
		return formatList
	case (host == "acleddata.com" || strings.HasSuffix(host, ".acleddata.com")) && path.Base(u.Path) == "read":
		return formatACLEDAPI
	case strings.HasPrefix(host, "ucdpapi."):
		return formatUCDPAPI
	}
	return formatUnknown
}

// Recognise knows the formats by their columns.
func (*Connector) Recognise(name, _ string, head []byte) float64 {
	switch f, sure := recognise(head); f {
	case formatZip:
		return recogniseZip(name, head)
	default:
		return sure
	}
}

// Read reads a file to its end.
func (*Connector) Read(ctx context.Context, r gather.Request, name string, content io.Reader) (gather.Result, error) {
	s := newSink(ctx, r, displayName(name))
	counted := &counter{r: content}
	err := s.file(format(r.Source.Options[OptionFormat]), gather.FromUTF16(counted))
	if err == nil {
		err = s.flush(nil)
	}
	result := s.result()
	result.Bytes = counted.n
	return result, err
}

// displayName is how a file or an address is named in origins and sentences:
// without a query, in which keys may stand.
func displayName(name string) string {
	if u, err := url.Parse(name); err == nil && u.Scheme != "" && u.Host != "" {
		u.User, u.RawQuery, u.Fragment = nil, "", ""
		name = u.String()
	}
	return clip(name)
}

// recognise tells the format of a content by its first bytes, and how sure that
// is. Bytes of no format give formatUnknown and 0.
func recognise(head []byte) (format, float64) {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return formatZip, 0
	}
	trimmed := bytes.TrimLeft(head, " \t\r\n")
	if len(trimmed) == 0 {
		return formatUnknown, 0
	}
	if trimmed[0] == '{' || trimmed[0] == '[' {
		return recogniseJSON(trimmed)
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	first = bytes.TrimRight(first, "\r")
	switch {
	case isGDELTRow(first):
		return formatGDELT, 0.98
	case isGKGRow(first):
		return formatGKG, 0.98
	case isListLine(first):
		return formatList, 0.95
	}
	header := headerOf(string(first))
	switch {
	case header["event_id_cnty"] && header["event_date"], header["event_date"] && header["sub_event_type"] && header["actor1"]:
		return formatACLED, 0.95
	case header["type_of_violence"] && (header["where_prec"] || header["date_prec"]):
		return formatUCDP, 0.95
	}
	return recogniseHXL(head)
}

// recogniseJSON knows the answers of the APIs by the names of their fields,
// which stand in the first record.
func recogniseJSON(head []byte) (format, float64) {
	has := func(name string) bool { return bytes.Contains(head, []byte(`"`+name+`"`)) }
	switch {
	case has("event_id_cnty") && has("event_date"):
		return formatACLED, 0.95
	case has("type_of_violence") && has("where_prec"):
		return formatUCDP, 0.95
	}
	return formatUnknown, 0
}

// headerOf gives the names in a header line, whatever divides them.
func headerOf(line string) map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || r == ';' || r == '\t' || r == '|' }) {
		names[columnName(name)] = true
	}
	return names
}
