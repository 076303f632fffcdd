package sandbox

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// topLevels are the endings by which a bare word is taken for an address. Slack knows them all; these are the
// ones people type about their work, and none that is also an English word.
var topLevels = []string{"com", "org", "net", "edu", "gov", "io", "dev", "app", "de", "uk", "fr", "eu", "nl", "ch"}

// escape is what Slack makes of what a person types, in a command with should_escape and in a message alike:
// people and channels become their ids, addresses become links, and &, < and > become entities. A name has to
// stand on its own: not inside an e-mail address, not inside a longer name.
func escape(text string) string {
	var out strings.Builder
	before := ' ' // the rune in front of what is left
	for text != "" {
		if n, sent := special(text, before); n > 0 {
			out.WriteString(sent)
			before, _ = utf8.DecodeLastRuneInString(text[:n])
			text = text[n:]
			continue
		}
		r, n := utf8.DecodeRuneInString(text)
		out.WriteString(entities(text[:n]))
		before, text = r, text[n:]
	}
	return out.String()
}

// special recognises what begins a text: how many bytes of it, and what Slack sends in their place.
func special(text string, before rune) (int, string) {
	if joined(before) {
		return 0, ""
	}
	switch {
	case text[0] == '@':
		var names []string
		for _, p := range People {
			names = append(names, p.Name)
		}
		if name := longest(text[1:], append(names, BotName)); name != "" {
			return 1 + len(name), mention(name)
		}
		return 0, ""
	case text[0] == '#':
		var names []string
		for _, c := range channels {
			names = append(names, c.Name)
		}
		if name := longest(text[1:], names); name != "" {
			c, _ := channelNamed(name)
			return 1 + len(name), "<#" + c.ID + "|" + c.Name + ">"
		}
		return 0, ""
	}
	if n := schemed(text); n > 0 {
		return n, "<" + entities(text[:n]) + ">"
	}
	if n := bare(text); n > 0 {
		return n, "<http://" + entities(text[:n]) + "|" + entities(text[:n]) + ">"
	}
	return 0, ""
}

func mention(name string) string {
	if strings.EqualFold(name, BotName) {
		return "<@" + BotUser + "|" + BotName + ">"
	}
	p, _ := person(name)
	return "<@" + p.ID + "|" + p.Name + ">"
}

// longest returns the beginning of text that is the longest of the names, in any case, and ends there.
func longest(text string, names []string) string {
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, name := range names {
		if len(text) >= len(name) && strings.EqualFold(text[:len(name)], name) && ends(text[len(name):]) {
			return text[:len(name)]
		}
	}
	return ""
}

// ends reports whether a name that is followed by rest ends there: "@ana." does, "@anabel" and "@ana.b" do not.
func ends(rest string) bool {
	r, n := utf8.DecodeRuneInString(rest)
	if rest == "" || !joined(r) {
		return true
	}
	if r == '.' || r == '-' {
		after, _ := utf8.DecodeRuneInString(rest[n:])
		return rest[n:] == "" || !joined(after)
	}
	return false
}

// joined reports whether a word goes on over this rune.
func joined(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_@./&=-", r)
}

// schemed returns the length of the address with a scheme that text begins with, 0 for none.
func schemed(text string) int {
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || scheme == "" || rest == "" || strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz") != "" {
		return 0
	}
	n := addressEnd(text)
	if n <= len(scheme)+len("://") {
		return 0
	}
	return n
}

// bare returns the length of the address without a scheme that text begins with, 0 for none.
func bare(text string) int {
	host := text
	if i := strings.IndexFunc(text, func(r rune) bool {
		return r >= utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-'
	}); i >= 0 {
		host = text[:i]
	}
	rest := text[len(host):]
	host = strings.TrimRight(host, ".-")
	labels := strings.Split(strings.ToLower(host), ".")
	if len(labels) < 2 || slices.Contains(labels, "") || strings.HasPrefix(rest, "@") {
		return 0
	}
	if !slices.Contains(topLevels, labels[len(labels)-1]) && labels[0] != "www" {
		return 0
	}
	if rest != "" && strings.ContainsRune("/?:#", rune(rest[0])) && len(text)-len(rest) == len(host) {
		return max(len(host), addressEnd(text))
	}
	return len(host)
}

// addressEnd is where an address that text begins with ends: before a space, a bracket that links are written
// with, and the punctuation of the sentence around it.
func addressEnd(text string) int {
	if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>|\"", r) }); i >= 0 {
		text = text[:i]
	}
	for text != "" {
		last := text[len(text)-1]
		open, closing := strings.Count(text, "("), strings.Count(text, ")")
		if strings.IndexByte(".,;:!?'*~]", last) < 0 && (last != ')' || open >= closing) {
			break
		}
		text = text[:len(text)-1]
	}
	return len(text)
}

func entities(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
