package text

import (
	"context"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what a person reads of an HTML document.
type page struct{ title, body string }

// fromHTML reads a page tag by tag and builds no tree, so that its time grows
// with the length alone, however deep or broken the nesting.
func fromHTML(ctx context.Context, source string) (page, error) {
	p, whole, err := readHTML(ctx, source, true)
	if err == nil && !whole {
		// Something to leave out never ended: better too much than nothing.
		p, _, err = readHTML(ctx, source, false)
	}
	return p, err
}

// readHTML tells by whole whether every element that it left out ended. With
// furniture false only what is never text is left out.
func readHTML(ctx context.Context, source string, furniture bool) (p page, whole bool, err error) {
	z := html.NewTokenizer(strings.NewReader(source))
	z.SetMaxBuf(0)
	var body, title strings.Builder
	var skipped atom.Atom // the element being left out, and how many of it are open
	depth := 0
	inTitle, pre := false, 0
	for n := 0; ; n++ {
		if n%4096 == 4095 && ctx.Err() != nil {
			return p, false, ctx.Err()
		}
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return p, false, z.Err()
			}
			p.title, p.body = title.String(), body.String()
			return p, depth == 0, nil
		case html.TextToken:
			switch {
			case inTitle:
				title.Write(z.Text())
			case depth > 0:
			case pre > 0:
				body.Write(z.Text())
			default:
				writeFolded(&body, z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			switch {
			case depth > 0:
				if a == skipped {
					depth++
				}
			case never(a) || furniture && isFurniture(a):
				skipped, depth = a, 1
			case a == atom.Title:
				inTitle = title.Len() == 0
			case a == atom.Br:
				body.WriteByte('\n')
			case a == atom.Pre:
				pre++
				body.WriteString("\n\n")
			case a == atom.Td || a == atom.Th:
				body.WriteByte(' ')
			case a == atom.Li || a == atom.Tr || a == atom.Dt || a == atom.Dd:
				body.WriteByte('\n')
			case isBlock(a):
				body.WriteString("\n\n")
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			switch {
			case depth > 0:
				if a == skipped {
					depth--
				}
			case a == atom.Title:
				inTitle = false
			case a == atom.Pre:
				pre = max(pre-1, 0)
				body.WriteString("\n\n")
			case isBlock(a):
				body.WriteString("\n\n")
			}
		}
	}
}

// writeFolded writes text with its line ends as spaces, as HTML means them.
func writeFolded(b *strings.Builder, text []byte) {
	for i, c := range text {
		if c == '\n' || c == '\r' || c == '\t' || c == '\f' {
			text[i] = ' '
		}
	}
	b.Write(text)
}

// never tells elements whose content is not for reading.
func never(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Select, atom.Textarea, atom.Canvas, atom.Audio, atom.Video:
		return true
	}
	return false
}

// isFurniture tells elements that surround the text of a page.
func isFurniture(a atom.Atom) bool {
	switch a {
	case atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Button, atom.Menu, atom.Dialog:
		return true
	}
	return false
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table, atom.Section,
		atom.Article, atom.Blockquote, atom.Header, atom.Main, atom.Figure, atom.Figcaption, atom.Dl, atom.Hr, atom.Address,
		atom.Fieldset, atom.Details, atom.Summary, atom.Caption, atom.Thead, atom.Tbody, atom.Center, atom.Body, atom.Nav, atom.Aside, atom.Footer, atom.Form:
		return true
	}
	return false
}
