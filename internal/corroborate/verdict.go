package corroborate

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/centre"
)

// settle lets who changed sides stand where it spoke last. A party that first
// denied and then admits is heard against its interest (rule 5).
func (j *judge) settle(favour, against []*root) {
	for _, f := range favour {
		for _, a := range against {
			if f.Unknown || f.key != a.key || f.State != centre.RootStands || a.State != centre.RootStands {
				continue
			}
			switch {
			case !f.first.IsZero() && f.first.After(a.last):
				a.State = centre.RootRetracted
				a.Why = append(a.Why, "It has since said the opposite.")
				if f.Party {
					f.Party = false
					f.Why = append(f.Why, "It denied this before and now admits it: an admission against interest weighs more than a party's word.")
				}
			case !a.first.IsZero() && a.first.After(f.last):
				f.State = centre.RootRetracted
				f.Why = append(f.Why, "It has since said the opposite.")
			}
		}
	}
}

// time sets denials aside that were uttered before what they would rebut: all
// of it, or the word of a party with authority.
func (j *judge) time(favour, against []*root) {
	for _, a := range against {
		if a.State != centre.RootStands || a.last.IsZero() {
			continue
		}
		before, all, confirmed := 0, 0, false
		for _, f := range favour {
			if f.State != centre.RootStands {
				continue
			}
			all++
			if !f.first.IsZero() && !a.last.After(f.first) {
				before++
			}
			confirmed = confirmed || slices.ContainsFunc(f.voices, func(v *voice) bool {
				return v.Stance == centre.StanceConfirm && !v.from.IsZero() && !a.last.After(v.from)
			})
		}
		if all > 0 && (before == all || confirmed) {
			a.State = centre.RootEarlier
			a.Why = append(a.Why, "It was uttered before what it would rebut: an earlier denial cannot rebut a later announcement.")
		}
	}
}

// independence marks the roots that are certainly of different origin. Of those
// that talk for one government or belong to one state, one counts.
func (j *judge) independence(roots []*root) {
	taken := map[string]*root{}
	for _, r := range roots {
		if r.State != centre.RootStands || r.Unknown || r.Reliability == centre.NotUsuallyReliable || r.Reliability == centre.Unreliable {
			continue
		}
		if r.talks != "" {
			if first := taken[r.talks]; first != nil {
				r.Why = append(r.Why, fmt.Sprintf("It speaks for %s as %s does: the two are not certainly independent.", r.talks, first.Name))
				continue
			}
			taken[r.talks] = r
		}
		r.Independent = true
	}
}

func (j *judge) confirmers(favour []*root) []string {
	names := map[string]bool{}
	for _, r := range favour {
		if r.State == centre.RootStands && slices.ContainsFunc(r.voices, func(v *voice) bool { return v.Stance == centre.StanceConfirm && !v.dropped }) {
			names[r.Name] = true
		}
	}
	return sorted(names)
}

// verdict is the status, the grade and the counts that they rest on.
type verdict struct {
	status                       centre.ClaimStatus
	suggestion                   centre.Suggestion
	favour, against, independent int
}

// side sums up the roots of one side that stand.
type side struct {
	roots       []*root
	independent int
	reliable    bool // one at least of the independent ones is A to C
	parties     bool // all are parties
	known       bool // one at least is not unknown
	knownOnes   bool // all that are known are parties
	retracted   int
}

func sumUp(roots []*root) side {
	s := side{parties: true, knownOnes: true}
	for _, r := range roots {
		switch r.State {
		case centre.RootRetracted:
			s.retracted++
		case centre.RootStands:
			s.roots = append(s.roots, r)
			s.parties = s.parties && r.Party
			s.known = s.known || !r.Unknown
			s.knownOnes = s.knownOnes && (r.Unknown || r.Party)
			if r.Independent {
				s.independent++
				s.reliable = s.reliable || r.Reliability >= centre.CompletelyReliable && r.Reliability <= centre.FairlyReliable
			}
		}
	}
	return s
}

// verdict applies the rules of DOMAIN.md section 3.
func (j *judge) verdict(favour, against []*root) verdict {
	f, a := sumUp(favour), sumUp(against)
	out := verdict{favour: len(f.roots), against: len(a.roots), independent: f.independent}
	s := &out.suggestion
	s.Why = []string{}
	why := func(format string, args ...any) { s.Why = append(s.Why, fmt.Sprintf(format, args...)) }
	s.Grade.Reliability = reliabilityOf(f.roots)
	if s.Grade.Reliability == centre.ReliabilityNotJudged {
		why("Rule 7: nobody has judged how far its sources can be relied on, so reliability is F, which means unknown.")
	} else {
		why("Rule 7: reliability %c is the standing one of its best source; no single report changes it.", s.Grade.Reliability)
	}
	if len(f.roots) == 0 {
		s.Grade.Credibility = centre.CredibilityNotJudged
		switch {
		case f.retracted > 0:
			out.status, s.Rule = centre.ClaimRetracted, 6
			why("Rule 6: whoever stood behind it has taken it back; nothing is left to judge it by: 6.")
		default:
			out.status, s.Rule = centre.ClaimUnverified, 1
			why("Rule 1: nobody is on record as saying it, so there is nothing to judge: 6.")
		}
		return out
	}
	s.Grade.Credibility, s.Rule = j.support(f, why)
	out.status = centre.ClaimUnverified
	if f.independent >= 2 && !f.parties {
		out.status = centre.ClaimCorroborated
	}
	if f.retracted > 0 {
		why("Rule 6: %d of its roots %s taken back and %s not counted.", f.retracted, were(f.retracted, "was", "were"), were(f.retracted, "is", "are"))
	}
	if len(a.roots) > 0 {
		out.status = centre.ClaimContested
		j.contradict(f, a, &out, why)
	}
	return out
}

