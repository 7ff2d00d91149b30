package page

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/internal/centre"
	"entente/internal/gather"
)

// autoList in the option "list" asks for the same host's headlines.
const autoList = "auto"

// selectorNames are the options that hold CSS selectors, in the order in which
// they are applied: what is dropped is dropped before the text is taken, and
// after title, date and author, which may stand in it.
var selectorNames = []string{"list", "title", "date", "author", "remove", "text"}

// selectors are a source's own words on where things stand in its pages. The
// zero value has none.
type selectors map[string]cascadia.SelectorGroup

const (
	maxSelector = 300 // bytes of an option
	// maxSteps is how many descendant steps ("a b c") a selector may have: a
	// matcher tries every choice of ancestors, so each step multiplies the work.
	maxSteps = 4
	// maxMatchDepth is how deep in the page elements are matched; real articles
	// lie at 10 to 40.
	maxMatchDepth = 100
)

// readSelectors reads the options of a source. Errors say which option cannot
// be read, and where.
func readSelectors(options map[string]string) (selectors, error) {
	s := selectors{}
	for _, name := range selectorNames {
		text := strings.TrimSpace(options[name])
		if text == "" || name == "list" && text == autoList {
			continue
		}
		if len(text) > maxSelector {
			return nil, centre.Invalid("The option %q is longer than %d bytes; give a shorter CSS selector.", name, maxSelector)
		}
		group, err := cascadia.ParseGroup(text)
		if err != nil {
			return nil, notASelector(name, text)
		}
		if steps(text) > maxSteps || strings.Count(text, "~")-strings.Count(text, "~=") > 1 || strings.Count(text, ":has")+strings.Count(text, ":contains")+strings.Count(text, ":matches") > 1 {
			return nil, centre.Invalid("The option %q asks for too much work at each element: use at most %d descendant steps, one ~ and one of :has, :contains and :matches; a class or an id alone is usually enough.", name, maxSteps)
		}
		s[name] = group
	}
	return s, nil
}

// notASelector says where a selector stops being one: after its longest
// beginning that is one.
func notASelector(name, text string) error {
	for end := len(text); end > 0; end-- {
		if _, err := cascadia.ParseGroup(text[:end]); err == nil {
			return centre.Invalid("The option %q is no CSS selector: %q can be read, and then %q cannot (character %d); correct it, for example as article .text p.",
				name, gather.PlainLine(text[:end]), gather.PlainLine(text[end:]), len([]rune(text[:end]))+1)
		}
	}
	return centre.Invalid("The option %q is no CSS selector from its first character on: %q; correct it, for example as article .text p.", name, gather.PlainLine(text))
}

// steps counts the most descendant steps of a selector of the group: spaces
// between compounds, outside brackets and quotes.
func steps(text string) (most int) {
	depth, count := 0, 0
	var quote rune
	var last rune // the last sign that is no space
	space := false
	for _, r := range text {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '[' || r == '(':
			depth++
		case r == ']' || r == ')':
			depth--
		}
		if r == ' ' || r == '\t' || r == '\n' {
			space = true
			continue
		}
		switch {
		case depth == 0 && r == ',':
			count = 0
		case space && !strings.ContainsRune(">+~,", r) && !strings.ContainsRune(">+~,(", last) && quote == 0:
			count++
		}
		most, last, space = max(most, count), r, false
	}
	return most
}

// all gives the elements of a page that the option names, in order; at most
// most. It stops with ctx.
func (s selectors) all(ctx context.Context, root *html.Node, name string, most int) (found []*html.Node, err error) {
	group, ok := s[name]
	if !ok {
		return nil, nil
	}
	var walk func(n *html.Node, depth int) error
	walk = func(n *html.Node, depth int) error {
		if n.Type == html.ElementNode {
			if err := ctx.Err(); err != nil {
				return err
			}
			if len(found) < most && group.Match(n) {
				found = append(found, n)
			}
		}
		if depth >= maxMatchDepth {
			return nil
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if err := walk(c, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	err = walk(root, 0)
	return found, err
}

// note says what a selector matched.
func note(name string, count int) string {
	switch count {
	case 0:
		return fmt.Sprintf("The selector of %q matched nothing; look at the page's source, or leave the option out.", name)
	case 1:
		return fmt.Sprintf("The selector of %q matched 1 element.", name)
	}
	return fmt.Sprintf("The selector of %q matched %d elements.", name, count)
}

// limit reads the option of that name.
func limit(options map[string]string) (int, error) {
	text := strings.TrimSpace(options["limit"])
	if text == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxLimit {
		return 0, centre.Invalid("The option \"limit\" is %q; give a number of articles a fetch from 1 to %d.", gather.PlainLine(text), maxLimit)
	}
	return n, nil
}

// value gives what an element says: its content or datetime where it has one,
// else its text.
func value(n *html.Node) string {
	switch n.DataAtom {
	case atom.Meta:
		return attr(n, "content")
	case atom.Time:
		if at := attr(n, "datetime"); at != "" {
			return at
		}
	}
	if at := attr(n, "content"); at != "" {
		return at
	}
	return text(n, 2000)
}
