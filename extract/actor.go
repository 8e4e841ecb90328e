package extract

import (
	"slices"

	"pakta"
)

// actorRules is what the reading of mentions of parties needs besides, compiled.
type actorRules struct {
	beforeParty wordList // lower-case words that may stand before a bare name
	agencies    wordList // words that open the name of an agency
	belongs     wordList // words before a body that another belongs to
	leaders     wordList // who comes from regions to sign: "sembilan kepala dinas dari ..."
	limited     wordList // the legal form of a company
	origins     wordList // from whom something comes
	through     wordList // words before the agency that acts for its region
	clubs       wordList // words that open names of associations
	hospitals   wordList // hospitals of regions
	villages    wordList // what the parts of regions are called
}

func newActorRules(lex *lexicon) actorRules {
	return actorRules{
		beforeParty: lex.words("deal.before-party"),
		agencies:    lex.words("deal.agencies"),
		belongs:     lex.words("deal.belongs"),
		leaders:     lex.words("deal.leaders"),
		limited:     lex.words("deal.limited"),
		origins:     lex.words("deal.origins"),
		through:     lex.words("deal.through"),
		clubs:       lex.words("deal.clubs"),
		hospitals:   lex.words("deal.hospitals"),
		villages:    lex.words("deal.villages"),
	}
}

// actor is one mention of somebody who may be a party: a regional government
// (named itself, by its area, or by its head) or another body.
type actor struct {
	from, to int    // the whole mention, the name of a person included
	first    int    // where the words that name the region or body start
	last     int    // and end, open
	region   string // code; empty for bodies
	body     int    // index of the body, -1 for regions
	form     actorForm
	// aside: the mention stands where no party stands: a venue, a witness, a
	// place, somebody's home.
	aside bool
}

// actorForm is how a mention names its region, from vague to exact.
type actorForm uint8

const (
	formBare       actorForm = iota // "Sarolangun"
	formArea                        // "Kabupaten Sarolangun"
	formAgency                      // "Dinas Pangan Kabupaten Sarolangun"
	formHead                        // "Bupati Sarolangun Hurmin"
	formGovernment                  // "Pemkab Sarolangun"
	formBody
	formPerson // "Fadhil", the head of a region or of a body
)

// actors lists the mentions that may be parties, in order.
func (d *document) actors() []actor {
	all := d.deal.actors[:0]
	for i := range d.findings.regions {
		r := &d.findings.regions[i]
		if r.dateline || r.legislature {
			continue
		}
		if i > 0 && d.qualifies(&d.findings.regions[i-1], r) {
			d.reject(r.from, r.to, "party.province", "only says where the region before it lies")
			if n := len(all); n > 0 && all[n-1].to <= r.from {
				all[n-1].to = r.to // so that a list goes on behind it
			}
			continue
		}
		a := actor{from: r.from, to: r.to, first: r.from, last: r.to, region: r.code, body: -1, form: d.regionForm(r)}
		if at := d.hospitalBefore(r.from); at >= 0 && a.form <= formArea {
			a.from, a.first, a.form = at, at, formAgency
		}
		all = append(all, a)
	}
	for i := range d.bodies {
		b := &d.bodies[i]
		if b.bare && d.is(b.from, d.x.bodies.sorts) {
			continue // "kerja sama BUMD" names none
		}
		from := b.from
		if h, ok := d.hitEnding(from, listPositions, officeReach); ok && d.sameSentence(from-1, from) {
			from = int(h.from) // "Rektor Universitas X", though nobody is named
		}
		all = append(all, actor{from: from, to: b.to, first: b.from, last: b.to, body: i, form: formBody})
	}
	sortActors(all)
	all = d.joinOfficials(all)
	sortActors(all)
	all = withoutOverlaps(all)
	for i := range all {
		if all[i].region != "" {
			all[i].to = d.throughAgency(all[i].to)
		}
	}
	all = withoutOverlaps(all)
	for i := range all {
		all[i].aside = all[i].aside || d.standsAside(all, i)
	}
	return all
}

// maxHospital is how far before its region the name of a hospital may begin, in
// tokens: "RSUD dr H Andi Abdurrahman Noor, Tanah Bumbu".
const maxHospital = 14

