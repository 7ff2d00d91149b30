package gather

import (
	"strings"
	"time"
	"unicode/utf8"
)

// zones holds the zone names that mean one offset and no other. AST, IST, CST
// of China and the like mean several and are left out, but for those that
// RFC 822 defines.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 3600,
	"est": -5 * 3600, "edt": -4 * 3600, "cst": -6 * 3600, "cdt": -5 * 3600,
	"mst": -7 * 3600, "mdt": -6 * 3600, "pst": -8 * 3600, "pdt": -7 * 3600,
	"cet": 3600, "cest": 2 * 3600, "eet": 2 * 3600, "eest": 3 * 3600,
	"msk": 3 * 3600, "мск": 3 * 3600, "msd": 4 * 3600, "trt": 3 * 3600,
	"irst": 12600, "irdt": 16200, "aft": 16200, "pkt": 5 * 3600,
	"jst": 9 * 3600, "kst": 9 * 3600, "hkt": 8 * 3600, "sgt": 8 * 3600,
	"awst": 8 * 3600, "acst": 34200, "acdt": 37800, "aest": 10 * 3600, "aedt": 11 * 3600, "nzst": 12 * 3600, "nzdt": 13 * 3600,
	"hst": -10 * 3600, "akst": -9 * 3600, "akdt": -8 * 3600, "nst": -12600, "ndt": -9000,
	"eat": 3 * 3600, "wat": 3600, "sast": 2 * 3600, "cat": 2 * 3600, "brt": -3 * 3600,
	"غرینتش": 0, "جرینتش": 0, "مکه": 3 * 3600, // "بتوقيت مكة المكرمة": the Hejaz has no other time
}

// idleWords stand in dates and say nothing, in their folded form.
var idleWords = map[string]bool{
	"of": true, "at": true, "on": true, "the": true, "г": true, "года": true, "год": true, "в": true,
	"ساعت": true, "الساعه": true, "عام": true, "سنه": true, "سال": true, "تاریخ": true, "بتوقیت": true,
	"توقیت": true, "بالتوقیت": true, "المحلی": true, "المکرمه": true, "به": true, "وقت": true, "محلی": true, "فی": true, "یوم": true, "روز": true, "مورخ": true,
	"t": true, "de": true, "del": true, "um": true, "uhr": true, "à": true, "le": true, "den": true, "ч": true, "час": true, "время": true, "по": true,
}

var weekdays = []string{
	"الاحد", "الاثنین", "الثلاثاء", "الاربعاء", "الخمیس", "الجمعه", "السبت",
	"شنبه", "یکشنبه", "دوشنبه", "سهشنبه", "سه", "چهارشنبه", "چهار", "پنجشنبه", "پنج", "یک", "دو", "جمعه",
	"κυρ", "κυριακη", "δευ", "δευτερα", "τρι", "τριτη", "τετ", "τεταρτη", "πεμ", "πεμπτη", "παρ", "παρασκευη", "σαβ", "σαββατο",
	"vasárnap", "hétfő", "kedd", "szerda", "csütörtök", "péntek", "szombat",
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun", "mer", "jeu", "ven", "sam", "dim",
	"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so",
	"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "mié", "jue", "vie", "sáb", "dom",
	"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "gio", "sab",
	"pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar",
	"пн", "вт", "ср", "чт", "пт", "сб", "вс", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
}

func isWeekday(word string) bool {
	for _, w := range weekdays {
		if word == w {
			return true
		}
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if name := strings.ToLower(d.String()); len(word) >= 3 && strings.HasPrefix(name, word) {
			return true
		}
	}
	return false
}

// greek drops the accents that Greek abbreviations have or have not.
var greek = map[rune]rune{'ά': 'α', 'έ': 'ε', 'ή': 'η', 'ί': 'ι', 'ό': 'ο', 'ύ': 'υ', 'ώ': 'ω', 'ϊ': 'ι', 'ΐ': 'ι', 'ϋ': 'υ', 'ΰ': 'υ', 'ς': 'σ'}

// europeanMonths are whole names and usual abbreviations; what means another
// month or a weekday in another language is left out.
var europeanMonths = monthTable(
	"január januar janvier janv enero ene gennaio gen janeiro ocak oca jänner ιανουαριοσ ιανουαριου ιαν",
	"február februar février fevrier févr fév febrero febbraio fevereiro şubat şub φεβρουαριοσ φεβρουαριου φεβ",
	"március märz maerz mrz mars marzo março mart μαρτιοσ μαρτιου μαρ μαω",
	"április avril avr abril abr aprile nisan nis απριλιοσ απριλιου απρ",
	"május mai mayo maggio mag maio mayıs μαιοσ μαιου μαι",
	"június juni juin junio giugno giu junho haziran haz ιουνιοσ ιουνιου ιουν ιον",
	"július juli juillet juil julio luglio lug julho temmuz tem ιουλιοσ ιουλιου ιουλ ιολ",
	"augusztus août aout agosto ago ağustos ağu αυγουστοσ αυγουστου αυγ",
	"szeptember septembre septiembre settembre setembro set eylül eyl σεπτεμβριοσ σεπτεμβριου σεπ σεπτ",
	"október oktober okt octobre octubre ottobre ott outubro out ekim eki οκτωβριοσ οκτωβριου οκτ",
	"novembre noviembre novembro kasım kas νοεμβριοσ νοεμβριου νοε",
	"dezember dez décembre decembre déc diciembre dic dicembre dezembro aralık ara δεκεμβριοσ δεκεμβριου δεκ",
)

