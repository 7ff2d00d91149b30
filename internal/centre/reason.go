package centre

import (
	"fmt"
	"strings"
)

// Reason is why something follows by rule: a code, and what its sentence is
// filled with. String says it in English; a screen says it in its reader's
// language by the code.
type Reason struct {
	Code    ReasonCode `json:"code"`
	N       int        `json:"n,omitempty"`       // how many
	Grade   string     `json:"grade,omitempty"`   // what it comes to: a letter A to F, or a digit 1 to 6
	Names   []string   `json:"names,omitempty"`   // of whom it speaks, at most MaxReasonNames
	More    int        `json:"more,omitempty"`    // how many more there are
	Of      string     `json:"of,omitempty"`      // to whom these belong: a publisher family, or another root
	Country string     `json:"country,omitempty"` // ISO 3166-1 alpha-3: to which state these belong
}

// MaxReasonNames is how many names a reason lists.
const MaxReasonNames = 4

// ReasonCode names a sentence. ReasonCodes has them all.
type ReasonCode string

// Reasons of a suggested grade, by the seven rules of DOMAIN.md section 3.
const (
	WhyReliabilityUnknown ReasonCode = "reliability-unknown"
	WhyReliability        ReasonCode = "reliability"         // Grade
	WhyAllTakenBack       ReasonCode = "all-taken-back"      //
	WhyNobody             ReasonCode = "nobody"              //
	WhyRepeated           ReasonCode = "repeated"            // N reports
	WhyComparable         ReasonCode = "comparable"          //
	WhyAlone              ReasonCode = "alone"               //
	WhyParties            ReasonCode = "parties"             // N roots
	WhyKnownParties       ReasonCode = "known-parties"       // N roots
	WhyUncertain          ReasonCode = "uncertain"           // N roots
	WhyUnreliable         ReasonCode = "unreliable"          // N roots
	WhyUnproven           ReasonCode = "unproven"            // N roots
	WhyConfirmed          ReasonCode = "confirmed"           // N roots
	WhySomeTakenBack      ReasonCode = "some-taken-back"     // N roots
	WhyAuthority          ReasonCode = "authority"           // Names
	WhyOutweighed         ReasonCode = "outweighed"          // N roots
	WhyContradicted       ReasonCode = "contradicted"        // Names, Grade
	WhyInterested         ReasonCode = "interested"          // Names, Grade
	WhyLightAgainst       ReasonCode = "light-contradiction" // Grade
)

// Reasons of a root: why its statements are one, and why it does not count.
const (
	WhyTokens       ReasonCode = "tokens"           // N statements
	WhyUnknownMany  ReasonCode = "unknown-many"     // N statements, Names
	WhyUnknownOne   ReasonCode = "unknown-one"      //
	WhyCopies       ReasonCode = "copies"           // N reports
	WhyTranslations ReasonCode = "translations"     // N reports
	WhyFamily       ReasonCode = "family"           // Names, Of
	WhySisters      ReasonCode = "sisters"          // Names, Country
	WhyEcho         ReasonCode = "echo"             // Names
	WhyCircle       ReasonCode = "circle"           // Names
	WhySameSpeaker  ReasonCode = "same-speaker"     // N reports, Of
	WhyParty        ReasonCode = "party"            // Country or Of
	WhyCarriersGone ReasonCode = "carriers-gone"    //
	WhyOutletGone   ReasonCode = "outlet-gone"      //
	WhyTookBack     ReasonCode = "took-back"        // Names
	WhyOpposite     ReasonCode = "opposite"         //
	WhyAdmission    ReasonCode = "admission"        //
	WhyEarlier      ReasonCode = "earlier"          //
	WhySameSide     ReasonCode = "speaks-for-state" // Country, Of
)

