package server

import (
	"regexp"
	"strings"
	"sync"
)

// FindingReason is why something was found, by its code, for a screen in another language than English.
// The sentence that it stands for has the same place in why.
type FindingReason struct {
	Code string            `json:"code" doc:"Empty where the sentence has none: then show the sentence, which is in English."`
	With map[string]string `json:"with" doc:"What fills the blanks of the sentence: words of the text, names in English, numbers."`
}

// reasonPatterns are the sentences of the steps and of weaving that have a code.
// Findings are kept with their sentences, so that what was found by an earlier
// version is understood as well. A blank takes what stands there; blanks that
// end in s may be lists, n and share are numbers, and words stand in quotation marks.
const reasonPatterns = `
place.only          the only place of this name in the gazetteer
place.people        what the people or things of a country are called
place.count         one of {n} places of this name
place.known         it is the more widely known
place.larger        it is the larger
place.country       it is a country or a region
place.capital       it is a capital
place.province      it is a province
place.county        it is a county
place.natural       it is a natural feature
place.prominent     it is the most prominent
place.samecountry   other places of the text are in the same country
place.sameprovince  other places of the text are in the same province
place.namedcountry  the text names its country
place.namedprovince the text names its province
place.near          it is close to other places of the text
place.regional      other places of the text are within a few hundred kilometres
place.likeliest     no feature of the text decides: the likeliest by itself
place.qualified     named together with its province or country
place.pinned        elsewhere in the text named together with its province or country
place.sounds        another transliteration of the name of a place of the region
place.outer         the place named before it lies in it
place.many          the most prominent of its name; the text names too many places to weigh them all
place.unknown       no place of this name is in the gazetteer
place.missing       the name of a {kind} that the gazetteer does not have
place.missing       the name of an {kind} that the gazetteer does not have
place.inside        part of the name of {kind}
name.listed         a name of the known {body} {name}
name.model          the words and their neighbours look like the name of {kind}
name.ministry       a ministry, without its state
name.behind         behind the words “{words}”
name.before         before the words “{words}”
name.given          a given name
name.part           part of the name “{words}”
name.letters        the first letters of “{words}”
name.stands         the text lets it stand for “{words}”
name.state          the text names the body of one state alone: “{words}”
name.others         others have the name, too
name.last           the last name of a person whom the text names
name.acronym        an acronym that the text explains
name.capitals       capitals
name.outlet         an outlet with its name
name.begins         a word that begins names of organisations
name.title          the title of “{words}”, named before
when.full           a date in full
when.shown          day and month as the text shows them
when.farther        more than three months from publication: another year may be meant
when.hijri          the Hijri calendar by its table, a day either way
when.counted        counted from the day of publication
when.moment         read from the time of publication
when.utc            its day in UTC, since the text's own place is not known
when.last           the last such day on or before publication
when.before         the last such day before publication
when.after          the next such day after publication
when.coming         the next such day, since the sentence is about what is to come
when.partofday      a part of the day, of a zone that is not known
when.timeofday      a time of day, of a zone that is not known
when.weekend        the last weekend that was over at publication
when.weekend        the last weekend that had begun at publication
when.nextweekend    the next weekend after publication
when.thisweekend    the weekend of this week, or the one that is under way
when.unpublished    the time of publication is not known
when.howlater       how long after is not said
when.howearlier     how long before is not said
when.howlong        how long is not said
when.decade         a decade, said in full
when.century        a decade of the twentieth century, which its name does not say
when.nofrom         the day that it counts from is not said
when.fromnamed      counted from the day that the text named before
when.weekday        a day of a week counted from the day of publication
when.swapped        day and month may change places
when.calendar       the calendar is not said
when.nosuchday      there is no such day
when.countedfrom    counted from the time of publication
when.outside        outside of the years that the calendar knows
when.upto           up to the time of publication
event.tells         “{words}” tells of {deed}
event.reality       “{words}” makes it {reality}
event.sentence      “{words}” stands in the same sentence
event.several       several sentences tell it
event.dated         dated by “{words}”
event.dateline      the dateline names “{words}”
event.long          long before the report
event.coming        its date is still to come
event.model         the model that was trained on English news takes the sentence for “{words}”
said.cue            “{words}” with its speaker in the sentence
said.is             “{words}” is {name}
said.continues      the text goes on to describe “{words}” as “{other}”
said.takesup        takes up “{words}”
said.subject        the verb has no subject, and {name} spoke last
said.untrue         what is said calls a report untrue
said.corrected      in a corrected statement
said.noauthority    “{words}” by one who is no party with authority over the matter
said.words          “{words}”
said.between        stands between two statements of this source, without an attribution of its own
said.according      words such as “according to” with its speaker
said.noun           a noun for something said
said.line           a line of the form “speaker: words”
said.post           a post with its author's handle
said.dash           a quotation with its speaker behind a dash
said.publisher      a correction that the publisher prints in its own name
said.nothing        what is said is that there is nothing of the kind
said.two            the clause says two things, each with a verb of its own
tie.copies          the same words, or nearly: they are in one set of copies
tie.same            the same words
tie.alike           {n} % of their groups of words are the same
tie.places.more     both name the places {names} and {n} more
tie.places          both name the places {names}
tie.words.more      both have the words {names} and {n} more
tie.words           both have the words {names}
tie.day             both name the day {names}
tie.numbers         both have the numbers {names}
tie.kinds           both tell of {names}
tie.names.more      both name {names} and {n} more
tie.names           both name {names}
tie.hour            published within an hour of each other
tie.hours           published within {n} hours of each other
tie.days            published within {n} days of each other
tie.languages       in two languages, {language} and {other}
same.name           the same name
same.oneword        the same one-word name
same.alike          the same last name, and given names alike
same.given          the same given name
same.initial        the same last name and initial
same.last           the same last name
same.part           one name is part of the other
same.none           no name in common
same.othergiven     other given names
same.common         many have that name
same.rolehere       the same role in the same country
same.roleelsewhere  the same role in another country
same.role           the same role
same.otherroles     other roles
same.body           a role in the same body
same.country        the same country
same.othercountry   another country
same.company        named beside the same people, bodies and countries
same.somecompany    something in common among what is named beside
same.years          named years apart
same.kind           of another kind
short.title         {n} of its words stand in the title
short.names         it has {n} names
short.first         it stands at the beginning
short.common        its words are among those that the text uses most
short.frequent      its words are frequent in the text, and not yet said by the sentences before it in rank
language.said       the text does not tell; the source says so
language.overruled  the source declares {language}; the text shows another language
language.declared   declared by the source; the text alone does not tell surely
language.arabic     Arabic in Latin letters
language.persian    Persian in Latin letters
language.russian    Russian in Latin letters
language.dari       probably Dari, the Persian of Afghanistan (prs): {names}
language.script     in another writing system than the text
language.paragraph  its words are of another language than the text's
link.own            the claim is put in its words
link.things         matched by names, places and what happened
link.across         in another language; matched by names, places and what happened
link.apart          A person set the two apart.
link.person         A person says so.
link.same           It says the same in the same words.
link.takesup        It takes up what statement {n} of its text says.
link.answers        It answers statement {n} of its text.
link.languages      The two are in different languages; concepts and names were compared.
link.words          {n} words of what is said agree ({share} % of their weight).
link.names          {n} names or places agree ({share} %).
link.numbers        {n} numbers agree.
link.matter         Their reports are about the same names and places ({share} %).
link.othernumbers   The numbers are others.
link.may            One says that it is so, the other that it may be.
link.further        One speaks of a further one.
link.otherplaces    The places are others.
link.otherkind      What happens is of another kind.
link.opposite       They say opposite things, or speak of other days or things.
link.tension        The same place and time, told otherwise.
`

