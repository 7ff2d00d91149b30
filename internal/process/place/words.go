package place

import (
	"strings"

	"entente/internal/gazetteer"
)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// articles stand before a name with a capital at the beginning of a sentence.
var articles = set("a an")

// stopShort refuses short words that are seldom places.
func stopShort(fold string) bool {
	return !shortPlaces[fold]
}

// shortPlaces are names of three letters that are worth taking.
var shortPlaces = set("qom kut hit taiz ufa ulm goa fez bam rey lae oss niš nis ely rye aix nis uae usa omsk perm van hue bonn iran iraq oman cuba peru mali chad togo fiji laos guam")

// stopWords are common words, months, days, titles, organisations and names of
// people that some small place also bears, in folded form, in the languages of
// the centre. A name of several words is not affected.
var stopWords = set(`
jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat tues thurs save born kim brits sami castro since along ever part side area metro olympic superior zone drug hamas district though while during under without within despite among both each every another unlike according however meanwhile 
the of and to in a is that for on was with as it he be by at from his are this have had they has which were or an their not
but been said who would will its after more we she about than there when all one you i what where your can could should do does
did if so no our her my me him them into over also these those other some any only up out most many much such very
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter
man men woman women boy girl child people mr mrs ms dr sir lady lord king queen prince princess president
reading nice mobile bath battle police union temple page media commerce independence liberty hope home enterprise price delta
central normal industry surprise sandy grant police chief church university college school center centre hospital airport street
road avenue park hill hills lake river valley island beach bay port harbor harbour bridge city town county state country north
south east west northern southern eastern western new old great big little high upper lower mount mountain forest field fields
star sun moon gold silver iron steel rock stone sand salt water fire wind snow ice rose lily ivy daisy fish bear eagle wolf fox lion
date time day night week month year hour minute today tomorrow yesterday early late soon never always just even still yet
god jesus christ christian muslim islam jew bible quran
army navy air force forces marine marines corps guard general major colonel captain lieutenant sergeant officer soldier
law order court judge justice senate house congress parliament council committee commission board office department ministry bureau
agency service services group company corporation bank fund trust foundation society association party democrat republican labour
news times post press journal daily herald tribune globe gazette observer guardian telegraph reuters associated
business market trade industry money stock price sales store shop mall plaza hotel inn restaurant cafe bar club team league game
apple google facebook twitter youtube amazon microsoft windows internet web email phone mobile computer software data
best better good bad right wrong left true false real open close free full empty first second third last next
read more watch video photo image listen click here comment comments share follow like subscribe sign log
batman superman orange green white black red blue brown grey gray pink purple yellow bush ford jobs gates trump obama clinton
love life live death dead war peace fight win loss victory defeat attack bomb gun shot shooting killed
help support need want go going come came get got take took make made give gave see saw look know knew think thought say says
story stories book books film movie music song band show play plays actor singer star award awards
maritime littoral plateau fleet fleets lakes rivers
act bill plan deal program project report study survey poll vote election campaign
male female baby teen adult elderly young youth kids family father mother son daughter brother sister husband wife
lead led run ran set sent cut hit put let eat ate sat sit buy sell sold pay paid cost
san los las el la le les de del della da di du des van von der den het saint st ste
sale salt salem split most man para sur pure police bar see home
bay ban bell berry bishop bond boom brand bray broad buck burns bury buck butler buy cairns call camp cane cash cave chase chester
clay cliff coal cobb cole cook cool cord core corner cove cow craig cross crow crown cuba dale dana darling
deal dean deer drew dry duke earth east echo eden edge elk elm era eve fair faith farm flag flat flint folk fond force fork fort
fort frank gap garden gate gay gem glen glory grace grand grass grave gray grove gulf hall ham hand harvest hazard heart heath
holly holy honor horn horse hot ideal jay jet joy key kind knight lamb lance land lane lark leader lee level light lily
line link little lodge long lone loop love low lucky marble mark marsh mason max mead meadow mercy merit mill mills mine
mint miner model moss mound nest noble nova oak ocean olive omega opal oval oak owl ox palm paradise parker parks pass
patch peach pearl peak pelican pilot pine pioneer plain plains plant plate play plum point pole pond pool pope post prairie
pride progress prospect protection pulaski rainbow ranch range rapid raven ray reform rest rice rich ridge ring rio rise rivers
robin roman romance roof root royal ruby rule rush rust sage sails saint scale scott seal season shade shadow sharp shell
shield shop sierra sky smart smoke soap social solo song south spade spark spencer spirit sport spot square staff stage
stanley star start station stella stem stone storm strong sugar sweet swan table tank temple ten thunder tide tiger tree trail
triumph true trust tube turn twin two union unity upper vale van vice vista volt walker wall ward warren water wave
way wells west whale wheat white wild will wind wing winner wise wish wolf wood woods wool worth young zone
jihad allah imam sheikh hajj eid ramadan ayatollah mullah
arab arabs jewish hindu buddhist catholic protestant sunni shia shiite christmas easter thanksgiving northwest southwest northeast southeast parkway main capital celebration century circle beacon accord secretary
energy advance blessing federal dodge honda toyota ford titan cadillac duma liberal conservative republican democratic green labor senate republic empire imperial colony colonial frontier gateway
golden ideal global national international universal continental general standard premier prime select quality value valuable economy economic justice mercy patience prudence temperance charity experience
humble modest noble majestic grandeur paradise heaven angel angels saints disney mickey santa sandy stormy cloudy dusty misty rusty early later summer winter autumn spring solstice equator
fountain garden gardens orchard meadows pasture prairie savanna jungle forest woods timber lumber log cabin cottage castle palace mansion manor villa chapel abbey temple shrine cathedral monastery
railroad railway highway turnpike tunnel canal harbor dock pier wharf marina beach shore coast cape cove inlet lagoon bayou swamp marsh creek brook stream spring springs falls cascade rapids geyser
eagle hawk falcon raven crow dove pigeon owl swan goose duck chicken rooster bison moose elk deer antelope horse mustang pony bull ox cow sheep goat lamb pig hog dog hound cat tiger panther lynx bobcat cougar beaver otter badger wolverine raccoon possum rabbit fox bear
apple peach pear plum cherry grape melon lemon orange banana walnut pecan almond hickory maple birch cedar cypress pine spruce willow aspen magnolia dogwood laurel holly ivy fern moss clover rose lily violet daisy iris
alpha beta gamma delta sigma omega zenith nadir apex summit pinnacle climax acme crest crown scepter throne coronet
hello welcome goodbye thanks please sorry dear sir madam sister brother nephew cousin uncle aunt granny grandpa baby
oral وان فان دوشنبه باب خبر مهر
isil isis nato who un imf opec unesco unicef fbi cia nsa bbc cnn rt tass
`)

