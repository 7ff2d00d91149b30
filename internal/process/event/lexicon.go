package event

import (
	"maps"
	"slices"
	"strings"

	"entente/internal/lexis"
)

// lexicon are the words by which reports tell of happenings and of those who
// take part, in groups. They follow the wording of ACLED's codebook and common
// usage of the news. A word stands for its inflections: words are compared by
// their stems. A phrase is several words in a row.
var lexicon = map[string]string{
	// Who.
	"STATE":     "army, troops, soldiers, military, government forces, security forces, police, regime, regime forces, navy, coalition, coalition forces, armed forces, national guard, gendarmes, gendarmerie, peshmerga, government troops, syrian forces, iraqi forces, afghan forces, commandos, special forces, marines, officers, pro-government, policemen, counterterrorism",
	"GROUP":     "rebels, militants, insurgents, fighters, gunmen, jihadists, taliban, isis, isil, islamic state, al-shabab, al-shabaab, shabaab, boko haram, al-qaeda, houthis, houthi, hezbollah, hamas, militia, militiamen, militias, guerrillas, separatists, terrorists, extremists, armed men, armed group, daesh, mujahideen, opposition fighters, rebel, pkk, ypg, assailants, attackers, non-state",
	"CIVIL":     "civilians, villagers, residents, worshippers, farmers, women, children, journalists, churchgoers, passengers, shoppers, pilgrims, teachers, pastor, priest, tourists, aid workers, village, church, mosque, hospital, school, market, people",
	"CROWD":     "protesters, demonstrators, activists, marchers, crowd, crowds, students, supporters, rioters, strikers, opposition supporters, workers",
	"MOB":       "mob, vigilantes, lynched, lynching, angry crowd, angry mob, rival groups, beaten to death, stoned to death, communal, villagers beat, hooligans, rival fans, clubs, machetes, sticks, brawl, suspected thieves, suspected thief, set ablaze by a mob",
	"STATESMAN": "foreign ministry, foreign minister, ambassador, diplomat, diplomats, embassy, consulate, envoy, european union, united nations, prime minister, state department, secretary of state, spokesperson, spokesman, president",
	"CRIMINAL":  "gang, gangs, cartel, mafia, smugglers, traffickers, drug, drugs, cocaine, heroin, trafficking, smuggling, money laundering, fraud, robbery, robbers, robbed, counterfeit, corruption, bribery, murder suspect, theft, thieves, burglary, pirates, piracy, migrants, illegal, kingpin, hackers, scam, extortion, drug trafficker, pornographic, embezzlement, contraband, ring, syndicate",

	// What.
	"PROTEST":  "protest, protested, protesting, protests, demonstration, demonstrations, demonstrated, rally, rallied, rallies, march, marched, marches, sit-in, sit-ins, vigil, picket, strike action, human chain, took to the streets, gathered, hunger strike, chanting, chanted, placards, banners, slogans, boycott, walkout, demanding, hartal",
	"PEACEFUL": "peaceful, peacefully, calm, without incident, silent march, candlelight, holding signs, held up signs, nonviolent",
	"DISPERSE": "tear gas, teargas, dispersed, disperse, water cannon, pepper spray, pepper-sprayed, batons, baton, rubber bullets, stun grenades, cordoned, blocked protesters, prevented protesters, broke up, cracked down, crackdown, riot police, scuffles, scuffled, dragged, baton charge",
	"LIVEFIRE": "live ammunition, live rounds, live fire, live bullets, fired on protesters, opened fire on protesters, shot dead, fired at protesters, sniper, shot and killed, protesters killed, killed protesters, shooting at protesters, security forces opened fire, firing at demonstrators, security forces fired, police opened fire, police fired, shot protesters, gunshot wounds, killed demonstrators",
	"RIOT":     "riot, riots, rioted, rioting, threw stones, throwing stones, hurled, stones, pelted, molotov cocktails, molotov, petrol bombs, firebombs, smashed, set fire, set on fire, burned tires, burning tyres, burning tires, barricades, vandalised, vandalized, clashed with police, clashes with police, bricks, bottles, torched, unrest, stormed, roadblocks, blocked roads, stone-throwing, violent protests, turned violent, violent demonstration, clashed with security forces, fireworks, hooliganism, projectiles",
	"LOOT":     "loot, looted, looting, vandalism, ransacked, plundered, set ablaze, torched, burned down, burnt, torching, burned homes, arson, demolished, razed, property, properties, shops, destroyed homes, vandalized, burning houses, bulldozed, defaced, stolen, warehouse, warehouses",
	"AIR":      "airstrike, airstrikes, air strike, air strikes, air raid, air raids, warplanes, warplane, jets, fighter jet, drone, drones, drone strike, helicopter, helicopters, bombing raids, aerial, bombed, bombardment, barrel bombs, barrel bomb, military aircraft, unmanned, air force, aircraft, sorties, aviation",
	"SHELL":    "shelling, shelled, shells, artillery, mortar, mortars, rocket, rockets, missile, missiles, ballistic missile, rocket attack, tank fire, rpg, howitzers, rocket-propelled, anti-aircraft, katyusha, grad, fired rockets, fired missiles, intercepted missiles, cruise missile, heavy weapons, bombarded",
	"CHEM":     "chemical, chemical weapon, chemical weapons, chemical attack, chlorine, sarin, nerve agent, poison gas, poisonous gas, toxic gas, mustard gas, gas attack, suffocation, suffocated, asphyxia, nerve gas, toxic, phosphorus, novichok",
	"SUICIDE":  "suicide, suicide bomber, suicide bombers, suicide bombing, suicide attack, blew himself up, blew herself up, blew themselves up, explosive vest, explosives vest, suicide car bomb, suicide vest, detonated himself, explosive belt",
	"BOMB":     "bomb, bombs, bombing, explosion, exploded, blast, ied, ieds, improvised explosive device, roadside bomb, landmine, land mine, mine, mines, car bomb, detonated, explosive device, planted, remote-controlled, booby-trapped, booby trap, vehicle bomb, went off, sticky bomb, parcel bomb, hit a mine, explosive, explosives, unexploded",
	"GRENADE":  "grenade, grenades, hand grenade, hand grenades, grenade attack, lobbed, hurled a grenade, threw a grenade, hurled a hand grenade, tossed a grenade",
	"DEFUSE":   "defused, defuse, seized weapons, weapons cache, arms cache, cache, ammunition, foiled, thwarted, dismantled, neutralised, neutralized, intercepted, confiscated, weapons seized, bomb disposal, disposal, discovered, recovered, safely, shot down, cleared mines, demining, found a bomb, seized arms, bomb squad, sappers, handed over weapons, disarmed, explosives found, prevented an attack, suspicious package, arsenal, stockpile, destroyed weapons, smuggled weapons, bomb-making, seized, unearthed, failed to explode",
	"CLASH":    "clash, clashes, clashed, fighting, battle, battles, firefight, gunfight, gun battle, exchange of fire, exchanged fire, ambush, ambushed, skirmish, skirmishes, raided, shootout, killed in fighting, offensive, ground operation, traded fire, fierce fighting, heavy fighting, attacked a checkpoint, attacked a base, army base, military base, checkpoint, outpost, repelled, killed soldiers, killed militants, operation against, cross-border, ceasefire line, attacked positions, convoy",
	"ATTACK":   "attack, attacked, attacks, killed, killing, gunned down, massacre, massacred, murdered, stabbed, beheaded, executed, opened fire, assassinated, assassination, slaughtered, shot, shooting, hacked to death, wounded, unidentified gunmen, hit by gunmen, extrajudicial, gunmen stormed, assaulted, beaten, tortured, knife",
	"SEXUAL":   "rape, raped, rapes, raping, gang-raped, sexual, sexually, sexual assault, sexual violence, sexually assaulted, sexual abuse, molested, molestation, harassment, groped, sex slaves, sexual harassment, sex",
	"KIDNAP":   "kidnap, kidnapped, kidnapping, abducted, abduct, abduction, hostage, hostages, disappeared, forced disappearance, taken away, missing, captive, held captive, ransom, forcibly disappeared, snatched, whereabouts, enforced disappearance, captors, abductors",
	"ARREST":   "arrest, arrested, arrests, detained, detain, detention, custody, jailed, imprisoned, rounded up, nabbed, apprehended, house arrest, mass arrests, charges, captured suspects, sentenced, charged, prison, handcuffed, raids, warrant, deported, convicted, court",
	"AGREE":    "agreement, ceasefire, cease-fire, truce, peace deal, peace talks, talks, signed, deal, accord, treaty, prisoner exchange, exchanged prisoners, prisoner swap, swap, released prisoners, release prisoners, negotiations, negotiation, surrendered, surrender, laid down arms, laid down weapons, reconciliation, amnesty, peace agreement, memorandum, agreed, dialogue, swapped, peace process, pact, exchange of prisoners, mediated, freed",
	"CHANGE":   "deployed, deploy, deployment, reinforcements, reinforced, reinforcement, mobilised, mobilized, mobilization, defected, defect, defection, joined, pledged allegiance, splinter, merged, recruitment, recruited, recruits, conscription, drills, exercise, exercises, withdrew troops, troops withdraw, amassed, massing, buildup, build-up, rebranded, formed, new group, military movements, dissolved, disbanded, airspace, identification zone, leader killed, appointed, military drills, curfew, warships, maneuvers, convoys arrived, stationed, scrambled, intercepted jets, patrols, sent troops, on alert, split, alliance, joint exercises, parade",
	"BASE":     "base, military base, headquarters, outpost, camp, checkpoint, checkpoints, set up, established, establish, opened, built, building a base, constructing, construct, construction, training camp, new base, fortified, positions, barracks, airbase, air base, naval base, facility, inaugurated, facilities",
	"SEIZE":    "captured, capture, seized control, took control, taken control, overran, overrun, seized, retook, retaken, recaptured, recapture, regained control, regained, liberated, liberate, liberation, drove out, pushed out, advanced, took over, taken over, gained ground, conquered, stormed, fell to, gained control, under control, regain control, re-captured, in control, control of, retake, wrested, reclaimed, cleared, expelled, ousted, occupied, full control, advance",
	"REGAIN":   "retook, retaken, retake, recaptured, recapture, regained, liberated, liberation, liberate, reclaimed, cleared, freed from, wrested back, back under, restored control, regain control, drove militants, drove rebels, recovered control, took back, taken back, re-captured, expelled, fully liberated",
	"WITHDRAW": "withdrew, withdraw, withdrawal, withdrawn, pulled out, retreat, retreated, vacated, abandoned, evacuated, left the town, without a fight, without fighting, without resistance, handed over, hand over, handover, deserted, pulled back, pull out, ceded, surrendered control, transferred control, pullout, fled positions, no resistance, leaving the town",
	"QUAKE":    "earthquake, quake, tremor, tremors, flood, floods, flooding, flooded, hurricane, typhoon, cyclone, storm, storms, tornado, drought, wildfire, wildfires, bushfire, landslide, landslides, mudslide, mudslides, avalanche, volcano, eruption, tsunami, rainfall, heavy rain, heavy rains, snow, snowfall, heatwave, lightning, locusts, magnitude, richter, epidemic, outbreak, virus, monsoon, torrential, meteorological, weather, floodwaters, forest fire, forest fires, winds, rains, blizzard, hail",
	"ACCIDENT": "accident, crash, crashed, derailed, derailment, collapsed, collapse, factory fire, plane crash, train crash, capsized, sank, shipwreck, collision, collided, leak, gas leak, oil spill, spill, mine collapse, gas explosion, overturned, plunged, stampede, dam burst, industrial, power plant, chemical plant, pipeline, refinery, blaze, fire broke out, firefighters, building collapse, factory, bus, ferry, boat, short circuit, truck, train, railway, vehicle overturned, miners, coal mine, emergency landing, aboard, warehouse fire, boiler, apartment building, bridge",
	"DIPLO":    "sanctions, sanction, expelled diplomats, expel, expelled, summoned, recalled, recall, ambassador, diplomatic, diplomatic ties, severed ties, embargo, foreign ministry, condemned, persona non grata, tariffs, blacklist, blacklisted, cut ties, visa, visas, bilateral, visit, summit, resolution, lift sanctions, imposed, meeting, envoy, counterpart, embassy",
	"CLAIM":    "claimed responsibility, claim responsibility, claims responsibility, claimed the attack, responsibility for, accused, accuses, blamed, blames, blame, denied, denies, deny, denied involvement, denies involvement, behind the attack, was responsible, allegations, responsible for, no group has claimed, admitted, denied responsibility, pointed the finger, involvement, rejected accusations, accusations",
	"CYBER":    "cyber, cyberattack, cyber attack, hackers, hacked, hacking, malware, spying, espionage",
	"GRAVE":    "mass grave, mass graves, bodies found, tunnels, tunnel, fleeing, displaced, refugees, remains, fled homes, exodus, corpses",
}

// phrase is an entry of the lexicon, by stems.
type phrase struct {
	stems []string
	group string
}

// phrases gives the entries by their first stem.
var phrases = index()

func index() map[string][]phrase {
	byFirst := map[string][]phrase{}
	for _, group := range slices.Sorted(maps.Keys(lexicon)) {
		for _, entry := range strings.Split(lexicon[group], ", ") {
			var stems []string
			for _, w := range lexis.Words(entry) {
				stems = append(stems, lexis.Stem("en", w.Text))
			}
			byFirst[stems[0]] = append(byFirst[stems[0]], phrase{stems, group})
		}
	}
	return byFirst
}
