package text

import (
	"testing"
	"time"

	"entente/internal/centre"
)

func TestDatelines(t *testing.T) {
	const day = "2015-09-26"
	for _, c := range []struct{ body, want string }{
		{"BAGHDAD, Sept 26, 2015 (Agency) - Officers of four states met.", day},
		{"BAGHDAD, Sept. 26, 2015 — Officers of four states met.", day},
		{"Baghdad (Agency) 26 September 2015: Officers met.", day},
		{"Saturday, 26 September 2015\n\nOfficers met.", day},
		{"NEW YORK, September 26th, 2015 / Agency / The minister spoke.", day},
		{"2015-09-26\nOfficers met.", day},
		{"Москва, 26 сентября 2015 года. /Агентство/. Офицеры встретились.", day},
		{"БАГДАД, 26 сентября 2015 г. — Офицеры встретились.", day},
		{"26.09.2015 | Офицеры встретились.", day},
		{"بغداد 26 أيلول 2015 (الوكالة) - اجتمع الضباط.", day},
		{"بغداد ٢٦ سبتمبر ٢٠١٥ - اجتمع الضباط.", day},
		{"بغداد، 26 تشرين الأول 2015: اجتمع الضباط.", "2015-10-26"},
		{"تهران، ۴ مهر ۱۳۹۴ - افسران دیدار کردند.", day},
		{"۴ مهر ۱۳۹۴\n\nافسران دیدار کردند.", day},
		{"۱۳۹۴/۰۷/۰۴ - افسران دیدار کردند.", day},
		{"BAĞDAT, 26 Eylül 2015 - Subaylar toplandı.", day},

		{"Updated Sept. 26, 2015 11:30 a.m. - Officers met.", ""},
		{"BAGHDAD, Sept 26 (Agency) - No year.", ""},
		{"Officers met on September 26, 2015 - a Saturday - in Baghdad.", ""},
		{"On September 26, 2015 - a Saturday - officers met.", ""},
		{"September 26, 2015 was a Saturday.", ""},
		{"The officers who met in the capital on Saturday 26 September 2015 agreed.", ""},
		{"В субботу, 26 сентября 2015 года, офицеры встретились.", ""},
		{"في 26 أيلول 2015 اجتمع الضباط.", ""},
		{"در ۴ مهر ۱۳۹۴ افسران دیدار کردند.", ""},
		{"Baghdad, 31 September 2015 - no such day.", ""},
		{"Baghdad, 03/09/2015 - may be March or September.", ""},
		{"Baghdad, 26 September 1015 - too old.", ""},
		{"Officers met.\n\nBaghdad, 26 September 2015 - not at the beginning.", ""},
		{"", ""},
	} {
		got := dateline(c.body, time.Time{})
		if c.want == "" {
			if got != (centre.Moment{}) {
				t.Errorf("%q gives %v, want unknown", c.body, got.Time)
			}
			continue
		}
		if got.Time.Format(time.DateOnly) != c.want || got.Basis != centre.BasisDateline || got.Precision != centre.PrecisionDay || got.Time.Location() != time.UTC {
			t.Errorf("%q gives %+v, want %s", c.body, got, c.want)
		}
	}
}

func TestADatelineAfterTheFetchIsWrong(t *testing.T) {
	fetched := time.Date(2015, 9, 27, 0, 0, 0, 0, time.UTC)
	if got := dateline("Baghdad, 26 September 2051 - Officers met.", fetched); got.Known() {
		t.Errorf("a date in the future is taken: %v", got.Time)
	}
	if got := dateline("Baghdad, 26 September 2015 - Officers met.", fetched); !got.Known() {
		t.Error("a date before the fetch is not taken")
	}
}

func FuzzDateline(f *testing.F) {
	for _, seed := range []string{"BAGHDAD, Sept 26, 2015 (Agency) - x", "۴ مهر ۱۳۹۴", "26.09.2015", "99999999999999999999", "\xff 1 may 2015 -"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		m := dateline(Clean(body), time.Time{})
		if m.Known() && (m.Time.Year() < 1800 || m.Time.Year() > 2130 || m.Time.Hour() != 0) {
			t.Errorf("%q gives %v", body, m.Time)
		}
	})
}
