package extract

import "slices"

// listingRules is what the reading of lists of parties needs besides, compiled.
type listingRules struct {
	forWhom   wordList // before those for whom something is
	counts    wordList // beside number words: "keduanya", "keempat"
	including wordList // opens a list of those who were counted
	more      wordList // words that go on with the list of the sentence before: kemudian
	names     wordList // words for the names of those who were counted
	pointers  wordList // words that point back to what was named
	such      wordList // opens examples, and no list of members
}

func newListingRules(lex *lexicon) listingRules {
	return listingRules{
		forWhom:   lex.words("deal.for"),
		counts:    lex.words("deal.counts"),
		including: lex.words("deal.including"),
		more:      lex.words("deal.more"),
		names:     lex.words("deal.names"),
		pointers:  lex.words("deal.pointers"),
		such:      lex.words("deal.such"),
	}
}

// listedParties reads lists that name the parties after the words that speak
// of the signing: "Keempatnya ialah Kota A, Kota B dan Kabupaten C", "11 daerah
// tersebut meliputi ...", "Berikut kampus yang ikut menandatangani:" with a
// line for each.
func (d *document) listedParties(dl *deal) {
	for i := range dl.sentences {
		s := &dl.sentences[i]
		d.pihakFrame(dl, s)
		if d.listFrame(dl, s) {
			d.moreOfList(dl, i)
		}
		if d.mark(s.last-1, ':') && (s.acts > 0 || d.countedMembers(s.first, s.last)) {
			d.lineList(dl, i)
		}
	}
}

// lineList votes for the parties that open the lines behind sentence i.
func (d *document) lineList(dl *deal, i int) {
	line := d.toks[dl.sentences[i].last-1].line
	for j := i + 1; j < len(dl.sentences); j++ {
		n := &dl.sentences[j]
		if d.toks[n.first].line != line+1 || len(n.events) == 0 || n.events[0].group == nil || n.events[0].at > n.first+3 {
			return
		}
		d.vote(dl, n, 0, n.events[0].group, weightFrame)
		line++
	}
}

// listFrame: a group behind a word that opens a list, when the words before it
// count members or tell who signed: "Yang menandatanganinya ialah bupati A, B
// dan C", "11 kabupaten/kota itu, meliputi A, B, C", "Tujuh kepala daerah itu
// Bupati A, ..."; or when they point back to members that the sentence of the
// signing counts: "Kabupaten tersebut adalah A, B, C".
func (d *document) listFrame(dl *deal, s *sentenceEvents) bool {
	for k, e := range s.events {
		if e.group == nil || e.group.aside || e.group.distinct < 2 {
			continue
		}
		open := d.listOpener(s.first, e.at)
		if open < 0 && d.is(e.at-1, d.x.deals.such) && d.withMembers(s, e.at-1) {
			open = e.at - 1 // "dengan sejumlah kampus seperti A, B dan C"
		}
		switch {
		case open < 0 && !d.whoSigns(s, k) && (e.at-s.first > maxCountPhrase || !d.countedMembers(s.first, e.at)):
			continue
		case open == s.first && d.countedBefore(dl, s):
		case open >= 0 && s.acts+s.instrs == 0 && (d.hasWord(s.first+maxCountPhrase, open, d.x.deals.others) || d.countedPartners(s.first, open) || d.countedPlaces(s.first, open)):
			continue // "akan ditangani dua instansi, yakni", "naik di tiga kabupaten, yakni"
		case open >= 0 && !d.countedMembers(s.first, open) && !d.signersBefore(s, open) && !d.partnersBefore(s, k) && !d.pointsBack(dl, s.first, open) && !d.partnersNamed(s) && !d.withMembers(s, open):
			continue
		}
		d.voteList(dl, s, k)
		return true
	}
	return false
}

// moreOfList votes for the groups of sentences that go on with the list of
// sentence i: "Kemudian RS D, RS E serta RS F".
func (d *document) moreOfList(dl *deal, i int) {
	for j := i + 1; j < len(dl.sentences); j++ {
		s, before := &dl.sentences[j], &dl.sentences[j-1]
		if s.sent != before.sent+1 || s.acts+s.instrs > 0 || s.events[0].group == nil || !d.opensMore(s.first, s.events[0].at) {
			return
		}
		d.voteList(dl, s, 0)
	}
}

// opensMore reports whether no more stands in the tokens [from, to) than words
// that go on with a list.
func (d *document) opensMore(from, to int) bool {
	more := false
	for i := from; i < to; i++ {
		switch {
		case d.is(i, d.x.deals.more):
			more = true
		case d.toks[i].kind == word:
			return false
		}
	}
	return more
}

// partnersBefore reports whether "antara A dan mitra" leads to the list at
// event k.
func (d *document) partnersBefore(s *sentenceEvents, k int) bool {
	for j := k - 1; j >= 0; j-- {
		if g := s.events[j].group; g != nil {
			return !g.aside && d.is(g.prep, d.x.deals.between)
		}
	}
	return false
}

