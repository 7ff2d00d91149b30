package centre

import "time"

// Translation is a machine's translation of one version of a report, sentence
// by sentence, so that each can be held against its source. It is no text of
// the report's author: nothing is quoted, graded or searched in it.
type Translation struct {
	Report    ID                   `json:"report"`
	Version   int                  `json:"version"`  // of the report
	Language  string               `json:"language"` // BCP 47, what it was translated into
	Provider  string               `json:"provider"` // who made it, as its operator named it: "libretranslate at 127.0.0.1:5000"
	Model     string               `json:"model"`    // "" where the provider has only one
	Made      time.Time            `json:"made"`
	Sentences []TranslatedSentence `json:"sentences"` // in the order of the text
}

// TranslatedSentence is a sentence of a text and what the machine made of it.
type TranslatedSentence struct {
	Start int    `json:"start"` // of the source, code points into Content.Text
	End   int    `json:"end"`   // half-open
	Text  string `json:"text"`  // "" where the provider gave nothing for it
}

// TranslationConsent is a member's word that texts of which it is the
// originator may be given to a translation provider. There is none by default.
type TranslationConsent struct {
	Member   MemberCode `json:"member"`
	Provider string     `json:"provider"` // as Translation.Provider; another one needs another consent
	Level    Level      `json:"level"`    // texts up to this level, ORCON and TLP apart
	Reason   string     `json:"reason"`
	By       string     `json:"by"` // who said so, by name
	At       time.Time  `json:"at"`
}
