package claims

import (
	"strconv"
	"strings"
	"sync"

	"entente/internal/lexis"
)

// numberTable are the words of numbers, by language: the value, then its words. One
// is left out, since languages write it for "a", and nine in Persian, which is
// written as "no"; an Arabic dual is not read.
const numberTable = `
en 2 two; 3 three; 4 four; 5 five; 6 six; 7 seven; 8 eight; 9 nine; 10 ten; 11 eleven; 12 twelve; 13 thirteen; 14 fourteen; 15 fifteen; 16 sixteen; 17 seventeen; 18 eighteen; 19 nineteen; 20 twenty; 30 thirty; 40 forty; 50 fifty; 60 sixty; 70 seventy; 80 eighty; 90 ninety; 100 hundred; 1000 thousand; 1000000 million mln; 1000000000 billion bln
ru 2 два две двух двум двумя; 3 три трех трем тремя трое троих; 4 четыре четырех четверо четверых; 5 пять пяти пятеро пятерых; 6 шесть шести шестеро; 7 семь семи семеро; 8 восемь восьми; 9 девять девяти; 10 десять десяти; 11 одиннадцать одиннадцати; 12 двенадцать двенадцати; 13 тринадцать тринадцати; 14 четырнадцать четырнадцати; 15 пятнадцать пятнадцати; 16 шестнадцать; 17 семнадцать; 18 восемнадцать; 19 девятнадцать; 20 двадцать двадцати; 30 тридцать тридцати; 40 сорок сорока; 50 пятьдесят; 60 шестьдесят; 70 семьдесят; 80 восемьдесят; 90 девяносто; 100 сто ста; 200 двести; 300 триста; 400 четыреста; 500 пятьсот; 1000 тысяча тысячи тысяч тысячу тыс; 1000000 миллион миллиона миллионов млн; 1000000000 миллиард миллиарда миллиардов млрд
ar 2 اثنان اثنين اثنتين اثنتان; 3 ثلاثة ثلاث; 4 أربعة أربع; 5 خمسة خمس; 6 ستة ست; 7 سبعة سبع; 8 ثمانية ثماني ثمان; 9 تسعة تسع; 10 عشرة; 20 عشرون عشرين; 30 ثلاثون ثلاثين; 40 أربعون أربعين; 50 خمسون خمسين; 60 ستون ستين; 70 سبعون سبعين; 80 ثمانون ثمانين; 90 تسعون تسعين; 100 مئة مائة; 200 مئتان مئتين مائتي مئتي; 300 ثلاثمئة ثلاثمائة; 400 أربعمئة أربعمائة; 500 خمسمئة خمسمائة; 1000 ألف آلاف; 1000000 مليون ملايين; 1000000000 مليار مليارات
fa 2 دو; 3 سه; 4 چهار; 5 پنج; 6 شش; 7 هفت; 8 هشت; 10 ده; 11 یازده; 12 دوازده; 13 سیزده; 14 چهارده; 15 پانزده; 16 شانزده; 17 هفده; 18 هجده; 19 نوزده; 20 بیست; 30 سی; 40 چهل; 50 پنجاه; 60 شصت; 70 هفتاد; 80 هشتاد; 90 نود; 100 صد; 200 دویست; 300 سیصد; 400 چهارصد; 500 پانصد; 1000 هزار; 1000000 میلیون; 1000000000 میلیارد
`

// numberWords gives the value of a normalised word, by language.
var numberWords = sync.OnceValue(func() map[string]map[string]float64 {
	table := map[string]map[string]float64{}
	for line := range strings.Lines(strings.TrimSpace(numberTable)) {
		language, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		table[language] = map[string]float64{}
		for entry := range strings.SplitSeq(list, "; ") {
			value, words, _ := strings.Cut(entry, " ")
			n, err := strconv.ParseFloat(value, 64)
			if err != nil {
				panic(err) // a test reads it
			}
			for _, w := range lexis.Words(words) {
				table[language][w.Text] = n
			}
		}
	}
	return table
})

// number reads the number that begins at words[i], in digits ("3.2", "4,000",
// "٣٫٢") or in words ("twenty-five", "четыре тысячи"), with the thousands, millions
// and billions behind it. used is how many words it has; 0 where none begins there.
// points are the text that the words were cut from. A comma or point before
// exactly three digits divides thousands, any other one a fraction.
func number(language string, points []rune, words []lexis.Word, i int) (value float64, used int) {
	table := numberWords()[language]
	n := i
	if digits(words[i].Text) {
		text := words[i].Text
		for n++; n < len(words) && digits(words[n].Text) && divides(points, words[n-1].End, words[n].Start); n++ {
			if strings.Contains(text, ".") {
				break
			}
			if len(words[n].Text) != 3 {
				text += "."
			}
			text += words[n].Text
		}
		var err error
		if value, err = strconv.ParseFloat(text, 64); err != nil {
			return 0, 0
		}
	} else {
		first, ok := table[bareNumber(language, words[i].Text)]
		if !ok {
			return 0, 0
		}
		value = first
		n++
		if first >= 20 && first < 100 && n < len(words) && language != "ar" { // twenty-five; Arabic puts five first
			if more, ok := table[words[n].Text]; ok && more < 10 {
				value += more
				n++
			}
		}
	}
	for ; n < len(words); n++ {
		by := table[bareNumber(language, words[n].Text)]
		if by < 1000 && !(by == 100 && value < 10) {
			break
		}
		value *= by
	}
	return value, n - i
}

// bareNumber takes the endings of an accusative off an Arabic word for a number.
func bareNumber(language, word string) string {
	if language == "ar" && (word == "الفا" || word == "مليونا" || word == "مليارا") {
		return strings.TrimSuffix(word, "ا")
	}
	return word
}

func digits(word string) bool {
	return word != "" && !strings.ContainsFunc(word, func(r rune) bool { return r < '0' || r > '9' })
}

// divides tells whether between two runs of digits there is one mark that belongs
// to the number.
func divides(points []rune, end, start int) bool {
	return start == end+1 && strings.ContainsRune(".,٫٬،", points[end])
}

// numberKey is a number as features keep it.
func numberKey(value float64) uint32 {
	return hash("number", strconv.FormatFloat(value, 'f', -1, 64))
}
