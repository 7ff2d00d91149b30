// Package charter answers, for any instant, who is a member of the centre, whose
// turn it is to hold the chair, and which officer heads the centre. It reads
// the charter, a YAML file that the members agree on, and refuses one that
// breaks a rule of the centre, naming the rule and the line.
//
// Two things are kept apart. The chair is a member: the one whose term runs.
// The head is an officer: the person who acts for the centre at an instant.
// Terms follow from the order, the anchor and the period alone; the head follows
// from the term and from who is appointed, has accepted, and is present.
//
// # Terms
//
// A term is half-open, [Start, End), and terms follow each other without a gap.
// They are calendar periods in the charter's time zone, each counted from the
// original anchor: 31 January and three months is 30 April, and three months
// more is 31 July, because no term is counted from the one before it. A local
// time that a clock change skips becomes the instant of the change; one that
// occurs twice becomes its first occurrence.
//
// A member of the order that joins later takes turns from the first cycle that
// begins at or after its joining. A member that withdraws keeps its place: its
// remaining term, and its later turns, keep their boundaries and are headed by
// an acting head, until the council adopts a version of the charter with
// another order.
//
// # Head
//
// At every instant from the anchor there is exactly one head, found in this
// order: the officer whom the chair member appointed, who has accepted and is
// not absent; the deputy; the officers and deputies of the next members in
// order; and where nobody can act, the post itself, whose officer is then "not
// named". Authority ends with the term, signed over or not. An acting head has
// limits, above all that the charter is not changed meanwhile.
//
// # Past
//
// A History holds all versions of the charter. A version may not change what
// was before it took effect, nor the term that runs then: NewHistory refuses
// one that does. Boundaries that have passed also stay where they were when
// the world's time zone data are corrected, if the terms of History.Past are
// stored and given to NewHistory again.
//
// The package is pure: no clock and no input or output. All functions are safe
// for concurrent use. Time zones come from the machine or, in a program that
// imports time/tzdata, from the program itself.
package charter
