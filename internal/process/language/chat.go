package language

// What chats write in Latin letters: greetings, small words and turns of phrase
// that every speaker knows, in their usual spellings. Written for this package.
const (
	arabicChat = `marhaba kifak kifik shu akhbarak
keefak shlonak shlonkom shlonik zain alhamdulillah
ana mish 3aref shu sar
ana mesh 3arfa eh elli 7asal
inta wein enta fein enti
yalla habibi khalas tayeb mashi
wallah la wallahi el3azim
inshallah in sha allah mashallah subhanallah
allah yer7amo allah yer7amha rabena yostor
sabah el kheir masa el kheir sba7 el5eir
shukran jazilan afwan 3afwan
fi ktir nas hon bel shera3
fe nas kteer fil shari3
ma fi shi ma fe kahraba
bas ana kont hnak mbare7
eh da ya 3am mesh ma32ool
leish laysh lesh lih leh
hala2 halla2 dilwa2ti al7in hassa
bukra bokra ba3d bukra
el yom lyoum innaharda elyoum
ana b7ebak ya 2alby
kol shi tamam kolo tamam
3am ta3mel shu 3am bisir
sma3t el khabar sam3et sot enfijar
fi qasf 3ala el madina
el jaysh dakhal 3al balad
el 7okoma el sha3b el balad el nas
ra7 nrou7 raye7 rayhin
ma3 el salameh ma3 salama
abu umm bint ibn akhi ukhti
ya shabab ya jama3a ya akhi ya sadiqi
wein el shabab
min hunak min hon min wein
3ala fikra 3ala tool 3ashan 3shan minshan
haida hayda hadha haza hay hai di da dol
mo mu mish mesh moo ma3rif ma a3ruf ma ba3rif
as-salamu alaykum wa alaykum as-salam
wa rahmatullahi wa barakatuhu
fi al-madina wa fi al-qarya
min ajl al-watan wa al-sha'b
qala al-wazir inna al-hukuma
hadha al-yawm huwa hiya hum nahnu antum
lakin walakin aydan kathiran qalilan
kull shay' la shay' laysa kana yakun
alladhi allati alladhina
ba3den w ba3dein w kaman
3andi 3andak 3andna ma3indi
btefham bta3rif bidi baddi biddak 3ayez 3ayza abgha abi
khabar 3ajil 3ajel`
	persianChat = `salam chetori khubi khoobi mersi
salaam khubam to chetori che khabar
man nemidunam chi shode
man nemidoonam chera injuri shod
koja hasti kojayi kei miyai
mikham beram khune mikhaam beram
dooset daram doset daram azizam
ghorbanet beram fadat sham
khaste nabashid khodahafez khoda hafez
sobh bekheir shab bekheir shab khosh
inja kheili shologh ast kheyli sholughe
barq rafte ab nist internet ghate
diruz dirooz emruz emrooz farda
mardom dar khiaban hastand
seda ye enfejar shenidam
niruha ye artesh vared shodand
in yek dastan ast ke dar an
man va to va u va ma
ke dar az be ra ba baraye ta
mikonam mikoni mikonad mikonim mikonand
nemikonam nemishe nemitunam nemitoonam mituni
bayad beram bayad bego begoo
age agar chon vali ama ya
hich kas hichi hamin alan hala
pedar madar baradar khahar doost dust
rooz ruz shab hafte mah sal
dorost ast doroste are na baleh
lotfan befarmaid bebakhshid mamnoon mamnun
khodam khodet khodesh khodemun
ino uno hamash hame chi hame
mishe mige migan migam goft gofte goftam
nist hast hastam hastand bud boodam budand
chand ta chandta cheghadr cheqadr
jomhuri ye eslami ye iran
vazir-e khareje-ye iran goft
rais jomhur raeis jomhoor dolat-e
shahr-e tehran ostan-e
ketab-e man khaneh-ye ma
zendegi azadi barabari mardom-e ma
che kar mikoni chikar mikoni
bia inja boro unja berim
yani ya'ni masalan khob khub`
	russianChat = `privet kak dela chto novogo
privet kak ty normalno spasibo
zdravstvuyte dobryi den dobroe utro
ya ne znayu chto sluchilos
ya ne znaju chto delat
gde ty kogda priedesh
ya tebya lyublyu ya tebja ljublju
chto eto takoe kto eto
spokoinoi nochi do svidaniya poka
na ulice mnogo lyudei mnogo narodu
svet otklyuchili vody net interneta net
vchera segodnya zavtra seichas sejchas potom
u nas vse horosho vsyo normalno
mne nuzhno nado idti domoi
slyshal vzryv slyshny vystrely
voiska voshli v gorod
eto ne pravda eto nepravda
i v ne na chto s po kak eto on iz no za k dlya ot
ego ee ih my vy oni ona ono
byl byla bylo byli budet budut
mozhno nelzya nelzja nuzhno
ochen bolshoi bolshoe malenkii
tolko tozhe uzhe eshche esche eshe
kotoryi kotoraya kotorye kotoroe
poehali davai davaite ladno horosho
skolko vremeni skolko stoit
pochemu zachem potomu chto
po dannym ministerstva oborony rossii
prezident skazal chto
v gorode proizoshel vzryv
vchera vecherom v moskve
s novym godom s dnem rozhdeniya
rebyata druzya tovarishchi
bolshoe spasibo pozhaluista pozhaluysta`
)
