package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"entente/cmd/evaluate/metric"
)

// Pair is a headline or claim, a text, and the stance that the text takes to
// it. The stories group what may not be divided between training and testing;
// they differ where a headline was paired with a text about something else.
type Pair struct{ Headline, Text, Stance, HeadlineStory, TextStory string }

// Body is an article of FNC-1.
type Body struct{ ID, Text, Story string }

// stories reads the table of stories: kind, id or headline, story.
func stories(data fs.FS, name string) (body, headline map[string]string, err error) {
	rows, err := columns(data, name, 3, "kind")
	if err != nil {
		return nil, nil, err
	}
	body, headline = map[string]string{}, map[string]string{}
	for _, row := range rows {
		switch row[0] {
		case "body":
			body[row[1]] = strings.TrimSpace(row[2])
		case "headline":
			headline[row[1]] = strings.TrimSpace(row[2])
		}
	}
	return body, headline, nil
}

// Only gives the one file of a folder whose name ends in suffix.
func Only(data fs.FS, folder, suffix string) (string, error) {
	names, err := files(data, folder, suffix)
	if err != nil {
		return "", err
	}
	if len(names) > 1 {
		return "", fmt.Errorf("%s has %d files *%s: which one is meant?", folder, len(names), suffix)
	}
	return names[0], nil
}

// Bodies reads the articles of FNC-1 (Fake News Challenge, stage 1) in the order
// of their file, with the story of each by the table; "" where it has none.
func Bodies(data fs.FS, folder, table string) ([]Body, error) {
	name, err := Only(data, folder, "bodies.csv")
	if err != nil {
		return nil, err
	}
	body, _, err := stories(data, table)
	if err != nil {
		return nil, err
	}
	rows, err := readTable(data, name, 2)
	if err != nil {
		return nil, err
	}
	var all []Body
	for _, row := range rows {
		all = append(all, Body{row[0], row[1], body[row[0]]})
	}
	return all, nil
}

// FNC reads the pairs of FNC-1 from a folder with *bodies.csv and *stances.csv.
// Without a table of stories, or where it does not name them, each body and each
// headline is a story.
func FNC(data fs.FS, folder, table string) ([]Pair, error) {
	bodies, err := Only(data, folder, "bodies.csv")
	if err != nil {
		return nil, err
	}
	stances, err := Only(data, folder, "stances.csv")
	if err != nil {
		return nil, err
	}
	story, headline, err := stories(data, table)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	rows, err := readTable(data, bodies, 2)
	if err != nil {
		return nil, err
	}
	text := map[string]string{}
	for _, row := range rows {
		text[row[0]] = row[1]
	}
	if rows, err = readTable(data, stances, 3); err != nil {
		return nil, err
	}
	var all []Pair
	for _, row := range rows {
		body, ok := text[row[1]]
		if !ok {
			return nil, fmt.Errorf("%s: no body %q in %s", stances, row[1], bodies)
		}
		p := Pair{row[0], body, row[2], headline[row[0]], story[row[1]]}
		if p.TextStory == "" {
			p.TextStory = row[1]
		}
		if p.HeadlineStory == "" {
			p.HeadlineStory = row[0]
		}
		all = append(all, p)
	}
	return all, nil
}

// ANS reads pairs of headlines of the Arabic News Stance corpus (Khouja, 2020):
// claim, evidence and stance, where "other" is given as unrelated.
func ANS(data fs.FS, name string) ([]Pair, error) {
	rows, err := readTable(data, name, 3)
	if err != nil {
		return nil, err
	}
	var all []Pair
	for _, row := range rows {
		stance := row[2]
		if stance == "other" {
			stance = metric.Unrelated
		}
		all = append(all, Pair{Headline: row[0], Text: row[1], Stance: stance, HeadlineStory: row[0], TextStory: row[0]})
	}
	return all, nil
}
