package event

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"entente/internal/entities"
	"entente/internal/gazetteer"
)

// sense is what a word may have to say about a happening besides being one: a
// bit each, so that a word can have several.
type sense uint64

const (
	not       sense = 1 << iota // no, not, never, without
	denied                      // denied, ruled out: reaches over "that"
	foiled                      // prevented, thwarted: what follows did not happen
	maybe                       // may, could, threatens to, risk of
	whether                     // if, unless: all of its clause
	willBe                      // will, plans to, is to
	longAgo                     // anniversary, years ago
	says                        // said, according to
	that                        // opens what was said
	passive                     // was, were, been; شد; был
	by                          // who did it follows
	between                     // who did it together follow
	with                        // the other party follows
	on                          // whom it falls on follows
	in                          // where it was follows
	and                         // one more of the same
	but                         // a clause of its own follows
	killed                      // a number beside it are dead
	injured                     // a number beside it are hurt
	unhurt                      // no casualties: zero of both
	nobody                      // no one: whom it did not befall, where a word for dead or hurt is beside it
	least                       // at least, more than
	most                        // up to
	vague                       // several, many, few
	single                      // a, an: one, before a person
	including                   // a number behind it is part of another
	person                      // people, men: counted, no party
	civil                       // civilians, residents, journalists
	state                       // army, police
	armed                       // rebels, militants
	crowd                       // protesters
	definite                    // the, this: what was told before
	light                       // carried out, launched: the deed follows as a noun
	toDo                        // to: the verb after it is what is meant to be
	site                        // hospital, school, mosque
	nation                      // demonym or a country's adjective; its value is the country
	object                      // را: what stands before it is acted on
	of                          // of: whose it is follows
	founds                      // establishes, opens: what follows begins to be
	owns                        // responsibility: who did a deed, and not whether it was done, is said or denied
)

var senseNames = map[string]sense{"not": not, "denied": denied, "foiled": foiled, "maybe": maybe, "whether": whether, "will": willBe,
	"longago": longAgo, "says": says, "that": that, "passive": passive, "by": by, "between": between, "with": with, "on": on, "in": in,
	"and": and, "but": but, "killed": killed, "injured": injured, "unhurt": unhurt, "nobody": nobody, "least": least, "most": most, "vague": vague,
	"single": single, "including": including, "person": person, "civil": civil, "state": state, "armed": armed, "crowd": crowd,
	"definite": definite, "light": light, "to": toDo, "site": site, "object": object, "of": of, "founds": founds, "owns": owns}

// form is how a word tells its deed.
type form uint8

const (
	either form = iota // noun or verb: the words beside it decide
	noun
	verb
	undergo // a verb whose subject it befalls: died, погиб, "was hit"
)

// entry is one pattern of a lexicon with all that it says.
type entry struct {
	rest    []pattern // the words after the first
	deed    deed
	form    form
	number  int32 // 0 for none
	country int16 // index into the countries plus one; 0 for none
	sense   sense
	void    bool // says nothing, so that what is in it does not either: "heart attack"
}

// pattern is a folded word; open matches every word that begins so.
type pattern struct {
	fold string
	open bool
	gap  bool // up to maxGap other words may stand before it
}

// maxGap is how many words ".." in a pattern stands for at most.
const maxGap = 4

func (p pattern) matches(fold []byte) bool {
	if p.open {
		return len(fold) >= len(p.fold) && string(fold[:len(p.fold)]) == p.fold
	}
	return string(fold) == p.fold
}

// vocabulary is the vocabulary of one language: a trie over the folded bytes of
// the first words of its patterns. It is read-only once made.
type vocabulary struct {
	nodes   []node
	labels  []byte
	targets []int32
	entries []entry
	persian bool // the verb comes last, with what it says of reality and voice
	arabic  bool // particles are written together with the next word, the verb comes first
	russian bool // case says who does and whom it falls on
}

// node of the trie. Edges are [from, to) of labels and targets, in order.
type node struct {
	dense       *[256]int32 // the targets by byte of a node with many edges; 0 for none
	from, to    int32
	exact, open []int32 // entries whose first word ends here
}