// genericNoun may end a name without a capital: "Aleppo province".
var genericNoun = set("province governorate region district oblast region область провинция район край океан море залив пролив полуостров остров острова хребет река озеро пустыня горы высоты")

// acronyms are names only in capitals: a car is no republic.
var acronyms = set("us uk usa uae car prc drc ksa nsw nyc dprk bae abd dya")

// turkishOnly are names in Turkish that are other words elsewhere: Şam is
// Damascus, Sam is a man.
var turkishOnly = set("sam sur van cin misir fas kum kabil dera abd bae")

// divisions are words that make of a town's name another place's.
var divisions = map[string]string{"county": "county", "parish": "parish", "township": "township", "governorate": "governorate", "province": "province", "river": "river", "creek": "river"}

// kindOf has the words that make of capitalised words the name of something that
// has a place and is no town; few of them are in the gazetteer.
var kindOf = func() map[string]string {
	m := map[string]string{}
	for kind, words := range map[string]string{
		"street":   "street avenue road drive boulevard lane parkway",
		"river":    "river creek",
		"lake":     "lake reservoir",
		"township": "township twp",
		"valley":   "valley canyon",
		"mountain": "mountain mountains",
		"island":   "island islands",
		"county":   "county parish governorate",
	} {
		for word := range strings.FieldsSeq(words) {
			m[word] = kind
		}
	}
	return m
}()

