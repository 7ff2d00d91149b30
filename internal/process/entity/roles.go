package entity

import (
	"slices"
	"strings"

	"entente/internal/gazetteer"
)

// title is a run of words that says what somebody is: roles, with the country
// or the body that they are held in ("spokeswoman for the Russian Foreign
// Ministry", "وزير الخارجية العراقي").
type title struct {
	first, last int // words, with country and body
	name        string
	country     string
	body        span // where it names one; its kind is "" where not
	prefix      bool // written together with an Arabic "and"
	used        bool // it belongs to a name
	core        span // the words of the first role alone
	double      bool // two roles stand one after the other
}

// part is a piece that titles are made of: of v.said, or the name of a body.
type part struct {
	finding
	body span // kind is "" for what is none
}

// parts gives countries, roles and bodies in order. What lies within the name of
// a body is not looked at alone.
func (v *view) parts(names []named) []part {
	out := make([]part, 0, len(v.said)+len(names))
	next := 0
	for i := range names {
		n := &names[i]
		if n.kind != TypeOrganisation {
			continue
		}
		for ; next < len(v.said) && v.said[next].first < n.first; next++ {
			out = append(out, part{finding: v.said[next]})
		}
		if k := len(out); k > 0 && out[k-1].last >= n.first || next < len(v.said) && v.said[next].first <= n.last && v.said[next].value>>16 == phraseRole {
			continue // a role that the model took for a body
		}
		for next < len(v.said) && v.said[next].first <= n.last {
			next++
		}
		out = append(out, part{finding{first: n.first, last: n.last}, n.span})
	}
	for ; next < len(v.said); next++ {
		out = append(out, part{finding: v.said[next]})
	}
	return out
}

// titles reads the titles of the text.
func (v *view) titles(names []named) []title {
	parts := v.parts(names)
	var out []title
	taken := 0 // words before belong to the title before
	for i := 0; i < len(parts); i++ {
		f := parts[i]
		if f.body.kind != "" || f.value>>16 != phraseRole {
			continue
		}
		t := title{first: f.first, last: f.last, name: v.k.roles[f.value&0xffff], prefix: f.prefix, core: span{first: f.first, last: f.last}}
		if i > 0 {
			if p := parts[i-1]; p.first >= taken && p.last == f.first-1 && v.near(f.first) && v.words.List[f.first].Script != gazetteer.Arabic {
				t.take(v, p)
				t.first = p.first
				if i > 1 && t.country == "" {
					if pp := parts[i-2]; pp.first >= taken && pp.last == p.first-1 && v.near(p.first) && pp.body.kind == "" && pp.value>>16 != phraseRole {
						t.take(v, pp)
						t.first = pp.first
					}
				}
			}
		}
		for i+1 < len(parts) {
			n := parts[i+1]
			if n.first <= t.last {
				i++
				continue
			}
			link := v.link(t.last + 1)
			if n.first != t.last+1+link || !v.near(t.last+1) || !v.near(n.first) {
				break
			}
			if n.body.kind == "" && n.value>>16 == phraseRole {
				// "President General Aoun": the first says more; but who is told stands
				// before the title of who tells in "журналистам пресс-секретарь".
				if link > 0 || n.prefix || t.name == "title" || t.name == "journalist" {
					break
				}
				t.last, t.double = n.last, true
				i++
				continue
			}
			if !t.take(v, n) {
				break
			}
			t.last = n.last
			i++
		}
		out = append(out, t)
		taken = t.last + 1
	}
	return out
}

// take adds a country or a body to a title that has none.
func (t *title) take(v *view, p part) bool {
	switch {
	case p.body.kind != "" && t.body.kind == "":
		t.body = p.body
	case p.body.kind == "" && p.value>>16 != phraseRole && t.country == "":
		t.country = v.countryOf(p.finding)
	default:
		return false
	}
	return true
}

func (v *view) countryOf(f finding) string { return v.k.set.Countries()[f.value&0xffff].Code }

// near tells that nothing but a space or a possessive stands before word i.
func (v *view) near(i int) bool {
	if i <= 0 || i >= len(v.words.List) {
		return false
	}
	if v.tokens[i].before == gapSpace {
		return true
	}
	switch v.text[v.words.List[i-1].End:v.words.List[i].Start] {
	case "'s ", "’s ", "' ", "’ ":
		return true
	}
	return false
}

