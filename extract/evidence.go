package extract

import "pakta"

// evidenceArena hands out the lists of evidence of one record. A record has
// fifty lists, most with one or two in them: made one by one they were a third
// of the allocations of an article.
type evidenceArena struct {
	// free is what is left of the newest piece. Records keep their pieces, so
	// none is used for a second article.
	free []pakta.Evidence
	size int // of the next piece
}

// Pieces grow from what a short report needs (2 KB) to a bound, which keeps
// down what the last piece of a long one wastes.
const (
	firstPiece = 48
	lastPiece  = 1024
)

// take gives an empty list with room for n.
func (a *evidenceArena) take(n int) []pakta.Evidence {
	if n > len(a.free) {
		a.size = min(max(2*a.size, firstPiece), lastPiece)
		a.free = make([]pakta.Evidence, max(a.size, n))
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
