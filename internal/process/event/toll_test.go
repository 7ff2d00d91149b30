package event_test

import (
	"strings"
	"testing"
)

// Cells of what a sentence tells, as the golden files write them; those that a
// case leaves out are not held.
func TestYearsAreNoNumbersOfPeople(t *testing.T) {
	tells(t, [][2]string{
		{"In 1988 thousands of people were killed in Halabja.", "historical | date 1988-01-01 year | dead 1000"},
		{"In 2003 hundreds of people were killed in Baghdad.", "historical | date 2003-01-01 year | dead 100"},
		{"In 2014 dozens of people were killed in Mosul.", "historical | date 2014-01-01 year | dead 12"},
		{"В 1988 году тысячи людей были убиты в Халабдже.", "historical | date 1988-01-01 year | dead 1000"},
		{"في عام 1988 آلاف المدنيين قتلوا في حلبجة.", "historical | date 1988-01-01 year | dead 1000 civilians"},
		{"Some 2 thousand people were killed in Baghdad.", "actual | dead 2000"},
		{"1988 soldiers were killed in Baghdad.", "actual | dead 1988"},
	})
}

func TestEachPersianNumberBelongsToTheWordBehindIt(t *testing.T) {
	tells(t, [][2]string{
		{"پنج نفر در انفجار بغداد کشته و ده‌ها نفر زخمی شدند.", "dead 5 | hurt 12"},
		{"دستکم پنج نفر در انفجار بمب در بغداد کشته و ده‌ها نفر زخمی شدند.", "dead 5 | hurt 12"},
		{"در حمله به بغداد پنج نفر کشته و ده ها نفر زخمی شدند.", "dead 5 | hurt 12"},
	})
}

func TestWhomItDidNotBefallIsNotWhatDidNotHappen(t *testing.T) {
	tells(t, [][2]string{
		{"No one was killed in an explosion in Baghdad on Friday.", "actual | dead 0"},
		{"لم يقتل أحد في انفجار في بغداد.", "actual | dead 0"},
		{"Никто не погиб при взрыве в Багдаде в пятницу.", "actual | dead 0"},
		{"Никто не был убит при взрыве в Багдаде.", "actual | dead 0"},
		{"При обстреле Алеппо не погиб никто.", "actual | dead 0"},
		{"هیچ کس در انفجار بغداد کشته نشد.", "actual | dead 0"},
		{"در انفجار روز جمعه در بغداد کسی کشته نشد.", "actual | dead 0"},
		{"No one killed, five wounded in Tikrit blast", "actual | dead 0 | hurt 5"},
		{"No one killed in Tikrit", "negated | dead 0"},
		{"No one was killed in Tikrit.", "negated | dead 0"},
		{"One killed in Tikrit attack", "actual | dead 1"},
		{"No one knows who killed five people in Tikrit.", "actual | dead 5"},
		{"There was no explosion in Tikrit.", "negated"},
		{"لم يقع انفجار في بغداد يوم الجمعة.", "negated"},
		{"Взрыва в Багдаде не было.", "negated"},
		{"در بغداد انفجاری رخ نداد.", "negated"},
	})
}

// tells holds that the first thing that each text tells has the cells.
func tells(t *testing.T, cases [][2]string) {
	t.Helper()
	p := pipeline(t)
	for _, c := range cases {
		d := run(t, p, c[0])
		if len(d.EventMentions) == 0 {
			t.Errorf("%s\ntells nothing, want %s", c[0], c[1])
			continue
		}
		got := cells(d.EventMentions[0])
		for _, want := range strings.Split(c[1], " | ") {
			if !strings.Contains(got+" | ", " | "+want+" | ") {
				t.Errorf("%s\n got %s\nwant %s", c[0], got, c[1])
				break
			}
		}
	}
}
