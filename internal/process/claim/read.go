package claim

import (
	"context"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// gap is what stands between a token and the one before it, in bits.
type gap uint16

const (
	comma gap = 1 << iota
	colon
	semicolon
	dash
	opening // a bracket
	closing
	quoteOpen
	quoteClose
	own       // a possessive: the word before is "Iraq's"
	hyphen    // joined by a hyphen alone
	newLine   // a line's end
	paragraph // a paragraph's end
	stop      // a full stop, a question or exclamation mark
)

// apart are the marks that bound a noun phrase.
const apart = comma | colon | semicolon | dash | opening | closing | quoteOpen | quoteClose | newLine | paragraph | stop

// token is a word of the text with what is known of it.
type token struct {
	start, end      int32 // bytes
	point, pointEnd int32 // code points
	class           class
	entry           *entry // of the word or words that begin here; nil for none
	until           int32  // the last token that entry covers
	gap             gap    // before it
	quote           int32  // index of the innermost quotation that it stands in, or -1
	sentence        int32
	mention         int32 // index of the person or body that covers it, or -1
	place           int32 // of the place
	when            int32 // of the time expression
	upper           bool
	digits          bool
	thought         uint8 // as entry.thought
}

// reader is a text as the step sees it, reusable from text to text.
type reader struct {
	draft     *centre.Draft
	text      string
	words     gazetteer.Words
	tokens    []token
	quotes    []quotation
	open      []int32 // indices of quotations under way
	sentences []sentence
	cues      []cue
	acts      []act
	facts     []fact // of the tokens, for the model of attributions
}

// sentence is a run of tokens, half-open, with the tongue that it is read in.
type sentence struct {
	first, until int32
	tongue       *tongue // nil where the language is none of ours
	part         centre.PartKind
	title        bool
}

// begin reads the text of a draft into tokens, quotations and sentences.
func (r *reader) begin(ctx context.Context, draft *centre.Draft) error {
	r.draft, r.text = draft, head(draft.Content.Text)
	r.cues, r.acts = r.cues[:0], r.acts[:0]
	r.words.Scan(r.text)
	list := r.words.List
	if cap(r.tokens) < len(list) {
		r.tokens = make([]token, len(list), len(list)+len(list)/8)
	}
	r.tokens = r.tokens[:len(list)]
	r.quotes, r.open = r.quotes[:0], r.open[:0]
	end := 0
	for i := range list {
		if i%4096 == 4095 && ctx.Err() != nil {
			return ctx.Err()
		}
		w := &list[i]
		t := &r.tokens[i]
		*t = token{start: int32(w.Start), end: int32(w.End), point: int32(w.Rune), pointEnd: int32(w.Rune + w.Runes), until: int32(i),
			mention: -1, place: -1, when: -1, quote: -1, upper: w.Upper, digits: w.Digits}
		t.gap = r.gapBefore(end, w.Start, i)
		if w.Hyphen {
			t.gap |= hyphen
		}
		if n := len(r.open); n > 0 {
			t.quote = r.open[n-1]
		}
		end = w.End
	}
	r.gapBefore(end, len(r.text), len(list))
	for _, q := range r.open {
		r.leave(q, len(list), len(r.text))
	}
	r.open = r.open[:0]
	r.divide()
	r.abbreviations()
	r.lookup()
	r.cover()
	return ctx.Err()
}

const (
	// maxRead is how much of a text is read, in bytes: a longer one is no report,
	// and holds more statements than a person reads.
	maxRead = 2 << 20
	// maxSentence is how many tokens are read together: a sentence without an end
	// is read in pieces.
	maxSentence = 600
)

// head gives the beginning of a text that is read.
func head(text string) string {
	if len(text) <= maxRead {
		return text
	}
	end := maxRead
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// gapBefore reads what stands between two words, with the quotation marks in it;
// next is the number of the token behind it.
func (r *reader) gapBefore(from, to, next int) gap {
	between := r.text[from:to]
	if between == " " {
		return 0
	}
	var g gap
	for i, c := range between {
		switch c {
		case ' ', '\u00a0', '\u200c':
		case ',', '،', '、':
			g |= comma
		case ':':
			g |= colon
		case ';', '؛':
			g |= semicolon
		case '.', '!', '?', '؟', '…', '۔':
			g |= stop
		case '-', '–', '—', '―', '‒':
			g |= dash
		case '(', '[', '{':
			g |= opening
		case ')', ']', '}':
			g |= closing
		case '\n':
			if g&newLine != 0 {
				g |= paragraph
				r.paragraphEnds(next, from+i)
			}
			g |= newLine
		case 's', 'S':
			g |= own
		case '"', '“', '”', '„', '‟', '«', '»', '‘', '’', '‹', '›', '\'', '`', '′', '″', '＂':
			g |= r.mark(c, from+i, next)
		}
	}
	if between == "-" || between == ".-" { // "U.S.-led"
		g = hyphen
	}
	return g
}

// divide cuts the tokens by the sentences of the draft.
func (r *reader) divide() {
	r.sentences = r.sentences[:0]
	at := int32(0)
	part := 0
	n := int32(len(r.tokens))
	language, until := r.draft.LanguageFrom(0)
	tongue := tongueOf(language)
	var add func(start, end int32)
	add = func(start, end int32) {
		for part < len(r.draft.Parts) && int32(r.draft.Parts[part].End) <= start {
			part++
		}
		if part < len(r.draft.Parts) {
			// No sentence stands on both sides of a part's edge.
			for _, edge := range [2]int{r.draft.Parts[part].Start, r.draft.Parts[part].End} {
				if int32(edge) > start && int32(edge) < end && at < n && r.tokens[at].point < int32(edge) {
					add(start, int32(edge))
					add(int32(edge), end)
					return
				}
			}
		}
		for at < n && r.tokens[at].point < end {
			if int(start) >= until { // another paragraph, in another language
				language, until = r.draft.LanguageFrom(int(start))
				tongue = tongueOf(language)
			}
			first := at
			for at < n && r.tokens[at].point < end && at-first < maxSentence {
				r.tokens[at].sentence = int32(len(r.sentences))
				at++
			}
			s := sentence{first: first, until: at, tongue: tongue, title: int(start) < r.draft.Content.Title}
			if part < len(r.draft.Parts) && int32(r.draft.Parts[part].Start) <= start {
				s.part = r.draft.Parts[part].Kind
			}
			r.sentences = append(r.sentences, s)
		}
	}
	for _, s := range r.draft.Sentences {
		add(int32(s.Start), int32(s.End))
	}
	// Where the draft has no sentences, a full stop before a word that may begin
	// one ends one.
	for at < n {
		k := at + 1
		for k < n && r.tokens[k].gap&paragraph == 0 && (r.tokens[k].gap&stop == 0 || !r.begins(k)) {
			k++
		}
		end := int32(1<<31 - 1)
		if k < n {
			end = r.tokens[k].point
		}
		add(r.tokens[at].point, end)
	}
}

// abbreviations takes the full stops of abbreviations out of the gaps: those with
// which a sentence goes on ("Mr. X", "the U.S. army").
func (r *reader) abbreviations() {
	for k := range r.sentences {
		s := &r.sentences[k]
		for i := s.first + 1; i < s.until; i++ {
			if t := &r.tokens[i]; t.gap&apart == stop && r.text[r.tokens[i-1].end] == '.' {
				t.gap &^= stop
			}
		}
	}
}

// begins tells that a sentence may begin with token i, by its letters.
func (r *reader) begins(i int32) bool {
	w := &r.words.List[i]
	return w.Upper || w.Script != gazetteer.Latin && w.Script != gazetteer.Cyrillic
}

// lookup gives the tokens their entries and classes.
func (r *reader) lookup() {
	joined := func(i int) bool { return r.tokens[i].gap&^(own|hyphen) == 0 }
	for si := range r.sentences {
		s := &r.sentences[si]
		if s.tongue == nil {
			continue
		}
		for i := s.first; i < s.until; i++ {
			t := &r.tokens[i]
			e, last := s.tongue.find(&r.words, int(i), joined)
			if e == nil {
				if s.tongue.guess != nil {
					w := &r.words.List[i]
					t.class = s.tongue.guess(r.words.Fold[w.From:w.To], w)
				}
				continue
			}
			t.class, t.thought = e.class, e.thought
			if e.class == 0 && e.cue == nil && s.tongue.guess != nil {
				w := &r.words.List[i]
				t.class = s.tongue.guess(r.words.Fold[w.From:w.To], w)
				continue
			}
			if last > int(i) && e.cue == nil {
				// The words of a phrase without a cue share its class.
				for k := int(i) + 1; k <= last && k < int(s.until); k++ {
					r.tokens[k].class = e.class
				}
				i = int32(last)
				continue
			}
			if e.cue != nil && last < int(s.until) {
				t.entry, t.until = e, int32(last)
			}
		}
	}
}

// cover tells the tokens which mentions cover them. Of mentions over one
// another the longest counts.
func (r *reader) cover() {
	mark := func(i int, of func(*token) *int32) {
		m := &r.draft.Mentions[i]
		for k := r.tokenAt(int32(m.Start)); k < len(r.tokens) && int(r.tokens[k].point) < m.End; k++ {
			p := of(&r.tokens[k])
			if *p < 0 || r.length(*p) < m.End-m.Start {
				*p = int32(i)
			}
		}
	}
	for i := range r.draft.Mentions {
		switch r.draft.Mentions[i].Kind {
		case centre.MentionPlace:
			mark(i, func(t *token) *int32 { return &t.place })
		case centre.MentionTime:
			mark(i, func(t *token) *int32 { return &t.when })
		default:
			mark(i, func(t *token) *int32 { return &t.mention })
		}
	}
	r.freeVerbs()
}

// freeVerbs takes back what an earlier step took for one name over a verb of saying
// in small letters: "Local media say Jordan".
func (r *reader) freeVerbs() {
	for si := range r.sentences {
		s := &r.sentences[si]
		if s.tongue == nil || s.tongue.language != "en" {
			continue
		}
		for i := s.first + 1; i < s.until; i++ {
			t := &r.tokens[i]
			m := t.mention
			if m < 0 || t.upper || t.entry == nil || t.entry.cue == nil || t.entry.cue.frame&clause == 0 || t.class&(document|account) != 0 || r.tokens[i-1].mention != m || i+1 >= s.until || r.tokens[i+1].mention != m {
				continue
			}
			for k := i; k >= s.first && r.tokens[k].mention == m; k-- {
				r.tokens[k].mention = -1
			}
			for k := i + 1; k < s.until && r.tokens[k].mention == m; k++ {
				r.tokens[k].mention = -1
			}
		}
	}
}

func (r *reader) length(mention int32) int {
	m := &r.draft.Mentions[mention]
	return m.End - m.Start
}

// tokenAt gives the first token that ends behind a code point.
func (r *reader) tokenAt(point int32) int {
	lo, hi := 0, len(r.tokens)
	for lo < hi {
		mid := (lo + hi) / 2
		if r.tokens[mid].pointEnd <= point {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// fold gives the key of a token.
func (r *reader) fold(i int32) []byte {
	w := &r.words.List[i]
	return r.words.Fold[w.From:w.To]
}

// span is a run of tokens, half-open; empty where first is until.
type span struct{ first, until int32 }

func (s span) empty() bool { return s.first >= s.until }

func (s span) holds(o span) bool { return s.first <= o.first && o.until <= s.until }

// wordsOf gives the words of a span.
func (r *reader) wordsOf(s span) centre.Words {
	if s.empty() {
		return centre.Words{}
	}
	a, b := &r.tokens[s.first], &r.tokens[s.until-1]
	return centre.Words{Start: int(a.point), End: int(b.pointEnd), Text: r.text[a.start:b.end]}
}
