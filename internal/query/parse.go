package query

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"entente/internal/lexis"
)

// What Parse refuses as too much for one query.
const (
	MaxLength = 4000 // code points of its text
	MaxDepth  = 40   // parentheses and negations within one another
	MaxTerms  = 200  // words, phrases and fields
)

// Options say how a text is read.
type Options struct {
	// Zone is where the days of after: and before: begin; nil is UTC.
	Zone *time.Location
}

// Parse reads a query. An error is a *SyntaxError. Text without any words or
// fields is All. The tree is canonical: no And or Or has fewer than two nodes
// or holds one of its own kind, and what is several words to package lexis
// ("al-Assad") is a Phrase.
func Parse(text string, o Options) (Node, error) {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if n := utf8.RuneCountInString(text); n > MaxLength {
		return nil, fail(MaxLength, "the query to end: it may have %d characters and has %d", MaxLength, n)
	}
	p := &parser{runes: []rune(strings.ToValidUTF8(text, "�")), zone: o.Zone}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.at < len(p.runes) { // or stops at the end and at a parenthesis that closes nothing
		return nil, fail(p.at, "no closing parenthesis, for none is open here")
	}
	if n == nil {
		return All{}, nil
	}
	return n, nil
}

type parser struct {
	runes []rune
	at    int
	depth int
	terms int
	zone  *time.Location
}

// or reads operands divided by OR. It gives nil where there are none.
func (p *parser) or() (Node, error) {
	var all Or
	for {
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		at := p.at
		more := p.keyword("OR")
		switch {
		case n == nil && (more || len(all) > 0):
			if more {
				return nil, fail(at, "a word before OR")
			}
			return nil, fail(p.at, "a word after OR")
		case n == nil:
			return nil, nil
		}
		if inner, ok := n.(Or); ok {
			all = append(all, inner...)
		} else {
			all = append(all, n)
		}
		if !more {
			if len(all) == 1 {
				return all[0], nil
			}
			return all, nil
		}
	}
}

// and reads operands that stand side by side or are divided by AND.
func (p *parser) and() (Node, error) {
	var all And
	owed := -1 // where an AND stands that has no operand after it yet
	for {
		p.space()
		at := p.at
		if p.keyword("AND") {
			if len(all) == 0 || owed >= 0 {
				return nil, fail(at, "a word before AND")
			}
			owed = p.at
			continue
		}
		if p.at == len(p.runes) || closes(p.runes[p.at]) || p.peek("OR") {
			break
		}
		n, err := p.not()
		if err != nil {
			return nil, err
		}
		switch n := n.(type) {
		case nil:
			continue
		case And:
			all = append(all, n...)
		default:
			all = append(all, n)
		}
		owed = -1
	}
	if owed >= 0 {
		return nil, fail(p.at, "a word after AND")
	}
	switch all = joinSaid(all); len(all) {
	case 0:
		return nil, nil
	case 1:
		return all[0], nil
	}
	return all, nil
}

// not reads one operand with what negates it. Punctuation alone gives nil.
func (p *parser) not() (Node, error) {
	negated := p.keyword("NOT")
	if !negated && p.runes[p.at] == '-' && p.at+1 < len(p.runes) && !space(p.runes[p.at+1]) {
		negated = true
		p.at++
	}
	if !negated {
		return p.operand()
	}
	p.space()
	if p.at == len(p.runes) || closes(p.runes[p.at]) || p.peek("OR") || p.peek("AND") {
		return nil, fail(p.at, "a word after NOT or -")
	}
	if err := p.deeper(); err != nil {
		return nil, err
	}
	at := p.at
	n, err := p.not()
	p.depth--
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, fail(at, "a word after NOT or -")
	}
	return Not{n}, nil
}

func (p *parser) operand() (Node, error) {
	switch r := p.runes[p.at]; {
	case opens(r):
		return p.group()
	case quote(r) != "":
		return p.phrase()
	}
	if f, ok, err := p.field(); ok || err != nil {
		if err != nil {
			return nil, err
		}
		return f, p.term()
	}
	return p.word()
}

func (p *parser) group() (Node, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	open := p.at
	p.at++
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.at == len(p.runes) {
		return nil, fail(p.at, "a closing parenthesis for the one opened at character %d", open+1)
	}
	if n == nil {
		return nil, fail(p.at, "a word between the parentheses")
	}
	p.at++
	p.depth--
	return n, nil
}

