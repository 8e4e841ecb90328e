package extract

// degreeLike tells the degree in "Lay SH" from the initials in "Daniel SP.
// Lumban": a name goes on behind initials.
func (d *document) degreeLike(i int) bool {
	j := i + 1
	if h, ok := d.longest(i, listDegrees); ok {
		j = max(j, int(h.to)) // "S. Sos"
	}
	for j < len(d.toks) && j < i+6 && (d.mark(j, '.') && d.toks[j].inner || d.toks[j].kind == word && !d.toks[j].spaced) {
		j++
	}
	if !d.capital(j) || !d.sameSentence(i, j) {
		return true
	}
	return d.endsName(j, 0) || d.isDegree(j)
}

func (d *document) isDegree(i int) bool {
	return d.opens(i, listDegrees) || d.specialist(i) || d.dottedDegree(i) > i
}

// specialist reports whether the degree of a specialist stands at token i:
// "SpMK", "Sp.KFR". The table has the common ones.
func (d *document) specialist(i int) bool {
	if i < 0 || i >= len(d.toks) || d.toks[i].kind != word {
		return false
	}
	switch w := d.tokenText(i); {
	case len(w) > 2 && len(w) < 8:
		return w[:2] == "Sp" && w[2] >= 'A' && w[2] <= 'Z'
	case w == "Sp":
		return d.mark(i+1, '.') && d.toks[i+1].inner && d.capital(i+2) && !d.toks[i+2].spaced
	}
	return false
}

// degreeEnd is the end of the degree at token i, i when none stands there.
func (d *document) degreeEnd(i int) int {
	if d.specialist(i) {
		if d.mark(i+1, '.') && d.toks[i+1].inner && i+2 < len(d.toks) && !d.toks[i+2].spaced {
			return i + 3
		}
		return i + 1
	}
	if h, ok := d.longest(i, listDegrees); ok {
		return int(h.to)
	}
	return d.dottedDegree(i)
}

// dottedDegree is the end of a degree that no table has at token i: a letter
// and a short word that hang together by stops, "S.Kel", "M.Agric.Sc", or by a
// slip of the pen, "M,Pd"; i when none stands there. Weak case: "Andi S.Toba"
// without a blank.
func (d *document) dottedDegree(i int) int {
	if !d.isInitial(i) || i == 0 || i+2 >= len(d.toks) || !(d.mark(i+1, '.') && d.toks[i+1].inner) && !d.commaDegree(i) {
		return i
	}
	switch d.tokenText(i) {
	case "S", "M", "A", "B":
	default:
		return i
	}
	t := &d.toks[i+2]
	if t.kind != word || t.spaced || t.shape == lower || t.end-t.start > 5 || t.end-t.start < 2 || d.isGiven(i+2) || d.capital(i+3) && d.toks[i+3].spaced && !d.opens(i+3, listDegrees) && !d.mark(i+4, '.') && !d.commaDegree(i+3) {
		return i
	}
	end := i + 3
	for end+1 < len(d.toks) && d.mark(end, '.') && d.toks[end].inner && d.capital(end+1) && !d.toks[end+1].spaced {
		end += 2
	}
	return end
}

// commaDegree reports whether a degree whose stop became a comma stands at
// token i: "M,Pd", but not "Budi S,Plt Camat".
func (d *document) commaDegree(i int) bool {
	if i+2 >= len(d.toks) || !d.isInitial(i) {
		return false
	}
	t := &d.toks[i+2]
	return d.mark(i+1, ',') && !d.toks[i+1].spaced && !t.spaced && t.end-t.start < 5 && !d.opensAny(i+2, 1<<listActing|1<<listPositions|1<<listHonorifics)
}

// degrees reads the degrees behind a name, with commas and dots, and returns
// the end of them.
func (d *document) degrees(n *personName, i int) int {
	end := i
	for i < len(d.toks) && d.sameSentence(n.from, i) {
		if d.mark(i, ',') || d.mark(i, '.') && !d.toks[i].spaced {
			i++
			continue
		}
		from := i
		if i = d.degreeEnd(from); i == from || d.toks[from].shape == lower {
			return end
		}
		if d.mark(i, '.') && (d.toks[i].inner || d.mark(i+1, ',') || d.mark(i+1, '(') || i+1 < len(d.toks) && d.toks[i+1].shape == lower && d.sameSentence(i, i+1)) {
			i++
		}
		n.titles = append(n.titles, d.slice(from, i))
		end = i
	}
	return end
}
