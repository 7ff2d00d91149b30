package events

import (
	"context"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Lookup gives the lists of codes for tests: numeric and gw by number, fips and
// cameo by code.
func Lookup() (numeric, gw map[int]string, fips, cameoCountries map[string]string) {
	c := countries()
	return c.numeric, c.gw, c.fips, c.cameo
}

// CategoryOfCAMEO gives the category of an event code.
func CategoryOfCAMEO(code string) centre.EventCategory { return actionOf(cameo(), code).category }

// CAMEO gives all lines of the table of codes.
func CAMEO() map[string]centre.EventCategory {
	all := map[string]centre.EventCategory{}
	for code, a := range cameo() {
		all[code] = a.category
	}
	return all
}

// CategoryOfACLED gives the category of an event type and sub-event type.
func CategoryOfACLED(kind, sub string) centre.EventCategory { return acledCategory(kind, sub) }

// CategoryOfWords gives the category of a type in free words.
func CategoryOfWords(texts ...string) centre.EventCategory { return categoryOfWords(texts...) }

// ReadList reads a list as a source at address does, and gives the keys and
// addresses of what is due behind a cursor.
func ReadList(address, last, since string, body []byte) (keys, urls, problems []string) {
	r := gather.Request{Source: centre.Source{Address: address, Options: map[string]string{OptionSince: since}}}
	l := &listing{r: r, s: newSink(context.Background(), r, "list"), cursor: listCursor{Last: last}, tables: []string{"export", "gkg"}}
	all, _ := l.read(body)
	if !isMaster(address) {
		all = l.between(all)
	}
	for _, f := range l.due(all) {
		keys, urls = append(keys, f.key), append(urls, f.url)
	}
	return keys, urls, l.s.result().Problems
}
