package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"entente/internal/app"
	"entente/internal/centre"
)

// running says how a centre runs; demo and serve share it.
type running struct {
	Listen         string `help:"Address to answer on." default:"${listen}"`
	NATS           string `help:"Address of a NATS server; the bus is part of the program without it." placeholder:"URL" name:"nats" env:"ENTENTE_NATS"`
	Translate      string `help:"Kind of the translation provider, libretranslate or openai; there is none without it, and no text leaves before its member consents." placeholder:"KIND" env:"ENTENTE_TRANSLATE"`
	TranslateURL   string `help:"Address of its API, such as http://127.0.0.1:5000." placeholder:"URL" name:"translate-url" env:"ENTENTE_TRANSLATE_URL"`
	TranslateModel string `help:"Model, for openai." placeholder:"NAME" name:"translate-model" env:"ENTENTE_TRANSLATE_MODEL"`
	TranslateKey   string `help:"File with the provider's key." type:"existingfile" placeholder:"FILE" name:"translate-key" env:"ENTENTE_TRANSLATE_KEY"`
	AddressFile    string `help:"Write the address that is answered on to this file, once ready." type:"path" hidden:""`
}

// translation is the provider that the flags name; nil for none.
func (r running) translation() (*app.Translation, error) {
	if r.Translate == "" {
		if r.TranslateURL != "" {
			return nil, centre.Invalid("Say with --translate which kind of provider answers at %s: libretranslate or openai.", r.TranslateURL)
		}
		return nil, nil
	}
	key := ""
	if r.TranslateKey != "" {
		text, err := os.ReadFile(r.TranslateKey)
		if err != nil {
			return nil, fmt.Errorf("the key of the translation provider cannot be read: %w", err)
		}
		key = strings.TrimSpace(string(text))
	}
	return app.TranslateWith(r.Translate, r.TranslateURL, r.TranslateModel, key), nil
}

func (r running) wait(s *surroundings, c app.Config, ready func(address string)) error {
	var err error
	if c.Translation, err = r.translation(); err != nil {
		return err
	}
	running, err := app.Serve(s.Context, c)
	if err != nil {
		return err
	}
	defer running.Stop()
	if r.AddressFile != "" {
		if err := os.WriteFile(r.AddressFile, []byte(running.Address), 0o600); err != nil {
			return fmt.Errorf("the address cannot be written to %s: %w", r.AddressFile, err)
		}
	}
	ready(running.Address)
	<-s.Done()
	fmt.Fprintln(s.err, "Stopping: what is under way is brought to its end.")
	return nil
}

type serveCommand struct {
	running
	Roles  []string `help:"What this process does: gather, process, web." default:"gather,process,web"`
	URL    string   `help:"Where others reach this centre, such as https://centre.example: hubs of feeds then tell it of news at once." placeholder:"URL" name:"url" env:"ENTENTE_URL"`
	Key    string   `help:"File with the key that seals the secrets of sources; centre.key in the folder without it." type:"path" placeholder:"FILE" env:"ENTENTE_KEY"`
	Window int      `help:"How many of the newest reports a new one is compared with, for copies and stories: about 2 kB of memory each." default:"200000" placeholder:"N" env:"ENTENTE_WINDOW"`
	Secure bool     `help:"People reach this over HTTPS, through a proxy that sets X-Forwarded-For: mark cookies as secure and trust the proxy."`
}

func (c *serveCommand) Run(s *surroundings) error {
	var roles []app.Role
	for _, name := range c.Roles {
		role, err := app.ParseRole(name)
		if err != nil {
			return err
		}
		roles = append(roles, role)
	}
	config := app.Config{Folder: s.folder, Database: s.database, NATS: c.NATS, Listen: c.Listen, Roles: roles, Secure: c.Secure, PublicURL: c.URL, KeyFile: c.Key, Window: c.Window}
	return c.wait(s, config, func(address string) {
		fmt.Fprintf(s.out, "The centre of %s answers at http://%s (%s). Ctrl-C ends it.\n", s.folder, address, strings.Join(c.Roles, ", "))
	})
}

type demoCommand struct {
	running
	Fresh string `help:"Folder to make the demo centre in, or to go on with the one that is there; a temporary one, removed at the end, without it." type:"path" placeholder:"FOLDER" name:"in"`
}

