package messaging

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"time"

	"entente/internal/centre"
)

var (
	// assigned is how a file of an account's archive begins: a script that
	// assigns an array.
	assigned = regexp.MustCompile(`^\s*window\.YTD\.([a-z_]+)\.part[0-9]+\s*=\s*`)
	// aTweet tells a plain array of posts.
	aTweet = regexp.MustCompile(`"(?:full_text|truncated|noteTweetId)"\s*:`)
)

// publicParts are the parts of an archive that hold what was published.
var publicParts = map[string]bool{"tweet": true, "tweets": true, "note_tweet": true, "community_tweet": true}

func recogniseX(_ string, head []byte) float64 {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	switch {
	case assigned.Match(head):
		return 0.98
	case bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("[")) && aTweet.Match(head) && (bytes.Contains(head, []byte(`"id_str"`)) || bytes.Contains(head, []byte("noteTweetId"))):
		return 0.9
	}
	return 0
}

// readX reads a part of an account's archive, or a plain array of posts.
func readX(ctx context.Context, s *sink, name string, content io.Reader) error {
	r := bufio.NewReaderSize(withoutMark(content), 4096)
	start, err := r.Peek(200)
	if err != nil && err != io.EOF {
		return err
	}
	if m := assigned.FindSubmatchIndex(start); m != nil {
		if part := string(start[m[2]:m[3]]); !publicParts[part] {
			return centre.Invalid("%s is the part %q of an archive, which was not published; only posts are taken (tweets.js, note-tweet.js).", shown(name), part)
		}
		if _, err := r.Discard(m[1]); err != nil {
			return err
		}
	}
	in := newStream(name, r)
	return in.elements(func() error {
		var entry struct {
			Tweet *tweet    `json:"tweet"`
			Note  *noteText `json:"noteTweet"`
			tweet
		}
		fits, err := in.value(&entry)
		if err != nil {
			return err
		}
		if entry.Note != nil && fits {
			return s.takeNote(ctx, entry.Note)
		}
		t := &entry.tweet
		if entry.Tweet != nil {
			t = entry.Tweet
		}
		if !fits || firstOf(t.IDStr, t.ID.text()) == "" {
			s.refuse(fmt.Sprintf("A post before byte %d has no id, or fields of the wrong kind; it was left out.", in.json.InputOffset()))
			return ctx.Err()
		}
		if t.Protected() {
			s.skip("Posts of protected accounts were left out (%d): they were not published.")
			return ctx.Err()
		}
		return s.take(ctx, t.document())
	})
}

// tweet is a post as the archive and version 1.1 of the interface write it.
type tweet struct {
	IDStr     string   `json:"id_str"`
	ID        loose    `json:"id"` // a text in archives, a number elsewhere
	CreatedAt string   `json:"created_at"`
	FullText  string   `json:"full_text"`
	Text      string   `json:"text"`
	Language  string   `json:"lang"`
	Entities  entities `json:"entities"`
	Extended  entities `json:"extended_entities"`
	Long      *struct {
		FullText string   `json:"full_text"`
		Entities entities `json:"entities"`
		Extended entities `json:"extended_entities"`
	} `json:"extended_tweet"`
	ReplyTo       string `json:"in_reply_to_status_id_str"`
	ReplyToUser   string `json:"in_reply_to_user_id_str"`
	ReplyToName   string `json:"in_reply_to_screen_name"`
	QuotedID      string `json:"quoted_status_id_str"`
	User          *xUser `json:"user"`
	Retweeted     *tweet `json:"retweeted_status"`
	QuotedAddress *struct {
		Expanded string `json:"expanded"`
	} `json:"quoted_status_permalink"`
}

type xUser struct {
	IDStr      string `json:"id_str"`
	Name       string `json:"name"`
	ScreenName string `json:"screen_name"`
	Protected  bool   `json:"protected"`
}

type entities struct {
	URLs []struct {
		URL      string `json:"url"`
		Expanded string `json:"expanded_url"`
	} `json:"urls"`
	Media []struct {
		URL   string `json:"url"` // the short address in the text
		HTTPS string `json:"media_url_https"`
		Type  string `json:"type"`
		Alt   string `json:"ext_alt_text"`
		Video struct {
			Variants []struct {
				URL     string `json:"url"`
				Type    string `json:"content_type"`
				Bitrate loose  `json:"bitrate"`
			} `json:"variants"`
		} `json:"video_info"`
	} `json:"media"`
}

// loose is a text or a number.
type loose string

func (l loose) text() string { return string(l) }

// UnmarshalJSON takes a text or a number as it is written, and nothing else.
func (l *loose) UnmarshalJSON(b []byte) error {
	var s string
	var n json.Number
	if json.Unmarshal(b, &s) == nil {
		*l = loose(s)
	} else if json.Unmarshal(b, &n) == nil {
		*l = loose(n)
	}
	return nil
}

// Protected reports whether the post is of an account that shows its posts to
// those alone whom it let in.
func (t *tweet) Protected() bool {
	return t.User != nil && t.User.Protected || t.Retweeted != nil && t.Retweeted.User != nil && t.Retweeted.User.Protected
}

func (t *tweet) id() string { return firstOf(t.IDStr, t.ID.text()) }

func (t *tweet) address() string {
	if t.User != nil && screenName.MatchString(t.User.ScreenName) {
		return webAddress("https://x.com/" + t.User.ScreenName + "/status/" + t.id())
	}
	return webAddress("https://x.com/i/web/status/" + t.id())
}

