package commands

import "strings"

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
