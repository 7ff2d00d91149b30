package claims

import "entente/internal/centre"

// Near is the statement of a report that comes nearest to a claim. Its zero value
// says that none does.
type Near struct {
	No    int     // of the statement, from 1; 0 for none
	Score float64 // 0..1, on the scale of linking
}

// proposeScore is from where a statement is proposed for a claim when nothing else
// is known: in the middle between what is related and what is the same.
const proposeScore = (relatedScore + sameScore) / 2

// Proposed tells whether a person should be asked if the statement belongs to the
// claim. about is how likely its whole report is about the claim, 0..1; 0.5 where
// that is not known. It moves the threshold: a report that is surely about the
// claim proposes whatever is related to it, one that surely is not only what
// linking itself would take for the same.
func (n Near) Proposed(about float64) bool {
	return n.No > 0 && n.Score+(2*about-1)*(sameScore-proposeScore) >= proposeScore
}

// Nearest holds a claim, put by statement no of a report, against the statements
// of other reports as linking does, and gives the nearest of each. What is set
// apart from the claim by its numbers, its place or its modality is not near it,
// nor is opinion, nor what shares the day alone. Words count by how rare they are among these statements.
func Nearest(claim *centre.Draft, no int, others []*centre.Draft) []Near {
	l := New(Options{})
	nearest := make([]Near, len(others))
	of, ok := featuresOf(claim, no)
	if !ok {
		return nearest
	}
	l.join(1, of)
	type candidate struct {
		other int
		near  Near
		f     features
	}
	var list []candidate
	for i, d := range others {
		for k := range d.Statements {
			s := &d.Statements[k]
			if opinion(s) || s.Stance == centre.StanceDecline {
				continue
			}
			if f, ok := featuresOf(d, s.No); ok && !f.vague() {
				list = append(list, candidate{i, Near{No: s.No}, f})
				l.join(centre.ID(1+len(list)), f)
			}
		}
	}
	for _, c := range list {
		with := l.compare(&c.f, 0)
		if with.apart != "" || !with.near() || with.score <= nearest[c.other].Score {
			continue
		}
		nearest[c.other] = Near{c.near.No, min(1, with.score)}
	}
	return nearest
}

// featuresOf reads one statement of a report; ok is false where it says too little
// to be told from anything else.
func featuresOf(d *centre.Draft, no int) (f features, ok bool) {
	for i := range d.Statements {
		if s := &d.Statements[i]; s.No == no {
			r := read(d)
			r.timeless = true
			f, _ = r.features(s, 0)
			return f, len(f.terms) > 0
		}
	}
	return f, false
}
