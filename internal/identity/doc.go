// Package identity says who is who across texts and scripts.
//
// A name is read to words, and each word to its sound: the consonants that
// Arabic, Persian, Russian and Latin spellings have in common (DOMAIN, section
// 7), with what they tell of the vowels between. Lavrov, لافروف, Лавров and لاوروف
// sound alike, and so do Ja'fari, Jaafari, الجعفري and Джафари. Keys of sounds
// retrieve; they never prove identity.
//
//	identity.SameSound("Песковым", "بيسكوف")       // true
//	identity.ParseName("Abd al-Rahman bin Ali").Words  // abdrahman, ali
//
// Compare weighs two Profiles: how far the names agree, then role, country, body
// and what is named beside them. Names that exclude one another (brothers,
// fathers and sons) outweigh every context, and a name that agrees needs some
// context to count as proof enough. The result is a score with its reasons. From
// Threshold on two profiles are taken for one; from ProposeFrom on a person is
// asked.
//
// A Book is the memory that gives each name of a report its entity, in the order
// of arrival. It holds a bounded number of entities and is filled anew from the
// store after a start. What it decides looks at all reports, whatever their
// markings, and is no evidence: what a reader is shown of an entity is computed
// from the reports released to that reader.
//
// All functions are pure and safe for concurrent use; a Book belongs to one
// goroutine at a time.
package identity
