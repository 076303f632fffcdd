package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// A room is one package in the floor plan: what its files that are not tests may import besides the
// standard library, and whether they may ask what time it is.
type room struct {
	ours   []string // packages of this module, "..." for all of them
	theirs []string // packages of others; "path/..." takes in what is below path
	clock  clockRule
}

// A clockRule says whether a package may read the real clock and set real timers.
type clockRule int

const (
	noClock   clockRule = iota // time is an argument
	realClock                  // a door where time enters, sockets, the deadline of a request
)

const modulePath = "github.com/paceline/paceline"

// floorPlan holds every package of the module. The reasons are in doc.go; a change here is a change there.
var floorPlan = map[string]room{
	"cmd/bot": {
		ours:   []string{"..."},
		theirs: []string{"github.com/kelseyhightower/envconfig", "github.com/robfig/cron/v3"},
		clock:  realClock,
	},
	"internal/slackapp": {
		ours:   []string{"internal/commands", "internal/quota"},
		theirs: []string{"github.com/slack-go/slack/...", "github.com/gorilla/websocket"},
		clock:  realClock,
	},
	"internal/commands": {
		ours:   []string{"internal/look", "internal/quota", "internal/linkedin"},
		theirs: []string{"github.com/slack-go/slack"},
	},
	"internal/digest": {
		ours:   []string{"internal/look", "internal/quota"},
		theirs: []string{"github.com/slack-go/slack"},
	},
	"internal/look": {
		ours:   []string{"internal/quota"},
		theirs: []string{"github.com/slack-go/slack"},
	},
	"internal/store": {
		ours:   []string{"internal/quota"},
		theirs: []string{"go.etcd.io/bbolt/...", "golang.org/x/sys/..."},
	},
	"internal/quota":    {},
	"internal/linkedin": {theirs: []string{"golang.org/x/text/..."}},
	"internal/sandbox":  {theirs: []string{"github.com/gorilla/websocket"}, clock: realClock},
	"manifest":          {},
}

// realTime are the functions of package time that read the real clock or wait by it.
var realTime = []string{"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTimer", "NewTicker"}

func TestFloorPlan(t *testing.T) {
	breaches, files, err := survey(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(files, "cmd/bot/floorplan_test.go") {
		t.Fatalf("the survey did not find this file: it looked at %d others, in the wrong place", len(files))
	}
	for _, f := range breaches {
		t.Error(f)
	}
}

// survey looks at every Go file of the module below root, whatever its build tags, and returns what is
// against the floor plan, one line each, and the files it saw.
func survey(root fs.FS) (breaches, files []string, err error) {
	documented := make(map[string]bool) // by folder; only those with files that are not tests
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			if name != "." && elsewhere(root, name) {
				return fs.SkipDir
			}
			return nil
		case path.Ext(name) != ".go":
			return nil
		}
		files = append(files, name)
		dir := path.Dir(name)
		plan, ok := floorPlan[dir]
		if !ok {
			breaches = append(breaches, name+": a new package needs a row here and a reason in doc.go")
			return nil
		}
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		documented[dir] = documented[dir] || introduces(file)
		for _, f := range plan.breaches(file) {
			breaches = append(breaches, fmt.Sprintf("%s: %s %s", set.Position(f.at), dir, f.what))
		}
		return nil
	})
	for dir, ok := range documented {
		if !ok {
			breaches = append(breaches, dir+": no package comment")
		}
	}
	slices.Sort(breaches)
	return breaches, files, err
}

// elsewhere says that a folder is none of the module's: the go command ignores it, or it is a module itself.
func elsewhere(root fs.FS, dir string) bool {
	base := path.Base(dir)
	if base[0] == '.' || base[0] == '_' || base == "testdata" || base == "node_modules" {
		return true
	}
	_, err := fs.Stat(root, path.Join(dir, "go.mod"))
	return err == nil
}

// introduces says that a file holds a package comment in the form that go doc expects. A command's may
// begin with any word.
func introduces(f *ast.File) bool {
	name := f.Name.Name
	return name == "main" && f.Doc.Text() != "" || strings.HasPrefix(f.Doc.Text(), "Package "+name+" ")
}

type breach struct {
	at   token.Pos
	what string
}

// breaches are what in a file is not allowed in this room.
func (r room) breaches(file *ast.File) []breach {
	var out []breach
	times := make(map[string]bool) // what package time is called in this file
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !r.mayImport(imported) {
			out = append(out, breach{spec.Pos(), "may not import " + spec.Path.Value})
		}
		if imported != "time" {
			continue
		}
		switch {
		case spec.Name == nil:
			times["time"] = true
		case spec.Name.Name == ".":
			out = append(out, breach{spec.Pos(), "hides package time behind a dot"})
		default:
			times[spec.Name.Name] = true
		}
	}
	if r.clock == realClock {
		return out
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && times[x.Name] && slices.Contains(realTime, s.Sel.Name) {
			out = append(out, breach{s.Pos(), "may not use time." + s.Sel.Name + ": time is an argument"})
		}
		return true
	})
	return out
}

