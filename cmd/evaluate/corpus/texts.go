package corpus

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Labelled is a text with one label.
type Labelled struct{ ID, Text, Label string }

// caseLabels are the labels of CASE-2021 task 2: the first 25 are ACLED's
// sub-event types, given under ACLED's names.
var caseLabels = map[string]string{
	"ABDUCT_DISSAP":                 "Abduction/forced disappearance",
	"AGREEMENT":                     "Agreement",
	"AIR_STRIKE":                    "Air/drone strike",
	"ARMED_CLASH":                   "Armed clash",
	"ARREST":                        "Arrests",
	"ART_MISS_ATTACK":               "Shelling/artillery/missile attack",
	"ATTACK":                        "Attack",
	"CHANGE_TO_GROUP_ACT":           "Change to group/activity",
	"CHEM_WEAP":                     "Chemical weapon",
	"DISR_WEAP":                     "Disrupted weapons use",
	"FORCE_AGAINST_PROTEST":         "Excessive force against protesters",
	"GOV_REGAINS_TERIT":             "Government regains territory",
	"GRENADE":                       "Grenade",
	"HQ_ESTABLISHED":                "Headquarters or base established",
	"MOB_VIOL":                      "Mob violence",
	"NON_STATE_ACTOR_OVERTAKES_TER": "Non-state actor overtakes territory",
	"NON_VIOL_TERRIT_TRANSFER":      "Non-violent transfer of territory",
	"OTHER":                         "Other",
	"PEACE_PROTEST":                 "Peaceful protest",
	"PROPERTY_DISTRUCT":             "Looting/property destruction",
	"PROTEST_WITH_INTER":            "Protest with intervention",
	"REM_EXPLOS":                    "Remote explosive/landmine/IED",
	"SEX_VIOL":                      "Sexual violence",
	"SUIC_BOMB":                     "Suicide bomb",
	"VIOL_DEMONSTR":                 "Violent demonstration",
	"ORG_CRIME":                     "Organised crime",
	"NATURAL_DISASTER":              "Natural disaster",
	"MAN_MADE_DISASTER":             "Man-made disaster",
	"DIPLO":                         "Diplomatic event",
	"ATTRIB":                        "Attribution of responsibility",
}

// Snippets reads CASE-2021 task 2 (Haneczok, Jacquet, Piskorski and Stefanovitch,
// 2021): id, snippet and sub-type in columns. A label that it does not know is
// given as it stands.
func Snippets(data fs.FS, name string) ([]Labelled, error) {
	rows, err := columns(data, name, 3, "id")
	if err != nil {
		return nil, err
	}
	var all []Labelled
	for _, row := range rows {
		label := strings.TrimSpace(row[2])
		if name, ok := caseLabels[label]; ok {
			label = name
		}
		all = append(all, Labelled{row[0], row[1], label})
	}
	return all, nil
}

// ECB reads a folder of ECB+ (Cybulska and Vossen, 2014), a folder a topic.
// Each topic has two stories, told apart by the ending of the file's name.
// The address that the files of one of them begin with is left out.
func ECB(data fs.FS, folder string) ([]Labelled, error) {
	topics, err := fs.ReadDir(data, folder)
	if err != nil {
		return nil, err
	}
	var all []Labelled
	for _, topic := range topics {
		if !topic.IsDir() {
			continue
		}
		names, err := files(data, path.Join(folder, topic.Name()), ".xml")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			raw, err := fs.ReadFile(data, name)
			if err != nil {
				return nil, err
			}
			var d struct {
				Tokens []struct {
					Sentence int    `xml:"sentence,attr"`
					Text     string `xml:",chardata"`
				} `xml:"token"`
			}
			if err := xml.Unmarshal(raw, &d); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			plus := strings.HasSuffix(name, "plus.xml")
			var b strings.Builder
			for _, t := range d.Tokens {
				if plus && t.Sentence == 0 {
					continue
				}
				b.WriteString(t.Text)
				b.WriteByte(' ')
			}
			all = append(all, Labelled{path.Base(name), b.String(), fmt.Sprintf("%s %v", topic.Name(), plus)})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no topics in %s: %w", folder, fs.ErrNotExist)
	}
	return all, nil
}

// Sentence is a text with its language (BCP 47).
type Sentence struct{ ID, Language, Text string }

// Lingua reads a folder of Lingua's test data, a file a language, a text a line.
func Lingua(data fs.FS, folder string) ([]Sentence, error) {
	names, err := files(data, folder, ".txt")
	if err != nil {
		return nil, err
	}
	var all []Sentence
	for _, name := range names {
		language := strings.TrimSuffix(path.Base(name), ".txt")
		list, err := lines(data, name)
		if err != nil {
			return nil, err
		}
		for i, text := range list {
			if text = strings.TrimSpace(text); text != "" {
				all = append(all, Sentence{fmt.Sprintf("%s:%d", language, i+1), language, text})
			}
		}
	}
	return all, nil
}

// TICO reads a folder of TICO-19 (Anastasopoulos and others, 2020): files of id,
// language and text, two languages a file. A sentence that comes in several
// files is given once for each language.
func TICO(data fs.FS, folder string) ([]Sentence, error) {
	names, err := files(data, folder, ".tsv")
	if err != nil {
		return nil, err
	}
	seen := map[[2]string]bool{}
	var all []Sentence
	for _, name := range names {
		rows, err := columns(data, name, 3, "id")
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if key := [2]string{row[0], row[1]}; !seen[key] {
				seen[key] = true
				all = append(all, Sentence{row[0], row[1], row[2]})
			}
		}
	}
	return all, nil
}

// Languages reads all of Lingua's and TICO-19's texts in folder language: what
// the model of languages learns from.
func Languages(data fs.FS) ([]Sentence, error) {
	var all []Sentence
	for _, kind := range []string{"sentences", "word-pairs", "single-words"} {
		list, err := Lingua(data, "language/lingua/"+kind)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	list, err := TICO(data, "language/tico19")
	return append(all, list...), err
}
