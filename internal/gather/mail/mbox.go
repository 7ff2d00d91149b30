package mail

import (
	"bufio"
	"bytes"
	"context"
	"fmt"

	"entente/internal/centre"
)

// mbox reads the mails of an mbox as a stream. offset is where the content
// begins in its file; after each mail done, where not nil, is told the offset at
// which the next one begins.
//
// A mail begins at a line "From " after a blank line, or at the file's start.
// Lines of the text that begin so were quoted by ">" when they were written:
// mboxo quotes them alone, mboxrd also those that are quoted already. One ">" is
// taken from either; what mboxo wrote of a line that began with ">From " is not
// to be told apart. Content-Length, which a third kind goes by, is often wrong
// and not looked at.
func (m *mailbag) mbox(ctx context.Context, r *bufio.Reader, label string, offset int64, done func(next int64)) error {
	var raw []byte
	begun, blank, tooLong := false, true, false
	count, start := 0, offset
	finish := func(next int64) error {
		if !begun {
			if start == 0 && next > 0 {
				m.problem("%s holds no line that begins a mail (From, an address and a time); it was left out.", label)
			}
			return nil
		}
		count++
		at := fmt.Sprintf("mail %d of %s", count, label)
		var err error
		if tooLong {
			m.problem("The %s is larger than %d MB, which is the most that is taken of a mail; it was left out.", at, maxMail>>20)
		} else {
			err = m.mail(ctx, raw, letter{label: "The " + at})
		}
		raw, tooLong = nil, false
		if err == nil && done != nil {
			done(next)
		}
		return err
	}
	for {
		part, err := r.ReadSlice('\n')
		full := err == bufio.ErrBufferFull
		if len(part) > 0 {
			if blank && !full && bytes.HasPrefix(part, []byte("From ")) && isFromLine(part) {
				if begun || offset > start {
					if err := finish(offset); err != nil {
						return err
					}
				}
				begun = true
				raw = raw[:0]
			} else if begun && !tooLong {
				raw = append(raw, unquoted(part)...)
				if len(raw) > maxMail {
					raw, tooLong = nil, true
				}
			}
			offset += int64(len(part))
			blank = len(bytes.TrimRight(part, "\r\n")) == 0
		}
		if full {
			blank = false
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if isEnd(err) {
			return finish(offset)
		}
		if err != nil {
			return centre.Refuse(centre.CodeUnavailable, "%s cannot be read to its end; what came before was taken.", label)
		}
	}
}

// isFromLine tells the line between two mails from a sentence that begins with
// "From" in a program's mbox that does not quote: it holds an address and a time.
func isFromLine(line []byte) bool {
	fields := bytes.Fields(line)
	if len(fields) < 3 {
		return len(fields) == 2 && bytes.ContainsAny(fields[1], "@-")
	}
	return mboxStart.Match(line) || bytes.ContainsRune(fields[1], '@') && len(fields) >= 6
}

// unquoted takes one ">" from a line that begins with ">From ", ">>From " and so on.
func unquoted(line []byte) []byte {
	rest := bytes.TrimLeft(line, ">")
	if len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From ")) {
		return line[1:]
	}
	return line
}
