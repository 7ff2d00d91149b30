package claim_test

import "testing"

// TestADeniedAccusationIsThatWhichAccuses: who rejects accusations answers whoever
// accused, whatever was said in between.
func TestADeniedAccusationIsThatWhichAccuses(t *testing.T) {
	hold(t, "en", []spec{
		{`The governor blamed Turkey, saying there was no other explanation. The Turkish spokesman dismissed the accusations as meaningless.`,
			`ASSERT | The governor | Turkey
			ASSERT | The governor | there was no other explanation | not
			DENY | The Turkish spokesman | the accusations | answers 1`},
		{`The mayor accused the army of shelling the town. Rain fell, a farmer said. The army rejected the allegations.`,
			`ASSERT | The mayor | the army of shelling the town
			ASSERT | a farmer | Rain fell
			DENY | The army | the allegations | answers 1`},
		{`The mayor accused the army of shelling the town. Rain fell, a farmer said. The army denied the report.`,
			`ASSERT | The mayor | the army of shelling the town
			ASSERT | a farmer | Rain fell
			DENY | The army | the report | answers 2`},
	})
	hold(t, "ar", []spec{
		{`اتهم الوزير الأمريكي إيران بشن الهجوم. وقال المحافظ إن الطريق مغلق. ورفضت الخارجية الإيرانية الاتهامات الأمريكية ووصفتها بأنها لا معنى لها.`,
			`ASSERT | الوزير الأمريكي | إيران بشن الهجوم
			ASSERT | المحافظ | الطريق مغلق
			DENY | الخارجية الإيرانية | الاتهامات الأمريكية | answers 1`},
	})
	hold(t, "ru", []spec{
		{`Губернатор обвинил Турцию в обстреле. Мэр заявил, что дорога закрыта. МИД Турции отверг обвинения.`,
			`ASSERT | Губернатор | Турцию в обстреле
			ASSERT | Мэр | дорога закрыта
			DENY | МИД Турции | обвинения | answers 1`},
	})
}

// TestASemicolonDividesSpeakers: a content ends where behind a semicolon somebody
// else speaks.
func TestASemicolonDividesSpeakers(t *testing.T) {
	hold(t, "en", []spec{
		{`The Kremlin denied that Russia was involved; “Russia has nothing to do with these attacks,” spokesman Dmitry Peskov told reporters.`,
			`DENY | The Kremlin | Russia was involved
			ASSERT | Dmitry Peskov | Russia has nothing to do with these attacks`},
		{`Two officials told Reuters the talks had collapsed; the foreign ministry later called that report “fiction”.`,
			`ASSERT | Reuters > Two officials | the talks had collapsed
			DENY | foreign ministry | that report | answers 1`},
		{`The mayor said the dam had burst; two villages were flooded.`,
			`ASSERT | The mayor | the dam had burst; two villages were flooded`},
		{`The mayor said the dam had burst; the water was falling, the governor said.`,
			`ASSERT | The mayor | the dam had burst
			ASSERT | the governor | the water was falling`},
	})
}

// TestARefusalIsAboutWhatWasAsked: what is confirmed beside it is another matter; a
// quotation that comments on nothing refuses, too.
func TestARefusalIsAboutWhatWasAsked(t *testing.T) {
	hold(t, "en", []spec{
		{`The governor declined to comment on the number of casualties, but confirmed that aircraft carried out six strikes.`,
			`DECLINE | The governor | the number of casualties
			CONFIRM | The governor | aircraft carried out six strikes`},
		{`The ministry declined to comment on whether the base is closed.`, `DECLINE | The ministry | the base is closed`},
		{`“We do not comment on rumours,” a spokeswoman said.`, `DECLINE | a spokeswoman | We do not comment on rumours`},
		{`“I can neither confirm nor deny that,” a Pentagon official said.`, `DECLINE | a Pentagon official | I can neither confirm nor deny that`},
		{`The army said it does not comment on intelligence matters.`, `DECLINE | The army | intelligence matters`},
		{`“No comment,” the mayor said.`, `DECLINE | the mayor | No comment`},
		{`The paper said the ministry could neither confirm nor deny the report.`, `DECLINE | The paper > the ministry | the report`},
		{`“We do not comment on rumours, but the bridge is open,” a spokeswoman said.`,
			`ASSERT | a spokeswoman | We do not comment on rumours, but the bridge is open | not`},
	})
	hold(t, "ar", []spec{
		{`وقال المتحدث باسم الوزارة: «لا نعلق على الشائعات».`, `DECLINE | المتحدث باسم الوزارة | لا نعلق على الشائعات`},
	})
	hold(t, "ru", []spec{
		{`«Мы не комментируем слухи», — сказал губернатор.`, `DECLINE | губернатор | Мы не комментируем слухи`},
	})
	hold(t, "fa", []spec{
		{`سخنگوی دولت گفت: «ما درباره شایعات اظهار نظر نمی‌کنیم».`, `DECLINE | سخنگوی دولت | ما درباره شایعات اظهار نظر نمی‌کنیم`},
	})
}

