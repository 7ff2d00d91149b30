package app

import "entente/internal/translate"

// Translation names a translation provider.
type Translation = translate.Config

// TranslateWith is the configuration of a translation provider: its kind
// (libretranslate or openai), the address of its API, and, where it has them, a
// model and a key. What is wrong with it is said when the centre opens.
func TranslateWith(kind, url, model, key string) *Translation {
	return &Translation{Kind: translate.Kind(kind), URL: url, Model: model, Key: key}
}
