package event

import (
	"strconv"

	"entente/internal/centre"
)

// count is a number of people in a sentence.
type count struct {
	from, until int // words
	low, high   int
	vague       bool
	plus        bool // at least
	most        bool // up to
	civilians   bool
	counted     bool // a word for people stands beside it
	used        bool
	claimed     int // word for dead or hurt that stands right behind it; -1 for none
}

// tolls reads how many a sentence says were killed and hurt, in the clauses for
// which of gives true. By ACLED's codebook "dozens" are 12 and "hundreds" 100,
// several are ten in fighting and three elsewhere, of several figures the lowest
// counts, and silence is not zero.
func (s *sentence) tolls(of func(clause int16) bool, fighting bool) (dead, hurt centre.Toll) {
	any := false
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.sense&unhurt != 0 && of(t.clause) {
			zero := centre.Toll{Known: true, Basis: "“" + s.span(i, i+max(1, int(t.words))).Text + "”"}
			return zero, zero
		}
		any = any || t.sense&(killed|injured) != 0
	}
	if !any {
		return dead, hurt
	}
	for i := range s.tokens {
		if t := &s.tokens[i]; t.spared != 0 && t.sense&(killed|injured) != 0 && of(t.clause) {
			by := int(t.spared) - 1
			zero := centre.Toll{Known: true, Basis: "“" + s.span(min(i, by), max(i, by)+1).Text + "”"}
			if t.sense&killed != 0 {
				dead = zero
			} else {
				hurt = zero
			}
		}
	}
	counts := s.counts()
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.sense&(killed|injured) == 0 || t.inside || t.spared != 0 || !of(t.clause) || t.sense&person != 0 && t.sense&civil != 0 {
			continue
		}
		c := s.countAt(counts, i)
		if c == nil {
			continue
		}
		c.used = true
		toll := s.tollOf(c, fighting)
		into := &dead
		if t.sense&killed == 0 {
			into = &hurt
		}
		*into = lower(*into, toll)
	}
	return dead, hurt
}

// tollOf makes a toll of a count.
func (s *sentence) tollOf(c *count, fighting bool) centre.Toll {
	t := centre.Toll{Known: true, Low: c.low, Best: c.low, High: c.high, Basis: "“" + s.span(c.from, c.until).Text + "”"}
	switch {
	case c.vague && fighting:
		t.Low, t.Best, t.High = 10, 10, 10
		t.Basis += ": several count as 10 in fighting (ACLED)"
	case c.vague:
		t.Low, t.Best, t.High = 3, 3, 3
		t.Basis += ": several count as 3 (ACLED)"
	case c.plus:
		t.Basis += ": at least"
	case c.most:
		t.Low, t.Basis = 0, t.Basis+": at most"
	case c.high > c.low:
		t.Basis += ": the lowest counts (ACLED)"
	}
	if c.civilians {
		t.Civilians = t.Best
	}
	return t
}

// lower joins what two places of a text say of one number: the lowest counts.
func lower(a, b centre.Toll) centre.Toll {
	switch {
	case !a.Known:
		return b
	case !b.Known:
		return a
	}
	out := a
	if b.Best < a.Best {
		out = b
	}
	out.Low, out.High = min(a.Low, b.Low), max(a.High, b.High)
	out.Civilians = min(max(a.Civilians, b.Civilians), out.Best)
	if a.Best != b.Best {
		out.Basis += "; elsewhere " + strconv.Itoa(max(a.Best, b.Best)) + ", the lowest counts (ACLED)"
	}
	return out
}

// countAt finds the number that belongs to the word for dead or hurt at i: in
// its own segment of the sentence, in front of a passive and behind an active
// verb, the nearest first.
func (s *sentence) countAt(counts []count, i int) *count {
	end := i + max(1, int(s.tokens[i].words))
	passively := false
	for k := i - 1; k >= max(0, i-2) && s.tokens[k].clause == s.tokens[i].clause; k-- {
		passively = passively || s.tokens[k].sense&passive != 0
	}
	var best *count
	cost := 1000
	for k := range counts {
		c := &counts[k]
		if c.used || c.from < end && c.until > i && !(c.from == i && c.counted) && c.until-c.from > 0 && c.from >= i && c.low != 1 && c.low != 2 {
			continue
		}
		gap, after := 0, false
		if c.from >= i && c.from < end {
			gap = 0 // the word itself says one or two
		} else if c.from >= end {
			gap, after = c.from-end, true
		} else {
			gap = max(0, i-c.until)
		}
		if gap < 0 || !c.counted && gap > 2 || gap > 9 {
			continue
		}
		x := gap
		a, b := min(i, c.from), max(i, c.from)
		blocked := false
		for j := a; j < b; j++ {
			if t := &s.tokens[j]; j != i && (t.sense&(killed|injured) != 0 && t.sense&person == 0 && (j < c.from || j >= c.until) && t.deed != none) {
				blocked = true
			}
		}
		if blocked {
			x += 20
		}
		if s.tokens[i].segment != s.tokens[c.from].segment {
			x += 6
		}
		if s.tokens[i].clause != s.tokens[c.from].clause {
			x += 20
		}
		if c.claimed >= 0 && c.claimed != i {
			x += 10
		}
		if !s.v.persian && !s.v.russian && after == passively && !(gap == 0 && !after && (!c.counted || c.claimed == i)) {
			x += 5
		}
		if s.v.persian && after && gap > 1 {
			x += 4
		}
		if x < cost {
			best, cost = c, x
		}
	}
	if cost >= 20 {
		return nil
	}
	return best
}

// counts finds the numbers of people in the sentence.
func (s *sentence) counts() []count {
	var all []count
	for i := 0; i < len(s.tokens); {
		c, next := s.countFrom(i)
		if next == i {
			i++
			continue
		}
		if c.low > 0 || c.vague {
			all = append(all, c)
		}
		i = next
	}
	return all
}

