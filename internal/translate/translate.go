// Package translate gives sentences to a machine for translation and takes them
// back one by one. It knows two kinds of providers: LibreTranslate's API
// (https://docs.libretranslate.com) and any endpoint that speaks OpenAI's chat
// completions, as llama.cpp, Ollama, vLLM and many services do.
//
// There is none by default. Whether a text may be given to a provider is decided
// before (policy.MayTranslate); this package only carries it. All requests go
// through gather/fetch, follow no redirect to another host, and put no text and
// no key into an error.
package translate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// Provider translates. It is safe for concurrent use.
type Provider interface {
	// Name tells people who it is: the kind and the host, never a key.
	Name() string
	// Model is the model's name, "" where the provider has only one.
	Model() string
	// Local reports that it answers on this machine, so that nothing leaves it.
	Local() bool
	// Translate gives the sentences in language to (BCP 47), as many as it was
	// given and in their order; "" stands for one that could not be translated.
	// from may be "und". Errors are *centre.Error.
	Translate(ctx context.Context, from, to string, sentences []string) ([]string, error)
}

// Kind names a provider's protocol.
type Kind string

// The kinds.
const (
	KindLibreTranslate Kind = "libretranslate"
	KindOpenAI         Kind = "openai"
)

// Config says which provider there is.
type Config struct {
	Kind  Kind
	URL   string // of the API: "http://127.0.0.1:5000", "https://llm.example/v1"
	Model string // needed for KindOpenAI, none for the other
	Key   string // secret; "" where none is asked for
}

// Client is the part of fetch.Client that providers need.
type Client interface {
	Get(ctx context.Context, g fetch.Get) (*fetch.Response, error)
}

// New makes the provider of a configuration, or says what is wrong with it.
func New(c Config, client Client) (Provider, error) {
	u, err := fetch.CheckURL(c.URL)
	if err != nil {
		return nil, centre.Invalid("The address of the translation provider cannot be used: %w", err)
	}
	if u.User != nil {
		return nil, centre.Invalid("The address of the translation provider has a name or password in it; give the key by itself.")
	}
	e := endpoint{base: strings.TrimSuffix(u.String(), "/"), host: u.Host, key: c.Key, client: client, local: local(u)}
	switch c.Kind {
	case KindLibreTranslate:
		if c.Model != "" {
			return nil, centre.Invalid("A libretranslate provider has no models; leave the model out.")
		}
		return libreTranslate{e}, nil
	case KindOpenAI:
		if c.Model == "" {
			return nil, centre.Invalid("An openai provider needs the name of a model.")
		}
		return openAI{e, c.Model}, nil
	}
	return nil, centre.Invalid("%q is no kind of translation provider; there are %s and %s.", string(c.Kind), KindLibreTranslate, KindOpenAI)
}

// endpoint is where a provider answers.
type endpoint struct {
	base, host, key string
	client          Client
	local           bool
}

// local reports whether an address is one of this machine itself: a loopback
// address written as such, or localhost, which is one by RFC 6761.
func local(u *url.URL) bool {
	if strings.EqualFold(u.Hostname(), "localhost") {
		return true
	}
	a, err := netip.ParseAddr(u.Hostname())
	return err == nil && a.IsLoopback()
}

// maxAnswer is how much of an answer is read.
const maxAnswer = 4 << 20

// post sends a question and reads the answer.
func (e endpoint) post(ctx context.Context, path string, header map[string]string, question, answer any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return err
	}
	// The operator chose the address, so that it may be a private one.
	r, err := e.client.Get(ctx, fetch.Get{URL: e.base + path, Private: true, Header: header, JSON: body, Accept: "application/json", MaxBody: maxAnswer})
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		why := "it cannot be reached"
		if f, ok := errors.AsType[*fetch.Error](err); ok {
			switch {
			case f.Status == 401 || f.Status == 403:
				why = fmt.Sprintf("it refuses the key (status %d)", f.Status)
			case f.Status != 0:
				why = fmt.Sprintf("it answers with status %d", f.Status)
			case f.Class == fetch.ClassTimeout:
				why = "it does not answer in time"
			}
		}
		return e.trouble(why, err)
	}
	if err := json.Unmarshal(r.Body, answer); err != nil {
		return e.trouble("its answer is not what its kind of provider gives", err)
	}
	return nil
}

// trouble says that a provider did not do its work, to whoever runs the centre.
func (e endpoint) trouble(why string, cause error) error {
	return &centre.Error{Code: centre.CodeUnavailable, Cause: cause,
		Message: fmt.Sprintf("The text was not translated: %s was asked, and %s. Whoever runs the centre can look at it; try again later.", e.host, why)}
}

// batches cuts sentences into runs of at most so many sentences and letters, so
// that one answer never has to hold a whole book.
func batches(sentences []string, count, letters int) (runs [][]string) {
	start, size := 0, 0
	for i, s := range sentences {
		if i > start && (i-start >= count || size+len(s) > letters) {
			runs, start, size = append(runs, sentences[start:i]), i, 0
		}
		size += len(s)
	}
	if start < len(sentences) {
		runs = append(runs, sentences[start:])
	}
	return runs
}

// plain makes one line of plain text of what a machine wrote: control and
// direction characters go, since nobody checked them.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0xFEFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// base is the language of a BCP 47 tag, which is all that providers know.
func base(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(language)
}
