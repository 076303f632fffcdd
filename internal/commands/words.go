package commands

import (
	"strings"
	"unicode"

	"github.com/paceline/paceline/internal/look"
)

// mostText is the longest text that is read, in bytes: Slack's own advice for a message.
const mostText = 4000

// fields splits what was typed into words. What stands in <…> (Slack's links and mentions) or in quotes is
// one word; quotes are taken off.
func fields(text string) []string {
	var words []string
	var word strings.Builder
	in, open := rune(0), false
	flush := func() {
		if word.Len() > 0 || open {
			words = append(words, word.String())
		}
		word.Reset()
		open = false
	}
	for _, c := range text {
		switch {
		case in == '>':
			word.WriteRune(c)
			if c == '>' {
				in = 0
			}
		case in != 0 && (c == in || in == '"' && isQuote(c)):
			in = 0
		case in != 0:
			word.WriteRune(c)
		case c == '<':
			in = '>'
			word.WriteRune(c)
		case isQuote(c):
			in, open = '"', true
		case unicode.IsSpace(c):
			flush()
		default:
			word.WriteRune(c)
		}
	}
	flush()
	return words
}

func isQuote(c rune) bool { return c == '"' || c == '“' || c == '”' || c == '„' }

// echo shows a word back to who typed it: short, and safe in Slack's mark-up.
func echo(word string) string {
	var b strings.Builder
	n := 0
	for _, c := range word {
		if n++; n > 40 {
			b.WriteString("…")
			break
		}
		if unicode.IsGraphic(c) && c != '`' && c != '\n' {
			b.WriteRune(c)
		}
	}
	// Slack has escaped what was typed; take that off before it is put on again.
	plain := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(b.String())
	return "“" + look.Escape(plain) + "”"
}

// mention returns the id that a word like <@U123> or <@U123|ana> names.
func mention(word, sign string) (id string, ok bool) {
	rest, ok := strings.CutPrefix(word, "<"+sign)
	if !ok {
		return "", false
	}
	rest, ok = strings.CutSuffix(rest, ">")
	id, _, _ = strings.Cut(rest, "|")
	return id, ok && id != ""
}

// nearest returns the word of a list that is closest to word: one slip away, or two for a long one.
func nearest(word string, list []string) (string, bool) {
	best, least := "", 3
	for _, w := range list {
		if d := slips([]rune(strings.ToLower(word)), []rune(w)); d < least && d <= max(1, len(w)/4) {
			best, least = w, d
		}
	}
	return best, best != ""
}

// slips counts the letters to add, drop, change or swap (the distance of Damerau and Levenshtein).
func slips(a, b []rune) int {
	if len(a) > 40 {
		return len(a)
	}
	prev, row := make([]int, len(b)+1), make([]int, len(b)+1)
	before := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, prev, row = prev, row, before
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
