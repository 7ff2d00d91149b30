package messaging

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

// A message of an exported chat begins with its date and time, in brackets on
// one kind of telephone and before a dash on the other:
//
//	[26/09/2015, 14:05:06] Centre: text
//	9/26/15, 2:05 PM - Centre: text
//
// The order of day and month is the telephone's own and is not told; nor is its
// zone. Digits may be Arabic or Persian.
var whatsAppLine = regexp.MustCompile(`^[\x{200e}\x{200f}\x{202a}-\x{202e}\x{feff}]*(?:\[([^\]\n]{8,40})\] |([\d٠-٩۰-۹][^\n]{7,38}?) - )`)

// whatsAppDate takes a line's date apart.
var whatsAppDate = regexp.MustCompile(`^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})[,،]? +(?:в |ساعت |الساعة )?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))? ?([ap]\.? ?m\.?|ص|م|ق\.ظ\.?|ب\.ظ\.?|قبل از ظهر|بعد از ظهر)?$`)

// maxWhatsApp is the largest chat that is read: the order of day and month is
// decided over the whole of it.
const maxWhatsApp = 64 << 20

func recogniseWhatsApp(name string, head []byte) float64 {
	if end := bytes.LastIndexByte(head, '\n'); end > 0 && len(head) >= 64<<10 {
		head = head[:end] // not in the middle of a letter
	}
	lines, found := 0, 0
	for line := range strings.SplitSeq(fetch.ToUTF8(head, "").UTF8, "\n") {
		if lines++; lines > 40 {
			break
		}
		if _, rest, ok := whatsAppHead(strings.TrimSuffix(line, "\r")); ok {
			if stamp := line[:len(line)-len(rest)]; strings.ContainsAny(stamp, ",،") || lines > 1 && found > 0 && strings.Contains(stamp, " - ") {
				found++ // without a comma it is as likely the log of a program
			}
		} else if lines == 1 {
			return 0 // the first line of an export is a message or a notice
		}
	}
	switch {
	case found >= 3 || found > 0 && strings.Contains(strings.ToLower(path.Base(name)), "whatsapp"):
		return 0.9
	case found > 0:
		return 0.55
	}
	return 0
}

// whatsAppStamp is a date and a time as a line writes them.
type whatsAppStamp struct {
	a, b, c   int    // the numbers of the date, in their order
	yearFirst bool   // as the length of the first shows
	clock     string // the time of day, 24 hours
}

// whatsAppHead takes the date off a line.
func whatsAppHead(line string) (at whatsAppStamp, rest string, ok bool) {
	m := whatsAppLine.FindStringSubmatchIndex(line)
	if m == nil {
		return at, "", false
	}
	stamp := ""
	if m[2] >= 0 {
		stamp = line[m[2]:m[3]]
	} else {
		stamp = line[m[4]:m[5]]
	}
	f := whatsAppDate.FindStringSubmatch(latin(stamp))
	if f == nil {
		return at, "", false
	}
	at.a, _ = strconv.Atoi(f[1])
	at.b, _ = strconv.Atoi(f[2])
	at.c, _ = strconv.Atoi(f[3])
	at.yearFirst = len(f[1]) == 4
	hour, _ := strconv.Atoi(f[4])
	if hour > 23 || len(f[1]) == 3 || len(f[3]) == 3 || at.yearFirst && len(f[3]) > 2 {
		return at, "", false
	}
	switch half := strings.ReplaceAll(strings.ReplaceAll(f[7], ".", ""), " ", ""); half {
	case "am", "ص", "قظ", "قبلازظهر":
		hour %= 12
	case "pm", "م", "بظ", "بعدازظهر":
		hour = hour%12 + 12
	}
	at.clock = fmt.Sprintf("%02d:%s", hour, f[5])
	if f[6] != "" {
		at.clock += ":" + f[6]
	}
	return at, line[m[1]:], true
}

// latin folds digits, spaces and marks of a date.
func latin(s string) string {
	return strings.TrimSpace(strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e':
			return -1
		case r == '\u00a0', r == '\u202f':
			return ' '
		case r == '؍': // the Arabic date separator
			return '/'
		}
		return r
	}, s)))
}

// dateOrder is what the first two numbers of a chat's dates are.
type dateOrder int

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

// orderOf decides over all dates of a chat: a number beyond 12 is no month; and
// a chat does not run backwards. Where both orders stay possible, or neither,
// it is unknown.
func orderOf(stamps []whatsAppStamp) dateOrder {
	day, month := true, true
	var lastDay, lastMonth int
	for _, s := range stamps {
		if s.yearFirst {
			continue
		}
		asDay, asMonth := serial(s.c, s.b, s.a), serial(s.c, s.a, s.b)
		day = day && s.b <= 12 && asDay >= lastDay
		month = month && s.a <= 12 && asMonth >= lastMonth
		lastDay, lastMonth = asDay, asMonth
	}
	switch {
	case day && !month:
		return dayFirst
	case month && !day:
		return monthFirst
	}
	// Backward steps happen where a telephone's clock was set: then numbers
	// beyond 12 alone decide.
	if !day && !month {
		day, month = true, true
		for _, s := range stamps {
			if !s.yearFirst {
				day, month = day && s.b <= 12, month && s.a <= 12
			}
		}
		switch {
		case day && !month:
			return dayFirst
		case month && !day:
			return monthFirst
		}
	}
	return orderUnknown
}

