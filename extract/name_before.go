package extract

import "pakta"

// nameBefore reads a name that stands before its office: "X, Bupati Y", "X
// selaku Bupati Y", "X (Bupati Y)".
func (d *document) nameBefore(o *officialFinding) (n personName, ok bool) {
	if o.several {
		return n, false
	}
	end, link := o.from, false
	if h, ok := d.hitEnding(end, listOfficialCues, 3); ok && d.x.officials.cues[h.entry].role == cueLink {
		link, end = true, int(h.from)
	}
	if link && d.nominated(o, end) {
		return n, false
	}
	switch {
	case d.mark(end-1, ','):
		end--
	case d.mark(end-1, '(') && d.mark(d.bracketEnd(o.to), ')'):
		end--
	case !link && !(d.nameEndsAt(end) && (d.nameOpensLine(end) || d.degreeEnds(end))):
		return n, false
	}
	first := d.nameStart(end, o.from)
	if _, area := d.hitEnding(first, listRegionPrefixes, 3); area {
		return n, false // "Kabupaten Halmaherah Tengah, Sekretaris Daerah ..."
	}
	if d.is(first-1, d.x.officials.at) && d.sameSentence(first-1, first) {
		return n, false // "se Tana Rekaan, Sekda, para asisten"
	}
	if d.capital(first-1) && d.sameSentence(first-1, first) && d.abbreviation(first-1) && d.mark(end, ',') {
		return n, false // "Kepala Kantor UPBU Maimun Rekaleh, Direktur PT X"
	}
	if d.mark(end, ',') && !d.opensSentence(first) && d.inHeadline(first) {
		return n, false // "Bersama Gubernur X dan Habib Y, Wali Kota Z Gelar Doa"
	}
	n, ok = d.nameAt(first)
	if ok && n.first == n.from && !d.isGiven(n.first) && (d.degreeEnd(n.first) >= n.last || d.degreeEnd(n.first) == n.last-1 && d.mark(n.last-1, '.')) {
		return n, false // the degrees of one who was named before: "X, M.Eng.D.Eng., Gubernur Y"
	}
	return n, ok && n.to >= end && (link || n.last-n.first > 1 || len(n.titles) > 0 && d.isTitled(&n) || d.loneName(&n, end))
}

// bracketed reads the name before the brackets that hold an office and nothing
// else: "Zumi Rekadi (Kades Batu Ampar)".
func (d *document) bracketed(o *officialFinding, n *personName) (ok bool) {
	if !d.mark(o.from-1, '(') {
		return false
	}
	if *n, ok = d.nameBefore(o); ok {
		o.to = max(o.to, d.bracketEnd(o.to))
	}
	return ok
}

// nameAbutting reads the name of a holder right before an office, in a list
// whose items are so: "Indra Lubis Asisten Ekonomi, Yuliarso Kepala Dinas
// Perhubungan". A comma or "dan" must open the item, and no name may stand
// right behind the office.
func (d *document) nameAbutting(o *officialFinding, i int) (n personName, ok bool) {
	first := o.from
	for first > 0 && o.from-first < maxName && d.sameSentence(first-1, o.from) && d.owner[first-1] == free && d.capital(first-1) && !d.endsName(first-1, 0) {
		first--
	}
	if first == o.from || o.several || !d.sameSentence(first-1, o.from) || !d.mark(first-1, ',') && !d.is(first-1, d.x.officials.and) && !d.is(first-1, d.x.officials.namely) && !d.heads(first, i) && !d.inProse(first, o.from) {
		return n, false
	}
	if d.capital(i) && d.sameSentence(o.from, i) && !d.officeAt(i) {
		return n, false
	}
	n, ok = d.nameAt(first)
	known := d.toks[n.first].word != 0 && !d.isGiven(n.first)
	return n, ok && n.to == o.from && (n.last-n.first > 1 || !known)
}

// inProse reports whether the words [first, to) between a small word and an office are
// a person's name for certain: "bersama Bernadia Rekawati Sekretaris Jenderal".
func (d *document) inProse(first, to int) bool {
	return first > 0 && d.toks[first-1].shape == lower && !d.is(first-1, d.x.officials.at) && to-first > 1 && d.isGiven(first) && !d.inHeadline(first)
}

// isTitled reports whether a pilgrim or graduate is named: "H. Hurmin", not
// "Bapak".
func (d *document) isTitled(n *personName) bool {
	return n.first > n.from || n.to > n.last && d.toks[n.first].word == 0 // "Mashurireka SE MM, Pj Asisten"
}

// bracketEnd is the token behind the body or area that an office in brackets,
// whose words end at token i, is of: "(Direktur RSUD Kendal)". It is i when the
// bracket holds anything else.
func (d *document) bracketEnd(i int) int {
	for j := i; j < i+maxTail && d.sameSentence(i, j); j++ {
		switch t := &d.toks[j]; {
		case d.mark(j, ')'):
			return j
		case d.mark(j, '(') && d.closing(j) > j: // "(Dirut PT PLN (Persero) Jambi)"
			j = d.closing(j)
		case d.officeAt(j) || t.ch == '(' || t.ch == ';' || t.kind == number && t.end-t.start > 3:
			return i
		}
	}
	return i
}

// nameStart steps back over the words of a name that ends at token end.
func (d *document) nameStart(end, office int) int {
	first := end
	for first > 0 && end-first < 2*maxName && d.sameSentence(first-1, office) && d.owner[first-1] == free && d.partOfName(first-1) {
		first--
	}
	for first < end && (d.mark(first, '.') || d.mark(first, ',')) {
		first++
	}
	for first < end && d.opensSentence(first) && end-first > 1 && d.stopsName(first) && !d.honorificAt(first) {
		first++
	}
	return first
}

