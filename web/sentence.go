package web

import (
	"slices"
	"strings"

	"pakta"
)

// ellipsis shows that a passage was cut.
const ellipsis = "…"

// span is a half-open range of bytes of an article's canonical text.
type span struct{ start, end int }

// part is a stretch of a passage; Mark says that a value was read from it.
type part struct {
	Text string
	Mark bool
}

// sentenceAround is [pakta.SentenceAround] in terms of spans.
func sentenceAround(text string, at span) span {
	start, end := pakta.SentenceAround(text, at.start, at.end)
	return span{start, end}
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
