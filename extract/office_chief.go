package extract

import (
	"strings"

	"pakta"
)

// chiefRules is what the titles of those who head something need besides, compiled.
type chiefRules struct {
	ordinals   wordList // numbers in words that tell one holder from another
	chapters   wordList // bodies of political parties: DPC
	party      wordList // "partai"
	parties    wordList // names of political parties
	partyWords wordList // words of such names behind "partai"
	firm       wordList // words that end names of companies, and open those of persons
	houses     wordList // words behind "rumah sakit"
	abroad     wordList // words beside the names of places abroad: prefektur
	compass    wordList // words that open such names: "North"
}

func newChiefRules(lex *lexicon) chiefRules {
	return chiefRules{
		ordinals:   lex.words("official.ordinals"),
		chapters:   lex.words("official.chapters"),
		party:      lex.words("official.party"),
		parties:    lex.words("official.parties"),
		partyWords: lex.words("official.partywords"),
		firm:       lex.words("official.firm"),
		houses:     lex.words("official.houses"),
		abroad:     lex.words("official.abroad"),
		compass:    lex.words("official.compass"),
	}
}

// ranked reports whether token i tells one holder of an office from another by
// a number: "Wakil Ketua II", "Asisten 1".
func (d *document) ranked(o *officialFinding, i int) bool {
	if d.is(i, d.x.officials.roman) {
		return !d.balinese(i)
	}
	switch o.class {
	case "assistant", "council", "chief", "school":
		if d.is(i, d.x.officials.ordinals) && d.capital(i) && !d.opens(i, listRegions) { // "DPRD Empat Lawang"
			return true
		}
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
		if h, ok := d.longest(j, listAgencies); ok && d.kind(h) == "council" {
			return "", true
		}
	}
	return "", false
}

// partyChief reads whom a chairman of a political party heads, without the rank
// of its chapter: "Ketua DPD II Partai Golkar", "Ketua PDI Perjuangan".
func (d *document) partyChief(o *officialFinding, f *office, i int) (end int, ok bool) {
	title, party := f.position, ""
	if d.is(i, d.x.officials.chapters) {
		title, party, i = title+" "+d.tokenText(i), "Partai ", i+1
		for d.is(i, d.x.officials.roman) {
			i++
		}
		i = d.skipBracket(i)
	}
	if end = d.partyEnd(i); end == i {
		return i, false
	}
	if d.toks[i].shape == upper || d.is(i, d.x.officials.party) {
		party = "" // "Ketua DPC PDIP", but "Ketua DPC Partai Demokrat"
	}
	o.position, o.to, o.class = joinTitle(title, party+d.spellOut(i, end)), end, "other"
	return end, true
}

// partyEnd is the end of the name of a political party at token i, i when none
// stands there.
func (d *document) partyEnd(i int) int {
	end := i
	if d.is(i, d.x.officials.party) {
		end++
	} else if !d.is(i, d.x.officials.parties) || !d.capital(i) {
		return i
	}
	from := end
	for d.capital(end) && d.sameSentence(i, end) && (d.is(end, d.x.officials.partyWords) && !d.isGiven(end) || end == from && d.is(end, d.x.officials.parties)) {
		end++
		if d.mark(end, '-') && !d.toks[end].spaced && d.isInitial(end+1) { // "PDI-P"
			end += 2
		}
	}
	if end == from {
		return i
	}
	return end
}

// companyAt reports whether a company's name opens at token i: "Kepala Divisi
// Gedung PT Waskita Karya".
func (d *document) companyAt(i int) bool {
	h, ok := d.longest(i, listBodies)
	return ok && d.typ(h) == string(pakta.Company)
}

// maxOrigin bounds the words for whom a member of a council stands, in tokens.
const maxOrigin = 9

// skipOrigin steps over whom a member of a council stands for: "Anggota DPRD
// Merangin dari Fraksi PKB, X", "dapil Merangin 2, X".
func (d *document) skipOrigin(o *officialFinding, i int) int {
	if o.class != "council" && !strings.HasPrefix(o.position, "Anggota") || !d.is(i, d.x.officials.from) {
		return i
	}
	for j := i + 1; j < i+maxOrigin && d.sameSentence(i, j); j++ {
		if d.mark(j, ',') {
			return j
		}
		if d.isGiven(j) || d.honorificAt(j) {
			return j
		}
	}
	return i
}

