package tracks

import (
	"bytes"
	"errors"
	"io"
)

const (
	// maxMessage is the largest message, in bytes.
	maxMessage = 256 << 10
	// readSize is how much is asked of the network at a time.
	readSize = 32 << 10
)

// errProtobuf is what a stream of TAK protocol version 1 ends with.
var errProtobuf = errors.New("the stream is TAK protocol version 1")

var (
	opening = []byte("<event")
	closing = []byte("</event")
)

// frames cuts a stream into messages. It holds at most one message and one
// read; it is for one goroutine.
type frames struct {
	from    io.Reader
	buffer  []byte
	inside  bool  // the buffer begins with a message
	scanned int   // bytes of that message that hold neither its end nor another's beginning
	begun   bool  // something was read
	read    int64 // bytes, in all
	broken  int   // messages that began and did not end, or were too long
}

// next gives the next message, valid until the next call, or the error with
// which the stream ended: io.EOF at its end. An error of the stream comes only
// after all messages before it.
func (f *frames) next() ([]byte, error) {
	for {
		if message := f.cut(); message != nil {
			return message, nil
		}
		piece := make([]byte, readSize)
		n, err := f.from.Read(piece)
		f.read += int64(n)
		f.buffer = append(f.buffer, piece[:n]...)
		if !f.begun && len(f.buffer) > 0 {
			f.begun = true
			if f.buffer[0] == 0xbf {
				return nil, errProtobuf
			}
		}
		if n == 0 && err != nil {
			if f.inside {
				f.broken++
			}
			f.buffer, f.inside = nil, false
			return nil, err
		}
	}
}

// cut takes a whole message from the buffer; nil where there is none yet. What
// can be no part of a message is dropped.
func (f *frames) cut() []byte {
	for {
		if !f.inside {
			at := start(f.buffer)
			if at < 0 { // keep what may be the beginning of "<event"
				f.buffer = f.buffer[len(f.buffer)-min(len(f.buffer), len(opening)):]
				return nil
			}
			f.buffer = f.buffer[at:]
			f.inside, f.scanned = true, len(opening)
		}
		from := max(len(opening), f.scanned-len(closing))
		rest := f.buffer[from:]
		end, again := bytes.Index(rest, closing), start(rest)
		switch {
		case again >= 0 && (end < 0 || again < end): // another began within it: it broke off
			f.leave(from + again)
			f.broken++
			continue
		case end >= 0:
			if bracket := bytes.IndexByte(rest[end:], '>'); bracket >= 0 {
				size := from + end + bracket + 1
				message := f.buffer[:size:size]
				f.leave(size)
				if size > maxMessage {
					f.broken++
					continue
				}
				return message
			}
			f.scanned = from + end
		default:
			f.scanned = len(f.buffer)
		}
		if len(f.buffer) <= maxMessage {
			return nil
		}
		f.leave(len(opening))
		f.broken++
	}
}

// leave takes what is behind the first n bytes to be outside of a message.
func (f *frames) leave(n int) { f.buffer, f.inside = f.buffer[n:], false }

// start finds where an element named event begins; -1 where none does for sure.
func start(text []byte) int {
	for from := 0; ; {
		at := bytes.Index(text[from:], opening)
		if at < 0 {
			return -1
		}
		at += from
		if after := at + len(opening); after < len(text) {
			switch text[after] {
			case ' ', '\t', '\n', '\r', '>', '/':
				return at
			}
		} else {
			return -1
		}
		from = at + len(opening)
	}
}
