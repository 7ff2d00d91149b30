package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"entente/internal/centre"
	"entente/internal/entities"
	"entente/internal/identity"
	"entente/internal/policy"
	"entente/internal/store"
)

// EntityChange is a decision about a person or body; Beside is one that is named
// in the same reports.
type (
	EntityChange = store.EntityChange
	Beside       = store.Beside
)

// EntityQuestion asks for people and bodies; the zero value asks for those that
// the newest reports name most. In every order the bodies of the shipped list
// that no report names stand last.
type EntityQuestion struct {
	Text    string             // words of a name, in any script
	Kind    centre.MentionKind // "" for any
	Country string             // ISO 3166-1 alpha-3; "" for any
	Newest  bool               // those that were named last first
	Page
}

// EntityDossier is a person or body with all that the reader may know of it.
type EntityDossier struct {
	Entity    centre.Entity
	Beside    []Beside   // named in the same reports, the most frequent first
	Proposals []Proposal // who may be the same, the likeliest first
	Edits     []centre.EntityEdit
	May       bool // decide who is who
}

// Proposal is an entity that may be the same as another.
type Proposal struct {
	Entity centre.Entity
	Score  float64 // 0..1, from what the reader sees
	Why    []string
}

const (
	besideShown    = 12
	proposalsShown = 8
	proposalsTried = 24 // namesakes that are compared with their company
)

// Entities lists people and bodies.
func (d *Desk) Entities(ctx context.Context, who policy.View, q EntityQuestion) (store.EntityPage, error) {
	none := store.EntityPage{Entities: []centre.Entity{}}
	if _, err := signedIn(who); err != nil {
		return none, err
	}
	text, err := line("name", q.Text, 200)
	if err != nil {
		return none, err
	}
	f := store.EntityFilter{Kind: q.Kind, Country: q.Country, KnownOf: bodiesOf(q.Country), Page: q.Page}
	if q.Newest {
		f.Order = store.EntitiesByNewest
	}
	if text != "" {
		f.Keys = [][]string{}
		for _, w := range identity.ParseName(text).Words {
			if len(w.Keys) > 0 {
				f.Keys = append(f.Keys, w.Keys)
			}
		}
		f.Known = publicBodies().named(f.Keys, text)
		if len(f.Keys) == 0 && len(f.Known) == 0 {
			return none, nil
		}
	}
	page, err := d.store.Entities(ctx, who, f)
	for i := range page.Entities {
		complete(&page.Entities[i])
	}
	return page, err
}

// bodiesOf gives the ids of the shipped bodies of a country; none for "".
func bodiesOf(country string) []string {
	if country == "" {
		return nil
	}
	var ids []string
	set := entities.Default()
	for i := range set.Len() {
		if e := set.At(i); e.Country == country && e.Kind != entities.Office {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// Entity reads a person or body.
func (d *Desk) Entity(ctx context.Context, who policy.View, id centre.ID) (EntityDossier, error) {
	actor, err := signedIn(who)
	if err != nil {
		return EntityDossier{}, err
	}
	var out EntityDossier
	if out.Entity, err = d.store.Entity(ctx, who, id); err != nil {
		return EntityDossier{}, err
	}
	id = out.Entity.ID
	if out.Beside, err = d.store.Beside(ctx, who, id, besideShown); err != nil {
		return EntityDossier{}, err
	}
	if out.Edits, err = d.store.EntityEdits(ctx, who, id); err != nil {
		return EntityDossier{}, err
	}
	if out.Proposals, err = d.proposals(ctx, who, &out); err != nil {
		return EntityDossier{}, err
	}
	_, err = policy.Decide(actor, policy.ActionIdentify, policy.Object{Kind: "entity", ID: id})
	out.May = err == nil
	complete(&out.Entity)
	for i := range out.Beside {
		complete(&out.Beside[i].Entity)
	}
	for i := range out.Proposals {
		complete(&out.Proposals[i].Entity)
	}
	return out, nil
}

// proposals compares an entity with its namesakes, by what the reader sees of
// both and of nothing else.
func (d *Desk) proposals(ctx context.Context, who policy.View, of *EntityDossier) ([]Proposal, error) {
	namesakes, err := d.store.Namesakes(ctx, who, of.Entity.ID, 100)
	if err != nil {
		return nil, err
	}
	own := profileOf(&of.Entity, of.Beside)
	out := []Proposal{}
	for i := range namesakes {
		p := profileOf(&namesakes[i], nil)
		if m := identity.Compare(&own, &p); m.Score > 0.05 {
			out = append(out, Proposal{namesakes[i], m.Score, m.Why})
		}
	}
	likeliest := func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity.ID, b.Entity.ID))
	}
	slices.SortFunc(out, likeliest)
	out = out[:min(len(out), proposalsTried)]
	for i := range out {
		beside, err := d.store.Beside(ctx, who, out[i].Entity.ID, besideShown)
		if err != nil {
			return nil, err
		}
		p := profileOf(&out[i].Entity, beside)
		m := identity.Compare(&own, &p)
		out[i].Score, out[i].Why = m.Score, m.Why
	}
	out = slices.DeleteFunc(out, func(p Proposal) bool { return p.Score < identity.ProposeFrom })
	slices.SortFunc(out, likeliest)
	return out[:min(len(out), proposalsShown)], nil
}

func profileOf(e *centre.Entity, beside []Beside) identity.Profile {
	p := identity.Profile{Kind: e.Kind, Countries: e.Countries, Last: e.Last}
	for _, n := range e.Names[:min(len(e.Names), 8)] {
		p.Names = append(p.Names, n.Text)
	}
	for _, r := range e.Roles {
		p.Roles = append(p.Roles, identity.Role{Name: r.Name, Country: r.Country, Of: r.Of})
	}
	for _, b := range beside {
		p.With = append(p.With, b.Entity.ID.String())
	}
	return p
}

