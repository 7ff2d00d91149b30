package desk

import (
	"slices"
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/store"
)

// What linking wrote down speaks of statements that the reader may not see.
func TestAReaderIsToldWhatTiesAStatementToTheClaimAsSeen(t *testing.T) {
	const hidden = "It says the same in the same words as a statement of another report."
	first, second := centre.StatementRef{Report: 1, Version: 1, No: 1}, centre.StatementRef{Report: 2, Version: 1, No: 3}
	c := centre.Claim{ID: 9, From: first, Language: "en", Proposition: "Smugglers burned the wheat depot at Sinjar"}
	link := centre.ClaimLink{Score: 0.97, Why: []string{hidden}}
	said := func(ref centre.StatementRef, language, words string) centre.ClaimStatement {
		return centre.ClaimStatement{Ref: ref, Language: language, Link: link, Statement: centre.Statement{Content: []centre.Words{{Text: words}}}}
	}
	statements := []centre.ClaimStatement{
		said(first, "en", c.Proposition), said(second, "en", "the wheat depot at Sinjar was burned"), said(second, "ru", "зерновой склад сожгли"), said(second, "en", "it is so"),
	}
	statements = append(statements, statements[1])
	statements[4].Link = centre.ClaimLink{By: "Zainab", Why: []string{hidden}}
	retie(c, statements)
	want := []centre.ClaimLink{
		{Score: 1, Why: itsWords}, {Score: 0.5, Why: []string{"both have the words burned, sinjar, depot, wheat"}}, {Why: acrossLang}, {Why: byTheThing}, {Score: 1, By: "Zainab", Why: []string{}},
	}
	for i, s := range statements {
		if l := s.Link; l.By != want[i].By || !slices.Equal(l.Why, want[i].Why) || l.Score != want[i].Score {
			t.Errorf("statement %d: %+v, want %+v", i, l, want[i])
		}
	}
	related := []store.RelatedClaim{{RelatedClaim: centre.RelatedClaim{Score: 0.4, Why: []string{hidden}}, With: centre.Claim{Language: "en", Proposition: "The depot of Sinjar was empty"}}}
	retieRelated(c, related)
	if why := strings.Join(related[0].Why, " "); strings.Contains(why, "another report") || !strings.Contains(why, "depot") {
		t.Errorf("a related claim is explained by %q", why)
	}
}