// genericWords are no part of such a name; stopBeforeFeature are not the whole.
var (
	genericWords      = set("county school schools church university college club festival resort council team police department company bank street avenue road drive highway interstate mr mrs dr lake town city")
	stopBeforeFeature = set("the a an this that every each any my our your his her their its new old main silicon state federal private public open sky treasure fantasy rocky middle upper lower both other second-hand high")
)

// cityOffices stand behind "City" where it is part of their name.
var cityOffices = set("public council councilman councilwoman councilmember councilor manager hall commission commissioner commissioners attorney school schools clerk administrator planner engineer police fire government authorities")

// notPlaces are names, by first and last word, that are no place's here.
var notPlaces = map[string]bool{"white house": true, "red cross": true, "red crescent": true, "supreme court": true, "wall street": true, "new deal": true,
	"high school": true, "middle school": true, "good friday": true, "santa claus": true, "rolling stones": true, "big ten": true, "la nina": true, "el nino": true}

// speech are verbs that people do and towns do not.
var speech = set("said says told tells added adds asked asks noted explained testified pleaded recalled admitted wrote argued joked laughed smiled died married graduated fled drove shot stabbed predicted predicts believes thinks knows")

// organisationAfter make of a town's name a university's or a firm's.
var organisationAfter = set("university journal inc corp corporation company llc ltd enterprises associates partners group industries motors airlines")

// brandAfter are demonyms that many firms and clubs have in their names;
// peopleBefore stand before them in the name of a people that is not a country's.
var (
	brandAfter   = set("american british french english dutch italian")
	peopleBefore = set("native african latin north south central pan mexican anglo")
)

// ways are words that make of a place's name a building's.
var ways = set("st ave rd dr blvd highway court terrace pike plaza tower towers building house hall hotel mall")

// directions make of a town's name another town's.
var directions = set("north south east west new lake fort port mount mt")

// locative words stand before places.
var locative = set("in at near from to outside around across toward towards through throughout into between via inside within northern southern eastern western central downtown north south east west of " +
	"в во из под около близ город города городе на над через возле у к ко от до против между " +
	"a à en dans depuis vers près")

// beforePlace are capitalised words that may stand before a place that is not a
// person's surname.
var beforePlace = set("the in at near from to for of and by with on as but while when if after before since where north south east west northern southern eastern western central greater upper lower downtown " +
	"new old mount lake fort port city republic state province governor mayor president king prime minister premier ambassador university college battle operation islamic " +
	"both is are was will has what why how who can does did meanwhile however although though because despite during under over between among against amid outside inside via until " +
	"в на из с по при для от до о и но а что как когда если после перед президент премьер министр посол город республика")

// afterPlace are capitalised words that often follow a place.
var afterPlace = set("city county province governorate state region district river airport university college police department council government parliament army mayor governor " +
	"street road avenue hospital school church museum stadium bridge border embassy international national central north south east west northern southern eastern western " +
	"and or but the in on at for with to from by of as is was has says said after before over under conference summit talks agreement accord treaty protocol declaration " +
	"republic kingdom federation union islands island peninsula valley mountains hills heights beach bay harbor harbour port strait gulf sea " +
	"high middle elementary community medical center centre fire sheriff parish township village borough public library park zoo monday tuesday wednesday thursday friday saturday sunday " +
	"january february march april may june july august september october november december mr mrs ms dr prime foreign defense defence interior president minister")

// languageAfter stand before the name of a language, languageBefore behind it.
var (
	languageAfter  = set("speak speaks speaking spoke spoken learn learning translated")
	languageBefore = set("language languages speaking speaker speakers translation translated lessons class classes teacher restaurant food cuisine")
)

// around are words of a marked name that the gazetteer's name may lack.
var around = set("the city of town village state county parish province region area district north south east west northern southern eastern western central downtown greater")