func (c *demoCommand) Run(s *surroundings) error {
	folder := c.Fresh
	if folder == "" {
		temporary, err := os.MkdirTemp("", "entente-demo-")
		if err != nil {
			return fmt.Errorf("no temporary folder can be made: %w; name one with --in", err)
		}
		defer os.RemoveAll(temporary)
		folder = filepath.Join(temporary, "centre")
	}
	made, err := app.InitDemo(s.Context, folder)
	if err != nil {
		return err
	}
	if made {
		fmt.Fprintln(s.out, "Made a fresh centre of Iraq, Iran, Russia and Syria.")
	} else {
		fmt.Fprintf(s.out, "Going on with the demo centre of %s, as it was left.\n", folder)
	}
	config := app.Config{Folder: folder, NATS: c.NATS, Listen: c.Listen, Roles: app.AllRoles, Demo: true}
	return c.wait(s, config, func(address string) {
		fmt.Fprintf(s.out, `
  The demo centre answers at  http://%s

  Open it and choose whom to be: an analyst of Iraq, Iran, Russia or Syria. Reports
  of September and October 2015 arrive over the next minute from small web servers
  on this machine. Open a second window as another member: it sees another picture.

  On the command line, in another terminal:
      entente --folder %s search --as %s "baghdad"

  Ctrl-C ends the demo.
`, address, folder, app.DemoLogin())
	})
}

type initCommand struct {
	Charter string `help:"Charter file (YAML); a commented template is written without it." type:"existingfile" placeholder:"FILE"`
	JSON    bool   `help:"Print JSON for machines." name:"json"`
}

func (c *initCommand) Run(s *surroundings) error {
	if c.Charter == "" {
		return c.writeTemplate(s)
	}
	text, err := os.ReadFile(c.Charter)
	if err != nil {
		return fmt.Errorf("the charter cannot be read: %w", err)
	}
	invitations, err := app.Init(s.Context, s.centre(), text)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(s.out, invitations)
	}
	fmt.Fprintf(s.out, "The centre is made in %s. Each invitation below works once, until %s.\nHand each to its member by a way that you trust; nobody can read it again.\n\n",
		s.folder, invitations[0].Expires.Format("2 January 2006 15:04 MST"))
	for _, i := range invitations {
		fmt.Fprintf(s.out, "  %-12s %-20s %s\n", i.Member, i.Login, i.Token)
	}
	fmt.Fprintf(s.out, "\nStart the centre with `entente --folder %s serve`, open its page /invitation\nand paste the invitation; or run `entente --folder %s join INVITATION`.\n", s.folder, s.folder)
	return nil
}

// writeTemplate leaves a charter to fill in, and never overwrites one.
func (c *initCommand) writeTemplate(s *surroundings) error {
	const name = "charter.yaml"
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return centre.Invalid("There is a %s here already: run `entente init --charter %s`, or move it away for a new template.", name, name)
	}
	defer file.Close()
	if _, err := file.Write(app.CharterTemplate(time.Now())); err != nil {
		return fmt.Errorf("the template cannot be written: %w", err)
	}
	fmt.Fprintf(s.out, "A charter to fill in is in %s. Edit it, check it with `entente charter check %s`,\nthen run `entente init --charter %s`.\n", name, name, name)
	return file.Close()
}

type joinCommand struct {
	Invitation string `arg:"" help:"The invitation, as it was handed to you."`
	Password   string `help:"Password to set; without it you are asked." env:"ENTENTE_PASSWORD" hidden:""`
	Server     string `help:"Address of a running centre, instead of a folder." placeholder:"URL"`
}

func (c *joinCommand) Run(s *surroundings) error {
	if c.Password == "" {
		password, err := askPassword(s, "A new password, of 12 characters or more: ")
		if err != nil {
			return err
		}
		c.Password = password
	}
	at, err := reach(s, c.Server)
	if err != nil {
		return err
	}
	defer at.close()
	var session struct{ Person struct{ Login string } }
	if err := at.post(s, "/invitations/redeem", map[string]string{"token": c.Invitation, "password": c.Password}, &session); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "Your account is %s. The invitation is used up.\n", session.Person.Login)
	return nil
}

type versionCommand struct {
	JSON bool `help:"Print JSON for machines." name:"json"`
}

func (c *versionCommand) Run(s *surroundings) error {
	v := app.Version()
	if c.JSON {
		return printJSON(s.out, v)
	}
	fmt.Fprintf(s.out, "entente %s (%s, %s)\n", v.Version, v.Revision, v.Go)
	return nil
}