// bodyKinds are the kinds of the shipped list, as its sentences write them.
const bodyKinds = "organisation|armed group|military unit|government|outlet|party|igo|ngo|company|facility|office"

type reasonPattern struct {
	code string
	with *regexp.Regexp
}

// reasonTable holds whole sentences, and those with blanks in their order.
var reasonTable = sync.OnceValue(func() (t struct {
	whole  map[string]string
	blanks []reasonPattern
}) {
	t.whole = map[string]string{}
	blank := regexp.MustCompile(`\\\{(\w+)\\\}`)
	for line := range strings.Lines(strings.TrimSpace(reasonPatterns)) {
		code, sentence, _ := strings.Cut(strings.TrimSpace(line), " ")
		if sentence = strings.TrimSpace(sentence); !strings.Contains(sentence, "{") {
			t.whole[sentence] = code
			continue
		}
		pattern := blank.ReplaceAllStringFunc(regexp.QuoteMeta(sentence), func(b string) string {
			name, takes := strings.Trim(b, `\{}`), ".+"
			switch name {
			case "n", "share":
				takes = `\d+`
			case "words":
				takes = "[^”]*"
			case "body":
				takes = bodyKinds
			case "kind":
				takes = "[a-z ]+"
			case "language":
				takes = `\S+`
			}
			return "(?P<" + name + ">" + takes + ")"
		})
		t.blanks = append(t.blanks, reasonPattern{code, regexp.MustCompile("^" + pattern + "$")})
	}
	return t
})

// findingReasonsOf gives the code of each sentence, in their order.
func findingReasonsOf(why []string) []FindingReason {
	return each(why, findingReasonOf)
}

func findingReasonOf(sentence string) FindingReason {
	t := reasonTable()
	r := FindingReason{Code: t.whole[sentence], With: map[string]string{}}
	if r.Code != "" {
		return r
	}
	for _, p := range t.blanks {
		m := p.with.FindStringSubmatch(sentence)
		if m == nil {
			continue
		}
		r.Code = p.code
		for i, name := range p.with.SubexpNames() {
			if name != "" {
				r.With[name] = m[i]
			}
		}
		return r
	}
	return r
}
