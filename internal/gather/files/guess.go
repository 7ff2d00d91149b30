package files

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/centre"
	"entente/internal/gather"
)

// columnWords are names that columns have, by field, in English, Arabic,
// Persian and Russian, in the form of foldName. A whole name weighs more than a
// word of it.
var columnWords = map[Field]string{
	FieldID:        "id guid uuid key identifier number شناسه کد معرف المعرف رقم الرقم شماره ид номер код",
	FieldTitle:     "title headline heading subject name عنوان العنوان تیتر سرتیتر заголовок название тема",
	FieldText:      "text body articlebody content contents article fulltext message maintext متن محتوا نص النص المحتوی الخبر خبر текст содержание содержимое статья сообщение",
	FieldAuthor:    "author authors byline creator writer by نویسنده کاتب الکاتب المولف المحرر автор авторы",
	FieldURL:       "url link href permalink uri webpage رابط الرابط پیوند لینک نشانی ссылка адрес",
	FieldPublished: "published date publishedat publisheddate datepublished pubdate publicationdate publishdate datetime timestamp time dtg datetimegroup created createdat تاریخ التاریخ تاریخالنشر تاریخانتشار زمان дата датапубликации опубликовано время",
	FieldUpdated:   "updated updatedat modified modifiedat lastmodified datemodified dateupdated تاریخالتحدیث تاریخبهروزرسانی بهروزرسانی обновлено изменено датаизменения датаобновления",
	FieldLanguage:  "language lang locale زبان لغه اللغه язык",
	FieldLatitude:  "latitude lat عرضجغرافیایی عرضالجغرافی خطالعرض دایرهالعرض широта",
	FieldLongitude: "longitude lon lng long طولجغرافیایی خطالطول долгота",
	FieldPlace:     "place location city placename مکان المکان محل الموقع место город местоположение",
	FieldMarking:   "marking markings classification securitymarking protectivemarking releasability tlp درجهالسریه التصنیفالامنی طبقهبندی гриф грифсекретности",
	FieldSource:    "source publisher outlet agency channel newspaper منبع مصدر المصدر وکاله خبرگزاری ناشر источник издание издатель агентство",
}

// GuessMapping tells which column most likely holds which field, from the names
// in header and from the rows of sample, which may be shorter than header. A
// field that no column fits is not in the answer.
func GuessMapping(header []string, sample [][]string) Mapping {
	m := Mapping{}
	used := make([]bool, len(header))
	looks := make([]look, len(header))
	for i := range header {
		looks[i] = lookAt(i, sample)
	}
	// The best pair of field and column first, until none is good enough.
	for {
		best, field, column := 49, Field(""), -1
		for _, f := range Fields() {
			if _, done := m[f]; done {
				continue
			}
			for i, name := range header {
				if used[i] {
					continue
				}
				if score := nameScore(f, name) + looks[i].score(f); score > best {
					best, field, column = score, f, i
				}
			}
		}
		if column < 0 {
			return m
		}
		m[field], used[column] = header[column], true
	}
}

// nameScore is 100 for a name that is a field's, 60 for one that has a word of
// it, 0 for others.
func nameScore(f Field, name string) int {
	words := strings.Fields(columnWords[f])
	parts := foldName(name)
	joined := strings.Join(parts, "")
	score := 0
	for _, w := range words {
		if w == joined {
			return 100
		}
		for _, part := range parts {
			if part == w {
				score = 60
			}
		}
	}
	return score
}

