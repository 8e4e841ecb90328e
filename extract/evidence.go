package extract

import (
	"slices"

	"pakta"
)

// evidenceRoom is where lists of evidence grow while an article is read, all of
// them in one piece that the next article uses again: see ownEvidence.
type evidenceRoom struct {
	piece []pakta.Evidence
	used  int
}

// take gives an empty list with room for n.
func (r *evidenceRoom) take(n int) []pakta.Evidence {
	if r.used+n > len(r.piece) {
		r.piece, r.used = make([]pakta.Evidence, max(2*len(r.piece), n, 100)), 0 // 100 is what an article needs
	}
	list := r.piece[r.used : r.used : r.used+n]
	r.used += n
	return list
}

// one is a list with one piece of evidence.
func (d *document) one(e pakta.Evidence) []pakta.Evidence { return append(d.room.take(1), e) }

// more is the list with another piece of evidence; use it instead of append.
func (d *document) more(list []pakta.Evidence, e pakta.Evidence) []pakta.Evidence {
	if len(list) == cap(list) {
		list = append(d.room.take(2*len(list)+1), list...)
	}
	return append(list, e)
}

// evidence is tokens [from, to) as evidence for a rule.
func (d *document) evidence(from, to int, rule string) pakta.Evidence {
	return pakta.Evidence{
		Text: d.slice(from, to), Start: int(d.toks[from].start), End: int(d.toks[to-1].end), Rule: rule,
	}
}

// ownEvidence gives the record evidence of its own, in one piece, with every
// list in the order of the text: some are gathered by weight, or by rule.
func ownEvidence(rec *pakta.Record) {
	n := 0
	rec.EachEvidenceList(func(list *[]pakta.Evidence) { n += len(*list) })
	all := make([]pakta.Evidence, 0, n)
	rec.EachEvidenceList(func(list *[]pakta.Evidence) {
		begin := len(all)
		all = append(all, *list...)
		if *list = all[begin:len(all):len(all)]; !slices.IsSortedFunc(*list, compareEvidence) { // nearly all are
			slices.SortStableFunc(*list, compareEvidence)
		}
	})
}

// compareEvidence orders evidence by its place in the text.
func compareEvidence(a, b pakta.Evidence) int {
	if a.Start != b.Start {
		return a.Start - b.Start
	}
	return a.End - b.End
}
