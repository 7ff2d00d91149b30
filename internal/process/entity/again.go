package entity

import (
	"entente/internal/entities"
	"entente/internal/gazetteer"
)

// withShort adds bodies that are named without their state: "the Foreign
// Ministry", "МИД". Which state's they are, same may find out.
func (v *view) withShort(names []named) []named {
	var found []named
	at, said := 0, 0
	for i := 0; i < len(v.words.List); i++ {
		if v.tokens[i].begins&beginsBody == 0 {
			continue
		}
		m, ok := v.k.bodies.Find(v.values, v.text, &v.words, i)
		if !ok {
			continue
		}
		v.values = m.Values
		for at < len(names) && names[at].last < i {
			at++
		}
		slug := v.k.slugs[m.Values[0]]
		for said < len(v.said) && (v.said[said].last < i || v.said[said].value>>16 != phraseRole) {
			said++
		}
		if said < len(v.said) && v.said[said].first <= m.Last {
			continue // part of a role: "وزير الخارجية"
		}
		if overlaps(names[at:], span{first: i, last: m.Last}) {
			for k := at; k < len(names) && names[k].first <= m.Last; k++ {
				if n := &names[k]; n.known == nil && n.kind == TypeOrganisation && n.first <= i && n.last >= m.Last && m.Last-i >= n.last-n.first-1 {
					n.slug = slug
				}
			}
		} else {
			found = append(found, named{span: span{i, m.Last, TypeOrganisation, 0.7}, slug: slug, why: []string{"a ministry, without its state"}})
		}
		i = m.Last
	}
	return merge(names, found)
}

// outlets are what Arabic puts right before the name of a newspaper, a magazine or a
// channel, in folded form.
var outlets = map[string]bool{"صحيفه": true, "جريده": true, "مجله": true, "قناه": true}

// withOutlets adds Arabic outlets of which the model did not know the name: "صحيفة
// الصباح". A word with the article right behind one without is no adjective of it.
func (v *view) withOutlets(names []named) []named {
	var found []named
	at := 0
	for i := 0; i+1 < len(v.words.List); i++ {
		w, next := &v.words.List[i], &v.words.List[i+1]
		if w.Script != gazetteer.Arabic || w.Al || !next.Al || !outlets[v.fold(i)] {
			continue
		}
		for at < len(names) && names[at].last < i {
			at++
		}
		one := span{i, i + 1, TypeOrganisation, 0.6}
		if gap := v.tokens[i+1].before; (gap == gapSpace || gap == gapQuote) && v.tokens[i+1].state == 0 && !overlaps(names[at:], one) {
			found = append(found, named{span: one, why: []string{"an outlet with its name"}})
		}
	}
	return merge(names, found)
}

// Stateless tells whether a name is that of a body that every state has, without
// its state: "Foreign Ministry". Whose it is, its text may say and the name does
// not.
func Stateless(name string) bool {
	k, err := loadKnowledge()
	if err != nil {
		return false // a test loads it
	}
	var w gazetteer.Words
	w.Scan(name)
	if len(w.List) == 0 {
		return false
	}
	m, ok := k.bodies.Find(nil, name, &w, 0)
	return ok && m.Last == len(w.List)-1
}

