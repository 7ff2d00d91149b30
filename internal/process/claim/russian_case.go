package claim

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Who speaks may stand in another case than the one that names are given in: "в
// Тегеране заявили", "по словам представителя Белого дома", "со ссылкой на Марию
// Захарову". This file puts the names of speakers into the nominative, by what
// stands before them and by their endings.

// russianCase is a case that what stands before a noun phrase asks for.
type russianCase byte

const (
	anyCase       russianCase = iota // nothing tells
	genitive                         // behind "по словам", "в заявлении"
	accusative                       // behind "со ссылкой на"
	prepositional                    // behind "в", "на"
)

// caseOf tells the case that what stands before a noun phrase asks for.
func (r *reader) caseOf(p span) russianCase {
	i := p.first - 1
	if i < 0 || r.sentenceOf(i) != r.sentenceOf(p.first) || r.tokens[p.first].gap&(apart&^quoteOpen) != 0 {
		return anyCase
	}
	const most = 4 // words of a construction
	for k := i; k >= 0 && i-k < most; k-- {
		t := &r.tokens[k]
		if t.entry == nil || t.entry.cue == nil || t.until != i {
			continue
		}
		switch f := t.entry.cue.frame; {
		case f&behind != 0:
			return genitive
		case f&passing != 0:
			return accusative
		}
	}
	switch string(r.fold(i)) {
	case "в", "во", "на", "при":
		return prepositional
	case "от", "из", "у":
		return genitive
	}
	if r.is(i, document) && r.tokens[i].mention < 0 {
		return genitive
	}
	return anyCase
}

// russianHeads are nouns of bodies that stand in no list of the lexicon, in the
// nominative singular.
const russianHeads = `кремль дом союз альянс фонд банк отдел отделение отряд корпус флот завод аэропорт порт офис аппарат палата дума госдума рада сейм кнессет
конгресс сенат форум госдепартамент госдеп генштаб пентагон минздрав минсельхоз минюст минтранс минкультуры минэкономики центробанк росстат организация ассоциация
разведка спецслужба федерация лига союзник район область край город провинция`

// nominatives gives the nominative of each form of the nouns of the lexicon, in
// small letters and folded, singular before plural.
var nominatives = sync.OnceValue(func() map[string]string {
	forms := map[string]string{}
	add := func(words []string, nominative string) {
		for _, w := range words {
			if _, ok := forms[fold(w)]; !ok {
				forms[fold(w)] = nominative
			}
		}
	}
	var nouns []string
	for line := range strings.Lines(russianNouns) {
		if head, list, ok := strings.Cut(line, ":"); ok && !strings.Contains(head, "determiner") && !strings.Contains(head, "correcting") {
			nouns = append(nouns, strings.Fields(list)...)
		}
	}
	nouns = append(nouns, strings.Fields(russianHeads)...)
	for _, plural := range []bool{false, true} {
		for _, noun := range nouns {
			nominative, _, _ := strings.Cut(noun, "=")
			one, many := russianCases(noun)
			if !plural {
				add(one, nominative)
			} else if len(many) > 1 {
				nominative := many[0]
				if stem, ok := strings.CutSuffix(nominative, "ы"); ok && strings.ContainsAny(stem[len(stem)-2:], "гкхжчшщ") {
					nominative = stem + "и"
				}
				add(many, nominative)
			}
		}
	}
	return forms
})

var folding = strings.NewReplacer("ё", "е", "ь", "", "ъ", "")

// fold writes a word as the keys of nominatives are written.
func fold(word string) string { return folding.Replace(strings.ToLower(word)) }

// inNominative gives the name of an agent of a noun phrase in the nominative, or
// the name as it is where nothing tells that it stands in another case.
func (r *reader) inNominative(p span, a *agent) string {
	asked := r.caseOf(p)
	if asked == anyCase || p.empty() {
		return a.Name
	}
	t := &r.tokens[p.first]
	if a.person && t.mention >= 0 || a.mentioned && a.person {
		return nominativeName(a.Name, asked)
	}
	if t.place >= 0 && p.until-p.first == 1 {
		if m := &r.draft.Mentions[t.place]; m.Place != nil && m.Form == "" && m.Place.Names["ru"] != "" {
			return m.Place.Names["ru"]
		}
	}
	if !strings.HasPrefix(a.Text, a.Name) {
		return a.Name
	}
	if i := p.first; i+1 < p.until && intensive[string(r.fold(i))] {
		p.first++ // "в самой компании"
		a.Name = a.Name[r.tokens[i+1].start-r.tokens[i].start:]
	}
	for i := p.first; i < p.until; i++ {
		last := i
		for last+1 < p.until && r.tokens[last+1].gap == hyphen {
			last++ // "пресс-службе"
		}
		word := r.text[r.tokens[i].start:r.tokens[last].end]
		nominative, ok := nominatives()[fold(word)]
		if describing := adjective(word) && i+1 < p.until && r.tokens[i+1].class&preposition == 0; !ok || describing {
			if !adjective(word) {
				return a.Name
			}
			continue
		}
		var b strings.Builder
		at := r.tokens[p.first].start
		for k := p.first; k < i; k++ {
			w := &r.tokens[k]
			b.WriteString(r.text[at:w.start])
			b.WriteString(agreeing(r.text[w.start:w.end], nominative))
			at = w.end
		}
		b.WriteString(r.text[at:r.tokens[i].start])
		if c, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(c) {
			first, size := utf8.DecodeRuneInString(nominative)
			nominative = string(unicode.ToUpper(first)) + nominative[size:]
		}
		b.WriteString(nominative)
		b.WriteString(a.Name[int(r.tokens[last].end-r.tokens[p.first].start):])
		return b.String()
	}
	return a.Name
}

