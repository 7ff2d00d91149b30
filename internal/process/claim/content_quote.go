package claim

import (
	"strings"
	"unicode/utf8"

	"entente/internal/centre"
)

// lightly tells that between two tokens stands nothing but time, place and a
// short phrase: no verb and no complement.
func (r *reader) lightly(s *sentence, from, to int32) bool {
	for i := from; i < to; i++ {
		t := &r.tokens[i]
		if t.gap&(stop|semicolon) != 0 && i > from {
			return false
		}
		if t.class&(verb) != 0 || t.class&complement != 0 && i+1 < to || t.entry != nil && t.entry.cue != nil && t.entry.cue.frame&noun == 0 && !r.nominal(s, i) {
			return false
		}
	}
	if from == to {
		return true
	}
	// "called it “a shame”" quotes part of a clause.
	g := r.tokens[to].gap
	return g&(comma|colon) != 0 || r.is(to-1, complement) || from+1 == to && r.is(from, complement)
}

// quoteEndingAt gives the quotation that ends right before token i on a level, or
// -1.
func (r *reader) quoteEndingAt(s *sentence, i, level int32) int32 {
	if i <= s.first || int(i) > len(r.tokens) {
		return -1
	}
	if i < int32(len(r.tokens)) && r.tokens[i].gap&quoteClose == 0 {
		return -1
	}
	q := r.tokens[i-1].quote
	for q >= 0 && r.quotes[q].parent != level {
		q = r.quotes[q].parent
	}
	if q < 0 || r.quotes[q].until != i {
		return -1
	}
	// Scare quotes end a phrase that has other words before them.
	if r.quotes[q].until-r.quotes[q].first < 3 && r.tokens[i].gap&(comma|dash|stop) == 0 && r.quotes[q].first > s.first {
		return -1
	}
	if first := r.quotes[q].first; first > s.first && r.tokens[first].gap&(comma|colon|semicolon|stop|paragraph) == 0 && r.tokens[i].gap&comma == 0 && !r.textComma(q) {
		return -1
	}
	if first := r.quotes[q].first; first > s.first && r.tokens[first].gap&(comma|colon|semicolon|stop|paragraph|newLine) == 0 {
		return -1 // part of a clause: the clause is what is said
	}
	return q
}

// textComma tells that a quotation ends with a comma inside.
func (r *reader) textComma(q int32) bool {
	at := r.quotes[q].shut
	return at > 0 && (r.text[at-1] == ',')
}

// quoteFrom gives the quotation that opens within some tokens from i, or -1.
func (r *reader) quoteFrom(s *sentence, i, level, within int32) int32 {
	for k := i; k < s.until && k <= i+within; k++ {
		if r.tokens[k].gap&quoteOpen != 0 {
			q := r.tokens[k].quote
			for q >= 0 && r.quotes[q].parent != level {
				q = r.quotes[q].parent
			}
			if q >= 0 && r.quotes[q].first == k {
				return q
			}
			return -1
		}
		if k > i && r.tokens[k].gap&(stop|paragraph) != 0 {
			return -1
		}
	}
	return -1
}

// wholeQuote gives the tokens of a quotation, with its further paragraphs.
func (r *reader) wholeQuote(q int32) span {
	p := span{r.quotes[q].first, r.quotes[q].until}
	for n := q; n > 0 && r.quotes[n].continues; {
		n--
		if r.quotes[n].goesOn && r.quotes[n].parent == r.quotes[q].parent {
			p.first = r.quotes[n].first
		}
	}
	for n := q; int(n)+1 < len(r.quotes) && r.quotes[n].goesOn; {
		n++
		for int(n) < len(r.quotes) && !r.quotes[n].continues {
			n++
		}
		if int(n) >= len(r.quotes) {
			break
		}
		p.until = r.quotes[n].until
	}
	p.until = min(p.until, p.first+maxContent)
	return p
}

// maxContent is how many tokens of a quotation are a content at most.
const maxContent = 2000

// followingQuotes adds the sentences that follow and are nothing but a
// quotation, in the same paragraph, without a cue of their own.
func (r *reader) followingQuotes(s *sentence, c *cue, a *act) {
	at := a.content[len(a.content)-1].until
	at = max(at, s.until)
	for n := 0; n < 8 && int(at) < len(r.tokens); n++ {
		t := &r.tokens[at]
		if t.gap&quoteOpen == 0 || t.gap&paragraph != 0 || t.quote < 0 || r.quotes[t.quote].first != at || r.quotes[t.quote].parent != r.tokens[c.first].quote {
			return
		}
		q := t.quote
		end := r.quotes[q].until
		if int(end) < len(r.tokens) && r.tokens[end].sentence == r.tokens[end-1].sentence && r.tokens[end].gap&(paragraph) == 0 {
			return // more follows in its sentence: an attribution of its own
		}
		a.content = append(a.content, r.wholeQuote(q))
		at = end
	}
}

// contentWords gives the words of a content, with the mark that closes a name in
// quotation marks which ends it, or opens one that begins it.
func (r *reader) contentWords(p span) centre.Words {
	w := r.wordsOf(p)
	if p.empty() {
		return w
	}
	start, end := int(r.tokens[p.first].start), int(r.tokens[p.until-1].end)
	if q := r.tokens[p.until-1].quote; q >= 0 {
		x := &r.quotes[q]
		if size := r.markAt(int(x.shut)); x.closed && x.first > p.first && x.until == p.until && int(x.shut) == end && size > 0 {
			end, w.End = end+size, w.End+1
		}
	}
	if q := r.tokens[p.first].quote; q >= 0 {
		x := &r.quotes[q]
		if size := r.markAt(int(x.open)); x.closed && x.first == p.first && x.until < p.until && int(x.open)+size == start && size > 0 {
			start, w.Start = int(x.open), w.Start-1
		}
	}
	w.Text = r.text[start:end]
	return w
}

// markAt gives the size of the double quotation mark at a byte, or 0 where there is none.
func (r *reader) markAt(at int) int {
	c, size := utf8.DecodeRuneInString(r.text[min(at, len(r.text)):])
	if !strings.ContainsRune("«»“”„\"", c) {
		return 0
	}
	return size
}

// hasQuote tells that a quotation on a level begins in a span.
func (r *reader) hasQuote(p span, level int32) bool {
	for i := p.first; i < p.until; i++ {
		if q := r.tokens[i].quote; q != level {
			return true
		}
	}
	return false
}
