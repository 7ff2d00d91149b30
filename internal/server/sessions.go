package server

import (
	"context"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

const cookieName = "entente_session"

// What a session holds: who, since when, and when something was last asked
// (Unix milliseconds).
const (
	keyPerson = "person"
	keyBegun  = "begun"
	keySeen   = "seen"
)

// seenEvery is how often the time of the last request is written down: often
// enough for the idle limit, and not with every request.
const seenEvery = time.Minute

// newSessions makes the two faces of one set of sessions. The copy shares
// store and context key and differs in the Secure attribute of its cookie.
func newSessions(d *desk.Desk, o Options, fault func(http.ResponseWriter, *http.Request, error)) (plain, secure *scs.SessionManager) {
	plain = scs.New()
	plain.Store = sessionStore{d}
	plain.Lifetime = o.Lifetime
	plain.ErrorFunc = fault
	plain.Cookie.Name = cookieName
	plain.Cookie.HttpOnly = true
	plain.Cookie.SameSite = http.SameSiteLaxMode
	twin := *plain
	twin.Cookie.Secure = true
	return plain, &twin
}

// sessionStore lets scs keep its sessions at the desk.
type sessionStore struct{ desk *desk.Desk }

// FindCtx implements scs.CtxStore.
func (s sessionStore) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	return s.desk.FindSession(ctx, token)
}

// CommitCtx implements scs.CtxStore.
func (s sessionStore) CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error {
	return s.desk.KeepSession(ctx, token, data, expires)
}

// DeleteCtx implements scs.CtxStore.
func (s sessionStore) DeleteCtx(ctx context.Context, token string) error {
	return s.desk.DropSession(ctx, token)
}

// Find implements scs.Store; scs asks through FindCtx.
func (s sessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store; scs asks through CommitCtx.
func (s sessionStore) Commit(token string, data []byte, expires time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expires)
}

// Delete implements scs.Store; scs asks through DeleteCtx.
func (s sessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// holder gives the person whose session ctx carries, and when it began; ok is
// false where there is none, or it has run out.
func (s *Server) holder(ctx context.Context) (id centre.ID, begun time.Time, ok bool) {
	id, err := centre.ParseID(s.sessions.GetString(ctx, keyPerson))
	if err != nil {
		return 0, time.Time{}, false
	}
	now := s.options.Clock()
	begun = time.UnixMilli(s.sessions.GetInt64(ctx, keyBegun))
	seen := time.UnixMilli(s.sessions.GetInt64(ctx, keySeen))
	return id, begun, now.Sub(begun) < s.options.Lifetime && now.Sub(seen) < s.options.Idle
}

// signedIn reports whether ctx carries a session that would be let in now, so
// that an application can ask before it is refused.
func (s *Server) signedIn(ctx context.Context) bool {
	id, begun, ok := s.holder(ctx)
	if !ok {
		return false
	}
	_, _, err := s.desk.IdentifySession(ctx, id, begun)
	return err == nil
}

// touch writes down that something was asked.
func (s *Server) touch(ctx context.Context) {
	now := s.options.Clock()
	if now.Sub(time.UnixMilli(s.sessions.GetInt64(ctx, keySeen))) >= seenEvery {
		s.sessions.Put(ctx, keySeen, now.UnixMilli())
	}
}

// holderNow is signedIn, read from the store again: for streams, which outlive
// the state that they began with.
func (s *Server) holderNow(ctx context.Context, token string) bool {
	fresh, err := s.sessions.Load(withoutValues{ctx}, token)
	return err == nil && s.signedIn(fresh)
}

// withoutValues hides what a context carries: scs keeps to the session that it
// finds there and would not read the store again.
type withoutValues struct{ context.Context }

// Value gives nothing.
func (withoutValues) Value(any) any { return nil }
