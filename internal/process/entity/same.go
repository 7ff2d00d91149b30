package entity

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/gazetteer"
)

// Values of centre.Mention.Form that this step gives.
const (
	FormRole    = "role"    // "the foreign minister", for one who is named elsewhere in the text
	FormAcronym = "acronym" // "the JOC", for what the text has introduced by its long name
)

// same gives one id to the names of one text that mean the same: the same words,
// a last name alone beside the full name, an acronym beside its long form, a
// title alone behind the one who bears it. Role, country and body are shared. Two
// bearers of one last name, or of one title, leave it without an id of theirs;
// titles alone that nobody bears are left out of what same gives.
func (v *view) same(names []named) []named {
	s := joining{v: v, names: names, full: map[string]string{}, last: map[string]string{}, first: map[string]string{},
		initials: map[string]string{}, slugs: map[string]string{}, facts: map[string]*named{}, holders: map[string][]holder{}}
	for i := range names {
		s.known(&names[i])
	}
	// Long names first, so that the short form in a title finds the long one of the text.
	for i := range names {
		if n := &names[i]; n.known == nil && n.form == "" && n.first < n.last {
			s.long(n)
		}
	}
	for i := range names {
		if n := &names[i]; n.known == nil && n.form == "" && n.first == n.last {
			s.short(n)
		}
	}
	for i := range names {
		if n := &names[i]; n.known == nil && n.form == "" {
			s.share(n)
		}
	}
	s.bodies()
	for i := range names {
		if n := &names[i]; n.form == FormRole && !s.bearer(n) {
			n.entity = ""
		}
	}
	return slices.DeleteFunc(names, func(n named) bool { return n.form == FormRole && n.entity == "" })
}

// joining is the state of same. Ids are those of mentions.
type joining struct {
	v        *view
	names    []named
	full     map[string]string   // of the key of a whole name
	last     map[string]string   // of a person's last word; several where two have it
	first    map[string]string   // of the first word of a person's name of several; likewise
	initials map[string]string   // of an organisation's words
	slugs    map[string]string   // of a body without its state: that of the one state whose body the text names; likewise
	facts    map[string]*named   // what is known of an id: the first name that has it
	holders  map[string][]holder // who bears a role, by role
	count    int
}

// holder is one who bears a role from a word of the text on.
type holder struct {
	id   string
	from int
}

// several stands where one id is looked for and there are two.
const several = "several"

func once(m map[string]string, key, id string) {
	if have, ok := m[key]; ok && have != id {
		id = several
	}
	m[key] = id
}

func (s *joining) known(n *named) {
	if n.known == nil || n.entity == "" {
		return
	}
	if _, slug, ok := strings.Cut(n.entity, "-"); ok && n.known.Country != "" {
		once(s.slugs, slug, n.entity)
	}
	if s.facts[n.entity] == nil {
		s.facts[n.entity] = n
	}
	s.abbreviate(n)
}

// abbreviate lets the acronym that the text introduces stand for the name.
func (s *joining) abbreviate(n *named) {
	if n.acronym > 0 {
		s.full[TypeOrganisation+":"+s.v.key(n.acronym, n.acronym)] = n.entity
	}
}

func (s *joining) fresh(n *named) {
	s.count++
	n.entity = fmt.Sprintf("#%d", s.count)
	s.facts[n.entity] = n
}

// long joins names of several words.
func (s *joining) long(n *named) {
	key := n.kind + ":" + s.v.key(n.first, n.last)
	id, ok := s.full[key]
	if !ok && n.kind == TypePerson {
		id, ok = s.last[s.v.key(n.last, n.last)]
		ok = ok && id != several && s.v.akin(s.facts[id].first, n.first)
	}
	if !ok && n.slug != "" {
		id, ok = s.slugs[n.slug]
		if ok = ok && id != several; ok {
			n.why = append(n.why, "the text names the body of one state alone: “"+s.v.textOf(s.facts[id].span)+"”")
		}
	}
	if n.entity = id; !ok {
		s.fresh(n)
	}
	s.full[key] = n.entity
	s.abbreviate(n)
	if n.kind == TypePerson {
		for _, k := range s.v.forms(n.last) {
			once(s.last, k, n.entity)
		}
		for _, k := range s.v.forms(n.first) {
			once(s.first, k, n.entity)
		}
	} else if letters := s.v.initials(n.span); len(letters) > 1 {
		s.initials[letters] = n.entity
	}
}

// short joins names of one word.
func (s *joining) short(n *named) {
	key := s.v.key(n.first, n.last)
	id, ok := s.full[n.kind+":"+key]
	w := &s.v.words.List[n.first]
	if ok && n.kind == TypeOrganisation && s.facts[id] != nil && s.facts[id].last > s.facts[id].first {
		n.form = FormAcronym
		n.why = append(n.why, "the text lets it stand for “"+s.v.textOf(s.facts[id].span)+"”")
	}
	if !ok && n.kind == TypePerson {
	names:
		for _, names := range []map[string]string{s.last, s.first} {
			for _, k := range s.v.forms(n.first) {
				if id, ok = names[k]; ok {
					break names
				}
			}
		}
		if ok = ok && id != several; ok {
			n.why = append(n.why, "part of the name “"+s.v.textOf(s.facts[id].span)+"”")
		}
	}
	if !ok && n.kind == TypeOrganisation && w.AllUpper {
		if id, ok = s.initials[string(s.v.words.Fold[w.From:w.To])]; ok {
			n.form = FormAcronym
			n.why = append(n.why, "the first letters of “"+s.v.textOf(s.facts[id].span)+"”")
		}
	}
	if !ok && n.slug != "" {
		id, ok = s.slugs[n.slug]
		if ok = ok && id != several; ok {
			n.why = append(n.why, "the text names the body of one state alone: “"+s.v.textOf(s.facts[id].span)+"”")
		}
	}
	if n.entity = id; !ok {
		s.fresh(n)
	}
	s.full[n.kind+":"+key] = n.entity
}

