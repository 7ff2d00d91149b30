package when

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// class is what a word can do in a time expression. A word may be of several.
type class uint64

const (
	weekday    class = 1 << iota // value: time.Weekday
	short                        // an abbreviated weekday, good beside a date alone
	month                        // Gregorian, 1..12
	hijri                        // a month of the lunar calendar
	solar                        // a month of the Solar Hijri calendar
	season                       // 1 spring .. 4 winter
	unit                         // value: a unit
	offset                       // days from today; part may be set
	oneyear                      // years from this
	part                         // of a day: 0 dawn .. 5 night, 6 the night that leads to it
	rel                          // -1 last, 0 this, 1 next
	rolling                      // "past": up to now
	ago                          // stands after what it counts
	agofirst                     // stands before what it counts
	count                        // a number word
	few                          // an unknown number
	portion                      // 1 early, 2 mid, 3 late
	in                           // may lead to a year or a month alone
	glue                         // says nothing between two elements
	clock                        // leads to a time of day
	suffix                       // of a day's number
	am                           //
	pm                           //
	zone                         // value: minutes east of UTC
	year                         // marks a number as a year
	era                          // marks a year: 1 lunar Hijri, 2 Solar Hijri
	every                        // what comes again and again is no time
	clause                       // begins another clause
	pastVerb                     //
	futureCue                    //
	deadline                     // right before a day it tells that the day is yet to come; elsewhere it tells who did it
	notToday                     // after "اليوم" it makes it "the first day" and the like
	notBefore                    // before a weekday it is part of a name
	upTo                         // between the first and the last day of a range
	aheadfirst                   // stands before what it counts forwards, or before how long something took
	aheadsure                    // stands before what it counts forwards
	aheadlast                    // stands after what it counts forwards
	of                           // after a quantity it tells that it is a length of time
	weekend                      //
	decade                       // value: its first year; 0 where a number follows
	decadeend                    // after a number makes it a decade
	nextday                      // the day after one that the text named
	head                         // a phrase may begin with it
)

var classes = map[string]class{
	"weekday": weekday, "short": short, "month": month, "hijri": hijri, "solar": solar, "season": season, "unit": unit,
	"offset": offset, "oneyear": oneyear, "part": part, "rel": rel, "rolling": rolling, "ago": ago, "agofirst": agofirst,
	"count": count, "few": few, "portion": portion, "in": in, "glue": glue, "clock": clock, "suffix": suffix, "am": am,
	"pm": pm, "zone": zone, "year": year, "era": era, "every": every, "clause": clause, "past": pastVerb,
	"future": futureCue, "deadline": deadline, "not": notToday, "before": notBefore, "upto": upTo,
	"aheadfirst": aheadfirst, "aheadsure": aheadsure, "aheadlast": aheadlast, "of": of, "weekend": weekend, "decade": decade,
	"decadeend": decadeend, "nextday": nextday,
}

// units of time, in the order of their length.
const (
	minutes = 1 + iota
	hours
	days
	weeks
	months
	years
)

// sense is what a word means.
type sense struct {
	class class
	value int16
	part  int8 // of a day; -1 for none
	count int8 // the dual of a unit; 0 for none
}

// lexicon knows the words of one language. It is read-only once made.
type lexicon struct {
	words   map[string]sense
	phrases map[string]sense // of several words, joined by "_"; beginnings of phrases have the class head alone
	// might tells by a few bytes of a folded word whether there can be such a
	// word: most words of a text end here.
	might [16]uint64
}

// newLexicon reads a table: a line is a class, its value and what else there
// is, a colon and words; "_" stands between the words of a phrase.
func newLexicon(table string) *lexicon {
	l := &lexicon{words: map[string]sense{}, phrases: map[string]sense{}}
	for line := range strings.SplitSeq(table, "\n") {
		left, right, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		s := sense{part: -1}
		f := strings.Fields(left)
		s.class = classes[f[0]]
		if s.class == 0 {
			panic("no class " + f[0])
		}
		if len(f) > 1 {
			n, _ := strconv.Atoi(f[1])
			s.value = int16(n)
		}
		if len(f) > 3 {
			n, _ := strconv.Atoi(f[3])
			if f[2] == "part" {
				s.part = int8(n)
			} else {
				s.count = int8(n)
			}
		}
		for word := range strings.FieldsSeq(right) {
			l.add(word, s, len(f) > 1)
		}
	}
	return l
}

func (l *lexicon) add(word string, s sense, valued bool) {
	parts := strings.Split(word, "_")
	for i, p := range parts {
		parts[i] = string(foldWord(nil, p))
	}
	if len(parts) == 1 {
		l.mark(parts[0])
		had, known := l.words[parts[0]]
		if known && !valued {
			had.class |= s.class
			s = had
		} else if known {
			s.class |= had.class
		}
		l.words[parts[0]] = s
		return
	}
	for n := 1; n < len(parts); n++ {
		key := strings.Join(parts[:n], "_")
		if n == 1 {
			l.mark(key)
			had, known := l.words[key]
			if !known {
				had.part = -1
			}
			had.class |= head
			l.words[key] = had
			continue
		}
		had, known := l.phrases[key]
		if !known {
			had.part = -1
		}
		had.class |= head
		l.phrases[key] = had
	}
	l.phrases[strings.Join(parts, "_")] = s
}

func (l *lexicon) mark(word string) {
	bit := trace([]byte(word))
	l.might[bit>>6] |= 1 << (bit & 63)
}

// trace gives a number below 1024 that words seldom share.
func trace(word []byte) uint {
	n := len(word)
	return (uint(n)*37 + uint(word[0])*5 + uint(word[n-1])*11 + uint(word[n/2])*71) & 1023
}

// find gives the sense of a folded word.
func (l *lexicon) find(word []byte) (sense, bool) {
	if bit := trace(word); l.might[bit>>6]&(1<<(bit&63)) == 0 {
		return sense{part: -1}, false
	}
	s, ok := l.words[string(word)]
	if !ok {
		s.part = -1
	}
	return s, ok
}

// foldWord appends the folded form of a word: small letters, Arabic and Persian
// letters of one kind together, without marks and joiners.
func foldWord(dst []byte, word string) []byte {
	for _, r := range word {
		if r = fold(r); r != 0 {
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
