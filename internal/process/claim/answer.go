package claim

import (
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/centre"
)

// answer finds what denials and their like answer: an earlier act of somebody
// else, in the same paragraph first.
func (r *reader) answer() {
	for k := range r.acts {
		a := &r.acts[k]
		if a.dropped {
			continue
		}
		a.stance, a.modality, a.negated = r.judge(a)
		if n := r.accuser(k); n >= 0 {
			a.answers = n
			continue
		}
		if !a.anaphora {
			a.answers = r.taken(k)
			continue
		}
		if head := r.matter(a); head >= 0 {
			if n := r.tells(k, head); n >= 0 {
				a.answers = n
				continue
			}
			if a.stance != centre.StanceDeny && r.toldPlainly(k, head) {
				a.anaphora = false // the text itself told it, in nobody's name
				continue
			}
		}
		const far = 8
		takesBack := a.stance == centre.StanceRetract || a.stance == centre.StanceCorrect
		for n := k - 1; n >= 0 && n > k-far; n-- {
			o := &r.acts[n]
			if o.dropped || o.root.Name == a.root.Name != takesBack || o.stance == centre.StanceDecline || r.cues[o.cue].lexeme.frame&attitude != 0 {
				continue
			}
			if o.answers >= 0 && o.anaphora {
				n = int(o.answers) // both speak of what was told first
				if o = &r.acts[n]; o.root.Name == a.root.Name != takesBack {
					break
				}
			}
			if o.stance == centre.StanceDeny && len(o.content) == 0 {
				continue
			}
			a.answers = int32(n)
			break
		}
		if a.answers < 0 && len(a.content) == 0 && a.stance != centre.StanceDecline {
			a.dropped = true // it denies something that the text does not say
		}
	}
}

// accusations are the beginnings of words for an accusation, as they stand folded.
var accusations = []string{"accusation", "allegation", "charge", "blame", "claim", "обвинен", "اتهام", "ادعا", "مزاعم"}

// accusing are the lemmas of verbs that accuse, or claim.
var accusing = map[string]bool{"accuse": true, "blame": true, "allege": true, "charge": true, "claim": true,
	"обвинить": true, "обвинять": true, "اتهم": true, "ادعى": true, "زعم": true, "متهم کرد": true, "ادعا کرد": true, "مدعی شد": true}

// accuser gives the last act of somebody else before act k that accuses somebody, where
// act k denies accusations, or -1: they are not simply what was said last.
func (r *reader) accuser(k int) int32 {
	const far, near = 12, 3 // acts; tokens before the noun
	a := &r.acts[k]
	if a.stance != centre.StanceDeny || len(a.content) == 0 {
		return -1
	}
	named := false
	for i := a.content[0].first; i < a.content[0].until && i < a.content[0].first+near; i++ {
		f := string(r.fold(i))
		named = named || slices.ContainsFunc(accusations, func(w string) bool { return strings.HasPrefix(f, w) })
	}
	for n := k - 1; named && n >= 0 && n > k-far; n-- {
		o := &r.acts[n]
		if !o.dropped && o.root.Name != a.root.Name && o.stance == centre.StanceAssert && accusing[r.cues[o.cue].lexeme.lemma] {
			return int32(n)
		}
	}
	return -1
}

// taken gives the act whose matter a confirmation or denial takes up by a noun
// alone ("confirmed the agreement" where another said that they agreed), or -1.
func (r *reader) taken(k int) int32 {
	a := &r.acts[k]
	if a.stance != centre.StanceConfirm && a.stance != centre.StanceDeny || len(a.content) != 1 || !r.pointsBack(a.content[0]) || a.content[0].until-a.content[0].first > 4 || r.hasVerb(a.content[0]) {
		return -1
	}
	return r.tells(k, a.content[0].until-1)
}

// tells gives the last act of somebody else before act k that tells of what the
// noun at token head names, or -1.
func (r *reader) tells(k int, head int32) int32 {
	const far = 12 // acts
	a := &r.acts[k]
	for n := k - 1; n >= 0 && n > k-far; n-- {
		o := &r.acts[n]
		if o.dropped || o.root.Name == a.root.Name || o.answers >= 0 && o.anaphora {
			continue
		}
		for _, p := range o.content {
			for i := p.first; i < p.until && i < p.first+reach; i++ {
				if r.alike(i, head) && (i == 0 || !r.is(i-1, determiner|anaphor|such) || r.is(i-1, indefinite)) {
					a.why = append(a.why, "takes up “"+r.wordsOf(span{i, i + 1}).Text+"”")
					return int32(n)
				}
			}
		}
	}
	return -1
}

// alike tells that two tokens begin as forms of one word do.
func (r *reader) alike(i, head int32) bool {
	shared := 5 // bytes: letters of Latin, two of which are one of the other scripts
	f, h := r.fold(i), r.fold(head)
	if len(h) > 0 && h[0] >= utf8.RuneSelf {
		shared = 8
	}
	return len(f) >= shared && len(h) >= shared && string(f[:shared]) == string(h[:shared])
}

// matter gives the noun with which an act names again what was told before
// ("this agreement", "no such talks", "چنین توافقی"), or -1: where there is none
// but a word for something said ("this report"), what it answers says what.
func (r *reader) matter(a *act) int32 {
	if len(a.content) == 0 {
		return -1
	}
	p := a.content[0]
	at := p.first
	if n := r.noneSuch(p); n >= 0 {
		at = n
	} else if !r.is(p.first, anaphor|determiner) || p.until-p.first > 3 {
		return -1
	}
	for at < p.until && (r.is(at, such|determiner|adverb|negation|being|indefinite) || r.is(at, anaphor) && !r.is(at, document)) {
		at++
	}
	if at >= p.until || r.is(at, document|account|anaphor|noted|verb|happens|preposition|conjunction) || r.tokens[at].entry != nil && r.tokens[at].entry.cue != nil {
		return -1
	}
	return at
}

// toldPlainly tells that a sentence before act k, in which nobody speaks, tells
// of what the noun at token head names.
func (r *reader) toldPlainly(k int, head int32) bool {
	const far = 6 // sentences
	here := r.cues[r.acts[k].cue].sentence
	for n := here - 1; n >= 0 && here-n <= far; n-- {
		s := &r.sentences[n]
		if len(r.cuesOf(n)) > 0 {
			continue
		}
		for i := s.first; i < s.until; i++ {
			if r.alike(i, head) {
				return true
			}
		}
	}
	return false
}