func (r room) mayImport(imported string) bool {
	if rest, ok := strings.CutPrefix(imported, modulePath+"/"); ok {
		return slices.Contains(r.ours, rest) || slices.Contains(r.ours, "...")
	}
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return slices.ContainsFunc(r.theirs, func(allowed string) bool {
		below, all := strings.CutSuffix(allowed, "/...")
		return imported == below || all && strings.HasPrefix(imported, below+"/")
	})
}

// The survey must see each kind of breach, and nothing else.
func TestSurveySeesBreaches(t *testing.T) {
	const quota, look, slackapp = "// Package quota owns.\npackage quota\n", "// Package look owns.\npackage look\n",
		"// Package slackapp owns.\npackage slackapp\n"
	for _, c := range []struct {
		name, file, src string
		want            []string
	}{
		{"one of ours", "internal/quota/a.go", quota + `import "` + modulePath + `/internal/store"`,
			[]string{`internal/quota/a.go:3:8: internal/quota may not import "` + modulePath + `/internal/store"`}},
		{"ours, allowed", "internal/look/a.go", look + `import "` + modulePath + `/internal/quota"`, nil},
		{"below an allowed one of ours", "internal/look/a.go", look + `import _ "` + modulePath + `/internal/quota/deep"`,
			[]string{`internal/look/a.go:3:8: internal/look may not import "` + modulePath + `/internal/quota/deep"`}},
		{"a stranger", "internal/quota/a.go", quota + `import "github.com/slack-go/slack"`,
			[]string{`internal/quota/a.go:3:8: internal/quota may not import "github.com/slack-go/slack"`}},
		{"root only", "internal/look/a.go", look + `import (
				"github.com/slack-go/slack"
				"github.com/slack-go/slack/socketmode"
			)`, []string{`internal/look/a.go:5:5: internal/look may not import "github.com/slack-go/slack/socketmode"`}},
		{"root and below", "internal/slackapp/a.go", slackapp + `import (
				"github.com/slack-go/slack"
				"github.com/slack-go/slack/socketmode"
			)`, nil},
		{"a name that only begins alike", "internal/slackapp/a.go", slackapp + `import "github.com/slack-go/slackers"`,
			[]string{`internal/slackapp/a.go:3:8: internal/slackapp may not import "github.com/slack-go/slackers"`}},
		{"behind a build tag", "internal/quota/a_plan9.go", "//go:build never\n\n" + quota + `import "github.com/slack-go/slack"`,
			[]string{`internal/quota/a_plan9.go:5:8: internal/quota may not import "github.com/slack-go/slack"`}},
		{"clock called", "internal/quota/a.go", quota + "import \"time\"\nvar a = time.Now()",
			[]string{"internal/quota/a.go:4:9: internal/quota may not use time.Now: time is an argument"}},
		{"clock as a value, renamed", "internal/quota/a.go", quota + "import clock \"time\"\nvar a = clock.AfterFunc",
			[]string{"internal/quota/a.go:4:9: internal/quota may not use time.AfterFunc: time is an argument"}},
		{"clock behind a dot", "internal/quota/a.go", quota + "import . \"time\"\nvar a = Now",
			[]string{"internal/quota/a.go:3:8: internal/quota hides package time behind a dot"}},
		{"time without a clock", "internal/quota/a.go", quota + "import \"time\"\nvar a = time.Unix(0, 0).After(time.Time{})", nil},
		{"another's Now", "internal/quota/a.go", quota + "var time struct{ Now int }\nvar a = time.Now", nil},
		{"clock where it enters", "internal/slackapp/a.go", slackapp + "import \"time\"\nvar a = time.Now", nil},
		{"a test", "internal/quota/a_test.go", "package quota\nimport \"" + modulePath + "/internal/store\"", nil},
		{"unplanned", "internal/util/a.go", "// Package util owns.\npackage util",
			[]string{"internal/util/a.go: a new package needs a row here and a reason in doc.go"}},
		{"unplanned, only tests", "internal/util/a_test.go", "package util",
			[]string{"internal/util/a_test.go: a new package needs a row here and a reason in doc.go"}},
		{"without a comment", "internal/quota/a.go", "// Quotas.\n\npackage quota", []string{"internal/quota: no package comment"}},
		{"what Go ignores", "internal/quota/testdata/a.go", "package broken", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := survey(fstest.MapFS{
				c.file:         {Data: []byte(c.src)},
				"bench/go.mod": {Data: []byte("module bench")}, // another module: none of this one's business
				"bench/a.go":   {Data: []byte("package main")},
			})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}
