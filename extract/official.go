package extract

import (
	"slices"

	"pakta"
	"pakta/rules"
)

// officialRules is what the reading of officials needs, compiled.
type officialRules struct {
	chiefRules
	titleRules

	offices []office      // by entry of listPositions
	cues    []officialCue // by entry of listOfficialCues
	// given marks the words that open a person's name, agency those that names
	// of agencies are made of, both by number and shorter than the vocabulary;
	// balinese those that "I" stands before, foreign those that are used abroad.
	given, agency, balinese, foreign wordSet
	// towns are the words of the seats of regions by the first, which name
	// branches of central bodies: "KPP Pratama Bangko".
	towns map[uint32][][]uint32
	// unitTitles are the titles whose unit belongs to them: "Direktur Teknik".
	unitTitles map[string]bool

	and, roman, kin, that, within, namely, elect, region, also, ranks, isles, agencies, parliament, field wordList
	term, islands, incumbent, seats, missions, classes, from, side, hospital, then, at, nominee, names    wordList
	particles, plural, dewan                                                                              wordList
}

// office is a row of the table of positions.
type office struct {
	position, class, level, region, tail string
}

// officialCue is a row of the table of cues: what an official does.
type officialCue struct {
	role   pakta.OfficialRole   // or "former", "link"
	roles  []pakta.OfficialRole // role alone, not to be changed
	before bool                 // the person stands before the words
}

// Roles of cues that are no roles of officials.
const (
	cueFormer pakta.OfficialRole = "former"
	cueLink   pakta.OfficialRole = "link"
)

func newOfficialRules(lex *lexicon, set *rules.Set) officialRules {
	r := officialRules{
		chiefRules: newChiefRules(lex),
		titleRules: newTitleRules(lex, set),
		and:        lex.words("official.and"),
		roman:      lex.words("official.roman"),
		kin:        lex.words("official.kin"),
		that:       lex.words("official.that"),
		within:     lex.words("official.within"),
		namely:     lex.words("official.namely"),
		elect:      lex.words("official.elect"),
		region:     lex.words("official.region"),
		also:       lex.words("official.also"),
		agencies:   lex.words("official.agencies"),
		field:      lex.words("official.field"),
		term:       lex.words("official.term"),
		incumbent:  lex.words("official.incumbent"),
		seats:      lex.words("official.seats"),
		missions:   lex.words("official.missions"),
		from:       lex.words("official.from"),
		side:       lex.words("official.side"),
		then:       lex.words("official.then"),
		nominee:    lex.words("official.nominee"),
		names:      lex.words("official.names"),
		at:         lex.words("official.at"),
		hospital:   lex.words("official.hospital"),
		classes:    lex.words("official.classes"),
		islands:    lex.words("official.islands"),
		unitTitles: map[string]bool{"Direktur": true, "Head of": true, "Manajer": true, "Deputi Direktur": true, "Atase": true, "Vice President": true, "Konselor": true, "Pemimpin Divisi": true},
		parliament: lex.words("official.parliament"),
		ranks:      lex.words("official.ranks"),
		isles:      lex.words("official.isles"),
		particles:  lex.words("official.particles"),
		plural:     lex.words("official.plural"),
		dewan:      lex.words("official.dewan"),
		given:      newWordSet(lex, set.Entries("given_names")),
		agency:     newWordSet(lex, set.Entries("agency_words")),
		balinese:   newWordSet(lex, entriesOf(set, "given_names", "bali")),
		foreign:    newWordSet(lex, append(entriesOf(set, "given_names", "tionghoa"), entriesOf(set, "given_names", "asing")...)),
	}
	r.towns = newTowns(lex, set)
	for i := range lex.entries[listPositions] {
		e := &lex.entries[listPositions][i]
		r.offices = append(r.offices, office{e.ID, e.Attr("class"), e.Attr("level"), e.Attr("region"), e.Attr("tail")})
	}
	for i := range lex.entries[listOfficialCues] {
		e := &lex.entries[listOfficialCues][i]
		role := pakta.OfficialRole(e.Attr("role"))
		r.cues = append(r.cues, officialCue{role, []pakta.OfficialRole{role}, e.Attr("side") == "before"})
	}
	return r
}

