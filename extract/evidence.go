package extract

import (
	"slices"

	"pakta"
)

// evidenceArena hands out the lists of evidence of records from larger pieces.
// A record has fifty lists, most with one or two in them: made one by one they
// were a third of the allocations of an article. What one record leaves of a
// piece is for the next.
type evidenceArena struct{ free []pakta.Evidence }

// evidencePiece is what two short reports need, 5 KB: that much a record may
// keep alive for its neighbour.
const evidencePiece = 100

// take gives an empty list with room for n.
func (a *evidenceArena) take(n int) []pakta.Evidence {
	if n > evidencePiece/2 {
		return make([]pakta.Evidence, 0, n)
	}
	if n > len(a.free) {
		a.free = make([]pakta.Evidence, evidencePiece)
	}
	list := a.free[:0:n]
	a.free = a.free[n:]
	return list
}

// one is a list with one piece of evidence.
func (d *document) one(e pakta.Evidence) []pakta.Evidence { return append(d.arena.take(1), e) }

// more is the list with another piece of evidence; use it instead of append.
func (d *document) more(list []pakta.Evidence, e pakta.Evidence) []pakta.Evidence {
	if len(list) == cap(list) {
		list = append(d.arena.take(2*len(list)+1), list...)
	}
	return append(list, e)
}

// evidence is tokens [from, to) as evidence for a rule.
func (d *document) evidence(from, to int, rule string) pakta.Evidence {
	return pakta.Evidence{
		Text: d.slice(from, to), Start: int(d.toks[from].start), End: int(d.toks[to-1].end), Rule: rule,
	}
}

// sortEvidence puts every list of a record into the order of the text: some
// are gathered by weight, or by rule.
func sortEvidence(rec *pakta.Record) {
	byPlace := func(a, b pakta.Evidence) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	}
	rec.EachEvidenceList(func(list []pakta.Evidence) {
		if len(list) > 1 {
			slices.SortStableFunc(list, byPlace)
		}
	})
}