// placeNouns stand before the name of a place in Arabic, Persian, Sorani and
// Hebrew, villages before names of small places, or of several; prepositions before many names; personNouns before a person's. Folded.
var (
	placeNouns   = foldedSet("مدينة بلدة قرية محافظة منطقة ناحية قضاء مخيم حي جبل مطار معبر ريف وادي نهر بلدية ولاية إمارة جزيرة ميناء سد جامعة مدينتي بلدتي قريتي محيط غرب شرق شمال جنوب وسط ضواحي شهر شهرستان روستای استان بخش شهرک فرودگاه بندر منطقه کوه رود جزیره دشت شهرهای استان‌های حومه شمال جنوب شرق غرب مرکز شاری شارۆچکەی گوندی پارێزگای קריית עיר")
	villages     = foldedSet("قرية قريتي قرى بلدة بلدتي بلدات روستای روستاهای شهرک شهرک‌های")
	prepositions = foldedSet("في إلى الى من نحو قرب عند داخل خارج بين در به از تا نزدیک سوی بە لە بۆ")
	personNouns  = foldedSet("السيد السيدة الشيخ الدكتور العميد العقيد اللواء النقيب الرئيس الوزير الأمير الملك الإمام آقای خانم دکتر شهید سردار سید شیخ امیر حجت‌الاسلام آیت‌الله مهندس بن ابن أبو بنت أم محمد أحمد علي حسن حسين عبد خالد عمر")
)

func foldedSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[gazetteer.Key(w)] = true
	}
	return m
}

// persianWords are words of Persian that are places in Arabic where they have the
// article: انبار is a store, الأنبار a province. Folded.
var persianWords = foldedSet("انبار")

// arabicWords are words of Arabic and Persian that some place is also called.
// Folded.
var arabicWords = foldedSet("خوی سنة السنة عام العام يوم شهر ماه سال روز الجديد الجديدة القديم القديمة كان كانت بأنه بانه أنه البلاد بلاد دولة الدولة كيف آب المالي الشوط الدور السوق طراز العمارة صور " +
	"الخمس السلطات السلطة الحكومة قطاع بن ابن الدين صلاح الشرق جنوب شمال غرب شرق الجنوب الشمال الغرب لايزال العربية السلام الحرية النصر الوحدة الأمل النور العدل الثورة الجمهورية الشعب المجلس " +
	"الحزب الجيش القوات الرئيس الوزير الملك الأمير الشيخ الحاج سالم حسن حسين علي محمد أحمد خالد سعيد مبارك منصور ناصر كريم فارس مروان سليمان إبراهيم داود يوسف عيسى موسى ياسين حمزة عثمان عمر صالح " +
	"خبر مهر آبان آذر دی بهمن فروردین تیر مرداد شهریور خرداد اسفند اردیبهشت نور باغ آزاد بهار سرخ سبز سفید سیاه بزرگ کوچک خوب شاهد امید ایمان جهان دنیا زمان راه کار مرد زن پسر دختر خانه مادر پدر برادر " +
	"الأول الثاني الثالث الرابع الخامس العاشر الصغير الكبير الكبرى الوسطى العليا السفلى الحمراء البيضاء الخضراء السوداء الزهراء الفجر الصباح المساء العصر الليل النهار الشمس القمر البحر النهر الجبل الوادي العين الرأس البيت الدار القصر المسجد الجامع المدرسة الكلية المركز النادي الفريق اللقاء المقال الكتاب القلم")

// russianStems are the stems of Russian given names and words that some town is
// also called: "Владимир" is a man unless he is "во Владимире".
var russianStems = set("александр виктор владимир марк жан иван кирилл константин роман максим марина светлан людмил мари анн елен ольг надежд вер любов мир брод сет совет там дал дел бел лев зар восход победа слав рад свобод " +
	"пушкин ленин киров калинин гагарин чехов толст горьк маяковск красн нов стар больш мал перв втор правд труд октябр май январ март апрел июн июл август сентябр ноябр декабр феврал понедельник вторник сред четверг пятниц суббот воскресен")