// newTowns are the seats of regions by the number of their first word.
func newTowns(lex *lexicon, set *rules.Set) map[uint32][][]uint32 {
	towns := map[uint32][][]uint32{}
	for _, r := range set.Regions() {
		if ids := lex.ids(foldString(r.Capital)); len(ids) > 0 {
			towns[ids[0]] = append(towns[ids[0]], ids)
		}
	}
	return towns
}

// entriesOf is the row with an id, alone.
func entriesOf(set *rules.Set, table, id string) []rules.Entry {
	var rows []rules.Entry
	for _, e := range set.Entries(table) {
		if e.ID == id {
			rows = append(rows, e)
		}
	}
	return rows
}

// newWordSet is the set of all words of all forms of the entries.
func newWordSet(lex *lexicon, entries []rules.Entry) wordSet {
	var ids []uint32
	for _, e := range entries {
		for _, form := range e.Forms {
			ids = append(ids, lex.ids(foldString(form))...)
		}
	}
	var s wordSet
	if len(ids) > 0 {
		s = make(wordSet, slices.Max(ids)+1)
	}
	for _, id := range ids {
		s[id] = true
	}
	return s
}

// readOfficials finds the mentions of persons in office: an office with a name
// behind it ("Bupati Batang Hari Mhd. Fadhil Arief"), before it ("X, Bupati
// Y"), or without one ("para Camat"), and then who is whom.
func (d *document) readOfficials() {
	d.readCollectives()
	end := 0
	d.eachHit(listPositions, func(h hit) {
		from := int(h.from)
		if from < end || d.lineOf(from) == lineRelated || d.lineOf(from) == lineByline || d.owner[from] == claimLaw || d.owner[from] == claimPerson || d.opens(from, listInstruments) || d.isNoOffice(h) {
			return
		}
		if o, ok := d.readOfficial(h); ok {
			d.findings.officials = append(d.findings.officials, o)
			end = o.to
		}
	})
	if !inOrder(len(d.findings.officials), func(i int) int { return d.findings.officials[i].from }) {
		slices.SortStableFunc(d.findings.officials, func(a, b officialFinding) int { return a.from - b.from })
	}
	d.resolvePersons()
}

// isNoOffice reports whether the words of hit h are part of a name: "Rekardi Asda",
// "Rekanus Mendes", "Kementerian Koordinator".
func (d *document) isNoOffice(h hit) bool {
	from := int(h.from)
	if d.is(from, d.x.officials.names) {
		return d.isGiven(from-1) || d.x.officials.offices[h.entry].class == "assistant" && !d.ranked(&officialFinding{class: "assistant"}, from+1)
	}
	b, ok := d.hitEnding(from, listBodies, 1)
	return ok && d.capital(from-1) && d.capital(from) && d.attr(b, "shape") == "named"
}

// tokenText is the text of token i, empty behind the last one.
func (d *document) tokenText(i int) string {
	if i < 0 || i >= len(d.toks) {
		return ""
	}
	return d.slice(i, i+1)
}

// readCollectives: "para Camat", "kepala OPD".
func (d *document) readCollectives() {
	d.eachHit(listCollectives, func(h hit) {
		from, to := int(h.from), int(h.to)
		if d.lineOf(from) == lineRelated || !d.unclaimed(from, to) {
			return
		}
		if d.capital(to) && !d.regionFollows(to) && d.owner[to] == free && !d.stopsName(to) && d.sameSentence(from, to) {
			return // "Asisten Setda Marlina": a person
		}
		d.findings.officials = append(d.findings.officials, officialFinding{
			from: from, to: to, nameFrom: to, nameTo: to, position: d.attr(h, "position"), collective: true, person: -1, rule: "official.collective",
		})
		d.take(from, to, claimPerson)
	})
}