// partOfName reports whether token i may stand in a name with its titles and
// degrees.
func (d *document) partOfName(i int) bool {
	switch {
	case d.mark(i, '.'):
		return d.toks[i].inner || d.mark(i+1, ',') || d.sameSentence(i, i+1) && d.degreeEnds(i) // "M.Si., Kepala ...", "M.Si. selaku"
	case d.mark(i, ','):
		return d.isDegree(i+1) && d.capital(i+1)
	case d.is(i, d.x.officials.particles) && i > 0 && d.isGiven(i-1):
		return d.capital(i + 1)
	case !d.capital(i):
		return d.honorificAt(i) // "dr. Rekawati"
	}
	return d.isDegree(i) || d.honorificAt(i) || !d.endsName(i, 0)
}

// nameEndsAt reports whether a word of a name, or of a degree, ends at token
// end.
func (d *document) nameEndsAt(end int) bool {
	return d.capital(end-1) || d.mark(end-1, '.') && d.toks[end-1].inner
}

// degreeEnds reports whether a degree stands right before token end: who has it is
// named in full, and the office behind is this person's. "X, S.Sos Kabag Umum".
func (d *document) degreeEnds(end int) bool {
	for at := end - 1; at > end-5 && at > 0; at-- {
		if d.isDegree(at) && d.degreeEnd(at) >= end-1 {
			return true
		}
	}
	return false
}

// nameOpensLine reports whether nothing but a name with a title stands before
// token end in its sentence or behind a comma: "Drs HM Syarif Hidayat MM
// Bupati Musi Rawas Utara".
func (d *document) nameOpensLine(end int) bool {
	first := d.nameStart(end, end-1)
	n, ok := d.nameAt(first)
	if !ok || n.to != end || n.last-n.first < 2 && n.first == n.from {
		return false
	}
	return n.first > n.from || (d.opensSentence(first) || d.behindDateline(first)) && !d.inHeadline(first) && d.anyGiven(n.first, n.last)
}

// loneName reports whether a single word before an office, up to token end, is
// its holder's name: one known as a name, or before brackets one that no rule
// knows, "Syukri (Bupati Merangin)".
func (d *document) loneName(n *personName, end int) bool {
	if d.mark(end, '(') {
		return d.isGiven(n.first) || d.toks[n.first].word == 0 && d.toks[n.first].shape == title
	}
	return (d.isGiven(n.first) || d.toks[n.first].word == 0 && d.toks[n.first].spaced && (d.isSpoken(n.first) || d.saidBy(n.first))) && d.mark(end, ',') && (!d.capital(n.from-1) || d.stopsName(n.from-1))
}

// saidBy reports whether a word of speech stands right before token i: "kata
// Salmiwati, Kabid ...".
func (d *document) saidBy(i int) bool {
	h, ok := d.hitEnding(i, listOfficialCues, 1)
	return ok && d.x.officials.cues[h.entry].role == pakta.Speaker && !d.x.officials.cues[h.entry].before
}

// heads reports whether a list of attendees opens before token first, whose
// next item, behind the comma at token i, has its name before the office too:
// "Hadir Indra Lubis Asisten II, Yuliarso Kepala Bappeda".
func (d *document) heads(first, i int) bool {
	if _, ok := d.hitEnding(first, listOfficialCues, 3); !ok || !d.mark(i, ',') {
		return false
	}
	j := i + 1
	for d.capital(j) && j < i+maxName && d.owner[j] == free && !d.endsName(j, j-i-1) {
		j++
	}
	return j > i+1 && d.officeAt(j)
}

// nominated reports whether the office behind "sebagai" is one that the sentence
// has named with a word for candidates before: "X sebagai bakal calon bupati dan
// Y sebagai wakil bupati".
func (d *document) nominated(o *officialFinding, link int) bool {
	if o.class != "head" && o.class != "deputy" || !d.is(link, d.x.officials.nominee) {
		return false
	}
	for k := len(d.findings.officials) - 1; k >= 0 && d.sameSentence(d.findings.officials[k].from, o.from); k-- {
		if before := &d.findings.officials[k]; before.former && (before.class == "head" || before.class == "deputy") {
			return true
		}
	}
	return false
}

// linkedName reads the name before a word that joins it to an office: what stands
// behind the office is then no name. "Buntoro yang juga Direktur Rita Rekalindo".
func (d *document) linkedName(o *officialFinding) (n personName, ok bool) {
	if h, ok := d.hitEnding(o.from, listOfficialCues, 3); !ok || d.x.officials.cues[h.entry].role != cueLink {
		return n, false
	}
	n, ok = d.nameBefore(o)
	return n, ok && (n.last-n.first > 1 || d.isGiven(n.first) || n.first > n.from)
}

// heldToo reports whether a word joins the office to a holder who is claimed for
// another: "Direktur PT X, Buntoro, yang juga menjabat Direktur Rita Rekalindo".
func (d *document) heldToo(o *officialFinding) bool {
	h, ok := d.hitEnding(o.from, listOfficialCues, 4)
	if !ok || d.x.officials.cues[h.entry].role != cueLink {
		return false
	}
	at := int(h.from) - 1
	if d.mark(at, ',') {
		at--
	}
	return at >= 0 && d.owner[at] == claimPerson && d.sameSentence(at, o.from)
}