// withMembers reports whether an agreement is told with members before token at
// that are not counted: "KAD dirintis dengan daerah perbatasan, yakni", "dengan
// sejumlah daerah, di antaranya".
func (d *document) withMembers(s *sentenceEvents, at int) bool {
	for _, e := range s.events {
		if e.at >= at {
			return false
		}
		if e.act == actNone && !e.instr {
			continue
		}
		for j := e.to; j < min(e.to+withReach, at); j++ {
			k := j + 1
			if d.is(k, d.x.deals.several) {
				k++
			}
			if d.isWith(j) && (d.is(k, d.x.deals.members) || k > j+1 && d.partnerNoun(k)) {
				return true
			}
		}
	}
	return false
}

// withReach is how far behind an act or a paper "dengan" stands that brings in
// the members, in tokens.
const withReach = 8

// countedPartners reports whether it is bodies that the tokens [from, to) count
// and no regions, without a word that points back to them.
func (d *document) countedPartners(from, to int) bool {
	p := &d.x.deals
	for i := from; i+1 < to; i++ {
		if d.isCount(i) && d.partnerNoun(i+1) {
			return !d.hasWord(i, to, p.pointers) && !d.is(from, p.counts)
		}
	}
	return false
}

// countedPlaces reports whether the tokens [from, to) only count places where
// something is or those for whom it is: "di tiga kabupaten", "untuk tiga daerah".
func (d *document) countedPlaces(from, to int) bool {
	for i := from; i+2 < to; i++ {
		if (d.is(i, d.x.deals.toPlaces) || d.is(i, d.x.deals.forWhom)) && d.isCount(i+1) && d.countedMembers(i+1, to) {
			return !d.countedMembers(from, i)
		}
	}
	return false
}

// countedBefore reports whether a sentence that opens with "Yakni" lists the
// members whom the one before it counts, once the text has told of the agreement.
func (d *document) countedBefore(dl *deal, s *sentenceEvents) bool {
	if s.first == 0 {
		return false
	}
	from, to := d.sentence(s.first - 1)
	if !d.countedMembers(from, to) || d.hasWord(from, to, d.x.deals.others) {
		return false
	}
	for i := range dl.sentences {
		o := &dl.sentences[i]
		if o.first >= s.first {
			return false
		}
		if o.acts+o.instrs > 0 {
			return true
		}
	}
	return false
}

// partnersNamed reports whether a sentence about an agreement is headed by a
// noun for partners: "Perusahaan yang digandeng Pemprov A ialah B, C dan D".
func (d *document) partnersNamed(s *sentenceEvents) bool {
	for i := s.first; i < s.first+3 && i < s.last; i++ {
		if d.partnerNoun(i) {
			return s.acts+s.instrs > 0
		}
	}
	return false
}

// whoSigns reports whether a sentence opens with a signing whose doers are the
// group at event k: "Yang meneken, Gubernur A, Wali Kota B".
func (d *document) whoSigns(s *sentenceEvents, k int) bool {
	return k > 0 && s.events[0].act.signs() && s.events[0].at == s.first+1 && d.is(s.first, d.x.deals.who) && s.events[k].at-s.events[0].to <= 2
}

// maxCountPhrase is how long words that count members are: "Ketujuh kepala
// daerah itu".
const maxCountPhrase = 5

// pointsBack reports whether the tokens [from, to) are a noun for members with
// a word that points back, and an earlier sentence of the signing counts them:
// "kesepakatan bersama 12 kabupaten di Kalimantan. ... Kabupaten tersebut",
// "MoU dengan 14 rumah sakit. ... Nama-namanya yakni".
func (d *document) pointsBack(dl *deal, from, to int) bool {
	p := &d.x.deals
	if d.is(from, p.together) && to-from <= maxCountPhrase {
		return d.pluralSigners(dl, from)
	}
	if to-from > maxCountPhrase || !d.hasWord(from, to, p.names) && (!d.is(from, p.members) || !d.hasWord(from+1, to, p.pointers)) {
		return false
	}
	for i := range dl.sentences {
		s := &dl.sentences[i]
		if s.first >= from {
			return false
		}
		if s.acts+s.instrs > 0 && (d.countedMembers(s.first, s.last) || d.severalMembers(s.first, s.last)) {
			return true
		}
	}
	return false
}

// pluralSigners reports whether the sentence before token i tells of a signing by
// more than it names, and of no witnesses: "Kepala daerah se-Solo Raya meneken MoU.
// Mereka adalah".
func (d *document) pluralSigners(dl *deal, i int) bool {
	s := dl.sentenceAt(d.toks[i].sent - 1)
	if s == nil || s.acts == 0 || slices.ContainsFunc(s.events, func(e event) bool { return e.aside || e.stand }) {
		return false
	}
	return d.hasWord(s.first, s.last, d.x.deals.members)
}