// hospitalBefore is where the name of a region's own hospital begins that ends
// with the comma before token i, -1 when there is none.
func (d *document) hospitalBefore(i int) int {
	if !d.mark(i-1, ',') {
		return -1
	}
	for j := i - 2; j >= 0 && j > i-maxHospital && d.sameSentence(j, i); j-- {
		if d.is(j, d.x.deals.hospitals) {
			return j
		}
		if t := &d.toks[j]; t.kind == word && t.shape == lower && !d.honorificAt(j) || t.kind == punct && t.ch != '.' || d.opens(j, listPositions) {
			return -1
		}
	}
	return -1
}

// throughAgency is the end of the agency through which a region that ends at token
// i acts, i when it names none: "Pemkot X melalui Dinas Kependudukan dan
// Pencatatan Sipil", "Pemkab X lewat Badan Pendapatan Daerah (Bapenda)".
func (d *document) throughAgency(i int) int {
	if !d.is(i, d.x.deals.through) || !d.sameSentence(i-1, i) {
		return i
	}
	from := i + 1
	if to := d.ownCompany(from); to > from {
		return to
	}
	switch h, ok := d.longest(from, listAgencies); {
	case d.is(from, d.x.deals.agencies):
		from++
	case !ok || d.kind(h) == "ministry" || d.kind(h) == "council" || d.kind(h) == "words":
		return i
	}
	_, end := d.agencyWords(from)
	for k := from; k < end; k++ {
		if d.is(k, d.x.officials.and) && d.opensBody(k+1) {
			end = k // "lewat Disdukcapil dan Perum Bulog"
		}
	}
	if end > i+1 {
		return d.skipBracket(end)
	}
	return i
}

// ownCompany is the end of the name of a region's own company that opens at token
// i, i for none: "Pemkot X melalui Perumda Pasar" acts itself.
func (d *document) ownCompany(i int) int {
	h, ok := d.longest(i, listBodies)
	if !ok || d.id(h) != "perumda" {
		return i
	}
	to := int(h.to)
	for k := range d.bodies {
		if b := &d.bodies[k]; b.from >= i && b.from <= to {
			to = max(to, b.to)
		}
	}
	return d.skipBracket(to)
}

// sortActors puts actors into the order of the text.
func sortActors(all []actor) {
	if !inOrder(len(all), func(i int) int { return all[i].from }) {
		slices.SortStableFunc(all, func(a, b actor) int { return a.from - b.from })
	}
}

// officeReach is the length of the longest office before the name of a body, in
// tokens.
const officeReach = 4

// qualifies reports whether a province only says where the region before it
// lies: "Bupati Sarolangun Provinsi Jambi", "Muratara Sumsel", "Palu, Sulteng".
func (d *document) qualifies(before, r *regionFinding) bool {
	// What governs the name itself stands before it; the rest is taken over
	// from the region before, as in a list.
	named := r.from < r.name && (r.government || r.office)
	if !d.within(before.code, r.code) || named || r.from-before.to > 3 {
		return false
	}
	for i := before.to; i < r.from; i++ {
		if d.toks[i].kind != punct {
			return false
		}
	}
	return true
}

// withoutOverlaps keeps the first of mentions that overlap.
func withoutOverlaps(all []actor) []actor {
	out := all[:0]
	for _, a := range all {
		if n := len(out); n == 0 || a.from >= out[n-1].to {
			out = append(out, a)
		}
	}
	return out
}

func (d *document) regionForm(r *regionFinding) actorForm {
	switch {
	case r.government && r.office:
		return formHead
	case r.government:
		return formGovernment
	case r.office:
		return formAgency
	case r.name > r.from:
		return formArea
	}
	return formBare
}

// joinOfficials widens each mention of a region or body by the official it is
// part of, so that the person's name belongs to it, and adds the officials
// whose region is only understood ("Bupati Fadhil") and the later mentions of
// persons by their names alone.
func (d *document) joinOfficials(all []actor) []actor {
	bodyOf := map[int]int{} // person to body
	first, n := 0, len(all)
	for i := range d.findings.officials {
		o := &d.findings.officials[i]
		if o.former || o.collective {
			continue
		}
		for first < n && all[first].to <= o.from {
			first++
		}
		joined := false
		for j := first; j < n && all[j].from < o.to; j++ {
			a := &all[j]
			a.from, a.to = min(a.from, o.from), max(a.to, o.to)
			joined = true
			// "Kakanwil Hukum dan HAM Provinsi Papua" speaks for no province.
			a.aside = a.aside || a.region != "" && (o.class == "vertical" || o.class == "other")
			if a.body >= 0 && o.person >= 0 {
				bodyOf[o.person] = a.body
			}
		}
		if !joined && o.region != "" && headOfRegion(o.position) && !d.ofSeveral(i) {
			all = append(all, actor{from: o.from, to: o.to, first: o.from, last: o.to, region: o.region, body: -1, form: formHead})
		}
	}
	return append(all, d.namedPersons(bodyOf)...)
}

