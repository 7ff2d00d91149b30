package fetch

import (
	"context"
	"net/url"
	"time"
)

// Queue shows the queue before hosts to tests.
func Queue(clock func() time.Time, parallel int) func(context.Context, *url.URL, time.Duration) (func(), error) {
	return newHosts(clock, parallel).enter
}

// Lanes shows the lanes to tests.
func Lanes(parallel int) func(context.Context, bool) (func() bool, error) {
	return newLanes(parallel).enter
}
