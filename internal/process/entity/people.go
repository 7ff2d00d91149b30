package entity

import (
	"entente/internal/gazetteer"
)

// people divides what the model takes for one person where that is more than a
// name. The English data mark descriptions together with names ("Kremlin
// spokesman Dmitry Peskov"), and models take neighbours for one. A name ends at a
// role, and in Latin and Cyrillic letters at a word without a capital that names
// do not have.
func (v *view) people(s span) []span {
	if s.kind != TypePerson || s.first == s.last {
		return []span{s}
	}
	var out []span
	begin := s.first
	role := 0
	flush := func(end int, beforeRole bool) {
		for begin <= end && v.small(begin) {
			begin++
		}
		for end >= begin && v.small(end) {
			end--
		}
		if begin > end || beforeRole && v.describes(begin, end) {
			return
		}
		for end+1 < len(v.words.List) && v.words.List[end+1].Hyphen && v.words.List[end+1].Upper {
			end++ // "Mohammed al" and "Ghabban"
		}
		out = append(out, span{begin, end, s.kind, s.score})
	}
	for i := s.first; i <= s.last; i++ {
		for role < len(v.said) && (v.said[role].last < i || v.said[role].value>>16 != phraseRole) {
			role++
		}
		if role < len(v.said) && v.said[role].first == i && !v.servant(i) {
			flush(i-1, true)
			i = v.said[role].last
			begin = i + 1
			continue
		}
		w := &v.words.List[i]
		if w.Script != gazetteer.Arabic && !w.Upper && !w.Digits && !noble[string(v.words.Fold[w.From:w.To])] {
			flush(i-1, false)
			begin = i + 1
		}
	}
	flush(s.last, false)
	return out
}

// surnamed lengthens a person's name by an Arabic surname with its article right
// behind it, which models leave out now and then: "Nawfal" and "al-Agoub".
func (v *view) surnamed(s span) span {
	article, surname := s.last+1, s.last+2
	if s.kind != TypePerson || surname >= len(v.words.List) || v.tokens[article].before != gapSpace {
		return s
	}
	if w := &v.words.List[surname]; !w.Hyphen || !w.Upper {
		return s
	}
	switch v.fold(article) {
	case "al", "el":
		s.last = surname
	}
	return s
}

// small tells that word i has no capital, in a script that has them.
func (v *view) small(i int) bool {
	w := &v.words.List[i]
	return w.Script != gazetteer.Arabic && !w.Upper && !w.Digits && !noble[string(v.words.Fold[w.From:w.To])]
}

// servant tells that word i follows "عبد": then it is part of a name.
func (v *view) servant(i int) bool { return i > 0 && v.fold(i-1) == "عبد" }

// describes tells that the words before a role say where it is held: a state or
// a body.
func (v *view) describes(first, last int) bool {
	if v.tokens[last].list&(1<<listOrg) != 0 {
		return true
	}
	for i := first; i <= last; i++ {
		if v.tokens[i].state == 0 && !v.claimed(i) {
			return false
		}
	}
	return true
}

// linked tells that word i joins a title to the body that it is held in: what
// follows "head of the" is nobody.
func (v *view) linked(i int) bool {
	switch v.fold(i) {
	case "of", "for", "the":
		return true
	}
	return false
}

// fatherNamed lengthens the first of names, which stands behind a title, where it
// is one word: by the name right behind it that the model has taken for another
// person's ("Адель" and "Абдель Махди"), and a given name in Arabic letters by the
// next word.
func (v *view) fatherNamed(names []named) {
	n := &names[0]
	if n.first != n.last {
		return
	}
	next := n.last + 1
	if len(names) > 1 && names[1].first <= next {
		if o := &names[1]; o.kind == TypePerson && o.known == nil && o.first == next && v.tokens[next].before == gapSpace {
			n.last, o.kind = o.last, ""
		}
		return
	}
	if v.words.List[n.first].Script == gazetteer.Arabic && v.tokens[n.first].list&(1<<listGiven) != 0 && v.goesOn(next) {
		n.last = next
	}
}
