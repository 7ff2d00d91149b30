package claim

import (
	"fmt"
	"strings"

	"entente/internal/centre"
	"entente/internal/gazetteer"
)

// class is what a word may be to the engine, in bits. A word without one is
// taken for part of a noun phrase.
type class uint64

const (
	auxiliary   class = 1 << iota // "has", "will": between a subject and its cue
	adverb                        // "also", "again": may stand there, too
	negation                      // "not", "no", "never"
	pronoun                       // may be a subject alone: "he", "they"
	relative                      // "who", "which": its subject stands before it
	determiner                    // begins a noun phrase: "the", "a"
	indefinite                    // with determiner: what follows is new: "a", "some"
	possessive                    // "his", "their"
	preposition                   // may join noun phrases: "of", "for"
	conjunction                   // "and", "but"
	adversative                   // with conjunction: "but", "though"
	subordinate                   // begins a clause: "because", "while"
	complement                    // "that", "how": a content follows
	anaphor                       // stands for a thing said: "this", "it", "such reports"
	verb                          // ends a noun phrase: "is", "met"
	may                           // the content may or might be
	future                        // the content is to be
	opinion                       // the content is a judgement: "milestone"
	negative                      // says no by itself: "secret", "hide"
	nonsense                      // calls a report wrong: "untrue", "lies"
	anonymous                     // a person without name: "source", "official"
	plural                        // several: "officials", "media"
	office                        // with anonymous: holds an office: "official", "spokesman"
	spokes                        // with anonymous: speaks for an office
	outlet                        // "newspaper", "channel", "media"
	agency                        // "agency", "agencies"
	body                          // "ministry", "army", "command"
	document                      // "report", "poll"
	toward                        // before an addressee: "to"
	agentive                      // before the one who acts: "by"
	noted                         // a word that is never part of a speaker: months, "today"
	being                         // with auxiliary: makes a passive: "was"
	correcting                    // speaks of a correction: "corrected"
	truth                         // wrong where it is negated: "true"
	self                          // speaks of whoever speaks: "I", "we"
	account                       // something said, without being a cue: "account"
	asked                         // begins what somebody was asked about: "asked"
	aside                         // with a comma on both sides, what it begins is beside the matter: "as"
	label                         // a publisher's label before a line: "UPDATE:"
	infinitive                    // no speaker stands before what follows it: "to"
	such                          // what it stands with is of the kind told before: "no such", "такого"
	happens                       // to be or to take place, of which "no such" is a denial: "exists"
	amended                       // a label before a correction: "Correction:"
)

// frame is how a cue takes its speaker and its content, in bits.
type frame uint16

const (
	clause     frame = 1 << iota // a clause, or a quote: "said that"
	object                       // a noun phrase may be the content: "confirmed the agreement"
	person                       // the object is the addressee: "told reporters"
	behind                       // its speaker stands behind it: "according to"
	quoting                      // counts with a quotation only: "continued"
	attitude                     // is no speech act: "hopes"
	passing                      // its object is the one who said it: "citing"
	showing                      // of documents and outlets alone: "shows"
	noun                         // a noun: "statement", "denial"
	commissive                   // an infinitive may be the content: "vowed to"
	guessing                     // what is said may be: "did not rule out"
	judging                      // what is said is a judgement: "called it"
	unnamed                      // needs no speaker: "reportedly"
	wording                      // its object is something said, and nothing else: "withdrew its report"
)

// form is the form in which a verb stands.
type form uint8

const (
	finite     form = iota
	plain           // also an infinitive: "say"
	participle      // its subject is that of the clause before: "saying"
	passive         // may be passive: "said", "reported" by somebody
)

// lexeme is a reporting word with its forms.
type lexeme struct {
	lemma  string
	stance centre.Stance
	frame  frame
}

// entry is what the lexicon knows of a word or of several.
type entry struct {
	class class
	cue   *lexeme
	form  form
	// thought is what kind of word of thinking or saying it is, for the model of
	// attributions: a kind, and in the upper four bits the form; 0 for none.
	thought uint8
	// longer are entries that begin with this word, the longest first.
	longer []phrase
}

type phrase struct {
	rest  []string // keys of the further words
	entry entry
}

// tongue is what the engine knows of a language. It is read-only.
type tongue struct {
	language string
	words    map[string]*entry
	// verbFirst: the speaker stands behind the verb as a rule, and before it by
	// exception (Arabic). verbLast: addressee and object stand between speaker
	// and verb (Persian).
	verbFirst, verbLast bool
	// modifiersBehind: what describes a noun stands behind it (Arabic, Persian).
	modifiersBehind bool
	// cue tells whether the word or words at token i, which the lexicon has as a
	// cue, are one there, by what stands beside them; nil where all are.
	cue func(r *reader, s *sentence, i int32) bool
	// stem gives, of a word that the lexicon does not have, another key to look
	// for, or nil: without what is written together with it, or its stem.
	stem func(fold []byte) []byte
	// guess gives the classes of a word that the lexicon does not have; nil for
	// none.
	guess func(fold []byte, w *gazetteer.Word) class
	// known tells that a noun phrase without a determiner stands for somebody
	// named before: "المصدر", "ведомство"; nil where determiners tell.
	known func(r *reader, p span) bool
	// read finds the cues of a sentence with their speakers and contents; nil
	// where the order of words is that of speaker.go and content.go.
	read func(r *reader, s *sentence, number int32)
}

