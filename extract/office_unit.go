package extract

// What stands between a title and the body it is of, or the words that tell
// one holder from another: the unit of a director, the field of an expert, the
// party of a faction, the head whom a deputy is under.

// maxUnit bounds the words for a director's unit, in tokens: "Direktur
// Perencanaan, Evaluasi dan Informasi Pembangunan Daerah" has 7.
const maxUnit = 9

// unitBefore is the end of the words from token i for what a director is in
// charge of, where the body begins: "Teknik PDAM X", "Toponimi dan Batas Daerah
// Kemendagri"; i when they are no unit.
func (d *document) unitBefore(i int) int {
	for j := i; j < i+maxUnit && d.sameSentence(i, j); j++ {
		if j > i && d.capital(j) && (d.opens(j, listBodies) || d.bodyAt(j) > 0 || d.is(j, d.x.officials.missions)) {
			return j
		}
		inner := j > i && (d.is(j, d.x.officials.and) || d.is(j, d.x.bodies.inner) || d.mark(j, ',') && d.agencyWord(j+1))
		if !inner && (!d.capital(j) || d.isGiven(j) || d.honorificAt(j) || d.opens(j, listRegions) || d.opens(j, listPositions)) {
			return i
		}
	}
	return i
}

// readUnit reads what a director is in charge of, up to the body.
func (d *document) readUnit(o *officialFinding, i int) int {
	for d.mark(i, '/') && !d.toks[i].spaced && d.capital(i+1) && o.class == "company" {
		i += 2 // "Dirbang/SDM"
	}
	if d.opensBody(i) || d.bodyAt(i) != 0 {
		return i
	}
	if end := d.unitBefore(i); end > i && d.x.officials.unitTitles[o.position] {
		o.position, o.to = joinTitle(o.position, d.agencyTitle(i, end)), end
		return end
	}
	title, end := d.agencyWords(i)
	if title <= i || d.agencyUnit(i) == 0 {
		return i
	}
	if d.x.officials.unitTitles[o.position] {
		o.position = joinTitle(o.position, d.agencyTitle(i, title))
	}
	o.to = end
	return end
}

// readField reads the field of an expert, whoever he advises: "Staf Ahli
// Bupati Bidang Hukum".
func (d *document) readField(o *officialFinding, i int) int {
	if h, ok := d.longest(i, listPositions); ok { // "Staf Ahli Dandim 1604/Kupang Bidang Teritorial"
		f := &d.x.officials.offices[h.entry]
		o.position, i = o.position+" "+d.slice(i, int(h.to)), int(h.to)
		i = d.regionAfter(o, f, i)
		o.to = max(o.to, i)
	}
	if r := d.regionFrom(i); r != nil && d.is(r.nameTo, d.x.officials.field) { // "Staf Ahli Gubernur Jambi Bidang SDM"
		o.region, i = r.code, r.nameTo
	} else if h, ok := d.longest(i, listRegions); ok && d.is(int(h.to), d.x.officials.field) {
		i = int(h.to)
	}
	title, end := d.agencyWords(i)
	if title > i && d.is(i, d.x.officials.field) {
		o.position = joinTitle(o.position, d.agencyTitle(i, title))
	}
	o.to = max(o.to, end)
	return end
}

// maxFaction bounds the name of a party in a council, in tokens.
const maxFaction = 4

// readFaction reads the party of a faction: "Ketua Fraksi PKB DPRD Sleman".
func (d *document) readFaction(o *officialFinding, i int) int {
	end := i
	for end < i+maxFaction && d.capital(end) && d.sameSentence(i, end) && d.toks[end].shape == upper && !d.opens(end, listAgencies) {
		end++
	}
	if end == i {
		end = d.partyEnd(i) // "Fraksi Golkar"
	}
	if end == i && d.capital(i) && !d.isGiven(i) && d.mark(i+1, ',') {
		end++ // "Fraksi Persatuan, X"
	}
	if end > i {
		o.position = joinTitle(o.position, d.spellOut(i, end))
	}
	if h, ok := d.longest(end, listAgencies); ok && d.kind(h) == "council" {
		end = int(h.to)
	}
	o.to = max(o.to, end)
	return end
}

// readUnder makes the office of "wakilnya" that of the deputy of the head who
// is named before it in the sentence.
func (d *document) readUnder(o *officialFinding) bool {
	k := len(d.findings.officials) - 1
	if k < 0 {
		return false
	}
	head := &d.findings.officials[k]
	if head.class != "head" || !d.sameSentence(head.from, o.from) {
		return false
	}
	o.position, o.region, o.class = "Wakil "+head.position, head.region, "deputy"
	return true
}

// acronymEnd is the end of a short name in capitals at token i, with what hangs
// on it ("BP2KM"); i when none stands there or all words beside it are in
// capitals.
func (d *document) acronymEnd(i int) int {
	if i >= len(d.toks) || d.toks[i].shape != upper || d.toks[i].end-d.toks[i].start < 2 || d.is(i, d.x.officials.roman) || d.isGiven(i) {
		return i
	}
	end := i + 1
	for end < len(d.toks) && (!d.toks[end].spaced || d.toks[end].shape == upper && d.toks[end].end-d.toks[end].start > 1 && !d.isGiven(end) && !d.is(end, d.x.officials.roman)) && (d.toks[end].kind == number || d.toks[end].shape == upper) {
		end++
	}
	if !d.capital(end) || d.toks[end].shape != title {
		return i
	}
	return end
}
