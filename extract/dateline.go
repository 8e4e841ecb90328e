package extract

import "slices"

// findDatelines are the stretches at the top of the text that only say where it
// was written: "SLEMAN, Kabar Nusa -", "Padang, Padangkita.com -".
func (d *document) findDatelines() []span {
	out := d.datelines[:0]
	i := d.titleEnd
	for lines := 0; i < len(d.toks) && lines < lateLines; lines++ {
		_, end := d.sentence(i)
		for end < len(d.toks) && d.toks[end].line == d.toks[i].line {
			_, end = d.sentence(end)
		}
		to := i
		if lines < topLines {
			to = d.datelineEnd(i, end)
		} else {
			to = d.lateDateline(i, end)
		}
		if to > i {
			out = append(out, span{i, to})
		}
		i = end
	}
	d.datelines = out
	return out
}

// behindDateline reports whether a dateline ends right before token i.
func (d *document) behindDateline(i int) bool {
	return slices.ContainsFunc(d.datelines, func(s span) bool { return s.to == i })
}

// Lines of the text that may open with a dateline: the first ones, and those
// behind the stamps and captions of a page, where it has to be plain.
const (
	topLines  = 4
	lateLines = 16
)

// lateDateline is the end of a dateline that opens a line with a place and a
// dash, "KENDARI, TELISIK.ID –"; from when it has none.
func (d *document) lateDateline(from, end int) int {
	if !d.opens(from, listRegions) && d.toks[from].shape != upper {
		return from
	}
	for i := from; i < min(end, from+maxDateline); i++ {
		t := &d.toks[i]
		if d.endsDateline(i, from, end) {
			return i + 1
		}
		if t.kind == word && t.shape == lower && !d.siteWord(i) || t.kind == number || t.isStop() && !d.siteWord(i-1) {
			return from
		}
	}
	return from
}

// maxDateline is how far a dateline reaches, in tokens.
const maxDateline = 14

// datelineEnd is the end of the dateline that opens a line; from when it has
// none. It ends with a dash, or a bar; its words have capitals.
func (d *document) datelineEnd(from, end int) int {
	small := 0
	for i := from; i < min(end, from+maxDateline); i++ {
		t := &d.toks[i]
		switch {
		case d.endsDateline(i, from, end):
			if i > from && i-from <= maxDateline {
				return d.behindBar(i, from, end)
			}
			return from
		case t.kind == word && t.shape == lower && !d.siteWord(i):
			if small++; small > 1 {
				return d.commaDateline(from, end)
			}
		}
	}
	if end-from <= 5 && !d.toks[end-1].isStop() {
		return end // a line of its own: "Payakumbuh, PilarbangsaNews"
	}
	return d.commaDateline(from, end)
}

// behindBar is the end of a dateline that ends at token i, or at a dash behind the
// outlet where that is a bar: "LANGSA|GLOBAL SUMUT-Pemkot".
func (d *document) behindBar(i, from, end int) int {
	for j := i + 1; d.mark(i, '|') && j < min(end, from+maxDateline) && d.toks[j].shape != lower; j++ {
		if j > i+1 && d.endsDateline(j, from, end) {
			return j + 1
		}
	}
	return i + 1
}

// endsDateline reports whether a dash or bar at token i ends the dateline of the
// line [from, end). One without spaces does behind an address and behind a name
// in capitals: "Ambon, pusartimur.com-Dalam", "KAYUAGUNG-Rencana".
func (d *document) endsDateline(i, from, end int) bool {
	t := &d.toks[i]
	if t.ch == '–' || t.ch == '|' {
		return true
	}
	if t.ch != '-' {
		return false
	}
	shouted := i > 0 && d.toks[i-1].shape == upper && d.toks[from].shape == upper && i-from < maxShouted && !d.siteWord(i+1)
	return t.spaced || i+1 < end && d.toks[i+1].spaced || d.mark(i-1, ',') || d.mark(i-1, ')') && d.toks[from].shape == upper || d.mark(i+1, '-') || shouted || i > from+2 && d.siteWord(i-1)
}

// maxShouted is how many tokens a place and an outlet in capitals have: "LOMBOK
// TENGAH, CBM-".
const maxShouted = 5

// commaDateline: "ATAMBUA, Bertempat di ...": one place in capitals.
func (d *document) commaDateline(from, end int) int {
	if from+2 < end && d.toks[from].shape == upper && d.mark(from+1, ',') {
		return from + 2
	}
	return from
}

// siteWord reports whether the word at i is part of an address: "kabarnusa.id".
func (d *document) siteWord(i int) bool {
	return d.mark(i+1, '.') && d.tight(i+1) && d.tight(i+2) || d.mark(i-1, '.') && d.tight(i-1) && d.tight(i)
}
