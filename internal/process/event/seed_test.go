package event_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"entente/internal/centre"
)

// The seed article (DOMAIN.md, section 12) tells of one agreement, whose date it
// does not give: what it dates is when the agreement was spoken of. Besides, it
// tells of what a channel and the media report: a cell that is being set up, and
// arms and a base for Syria.
func TestTheSeedArticle(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "seed", "article.txt"))
	if err != nil {
		t.Skip("the article is not beside the repository")
	}
	for _, when := range []centre.Moment{{}, published} {
		d, err := pipeline(t).Run(t.Context(), centre.Document{Body: string(data), MediaType: "text/plain", Published: when})
		if err != nil {
			t.Fatal(err)
		}
		count := map[centre.EventCategory]int{}
		for _, e := range d.EventMentions {
			count[e.Category]++
			if e.Category != centre.EventAgreement {
				continue
			}
			var parties []string
			for _, a := range e.Actors {
				parties = append(parties, a.Country)
			}
			slices.Sort(parties)
			if !slices.Equal(parties, []string{"IRN", "IRQ", "RUS", "SYR"}) {
				t.Errorf("the parties are %v of %+v", parties, e.Actors)
			}
			if e.Type != "Agreement" || e.Reality != centre.RealityActual || e.Date != nil {
				t.Errorf("it is %s, %s, dated %v", e.Type, e.Reality, e.Date)
			}
			if e.Place != nil && e.Place.Admin1 != "IQ-BG" {
				t.Errorf("its place is %+v", e.Place)
			}
		}
		want := map[centre.EventCategory]int{centre.EventAgreement: 1, centre.EventJointActivity: 1, centre.EventForceMovement: 2}
		for c, n := range count {
			if n > want[c] {
				t.Errorf("%d of %s, want at most %d", n, c, want[c])
			}
		}
		if count[centre.EventAgreement] != 1 {
			t.Errorf("%d agreements, want one", count[centre.EventAgreement])
		}
	}
}