func (d *document) regionFollows(i int) bool {
	return i < len(d.owner) && d.owner[i] == claimRegion
}

// readOfficial reads the mention whose office is hit h. ok is false when the
// words are no office after all: "Ketua" of nothing.
func (d *document) readOfficial(h hit) (o officialFinding, ok bool) {
	f := &d.x.officials.offices[h.entry]
	o = officialFinding{from: int(h.from), to: int(h.to), position: f.position, class: f.class, person: -1, rule: "official.before"}
	d.openBodies(o.from, o.to+maxOpen)
	defer d.closeBodies(o.from, o.to+maxOpen)
	d.actingBefore(&o)
	if b := d.openTail(o.from); b != nil {
		defer func() { d.take(b.from, b.to, claimBody) }()
	}
	if r, ok := d.longest(int(h.from), listRegions); ok && r.to == h.to {
		o.region = d.verticalRegion(r, f.level) // "Gubsu"
	}
	i, ok := d.readTail(&o, f, int(h.to))
	if !ok {
		return o, false
	}
	i = d.regionAfter(&o, f, i)
	f, i = d.alsoOffice(&o, f, i)
	if d.is(i, d.x.officials.incumbent) { // "bakal calon bupati petahana, X"
		o.former, o.several = false, false
	}
	if name, ok := d.linkedName(&o); ok || d.bracketed(&o, &name) {
		o.rule = "official.after"
		d.setName(&o, name)
		o.from = min(o.from, name.from)
	} else if d.heldToo(&o) {
		o.nameFrom, o.nameTo = o.to, o.to
	} else if name, ok := d.nameAbutting(&o, i); ok {
		o.rule = "official.after"
		d.setName(&o, name)
		o.from = min(o.from, name.from)
	} else if name, ok := d.nameAfter(&o, f, i); ok && (len(name.titles) > 0 || d.mark(name.from-1, ',') && name.last-name.first > 1 || !d.is(int(h.from), d.x.officials.seats)) {
		d.setName(&o, name)
		d.pairedName(&o, h, name)
		d.fellows(&o)
	} else if name, ok := d.nameBefore(&o); ok {
		o.rule = "official.after"
		d.setName(&o, name)
		o.from = min(o.from, name.from)
	} else {
		o.nameFrom, o.nameTo = o.to, o.to
	}
	o.former = o.former || o.nameTo > o.nameFrom && d.formerAfter(o.to)
	d.roles(&o)
	return o, true
}

// formerToo reports whether the office at token i is joined by "dan" to one of
// a former holder: "sejak pemerintahan Presiden X dan Bupati Y".
func (d *document) formerToo(i int) bool {
	k := len(d.findings.officials) - 1
	if k < 0 || !d.is(i-1, d.x.officials.and) {
		return false
	}
	before := &d.findings.officials[k]
	return before.former && before.to == i-1
}

// formerAfter reports whether the words at token i, which end a clause, say
// that the holder named before them is one no more: "Bupati X kala itu.".
func (d *document) formerAfter(i int) bool {
	return d.is(i, d.x.officials.then) && d.is(i+1, d.x.officials.that) && d.sameSentence(i, i+1) && !(i+2 < len(d.toks) && d.toks[i+2].kind == word && d.sameSentence(i, i+2))
}

// maxOpen is how far behind a title a body's name may begin whose words are
// looked at again.
const maxOpen = 12

