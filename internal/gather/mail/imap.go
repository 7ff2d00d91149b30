package mail

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"entente/internal/centre"
)

// position is how far a mailbox has been read: the cursor.
type position struct {
	Validity uint32   `json:"uidvalidity"` // RFC 3501, section 2.3.1.1; 0 where nothing was read yet
	UID      imap.UID `json:"uid"`         // the highest that was read
}

func readPosition(c centre.Cursor) position {
	var p position
	if json.Unmarshal(c, &p) != nil {
		return position{}
	}
	return p
}

// Sizes of what is asked for at once.
const (
	askedSizes = 500     // mails whose sizes are asked for
	askedMails = 50      // mails
	askedBytes = 8 << 20 // of mails, but one at least
)

// fetchNew takes the mails above the position.
func (s *session) fetchNew(ctx context.Context) error {
	uids, err := s.search(ctx)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(uids, askedSizes) {
		sizes, err := s.sizes(ctx, chunk)
		if err != nil {
			return err
		}
		var next []imap.UID
		var bytes int64
		for _, uid := range chunk {
			size, there := sizes[uid]
			if !there {
				continue // it went meanwhile
			}
			if size > maxMail {
				s.bag.problem("The mail with UID %d of %s has %d MB, and at most %d are taken; it was left out.", uid, s.address.mailbox, size>>20, maxMail>>20)
				continue
			}
			if len(next) == askedMails || len(next) > 0 && bytes+size > askedBytes {
				if err := s.take(ctx, next, bytes); err != nil {
					return err
				}
				next, bytes = nil, 0
			}
			next, bytes = append(next, uid), bytes+size
		}
		if err := s.take(ctx, next, bytes); err != nil {
			return err
		}
		s.reached(chunk[len(chunk)-1])
	}
	return s.bag.out.flush(ctx)
}

// search lists the UIDs above the position, in order.
func (s *session) search(ctx context.Context) ([]imap.UID, error) {
	defer s.within(s.connector.times.answer)()
	var messages int64
	if m := s.client.Mailbox(); m != nil {
		messages = int64(m.NumMessages)
	}
	s.conn.allow(11 * min(messages, 20_000_000))
	from := imap.UIDSet{imap.UIDRange{Start: s.at.UID + 1}} // to "*", whose UID may be below
	found, err := s.client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{from}}, nil).Wait()
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	uids := slices.DeleteFunc(found.AllUIDs(), func(uid imap.UID) bool { return uid <= s.at.UID })
	slices.Sort(uids)
	return slices.Compact(uids), nil
}

// sizes asks for the sizes of mails.
func (s *session) sizes(ctx context.Context, uids []imap.UID) (map[imap.UID]int64, error) {
	defer s.within(s.connector.times.answer)()
	s.conn.allow(200 * int64(len(uids)))
	found, err := s.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	sizes := map[imap.UID]int64{}
	for _, m := range found {
		sizes[m.UID] = m.RFC822Size
	}
	return sizes, nil
}

// take fetches some mails without marking them as read, and hands them on.
func (s *session) take(ctx context.Context, uids []imap.UID, size int64) error {
	if len(uids) == 0 {
		return nil
	}
	bodies, err := s.bodies(ctx, uids, size)
	if err != nil {
		return err
	}
	for _, uid := range uids {
		raw, there := bodies[uid]
		if !there {
			continue
		}
		label := fmt.Sprintf("The mail with UID %d of %s", uid, s.address.mailbox)
		if err := s.bag.mail(ctx, raw, letter{label: label}); err != nil {
			return err
		}
		delete(bodies, uid)
		s.reached(uid)
	}
	return nil
}

func (s *session) bodies(ctx context.Context, uids []imap.UID, size int64) (map[imap.UID][]byte, error) {
	// Half a minute for each megabyte, on the worst of lines.
	defer s.within(s.connector.times.answer + time.Duration(size>>20)*30*time.Second)()
	s.conn.allow(size + 2000*int64(len(uids)))
	section := &imap.FetchItemBodySection{Peek: true}
	command := s.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
	found, err := command.Collect()
	if err != nil {
		return nil, s.failed(ctx, err)
	}
	bodies := map[imap.UID][]byte{}
	for _, m := range found {
		if raw := m.FindBodySection(section); raw != nil {
			bodies[m.UID] = raw
		}
	}
	return bodies, nil
}

// reached moves the position, which goes along with the next batch.
func (s *session) reached(uid imap.UID) {
	if uid <= s.at.UID {
		return
	}
	s.at.UID = uid
	at := s.at
	s.bag.out.cursor = func() (centre.Cursor, error) { return json.Marshal(at) }
}

// firstIdle is how long the first IDLE after something new lasts; the next are
// twice as long each. Some servers tell in IDLE only of what arrives in it, and
// not of a mail that came right before: so it is found soon.
const firstIdle = time.Second

// wait returns when there may be something new.
func (s *session) wait(ctx context.Context) error {
	s.conn.allow(0)
	if !s.idles {
		return s.poll(ctx)
	}
	done := s.within(s.connector.times.answer)
	idle, err := s.client.Idle()
	done()
	if err != nil {
		return s.failed(ctx, err)
	}
	timer := time.NewTimer(s.patience)
	defer timer.Stop()
	select {
	case <-s.news:
		s.patience = firstIdle
	case <-timer.C:
		s.patience = min(2*s.patience, s.connector.times.idle)
	case <-s.client.Closed():
		return s.failed(ctx, io.ErrUnexpectedEOF)
	case <-ctx.Done():
		return ctx.Err()
	}
	defer s.within(s.connector.times.answer)()
	if err := idle.Close(); err != nil {
		return s.failed(ctx, err)
	}
	if err := idle.Wait(); err != nil {
		return s.failed(ctx, err)
	}
	return nil
}

// poll waits a while and asks with NOOP, on which a server tells what is new.
func (s *session) poll(ctx context.Context) error {
	timer := time.NewTimer(s.connector.times.poll)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.client.Closed():
		return s.failed(ctx, io.ErrUnexpectedEOF)
	case <-ctx.Done():
		return ctx.Err()
	}
	defer s.within(s.connector.times.answer)()
	if err := s.client.Noop().Wait(); err != nil {
		return s.failed(ctx, err)
	}
	return nil
}
