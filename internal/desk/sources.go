package desk

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/policy"
	"entente/internal/store"
)

// SourceView is a source as one person may see it. To those who may not manage
// it, the parts that can hold secrets are not shown: options, the user and
// query parts of its address, and the words of its last error and problems. To other
// members, its counts are not shown either: they count documents that are not
// released to them.
type SourceView struct {
	centre.Source
	Health  centre.Health
	Counted bool // whether the counts of Health, Silence, Waiting and Dead are shown
	// Silence is zero where the counts are not shown, and of a paused source.
	Silence   gather.Silence
	Waiting   int
	Dead      int
	MayManage bool
}

// NewSource is a source as a person describes it.
type NewSource struct {
	Name    string
	Kind    string
	Address string
	// Slug is the short name; "" to make one from the name. From afar it always
	// ends with the member's code: were it free for all, a name that is taken
	// would tell of a source that is kept from the person who asks.
	Slug        string
	Family      string
	Owner       string
	Ownership   centre.Ownership
	Language    string
	Country     string
	Marking     string // "" for the own member alone
	Reliability centre.Reliability
	Interval    time.Duration
	Options     map[string]string
	Secrets     map[string]string // what proves us to the source; never shown again
	// OnThisMachine permits what only somebody with a hand on the machine may
	// ask for: a folder of it, or an address in its own network. The HTTP
	// server never sets it.
	OnThisMachine bool
	Private       bool // may be reached at private addresses; needs OnThisMachine
}

// SourceChange is what a person wants changed of a source; nil leaves a part.
type SourceChange struct {
	Name, Address, Family, Owner, Language, Country, Marking *string

	Ownership     *centre.Ownership
	Reliability   *centre.Reliability
	Interval      *time.Duration
	Options       *map[string]string
	Secrets       map[string]string // those named are set, and removed where ""
	Paused        *bool
	OnThisMachine bool // as of NewSource
}

// kindFiles reads folders of the machine that the program runs on, and takes
// what people import by hand.
const kindFiles = "files"

