package identity

import (
	"slices"
	"strings"
)

// Relation is how two names of people stand to one another.
type Relation int

// The relations, from what excludes one person to what suggests it most.
const (
	Apart   Relation = iota - 1 // other given names before one last name: brothers, a father and his son
	Nothing                     // no name in common
	Alike                       // one last name, and given names that differ in vowels, or in one consonant (Mohammed, Mahmoud; Laurent, Лоран)
	Given                       // a given name alone that the other has
	Last                        // a last name alone that the other has; or the same single word
	Initial                     // the last name and the first letter of the given name
	Part                        // one name goes on where the other ends (Saddam Hussein, Saddam Hussein al-Tikriti)
	Full                        // given and last name
)

// String gives the relation as a reason for a person.
func (r Relation) String() string {
	switch r {
	case Apart:
		return "other given names"
	case Alike:
		return "the same last name, and given names alike"
	case Given:
		return "the same given name"
	case Last:
		return "the same last name"
	case Initial:
		return "the same last name and initial"
	case Part:
		return "one name is part of the other"
	case Full:
		return "the same name"
	}
	return "no name in common"
}

// Relate compares two names of people.
func Relate(a, b Name) Relation {
	x, y := core(a.Words), core(b.Words)
	if len(x) > len(y) {
		x, y = y, x
	}
	switch {
	case len(x) == 0:
		return Nothing
	case len(x) == 1:
		return single(&x[0], y)
	}
	first, last := &x[0], &x[len(x)-1]
	otherFirst, otherLast := &y[0], &y[len(y)-1]
	sameFirst, sameLast := first.like(otherFirst) >= alike, last.like(otherLast) >= alike
	switch {
	case sameFirst && sameLast:
		return between(a.Words, b.Words)
	case sameLast && initialOf(first, otherFirst):
		return Initial
	case sameLast && joined(x, y):
		return Full
	case sameLast && (first.like(otherFirst) > 0 || near(first, otherFirst)):
		return Alike
	case sameLast && len(x) == 2 && len(y) == 2 && !first.Initial && !otherFirst.Initial:
		return Apart
	case first.like(otherLast) >= alike && last.like(otherFirst) >= alike:
		return Full // the other order: "Песков Дмитрий"
	case sameLast:
		return Apart
	case sameFirst && len(x) < len(y) && begins(x, y):
		return Part
	case sameFirst && len(x) == len(y) && len(x) == 2:
		return Nothing // a given name that many have
	}
	return Nothing
}

// near tells that two words begin with the same consonant and differ in one.
func near(a, b *Word) bool {
	if a.Initial || b.Initial {
		return false
	}
	for _, x := range a.Keys {
		for _, y := range b.Keys {
			if min(len(x), len(y)) >= 3 && x[0] == y[0] && oneApart(x, y) {
				return true
			}
		}
	}
	return false
}

// oneApart tells that one letter changed, left out or added makes y of x.
func oneApart(x, y string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) == len(y) {
		return i == len(x) || x[i+1:] == y[i+1:]
	}
	return x[i:] == y[i+1:]
}

// joined tells that one name writes in two words what the other writes in one:
// Mohammad Javad, محمدجواد.
func joined(x, y []Word) bool {
	if len(x) == len(y) || len(y) < 3 {
		return false
	}
	for _, a := range y[0].Keys {
		for _, b := range y[1].Keys {
			if slices.Contains(x[0].Keys, a+strings.TrimPrefix(b, "_")) {
				return true
			}
		}
	}
	return false
}

// core leaves Russian patronymics out where a given and a last name remain.
func core(words []Word) []Word {
	if len(words) < 3 {
		return words
	}
	for i := 1; i < len(words); i++ {
		if words[i].Patronymic && isRussian(words[i].Text) {
			out := make([]Word, 0, len(words)-1)
			return append(append(out, words[:i]...), words[i+1:]...)
		}
	}
	return words
}

// isRussian tells that a patronymic is one by its ending, not behind "bin".
func isRussian(text string) bool { return patronymic([]rune(text)) }

func single(w *Word, name []Word) Relation {
	switch {
	case w.Initial:
		return Nothing
	case w.like(&name[len(name)-1]) >= alike:
		return Last
	case w.like(&name[0]) >= alike:
		return Given
	}
	return Nothing
}

// initialOf tells that one of two words is the first letter of the other, in
// one script.
func initialOf(a, b *Word) bool {
	if !a.Initial && !b.Initial {
		return false
	}
	x, y := []rune(a.Text), []rune(b.Text)
	return len(x) > 0 && len(y) > 0 && x[0] == y[0]
}

// begins tells that all words of x stand at the beginning of y, in order.
func begins(x, y []Word) bool {
	for i := range x {
		if x[i].like(&y[i]) < alike {
			return false
		}
	}
	return true
}

// between looks at what stands between given and last name: two who both have
// something there, and nothing in common, are two people (George W. Bush, George
// H. W. Bush; Иван Петрович, Иван Сергеевич).
func between(a, b []Word) Relation {
	x, y := a[1:len(a)-1], b[1:len(b)-1]
	if len(x) == 0 || len(y) == 0 {
		return Full
	}
	for i := range x {
		for j := range y {
			if x[i].Initial || y[j].Initial {
				if i == j && len(x) == len(y) && initialOf(&x[i], &y[j]) {
					return Full
				}
				continue
			}
			if x[i].like(&y[j]) >= alike {
				return Full
			}
		}
	}
	return Apart
}
