package query

import (
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
)

// String prints a query as canonical text, which parses to the same tree in
// any time zone if the tree is one of Parse. Of other trees it prints what
// matches the same.
func String(n Node) string {
	if _, all := n.(All); all || n == nil {
		return ""
	}
	var b strings.Builder
	write(&b, n, false)
	return b.String()
}

// write prints n; tight asks for parentheses around more than one term.
func write(b *strings.Builder, n Node, tight bool) {
	switch n := n.(type) {
	case And:
		list(b, n, " ", "*", tight)
	case Or:
		list(b, n, " OR ", "-*", tight)
	case Not:
		b.WriteByte('-')
		write(b, n.Node, true)
	case Said:
		terms := n.terms()
		if len(terms) == 0 {
			terms = []string{"*"}
		}
		text := strings.Join(terms, " ")
		if tight && len(terms) > 1 {
			text = "(" + text + ")"
		}
		b.WriteString(text)
	default:
		b.WriteString(term(n))
	}
}

func list(b *strings.Builder, nodes []Node, divider, none string, tight bool) {
	switch {
	case len(nodes) == 0:
		b.WriteString(none)
		return
	case len(nodes) == 1:
		write(b, nodes[0], tight)
		return
	case tight:
		b.WriteByte('(')
	}
	var last *Said
	for i, n := range nodes {
		if i > 0 {
			b.WriteString(divider)
		}
		if said, ok := n.(Said); ok && divider == " " {
			joins := false
			if last != nil {
				_, joins = last.and(said)
			}
			if joins {
				b.WriteString("--") // about another statement than last
			} else {
				last = &said
			}
		}
		write(b, n, true)
	}
	if tight {
		b.WriteByte(')')
	}
}

func term(n Node) string {
	switch n := n.(type) {
	case Word:
		if n.Prefix {
			return n.Text + "*"
		}
		return n.Text
	case Phrase:
		return `"` + strings.Join(n.Words, " ") + `"`
	case Language:
		return "lang:" + n.Tag
	case Source:
		return "source:" + n.Slug
	case Member:
		return "member:" + string(n.Code)
	case Place:
		return "place:" + inQuotes(n.Name)
	case Named:
		if n.Body {
			return "org:" + inQuotes(n.Name)
		}
		return "person:" + inQuotes(n.Name)
	case Entity:
		return "entity:" + n.ID.String()
	case Near:
		return "near:" + degrees(n.Point.Lat) + "," + degrees(n.Point.Lon) + "," + degrees(n.Metres) + "m"
	case Box:
		return "box:" + degrees(n.West) + "," + degrees(n.South) + "," + degrees(n.East) + "," + degrees(n.North)
	case Published:
		return span("after:", n.From, "before:", n.Until)
	case Received:
		return span("received-after:", n.From, "received-before:", n.Until)
	case Grade:
		from := gradeEnd(n.ReliabilityFrom, n.CredibilityFrom)
		if to := gradeEnd(n.ReliabilityTo, n.CredibilityTo); to != from {
			return "grade:" + from + ".." + to
		} else if from == "" {
			return "*"
		}
		return "grade:" + from
	case Story:
		return "story:" + n.ID.String()
	case Happens:
		if n.Category == "" {
			return "event:any"
		}
		return "event:" + string(n.Category)
	}
	return "*" // All
}

func span(after string, from time.Time, before string, until time.Time) string {
	const form = "2006-01-02T15:04:05.999Z"
	switch {
	case from.IsZero() && until.IsZero():
		return "*"
	case until.IsZero():
		return after + from.UTC().Format(form)
	case from.IsZero():
		return before + until.UTC().Format(form)
	}
	return "(" + after + from.UTC().Format(form) + " " + before + until.UTC().Format(form) + ")"
}

func gradeEnd(r centre.Reliability, c centre.Credibility) string {
	var text string
	if r != 0 {
		text = string(rune(r))
	}
	if c != 0 {
		text += strconv.Itoa(int(c))
	}
	return text
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// inQuotes quotes a name where it is not one plain word.
func inQuotes(name string) string {
	switch {
	case strings.ContainsAny(name, "\"“”„‟"):
		return "«" + name + "»"
	case strings.ContainsAny(name, " ()（）«»"):
		return `"` + name + `"`
	}
	return name
}