// parseTongue reads a lexicon. A line is a heading, a colon and words divided
// by spaces; # begins a comment. A word of several is joined by "_". Headings are
// names of classes divided by spaces ("anonymous office:"), or "cue", a stance
// and frames ("cue DENY clause object:"). Of a cue each word gives its forms,
// divided by "/", the first of which is the lemma; "+" before a form marks one
// that is also an infinitive, "~" a participle, "^" one that may be passive.
func (t *tongue) parse(table string) error {
	t.words = map[string]*entry{}
	for line := range strings.Lines(table) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
		if line == "" {
			continue
		}
		head, list, ok := strings.Cut(line, ":")
		if !ok {
			return fmt.Errorf("the line %q has no colon", line)
		}
		heads := strings.Fields(head)
		if len(heads) == 0 {
			return fmt.Errorf("the line %q has no heading", line)
		}
		if heads[0] == "cue" {
			if err := t.cues(heads[1:], list); err != nil {
				return err
			}
			continue
		}
		var c class
		for _, h := range heads {
			bit, ok := classes[h]
			if !ok {
				return fmt.Errorf("there is no class %q", h)
			}
			c |= bit
		}
		for w := range strings.FieldsSeq(list) {
			e, err := t.at(w)
			if err != nil {
				return err
			}
			e.class |= c
		}
	}
	return nil
}

func (t *tongue) cues(heads []string, list string) error {
	if len(heads) < 2 {
		return fmt.Errorf("cues need a stance and a frame, not %q", heads)
	}
	x := lexeme{stance: centre.Stance(heads[0])}
	for _, h := range heads[1:] {
		bit, ok := frames[h]
		if !ok {
			return fmt.Errorf("there is no frame %q", h)
		}
		x.frame |= bit
	}
	for w := range strings.FieldsSeq(list) {
		one := x
		forms := strings.Split(w, "/")
		one.lemma = strings.ReplaceAll(strings.TrimLeft(forms[0], "+~^"), "_", " ")
		for _, f := range forms {
			form := finite
			switch f[0] {
			case '+':
				form = plain
			case '~':
				form = participle
			case '^':
				form = passive
			}
			e, err := t.at(strings.TrimLeft(f, "+~^"))
			if err != nil {
				return err
			}
			if e.cue == nil {
				e.cue, e.form = &one, form
			}
		}
	}
	return nil
}

// at gives the entry of a word, or of several joined by "_", making it where it
// is not there.
func (t *tongue) at(word string) (*entry, error) {
	var w gazetteer.Words
	w.Scan(strings.ReplaceAll(word, "_", " "))
	if len(w.List) == 0 {
		return nil, fmt.Errorf("%q has no letters", word)
	}
	keys := make([]string, len(w.List))
	for i := range w.List {
		keys[i] = string(w.Fold[w.List[i].From:w.List[i].To])
	}
	first, ok := t.words[keys[0]]
	if !ok {
		first = &entry{}
		t.words[keys[0]] = first
	}
	if len(keys) == 1 {
		return first, nil
	}
	rest := keys[1:]
	at := 0
	for ; at < len(first.longer) && len(first.longer[at].rest) >= len(rest); at++ {
		if strings.Join(first.longer[at].rest, " ") == strings.Join(rest, " ") {
			return &first.longer[at].entry, nil
		}
	}
	first.longer = append(first.longer, phrase{})
	copy(first.longer[at+1:], first.longer[at:])
	first.longer[at] = phrase{rest: rest}
	return &first.longer[at].entry, nil
}

// find gives the entry of word i and the last word that it covers.
func (t *tongue) find(w *gazetteer.Words, i int, joined func(int) bool) (*entry, int) {
	word := &w.List[i]
	fold := w.Fold[word.From:word.To]
	e := t.words[string(fold)]
	if e == nil && t.stem != nil {
		if s := t.stem(fold); s != nil {
			e = t.words[string(s)]
		}
	}
	if e == nil {
		return nil, i
	}
longer:
	for k := range e.longer {
		p := &e.longer[k]
		if i+len(p.rest) >= len(w.List) {
			continue
		}
		for n, key := range p.rest {
			next := &w.List[i+1+n]
			if !joined(i+1+n) || string(w.Fold[next.From:next.To]) != key {
				continue longer
			}
		}
		return &p.entry, i + len(p.rest)
	}
	if e.class == 0 && e.cue == nil && e.thought == 0 {
		return nil, i
	}
	return e, i
}

var classes = map[string]class{"auxiliary": auxiliary, "adverb": adverb, "negation": negation, "pronoun": pronoun, "relative": relative,
	"determiner": determiner, "indefinite": indefinite, "possessive": possessive, "preposition": preposition, "conjunction": conjunction,
	"adversative": adversative, "subordinate": subordinate, "complement": complement, "anaphor": anaphor, "verb": verb, "may": may,
	"future": future, "opinion": opinion, "negative": negative, "nonsense": nonsense, "anonymous": anonymous, "plural": plural,
	"office": office, "spokes": spokes, "outlet": outlet, "agency": agency, "body": body, "document": document, "toward": toward,
	"agentive": agentive, "noted": noted, "being": being, "correcting": correcting, "truth": truth, "self": self, "label": label, "aside": aside, "asked": asked, "account": account, "infinitive": infinitive,
	"such": such, "happens": happens, "amended": amended}

var frames = map[string]frame{"clause": clause, "object": object, "person": person, "behind": behind, "quoting": quoting,
	"attitude": attitude, "passing": passing, "showing": showing, "noun": noun, "unnamed": unnamed, "judging": judging, "commissive": commissive, "guessing": guessing, "wording": wording}

func mustParse(t tongue, table string) *tongue {
	if err := t.parse(table); err != nil {
		panic("the lexicon of " + t.language + " cannot be read: " + err.Error()) // a test reads them
	}
	return &t
}
