package main

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/paceline/paceline/internal/commands"
	"github.com/paceline/paceline/internal/quota"
)

// TestReadme checks that the tables of the README are what the code gives. UPDATE=1 writes them.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for name, table := range map[string]string{"commands": commandTable(), "configuration": configTable(), "presets": presetTable()} {
		begin, end := "<!-- "+name+" -->\n", "<!-- /"+name+" -->"
		before, rest, ok := strings.Cut(text, begin)
		_, after, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("the README has no place for %s", name)
		}
		text = before + begin + table + end + after
	}
	sameAsFile(t, file, []byte(text))
}

// commandTable is a row for each example in the help of the table of verbs.
func commandTable() string {
	var b strings.Builder
	b.WriteString("| typed | does |\n|---|---|\n")
	for _, u := range commands.Usages(commands.DefaultNames()) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", cell(u.Form), cell(strings.Join(append([]string{u.About + "."}, u.More...), " ")))
	}
	return b.String()
}

// presetTable is a row for each preset, with what it claims.
func presetTable() string {
	var b strings.Builder
	b.WriteString("| preset | what it holds |\n|---|---|\n")
	for _, p := range quota.Presets() {
		var claims []string
		if p.Outdated != "" {
			claims = append(claims, "**Not advised.** "+p.Outdated)
		}
		for _, l := range p.Limits {
			if l.Settable() && (l.Name != quota.BudgetName || !l.Optional) {
				claims = append(claims, l.Claim)
			}
		}
		for _, r := range p.Persons {
			if r.After != quota.Withdrawn || p.Name == quota.PacelinePreset { // that one is LinkedIn's own, under every preset
				claims = append(claims, r.Claim)
			}
		}
		for _, a := range p.Advice {
			claims = append(claims, "Advice: "+strings.ToLower(a.Claim[:1])+a.Claim[1:])
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", p.Name, cell(strings.Join(claims, " ")))
	}
	return b.String()
}

func configTable() string {
	var b strings.Builder
	b.WriteString("| variable | default | what it is |\n|---|---|---|\n")
	for f := range reflect.TypeFor[config]().Fields() {
		value := ""
		if d := f.Tag.Get("default"); d != "" {
			value = "`" + d + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Tag.Get("envconfig"), value, cell(f.Tag.Get("desc")))
	}
	return b.String()
}

// cell makes text safe to stand in a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
