// Package page reads a web page to its readable text: the article without
// menus, advertisements and scripts, with its title, author and dates as the
// page itself gives them.
//
// It is a connector for one page, whose every change makes a new version of
// its report, and with the option "list" for a list page (a section, a
// newsroom): the articles that it links to are read, newest first, each once,
// a few a fetch. It is also what the feed connector uses to follow an item to
// its page. The host's robots.txt is honoured.
//
// # Options
//
//	list    CSS selector of the links to articles, or of what holds them; "auto" for
//	        links of the same host outside menus whose text is a headline's length
//	title   CSS selectors within the article, where what the page says of itself is
//	text    missing or wrong; an element's content, datetime or text is taken
//	date
//	author
//	remove  CSS selector of parts to drop before the text is sought
//	limit   articles a fetch of a list page, 1 to 50; 10 where not given
//
// Every fetch notes how many elements each selector matched.
//
// # Which of several statements counts
//
// The reader's own selectors come first. Then, for title, author and times:
// JSON-LD (schema.org, of the article's types), Open Graph and its kin, other
// meta names, the time and address elements of the article; for the time of
// publication alone, and last, the beginning of the text (its dateline, or
// "Published: ..."), whose basis is centre.BasisDateline. A day that a more
// trusted place gives without a time of day takes the time from the next place
// that gives the same day. The address is link rel=canonical (RFC 6596), then
// og:url, of the same host. The language is JSON-LD's inLanguage, the lang of
// html, content-language, then og:locale, then the source's, and at last that of
// the answer's own Content-Language header.
//
// # What is no article
//
// Pages that ask for money, consent, a name and password, or a proof of being
// human, and pages that say "not found" with status 200, are recognised (see
// barrier.go) and refused with a sentence; they never become documents.
package page