// countFrom reads a number at word i; next is i where there is none.
func (s *sentence) countFrom(i int) (c count, next int) {
	c.claimed = -1
	t := &s.tokens[i]
	if t.time || t.inside && t.number == 0 {
		return c, i
	}
	n, next := s.number(i)
	switch {
	case next > i:
		c = count{from: i, until: next, low: n, high: n, claimed: -1}
		// Ten to fifteen, 10-15.
		if next+1 < len(s.tokens) && (s.ranges(next) || i > 0 && s.tokens[i-1].sense&between != 0 && s.tokens[next].sense&and != 0) {
			if m, k := s.number(next + 1); k > next+1 && m > n {
				c.high, c.until, next = m, k, k
			}
		} else if next < len(s.tokens) && s.words.List[s.from+next].Hyphen {
			if m, k := s.number(next); k > next && m > n {
				c.high, c.until, next = m, k, k
			}
		}
	case t.sense&vague != 0:
		next = i + max(1, int(t.words))
		c = count{from: i, until: next, vague: true, claimed: -1}
	case t.sense&single != 0 && i+1 < len(s.tokens):
		next = i + 1
		c = count{from: i, until: next, low: 1, high: 1, claimed: -1}
	default:
		return c, i
	}
	if t.number != 0 && t.sense&(person|civil|state|armed|killed|injured) != 0 {
		c.counted, c.civilians = true, t.sense&civil != 0
	}
	for k := max(0, i-3); k < i; k++ {
		x := s.tokens[k].sense
		reaches := k+max(1, int(s.tokens[k].words)) >= i-1
		c.plus = c.plus || x&least != 0 && reaches
		c.most = c.most || x&most != 0 && reaches && x&least == 0
		if x&including != 0 && k >= i-2 {
			return count{}, next
		}
	}
	for k := next; k < min(len(s.tokens), next+4); k++ {
		x := &s.tokens[k]
		if x.number != 0 && x.sense&(civil|state|person) == 0 || x.sense&(passive|by|on|and|but) != 0 && x.sense&(person|civil) == 0 || x.segment != s.tokens[i].segment {
			break
		}
		if x.sense&(killed|injured) != 0 && x.deed != none && k == next {
			c.claimed = k
		}
		if x.sense&(person|civil|state|armed|crowd) != 0 {
			c.counted = true
			c.civilians = c.civilians || x.sense&civil != 0
			if !s.v.arabic && !s.v.persian {
				c.until = k + 1
			}
			// In "پنج نفر کشته و ده‌ها نفر زخمی" each number has the word behind its people.
			if n := k + 1; s.v.persian && c.claimed < 0 && x.deed == none && n < len(s.tokens) && s.tokens[n].sense&(killed|injured) != 0 && s.tokens[n].deed != none {
				c.claimed = n
			}
			break
		}
		if !c.counted && x.sense&(killed|injured) != 0 {
			break
		}
	}
	if t.sense&single != 0 && !c.counted {
		return count{}, next
	}
	return c, max(next, i+1)
}

// ranges tells a word between the two ends of a range.
func (s *sentence) ranges(i int) bool {
	switch s.word(i) {
	case "to", "or", "до", "إلى", "الى", "تا", "или", "أو", "یا":
		return true
	}
	return false
}

// number reads digits and number words at i: 12, 1,200, twenty-five, two
// hundred, خمسة وعشرون. next is i where there is none.
func (s *sentence) number(i int) (n, next int) {
	w := &s.words.List[s.from+i]
	if c := s.words.Fold[w.From]; w.Digits || c >= '0' && c <= '9' {
		v, err := strconv.Atoi(string(s.words.Fold[w.From:w.To]))
		if err != nil || s.tokens[i].time {
			return 0, i
		}
		plain := v >= 1000 && v < 10000
		// Groups of thousands: "1,200".
		for i+1 < len(s.tokens) && v > 0 && v < 1_000_000 {
			x := &s.words.List[s.from+i+1]
			between := s.text[w.End:x.Start]
			if c := s.words.Fold[x.From]; c < '0' || c > '9' || x.To-x.From != 3 || between != "," && between != "٬" && between != "\u00a0" {
				break
			}
			m, err := strconv.Atoi(string(s.words.Fold[x.From:x.To]))
			if err != nil {
				break
			}
			v, w, i = v*1000+m, x, i+1
		}
		// A year beside a count of its own: "in 1988 thousands", "in 2003 twelve".
		if plain && i+1 < len(s.tokens) && s.tokens[i+1].number > 2 {
			return 0, i
		}
		if next := i + 1; next < len(s.tokens) && s.tokens[next].number >= 1000 {
			return v * int(s.tokens[next].number), next + 1
		}
		return v, i + 1
	}
	last := 0
	for k := i; k < len(s.tokens); {
		t := &s.tokens[k]
		v := int(t.number)
		switch {
		case v == 0 || t.time || t.inside:
			if t.sense&and != 0 && t.number == 0 && n > 0 && k+1 < len(s.tokens) && s.tokens[k+1].number > 0 && int(s.tokens[k+1].number) < last && last >= 20 && (s.v.persian || last >= 100) {
				k++
				continue
			}
			return n, max(next, i)
		case n == 0:
			n = v
		case v >= 100 && n < 100 && v%100 == 0:
			n *= v
		case v < last && last >= 20 && v < 100:
			n += v
		case t.joined && v >= 20 && v < 100 && last < 10: // خمسة وعشرون
			n += v
		default:
			return n, next
		}
		last = v
		k += max(1, int(t.words))
		next = k
	}
	return n, max(next, i)
}