// parse makes a vocabulary of the tables. A line is "class: pattern, pattern";
// a class is a sense, a deed (with .n for its nouns, .v for its verbs, .u for
// verbs whose subject it befalls), # and a number, or void. A pattern is one
// or several words; * stands for any ending, and ~ before an Arabic verb for
// the prefixes of its imperfect.
// language is an index of entities.Languages, whose nations are added.
func parse(language int, table string) *vocabulary {
	b := &maker{v: &vocabulary{}, root: &branch{}}
	for line := range strings.Lines(table) {
		class, patterns, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		e := classOf(class)
		for p := range strings.SplitSeq(patterns, ",") {
			p = strings.TrimSpace(p)
			if bare, ok := strings.CutPrefix(p, "~"); ok {
				for _, prefix := range []string{"", "ي", "ت", "سي", "ست"} {
					x := e
					if strings.HasPrefix(prefix, "س") {
						x.sense |= willBe
					}
					b.add(prefix+bare, x)
				}
			} else if p != "" {
				b.add(p, e)
				if language == 3 && e.deed != none {
					b.addRussian(p, e)
				}
			}
		}
	}
	for i, c := range entities.Default().Countries() {
		e := entry{sense: nation, country: int16(i + 1)}
		switch language {
		case 0:
			for _, a := range c.Adjective {
				b.add(a, e)
				b.add(a+"s", e)
			}
		case 1:
			for _, a := range c.Nisba {
				b.add(strings.TrimPrefix(a, "ال")+"*", e)
			}
		case 2:
			for _, a := range c.Persian {
				b.add(strings.TrimSuffix(strings.TrimSuffix(a, "ه"), "ی")+"ی", e)
				b.add(a+"‌ای", e)
			}
		case 3:
			for _, a := range c.Stem {
				b.add(a+"*", e)
			}
		}
	}
	return b.v.with(b)
}

// classOf reads a class. It panics on one that there is not: the tables are
// part of the program, and a test reads them.
func classOf(class string) (e entry) {
	if n, ok := strings.CutPrefix(class, "#"); ok {
		number, err := strconv.Atoi(n)
		if err != nil {
			panic("event: " + class + " is no number")
		}
		e.number = int32(number)
		return e
	}
	if class == "void" {
		e.void = true
		return e
	}
	name, kind, _ := strings.Cut(class, ".")
	if s, ok := senseNames[name]; ok {
		e.sense = s
		return e
	}
	at := slices.IndexFunc(deeds[:], func(d deedIs) bool { return d.name == name })
	if at <= 0 {
		panic("event: there is no class " + class)
	}
	e.deed = deed(at)
	e.form = map[string]form{"": either, "n": noun, "v": verb, "u": undergo}[kind]
	return e
}

// addRussian adds the infinitive and the future of a verb in the past:
// направил* войска, направить войска, направит войска.
func (b *maker) addRussian(p string, e entry) {
	first, rest, _ := strings.Cut(p, " ")
	stem, ok := strings.CutSuffix(first, "л*")
	if !ok {
		return
	}
	if rest != "" {
		rest = " " + rest
	}
	b.add(stem+"ть"+rest, e)
	switch stem {
	case "уби", "отби", "сби", "разби", "выби": // "убит" is who was killed; the future is "убьет"
		return
	}
	if bare, ok := strings.CutSuffix(stem, "и"); ok {
		e.sense |= willBe
		b.add(stem+"т"+rest, e)
		b.add(bare+"ят"+rest, e)
	}
}

type branch struct {
	next        map[byte]*branch
	exact, open []int32
}

type maker struct {
	v    *vocabulary
	root *branch
}

func (b *maker) add(text string, e entry) {
	var words gazetteer.Words
	var all []pattern
	gap := false
	for _, w := range strings.Fields(text) {
		if w == ".." {
			gap = true
			continue
		}
		if w == "*" {
			all = append(all, pattern{open: true})
			continue
		}
		bare, open := strings.CutSuffix(w, "*")
		words.Scan(bare)
		for i := range words.List {
			f := words.List[i]
			all = append(all, pattern{string(words.Fold[f.From:f.To]), open && i == len(words.List)-1, gap})
			gap = false
		}
	}
	if len(all) == 0 {
		panic("event: the pattern " + text + " has no word")
	}
	e.rest = all[1:]
	at := b.root
	for i := range len(all[0].fold) {
		c := all[0].fold[i]
		if at.next == nil {
			at.next = map[byte]*branch{}
		}
		if at.next[c] == nil {
			at.next[c] = &branch{}
		}
		at = at.next[c]
	}
	n := int32(len(b.v.entries))
	b.v.entries = append(b.v.entries, e)
	if all[0].open {
		at.open = append(at.open, n)
	} else {
		at.exact = append(at.exact, n)
	}
}

// with lays the branches of b out in v.
func (v *vocabulary) with(b *maker) *vocabulary {
	queue := []*branch{b.root}
	v.nodes = []node{{}}
	for at := 0; at < len(queue); at++ {
		x := queue[at]
		from := int32(len(v.labels))
		labels := make([]byte, 0, len(x.next))
		for c := range x.next {
			labels = append(labels, c)
		}
		slices.Sort(labels)
		for _, c := range labels {
			v.labels = append(v.labels, c)
			v.targets = append(v.targets, int32(len(queue)))
			queue = append(queue, x.next[c])
			v.nodes = append(v.nodes, node{})
		}
		v.nodes[at] = node{nil, from, int32(len(v.labels)), x.exact, x.open}
		if n := &v.nodes[at]; n.to-n.from > 4 {
			n.dense = new([256]int32)
			for e := n.from; e < n.to; e++ {
				n.dense[v.labels[e]] = v.targets[e]
			}
		}
	}
	return v
}

// found is what the vocabulary says of a word.
type found struct {
	sense   sense
	deed    deed
	form    form
	words   uint8 // how many words the longest pattern has; 0 where nothing was found
	number  int32
	country int16
}

