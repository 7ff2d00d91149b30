package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"

	"github.com/goccy/go-yaml"
)

//go:embed scenario/*.yaml
var files embed.FS

// Length is the time within which the whole scenario appears, the last version
// of its last item included.
const Length = time.Minute

// Members of the demo's centre, in the order of its founding.
var members = []centre.MemberCode{"IRQ", "IRN", "RUS", "SYR"}

// Scenario is all that the demo's outlets will ever publish.
type Scenario struct {
	Outlets []Outlet
}

// Format is how an outlet publishes.
type Format string

const (
	RSS20    Format = "rss2.0"
	RSS092   Format = "rss0.92" // has neither guids nor dates of items
	Atom     Format = "atom"    // with xml:base and relative addresses
	JSONFeed Format = "jsonfeed"
	Page     Format = "page" // one HTML page, which is its only item
)

// Outlet is one invented publisher, or one feed of a member's watch desk, with
// one marking for all that it publishes.
type Outlet struct {
	Slug     string             `yaml:"outlet"`
	Name     string             `yaml:"name"`
	Format   Format             `yaml:"format"`
	Language string             `yaml:"language"` // BCP 47
	Country  string             `yaml:"country"`  // ISO 3166-1 alpha-3; "" for none
	Family   string             `yaml:"family"`   // publisher family
	Member   centre.MemberCode  `yaml:"member"`   // who brings it to the centre
	Marking  string             `yaml:"marking"`  // as people write it
	Grade    string             `yaml:"reliability"`
	Charset  string             `yaml:"charset"`  // of the bytes; "" for utf-8
	Header   string             `yaml:"header"`   // charset that the Content-Type header claims; "" for Charset
	Follow   bool               `yaml:"follow"`   // the feed has summaries only; the text is on the pages
	Interval int                `yaml:"interval"` // seconds between fetches
	Items    []Item             `yaml:"items"`
	marking  centre.Marking     // parsed
	grade    centre.Reliability // parsed
}

// Item is one report of an outlet, through all its versions.
type Item struct {
	ID        string `yaml:"id"`        // unique within its outlet
	At        int    `yaml:"at"`        // seconds after the scenario's beginning when it appears
	Published string `yaml:"published"` // RFC 3339, of 2015; "" for an undated item
	Title     string `yaml:"title"`
	Text      string `yaml:"text"`    // paragraphs divided by blank lines
	NoGUID    bool   `yaml:"no_guid"` // the feed gives it no identifier

	CopyOf string `yaml:"copy_of"` // "outlet/item" whose first text it carries, under its own title if it has one
	Drop   []int  `yaml:"drop"`    // paragraphs of the original that the copy leaves out, from 1

	TranslationOf string `yaml:"translation_of"` // "outlet/item" that tells the same in another language
	Disputes      string `yaml:"disputes"`       // "outlet/item" whose claim this one denies

	Revisions []Revision `yaml:"revisions"`
	published time.Time  // parsed; zero where undated
}

// Revision is a later version of an item.
type Revision struct {
	At      int    `yaml:"at"`      // seconds after the scenario's beginning
	Updated string `yaml:"updated"` // RFC 3339, of 2015; "" where the outlet does not say
	Title   string `yaml:"title"`   // "" keeps the title
	Text    string `yaml:"text"`
	updated time.Time
}

// Load reads and checks the scenario. It does no input but from the program
// itself; its error tells which file to mend.
func Load() (*Scenario, error) { return load(files) }

func load(from fs.FS) (*Scenario, error) {
	names, err := fs.Glob(from, "scenario/*.yaml")
	if err != nil {
		return nil, err
	}
	s := &Scenario{}
	for _, name := range names {
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		var o Outlet
		if err := yaml.UnmarshalWithOptions(data, &o, yaml.Strict()); err != nil {
			return nil, centre.Invalid("the scenario file %s cannot be read: %w", path.Base(name), err)
		}
		if err := o.check(); err != nil {
			return nil, centre.Invalid("the scenario file %s: %w", path.Base(name), err)
		}
		s.Outlets = append(s.Outlets, o)
	}
	if err := s.resolve(); err != nil {
		return nil, err
	}
	return s, nil
}

