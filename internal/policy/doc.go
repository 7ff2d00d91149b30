// Package policy decides who may see and do what. It is the only place that
// decides: everything else asks it, or carries its sealed answers around.
//
// What people write on a report is a centre.Marking. A Label is one distinct
// marking with a number; every protected row of the store points at one, and
// a label never changes. Visible says whether an Actor may see what carries a
// label. A View is the set of labels that one actor may see now, and every
// read of the store takes one: the database knows membership in a set, and no
// policy. A Grant is permission for one write.
//
// View and Grant are sealed: outside this package only their zero values can be
// made, which see nothing and permit nothing. Deny is the default throughout:
// an unmarked thing is for its originator, a label newer than the view is
// hidden, and neither the head nor an operator has a way around.
//
// All functions are pure and safe for concurrent use.
package policy
