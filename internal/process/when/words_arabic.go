package when

// arabic holds the words of Arabic time expressions, with the Gregorian months
// of Iraq and the Levant, of Egypt and the Gulf, and of the Maghreb.
var arabic = newLexicon(`
weekday 0: الأحد
weekday 1: الاثنين الإثنين
weekday 2: الثلاثاء
weekday 3: الأربعاء
weekday 4: الخميس
weekday 5: الجمعة جمعة
weekday 6: السبت
month 1: يناير كانون_الثاني جانفي
month 2: فبراير شباط فيفري
month 3: مارس آذار
month 4: أبريل إبريل نيسان أفريل
month 5: مايو أيار ماي
month 6: يونيو يونيه حزيران جوان
month 7: يوليو يوليه تموز جويلية
month 8: أغسطس آب أوت
month 9: سبتمبر أيلول
month 10: أكتوبر تشرين_الأول
month 11: نوفمبر تشرين_الثاني
month 12: ديسمبر كانون_الأول
hijri 1: محرم المحرم
hijri 2: صفر
hijri 3: ربيع_الأول
hijri 4: ربيع_الثاني ربيع_الآخر
hijri 5: جمادى_الأولى جمادى_الأول
hijri 6: جمادى_الآخرة جمادى_الثانية جمادى_الثاني
hijri 7: رجب
hijri 8: شعبان
hijri 9: رمضان
hijri 10: شوال
hijri 11: ذو_القعدة ذي_القعدة
hijri 12: ذو_الحجة ذي_الحجة
season 1: ربيع
season 2: صيف
season 3: خريف
season 4: شتاء
unit 1: دقيقة دقائق
unit 2: ساعة ساعات الساعات
unit 3: يوم أيام الأيام يوما
unit 4: أسبوع الأسبوع أسابيع الأسابيع
unit 5: شهر الشهر أشهر شهور الأشهر شهرا
unit 6: عام العام سنة السنة أعوام سنوات عاما الأعوام السنوات
unit 1 count 2: دقيقتين
unit 2 count 2: ساعتين
unit 3 count 2: يومين اليومين
unit 4 count 2: أسبوعين الأسبوعين
unit 5 count 2: شهرين الشهرين
unit 6 count 2: عامين سنتين العامين
offset -2: أول_أمس أول_من_أمس
offset -1: أمس الأمس البارحة
offset 0: اليوم
offset 1: غدا الغد غد
offset 2: بعد_غد
offset 0 part 5: الليلة
part 0: فجر
part 1: صباح صباحا
part 2: ظهر ظهرا
part 3: عصر عصرا بعد_ظهر
part 4: مساء مساءا
part 5: ليل ليلة ليلا
rel -1: الماضي الماضية المنصرم المنصرمة الفائت الفائتة الماضيين الماضيتين
rel 0: هذا هذه الجاري الحالي الحالية الجارية
rel 1: المقبل المقبلة القادم القادمة المقبلين القادمين
rolling: الأخيرة الأخيرين
agofirst: قبل منذ
aheadfirst: بعد خلال
of: من
weekend: نهاية_الأسبوع عطلة_نهاية_الأسبوع
decade 1990: التسعينيات التسعينات تسعينيات تسعينات
decade 1980: الثمانينيات الثمانينات ثمانينيات ثمانينات
decade 1970: السبعينيات السبعينات سبعينيات سبعينات
decade 1960: الستينيات الستينات ستينيات ستينات
nextday: اليوم_التالي
count 3: ثلاثة ثلاث الثلاثة الثلاث
count 4: أربعة أربع الأربعة الأربع
count 5: خمسة خمس الخمسة الخمس
count 6: ستة ست الستة الست
count 7: سبعة سبع السبعة السبع
count 8: ثمانية ثماني الثمانية
count 9: تسعة تسع التسعة
count 10: عشرة عشر العشرة
few: بضعة بضع عدة
portion 1: أوائل مطلع بداية
portion 2: منتصف أواسط
portion 3: أواخر نهاية
in: في من حتى خلال بعد
upto: إلى
glue: الموافق المصادف بتاريخ من_شهر لعام لسنة من_عام من_سنة
clock: الساعة
year: م
era 1: هـ هجري هجرية للهجرة
era 2: هـ_ش
am: ص
zone 0: غرينتش جرينتش بتوقيت_غرينتش بتوقيت_جرينتش
every: كل
clause: أن إن الذي التي الذين حيث بأن
not: الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر التالي السابق العالمي الوطني الدولي الواحد نفسه ذاته الأخير الموالي الذي
before: صلاة خطبة
past: قال قالت أعلن أعلنت أكد أكدت ذكر ذكرت أفاد أفادت أوضح
future: سوف سيعقد ستعقد سيجتمع ستجتمع سيبدأ ستبدأ سيزور ستزور سيلتقي سيكون ستكون سيتم ستتم سيصل سيشارك سيبحث سيناقش سينطلق ستنطلق ستجري سيجري المقرر
`)

