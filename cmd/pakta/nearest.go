package main

import "strings"

// maxDistance bounds the edits between a mistyped word and the one meant:
// two transposed or three missing letters. Farther words only confuse.
const maxDistance = 3

// nearest is the candidate that word most likely misspells, or "" when none
// is near. Ties go to the longest candidate, since letters are left out more
// often than put in, and then to the earliest.
func nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	best, bestDistance := "", min(maxDistance, max(1, len(word)/2))+1
	for _, c := range candidates {
		d := distance(word, strings.ToLower(c), bestDistance)
		if d < bestDistance || d == bestDistance && best != "" && len(c) > len(best) {
			best, bestDistance = c, d
		}
	}
	return best
}

// didYouMean is the end of an error message about word: the nearest
// candidate, or the empty string.
func didYouMean(word string, candidates []string) string {
	if n := nearest(word, candidates); n != "" {
		return "; did you mean " + n + "?"
	}
	return ""
}

// distance counts the edits that make b of a, in bytes: letters put in, left
// out, changed, or two neighbours exchanged. It is limit+1 when there are more
// than limit. It takes O(len(a)*len(b)) at worst, but words whose lengths
// differ by more than limit are not compared at all.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		low := next[0]
		for j := range len(b) {
			cost := row[j]
			if a[i] != b[j] {
				cost++
			}
			cost = min(cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				cost = min(cost, before[j-1]+1)
			}
			next[j+1] = cost
			low = min(low, cost)
		}
		if low > limit {
			return limit + 1
		}
		before, row, next = row, next, before
	}
	return min(row[len(b)], limit+1)
}