// DecideEntity carries out a decision of a person about an entity: a merge, a
// rejection or a split. What is decided holds for every member, stays in the
// history, and can be taken back.
func (d *Desk) DecideEntity(ctx context.Context, who policy.View, id centre.ID, change EntityChange) (centre.EntityEdit, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.EntityEdit{}, err
	}
	if change.Reason, err = line("reason", change.Reason, maxReason); err != nil {
		return centre.EntityEdit{}, err
	}
	e, err := d.store.Entity(ctx, who, id)
	if err != nil {
		return centre.EntityEdit{}, err
	}
	if change.Reason == "" {
		return centre.EntityEdit{}, centre.Invalid("Give the reason; whoever sees both will read it. Nothing was changed.")
	}
	switch change.Action {
	case centre.EntityMerge, centre.EntityReject:
		other, err := d.store.Entity(ctx, who, change.Other)
		if err != nil {
			return centre.EntityEdit{}, err
		}
		change.Other = other.ID
	case centre.EntitySplit:
		slices.Sort(change.Reports)
		change.Reports = slices.Compact(change.Reports)
		if len(change.Reports) > 200 {
			return centre.EntityEdit{}, centre.Invalid("At most 200 reports are taken out at once, not %d.", len(change.Reports))
		}
		heads, err := d.store.Heads(ctx, who, change.Reports)
		if err != nil {
			return centre.EntityEdit{}, err
		}
		if len(heads) != len(change.Reports) {
			return centre.EntityEdit{}, centre.NotFound("report")
		}
	}
	grant, err := policy.Decide(actor, policy.ActionIdentify, policy.Object{Kind: "entity", ID: e.ID})
	if err != nil {
		return centre.EntityEdit{}, err
	}
	return d.store.ChangeEntity(ctx, grant, change)
}

// UndoEntityEdit takes a decision back.
func (d *Desk) UndoEntityEdit(ctx context.Context, who policy.View, id centre.ID, reason string) (centre.EntityEdit, error) {
	actor, err := signedIn(who)
	if err != nil {
		return centre.EntityEdit{}, err
	}
	if reason, err = line("reason", reason, maxReason); err != nil {
		return centre.EntityEdit{}, err
	}
	if _, err := d.store.EntityEdit(ctx, who, id); err != nil {
		return centre.EntityEdit{}, err
	}
	grant, err := policy.Decide(actor, policy.ActionIdentify, policy.Object{Kind: "entity", ID: id})
	if err != nil {
		return centre.EntityEdit{}, err
	}
	if err := d.store.UndoEntity(ctx, grant, reason); err != nil {
		return centre.EntityEdit{}, err
	}
	return d.store.EntityEdit(ctx, who, id)
}

// complete adds the names and the country that the shipped list has of a known
// body.
func complete(e *centre.Entity) {
	known, ok := entities.Default().ByID(e.Known)
	if e.Known == "" || !ok {
		return
	}
	var names []centre.EntityName
	for l, language := range entities.Languages {
		for i, text := range known.Names[l] {
			if i >= 2 {
				break
			}
			n := centre.EntityName{Language: language, Text: text}
			if k := slices.IndexFunc(e.Names, func(o centre.EntityName) bool { return o.Text == text && o.Language == language }); k >= 0 {
				n.Count = e.Names[k].Count
				e.Names = slices.Delete(e.Names, k, k+1)
			}
			names = append(names, n)
		}
	}
	e.Names = append(names, e.Names...)
	if known.Country != "" && !slices.Contains(e.Countries, known.Country) {
		e.Countries = append([]string{known.Country}, e.Countries...)
	}
}

// knownBodies finds the bodies of the shipped list by the sounds of their names.
type knownBodies struct{ names []knownName }

type knownName struct {
	id    string
	words []identity.Word
}

var publicBodies = sync.OnceValue(func() *knownBodies {
	b := &knownBodies{}
	set := entities.Default()
	for i := range set.Len() {
		e := set.At(i)
		if e.Kind == entities.Office {
			continue
		}
		for _, names := range e.Names {
			for _, n := range names {
				b.names = append(b.names, knownName{e.ID, identity.ParseName(n).Words})
			}
		}
	}
	return b
})

// named gives the bodies with a name that has, of each list, a word that begins
// so; or that has the text for its key.
func (b *knownBodies) named(wanted [][]string, text string) []string {
	var out []string
	for _, e := range entities.Default().Find(entities.Key(text)) {
		if e.Kind != entities.Office && !slices.Contains(out, e.ID) {
			out = append(out, e.ID)
		}
	}
	for i := range b.names {
		n := &b.names[i]
		if len(wanted) == 0 || slices.Contains(out, n.id) {
			continue
		}
		all := true
		for _, any := range wanted {
			all = all && slices.ContainsFunc(n.words, func(w identity.Word) bool {
				return slices.ContainsFunc(w.Keys, func(k string) bool {
					return slices.ContainsFunc(any, func(begin string) bool { return len(begin) >= 2 && strings.HasPrefix(k, begin) })
				})
			})
		}
		if all {
			out = append(out, n.id)
		}
	}
	return out
}

// bodiesNamed gives the ids of the known bodies that have exactly this name, for
// the search field org:.
func bodiesNamed(name string) []string {
	var ids []string
	for _, e := range entities.Default().Find(entities.Key(name)) {
		if e.Kind != entities.Office {
			ids = append(ids, e.ID)
		}
	}
	return ids
}
