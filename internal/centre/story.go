package centre

import "time"

// Echo says that a report looks like a translation of another one, or the other
// of it: the two are presumably of one root. It is a proposal of the machine. The
// zero Echo is of nothing.
type Echo struct {
	Of     ID       `json:"of"`     // a report in another language
	Score  float64  `json:"score"`  // 0..1
	Shared []string `json:"shared"` // words that both have, as the report has them: reasons, for a person
}

// StoryEditKind says what was done to stories.
type StoryEditKind string

const (
	StoryMerge StoryEditKind = "merge" // all reports of From went to Into; From leads there
	StoryMove  StoryEditKind = "move"  // a report, with its copies, went from From to Into
	StorySplit StoryEditKind = "split" // the same, and Into began with it
	StoryUndo  StoryEditKind = "undo"  // what Undoes did was taken back
)

// StoryEdit is a change of what belongs to which story, kept with who, when and
// why. One by a person wins over the machine for good.
type StoryEdit struct {
	ID     ID            `json:"id"`
	Kind   StoryEditKind `json:"kind"`
	From   ID            `json:"from"`
	Into   ID            `json:"into"`
	Report ID            `json:"report"` // of a move or split; zero for a merge
	Undoes ID            `json:"undoes"` // of an undo
	Undone bool          `json:"undone"`
	Reason string        `json:"reason"`
	Person ID            `json:"person"` // zero for the machine
	By     string        `json:"by"`     // name of the person; "" for the machine
	Member MemberCode    `json:"member"`
	At     time.Time     `json:"at"`
}
