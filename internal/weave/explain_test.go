package weave_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/weave"
)

func TestExplainSaysWhatTwoReportsHaveInCommon(t *testing.T) {
	at := func(hour int) centre.Moment {
		return centre.Moment{Time: time.Date(2015, 9, 28, hour, 0, 0, 0, time.UTC), Precision: centre.PrecisionSecond}
	}
	samawah := &centre.Place{ID: "p:1", Name: "Samawah"}
	a := weave.Known{Language: "en", Published: at(6), Text: "Ferry of Samawah moves because the landing was washed away",
		Mentions:    []centre.Mention{{Kind: centre.MentionPlace, Text: "Samawah", Place: samawah}, {Kind: centre.MentionPerson, Text: "Karim Hasan", Entity: "#1"}},
		Fingerprint: centre.Fingerprint{Exact: 1, MinHash: []uint32{1, 2, 3, 4}}}
	b := weave.Known{Language: "en", Published: at(9), Text: "The landing at Samawah is gone: ferries move, says Karim Hasan",
		Mentions:    []centre.Mention{{Kind: centre.MentionPlace, Text: "السماوة", Place: samawah}, {Kind: centre.MentionPerson, Text: "KARIM HASAN", Entity: "#4"}},
		Fingerprint: centre.Fingerprint{Exact: 2, MinHash: []uint32{1, 9, 9, 9}}}
	got := weave.Explain(a, b)
	want := []string{"both name the places Samawah", "both name Karim Hasan", "both have the words landing, ferry, moves", "published within 4 hours of each other"}
	if !slices.Equal(got.Why, want) || got.Copy || got.Score <= 0 || got.Score >= 1 {
		t.Errorf("%+v, want reasons %q", got, want)
	}
	same := b
	same.Fingerprint = a.Fingerprint
	if got := weave.Explain(a, same); !got.Copy || got.Score != 1 || got.Why[0] != "the same words" {
		t.Errorf("the same text: %+v", got)
	}
	near := b
	near.Fingerprint = centre.Fingerprint{Exact: 7, MinHash: []uint32{1, 2, 3, 9}}
	if got := weave.Explain(a, near); !got.Copy || got.Why[0] != "75 % of their groups of words are the same" {
		t.Errorf("nearly the same text: %+v", got)
	}
	if got := weave.Explain(a, weave.Known{Language: "ru", Text: "Совсем другой текст"}); len(got.Why) > 0 || got.Score > 0 {
		t.Errorf("nothing in common: %+v", got)
	}
}

func TestExplainIsBounded(t *testing.T) {
	long := weave.Known{Language: "en", Text: strings.Repeat("wordless winter ", 1<<20)}
	if got := weave.Explain(long, long); len(got.Why) != 1 || got.Why[0] != "both have the words wordless, winter" {
		t.Errorf("%+v", got)
	}
}

func TestExplainNamesWhatMeetsAcrossLanguages(t *testing.T) {
	day := &centre.Span{From: time.Date(2015, 8, 11, 0, 0, 0, 0, time.UTC), Until: time.Date(2015, 8, 12, 0, 0, 0, 0, time.UTC), Precision: centre.PrecisionDay}
	person := func(name string) centre.Mention {
		return centre.Mention{Kind: centre.MentionPerson, Text: name, Entity: "#1"}
	}
	a := weave.Known{Language: "en", Text: "A boat sank, 14 of 4,200 tonnes, said Sergei Lavrov and John Kerry.", Events: []centre.EventCategory{centre.EventAccident},
		Mentions: []centre.Mention{person("Sergei Lavrov"), person("John Kerry"), {Kind: centre.MentionTime, Text: "Tuesday", When: day}}}
	b := weave.Known{Language: "ru", Text: "Затонул катер: 14 погибших, 4200 тонн, заявил Сергей Лавров.", Events: []centre.EventCategory{centre.EventAccident, centre.EventHazard},
		Mentions: []centre.Mention{person("Сергей Лавров"), {Kind: centre.MentionTime, Text: "во вторник", When: day}}}
	want := []string{"both name Sergei Lavrov (Сергей Лавров)", "both name the day 2015-08-11", "both have the numbers 14, 4200", "both tell of accident near miss", "in two languages, en and ru"}
	if got := weave.Explain(a, b); !slices.Equal(got.Why, want) || got.Copy || got.Score <= 0 {
		t.Errorf("%+v, want reasons %q", got, want)
	}
}