func (p *parser) phrase() (Node, error) {
	open := p.at
	text, err := p.quoted()
	if err != nil {
		return nil, err
	}
	words := normalised(text)
	if len(words) == 0 {
		return nil, fail(open+1, "words between the quotation marks")
	}
	if p.at < len(p.runes) && p.runes[p.at] == '*' {
		return nil, fail(p.at, "no * here: a beginning is one word without quotation marks")
	}
	return Phrase{Words: words}, p.term()
}

// quoted reads what stands between the quotation mark here and the one that
// closes it.
func (p *parser) quoted() (string, error) {
	open := p.at
	closing := quote(p.runes[open])
	for p.at++; p.at < len(p.runes); p.at++ {
		if strings.ContainsRune(closing, p.runes[p.at]) {
			p.at++
			return string(p.runes[open+1 : p.at-1]), nil
		}
	}
	return "", fail(p.at, "a closing quotation mark for the one opened at character %d", open+1)
}

func (p *parser) word() (Node, error) {
	start := p.at
	raw := p.run()
	if raw == "*" {
		return All{}, p.term()
	}
	head, prefix := strings.CutSuffix(raw, "*")
	words := lexis.Words(head)
	switch {
	case prefix && (len(words) == 0 || utf8.RuneCountInString(words[len(words)-1].Text) < 2):
		return nil, fail(start, "at least two letters before *")
	case len(words) == 0:
		return nil, nil
	case prefix:
		last := Word{Text: words[len(words)-1].Text, Prefix: true}
		all := And{}
		for _, w := range words[:len(words)-1] {
			all = append(all, Word{Text: w.Text})
			p.terms++
		}
		if len(all) == 0 {
			return last, p.term()
		}
		return append(all, last), p.term()
	case len(words) > 1:
		return Phrase{Words: normalised(head)}, p.term()
	}
	text := norm.NFC.String(string([]rune(head)[words[0].Start:words[0].End]))
	if text == "AND" || text == "OR" || text == "NOT" {
		text = strings.ToLower(text)
	}
	return Word{Text: text}, p.term()
}

// run reads up to a space, a parenthesis or a quotation mark.
func (p *parser) run() string {
	start := p.at
	for p.at < len(p.runes) {
		if r := p.runes[p.at]; unicode.IsSpace(r) || opens(r) || closes(r) || quote(r) != "" {
			break
		}
		p.at++
	}
	return strings.TrimFunc(string(p.runes[start:p.at]), space)
}

func (p *parser) space() {
	for p.at < len(p.runes) && space(p.runes[p.at]) {
		p.at++
	}
}

// peek reports whether the operator stands here, as a word of its own.
func (p *parser) peek(operator string) bool {
	end := p.at + len(operator)
	if end > len(p.runes) || string(p.runes[p.at:end]) != operator {
		return false
	}
	if end == len(p.runes) {
		return true
	}
	r := p.runes[end]
	return space(r) || opens(r) || closes(r) || quote(r) != ""
}

// keyword reads the operator where it stands here.
func (p *parser) keyword(operator string) bool {
	if !p.peek(operator) {
		return false
	}
	p.at += len(operator)
	return true
}

func (p *parser) deeper() error {
	if p.depth++; p.depth > MaxDepth {
		return fail(p.at, "no more than %d parentheses and negations within one another", MaxDepth)
	}
	return nil
}

func (p *parser) term() error {
	if p.terms++; p.terms > MaxTerms {
		return fail(p.at, "the query to end: it may have %d words and fields", MaxTerms)
	}
	return nil
}

func normalised(text string) []string { return strings.Fields(lexis.Normalise(text)) }

// space reports whether r divides words: white space, and the controls of
// direction that editors put around words.
func space(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200e' || r == '\u200f' || r == '\u061c' || r == '\ufeff' ||
		'\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

func opens(r rune) bool  { return r == '(' || r == '（' }
func closes(r rune) bool { return r == ')' || r == '）' }

var curly = []rune{'"', '“', '”', '„', '‟'}

// quote gives the marks that close the quotation that r opens, "" where r is
// no quotation mark.
func quote(r rune) string {
	switch {
	case slices.Contains(curly, r):
		return `"“”`
	case r == '«':
		return "»"
	case r == '»':
		return "«"
	}
	return ""
}
