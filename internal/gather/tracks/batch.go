package tracks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
)

// maxBatch is the largest number of tracks in one batch of a stream.
const maxBatch = 200

// batch gathers tracks and counts what is left out. It is for one goroutine.
type batch struct {
	request gather.Request
	clock   func() time.Time
	tracks  []centre.Track
	index   map[string]int // of tracks, by uid
	left    map[error]int
	taken   int // tracks that were gathered, ever
	bytes   int64
	broken  int

	protobuf int       // datagrams of TAK protocol version 1
	reported time.Time // when tell last told something
}

// newBatch makes a batch that counts time from the request's Now on.
func newBatch(r gather.Request) *batch {
	began := time.Now()
	return &batch{request: r, index: map[string]int{}, left: map[error]int{},
		clock: func() time.Time { return r.Now.Add(time.Since(began)) }}
}

// add takes one message. Of several of one uid the latest stays.
func (b *batch) add(message []byte) {
	track, err := parse(message, b.request.Source, b.clock())
	if err != nil {
		b.left[err]++
		return
	}
	b.taken++
	if at, known := b.index[track.UID]; known {
		if !track.Time.Before(b.tracks[at].Time) {
			b.tracks[at] = track
		}
		return
	}
	b.index[track.UID] = len(b.tracks)
	b.tracks = append(b.tracks, track)
}

// flush yields what was gathered.
func (b *batch) flush(ctx context.Context) error {
	if len(b.tracks) == 0 {
		return nil
	}
	tracks := b.tracks
	b.tracks, b.index = nil, map[string]int{}
	if b.request.YieldTracks == nil {
		return nil
	}
	return b.request.YieldTracks(ctx, tracks, nil)
}

// all takes every message of a reader to its end. The error is nil there; else
// a sentence, ctx's, or as it is that of YieldTracks.
func (b *batch) all(ctx context.Context, from io.Reader) error {
	f := &frames{from: from}
	for {
		message, err := f.next()
		b.count(f)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return failure(err)
		}
		if b.add(message); len(b.tracks) >= maxBatch {
			if err := b.flush(ctx); err != nil {
				return err
			}
		}
	}
}

// count moves what a reader of frames has seen since.
func (b *batch) count(f *frames) {
	b.bytes += f.read
	b.broken += f.broken
	f.read, f.broken = 0, 0
}

// reports is how long a stream's problems are gathered before they are told
// again.
const reports = 10 * time.Minute

// tell says what was left out of a stream since it was last told: the first
// time at once, then at intervals, and at the end.
func (b *batch) tell(now time.Time, end bool) {
	if b.request.Problem == nil || !end && now.Sub(b.reported) < reports {
		return
	}
	for _, sentence := range b.result().Problems {
		b.request.Problem(sentence)
		b.reported = now
	}
	clear(b.left)
	b.broken, b.protobuf = 0, 0
}

// result says what was left out, in sentences.
func (b *batch) result() gather.Result {
	result := gather.Result{Bytes: b.bytes}
	for _, reason := range []error{errTask, errStale, errAhead, errAccess, errNowhere, errVersion, errIncomplete, errXML} {
		if n := b.left[reason]; n > 0 {
			result.Problems = append(result.Problems, fmt.Sprintf("Messages that were left out because they %s: %d.", reason, n))
		}
	}
	if b.broken > 0 {
		result.Problems = append(result.Problems, fmt.Sprintf("Messages that broke off or were longer than 256 KiB, and were left out: %d.", b.broken))
	}
	if b.protobuf > 0 {
		result.Problems = append(result.Problems, fmt.Sprintf("Datagrams of TAK protocol version 1 (protobuf), which are not read; set what sends them to XML: %d.", b.protobuf))
	}
	return result
}
