package event

// reachNobody is how many words stand at most between "no one" and what did not
// befall them; the Persian verb comes last.
const reachNobody, reachNobodyPersian = 5, 15

// spare finds the words for dead and hurt that befell nobody, and the "not" that
// is theirs alone: where nobody was killed in an explosion, there was one.
func (s *sentence) spare() {
	for i := range s.tokens {
		t := &s.tokens[i]
		switch {
		case t.sense&unhurt != 0: // its own words speak of the victims alone
			for k := i; k < min(len(s.tokens), i+int(t.words)); k++ {
				if s.tokens[k].sense&(not|killed|injured) != 0 {
					s.tokens[k].spared = int16(i + 1)
				}
			}
		case t.sense&nobody != 0:
			s.spareAt(i)
		}
	}
}

// spareAt finds what did not befall the nobody at word i: "no one was killed",
// "никто не погиб", "لم يقتل أحد", "کسی ... کشته نشد".
func (s *sentence) spareAt(i int) {
	reach := reachNobody
	if s.v.persian {
		reach = reachNobodyPersian
	}
	for k := max(0, i-reach); k < min(len(s.tokens), i+reach+1); k++ {
		t := &s.tokens[k]
		if t.sense&(killed|injured) == 0 || t.clause != s.tokens[i].clause {
			continue
		}
		from, until := k-2, k // where its "not" stands
		switch {
		case s.v.persian:
			from, until = k+1, k+3
		case !s.v.arabic && !s.v.russian:
			from, until = i, i+1
			if k < i || !s.auxiliaries(i+int(s.tokens[i].words), k) {
				continue
			}
		}
		for n := max(0, from); n < min(len(s.tokens), until); n++ {
			if x := &s.tokens[n]; x.sense&not != 0 && (x.spared == 0 || n == i) {
				x.spared, t.spared = int16(i+1), int16(i+1)
				s.tokens[i].spared = int16(i + 1)
				break
			}
		}
		if t.spared != 0 && s.v.persian {
			for n := i; n <= i+1 && n < k; n++ { // the "no" of "no one"
				s.tokens[n].spared = int16(i + 1)
			}
		}
	}
}

// auxiliaries tells that nothing but them stands at words [from, until): who
// "knows who was killed" is not dead.
func (s *sentence) auxiliaries(from, until int) bool {
	for k := from; k < until; k++ {
		if s.tokens[k].sense&passive != 0 {
			continue
		}
		switch s.word(k) {
		case "has", "have", "had", "else", "yet":
		default:
			return false
		}
	}
	return true
}
