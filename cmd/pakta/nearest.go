package main

import "strings"

// maxDistance bounds the edits between a mistyped word and the one meant:
// two transposed or three missing letters. Farther words only confuse.
const maxDistance = 3

// nearest is the candidate that word most likely misspells, or "" when none
// is near. Ties go to the earlier candidate.
func nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	best, bestDistance := "", min(maxDistance, max(1, len(word)/2))+1
	for _, c := range candidates {
		if d := distance(word, strings.ToLower(c), bestDistance-1); d < bestDistance {
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

// distance is the Levenshtein distance of a and b in bytes, or limit+1 when
// it is greater than limit. It takes O(len(a)*len(b)) at worst, but words whose
// lengths differ by more than limit are not compared at all.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal, low := row[0], i+1
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
			low = min(low, row[j+1])
		}
		if low > limit {
			return limit + 1
		}
	}
	return min(row[len(b)], limit+1)
}