// memory holds which entries words of a vocabulary begin, by their hash: most
// words come again, and most begin none. It belongs to one reader.
type memory struct {
	slots [1 << 12]slot
	lists [][]int32 // those of all slots
}

type slot struct {
	hash  gazetteer.Hash // of the folded word; 64 bits, which words do not share but by design
	from  uint32         // its lists, memory.lists[from:from+count]
	count uint16
	deeds bool // there is a deed among them
}

// maxLists is how many lists are remembered before memory begins anew.
const maxLists = 1 << 14

// entriesOf gives the lists of entries whose first word the word given may be, by
// how much of it they have.
func (v *vocabulary) entriesOf(fold []byte, hash gazetteer.Hash, m *memory) (lists [][]int32, deeds bool) {
	s := &m.slots[(hash^hash>>32)%gazetteer.Hash(len(m.slots))]
	if s.hash != hash {
		if len(m.lists) > maxLists {
			*m = memory{lists: m.lists[:0]}
		}
		from := len(m.lists)
		m.lists = v.walk(m.lists, fold)
		*s = slot{hash: hash, from: uint32(from), count: uint16(len(m.lists) - from)}
		for _, list := range m.lists[from:] {
			for _, k := range list {
				s.deeds = s.deeds || v.entries[k].deed != none
			}
		}
	}
	if s.count == 0 {
		return nil, false
	}
	return m.lists[s.from : s.from+uint32(s.count)], s.deeds
}

// walk follows a word through the trie.
func (v *vocabulary) walk(lists [][]int32, fold []byte) [][]int32 {
	at := int32(0)
	whole := true
	for _, c := range fold {
		x := &v.nodes[at]
		if x.dense != nil {
			at = x.dense[c]
		} else {
			at = 0
			for e := x.from; e < x.to; e++ {
				if v.labels[e] == c {
					at = v.targets[e]
				}
			}
		}
		if at == 0 { // no edge leads back to the root
			whole = false
			break
		}
		if open := v.nodes[at].open; open != nil {
			lists = append(lists, open)
		}
	}
	if whole && len(fold) > 0 && v.nodes[at].exact != nil {
		lists = append(lists, v.nodes[at].exact)
	}
	return lists
}

// look gives what v says of the word whose folded form is given, which is
// words.List[i] or the end of it; hash is that of the form.
func (v *vocabulary) look(words *gazetteer.Words, i int, fold []byte, hash gazetteer.Hash, m *memory) (f found) {
	lists, _ := v.entriesOf(fold, hash, m)
	if len(lists) == 0 {
		return f
	}
	void := false
	var deedAt, numberAt, partyAt int // words and depth of what is best so far
	longest, alone := uint8(0), sense(0)
	for depth, list := range lists {
		for _, k := range list {
			e := &v.entries[k]
			if len(e.rest) == 0 {
				alone |= e.sense & kinds
			}
			if len(e.rest) > 0 && !v.follow(words, i, e.rest) {
				continue
			}
			size := uint8(len(e.rest) + 1)
			worth := int(size)*16 + depth + 1
			switch {
			case size > longest:
				longest, f = size, found{words: size}
				void, deedAt, numberAt, partyAt = false, 0, 0, 0
			case size < longest:
				continue
			}
			for _, p := range e.rest {
				if p.gap {
					f.words = 1
				}
			}
			if e.sense&(civil|state|armed|crowd) != 0 {
				partyAt = worth
			}
			void = void || e.void
			f.sense |= e.sense
			if e.deed != 0 && worth >= deedAt {
				f.deed, f.form, deedAt = e.deed, e.form, worth
			}
			if e.number != 0 && worth >= numberAt {
				f.number, numberAt = e.number, worth
			}
			if e.country != 0 {
				f.country = e.country
			}
		}
	}
	if partyAt > deedAt { // "протестующие" are no protest
		f.deed, f.form = none, either
	}
	f.sense |= alone // "warplanes bombed" is a deed, and of the warplanes
	if void {
		return found{words: f.words}
	}
	return f
}

func (v *vocabulary) follow(words *gazetteer.Words, i int, rest []pattern) bool {
	for _, p := range rest {
		i++
		last := i
		if p.gap {
			last += maxGap
		}
		for ; ; i++ {
			if i >= len(words.List) || i > last {
				return false
			}
			if w := &words.List[i]; p.matches(words.Fold[w.From:w.To]) {
				break
			}
		}
	}
	return true
}

// vocabularies are those of the four languages, made when first asked for.
var vocabularies = sync.OnceValue(func() map[string]*vocabulary {
	en, ar, fa, ru := parse(0, wordsEnglish), parse(1, wordsArabic), parse(2, wordsPersian), parse(3, wordsRussian)
	ar.arabic, fa.persian, ru.russian = true, true, true
	return map[string]*vocabulary{"en": en, "ar": ar, "fa": fa, "prs": fa, "ru": ru}
})
