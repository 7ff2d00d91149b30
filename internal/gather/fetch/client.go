package fetch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
)

// Options of a Client. Zero fields take the defaults below.
type Options struct {
	Version string           // of the program, for the user agent
	Clock   func() time.Time // needed

	DialTimeout   time.Duration // to connect, and again to agree on TLS
	HeaderTimeout time.Duration // from the request to the answer's headers
	IdleTimeout   time.Duration // between two pieces of a body
	TotalTimeout  time.Duration // for one request, waiting for its turn not counted; a redirect is another request
	HostDelay     time.Duration // between the ends and starts of requests to one host; not for private sources
	HostParallel  int           // requests to one host at a time
	Parallel      int           // requests at a time that are in their first seconds; see lanes
	MaxBody       int64         // bytes of a body, before and after decompression

	// Resolver looks names up; nil for the machine's own.
	Resolver *net.Resolver
}

// Defaults of Options.
const (
	DefaultDialTimeout   = 10 * time.Second
	DefaultHeaderTimeout = 20 * time.Second
	DefaultIdleTimeout   = 15 * time.Second
	DefaultTotalTimeout  = 90 * time.Second
	DefaultHostDelay     = time.Second
	DefaultHostParallel  = 1
	DefaultParallel      = 64
	DefaultMaxBody       = centre.MaxBody
)

const (
	maxRedirects   = 5
	maxHeaderBytes = 256 << 10
	robotsAgent    = "Entente"
)

// Client fetches. Make it with New; it is safe for concurrent use.
type Client struct {
	options Options
	agent   string
	blocks  []block
	public  *http.Transport // never reaches anything but the public internet
	private *http.Transport // for private sources; connections are not shared between the two
	hosts   *hosts
	lanes   *lanes
	robots  *robots
}

// New makes a client.
func New(o Options) (*Client, error) {
	if o.Clock == nil {
		return nil, errors.New("fetch: Options.Clock is missing")
	}
	o.DialTimeout = cmp.Or(o.DialTimeout, DefaultDialTimeout)
	o.HeaderTimeout = cmp.Or(o.HeaderTimeout, DefaultHeaderTimeout)
	o.IdleTimeout = cmp.Or(o.IdleTimeout, DefaultIdleTimeout)
	o.TotalTimeout = cmp.Or(o.TotalTimeout, DefaultTotalTimeout)
	o.HostDelay = cmp.Or(o.HostDelay, DefaultHostDelay)
	o.HostParallel = cmp.Or(o.HostParallel, DefaultHostParallel)
	o.Parallel = cmp.Or(o.Parallel, DefaultParallel)
	o.MaxBody = cmp.Or(o.MaxBody, DefaultMaxBody)
	c := &Client{
		options: o,
		agent:   "Entente/" + cmp.Or(o.Version, "devel") + " (+joint information centre)",
		blocks:  specialBlocks(),
		lanes:   newLanes(o.Parallel),
	}
	c.public, c.private = c.transport(false), c.transport(true)
	c.hosts = newHosts(o.Clock, o.HostParallel)
	c.robots = &robots{client: c, known: map[string]*robotsEntry{}}
	return c, nil
}

func (c *Client) transport(private bool) *http.Transport {
	dialer := c.dialer(private)
	return &http.Transport{
		Proxy:                  nil, // see the package's doc
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    c.options.DialTimeout,
		ResponseHeaderTimeout:  c.options.HeaderTimeout,
		MaxResponseHeaderBytes: maxHeaderBytes,
		DisableCompression:     true, // decompression is capped here, see body.go
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        30 * time.Second,
	}
}

func (c *Client) dialer(private bool) *net.Dialer {
	return &net.Dialer{Timeout: c.options.DialTimeout, ControlContext: c.dialControl(private), Resolver: c.options.Resolver}
}

// Close drops idle connections. Requests under way go on.
func (c *Client) Close() {
	c.public.CloseIdleConnections()
	c.private.CloseIdleConnections()
}

// Get is a request.
type Get struct {
	URL string
	// Private allows loopback and private addresses, on the host of URL alone: a
	// redirect to another host is held to the public rule.
	Private  bool
	ETag     string // from the last Response; "" for none
	Modified string // the last Response's Last-Modified, as it came
	Accept   string // media types; "" for any
	// Header is sent along: "Authorization" and the like. It stays with the host
	// of URL; a redirect to another host goes without it.
	Header map[string]string
	// Form, where not nil, is posted instead of fetching (RFC 6749 tokens, WebSub
	// subscriptions). A redirect other than 307 and 308 turns it into a fetch.
	Form url.Values
	// JSON, where not nil, is posted as application/json, with the same rules.
	JSON []byte
	// MaxBody, where not zero, stands in place of Options.MaxBody: for archives
	// that are known to be large.
	MaxBody int64
	// Robots asks the host's robots.txt first and refuses what it disallows.
	Robots bool
}

