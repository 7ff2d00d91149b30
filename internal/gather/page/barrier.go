package page

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"entente/internal/centre"
)

// What stands in place of an article is told by three kinds of signs, which
// must meet: what the page itself states (schema.org, article:content_tier),
// its structure (password fields, scripts of a known challenge, class names of
// walls), and its words in English, Arabic, Persian and Russian. Words alone
// never condemn a long text: articles are written about subscriptions, cookies
// and missing pages too.
const (
	shortText  = 900  // code points below which a text may be all that a wall lets through
	teaserText = 600  // below which it is no more than an article's beginning
	tinyText   = 350  // below which it may be nothing but the wall's own words
	nothing    = 80   // below which there is no text
	fullText   = 3000 // from which a text is an article whatever stands around it
	// consentEvery is how many code points of a consent page there are at most
	// to one of its words.
	consentEvery = 100
)

// signs are what barrier looks at.
type signs struct {
	title    string // title element and main headings, folded
	words    string // the visible text outside menus, folded; at most maxVisible bytes
	readable string // the text of the article, as it was found, folded
	length   int    // of readable, in code points
	password bool   // a field for a password
	form     bool   // a form or a button
	wall     bool   // an element whose class or id is that of a paywall
	consent  bool   // one of a consent dialogue
	captcha  bool   // a script or frame of a challenge
	noscript string // what it says to readers without scripts, folded
}

const maxVisible = 40_000

// barrier gives the sentence with which a page is refused that stands in place
// of an article; nil for an article.
func barrier(base *url.URL, doc *html.Node, about about, text string) error {
	if about.closed {
		return centre.Invalid("The page %s says that its article is not free to read; what it shows is at most a part, and was not stored. Ask its publisher for a feed or another agreement.", base.Redacted())
	}
	s := read(doc, text)
	if s.length >= fullText {
		return nil
	}
	// What calls itself an article, or says when it was published, is one: but
	// its text may still be behind a wall.
	article := about.article || len(about.published) > 0
	switch {
	case s.challenges(article):
		return centre.Refuse(centre.CodeUnavailable, "%s asks for a proof that a person reads it, instead of showing the page; it is tried again later. If that goes on, ask its owner for a feed.", base.Redacted())
	case !article && (s.length < shortText && missing.MatchString(s.title) || s.length < tinyText && missing.MatchString(s.words)):
		return centre.Invalid("The page %s says that there is no such page, though its host answers as if there were; check the address, it may have moved.", base.Redacted())
	case !article && s.password && (s.length < shortText && login.MatchString(s.title) || s.length < tinyText):
		return centre.Invalid("%s asks for a name and password instead of showing the page; ask its owner for access or a feed.", base.Redacted())
	case !about.free && (s.length < shortText && subscribe.MatchString(s.words) || s.length < teaserText && s.wall && s.form && offer.MatchString(s.words)):
		return centre.Invalid("The page %s shows the beginning of its article alone and asks its readers to subscribe or to sign in; it was not stored. Ask its publisher for a feed or another agreement.", base.Redacted())
	case !article && s.asksConsent():
		return centre.Invalid("The page %s asks for consent to cookies instead of showing its article; it was not stored. Look for a feed of the same site.", base.Redacted())
	case s.length < tinyText && scripts.MatchString(s.words), s.length < nothing && scripts.MatchString(s.noscript):
		return centre.Invalid("The page %s needs scripts to show its text, and holds none; look for a feed of the same site.", base.Redacted())
	}
	return nil
}

// challenges tells a page that wants a proof of being human. Articles have the
// scripts of such challenges too, at their forms for comments.
func (s signs) challenges(article bool) bool {
	said := challenge.MatchString(s.readable) || challenge.MatchString(s.title)
	switch {
	case s.length < tinyText:
		return said && (!article || s.captcha) || s.captcha && !article
	case s.length < shortText:
		return said && !article && (s.captcha || s.length < teaserText)
	}
	return false
}

// asksConsent tells a page whose own text is about cookies and consent, and
// that has something to press.
func (s signs) asksConsent() bool {
	count := len(cookies.FindAllStringIndex(s.readable, 50))
	switch {
	case !s.form || count == 0:
		return false
	case s.length < shortText && privacy.MatchString(s.title), s.length < tinyText && s.consent:
		return true
	}
	return count >= 3 && count*consentEvery >= s.length
}

