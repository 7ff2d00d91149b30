package lexis

import "time"

// FromSolarHijri gives the Gregorian date, at 00:00 UTC, of a date of the Solar
// Hijri calendar (Iran, Afghanistan), by the leap years of K. M. Borkowski ("The
// Persian calendar for 3000 years", Earth, Moon, and Planets 74, 1996), which
// follow the equinox at the meridian of Tehran. It knows the years 1206 to 1498;
// for another year, and for a day that there is not, it gives the zero time.
func FromSolarHijri(year, month, day int) time.Time {
	if year < 1206 || year > 1498 || month < 1 || month > 12 || day < 1 || day > 31 || month > 6 && day > 30 {
		return time.Time{}
	}
	days := (month-1)*31 - max(month-7, 0) + day - 1
	date := solarNewYear(year).AddDate(0, 0, days)
	if !date.Before(solarNewYear(year + 1)) {
		return time.Time{} // 30 Esfand of a common year
	}
	return date
}

// solarNewYear is 1 Farvardin of a year.
func solarNewYear(year int) time.Time {
	breaks := [...]int{-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635}
	leaps, from, jump := -14, breaks[0], 0
	for _, next := range breaks[1:] {
		jump = next - from
		if year < next {
			break
		}
		leaps += jump/33*8 + jump%33/4
		from = next
	}
	n := year - from
	leaps += n/33*8 + (n%33+3)/4
	if jump%33 == 4 && jump-n == 4 {
		leaps++
	}
	gregorian := year + 621
	leapDays := gregorian/4 - (gregorian/100+1)*3/4 - 150
	return time.Date(gregorian, time.March, 20+leaps-leapDays, 0, 0, 0, 0, time.UTC)
}

// FromHijri gives the Gregorian date, at 00:00 UTC, of a date of the Hijri
// calendar by its tabular civil form: thirty-year cycles with leap years 2, 5,
// 7, 10, 13, 16, 18, 21, 24, 26 and 29, counted from Friday 16 July 622 (Julian).
// A month that begins with the sighted moon may differ from it by a day either
// way. It knows the years 1 to 1600; for another year, and for a day that
// there is not, it gives the zero time.
func FromHijri(year, month, day int) time.Time {
	if year < 1 || year > 1600 || month < 1 || month > 12 || day < 1 || day > hijriMonth(year, month) {
		return time.Time{}
	}
	days := 354*(year-1) + (11*year+3)/30 + 29*(month-1) + month/2 + day - 1
	// 1 Muharram of the year 1 was 19 July 622 in the Gregorian calendar, reckoned back.
	return time.Date(622, time.July, 19+days, 0, 0, 0, 0, time.UTC)
}

func hijriMonth(year, month int) int {
	if month%2 == 1 || month == 12 && (11*year+14)%30 < 11 {
		return 30
	}
	return 29
}
