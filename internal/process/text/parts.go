package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
)

const (
	// partBytes is how long, in bytes, a line of boilerplate or a byline may be.
	partBytes = 400
	// headLines is how many lines at the beginning of a body are looked at for
	// its title, byline and dateline.
	headLines = 6
)

// parts gives the stretches of a content that are not its running text: its
// title repeated, byline and dateline at the beginning, and anywhere the lines
// that a publisher puts under every text and embedded posts. They are in order
// and do not overlap.
func parts(c centre.Content) []centre.Part {
	p := parter{content: c}
	at, point := 0, 0
	if c.Title > 0 {
		for point < c.Title {
			_, n := utf8.DecodeRuneInString(c.Text[at:])
			at += n
			point++
		}
		p.title = c.Text[:at]
	}
	for number := 0; at < len(c.Text); {
		if c.Text[at] == '\n' {
			at++
			point++
			continue
		}
		line := c.Text[at:]
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		length := utf8.RuneCountInString(line)
		p.line(line, at, point, length, number)
		at += len(line)
		point += length
		number++
	}
	return p.found
}

// parter goes through the lines of a body.
type parter struct {
	content  centre.Content
	title    string
	found    []centre.Part
	previous centre.Part // the line before, as an embedded post would have it
	header   header
	dated    bool // the running text has begun: there is no dateline any more
}

func (p *parter) line(line string, at, point, length, number int) {
	whole := centre.Part{Start: point, End: point + length}
	add := func(kind centre.PartKind) {
		whole.Kind = kind
		p.found = append(p.found, whole)
	}
	defer func() { p.previous = centre.Part{Start: whole.Start, End: whole.End} }()
	if number == 0 && p.title != "" && sameWords(line, p.title) {
		add(centre.PartTitle)
		return
	}
	if len(line) <= partBytes {
		switch {
		case number < headLines && isByline(line), number >= headLines && p.last(at+len(line)) && isByline(line):
			add(centre.PartByline)
			return
		case isBoilerplate(line), number > 0 && at+len(line) == len(p.content.Text) && isSignature(line):
			add(centre.PartBoilerplate)
			return
		}
	}
	if p.post(line, whole, number) {
		return
	}
	if number < headLines && !p.dated {
		// Nothing but the title and a byline stand before the first paragraph.
		first := number == len(p.found) && (number == 0 || p.found[number-1].Kind == centre.PartTitle || p.found[number-1].Kind == centre.PartByline)
		if end := datelineEnd(line, first); end > 0 {
			whole.End = point + utf8.RuneCountInString(line[:end])
			add(centre.PartDateline)
		}
		p.dated = length > 80
	}
}

// last tells that little of the text comes after byte end.
func (p *parter) last(end int) bool { return len(p.content.Text)-end < 2*partBytes }

// sameWords tells that two lines hold the same letters and digits, whatever
// their case and marks.
func sameWords(a, b string) bool {
	next := func(s string) (rune, string) {
		for s != "" {
			r, n := utf8.DecodeRuneInString(s)
			s = s[n:]
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r), s
			}
		}
		return 0, ""
	}
	for {
		var x, y rune
		x, a = next(a)
		y, b = next(b)
		if x != y {
			return false
		}
		if x == 0 {
			return true
		}
	}
}