func (v *view) fold(i int) string {
	w := &v.words.List[i]
	return string(v.words.Fold[w.From:w.To])
}

// link counts the words from i on that join a role to its country or body: "of",
// "of the".
func (v *view) link(i int) int {
	if i >= len(v.words.List) {
		return 0
	}
	switch v.fold(i) {
	case "of", "for", "at", "to":
		if i+1 < len(v.words.List) && v.fold(i+1) == "the" {
			return 2
		}
		return 1
	}
	return 0
}

// and tells that the second title goes on the first: "foreign minister and deputy
// prime minister".
func (v *view) and(a, b *title) bool {
	if b.first == a.last+1 {
		return b.prefix && v.near(b.first)
	}
	if b.first != a.last+2 || !v.near(b.first) || !v.near(a.last+1) {
		return false
	}
	switch v.fold(a.last + 1) {
	case "and", "и", "و":
		return true
	}
	return false
}

// more adds what a further title says of the same person.
func (t *title) more(other title) {
	if !strings.Contains(t.name, other.name) {
		t.name += ", " + other.name
	}
	if t.country == "" {
		t.country = other.country
	}
	if t.body.kind == "" {
		t.body = other.body
	}
}

// withRoles gives names the titles that stand beside them, cuts off a title that
// the model has taken for part of the name, and finds names by the titles and
// given names before them. Titles that stand alone come back among the names, of
// the form FormRole; same finds out whose they are.
func (v *view) withRoles(names []named) []named {
	titles := v.titles(names)
	var found []named
	at := 0
	for k := range titles {
		t := &titles[k]
		for at < len(names) && names[at].last < t.first {
			at++
		}
		n := v.titled(names[at:], t)
		if n == nil && !v.linked(t.last) && t.last+1 < len(v.words.List) {
			if next, ok := v.nameAt(t.last+1, true); ok && !overlaps(names[at:], next.span) {
				found = append(found, next)
				n = &found[len(found)-1]
			}
		}
		if n == nil {
			continue
		}
		t.used = true
		all := *t
		if k > 0 && !titles[k-1].used && v.and(&titles[k-1], t) {
			titles[k-1].used = true
			all = titles[k-1]
			all.more(*t)
			all.last = t.last
		}
		v.give(n, all)
	}
	names = slices.DeleteFunc(names, func(n named) bool { return n.kind == "" })
	for _, tongue := range v.tongues {
		begins := uint32(1 << listGiven) // lists of the words that may begin a name
		switch tongue.language {
		case persian:
			begins |= 1 << listOrg
		case english:
		default:
			continue
		}
		for i := tongue.from; i < tongue.until; i++ {
			if v.tokens[i].list&begins == 0 {
				continue
			}
			if n, ok := v.nameAt(i, false); ok && (n.last > n.first || n.kind != TypePerson) {
				found = append(found, n)
				i = n.last
			}
		}
	}
	names = merge(names, found)
	v.behind(names, titles)
	return merge(outside(names, titles), v.alone(titles))
}

// titled gives the person among names whom a title stands before.
func (v *view) titled(names []named, t *title) *named {
	for i := 0; i < len(names) && names[i].first <= t.last+1; i++ {
		n := &names[i]
		if n.kind != TypePerson || n.known != nil {
			continue
		}
		if n.first <= t.last && n.last > t.last {
			n.first = t.last + 1 // the model took the title into the name
		}
		if n.first == t.last+1 && v.tokens[n.first].before == gapSpace {
			if v.linked(t.last) { // "head of the Red Crescent"
				n.kind = TypeOrganisation
				return nil
			}
			v.fatherNamed(names[i:])
			return n
		}
	}
	return nil
}

// outside leaves out people whom the model found in a title alone.
func outside(names []named, titles []title) []named {
	at := 0
	kept := names[:0]
	for _, n := range names {
		for at < len(titles) && titles[at].last < n.first {
			at++
		}
		if n.kind == TypePerson && at < len(titles) && titles[at].first <= n.first && titles[at].last >= n.last {
			continue
		}
		kept = append(kept, n)
	}
	return kept
}