// notPrefixed are Arabic words that begin with a letter which is no preposition
// though a place's name is left without it. Folded.
var notPrefixed = foldedSet("باراك باريس بيروت كركوك كابول لبنان ليبيا لندن فلسطين فرنسا بلغاريا كندا كوبا وليد فارس كامل بهاء بلال فؤاد فيصل لؤي وائل بدر كمال بولندا بريطانيا بلجيكا وهران واسط ولاية فيينا")

// surnames are the commonest family names of English-speaking countries that are
// also towns.
var surnames = set(`smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark
ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins
reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez
castillo sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman butler henderson barnes fisher vasquez simmons graham murray hamilton griffin wallace moreno west cole hayes bryant
herrera gibson ellis tran medina stevens ford marshall owens mcdonald harrison woods washington kennedy wells vargas henry chen freeman webb tucker guzman burns crawford olson simpson porter hunter gordon mendez silva shaw
snyder mason dixon munoz hunt hicks holmes palmer wagner black robertson boyd rose stone salazar fox warren mills meyer rice schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne grant dunn kelley
spencer hawkins arnold pierce hansen peters santos hart bradley knight elliott cunningham duncan armstrong hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena richards
contreras willis carpenter lawrence sandoval guerrero george chapman rios estrada ortega watkins greene nunez wheeler valdez harper burke larson santiago maldonado morrison franklin carlson austin dominguez carr lawson
jacobs obrien lynch singh vega bishop montgomery oliver jensen harvey williamson gilbert dean sims espinoza howell li wong reid hanson le mccoy garrett burton fuller wang weber welch rojas lucas marquez fields park yang little
banks padilla day walsh bowman schultz luna fowler mejia mullins lincoln mckinney barker nixon reagan carter clinton bush obama stevens edison ellison newton darwin wesley calhoun houston custer`)

// surnameAfter follow a person's name, not a place's.
var surnameAfter = set("jr sr")

// titles stand before persons' names.
var titles = set("mr mrs ms miss dr prof professor sen senator rep gov lt sgt cpl pvt capt col maj cmdr adm rev fr sr judge justice officer detective deputy sheriff inspector coach attorney lawyer " +
	"sir lord lady dame sheikh ayatollah imam mullah brother sister father mother uncle aunt spokesman spokeswoman spokesperson chairman chairwoman secretary director " +
	"г-н г-жа генерал полковник майор капитан лейтенант")

