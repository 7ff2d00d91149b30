package stix

import (
	"encoding/json"
	"strings"

	"entente/internal/centre"
	"entente/internal/gather"
)

// definitions are the marking definitions that everybody knows by their ids:
// STIX 2.1 section 7.2.1.4 (TLP 1.0) and the extension for TLP 2.0.
var definitions = map[string]centre.TLP{
	"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": centre.TLPClear,
	"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": centre.TLPGreen,
	"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": centre.TLPAmber,
	"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": centre.TLPRed,

	"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": centre.TLPClear,
	"marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": centre.TLPGreen,
	"marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": centre.TLPAmber,
	"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": centre.TLPAmberStrict,
	"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": centre.TLPRed,
}

// tlpExtension is the id of the extension that defines TLP 2.0 for STIX.
const tlpExtension = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

// said is what the markings of an object say, in three ways.
type said struct {
	restriction gather.Restriction
	properties  []centre.Property
	problems    []string
}

// markings reads all that restricts an object.
func (g *graph) markings(o *object) said {
	var s said
	for _, ref := range o.list("object_marking_refs") {
		g.marking(&s, "object_marking_refs", ref, "")
	}
	if raw, marked := o.fields["object_marking_refs"]; marked && !isList(raw) {
		s.unknown("The markings of " + o.id + " cannot be read")
	}
	raw, marked := o.fields["granular_markings"]
	if !marked {
		return s
	}
	var parts []struct {
		Ref       string   `json:"marking_ref"`
		Lang      string   `json:"lang"`
		Selectors []string `json:"selectors"`
	}
	if json.Unmarshal(raw, &parts) != nil {
		s.unknown("The granular markings of " + o.id + " cannot be read")
	}
	for _, part := range parts {
		if part.Ref != "" {
			g.marking(&s, "granular_markings", part.Ref, strings.Join(part.Selectors, ", "))
		} else if part.Lang == "" {
			s.unknown("A granular marking of " + o.id + " names no definition")
		}
	}
	return s
}

func isList(raw json.RawMessage) bool {
	var list []string
	return json.Unmarshal(raw, &list) == nil
}

func (s *said) unknown(what string) {
	s.restriction.OriginatorOnly = true
	s.problems = append(s.problems, what+"; the document is for the originator alone until somebody marks it.")
}

// marking adds what one definition says of an object, or of the parts that
// selectors name.
func (g *graph) marking(s *said, property, ref, selectors string) {
	label, restricts, meaning := g.definition(gather.CleanText(ref))
	switch {
	case meaning == "":
		meaning = gather.PlainLine(ref)
		s.unknown("The marking definition " + meaning + " is not known here, or does not say what it means")
	case restricts:
		s.restriction.TLP = max(s.restriction.TLP, label)
	}
	if selectors != "" {
		meaning += " (" + gather.PlainLine(selectors) + ")"
	}
	s.properties = append(s.properties, centre.Property{Name: property, Value: clip(meaning)})
}

// definition gives the meaning of a marking definition in words; "" where it
// has none that is understood.
func (g *graph) definition(ref string) (label centre.TLP, restricts bool, meaning string) {
	if label, known := definitions[ref]; known {
		return label, true, label.String()
	}
	o := g.object(ref, true)
	if o == nil || o.kind != "marking-definition" {
		return 0, false, ""
	}
	g.used[ref] = true
	var d struct {
		TLP       string `json:"tlp"`
		Statement string `json:"statement"`
	}
	_ = json.Unmarshal(o.fields["definition"], &d)
	var extensions map[string]json.RawMessage
	_ = json.Unmarshal(o.fields["extensions"], &extensions)
	for id, raw := range extensions {
		var e struct {
			TLP string `json:"tlp_2_0"`
		}
		if id != tlpExtension || json.Unmarshal(raw, &e) != nil {
			return 0, false, "" // it restricts by rules that are not known here
		}
		d.TLP = e.TLP
	}
	if d.TLP != "" {
		if label, ok := gather.TLPLabel(d.TLP); ok {
			return label, true, label.String()
		}
		return 0, false, ""
	}
	if statement := strings.TrimSpace(gather.CleanText(d.Statement)); statement != "" && o.text("definition_type") == "statement" {
		return 0, false, "statement: " + statement
	}
	return 0, false, ""
}
