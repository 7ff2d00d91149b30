package text

import "strings"

// months are the names of the Gregorian months, as foldMonth folds them.
var months = monthNames(
	"january jan january. janvier ocak января يناير|كانون الثاني|ژانویه|января|янв|январь|januar|enero",
	"february feb février fevrier şubat февраля|فبراير|شباط|فوریه|февр|фев|februar|febrero",
	"march mar mars mart марта|مارس|آذار|اذار|märz|marzo",
	"april apr avril nisan апреля|أبريل|نيسان|إبريل|آوریل|апр|abril",
	"may mai mayıs мая|مايو|أيار|ایار|مه|mayo",
	"june jun juin haziran июня|يونيو|حزيران|ژوئن|juni|junio",
	"july jul juillet temmuz июля|يوليو|تموز|ژوئیه|جولای|juli|julio",
	"august aug août aout ağustos августа|أغسطس|آب|اوت|авг|agosto",
	"september sept sep septembre eylül сентября|سبتمبر|أيلول|سپتامبر|сент|сен|septiembre",
	"october oct octobre ekim октября|أكتوبر|تشرين الأول|اکتبر|окт|oktober|octubre",
	"november nov novembre kasım ноября|نوفمبر|تشرين الثاني|نوامبر|нояб|ноя|noviembre",
	"december dec décembre decembre aralık декабря|ديسمبر|كانون الأول|دسامبر|дек|dezember|diciembre",
)

// solarMonths are the months of the Solar Hijri calendar.
var solarMonths = monthNames("فروردین|فروردين", "اردیبهشت|ثور", "خرداد|جوزا", "تیر|سرطان", "مرداد|امرداد|اسد", "شهریور|سنبله",
	"مهر|میزان", "آبان|عقرب", "آذر|قوس", "دی|جدی", "بهمن|دلو", "اسفند|حوت")

func monthNames(lists ...string) map[string]int {
	names := map[string]int{}
	for i, list := range lists {
		for j, part := range strings.Split(list, "|") {
			part = strings.Map(foldMonth, part)
			if j > 0 { // names of two words stay whole
				names[part] = i + 1
				continue
			}
			for name := range strings.FieldsSeq(part) {
				names[name] = i + 1
			}
		}
	}
	return names
}

// sentenceWords put a date into a sentence.
var sentenceWords = func() map[string]bool {
	words := map[string]bool{}
	for w := range strings.FieldsSeq("on in updated modified edited since by from until till before after between of at the this last next during as " +
		"в во с со по до на к от около за после " + "في من منذ حتى قبل بعد یوم یوم عام سنة " + "در از تا روز پس پیش " + "le du depuis au dès am seit") {
		words[strings.Map(foldMonth, w)] = true
	}
	return words
}()
