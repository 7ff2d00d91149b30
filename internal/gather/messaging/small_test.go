package messaging_test

import (
	"fmt"
	"strings"
	"testing"

	"entente/internal/gather/messaging"
)

// What a person saves of a platform may be a few posts alone. Unless they are
// known for what they are, a plain table is made of them, private posts included.
func TestAFewPostsInAFileAreKnownForPosts(t *testing.T) {
	const (
		status  = `{"id":"1","created_at":"2015-09-26T10:00:00Z","visibility":"public","content":"<p>The bridge is open.</p>"}`
		private = `{"id":"2","created_at":"2015-09-26T10:00:00Z","visibility":"private","content":"<p>For friends.</p>","account":{"acct":"a"}}`
		post    = `{"uri":"at://did:plc:x/app.bsky.feed.post/1","author":{"did":"did:plc:x","handle":"a.example"},"record":{"text":"The bridge is open.","createdAt":"2015-09-26T10:00:00Z"}}`
		message = `{"id":1,"type":"message","date":"2015-09-26T10:00:00","from":"A","text":"The bridge is open."}`
	)
	for name, content := range map[string]string{
		"an array of posts":           "[" + status + "," + private + "]",
		"posts line by line":          status + "\n" + private + "\n",
		"one post":                    status,
		"a search's answer":           `{"accounts":[],"statuses":[` + status + `]}`,
		"posts of Bluesky":            `{"posts":[` + post + `]}`,
		"an array of Bluesky's posts": `[{"post":` + post + `}]`,
		"one post of Bluesky":         post,
		"messages of a group":         `{"name":"Watch","type":"private_group","messages":[` + message + `]}`,
		"messages of a small channel": `{"name":"News","type":"public_channel","messages":[` + message + `]}`,
	} {
		if sure := messaging.New().Recognise("saved.json", "", []byte(content)); sure < 0.9 {
			t.Errorf("%s: recognised with %v", name, sure)
		}
		docs, result, err := read(t, "saved.json", content)
		if err != nil || len(docs) != 1 || !strings.Contains(docs[0].Body, "The bridge is open.") {
			t.Errorf("%s: %+v, %v", name, docs, err)
		}
		if told := strings.Contains(fmt.Sprint(result.Problems), "Posts that are not public were left out (1)."); told != strings.Contains(content, "private\"") {
			t.Errorf("%s: %q", name, result.Problems)
		}
	}
	for name, content := range map[string]string{
		"a table with a column of that name": `[{"visibility":"10 km","content":"Fog.","created_at":"2015-09-26"}]`,
		"a list of messages":                 `{"messages":[{"id":1,"text":"x"}]}`,
	} {
		if sure := messaging.New().Recognise("table.json", "", []byte(content)); sure > 0 {
			t.Errorf("%s is recognised with %v", name, sure)
		}
	}
}
