// Package messaging reads what is said in public on messaging platforms: their
// own exports, and their public pages and interfaces. Each post becomes a
// document with the platform's stable id, its address, author, exact time where
// the platform gives one with its zone, language hint, text and attachments.
//
//	platform   an address (Fetch)                                  a file (Read)
//	telegram   t.me/NAME, t.me/s/NAME: the public preview pages    result.json of the desktop program
//	mastodon   https://HOST/@NAME, /tags/TAG, /public, and the     saved answers of the same interface
//	           REST interface's addresses below /api/v1/
//	bluesky    https://bsky.app/profile/NAME, or an AppView's      saved answers of the same interface
//	           /xrpc/app.bsky.feed.getAuthorFeed?actor=NAME
//	x          -                                                   tweets.js, tweet.js, note-tweet.js of the
//	                                                               account's archive, and plain arrays of posts
//	whatsapp   -                                                   the text that "Export chat" writes
//
// An address of anything else, such as a file of one of these formats on a web
// server, is fetched and recognised by its content.
//
// # Options
//
//	platform   telegram, mastodon or bluesky, where the address does not tell
//	pages      pages that are read back at most, 1 to 20; 5 where not given
//
// # Fields
//
// ExternalID is the platform's id. PartOf is the post of the same author, or
// of the same channel, that a post replies to; a reply to anybody else has the
// property "reply_to" alone. Other properties are "forwarded_from",
// "repost_of" and "reposted_by", "quote_of", "account", "edited",
// "content_warning" and "participant".
//
// # Private persons
//
// A centre reads what is published; it does not watch private persons. So
// personal chats, direct messages, and posts that are not public are left out.
// Of a group, the words are kept and the members' names are not: they become
// "participant 1" and so on, in the order of the file; a name stands as author
// only where it is the name of the channel or group itself. Telephone numbers
// in the words of groups and chats are masked but for the country's first
// digits. Posts of Bluesky accounts that ask not to be shown to readers who are
// not signed in are left out too.
package messaging
