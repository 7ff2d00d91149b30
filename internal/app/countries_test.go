package app

import (
	"testing"

	"entente/internal/centre"
	"entente/internal/entities"
)

// TestForWhomAnAgentSpeaks: by what it is, its role or its description, and never
// by a bare name.
func TestForWhomAnAgentSpeaks(t *testing.T) {
	c := newCountries(entities.Default())
	for _, x := range []struct {
		agent centre.Agent
		want  string
	}{
		{centre.Agent{Name: "Dmitry Peskov", Kind: centre.AgentSpokesperson, Role: "Kremlin spokesman"}, "RUS"},
		{centre.Agent{Name: "Maria Zakharova", Kind: centre.AgentSpokesperson, Role: "Russian Foreign Ministry spokeswoman"}, "RUS"},
		{centre.Agent{Name: "Ibrahim al-Jaafari", Kind: centre.AgentNamed, Role: "Iraq's foreign minister"}, "IRQ"},
		{centre.Agent{Name: "Russian news agencies", Kind: centre.AgentAgency}, "RUS"},
		{centre.Agent{Name: "российские информационные агентства", Kind: centre.AgentAgency}, "RUS"},
		{centre.Agent{Name: "مسؤولون عراقيون", Kind: centre.AgentCollective}, "IRQ"},
		{centre.Agent{Name: "مقامات ایران", Kind: centre.AgentCollective}, "IRN"},
		{centre.Agent{Name: "Iraqi joint operations command", Entity: "joc-iraq", Kind: centre.AgentNamed}, "IRQ"},
		{centre.Agent{Name: "Dmitry Peskov", Kind: centre.AgentSpokesperson, Role: "spokesperson"}, "RUS"},
		{centre.Agent{Name: "Abbas Hamid", Kind: centre.AgentSpokesperson, Role: "spokesperson"}, ""},
		{centre.Agent{Name: "سعيد الراوي", Kind: centre.AgentSpokesperson, Role: "المتحدث باسم الكرملين"}, "RUS"},
		{centre.Agent{Name: "نادر کریمی", Kind: centre.AgentSpokesperson, Role: "سخنگوی کاخ سفید"}, "USA"},
		{centre.Agent{Name: "Иван Петров", Kind: centre.AgentSpokesperson, Role: "представитель Пентагона"}, "USA"},
		{centre.Agent{Name: "Jane Doe", Kind: centre.AgentSpokesperson, Role: "Foreign Office spokeswoman"}, "GBR"},
		{centre.Agent{Name: "Jeanne Petit", Kind: centre.AgentSpokesperson, Role: "Élysée spokeswoman"}, "FRA"},
		{centre.Agent{Name: "Dmitry Peskov", Kind: centre.AgentSpokesperson}, ""},
		{centre.Agent{Name: "Syrian Observatory", Kind: centre.AgentNamed}, ""},
		{centre.Agent{Name: "pro-Russian militants", Kind: centre.AgentCollective}, ""},
		{centre.Agent{Name: "Iranian-backed fighters", Kind: centre.AgentCollective}, ""},
		{centre.Agent{Name: "Russian and Syrian officials", Kind: centre.AgentCollective}, ""},
		{centre.Agent{Name: "Staffan de Mistura", Kind: centre.AgentNamed, Role: "United Nations envoy for Syria"}, ""},
		{centre.Agent{Name: "an ambassador to Iraq", Kind: centre.AgentAnonymous}, ""},
		{centre.Agent{Name: "a source", Kind: centre.AgentAnonymous}, ""},
	} {
		if got := c.of(x.agent); got != x.want {
			t.Errorf("%q, %q, %s: got %q, want %q", x.agent.Name, x.agent.Role, x.agent.Kind, got, x.want)
		}
	}
}
