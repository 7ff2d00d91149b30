package entity

import (
	"slices"
	"strings"

	"entente/internal/gazetteer"
)

// nameAt takes the name of a person that begins at word i by rules, where the
// model has found none: capitals in Latin and Cyrillic letters, given names in
// Arabic ones. In Persian an organisation, too, by its first word.
func (v *view) nameAt(i int, afterRole bool) (named, bool) {
	n := named{span: span{i, i, TypePerson, 0.55}, why: []string{"a given name"}}
	list := v.words.List
	w := &list[i]
	if afterRole && v.tokens[i].before != gapSpace || v.claimed(i) || pronoun[v.fold(i)] {
		return n, false
	}
	if w.Script != gazetteer.Arabic {
		if !w.Upper || w.AllUpper || w.Digits || v.opens(i) && (afterRole || v.tokens[i].list&(1<<listGiven) == 0) {
			return n, false
		}
		for n.last+1 < len(list) && n.last < i+3 && list[n.last+1].Upper && !list[n.last+1].AllUpper && (v.tokens[n.last+1].before == gapSpace || v.tokens[n.last+1].before == gapHyphen) && !v.claimed(n.last+1) {
			n.last++
		}
		if afterRole {
			n.why[0] = "capitals"
		}
		return n, !v.placed(i) || v.tokens[i].list&(1<<listGiven) != 0
	}
	if !afterRole && v.tokens[i].list&(1<<listOrg) != 0 {
		if !bodies[string(v.words.Fold[w.From:w.To])] || !v.goesOn(i+1) {
			return n, false
		}
		n.kind, n.last, n.why[0] = TypeOrganisation, i+1, "a word that begins names of organisations"
		return n, true
	}
	if list := v.tokens[i].list; list&(1<<listGiven) == 0 || !afterRole && list&(1<<listLoc) != 0 { // بندر is a port
		return n, false
	}
	for v.goesOn(n.last+1) && n.last < i+3 {
		n.last++
		if v.tokens[n.last].list&(1<<listGiven) == 0 {
			if v.surname(n.last) && v.speaks(n.last) == persian && v.goesOn(n.last+1) && v.surname(n.last+1) {
				n.last++ // two surnames: "جابری انصاری"
			}
			break
		}
	}
	return n, n.last > i || afterRole
}

// surname tells that a Persian word has the ending of surnames.
func (v *view) surname(i int) bool {
	w := &v.words.List[i]
	return w.Runes >= 4 && strings.HasSuffix(string(v.words.Fold[w.From:w.To]), "ي")
}

// bodies are Persian words whose next word is a name. They are keys.
var bodies = map[string]bool{gazetteer.Key("دانشگاه"): true, gazetteer.Key("حزب"): true, gazetteer.Key("شرکت"): true,
	gazetteer.Key("خبرگزاری"): true, gazetteer.Key("روزنامه"): true, gazetteer.Key("جنبش"): true}

// goesOn tells that a name in Arabic letters may go on with word i.
func (v *view) goesOn(i int) bool {
	if i >= len(v.words.List) || v.tokens[i].before != gapSpace || v.claimed(i) {
		return false
	}
	w, t := &v.words.List[i], &v.tokens[i]
	if v.verbal(i) {
		return false
	}
	return w.Script == gazetteer.Arabic && w.Runes >= 3 && t.list&^(1<<listGiven) == 0 && t.state == 0 && !particle[string(v.words.Fold[w.From:w.To])]
}

// verbal tells that a Persian word with a half space in it is a verb: می‌کند,
// باخته‌اند.
func (v *view) verbal(i int) bool {
	w := &v.words.List[i]
	if w.Cut == 0 || w.Script != gazetteer.Arabic {
		return false
	}
	switch string(v.words.Fold[w.From:w.Cut]) {
	case "مي", "نمي":
		return true
	}
	switch string(v.words.Fold[w.Cut:w.To]) {
	case "اند", "است", "ام", "ايم", "ايد":
		return true
	}
	return false
}

// particle are words of Arabic and Persian, as keys, that no name goes on with.
var particle = func() map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq("است بود شد را که این آن برای بین روز امروز دیروز نیز هم در از به با تا بر و یا اگر چون پس پیش هنوز همه هر یک دو سه چند خود کرد کرده شده باشد خواهد کند می نمی درباره گفته داد دارد باخت باختند سپرد سپردند سالم ضمن طی پیرامون علیه همراه مورد سال ماه هفته ساعت گذشته آینده جدید سابق فعلی اسلامی ملی های ها ای من ما شما او آنها ایشان بیان دیدار سفر وارد عنوان اینکه کشور جلسه نشست خبر قرار دست سوی جهت نسبت پاسخ " +
		"في من إلى على عن مع أن إن ان هذا هذه التي الذي كان كانت قد لا لم لن ما هو هي بعد قبل خلال أمس اليوم حول ضد بين عند منذ حتى أيضا وقال قال أعلن الذين إنه أنه") {
		m[gazetteer.Key(word)] = true
	}
	return m
}()

// claimed tells that word i is part of a known entity's name.
func (v *view) claimed(i int) bool {
	k, ok := slices.BinarySearchFunc(v.found, i, func(f finding, i int) int {
		switch {
		case f.last < i:
			return -1
		case f.first > i:
			return 1
		}
		return 0
	})
	return ok && v.k.set.At(int(v.found[k].value)).Kind != "office"
}
