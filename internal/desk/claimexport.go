package desk

import (
	"cmp"
	"context"
	"crypto/sha1"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/policy"
)

// ExportedFile is what an export gives.
type ExportedFile struct {
	Name      string
	MediaType string
	Body      []byte
}

// ExportClaim writes a claim in a format that others read: "claimreview"
// (schema.org, JSON-LD) or "stix" (a STIX 2.1 bundle of notes and opinions).
//
// A public export is made from what is UNCLASSIFIED and TLP:CLEAR alone: status,
// roots and grade are computed anew from that, so that they tell nothing of the
// rest. Otherwise it is made from all that the person sees but what is under
// ORCON, and bears the marking of that.
func (d *Desk) ExportClaim(ctx context.Context, who policy.View, id centre.ID, format string, public bool) (ExportedFile, error) {
	if _, err := signedIn(who); err != nil {
		return ExportedFile{}, err
	}
	if _, err := d.store.Claim(ctx, who, id); err != nil {
		return ExportedFile{}, err
	}
	narrow := d.labels.narrowed(who, func(m centre.Marking) bool {
		if public {
			return m.Level == centre.Unclassified && m.TLP == centre.TLPClear && len(m.Caveats) == 0
		}
		return !slices.Contains(m.Caveats, centre.ORCON)
	})
	claim, err := d.store.Claim(ctx, narrow, id)
	if centre.CodeOf(err) == centre.CodeNotFound {
		why := "no report that carries it is marked UNCLASSIFIED and TLP:CLEAR; ask for an export with its marking instead"
		if !public {
			why = "every report that carries it is under ORCON; ask its originator"
		}
		return ExportedFile{}, centre.Refuse(centre.CodeDenied, "This claim was not exported: %s.", why)
	}
	if err != nil {
		return ExportedFile{}, err
	}
	page, err := d.store.ClaimStatements(ctx, narrow, claim.ID, Page{Limit: statementsShown})
	if err != nil {
		return ExportedFile{}, err
	}
	name := "Information centre"
	if c, err := d.charter(ctx); err == nil {
		name = cmp.Or(c.Name, name)
	}
	e := claimExport{claim: claim, statements: page.Statements, author: name, now: d.now(), public: public}
	var content any
	file := ExportedFile{}
	switch format {
	case "claimreview":
		content, file.Name, file.MediaType = e.review(), "claim-"+claim.ID.String()+".jsonld", "application/ld+json"
	case "stix":
		content, file.Name, file.MediaType = e.bundle(), "claim-"+claim.ID.String()+".json", "application/stix+json;version=2.1"
	default:
		return ExportedFile{}, centre.Invalid("%q is no format of claims: claimreview or stix.", format)
	}
	file.Body, err = json.MarshalIndent(content, "", "  ")
	return file, err
}

// claimExport is a claim on its way out.
type claimExport struct {
	claim      centre.Claim
	statements []centre.ClaimStatement // newest first
	author     string
	now        time.Time
	public     bool
}

// object is a JSON object whose empty members are left out.
type object map[string]any

func (o object) set(name string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	}
	o[name] = value
}

// verdict is the status and grade in words, with where the grade is from.
func (e *claimExport) verdict() string {
	c := &e.claim
	grade := fmt.Sprintf("grade %s, suggested by rule %d", c.Suggested.Grade, c.Suggested.Rule)
	if c.Given != nil {
		grade = fmt.Sprintf("grade %s, given by %s", c.Given.Grade, c.Given.Member)
	}
	return fmt.Sprintf("%s%s; %s", string(c.Status[0]), strings.ToLower(string(c.Status[1:])), grade)
}