// Sources lists the sources that the person may know of, by name.
func (d *Desk) Sources(ctx context.Context, who policy.View) ([]SourceView, error) {
	actor, err := signedIn(who)
	if err != nil {
		return nil, err
	}
	states, err := d.store.Sources(ctx, who)
	if err != nil {
		return nil, err
	}
	out := make([]SourceView, 0, len(states))
	for _, s := range states {
		out = append(out, d.sourceView(actor, s))
	}
	slices.SortStableFunc(out, func(a, b SourceView) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// Source reads a source.
func (d *Desk) Source(ctx context.Context, who policy.View, id centre.ID) (SourceView, error) {
	actor, err := signedIn(who)
	if err != nil {
		return SourceView{}, err
	}
	s, err := d.store.Source(ctx, who, id)
	if err != nil {
		return SourceView{}, err
	}
	return d.sourceView(actor, s), nil
}

func (d *Desk) sourceView(actor policy.Actor, s store.SourceState) SourceView {
	v := SourceView{Source: s.Source, Health: s.Health, Counted: actor.Member == s.Source.Member}
	if v.Counted {
		v.Waiting, v.Dead = s.Waiting, s.Dead
		if !s.Source.Paused {
			v.Silence = gather.SilenceOf(s.Health, s.Source.Created, d.now())
		}
	} else { // its rhythm, its days and its newest item tell as much as a count
		v.Health = centre.Health{Tried: s.Health.Tried, Good: s.Health.Good, Next: s.Health.Next, Failures: s.Health.Failures, Error: s.Health.Error}
	}
	_, err := policy.Decide(actor, policy.ActionManageSources, sourceObject(s.Source))
	v.MayManage = err == nil
	if v.MayManage {
		return v
	}
	v.Options, v.Health.Problems = nil, nil
	v.Address = withoutSecrets(v.Address)
	if v.Health.Error != "" {
		v.Health.Error = "The last attempt did not work; the member that brought the source sees why."
	}
	return v
}

// withoutSecrets leaves out the parts of an address in which keys are written.
func withoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "" // a folder, or nothing that can be taken apart
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

func sourceObject(s centre.Source) policy.Object {
	return policy.Object{Kind: "source", ID: s.ID, Label: s.Label, Marking: s.Marking, Member: s.Member}
}

// AddSource adds a source of the person's own member. Without a marking it is
// for that member alone: nothing becomes open because somebody said nothing.
func (d *Desk) AddSource(ctx context.Context, who policy.View, n NewSource) (SourceView, error) {
	actor, err := signedIn(who)
	if err != nil {
		return SourceView{}, err
	}
	s := centre.Source{
		Kind: n.Kind, Member: actor.Member, Family: n.Family, Owner: n.Owner, Ownership: n.Ownership, Secrets: n.Secrets, Language: n.Language, Country: n.Country,
		Reliability: n.Reliability, Interval: n.Interval, Private: n.Private, Options: maps.Clone(n.Options),
		Marking: centre.Marking{Originator: actor.Member},
	}
	if n.Marking != "" {
		if s.Marking, err = d.marking(ctx, n.Marking, actor.Member); err != nil {
			return SourceView{}, err
		}
	}
	object := sourceObject(s)
	object.Target = &s.Marking
	grant, err := policy.Decide(actor, policy.ActionManageSources, object)
	if err != nil {
		return SourceView{}, err
	}
	if s.Name, err = line("name", n.Name, 200); err != nil {
		return SourceView{}, err
	}
	if s.Name == "" {
		return SourceView{}, centre.Invalid("The source needs a name; nothing was added.")
	}
	s.Address, s.Secrets = apart(n.Address, n.Secrets)
	if err := d.checkSource(s, n.OnThisMachine); err != nil {
		return SourceView{}, err
	}
	if s.Kind == kindFiles && s.Address != "" && !s.Private {
		return SourceView{}, folderNeedsPrivate()
	}
	if err := d.refuseTwice(ctx, who, s); err != nil {
		return SourceView{}, err
	}
	chosen := n.Slug != ""
	s.Slug = n.Slug
	if !chosen {
		s.Slug = slugOf(s.Name)
	}
	if !n.OnThisMachine {
		s.Slug = ownSlug(s.Slug, s.Member)
	}
	return d.storeSource(ctx, grant, s, chosen)
}

// folderNeedsPrivate refuses a folder that was named without saying that it may be
// read: a mistyped one would bring the machine's own files before a member.
func folderNeedsPrivate() error {
	return centre.Refuse(centre.CodeDenied, "All files in this folder and below it would be read: allow that with --private, on the centre's machine.")
}

// refuseTwice refuses a source that the member has already: one of the same kind at
// the same address that reads the same of it.
func (d *Desk) refuseTwice(ctx context.Context, who policy.View, s centre.Source) error {
	if s.Address == "" {
		return nil
	}
	states, err := d.store.Sources(ctx, who)
	if err != nil {
		return err
	}
	for _, known := range states {
		if k := known.Source; k.Member == s.Member && k.Kind == s.Kind && k.Address == s.Address && maps.Equal(k.Options, s.Options) {
			return centre.Refuse(centre.CodeConflict, "This address is already a source of your member: %s (%s). Nothing was added.", k.Slug, k.ID)
		}
	}
	return nil
}

// apart takes a pasted user and password out of an address and puts them among
// the secrets, of which those that were given by name count more.
func apart(address string, given map[string]string) (clean string, secrets map[string]string) {
	clean, pasted := gather.WithoutUser(strings.TrimSpace(address))
	if pasted == nil {
		return clean, given
	}
	maps.Copy(pasted, given)
	return clean, pasted
}

// storeSource gives the source its id and, where the slug was not chosen, a
// free one, and keeps it.
func (d *Desk) storeSource(ctx context.Context, grant policy.Grant, s centre.Source, chosen bool) (SourceView, error) {
	if !validSlug(s.Slug) {
		return SourceView{}, centre.Invalid("%q is not a short name for a source: use at most 60 of the letters a to z, digits and hyphens.", s.Slug)
	}
	s.Created, s.ID = d.now(), d.ids.Next(d.now())
	err := d.store.AddSource(ctx, grant, s)
	if centre.CodeOf(err) == centre.CodeConflict && !chosen {
		s.Slug += "-" + centre.RandomID().String()[8:]
		s.ID = d.ids.Next(s.Created)
		err = d.store.AddSource(ctx, grant, s)
	}
	if err != nil {
		return SourceView{}, err
	}
	d.labels.expire()
	_, view, err := d.Identify(ctx, grant.Actor().Person)
	if err != nil {
		return SourceView{}, err
	}
	return d.Source(ctx, view, s.ID)
}

// checkSource refuses what cannot work, and what may not be asked for from afar.
func (d *Desk) checkSource(s centre.Source, onThisMachine bool) error {
	if d.connectors == nil {
		return centre.Refuse(centre.CodeUnavailable, "This program runs without connectors, so sources cannot be added or changed here.")
	}
	if !onThisMachine {
		if s.Address != "" && (s.Kind == kindFiles || strings.ContainsAny(s.Address[:1], "/.~\\")) {
			return centre.Refuse(centre.CodeDenied, "A folder of the centre's machine can be named only on that machine, with entente sources add; leave the address empty for a source that takes imports.")
		}
		if s.Private {
			return centre.Refuse(centre.CodeDenied, "Private addresses can be allowed only on the centre's machine, with entente sources add.")
		}
	}
	if s.Ownership != centre.OwnerUnknown && !slices.Contains(centre.Ownerships, s.Ownership) {
		return centre.Invalid("%q is no kind of owner; use one of %v, or none.", s.Ownership, centre.Ownerships)
	}
	if s.Kind == kindFiles && s.Address == "" {
		return nil // takes what people import
	}
	return d.connectors.Check(s)
}

// ChangeSource changes or pauses a source of the person's own member. A new
// marking is for reports to come; those that are there keep theirs.
func (d *Desk) ChangeSource(ctx context.Context, who policy.View, id centre.ID, c SourceChange) (SourceView, error) {
	actor, err := signedIn(who)
	if err != nil {
		return SourceView{}, err
	}
	state, err := d.store.Source(ctx, who, id)
	if err != nil {
		return SourceView{}, err
	}
	s := state.Source
	object := sourceObject(s)
	if c.Marking != nil {
		if s.Marking, err = d.marking(ctx, *c.Marking, s.Member); err != nil {
			return SourceView{}, err
		}
	}
	object.Target = &s.Marking
	grant, err := policy.Decide(actor, policy.ActionManageSources, object)
	if err != nil {
		return SourceView{}, err
	}
	if c.Name != nil {
		if s.Name, err = line("name", *c.Name, 200); err != nil {
			return SourceView{}, err
		}
	}
	set(&s.Family, c.Family)
	set(&s.Owner, c.Owner)
	set(&s.Ownership, c.Ownership)
	s.Secrets = c.Secrets
	set(&s.Language, c.Language)
	set(&s.Country, c.Country)
	set(&s.Reliability, c.Reliability)
	set(&s.Interval, c.Interval)
	set(&s.Options, c.Options)
	set(&s.Paused, c.Paused)
	if c.Address != nil || c.Options != nil || c.Interval != nil || c.Ownership != nil {
		moved := c.Address != nil && *c.Address != s.Address
		if c.Address != nil {
			s.Address, s.Secrets = apart(*c.Address, c.Secrets)
		}
		if err := d.checkSource(s, c.OnThisMachine || !moved); err != nil {
			return SourceView{}, err
		}
		if moved && s.Kind == kindFiles && s.Address != "" && !s.Private {
			return SourceView{}, folderNeedsPrivate()
		}
		if moved && s.Private && !c.OnThisMachine {
			return SourceView{}, centre.Refuse(centre.CodeDenied, "This source may reach private addresses, so its address can be changed only on the centre's machine.")
		}
	}
	if err := d.store.ChangeSource(ctx, grant, s); err != nil {
		return SourceView{}, err
	}
	d.labels.expire()
	_, view, err := d.Identify(ctx, actor.Person)
	if err != nil {
		return SourceView{}, err
	}
	return d.Source(ctx, view, id)
}

func set[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

// ownSlug is a slug with the member's code at its end.
func ownSlug(slug string, member centre.MemberCode) string {
	ending := "-" + strings.ToLower(string(member))
	if strings.HasSuffix(slug, ending) {
		return slug
	}
	return slug + ending
}

func validSlug(slug string) bool {
	if slug == "" || len(slug) > 60 {
		return false
	}
	for _, r := range slug {
		if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') {
			return false
		}
	}
	return true
}

// slugOf makes a short name from a name. Names without Latin letters, which
// would leave nothing, get a random one.
func slugOf(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= 40 {
			break
		}
	}
	slug := strings.Trim(b.String(), "-")
	if len(slug) < 2 {
		return "source-" + centre.RandomID().String()[7:]
	}
	return slug
}