// foldName divides a column's name into words of one spelling.
func foldName(name string) []string {
	var b strings.Builder
	var before rune
	for _, r := range name {
		switch {
		case r == 'أ', r == 'إ', r == 'آ':
			r = 'ا'
		case r == 'ي', r == 'ى', r == 'ئ':
			r = 'ی'
		case r == 'ك':
			r = 'ک'
		case r == 'ة':
			r = 'ه'
		case r == 'ؤ':
			r = 'و'
		case r == 'ё':
			r = 'е'
		case unicode.Is(unicode.Mn, r), r == '\u200c', r == '\u0640':
			continue
		}
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			b.WriteByte(' ')
		}
		before = r
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		} else {
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// look is what the values of one column are like.
type look struct {
	values   int // that are not empty
	runes    int // of all of them
	urls     int
	dates    int
	serials  int // numbers that a spreadsheet may mean as dates
	numbers  int
	degrees  int // numbers of -180..180
	repeated bool
}

func lookAt(column int, sample [][]string) look {
	var l look
	seen := map[string]bool{}
	for _, row := range sample {
		if column >= len(row) || strings.TrimSpace(row[column]) == "" {
			continue
		}
		v := strings.TrimSpace(row[column])
		l.values++
		l.runes += utf8.RuneCountInString(v)
		l.repeated = l.repeated || seen[v]
		seen[v] = true
		if isURL(v) {
			l.urls++
		}
		if n, err := strconv.ParseFloat(decimal(v), 64); err == nil {
			l.numbers++
			if n >= -180 && n <= 180 {
				l.degrees++
			}
			if _, ok := serialDay(decimal(v), false); ok {
				l.serials++
			}
			continue
		}
		if _, ok := gather.ParseDate(v, centre.BasisColumn); ok || len(v) < 40 && twoWays.MatchString(latinDigits(v)) {
			l.dates++
		}
	}
	return l
}

// score tells how well the values fit a field: above 49 the values alone are
// enough, below zero they speak against what the name says.
func (l look) score(f Field) int {
	if l.values == 0 {
		return 0
	}
	average, all := l.runes/l.values, func(n int) bool { return n*5 >= l.values*4 }
	switch f {
	case FieldText:
		switch {
		case l.urls > 0 && all(l.urls), all(l.numbers), all(l.dates):
			return -60
		case average >= 200:
			return 60
		case average >= 80:
			return 50
		case average < 20:
			return -20
		}
	case FieldTitle:
		if all(l.numbers) || all(l.urls) || average > 500 {
			return -80
		}
	case FieldAuthor, FieldSource, FieldPlace:
		if average > 200 || all(l.numbers) {
			return -80
		}
	case FieldURL:
		if all(l.urls) {
			return 60
		}
		return -70
	case FieldPublished, FieldUpdated:
		switch {
		case all(l.dates) && f == FieldPublished:
			return 50
		case all(l.dates + l.serials):
			return 10
		case l.dates+l.serials == 0:
			return -60
		}
	case FieldLatitude, FieldLongitude:
		if !all(l.degrees) {
			return -100
		}
	case FieldID:
		if l.repeated || average > 300 {
			return -100
		}
	case FieldLanguage:
		if average > 30 || all(l.numbers) {
			return -80
		}
	}
	return 0
}

// looksLikeHeader tells the names of columns from a first row of values.
func looksLikeHeader(row []string) bool {
	named := 0
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if utf8.RuneCountInString(cell) > 80 || isURL(cell) || aNumber.MatchString(cell) {
			return false
		}
		if _, isDate := gather.ParseDate(cell, centre.BasisColumn); isDate {
			return false
		}
		for _, other := range row[:i] {
			if strings.TrimSpace(other) == cell {
				return false
			}
		}
		named++
	}
	return named*2 > len(row)
}

var aNumber = regexp.MustCompile(`^[-+]?\d+([.,]\d+)?$`)

// headerOf makes usable column names: trimmed, distinct, none empty.
func headerOf(row []string) []string {
	header := make([]string, len(row))
	seen := map[string]bool{}
	for i, cell := range row {
		name := plainLine(cell)
		if name == "" {
			name = "column " + strconv.Itoa(i+1)
		}
		for base, n := name, 2; seen[name]; n++ {
			name = base + " (" + strconv.Itoa(n) + ")"
		}
		seen[name] = true
		header[i] = name
	}
	return header
}

// count prints a number with its noun.
func count(n int, noun string) string {
	if n == 1 || noun == "more" {
		return strconv.Itoa(n) + " " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