// sentences are the reasons in English.
var sentences = map[ReasonCode]string{
	WhyReliabilityUnknown: "Rule 7: nobody has judged how far its sources can be relied on, so reliability is F, which means unknown.",
	WhyReliability:        "Rule 7: reliability {grade} is what was known of its best source before; no single report changes it.",
	WhyAllTakenBack:       "Rule 6: whoever stood behind it has taken it back; nothing is left to judge it by: 6.",
	WhyNobody:             "Rule 1: nobody is on record as saying it, so there is nothing to judge: 6.",
	WhyRepeated:           "Rule 2: all {n} reports go back to one root: repetition confirms nothing.",
	WhyComparable:         "Rule 1: one root, and what others say on the matter to hold it against: 3.",
	WhyAlone:              "Rule 1: one root, and nothing by anybody else to hold it against: 6, which means unknown.",
	WhyParties:            "Rule 3: {n} roots, but those that are certainly independent are all parties to the matter, and rule 3 does not let these confirm one another: 2. An analyst may set 1.",
	WhyKnownParties:       "Rule 3: {n} roots; those that are known are parties to the matter, and nobody can tell of the other: 2. An analyst may set 1.",
	WhyUncertain:          "Rule 2: {n} roots whose independence is not certain: at most 2.",
	WhyUnreliable:         "Rule 3: {n} roots, but too few of them that are better than D or E: 2.",
	WhyUnproven:           "Rule 3: {n} certainly independent roots, but none that is known to be reliable (A to C): 2.",
	WhyConfirmed:          "Rule 3: {n} certainly independent roots, none D or E, one at least A to C, not all parties: 1.",
	WhySomeTakenBack:      "Rule 6: roots that were taken back ({n}) are not counted.",
	WhyAuthority:          "Rule 4: {names}, with authority over the matter, contradicts it: 5.",
	WhyOutweighed:         "Rule 4: {n} certainly independent roots contradict it, more than stand behind it: 5.",
	WhyContradicted:       "Rule 4: contradicted with like weight by {names}: contested, and a step down to {grade}.",
	WhyInterested:         "Rule 5: denied by {names}, party to the matter: that tells of its position, and little of the fact. Contested; the grade is {grade}.",
	WhyLightAgainst:       "Rule 4: only unknown or unreliable sources contradict it, which is not of like weight: contested; the grade is {grade}.",

	WhyTokens:       "The members that brought them say by equal tokens that {n} statements have one root; it stays unnamed.",
	WhyUnknownMany:  "Nobody can tell whose {n} statements these are ({names}); all unknown roots of one side count as one.",
	WhyUnknownOne:   "It is not said who this is; it counts as one unknown root.",
	WhyCopies:       "{n} reports carry the same text or nearly so: copies confirm nothing.",
	WhyTranslations: "Translations among its reports: {n}; a translation confirms nothing.",
	WhyFamily:       "{names} belong to one publisher family, {of}.",
	WhySisters:      "{names} belong to one state, {country}: sisters are no witnesses for one another.",
	WhyEcho:         "What cites {names} adds no root: that report itself goes back to somebody else.",
	WhyCircle:       "{names} cite one another in a circle, which confirms nothing.",
	WhySameSpeaker:  "{n} reports pass on the same speaker, {of}.",
	WhyParty:        "It is a party to the matter, or speaks from one ({of}{country}).",
	WhyCarriersGone: "All that carried it has been withdrawn.",
	WhyOutletGone:   "The outlet that it goes back to has withdrawn its report; what repeats it does not stand without it.",
	WhyTookBack:     "{names} has taken it back.",
	WhyOpposite:     "It has since said the opposite.",
	WhyAdmission:    "It denied this before and now admits it: an admission against interest weighs more than a party's word.",
	WhyEarlier:      "It was uttered before what it would rebut: an earlier denial cannot rebut a later announcement.",
	WhySameSide:     "It speaks for {country} as {of} does: the two are not certainly independent.",
}

// ReasonCodes gives every code, in no order.
func ReasonCodes() []ReasonCode {
	codes := make([]ReasonCode, 0, len(sentences))
	for c := range sentences {
		codes = append(codes, c)
	}
	return codes
}

// String is the reason as an English sentence; that of an unknown code is the code.
func (r Reason) String() string {
	text, ok := sentences[r.Code]
	if !ok {
		return string(r.Code)
	}
	return strings.NewReplacer("{n}", fmt.Sprint(r.N), "{grade}", r.Grade, "{names}", r.listed(), "{of}", r.Of, "{country}", r.Country).Replace(text)
}

// listed writes the names for a sentence.
func (r Reason) listed() string {
	switch n := len(r.Names); {
	case n == 0:
		return "unnamed"
	case r.More > 0:
		return fmt.Sprintf("%s and %d more", strings.Join(r.Names, ", "), r.More)
	case n == 1:
		return r.Names[0]
	default:
		return strings.Join(r.Names[:n-1], ", ") + " and " + r.Names[n-1]
	}
}

// Sentences are reasons in English, for what is read outside a screen.
func Sentences(reasons []Reason) []string {
	out := make([]string, len(reasons))
	for i, r := range reasons {
		out[i] = r.String()
	}
	return out
}
