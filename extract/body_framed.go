package extract

import (
	"slices"

	"pakta"
)

// What a sentence needs beside a region for a name in it to be that of the
// other side of an agreement: an act.
const framingCues cueSet = 1<<cueSign | 1<<cueSigned | 1<<cueSigning | 1<<cueAgree | 1<<cueAgreed | 1<<cueMake | 1<<cueMade | 1<<cuePartner | 1<<cuePartnered | 1<<cueWork

// How long a name may be that only its place in a frame makes a body, and how far
// the second side stands behind "antara", in tokens.
const (
	maxFramed   = 8
	secondReach = 16
)

// readFramed finds bodies that no table knows by the frame they stand in: "MoU
// dengan Nodeflux", "kerja sama antara Badan Pelaksana Otoritas Borobudur (BPOB)
// dengan Pemkab X". It runs last, for names that nobody else owns, and passes
// over headlines, where every word is written like a name. Its weak case is a
// person without an office: "MoU dengan Budi Santoso".
func (d *document) readFramed() {
	n := len(d.bodies)
	for h := range d.allHits(listInstruments) {
		if int(h.from) < d.titleEnd || d.lineOf(int(h.from)) == lineRelated || !d.paperOrSigning(h) {
			continue
		}
		i := d.behindPaper(int(h.to))
		switch {
		case d.is(i, d.x.deals.sides):
			d.addFramed(i + 1)
		case d.is(i, d.x.deals.between):
			d.addFramed(i + 1)
			d.addFramed(d.secondSide(i + 1))
		}
	}
	for h := range d.allHits(listCues) {
		if i := int(h.from); d.cue(i) == cueSign && i > d.titleEnd && d.lineOf(i) != lineRelated && d.namedPaper(int(h.to)) {
			d.addFramed(d.subjectBefore(i))
		}
	}
	for h := range d.allHits(listCues) {
		i, class := int(h.from), d.cue(int(h.from))
		switch {
		case i < d.titleEnd || d.lineOf(i) == lineRelated || d.cues[i] != d.x.deals.cues[h.entry]:
		case class == cuePartner && d.paperIn(i):
			d.addFramed(int(h.to))
		case (class == cueSigned || class == cueMade) && d.paperIn(i):
			d.addFramed(d.secondSide(int(h.to)))
		}
	}
	if len(d.bodies) > n {
		slices.SortStableFunc(d.bodies, func(a, b bodyFinding) int { return a.from - b.from })
	}
}

// paperIn reports whether the sentence of token i names an instrument.
func (d *document) paperIn(i int) bool { return d.sentenceOf(i).lists.has(listInstruments) }

// paperOrSigning reports whether an instrument has a name of its own, or its
// sentence tells of a signing: "kerja sama dengan Karang Taruna" is no agreement.
func (d *document) paperOrSigning(h hit) bool {
	return d.x.deals.instruments[h.entry].typ != genericType || d.sentenceOf(int(h.from)).cues&(1<<cueSign|1<<cueSigned|1<<cueSigning) != 0
}

// behindPaper is the token behind an instrument that ends at token i and what
// names it again: "nota kesepahaman atau Memorandum of Understanding (MoU)".
func (d *document) behindPaper(i int) int {
	if d.mark(i, '(') {
		if end := d.closing(i); end > 0 {
			return end + 1
		}
	}
	return i
}

// secondSide is the token behind "dengan" or "dan" that joins the second side
// to one that ends right before, -1 when there is none.
func (d *document) secondSide(i int) int {
	for j := i + 1; j < i+secondReach && d.sameSentence(i, j); j++ {
		if d.is(j, d.x.deals.with) && (d.owner[j-1] == claimRegion || d.owner[j-1] == claimBody || d.mark(j-1, ')')) {
			return j + 1
		}
	}
	return -1
}

// subjectBefore is where a name begins that ends right before a signing at token
// i and that "dan" joins to a region: "Pemkab A dan Perum Damri menandatangani".
// It is -1 when there is none.
func (d *document) subjectBefore(i int) int {
	to := i
	for to > i-3 && d.sameSentence(to-1, i) && d.toks[to-1].kind == word && d.toks[to-1].shape == lower {
		to-- // "resmi", "akan"
	}
	from := to
	for from > to-maxFramed && d.sameSentence(from-1, i) && d.capital(from-1) && d.owner[from-1] == free {
		from--
	}
	if from == to || !d.is(from-1, d.x.deals.with) || from < 2 || d.owner[from-2] != claimRegion {
		return -1
	}
	return from
}

// namedPaper reports whether an instrument with a name of its own opens at
// token i.
func (d *document) namedPaper(i int) bool {
	h, ok := d.longest(i, listInstruments)
	return ok && d.x.deals.instruments[h.entry].typ != genericType
}

// addFramed notes the name at token i as that of a body, when it is one that
// nothing else is known to be.
func (d *document) addFramed(i int) {
	for i > 0 && d.is(i, d.x.deals.behalf) && !d.capital(i) {
		i++
	}
	if i < 0 || i >= len(d.toks) || d.sentenceOf(i).cues&framingCues == 0 || !d.regionAround(i) {
		return
	}
	to := i
	if d.is(i, d.x.deals.publicHeads) && d.capital(i) {
		to++ // "Badan" ends other names
	}
	for to < i+maxFramed && d.sameSentence(i, to) && d.capital(to) && d.owner[to] == free && (to > i || !d.knownOtherwise(to)) && !d.stopsName(to) {
		to++
	}
	if to == i || to == i+1 && d.toks[i].shape != upper && !d.mark(to, '(') {
		return
	}
	if d.mark(to, '(') {
		if end := d.closing(to); end > 0 && d.unclaimed(to, end+1) {
			to = end + 1
		}
	}
	if !d.take(i, to, claimBody) {
		return
	}
	name := d.slice(i, to)
	d.bodies = append(d.bodies, bodyFinding{
		from: i, to: to, head: "framed", typ: pakta.OtherParty, name: name, words: []string{"#framed", foldString(name)}, rule: "body.framed",
	})
}

// otherwise are the lists whose phrases are no names of bodies.
const otherwise listSet = 1<<listPositions | 1<<listCollectives | 1<<listActing | 1<<listHonorifics | 1<<listRegions | 1<<listRegionPrefixes | 1<<listWeekdays |
	1<<listMonths | 1<<listAgencies | 1<<listInstruments | 1<<listSectorTerms | 1<<listVenues | 1<<listPartners | 1<<listLawTypes | 1<<listForums

// knownOtherwise reports whether the word at token i opens something that is no
// body: an office, a person, a region, a sector.
func (d *document) knownOtherwise(i int) bool {
	return d.opensAny(i, otherwise) || d.isGiven(i) || d.honorificAt(i)
}

// regionAround reports whether a region is named in the sentence of token i.
func (d *document) regionAround(i int) bool {
	from, to := d.sentence(i)
	for j := max(from, i-maxClause/2); j < min(to, i+maxClause/2); j++ {
		if d.owner[j] == claimRegion {
			return true
		}
	}
	return false
}
