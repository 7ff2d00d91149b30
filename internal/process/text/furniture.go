package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// phrases are the beginnings of lines, by their first byte in small letters.
type phrases map[byte][]string

func phraseList(list string) phrases {
	m := phrases{}
	for p := range strings.SplitSeq(list, "|") {
		p = strings.ToLower(strings.TrimSpace(p))
		m[p[0]] = append(m[p[0]], p)
	}
	return m
}

// beginning gives what follows the phrase with which a line begins.
func (m phrases) beginning(line string) (rest string, ok bool) {
	line = strings.TrimLeft(line, "([•*- ")
	if line == "" {
		return "", false
	}
	c := line[0]
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	if c == 0xD0 || c == 0xD1 { // Cyrillic capitals begin with either
		for _, lead := range []byte{0xD0, 0xD1} {
			for _, p := range m[lead] {
				if len(line) >= len(p) && strings.EqualFold(line[:len(p)], p) {
					return line[len(p):], true
				}
			}
		}
		return "", false
	}
	for _, p := range m[c] {
		if len(line) >= len(p) && strings.EqualFold(line[:len(p)], p) {
			return line[len(p):], true
		}
	}
	return "", false
}

// always begin boilerplate. Mostly do where the line is short or goes on with a
// colon. Labels do where a colon follows or nothing. Credits do in a line of a
// few words that is no sentence.
var (
	always = phraseList("©|copyright ©|copyright (c)|(c) 20|all rights reserved|(reporting by|reporting by|(additional reporting|additional reporting by|(editing by|our standards:|" +
		"subscribe to our|sign up for our|sign up to|follow us on|follow @|like us on|join our telegram|download our app|this article was originally published|this story has been updated|" +
		"the associated press contributed|with inputs from|with files from|the views expressed in|views expressed in this|opinions expressed in this|the statements, views and opinions|" +
		"читайте также|читайте нас|подписывайтесь на|подпишитесь на|все права защищены|при использовании материалов|материал подготовлен|нашли опечатку|заметили ошибку|" +
		"мнение автора может|мнение редакции может|следите за новостями|следите за нашими|оригинал статьи|" +
		"جميع الحقوق محفوظة|حقوق النشر|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا|اقرأ المزيد|تابعونا على|تابعنا على|تابعوا آخر|لمتابعة آخر|اشترك في|انضم إلى قناتنا|الآراء الواردة|" +
		"بیشتر بخوانید|همچنین بخوانید|ادامه مطلب|کلیه حقوق|تمامی حقوق|ما را دنبال کنید|انتهای پیام|به کانال|بازنشر مطالب")
	mostly = phraseList("read more|listen more|watch more|watch live|read also|see also|also read|related|more on this|more:|subscribe|advertisement|share this|share on|click here|" +
		"читать далее|подробнее|реклама|поделиться|по теме|материалы по теме|смотрите также|слушайте также|" +
		"المزيد|شاهد أيضا|مواضيع ذات صلة|إعلان|" +
		"مطالب مرتبط|اخبار مرتبط|تبلیغات")
	labels = phraseList("file photo|photo|photos|image|video|source|watch|tags|topics|keywords|filed under|published time|edited time|published|updated|last updated|last modified|photo credit|image credit|disclaimer|" +
		"источник|фото|видео|фотография|теги|метки|ключевые слова|опубликовано|обновлено|слушайте|смотрите|" +
		"المصدر|للمزيد|شاهد|تحرير|صورة|الصورة|فيديو|كلمات مفتاحية|الكلمات المفتاحية|وسوم|نشر في|آخر تحديث|" +
		"منبع|عکس|فیلم|ویدئو|ویدیو|بخوانید|ببینید|همچنین ببینید|کد خبر|شناسه خبر|برچسب‌ها|برچسب ها|لینک کوتاه|تاریخ انتشار|کلیدواژه")
	credits = phraseList("photo by|photograph by|picture by|фото |фото: |تصوير |صورة من|عکس از")
	// farewells end boilerplate, and farewell is a whole line of it.
	farewells = []string{"ights reserved.", "ights reserved", "دنبال کنید", "دنبال کنید."}
	farewell  = map[string]bool{"انتهى": true, "ends": true, "конец": true}
)

// isBoilerplate tells lines that a publisher puts under every text.
func isBoilerplate(line string) bool {
	if _, ok := always.beginning(line); ok {
		return true
	}
	if rest, ok := mostly.beginning(line); ok {
		r, _ := utf8.DecodeRuneInString(rest)
		return rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " "), ":") || !unicode.IsLetter(r) && len(line) <= 80 && !strings.HasSuffix(line, ".")
	}
	if rest, ok := labels.beginning(line); ok && (rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " "), ":")) {
		return true
	}
	if _, ok := credits.beginning(line); ok && len(line) <= 120 && !strings.HasSuffix(line, ".") && strings.Count(line, " ") < 7 {
		return true
	}
	if len(line) > 160 {
		return false
	}
	for _, end := range farewells {
		if strings.HasSuffix(line, end) {
			return true
		}
	}
	return len(line) < 24 && farewell[strings.ToLower(strings.Trim(line, "()[]/ -–—#"))]
}

// isSignature tells a text's last line that names its agency or, by initials,
// its editors: "(Agency)", "— Agency", "A.W./B.O.", "AGENCY/aw".
func isSignature(line string) bool {
	if len(line) > 48 || strings.ContainsAny(line, ",:;،؛!?؟\"«»") || strings.ContainsFunc(line, unicode.IsDigit) {
		return false
	}
	bare := strings.Trim(line, "()[]—–-/ ")
	words := strings.FieldsFunc(bare, func(r rune) bool { return r == '/' || r == ' ' })
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	marked := bare != line || strings.Contains(bare, "/")
	spaces := strings.Count(bare, " ")
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		letters := utf8.RuneCountInString(w)
		initials := letters <= 4 || strings.Contains(w[:len(w)-1], ".")
		switch {
		case !unicode.IsLetter(r), unicode.IsLower(r) && !initials, strings.HasSuffix(w, ".") && !initials:
			return false
		case unicode.IsLower(r) && spaces > 0, letters > 16:
			return false
		}
	}
	return marked && spaces <= 2
}

var bylines = phraseList("by |written by |author: |автор: |авторы: |автор — |текст: |корреспондент: |بقلم |بقلم: |كتب: |كتبت: |إعداد: |مراسلنا: |نوشته |نوشتهٔ |نویسنده: |به قلم |گزارشگر: |گزارش از: |خبرنگار: |از: ")

// isByline tells a line that names who wrote the text and little else.
func isByline(line string) bool {
	if len(line) > 160 {
		return false
	}
	rest, ok := bylines.beginning(line)
	if !ok || rest == "" {
		return false
	}
	words := strings.FieldsFunc(rest, func(r rune) bool { return r == ' ' || r == ',' || r == '،' })
	if len(words) == 0 || len(words) > 9 {
		return false
	}
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if unicode.IsLower(r) && w != "and" && w != "и" && w != "in" && w != "of" && w != "for" && !(i > 0 && len(w) <= 3) {
			return false
		}
		// A sentence has ended: this is no name.
		if i < len(words)-1 && strings.HasSuffix(w, ".") && utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return !strings.HasSuffix(line, ".") || len(words) <= 4
}