// share gives a name what other names of the same id say of role and country.
func (s *joining) share(n *named) {
	f := s.facts[n.entity]
	if f != n && f.known == nil && f.role == "" && n.role != "" {
		f.role, f.country, f.body = n.role, n.country, n.body
	}
	if n.role != "" {
		for role := range strings.SplitSeq(n.role, ", ") {
			list := s.holders[role]
			if !slices.ContainsFunc(list, func(h holder) bool { return h.id == n.entity }) {
				s.holders[role] = append(list, holder{n.entity, n.first})
			}
		}
	}
}

// bodies finds the entity of the body that a role is held in, and its country.
func (s *joining) bodies() {
	at := map[int]int{}
	for i := range s.names {
		at[s.names[i].first] = i
	}
	for i := range s.names {
		n := &s.names[i]
		if n.body.kind == "" {
			continue
		}
		if k, ok := at[n.body.first]; ok && s.names[k].kind == TypeOrganisation {
			n.of = s.names[k].entity
			if n.country == "" {
				n.country = s.names[k].country
			}
		}
	}
	for i := range s.names {
		n := &s.names[i]
		if n.kind != TypePerson || n.form != "" {
			continue
		}
		if f := s.facts[n.entity]; f != nil && f != n {
			if n.role == "" {
				n.role, n.country, n.of = f.role, f.country, f.of
			} else if n.country == "" {
				n.country = f.country
			}
		}
	}
}

// bearer finds whose title stands alone: that of the one named before whose
// title it is, in the same country where both say one.
func (s *joining) bearer(n *named) bool {
	found, others := "", false
	for _, role := range wider(n.role, s.holders) {
		for _, h := range s.holders[role] {
			f := s.facts[h.id]
			if h.from > n.first || n.country != "" && f.country != "" && n.country != f.country {
				continue
			}
			others = others || found != "" && found != h.id
			found = h.id
		}
	}
	if found == "" || others {
		return false
	}
	f := s.facts[found]
	n.entity, n.why = found, []string{"the title of “" + s.v.textOf(f.span) + "”, named before"}
	if n.country == "" {
		n.country = f.country
	}
	if n.of == "" {
		n.of = f.of
	}
	return true
}

// wider gives the roles that a title alone may mean: "the minister" is whoever
// is some minister; the exact role goes before that.
func wider(role string, holders map[string][]holder) []string {
	role, _, _ = strings.Cut(role, ", ")
	if len(holders[role]) > 0 {
		return []string{role}
	}
	var out []string
	switch role {
	case "minister":
		for r := range holders {
			if strings.HasSuffix(r, " minister") && r != "prime minister" && !strings.HasPrefix(r, "deputy ") {
				out = append(out, r)
			}
		}
	case "general":
		out = append(out, "chief of staff", "commander")
	case "commander":
		out = append(out, "general", "colonel")
	}
	return out
}

// akin tells that two given names begin alike, as a name and its case endings
// do ("Сергей", "Сергеем"), or a name and its initial.
func (v *view) akin(a, b int) bool {
	x, y := v.words.List[a], v.words.List[b]
	one, two := []rune(string(v.words.Fold[x.From:x.Stem])), []rune(string(v.words.Fold[y.From:y.Stem]))
	n := min(len(one), len(two), 4)
	return n > 0 && string(one[:n]) == string(two[:n])
}

// forms gives the stem of word i and the word as it stands, where that is
// another: what looks like a case ending may be part of the name ("Муаллем").
func (v *view) forms(i int) []string {
	if w := &v.words.List[i]; w.Stem < w.To {
		return []string{string(v.words.Fold[w.From:w.Stem]), string(v.words.Fold[w.From:w.To])}
	}
	return []string{v.fold(i)}
}

// key is the key of a run of words: stems in Cyrillic letters, no article or
// preposition in Arabic ones.
func (v *view) key(first, last int) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		w := &v.words.List[i]
		fold := v.words.Fold[w.From:w.To]
		if w.Script == gazetteer.Cyrillic {
			fold = v.words.Fold[w.From:w.Stem]
		}
		if w.Script == gazetteer.Latin && i < last && (string(fold) == "al" || string(fold) == "el") {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(fold)
	}
	return b.String()
}

// initials gives the first letters of the words that have a capital.
func (v *view) initials(s span) string {
	var b strings.Builder
	for i := s.first; i <= s.last; i++ {
		if w := &v.words.List[i]; w.Upper {
			for _, r := range string(v.words.Fold[w.From:w.To]) {
				b.WriteRune(r)
				break
			}
		}
	}
	return b.String()
}

func (v *view) textOf(s span) string {
	return v.text[v.words.List[s.first].Start:v.words.List[s.last].End]
}
