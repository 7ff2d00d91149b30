package identity

import (
	"math"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
)

// Threshold is the score from which two profiles are taken for one; ProposeFrom
// the one from which a person is asked.
const (
	Threshold   = 0.8
	ProposeFrom = 0.25
)

// Role is what somebody is, where.
type Role struct {
	Name    string // in English: "foreign minister"
	Country string // ISO 3166-1 alpha-3; "" where unknown
	Of      string // id of the body; "" where unknown
}

// Profile is what is known of a person or a body from some reports.
type Profile struct {
	Kind      centre.MentionKind
	Names     []string // as written, the fullest first
	Roles     []Role
	Countries []string      // of roles and of the body itself
	With      []string      // keys of what is named beside it: entities, countries
	Last      centre.Moment // when it was named last; unknown where that is unknown

	parsed []Name
}

// Match is how likely two profiles are one.
type Match struct {
	Score float64 // 0..1
	Why   []string
}

// more weighs one thing more.
func (m Match) more(weight float64, why string) Match {
	w := weighing{sum: math.Log(m.Score/(1-m.Score)) + weight, why: append(m.Why, why)}
	return w.match()
}

// names gives the parsed names.
func (p *Profile) names() []Name {
	if p.parsed == nil && len(p.Names) > 0 {
		for _, n := range p.Names {
			p.parsed = append(p.parsed, ParseName(n))
		}
	}
	return p.parsed
}

// Compare weighs whether a and b are one. Weights are logits; they were set on
// the pairs of testdata/pairs.txt and on reasons, not trained.
func Compare(a, b *Profile) Match {
	if !compatible(a.Kind, b.Kind) {
		return Match{Why: []string{"of another kind"}}
	}
	var m weighing
	m.sum = -2
	if a.Kind == centre.MentionPerson {
		if !m.people(a, b) {
			return m.match()
		}
	} else if !m.bodies(a, b) {
		return m.match()
	}
	m.roles(a, b)
	m.beside(a, b)
	m.time(a, b)
	return m.match()
}

// compatible tells that two kinds may be those of one thing: a group and an
// organisation may.
func compatible(a, b centre.MentionKind) bool {
	return a == b || a != centre.MentionPerson && b != centre.MentionPerson
}

type weighing struct {
	sum    float64
	why    []string
	unsure bool // names that are alike and not the same never reach the threshold
}

func (m *weighing) add(weight float64, why string) {
	m.sum += weight
	m.why = append(m.why, why)
}

func (m *weighing) match() Match {
	score := 1 / (1 + math.Exp(-m.sum))
	if m.unsure {
		score = min(score, Threshold-0.01)
	}
	return Match{Score: score, Why: m.why}
}

// people weighs the names of people; false where they leave nothing to weigh.
func (m *weighing) people(a, b *Profile) bool {
	best, apart, plain := Nothing, false, false
	for _, x := range a.names() {
		for _, y := range b.names() {
			switch r := Relate(x, y); {
			case r == Apart:
				apart = true
			case r > best:
				best, plain = r, common(x, y)
			}
		}
	}
	switch {
	case apart && best < Initial:
		m.add(-6, Apart.String())
		return true
	case best == Nothing:
		m.add(-8, Nothing.String())
		return false
	}
	m.add(map[Relation]float64{Alike: -1.2, Given: -0.8, Last: 0.2, Initial: 1.4, Part: 1.8, Full: 3}[best], best.String())
	m.unsure = best == Alike
	if plain {
		m.add(-1.6, "many have that name")
	}
	return true
}

// bodies weighs the names of bodies. Translations of a name sound differently;
// those of public bodies are in package entities.
func (m *weighing) bodies(a, b *Profile) bool {
	for _, x := range a.names() {
		for _, y := range b.names() {
			if sameWords(x, y) {
				if len(x.Words) == 1 {
					m.add(1.2, "the same one-word name")
				} else {
					m.add(2.4, Full.String())
				}
				return true
			}
		}
	}
	m.add(-8, Nothing.String())
	return false
}

func sameWords(x, y Name) bool {
	if len(x.Words) != len(y.Words) || len(x.Words) == 0 {
		return false
	}
	for i := range x.Words {
		if x.Words[i].like(&y.Words[i]) < alike {
			return false
		}
	}
	return true
}

