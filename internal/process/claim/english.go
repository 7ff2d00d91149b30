package claim

import (
	"strings"
	"sync"

	"entente/internal/gazetteer"
)

var english = sync.OnceValue(func() *tongue {
	var forms strings.Builder
	for line := range strings.Lines(englishVerbs) {
		line = strings.TrimSpace(line)
		head, list, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		forms.WriteString("cue " + head + ":")
		for w := range strings.FieldsSeq(list) {
			forms.WriteByte(' ')
			forms.WriteString(englishForms(w))
		}
		forms.WriteByte('\n')
	}
	t := mustParse(tongue{language: "en", guess: englishGuess, cue: englishCue}, englishWords+forms.String())
	for kind, list := range englishThought {
		for w := range strings.FieldsSeq(list) {
			words := []string{w}
			switch {
			case kind == thoughtNoun:
				words = append(words, englishPlural(w))
			case kind != thoughtFeeling:
				words = strings.Split(strings.NewReplacer("+", "", "~", "", "^", "").Replace(englishForms(w)), "/")
			}
			for n, f := range words {
				if e, err := t.at(f); err == nil && e.thought == 0 {
					e.thought = uint8(kind)
					if kind != thoughtNoun && kind != thoughtFeeling {
						e.thought |= uint8(n+1) << 4
					}
				}
			}
		}
	}
	return t
})

func englishPlural(noun string) string {
	n := len(noun)
	switch {
	case noun[n-1] == 'y' && strings.IndexByte("aeiou", noun[n-2]) < 0:
		return noun[:n-1] + "ies"
	case noun[n-1] == 's' || strings.HasSuffix(noun, "ch") || strings.HasSuffix(noun, "sh"):
		return noun + "es"
	}
	return noun + "s"
}

