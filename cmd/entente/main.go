// Entente is a joint information centre in one program. This command starts
// it, sets it up and speaks with it; `entente --help` lists what it can do.
//
// Commands that read or write what members own (search, sources, import,
// reprocess) act in the name of a person who signs in, through the same API as
// the web application: nobody passes the policy door by way of the command
// line. They speak with the server that runs on the folder, or with --server,
// or start the centre for as long as the command takes.
//
// Exit codes: 0 done; 1 a fault of the program or its surroundings; 2 the
// command line cannot be understood; 3 what was asked for does not exist or is
// not released to the asker; 4 not permitted or not signed in; 5 part of what
// was given was bad (and is listed); the good part was taken.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // terms are counted in the charter's zone, wherever we run

	"github.com/alecthomas/kong"

	"entente/internal/app"
	"entente/internal/centre"
)

// command is the whole command line.
type command struct {
	Folder   string `help:"Folder of the centre: database, bus, gazetteer." default:"entente-data" env:"ENTENTE_FOLDER" type:"path"`
	Database string `help:"PostgreSQL address, instead of the folder's own database." placeholder:"postgres://..." env:"ENTENTE_DATABASE"`

	Demo      demoCommand      `cmd:"" help:"Start a fresh centre with four members and a scenario of autumn 2015."`
	Init      initCommand      `cmd:"" help:"Make a centre from a charter; prints one invitation a member."`
	Serve     serveCommand     `cmd:"" help:"Run the centre of a folder."`
	Join      joinCommand      `cmd:"" help:"Use an invitation: set the password of an account."`
	Import    importCommand    `cmd:"" help:"Bring files into the centre: text, HTML, mail, JSON, CSV, XLSX, ZIP."`
	Search    searchCommand    `cmd:"" help:"Search the reports that are released to you."`
	Stories   storiesCommand   `cmd:"" help:"Stories: what their reports name, how they came to be one; merge, split and move by hand."`
	Claims    claimsCommand    `cmd:"" help:"Who says and denies what, and how many independent roots it has; correct, grade and export claims."`
	Explain   explainCommand   `cmd:"" help:"Why a report was read and grouped as it was: language, places, names, times, events, statements, story."`
	Translate translateCommand `cmd:"" help:"Read a report in another language, by the centre's translation provider."`
	Entities  entitiesCommand  `cmd:"" help:"Who is who: people and bodies across reports and scripts."`
	Sources   sourcesCommand   `cmd:"" help:"Add, list, test and pause sources; read and write OPML."`
	Gazetteer gazetteerCommand `cmd:"" help:"Add place names from GeoNames and Who's On First."`
	Charter   charterCommand   `cmd:"" help:"Show and check the charter."`
	Chair     chairCommand     `cmd:"" help:"Who heads the centre."`
	Reprocess reprocessCommand `cmd:"" help:"Run the steps again over failed documents or stored reports."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// surroundings is what commands share: where to print, and when to stop.
type surroundings struct {
	context.Context
	folder   string
	database string
	out, err io.Writer
	in       io.Reader
}

// centre says which centre the command is about.
func (s *surroundings) centre() app.Config {
	return app.Config{Folder: s.folder, Database: s.database}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run executes one command line and gives the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	var c command
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("entente"),
		kong.Description("A joint information centre: gather, process, analyse and share between members who do not fully trust each other."),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.UsageOnError(),
		kong.Vars{"listen": app.DefaultListen},
	)
	if err != nil {
		fmt.Fprintln(errOut, "entente:", err)
		return 1
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help
	}
	if err != nil {
		fmt.Fprintf(errOut, "entente: %v; `entente --help` shows what there is.\n", err)
		return 2
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return exitCode(errOut, parsed.Run(&surroundings{ctx, c.Folder, c.Database, out, errOut, in}))
}

// partial is the error of a command that took the good part of its input.
type partial struct{ bad int }

func (p partial) Error() string {
	return fmt.Sprintf("%d bad items were left out and are listed above; the rest was taken.", p.bad)
}

func exitCode(errOut io.Writer, err error) int {
	if err == nil || errors.Is(err, context.Canceled) {
		return 0
	}
	fmt.Fprintln(errOut, "entente:", err)
	if _, ok := errors.AsType[partial](err); ok {
		return 5
	}
	switch centre.CodeOf(err) {
	case centre.CodeNotFound:
		return 3
	case centre.CodeDenied, centre.CodeUnauthenticated:
		return 4
	case centre.CodeInvalid:
		return 2
	}
	return 1
}
