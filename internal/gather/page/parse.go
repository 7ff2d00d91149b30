package page

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/internal/centre"
	"entente/internal/gather"
)

// Article is the readable part of a page.
type Article struct {
	Title     string // plain text
	Author    string // plain text; "" where the page names none
	Published centre.Moment
	Updated   centre.Moment
	Language  string // BCP 47; "" for none
	Canonical string // the page's own stable address; its address where it gives none
	// Dateline is how the text begins, where that is a dateline: the place, the
	// day, the agency ("BAGHDAD, 26 September 2015 (Agency)"); "" for none.
	Dateline string
	HTML     string // the readable text with its paragraphs and links
	Problems []string
	// Notes says what the source's selectors matched, a sentence each.
	Notes []string
	// missed says which selectors matched nothing, though they are there for a
	// reason: the site may have changed.
	missed []string
}

// Parse finds the readable text of a page. base is the address that it came
// from and body is UTF-8. Errors are sentences, or ctx's error; a page that is
// no article (see the package's doc) is an error too.
func Parse(ctx context.Context, body string, base *url.URL, now time.Time) (Article, error) {
	return parse(ctx, body, base, now, nil)
}

func parse(ctx context.Context, body string, base *url.URL, now time.Time, s selectors) (Article, error) {
	if err := ctx.Err(); err != nil {
		return Article{}, err
	}
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		return Article{}, centre.Invalid("The page %s cannot be read as HTML: its elements lie too deep in one another; give the address of a simpler page.", base.Redacted())
	}
	about := describe(doc)
	a := Article{Canonical: canonical(about.canonical, base), Language: about.language}
	own, err := a.pick(ctx, doc, s)
	if err != nil {
		return Article{}, err
	}
	read, err := extract(ctx, doc, base, own.text)
	if err != nil {
		return Article{}, err
	}
	if err := barrier(base, doc, about, read.text); err != nil {
		return Article{}, err
	}
	if strings.TrimSpace(read.text) == "" {
		return Article{}, centre.Invalid("The page %s has no readable text; perhaps it needs scripts to show it. Look for a feed of the same site.", base.Redacted())
	}
	a.Title = gather.PlainLine(firstOf(own.title, about.title, headingOf(doc, read.title)))
	a.Author = gather.PlainLine(firstOf(own.author, about.author, read.author))
	a.HTML = gather.CleanHTML(read.html)
	a.times(own.date, about, doc, read.text, now)
	return a, nil
}

// picked is what the source's own selectors found.
type picked struct {
	title, author, date string
	text                []*html.Node
}

// maxPicked is how many elements of one selector are taken.
const maxPicked = 2000

// pick drops what is to be dropped, finds what the selectors name, and notes it.
func (a *Article) pick(ctx context.Context, doc *html.Node, s selectors) (p picked, err error) {
	for _, name := range selectorNames[1:] { // "list" is for list pages
		if s[name] == nil {
			continue
		}
		found, err := s.all(ctx, doc, name, maxPicked)
		if err != nil {
			return p, err
		}
		if len(found) == 0 && name != "remove" {
			a.missed = append(a.missed, note(name, 0))
		} else {
			a.Notes = append(a.Notes, note(name, len(found)))
		}
		first := ""
		for _, n := range found {
			if first = strings.TrimSpace(value(n)); first != "" {
				break
			}
		}
		switch name {
		case "title":
			p.title = first
		case "text":
			p.text = found
		case "date":
			p.date = first
		case "author":
			p.author = first
		case "remove":
			for _, n := range found {
				if n.Parent != nil && n.DataAtom != atom.Html && n.DataAtom != atom.Body {
					n.Parent.RemoveChild(n)
				}
			}
		}
	}
	return p, nil
}

// times finds when the article was published and changed, as the package's doc
// orders it.
func (a *Article) times(own string, about about, doc *html.Node, text string, now time.Time) {
	published := about.published
	if own != "" {
		if m := a.date([]string{own}, now); m.Known() {
			a.Published = m
		} else if m := dateIn(own, centre.BasisPage); m.Known() {
			a.Published, _ = gather.Plausible(m, now)
		}
		if !a.Published.Known() {
			a.Problems = append(a.Problems, "The element that the option \"date\" names holds no date that is sure; what the page says elsewhere was taken.")
		}
	}
	if !a.Published.Known() {
		a.Published = a.date(published, now)
		a.disagreement(about)
	}
	line, at := dateline(text)
	a.Dateline = gather.PlainLine(line)
	if !a.Published.Known() {
		if !at.Known() {
			at = labelledDate(doc)
		}
		var problem string
		if a.Published, problem = gather.Plausible(at, now); problem != "" {
			a.Problems = append(a.Problems, problem)
		}
	}
	a.Updated = a.date(about.modified, now)
	if a.Updated.Known() && a.Published.Known() && a.Updated.Time.Before(dayOf(a.Published.Time)) {
		a.Problems = append(a.Problems, "The page says that it was changed on "+a.Updated.Time.Format(time.DateOnly)+", before it was published; when it was changed counts as unknown.")
		a.Updated = centre.Moment{}
	}
}

// date takes the first of the texts that is a plausible date; where that is a
// day alone, the time of day of the first later one of the same day.
func (a *Article) date(texts []string, now time.Time) (best centre.Moment) {
	for _, text := range texts {
		m, ok := gather.ParseDate(text, centre.BasisPage)
		if !ok {
			continue
		}
		m, problem := gather.Plausible(m, now)
		switch {
		case problem != "" && !best.Known():
			a.Problems = append(a.Problems, problem)
		case !m.Known():
		case !best.Known():
			best = m
		case best.Precision == centre.PrecisionDay && m.Precision != centre.PrecisionDay && m.Precision != centre.PrecisionMonth && dayOf(m.Time).Equal(best.Time):
			best = m
		}
		if best.Known() && best.Precision != centre.PrecisionDay {
			return best
		}
	}
	return best
}

// disagreement names two times of publication that lie more than a day apart.
func (a *Article) disagreement(about about) {
	places := [...]string{"JSON-LD", "Open Graph", "other metadata"}
	for rank, stated := range about.stated {
		m, ok := gather.ParseDate(stated, centre.BasisPage)
		if !ok || !a.Published.Known() {
			continue
		}
		if gap := m.Time.Sub(a.Published.Time).Abs(); gap > 48*time.Hour {
			a.Problems = append(a.Problems, "The page gives two times of publication: "+a.Published.Time.Format(time.DateOnly)+", which was taken, and "+
				m.Time.Format(time.DateOnly)+" in its "+places[rank]+"; compare them with the text.")
			return
		}
	}
}

func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// canonical trusts a page's own word about its address only for its own host,
// and not where it calls itself the front page, as careless templates do.
func canonical(claimed string, base *url.URL) string {
	own := *base
	own.Fragment, own.RawFragment, own.User = "", "", nil
	u, err := base.Parse(claimed)
	if claimed == "" || len(claimed) > 2000 || !utf8.ValidString(claimed) || err != nil || u.Hostname() != own.Hostname() || u.Scheme != "http" && u.Scheme != "https" {
		return own.String()
	}
	if strings.Trim(u.Path, "/") == "" && strings.Trim(own.Path, "/") != "" {
		return own.String()
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	return u.String()
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
