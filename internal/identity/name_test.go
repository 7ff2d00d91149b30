package identity

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSpellings holds that the spellings of one name sound alike, each like each.
func TestSpellings(t *testing.T) {
	for _, line := range []string{
		"Lavrov لافروف Лавров لاوروف Лаврова Лавровым",
		"Ja'fari Jaafari الجعفري Джафари جعفری al-Jaafari",
		"Muallem Moallem المعلم Муаллем al-Muallem Муаллема",
		"Peskov بيسكوف Песков پسکوف Песковым",
		"Zakharova زاخاروفا Захарова زاخارووا Захаровой",
		"Putin بوتين Путин پوتین Путиным Путину",
		"Assad الأسد Асад اسد al-Assad Асадом",
		"Abadi العبادي Абади العبادی al-Abadi",
		"Haider حيدر Хайдер حیدر Haidar",
		"Ibrahim إبراهيم Ибрагим ابراهیم Ebrahim Ибрагимом",
		"Hussein حسين Хусейн حسین Hossein Husain",
		"Rouhani روحاني Роухани روحانی Rohani Рухани",
		"Zarif ظريف Зариф ظریف",
		"Soleimani سليماني Сулеймани سلیمانی Suleimani",
		"Khamenei خامنئي Хаменеи خامنه‌ای",
		"Abdullah عبدالله Абдулла Abdallah عبد‌الله Abdollah",
		"Walid وليد Валид ولید",
		"Shoigu شويغو Шойгу شویگو Shoygu",
		"Medvedev ميدفيديف Медведев مدودف",
		"Nasrallah نصرالله Насралла",
		"Erdogan أردوغان Эрдоган اردوغان Erdoğan",
		"Othman عثمان Осман Усман Osman",
		"Barzani بارزاني Барзани بارزانی",
		"Sergey سيرغي Сергей سرگئی سيرجي Sergei Сергеем",
		"Gerasimov غيراسيموف Герасимов گراسیموف",
		"Dawood داود Дауд Daoud داوود",
		"Khaled خالد Халед Khalid",
		"Maliki المالكي Малики مالکی al-Maliki",
	} {
		words := strings.Fields(line)
		for i, a := range words {
			for _, b := range words[i+1:] {
				if !SameSound(a, b) {
					t.Errorf("%s %v and %s %v do not sound alike", a, Keys(a), b, Keys(b))
				}
			}
		}
	}
}

func TestOtherNames(t *testing.T) {
	for _, line := range []string{
		"Mohammed Mahmoud", "محمد محمود", "Мухаммед Махмуд", "Mohammed محمود", "Hassan Hussein", "حسن حسين", "Ahmed Hamid",
		"Lavrov Larionov", "Assad Saad", "Ali Lee", "Jaafari Zafari", "Khalid Walid", "Omar Amir", "Nasser Nasrallah",
		"Karim Akram", "Fallon Fuller", "Putin Patton", "Hamid Ahmad", "Jamil Jamal", "Samir Omar",
	} {
		a, b, _ := strings.Cut(line, " ")
		if SameSound(a, b) {
			t.Errorf("%s %v and %s %v sound alike", a, Keys(a), b, Keys(b))
		}
	}
}

func TestCompounds(t *testing.T) {
	for _, line := range []string{
		"Abd al-Rahman/Abdul Rahman/Abdulrahman/عبد الرحمن/عبدالرحمن/Абдуррахман/Абдель Рахман",
		"Abu Bakr/Abou Bakr/أبو بكر/ابوبکر/Абу Бакр",
		"Salah al-Din/Salahuddin/Salaheddin/صلاح الدين/صلاح‌الدین/Салах ад-Дин",
		"Nasr Allah/نصر الله/Nasrallah",
	} {
		names := strings.Split(line, "/")
		for _, other := range names[1:] {
			a, b := ParseName(names[0]), ParseName(other)
			if len(a.Words) != 1 || len(b.Words) != 1 || a.Words[0].like(&b.Words[0]) < alike {
				t.Errorf("%s %v and %s %v", names[0], a.Words, other, b.Words)
			}
		}
	}
	if n := ParseName("Mohammed bin Salman Al Saud"); len(n.Words) != 3 || !n.Words[1].Patronymic {
		t.Errorf("%+v", n)
	}
}

func TestNothing(t *testing.T) {
	for _, text := range []string{"", "  ", "…", "123", "\u202e\u200f", "😀", "-", "ـــ", "ً", "a", "、"} {
		n := ParseName(text)
		if Relate(n, n) != Nothing && text != "a" {
			t.Errorf("%q is like itself: %+v", text, n)
		}
	}
}

func FuzzParseName(f *testing.F) {
	for _, seed := range []string{"Abd al-Rahman bin Ali", "أبو بكر البغدادي", "Дмитрий Песков", "خامنه‌ای", "al-", "بن بن بن", "abd abd abd", "Abu", "\u202eوزير", "عبد ال"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n := ParseName(text)
		if len(n.Words) > maxNameWords {
			t.Fatalf("%d words", len(n.Words))
		}
		for _, w := range n.Words {
			if !utf8.ValidString(w.Text) && utf8.ValidString(text) || len(w.Keys) > maxKeys {
				t.Fatalf("%+v", w)
			}
			for _, k := range w.Keys {
				if strings.Trim(k, "abcdefghijklmnopqrstuvwxyz_") != "" || k == "" {
					t.Fatalf("key %q of %q", k, text)
				}
			}
		}
		if r := Relate(n, n); len(n.Words) > 1 && r == Apart {
			t.Fatalf("%q is apart from itself", text)
		}
	})
}