// alsoOffice steps over a second office of the same person: "Wali Kota Batam
// sekaligus Kepala BP Batam, H. Muhammad Rudi".
func (d *document) alsoOffice(o *officialFinding, f *office, start int) (*office, int) {
	i := start
	comma := d.mark(i, ',') && o.region != ""
	if comma {
		i++ // "Wali Kota Surabaya, yang juga Ketua Apeksi, Eri Rekadi"
	}
	at := i + 1
	if c, ok := d.longest(i, listOfficialCues); ok && d.x.officials.cues[c.entry].role == cueLink {
		at = int(c.to)
	} else if !d.is(i, d.x.officials.also) {
		return f, start
	}
	h, ok := d.longest(at, listPositions)
	if !ok {
		return f, start
	}
	g := &d.x.officials.offices[h.entry]
	second := officialFinding{from: int(h.from), to: int(h.to), position: g.position, class: g.class}
	next, ok := d.readTail(&second, g, int(h.to))
	if !ok {
		return f, start
	}
	next = d.regionAfter(&second, g, next)
	if comma && !(d.mark(next, ',') && d.nameFollows(next+1)) {
		return f, start
	}
	o.to = second.to
	if oneHolder(g.class) && !oneHolder(o.class) { // "Ketua Apeksi yang juga Wali Kota Surabaya"
		o.position, o.class, o.region = second.position, second.class, second.region
	}
	return g, next
}

// setName puts a name into a mention and claims it.
func (d *document) setName(o *officialFinding, n personName) {
	o.nameFrom, o.nameTo, o.titles = n.first, n.last, n.titles
	o.to = max(o.to, n.to)
	d.cutBodies(n.from, n.to)
	d.take(n.first, n.last, claimPerson)
}

// actingBefore reads "Pj", "Penjabat (Pj)", "Plt.", "mantan" and "para" before
// an office.
func (d *document) actingBefore(o *officialFinding) {
	at := o.from
	if h, ok := d.longest(at, listActing); ok { // "Pj Setda", which is the secretary's office without one
		o.acting = pakta.Acting(d.id(h))
	}
	for n := 0; n < 2; n++ {
		end := at
		if d.mark(end-1, '.') && d.toks[end-1].inner {
			end--
		}
		bracket := d.mark(end-1, ')')
		if bracket {
			end--
		}
		h, ok := d.hitEnding(end, listActing, 3)
		if !ok {
			break
		}
		o.acting = pakta.Acting(d.id(h))
		at = int(h.from)
		if bracket && d.mark(at-1, '(') {
			at--
		}
		o.from = at
	}
	o.former = d.formerBefore(o.from) || d.formerToo(o.from)
	o.several = d.is(o.from-1, d.x.officials.plural) && !d.is(o.from-2, d.x.officials.side) || d.counted(o.from) || d.onStreet(o.from)
}

// counted reports whether a number stands before the office at token i: "Dua
// Bupati dan Satu Wali Kota"; not that of "orang nomor satu".
func (d *document) counted(i int) bool {
	_, ok := d.hitEnding(i, listNumberWords, 2)
	if i > 1 && d.toks[i-1].kind == number && d.toks[i-1].end-d.toks[i-1].start < 3 {
		ok = !d.mark(i-2, '.') && !d.mark(i-2, '/')
	}
	return ok && d.sameSentence(i-1, i)
}

// onStreet reports whether a word for a street or building stands before token
// i: "Jalan Gubernur Suryo".
func (d *document) onStreet(i int) bool {
	if d.mark(i-1, '.') && d.toks[i-1].inner {
		i--
	}
	h, ok := d.hitEnding(i, listPlaces, 2)
	return ok && d.class(h) == "place"
}

// formerBefore reports whether the words before token i say that the office is
// past, or not yet held: "mantan", "calon".
func (d *document) formerBefore(i int) bool {
	if d.mark(i-1, ')') && d.mark(i-3, '(') {
		i -= 3 // "pasangan calon (paslon) gubernur"
	}
	h, ok := d.hitEnding(i, listOfficialCues, 2)
	return ok && d.x.officials.cues[h.entry].role == cueFormer
}