// persian holds the words of Persian and Dari time expressions: the months of
// the Solar Hijri calendar as Iran and as Afghanistan name them, and the
// Gregorian ones.
var persian = newLexicon(`
weekday 0: یکشنبه یک_شنبه
weekday 1: دوشنبه دو_شنبه
weekday 2: سه‌شنبه سه_شنبه
weekday 3: چهارشنبه چهار_شنبه
weekday 4: پنجشنبه پنج_شنبه
weekday 5: جمعه
weekday 6: شنبه
month 1: ژانویه جنوری
month 2: فوریه فبروری
month 3: مارس مارچ
month 4: آوریل اپریل
month 5: مه می
month 6: ژوئن جون
month 7: ژوئیه جولای
month 8: اوت آگوست اگست
month 9: سپتامبر سپتمبر
month 10: اکتبر اکتوبر
month 11: نوامبر نومبر
month 12: دسامبر دسمبر
solar 1: فروردین فروردین‌ماه حمل
solar 2: اردیبهشت اردیبهشت‌ماه ثور
solar 3: خرداد خردادماه جوزا
solar 4: تیر تیرماه سرطان
solar 5: مرداد امرداد مردادماه اسد
solar 6: شهریور شهریورماه سنبله
solar 7: مهر مهرماه میزان
solar 8: آبان آبان‌ماه عقرب
solar 9: آذر آذرماه قوس
solar 10: دی دی‌ماه جدی
solar 11: بهمن بهمن‌ماه دلو
solar 12: اسفند اسفندماه حوت
hijri 1: محرم
hijri 2: صفر
hijri 3: ربیع_الاول ربیع‌الاول
hijri 4: ربیع_الثانی ربیع‌الثانی
hijri 5: جمادی_الاول جمادی‌الاول
hijri 6: جمادی_الثانی جمادی‌الثانی
hijri 7: رجب
hijri 8: شعبان
hijri 9: رمضان
hijri 10: شوال
hijri 11: ذی_القعده ذیقعده ذی‌القعده
hijri 12: ذی_الحجه ذیحجه ذی‌الحجه
season 1: بهار
season 2: تابستان
season 3: پاییز
season 4: زمستان
unit 1: دقیقه
unit 2: ساعت
unit 3: روز
unit 4: هفته هفته‌ی
unit 5: ماه
unit 6: سال
offset -2: پریروز
offset -1: دیروز
offset 0: امروز
offset 1: فردا
offset 2: پس‌فردا پس_فردا
offset -1 part 5: دیشب
offset 0 part 5: امشب
oneyear -1: پارسال
oneyear 0: امسال
part 0: بامداد سحر
part 1: صبح
part 2: ظهر
part 3: بعدازظهر بعد_از_ظهر عصر
part 4: غروب
part 5: شب
rel -1: گذشته پیشین
rel 0: این جاری کنونی
rel 1: آینده
rolling: اخیر
ago: پیش قبل
aheadlast: دیگر
aheadfirst: ظرف تا
weekend: آخر_هفته پایان_هفته
decade: دهه دههٔ دهه‌ی
nextday: فردای_آن_روز روز_بعد
count 1: یک
count 2: دو
count 3: سه
count 4: چهار
count 5: پنج
count 6: شش
count 7: هفت
count 8: هشت
count 9: نه
count 10: ده
few: چند چندین
portion 1: اوایل آغاز ابتدای
portion 2: اواسط نیمه
portion 3: اواخر پایان
in: در از تا طی
upto: تا
glue: مورخ برابر_با مصادف_با میلادی
clock: ساعت
year: میلادی
era 1: قمری هجری_قمری
era 2: شمسی خورشیدی هجری_شمسی هجری_خورشیدی ش
zone 0: گرینویچ به_وقت_گرینویچ
every: هر
clause: که
past: گفت گفتند کرد کردند شد شدند بود افزود
future: خواهد خواهند قرار
`)
