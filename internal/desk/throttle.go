package desk

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"entente/internal/centre"
)

// How often one may try to sign in: for one login, a burst and then one attempt
// every while; for one address more, because many people can share it.
const (
	loginBurst     = 8
	loginEvery     = 15 * time.Second
	addressBurst   = 40
	addressEvery   = 2 * time.Second
	throttledAtAll = 10_000 // logins, and addresses, that are remembered
)

// throttle limits attempts to sign in. Its memory is bounded: when it is full,
// those that have their whole burst left are forgotten, which changes nothing
// for them; if none has, new ones share one limit. It is safe for concurrent use.
type throttle struct {
	mu        sync.Mutex
	logins    map[string]*rate.Limiter
	addresses map[string]*rate.Limiter
	overflow  *rate.Limiter
}

func newThrottle() *throttle {
	return &throttle{
		logins:    map[string]*rate.Limiter{},
		addresses: map[string]*rate.Limiter{},
		overflow:  rate.NewLimiter(rate.Every(addressEvery), addressBurst),
	}
}

// allow counts an attempt at an instant for a login and an address; an empty
// one is not counted. It says the same whether the login exists or not.
func (t *throttle) allow(at time.Time, login, address string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	ok := true
	if address != "" {
		ok = t.limiter(t.addresses, address, at, addressEvery, addressBurst).AllowN(at, 1)
	}
	if ok && login != "" {
		ok = t.limiter(t.logins, login, at, loginEvery, loginBurst).AllowN(at, 1)
	}
	if !ok {
		return centre.Refuse(centre.CodeTooMany, "Too many attempts to sign in; wait a minute and try again.")
	}
	return nil
}

// forgive forgets the attempts of a login that has signed in.
func (t *throttle) forgive(login string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.logins, login)
}

func (t *throttle) limiter(of map[string]*rate.Limiter, key string, at time.Time, every time.Duration, burst int) *rate.Limiter {
	if l, ok := of[key]; ok {
		return l
	}
	if len(of) >= throttledAtAll {
		for k, l := range of {
			if l.TokensAt(at) >= float64(burst) {
				delete(of, k)
			}
		}
	}
	if len(of) >= throttledAtAll {
		return t.overflow
	}
	l := rate.NewLimiter(rate.Every(every), burst)
	of[key] = l
	return l
}