func serial(year, month, day int) int { return (year*100+month)*100 + day }

// moment gives the day of a message: its time of day has no zone.
func (s whatsAppStamp) moment(order dateOrder) centre.Moment {
	year, month, day := s.c, s.b, s.a
	switch {
	case s.yearFirst:
		year, day = s.a, s.c
	case s.a == s.b && order == orderUnknown:
	case order == monthFirst:
		month, day = s.a, s.b
	case order == orderUnknown:
		return centre.Moment{}
	}
	if year < 100 {
		year += 2000
	}
	m, _ := gather.ParseDate(fmt.Sprintf("%04d-%02d-%02d", year, month, day), centre.BasisColumn)
	return m
}

// readWhatsApp reads the text that "Export chat" writes.
func readWhatsApp(ctx context.Context, s *sink, name string, content io.Reader) error {
	body, err := io.ReadAll(io.LimitReader(content, maxWhatsApp+1))
	if err != nil {
		return err
	}
	if len(body) > maxWhatsApp {
		return centre.Invalid("%s is larger than %d MB, which is the most that is read of a chat; divide it.", shown(name), maxWhatsApp>>20)
	}
	text := fetch.ToUTF8(body, "")
	if text.Problem != "" {
		s.refuse(text.Problem)
	}
	w := whatsApp{chat: chatName(name), people: participants{}, had: map[string]int{}}
	messages := splitWhatsApp(text.UTF8)
	stamps := make([]whatsAppStamp, len(messages))
	for i, m := range messages {
		stamps[i] = m.at
	}
	w.order = orderOf(stamps)
	if w.shownName = w.isGroup(messages); w.shownName {
		s.result.Title = w.chat
	}
	if unsure := w.unsure(messages); unsure > 0 {
		s.refuse(fmt.Sprintf("Nothing in the chat tells whether its dates begin with the day or with the month; the time of publication counts as unknown for %d of %d messages.", unsure, len(messages)))
	}
	for _, m := range messages {
		d, ok := w.document(m)
		if !ok {
			continue
		}
		if err := s.take(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// whatsAppMessage is a message with the lines that follow its first.
type whatsAppMessage struct {
	at   whatsAppStamp
	text string // from the author's name on
}

func splitWhatsApp(text string) (messages []whatsAppMessage) {
	var more []string
	end := func() {
		if len(messages) > 0 && len(more) > 0 {
			messages[len(messages)-1].text += "\n" + strings.Join(more, "\n")
		}
		more = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if at, rest, ok := whatsAppHead(line); ok {
			end()
			messages = append(messages, whatsAppMessage{at, rest})
			continue
		}
		more = append(more, line)
	}
	end()
	return messages
}

// whatsApp turns messages into documents.
type whatsApp struct {
	chat string
	// shownName: the chat's name is that of a group, not of the one person with
	// whom somebody chatted.
	shownName bool
	order     dateOrder
	people    participants
	had       map[string]int
}

// unsure counts the messages whose day cannot be told.
func (w *whatsApp) unsure(messages []whatsAppMessage) (n int) {
	for _, m := range messages {
		if !m.at.moment(w.order).Known() {
			n++
		}
	}
	return n
}

// maxNotice is the longest line, in bytes, that may be the program's own word
// in place of a message.
const maxNotice = 100

var (
	// What stands in place of a file that was not exported, or of a message
	// that was taken back, in the four languages.
	omitted = regexp.MustCompile(`(?i)^<?(?:media|image|video|audio|sticker|gif|document|contact card) omitted>?$|^<(?:медиафайл|без медиафайлов|.{0,20}пропущен[оы]?|تم (?:استبعاد|استثناء|حذف) الوسائط|رسانه حذف شد|پیوست نشده است)>?$|^(?:изображение|видео|аудио|документ|стикер) (?:не добавлен[оа]?|отсутствует)$|^(?:تم استبعاد|لم يتم تضمين) .{3,20}$`)
	deleted = regexp.MustCompile(`(?i)^(?:this message was deleted|you deleted this message|(?:данное |это )?сообщение (?:было )?удалено|вы удалили (?:данное |это )?сообщение|تم حذف هذه الرسالة|(?:لقد )?حذفت هذه الرسالة|این پیام حذف (?:شد|شده است)|این پیام را حذف کردید)\.?$`)
	// A file that came along: "<attached: x.jpg>", "x.jpg (file attached)".
	attached = regexp.MustCompile(`(?i)^(?:<(?:attached|прикреплено|مرفق|پیوست)\s?: ?([^<>\n]{1,200})>|([^\n<>()]{1,200}\.[A-Za-z0-9]{2,5}) \((?:file attached|файл добавлен|файл прикреплен|الملف مرفق|ملف مرفق|فایل پیوست شد|فایل پیوست شده)\))$`)
	edited   = regexp.MustCompile(`(?i)\s*<(?:this message was edited|сообщение изменено|تم تعديل هذه الرسالة|این پیام ویرایش شد[ه]?(?: است)?)>$`)
)

// isGroup tells a group's or channel's export from a chat of two persons, which
// is named after one of them: more than two speak in it, or nobody of its name.
func (w *whatsApp) isGroup(messages []whatsAppMessage) bool {
	authors := map[string]bool{}
	for _, m := range messages {
		if author, _, ok := authorOfMessage(m.text); ok {
			authors[author] = true
		}
	}
	return len(authors) > 2 || !authors[w.chat]
}

// authorOfMessage takes the author's name off a message; ok is false for a
// notice of the program: "Messages are encrypted", "A added B".
func authorOfMessage(message string) (author, text string, ok bool) {
	author, text, ok = strings.Cut(message, ": ")
	if !ok {
		author, text, ok = strings.Cut(message, ":\n")
	}
	author = strings.TrimSpace(unmarked(author))
	return author, text, ok && author != "" && len(author) <= 150 && !strings.ContainsAny(author, "\n\"“”«»")
}

// document makes a document of a message; ok is false for what says nothing: a
// notice of the program, a message that was taken back, a file left out.
func (w *whatsApp) document(m whatsAppMessage) (d centre.Document, ok bool) {
	author, text, found := authorOfMessage(m.text)
	if !found {
		return d, false
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		bare := strings.TrimSpace(unmarked(line))
		if len(bare) <= maxNotice && (omitted.MatchString(bare) || deleted.MatchString(bare)) {
			continue
		}
		if !strings.HasSuffix(bare, ">") && !strings.HasSuffix(bare, ")") {
			lines = append(lines, line)
			continue
		}
		if f := attached.FindStringSubmatch(bare); f != nil {
			enclose(&d, "", "", gather.PlainLine(masked(firstOf(f[1], f[2]), true)))
			continue
		}
		lines = append(lines, line)
	}
	body := trimmed(strings.Join(lines, "\n"))
	if strings.HasSuffix(body, ">") {
		if cut := edited.FindStringIndex(body); cut != nil {
			body = trimmed(body[:cut[0]])
			property(&d, "edited", "yes")
		}
	}
	// In the group's own name, and set off by a mark, speaks the program.
	notice := author == w.chat && strings.HasPrefix(text, "\u200e")
	if len(d.Enclosures) == 0 && (body == "" || notice) {
		return d, false
	}
	d.MediaType, d.Body = "text/plain", masked(body, true)
	d.Published = m.at.moment(w.order)
	property(&d, "time_as_written", m.at.clock)
	if w.shownName && author == w.chat {
		d.Author = author
	} else {
		property(&d, "participant", w.people.number(author))
	}
	// No name goes into the id: a short hash of a telephone number can be undone.
	key := fmt.Sprintf("%d/%d/%d %s\n%s\n%v", m.at.a, m.at.b, m.at.c, m.at.clock, d.Body, d.Enclosures)
	w.had[key]++
	d.ExternalID = "whatsapp:" + shortHash(fmt.Appendf(nil, "%s\n%s\n%d", w.chat, key, w.had[key]))
	return d, true
}

// unmarked drops the direction marks with which the program sets off names.
func unmarked(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200e', r == '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		case r == '\u00a0', r == '\u202f':
			return ' '
		}
		return r
	}, s)
}

// trimmed drops spaces and direction marks at both ends.
func trimmed(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unmarked(string(r)) == "" })
}

var chatFile = regexp.MustCompile(`(?i)^(?:whatsapp chat (?:with|-) |чат whatsapp с (?:контактом )?|محادثة (?:واتساب|whatsapp) مع |گفتگوی? (?:واتساپ|whatsapp) با )(.+?)(?: ?\(\d+\))?\.(?:txt|zip)$`)

// chatName gives the name of the group or channel, which is the file's name.
func chatName(name string) string {
	for _, part := range []string{path.Base(strings.ReplaceAll(name, `\`, "/")), path.Base(path.Dir(strings.ReplaceAll(name, `\`, "/")))} {
		if m := chatFile.FindStringSubmatch(unmarked(part)); m != nil {
			chat := gather.PlainLine(m[1])
			if masked(chat, true) != chat {
				return "" // a chat with one person, by number
			}
			return chat
		}
	}
	return ""
}