// townBehind is the end of the town that stands between a body whose name ends
// at token i and the name of its head: "RSPAD Rekaan, Jakarta, Siti Maryam"; i
// when none does.
func (d *document) townBehind(i int) int {
	if !d.mark(i, ',') {
		return i
	}
	h, ok := d.longest(i+1, listRegions)
	if !ok || !d.capital(i+1) || !d.mark(int(h.to), ',') || !d.nameFollows(int(h.to)+1) {
		return i
	}
	return int(h.to)
}

// maxHouse is how many words a hospital bears that is called after a person.
const maxHouse = 2

// shortHouse reports whether the words [i, end) end with a hospital that bears a
// person's name, with no room for another's: "RSUD Syekh Yusuf".
func (d *document) shortHouse(i, end int) bool {
	for k := end - 1; k >= i; k-- {
		if !d.is(k, d.x.officials.hospital) {
			continue
		}
		from := k + 1
		if h, ok := d.longest(k, listBodies); ok {
			from = int(h.to)
		}
		if d.mark(from, ')') {
			from++
		}
		return from < end && end-from <= maxHouse && d.next(from, end, 1<<listRegions) == end
	}
	return false
}

// hospitalName is the end of the name of a hospital whose first words end at
// token i, where a person's name with a title stands in it: "RSUD dr. Soetomo
// Joni Wahyuhadi", "RSUD Kolonel Abundjani Bangko dr. Irwan".
func (d *document) hospitalName(i int) int {
	at := i
	for d.is(at-1, d.x.officials.region) || d.is(at-1, d.x.officials.houses) || d.mark(at-1, ')') {
		at-- // "Rumah Sakit Umum Daerah (RSUD) dr. X"
	}
	if !d.is(at-1, d.x.officials.hospital) {
		return i
	}
	n, ok := d.nameAt(i)
	if !ok {
		return i
	}
	end := n.last
	for k := n.first + 1; k < n.last; k++ {
		if d.isGiven(k) && k+1 < n.last && k > n.first+1 { // "RSUD dr. Soetomo Joni Wahyuhadi"
			end = k
			break
		}
	}
	next := end
	if h, ok := d.longest(end, listRegions); ok && d.capital(end) {
		next = int(h.to)
	}
	return next // "RSU Dr. Wahidin Sudirohusodo": the name is that of the house
}

// lastMinistry is the end of the last short name of a ministry in [from, to),
// from when there is none.
func (d *document) lastMinistry(from, to int) int {
	for k := to - 1; k > from; k-- {
		if h, ok := d.longest(k, listAgencies); ok && d.kind(h) == "ministry" {
			return int(h.to)
		}
	}
	return from
}

// cityAbroad is the end of the name of a city or province abroad at token i,
// which no table has, before the name of its head: "Wali Kota Fuzhou Huang Jian
// Xiong", "Gubernur Prefektur Hiroshima Hidehiko Yuzaki". A name that is used
// abroad must follow.
func (d *document) cityAbroad(o *officialFinding, i int) int {
	if o.class != "head" && o.class != "deputy" || o.position == "Bupati" || o.position == "Wakil Bupati" || o.region != "" {
		return i
	}
	at := i
	if p, ok := d.longest(at, listRegionPrefixes); ok {
		at = int(p.to)
	} else if d.is(at, d.x.officials.abroad) {
		at++
	}
	if d.is(at, d.x.officials.compass) && d.capital(at+1) && d.capital(at+2) && d.sameSentence(i, at+2) {
		o.elsewhere, o.to = true, at+2 // "Wakil Gubernur Provinsi East Rekapik Ian Rekamuel"
		return at + 2
	}
	if at > i && d.is(i, d.x.officials.abroad) && d.capital(at+1) && d.capital(at+2) && d.unknownWords(at, at+1) {
		o.elsewhere, o.to = true, at+1 // "Gubernur Prefektur Ehime Tokihiro Nakamura"
		return at + 1
	}
	if !d.capital(at) || (d.toks[at].word != 0 || d.listsAt[at] != 0) && !(d.mark(at+1, '-') && !d.toks[at+1].spaced) && !d.is(at+1, d.x.officials.abroad) {
		return i
	}
	for j := at + 1; j < at+4 && d.sameSentence(i, j+1); j++ {
		if after := d.skipCountry(j); after > j && !d.mark(j, ',') { // "Wali Kota Toyama Jepang, X"
			o.elsewhere, o.to = true, after
			return after
		}
		switch {
		case d.x.officials.foreign.has(d.toks[j].word) && d.capital(j) && d.capital(j+1), d.is(j-1, d.x.officials.abroad) && d.capital(j) && d.capital(j+1) && !d.is(j, d.x.officials.abroad):
			o.elsewhere, o.to = true, j
			return j
		case d.toks[j].ch == '-' && !d.toks[j].spaced: // "Jung-Gu"
			if d.capital(j+1) && !d.toks[j+1].spaced && (d.capital(j+2) && d.capital(j+3) || d.mark(j+2, ',') && d.nameFollows(j+3)) {
				o.elsewhere, o.to = true, j+2
				return j + 2
			}
		case !d.capital(j) || d.isGiven(j):
			return i
		}
	}
	return i
}

