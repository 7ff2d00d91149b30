package storetest

import (
	"slices"
	"testing"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/query"
	"entente/internal/store"
)

// saidMatrix holds the match of a standing query in memory against the search of
// the database: combinations of claim:, speaker:, stance: and roots:, for
// readers who see different claims of the same reports.
func saidMatrix(t *testing.T, open Open) {
	w := newWorld(t, open)
	o, closed := w.source(irq, open4), w.source(irq, rel(centre.Secret, irq))
	for i, list := range [][]speech{
		{{claim: 1, speaker: "Dmitry Peskov", stance: centre.StanceAssert}, {claim: 2, speaker: "Agency", stance: centre.StanceDeny}},
		{{claim: 1, speaker: "Дмитрия Пескова", stance: centre.StanceDeny}},
		{{claim: 1, speaker: "دمیتری پسکوف", stance: centre.StanceDeny}, {claim: 3, speaker: "self", stance: centre.StanceAssert}},
		{{claim: 2, speaker: "", stance: centre.StanceAssert}, {speaker: "Peskov", stance: centre.StanceDecline}},
		{{claim: 2, speaker: "О'Нил-Смит", stance: centre.StanceConfirm}, {claim: 2, speaker: "100% Radio_1", stance: centre.StanceUnverified}},
		{{claim: 3, speaker: "Agency", stance: centre.StanceAssert}, {claim: 3, speaker: "Dmitry", stance: centre.StanceCorrect}},
		{},
	} {
		w.report(o.ID, saying("o"+string(rune('a'+i)), list...))
	}
	w.report(closed.ID, saying("x", speech{claim: 2, speaker: "Officer", stance: centre.StanceAssert}, speech{claim: 3, speaker: "Peskov", stance: centre.StanceDeny}))
	stances := []centre.Stance{"", centre.StanceAssert, centre.StanceDeny, centre.StanceDecline}
	statuses := append([]centre.ClaimStatus{""}, centre.ClaimStatuses...)
	names := []string{"", "peskov", "Песков", "dmitry peskov", "agency", "o'nil", "100 radio_1", "%"}
	for who, v := range map[string]policy.View{"who sees all": w.view(actor(irq)), "who sees part": w.view(actor(irn))} {
		subjects := map[centre.ID]*query.Subject{}
		page, err := w.s.Search(w.ctx, v, query.All{}, store.Page{Limit: 200})
		w.must(err)
		for _, h := range page.Reports {
			report, err := w.s.Report(w.ctx, v, h.ID, 0)
			w.must(err)
			claims, err := w.s.ReportClaims(w.ctx, v, h.ID)
			w.must(err)
			judged := map[int]centre.Judgement{}
			for no, c := range claims {
				judged[no] = c.Judgement
			}
			subjects[h.ID] = query.NewSubject(&report, centre.Tokens{}).Claims(judged)
		}
		matched := 0
		for _, status := range statuses {
			for _, stance := range stances {
				for _, name := range names {
					for _, roots := range []int{0, 2} {
						said := query.Said{Status: status, Stance: stance, Speaker: name, Roots: roots}
						if said == (query.Said{}) {
							continue
						}
						for _, q := range []query.Node{said, query.Not{Node: said}} {
							if _, not := q.(query.Not); not && stance != "" {
								continue
							}
							page, err := w.s.Search(w.ctx, v, q, store.Page{Limit: 200})
							w.must(err)
							found := idsOf(page.Reports)
							matched += len(found)
							for id, s := range subjects {
								if query.Match(q, s) != slices.Contains(found, id) {
									t.Fatalf("for %s, %+v: the search finds %v, and report %s matches in memory: %v", who, q, found, id, query.Match(q, s))
								}
							}
						}
					}
				}
			}
		}
		if matched == 0 {
			t.Errorf("for %s nothing matched", who)
		}
	}
}
