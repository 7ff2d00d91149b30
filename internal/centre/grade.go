package centre

import (
	"time"
)

// Reliability is the first axis of the Admiralty system (STANAG 2511): how far
// a source can be relied on. Zero is "not graded yet", which is not F.
type Reliability byte

const (
	CompletelyReliable   Reliability = 'A' // tried and trusted
	UsuallyReliable      Reliability = 'B' // successful before, some doubt
	FairlyReliable       Reliability = 'C' // occasionally used
	NotUsuallyReliable   Reliability = 'D' // more often than not unreliable
	Unreliable           Reliability = 'E' // unworthy of confidence
	ReliabilityNotJudged Reliability = 'F' // cannot be judged: unknown, not "worst"
)

// Credibility is the second axis (STANAG 2511): how likely the information is
// true. Zero is "not graded yet", which is not 6.
type Credibility byte

const (
	Confirmed            Credibility = 1 // certain that it comes from another source than what is held
	ProbablyTrue         Credibility = 2
	PossiblyTrue         Credibility = 3
	Doubtful             Credibility = 4
	Improbable           Credibility = 5
	CredibilityNotJudged Credibility = 6 // cannot be judged: unknown, not "worst"
)

// Grade is an Admiralty grade such as B2. The axes are given separately: either
// may be zero. F and 6 mean "unknown": never sort or average them.
type Grade struct {
	Reliability Reliability
	Credibility Credibility
}

// Known reports whether any axis has been graded.
func (g Grade) Known() bool { return g.Reliability != 0 || g.Credibility != 0 }

// String prints "B2", "B-" or "-2" with an ungraded axis, and "" for none.
func (g Grade) String() string {
	if !g.Known() {
		return ""
	}
	b := []byte("--")
	if g.Reliability != 0 {
		b[0] = byte(g.Reliability)
	}
	if g.Credibility != 0 {
		b[1] = '0' + byte(g.Credibility)
	}
	return string(b)
}

// ParseGrade reads what String prints.
func ParseGrade(text string) (Grade, error) {
	var g Grade
	if text == "" {
		return g, nil
	}
	if len(text) != 2 {
		return g, Invalid("%q is not a grade: write a letter A to F and a digit 1 to 6, such as B2", text)
	}
	switch c := text[0] &^ 0x20; {
	case c >= 'A' && c <= 'F':
		g.Reliability = Reliability(c)
	case text[0] != '-':
		return Grade{}, Invalid("%q is not a grade: reliability is a letter A to F, such as in B2", text)
	}
	switch c := text[1]; {
	case c >= '1' && c <= '6':
		g.Credibility = Credibility(c - '0')
	case c != '-':
		return Grade{}, Invalid("%q is not a grade: credibility is a digit 1 to 6, such as in B2", text)
	}
	return g, nil
}

// MarshalText implements encoding.TextMarshaler.
func (g Grade) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (g *Grade) UnmarshalText(text []byte) (err error) {
	*g, err = ParseGrade(string(text))
	return err
}

// Grading is one person's grade of one version of a report. Gradings are kept,
// never overwritten; the newest is the report's grade.
type Grading struct {
	ID      ID         `json:"id"`
	Report  ID         `json:"report"`
	Version int        `json:"version"`
	Grade   Grade      `json:"grade"`
	Reason  string     `json:"reason"`
	Person  ID         `json:"person"`
	By      string     `json:"by"` // the person's name at the time
	Member  MemberCode `json:"member"`
	At      time.Time  `json:"at"`
}
