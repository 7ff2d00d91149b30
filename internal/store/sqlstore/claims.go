package sqlstore

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/corroborate"
	"entente/internal/lexis"
	"entente/internal/policy"
	"entente/internal/query"
)

// Bounds of what a claim shows.
const (
	maxProposition = 400 // code points
	maxSpeakers    = 12
	maxStories     = 8
	maxParties     = 64
	maxOfReport    = 500 // statements of one report
	maxOutlets     = 500 // named in the claims that are judged together
)

// Claim implements store.Claims.
func (s *Store) Claim(ctx context.Context, v policy.View, id centre.ID) (centre.Claim, error) {
	var claim centre.Claim
	err := s.read(ctx, func(tx *sql.Tx) error {
		id, err := s.standing(ctx, tx, v, id)
		if err != nil {
			return err
		}
		found, err := s.judged(ctx, tx, v, []centre.ID{id}, true)
		if err == nil && len(found) == 0 {
			return centre.NotFound("claim")
		}
		if err == nil {
			claim = found[0]
		}
		return err
	})
	return claim, err
}

// judged makes claims from what the view sees of them, in the order of ids. whole
// asks for what only a reader wants to know; status and roots are there without.
func (s *Store) judged(ctx context.Context, tx *sql.Tx, v policy.View, wanted []centre.ID, whole bool) ([]centre.Claim, error) {
	claims := make([]centre.Claim, 0, len(wanted))
	if len(wanted) == 0 {
		return claims, nil
	}
	held, err := s.heldClaims(ctx, tx, v, wanted)
	if err != nil {
		return nil, err
	}
	know, err := s.knowledge(ctx, tx, v, held)
	if err != nil {
		return nil, err
	}
	comparable, given := map[centre.ID]bool{}, map[centre.ID]*centre.ClaimGrading{}
	if whole {
		if comparable, err = s.comparable(ctx, tx, v, wanted, held); err != nil {
			return nil, err
		}
		if given, err = s.newestGradings(ctx, tx, v, wanted); err != nil {
			return nil, err
		}
	}
	for _, id := range wanted {
		if list := held[id]; len(list) > 0 {
			c := makeClaim(id, list, know, comparable[id])
			c.Given = given[id]
			if c.Given != nil && c.Given.At.After(c.Changed) {
				c.Changed = c.Given.At
			}
			c.Review = c.Given != nil && !c.Given.At.After(c.TakenBack) // of one millisecond nobody can tell: look again
			claims = append(claims, c)
		}
	}
	return claims, nil
}

// makeClaim computes a claim from its statements, in the order of arrival.
func makeClaim(id centre.ID, held []heldStatement, know corroborate.Knowledge, comparable bool) centre.Claim {
	c := centre.Claim{ID: id}
	statements := make([]centre.ClaimStatement, len(held))
	matter := corroborate.Matter{Comparable: comparable}
	reports, stories, labels := map[centre.ID]bool{}, map[centre.ID]bool{}, map[int64]bool{}
	var markings []centre.Marking
	best := -1
	for i := range held {
		h := &held[i]
		statements[i] = h.ClaimStatement
		c.Statements++
		reports[h.Ref.Report] = true
		if h.Story != 0 && !stories[h.Story] {
			stories[h.Story] = true
			c.Stories = append(c.Stories, h.Story)
		}
		if !labels[h.Label] {
			labels[h.Label] = true
			markings = append(markings, h.Marking)
		}
		for _, p := range h.Parties {
			if len(matter.Parties) < maxParties && !slices.Contains(matter.Parties, p) {
				matter.Parties = append(matter.Parties, p)
			}
		}
		if p := h.Carrier.Published; p.Known() {
			if !c.First.Known() || p.Time.Before(c.First.Time) {
				c.First = p
			}
			if !c.Last.Known() || p.Time.After(c.Last.Time) {
				c.Last = p
			}
		}
		c.Changed = later(c.Changed, timeOf(sql.NullInt64{Int64: h.at, Valid: true}))
		if best < 0 || plainer(&h.ClaimStatement, &held[best].ClaimStatement) {
			best = i
		}
	}
	c.Reports = len(reports)
	c.Stories = c.Stories[:min(len(c.Stories), maxStories)]
	c.Judgement = corroborate.Judge(know, matter, statements)
	if slices.ContainsFunc(c.Roots, func(r centre.Root) bool { return r.State == centre.RootRetracted }) {
		c.TakenBack = takenBack(held)
	}
	c.Proposition, c.Language, c.From = propositionOf(&held[best].Statement), held[best].Language, held[best].Ref
	c.Speakers = speakersOf(held, held[best].Negated, know)
	c.Marking, _ = policy.Join(markings...)
	return c
}

