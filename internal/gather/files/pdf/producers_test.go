package pdf

import (
	"os"
	"path/filepath"
	"testing"
)

// The files were made for this test. Chromium's printer draws from left to right
// and states each letter as the ActualText of a glyph whose font and place it sets
// within; cairo draws from right to left, and states the sign between two letters
// as the ActualText of nothing. Both hold ligatures of two letters, and a line in
// which an address has more letters than the words around it.
func TestFilesOfProducersComeInReadingOrder(t *testing.T) {
	for name, want := range map[string]string{
		"arabic-chromium": "تقرير عن مركز بغداد\n\n" +
			"أعلنت الشرطة العراقية في بغداد يوم 26 سبتمبر 2015 أن الجسر مفتوح أمام المركبات. وقال الأستاذ أحمد إن الأوضاع هادئة (نسبيا) في الموصل، وإن 12,5% من الطرق مغلقة.\n\n" +
			"شُكراً لِلْجَمِيعِ. السلام عليكم ولا تنسوا الإبلاغ عن لاجئين. موقع BBC Arabic نشر الخبر على http://example.org/a في 10:30 صباحا.\n\n" +
			"المدينة\tالسكان\nكركوك\t٨٥٠٬٠٠٠",
		"persian-chromium": "گزارش از تهران\n\n" +
			"پلیس اعلام کرد که در روز ۲۶ سپتامبر ۲۰۱۵ پلی در شمال تهران بسته شد. مقام‌ها می‌گویند که وضعیت «آرام» است و چهار نفر زخمی شده‌اند.\n\n" +
			"خبرگزاری Reuters این خبر را تأیید کرد.",
		"persian-cairo": "گزارش از تهران\n\n" +
			"پلیس اعلام کرد که در روز ۲۶ سپتامبر ۲۰۱۵ پلی در شمال تهران بسته شد. مقام‌ها می‌گویند که وضعیت «آرام» است و چهار نفر زخمی شده‌اند.\n" +
			"خبرگزاری Reuters این خبر را تأیید کرد.",
	} {
		t.Run(name, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join("testdata", name+".pdf"))
			if err != nil {
				t.Fatal(err)
			}
			if got := read(t, content).Text; got != want {
				t.Errorf("it reads\n%s\nnot\n%s", got, want)
			}
		})
	}
}

// A cell is read by itself: a title from right to left does not turn a date.
func TestTheCellsOfALineKeepTheirOwnDirection(t *testing.T) {
	w := &writer{}
	w.pages = []string{w.draw(72, 700, split("26/9/2015, 3:27 AM")) + w.draw(300, 700, visual(t, "تقرير", true))}
	if got, want := read(t, w.bytes()).Text, "تقرير\t26/9/2015, 3:27 AM"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}

func TestATextThatStandsForNothingDrawnIsReadWhereItWasStated(t *testing.T) {
	w := &writer{}
	w.pages = []string{"/Span<</ActualText(Bridge)>>BDC " + w.draw(72, 700, split("xyz")) + "EMC " + w.draw(90, 700, split(" is")) + "/Span<</ActualText()>>BDC " + w.draw(108, 700, split("-")) + "EMC\n"}
	if got, want := read(t, w.bytes()).Text, "Bridge is"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
