package event

import "entente/internal/centre"

// deed is what a word tells of, before what stands beside it makes a type of
// it: a "seizure" of a town is one thing by an army and another by rebels.
type deed uint8

const (
	none deed = iota
	die       // somebody is dead or hurt, and nothing says of what
	kill
	attack
	explosion
	strike
	clash
	shelling
	airStrike
	grenade
	bomb
	suicide
	chemical
	sexual
	abduct
	seize
	retake
	protest
	disperse
	riot
	mob
	loot
	arrest
	deny
	move
	base
	agree
	swap
	ceasefire
	withdraw
	share
	joint
	cell
	aid
	crime
	hazard
	health
	displace
	accident
	damage
	defuse
	cyber
)

// kin are deeds of which one sentence tells once.
type kin uint8

const (
	alone    kin = iota // kin to nothing but itself
	violence            // fighting and what it does, in order of rank
	unrest              // protests and riots
	accord              // agreements, and what they are about
)

// deedIs is what is known of a deed.
type deedIs struct {
	name     string
	says     string // for a person: "tells of ..."
	category centre.EventCategory
	typ      Type // "" for none of ACLED's
	kin      kin
	rank     uint8 // of kin deeds of one sentence the highest tells what it is; ACLED's precedence where it has one
	mutual   bool  // its parties do it to one another or together
	objects  bool  // a noun's genitive is whom it befalls: the arrest of X
	lonely   bool  // nobody does it: no parties
}

var deeds = [...]deedIs{
	none:      {},
	die:       {name: "die", says: "victims", category: centre.EventOther, kin: violence, rank: 0, objects: true},
	kill:      {name: "kill", says: "killing", category: centre.EventAttackOnCivilians, typ: Attack, kin: violence, rank: 1, objects: true},
	attack:    {name: "attack", says: "an attack", category: centre.EventAttackOnCivilians, typ: Attack, kin: violence, rank: 2},
	explosion: {name: "explosion", says: "an explosion", category: centre.EventExplosiveHazard, typ: RemoteExplosive, kin: violence, rank: 3},
	strike:    {name: "strike", says: "a strike", category: centre.EventRemoteStrike, typ: AirStrike, kin: violence, rank: 4},
	bomb:      {name: "bomb", says: "a bomb", category: centre.EventExplosiveHazard, typ: RemoteExplosive, kin: violence, rank: 5},
	grenade:   {name: "grenade", says: "a grenade", category: centre.EventRemoteStrike, typ: Grenade, kin: violence, rank: 6},
	sexual:    {name: "sexual", says: "sexual violence", category: centre.EventAttackOnCivilians, typ: SexualViolence, kin: violence, rank: 6},
	shelling:  {name: "shelling", says: "shelling", category: centre.EventRemoteStrike, typ: Shelling, kin: violence, rank: 7},
	airStrike: {name: "airstrike", says: "a strike from the air", category: centre.EventRemoteStrike, typ: AirStrike, kin: violence, rank: 8},
	suicide:   {name: "suicide", says: "a suicide bombing", category: centre.EventExplosiveHazard, typ: SuicideBomb, kin: violence, rank: 9},
	chemical:  {name: "chemical", says: "a chemical weapon", category: centre.EventRemoteStrike, typ: ChemicalWeapon, kin: violence, rank: 10},
	clash:     {name: "clash", says: "fighting", category: centre.EventArmedClash, typ: ArmedClash, kin: violence, rank: 11, mutual: true},
	seize:     {name: "seize", says: "territory that changes hands", category: centre.EventArmedClash, typ: NonStateOvertakesTerritory, kin: violence, rank: 12, objects: true},
	retake:    {name: "retake", says: "territory that is regained", category: centre.EventArmedClash, typ: GovernmentRegainsTerritory, kin: violence, rank: 13, objects: true},
	abduct:    {name: "abduct", says: "an abduction", category: centre.EventAbduction, typ: Abduction, objects: true},
	protest:   {name: "protest", says: "a protest", category: centre.EventProtest, typ: PeacefulProtest, kin: unrest, rank: 1},
	disperse:  {name: "disperse", says: "a crowd being dispersed", category: centre.EventProtest, typ: ProtestWithIntervention, kin: unrest, rank: 2, objects: true},
	riot:      {name: "riot", says: "a riot", category: centre.EventRiot, typ: ViolentDemonstration, kin: unrest, rank: 3},
	mob:       {name: "mob", says: "a mob", category: centre.EventRiot, typ: MobViolence, kin: unrest, rank: 4},
	loot:      {name: "loot", says: "looting", category: centre.EventRiot, typ: Looting, objects: true},
	arrest:    {name: "arrest", says: "an arrest", category: centre.EventArrestDetention, typ: Arrests, objects: true},
	deny:      {name: "deny", says: "access being denied", category: centre.EventAccessDenial, typ: Other, objects: true},
	move:      {name: "move", says: "forces that move", category: centre.EventForceMovement, typ: ChangeToGroup},
	base:      {name: "base", says: "a base", category: centre.EventForceMovement, typ: BaseEstablished},
	share:     {name: "share", says: "information being shared", category: centre.EventInfoSharing, typ: Other, kin: accord, rank: 1, mutual: true},
	joint:     {name: "joint", says: "a joint activity", category: centre.EventJointActivity, typ: Other, kin: accord, rank: 2, mutual: true},
	cell:      {name: "cell", says: "a joint body", category: centre.EventJointActivity, typ: Other, kin: accord, rank: 2, mutual: true},
	agree:     {name: "agree", says: "an agreement", category: centre.EventAgreement, typ: Agreement, kin: accord, rank: 3, mutual: true},
	swap:      {name: "swap", says: "an exchange of prisoners", category: centre.EventAgreement, typ: Agreement, kin: accord, rank: 4, mutual: true},
	ceasefire: {name: "ceasefire", says: "a ceasefire", category: centre.EventCeasefire, typ: Agreement, kin: accord, rank: 5, mutual: true},
	withdraw:  {name: "withdraw", says: "a withdrawal", category: centre.EventCeasefire, typ: NonViolentTransfer},
	aid:       {name: "aid", says: "aid that moves", category: centre.EventAidMovement},
	crime:     {name: "crime", says: "a crime", category: centre.EventCrimePiracy},
	hazard:    {name: "hazard", says: "a natural disaster", category: centre.EventHazard, lonely: true},
	health:    {name: "health", says: "a matter of health", category: centre.EventHealth, lonely: true},
	displace:  {name: "displace", says: "people who flee", category: centre.EventDisplacement, objects: true},
	accident:  {name: "accident", says: "an accident", category: centre.EventAccident, lonely: true},
	damage:    {name: "damage", says: "damage to what is protected", category: centre.EventProtectedSite, kin: violence, rank: 3},
	defuse:    {name: "defuse", says: "weapons found or made harmless", category: centre.EventExplosiveHazard, typ: DisruptedWeapons},
	cyber:     {name: "cyber", says: "an attack on computers", category: centre.EventCyber},
}
