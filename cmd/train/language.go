package main

import (
	"io/fs"

	"entente/cmd/evaluate/corpus"
	"entente/internal/process/language"
)

// languages trains the model of languages on sentences, word pairs and words of
// Lingua's test data and on the sentences of TICO-19.
func languages(data fs.FS) ([]byte, int, error) {
	texts, err := corpus.Languages(data)
	if err != nil {
		return nil, 0, err
	}
	var all []language.Example
	for _, t := range texts {
		all = append(all, language.Example{Text: t.Text, Language: t.Language})
	}
	return language.Train(all).Append(nil), len(all), nil
}
