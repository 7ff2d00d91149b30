package weave

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/identity"
	"entente/internal/lexis"
)

// Tie is what two reports have in common: why a machine may have put them into
// one set of copies, or into one story. It is computed from the two reports
// alone, so that it can be shown to whoever may see both.
type Tie struct {
	Score float64  `json:"score"` // 0..1, how alike; 1 for the same text
	Copy  bool     `json:"copy"`  // the same words, or nearly
	Why   []string `json:"why"`   // reasons, for a person; empty where nothing is common
}

// How many names and words a reason lists, and how long a text is read.
const (
	listed          = 6
	explainedPoints = 20_000
)

// Explain says what ties b to a. Weaving itself weighs words by how rare they
// are among all reports; here names stand before other words, and long words
// before short ones, since the reader may see only two reports.
func Explain(a, b Known) Tie {
	var t Tie
	switch alike := agreement(a.Fingerprint, b.Fingerprint); {
	case a.Fingerprint.Exact != 0 && a.Fingerprint.Exact == b.Fingerprint.Exact:
		t = Tie{Score: 1, Copy: true, Why: []string{"the same words"}}
	case alike >= 0.5:
		t = Tie{Score: alike, Copy: alike >= 0.75, Why: []string{fmt.Sprintf("%.0f %% of their groups of words are the same", 100*alike)}}
	}
	places, names := shared(a.Mentions, b.Mentions)
	if len(places) > 0 {
		t.Why = append(t.Why, "both name the places "+some(places))
	}
	if len(names) > 0 {
		t.Why = append(t.Why, "both name "+some(names))
	}
	days, numbers, kinds := sharedDays(a.Mentions, b.Mentions), sharedNumbers(a.Text, b.Text), sharedKinds(a.Events, b.Events)
	if len(days) > 0 {
		t.Why = append(t.Why, "both name the day "+first(days))
	}
	if len(numbers) > 0 {
		t.Why = append(t.Why, "both have the numbers "+first(numbers))
	}
	if len(kinds) > 0 {
		t.Why = append(t.Why, "both tell of "+first(kinds))
	}
	words, part := sharedWords(a, b, places, names)
	if len(words) > 0 {
		t.Why = append(t.Why, "both have the words "+some(words))
	}
	if a.Published.Known() && b.Published.Known() {
		if apart := a.Published.Time.Sub(b.Published.Time).Abs(); apart < 4*24*time.Hour {
			t.Why = append(t.Why, "published "+distance(apart)+" of each other")
		}
	}
	if a.Language != b.Language && len(t.Why) > 0 {
		t.Why = append(t.Why, "in two languages, "+a.Language+" and "+b.Language)
	}
	common := min(1, float64(2*len(places)+4*len(names)+len(days)+len(numbers)+len(kinds))/16)
	t.Score = max(t.Score, min(0.99, 0.5*common+0.5*part))
	return t
}

// agreement estimates the Jaccard similarity of two texts from their signatures.
func agreement(a, b centre.Fingerprint) float64 {
	if len(a.MinHash) == 0 || len(a.MinHash) != len(b.MinHash) {
		return 0
	}
	n := 0
	for i, h := range a.MinHash {
		if h == b.MinHash[i] {
			n++
		}
	}
	return float64(n) / float64(len(a.MinHash))
}

// shared gives the places and the other names that both texts have, as the
// first text writes them, in its order. A name in another script follows in
// brackets.
func shared(a, b []centre.Mention) (places, names []string) {
	other := map[string]bool{}
	for _, m := range b {
		other[nameKey(m)] = true
	}
	sounds := soundsOf(b)
	seen := map[string]bool{"": true}
	for _, m := range a {
		key := nameKey(m)
		if seen[key] {
			continue
		}
		if !other[key] {
			if same := sounds.of(m); same != "" {
				seen[key] = true
				names = append(names, m.Text+" ("+same+")")
			}
			continue
		}
		seen[key] = true
		if m.Place != nil {
			places = append(places, m.Place.Name)
		} else {
			names = append(names, m.Text)
		}
	}
	return places, names
}