// The words, matched against text in lower case without vowel signs.
var (
	subscribe = regexp.MustCompile(`subscribe to (?:continue|read|unlock|keep)|(?:sign in|log in|register) to (?:continue|read|keep)|to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register)|already a (?:subscriber|member)\?|(?:for|to) subscribers only|subscriber[- ]only|exclusive (?:to|for) (?:our )?subscribers|article is reserved for|reached your (?:free )?(?:article )?limit|` +
		`(?:اشترك|سجل الدخول|للاشتراك|للمتابعة اشترك)[^.]{0,30}(?:لمتابعة|لمواصلة|لقراءة|القراءة)|(?:لمتابعة|لمواصلة|لاستكمال) القراءة|(?:للمشتركين|حصري للمشتركين|المحتوى متاح للمشتركين)|` +
		`(?:برای|جهت) (?:ادامه|خواندن|مطالعه|مشاهده)[^.]{0,40}(?:مشترک|اشتراک|وارد شوید|عضو)|(?:ویژه|مخصوص) (?:مشترکان|مشترکین|اعضا)|مشترک شوید|` +
		`(?:подпишитесь|оформите подписку|войдите|авторизуйтесь|зарегистрируйтесь)[^.]{0,30}(?:чтобы|для|читать|продолж)|(?:только|доступ\p{L}*) (?:для )?(?:по )?подписчик|доступ\p{L}* (?:только )?по подписке|чтобы (?:про)?читать[^.]{0,40}(?:подпис|войдите)|уже подписаны\?`)
	offer     = regexp.MustCompile(`subscri|sign in|log in|register|premium|اشترك|اشتراك|للمشتركين|تسجيل الدخول|مشترک|اشتراک|ورود|عضویت|подпис|войти|войдите|регистрац`)
	challenge = regexp.MustCompile(`just a moment|checking your browser|attention required|verify(?:ing)? (?:that )?you are (?:a )?human|are you a (?:human|robot)|not a robot|ddos[- ]protection|ddos[- ]guard|access denied|security check|unusual traffic|complete the captcha|` +
		`التحقق من (?:المتصفح|متصفحك|أنك إنسان|انك انسان)|لست روبوت|أنك لست|تم رفض الوصول|` +
		`(?:بررسی|در حال بررسی) مرورگر|ربات نیستید|من ربات نیستم|دسترسی (?:شما )?(?:غیرمجاز|غیر مجاز|مسدود)|` +
		`проверка (?:вашего )?браузера|проверяем ваш браузер|вы не робот|не робот|защита от ddos|доступ (?:запрещен|запрещён|ограничен)|подтвердите, что`)
	missing = regexp.MustCompile(`(?:^|[^\p{N}])404\s*(?:[|:–—-]|not found|error|$)|(?:error|http|خطأ|خطای|ошибка) ?404|page (?:was |is |could )?(?:not|cannot be) (?:be )?found|^not found|page (?:does not|doesn.t|no longer) exists?|(?:page|article|content) (?:is )?no longer available|can.t find (?:the|that) page|` +
		`الصفحة (?:المطلوبة )?(?:غير موجودة|ليست موجودة|لم يتم العثور)|لم يتم العثور على الصفحة|الصفحة التي تبحث عنها|` +
		`(?:صفحه|مطلب)[^.]{0,30}(?:یافت نشد|پیدا نشد|وجود ندارد|موجود نیست)|` +
		`(?:страниц\p{L}|материал) (?:не найден|не существует|удален|удалён)|такой страницы нет|ошибка 404`)
	login = regexp.MustCompile(`\b(?:log ?in|sign ?in)\b|تسجيل الدخول|(?:^|\s)ورود(?:\s|$)|وارد شوید|(?:^|\s)вход(?:\s|$)|войти|авторизация`)
	// privacy is a title of a consent page; cookies are its words.
	privacy = regexp.MustCompile(`before you continue|we value your privacy|your privacy (?:choices|matters)|cookie (?:consent|settings|policy)|privacy (?:settings|preferences)|^(?:your )?consent|^согласие|نقدر خصوصيتك|إعدادات الخصوصية|ملفات تعريف الارتباط|حریم خصوصی|کوکی|настройк\p{L} (?:файлов )?(?:cookie|конфиденциальности)|файлы cookie|мы ценим вашу`)
	cookies = regexp.MustCompile(`cookie|consent|personal data|legitimate interest|accept all|reject all|our partners|ملفات تعريف الارتباط|الكوكيز|الخصوصية|موافق|کوکی|حریم خصوصی|پذیرفتن|موافقم|куки|персональн\p{L} данн|соглас\p{L}|принять все`)
	scripts = regexp.MustCompile(`(?:enable|turn on|activate|requires|needs?|without|disabled) (?:your )?(?:java ?script)|java ?script (?:is |to be )?(?:disabled|required|enabled|not enabled|turned off)|` +
		`(?:تفعيل|تمكين|يتطلب|بتفعيل)[^.]{0,20}(?:جافا ?سكر[يب]+ت|javascript)|(?:جاوا ?اسکریپت|javascript)[^.]{0,30}(?:فعال|نیاز)|(?:включите|включить|требуется|отключен|необходим)\p{L}*[^.]{0,20}(?:java ?script|джаваскрипт)|java ?script[^.]{0,20}(?:отключ|включ|выключ)`)
	// Names of classes and ids.
	wallName    = regexp.MustCompile(`pay-?wall|reg-?wall|subscri(?:be|ption)-?(?:wall|prompt|barrier|gate)|premium-(?:wall|gate|barrier)|content-gate|article-gate|meter(?:ed|-wall)|tp-modal|piano`)
	consentName = regexp.MustCompile(`cookie|consent|gdpr|cmp-|onetrust|didomi|privacy-(?:wall|gate)`)
	// Scripts and frames with which hosts ask for a proof of being human.
	captchaName = regexp.MustCompile(`challenge-platform|cf-chl|cf-turnstile|turnstile|recaptcha|hcaptcha|h-captcha|g-recaptcha|ddos-guard|captcha`)
)

