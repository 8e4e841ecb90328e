package extract

// ranked reports whether token i tells one holder of an office from another by
// a number: "Wakil Ketua II", "Asisten 1".
func (d *document) ranked(o *officialFinding, i int) bool {
	if d.is(i, d.x.officials.roman) {
		return !d.balinese(i)
	}
	switch o.class {
	case "assistant", "council", "chief", "school":
		return i < len(d.toks) && d.toks[i].kind == number && d.toks[i].end-d.toks[i].start == 1
	}
	return false
}

// councilChief reports whether a chairman or deputy whose name, behind token i,
// follows at once is that of the council named before him in the sentence:
// "Ketua DPRD X, Wakil Ketua I Y dan Wakil Ketua II Z". A deputy with a rank
// is that of a council also when an earlier sentence named it.
func (d *document) councilChief(o *officialFinding, i int, rank bool) bool {
	if o.position != "Ketua" && o.position != "Wakil Ketua" || !rank && !d.honorificAt(i) && !d.isGiven(i) {
		return false
	}
	at := i
	if rank && d.mark(i, ',') {
		at++
	}
	if n, ok := d.nameAt(at); !ok || n.first == n.from && !d.isGiven(n.first) && (n.last-n.first < 2 || d.commonWord(n.first)) {
		return false
	}
	region, ok := d.councilBefore(o.from, rank)
	if !ok {
		return false
	}
	o.position, o.class = o.position+" DPRD", "council"
	if o.region == "" {
		o.region = region
	}
	return true
}

// maxCouncil is how far a council may stand before its deputy, in tokens.
const maxCouncil = 60

// councilBefore finds a council named before token i, in the same sentence
// unless far, and its region where an office of it has one.
func (d *document) councilBefore(i int, far bool) (region string, ok bool) {
	for k := len(d.findings.officials) - 1; k >= 0; k-- {
		o := &d.findings.officials[k]
		if !far && !d.sameSentence(o.from, i) || i-o.from > 2*maxCouncil {
			break
		}
		if o.class == "council" {
			return o.region, true
		}
	}
	for j, n := i-1, 0; j >= 0 && n < maxCouncil && (far || d.sameSentence(j, i)); j, n = j-1, n+1 {
		if h, ok := d.longest(j, listAgencies); ok && d.attr(h, "kind") == "council" {
			return "", true
		}
	}
	return "", false
}
