package event

// wordsEnglish is the vocabulary of English; parse says how it is written.
const wordsEnglish = `
not: no, not, never, neither, nor, without, isn't, wasn't, didn't, don't, doesn't, haven't, hasn't, hadn't, won't, cannot, can't, none, nobody, no one, absence of, failed to, refused to, refuses to
denied: denied, denies, deny, denying, ruled out, rule out, rejected claims, dismissed reports, false reports of, rumours of, rumors of, no truth
foiled: prevented, prevent, foiled, thwarted, averted, foil, thwart
maybe: may, might, could, would, should, can, threaten*, threat of, threat to, risk of, risks of, fear* of, fear* that, danger of, possible, possibility, possibly, potential, warn* of, warn* against, warn* that, feared, hypothetical, call* for, urg*, demand* that, call* on, in case of, hopes, hoped, hope to, avoid, deter, simulat*, drill simulating, to prevent
whether: if, unless, whether, should there be, in the event of
will: will, shall, won't, plan* to, planned, planning, plan for, plans for, intend*, is to, are to, going to, is due to, are due to, due to be, scheduled, expected to, is set to, are set to, upcoming, forthcoming, prepar* to, prepar* for, vow* to, pledg* to, promis* to, about to, proposed, tomorrow, considering, mull*, agreed to hold, ahead of, next week, next month, in the coming, will be, ready to, wants to, is preparing
longago: anniversary, commemorat*, memorial, years ago, decades ago, years since, decades since, a decade after, years after, last year, last century, in memory of, century ago, remember*, historic, back in, veterans of
owns: responsibility
says: said, says, say, saying, told, tells, according to, reported, reports, reporting, announced, announces, announce, announcing, stated, adding, added, confirmed, confirms, denied, denies, deny, claimed, claims, alleged, insisted, noted, tweeted, wrote, warned, warns, condemned, condemns, accused, accuses, blamed, blames, praised, welcomed
that: that
passive: was, were, been, being, be, is, are, got, get
by: by, at the hands of, blamed on
between: between, among
with: with, alongside, together with, along with
on: on, against, at, targeting, targeted, hit, hits, hitting, struck, striking, upon, into, toward, towards, over
in: in, near, inside, outside, around, from, across, to, through, north of, south of, east of, west of, along, within, off, throughout
of: of
and: and, as well as
but: but, while, whereas, although, though, after, before, when, who, which, following, since, as, until, where, amid, despite, because
killed: killed, killing, kills, kill, dead, died, die, dies, deaths, death, fatalities, lives, slain, shot dead, gunned down, death toll, bodies, perished, drowned, beheaded, executed, massacred, murdered, martyred, lost their lives, claimed the lives of
injured: wounded, wounding, injured, injuring, injures, wounds, hurt, injuries, hospitalised, hospitalized
unhurt: no casualties, no injuries, no one was hurt, nobody was hurt, no one was injured, no victims, without casualties, no one was killed, nobody was killed, no deaths, no one hurt, no one was harmed, unharmed, no loss of life, nobody was injured
nobody: no one, nobody, none
least: at least, more than, over, no fewer than, no less than, not less than, minimum of
most: up to, as many as, at most, no more than
vague: several, many, few, a few, some, a number of, multiple, numerous, various
single: a, an, another
including: including, among them, of them
person: people, persons, person, man, men, woman's, others, victims, casualties, wounded, dead, body, bodies, lives, members, passengers, crew, deaths, injuries, fatalities
civil: civilian, civilians, resident, residents, villager, villagers, woman, women, child, children, boy, boys, girl, girls, farmer, farmers, journalist, journalists, reporter, reporters, student, students, teacher, teachers, worshippers, worshipper, pilgrim, pilgrims, worker, workers, engineer, engineers, doctor, doctors, nurse, nurses, shopper, shoppers, driver, drivers, fisherman, fishermen, sailor, sailors, refugee, refugees, tourist, tourists, trader, traders, activist, activists, lawyer, lawyers, patients, patient, families, family, miner, miners, shepherd, shepherds, priest, priests, imam, herders, locals, displaced people, migrants, inhabitants, bystanders, employees, employee, firefighters, rescuer, rescuers, hostages, professors, merchants, pupils
state: riot police, army, armies, troops, soldier, soldiers, military, forces, police, policeman, policemen, officer, officers, navy, air force, coalition, coalition forces, government, government forces, security forces, security services, border guards, border guard, guards, gendarmes, peshmerga, special forces, marines, coast guard, warplanes, jets, helicopters, artillery, patrol, authorities, customs, intelligence service, agents, commandos, national guard, recruits, conscripts, federal police, drones, warships, frigate, destroyer, brigade, battalion, pilots, cavalry, customs officers, harbour police
armed: rebel, rebels, militant, militants, insurgent, insurgents, gunman, gunmen, fighter, fighters, jihadist, jihadists, terrorist, terrorists, militia, militias, militiamen, attackers, attacker, armed men, armed group, armed groups, assailant, assailants, kidnappers, pirate, pirates, separatists, guerrillas, extremists, smugglers, bandits, masked men, suicide bomber, suicide bombers, bomber, unknown men, hackers, robbers, opposition fighters, tribesmen, looters
crowd: protesters, protester, protestors, demonstrators, demonstrator, marchers, crowd, crowds, rioters, supporters, strikers, mourners, mob
definite: the, this, these, those, that attack
light: carried out, carry out, carries out, launched, launch, launches, conducted, conduct, staged, stage, signed, sign, signs, mounted, held, hold, made, reached, reach, concluded, struck a, executed, waged, started, begun, began, inked, sealed, set off, detonated, planted, laid, fired, threw, hurled, hold a, host, hosted, ran, led, completed, claimed
to: to
founds: establish*, set up, setting up, sets up, opened, opens, open, create*, creating, inaugurat*, launched, launch, formed, founded, began work, starts work, started work
site: hospital*, clinic*, school*, mosque*, church*, universit*, shrine*, ambulance*, water station*, water plant, power station, power plant, dam, warehouse of the red*, cathedral, monaster*, museum*, temple*, kindergarten*, world heritage, bakery, minaret, cemeter*, synagogue*, camp for displaced, orphanage
#1: one
#2: two, both, pair of, couple of, twin
#3: three
#4: four
#5: five
#6: six
#7: seven
#8: eight
#9: nine
#10: ten
#11: eleven
#12: twelve, dozen, dozens, scores
#13: thirteen
#14: fourteen
#15: fifteen
#16: sixteen
#17: seventeen
#18: eighteen
#19: nineteen
#20: twenty
#30: thirty
#40: forty
#50: fifty
#60: sixty
#70: seventy
#80: eighty
#90: ninety
#100: hundred, hundreds
#1000: thousand, thousands

void: heart attack*, may day, panic attack*, under fire from critics, price war, trade war, war of words, war on terror*, fight against, fighting against, fighting is, fighting terrorism, battle against corruption, election battle, legal battle, court battle, general strike, hunger strike*, labour strike, strike a balance, strike action, record floods of, flood of, storm of, bomb disposal, bomb squad, nuclear deal, shell compan*, oil shell, royal dutch shell, suicide rate, arrest warrant, court of arrest, explosion in prices, explosion of interest, population explosion, crash course, stock market crash, market crash, price crash, protest vote, protest note, rocket engine, missile defence, missile defense, rocket science, artillery school, kill time, peace talks, talks, withdraw* its, withdraw* money, withdraw* the bill, withdraw* from the race, withdrew his, withdrew her, withdrew its, attack on the government's, verbal attack*, drug deal, arms deal, business deal, deal with, deals with, dealing with, dealt, deal was blow, a great deal, good deal, drone maker*, virus definition, computer virus, computer base*, based on, on the basis, military base*, air base*, naval base*, without a fight, without fighting, suicide prevention, fire exchange, accident insurance, accident rate*, training camp*, clash of, date clash, on march, in march, of march, since march, early march, late march, until march, by march, last march, protest movement, protest song, outbreak of fighting, outbreak of war, outbreak of violence, hit by, fire from, storm surge warning, summer camp, criminal acts, arms agreement, under the agreement, according to the agreement, in accordance with, under existing, anti-*, counter-terror*, bombing raids on paper, attack helicopter*, attack aircraft, strike group, strike aircraft, aid agency, aid agencies, aid group*, aid worker*, aid official*, first aid, legal aid, financial aid, military aid, peace deal, kidnap insurance, floods of tears, hostage to, convoy*, talks about, combat plans, missile sites, strike zone, ceasefire line, ceasefire monitor*, demining teams, demining team

die.u: died, die, dies, dead, deaths, death toll, lost their lives, perished, fatalities, drowned, wounded, injured, wounding, injuring, injures, injuries, casualties, bodies
kill.v: killed, killing, kills, kill, murdered, murdering, assassinated, executed, beheaded, massacred, slain, shot dead, gunned down, slaughtered, martyred, stabbed to death, stabbed, shot and killed
kill.n: killings, massacre, assassination, murder, murders, executions, beheading
attack: attack, attacks
attack.n: raid, raids, assault, assaults, knife attack, shooting, shootings
attack.v: attacked, attacking, raided, assaulted, assaulting, opened fire, fired on, fired at, shot at, shot, stormed a village, stormed the village, tortured, beaten
explosion.n: explosion, explosions, blast, blasts, exploded, explodes, went off, detonated, detonation
bomb.n: bomb, bombs, car bomb, car bombs, car bombing, car bombings, roadside bomb, roadside bombs, ied, ieds, improvised explosive device*, landmine*, land mine*, mine exploded, hit a mine, struck a mine, bombings, truck bomb, sticky bomb, parcel bomb, booby trap*, explosive device*, mine blast, sea mine*, drifting mine, mine killed, anti tank mine, mines, mine
strike.n: strike, strikes, struck, bombing, bombardment, precision strikes
strike.v: bombed, bombs targets, bombing, struck targets, struck positions, pounded
airstrike.n: air strike*, airstrike*, air raid*, drone strike*, drone attack*, warplanes bombed, warplanes hit, warplanes struck, jets bombed, jets struck, jets hit, barrel bomb*, bombing raid*, sorties, helicopter strike*, airraid*, aerial bombardment, aerial bombing, helicopters fired, drones hit, drones struck, drone hit, drone struck, warplanes attacked, warplanes pounded, drones attacked, aircraft bombed, aircraft struck, jets pounded, bombed from the air
shelling.n: shelling, rocket attack*, missile attack*, mortar attack*, artillery fire, artillery strike*, rocket fire, mortar fire, missile strike*, rocket strike*, cruise missile*, mortar shell, mortar shells, mortar round*, artillery shell, artillery shells, rockets, rocket, missiles, mortars, shells, mortar bomb*, artillery bombardment, tank fire, shell, salvo*, ballistic missile*
shelling.v: shelled, fired rockets, fired missiles, fired mortars, fired shells, bombarded, artillery pounded, artillery hit, fired cruise missiles
grenade.n: grenade, grenades, grenade attack*, hand grenade*
suicide.n: suicide bomb*, suicide attack*, blew himself up, blew herself up, blew themselves up, suicide car bomb*, suicide blast*, explosive vest*, explosive belt*, suicide truck*
chemical.n: chemical weapon*, chemical attack*, chlorine, sarin, poison gas, mustard gas, nerve agent, toxic gas, gas attack*
clash.n: clashes, clash, firefight*, gunfight*, gun battle*, gunbattle*, skirmish*, battles, battle between, heavy fighting, fierce fighting, fighting between, fighting erupted, fighting broke out, fighting raged, fighting in, fighting near, fighting around, fighting continue*, killed in fighting, sporadic fighting, shootout*, exchange* of fire, exchange* of gunfire, crossfire, ambush, ambushes, offensive, counteroffensive, counterattack, attack on a checkpoint, attack on an army*, attack on a police*, attack on a military*, fierce battle*, heavy battle*, street fighting
clash.v: clashed, clashing, exchanged fire, traded fire, exchanged gunfire, fought, battled, ambushed, repelled, repulsed, stormed the base, attacked a checkpoint, attacked an army, attacked a police, attacked a military, attacked the checkpoint, attacked positions, fight
sexual.v: raped, raping, gang raped, sexually assaulted, sexually abused, molested
sexual.n: rape, rapes, sexual violence, sexual assault*, sexual abuse
abduct.v: kidnapped, kidnapping, abducted, abducting, seized hostages, took hostage, taken hostage, took hostages, snatched, forcibly disappeared, held hostage, kidnap, abduct
abduct.n: kidnapping of, kidnappings, abduction*, hostage taking, enforced disappearance*, forced disappearance*
seize.v: captured the town, captured the village*, captured the city, captured two villages, captured three villages, captured territory, captured the district, captured the base, captured the airport, captured a, captured, seized control, seized the town, seized the village*, seized the city, seized the district, seized the airport, seized the base, seized two villages, took control, taken control, overran, overrun, took over, taken over, conquered, fell to, gained control, occupied, took the town, took the village, seized territory, capture the, capture of, seizure of the town, seize the town, seize the city, take control, take the town, taking control
retake.v: retook, retaken, retake, recaptured, recapture, regained, liberated, liberating, liberation of, reclaimed, took back, taken back, wrested, drove the militants, drove militants, retaking, cleared the town, regain control, liberate
protest.n: protest, protests, demonstration, demonstrations, rally, rallies, sit in, sit ins, vigil, picket, human chain, took to the streets, protest march, march, marches
protest.v: protested, protesting, demonstrated, rallied, marched, marching, demonstrating, chanted slogans, held a sit in
disperse.v: dispersed, tear gas, teargas, water cannon*, rubber bullets, broke up the protest, broke up a protest, baton charge*, disperse
riot.n: riot, riots, rioting, violent protest*, violent demonstration*, unrest, molotov*, petrol bomb*, threw stones, hurled stones, threw rocks, hurled rocks, burned tyres, burning tyres, burned tires, stone throwing, set cars on fire, set vehicles on fire
riot.v: rioted, clashed with police, clashed with riot police, clashed with security forces, clashes with police
mob.n: mob, lynching*, vigilantes, mob attack*
mob.v: lynched, beaten to death by
loot.v: looted, looting, ransacked, plundered, torched, burned down, set fire to, set ablaze, vandalised, vandalized, demolished, razed, bulldozed
arrest.v: arrested, arresting, detained, detaining, rounded up, apprehended, jailed, took into custody, taken into custody, arrest, imprisoned
arrest.n: arrest of, arrests, arrests of, detention of, mass arrests, roundup
deny.v: closed .. border, closed .. crossing, closed .. road, closed .. airspace, blocked .. road, blocked .. convoy, denied access, denied entry, barred, blocked the road, blocked the convoy, blocked access, blocked a convoy, blocked aid, closed the road, closed the border, closed its border, closed its airspace, closed the crossing, closed the airport, closed the bridge, turned back, turned away, refused entry, refused access, prevented inspectors, prevented monitors, prevented aid, prevented observers, sealed off, shut the crossing, shut the border, imposed a siege, besieged, imposed a curfew, sealed the border, not allowed to enter, were denied
deny.n: closure of the border, closure of the crossing, closure of the road, curfew, blockade, siege of
move.v: sent .. troops, sent .. reinforcements, sent .. warships, sent .. warplanes, sent .. tanks, sending .. tanks, moved .. troops, moved .. brigade, deployed, deploying, redeployed, sent troops, sent reinforcements, sent warplanes, sent tanks, sent warships, sent a warship, sent ships, sent soldiers, sent military advisers, sending warplanes, sending troops, sending tanks, sending military, sent more troops, moved troops, moved tanks, massed troops, massed, massing, amassed, troops arrived, forces arrived, reinforcements arrived, convoy of troops, convoy of tanks, military convoy, set sail, mobilised, mobilized, troops crossed, entered the port, passed through the strait, send troops, send warplanes, sends troops, sends warplanes, dispatched, dispatch troops, dispatching, deploy, flew in, tanks arrived, warplanes arrived, advisers arrived, moved into position, crossed the border, defected, pledged allegiance
move.n: deployment of, reinforcements, troop movement*, military build up, military buildup, troop build up, troop buildup, mobilisation of, mobilization of, military column
base.v: built .. base, building .. base, established .. base, set up .. base, opened .. base, building a base, building a military base, building an air base, building a naval base, building an airbase, built a base, built a military base, established a base, establish a base, established a military base, set up a base, set up a military base, set up checkpoints, set up a checkpoint, set up a camp, set up positions, opened a base, opened a military base, established a camp, established a training camp, set up a training camp, set up a headquarters, set up headquarters, established a headquarters, established headquarters, established an outpost, set up an outpost, opened a training camp, open a military base, build a military base, established a new headquarters, construct a base, constructing a base, new military base, build a base, set up a field headquarters, opened a headquarters, established a forward base
agree.v: reached .. agreement, agreed, agree, signed, initialled, struck a deal, reached a deal, reached an agreement, signed an agreement, signed a memorandum, signed a treaty, signed an accord, signed a deal, signed a contract, agrees, ratified, sealed a deal, have agreed, initialed, concluded an agreement, reached agreement, came to an agreement, reached an understanding
agree.n: agreement, agreements, accord, treaty, memorandum of understanding, memorandum, pact, peace agreement, deal between, protocol on
swap.n: prisoner exchange*, prisoner swap*, exchange of prisoners, exchanged prisoners, exchange of bodies, swapped prisoners, exchange prisoners
ceasefire.n: ceasefire, ceasefires, cease fire, truce, truces, armistice, cessation of hostilities, local truce, humanitarian pause
withdraw.v: withdrew, withdrawn, pulled out, pull out, retreated, withdraw, withdrawing, withdraws, pulled back, vacated, handed over the town, handed over the base, handed over control, evacuated the base, left the town without, pulling out, evacuated their positions, handed over positions
withdraw.n: withdrawal, pullout, pullback, retreat
share.v: exchanged information, exchange information, exchanging information, shared intelligence, share intelligence, sharing intelligence, share information, shared information, sharing information, exchanged intelligence, exchange intelligence, exchanged data, exchange data, handed over data, passed intelligence, passed information, provided intelligence, shared data, share data, exchanged lists, exchanged coordinates, handed over coordinates, exchanging intelligence, shared satellite images, shared radar data, exchanging data
share.n: exchange of information, exchange of intelligence, intelligence sharing, information sharing, information exchange, data exchange, exchange of data, intelligence exchange, hot line
cell.n: joint centre, joint center, joint information centre, joint information center, coordination cell, coordination centre, coordination center, information centre, information center, joint command, operations room, joint operations room, joint commission, hotline, hot line
joint.n: joint exercise*, joint drill*, joint patrol*, joint operation*, joint manoeuvre*, joint maneuver*, joint naval exercise*, joint military exercise*, joint training, joint search, joint demining, joint convoy, joint mission, joint naval patrol*, joint naval drill*, joint military drill*, joint air exercise*, joint inspection*, liaison office
aid.v: delivered aid, delivered food, delivered medicine*, delivered humanitarian, delivered relief, delivered supplies, distributed food, distributed aid, distributed tents, distributed blankets, distributed parcels, unloaded aid, unloaded food, sent humanitarian aid, sent humanitarian, sent medical supplies, sent food, brought food, brought medicine*, airlifted, airdropped aid, dropped food, dropped aid, brought aid, evacuated the wounded, evacuated wounded, evacuated the sick, deliver aid, deliver food, delivering food, delivering aid, carrying food, carrying medicine, carrying aid, distributed medicine*, delivered blankets, delivered tents
aid.n: aid convoy*, humanitarian convoy*, relief convoy*, humanitarian aid, relief supplies, humanitarian shipment*, relief flight*, food aid, aid trucks, aid delivery, aid deliveries, medical evacuation, aid shipment*, convoy of aid, trucks of aid, relief goods, airdrop*, convoy of food, convoy with food, convoy with medicine, convoy of humanitarian
crime.v: hijacked, robbed, smuggled, seized cocaine, seized heroin, seized drugs, seized hashish, seized smuggled, boarded by pirates, robbing, seized a shipment, confiscated, trafficked
crime.n: piracy, robbery, robberies, hijacking, smuggling of, smuggling ring, smuggling network, drug trafficking, drug smuggling, trafficking network, trafficking ring, organised crime, organized crime, pirate attack, heist, ransom, pirates, fuel smuggling, armed robbery, theft of, contraband
hazard.n: earthquake*, quake, tremor*, flood, floods, flooding, flash flood*, hurricane*, typhoon*, cyclone*, tornado*, drought*, wildfire*, landslide*, mudslide*, avalanche*, tsunami*, volcanic eruption, volcano erupted, sandstorm*, dust storm*, torrential rain*, heavy rain*, snowstorm*, blizzard*, storm, heavy snow*, heat wave*, heatwave*, forest fire*, storms, aftershock*
health.n: cholera, epidemic*, outbreak, measles, polio, pandemic, food poisoning, influenza, typhoid, vaccination campaign, disease, outbreak of, infections, cases of, vaccinated, meningitis, hepatitis, malaria, plague, leishmaniasis, dysentery
displace.v: displaced, fled, fleeing, flee, left their homes, crossed the border to escape, evacuated from their homes, forced from their homes, fled their homes, returned to their homes, returned home, evacuated residents, evacuated civilians
displace.n: displacement of, exodus, wave of refugees, refugees arrived, influx of refugees, evacuation of civilians, evacuation of residents, return of refugees
accident.n: accident*, crash, crashed, plane crash*, train crash*, car crash*, bus crash*, derailed, derailment, collision, collided, capsized, sank, shipwreck*, ran aground, near miss, near misses, emergency landing, gas leak, oil spill, building collapsed, bridge collapsed, collapsed, collapse of, stampede, overturned, gas explosion, gas cylinder explo*, boiler explo*, factory fire, warehouse fire, fire broke out, a fire in, came dangerously close, came within metres, narrowly avoided, fire at a, crush during, plunged into, factory explosion, explosion at a factory, fire swept, blaze, train hit, friendly fire, mid air
damage.v: damaged, destroyed, damaging, destroying, was hit, were hit, burned, blew up, damage to, destruction of, destroy
defuse.v: defused, dismantled, neutralised, neutralized, disarmed, found a weapons cache, seized weapons, seized explosives, seized arms, weapons cache, arms cache, cleared mines, mine clearance, demining, found explosives, discovered explosives, seized ammunition, seized a cache, shot down a drone, shot down a missile, intercepted a missile, intercepted a rocket, intercepted missiles, intercepted rockets, intercepted a drone, intercepted drones, shot down drones, intercepted three drones, foiled a car bomb, intercepted, cleared the road of mines, removed mines, detonated safely, controlled explosion, unexploded, found a bomb, discovered a bomb, found a cache, discovered a cache, discovered a weapons
cyber.n: cyber attack*, cyberattack*, hackers, hacked, malware, hacking attack*, ddos*, denial of service, ransomware, defaced the website, website was down, phishing, data breach, hack
`
