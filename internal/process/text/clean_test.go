package text

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// The quick look at a text must never take for clean what the long way changes.
func TestWhatIsTakenForCleanStaysAsItIs(t *testing.T) {
	pieces := []string{"a", "é", "e\u0301", "й", "и\u0306", "م", "ی", "\u0651", "\u064b", "\u0653", "\u0654", "ا", "ه", "ۀ", " ", "  ", "\n", "\n\n", "\n\n\n", "\u200c", "\u200d", "\u00a0", "\u0085", "\u2028", "\u2029",
		"“", "—", "…", "\u202e", "\u200b", "\ufeff", "\u00ad", "\u061c", "\xff", "\xc1\x81", "\xc3", "\x00", "\t", "\r", "क", "巴", "\U0001f525", "."}
	for _, one := range pieces {
		for _, two := range pieces {
			for _, three := range pieces {
				for _, s := range []string{one + two, one + two + three, "a" + one + two + three + "a", "م" + one + two + "م"} {
					long := rewrite(s)
					if clean(s) && long != s {
						t.Fatalf("%q is taken for clean; the long way gives %q", s, long)
					}
					if !norm.NFC.IsNormalString(long) {
						t.Fatalf("%q becomes %q, which is not in form C", s, long)
					}
				}
			}
		}
	}
	for _, s := range []string{"", "Ministers met in “Baghdad” – again…\n\nThey agreed.", "Министры встретились.\nОни согласились.", "وقال الوزير: «نعم».", "آن‌ها می‌روند. گفت‌وگو", "وقال أيضاً إنّ", "خانهٔ بزرگ"} {
		if !clean(s) {
			t.Errorf("%q is clean and takes the long way", s)
		}
	}
}
