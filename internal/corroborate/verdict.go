package corroborate

import (
	"cmp"
	"fmt"
	"slices"

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
				a.Why = append(a.Why, centre.Reason{Code: centre.WhyOpposite})
				if f.Party {
					f.Party = false
					f.Why = append(f.Why, centre.Reason{Code: centre.WhyAdmission})
				}
			case !a.first.IsZero() && a.first.After(f.last):
				f.State = centre.RootRetracted
				f.Why = append(f.Why, centre.Reason{Code: centre.WhyOpposite})
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
			a.Why = append(a.Why, centre.Reason{Code: centre.WhyEarlier})
		}
	}
}

// independence marks the roots that are certainly of different origin. Of those
// that talk for one government or belong to one state, one counts, the most
// reliable.
func (j *judge) independence(roots []*root) {
	taken := map[string]*root{}
	for _, r := range slices.SortedStableFunc(slices.Values(roots), func(a, b *root) int { return cmp.Compare(rank(a.Reliability), rank(b.Reliability)) }) {
		if r.State != centre.RootStands || r.Unknown || r.poor() {
			continue
		}
		if r.talks != "" {
			if first := taken[r.talks]; first != nil {
				r.Why = append(r.Why, centre.Reason{Code: centre.WhySameSide, Country: r.talks, Of: first.Name})
				continue
			}
			taken[r.talks] = r
		}
		r.Independent = true
	}
}

// poor tells whether rule 3 leaves a root out: D or E.
func (r *root) poor() bool {
	return r.Reliability == centre.NotUsuallyReliable || r.Reliability == centre.Unreliable
}

// rank orders reliabilities, the best first, those that nobody judged last.
func rank(r centre.Reliability) int {
	if r >= centre.CompletelyReliable && r <= centre.Unreliable {
		return int(r)
	}
	return int(centre.Unreliable) + 1
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
	distinct    int  // certainly different ones, however reliable
	reliable    bool // one at least of the independent ones is A to C
	parties     bool // all of the independent ones are parties, or all roots where fewer than two are independent
	known       bool // one at least is not unknown
	knownOnes   bool // all that are known are parties
	retracted   int
}

func sumUp(roots []*root) side {
	s := side{knownOnes: true}
	all, independent := true, true
	talks := map[string]bool{}
	for _, r := range roots {
		switch r.State {
		case centre.RootRetracted:
			s.retracted++
		case centre.RootStands:
			s.roots = append(s.roots, r)
			all = all && r.Party
			s.known = s.known || !r.Unknown
			s.knownOnes = s.knownOnes && (r.Unknown || r.Party)
			if !r.Unknown && (r.talks == "" || !talks[r.talks]) {
				talks[r.talks] = true
				s.distinct++
			}
			if r.Independent {
				s.independent++
				independent = independent && r.Party
				s.reliable = s.reliable || r.Reliability >= centre.CompletelyReliable && r.Reliability <= centre.FairlyReliable
			}
		}
	}
	s.parties = all
	if s.independent >= 2 {
		s.parties = independent
	}
	return s
}

// verdict applies the rules of DOMAIN.md section 3.
func (j *judge) verdict(favour, against []*root) verdict {
	f, a := sumUp(favour), sumUp(against)
	out := verdict{favour: len(f.roots), against: len(a.roots), independent: f.independent}
	s := &out.suggestion
	s.Grade.Reliability = reliabilityOf(f.roots)
	if s.Grade.Reliability == centre.ReliabilityNotJudged {
		s.Why = []centre.Reason{{Code: centre.WhyReliabilityUnknown}}
	} else {
		s.Why = []centre.Reason{{Code: centre.WhyReliability, Grade: string(rune(s.Grade.Reliability))}}
	}
	why := func(r centre.Reason) { s.Why = append(s.Why, r) }
	if len(f.roots) == 0 {
		s.Grade.Credibility = centre.CredibilityNotJudged
		if f.retracted > 0 {
			out.status, s.Rule = centre.ClaimRetracted, 6
			why(centre.Reason{Code: centre.WhyAllTakenBack})
		} else {
			out.status, s.Rule = centre.ClaimUnverified, 1
			why(centre.Reason{Code: centre.WhyNobody})
		}
		return out
	}
	s.Grade.Credibility, s.Rule = j.support(f, why)
	out.status = centre.ClaimUnverified
	if f.independent >= 2 && !f.parties {
		out.status = centre.ClaimCorroborated
	}
	if f.retracted > 0 {
		why(centre.Reason{Code: centre.WhySomeTakenBack, N: f.retracted})
	}
	if len(a.roots) > 0 {
		out.status = centre.ClaimContested
		j.contradict(f, a, &out, why)
	}
	return out
}