// ofSeveral reports whether an office without a name is that of several holders, or
// joined to one that is: "beberapa bupati dan wali kota". No region is meant.
func (d *document) ofSeveral(i int) bool {
	o := &d.findings.officials[i]
	if o.nameTo > o.nameFrom {
		return false
	}
	if o.several || i == 0 {
		return o.several
	}
	before := &d.findings.officials[i-1]
	return before.several && before.to == o.from-1 && d.is(before.to, d.x.officials.and)
}

// namedPersons are the mentions of heads of regions and of leaders of bodies
// by name alone: "Rahmat menandatangani naskah itu bersama Anwar".
func (d *document) namedPersons(bodyOf map[int]int) []actor {
	var all []actor
	for i := range d.mentions {
		o := &d.mentions[i]
		a := actor{from: o.from, to: o.to, first: o.from, last: o.to, body: -1, form: formPerson}
		if o.person < 0 {
			continue
		}
		p := &d.persons[o.person]
		if body, ok := bodyOf[o.person]; ok {
			a.body = body
		} else if headOfRegion(p.position) && p.region != "" {
			a.region = p.region
		} else {
			continue
		}
		all = append(all, a)
	}
	return all
}

// headOfRegion reports whether a position speaks for a regional government.
func headOfRegion(position string) bool {
	switch position {
	case "Bupati", "Wakil Bupati", "Wali Kota", "Wakil Wali Kota", "Gubernur", "Wakil Gubernur", "Sekretaris Daerah":
		return true
	}
	return false
}

// standsAside reports whether the words before mention k make it something
// other than a party: part of a venue, a place, an origin, a population.
func (d *document) standsAside(all []actor, k int) bool {
	a := &all[k]
	if d.lineOf(a.from) == lineRelated || d.lineOf(a.from) == lineByline {
		return true
	}
	if a.form <= formArea && d.mark(a.from-1, ',') && d.inPlace(a.from-1) {
		return true
	}
	p := &d.x.deals
	if a.form <= formArea && (d.inVillage(a.from) || d.behindBody(all, k) || d.inClub(a.from)) {
		return true
	}
	if a.form == formBody && d.is(a.from-1, p.belongs) {
		return true // "YPMAK, pengelola dana kemitraan PT Freeport"
	}
	for i, n := a.from-1, 0; i >= 0 && n < 7 && d.sameSentence(i, a.from); i, n = i-1, n+1 {
		t := &d.toks[i]
		if h, ok := d.longest(i, listVenues); ok && t.kind == word && d.class(h) != "visit" {
			return true // "mendatangi Bupati A" is no place
		}
		if t.kind == punct && t.ch != '.' && t.ch != '-' || d.isAct(i) || d.is(i, p.joiners) || d.is(i, p.doneBy) || n == 0 && d.cue(i-1) == cueScopeVerb {
			break // "terdiri dari A, B dan C"
		}
		if n == 0 && (a.form <= formArea || a.form == formBody && d.is(i, p.toPlaces)) && d.is(i, p.places) && !d.leadersFrom(i) {
			return true
		}
		if n == 0 && d.is(i, p.origins) && a.form != formBody && !(a.form == formGovernment && d.opensClause(i)) && !d.leadersFrom(i) {
			return true
		}
		if n == 0 && a.form == formBare && t.kind == word && t.shape == lower && !d.is(i, p.beforeParty) {
			return true
		}
	}
	return false
}

// behindBody reports whether a province only says where the body before it is, with
// a comma between and no list behind: "Kejaksaan Negeri Purworejo, Jawa Tengah."
func (d *document) behindBody(all []actor, k int) bool {
	a := &all[k]
	return k > 0 && len(a.region) == len("15") && all[k-1].body >= 0 && all[k-1].to == a.from-1 && d.mark(a.from-1, ',') &&
		!d.mark(a.to, ',') && !d.is(a.to, d.x.deals.joiners)
}

// maxClub is how long the name of an association is, its short form included, in
// tokens: "DPD Forum Komunitas Bela Nusantara Indonesia (FKBNI)".
const maxClub = 12