// intensive are the forms of "itself", which are no part of a name.
var intensive = map[string]bool{"самом": true, "самой": true, "самого": true, "самих": true}

// adjective tells the ending of an adjective in an oblique case.
func adjective(word string) bool {
	for _, e := range []string{"ого", "его", "ому", "ему", "ом", "ем", "ой", "ей", "ую", "юю", "ых", "их", "ым", "им"} {
		if strings.HasSuffix(word, e) && len(word) > len(e)+4 {
			return true
		}
	}
	return false
}

// agreeing puts an adjective in the nominative of the noun that it stands with.
func agreeing(word, noun string) string {
	stem := word
	for _, e := range []string{"ого", "его", "ому", "ему", "ом", "ем", "ой", "ей", "ую", "юю", "ых", "их", "ым", "им"} {
		if s, ok := strings.CutSuffix(word, e); ok {
			stem = s
			break
		}
	}
	soft := strings.HasSuffix(stem, "н") && (strings.HasSuffix(word, "его") || strings.HasSuffix(word, "ем") || strings.HasSuffix(word, "ей") || strings.HasSuffix(word, "их"))
	end := func(hard, mild string) string {
		if soft {
			return stem + mild
		}
		return stem + hard
	}
	velar := strings.HasSuffix(stem, "к") || strings.HasSuffix(stem, "г") || strings.HasSuffix(stem, "х")
	switch last, _ := utf8.DecodeLastRuneInString(noun); last {
	case 'а', 'я':
		return end("ая", "яя")
	case 'о', 'е':
		return end("ое", "ее")
	case 'ы', 'и':
		if velar {
			return stem + "ие"
		}
		return end("ые", "ие")
	}
	if velar {
		return stem + "ий"
	}
	return end("ый", "ий")
}

// nominativeName puts the name of a person that stands in the genitive or the
// accusative in the nominative, by the endings of Russian names. Names without a
// Russian ending, which are not declined, stay.
func nominativeName(name string, asked russianCase) string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = nominativeWord(w, i == len(words)-1, asked)
	}
	return strings.Join(words, " ")
}

func nominativeWord(w string, last bool, asked russianCase) string {
	const short = 3 // letters
	if utf8.RuneCountInString(w) <= short {
		return w
	}
	ends := []struct{ from, to string }{{"ского", "ский"}, {"цкого", "цкий"}, {"ого", "ый"}, {"ской", "ская"}, {"цкой", "цкая"}, {"овой", "ова"}, {"евой", "ева"}, {"ёвой", "ёва"}, {"иной", "ина"}, {"ыной", "ына"},
		{"ея", "ей"}, {"ия", "ий"}, {"ая", "ай"}}
	if asked == accusative {
		ends = append(ends, []struct{ from, to string }{{"скую", "ская"}, {"ую", "ая"}, {"ю", "я"}, {"у", "а"}}...)
	} else {
		ends = append(ends, struct{ from, to string }{"ы", "а"})
	}
	if !last {
		ends = append(ends, []struct{ from, to string }{{"ии", "ия"}, {"ги", "га"}, {"ки", "ка"}, {"хи", "ха"}, {"ши", "ша"}, {"ди", "дя"}}...)
	}
	for _, e := range ends {
		if s, ok := strings.CutSuffix(w, e.from); ok && s != "" {
			return s + e.to
		}
	}
	if s, ok := strings.CutSuffix(w, "а"); ok && consonant(s) {
		return s
	}
	if s, ok := strings.CutSuffix(w, "я"); ok && consonant(s) {
		return s + "ь"
	}
	return w
}

func consonant(stem string) bool {
	last, _ := utf8.DecodeLastRuneInString(stem)
	return strings.ContainsRune("бвгджзклмнпрстфхцчшщ", unicode.ToLower(last))
}
