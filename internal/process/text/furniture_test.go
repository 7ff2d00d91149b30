package text

import (
	"slices"
	"strings"
	"testing"
)

// What stands around the text of news, in four languages. In a body, | divides
// lines; what is marked must be the whole of a line or of lines.
func TestWhatStandsAroundAText(t *testing.T) {
	const begin, end = "Officers of four states met in Baghdad on Saturday, a spokesman said.\n\n", "\n\nThey will meet again in a month, he said, and share what they know."
	for _, c := range []struct {
		kind  string // "" for running text
		lines []string
	}{
		{"boilerplate", []string{ // English
			"READ MORE: Officers leave", "LISTEN MORE:", "WATCH MORE: Officers leave", "Read also: Officers leave", "© Agency / A. Photographer", "© 2015 Agency", "Photo: Agency",
			"FILE PHOTO: Officers in Baghdad, September 2015", "Photo by A. Photographer / Agency", "(Reporting by A. Writer, editing by B. Other)", "Reporting by A. Writer; Editing by B. Other",
			"With inputs from agencies", "Follow us on Twitter", "Follow @a_writer on Twitter", "Sign up for our newsletter", "Tags: Iraq, Baghdad", "Related articles:",
			"The views expressed in this article are those of the author alone.", "Published time: 26 Sep, 2015 18:32", "Edited time: 27 Sep, 2015 07:04", "Share this article", "Advertisement",
		}},
		{"boilerplate", []string{ // Russian
			"Читайте также: Офицеры уехали", "ЧИТАЙТЕ ТАКЖЕ", "Читать далее", "Подробнее: Офицеры уехали", "Смотрите также: Офицеры уехали", "© Агентство / А. Фотограф", "Фото: Агентство", "Фото Агентство/А. Фотограф",
			"Источник: Агентство", "Подписывайтесь на наш канал в Telegram", "Нашли опечатку? Выделите её и нажмите Ctrl+Enter", "Теги: Ирак, Багдад", "Материалы по теме", "Материалы по теме:",
			"Мнение автора может не совпадать с позицией редакции.", "Все права защищены.", "Поделиться", "Следите за новостями в нашем канале", "По теме: Офицеры уехали",
		}},
		{"boilerplate", []string{ // Arabic
			"اقرأ أيضا: غادر الضباط", "اقرأ أيضاً: غادر الضباط", "اقرأ أيضًا", "إقرأ أيضاً: غادر الضباط", "للمزيد: غادر الضباط", "شاهد أيضاً: غادر الضباط", "شاهد: غادر الضباط", "المصدر: وكالات", "المصدر : الوكالة",
			"© الوكالة", "جميع الحقوق محفوظة © 2015", "تابعونا على تويتر", "تابعوا آخر الأخبار على قناتنا", "مواضيع ذات صلة:", "كلمات مفتاحية: العراق، بغداد", "الآراء الواردة في هذا المقال لا تعبر عن رأي الموقع.", "انتهى", "(انتهى)", "تحرير: حسن علي", "صورة: الوكالة",
		}},
		{"boilerplate", []string{ // Persian
			"بیشتر بخوانید: افسران رفتند", "بیشتر بخوانید", "بخوانید: افسران رفتند", "همچنین ببینید: افسران رفتند", "مطالب مرتبط:", "اخبار مرتبط", "منبع: خبرگزاری", "منبع : خبرگزاری", "عکس: خبرگزاری", "عکس از خبرگزاری", "ویدئو: افسران رفتند",
			"کد خبر: 123456", "انتهای پیام", "انتهای پیام/ح", "برچسب\u200cها: عراق، بغداد", "لینک کوتاه: https://example.org/a", "تمامی حقوق محفوظ است", "© خبرگزاری", "ما را در تلگرام دنبال کنید", "به کانال ما بپیوندید", "تاریخ انتشار: ۴ مهر ۱۳۹۴",
		}},
		{"byline", []string{
			"By A. Writer", "By Anna Writer and Ben Other", "Written by A. Writer", "Автор: Анна Иванова", "Текст: Анна Иванова", "Корреспондент: Анна Иванова", "بقلم: حسن علي", "كتب: حسن علي", "إعداد: حسن علي", "نوشته: حسن علی", "نویسنده: حسن علی", "گزارش از: حسن علی", "خبرنگار: حسن علی",
		}},
		{"embedded", []string{
			"We see the officers now pic.twitter.com/a1B2c3D4e5", "pic.twitter.com/a1B2c3D4e5", "We see the officers now https://t.co/a1B2c3D4e5 — A. Writer (@a_writer) September 26, 2015",
			"Мы видим офицеров — А. Автор (@a_writer) 26 сентября 2015 г.", "نرى الضباط الآن — حسن علي (@a_writer) 26 سبتمبر 2015", "نرى الضباط الآن pic.twitter.com/a1B2c3D4e5", "افسران را می\u200cبینیم — حسن علی (@a_writer) ۲۶ سپتامبر ۲۰۱۵",
			"@a_writer: We see the officers now", "RT @a_writer: We see the officers now", "A. Writer (@a_writer)|We see the officers now.|6:30 PM - 26 Sep 2015", "A. Writer @a_writer|We see the officers now.|18:30 - 26 сент. 2015 г.",
			"View this post on Instagram", "Посмотреть эту публикацию в Instagram",
		}},
		{"", []string{
			"Read more than one book, he said.", "Related matters were discussed.", "Sources in the city said more.", "The photo shows them all.", "Watch what they do, he said.", "Following the meeting they left.", "By Friday they had left.",
			"Published reports said otherwise.", "Источник в правительстве это подтвердил.", "Фото показывает всех.", "Подробнее об этом он не сказал.", "Видео появилось в сети.", "Читать он не умеет.", "По теме встречи он не говорил.",
			"المصدر قال إنه لا يعلم.", "شاهد الناس الضباط في المدينة.", "انتهى الاجتماع مساء السبت.", "صورة الوضع ليست واضحة.", "كتب الوزير رسالة إلى المجلس.", "تحرير المدينة بدأ أمس، قال القائد.",
			"منبع آگاه این خبر را تأیید کرد.", "عکس آنها در شهر است.", "گزارش از وضعیت خوب نیست.", "خبرنگار ما آن را دید.", "بخوانید و بدانید، او گفت.", "The account @a_writer was closed, he said.", "He wrote to @a_writer about it, and got no answer.",
		}},
	} {
		for _, line := range c.lines {
			line = strings.ReplaceAll(line, "|", "\n")
			content := join("", begin+line+end)
			runes := []rune(content.Text)
			var got, want []string
			for _, p := range parts(content) {
				got = append(got, string(p.Kind)+" "+string(runes[p.Start:p.End]))
			}
			if c.kind != "" {
				want = []string{c.kind + " " + line}
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q for %q", got, want, line)
			}
		}
	}
}

// An agency's or an editor's signature is the last line of a text.
func TestSignatures(t *testing.T) {
	const begin = "Officers of four states met in Baghdad on Saturday, a spokesman said.\n\nThey left.\n\n"
	for line, signed := range map[string]bool{
		"(Agency)": true, "— Agency": true, "A.W./B.O.": true, "AGENCY/aw/bo": true, "— Агентство": true, "ح.ع/س.م": true, "(الوكالة)": true, "/انتهى/": true, "الوكالة/ح.ع": true, "ح/ع": true,
		"They left.": false, "(They left.)": false, "The end": false, "5/6": false, "and/or they stay, he said in Baghdad": false, "1. State": false,
	} {
		content := join("", begin+line)
		if got := len(parts(content)) == 1; got != signed {
			t.Errorf("%q: signature %v, want %v", line, got, signed)
		}
	}
}