// Find gives the item named "outlet/item".
func (s *Scenario) Find(name string) (*Item, bool) {
	slug, id, _ := strings.Cut(name, "/")
	for i := range s.Outlets {
		if s.Outlets[i].Slug != slug {
			continue
		}
		for j := range s.Outlets[i].Items {
			if s.Outlets[i].Items[j].ID == id {
				return &s.Outlets[i].Items[j], true
			}
		}
	}
	return nil, false
}

// check parses what is text in the file and refuses what cannot be served.
func (o *Outlet) check() (err error) {
	if o.Slug == "" || o.Name == "" || o.Language == "" || o.Family == "" {
		return fmt.Errorf("an outlet needs outlet, name, language and family")
	}
	if !slices.Contains([]Format{RSS20, RSS092, Atom, JSONFeed, Page}, o.Format) {
		return fmt.Errorf("%q is not a format", o.Format)
	}
	if !slices.Contains(members, o.Member) {
		return fmt.Errorf("%q is not a member of the demo's centre", o.Member)
	}
	if o.Interval == 0 {
		o.Interval = 3
	}
	if _, err := encoderOf(o.Charset); err != nil {
		return err
	}
	o.marking, err = centre.ParseMarking(o.Marking, centre.Audience{Originator: o.Member, Members: members})
	if err != nil {
		return err
	}
	grade, err := centre.ParseGrade(o.Grade + strings.Repeat("-", len(o.Grade)))
	if err != nil {
		return err
	}
	o.grade = grade.Reliability
	if len(o.Items) == 0 || o.Format == Page && len(o.Items) != 1 {
		return fmt.Errorf("it has %d items; a feed has some and a page has one", len(o.Items))
	}
	for i := range o.Items {
		if err := o.Items[i].check(); err != nil {
			return fmt.Errorf("item %q: %w", o.Items[i].ID, err)
		}
	}
	return nil
}

func (i *Item) check() (err error) {
	if i.ID == "" {
		return fmt.Errorf("an item needs an id")
	}
	if i.published, err = instant(i.Published); err != nil {
		return err
	}
	if (i.CopyOf == "") == (i.Text == "") {
		return fmt.Errorf("an item has either a text or copy_of")
	}
	at := i.At
	for n := range i.Revisions {
		r := &i.Revisions[n]
		if r.At <= at || r.Text == "" {
			return fmt.Errorf("a revision has a text and comes after what it revises")
		}
		if r.updated, err = instant(r.Updated); err != nil {
			return err
		}
		at = r.At
	}
	if i.At < 0 || time.Duration(at)*time.Second > Length {
		return fmt.Errorf("it appears or changes outside the first %v", Length)
	}
	return nil
}

// instant reads a time of 2015; "" is the zero time, which is unknown.
func instant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err == nil && t.Year() != 2015 {
		err = fmt.Errorf("%s is not in 2015", text)
	}
	return t, err
}

// resolve gives copies the text of their originals.
func (s *Scenario) resolve() error {
	for o := range s.Outlets {
		for i := range s.Outlets[o].Items {
			item := &s.Outlets[o].Items[i]
			for _, name := range []string{item.CopyOf, item.TranslationOf, item.Disputes} {
				if _, ok := s.Find(name); name != "" && !ok {
					return centre.Invalid("the scenario item %s/%s names %q, which is not in the scenario", s.Outlets[o].Slug, item.ID, name)
				}
			}
			if item.CopyOf == "" {
				continue
			}
			original, _ := s.Find(item.CopyOf)
			if original.CopyOf != "" {
				return centre.Invalid("the scenario item %s/%s copies a copy; name the original", s.Outlets[o].Slug, item.ID)
			}
			var kept []string
			for n, p := range paragraphs(original.Text) {
				if !slices.Contains(item.Drop, n+1) {
					kept = append(kept, p)
				}
			}
			item.Text = strings.Join(kept, "\n\n")
			if item.Title == "" {
				item.Title = original.Title
			}
		}
	}
	return nil
}

// paragraphs divides a text at its blank lines.
func paragraphs(text string) []string {
	var all []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}