// takenBack gives when the newest of what takes something back was received: a
// retraction or a report that its source withdrew, or, where a speaker has said the
// opposite since, the newest of all.
func takenBack(held []heldStatement) time.Time {
	var back, newest time.Time
	for i := range held {
		h := &held[i]
		if at := timeOf(h.taken); h.Stance == centre.StanceRetract || h.Carrier.Withdrawn {
			back = later(back, at)
		} else {
			newest = later(newest, at)
		}
	}
	if back.IsZero() {
		return newest
	}
	return back
}

// plainer tells whether a says a claim more plainly than b, which came before it:
// who asserts is plainer than who denies, and who says it in full than who hints.
func plainer(a, b *centre.ClaimStatement) bool {
	rank := func(s *centre.ClaimStatement) int {
		n := 0
		switch {
		case s.Answers != 0:
		case centre.SideOf(s.Stance, s.Negated) == centre.InFavour:
			n += 4
		case s.Negated && s.Stance != centre.StanceDeny:
			n += 2
		}
		if len(s.Content) > 0 && len(s.Content[0].Text) >= 24 {
			n++
		}
		return n
	}
	return rank(a) > rank(b)
}

func propositionOf(s *centre.Statement) string {
	var parts []string
	for _, c := range s.Content {
		parts = append(parts, strings.Join(strings.Fields(c.Text), " "))
	}
	return firstWords([]rune(strings.Join(parts, " … ")), maxProposition)
}

// speakersOf gives those who speak about a claim, in whose words there is a
// negation or none. The loudest of each stance comes first: however many repeat a
// claim, who denies it is among them.
func speakersOf(held []heldStatement, negated bool, know corroborate.Knowledge) []centre.ClaimSpeaker {
	byKey := map[string]int{}
	list := []centre.ClaimSpeaker{}
	for i := len(held) - 1; i >= 0; i-- { // the latest first
		a := held[i].Speaker
		if a.Name == "" {
			a.Name = held[i].Carrier.Name
		}
		key := cmp.Or(know.Key(a), string(a.Kind))
		at, ok := byKey[key]
		if !ok {
			at = len(list)
			byKey[key] = at
			list = append(list, centre.ClaimSpeaker{Key: key, Name: a.Name, Kind: a.Kind, Role: a.Role, Country: a.Country})
		}
		list[at].Statements++
		if stance := centre.StanceTo(held[i].Stance, held[i].Negated, negated); !slices.Contains(list[at].Stances, stance) {
			list[at].Stances = append(list[at].Stances, stance)
		}
	}
	slices.SortStableFunc(list, func(a, b centre.ClaimSpeaker) int { return cmp.Compare(b.Statements, a.Statements) })
	heard := map[centre.Stance]bool{}
	first, others := make([]centre.ClaimSpeaker, 0, len(list)), []centre.ClaimSpeaker{}
	for _, s := range list {
		if !slices.ContainsFunc(s.Stances, func(s centre.Stance) bool { return !heard[s] }) {
			others = append(others, s)
			continue
		}
		for _, stance := range s.Stances {
			heard[stance] = true
		}
		first = append(first, s)
	}
	list = append(first, others...)
	return list[:min(len(list), maxSpeakers)]
}

// knowledge is what judging may know for a view: whose the outlets are that are
// named, by the sources that it sees and by what the program knows of the public.
func (s *Store) knowledge(ctx context.Context, tx *sql.Tx, v policy.View, held map[centre.ID][]heldStatement) (corroborate.Knowledge, error) {
	var args []any
	seen := map[string]bool{}
	for _, list := range held {
		for i := range list {
			for _, h := range list[i].Chain {
				if (h.Kind == centre.AgentPublisher || h.Kind == centre.AgentAgency) && h.Name != "" && !seen[h.Name] && len(args) < maxOutlets {
					seen[h.Name] = true
					args = append(args, clean(h.Name))
				}
			}
		}
	}
	known := map[string]corroborate.Outlet{}
	if len(args) > 0 {
		holders := make([]string, len(args))
		for i := range holders {
			holders[i] = fmt.Sprintf("$%d", i+1)
		}
		rows, err := tx.QueryContext(ctx, "SELECT name, family, ownership, country FROM source WHERE family <> '' AND "+visible(v, "label_id")+
			" AND name IN ("+strings.Join(holders, ", ")+") ORDER BY id DESC", args...)
		err = each(rows, err, func(rows *sql.Rows) error {
			var name, family, ownership, country string
			err := rows.Scan(&name, &family, &ownership, &country)
			o := corroborate.Outlet{Family: family}
			if centre.Ownership(ownership) == centre.OwnedByState {
				o.State = country
			}
			known[name] = o
			return err
		})
		if err != nil {
			return corroborate.Knowledge{}, err
		}
	}
	return corroborate.Knowledge{Key: agentKey, Alike: query.SpeakersAlike, Country: s.country, Outlet: func(a centre.Agent) (corroborate.Outlet, bool) {
		if o, ok := known[a.Name]; ok {
			return o, true
		}
		if s.outlets != nil {
			return s.outlets(a.Name)
		}
		return corroborate.Outlet{}, false
	}}, nil
}