// common tells that both names are made of words that very many people bear.
func common(x, y Name) bool {
	words := x.Words
	if len(y.Words) > len(words) {
		words = y.Words
	}
	if len(words) < 2 {
		return false
	}
	for i := range words {
		if !slices.ContainsFunc(words[i].Keys, func(k string) bool { return frequent[k] }) {
			return false
		}
	}
	return true
}

// frequent are the keys of the names that most people of the region bear.
var frequent = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("Mohammed Mahmoud Ahmed Ali Hassan Hussein Abdullah Ibrahim Khalil Mustafa Omar Othman Khalid Saleh Salim Said Saad " +
		"Hamid Karim Jamal Kamal Jassim Qasim Yousef Younis Ismail Nasser Fadel Abbas Jaber Taha Salman Sultan Faisal Rashid Majid Amir Reza Mehdi Mohsen Javad Akbar " +
		"Mohammadi Hosseini Ahmadi Rezaei Karimi Moradi Hashemi Mousavi Иван Иванов Петров Сидоров Кузнецов Смирнов Попов Васильев Сергей Александр Дмитрий Алексей Андрей Михаил Владимир Николай Юрий Олег " +
		"John David Michael James Robert William Smith Jones Brown Johnson Williams Davis Miller Wilson Taylor") {
		for _, k := range Keys(w)[:1] {
			m[k] = true
		}
	}
	return m
}()

// roles weighs roles and countries.
func (m *weighing) roles(a, b *Profile) {
	same, sameBody, sameCountry, otherCountry := false, false, false, false
	for _, x := range a.Roles {
		for _, y := range b.Roles {
			if x.Of != "" && x.Of == y.Of {
				sameBody = true
			}
			if x.Name != "" && x.Name == y.Name {
				same = true
				sameCountry = sameCountry || x.Country != "" && x.Country == y.Country
				otherCountry = otherCountry || x.Country != "" && y.Country != "" && x.Country != y.Country
			}
		}
	}
	switch {
	case same && sameCountry:
		m.add(2.8, "the same role in the same country")
	case same && otherCountry:
		m.add(-3, "the same role in another country")
	case same:
		m.add(1.8, "the same role")
	case len(a.Roles) > 0 && len(b.Roles) > 0 && !succeeding(a.Roles, b.Roles):
		m.add(-1.6, "other roles")
	}
	if sameBody {
		m.add(1.2, "a role in the same body")
	}
	if len(a.Countries) == 0 || len(b.Countries) == 0 {
		return
	}
	if slices.ContainsFunc(a.Countries, func(c string) bool { return slices.Contains(b.Countries, c) }) {
		m.add(0.8, "the same country")
	} else if !(same && otherCountry) {
		m.add(-2, "another country")
	}
}

// succeeding tells that one person may hold both roles, at once or one after the
// other: offices of state do not speak against one another.
func succeeding(a, b []Role) bool {
	for _, x := range a {
		for _, y := range b {
			if state(x.Name) && state(y.Name) && (x.Country == y.Country || x.Country == "" || y.Country == "") {
				return true
			}
		}
	}
	return false
}

func state(role string) bool {
	for _, w := range []string{"minister", "president", "secretary of state", "chancellor", "speaker of parliament", "ambassador", "deputy", "spokesperson", "leader",
		"general", "commander", "chief of staff", "colonel", "major", "admiral"} {
		if strings.Contains(role, w) {
			return true
		}
	}
	return false
}

// beside weighs what both are named with.
func (m *weighing) beside(a, b *Profile) {
	n := 0
	for _, x := range a.With {
		if slices.Contains(b.With, x) {
			n++
		}
	}
	switch {
	case n >= 3:
		m.add(1.4, "named beside the same people, bodies and countries")
	case n > 0:
		m.add(0.5*float64(n), "something in common among what is named beside")
	}
}

const far = 5 * 365 * 24 * time.Hour

func (m *weighing) time(a, b *Profile) {
	if a.Last.Known() && b.Last.Known() && a.Last.Time.Sub(b.Last.Time).Abs() > far {
		m.add(-0.6, "named years apart")
	}
}