// Response is an answer that worked: status 200 to 299, or 304.
type Response struct {
	URL         string // that answered, after redirects
	MovedTo     string // where every redirect on the way was permanent; "" where not
	NotModified bool   // 304; Body is empty
	ETag        string
	Modified    string
	ContentType string // as it came
	// Language is the tag (BCP 47) of the Content-Language header, for whose readers
	// the answer is meant (RFC 9110 section 8.5); "" where it names none, or several.
	Language string
	Body     []byte // decompressed
	Bytes    int64  // read, before decompression
	// Links are the addresses of the Link header (RFC 8288) by relation, in
	// lower case: "hub", "self", "next". They are resolved against URL, and only
	// http and https addresses are among them. Nil for none.
	Links map[string]string
	// MaxAge is how long the answer calls itself fresh; 0 where it does not say.
	MaxAge time.Duration
	// Header holds all of the answer's headers as they came, for protocols with
	// headers of their own; nothing in it has been checked.
	Header http.Header
}

// Get fetches. It waits for its turn at the host first, so that the context
// bounds the whole and Options.TotalTimeout the fetching alone. Errors are
// *Error, or the context's.
func (c *Client) Get(ctx context.Context, g Get) (*Response, error) {
	u, err := CheckURL(g.URL)
	if err != nil {
		return nil, err
	}
	origin := u.Hostname()
	permanent, moved := true, ""
	for hop := 0; ; hop++ {
		private := g.Private && strings.EqualFold(u.Hostname(), origin)
		if g.Robots {
			if err := c.robots.allow(ctx, u, private); err != nil {
				return nil, err
			}
		}
		answer, err := c.visit(ctx, u, private, g)
		if err != nil {
			return nil, err
		}
		if answer.location == nil {
			answer.response.MovedTo = moved
			return answer.response, nil
		}
		if hop == maxRedirects {
			return nil, &Error{Code: centre.CodeInvalid, Class: ClassBarred, Status: answer.status,
				Sentence: "The address " + show(g.URL) + " redirects more than 5 times, perhaps in a circle; open it in a browser and give the address where it ends."}
		}
		next := answer.location
		permanent = permanent && answer.permanent && !(u.Scheme == "https" && next.Scheme == "http")
		if moved = ""; permanent {
			moved = next.String()
		}
		if !strings.EqualFold(next.Host, u.Host) || next.Scheme != u.Scheme {
			g.Header = nil
			if g.Form != nil || g.JSON != nil { // what was to be told to one host is not told to another
				return nil, &Error{Code: centre.CodeInvalid, Class: ClassBarred, Status: answer.status,
					Sentence: "The address " + show(g.URL) + " sends what is posted to it to another host; give the address where it ends."}
			}
		}
		if answer.status != http.StatusTemporaryRedirect && answer.status != http.StatusPermanentRedirect {
			g.Form, g.JSON = nil, nil
		}
		u = next
	}
}

// answer is what one hop brought: a response or a location to go to.
type answer struct {
	response  *Response
	status    int
	location  *url.URL
	permanent bool
}

// visit makes one request when the host's turn and a free slot have come.
func (c *Client) visit(ctx context.Context, u *url.URL, private bool, g Get) (answer, error) {
	delay := c.options.HostDelay
	if private {
		delay = 0 // the operator's own host
	}
	leave, err := c.hosts.enter(ctx, u, delay)
	if err != nil {
		return answer{}, err
	}
	defer leave()
	done, err := c.lanes.enter(ctx, c.hosts.wasSlow(u))
	if err != nil {
		return answer{}, err
	}
	defer func() { c.hosts.slow(u, done()) }()
	return c.request(ctx, u, private, g)
}

// Causes with which a request's context ends.
var (
	errIdle  = errors.New("no bytes for too long")
	errTotal = errors.New("took too long in all")
)

