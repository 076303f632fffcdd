package commands

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/paceline/paceline/internal/linkedin"
	"github.com/paceline/paceline/internal/look"
)

// fields splits what was typed into words. What stands in <…> (Slack's links and mentions) or between quotes
// is one word; quotes are taken off, and so is what cannot be seen, except in an address.
func fields(text string) []string {
	words, _ := parted(text)
	return words
}

// parted splits as fields does, and tells of each word whether it had quotes.
func parted(text string) (words []string, quotes []bool) {
	var word strings.Builder
	quoted := false // this word, though it may be empty
	flush := func() {
		if word.Len() > 0 || quoted {
			words = append(words, visible(word.String()))
			quotes = append(quotes, quoted)
		}
		word.Reset()
		quoted = false
	}
	in := false // quotes
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		switch n := wrapped(text[i:]); {
		case in && isQuote(c):
			in = false
		case isQuote(c) && word.Len() == 0 && strings.ContainsFunc(text[i+size:], isQuote):
			in, quoted = true, true
		case in:
			word.WriteString(text[i : i+size])
		case n > 0:
			flush()
			word.WriteString(text[i : i+n])
			flush()
			size = n
		case unicode.IsSpace(c):
			flush()
		default:
			word.WriteString(text[i : i+size])
		}
		i += size
	}
	flush()
	return words, quotes
}

// wrapped returns how long the <…> is with which text begins, or 0. People's own < come escaped.
func wrapped(text string) int {
	if len(text) < 2 || text[0] != '<' || text[1] == ' ' || '0' <= text[1] && text[1] <= '9' {
		return 0
	}
	return strings.IndexByte(text, '>') + 1
}

func isQuote(c rune) bool { return c == '"' || c == '“' || c == '”' || c == '„' }

// visible takes off what has no shape of its own, except the joiners that some scripts and emoji need. An
// address stays as it is: package linkedin knows what belongs to it.
func visible(word string) string {
	if linkedin.Looks(word) {
		return word
	}
	return strings.Map(func(c rune) rune {
		if invisible(c) {
			return -1
		}
		return c
	}, word)
}

func invisible(c rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.IsControl(c) && !unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) && c != nonJoiner && c != joiner
}

// bare is a word as it is looked up: lower case, without the punctuation and emphasis around it.
func bare(word string) string {
	return strings.TrimLeft(strings.TrimRight(strings.ToLower(word), ",;.!…)]*_`"), "([*_`")
}

// echo shows a word back to who typed it: short, and safe in Slack's mark-up.
func echo(word string) string {
	if n := wrapped(word); n > 0 && n == len(word) {
		link, label, labelled := strings.Cut(word[1:n-1], "|")
		if word = link; labelled && label != "" {
			word = label
		}
	}
	var b strings.Builder
	n := 0
	for _, c := range unescape(word) {
		if !unicode.IsGraphic(c) || c == '`' {
			continue
		}
		if n++; n > 40 {
			b.WriteString("…")
			break
		}
		b.WriteRune(c)
	}
	return "“" + look.Escape(b.String()) + "”"
}

// unescape takes off what Slack puts on what people type; what is typed into a form comes without it.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// parts sorts words by the keyword before them. keywords maps each to the name of its part; a part may come
// once. noun is what stands before an unknown one in the answer.
func parts(words []string, keywords map[string]string, noun string) (map[string][]string, slip) {
	out := make(map[string][]string)
	part := ""
	for _, w := range words {
		name, ok := keywords[strings.ToLower(w)]
		switch _, twice := out[name]; {
		case ok && twice:
			return nil, slipf("I read %s twice.", echo(w))
		case ok:
			part = name
			out[part] = nil
		case part == "":
			return nil, slipf("I don't know %s%s.", noun, echo(w))
		default:
			out[part] = append(out[part], w)
		}
	}
	return out, ""
}

// tidy makes a name of what somebody typed: nothing invisible, single spaces.
func tidy(name string) string { return strings.Join(strings.Fields(visible(name)), " ") }

// mention returns the id that a word like <@U123> or <@U123|ana> names.
func mention(word, sign string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(word, "<"+sign)
	if !ok {
		return "", false
	}
	rest, ok = strings.CutSuffix(rest, ">")
	id, _, _ = strings.Cut(rest, "|")
	if !ok || !isID(id) {
		return "", false
	}
	return id, true
}

// isID reports whether s can be an id of Slack's: it can then stand in <@…> and <#…>.
func isID(s string) bool {
	return s != "" && len(s) <= 32 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}
