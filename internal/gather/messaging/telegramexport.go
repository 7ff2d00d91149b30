package messaging

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

var (
	exportedChat = regexp.MustCompile(`"type"\s*:\s*"(?:public|private)_(?:channel|supergroup|group)"|"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages)"`)
	exportedID   = regexp.MustCompile(`"(?:date_unixtime|from_id|actor_id)"\s*:`)
)

func recogniseTelegramExport(name string, head []byte) float64 {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("{")) || !bytes.Contains(head, []byte(`"messages"`)) || !exportedChat.Match(head) {
		return 0
	}
	if exportedID.Match(head) || strings.HasSuffix(name, "result.json") {
		return 0.95
	}
	return 0.9 // the kind of a chat is a word of the export's own
}

// readTelegramExport reads the JSON that the desktop program writes: of one
// chat, or of an account with its chats under "chats" and "left_chats".
func readTelegramExport(ctx context.Context, s *sink, name string, content io.Reader) error {
	in := newStream(name, withoutMark(content))
	return readTelegramChat(ctx, s, in, 0)
}

// withoutMark drops a byte order mark.
func withoutMark(r io.Reader) io.Reader {
	first := make([]byte, 3)
	n, err := io.ReadFull(r, first)
	if err == nil && bytes.Equal(first, []byte("\xef\xbb\xbf")) {
		return r
	}
	return io.MultiReader(bytes.NewReader(first[:n]), r)
}

// chat is what an export says of a chat. Its fields stand before its messages.
type chat struct {
	name, kind, id string
}

func (c chat) channel() bool { return c.kind == "public_channel" || c.kind == "private_channel" }

func (c chat) personal() bool {
	return c.kind == "personal_chat" || c.kind == "bot_chat" || c.kind == "saved_messages"
}

func readTelegramChat(ctx context.Context, s *sink, in *stream, depth int) error {
	var c chat
	people := participants{}
	return in.fields(func(key string) error {
		switch key {
		case "name":
			_, err := in.value(&c.name)
			if depth == 0 {
				s.result.Title = gather.PlainLine(c.name)
			}
			return err
		case "type":
			_, err := in.value(&c.kind)
			return err
		case "id":
			var id json.Number
			_, err := in.value(&id)
			c.id = id.String()
			return err
		case "messages":
			return in.elements(func() error { return readTelegramMessage(ctx, s, in, c, people) })
		case "chats", "left_chats":
			if depth > 0 {
				break
			}
			return in.fields(func(key string) error {
				if key != "list" {
					return in.skip()
				}
				return in.elements(func() error { return readTelegramChat(ctx, s, in, depth+1) })
			})
		}
		return in.skip()
	})
}

// telegramMessage is a message of an export.
type telegramMessage struct {
	ID            int64           `json:"id"`
	Type          string          `json:"type"`
	Date          string          `json:"date"` // of the exporting machine, without a zone
	Unix          string          `json:"date_unixtime"`
	EditedUnix    string          `json:"edited_unixtime"`
	Edited        string          `json:"edited"`
	From          string          `json:"from"`
	FromID        string          `json:"from_id"`
	ForwardedFrom string          `json:"forwarded_from"`
	ReplyTo       int64           `json:"reply_to_message_id"`
	ReplyPeer     string          `json:"reply_to_peer_id"`
	Text          json.RawMessage `json:"text"` // a string, or an array of strings and entities
	Photo         string          `json:"photo"`
	File          string          `json:"file"`
	FileName      string          `json:"file_name"`
	MIME          string          `json:"mime_type"`
}

