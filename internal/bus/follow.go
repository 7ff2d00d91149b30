package bus

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"entente/internal/store"
)

// follower reads the stream in order, whatever happens to it, and gives what it
// reads to the bus's subscribers. It belongs to one goroutine.
type follower struct {
	bus     *Bus
	created time.Time // of the stream that next counts in
	next    uint64    // sequence of the next notice
	read    jetstream.MessagesContext
}

// begin places the follower at the end of the stream.
func (f *follower) begin(ctx context.Context) error {
	stream, err := f.bus.ensure(ctx)
	if err != nil {
		return err
	}
	info := stream.CachedInfo()
	f.created, f.next = info.Created, info.State.LastSeq+1
	return f.attach(ctx, stream)
}

// resume places the follower where it stood, in a stream that may be another.
func (f *follower) resume(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, resumeTimeout)
	defer cancel()
	stream, err := f.bus.ensure(ctx)
	if err != nil {
		return err
	}
	info := stream.CachedInfo()
	if !info.Created.Equal(f.created) {
		f.created, f.next = info.Created, 1
		f.bus.deliver(store.Notice{Kind: KindMissed})
	}
	if f.next < info.State.FirstSeq {
		f.next = info.State.FirstSeq
		f.bus.deliver(store.Notice{Kind: KindMissed})
	}
	return f.attach(ctx, stream)
}

func (f *follower) attach(ctx context.Context, stream jetstream.Stream) error {
	consumer, err := stream.CreateConsumer(ctx, jetstream.ConsumerConfig{
		DeliverPolicy:     jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:       f.next,
		AckPolicy:         jetstream.AckNonePolicy,
		MemoryStorage:     true,
		InactiveThreshold: time.Minute,
	})
	if err != nil {
		return err
	}
	read, err := consumer.Messages(jetstream.PullExpiry(10*time.Second), jetstream.PullHeartbeat(2*time.Second))
	if err != nil {
		return err
	}
	f.read = read
	return nil
}

// run reads until ctx is done.
func (f *follower) run(ctx context.Context) {
	for {
		if f.read != nil {
			stop := context.AfterFunc(ctx, f.read.Stop)
			f.follow(ctx)
			stop()
			f.read.Stop()
			f.read = nil
		}
		// A server that is deleting the stream drops its consumers first; a stream
		// made anew before it is done may be deleted with it (seen with 2.9.10).
		select {
		case <-ctx.Done():
			return
		case <-time.After(retryEvery):
		}
		_ = f.resume(ctx) // tried again where read is nil
	}
}

// last gives the sequence of the last notice in the stream that f reads.
func (f *follower) last(ctx context.Context) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, resumeTimeout)
	defer cancel()
	stream, err := f.bus.js.Stream(ctx, f.bus.stream())
	if err != nil {
		return 0, err
	}
	info := stream.CachedInfo()
	if !info.Created.Equal(f.created) {
		return 0, jetstream.ErrStreamNotFound // another one stands in its place
	}
	return info.State.LastSeq, nil
}

// follow gives out what it reads until something is wrong.
func (f *follower) follow(ctx context.Context) {
	silent := false
	for first := true; ; first = false {
		m, err := f.read.Next(jetstream.NextMaxWait(lookEvery))
		if errors.Is(err, nats.ErrTimeout) {
			last, err := f.last(ctx)
			if err != nil {
				return
			}
			if last >= f.next && silent { // it holds what it does not give
				f.next = last + 1
				f.bus.deliver(store.Notice{Kind: KindMissed})
				return
			}
			silent = last >= f.next
			continue
		}
		if err != nil {
			return // stopped, cut off, or the stream is gone
		}
		silent = false
		at, err := m.Metadata()
		if err != nil {
			return
		}
		switch seq := at.Sequence.Stream; {
		case seq < f.next:
			continue
		case seq > f.next && !first:
			return // lost on the way: read again from next
		case seq > f.next:
			f.bus.deliver(store.Notice{Kind: KindMissed}) // it is not in the stream any more
		}
		f.next = at.Sequence.Stream + 1
		n, err := decode(m.Data())
		if err != nil {
			f.bus.log.Warn("Something that is no notice came over the message bus.", "error", err)
			continue
		}
		f.bus.deliver(n)
	}
}
