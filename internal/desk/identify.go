package desk

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
	"entente/internal/store"
)

// Identify gives the actor and the view of a person as they are at this moment.
// Nobody is refused as CodeUnauthenticated: an unknown or suspended account,
// and one whose member does not take part in the centre now.
func (d *Desk) Identify(ctx context.Context, person centre.ID) (policy.Actor, policy.View, error) {
	view, _, err := d.viewOf(ctx, person)
	return view.Actor(), view, err
}

// IdentifySession is Identify for a session that began at begun. One that began
// before the person was suspended, or set another password, is refused as if
// nobody were signed in.
func (d *Desk) IdentifySession(ctx context.Context, person centre.ID, begun time.Time) (policy.Actor, policy.View, error) {
	p, err := d.store.Person(ctx, d.own, person)
	if centre.CodeOf(err) == centre.CodeNotFound || err == nil && begun.Before(p.SignedOut) {
		return policy.Actor{}, policy.View{}, errNobody()
	}
	if err != nil {
		return policy.Actor{}, policy.View{}, err
	}
	view, _, err := d.viewOfPerson(ctx, p)
	return view.Actor(), view, err
}

// IdentifyLogin is Identify for the command line, whose user holds the centre's
// folder itself and says as whom to act. No server may offer it.
func (d *Desk) IdentifyLogin(ctx context.Context, login string) (policy.Actor, policy.View, error) {
	p, _, err := d.store.PersonByLogin(ctx, d.own, strings.ToLower(strings.TrimSpace(login)))
	if centre.CodeOf(err) == centre.CodeNotFound {
		return policy.Actor{}, policy.View{}, centre.Refuse(centre.CodeNotFound, "There is no account with the login %q.", login)
	}
	if err != nil {
		return policy.Actor{}, policy.View{}, err
	}
	return d.Identify(ctx, p.ID)
}

// viewOf also tells the newest label that the view was made with.
func (d *Desk) viewOf(ctx context.Context, person centre.ID) (policy.View, policy.LabelID, error) {
	p, err := d.store.Person(ctx, d.own, person)
	if centre.CodeOf(err) == centre.CodeNotFound {
		return policy.View{}, 0, errNobody()
	}
	if err != nil {
		return policy.View{}, 0, err
	}
	return d.viewOfPerson(ctx, p)
}

func (d *Desk) viewOfPerson(ctx context.Context, p centre.Person) (policy.View, policy.LabelID, error) {
	actor, err := d.actor(ctx, p)
	if err != nil {
		return policy.View{}, 0, err
	}
	if !actor.Active {
		return policy.View{}, 0, errNobody()
	}
	return d.labels.view(ctx, d, actor)
}

func errNobody() error {
	return centre.Refuse(centre.CodeUnauthenticated, "Nobody is signed in, or the account is not active; sign in and try again.")
}

// signedIn refuses the zero view, and every other that is not a person's own.
func signedIn(who policy.View) (policy.Actor, error) {
	a := who.Actor()
	if !a.Active || a.Person == 0 || a.Member == "" || who.Unrestricted() {
		return policy.Actor{}, errNobody()
	}
	return a, nil
}

// actor is the person as one who asks. Whether the account counts is decided
// here alone: not suspended, and of a member that takes part now.
func (d *Desk) actor(ctx context.Context, p centre.Person) (policy.Actor, error) {
	c, err := d.charter(ctx)
	if err != nil {
		return policy.Actor{}, err
	}
	member, known := c.Member(p.Member)
	return policy.Actor{
		Person: p.ID, Name: p.Name, Member: p.Member, Roles: p.Roles, Clearance: p.Clearance,
		Active: !p.Suspended && known && member.Active(d.now()),
	}, nil
}

// labelCatalogue holds the labels of the store and the views made from them.
// Labels never change and are only added, so that one that was read stays
// right; a label that is newer than the catalogue is in no view, and so hidden.
type labelCatalogue struct {
	mu     sync.Mutex
	labels []policy.Label
	newest policy.LabelID // of labels
	wanted policy.LabelID // a label up to here is known to exist; read again when newest is below it
	views  map[string]policy.View
}

// viewsKept bounds the cache of views; when it is full it is emptied.
const viewsKept = 1024

// noticed says that the label exists. The next view will know it.
func (c *labelCatalogue) noticed(id policy.LabelID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wanted = max(c.wanted, id)
}

// view gives the actor's view over all labels known.
func (c *labelCatalogue) view(ctx context.Context, d *Desk, a policy.Actor) (policy.View, policy.LabelID, error) {
	key := fmt.Sprintf("%d %q %q %v %d %t", a.Person, a.Name, a.Member, a.Roles, a.Clearance, a.Active)
	c.mu.Lock()
	fresh := c.views != nil && c.newest >= c.wanted
	view, ok := c.views[key]
	newest := c.newest
	c.mu.Unlock()
	if fresh && ok {
		return view, newest, nil
	}
	if !fresh {
		if err := c.load(ctx, d.store, d.own); err != nil {
			return policy.View{}, 0, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	view = policy.NewView(a, c.labels)
	if len(c.views) >= viewsKept {
		clear(c.views)
	}
	c.views[key] = view
	return view, c.newest, nil
}

// narrowed gives the part of a view whose markings keep wants.
func (c *labelCatalogue) narrowed(v policy.View, keep func(centre.Marking) bool) policy.View {
	c.mu.Lock()
	defer c.mu.Unlock()
	var labels []policy.Label
	for _, l := range c.labels {
		if v.Sees(l.ID) && keep(l.Marking) {
			labels = append(labels, l)
		}
	}
	return policy.NewView(v.Actor(), labels)
}

// expire makes the next view read the labels again, after a write of this desk
// that may have made one.
func (c *labelCatalogue) expire() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wanted = max(c.wanted, c.newest+1)
}

// load reads the labels. Reading happens outside the lock: two callers may
// read at once, and the one that saw more wins.
func (c *labelCatalogue) load(ctx context.Context, s store.Labels, g policy.Grant) error {
	c.mu.Lock()
	wanted := c.wanted
	c.mu.Unlock()
	labels, err := s.AllLabels(ctx, g)
	if err != nil {
		return err
	}
	var newest policy.LabelID
	for _, l := range labels {
		newest = max(newest, l.ID)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.views == nil || newest > c.newest {
		c.labels, c.newest = labels, newest
		c.views = map[string]policy.View{}
	}
	if c.wanted == wanted {
		// What was wanted has been looked for. If it is not there (its
		// transaction was rolled back), it is not looked for again.
		c.wanted = c.newest
	}
	return nil
}
