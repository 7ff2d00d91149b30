package desk

import (
	"math"
	"strings"

	"entente/internal/centre"
	"entente/internal/store"
	"entente/internal/weave"
)

// What linking weighed when a statement came may have been the words of a report
// that this reader may not see. A reader is therefore told what ties a statement
// to the claim as that reader sees it, and never what linking wrote down.
var (
	itsWords   = []string{"the claim is put in its words"}
	byTheThing = []string{"matched by names, places and what happened"}
	acrossLang = []string{"in another language; matched by names, places and what happened"}
)

// retie puts the ties between what the reader sees in place of those that linking
// wrote down. What a person placed keeps the person's name.
func retie(c centre.Claim, statements []centre.ClaimStatement) {
	for i := range statements {
		s := &statements[i]
		switch {
		case s.Link.By != "":
			s.Link.Score, s.Link.Why = 1, []string{}
		case s.Ref == c.From:
			s.Link.Score, s.Link.Why = 1, itsWords
		default:
			s.Link.Score, s.Link.Why = tied(c, s.Language, wordsOf(&s.Statement))
		}
	}
}

// wordsOf are the words of what a statement says.
func wordsOf(s *centre.Statement) string {
	var said []string
	for _, w := range s.Content {
		said = append(said, w.Text)
	}
	return strings.Join(said, " ")
}

// retieRelated does the same for claims near a claim.
func retieRelated(c centre.Claim, related []store.RelatedClaim) {
	for i := range related {
		if r := &related[i]; r.By == "" {
			r.Score, r.Why = tied(c, r.With.Language, r.With.Proposition)
		}
	}
}

// tied says how far a text shares the words of a claim; 0 where only names,
// places or what happened may tie them.
func tied(c centre.Claim, language, text string) (float64, []string) {
	tie := weave.Explain(weave.Known{Language: c.Language, Text: c.Proposition}, weave.Known{Language: language, Text: text})
	switch {
	case language != c.Language:
		return 0, acrossLang
	case len(tie.Why) == 0:
		return 0, byTheThing
	}
	return math.Round(100*tie.Score) / 100, tie.Why
}
