// Package entity finds the people and organisations that a text names, in
// English, Arabic, Persian and Russian, and says what is known of them.
//
// Four sources of knowledge meet. A sequence tagger (features.go, model.go) gives
// each word of a text a label; it is a linear model over the shape of the words,
// their beginnings and endings, their neighbours, their places in lists and the
// names of the world that they sound like (sound.go). A gate before it (gate.go)
// cuts the words that are in no name, so that few are looked at closely. Its
// weights are trained by an averaged perceptron (train.go) with
//
//	go run ./cmd/train entities --data DIR
//
// and are embedded, one file a language. Package entities knows the names of
// public bodies in the four languages (known.go). Roles before and after a name
// ("Iraqi Foreign Minister", "министр обороны") are read by patterns and also
// find names that the tagger did not, above all in Persian, for which there is no
// model (roles.go). At last mentions of one text that mean the same are given
// one id: a last name alone, an acronym after its long form (same.go).
//
// Where an entity covers a place ("University of Baghdad") the place stays as a
// mention, with a lower score and the reason.
package entity
