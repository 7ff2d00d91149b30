package identity

import (
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
)

// Defaults of a Book.
const (
	DefaultLimit = 100_000 // entities: about 150 MB
	maxNames     = 6       // of an entity that are compared
	maxRoles     = 6
	maxBeside    = 24
	maxLike      = 64 // candidates that one name is compared with: the newest
)

// Book remembers entities and gives each name of a report its own. It belongs to
// one goroutine at a time.
type Book struct {
	limit int
	newID func() centre.ID
	known map[string]centre.ID
	heads map[centre.ID]centre.ID // of those that were merged: which they stand for
	all   map[centre.ID]*entry
	keys  map[string][]centre.ID // by keys of last and first words, or of a body's words; ids that are forgotten may stand there
	round int64                  // grows with every link; orders entries by when they were named
	read  map[string]Name        // names that were parsed of late
	vague func(name string) bool // of a body: it says not which; nil for none
}

// entry is an entity as a Book remembers it.
type entry struct {
	id      centre.ID
	profile Profile
	reports int
	last    int64 // round
}

// NewBook makes a Book that remembers nothing but the known bodies and their
// ids. limit is how many entities are remembered, 0 for DefaultLimit; newID nil
// for centre.RandomID.
func NewBook(known map[string]centre.ID, limit int, newID func() centre.ID) *Book {
	if limit <= 0 {
		limit = DefaultLimit
	}
	if newID == nil {
		newID = centre.RandomID
	}
	return &Book{limit: limit, newID: newID, known: known, heads: map[centre.ID]centre.ID{}, all: map[centre.ID]*entry{}, keys: map[string][]centre.ID{}, read: map[string]Name{}}
}

// LeaveOut makes the Book leave bodies alone all of whose names are vague: they
// would be taken for one another.
func (b *Book) LeaveOut(vague func(name string) bool) { b.vague = vague }

// isVague tells that no name of a body says which it is.
func (b *Book) isVague(l *centre.EntityLink) bool {
	return b.vague != nil && l.Kind != centre.MentionPerson && strings.HasPrefix(l.Local, "#") &&
		!slices.ContainsFunc(l.Names, func(n centre.EntityName) bool { return !b.vague(n.Text) })
}

// maxRead is how many parsed names are kept: about 10 MB.
const maxRead = 20_000

// parse is ParseName, which remembers.
func (b *Book) parse(text string) Name {
	n, ok := b.read[text]
	if !ok {
		if len(b.read) >= maxRead {
			clear(b.read)
		}
		n = ParseName(text)
		b.read[text] = n
	}
	return n
}

// Len is how many entities are remembered, without the known ones.
func (b *Book) Len() int { return len(b.all) }

// Learn remembers what an earlier report says, for filling a Book anew: all of it, or
// what it says of the entities given.
func (b *Book) Learn(links []centre.EntityLink, at centre.Moment, of ...centre.ID) {
	beside := b.besideOf(links, nil)
	for i := range links {
		if l := &links[i]; l.Known == "" && l.Entity != 0 && (len(of) == 0 || slices.Contains(of, l.Entity)) {
			p := b.profileOf(l, at, b.without(beside, l))
			b.learn(l.Entity, &p)
		}
	}
}

// Decided takes up a decision of a person: of each entity that it touched, which it
// stands for from now on. What was known of them is forgotten; the caller lets the
// Book learn it anew from what reports say of those that stand for themselves.
func (b *Book) Decided(heads map[centre.ID]centre.ID) {
	for id, head := range heads {
		delete(b.all, id)
		if delete(b.heads, id); head != id {
			b.heads[id] = head
		}
	}
}

// standsFor gives what an entity was merged into, or itself.
func (b *Book) standsFor(id centre.ID) centre.ID {
	if head, ok := b.heads[id]; ok {
		return head
	}
	return id
}

// Assign gives the people and bodies of a draft their entities, and remembers
// them. before are the links of the version of the report that the draft
// replaces: a name that it had there keeps its entity, so that what a person has
// decided stands.
func (b *Book) Assign(d *centre.Draft, before []centre.EntityLink) []centre.EntityLink {
	links := slices.DeleteFunc(linksOf(d), func(l centre.EntityLink) bool { return b.isVague(&l) })
	if len(links) == 0 {
		return nil
	}
	at := d.Published
	beside := b.besideOf(links, d.Mentions)
	taken := map[centre.ID]bool{} // two names of one text that are not one there are not one here
	for i := range links {
		l := &links[i]
		if id, ok := b.known[l.Local]; ok {
			l.Known, l.Entity, l.Score, l.Why = l.Local, id, 1, []string{"a name of the list of public bodies"}
		} else if id := keptBefore(l, before); id != 0 && !taken[b.standsFor(id)] {
			l.Entity, l.Score, l.Why = id, 1, []string{"the same name in the version before"}
		}
		taken[b.standsFor(l.Entity)] = true
	}
	profiles := make([]Profile, len(links))
	for i := range links {
		l := &links[i]
		if l.Known != "" {
			continue
		}
		profiles[i] = b.profileOf(l, at, b.without(beside, l))
		if l.Entity != 0 || !strings.HasPrefix(l.Local, "#") {
			continue // a known body that the store does not have yet
		}
		id, m := b.find(&profiles[i], taken)
		if id == 0 {
			id, m = b.newID(), Match{Score: 1, Why: []string{"nobody of that name was known to be the same"}}
		}
		l.Entity, l.Score, l.Why = id, m.Score, m.Why
		taken[id] = true
	}
	for i := range links {
		if l := &links[i]; l.Known == "" && l.Entity != 0 {
			b.learn(l.Entity, &profiles[i])
		}
	}
	return slices.DeleteFunc(links, func(l centre.EntityLink) bool { return l.Entity == 0 })
}

