package tokens_test

import (
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/process/tokens"
)

func TestTheDraftsWordsAreThoseOfItsTitleAndBody(t *testing.T) {
	d := centre.Draft{Language: "en", Content: centre.Content{Text: "Talks in Baghdad\n\nOfficers met.", Title: 16}}
	if err := tokens.New().Apply(t.Context(), &d); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(d.Tokens.Surface, "talks in baghdad") || !strings.Contains(d.Tokens.Surface, "officers met") {
		t.Errorf("surface = %q", d.Tokens.Surface)
	}
}
