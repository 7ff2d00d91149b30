package weave

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"time"
	"unicode"

	"entente/internal/centre"
	"entente/internal/echo"
	"entente/internal/identity"
	"entente/internal/postings"
)

// keyTuning is what a key of a kind says beside others of the same rarity.
type keyTuning struct {
	place, country, demonym float32 // of the gazetteer: narrower than a country; a country; its adjective
	body                    float32 // known public bodies
	name                    float32 // a word of a person's or body's name, by its sound
	number                  float32 // of two digits and more; single ones are nothing
	date                    float32 // a day that the text names
	event                   float32 // a kind of event
	word                    float32 // a word that may be a name or international, by its consonants
	lead                    float32 // for what stands in the beginning
}

var keyDefaults = keyTuning{place: 1.8, country: 0.6, demonym: 0.4, body: 1, name: 1, number: 1, date: 0.5, event: 0.7, word: 0.55, lead: 1.5}

// keyring collects the keys of a text.
type keyring struct {
	tune   keyTuning
	sum    tally
	ranked []postings.Ranked // scratch
}

// add takes a text of a kind, by its FNV-1a. sure says that it means the same in
// every language.
func (r *keyring) add(kind byte, text string, sure bool, weight float32) {
	h := (uint32(2166136261) ^ uint32(kind)) * 16777619
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	if h &^= certain; sure {
		h |= certain
	}
	r.sum.add(h, weight)
}

// mentions takes what a text names.
func (r *keyring) mentions(mentions []centre.Mention) {
	for i := range mentions {
		m := &mentions[i]
		if m.Start >= readPoints {
			continue
		}
		lead := float32(1)
		if m.Start < leadPoints {
			lead = r.tune.lead
		}
		switch {
		case m.Place != nil && m.Form == centre.FormDemonym:
			r.add('p', m.Place.ID, true, lead*r.tune.demonym)
		case m.Place != nil && (m.Place.Class == centre.PlaceCountry || m.Place.Class == centre.PlaceRegion):
			r.add('p', m.Place.ID, true, lead*r.tune.country)
		case m.Place != nil:
			r.add('p', m.Place.ID, true, lead*r.tune.place)
		case m.Kind == centre.MentionTime:
			if d := dayOf(m); d != "" {
				r.add('d', d, true, r.tune.date)
			}
		case m.Entity != "" && m.Entity[0] != '#':
			r.add('b', m.Entity, true, lead*r.tune.body)
		case m.Kind != centre.MentionPlace:
			r.name(m.Text, lead*r.tune.name)
		}
	}
}

// dayOf gives the day that a time expression means, as in 2015-09-26; "" for
// other mentions, and where it means no single day.
func dayOf(m *centre.Mention) string {
	if m.Kind != centre.MentionTime || m.When == nil || m.When.Precision != centre.PrecisionDay || m.When.Until.Sub(m.When.From) > 24*time.Hour {
		return ""
	}
	return m.When.From.Format(time.DateOnly)
}

// name takes a name's words by their sounds.
func (r *keyring) name(text string, weight float32) {
	words := identity.ParseName(text).Words
	for i := range words {
		if words[i].Initial {
			continue
		}
		for _, k := range words[i].Keys[:min(2, len(words[i].Keys))] {
			if len(k) >= 2 {
				r.add('n', k, true, weight/float32(math.Sqrt(float64(min(2, len(words[i].Keys))))))
			}
		}
	}
}

// events takes the kinds of what a text says has happened.
func (r *keyring) events(kinds []centre.EventCategory) {
	for _, k := range kinds {
		r.add('e', string(k), true, r.tune.event)
	}
}

// Happened gives the distinct kinds of what a text tells as having happened, as
// Known.Events has them.
func Happened(events []centre.EventMention) (kinds []centre.EventCategory) {
	for i := range events {
		if e := &events[i]; e.Reality == centre.RealityActual && !slices.Contains(kinds, e.Category) {
			kinds = append(kinds, e.Category)
		}
	}
	return kinds
}

// word takes a word that is no number: what of it other scripts have too.
func (r *keyring) word(w *echo.Word, weight float32) {
	switch {
	case w.Length < 3:
		return
	case w.Length == 3:
		weight *= 0.4
	case w.Length == 4:
		weight *= 0.7
	default:
		r.sum.add(w.Beginning&^certain, weight*0.5)
	}
	r.sum.add(w.Bones&^certain, weight*r.tune.word)
}

// numbers takes the numbers of a text.
func (r *keyring) numbers(text []rune) {
	eachNumber(text, func(n string) { r.add('#', n, true, r.tune.number) })
}

// eachNumber walks the numbers of a text that have two digits or more, written
// alike: "5.4", "5,4" and "٥٫٤" are 5.4, "4,200" is 4200, and of "45,000" only
// the 45 is given, as of "45 thousand". Times of day and what follows a letter
// are no numbers.
func eachNumber(text []rune, each func(number string)) {
	for i := 0; i < len(text); {
		if digit(text[i]) < 0 {
			i++
			continue
		}
		part := i > 0 && (unicode.IsLetter(text[i-1]) || text[i-1] == ':')
		var whole, decimal []byte
		for first := true; ; first = false {
			from := i
			var group []byte
			for i < len(text) && digit(text[i]) >= 0 {
				group = append(group, byte('0'+digit(text[i])))
				i++
			}
			if first || i-from == 3 && decimal == nil {
				whole = append(whole, group...)
			} else {
				decimal = append(append(decimal, '.'), group...)
			}
			if i+1 >= len(text) || !groups(text[i]) || digit(text[i+1]) < 0 {
				break
			}
			i++
		}
		part = part || i < len(text) && text[i] == ':'
		if decimal == nil && len(whole) > 4 {
			whole = bytes.TrimSuffix(whole, []byte("000"))
		}
		if n := len(whole) + len(decimal); !part && n > 1 && n <= maxDigits {
			each(string(whole) + string(decimal))
		}
	}
}

// maxDigits is how long a number is that two texts share by more than chance and
// less than copying.
const maxDigits = 12

// groups reports whether r divides the digits of one number.
func groups(r rune) bool {
	switch r {
	case '.', ',', '٫', '٬', '\u00a0', '\u202f':
		return true
	}
	return false
}

// digit gives the value of a decimal digit of European, Arabic or Persian
// writing, -1 for other code points.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '٠' && r <= '٩':
		return int(r - '٠')
	case r >= '۰' && r <= '۹':
		return int(r - '۰')
	}
	return -1
}

// take gives the keys that were added, by hash, at most maxKeys, the heaviest.
func (r *keyring) take() []term {
	sums := r.sum.take(keySaturation)
	r.ranked = r.ranked[:0]
	for i, k := range sums {
		r.ranked = append(r.ranked, postings.Rank(k.weight, i))
	}
	best := postings.Best(r.ranked, maxKeys)
	kept := make([]term, 0, len(best))
	for _, k := range best {
		kept = append(kept, sums[k.Index()])
	}
	slices.SortFunc(kept, func(a, b term) int { return cmp.Compare(a.hash, b.hash) })
	return kept
}

// keySaturation is the weight from which more of a key counts little.
const keySaturation = 1.5