// support is rules 1 to 3: what the roots in favour give.
func (j *judge) support(f side, why func(centre.Reason)) (centre.Credibility, int) {
	n, reports := len(f.roots), map[centre.ID]bool{}
	for _, r := range f.roots {
		for _, v := range r.voices {
			reports[v.Carrier.Report] = true
		}
	}
	if n == 1 {
		rule := 1
		if len(reports) > 1 {
			rule = 2
			why(centre.Reason{Code: centre.WhyRepeated, N: len(reports)})
		}
		if !j.comparable {
			why(centre.Reason{Code: centre.WhyAlone})
			return centre.CredibilityNotJudged, 1
		}
		why(centre.Reason{Code: centre.WhyComparable})
		return centre.PossiblyTrue, rule
	}
	// Of several roots that may not be independent, the quantity makes it likely.
	grade, rule, reason := centre.ProbablyTrue, 3, centre.Reason{N: n}
	switch {
	case f.parties:
		reason.Code = centre.WhyParties
	case f.known && f.knownOnes:
		reason.Code = centre.WhyKnownParties
	case f.independent < 2 && f.distinct >= 2:
		reason.Code = centre.WhyUnreliable
	case f.independent < 2:
		rule, reason.Code = 2, centre.WhyUncertain
	case !f.reliable:
		reason.Code, reason.N = centre.WhyUnproven, f.independent
	default:
		grade, reason.Code, reason.N = centre.Confirmed, centre.WhyConfirmed, f.independent
	}
	why(reason)
	return grade, rule
}

// contradict is rules 4 and 5: what the roots against take away. What is not of
// like weight takes nothing: the word of a party, of nobody known where somebody
// known stands behind the claim, of a root D or E where a better one does.
func (j *judge) contradict(f, a side, out *verdict, why func(centre.Reason)) {
	s := &out.suggestion
	if name, ok := authority(a.roots); ok {
		out.status, s.Grade.Credibility, s.Rule = centre.ClaimRefuted, centre.Improbable, 4
		why(centre.Reason{Code: centre.WhyAuthority, Names: []string{name}})
		return
	}
	if a.independent >= 2 && !a.parties && a.reliable && (f.independent < 2 || !f.reliable) {
		out.status, s.Grade.Credibility, s.Rule = centre.ClaimRefuted, centre.Improbable, 4
		why(centre.Reason{Code: centre.WhyOutweighed, N: a.independent})
		return
	}
	known := slices.ContainsFunc(f.roots, func(r *root) bool { return !r.Unknown })
	fair := slices.ContainsFunc(f.roots, func(r *root) bool { return !r.Unknown && !r.poor() })
	weighty, interested := map[string]bool{}, map[string]bool{}
	for _, r := range a.roots {
		switch {
		case r.Party:
			interested[r.Name] = true
		case r.Unknown && !known, !r.Unknown && (!r.poor() || !fair):
			weighty[r.Name] = true
		}
	}
	var reason centre.Reason
	switch {
	case len(weighty) > 0:
		s.Rule = 4
		c := s.Grade.Credibility
		if c == centre.CredibilityNotJudged {
			c = centre.PossiblyTrue // the contradiction is something to hold it against
		}
		s.Grade.Credibility = min(c+1, centre.Doubtful)
		reason = naming(centre.Reason{Code: centre.WhyContradicted}, weighty)
	case len(interested) > 0:
		s.Rule = 5
		reason = naming(centre.Reason{Code: centre.WhyInterested}, interested)
	default:
		s.Rule = 4
		reason.Code = centre.WhyLightAgainst
	}
	reason.Grade = fmt.Sprint(int(s.Grade.Credibility))
	why(reason)
}

// authority finds who contradicts with authority: who confirms that it is not
// so, corrects what it said itself, or a document.
func authority(against []*root) (string, bool) {
	for _, r := range against {
		if r.State != centre.RootStands || r.Party {
			continue
		}
		if r.Kind == centre.AgentDocument {
			return r.Name, true
		}
		for _, v := range r.voices {
			if !v.dropped && (v.Stance == centre.StanceConfirm || v.Stance == centre.StanceCorrect) {
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
