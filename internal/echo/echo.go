// Package echo tells how much two texts, in any two languages, look like
// translations of one another, without a dictionary: by the numbers, the places
// and the words of Latin letters that both have, by words that two languages of
// one script share, and by names and international words whose consonants agree
// across scripts ("protein", "протеин", "پروتئین"). What few texts have counts
// most (inverse document frequency: Spärck Jones, 1972).
//
// A [Signature] is what a text has; an [Index] knows how common each of its keys
// is in each language and compares; a [Memory] remembers the newest texts and
// finds the one that a text echoes: a denial echoes no report that it denies.
// Likeness is one sign among several: two reports on one press conference are
// alike though neither is a translation.
package echo

// key is something that a text has, by hash, and how much it proves where it is
// shared: more where the text has it several times.
type key struct {
	hash   uint32
	weight float32
}

// Signature is what a text has that a translation of it would have too. The
// zero Signature is that of an empty text.
type Signature struct {
	language string
	keys     []key // by hash; distinct
	points   int   // length of the text in code points
	denies   bool  // it says in its beginning that something is not so
}

// What a shared key proves, beside the others. A number of one digit, or a
// skeleton of three consonants, is shared by chance often.
const (
	wordWeight  = 1
	placeWeight = 1.2
)

func numberWeight(word string) float32 {
	if len(word) == 1 {
		return 0.6
	}
	return 1.5
}

func skeletonWeight(length int) float32 {
	switch {
	case length < 4:
		return 0.35
	case length == 4:
		return 0.7
	}
	return 1.2
}

// hash tells keys of several kinds apart.
func hash(kind byte, word string) uint32 {
	return fnv1a((2166136261^uint32(kind))*16777619, word)
}

// fnv1a goes on with the hash h.
func fnv1a(h uint32, text string) uint32 {
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return h
}