// support is rules 1 to 3: what the roots in favour give.
func (j *judge) support(f side, why func(string, ...any)) (centre.Credibility, int) {
	n, reports := len(f.roots), map[centre.ID]bool{}
	for _, r := range f.roots {
		for _, v := range r.voices {
			reports[v.Carrier.Report] = true
		}
	}
	switch {
	case n == 1 && len(reports) > 1:
		why("Rule 2: %d reports go back to one root: repetition confirms nothing, and it stays possible: 3.", len(reports))
		return centre.PossiblyTrue, 2
	case n == 1 && j.comparable:
		why("Rule 1: one root, nothing that conflicts, and other claims on the matter to hold it against: 3.")
		return centre.PossiblyTrue, 1
	case n == 1:
		why("Rule 1: one root, and nothing to hold it against: 6, which means unknown.")
		return centre.CredibilityNotJudged, 1
	case f.parties:
		why("Rule 3: %d roots, but all are parties to the matter, which rule 3 does not let confirm one another: 2. An analyst may set 1.", n)
		return centre.ProbablyTrue, 3
	case f.known && f.knownOnes:
		why("Rule 3: %d roots; those that are known are parties to the matter, and nobody can tell of the other: 2. An analyst may set 1.", n)
		return centre.ProbablyTrue, 3
	case f.independent < 2:
		why("Rule 2: %d roots whose independence is not certain: at most 2.", n)
		return centre.ProbablyTrue, 2
	case !f.reliable:
		why("Rule 3: %d certainly independent roots, but none that is known to be reliable (A to C): 2.", f.independent)
		return centre.ProbablyTrue, 3
	}
	why("Rule 3: %d certainly independent roots, none D or E, one at least A to C, not all parties: 1.", f.independent)
	return centre.Confirmed, 3
}

// contradict is rules 4 and 5: what the roots against take away.
func (j *judge) contradict(f, a side, out *verdict, why func(string, ...any)) {
	s := &out.suggestion
	if name, ok := authority(a.roots); ok {
		out.status, s.Grade.Credibility, s.Rule = centre.ClaimRefuted, centre.Improbable, 4
		why("Rule 4: %s, with authority over the matter, contradicts it: 5.", name)
		return
	}
	if a.independent >= 2 && !a.parties && a.reliable && (f.independent < 2 || !f.reliable) {
		out.status, s.Grade.Credibility, s.Rule = centre.ClaimRefuted, centre.Improbable, 4
		why("Rule 4: %d certainly independent roots contradict it, more than stand behind it: 5.", a.independent)
		return
	}
	known := slices.ContainsFunc(f.roots, func(r *root) bool { return !r.Unknown })
	var weighty, interested []string
	for _, r := range a.roots {
		switch {
		case r.Party:
			interested = append(interested, r.Name)
		case !r.Unknown || !known:
			weighty = append(weighty, r.Name)
		}
	}
	switch c := s.Grade.Credibility; {
	case len(weighty) > 0:
		s.Rule = 4
		if c == centre.CredibilityNotJudged {
			c = centre.PossiblyTrue
		}
		s.Grade.Credibility = min(c+1, centre.Doubtful)
		why("Rule 4: %s contradict%s it with like weight: contested, and a step down to %d.", strings.Join(weighty, ", "), were(len(weighty), "s", ""), s.Grade.Credibility)
	case len(interested) > 0:
		s.Rule = 5
		if c == centre.Confirmed {
			s.Grade.Credibility = centre.ProbablyTrue
		}
		why("Rule 5: %s den%s it and %s party to the matter: that tells of its position, and little of the fact. Contested; the grade is %d.",
			strings.Join(interested, ", "), were(len(interested), "ies", "y"), were(len(interested), "is", "are"), s.Grade.Credibility)
	default:
		s.Rule = 4
		if c == centre.Confirmed {
			s.Grade.Credibility = centre.ProbablyTrue // what is contradicted is not certain
		}
		why("Rule 4: only unknown sources contradict it, which is not of like weight: contested; the grade is %d.", s.Grade.Credibility)
	}
}

// authority finds who contradicts with authority: who confirms that it is not
// so, corrects what it said itself, or a document.
func authority(against []*root) (string, bool) {
	for _, r := range against {
		if r.Kind == centre.AgentDocument && !r.Party {
			return r.Name, true
		}
		for _, v := range r.voices {
			if !v.dropped && (v.Stance == centre.StanceConfirm || v.Stance == centre.StanceCorrect) && !r.Party {
				return r.Name, true
			}
		}
	}
	return "", false
}

// reliabilityOf gives the best standing reliability among roots; F for none.
func reliabilityOf(roots []*root) centre.Reliability {
	var best centre.Reliability
	for _, r := range roots {
		if !r.Unknown {
			best = better(best, r.Reliability)
		}
	}
	if best == 0 {
		return centre.ReliabilityNotJudged
	}
	return best
}

func were(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
