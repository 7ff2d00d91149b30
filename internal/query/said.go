package query

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/echo"
	"entente/internal/lexis"
)

// maxRoots is the most that roots: asks for.
const maxRoots = 99

func readClaim(v value, _ *time.Location) (Node, error) {
	status := centre.ClaimStatus(strings.ToUpper(strings.TrimSpace(v.text)))
	if !slices.Contains(centre.ClaimStatuses, status) {
		return nil, v.fail("contested, refuted, retracted, unverified or corroborated")
	}
	return Said{Status: status}, nil
}

func readStance(v value, _ *time.Location) (Node, error) {
	stance := centre.Stance(strings.ToUpper(strings.TrimSpace(v.text)))
	if !slices.Contains(centre.Stances, stance) {
		return nil, v.fail("assert, confirm, deny, partial, unverified, decline, retract or correct")
	}
	return Said{Stance: stance}, nil
}

func readSpeaker(v value, _ *time.Location) (Node, error) {
	words := normalised(v.text)
	if len(words) == 0 {
		return nil, v.fail(`the name of a speaker, such as peskov or "Sergei Lavrov"`)
	}
	return Said{Speaker: strings.Join(words, " ")}, nil
}

func readRoots(v value, _ *time.Location) (Node, error) {
	text := strings.TrimSpace(latin(v.text))
	for _, sign := range []string{">=", "≥", ""} {
		if digits, ok := strings.CutPrefix(text, sign); ok {
			if n, err := strconv.Atoi(strings.TrimSpace(digits)); err == nil && n >= 1 && n <= maxRoots {
				return Said{Roots: n}, nil
			}
			break
		}
	}
	return nil, fail(v.at, "the least number of roots, 1 to %d, such as in roots:>=2", maxRoots)
}

// joinSaid lets fields about a statement that stand together be about one, until
// one of them comes a second time.
func joinSaid(all And) And {
	last := -1
	out := all[:0]
	for _, n := range all {
		said, ok := n.(Said)
		if ok && last >= 0 {
			if joined, ok := out[last].(Said).and(said); ok {
				out[last] = joined
				continue
			}
		}
		if ok {
			last = len(out)
		}
		out = append(out, n)
	}
	return out
}

// and is both where no part is asked twice.
func (s Said) and(o Said) (Said, bool) {
	if s.Status != "" && o.Status != "" || s.Speaker != "" && o.Speaker != "" || s.Stance != "" && o.Stance != "" || s.Roots != 0 && o.Roots != 0 {
		return s, false
	}
	if o.Status != "" {
		s.Status = o.Status
	}
	if o.Speaker != "" {
		s.Speaker = o.Speaker
	}
	if o.Stance != "" {
		s.Stance = o.Stance
	}
	s.Roots += o.Roots
	return s, true
}

// terms are the fields of s as they are written.
func (s Said) terms() []string {
	var terms []string
	if s.Status != "" {
		terms = append(terms, "claim:"+strings.ToLower(string(s.Status)))
	}
	if s.Speaker != "" {
		terms = append(terms, "speaker:"+inQuotes(s.Speaker))
	}
	if s.Stance != "" {
		terms = append(terms, "stance:"+strings.ToLower(string(s.Stance)))
	}
	if s.Roots != 0 {
		terms = append(terms, "roots:>="+strconv.Itoa(s.Roots))
	}
	return terms
}

// SpeakerKeys gives the keys by which a name is found: its words, and their
// consonants, by which the scripts' spellings of a name meet (DOMAIN.md section
// 7: for retrieval alone). The store keeps them; SpeakerWanted asks for them.
func SpeakerKeys(name string) []string {
	var keys []string
	for _, w := range strings.Fields(lexis.Normalise(name)) {
		if len(keys) >= maxNameKeys {
			break
		}
		keys = append(keys, w)
		if bones := bonesOf(w); len(bones) >= 3 {
			keys = append(keys, skeletonMark+scriptOf(w)+bones)
		}
	}
	return keys
}

const (
	maxNameKeys  = 24
	skeletonMark = "0" // begins no word that is a name
)

// SpeakerWanted gives the alternatives for each word of a name that is looked
// for: a speaker has it where it has one key of each list. A word of one script
// is found by its consonants in the others alone.
func SpeakerWanted(name string) [][]string {
	var all [][]string
	for _, w := range strings.Fields(lexis.Normalise(name)) {
		keys := []string{w}
		if bones := bonesOf(w); len(bones) >= 3 {
			for _, script := range scripts {
				if script != scriptOf(w) {
					keys = append(keys, skeletonMark+script+bones)
				}
			}
			if scriptOf(w) == cyrillic { // case endings
				keys = append(keys, skeletonMark+cyrillic+bones)
			}
		}
		all = append(all, keys)
	}
	return all
}

const cyrillic = "c"

var scripts = []string{"l", cyrillic, "a", "x"}

func scriptOf(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case unicode.Is(unicode.Latin, r):
		return "l"
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Arabic, r):
		return "a"
	}
	return "x"
}

// bonesOf gives the consonants of a name's word, without those of the case
// endings of Russian names (DOMAIN.md section 7); the others are vowels.
func bonesOf(word string) string {
	if scriptOf(word) == cyrillic {
		for _, ending := range []string{"ого", "ому", "ым", "им", "ом"} {
			if rest, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(rest) >= 4 {
				word = rest
				break
			}
		}
	}
	return echo.Skeleton(word)
}

// compileSaid matches one statement of the report. Status and roots are those of
// Subject.Claims; without them, what asks for either matches nothing.
func compileSaid(n Said) func(*Subject) bool {
	wanted := SpeakerWanted(n.Speaker)
	return func(s *Subject) bool {
		for i := range s.report.Statements {
			st := &s.report.Statements[i]
			if n.Stance != "" && st.Stance != n.Stance || n.Speaker != "" && !speaks(wanted, st.Speaker.Name) {
				continue
			}
			if n.Status == "" && n.Roots == 0 {
				return true
			}
			claim, ok := s.claims[st.No]
			if ok && (n.Status == "" || claim.Status == n.Status) && claim.For >= n.Roots {
				return true
			}
		}
		return false
	}
}

func speaks(wanted [][]string, name string) bool {
	keys := SpeakerKeys(name)
	for _, any := range wanted {
		if !slices.ContainsFunc(any, func(k string) bool { return slices.Contains(keys, k) }) {
			return false
		}
	}
	return len(wanted) > 0
}

// Claims gives a subject the claims of its report's statements by their No, as
// the reader sees them. It must be called before the subject is matched.
func (s *Subject) Claims(claims map[int]centre.Judgement) *Subject {
	s.claims = claims
	return s
}