// widerTitle reads on where the name of an agency is longer than that of the
// table: "Kepala Dinas Kominfo dan Persandian".
func (d *document) widerTitle(o *officialFinding, f *office, i int) int {
	if h, ok := d.longest(i, listAgencies); ok && f.class == "council" && d.kind(h) == "council" { // "Sekretaris Dewan (Sekwan) DPRD Kendal"
		o.to = int(h.to)
		return o.to
	}
	comma := d.mark(i, ',')
	if f.class != "agency" || !comma && !d.is(i, d.x.officials.and) || !d.agencyWord(i+1) {
		return i
	}
	title, end := d.agencyWords(i)
	if title <= i+1 || comma && !d.hasWord(i, title, d.x.officials.and) {
		return i
	}
	o.position, o.to = joinTitle(f.position, d.spellOut(i, title)), end
	return end
}

// listedName reads the first name of a list of the holders of an office that are
// counted: "empat komisioner KPU, yaitu A, B dan C". fellows reads the others.
func (d *document) listedName(o *officialFinding, i int) (n personName, ok bool) {
	if d.mark(i, ',') {
		i++
	}
	if !d.is(i, d.x.officials.namely) || !d.sameSentence(o.from, i+1) {
		return n, false
	}
	n, ok = d.nameAt(i + 1)
	if !ok || n.last-n.first < 2 && !d.isGiven(n.first) || d.officeAt(n.to) || !d.mark(n.to, ',') && !d.is(n.to, d.x.officials.and) {
		return n, false
	}
	return n, true
}

// chiefBehind is the end of the words from token i for what somebody named
// before the office is the head of, up to a body that they are a part of: "X,
// Koordinator Tim VII Percepatan Batas Daerah Kementerian Dalam Negeri". It is i
// when nobody is named so.
func (d *document) chiefBehind(o *officialFinding, i, end int) int {
	link, ok := d.hitEnding(o.from, listOfficialCues, 3)
	ok = ok && d.x.officials.cues[link.entry].role == cueLink
	if !ok && !d.mark(o.from-1, ',') && !(d.mark(o.from-1, '(') && d.mark(end, ')')) || !d.capital(i) {
		return i
	}
	if n, ok := d.nameBefore(o); !ok || !d.isGiven(n.first) && n.last-n.first < 2 {
		return i
	}
	for k := i + 1; k < end; k++ {
		if d.opens(k, listBodies) && d.capital(k) || d.is(k, d.x.officials.and) && !d.agencyWord(k+1) {
			return k
		}
	}
	return end
}

// pastFirm corrects where a person's name opens behind that of a company, whose
// own words, from token head on, may be names: "PT Rita Rekalindo, Buntoro", "PT
// Rekawood Asi Lestari Rudi Halim".
func (d *document) pastFirm(head, start, end int) (int, bool) {
	for d.mark(head, '.') {
		head++
	}
	if start <= head { // a company has a name
		next, ok := d.personIn(min(head+1, end), end)
		if ok && d.mark(end, ',') && d.nameFollows(end+1) {
			return end, false
		}
		start = next
		if !ok {
			return end, false
		}
	}
	if d.is(start, d.x.officials.firm) && start+1 < end && d.isGiven(start+1) {
		start++
	}
	return start, true
}