func monthTable(lists ...string) map[string]int {
	table := map[string]int{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			table[name] = i + 1
		}
	}
	return table
}

var (
	russianMonths = []string{"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"}
	// In the folded form: see foldDate.
	solarMonths = []string{"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "ابان", "اذر", "دی", "بهمن", "اسفند"}
	otherMonths = map[string]int{
		// Arabic of Egypt and the Gulf
		"ینایر": 1, "فبرایر": 2, "مارس": 3, "ابریل": 4, "مایو": 5, "یونیو": 6, "یونیه": 6, "یولیو": 7, "یولیه": 7,
		"اغسطس": 8, "سبتمبر": 9, "اکتوبر": 10, "نوفمبر": 11, "دیسمبر": 12,
		// Arabic of Iraq, Syria, Lebanon and Jordan
		"کانونالثانی": 1, "شباط": 2, "اذار": 3, "نیسان": 4, "ایار": 5, "حزیران": 6, "تموز": 7,
		"اب": 8, "ایلول": 9, "تشرینالاول": 10, "تشرینالثانی": 11, "کانونالاول": 12,
		// Arabic of the Maghreb
		"جانفی": 1, "فیفری": 2, "افریل": 4, "مای": 5, "جوان": 6, "جویلیه": 7, "اوت": 8,
		// Gregorian months in Persian
		"ژانویه": 1, "فوریه": 2, "اوریل": 4, "مه": 5, "می": 5, "ژوین": 6, "ژوییه": 7, "جولای": 7,
		"اگوست": 8, "سپتامبر": 9, "اکتبر": 10, "نوامبر": 11, "دسامبر": 12,
		// The solar months as Afghanistan names them
		"حمل": -1, "ثور": -2, "جوزا": -3, "سرطان": -4, "اسد": -5, "سنبله": -6, "میزان": -7, "عقرب": -8, "قوس": -9, "جدی": -10, "دلو": -11, "حوت": -12,
		"امرداد": -5, // an older spelling of the solar month
		"мая":    5,
	}
)

// monthOf gives the month, 1 to 12, that a folded word names, and whether it
// is one of the solar Hijri calendar; 0 where it names none.
func monthOf(word string) (month int, solar bool) {
	if m, ok := otherMonths[word]; ok {
		return max(m, -m), m < 0
	}
	if m := europeanMonths[word]; m != 0 {
		return m, false
	}
	for i, name := range solarMonths {
		if word == name {
			return i + 1, true
		}
	}
	for i, stem := range russianMonths {
		if strings.HasPrefix(word, stem) && utf8.RuneCountInString(word) <= 9 {
			return i + 1, false
		}
	}
	if word == "sept" {
		return 9, false
	}
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); word == name || len(word) == 3 && strings.HasPrefix(name, word) {
			return int(m), false
		}
	}
	return 0, false
}

// solarToGregorian turns a day of the solar Hijri calendar into a Gregorian
// one, by the 33-year cycle that gives the leap years of 1244 to 1505 as they
// are in fact (Birashk's breaks agree there). ok is false outside these years
// and for days that there are not.
func solarToGregorian(year, month, day int) (y, m, d int, ok bool) {
	if year < 1244 || year > 1505 || month < 1 || month > 12 || day < 1 {
		return 0, 0, 0, false
	}
	length := 31
	switch {
	case month == 12 && !solarLeap(year):
		length = 29
	case month > 6:
		length = 30
	}
	if day > length {
		return 0, 0, 0, false
	}
	// 1 Farvardin 1394 was 21 March 2015.
	days := 0
	for y := 1394; y < year; y++ {
		days += solarYear(y)
	}
	for y := year; y < 1394; y++ {
		days -= solarYear(y)
	}
	days += 31*min(month-1, 6) + 30*max(month-7, 0) + day - 1
	t := time.Date(2015, time.March, 21+days, 0, 0, 0, 0, time.UTC)
	return t.Year(), int(t.Month()), t.Day(), true
}

func solarYear(year int) int {
	if solarLeap(year) {
		return 366
	}
	return 365
}

func solarLeap(year int) bool {
	switch year % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return true
	}
	return false
}
