package claim_test

import (
	"strings"
	"testing"

	"entente/internal/centre"
	"entente/internal/process/claim"
	"entente/internal/process/text"
)

func TestEnglish(t *testing.T) {
	hold(t, "en", []spec{
		// Speaker, verb, content.
		{`Defence Minister Sergei Shoigu said on Monday that the drills would begin on Thursday.`, `ASSERT | Sergei Shoigu | the drills would begin on Thursday | plan, at 2015-10-19`},
		{`Turkish Energy Minister Berat Albayrak said the pipe would be laid.`, `ASSERT | Berat Albayrak | the pipe would be laid`},
		{`Jordanian Transport Minister Lina Shabib said the border was closed.`, `ASSERT | Lina Shabib | the border was closed`},
		{`The Kremlin says the meeting will take place in Sochi.`, `ASSERT | The Kremlin | the meeting will take place in Sochi | plan`},
		{`Dmitry Peskov, a spokesman for the president, told reporters in Moscow that no decision had been taken.`, `ASSERT | Dmitry Peskov | no decision had been taken | not, in Moscow, to reporters`},
		{`Iraqi officials have repeatedly said they need more aircraft.`, `ASSERT | Iraqi officials | they need more aircraft`},
		// What is said, then who.
		{`The bridge has been blown up, a rebel commander told Reuters.`, `ASSERT | Reuters > a rebel commander | The bridge has been blown up | to Reuters`},
		{`The cargo reached the port on Sunday, according to the ministry.`, `ASSERT | the ministry | The cargo reached the port on Sunday`},
		{`“We are leaving,” said the commander of the unit.`, `ASSERT | the commander of the unit | We are leaving | quoted`},
		{`“The road is shut,” the officer said. “It will stay shut.”`, `ASSERT | the officer | The road is shut … It will stay shut | quoted`},
		{`Lavrov said: “The strikes will go on.”`, `ASSERT | Lavrov | The strikes will go on | quoted, plan`},
		// Nested.
		{`The Interfax agency reported, citing a source in the ministry, that the law was ready.`, `ASSERT | The Interfax agency > a source in the ministry | the law was ready`},
		{`The minister was quoted as saying by TASS that talks had failed.`, `ASSERT | TASS > The minister | talks had failed`},
		{`According to a doctor, cited by SANA, three people died.`, `ASSERT | SANA > a doctor | three people died`},
		{`The army said residents feared another attack.`, `ASSERT | The army | residents feared another attack`},
		// Stances.
		{`Damascus denied reports that it had used gas.`, `DENY | Damascus | it had used gas`},
		{`Turkey's foreign ministry confirmed the arrest of two citizens.`, `CONFIRM | Turkey's foreign ministry | the arrest of two citizens`},
		{`A witness confirmed that shots were fired.`, `ASSERT | A witness | shots were fired`},
		{`The embassy declined to comment on the rumours.`, `DECLINE | The embassy | the rumours`},
		{`The general neither confirmed nor denied the report.`, `DECLINE | The general | the report`},
		{`The channel withdrew its report that the pilot had escaped.`, `RETRACT | The channel | the pilot had escaped`},
		{`AFP could not independently verify the claim.`, `UNVERIFIED | AFP | the claim`},
		{`The company admitted that supplies had been cut.`, `PARTIAL | The company | supplies had been cut`},
		{`The mayor said one person was hurt. The police denied this.`, `ASSERT | The mayor | one person was hurt
			DENY | The police | `},
		// Without a statement.
		{`The minister hopes that the truce will hold.`, ``},
		{`He said.`, ``},
		{`The ministry will announce the results on Friday.`, ``},
		{`Troops withdrew from the town on Monday.`, ``},
		{`The state broadcaster is expected to publish the list.`, ``},
		{`People accused of theft were released.`, ``},
		{`Turkey shot down a drone near the border on Friday.`, ``},
		{`Watch report 013 – Basra`, ``},
	})
}

// TestAttributionsAreWiderThanStatements: what somebody hopes is ascribed to them,
// and no statement of theirs.
func TestAttributionsAreWiderThanStatements(t *testing.T) {
	const words = "The minister said: “The bridge is open.” Residents hope that the truce will hold."
	d := centre.Draft{Language: "en", Content: centre.Content{Text: words}}
	for _, s := range text.Sentences(words, "en") {
		d.Sentences = append(d.Sentences, centre.Sentence{Start: s.Start, End: s.End})
	}
	found, err := claim.New().Attributions(t.Context(), &d)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range found {
		got = append(got, a.Source.Text+" | "+a.Cue.Text)
	}
	if want := "The minister | said:\nResidents | hope"; strings.Join(got, "\n") != want {
		t.Errorf("attributions\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if err := claim.New().Apply(t.Context(), &d); err != nil || len(d.Statements) != 1 {
		t.Errorf("%d statements, %v; want that of the minister alone", len(d.Statements), err)
	}
}