// review is a ClaimReview of schema.org.
func (e *claimExport) review() object {
	c := &e.claim
	item := object{"@type": "Claim"}
	var appearances []any
	listed := map[centre.ID]object{}
	for _, s := range e.statements {
		// Further statements of a report are in the same work.
		if listed[s.Carrier.Report] != nil {
			continue
		}
		work := object{"@type": "CreativeWork", "headline": s.Carrier.Title}
		work.set("url", s.Carrier.URL)
		work.set("publisher", s.Carrier.Name)
		work.set("datePublished", momentText(s.Carrier.Published))
		listed[s.Carrier.Report] = work
		appearances = append(appearances, work)
	}
	item.set("appearance", appearances)
	if n := len(e.statements); n > 0 {
		first := e.statements[n-1]
		item.set("author", object{"@type": schemaType(first.Speaker), "name": cmp.Or(first.Speaker.Name, first.Carrier.Name)})
		item.set("firstAppearance", listed[first.Carrier.Report])
	}
	item.set("datePublished", momentText(c.First))
	rating := object{"@type": "Rating", "bestRating": 5, "worstRating": 1, "alternateName": e.verdict()}
	rating.set("ratingExplanation", strings.Join(centre.Sentences(c.Suggested.Why), " "))
	// A value is the judgement of a person, and the rules give none. Credibility 1
	// is the best and 5 the worst; 6 is unknown, and no value.
	if g := c.Grade().Credibility; c.Given != nil && g >= centre.Confirmed && g <= centre.Improbable {
		rating["ratingValue"] = 6 - int(g)
	}
	out := object{"@context": "https://schema.org", "@type": "ClaimReview", "url": "urn:entente:claim:" + c.ID.String(),
		"claimReviewed": c.Proposition, "datePublished": e.now.Format(time.DateOnly), "inLanguage": c.Language,
		"author": object{"@type": "Organization", "name": e.author}, "itemReviewed": item, "reviewRating": rating}
	if !e.public {
		out["usageInfo"] = c.Marking.String()
	}
	return out
}

// schemaType gives what schema.org calls an agent: of one without a name, nobody
// can tell whether it is a person or a body.
func schemaType(a centre.Agent) string {
	switch {
	case a.Kind == centre.AgentAnonymous || a.Kind == centre.AgentCollective || a.Kind == centre.AgentDocument:
		return "Thing"
	case a.Kind == centre.AgentSpokesperson || a.Role != "":
		return "Person"
	}
	return "Organization"
}

func momentText(m centre.Moment) string {
	switch {
	case !m.Known():
		return ""
	case m.Precision == centre.PrecisionMonth:
		return m.Time.UTC().Format("2006-01")
	case m.Precision == centre.PrecisionDay:
		return m.Time.UTC().Format(time.DateOnly)
	}
	return m.Time.UTC().Format(time.RFC3339)
}

const (
	stixTime = "2006-01-02T15:04:05.000Z"
	// always is when what never changes was created, as far as STIX asks for it.
	always       = "2015-09-26T00:00:00.000Z"
	tlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
)

// tlpDefinitions are the marking definitions of TLP 2.0 for STIX (DOMAIN.md section 4).
var tlpDefinitions = map[centre.TLP]string{
	centre.TLPClear: "94868c89-83c2-464b-929b-a1a8aa3c8487", centre.TLPGreen: "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
	centre.TLPAmber: "55d920b0-5e8b-4f79-9ee9-91f868d9b421", centre.TLPAmberStrict: "939a9414-2ddd-4d32-a0cd-375ea402b003",
	centre.TLPRed: "e828b379-4e03-4974-9ac4-e53a884c97c1",
}