// keptBefore gives the entity that a name had in the version before.
func keptBefore(l *centre.EntityLink, before []centre.EntityLink) centre.ID {
	for i := range before {
		o := &before[i]
		if o.Known != "" || !compatible(l.Kind, o.Kind) {
			continue
		}
		for _, x := range l.Names {
			if slices.ContainsFunc(o.Names, func(y centre.EntityName) bool { return x.Text == y.Text }) {
				return o.Entity
			}
		}
	}
	return 0
}

// linksOf gathers the entities of a draft. One that only titles mean is none.
func linksOf(d *centre.Draft) []centre.EntityLink {
	var out []centre.EntityLink
	at := map[string]int{}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Entity == "" || m.Kind == centre.MentionPlace || m.Kind == centre.MentionTime {
			continue
		}
		k, ok := at[m.Entity]
		if !ok {
			k = len(out)
			at[m.Entity] = k
			out = append(out, centre.EntityLink{Local: m.Entity, Kind: m.Kind})
		}
		l := &out[k]
		l.Mentions++
		if l.Role == "" && m.Role != "" && m.Form == "" {
			l.Role = m.Role
		}
		if l.Country == "" {
			l.Country = m.Country
		}
		if l.Of == "" && m.Of != "" && m.Of[0] != '#' {
			l.Of = m.Of
		}
		if m.Form != "" {
			continue
		}
		language := d.LanguageAt(m.Start)
		if n := slices.IndexFunc(l.Names, func(n centre.EntityName) bool { return n.Text == m.Text && n.Language == language }); n >= 0 {
			l.Names[n].Count++
		} else if len(l.Names) < maxNames {
			l.Names = append(l.Names, centre.EntityName{Language: language, Text: m.Text, Count: 1})
		}
	}
	return slices.DeleteFunc(out, func(l centre.EntityLink) bool { return len(l.Names) == 0 })
}

// besideOf gives the keys of what a report names: known bodies, people by their
// full names, and countries.
func (b *Book) besideOf(links []centre.EntityLink, mentions []centre.Mention) []string {
	var out []string
	add := func(key string) {
		if key != "" && len(out) < 4*maxBeside && !slices.Contains(out, key) {
			out = append(out, key)
		}
	}
	for i := range links {
		l := &links[i]
		switch {
		case l.Known != "" || !strings.HasPrefix(l.Local, "#"):
			add(l.Local)
		default:
			add(b.nameKey(l))
		}
		add(l.Country)
	}
	for i := range mentions {
		if p := mentions[i].Place; p != nil {
			add(p.Country)
		}
	}
	return out
}

// without gives what stands beside a name, without itself.
func (b *Book) without(beside []string, l *centre.EntityLink) []string {
	own := b.nameKey(l)
	out := make([]string, 0, min(len(beside), maxBeside))
	for _, key := range beside {
		if key != own && len(out) < maxBeside {
			out = append(out, key)
		}
	}
	return out
}

// nameKey is the key of an entity's fullest name in this report, for what stands
// beside others; "" where it is a single word.
func (b *Book) nameKey(l *centre.EntityLink) string {
	var best Name
	for _, n := range l.Names {
		if p := b.parse(n.Text); len(p.Words) > len(best.Words) {
			best = p
		}
	}
	if len(best.Words) < 2 {
		return ""
	}
	first, last := best.Words[0], best.Words[len(best.Words)-1]
	if len(first.Keys) == 0 || len(last.Keys) == 0 {
		return ""
	}
	return first.Keys[0] + " " + last.Keys[0]
}

func (b *Book) profileOf(l *centre.EntityLink, at centre.Moment, beside []string) Profile {
	p := Profile{Kind: l.Kind, With: beside, Last: at}
	for _, n := range l.Names {
		p.Names = append(p.Names, n.Text)
		p.parsed = append(p.parsed, b.parse(n.Text))
	}
	for role := range strings.SplitSeq(l.Role, ", ") {
		if role != "" {
			p.Roles = append(p.Roles, Role{Name: role, Country: l.Country, Of: l.Of})
		}
	}
	if l.Country != "" {
		p.Countries = []string{l.Country}
	}
	return p
}