// alone gives the titles that belong to no name and say that somebody is meant
// who is known: with an article, or with a country.
func (v *view) alone(titles []title) []named {
	var out []named
	for _, t := range titles {
		if t.used || t.name == "title" || !v.definite(&t) {
			continue
		}
		n := named{span: span{t.first, t.last, TypePerson, 0.6}, form: FormRole, role: t.name, country: t.country, body: t.body}
		if t.body.kind != "" || t.double { // the body is named in its own right; two are two persons
			n.first, n.last = t.core.first, t.core.last
		}
		out = append(out, n)
	}
	return out
}

// definite tells that a title alone means somebody in particular. Russian and
// Persian have no article.
func (v *view) definite(t *title) bool {
	w := &v.words.List[t.first]
	switch w.Script {
	case gazetteer.Latin:
		if t.country != "" || t.body.kind != "" && t.body.first < t.last && t.body.first == t.first {
			return t.first == 0 || v.fold(t.first-1) != "a" && v.fold(t.first-1) != "an"
		}
		return t.first > 0 && v.fold(t.first-1) == "the" && v.near(t.first)
	case gazetteer.Arabic:
		for i := t.first; i <= t.last; i++ {
			if v.words.List[i].Al {
				return true
			}
		}
		return t.country != "" || v.speaks(t.first) == persian
	}
	return true
}

func (v *view) give(n *named, t title) {
	n.score = min(0.97, n.score+0.2)
	if t.name != "title" && n.role == "" {
		n.role, n.country, n.body = t.name, t.country, t.body
	}
	n.why = append(n.why, "behind the words “"+v.text[v.words.List[t.first].Start:v.words.List[t.last].End]+"”")
}

// behind gives titles that follow a name and a comma: "Jaafari, Iraq's foreign
// minister,".
func (v *view) behind(names []named, titles []title) {
	at := 0
	for i := range names {
		n := &names[i]
		if n.kind != TypePerson || n.known != nil {
			continue
		}
		for at < len(titles) && titles[at].first <= n.last {
			at++
		}
		if n.role != "" {
			continue
		}
		if at >= len(titles) || titles[at].name == "title" || titles[at].used {
			continue
		}
		t := &titles[at]
		if t.first > n.last+2 || v.tokens[n.last+1].before != gapComma && v.tokens[n.last+1].before != gapOpen || t.first == n.last+2 && !v.near(t.first) {
			continue
		}
		if i+1 < len(names) && names[i+1].kind == TypePerson && names[i+1].first == t.last+1 && v.tokens[t.last+1].before == gapSpace {
			continue // the title is that of the next
		}
		t.used = true
		all := *t
		if at+1 < len(titles) && !titles[at+1].used && v.and(t, &titles[at+1]) {
			titles[at+1].used = true
			all.more(titles[at+1])
		}
		n.role, n.country, n.body = all.name, all.country, all.body
		n.why = append(n.why, "before the words “"+v.text[v.words.List[t.first].Start:v.words.List[t.last].End]+"”")
	}
}

// overlaps tells whether one of the names, which are in order, has a word of s.
func overlaps(names []named, s span) bool {
	for i := range names {
		if names[i].first > s.last {
			return false
		}
		if names[i].last >= s.first {
			return true
		}
	}
	return false
}

// merge puts further names, in order, among those that are there; a name that
// overlaps one there is left out.
func merge(names, more []named) []named {
	if len(more) == 0 {
		return names
	}
	slices.SortStableFunc(more, func(a, b named) int { return a.first - b.first })
	out := make([]named, 0, len(names)+len(more))
	next := 0
	for _, n := range names {
		for ; next < len(more) && more[next].first < n.first; next++ {
			if more[next].last < n.first && (len(out) == 0 || out[len(out)-1].last < more[next].first) {
				out = append(out, more[next])
			}
		}
		out = append(out, n)
	}
	for ; next < len(more); next++ {
		if len(out) == 0 || out[len(out)-1].last < more[next].first {
			out = append(out, more[next])
		}
	}
	return out
}
