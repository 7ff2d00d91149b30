// Package place finds the names of places in a text and says which place each
// one is.
//
// It goes over the words of a text once, looking for the longest run of words
// that the gazetteer knows as a name (find.go, accept.go), and for what its kind
// tells, such as "Palestine Street" (feature.go). Of each run it asks whether it
// is a place here rather than a person, an organisation or a common word
// (judge.go). Then it chooses among the places of one name (resolve.go): by rule
// where the text says "Paris, Texas", and else by a small log-linear model over
// what the places are by themselves and how they fit what the other names are
// believed to mean (rank.go, train.go). One name means one place in a text. The
// source's country and the coordinates that a document brings weigh in.
//
// "Iraqi" and "U.S." are mentions of countries that say so by their Form; a
// demonym does not put a report on the map (centre.Mention.Locates). Names with
// Arabic or Hebrew prepositions, Russian endings, the Persian ezafe and further
// transliterations are found by the gazetteer's keys.
//
// Every mention says why, by the features that decided. A run that is less than
// likely to be a place is left out; a place whose choice is open has a low score.
// Place.Radius tells how far from its point the matter may be.
package place
