package catalogue

import "testing"

func TestNamed(t *testing.T) {
	for name, want := range map[string]string{"TASS": "RUS", "the tass": "RUS", "ТАСС": "RUS", "агентство ТАСС": "RUS", "IRNA": "IRN", "Агентство Fars": "IRN", "Fars news agency": "IRN", "خبرگزاری فارس": "IRN", "وكالة أنباء فارس": "IRN", "شفق نيوز": "", "Shafaq": ""} {
		o, ok := Named(name)
		if !ok || o.State() != want || o.Family == "" {
			t.Errorf("%s: %+v, %v; want an outlet of the state %q", name, o, ok, want)
		}
	}
	for _, name := range []string{"", "News", "The Daily Nobody"} {
		if o, ok := Named(name); ok {
			t.Errorf("%q is %+v", name, o)
		}
	}
}