var (
	screenName = regexp.MustCompile(`^[A-Za-z0-9_]{1,20}$`)
	// passedOn is how an archive writes a repost: its words are cut after 140
	// characters.
	passedOn = regexp.MustCompile(`^RT @([A-Za-z0-9_]{1,20}): `)
)

func (t *tweet) document() centre.Document {
	d := centre.Document{ExternalID: t.id(), URL: t.address(), Published: tweetTime(t.CreatedAt), Language: languageTag(t.Language)}
	if t.User != nil {
		d.Author = firstOf(t.User.Name, t.User.ScreenName)
		property(&d, "account", t.User.ScreenName)
	}
	said := t
	if o := t.Retweeted; o != nil && o.id() != "" {
		said = o
		property(&d, "repost_of", o.address())
		if o.User != nil {
			property(&d, "forwarded_from", o.User.ScreenName)
			property(&d, "reposted_by", d.Author)
			d.Author = firstOf(o.User.Name, o.User.ScreenName)
		}
	}
	text, marks := said.words()
	if m := passedOn.FindStringSubmatch(text); m != nil && said == t {
		property(&d, "forwarded_from", m[1])
		text = text[len(m[0]):]
		if strings.HasSuffix(text, "…") {
			d.Problems = append(d.Problems, "The archive holds the beginning of this reposted text alone; look for the original.")
		}
	}
	d.MediaType, d.Body = "text/html", marks.linked(text)
	if t.ReplyTo != "" {
		property(&d, "reply_to", webAddress("https://x.com/"+firstOf(screenName.FindString(t.ReplyToName), "i/web")+"/status/"+t.ReplyTo))
		if t.User == nil || t.User.IDStr != "" && t.User.IDStr == t.ReplyToUser {
			d.PartOf = t.ReplyTo // an archive does not tell its own account: most replies in it are threads
		}
	}
	if t.QuotedID != "" || t.QuotedAddress != nil {
		quoted := "https://x.com/i/web/status/" + t.QuotedID
		if t.QuotedAddress != nil {
			quoted = firstOf(webAddress(t.QuotedAddress.Expanded), quoted)
		}
		property(&d, "quote_of", webAddress(quoted))
	}
	for _, m := range marks.Media {
		address, media := m.HTTPS, "image/jpeg"
		best := -1
		for _, v := range m.Video.Variants {
			var rate int
			if _, err := fmt.Sscan(v.Bitrate.text(), &rate); err == nil && rate > best && v.Type == "video/mp4" {
				best, address, media = rate, v.URL, v.Type
			}
		}
		enclose(&d, address, media, m.Alt)
	}
	return d
}

// words gives a post's whole text and what is marked in it.
func (t *tweet) words() (string, entities) {
	marks := t.Entities
	if len(t.Extended.Media) > 0 {
		marks.Media = t.Extended.Media
	}
	text := firstOf(t.FullText, t.Text)
	if t.Long != nil && t.Long.FullText != "" {
		text, marks = t.Long.FullText, t.Long.Entities
		if len(t.Long.Extended.Media) > 0 {
			marks.Media = t.Long.Extended.Media
		}
	}
	return text, marks
}

// linked makes HTML of a text: its short addresses become what they stand for,
// and those of its own pictures go. The interface writes &, < and > as
// references already.
func (e entities) linked(text string) string {
	text = html.EscapeString(html.UnescapeString(text))
	for _, m := range e.Media[:min(len(e.Media), 20)] {
		if m.URL != "" {
			text = strings.ReplaceAll(text, html.EscapeString(m.URL), "")
		}
	}
	for _, u := range e.URLs[:min(len(e.URLs), 50)] {
		address := webAddress(u.Expanded)
		if short := html.EscapeString(u.URL); len(short) > 8 && address != "" {
			text = strings.Replace(text, short, `<a href="`+html.EscapeString(address)+`">`+html.EscapeString(address)+"</a>", 1)
		}
	}
	return "<p>" + strings.ReplaceAll(strings.TrimSpace(text), "\n", "<br>") + "</p>"
}

// tweetTime reads "Sat Sep 26 14:05:06 +0000 2015", and ISO 8601 of newer parts.
func tweetTime(text string) centre.Moment {
	for _, layout := range []string{time.RubyDate, time.RFC3339} {
		if at, err := time.Parse(layout, text); err == nil {
			m := exact(at)
			m.Basis = centre.BasisColumn
			return m
		}
	}
	return centre.Moment{}
}

// noteText is a text of more than 280 characters: the archive keeps it in a
// part of its own, under an id of its own.
type noteText struct {
	ID        string `json:"noteTweetId"`
	CreatedAt string `json:"createdAt"`
	Core      struct {
		Text string `json:"text"`
		URLs []struct {
			Short    string `json:"shortUrl"`
			Expanded string `json:"expandedUrl"`
		} `json:"urls"`
	} `json:"core"`
}

func (s *sink) takeNote(ctx context.Context, n *noteText) error {
	if n.ID == "" || n.Core.Text == "" {
		s.refuse("A long post has no id or no text; it was left out.")
		return ctx.Err()
	}
	var e entities
	for _, u := range n.Core.URLs {
		e.URLs = append(e.URLs, struct {
			URL      string `json:"url"`
			Expanded string `json:"expanded_url"`
		}{u.Short, u.Expanded})
	}
	return s.take(ctx, centre.Document{ExternalID: "note:" + n.ID, Published: tweetTime(n.CreatedAt), MediaType: "text/html", Body: e.linked(n.Core.Text)})
}