// inClub reports whether the region at token i only says where an association is of
// which the name stands right before it.
func (d *document) inClub(i int) bool {
	if !d.sentenceOf(i).words.has(d.x.deals.clubs) {
		return false
	}
	for j := i - 1; j >= i-maxClub && d.sameSentence(i, j); j-- {
		if d.is(j, d.x.deals.clubs) && d.capital(j) {
			return true
		}
		if t := &d.toks[j]; !d.capital(j) && t.ch != '(' && t.ch != ')' || d.owner[j] == claimRegion {
			return false
		}
	}
	return false
}

// maxVillage is how long the name of a village may be, in tokens.
const maxVillage = 3

// inVillage reports whether the region at token i only says where a village lies
// that is named right before it: "Desa Rekaan Jaya Kabupaten Merangin", "Kecamatan
// Rekaan, Kabupaten Merangin".
func (d *document) inVillage(i int) bool {
	end := i
	if d.mark(i-1, ',') {
		end--
	}
	for j := end - 1; j >= end-maxVillage-1 && d.sameSentence(i, j) && d.capital(j); j-- {
		if d.is(j, d.x.deals.villages) {
			return j < end-1
		}
	}
	return false
}

// leadersFrom reports whether leaders, counted or several, stand before "dari" at
// token i: "bersama sembilan kepala dinas lainnya dari Kabupaten A, B dan C",
// "dengan para bupati dari".
func (d *document) leadersFrom(i int) bool {
	leaders := false
	for j, n := i-1, 0; n < 6 && d.sameSentence(i, j); j, n = j-1, n+1 {
		leaders = leaders || d.is(j, d.x.deals.leaders)
		if leaders && (d.isCount(j) || d.is(j, d.x.deals.several)) {
			return true
		}
	}
	return false
}

// maxPlace is how far a place goes back from a comma behind it, in tokens:
// "di Ruang Rapat Lantai 2 Kantor Gubernur Sulteng, Kota Palu, Sulteng".
const maxPlace = 16

// inPlace reports whether the phrase that ends before the comma at i tells a
// place: it goes back over names to "di" or a word for a building.
func (d *document) inPlace(i int) bool {
	if s := d.sentenceOf(i); !s.lists.has(listVenues) && !s.words.has(d.x.deals.toPlaces) {
		return false
	}
	for j, n := i-1, 0; n < maxPlace && d.sameSentence(i, j); j, n = j-1, n+1 {
		t := &d.toks[j]
		switch {
		case d.is(j, d.x.deals.toPlaces) && d.owner[j] != claimRegion, d.opens(j, listVenues) && t.kind == word:
			return true
		case t.kind == punct && t.ch != ',' && t.ch != '-' && !t.inner || t.kind == word && t.shape == lower:
			return false
		}
	}
	return false
}

// isAct reports whether an act or an instrument opens at token i.
func (d *document) isAct(i int) bool {
	return d.opens(i, listInstruments) || actOf[d.cue(i)] != actNone
}

// key tells parties apart: the code of the region, which begins with a digit,
// or the id of the body, which begins with a mark.
func (a *actor) key(d *document) string {
	if a.region != "" {
		return a.region
	}
	return d.bodies[a.body].id
}

// maxBodies bounds the bodies that a later one is compared with: an article
// that names more is a list of companies, not a report of an agreement.
const maxBodies = 200

// partyName is the name a party goes by in the record: the most telling
// mention of it.
func (d *document) partyOf(mentions []*actor) pakta.Party {
	best := mentions[0]
	for _, a := range mentions {
		if d.tells(a) > d.tells(best) {
			best = a
		}
	}
	p := pakta.Party{Name: d.slice(best.first, best.last), Type: pakta.RegionalGovernment, Region: pakta.Maybe(best.region)}
	if best.body >= 0 {
		p.Type = d.bodies[best.body].typ
	}
	return p
}

// fullName is what the legal form of a company is worth in a name: more than
// the words for a branch.
const fullName = 100

// tells ranks mentions by how well they name the party.
func (d *document) tells(a *actor) int {
	switch a.form {
	case formGovernment:
		return 3
	case formArea:
		return 2
	case formBody:
		if d.hasWord(a.first, a.last, d.x.bodies.classes) {
			return 0 // "Pengadilan Agama (PA) Kelas IB"
		}
		if h, ok := d.longest(a.first, listBodies); ok && d.id(h) == "pt" || d.is(a.first, d.x.deals.limited) {
			return d.bodies[a.body].weight + fullName // "Manajer PLN UP3 Luwuk" signs for PT PLN
		}
		return d.bodies[a.body].weight
	}
	return 0
}
