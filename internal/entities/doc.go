// Package entities knows public organisations, offices, armed forces and groups,
// parties, courts, international bodies, companies, outlets and facilities of the
// region and of the states that deal with it, with their names in English,
// Arabic, Persian and Russian. It holds no private persons: an office is known,
// who holds it is read from the text. A short table of holders of public office
// (holders.tsv) tells for which state one speaks whose text says the role alone.
//
// The data are three tables: entities.tsv, one entity a line; countries.tsv,
// the states with the forms of their names that a phrase needs; and offices.tsv,
// the offices that every such state has, as patterns over those forms ("Ministry
// of Foreign Affairs of {N}"). Every entity says where its names are known from.
//
// Names are compared by keys (domain brief, section 7): case, diacritics, Arabic
// and Persian spelling, the article and Russian case endings play no part. A key
// retrieves and never proves identity: one key may bring several entities, and
// a person decides.
//
//	set := entities.Default()
//	found := set.Find(entities.Key("داعش"))
//	matches := set.Scan(text)
//
// A Set is read-only after it is made and safe for concurrent use.
package entities
