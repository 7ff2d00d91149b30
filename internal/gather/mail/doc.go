// Package mail reads mails: the connector of kind "mail", which listens to a
// mailbox on an IMAP server or watches a folder of mails, and a reader of mail
// files wherever they came from.
//
// A mailbox has an address like imaps://mail.example.org/INBOX: IMAP4rev1 or
// rev2 (RFC 3501, RFC 9051) over TLS, or imap:// with STARTTLS. It is opened
// with EXAMINE and read with BODY.PEEK, so nothing in it is changed: no mail is
// marked as read, moved or deleted. Where the server has IDLE (RFC 2177) a new
// mail arrives at once; elsewhere the mailbox is asked each minute. The cursor is
// UIDVALIDITY and the highest UID: where the server gives out new UIDs,
// everything is read once more, and intake knows what it has by Message-ID.
//
// A folder is a Maildir (cur, new), or holds .eml and .mbox files; mbox with
// either quoting of lines that begin with "From " (RFC 4155 and its variants).
//
// A mail becomes one document: named by its Message-ID, dated by its Date header
// (RFC 5322), with the part that says most to a reader as its text. Quotations
// and signatures stay, since they are evidence of who knew what. What cannot be
// told in the document's own fields (In-Reply-To, List-Id and the like) stands in
// its Properties. Each attachment becomes documents of its own, read by the
// readers that New is given and tied to the mail by PartOf; one that no reader
// knows is named in the mail's Enclosures. A mail within a mail is a document
// with attachments of its own.
//
// MIME (RFC 2045 to 2049, 2231) is read as it comes rather than as it should be:
// missing boundaries, wrong character sets and bare 8-bit headers are put right
// where that can be done and told in Problems. A mail is at most 50 MB, of 1,000
// parts and of 12 levels; what is beyond is left out and told.
package mail
