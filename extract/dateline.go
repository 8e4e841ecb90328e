package extract

// findDatelines are the stretches at the top of the text that only say where it
// was written: "SLEMAN, Kabar Nusa -", "Padang, Padangkita.com -".
func (d *document) findDatelines() []span {
	out := d.datelines[:0]
	i := d.titleEnd
	for lines := 0; i < len(d.toks) && lines < 4; lines++ {
		end := i
		for end < len(d.toks) && d.toks[end].line == d.toks[i].line {
			end++
		}
		if to := d.datelineEnd(i, end); to > i {
			out = append(out, span{i, to})
		}
		i = end
	}
	d.datelines = out
	return out
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
		case t.ch == '–' || t.ch == '|' || t.ch == '-' && (t.spaced || i+1 < end && d.toks[i+1].spaced || d.mark(i-1, ',') || d.mark(i+1, '-') || d.toks[i-1].shape == upper && d.toks[from].shape == upper && i-from < 4):
			if i > from && i-from <= maxDateline {
				return i + 1
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
