package gather

import (
	"errors"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

// patience is how long a source is left alone after a failure of a class.
type patience struct {
	// soon is the first wait, where the source's own rhythm is not shorter: for
	// what usually passes within minutes. Zero for the rhythm itself.
	soon time.Duration
	// longest is where doubling ends (or at the rhythm, where that is longer).
	longest time.Duration
}

// patiences says for each class of failure how soon it is tried again, and why.
var patiences = map[fetch.Class]patience{
	// A resolver that is restarted or a record that is changed is back within
	// minutes; a name that is gone for hours is gone until somebody acts.
	fetch.ClassDNS: {soon: 5 * time.Minute, longest: 6 * time.Hour},
	// A server that restarts refuses, resets and answers 5xx for some minutes.
	// To try costs both sides hardly anything, so it is not forgotten for long.
	fetch.ClassRefused: {soon: 5 * time.Minute, longest: 3 * time.Hour},
	fetch.ClassBroken:  {soon: 5 * time.Minute, longest: 3 * time.Hour},
	fetch.ClassServer:  {soon: 5 * time.Minute, longest: 3 * time.Hour},
	// A host that does not answer in time has too much to do already, and each
	// attempt holds a connection of ours: it is not asked sooner than usual.
	fetch.ClassTimeout: {longest: 6 * time.Hour},
	// A host that says it is busy is believed, beyond what its Retry-After asks.
	fetch.ClassBusy: {longest: 6 * time.Hour},
	// A certificate is renewed by a person, mostly within a working day.
	fetch.ClassTLS: {longest: 6 * time.Hour},
	// Access that is refused, addresses with nothing behind them, and what this
	// program itself does not fetch need a person; when that person changes the
	// source it is fetched at once. To look once a day is enough.
	fetch.ClassDenied:  {longest: 24 * time.Hour},
	fetch.ClassMissing: {longest: 24 * time.Hour},
	fetch.ClassBarred:  {longest: 24 * time.Hour},
	// An answer that cannot be read is mostly a document that is being rewritten
	// or a page of the host's about a fault.
	fetch.ClassOther: {longest: 6 * time.Hour},
}

// classOf tells the class of an error of a connector. What is no *fetch.Error
// (an answer that is no feed, a fault of the program) is ClassOther.
func classOf(err error) fetch.Class {
	if refused, ok := errors.AsType[*fetch.Error](err); ok {
		return refused.Class
	}
	return fetch.ClassOther
}

// backoff is how long to wait after so many failures in a row, the last of
// them err: doubling from the second on, moved by up to a quarter either way.
func (s *Scheduler) backoff(interval time.Duration, failures int, err error) time.Duration {
	p := patiences[classOf(err)]
	wait, longest := interval, max(interval, p.longest)
	if p.soon > 0 {
		wait = min(wait, p.soon)
	}
	for i := 1; i < failures && wait < longest; i++ {
		wait *= 2
	}
	return time.Duration(float64(min(wait, longest)) * (0.75 + 0.5*s.o.Rand()))
}

// sentence is what a person is told of an error.
func sentence(err error) string {
	if refused, ok := errors.AsType[*centre.Error](err); ok {
		return refused.Message
	}
	return "A fault of the program kept this source from being read; the program's log has the details. It is tried again later."
}