// englishForms gives the forms of a verb as tongue.parse reads them: "say=said"
// and "withdraw=withdrew=withdrawn" are irregular, and what follows "_" belongs
// to all forms ("point_out").
func englishForms(word string) string {
	word, rest, _ := strings.Cut(word, "_")
	if rest != "" {
		rest = "_" + rest
	}
	irregular := strings.Split(word, "=")
	base := irregular[0]
	s, past, ing := base+"s", base+"ed", base+"ing"
	vowel := func(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
	n := len(base)
	switch {
	case strings.HasSuffix(base, "ee"):
		past = base + "d"
	case base[n-1] == 'e':
		past, ing = base+"d", base[:n-1]+"ing"
	case base[n-1] == 'y' && !vowel(base[n-2]):
		s, past = base[:n-1]+"ies", base[:n-1]+"ied"
	case strings.HasSuffix(base, "s") || strings.HasSuffix(base, "sh") || strings.HasSuffix(base, "ch") || base[n-1] == 'x':
		s = base + "es"
	}
	if doubled[base] {
		past, ing = base+base[n-1:]+"ed", base+base[n-1:]+"ing"
	}
	forms := []string{"+" + base + rest, s + rest, "~" + ing + rest}
	if len(irregular) > 1 {
		for n, f := range irregular[1:] {
			mark := "^"
			if n == 0 && len(irregular) > 2 {
				mark = "" // "wrote": the participle is another word
			}
			forms = append(forms, mark+f+rest)
		}
	} else {
		forms = append(forms, "^"+past+rest)
	}
	return strings.Join(forms, "/")
}

var doubled = map[string]bool{"admit": true, "rebut": true, "refer": true, "rap": true, "quip": true, "blog": true, "tip": true, "slam": true, "rip": true, "plan": true, "submit": true}

// englishGuess takes a word with a verb's ending for one that bounds a noun
// phrase.
func englishGuess(fold []byte, w *gazetteer.Word) class {
	if w.Upper || w.Digits {
		return 0
	}
	n := len(fold)
	if n > 4 && fold[n-1] == 'y' && fold[n-2] == 'l' {
		return adverb
	}
	return 0
}

// englishVerbs are reporting verbs by stance and frame; the forms are made by
// englishForms.
const englishVerbs = `
ASSERT clause: say=said state add note declare=declared claim argue insist stress emphasize emphasise underline underscore explain warn maintain assert remark comment observe mention reply respond answer predict reiterate repeat complain contend caution quip joke testify swear=swore=sworn conclude recall affirm elaborate counter conclude charge boast lament retort exclaim muse volunteer intone proclaim point_out make=made_clear make=made_it_clear go=went=gone_on_to_say speak=spoke=spoken recount theorize surmise concur reassure complain hint imply
ASSERT clause object commissive: vow=vowed pledge promise threaten
ASSERT clause person: tell=told inform remind assure advise notify brief
ASSERT clause object: report announce allege reveal disclose suggest write=wrote=written tweet post publish propose blog detail outline present relay estimate break=broke=broken forecast
ASSERT object judging: call describe label criticize criticise condemn denounce praise welcome hail blast slam mock ridicule decry deplore liken compare tout portray characterize cite_as
ASSERT clause object: urge demand request ask order call_for call_on accuse blame endorse recommend question express voice
ASSERT clause object wording: defend attack
CONFIRM clause object: confirm verify corroborate
PARTIAL clause object: admit concede acknowledge
DENY clause object wording: hit=hit_back_at push_back_on push_back_against
DENY clause object: rubbish pooh-pooh deny reject dismiss refute rebut dispute disavow repudiate rule_out disprove debunk contest brush_off
DECLINE clause object: decline_to_comment decline_to_say decline_to_confirm decline_to_elaborate decline_comment refuse_to_comment refuse_to_say refuse_to_confirm decline_to_discuss decline_to_give decline_to_provide refuse_to_discuss decline_to_name decline_to_be_drawn decline_to_answer refuse_to_answer refuse_to_elaborate decline_to_speculate refuse_to_be_drawn
CONFIRM clause object wording: stand=stood_by stick=stuck_by stick=stuck_to
RETRACT clause object wording: remove pull delete take=took=taken_down unpublish retract recant rescind take=took=taken_back walk_back backtrack_on back_away_from backpedal_on withdraw=withdrew=withdrawn
CORRECT clause object: correct clarify
ASSERT clause showing object: show=showed=shown indicate find=found document demonstrate conclude reflect
ASSERT clause quoting: continue begin=began=begun shout chant laugh smile shrug sigh nod ask snap open urge interject yell cry read=read tease plead scream whisper respond wonder tweet thunder echo conclude text
ASSERT clause attitude: think=thought believe want hope fear expect plan feel=felt worry know=knew=known consider wish intend see=saw=seen understand=understood support oppose prefer doubt view regard like love hate seem appear assume suspect decide favor favour seek=sought need learn hear=heard realize aim address discuss
ASSERT clause object passing: cite quote
`

const englishWords = `
# constructions with their speaker behind them
cue ASSERT behind: according_to in_the_words_of as_told_by in_the_view_of in_the_opinion_of
cue UNVERIFIED unnamed: reportedly allegedly supposedly purportedly
cue UNVERIFIED clause: is_reported_to are_reported_to was_reported_to were_reported_to is_said_to are_said_to was_said_to were_said_to is_rumored_to is_alleged_to
cue ASSERT clause: was_quoted_as_saying were_quoted_as_saying is_quoted_as_saying been_quoted_as_saying quoted_as_saying was_cited_as_saying were_cited_as_saying cited_as_saying is_on_record_as_saying went_on_to_say goes_on_to_say put_it puts_it
cue DECLINE clause object: neither_confirmed_nor_denied neither_confirm_nor_deny does_not_comment would_not_confirm_or_deny could_neither_confirm_nor_deny did_not_comment had_no_comment has_no_comment have_no_comment no_comment would_not_comment would_not_say did_not_respond_to has_not_responded have_not_responded had_not_responded has_not_yet_responded have_not_yet_responded has_yet_to_respond have_yet_to_respond did_not_answer did_not_reply has_not_replied have_not_replied did_not_confirm_or_deny has_not_confirmed_or_denied have_not_confirmed_or_denied had_not_confirmed_or_denied has_neither_confirmed_nor_denied have_neither_confirmed_nor_denied had_neither_confirmed_nor_denied refused_to_confirm_or_deny declined_to_confirm_or_deny would_not_be_drawn would_not_be_drawn_on did_not_immediately_respond did_not_respond did_not_immediately_comment would_neither_confirm_nor_deny could_not_be_reached did_not_return did_not_immediately_return has_not_commented have_not_commented had_not_commented has_yet_to_comment have_yet_to_comment not_commented not_immediately_comment
cue UNVERIFIED clause object: could_not_verify could_not_independently_verify unable_to_verify was_unable_to_verify were_unable_to_verify not_verified cannot_confirm could_not_confirm can_not_confirm cannot_verify could_not_be_verified could_not_independently_confirm not_confirmed has_not_confirmed have_not_confirmed could_not_be_independently_verified
cue DECLINE behind: no_immediate_comment_from no_comment_from no_immediate_response_from no_response_from no_immediate_word_from no_immediate_reaction_from no_official_comment_from
cue DENY clause object: called_into_question poured_cold_water_on
cue ASSERT clause object guessing: did_not_rule_out does_not_rule_out do_not_rule_out has_not_ruled_out have_not_ruled_out had_not_ruled_out would_not_rule_out could_not_rule_out cannot_rule_out refused_to_rule_out declined_to_rule_out did_not_exclude does_not_exclude
cue RETRACT clause object: apologized_for_the_error apologised_for_the_error
# nouns
cue ASSERT noun: statement/statements claim/claims announcement/announcements allegation/allegations assertion/assertions remark/remarks comment/comments accusation/accusations warning/warnings declaration/declarations promise/promises
cue DENY noun: denial/denials
cue CONFIRM noun: confirmation
cue UNVERIFIED noun: rumor/rumors rumour/rumours

auxiliary being: is are was were be been being isnt arent wasnt werent m
auxiliary: has have had having is are was were be been being will would can could may might shall should must do does did ve ll d am s
auxiliary: hasnt havent hadnt isnt arent wasnt werent wont wouldnt cant couldnt doesnt dont didnt shouldnt
verb: has have had is are was were be been will would can could may might shall should must do does did hasnt havent hadnt isnt arent wasnt werent wont wouldnt cant couldnt doesnt dont didnt
verb: met came went made took gave got became began held left led kept brought saw told put ran sent let came found
negation: not no never none neither nor hasnt havent hadnt isnt arent wasnt werent wont wouldnt cant couldnt doesnt dont didnt shouldnt nobody nothing without cannot
adverb: also again later earlier already just now then still once further recently repeatedly even first previously separately publicly privately officially immediately always often never ever too yesterday today tomorrow meanwhile however instead long both all not simply sometimes even rather soon only
adverb: speaking_on_condition_of_anonymity on_condition_of_anonymity who_spoke_on_condition_of_anonymity speaking_anonymously requesting_anonymity who_asked_not_to_be_named who_declined_to_be_named who_asked_not_to_be_identified who_declined_to_be_identified who_did_not_want_to_be_named who_requested_anonymity who_spoke_on_the_condition_of_anonymity speaking_on_the_condition_of_anonymity on_the_condition_of_anonymity asking_not_to_be_named
asked: asked questioned
aside: as
label: update updated watch listen read more photo photos video correction note breaking related see exclusive opinion analysis editorial live summary factbox explainer timeline weather sport sports business world video videos graphic map
pronoun: he she they it you
pronoun self: we i
relative: who which whom
determiner: the this these those every each any another such several many most all some two three four five six seven eight nine ten other
determiner indefinite: a an some several
possessive: his her its their our my your
preposition: of for in at from on with against near inside within about between under among
preposition noted: over after before during since until by through despite amid to into toward towards via without
agentive: by
toward infinitive: to
conjunction: and or nor
conjunction adversative: but yet although though whereas
conjunction adversative: while
subordinate: because while when if as after before since unless until where whether so although though whereas once that what why how than
complement: that how whether why
anaphor: this that it them these those such
anaphor such happens negation: no_such nothing_of_the_kind nothing_of_the_sort no_such_thing
amended: correction corrections clarification corrigendum erratum
amended verb: corrects
may: may might could can possibly perhaps maybe likely potentially
future: will shall wont would wouldnt going plans planning intend intends
opinion: milestone great historic disgrace disgraceful wonderful terrible excellent shameful best worst important unacceptable outrageous deplorable regrettable courageous brave magnificent beautiful ridiculous absurd horrible disaster hypocrisy irresponsible unfortunate encouraging dangerous right wrong fair unfair good bad crucial vital tragic
negative: secret hide hides hid hiding conceal concealed doubt doubts deny denies denied denying fail fails failed forget rule_out exclude excluded stop stopped cease
nonsense: untrue false baseless unfounded groundless lies lie fabricated fabrication nonsense fake misinformation disinformation fiction not_true not_correct incorrect inaccurate no_truth hoax concocted no_basis without_foundation without_basis
anonymous: source insider witness eyewitness person resident activist fighter refugee survivor
anonymous plural: sources insiders witnesses eyewitnesses people residents activists critics experts analysts observers fighters refugees supporters opponents rebels locals protesters
anonymous: expert analyst critic observer
anonymous office: official diplomat officer commander minister ambassador aide adviser advisor lawmaker senator general colonel president governor mayor envoy secretary leader chief head director chairman deputy lawyer prosecutor judge
anonymous office plural: officials diplomats officers commanders ministers ambassadors aides advisers advisors lawmakers senators generals governors leaders authorities
anonymous office spokes: spokesman spokeswoman spokesperson spox
anonymous office spokes plural: spokesmen spokeswomen spokespersons spokespeople
outlet: newspaper channel magazine website broadcaster television radio tv tv-channel site daily network station paper blog
outlet plural: newspapers channels media press websites outlets broadcasters reporters journalists
agency: agency wire
agency plural: agencies wires
body: ministry army command government parliament house kremlin pentagon department office council committee party group coalition administration embassy force forces police military navy court union company commission staff association organization organisation foundation institute center centre campaign team bureau house cabinet regime opposition observatory
document: report statement poll survey study document memo letter article book story analysis paper survey filing transcript email tweet data census figures
document plural: reports statements polls surveys studies documents articles emails tweets stories
account: account accounts version allegation allegations charge charges accusation accusations story stories
correcting: corrected correction corrects
truth: true correct truth accurate
noted: today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday morning evening afternoon
`

// englishCue tells verbs from nouns and adjectives that are written alike, and
// from infinitives that report nothing.
func englishCue(r *reader, s *sentence, i int32) bool {
	t := &r.tokens[i]
	x := t.entry.cue
	if x.frame&(behind|noun|unnamed) != 0 {
		return true
	}
	if t.upper && i > s.first && !s.title && r.tokens[i].gap&(quoteOpen|stop) == 0 {
		return false
	}
	if t.mention >= 0 || t.gap&hyphen != 0 {
		return false
	}
	if int(i)+1 < len(r.tokens) && r.tokens[i+1].gap == hyphen && t.until == i {
		return false
	}
	if i == s.first {
		return t.entry.form == participle || t.until > i && t.entry.form != plain
	}
	p := &r.tokens[i-1]
	if i >= s.first+2 && p.class&pronoun != 0 && t.gap&apart == 0 && r.tokens[i-1].gap&apart == 0 && string(r.fold(i-2)) == "what" {
		return false // "what it called": words for a thing, and no statement
	}
	if t.gap&apart != 0 {
		// A plain form behind a mark is a noun or a command.
		return t.entry.form != plain || t.gap&(quoteClose) != 0
	}
	if t.gap&own != 0 && t.entry.form != passive && t.entry.form != finite && t.entry.form != participle {
		return false
	}
	if p.class&infinitive != 0 && p.mention < 0 {
		// "to say": only where what stands before it says so ("went on to say").
		return false
	}
	if p.class&(determiner|possessive) != 0 && p.class&pronoun == 0 && p.mention < 0 && p.class&anaphor == 0 {
		return false
	}
	if p.class&(preposition|agentive) != 0 && t.entry.form != participle && p.mention < 0 {
		return false
	}
	if t.entry.form == plain && p.class&adverb != 0 && i >= s.first+2 && r.tokens[i-1].gap&apart == 0 && r.is(i-2, possessive) && !r.is(i-2, pronoun) {
		return false // "its earlier report"
	}
	next := int32(t.until) + 1
	if t.entry.form == participle && t.gap&(comma|dash|quoteClose) == 0 && p.class&(conjunction|document|auxiliary) == 0 && (p.entry == nil || p.entry.cue == nil) && p.when < 0 {
		// "letters accusing", "to stop warning": no clause of its own.
		return false
	}
	if t.entry.form == passive && x.frame&clause != 0 && x.frame&object != 0 && next < s.until && !r.bounded(next) && p.class&(pronoun|auxiliary|relative|adverb) == 0 &&
		r.is(next, preposition) && !r.is(next, complement|agentive) && t.until == i && r.tokens[next].when < 0 && (next+1 >= s.until || r.tokens[next+1].when < 0 && r.tokens[next+1].place < 0) {
		// "the man accused of", "a plan proposed in": tells what it stands behind.
		return false
	}
	if t.entry.form == plain || t.entry.form == finite {
		// "media reports indicate", "the claims are": a noun, with its verb behind.
		if next < s.until && !r.bounded(next) && r.is(next, auxiliary) {
			return false
		}
		if next < s.until && !r.bounded(next) && r.tokens[next].entry != nil && r.tokens[next].entry.cue != nil && r.tokens[next].entry.form != participle && r.tokens[next].entry.cue.frame&(behind|noun) == 0 &&
			r.tokens[next].class&(determiner|pronoun) == 0 && r.tokens[next].entry.form != passive {
			return false
		}
		if next < s.until && t.class&document != 0 && r.is(next, preposition) && string(r.fold(next)) == "of" {
			return false
		}
	}
	return true
}
