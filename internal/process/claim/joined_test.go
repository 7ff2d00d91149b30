package claim_test

import "testing"

// TestTwoSayOneThing: an attribution that says nothing yet says what the one joined
// to it does.
func TestTwoSayOneThing(t *testing.T) {
	hold(t, "en", []spec{
		{`The minister said, and the army later confirmed, that the town had fallen.`,
			`ASSERT | The minister | the town had fallen
			CONFIRM | the army | the town had fallen`},
		{`The mayor said, but the police denied, that shots were fired.`,
			`ASSERT | The mayor | shots were fired
			DENY | the police | shots were fired`},
		{`The minister said, and later repeated, that the town had fallen.`, `ASSERT | The minister | the town had fallen`},
	})
	hold(t, "ru", []spec{
		{`Министр заявил, а армия позднее подтвердила, что город пал.`,
			`ASSERT | Министр | город пал
			CONFIRM | армия | город пал`},
		{`Мэр сказал и повторил, что мост закрыт.`, `ASSERT | Мэр | мост закрыт`},
	})
	hold(t, "ar", []spec{
		{`قال الوزير، وأكد الجيش لاحقاً، أن المدينة سقطت.`,
			`ASSERT | الوزير | المدينة سقطت
			CONFIRM | الجيش | المدينة سقطت`},
	})
	hold(t, "fa", []spec{
		{`وزیر گفت و ارتش تأیید کرد که شهر سقوط کرده است.`,
			`ASSERT | وزیر | شهر سقوط کرده است
			CONFIRM | ارتش | شهر سقوط کرده است`},
		{`وزیر گفت و افزود که شهر سقوط کرده است.`, `ASSERT | وزیر | شهر سقوط کرده است`},
	})
}

// TestPersianTurns: a speaker behind all that is said, what is confirmed beside it,
// refusals that are no verb of their own, and objects that the text has told of.
func TestPersianTurns(t *testing.T) {
	hold(t, "fa", []spec{
		{`شبه‌نظامیان به پاسگاه پلیس حمله کردند، یک مقام محلی روز پنجشنبه به خبرنگاران گفت.`, `ASSERT | یک مقام محلی | شبه‌نظامیان به پاسگاه پلیس حمله کردند | at 2015-10-15, to خبرنگاران`},
		{`علی لاریجانی، رئیس مجلس، گفت جاده بسته است.`, `ASSERT | علی لاریجانی | جاده بسته است`},
		{`استاندار خوزستان با تأیید قطع برق در پنج شهر گفت علت حادثه ریزگردها بوده است.`,
			`CONFIRM | استاندار خوزستان | قطع برق در پنج شهر
			ASSERT | استاندار خوزستان | علت حادثه ریزگردها بوده است`},
		{`سخنگوی دولت ضمن رد این ادعا گفت بودجه تصویب شده است.`,
			`DENY | سخنگوی دولت | این ادعا | alone
			ASSERT | سخنگوی دولت | بودجه تصویب شده است`},
		{`سخنگوی ارتش از ذکر نام گروه‌ها خودداری کرد. ایران از ارسال نیرو خودداری کرد.`, `DECLINE | سخنگوی ارتش | نام گروه‌ها`},
		{`مسکو این خبر را تأیید یا تکذیب نکرد.`, `DECLINE | مسکو | این خبر`},
		{`خبرگزاری فارس نوشت که پل منفجر شده است، اما بعد این خبر را حذف کرد.`,
			`ASSERT | خبرگزاری فارس | پل منفجر شده است
			RETRACT | خبرگزاری فارس | این خبر | answers 1`},
		{`ستاد کل نیروهای مسلح نیز وقوع حادثه را تکذیب کرد.`, `DENY | ستاد کل نیروهای مسلح | وقوع حادثه`},
		{`روزنامه شرق از قول یکی از نمایندگان مجلس نوشت بودجه آماده است.`, `ASSERT | روزنامه شرق > یکی از نمایندگان مجلس | بودجه آماده است`},
		{`دمشق در نامه‌ای به شورای امنیت به این اقدام اعتراض کرد.`, `ASSERT | دمشق | این اقدام`},
	})
}

// TestEnglishTurns: a relative clause in the middle, documents that come out or that
// somebody has seen, reports taken down.
func TestEnglishTurns(t *testing.T) {
	hold(t, "en", []spec{
		{`The coalition, which earlier said it had shot the missile down, has not responded.`,
			`ASSERT | The coalition | it had shot the missile down
			DECLINE | The coalition | `},
		{`According to a document seen by the Financial Herald, Iraq asked for a loan in July.`, `ASSERT | Financial Herald > a document | Iraq asked for a loan in July`},
		{`The ministry published a statement on the talks on Monday.`, ``},
		{`The channel deleted the report. The army pulled its troops from the town.`, `RETRACT | The channel | the report`},
		{`The ministry refused to confirm or deny the report.`, `DECLINE | The ministry | the report`},
		{`“They exported more,” ministry spokesman Asim Jihad said by phone.`, `ASSERT | Asim Jihad | They exported more | quoted`},
		{`Residents reached by telephone said the shelling began at noon.`, `ASSERT | Residents | the shelling began at noon`},
		{`Downing Street hit back at claims that jets had been grounded.`, `DENY | Downing Street | jets had been grounded`},
	})
}

// TestOneClauseThatSaysTwoThings: each half with a verb of its own is a statement, who
// answers both answers each, and a clause that may go on within stays in one piece.
func TestOneClauseThatSaysTwoThings(t *testing.T) {
	hold(t, "en", []spec{
		{`Local media say Jordan is sending lorries and tents to Daraa and building a camp near the border, but officials deny this.`,
			`ASSERT | Local media | Jordan is sending lorries and tents to Daraa
			ASSERT | Local media | Jordan is … building a camp near the border
			DENY | officials |  | answers 1
			DENY | officials |  | answers 2`},
		{`The ministry said the road had been closed and would stay shut until Monday.`,
			`ASSERT | The ministry | the road had been closed | fact
			ASSERT | The ministry | the road … would stay shut until Monday | plan`},
		{`The governor said that the bridge was destroyed and that two villages were cut off.`,
			`ASSERT | The governor | the bridge was destroyed
			ASSERT | The governor | two villages were cut off`},
		{`The mayor said talks between Iran and Iraq were held in Basra and Baghdad.`, `ASSERT | The mayor | talks between Iran and Iraq were held in Basra and Baghdad`},
		{`The army said it was planning on ending the war and leaving the town.`, `ASSERT | The army | it was planning on ending the war and leaving the town`},
		{`The mayor said the people who were hurt and were taken away had recovered.`, `ASSERT | The mayor | the people who were hurt and were taken away had recovered`},
	})
	hold(t, "ru", []spec{
		{`Министр заявил, что мост закрыт и что дорога заминирована.`,
			`ASSERT | Министр | мост закрыт
			ASSERT | Министр | дорога заминирована`},
	})
	hold(t, "ar", []spec{
		{`قال الوزير إن الجسر مغلق وإن الطريق ملغوم بالكامل.`,
			`ASSERT | الوزير | الجسر مغلق
			ASSERT | الوزير | الطريق ملغوم بالكامل`},
	})
	hold(t, "fa", []spec{
		{`وزیر گفت که پل بسته است و اینکه جاده مین‌گذاری شده است.`,
			`ASSERT | وزیر | پل بسته است
			ASSERT | وزیر | جاده مین‌گذاری شده است`},
	})
}