// read gathers the signs of a page.
func read(doc *html.Node, readable string) signs {
	s := signs{readable: fold(readable[:min(len(readable), maxVisible)])}
	s.length = utf8.RuneCountInString(strings.Join(strings.Fields(readable), " "))
	var titles []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		names := strings.ToLower(attr(n, "class") + " " + attr(n, "id"))
		switch n.DataAtom {
		case atom.Title:
			if n.Parent != nil && n.Parent.DataAtom == atom.Head && n.FirstChild != nil {
				titles = append(titles, n.FirstChild.Data)
			}
		case atom.H1:
			if len(titles) < 4 {
				titles = append(titles, text(n, 300))
			}
		case atom.Input:
			s.password = s.password || strings.EqualFold(attr(n, "type"), "password")
		case atom.Form, atom.Button:
			s.form = true
		case atom.Noscript:
			if n.FirstChild != nil && len(s.noscript) < 1000 {
				s.noscript += " " + fold(n.FirstChild.Data[:min(len(n.FirstChild.Data), 500)])
			}
		case atom.Script, atom.Iframe:
			names += " " + strings.ToLower(attr(n, "src"))
		}
		if len(names) > 1 && len(names) < 500 {
			s.wall = s.wall || wallName.MatchString(names)
			s.consent = s.consent || consentName.MatchString(names)
			s.captcha = s.captcha || captchaName.MatchString(names)
		}
	}
	s.title = fold(strings.Join(titles, " | "))
	s.words = fold(textBut(doc, maxVisible, menu))
	return s
}

// menu tells what stands around every page of a site, and says nothing of this one.
func menu(n *html.Node) bool {
	return n.DataAtom == atom.Nav || n.DataAtom == atom.Footer || n.DataAtom == atom.Header
}

// fold makes words alike: lower case, no vowel signs or tatweel, plain spaces.
func fold(t string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r >= '\u064b' && r <= '\u065f', r == '\u0640':
			return -1
		case r == '\u200c':
			return ' '
		case r == '’':
			return '\''
		}
		return r
	}, strings.ToLower(strings.ToValidUTF8(t, " ")))), " ")
}