// agentKey names an agent across texts: by its entity, or else by the consonants
// of its name, which the scripts' spellings share; of a person, those of the last
// word of it. Where two share them without being one they count as one: that
// never adds a root.
func agentKey(a centre.Agent) string {
	if a.Entity != "" && a.Entity[0] != '#' {
		return "entity " + a.Entity
	}
	words := strings.Fields(lexis.Normalise(a.Name))
	if len(words) == 0 {
		return ""
	}
	if a.Kind == centre.AgentSpokesperson || a.Role != "" {
		words = words[len(words)-1:]
	}
	for i, w := range words {
		if strings.ContainsAny(w, "0123456789") {
			continue
		}
		keys := query.SpeakerKeys(w)
		if last := keys[len(keys)-1]; len(keys) > 1 {
			words[i] = last[2:] // without the mark of the script
		}
	}
	return strings.Join(words, " ")
}

// comparable tells which claims have something to be compared with: what somebody
// else says on the same story, or says that is near them. What their own speakers
// say besides is no comparison, nor is a copy of it.
func (s *Store) comparable(ctx context.Context, tx *sql.Tx, v policy.View, wanted []centre.ID, held map[centre.ID][]heldStatement) (map[centre.ID]bool, error) {
	out := map[centre.ID]bool{}
	for _, id := range wanted {
		var stories, reports, copies []centre.ID
		var speakers []any
		for i := range held[id] {
			h := &held[id][i]
			if h.Story != 0 && !slices.Contains(stories, h.Story) && len(stories) < maxStories {
				stories = append(stories, h.Story)
			}
			if !slices.Contains(reports, h.Ref.Report) && len(reports) < maxOwn {
				reports = append(reports, h.Ref.Report)
			}
			if set := h.Carrier.CopySet; set != 0 && !slices.Contains(copies, set) && len(copies) < maxOwn {
				copies = append(copies, set)
			}
			if name := any(speakerText(h.Speaker.Name)); !slices.Contains(speakers, name) && len(speakers) < maxOwn {
				speakers = append(speakers, name)
			}
		}
		holders := make([]string, len(speakers))
		for i := range holders {
			holders[i] = fmt.Sprintf("$%d", i+1)
		}
		// A statement without a speaker's name is the outlet's own.
		by := "z.report_id = r.id AND z.claim_id <> 0 AND " + visible(v, "r.label_id") + " AND (z.speaker NOT IN (" + strings.Join(holders, ", ") + ") OR z.speaker = '" + speakerText("") +
			"' AND NOT " + in("r.id", reports) + " AND NOT " + in("r.copyset_id", copies) + ")"
		found, err := exists(ctx, tx, "SELECT 1 FROM report r CROSS JOIN statement z WHERE "+by+" AND "+in("r.story_id", stories)+" AND NOT "+in("z.claim_id", []centre.ID{id})+" LIMIT 1", speakers)
		if err == nil && !found {
			var related []centre.RelatedClaim
			related, err = nearTo(ctx, tx, id)
			near := make([]centre.ID, len(related))
			for i := range related {
				near[i] = related[i].Claim
			}
			if err == nil && len(near) > 0 {
				found, err = exists(ctx, tx, "SELECT 1 FROM statement z CROSS JOIN report r WHERE "+by+" AND "+in("z.claim_id", near)+" LIMIT 1", speakers)
			}
		}
		if err != nil {
			return nil, err
		}
		out[id] = found
	}
	return out, nil
}

// maxOwn is how many own speakers and reports of a claim are told from others.
const maxOwn = 200

func exists(ctx context.Context, tx *sql.Tx, text string, args []any) (bool, error) {
	var one int
	err := tx.QueryRowContext(ctx, text, args...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// ReportClaims implements store.Claims.
func (s *Store) ReportClaims(ctx context.Context, v policy.View, report centre.ID) (map[int]centre.Claim, error) {
	out := map[int]centre.Claim{}
	err := s.read(ctx, func(tx *sql.Tx) error {
		if err := seen(ctx, tx, v, report); err != nil {
			return err
		}
		of := map[int]centre.ID{}
		var claims []centre.ID
		rows, err := tx.QueryContext(ctx, "SELECT no, claim_id FROM statement WHERE report_id = $1 AND claim_id <> 0 ORDER BY no LIMIT $2", int64(report), int64(maxOfReport))
		err = each(rows, err, func(rows *sql.Rows) error {
			var no int
			var claim centre.ID
			err := rows.Scan(&no, &claim)
			of[no] = claim
			if !slices.Contains(claims, claim) {
				claims = append(claims, claim)
			}
			return err
		})
		if err != nil {
			return err
		}
		found, err := s.judged(ctx, tx, v, claims, true)
		for no, id := range of {
			if i := slices.IndexFunc(found, func(c centre.Claim) bool { return c.ID == id }); i >= 0 {
				out[no] = found[i]
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