func readTelegramMessage(ctx context.Context, s *sink, in *stream, c chat, people participants) error {
	var m telegramMessage
	fits, err := in.value(&m)
	switch {
	case err != nil:
		return err
	case c.personal():
		s.skip("Messages of personal chats were left out (%d): private persons are not watched.")
		return ctx.Err()
	case !fits || m.ID == 0:
		s.refuse(fmt.Sprintf("A message before byte %d of the export has fields of the wrong kind; it was left out.", in.json.InputOffset()))
		return ctx.Err()
	case m.Type == "service":
		return ctx.Err()
	}
	d := centre.Document{ExternalID: fmt.Sprintf("%s/%d", c.key(), m.ID)}
	d.MediaType, d.Body = m.text(!c.channel())
	if m.ReplyTo != 0 && m.ReplyPeer == "" {
		d.PartOf = fmt.Sprintf("%s/%d", c.key(), m.ReplyTo)
		property(&d, "reply_to", d.PartOf)
	}
	m.forwarded(&d, c, people)
	m.author(&d, c, people)
	m.dates(&d)
	if m.Photo != "" {
		enclose(&d, "", "image/jpeg", baseName(m.Photo))
	}
	if m.File != "" {
		media := m.MIME
		if len(media) > 100 {
			media = ""
		}
		enclose(&d, "", media, gather.PlainLine(firstOf(m.FileName, baseName(m.File))))
	}
	if d.Body == "" && len(d.Enclosures) == 0 {
		return ctx.Err() // a poll, a contact, a place: nothing to read
	}
	return s.take(ctx, d)
}

// key names a chat in external ids.
func (c chat) key() string { return "telegram:" + firstOf(c.id, shortHash([]byte(c.name))) }

// author stands where it is the channel's name or that of another channel; a
// member of a group is a number.
func (m telegramMessage) author(d *centre.Document, c chat, people participants) {
	switch {
	case c.channel():
		d.Author = firstOf(c.name, m.From)
	case m.From != "" && (m.From == c.name || strings.HasPrefix(m.FromID, "channel")):
		d.Author = m.From
	case m.FromID != "" || m.From != "":
		property(d, "participant", people.number(firstOf(m.FromID, m.From)))
	}
}

// forwarded names where a message comes from. In a channel that is published;
// in a group it may be a member, and is a number.
func (m telegramMessage) forwarded(d *centre.Document, c chat, people participants) {
	switch {
	case m.ForwardedFrom == "":
	case c.channel() || m.ForwardedFrom == c.name:
		property(d, "forwarded_from", m.ForwardedFrom)
	default:
		property(d, "forwarded_from", people.number("forwarded:"+m.ForwardedFrom))
	}
}

func (m telegramMessage) dates(d *centre.Document) {
	d.Published = unixMoment(m.Unix)
	if !d.Published.Known() { // an export before 2021: the machine's zone is not told
		d.Published, _ = gather.ParseDate(m.Date, centre.BasisColumn)
	}
	d.Updated = unixMoment(m.EditedUnix)
	if !d.Updated.Known() && m.Edited != "" && !strings.HasPrefix(m.Edited, "1970") {
		d.Updated, _ = gather.ParseDate(m.Edited, centre.BasisColumn)
	}
}

func unixMoment(text string) centre.Moment {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 || n > 1<<36 {
		return centre.Moment{}
	}
	return centre.Moment{Time: time.Unix(n, 0).UTC(), Precision: centre.PrecisionSecond, Basis: centre.BasisColumn}
}

// text joins the pieces of a message. It is HTML where a piece is a link behind
// other words. mask hides telephone numbers.
func (m telegramMessage) text(mask bool) (media, body string) {
	var whole string
	if json.Unmarshal(m.Text, &whole) == nil {
		return "text/plain", masked(whole, mask)
	}
	var pieces []json.RawMessage
	if json.Unmarshal(m.Text, &pieces) != nil {
		return "text/plain", ""
	}
	var plain, rich strings.Builder
	linked := false
	for _, raw := range pieces {
		var p struct{ Type, Text, Href string }
		if json.Unmarshal(raw, &p.Text) != nil && json.Unmarshal(raw, &p) != nil {
			continue
		}
		if p.Type == "phone" && mask {
			p.Text = maskDigits(p.Text)
		}
		p.Text = masked(p.Text, mask)
		plain.WriteString(p.Text)
		escaped := strings.ReplaceAll(html.EscapeString(p.Text), "\n", "<br>")
		if href := webAddress(p.Href); p.Type == "text_link" && href != "" {
			linked = true
			escaped = `<a href="` + html.EscapeString(href) + `">` + escaped + "</a>"
		}
		rich.WriteString(escaped)
	}
	if linked {
		return "text/html", rich.String()
	}
	return "text/plain", plain.String()
}

// baseName is the last part of a path, with either kind of slash; exports that
// left files out write a sentence in brackets instead.
func baseName(p string) string {
	if strings.HasPrefix(p, "(") {
		return "(not exported)"
	}
	return gather.PlainLine(p[strings.LastIndexAny(p, `/\`)+1:])
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
