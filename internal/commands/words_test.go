package commands

import (
	"slices"
	"strings"
	"testing"
)

func TestFields(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"  \t\n ", nil},
		{"8 yesterday", []string{"8", "yesterday"}},
		{"8\u00a0yesterday\u2003now", []string{"8", "yesterday", "now"}},
		{`name "Sales EU" channel`, []string{"name", "Sales EU", "channel"}},
		{`name “Sales EU”`, []string{"name", "Sales EU"}},
		{`name „Sales EU“`, []string{"name", "Sales EU"}},
		{`name ""`, []string{"name", ""}},
		{`5" 3`, []string{`5"`, "3"}},
		{`say "8 yesterday`, []string{"say", `"8`, "yesterday"}},
		{"<https://a|Jane Doe, PhD> x", []string{"<https://a|Jane Doe, PhD>", "x"}},
		{"Jane:<https://a>,<https://b>", []string{"Jane:", "<https://a>", ",", "<https://b>"}},
		{`<https://a|the "one">`, []string{`<https://a|the "one">`}},
		{"<@U1|ana b> 5", []string{"<@U1|ana b>", "5"}},
		{"<https://a|no end", []string{"<https://a|no", "end"}},
		{"I <3 you>", []string{"I", "<3", "you>"}},
		{"< x>", []string{"<", "x>"}},
		{"<", []string{"<"}},
		{"8\u200b yes\u202eter\x00day", []string{"8", "yesterday"}},
		{"\u2068@ana\u2069", []string{"@ana"}},
		{"\u200b", []string{""}},
		{"👩\u200d💻", []string{"👩\u200d💻"}},
		{"\xff8", []string{"\ufffd8"}},
		{"https://linkedin.com/in/x\u200e", []string{"https://linkedin.com/in/x\u200e"}}, // an address is linkedin's to judge
	} {
		if got := fields(c.in); !slices.Equal(got, c.want) {
			t.Errorf("fields(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestMention(t *testing.T) {
	for _, c := range []struct{ word, sign, want string }{
		{"<@U1>", "@", "U1"}, {"<@U1|ana>", "@", "U1"}, {"<@U1|>", "@", "U1"}, {"<#C1|general>", "#", "C1"},
		{"<@U1", "@", ""}, {"@ana", "@", ""}, {"<@>", "@", ""}, {"<@|ana>", "@", ""}, {"<#C1>", "@", ""}, {"<!channel>", "@", ""},
		{"<@U1 <!channel>", "@", ""}, {"<@u1>", "@", ""}, {"<@U1`>", "@", ""}, {"<@" + strings.Repeat("U", 99) + ">", "@", ""},
	} {
		if got, ok := mention(c.word, c.sign); got != c.want || ok != (c.want != "") {
			t.Errorf("mention(%q, %q) = %q, %v, want %q", c.word, c.sign, got, ok, c.want)
		}
	}
}

func TestEcho(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"dance", "“dance”"},
		{"", "“”"},
		{"&lt;!channel&gt;", "“&lt;!channel&gt;”"},
		{"<!channel>", "“!channel”"},
		{"<!subteam^S1|@all>", "“@all”"},
		{"<https://evil.test|evil.test>", "“evil.test”"},
		{"<https://evil.test>", "“https://evil.test”"},
		{"a`b`c", "“abc”"},
		{"&amp;lt;", "“&amp;lt;”"},
		{"x\u202ey\x00z\u200b", "“xyz”"},
		{strings.Repeat("é", 41), "“" + strings.Repeat("é", 40) + "…”"},
		{strings.Repeat("a", 39) + "&lt;", "“" + strings.Repeat("a", 39) + "&lt;”"},
		{"<a|<!here>", "“&lt;!here”"},
	} {
		got := echo(c.in)
		if got != c.want {
			t.Errorf("echo(%q) = %q, want %q", c.in, got, c.want)
		}
		if wrong := alive("the echo", got); wrong != nil {
			t.Error(wrong)
		}
	}
}

func TestBare(t *testing.T) {
	for in, want := range map[string]string{
		"5,": "5", "5.": "5", "(8)": "8", "*8*": "8", "Mon.": "mon", "undo!": "undo", "-3": "-3", "+5": "+5", ".5": ".5", "8?": "8?", "…": "", "_x_": "x", "[2]": "2",
	} {
		if got := bare(in); got != want {
			t.Errorf("bare(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	words := []string{"budget", "help", "mon", "sent", "today", "undo", "why", "yesterday"}
	for in, want := range map[string]string{
		"snet": "sent", "sent": "sent", "sen": "sent", "yestrday": "yesterday", "yetserdya": "yesterday", "tody": "today", "Undoo": "undo", "wyh": "why",
		"hello": "", "dance": "", "": "", "x": "", "mno": "mon", "yxsxrxax": "",
	} {
		if got, _ := nearest(in, words); got != want {
			t.Errorf("nearest(%q) = %q, want %q", in, got, want)
		}
	}
	if got, ok := nearest(strings.Repeat("yesterday", 4000), words); ok {
		t.Errorf("a very long word is near to %q", got)
	}
}

func TestSlips(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"ab", "ba", 1}, {"abc", "abd", 1}, {"kitten", "sitting", 3}, {"abcd", "badc", 2}} {
		if got := slips([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("slips(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := slips([]rune(c.b), []rune(c.a)); got != c.want {
			t.Errorf("slips(%q, %q) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}
