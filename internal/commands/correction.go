package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/paceline/paceline/internal/look"
	"github.com/paceline/paceline/internal/quota"
)

// line is what somebody may type instead, safe between backticks. Empty parts are left out.
func line(words ...string) string {
	var out []string
	for _, w := range words {
		if w = look.Escape(strings.ReplaceAll(unescape(w), "`", "")); w != "" {
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

// retyped is the end of what was typed, as it may be typed again: with the quotes that were around it, for what reads
// as two words without them could mean something else. What is empty is left out; for nothing it is instead.
func retyped(r Request, end []string, instead string) string {
	all, quotes := parted(r.Text)
	first := len(all) - len(end)
	var out []string
	for i, w := range end {
		if tidy(w) == "" {
			continue
		}
		if strings.Contains(w, " ") || first >= 0 && quotes[first+i] {
			w = `"` + w + `"`
		}
		out = append(out, w)
	}
	if out == nil {
		return instead
	}
	said := []rune(strings.Join(out, " "))
	return string(said[:min(len(said), 2*mostReason)])
}

// numberFirst are words in which a number is the wrong way round, as they may be typed: the first number among them, else
// another one, and the rest behind it.
func numberFirst(words []string, another string) (number string, rest []string) {
	i := slices.IndexFunc(words, func(w string) bool { _, no := readNumber(w); return no == "" })
	if i < 0 {
		return another, words[min(1, len(words)):]
	}
	return words[i], slices.Delete(slices.Clone(words), i, i+1)
}

// elsewhere is the whole line to type for words that have a meaning behind a verb which was left out.
func (b *Bot) elsewhere(ctx context.Context, r Request, words []string) (whole string, ok bool) {
	named := slices.ContainsFunc(words, atName)
	for _, v := range verbs() {
		if slices.Contains(v.inner, bare(words[0])) && !(named && v.name == "settings") { // those are one's own
			return line(b.names.Main, v.name, b.withNames(ctx, r, words, retyped(r, words, ""))), true
		}
	}
	return "", false
}

// atName reports whether a word names a person: picked from Slack's list, or typed.
func atName(word string) bool { return isMention(word) || strings.HasPrefix(word, "@") }

// withNames writes the mentions among words as people type them.
func (b *Bot) withNames(ctx context.Context, r Request, words []string, text string) string {
	for _, w := range words {
		if isMention(w) {
			m, _, err := b.person(ctx, r, w, "")
			if err != nil {
				m = quota.Member{}
			}
			text = strings.ReplaceAll(text, w, typedName(m))
		}
	}
	return text
}
