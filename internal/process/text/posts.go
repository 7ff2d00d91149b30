package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
)

const (
	// headerLines is how many lines after the line with a post's author its time
	// may stand.
	headerLines = 5
	// headerBytes is how long such a line may be.
	headerBytes = 120
)

// header is the line that begins a post: its author and handle.
type header struct {
	start  int // code point; the zero header is none
	number int // line
	open   bool
}

var platforms = phraseList("view this post on|посмотреть эту публикацию|عرض هذا المنشور على|مشاهدة هذا المنشور|این پست را در اینستاگرام")

// post marks embedded posts: a line with its attribution, together with the line
// before where it is nothing else; a line that a handle begins, or that holds a
// link to a post's picture; and the lines from an author with a handle to the
// time of the post. It tells whether line is one.
func (p *parter) post(line string, whole centre.Part, number int) bool {
	whole.Kind = centre.PartEmbedded
	n := len(p.found)
	if alone, ok := isPost(line); ok {
		if alone && number > 0 && p.previous.End > 0 && p.previous.Start >= p.content.Title {
			// The post itself stands in the line before.
			switch {
			case n == 0 || p.found[n-1].End <= p.previous.Start:
				whole.Start = p.previous.Start
			case p.found[n-1].Kind == centre.PartEmbedded && p.found[n-1].End == p.previous.End:
				p.found[n-1].End = whole.End
				return true
			}
		}
		p.found = append(p.found, whole)
		return true
	}
	if _, ok := platforms.beginning(line); ok && len(line) <= headerBytes ||
		strings.Contains(line, "pic.twitter.com/") || strings.Contains(line, "pic.x.com/") || isQuoted(line) {
		p.found = append(p.found, whole)
		return true
	}
	if p.header.open && number <= p.header.number+headerLines && isPostTime(line) {
		for n > 0 && p.found[n-1].Start >= p.header.start {
			n--
		}
		whole.Start = p.header.start
		p.found = append(p.found[:n], whole)
		p.header.open = false
		return true
	}
	if isHeader(line) {
		p.header = header{whole.Start, number, true}
	}
	return false
}

// isQuoted tells a line that a handle and a colon begin: "RT @a_writer: ...".
func isQuoted(line string) bool {
	line = strings.TrimPrefix(line, "RT ")
	if !strings.HasPrefix(line, "@") {
		return false
	}
	n := handle(line[1:])
	return n > 0 && strings.HasPrefix(line[1+n:], ":")
}

// isHeader tells a line that is a name and a handle.
func isHeader(line string) bool {
	if len(line) > headerBytes {
		return false
	}
	at := strings.LastIndexByte(line, '@')
	if at < 0 || strings.Count(line, " ") > 6 {
		return false
	}
	n := handle(line[at+1:])
	return n > 0 && strings.Trim(line[at+1+n:], " )") == ""
}

// handle gives how many bytes of s are a handle of Twitter.
func handle(s string) int {
	n := 0
	for n < len(s) && (s[n] == '_' || s[n] >= '0' && s[n] <= '9' || s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		n++
	}
	if n > 30 {
		return 0
	}
	return n
}

// isPostTime tells a line that is a time of day and a date: "6:30 PM - 26 Sep 2015".
func isPostTime(line string) bool {
	if len(line) > 64 || !strings.ContainsAny(line, "-–—·,،") {
		return false
	}
	clock, year, digits := false, false, 0
	for i, r := range line {
		if unicode.IsDigit(r) {
			digits++
			year = year || digits == 4
			continue
		}
		if r == ':' && digits > 0 {
			next, _ := utf8.DecodeRuneInString(line[i+1:])
			clock = clock || unicode.IsDigit(next)
		}
		digits = 0
	}
	return clock && year
}

// isPost tells a line that ends with the attribution of an embedded post, a
// name, a handle in brackets and a date ("— A. Writer (@writer) September 26,
// 2015"); alone tells that the line is nothing else.
func isPost(line string) (alone, ok bool) {
	at := strings.LastIndexByte(line, '@') - 1
	if at < 0 || line[at] != '(' {
		return false, false
	}
	handle, rest, closed := strings.Cut(line[at+2:], ")")
	if !closed || len(handle) == 0 || len(handle) > 30 || len(rest) > 80 {
		return false, false
	}
	for i := range len(handle) {
		if c := handle[i]; c != '_' && c < '0' || c > 'z' {
			return false, false
		}
	}
	if !strings.ContainsFunc(rest, unicode.IsDigit) {
		return false, false
	}
	for _, dash := range []string{"—", "–", "--", "- ", "― "} {
		if i := strings.LastIndex(line[:at], dash); i >= 0 && at-i < 120 {
			return i < 8, true
		}
	}
	return false, false
}
