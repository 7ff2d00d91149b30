package gather

import (
	"strings"

	"entente/internal/centre"
)

// Restriction is what a document says itself about who may have it, in the terms
// of exchange formats. The zero Restriction says nothing.
type Restriction struct {
	TLP   centre.TLP   // the strictest label that it bears; TLPNone for none
	Level centre.Level // the highest level that it bears; Unclassified for none
	ORCON bool
	// OriginatorOnly: it was given to the member that brings it and to nobody
	// beside, or what it says is not understood.
	OriginatorOnly bool
}

// And gives the restriction that holds where both do.
func (r Restriction) And(o Restriction) Restriction {
	return Restriction{TLP: max(r.TLP, o.TLP), Level: max(r.Level, o.Level), ORCON: r.ORCON || o.ORCON,
		OriginatorOnly: r.OriginatorOnly || o.OriginatorOnly}
}

// Narrow gives the marking of a document of a source that bears a restriction of
// its own. A document's marking stands in place of its source's, hence it never
// releases to anybody to whom the source's marking does not: the originator is
// the source's, the level the higher, the TLP label the stricter, and caveats
// only grow. Nil means that the source's marking applies as it is.
//
// TLP:AMBER and stricter were given to the receiving organisation (FIRST, TLP
// 2.0). Such a document is for the originator alone, unless the source's own
// marking bears a label as strict: then whoever marked the source decided to
// whom documents with it go. As in policy.Join, a label up to GREEN of a
// document whose source has none is not kept: it could let the document go
// further than the source's marking meant. Nor is one on what is for the
// originator alone.
//
// A source without a marking gives one for its member alone.
func Narrow(s centre.Source, r Restriction) *centre.Marking {
	if r == (Restriction{}) {
		return nil
	}
	from := s.Marking.Canonical()
	if from.Originator == "" {
		from = centre.Marking{Originator: s.Member, Level: from.Level}
	}
	m := from
	if r.OriginatorOnly || r.TLP >= centre.TLPAmber && from.TLP < r.TLP {
		m.Releasable = nil
	}
	m.Level = max(m.Level, r.Level)
	if r.ORCON {
		m.Caveats = append(m.Caveats, centre.ORCON)
	}
	if m.TLP = max(from.TLP, r.TLP); m.TLP <= centre.TLPGreen && (from.TLP == centre.TLPNone || r.OriginatorOnly) {
		m.TLP = centre.TLPNone
	}
	if m = m.Canonical(); m.Equal(s.Marking) {
		return nil
	}
	return &m
}

// TLPLabel reads a label of the Traffic Light Protocol as exchange formats write
// it: "TLP:AMBER+STRICT", "tlp:amber", "white" (the name that CLEAR had in TLP
// 1.0). ok is false where it is none; "tlp:ex:chr" and the like, of which only
// the prefix is known, are none too.
func TLPLabel(text string) (label centre.TLP, ok bool) {
	name := strings.ToUpper(strings.TrimSpace(text))
	name = strings.TrimSpace(strings.TrimPrefix(name, "TLP:"))
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == '+' }), "+")
	if name == "WHITE" {
		return centre.TLPClear, true
	}
	for t := centre.TLPClear; t <= centre.TLPRed; t++ {
		if t.String() == "TLP:"+name {
			return t, true
		}
	}
	return centre.TLPNone, false
}