// givenNames are common given names in folded form. Some are places, too: those
// are judged by what else is said of them.
var givenNames = set(`
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald mark paul steven andrew kenneth
george joshua kevin brian edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan carl
keith roger gerald christian terry sean arthur austin noah lawrence jesse joe bryan billy jordan albert dylan bruce willie gabriel alan juan logan wayne ralph
roy eugene randy vincent russell louis philip bobby johnny bradley mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa margaret
betty sandra ashley dorothy kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura helen sharon cynthia kathleen amy shirley angela
anna ruth brenda pamela nicole katherine virginia catherine christine samantha debra janet rachel carolyn emma maria heather diane julie joyce evelyn joan
victoria kelly christina lauren frances martha judith cheryl megan andrea olivia ann jean alice jacqueline hannah doris kathryn gloria teresa sara janice
marie julia grace judy theresa madison beverly denise marilyn amber danielle rose brittany diana abigail natalie jane lori alexis tiffany kayla paris chelsea
sydney charlotte florence sofia carmen ines lola lee tony mike bob bill tom tim jim steve dave dan chris matt jeff greg ken ron rick fred phil don ted ed sam ben
al ray glenn craig todd marcus derek curtis troy dale barry mario luis carlos miguel antonio francisco pedro manuel diego jorge ricardo fernando pablo alejandro
ahmed mohammed mohammad muhammad mohamed ali hassan hussein husayn omar umar ibrahim khalid abdullah abdul mahmoud mustafa yusuf youssef karim saeed said salman samir tariq walid nasser haider
hamid reza mehdi javad abbas bashar saddam nouri haidar fatima zahra aisha maryam leila layla zainab
vladimir dmitry dmitri sergei sergey alexei mikhail ivan nikolai boris andrei anatoly yuri oleg igor viktor pavel konstantin maxim roman denis anton natalia olga tatiana irina svetlana elena maria
recep tayyip mehmet mustafa ahmet kemal murat emre burak fatih benjamin yitzhak shimon ariel moshe avi
francois pierre jacques michel laurent angela hans klaus wolfgang stefan giovanni giuseppe marco luigi silvio matteo
denzel kathy barton trent dwight medea gail sheldon avigdor karel vaughan wade carey allison vicki elliot lindsay clayborn monica raynola jackie aaron abby ada adrian agnes aidan alana albert alberto alejandra alec alexandra alfred alice alicia alison allen allie alvin alyssa amanda amelia amir ana anita annie april arnold audrey barney becky belinda bernard bernie bertha bessie beth betsy bettie blake bob bonnie brad brandi bret brett bridget brooke bryce caitlin calvin cameron cara carla carlton carlos carrie casey cassandra cathy cecilia cedric chandler charlie chester cheryl christy cindy claire clara clarence claude clifford clyde cody colin colleen connie cory courtney cynthia daisy darrell darren daryl dawn deanna debbie della delores denis desiree dexter dolores dominic dominique don donna doreen doris dorothy doug duane dustin earl eddie edgar edith edwin eileen elaine eleanor elisa ella ellen elsie elvis emanuel emilio emmett enrique erica erik erin ernest ernesto esther ethel eva evan everett faye felicia felix flora francesca francine franklin fred freddie frederick gabriella garrett gayle gene geoffrey georgia gerard gilbert gina ginger gladys glenda gordon grant greta guillermo gwen hank harriet harry harvey hazel heidi henry herbert herman hilary homer hope howard hugh hugo ian ida ignacio irene iris irma irving isaac isabel ivan jackson jake jamie jan jana janelle jared jasmine jeanette jeanne jeannie jenna jenny jerome jill jimmy jo joann joanna joanne jocelyn jodi joel joey johnnie jon jonas josephine josh joy juanita judy julian juliet julio julius justine kara kari karl karla kate katie katrina kay kayla keisha kelley kendra kent kerry kirk krista kristen kristin kristina kristine kurt lana lance latoya laurie leah lena leo leon leonard leroy leslie lester levi lewis lila lillian lloyd logan lonnie lorenzo loretta lorraine louise lucas lucia lucille lucy luke luther lydia lyle lynn mabel mack malcolm mandy marc marcia margie marion marjorie marlene marlon marsha marshall martin marty marvin mathew matthew maureen maurice max maxine mckenzie meghan melanie melinda melvin mercedes meredith micah mildred milton mindy minnie miranda misty mitchell molly mona morgan morris muriel myra myron nadine naomi natasha ned neil nellie nettie nick nicky nina noel nora norma norman olga oliver omar ora oscar otis owen paula pauline pearl peggy penny percy perry pete phyllis preston priscilla rachael ramon ramona randall raquel raul rebekah reginald renee rex rhonda ricardo rita rob roberta roberto rochelle rodney rodolfo roland rolando roman roosevelt rosa rosalie rosemary rosie ross roxanne ruben ruby rudolph rudy rufus sabrina sadie sal sally sammy santiago saul sergio seth shane shannon shari shaun shawn sheila shelley shelly sheri sherri sherry sheryl sidney silvia simon sonia sonya sophia sophie spencer stacey stacy stan stanley stella stewart stuart sue susie suzanne sylvester sylvia tabitha tamara tami tammy tanya tara tasha ted terence terrance terrence thelma theodore tina toby todd tommy toni tonya traci tracy travis tricia trevor tristan tyrone valerie vanessa vera vernon veronica vicky vince violet vivian wade wallace wanda warren wendell wendy wesley whitney wilbur wilfred wilma winifred yolanda yvette yvonne zach
barack hillary donald joe george dick condoleezza nelson desmond winston margaret tony gordon theresa boris
владимир дмитрии сергеи алексеи михаил иван николаи борис андреи анатолии юрии олег игорь виктор павел константин максим роман денис антон наталья ольга татьяна ирина светлана елена мария башар саддам хасан али мухаммед ибрагим
`)