// withAcronyms reads the acronyms that the text introduces, in brackets behind
// the long name or before it, and finds where they stand again.
func (v *view) withAcronyms(names []named) []named {
	list := v.words.List
	defined := map[uint32]int{} // of the folded word: a name that it stands for
	for i := range names {
		n := &names[i]
		if n.kind != TypeOrganisation || n.last == n.first && n.known == nil {
			continue
		}
		if k := n.last + 1; k < len(list) && v.tokens[k].before == gapOpen && v.brief(k) && (k+1 >= len(list) || v.closes(k)) {
			n.acronym = k
		} else if k := n.first - 1; k >= 0 && v.tokens[n.first].before == gapOpen && list[k].AllUpper && v.initials(n.span) == v.fold(k) {
			n.acronym = k
		} else {
			continue
		}
		defined[v.tokens[n.acronym].fold] = i
	}
	if len(defined) == 0 {
		return names
	}
	var found []named
	at := 0
	for i := range list {
		if _, ok := defined[v.tokens[i].fold]; !ok || !v.brief(i) {
			continue
		}
		for at < len(names) && names[at].last < i {
			at++
		}
		one := span{i, i, TypeOrganisation, 0.8}
		if at < len(names) && names[at].first == i && names[at].last == i && names[at].known == nil {
			names[at].kind = TypeOrganisation
		} else if !overlaps(names[at:], one) {
			found = append(found, named{span: one, why: []string{"an acronym that the text explains"}})
		}
	}
	return merge(names, found)
}

// brief tells that word i looks like an acronym; Arabic script shows none.
func (v *view) brief(i int) bool {
	w := &v.words.List[i]
	if w.Script == gazetteer.Arabic {
		return w.Runes <= 6 && !v.persianPlural(i)
	}
	return w.AllUpper && w.Runes >= 2 && w.Runes <= 8
}

// persianPlural tells that word i has a role or a country in it and no acronym.
func (v *view) persianPlural(i int) bool { return v.tokens[i].state != 0 || v.placed(i) }

// closes tells that a bracket closes right behind word i.
func (v *view) closes(i int) bool {
	for _, r := range v.text[v.words.List[i].End:v.words.List[i+1].Start] {
		switch r {
		case ')', ']':
			return true
		case '"', '»', '”', '.':
		default:
			return false
		}
	}
	return false
}

// again marks and finds the last names of people whom the text names in full and the model
// did not find where they stand alone.
func (v *view) again(names []named) []named {
	last := map[uint32]bool{}
	for i := range names {
		n := &names[i]
		if n.kind != TypePerson || n.known != nil || n.form != "" || n.first == n.last {
			continue
		}
		if w := &v.words.List[n.last]; w.Runes >= 4 && !w.Digits {
			last[v.tokens[n.last].bare], last[v.tokens[n.last].fold] = true, true
		}
	}
	if len(last) == 0 {
		return names
	}
	var found []named
	at := 0
	for i := range v.words.List {
		if !last[v.tokens[i].bare] && !last[v.tokens[i].fold] {
			continue
		}
		for at < len(names) && names[at].last < i {
			at++
		}
		w := &v.words.List[i]
		one := span{i, i, TypePerson, 0.55}
		if at < len(names) && names[at].first == i && names[at].last == i && names[at].kind == TypePerson {
			names[at].fuller = true
			continue
		}
		if at < len(names) && names[at].first == i && names[at].last == i && names[at].kind == TypeOrganisation && names[at].known == nil && names[at].slug == "" && !w.AllUpper {
			names[at].kind, names[at].fuller = TypePerson, true
			names[at].why = []string{"the last name of a person whom the text names"}
			continue
		}
		if w.Script != gazetteer.Arabic && !w.Upper || w.Script == gazetteer.Arabic && v.tokens[i].state != 0 || overlaps(names[at:], one) || v.joins(i) {
			continue
		}
		found = append(found, named{span: one, fuller: true, why: []string{"the last name of a person whom the text names"}})
	}
	return merge(names, found)
}

// joins tells that word i goes on with a further capital, or follows one: then
// it is part of another name ("Lavrov Street").
func (v *view) joins(i int) bool {
	list := v.words.List
	if list[i].Script == gazetteer.Arabic {
		return false
	}
	next := i+1 < len(list) && list[i+1].Upper && entities.Joined(v.text[list[i].End:list[i+1].Start]) && v.tokens[i+1].before == gapSpace
	before := i > 0 && list[i-1].Upper && v.tokens[i].before == gapSpace && !v.opens(i-1)
	return next || before
}