// datelineEnd gives the byte at which the dateline ends with which a line
// begins, its dividing mark included; 0 where there is none. A dateline is a few
// names, then a date or not, an agency in brackets or not, and a dash:
// "BAGHDAD, Sept 26 (Agency) -", "МОСКВА, 26 сен — Агентство.", "بغداد (الوكالة) -".
// One of capitals, date or agency must be there, for a name and a dash alone
// begin many a sentence; in Arabic letters, which have no capitals, cityAlone
// tells, in the first paragraph only. A full stop behind the brackets divides
// only where there is a date: "АММАН, 12 октября (Каср). Текст".
func datelineEnd(line string, first bool) int {
	const most = 240 // bytes
	limit := min(len(line), most)
	for limit > 0 && limit < len(line) && !utf8.RuneStart(line[limit]) {
		limit--
	}
	start, end := divider(line[:limit])
	if end == 0 || end >= len(line) {
		return 0
	}
	left := strings.TrimRight(line[:start], " ,.،")
	agency := false
	for _, pair := range []string{"()", "[]", "//"} {
		if open := strings.IndexByte(left, pair[0]); open > 0 && strings.HasSuffix(left, pair[1:]) && open < len(left)-1 {
			left, agency = strings.TrimRight(left[:open], " ,.،"), true
		}
	}
	words := cutWords(left)
	if len(words) == 0 || len(words) > datelineWords+2 || !placeLike(words[:1]) {
		return 0
	}
	dated, upper, arabic := false, true, false
	for i, w := range words {
		_, _, month := monthAt(words, i)
		switch {
		case w.number >= 0 || month > 0:
			dated = true
			continue
		case sentenceWords[w.text]:
			return 0
		}
		r, _ := utf8.DecodeRuneInString(left[w.start:])
		arabic = arabic || r >= 0x600 && r < 0x780
		if !w.upper && !w.bracketed && len(w.text) > 4 {
			return 0
		}
		upper = upper && strings.ToUpper(left[w.start:w.end]) == left[w.start:w.end] && w.end-w.start > 2
	}
	if words[0].number >= 0 || !agency && !dated && !arabic && !upper || arabic && len(words) > 5 {
		return 0
	}
	if stop := line[end-1] == '.' && line[start-1] == ')'; stop && !(agency && dated) {
		return 0
	}
	if arabic && !agency && !dated && !(first && cityAlone(left, words, line[end:])) {
		return 0
	}
	return withAgency(line, end)
}

// cityAlone tells that a dateline in Arabic letters may be a place alone: one to
// three words with nothing but spaces between them, then no second dash that
// would make what follows an insertion, but for an agency of one word.
func cityAlone(left string, words []dateWord, rest string) bool {
	const most = 3
	if len(words) > most || words[0].end-words[0].start < 3*2 || strings.Trim(left, " ") != left {
		return false
	}
	for _, r := range left {
		if r != ' ' && r != '\u200c' && !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return false
		}
	}
	if end := strings.IndexAny(rest, ".؟?!"); end >= 0 {
		rest = rest[:end]
	}
	if len(strings.Fields(rest)) < 2 {
		return false
	}
	for _, mark := range []string{" - ", " – ", " — "} {
		if between, _, found := strings.Cut(rest, mark); found && len(strings.Fields(between)) > 1 {
			return false
		}
	}
	return true
}

// withAgency passes an agency between the dash and the text: "МОСКВА, 26 сен —
// Агентство Новости. Текст", "تهران - ایرنا - متن".
func withAgency(line string, end int) int {
	space := len(line[end:]) - len(strings.TrimLeft(line[end:], " "))
	end += space
	rest := line[end:min(len(line), end+80)]
	for _, mark := range []string{" - ", " – ", " — ", ". "} {
		i := strings.Index(rest, mark)
		if i <= 0 {
			continue
		}
		words := strings.Fields(rest[:i])
		named := len(words) <= 3
		for _, w := range words {
			r, _ := utf8.DecodeRuneInString(w)
			named = named && !unicode.IsLower(r) && !unicode.IsDigit(r) && !strings.ContainsAny(w, ",:;\"«")
		}
		if r, _ := utf8.DecodeRuneInString(rest); named && (mark != ". " || r >= 0x400 && r < 0x530) {
			return end + i + len(strings.TrimRight(mark, " "))
		}
	}
	return end - space
}

// divider finds the mark that divides a dateline from the text, without the
// space behind it.
func divider(head string) (start, end int) {
	best, length := -1, 0
	for _, mark := range []string{" - ", " – ", " — ", " -- ", ") -", ")- ", ") –", ") —", "). ", "/. ", "/ — ", "/ - "} {
		if i := strings.Index(head, mark); i > 0 && (best < 0 || i < best) {
			best, length = i, len(mark)
			if mark[0] == ')' || mark[0] == '/' {
				best++ // the bracket belongs to what stands before
				length--
			}
		}
	}
	if best < 0 {
		return 0, 0
	}
	end = best + length
	for end > best && head[end-1] == ' ' {
		end--
	}
	return best, end
}
