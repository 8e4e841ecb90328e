package eval

import (
	"strings"

	"pakta"
)

// Fault is a value that a record lacks or should not have.
type Fault struct {
	Article string `json:"article"` // its id
	Field   Field  `json:"field"`
	Missed  bool   `json:"missed"` // else the record has it and should not
	Value   string `json:"value"`
	// Words are those that the value was read from, or that the label gives
	// for a missed one; Sentence is the one they stand in. Both are empty
	// where the labels do not tell.
	Words    string `json:"words"`
	Sentence string `json:"sentence"`
	// Rule is the id of the rule that read a wrong value.
	Rule string `json:"rule,omitempty"`
}

// missed is the fault of a label's value that the record lacks.
func missed(a *Article, f Field, w item, text string) Fault {
	fault := Fault{Article: a.ID, Field: f, Missed: true, Value: w.shown}
	for _, words := range w.words {
		if start := find(text, words); start >= 0 {
			fault.place(text, start, start+len(words))
			break
		}
	}
	fault.aboutWhole(a)
	return fault
}

// wrong is the fault of a record's value that the labels lack.
func wrong(a *Article, f Field, g item, text string) Fault {
	fault := Fault{Article: a.ID, Field: f, Value: g.shown}
	if len(g.evidence) > 0 {
		e := g.evidence[0]
		fault.Rule = e.Rule
		if e.Start >= 0 && e.Start < e.End && e.End <= len(text) {
			fault.place(text, e.Start, e.End)
		}
	}
	fault.aboutWhole(a)
	return fault
}

// place notes the words [start, end) of text and their sentence.
func (f *Fault) place(text string, start, end int) {
	from, to := pakta.SentenceAround(text, start, end)
	f.Words, f.Sentence = text[start:end], text[from:to]
}

// aboutWhole gives a fault that is about the article as a whole its title.
func (f *Fault) aboutWhole(a *Article) {
	if f.Field == Relevance {
		f.Sentence = a.Title
	}
}

// find is where words first stand in text, whatever their case; -1 for
// nowhere. Text whose length changes with its case is searched as it is.
func find(text, words string) int {
	if words == "" {
		return -1
	}
	if i := strings.Index(text, words); i >= 0 {
		return i
	}
	lower, part := strings.ToLower(text), strings.ToLower(words)
	if len(lower) != len(text) || len(part) != len(words) {
		return -1
	}
	return strings.Index(lower, part)
}