// recent is how long ago an entity was named that is in the news.
const recent = 45 * 24 * time.Hour

// find gives the entity that a profile is most likely of, and how likely; zero
// where none reaches the threshold, or two are about as likely.
func (b *Book) find(p *Profile, taken map[centre.ID]bool) (centre.ID, Match) {
	var seen []centre.ID
	for _, key := range b.keysOf(p) {
		ids := b.keys[key]
		live := ids[:0]
		for _, id := range ids {
			if b.all[id] != nil {
				live = append(live, id)
			}
		}
		if len(live) == 0 {
			delete(b.keys, key)
			continue
		}
		b.keys[key] = live
		for i := len(live) - 1; i >= 0 && len(seen) < maxLike; i-- {
			if id := live[i]; !taken[id] && !slices.Contains(seen, id) {
				seen = append(seen, id)
			}
		}
	}
	var best, second Match
	var found centre.ID
	for _, id := range seen {
		e := b.all[id]
		m := Compare(p, &e.profile)
		if len(seen) == 1 && e.reports >= 2 && m.Score > ProposeFrom && m.Score < Threshold {
			m = m.more(0.7, "the only one of this name who is known")
			if p.Last.Known() && e.profile.Last.Known() && p.Last.Time.Sub(e.profile.Last.Time).Abs() < recent {
				m = m.more(0.5, "named in the weeks around")
			}
		}
		switch {
		case m.Score > best.Score:
			best, second, found = m, best, id
		case m.Score > second.Score:
			second = m
		}
	}
	if best.Score < Threshold || second.Score >= Threshold && best.Score-second.Score < 0.05 {
		return 0, Match{}
	}
	return found, best
}

// keysOf gives the keys under which an entity is found: of a person the last and
// the first word, of a body all words.
func (b *Book) keysOf(p *Profile) []string {
	var out []string
	add := func(keys []string, prefix string) {
		for _, k := range keys {
			if k = prefix + k; !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	for _, n := range p.names() {
		if len(n.Words) == 0 {
			continue
		}
		if p.Kind == centre.MentionPerson {
			add(n.Words[len(n.Words)-1].Keys, "p ")
			if len(n.Words) > 1 {
				add(n.Words[0].Keys, "p ")
			}
			continue
		}
		whole := "b"
		for _, w := range n.Words {
			if len(w.Keys) > 0 {
				whole += " " + w.Keys[0]
			}
		}
		if len(whole) > 1 {
			add([]string{whole}, "")
		}
	}
	return out
}

// learn remembers a profile under an id.
func (b *Book) learn(id centre.ID, p *Profile) {
	id = b.standsFor(id)
	b.round++
	e := b.all[id]
	if e == nil {
		if len(b.all) >= b.limit {
			b.forget()
		}
		e = &entry{id: id, profile: Profile{Kind: p.Kind}}
		b.all[id] = e
	}
	e.reports++
	e.last = b.round
	q := &e.profile
	before := len(q.Names)
	q.Names = union(q.Names, p.Names, maxNames, false)
	if len(q.Names) != before {
		q.parsed = nil
		for _, n := range q.Names {
			q.parsed = append(q.parsed, b.parse(n))
		}
		for _, key := range b.keysOf(q) {
			if !slices.Contains(b.keys[key], id) {
				b.keys[key] = append(b.keys[key], id)
			}
		}
	}
	for _, r := range p.Roles {
		if !slices.Contains(q.Roles, r) {
			q.Roles = append(q.Roles, r)
			if len(q.Roles) > maxRoles {
				q.Roles = q.Roles[1:]
			}
		}
	}
	q.Countries = union(q.Countries, p.Countries, 4, false)
	q.With = union(q.With, p.With, maxBeside, true)
	if p.Last.Known() && (!q.Last.Known() || p.Last.Time.After(q.Last.Time)) {
		q.Last = p.Last
	}
}

// union adds what is new; of what is too much the oldest goes where rolling, else
// the newest is not taken.
func union(have, more []string, limit int, rolling bool) []string {
	for _, s := range more {
		switch {
		case slices.Contains(have, s):
		case len(have) < limit:
			have = append(have, s)
		case rolling:
			have = append(have[1:], s)
		}
	}
	return have
}

// forget drops the tenth of the entities that were named longest ago.
func (b *Book) forget() {
	rounds := make([]int64, 0, len(b.all))
	for _, e := range b.all {
		rounds = append(rounds, e.last)
	}
	slices.Sort(rounds)
	until := rounds[len(rounds)/10]
	for id, e := range b.all {
		if e.last <= until {
			delete(b.all, id)
		}
	}
	for key, ids := range b.keys {
		ids = slices.DeleteFunc(ids, func(id centre.ID) bool { return b.all[id] == nil })
		if len(ids) == 0 {
			delete(b.keys, key)
		} else {
			b.keys[key] = ids
		}
	}
}
