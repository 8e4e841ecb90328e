package web

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pakta"
)

const (
	// maxContext bounds, in bytes, how far a passage reaches to each side of
	// its evidence: newsroom sentences seldom have more than 300 bytes, and
	// text without full stops must not fill the page.
	maxContext = 360
	// ellipsis shows that a passage was cut.
	ellipsis = "…"
)

// span is a half-open range of bytes of an article's canonical text.
type span struct{ start, end int }

// part is a stretch of a passage; Mark says that a value was read from it.
type part struct {
	Text string
	Mark bool
}

// sentenceAround is the sentence, or what is near, in which the words at at
// stand, grown to both sides. It ends at line breaks, and at full stops that
// do not look like an abbreviation's ("Kab.", "No.", "H."); an unknown abbreviation
// makes it too short, a short form at a sentence's end ("2 km.") too long. at must lie within text.
func sentenceAround(text string, at span) span {
	return span{start: sentenceStart(text, at.start), end: sentenceEnd(text, at.end)}
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

// locate is the place of the evidence in the canonical text, and false when
// it is not there: another version of the article, or a wrong record.
func locate(text string, e pakta.Evidence) (span, bool) {
	if e.Start < 0 || e.End <= e.Start || e.End > len(text) || text[e.Start:e.End] != e.Text {
		return span{}, false
	}
	return span{e.Start, e.End}, true
}

// cut divides the text of the sentence into marked and unmarked parts. Marks
// may overlap; they are clipped to the sentence.
func cut(text string, sentence span, marks []span) []part {
	marks = slices.Clone(marks)
	slices.SortFunc(marks, func(a, b span) int { return a.start - b.start })
	var parts []part
	add := func(from, to int, mark bool) {
		if from < to {
			parts = append(parts, part{Text: text[from:to], Mark: mark})
		}
	}
	if before := sentence.start; before > 0 && cutsInto(text[:before]) {
		parts = append(parts, part{Text: ellipsis + " "})
	}
	at := sentence.start
	for _, m := range marks {
		start, end := max(m.start, at), min(m.end, sentence.end)
		if start >= end {
			continue
		}
		add(at, start, false)
		add(start, end, true)
		at = end
	}
	add(at, sentence.end, false)
	if after := text[sentence.end:]; after != "" && !strings.HasPrefix(after, "\n") && !endsLine(text[:sentence.end]) {
		parts = append(parts, part{Text: " " + ellipsis})
	}
	return parts
}

// cutsInto says whether a passage that follows before begins within a
// sentence.
func cutsInto(before string) bool {
	before = strings.TrimRight(before, " \t")
	return before != "" && !strings.HasSuffix(before, "\n") && !endsLine(before)
}

// endsLine says whether s ends as sentences do.
func endsLine(s string) bool {
	s = strings.TrimRight(s, `"'”’)]» `)
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

// clip is s with at most n runes, and an ellipsis where there was more.
func clip(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i] + ellipsis
		}
		n--
	}
	return s
}
