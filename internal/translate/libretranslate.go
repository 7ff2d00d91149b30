package translate

import (
	"context"
	"fmt"
)

// libreTranslate speaks LibreTranslate's API: POST /translate with a list of
// texts gives a list of texts.
type libreTranslate struct{ endpoint }

func (l libreTranslate) Name() string  { return "libretranslate at " + l.host }
func (l libreTranslate) Model() string { return "" }
func (l libreTranslate) Local() bool   { return l.local }

// Translate implements Provider.
func (l libreTranslate) Translate(ctx context.Context, from, to string, sentences []string) ([]string, error) {
	source := base(from)
	if source == "und" || source == "" {
		source = "auto"
	}
	out := make([]string, 0, len(sentences))
	for _, run := range batches(sentences, 40, 20_000) {
		question := struct {
			Q      []string `json:"q"`
			Source string   `json:"source"`
			Target string   `json:"target"`
			Format string   `json:"format"`
			Key    string   `json:"api_key,omitempty"`
		}{run, source, base(to), "text", l.key}
		var answer struct {
			Texts []string `json:"translatedText"`
		}
		if err := l.post(ctx, "/translate", nil, question, &answer); err != nil {
			return nil, err
		}
		if len(answer.Texts) != len(run) {
			return nil, l.trouble(fmt.Sprintf("it gave %d texts for %d", len(answer.Texts), len(run)), nil)
		}
		for _, text := range answer.Texts {
			out = append(out, plain(text))
		}
	}
	return out, nil
}
