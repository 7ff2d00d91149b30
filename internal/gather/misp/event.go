package misp

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"entente/internal/gather"
)

// scalar is a text, number or boolean: MISP writes numbers as texts in some
// versions and as numbers in others. It is "" for everything else.
type scalar string

func (s *scalar) UnmarshalJSON(data []byte) error {
	var text string
	switch {
	case json.Unmarshal(data, &text) == nil:
		*s = scalar(strings.TrimSpace(gather.CleanText(text)))
	case len(data) > 0 && data[0] != '{' && data[0] != '[' && string(data) != "null":
		*s = scalar(data)
	}
	return nil
}

func (s scalar) line() string { return gather.PlainLine(string(s)) }

// yes reads a boolean in any of MISP's ways.
func (s scalar) yes() bool { return s == "true" || s == "1" }

// time reads seconds since 1970, in UTC; zero where there are none.
func (s scalar) time() time.Time {
	n, err := strconv.ParseInt(string(s), 10, 64)
	if err != nil || n <= 0 || n > 253402300799 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// list is an array whose elements are read one by one, so that a bad one does
// not take the good ones with it.
type list[T any] struct {
	items []T
	bad   int
}

func (l *list[T]) UnmarshalJSON(data []byte) error {
	var raws []json.RawMessage
	if json.Unmarshal(data, &raws) != nil {
		if string(data) != "null" {
			l.bad++
		}
		return nil
	}
	for _, raw := range raws {
		var item T
		if json.Unmarshal(raw, &item) != nil {
			l.bad++
			continue
		}
		l.items = append(l.items, item)
	}
	return nil
}

// named is what has a name alone: an organisation, a tag.
type named struct {
	Name scalar `json:"name"`
	UUID scalar `json:"uuid"`
}

// event is an event of the core format, of which only what is used is read.
type event struct {
	UUID             scalar          `json:"uuid"`
	Info             scalar          `json:"info"`
	Date             scalar          `json:"date"`
	Timestamp        scalar          `json:"timestamp"`
	PublishTimestamp scalar          `json:"publish_timestamp"`
	ThreatLevel      scalar          `json:"threat_level_id"`
	Analysis         scalar          `json:"analysis"`
	Distribution     *scalar         `json:"distribution"`
	SharingGroup     json.RawMessage `json:"SharingGroup"`
	Extends          scalar          `json:"extends_uuid"`
	Orgc             named           `json:"Orgc"`
	Tags             list[named]     `json:"Tag"`
	Attributes       list[attribute] `json:"Attribute"`
	Objects          list[object]    `json:"Object"`
	Reports          list[report]    `json:"EventReport"`
	Galaxies         list[galaxy]    `json:"Galaxy"`
}

// attribute is one fact: an address, a hash, a text.
type attribute struct {
	Category     scalar      `json:"category"`
	Type         scalar      `json:"type"`
	Relation     scalar      `json:"object_relation"`
	Value        scalar      `json:"value"`
	Comment      scalar      `json:"comment"`
	ToIDS        scalar      `json:"to_ids"`
	Deleted      scalar      `json:"deleted"`
	Distribution *scalar     `json:"distribution"`
	FirstSeen    scalar      `json:"first_seen"`
	LastSeen     scalar      `json:"last_seen"`
	Tags         list[named] `json:"Tag"`
}

// object is several attributes that belong together.
type object struct {
	Name         scalar          `json:"name"`
	Category     scalar          `json:"meta-category"`
	Comment      scalar          `json:"comment"`
	Deleted      scalar          `json:"deleted"`
	Distribution *scalar         `json:"distribution"`
	Attributes   list[attribute] `json:"Attribute"`
}

// report is a text that belongs to an event.
type report struct {
	Name         scalar  `json:"name"`
	Content      scalar  `json:"content"`
	Deleted      scalar  `json:"deleted"`
	Distribution *scalar `json:"distribution"`
}

// galaxy is a family of clusters: threat actors, countries, techniques.
type galaxy struct {
	Name     scalar `json:"name"`
	Clusters list[struct {
		Value scalar `json:"value"`
	}] `json:"GalaxyCluster"`
}

// Words of the standard for its numbers.
var (
	threatLevels = map[scalar]string{"1": "high", "2": "medium", "3": "low", "4": "undefined"}
	analyses     = map[scalar]string{"0": "initial", "1": "ongoing", "2": "complete"}
)

var aUUID = regexp.MustCompile(`^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// maxDepth is how deep a text may be nested.
const maxDepth = 64

// events finds the events in a text: {"Event": ...}, a list of those, such a
// list in "response", or events by themselves. ok is false where it is none of
// these.
func events(text []byte) (found []json.RawMessage, ok bool) {
	text = bytes.TrimPrefix(bytes.TrimSpace(text), []byte("\xef\xbb\xbf"))
	if tooDeep(text) {
		return nil, false
	}
	var whole struct {
		Event    json.RawMessage `json:"Event"`
		Response json.RawMessage `json:"response"`
		Info     json.RawMessage `json:"info"`
		UUID     json.RawMessage `json:"uuid"`
	}
	var items []json.RawMessage
	switch {
	case json.Unmarshal(text, &items) == nil:
	case json.Unmarshal(text, &whole) != nil:
		return nil, false
	case whole.Event != nil:
		return []json.RawMessage{whole.Event}, true
	case whole.Response != nil:
		if json.Unmarshal(whole.Response, &items) != nil {
			return events(whole.Response)
		}
	case whole.Info != nil && whole.UUID != nil:
		return []json.RawMessage{text}, true
	default:
		return nil, false
	}
	for _, item := range items {
		var one struct {
			Event json.RawMessage `json:"Event"`
		}
		if json.Unmarshal(item, &one) == nil && one.Event != nil {
			item, ok = one.Event, true
		}
		found = append(found, item)
	}
	return found, ok || whole.Response != nil
}

// tooDeep reports whether arrays and objects lie deeper in each other than
// maxDepth.
func tooDeep(text []byte) bool {
	now, inside, escaped := 0, false, false
	for _, b := range text {
		switch {
		case escaped:
			escaped = false
		case inside && b == '\\':
			escaped = true
		case b == '"':
			inside = !inside
		case inside:
		case b == '{' || b == '[':
			if now++; now > maxDepth {
				return true
			}
		case b == '}' || b == ']':
			now--
		}
	}
	return false
}