// stixID names an object by what it is: a name-based UUID (RFC 9562, version 5) in
// a namespace of our own. STIX 2.1 section 2.9 keeps the one that it gives for
// observables.
func stixID(kind, name string) string {
	space := []byte{0x5e, 0x0d, 0x3c, 0x0a, 0x91, 0x74, 0x4b, 0x1f, 0x8a, 0x36, 0x27, 0xc4, 0xe9, 0x60, 0xb2, 0x5d}
	sum := sha1.Sum(append(space, kind+" "+name...))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	return fmt.Sprintf("%s--%x-%x-%x-%x-%x", kind, sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// confidences are those of STIX for credibility 1 to 5 (DOMAIN.md section 3); 6 has none.
var confidences = map[centre.Credibility]int{1: 90, 2: 70, 3: 50, 4: 30, 5: 10}

// bundle is a STIX 2.1 bundle: the claim as a note about the report of it, and an
// opinion of each root that stands.
func (e *claimExport) bundle() object {
	c := &e.claim
	// What has one id was created once (STIX 2.1 section 3.2): each state of a claim
	// is objects of its own, and the centre is there always.
	state := c.ID.String() + " " + c.Changed.UTC().Format(stixTime) + " " + c.Marking.String()
	refs, markings := e.stixMarkings()
	common := func(kind, name, at string) object {
		return object{"type": kind, "spec_version": "2.1", "id": stixID(kind, name), "created": at, "modified": at, "object_marking_refs": refs}
	}
	author := common("identity", e.author+" "+c.Marking.String(), always)
	author["name"], author["identity_class"] = e.author, "organization"
	by := author["id"].(string)
	ours := func(kind, name string) object {
		o := common(kind, name, c.Changed.UTC().Format(stixTime))
		o["created_by_ref"] = by
		return o
	}
	report := ours("report", state)
	report["name"], report["published"], report["object_refs"] = c.Proposition, report["created"], []string{by}
	report["report_types"] = []string{"claim"}
	report.set("description", "A claim, and not a finding: "+e.verdict()+".")
	// A confidence is the judgement of a person. What the rules suggest stands in
	// the description, and says that it is suggested.
	if c.Given != nil {
		if confidence, ok := confidences[c.Given.Grade.Credibility]; ok {
			report["confidence"] = confidence
		}
	}
	note := ours("note", state)
	note["abstract"], note["content"], note["object_refs"] = e.verdict(), e.content(), []any{report["id"]}
	objects := append(markings, author, report, note)
	for i, r := range c.Roots {
		if r.State != centre.RootStands {
			continue
		}
		o := ours("opinion", fmt.Sprintf("%s %d %d %s", state, r.Side, i, r.Name))
		o["opinion"], o["object_refs"] = "agree", []any{report["id"]}
		if r.Name != "" {
			o["authors"] = []string{r.Name}
		}
		switch {
		case r.Side < 0:
			o["opinion"] = "disagree"
		case slices.Contains(c.ConfirmedBy, r.Name):
			o["opinion"] = "strongly-agree"
		}
		o.set("explanation", strings.Join(centre.Sentences(r.Why), " "))
		objects = append(objects, o)
	}
	return object{"type": "bundle", "id": stixID("bundle", state), "objects": objects}
}

// content tells of the claim in sentences.
func (e *claimExport) content() string {
	c := &e.claim
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%d roots in favour, %d of them certainly independent; %d against.\n", c.Proposition, c.For, c.Independent, c.Against)
	for _, why := range c.Suggested.Why {
		fmt.Fprintf(&b, "- %s\n", why)
	}
	for _, s := range e.statements {
		fmt.Fprintf(&b, "- %s: %s, in %q (%s)\n", cmp.Or(s.Speaker.Name, s.Carrier.Name, "unnamed"), s.Stance, s.Carrier.Title, cmp.Or(momentText(s.Carrier.Published), "undated"))
	}
	return b.String()
}

// stixMarkings gives the marking of the export as references and definitions: TLP
// where there is one, and the whole marking as a statement where it is not public.
func (e *claimExport) stixMarkings() (refs []string, definitions []any) {
	m := e.claim.Marking
	if id, ok := tlpDefinitions[m.TLP]; ok {
		id = "marking-definition--" + id
		refs = append(refs, id)
		definitions = append(definitions, object{"type": "marking-definition", "spec_version": "2.1", "id": id, "created": "2022-10-01T00:00:00.000Z", "name": m.TLP.String(),
			"extensions": object{tlpExtension: object{"extension_type": "property-extension", "tlp_2_0": strings.ToLower(strings.TrimPrefix(m.TLP.String(), "TLP:"))}}})
	}
	if !e.public {
		id := stixID("marking-definition", m.String())
		refs = append(refs, id)
		definitions = append(definitions, object{"type": "marking-definition", "spec_version": "2.1", "id": id, "created": always,
			"definition_type": "statement", "definition": object{"statement": m.String()}})
	}
	return refs, definitions
}