func (c *Client) request(ctx context.Context, u *url.URL, private bool, g Get) (answer, error) {
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	total := time.AfterFunc(c.options.TotalTimeout, func() { cancel(errTotal) })
	defer total.Stop()

	method, content, contentType := http.MethodGet, io.Reader(nil), ""
	switch {
	case g.Form != nil:
		method, content, contentType = http.MethodPost, strings.NewReader(g.Form.Encode()), "application/x-www-form-urlencoded"
	case g.JSON != nil:
		method, content, contentType = http.MethodPost, bytes.NewReader(g.JSON), "application/json"
	}
	request, err := http.NewRequestWithContext(inner, method, u.String(), content)
	if err != nil {
		return answer{}, centre.Invalid("The address %s cannot be fetched; check how it is written.", show(u.String()))
	}
	if u.User != nil {
		password, _ := u.User.Password()
		request.SetBasicAuth(u.User.Username(), password)
	}
	h := request.Header
	for name, value := range g.Header {
		h.Set(name, value)
	}
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	h.Set("User-Agent", c.agent)
	h.Set("Accept", cmp.Or(g.Accept, "*/*"))
	h.Set("Accept-Encoding", "zstd, gzip, deflate")
	if g.ETag != "" {
		h.Set("If-None-Match", g.ETag)
	}
	if g.Modified != "" {
		h.Set("If-Modified-Since", g.Modified)
	}
	transport := c.public
	if private {
		transport = c.private
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return answer{}, c.failure(ctx, inner, u, err)
	}
	defer response.Body.Close()

	if location, permanent, err := redirect(u, response); err != nil || location != nil {
		return answer{status: response.StatusCode, location: location, permanent: permanent}, err
	}
	if err := c.status(u, response); err != nil {
		return answer{}, err
	}
	r := &Response{
		URL:         withoutUser(u),
		NotModified: response.StatusCode == http.StatusNotModified,
		ETag:        header(response, "ETag"),
		Modified:    header(response, "Last-Modified"),
		ContentType: header(response, "Content-Type"),
		Language:    contentLanguage(response.Header),
		Links:       links(u, response.Header.Values("Link")),
		MaxAge:      maxAge(response.Header.Get("Cache-Control")),
		Header:      response.Header,
	}
	if !r.NotModified {
		idle := time.AfterFunc(c.options.IdleTimeout, func() { cancel(errIdle) })
		defer idle.Stop()
		most := cmp.Or(g.MaxBody, c.options.MaxBody)
		wire := &counted{r: response.Body, max: most, tick: func() { idle.Reset(c.options.IdleTimeout) }}
		if r.Body, err = readBody(wire, response.Header.Get("Content-Encoding"), most); err != nil {
			return answer{}, c.failure(ctx, inner, u, err)
		}
		r.Bytes = wire.n
	}
	return answer{response: r, status: response.StatusCode}, nil
}

// withoutUser prints an address that may be shown and stored: what is resolved
// against it does not carry a password along.
func withoutUser(u *url.URL) string {
	clean := *u
	clean.User = nil
	return clean.String()
}

// contentLanguage gives the one language that headers name.
func contentLanguage(h http.Header) string {
	tag := strings.TrimSpace(strings.Join(h.Values("Content-Language"), ","))
	if !languageTag.MatchString(tag) {
		return ""
	}
	return tag
}

// languageTag is a tag as section 2.1 of RFC 5646 writes it, without its rarest forms.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$`)

// header gives a header's value where it is fit to be stored and sent again.
func header(r *http.Response, name string) string {
	v := r.Header.Get(name)
	if len(v) > 1000 || strings.ContainsFunc(v, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return v
}

// redirect reads where an answer sends us; nil where it does not.
func redirect(u *url.URL, r *http.Response) (to *url.URL, permanent bool, err error) {
	switch r.StatusCode {
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		permanent = true
	case http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
	default:
		return nil, false, nil
	}
	bad := &Error{Code: centre.CodeInvalid, Class: ClassBarred, Status: r.StatusCode,
		Sentence: "The address " + show(u.String()) + " redirects to something that is not an http or https address; open it in a browser and give the address where it ends."}
	location, parseErr := url.Parse(r.Header.Get("Location"))
	if parseErr != nil || r.Header.Get("Location") == "" {
		return nil, false, bad
	}
	next := u.ResolveReference(location)
	if next.Host != u.Host || next.Scheme != u.Scheme {
		next.User = nil // credentials stay with the host that they were given for
	}
	to, checkErr := CheckURL(next.String())
	if checkErr != nil {
		return nil, false, bad
	}
	return to, permanent, nil
}

// errTooBig and the like are turned into sentences by failure.
var (
	errTooBig   = errors.New("body too big")
	errBomb     = errors.New("body too big when decompressed")
	errEncoding = errors.New("unknown content encoding")
	errCorrupt  = errors.New("compressed body is corrupt")
)

// counted reads a body, counts it, stops at max and reports every piece.
type counted struct {
	r    io.Reader
	n    int64
	max  int64
	tick func()
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if n > 0 {
		c.tick()
	}
	if c.n > c.max {
		return 0, errTooBig
	}
	return n, err
}
