package when

// english holds the words of English time expressions. Month names of the Hijri
// calendars are there in the spellings that agencies use.
var english = newLexicon(`
weekday 0: sunday
weekday 1: monday
weekday 2: tuesday
weekday 3: wednesday
weekday 4: thursday
weekday 5: friday
weekday 6: saturday
short 0: sun
short 1: mon
short 2: tue tues
short 3: wed
short 4: thu thur thurs
short 5: fri
short 6: sat
month 1: january jan
month 2: february feb
month 3: march mar
month 4: april apr
month 5: may
month 6: june jun
month 7: july jul
month 8: august aug
month 9: september sept sep
month 10: october oct
month 11: november nov
month 12: december dec
hijri 1: muharram
hijri 2: safar
hijri 3: rabi_al_awwal rabi_ul_awwal rabi_i
hijri 4: rabi_al_thani rabi_ul_thani rabi_al_akhir rabi_ii
hijri 5: jumada_al_awwal jumada_al_ula jumada_i
hijri 6: jumada_al_thani jumada_al_akhirah jumada_al_akhira jumada_ii
hijri 7: rajab
hijri 8: shaban sha_ban
hijri 9: ramadan ramazan
hijri 10: shawwal
hijri 11: dhu_al_qadah dhu_al_qada dhu_al_qa_dah dhul_qadah dhul_qada
hijri 12: dhu_al_hijjah dhu_al_hijja dhul_hijjah dhul_hijja
solar 1: farvardin
solar 2: ordibehesht
solar 3: khordad
solar 4: tir
solar 5: mordad
solar 6: shahrivar
solar 7: mehr
solar 8: aban
solar 9: azar
solar 10: dey
solar 11: bahman
solar 12: esfand
season 1: spring
season 2: summer
season 3: autumn fall
season 4: winter
unit 1: minute minutes
unit 2: hour hours
unit 3: day days
unit 4: week weeks
unit 5: month months
unit 6: year years
offset -2: day_before_yesterday
offset -1: yesterday
offset 0: today
offset 1: tomorrow
offset 2: day_after_tomorrow
offset 0 part 5: tonight
part 1: morning
part 2: noon
part 3: afternoon
part 4: evening
part 5: night
rel -1: last previous
rolling: past
rel 0: this current
rel 1: next coming
ago: ago
aheadfirst: in within
aheadlast: from_now from_today later_on
of: of
weekend: weekend
decade 1990: nineties
decade 1980: eighties
decade 1970: seventies
decade 1960: sixties
decadeend: s
nextday: the_following_day the_next_day
count 1: a an one
count 2: two a_couple_of
count 3: three
count 4: four
count 5: five
count 6: six
count 7: seven
count 8: eight
count 9: nine
count 10: ten
count 11: eleven
count 12: twelve
few: several few some many
portion 1: early
portion 2: mid middle
portion 3: late
in: in since during until till from by before after through to between throughout
glue: on of at the around about
clock: at
suffix: st nd rd th
am: am a_m
pm: pm p_m
zone 0: gmt utc
zone 180: msk
every: every each
before: black good
upto: to
clause: that which who whom where while because whether
past: said told met went was were had took held made came began killed left saw announced wrote spoke fled won sent
future: will shall scheduled expected due plans planned
deadline: until till by
`)

// none has no words: what it reads is in figures alone.
var none = newLexicon("")
