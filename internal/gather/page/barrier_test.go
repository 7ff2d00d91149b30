package page_test

import (
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/gather/gathertest"
	"entente/internal/gather/page"
)

func TestPagesThatAreNoArticles(t *testing.T) {
	para := "<p>The four members opened their common centre on Saturday, and its officers began to compare what each of them knows.</p>"
	long := strings.Repeat(para, 30)
	tests := []struct {
		name, body string
		says       string // part of the refusal; "" where the page is an article
		code       centre.Code
	}{
		{"JSON-LD: not free", `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script><article>` + long, "not free", ""},
		{"JSON-LD: not free, as a text", `<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"http://schema.org/False"}</script><article>` + long, "not free", ""},
		{"JSON-LD: a part is not free", `<script type="application/ld+json">{"@type":"NewsArticle","hasPart":[{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".paid"}]}</script><article>` + long, "not free", ""},
		{"JSON-LD: another thing of the page is not free", `<script type="application/ld+json">[{"@type":"NewsArticle","headline":"x"},{"@type":"VideoObject","isAccessibleForFree":false}]</script><article>` + long, "", ""},
		{"metadata: locked", `<meta property="article:content_tier" content="locked"><article>` + long, "not free", ""},
		{"metadata: metered", `<meta property="article:content_tier" content="metered"><article>` + long, "", ""},
		{"English wall", `<article><h1>Talks go on</h1>` + para + `<div class="x"><p>Subscribe to continue reading</p><a>Already a subscriber?</a></div>`, "subscribe", ""},
		{"Arabic wall", `<html lang=ar><article><h1>المحادثات مستمرة</h1><p>اجتمع ضباط الدول الأربع يوم السبت في المركز المشترك، وبدأوا مقارنة ما لدى كل منهم.</p><p>اشترك الآن لمتابعة القراءة</p>`, "subscribe", ""},
		{"Persian wall", `<html lang=fa><article><h1>گفت&zwnj;وگوها ادامه دارد</h1><p>افسران چهار کشور روز شنبه در مرکز مشترک گرد آمدند و دانسته&zwnj;های خود را با هم سنجیدند.</p><p>برای ادامه مطلب مشترک شوید</p>`, "subscribe", ""},
		{"Russian wall", `<html lang=ru><article><h1>Переговоры продолжаются</h1><p>Офицеры четырёх стран собрались в субботу в общем центре и начали сверять сведения.</p><p>Оформите подписку, чтобы читать дальше</p>`, "subscribe", ""},
		{"a wall by its structure", `<article><h1>Talks</h1>` + para + `</article><div id="paywall-prompt"><form><p>Premium</p><button>Go</button></form></div>`, "subscribe", ""},
		{"an article about walls", `<article><h1>Why readers are asked to subscribe</h1><p>Subscribe to continue reading, they say.</p>` + long, "", ""},
		{"consent", `<title>Before you continue</title><body><p>We and our partners use cookies to measure what is read.</p><p>Accept all cookies or reject all cookies.</p><form><button>Accept all</button></form>`, "consent", ""},
		{"Russian consent", `<title>Согласие</title><div class="cookie-wall"><p>Мы используем файлы cookie и обрабатываем персональные данные. Нажимая, вы даёте согласие на файлы cookie.</p><button>Принять все</button></div>`, "consent", ""},
		{"an article with a cookie bar", `<meta property="og:type" content="article"><article><h1>Talks</h1>` + strings.Repeat(para, 6) + `</article><div class="cookie-bar"><p>We use cookies. Our partners use cookies. Accept all cookies.</p><button>Accept all</button></div>`, "", ""},
		{"challenge", `<title>Just a moment...</title><body><p>Checking your browser before you are let in.</p><script src="/cdn-cgi/challenge-platform/x.js"></script>`, "proof", centre.CodeUnavailable},
		{"Russian challenge", `<title>Проверка браузера</title><body><p>Подождите, это займёт несколько секунд и пройдёт само.</p>`, "proof", centre.CodeUnavailable},
		{"captcha", `<title>x</title><body><p>Please answer so that we know who you are.</p><div class="g-recaptcha"></div>`, "proof", centre.CodeUnavailable},
		{"login", `<title>Sign in</title><body><p>Welcome back to the portal.</p><form><input name=u><input type=password></form>`, "name and password", ""},
		{"an article on a site with a login form", `<form><input type=password></form><article><h1>Talks</h1>` + strings.Repeat(para, 6) + `</article>`, "", ""},
		{"scripts", `<title>x</title><body><p>Please enable JavaScript to use this site.</p><div id=root></div>`, "scripts", ""},
		{"Arabic scripts", `<html lang=ar><title>x</title><body><p>يرجى تفعيل جافا سكريبت لعرض هذا الموقع.</p>`, "scripts", ""},
		{"soft 404", `<title>404 | News</title><body><h1>Oops</h1><p>The page that you look for moved, or never was. Try the search.</p>`, "no such page", ""},
		{"Arabic soft 404", `<html lang=ar><title>خبر</title><body><h1>الصفحة غير موجودة</h1><p>ربما نقلت أو حذفت، جرب البحث في الموقع.</p>`, "no such page", ""},
		{"Persian soft 404", `<html lang=fa><title>خبر</title><body><h1>صفحه مورد نظر یافت نشد</h1><p>شاید جابه&zwnj;جا شده باشد؛ جست&zwnj;وجو کنید.</p>`, "no such page", ""},
		{"Russian soft 404", `<html lang=ru><title>Новости</title><body><h1>Страница не найдена</h1><p>Возможно, она была перенесена; попробуйте поиск.</p>`, "no such page", ""},
		{"a short note on a site with walls and subscriptions", `<header><a>Subscribe to continue reading</a><a>Already a subscriber?</a></header><script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}</script><article><h1>Talks</h1>` + para + `</article><div id="paywall-box"></div><form><button>Subscribe</button></form>`, "", ""},
		{"a short note with a cookie bar and no metadata", `<title>Talks</title><body><article><h1>Talks</h1>` + strings.Repeat(para, 4) + `</article><div class="cookie-banner"><p>We use cookies. Our partners use cookies. Accept all cookies.</p><button>Accept all</button></div>`, "", ""},
		{"a short note with a challenge at its comments", `<title>Talks</title><body><article><h1>Talks</h1>` + strings.Repeat(para, 4) + `</article><form><div class="g-recaptcha"></div></form>`, "", ""},
		{"a headline with a number", `<title>404 people rescued at sea</title><body><article><h1>404 people rescued at sea</h1>` + strings.Repeat(para, 4), "", ""},
		{"a headline on access", `<title>Access denied: convoys wait at the border</title><meta name=date content="2015-09-26"><body><article>` + strings.Repeat(para, 3), "", ""},
		{"a short note with a word to readers without scripts", `<title>Talks</title><body><noscript>Please enable JavaScript</noscript><article><h1>Talks</h1>` + para + `</article>`, "", ""},
		{"a page on personal data", `<title>Parliament on personal data</title><body><article><h1>Parliament on personal data</h1><p>Members spoke of consent and personal data.</p>` + strings.Repeat(para, 5) + `<p>They come back to consent in autumn.</p></article><form><button>Search</button></form>`, "", ""},
		{"an article on missing pages", `<meta property="og:type" content="article"><article><h1>Page not found: how archives vanish</h1>` + strings.Repeat(para, 5), "", ""},
	}
	for _, test := range tests {
		body := test.body
		if !strings.Contains(body, "<html") {
			body = "<!DOCTYPE html><html>" + body
		}
		_, err := page.Parse(t.Context(), body, at(t, "https://example.org/a"), now)
		if test.says == "" {
			if err != nil {
				t.Errorf("%s: refused: %v", test.name, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		gathertest.Sentence(t, err)
		want := test.code
		if want == "" {
			want = centre.CodeInvalid
		}
		if got := centre.CodeOf(err); got != want {
			t.Errorf("%s: the code is %s", test.name, got)
		}
	}
}
