package entity

import (
	"os"
	"strings"
	"testing"

	"entente/internal/centre"
)

// TestGolden holds the step to texts of our own: who is who in one text. Below a
// text, "same" lists words that mean the same, "apart" words that do not, "role"
// and "of" what a name's bearer is and where, "form" how words refer, and "none"
// words that name nobody.
func TestGolden(t *testing.T) {
	s := New()
	for _, language := range []string{"en", "ar", "fa", "ru"} {
		data, err := os.ReadFile("testdata/golden/" + language + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		cases := strings.Split(strings.TrimSpace(string(data)), "\n\n")
		if len(cases) < 25 {
			t.Errorf("%s has %d cases", language, len(cases))
		}
		for _, c := range cases {
			text, claims, _ := strings.Cut(c, "\n")
			all := mentions(t, s, language, text)
			check(t, text, all)
			for claim := range strings.Lines(claims) {
				if why := broken(all, strings.TrimSpace(claim)); why != "" {
					t.Errorf("%s: %s\n%s: %s\n%s", language, text, strings.TrimSpace(claim), why, listed(all))
				}
			}
		}
	}
}

func listed(all []centre.Mention) string {
	var b strings.Builder
	for _, m := range all {
		b.WriteString("    " + strings.Join([]string{string(m.Kind), m.Text, m.Entity, m.Form, m.Country, m.Role, m.Of}, " | ") + "\n")
	}
	return b.String()
}

// broken says what a claim about the mentions gets wrong; "" where it holds.
func broken(all []centre.Mention, claim string) string {
	verb, rest, _ := strings.Cut(claim, ": ")
	of := func(text string) (found []centre.Mention) {
		for _, m := range all {
			if m.Text == text {
				found = append(found, m)
			}
		}
		return found
	}
	switch verb {
	case "none":
		if len(of(rest)) > 0 {
			return "it names somebody"
		}
	case "same":
		id := ""
		for text := range strings.SplitSeq(rest, " = ") {
			found := of(text)
			if len(found) == 0 {
				return text + " is not there"
			}
			for _, m := range found {
				if m.Entity == "" || id != "" && m.Entity != id {
					return text + " is " + m.Entity
				}
				id = m.Entity
			}
		}
	case "apart":
		a, b, _ := strings.Cut(rest, " / ")
		for _, x := range of(a) {
			for _, y := range of(b) {
				if x.Entity == y.Entity && x.Entity != "" {
					return "they are one"
				}
			}
		}
		if len(of(a)) == 0 {
			return a + " is not there"
		}
	default:
		text, want, _ := strings.Cut(rest, ": ")
		found := of(text)
		if len(found) == 0 {
			return text + " is not there"
		}
		got := map[string]string{"role": strings.TrimSpace(found[0].Country + " " + found[0].Role), "of": found[0].Of, "form": found[len(found)-1].Form}[verb]
		if got != want {
			return "got " + got
		}
	}
	return ""
}

// TestStateless holds which names say whose body it is.
func TestStateless(t *testing.T) {
	for name, want := range map[string]bool{"Foreign Ministry": true, "МИД": true, "وزارة الدفاع": true, "وزارت خارجه": true, "министерстве обороны": true,
		"Russian Foreign Ministry": false, "МИД России": false, "Harbour Radio": false, "": false} {
		if Stateless(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
