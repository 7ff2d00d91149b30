// Package when finds the time expressions of a text, absolute and relative
// ones, in English, Arabic, Persian and Russian, and resolves them where that
// can be done: "26 September 2015", "on Friday", "вчера вечером", "26
// أيلول/سبتمبر", "هفته گذشته", "12 ذو الحجة 1436 هـ", "261530ZSEP15". Each becomes a
// mention of kind time with the words and, where it is resolved, a centre.Span.
//
// # How it reads
//
// The text is cut into words and numbers in one pass, and each word is looked
// up in the lexicon of its script (english, russian, arabic, persian; the
// files words_*.go are tables). An expression is one to five elements that
// stand together and speak of one time: a date, a weekday, a day counted from
// today, a part of the day, a time of day ("Friday, 25 September, 10:30 GMT");
// or a unit of time counted from the publication ("two days ago", "الأسبوع
// الماضي"). Elements that contradict each other are two expressions.
//
// # How it resolves
//
// Absolute dates need nothing. A day and a month without a year is the nearest
// such day; the others count from the day of publication: in the zone of the
// place in the text's dateline, or in UTC, which is then said among the reasons.
// A bare weekday is the latest on or before that day, since news tells what was
// and agencies name the very day; in a clause about the future it is the next
// one (weekdayOn holds the rule). Weeks begin on Monday (ISO 8601), in Arabic
// and Persian texts on Saturday.
//
// Solar Hijri dates are exact. Those of the lunar Hijri calendar are reckoned
// by its table, which the sighting of the moon may miss by a day either way:
// such a day spans three, and its precision is that of a week.
//
// Unknown stays unknown. Without a time of publication a relative expression
// has no span; neither has 03/04/2015, unless a weekday beside it or other
// dates of the text tell day and month apart; nor a day that does not exist.
// A time of day narrows a day only where its zone is known.
package when
