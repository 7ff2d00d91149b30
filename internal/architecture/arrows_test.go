package architecture_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rule says which of our own packages a package may import. A "/..." at the
// end of a name stands for the package and all below it.
//
// DO NOT CHANGE THIS TABLE TO MAKE A BUILD PASS: an arrow that is missing here
// is a question to the design. Every rule carries its reason.
type rule struct {
	packages string   // whom the rule is about
	may      []string // what they may import of ours
	reason   string
}

var rules = []rule{
	{"internal/centre", nil, "the nouns depend on nothing, so that everything can depend on them"},
	{"internal/policy/internal/seal", nil, "a key is a key"},
	{"internal/policy", []string{"internal/centre", "internal/policy/internal/seal"}, "the door is pure: no database or server can bend it"},
	{"internal/policy/system", []string{"internal/policy", "internal/policy/internal/seal"}, "the only maker of unrestricted views"},
	{"internal/charter", []string{"internal/centre"}, "who heads the centre is a pure function of the charter and an instant"},
	{"internal/lexis", []string{"internal/centre"}, "words are the same for the index and for the query"},
	{"internal/query", []string{"internal/centre", "internal/echo", "internal/identity", "internal/lexis"}, "one pure tree for SQL, memory and exports; lexis, identity and echo are pure too"},
	{"internal/gazetteer/...", []string{"internal/centre", "internal/gazetteer/..."}, "read-only knowledge for the steps"},
	{"internal/process", []string{"internal/centre"}, "the runner knows steps by their interface"},
	{"internal/process/all", []string{"internal/centre", "internal/process/...", "internal/gazetteer"}, "the one list of steps"},
	{"internal/entities", []string{"internal/centre", "internal/gazetteer"}, "read-only knowledge for the steps; the gazetteer's scanner folds the words of all scripts in one pass"},
	{"internal/identity", []string{"internal/centre"}, "who is who is a pure comparison; what is remembered comes from the store by whoever wires it"},
	{"internal/process/entity", []string{"internal/centre", "internal/entities", "internal/gazetteer"}, "a step never sees a sibling step or the store"},
	{"cmd/train/names", []string{"cmd/evaluate/corpus", "cmd/evaluate/metric", "internal/process/entity"}, "makes and measures the taggers of names; it never serves"},
	{"internal/process/place", []string{"internal/centre", "internal/gazetteer", "internal/lexis"}, "a step never sees a sibling step or the store"},
	{"internal/process/duplicate", []string{"internal/centre", "internal/gazetteer"}, "the gazetteer's scanner folds the words of all scripts in one pass; no sibling step, no store"},
	{"internal/process/tokens", []string{"internal/centre", "internal/lexis"}, "a step never sees a sibling step or the store"},
	{"internal/process/text", []string{"internal/centre", "internal/lexis"}, "a step never sees a sibling step or the store"},
	{"internal/process/when", []string{"internal/centre", "internal/lexis"}, "a step never sees a sibling step or the store"},
	{"internal/process/language", []string{"internal/centre"}, "a step never sees a sibling step or the store"},
	{"internal/weave", []string{"internal/centre", "internal/echo", "internal/identity", "internal/lexis", "internal/postings"}, "weaving remembers through interfaces of its own, and meets names across scripts by their sound"},
	{"internal/corroborate", []string{"internal/centre"}, "what follows from statements is a pure function of them, for the store, the desk and a partner alike"},
	{"internal/claims", []string{"internal/centre", "internal/echo", "internal/lexis"}, "linking remembers through interfaces of its own; names across scripts agree by their consonants"},
	{"internal/store", []string{"internal/centre", "internal/policy", "internal/query"}, "the contract knows nouns, views and trees, and no database"},
	{"internal/store/sqlstore/...", []string{"internal/centre", "internal/identity", "internal/corroborate", "internal/policy", "internal/query", "internal/lexis", "internal/store"}, "one body of SQL"},
	{"internal/store/sqlite", []string{"internal/centre", "internal/store", "internal/store/sqlstore/..."}, "a dialect and its driver"},
	{"internal/store/postgres", []string{"internal/centre", "internal/store", "internal/store/sqlstore/..."}, "a dialect and its driver"},
	{"internal/store/storetest", []string{"internal/centre", "internal/identity", "internal/policy/...", "internal/query", "internal/lexis", "internal/store"}, "the suite that holds both databases to the contract"},
	{"internal/bus", []string{"internal/centre", "internal/store"}, "carries ids and label ids, never content"},
	{"internal/gather", []string{"internal/centre", "internal/gather/fetch"}, "connectors bring documents; they never see the store or the policy"},
	{"internal/gather/fetch", []string{"internal/centre"}, "the only outbound client"},
	{"internal/gather/feed", []string{"internal/centre", "internal/gather", "internal/gather/fetch", "internal/gather/page"}, "feed follows its items to their pages"},
	{"internal/gather/page", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client"},
	{"internal/gather/messaging", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client"},
	{"internal/gather/files", []string{"internal/centre", "internal/gather", "internal/gather/fetch", "internal/gather/files/..."}, "a connector sees the contract and the client"},
	{"internal/gather/files/pdf", nil, "bytes in, text out; it knows nothing of documents"},
	{"internal/gather/files/office", nil, "bytes in, text out; it knows nothing of documents"},
	{"internal/gather/files/geo", []string{"internal/centre"}, "bytes in, features with the noun of a geometry out"},
	{"internal/gather/mail", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client; what reads attachments is handed to it"},
	{"internal/catalogue", []string{"internal/centre"}, "data about publishers; nothing is fetched by knowing it"},
	{"internal/gather/discover", []string{"internal/catalogue", "internal/centre", "internal/gather", "internal/gather/fetch"}, "asks connectors by their contract what lies at an address"},
	{"internal/gather/nats", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client"},
	{"internal/gather/push", []string{"internal/centre", "internal/gather"}, "a connector sees the contract; nothing goes out from here"},
	{"internal/gather/stix", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client"},
	{"internal/gather/misp", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client"},
	{"internal/gather/tracks", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client"},
	{"internal/gather/events", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "a connector sees the contract and the client"},
	{"internal/gather/xmltree", nil, "XML as small trees: knows nothing of what it reads"},
	{"internal/gather/poll", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "one reading of a list that comes in versions: shared by connectors, is none"},
	{"internal/gather/alerts", []string{"internal/centre", "internal/gather", "internal/gather/fetch", "internal/gather/poll", "internal/gather/xmltree"}, "a connector sees the contract, the client and the readers that it shares"},
	{"internal/gather/wires", []string{"internal/centre", "internal/gather", "internal/gather/fetch", "internal/gather/poll", "internal/gather/xmltree"}, "a connector sees the contract, the client and the readers that it shares"},
	{"internal/gather/all", []string{"internal/gather/..."}, "the one list of connectors"},
	{"internal/gather/gathertest", []string{"internal/centre", "internal/gather", "internal/gather/fetch"}, "the suite of every connector"},
	{"internal/vault", []string{"internal/centre"}, "seals and opens; it knows neither store nor sources"},
	{"internal/translate", []string{"internal/centre", "internal/gather/fetch"}, "carries sentences to a machine and back; whether it may is decided before"},
	{"internal/digest", []string{"internal/centre", "internal/lexis", "internal/entities", "internal/process/text"}, "pure; it takes the one cut of sentences from the step that makes it"},
	{"internal/pipeline", []string{"internal/centre", "internal/policy", "internal/process", "internal/store", "internal/weave"}, "moves documents from intake to the store; pure steps and weaving do the work"},
	{"internal/desk", []string{"internal/centre", "internal/charter", "internal/policy/...", "internal/query", "internal/lexis", "internal/store", "internal/gather", "internal/gather/fetch", "internal/gather/files", "internal/gather/push", "internal/catalogue", "internal/digest", "internal/process/entity", "internal/process/text", "internal/weave", "internal/entities", "internal/identity", "internal/stance", "internal/claims"}, "use cases: authorise, act, record"},
	{"internal/server/...", []string{"internal/centre", "internal/desk", "internal/digest", "internal/charter", "internal/policy", "internal/server/...", "internal/gather"}, "HTTP decodes, asks the desk and encodes; it never reaches behind it"},
	{"internal/demo", []string{"internal/centre", "internal/charter"}, "the scenario and its loopback servers"},
	{"web", nil, "embedded files"},
	{"internal/app", []string{"internal/...", "web"}, "wiring: the only package that knows all"},
	{"cmd/entente", []string{"internal/app", "internal/centre", "internal/charter", "internal/gather/files", "internal/gazetteer", "internal/query"}, "commands and their words; app does the work"},
	{"internal/echo", []string{"internal/centre", "internal/lexis", "internal/postings"}, "compares texts across languages; it remembers numbers, not texts"},
	{"internal/postings", nil, "an inverted index of numbers"},
	{"internal/stance", []string{"internal/lexis", "internal/linear"}, "a pure comparison of a claim and a text"},
	{"internal/linear", nil, "models are arithmetic over hashes"},
	{"internal/process/claim", []string{"internal/centre", "internal/entities", "internal/gazetteer", "internal/linear"}, "a step never sees a sibling step or the store; the gazetteer's scanner folds the words of all scripts in one pass"},
	{"internal/process/event", []string{"internal/centre", "internal/entities", "internal/gazetteer", "internal/lexis", "internal/linear"}, "a step never sees a sibling step or the store; the gazetteer's scanner folds the words of all scripts in one pass"},
	{"cmd/train", []string{"cmd/evaluate/corpus", "cmd/evaluate/drafts", "cmd/train/names", "internal/centre", "internal/gazetteer", "internal/process/claim", "internal/process/event", "internal/process/language", "internal/process/place", "internal/stance"}, "writes the weights that steps embed, from public data"},
	{"cmd/evaluate", []string{"cmd/evaluate/...", "internal/centre", "internal/echo", "internal/gazetteer", "internal/process/...", "internal/stance", "internal/weave"}, "measures steps as they are; it never serves"},
	{"cmd/evaluate/drafts", []string{"cmd/evaluate/corpus", "cmd/evaluate/metric", "internal/centre", "internal/gazetteer", "internal/process/..."}, "drafts of benchmark texts whose offsets must stay"},
	{"cmd/evaluate/metric", nil, "figures are pure arithmetic: they know neither steps nor data"},
	{"cmd/evaluate/corpus", []string{"cmd/evaluate/metric"}, "formats in, texts with marks out"},
}

// rights lists packages outside ours, or rare ones of ours, that only some may
// import in production code, and why.
var rights = []struct {
	imported string
	by       []string
	reason   string
}{
	{"internal/policy/system", []string{"internal/app", "internal/desk", "internal/store/storetest"}, "an unrestricted view must never reach a person; the desk uses it for sign-in, labels and the sources that publishers push to alone"},
	{"net/http", []string{"internal/gather/fetch", "internal/server/...", "internal/app", "internal/demo", "internal/gather/gathertest", "cmd/entente"}, "outbound requests go through gather/fetch; inbound through server"},
	{"database/sql", []string{"internal/store/..."}, "SQL has one home"},
	{"modernc.org/sqlite", []string{"internal/store/sqlite"}, "a driver stays behind its dialect"},
	{"github.com/jackc/pgx/v5/...", []string{"internal/store/postgres"}, "a driver stays behind its dialect"},
	{"github.com/nats-io/...", []string{"internal/bus", "internal/gather/nats"}, "the bus has one home; partners' subjects are a source"},
	{"testing", []string{"internal/store/storetest", "internal/gather/gathertest"}, "production code does not know that it is tested"},
}

const module = "entente/"

func TestArrows(t *testing.T) {
	imports := productionImports(t)
	for _, pkg := range slices.Sorted(maps.Keys(imports)) {
		if pkg == "internal/architecture" {
			continue
		}
		r, known := ruleOf(pkg)
		if !known {
			t.Errorf("%s is not in the table of arrows: give it a rule with a reason, or a better home", pkg)
			continue
		}
		for _, imported := range imports[pkg] {
			ours, isOurs := strings.CutPrefix(imported, module)
			if isOurs && !matchesAny(r.may, ours) {
				t.Errorf("%s imports %s, which its rule does not allow: %s", pkg, ours, r.reason)
			}
			name := imported
			if isOurs {
				name = ours
			}
			for _, right := range rights {
				if matches(right.imported, name) && !matchesAny(right.by, pkg) {
					t.Errorf("%s imports %s, which only %s may: %s", pkg, name, strings.Join(right.by, ", "), right.reason)
				}
			}
		}
	}
}

func TestEveryPackageHasADoc(t *testing.T) {
	documented := map[string]bool{}
	eachFile(t, func(dir, _ string, file *ast.File) {
		documented[dir] = documented[dir] || len(strings.TrimSpace(file.Doc.Text())) > 40
	})
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s has no package doc that says what it is for", dir)
		}
	}
}

func TestNothingRunsByImport(t *testing.T) {
	eachFile(t, func(_, name string, file *ast.File) {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init function: registration is explicit here", name)
			}
		}
	})
}

func TestTheTableItselfIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rules {
		if r.reason == "" || seen[r.packages] {
			t.Errorf("the rule of %s has no reason or stands twice", r.packages)
		}
		seen[r.packages] = true
	}
	if matches("internal/store", "internal/storetest") || !matches("internal/store/...", "internal/store/sqlite") || !matches("internal/store/...", "internal/store") {
		t.Error("patterns do not match as documented")
	}
}

// ruleOf finds the most specific rule of a package.
func ruleOf(pkg string) (found rule, ok bool) {
	for _, r := range rules {
		if matches(r.packages, pkg) && (!ok || len(r.packages) > len(found.packages) || r.packages == pkg) {
			found, ok = r, true
		}
	}
	return found, ok
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, name) })
}

func matches(pattern, name string) bool {
	if stem, below := strings.CutSuffix(pattern, "/..."); below {
		return name == stem || strings.HasPrefix(name, stem+"/")
	}
	return pattern == name
}

// productionImports reads what every package imports outside its tests.
func productionImports(t *testing.T) map[string][]string {
	imports := map[string][]string{}
	eachFile(t, func(dir, name string, file *ast.File) {
		if dir == "" {
			return
		}
		imports[dir] = append(imports[dir], []string{}...)
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if !slices.Contains(imports[dir], imported) {
				imports[dir] = append(imports[dir], imported)
			}
		}
	})
	if len(imports) < 10 {
		t.Fatalf("only %d packages were found: the test looks in the wrong place", len(imports))
	}
	return imports
}

// eachFile parses every Go file that is not a test.
func eachFile(t *testing.T, visit func(dir, name string, file *ast.File)) {
	t.Helper()
	tree := os.DirFS("../..")
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && name != ".") {
			return fs.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		source, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(path.Dir(name), name, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