// TestABlastIsNoCriticism: a base form has a plural subject.
func TestABlastIsNoCriticism(t *testing.T) {
	hold(t, "en", []spec{
		{"Huge blast rocks Beirut port", ``},
		{"Petromin suggest the field is exhausted.", `ASSERT | Petromin | the field is exhausted`},
		{"Senators blast the new budget plan", `ASSERT | Senators | the new budget plan`},
	})
}

// TestTheNameBesideADescriptionSpeaks: of "the operator, Stena Bulk," the name is who
// speaks; whom somebody speaks for is not.
func TestTheNameBesideADescriptionSpeaks(t *testing.T) {
	hold(t, "en", []spec{
		{`The tanker's operator, Stena Bulk, said the vessel had been boarded.`, `ASSERT | Stena Bulk | the vessel had been boarded`},
		{`A spokesman for the U.S.-led coalition, Colonel Steve Warren, said the road was open.`, `ASSERT | Steve Warren | the road was open`},
		{`Iraq's oil minister, Jabbar al-Luaibi, said exports had resumed.`, `ASSERT | Jabbar al-Luaibi | exports had resumed`},
		{`The Iraqi oil minister told reporters exports had resumed.`, `ASSERT | The Iraqi oil minister | exports had resumed`},
		{`The mayor told Lenta.ru that the road was open.`, `ASSERT | The mayor | the road was open`},
		{`“We are running late,” the driver's lawyer, Nina Stone, told reporters.`, `ASSERT | Nina Stone | We are running late`},
		{`Omar Haddad, field director at the relief group, AIDA, said the road was open.`, `ASSERT | Omar Haddad | the road was open`},
		{`The mayor told CNN affiliate KTRO the road was open.`, `ASSERT | The mayor | the road was open`},
		{`U.S. Secretary of State Mike Pompeo said the road was open.`, `ASSERT | Mike Pompeo | the road was open`},
		{`A spokesman for President Bashar al-Assad said the road was open.`, `ASSERT | A spokesman for President Bashar al-Assad | the road was open`},
		{`The deputy head of the Russian General Staff Sergei Rudskoi said the road was open.`, `ASSERT | Sergei Rudskoi | the road was open | role deputy head`},
		{`The brother of President Bashar al-Assad said the road was open.`, `ASSERT | The brother of President Bashar al-Assad | the road was open`},
	})
}

// TestResponsibilityIsClaimed: to claim an attack is a statement of whoever claims it;
// to adopt a law is none.
func TestResponsibilityIsClaimed(t *testing.T) {
	hold(t, "en", []spec{
		{`The Houthis claimed responsibility for the attack.`, `ASSERT | Houthis | responsibility for the attack`},
	})
	hold(t, "ar", []spec{
		{`أعلنت حركة طالبان مسؤوليتها عن التفجير في كابول.`, `ASSERT | حركة طالبان | مسؤوليتها عن التفجير في كابول`},
		{`تبنى تنظيم داعش الهجوم الذي وقع في بغداد.`, `ASSERT | تنظيم داعش | الهجوم الذي وقع في بغداد`},
		{`وأعلن الجيش أن الحركة تبنت الهجوم.`, `ASSERT | الجيش > الحركة | الهجوم`},
		{`تبنى البرلمان القانون الجديد.`, ``},
		{`تركيا تشدد إجراءات الدخول إلى أراضيها.`, ``},
		{`ولم تتبن أي جهة الهجوم.`, ``},
	})
}

// TestAClauseOfSomebodyElseEndsTheContent: what others do not confirm or deny is not
// part of what was said, and is no negation of it.
func TestAClauseOfSomebodyElseEndsTheContent(t *testing.T) {
	hold(t, "en", []spec{
		{`The army said seven soldiers were killed, while the SDF put the number at eleven.`, `ASSERT | The army | seven soldiers were killed`},
		{`The army said seven soldiers were killed after the police had left.`, `ASSERT | The army | seven soldiers were killed after the police had left`},
	})
	hold(t, "ar", []spec{
		{`قال شهود عيان إن انفجارا وقع قرب المطار، فيما لم تؤكد الشرطة ذلك.`,
			`ASSERT | شهود عيان | انفجارا وقع قرب المطار
			UNVERIFIED | الشرطة | ذلك | answers 1`},
		{`ذكرت الصحيفة أن الجسر دُمّر، الأمر الذي أكده المحافظ.`,
			`ASSERT | الصحيفة | الجسر دُمّر
			CONFIRM | المحافظ |  | answers 1`},
		{`قال المتحدث إن القوات دخلت المدينة، ولم تؤكد مصادر مستقلة هذه الأنباء.`,
			`ASSERT | المتحدث | القوات دخلت المدينة
			UNVERIFIED | مصادر مستقلة | هذه | answers 1`},
		{`ولم تؤكد الوزارة الخبر.`, `UNVERIFIED | الوزارة | الخبر`},
		{`قالت وكالة فارس إن واشنطن وافقت على الاتفاق، وهو ما نفته الخارجية الأمريكية.`,
			`ASSERT | وكالة فارس | واشنطن وافقت على الاتفاق
			DENY | الخارجية الأمريكية |  | answers 1`},
	})
}