// pairedName: "Bupati dan Wakil Bupati Kendal, A dan B": the name read belongs
// to the office before "dan", the next one to this office.
func (d *document) pairedName(o *officialFinding, h hit, n personName) {
	k := len(d.findings.officials) - 1
	if k < 0 || !d.is(int(h.from)-1, d.x.officials.and) && !d.mark(int(h.from)-1, '-') && !d.mark(int(h.from)-1, '/') || !d.is(n.to, d.x.officials.and) && !d.mark(n.to, '-') {
		return
	}
	before := &d.findings.officials[k]
	if before.to != int(h.from)-1 || before.nameTo > before.nameFrom {
		return
	}
	second, ok := d.nameAt(n.to + 1)
	if !ok {
		return
	}
	before.nameFrom, before.nameTo, before.titles, before.region = n.first, n.last, n.titles, o.region
	d.setName(o, second)
}

// fellows reads the others who hold an office of several holders: "Wakil Ketua
// DPRD A dan B". Another office behind them ends the list.
func (d *document) fellows(o *officialFinding) {
	if !o.several && (o.class != "council" || o.position == "Ketua DPRD" || o.position == "Sekretaris DPRD") {
		return
	}
	for at := o.to; d.is(at, d.x.officials.and) || d.mark(at, ','); {
		if d.mark(at, ',') && d.is(at+1, d.x.officials.and) {
			at++ // "A, B, serta C"
		}
		n, ok := d.nameAt(at + 1)
		if !ok || !d.sameSentence(o.from, at+1) || n.last-n.first < 2 && !d.isGiven(n.first) && !d.listedAlone(&n) {
			return
		}
		if d.opens(n.to, listPositions) || d.mark(n.to, ',') && d.officeAt(n.to+1) {
			return // "Anggota DPRD A, B, Camat C": B is the camat
		}
		f := *o
		f.from, f.to, f.nameFrom, f.nameTo, f.titles = at+1, n.to, n.first, n.last, n.titles
		f.rule = "official.fellow"
		d.take(n.first, n.last, claimPerson)
		d.findings.officials = append(d.findings.officials, f)
		at = n.to
	}
}

// listedAlone reports whether a name of one word that no rule knows is an item of a
// list: "anggota DPRD Sri Rekadi, Rubiyanto, dan Bagus Rekadi".
func (d *document) listedAlone(n *personName) bool {
	return d.unknownWords(n.first, n.last) && (d.mark(n.to, ',') || d.is(n.to, d.x.officials.and) || d.mark(n.to, '.'))
}

func (d *document) officeAt(i int) bool {
	return d.opens(i, listPositions)
}

// roles reads what the official does from the words near.
func (d *document) roles(o *officialFinding) {
	if c := d.roleNear(o); c != nil {
		o.roles = c.roles
		return
	}
	// "dihadiri A, B, C dan D": what a list is about, its last items are too.
	if k := len(d.findings.officials) - 1; k >= 0 {
		if before := &d.findings.officials[k]; d.sameSentence(before.from, o.from) && d.listed(before.to, o.from) {
			o.roles = before.roles
		}
	}
}

// roleNear is the cue near an official that gives a role, nil for none.
func (d *document) roleNear(o *officialFinding) *officialCue {
	cues := d.x.officials.cues
	if !d.sentenceOf(o.from).lists.has(listOfficialCues) {
		return nil
	}
	for j, n := o.to, 0; n < 5 && d.sameSentence(o.from, j); j, n = j+1, n+1 {
		if h, ok := d.longest(j, listOfficialCues); ok && cues[h.entry].before && cues[h.entry].role != cueLink && cues[h.entry].role != cueFormer {
			return &cues[h.entry]
		}
	}
	for j, n := o.from-1, 0; n < 24 && d.sameSentence(o.from, j); j, n = j-1, n+1 {
		h, ok := d.longest(j, listOfficialCues)
		if !ok {
			continue
		}
		switch c := &cues[h.entry]; {
		case !c.before, c.role == pakta.Signatory, c.role == pakta.Witness:
			return c
		}
	}
	return nil
}