// nameKey is equal for mentions of one thing; "" where that cannot be told.
func nameKey(m centre.Mention) string {
	switch {
	case m.Kind == centre.MentionTime:
		return ""
	case m.Place != nil:
		return "place " + m.Place.ID
	case m.Entity != "" && m.Entity[0] != '#':
		return "entity " + m.Entity
	}
	return string(m.Kind) + " " + lexis.Normalise(m.Text)
}

// sounds are the names of people of a text, read by their sound.
type sounds []sounding

type sounding struct {
	text string
	name identity.Name
}

// maxSounds bounds the names that are compared with each of another text.
const maxSounds = 100

func soundsOf(mentions []centre.Mention) (list sounds) {
	for _, m := range mentions {
		if m.Kind == centre.MentionPerson && len(list) < maxSounds {
			list = append(list, sounding{m.Text, identity.ParseName(m.Text)})
		}
	}
	return list
}

// of gives the first name that sounds like that of m in full; "" for none.
func (list sounds) of(m centre.Mention) string {
	if m.Kind != centre.MentionPerson {
		return ""
	}
	name := identity.ParseName(m.Text)
	for _, s := range list {
		if identity.Relate(name, s.name) >= identity.Part {
			return s.text
		}
	}
	return ""
}

// sharedDays gives the days that both texts name.
func sharedDays(a, b []centre.Mention) (days []string) {
	theirs := map[string]bool{}
	for i := range b {
		theirs[dayOf(&b[i])] = true
	}
	for i := range a {
		if d := dayOf(&a[i]); d != "" && theirs[d] && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	return days
}

// sharedNumbers gives the numbers of two and more digits that both texts have.
func sharedNumbers(a, b string) (numbers []string) {
	theirs := map[string]bool{}
	eachNumber([]rune(firstPoints(b, explainedPoints)), func(n string) { theirs[n] = true })
	eachNumber([]rune(firstPoints(a, explainedPoints)), func(n string) {
		if theirs[n] && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	})
	return numbers
}

// sharedKinds gives the kinds of events that both texts tell.
func sharedKinds(a, b []centre.EventCategory) (kinds []string) {
	for _, k := range a {
		if slices.Contains(b, k) {
			kinds = append(kinds, strings.ReplaceAll(string(k), "_", " "))
		}
	}
	return kinds
}

// sharedWords gives the telling words that both texts have and no name among
// them has, the longest first, and their share of the telling words of the text
// that has fewer.
func sharedWords(a, b Known, names ...[]string) (words []string, part float64) {
	named := map[string]bool{}
	for _, list := range names {
		for _, w := range lexis.Words(strings.Join(list, " ")) {
			named[w.Text] = true
		}
	}
	ours, theirs := telling(a), telling(b)
	n := 0
	for stem, word := range ours {
		if _, both := theirs[stem]; both {
			n++
			if !named[word] && len([]rune(word)) > 3 {
				words = append(words, word)
			}
		}
	}
	slices.SortFunc(words, func(x, y string) int {
		return cmp.Or(cmp.Compare(len([]rune(y)), len([]rune(x))), cmp.Compare(x, y))
	})
	return words, float64(n) / float64(max(1, min(len(ours), len(theirs))))
}

// telling gives the words of a text that are not common to all texts, by stem.
func telling(k Known) map[string]string {
	words := map[string]string{}
	text, left := k.Text, explainedPoints
	for i := range text {
		if left--; left < 0 {
			text = text[:i]
			break
		}
	}
	for _, w := range lexis.Words(text) {
		if !lexis.Common(w.Text) {
			words[lexis.Stem(k.Language, w.Text)] = w.Text
		}
	}
	return words
}

func some(list []string) string {
	more := ""
	if len(list) > listed {
		more = fmt.Sprintf(" and %d more", len(list)-listed)
		list = list[:listed]
	}
	return strings.Join(list, ", ") + more
}

// first is some without saying how many more there are: of days, numbers and
// kinds of events a few are enough.
func first(list []string) string { return strings.Join(list[:min(listed, len(list))], ", ") }

func distance(d time.Duration) string {
	switch {
	case d < time.Hour:
		return "within an hour"
	case d < 48*time.Hour:
		return fmt.Sprintf("within %d hours", int(d.Hours())+1)
	}
	return fmt.Sprintf("within %d days", int(d.Hours()/24)+1)
}