// severalMembers reports whether the tokens [from, to) of one sentence tell of
// members without a count: "dengan beberapa bupati dan wali kota".
func (d *document) severalMembers(from, to int) bool {
	p := &d.x.deals
	if !d.hasWord(from, to, p.several) {
		return false
	}
	for i := from; i+1 < to; i++ {
		if d.is(i, p.several) && (d.is(i+1, p.members) || d.partnerNoun(i+1)) {
			return true
		}
	}
	return false
}

// listOpener is the token of a word that opens a list right before token at,
// -1 when there is none.
func (d *document) listOpener(first, at int) int {
	for j := at - 1; j >= first && j >= at-4; j-- {
		if d.is(j, d.x.deals.including) {
			return j
		}
		if c := d.cue(j); c == cueScopeList && !d.is(j, d.x.deals.such) || c == cueScopeVerb {
			return j
		}
	}
	return -1
}

// countedMembers reports whether the tokens [from, to) count those who take
// part: "11 daerah", "dua belas bupati", "keempat kepala daerah", "Keempatnya".
func (d *document) countedMembers(from, to int) bool {
	p := &d.x.deals
	counted := -9
	for i := from; i < to; i++ {
		if d.isCount(i) {
			counted = i
			if i == from && d.is(i, p.together) {
				return true
			}
		}
		if i-counted <= 4 && (d.is(i, p.members) || d.partnerNoun(i) || d.isStem(i, p.members)) {
			return true
		}
	}
	return false
}

// isCount reports whether token i counts, in digits or words: 11, dua belas,
// keempat.
func (d *document) isCount(i int) bool {
	return d.opens(i, listNumberWords) || d.toks[i].kind == number || d.is(i, d.x.deals.counts)
}

// isStem is is for the word without its clitic.
func (d *document) isStem(i int, w wordList) bool {
	g := &d.x.lex.vocab.grammar
	return g.lists[g.numberOf(d.toks[i].stem)].has(w)
}

// signersBefore reports whether an act of signing or agreeing whose doer is
// still to be named stands before token at: "Yang menandatangani ialah".
func (d *document) signersBefore(s *sentenceEvents, at int) bool {
	for _, e := range s.events {
		if e.at >= at {
			return false
		}
		if e.group != nil && !e.group.aside {
			return false
		}
		if e.act != actNone || e.pihak {
			return e.pihak || e.at == s.first || d.is(e.at-1, d.x.deals.who) || d.is(e.at-2, d.x.deals.who)
		}
	}
	return false
}

// headOfList is the group that the others of a list which ends before event i
// sign with: A of "A dan tiga kabupaten lainnya, masing-masing B, C dan D, meneken".
func (d *document) headOfList(s *sentenceEvents, i int) *group {
	if i < 2 {
		return nil
	}
	first, list := s.events[i-2], s.events[i-1]
	if first.group == nil || first.group.aside || list.group == nil || list.group.aside || list.group.distinct < 2 {
		return nil
	}
	if !d.is(first.to, d.x.deals.with) || list.at-first.to > maxToList || !d.countedMembers(first.to, list.at) {
		return nil
	}
	return first.group
}

// listFollows reports whether a list of partners follows event i, in the
// sentence of "antara": "antara Pemkab A dan sejumlah kampus, yaitu B dan C".
func (d *document) listFollows(s *sentenceEvents, i int) bool {
	for _, e := range s.events[i+1:] {
		if e.group != nil {
			return !e.group.aside && d.listOpener(s.events[i].to, e.at) >= 0
		}
		if e.act != actNone || e.aside {
			return false
		}
	}
	return false
}

// voteList votes for the group at event k and those that go on with its list.
func (d *document) voteList(dl *deal, s *sentenceEvents, k int) {
	for j := k; j < len(s.events); j++ {
		e := s.events[j]
		if e.group == nil || e.group.aside {
			return
		}
		d.vote(dl, s, k, e.group, weightFrame)
	}
}

// pihakFrame: "Dua pihak yang terikat ialah A dan B", "Mitranya A, B, serta C",
// "Mitra Pemkab A kali ini adalah B, C".
func (d *document) pihakFrame(dl *deal, s *sentenceEvents) {
	for i, e := range s.events {
		if e.group == nil || e.group.aside {
			continue
		}
		if i == 0 || !s.events[i-1].pihak || e.at-s.events[i-1].to > 8 {
			return
		}
		first := s.events[i-1].at == s.first
		if e.group.distinct > 1 || first {
			d.vote(dl, s, i, e.group, weightFrame)
		}
		if first && i+1 < len(s.events) && s.events[i+1].group != nil && d.listOpener(e.to, s.events[i+1].at) >= 0 {
			d.voteList(dl, s, i+1)
		}
		return
	}
}
