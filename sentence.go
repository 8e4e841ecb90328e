package pakta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxContext bounds, in bytes, how far a sentence reaches to each side of the
// words it is for: newsroom sentences seldom have more than 300 bytes, and
// text without full stops must not fill the page.
const maxContext = 360

// SentenceAround is the sentence, or what is near, in which the bytes
// [start, end) of text stand, as a half-open range too. It ends at line breaks,
// and at full stops that do not look like an abbreviation's ("Kab.", "No.", "H.");
// an unknown abbreviation makes it too short, a short form at a sentence's end
// ("2 km.") too long. The range must lie within text.
func SentenceAround(text string, start, end int) (from, to int) {
	return sentenceStart(text, start), sentenceEnd(text, end)
}

func sentenceStart(text string, at int) int {
	low := max(0, at-maxContext)
	for i := at; i > low; i-- {
		if text[i-1] == '\n' || i < at && endsSentence(text, i-1) {
			return skipSpace(text, i, at)
		}
	}
	if low == 0 {
		return skipSpace(text, 0, at)
	}
	if i := strings.IndexByte(text[low:at], ' '); i >= 0 {
		return low + i + 1
	}
	return runeStart(text, low)
}

func sentenceEnd(text string, at int) int {
	high := min(len(text), at+maxContext)
	// The evidence itself may end with the full stop.
	for i := max(0, at-1); i < high; i++ {
		if i >= at && text[i] == '\n' {
			return i
		}
		if endsSentence(text, i) {
			return afterClosing(text, i+1)
		}
	}
	if high == len(text) {
		return high
	}
	if i := strings.LastIndexByte(text[at:high], ' '); i >= 0 {
		return at + i
	}
	return max(at, runeStart(text, high))
}

// endsSentence says whether the byte at i is the stop of a sentence.
func endsSentence(text string, i int) bool {
	switch text[i] {
	case '!', '?':
	case '.':
		if abbreviates(text[:i]) {
			return false
		}
	default:
		return false
	}
	rest := text[afterClosing(text, i+1):]
	if rest == "" || rest[0] == '\n' {
		return true
	}
	if rest[0] != ' ' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "))
	return !unicode.IsLower(next)
}

// afterClosing is the place after the quotation marks and brackets that close
// at i.
func afterClosing(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(`"'”’)]»`, r) {
			break
		}
		i += n
	}
	return i
}

// abbreviations are those with a vowel; the others are known by having none.
var abbreviations = [...]string{"kab", "kec", "kel", "prov", "prof", "no", "dra", "ir", "hlm", "kol", "letkol", "pol", "inf"}

// abbreviates says whether the word before is an abbreviation: one capital, a
// short word without a vowel ("Drs", "Jl", "Plt"), or one of the table.
func abbreviates(before string) bool {
	const longest = 6
	word := strings.ToLower(before[strings.LastIndexAny(before, " \n(.,\"")+1:])
	n := utf8.RuneCountInString(word)
	if n == 0 || n > longest || strings.ContainsAny(word, "0123456789") {
		return false
	}
	return n == 1 || slices.Contains(abbreviations[:], word) || !strings.ContainsAny(word, "aiueo")
}

func skipSpace(text string, i, limit int) int {
	for i < limit && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t') {
		i++
	}
	return i
}

func runeStart(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}
