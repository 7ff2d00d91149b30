package corroborate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"entente/internal/centre"
)

// maxAlike is of how many names each is held against each.
const maxAlike = 200

// speakers finds speakers that are one under different names: those that the
// texts resolved to one entity, whose names are alike, and those at the same place
// of a text and of its translation, where a name may be spelled in another script.
// A translation confirms nothing (DOMAIN.md section 3).
func (j *judge) speakers() {
	one := union{}
	for _, v := range j.all {
		a := v.origin.agent
		for _, e := range []string{a.Entity, a.Of} { // a body and who speaks for it are one voice
			if v.speaks() && e != "" && !strings.HasPrefix(e, "#") {
				one.join(v.origin.key, "entity "+e)
			}
		}
	}
	j.rename(one)
	byKey := map[string]centre.Agent{}
	for _, v := range j.all {
		if _, known := byKey[v.origin.key]; v.speaks() && !known && len(byKey) < maxAlike {
			byKey[v.origin.key] = v.origin.agent
		}
	}
	keys := slices.Sorted(maps.Keys(byKey))
	for i, a := range keys {
		for _, b := range keys[:i] {
			if j.Alike(byKey[a], byKey[b]) {
				one.join(a, b)
			}
		}
	}
	j.rename(one)
	for _, reports := range j.translated() {
		for _, other := range reports[1:] {
			for _, side := range []centre.Side{centre.InFavour, centre.Against} {
				pair(one, speakersIn(reports[0], side), speakersIn(other, side))
			}
		}
	}
	j.rename(one)
}

// countries gives speakers whose text does not say for which country they speak the
// one that other texts say, where these agree.
func (j *judge) countries() {
	said := map[string]map[string]bool{}
	for _, v := range j.all {
		if v.speaks() && v.origin.country != "" {
			put(said, v.origin.key, v.origin.country)
		}
	}
	for _, v := range j.all {
		if country, ok := single(said[v.origin.key]); ok && v.speaks() && v.origin.country == "" {
			v.origin.country = country
		}
	}
}

func (j *judge) rename(one union) {
	for _, v := range j.all {
		if v.speaks() {
			v.origin.key = one.find(v.origin.key)
		}
	}
}

// speaks tells whether a statement goes back to a speaker known by name.
func (v *voice) speaks() bool { return strings.HasPrefix(v.origin.key, keyAgent) }

// translated gives the texts that stand here in translation: of each, the
// statements of its reports, first those of the original where it is here.
func (j *judge) translated() [][][]*voice {
	texts := map[string]map[centre.ID][]*voice{}
	translated := map[string]bool{}
	for _, v := range j.all {
		text := v.text
		if texts[text] == nil {
			texts[text] = map[centre.ID][]*voice{}
		}
		texts[text][v.Carrier.Report] = append(texts[text][v.Carrier.Report], v)
		translated[text] = translated[text] || v.Carrier.Translation != 0
	}
	var list [][][]*voice
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		if !translated[text] || len(texts[text]) < 2 {
			continue
		}
		reports := slices.SortedFunc(maps.Values(texts[text]), func(a, b []*voice) int {
			return cmp.Or(boolean(a[0].Carrier.Translation != 0)-boolean(b[0].Carrier.Translation != 0), cmp.Compare(a[0].Carrier.Report, b[0].Carrier.Report))
		})
		first := reports[0][0]
		// A copy in the same language spells names alike.
		reports = slices.DeleteFunc(reports, func(r []*voice) bool {
			return r[0].Carrier.Report != first.Carrier.Report && r[0].Carrier.Translation == 0 && r[0].Language == first.Language
		})
		list = append(list, reports)
	}
	return list
}

// speakersIn gives the speakers of one side in a report, distinct, each with all
// that it says there, in the order of the text.
func speakersIn(report []*voice, side centre.Side) [][]*voice {
	report = slices.Clone(report)
	slices.SortStableFunc(report, func(a, b *voice) int {
		return cmp.Or(cmp.Compare(a.Ref.Version, b.Ref.Version), cmp.Compare(a.Ref.No, b.Ref.No))
	})
	var list [][]*voice
	at := map[string]int{}
	for _, v := range report {
		if v.side != side || !v.speaks() {
			continue
		}
		if i, ok := at[v.origin.key]; ok {
			list[i] = append(list[i], v)
			continue
		}
		at[v.origin.key] = len(list)
		list = append(list, []*voice{v})
	}
	return list
}

// pair makes the speakers of a translation those of its original. Those whose
// names agree already are; the others are by their place in the text, where
// there are as many. Where there are not, each is presumed to be one of the
// original's in what it says here, and nowhere else.
func pair(one union, original, translation [][]*voice) {
	key := func(voices []*voice) string { return one.find(voices[0].origin.key) }
	lacking := func(of, in [][]*voice) [][]*voice {
		known := map[string]bool{}
		for _, s := range in {
			known[key(s)] = true
		}
		return slices.DeleteFunc(slices.Clone(of), func(s []*voice) bool { return known[key(s)] })
	}
	here, there := lacking(original, translation), lacking(translation, original)
	switch {
	case len(original) == 0 || len(there) == 0:
	case len(here) == len(there):
		for i := range here {
			one.join(key(here[i]), key(there[i]))
		}
	default:
		if len(here) == 0 {
			here = original
		}
		for i, s := range there {
			for _, v := range s {
				v.origin.key = here[min(i, len(here)-1)][0].origin.key
				v.presumed = true
			}
		}
	}
}
