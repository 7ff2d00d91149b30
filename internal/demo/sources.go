package demo

import (
	"slices"
	"time"

	"entente/internal/centre"
)

// Sources describes the outlets as sources of the centre, without ids: one a
// feed or page, each with the marking that its reports start with. They lie on
// loopback, so all are Private. Addresses hold for as long as the outlets run;
// slugs hold for ever.
func (s *Outlets) Sources() []centre.Source {
	var all []centre.Source
	for _, one := range s.sites {
		o := one.outlet
		source := centre.Source{
			Slug: o.Slug, Name: o.Name, Kind: "feed", Address: one.base + feedPath,
			Member: o.Member, Family: o.Family, Language: o.Language, Country: o.Country,
			Reliability: o.grade, Marking: o.marking, Private: true,
			Interval: time.Duration(o.Interval) * time.Second, Options: map[string]string{},
		}
		if o.Format == Page {
			source.Kind, source.Address = "page", one.base+pagePath(o.Items[0].ID)
		}
		if o.Follow {
			source.Options["follow"] = "yes"
		}
		all = append(all, source)
	}
	return all
}

// Person is an account for trying. In the demo alone, and on loopback alone,
// one click signs in as one; there are no passwords.
type Person struct {
	Login     string
	Name      string
	Member    centre.MemberCode
	Roles     []centre.Role
	Clearance centre.Level
	Language  string // BCP 47, of the screens
}

// Persons gives an analyst, an officer and an administrator of every member,
// in the members' founding order. They are invented. Administrators keep
// accounts and sources and are cleared for little: to administer is not to
// see.
func Persons() []Person {
	languages := map[centre.MemberCode]string{"IRQ": "ar", "IRN": "fa", "RUS": "ru", "SYR": "ar"}
	names := map[centre.MemberCode][3][2]string{
		"IRQ": {{"z.obeidi", "Zainab al-Obeidi"}, {"n.darraji", "Brigadier Nazim al-Darraji"}, {"s.yousif", "Sarmad Yousif"}},
		"IRN": {{"m.golestani", "Maryam Golestani"}, {"b.tavakolian", "Colonel Behrouz Tavakolian"}, {"p.darvishi", "Parisa Darvishi"}},
		"RUS": {{"o.severtseva", "Olga Severtseva"}, {"a.veresov", "Colonel Arkady Veresov"}, {"t.valeev", "Timur Valeev"}},
		"SYR": {{"r.haddad", "Rima Haddad"}, {"m.qalamouni", "Colonel Munir al-Qalamouni"}, {"l.darwish", "Lubna Darwish"}},
	}
	kinds := []struct {
		roles     []centre.Role
		clearance centre.Level
	}{
		{[]centre.Role{centre.RoleAnalyst}, centre.Secret},
		{[]centre.Role{centre.RoleAnalyst, centre.RoleOfficer}, centre.TopSecret},
		{[]centre.Role{centre.RoleAdministrator}, centre.Restricted},
	}
	var all []Person
	for _, m := range members {
		for k, kind := range kinds {
			all = append(all, Person{
				Login: names[m][k][0], Name: names[m][k][1], Member: m, Roles: slices.Clone(kind.roles),
				Clearance: kind.clearance, Language: languages[m],
			})
		}
	}
	return all
}
