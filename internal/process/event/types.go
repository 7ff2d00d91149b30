package event

import "entente/internal/centre"

// Type is what kind of happening a text tells of. The first 25 are ACLED's
// sub-event types under their own names (DOMAIN.md section 6); five stand
// beside them for what else fills the news and is none of them.
type Type string

// The types.
const (
	GovernmentRegainsTerritory Type = "Government regains territory"
	NonStateOvertakesTerritory Type = "Non-state actor overtakes territory"
	ArmedClash                 Type = "Armed clash"
	ExcessiveForce             Type = "Excessive force against protesters"
	ProtestWithIntervention    Type = "Protest with intervention"
	PeacefulProtest            Type = "Peaceful protest"
	ViolentDemonstration       Type = "Violent demonstration"
	MobViolence                Type = "Mob violence"
	ChemicalWeapon             Type = "Chemical weapon"
	AirStrike                  Type = "Air/drone strike"
	SuicideBomb                Type = "Suicide bomb"
	Shelling                   Type = "Shelling/artillery/missile attack"
	RemoteExplosive            Type = "Remote explosive/landmine/IED"
	Grenade                    Type = "Grenade"
	SexualViolence             Type = "Sexual violence"
	Attack                     Type = "Attack"
	Abduction                  Type = "Abduction/forced disappearance"
	Agreement                  Type = "Agreement"
	Arrests                    Type = "Arrests"
	ChangeToGroup              Type = "Change to group/activity"
	DisruptedWeapons           Type = "Disrupted weapons use"
	BaseEstablished            Type = "Headquarters or base established"
	Looting                    Type = "Looting/property destruction"
	NonViolentTransfer         Type = "Non-violent transfer of territory"
	Other                      Type = "Other"
	OrganisedCrime             Type = "Organised crime"
	NaturalDisaster            Type = "Natural disaster"
	ManMadeDisaster            Type = "Man-made disaster"
	Diplomatic                 Type = "Diplomatic event"
	Attribution                Type = "Attribution of responsibility"
)

// Types lists all types: ACLED's in order of precedence, then the others.
var Types = []Type{
	GovernmentRegainsTerritory, NonStateOvertakesTerritory, ArmedClash, ExcessiveForce, ProtestWithIntervention, PeacefulProtest,
	ViolentDemonstration, MobViolence, ChemicalWeapon, AirStrike, SuicideBomb, Shelling, RemoteExplosive, Grenade, SexualViolence,
	Attack, Abduction, Agreement, Arrests, ChangeToGroup, DisruptedWeapons, BaseEstablished, Looting, NonViolentTransfer, Other,
	OrganisedCrime, NaturalDisaster, ManMadeDisaster, Diplomatic, Attribution,
}

// ACLED is how many of Types, from the first, are ACLED's.
const ACLED = 25

var categories = map[Type]centre.EventCategory{
	GovernmentRegainsTerritory: centre.EventArmedClash, NonStateOvertakesTerritory: centre.EventArmedClash, ArmedClash: centre.EventArmedClash,
	ExcessiveForce: centre.EventProtest, ProtestWithIntervention: centre.EventProtest, PeacefulProtest: centre.EventProtest,
	ViolentDemonstration: centre.EventRiot, MobViolence: centre.EventRiot, Looting: centre.EventRiot,
	ChemicalWeapon: centre.EventRemoteStrike, AirStrike: centre.EventRemoteStrike, Shelling: centre.EventRemoteStrike, Grenade: centre.EventRemoteStrike,
	SuicideBomb: centre.EventExplosiveHazard, RemoteExplosive: centre.EventExplosiveHazard, DisruptedWeapons: centre.EventExplosiveHazard,
	SexualViolence: centre.EventAttackOnCivilians, Attack: centre.EventAttackOnCivilians, Abduction: centre.EventAbduction,
	Agreement: centre.EventAgreement, Arrests: centre.EventArrestDetention, ChangeToGroup: centre.EventForceMovement,
	BaseEstablished: centre.EventForceMovement, NonViolentTransfer: centre.EventCeasefire, OrganisedCrime: centre.EventCrimePiracy,
	NaturalDisaster: centre.EventHazard, ManMadeDisaster: centre.EventAccident, Diplomatic: centre.EventStatement, Attribution: centre.EventStatement,
}

// Category gives the centre's own category of a type.
func (t Type) Category() centre.EventCategory {
	if c, ok := categories[t]; ok {
		return c
	}
	return centre.EventOther
}
