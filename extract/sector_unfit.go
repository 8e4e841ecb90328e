package extract

import "slices"

// unfit says why a term does not count in a scope; empty when it does. list:
// the list of the scope has not ended before it.
func (b *sectorBuilder) unfit(h hit, s scope, list bool) string {
	d, i := b.d, int(h.from)
	use := d.term(h).use
	common := use.common()
	switch {
	case use == usePartner:
		return "counts as the name of a party only"
	case use == useNot:
		return "a phrase that only contains a term"
	case d.runsOn(h):
		return "a word of an agreement: \"peluang kerja sama\""
	case d.named(h, list):
		return "part of the name of an office, a law or a body"
	case d.inAside(i):
		return "the trade of somebody named there, or a body named as an example"
	case !list && !s.about:
		return "the list before it has ended"
	case common && d.namesPlace(h), d.inRoom(h):
		return "part of the name of a place"
	case common && d.located(i):
		return "says where something is done"
	case common && d.cue(int(h.to)) == cueSign:
		return "who signs"
	case common && d.narrows(h):
		return "tells the word before it apart"
	case (s.rule == ruleAim || !list) && d.inReason(i):
		return "the reason for it"
	case s.rule == ruleAim && d.ofGuest(i):
		return "who came"
	case s.rule == ruleAim && d.behind(i, d.x.sectors.sources):
		return "what a region is known for"
	case s.rule == ruleAim && d.behind(i, d.x.sectors.events):
		return "what else is done that day"
	case d.asMeans(i, s.list):
		return "the means of what stands before it"
	case d.afterAspect(i):
		return "named as an aspect of something else"
	case d.tooCommon(h, s, list):
		return "a common word, and no list of what the agreement covers"
	}
	return ""
}

// tooCommon reports whether a term is too common a word where it stands: neither
// beside another one nor behind a word for what is done about it.
func (d *document) tooCommon(h hit, s scope, list bool) bool {
	i := int(h.from)
	if use := d.term(h).use; use != useAny {
		shown := d.coordinated(h) || d.developed(i)
		switch {
		case use == useItem:
			return !list || s.rule == ruleAim && !shown
		case use == useWeak:
			return !(list && d.coordinated(h)) && !d.developed(i) && !d.whole(h)
		case use == useList && (d.is(i-1, d.x.sectors.beyond) || d.subject(h)):
			return false
		}
		return !list && !shown
	}
	return false
}

// runsOn reports whether the last word of a term opens an instrument: the
// chances in "peluang kerja sama" are none of work.
func (d *document) runsOn(h hit) bool {
	next, ok := d.longest(int(h.to)-1, listInstruments)
	return ok && next.to > h.to
}

// subject reports whether a term is what a sentence in the body begins with and
// says to be agreed on: "Koperasi masuk dalam kesepakatan itu".
func (d *document) subject(h hit) bool {
	i := int(h.from)
	from, _ := d.sentence(i)
	return from > d.titleEnd && (i == from || i == from+1 && d.toks[from].kind == punct) && d.is(int(h.to), d.x.sectors.enters)
}

// named reports whether a term is part of a name: of a law, a body, an office.
// What the pass for bodies took for a name is none in a list when sectors are
// all it is made of: "BUMD dan UMKM".
func (d *document) named(h hit, list bool) bool {
	i := int(h.from)
	switch d.owner[i] {
	case free, claimInstrument:
		return d.inOffice(i)
	case claimBody:
		return !list || d.inOffice(i) || !d.onlySectors(i)
	}
	return true
}

// onlySectors reports whether the name of a body around token i has several
// words, and is made of terms and of words between items.
func (d *document) onlySectors(i int) bool {
	from := i
	for from > 0 && d.owner[from-1] == claimBody && d.sameSentence(from-1, i) {
		from--
	}
	to := from
	for to < len(d.toks) && d.owner[to] == claimBody && d.sameSentence(to, i) {
		h, ok := d.longest(to, listSectorTerms)
		switch {
		case ok:
			to = int(h.to)
		case d.itemJoin(to) || d.mark(to, '/'):
			to++
		default:
			return false
		}
	}
	return to-from > 1
}

// maxTradeWords is how far before the word for a field the one whose trade it
// is may stand, in tokens: "organisasi filantropi independen di bidang".
const maxTradeWords = 5

// inAside reports whether a term at i stands in a list of something else than
// what is agreed: "perusahaan yang bergerak di bidang energi", "pihak lain
// seperti puskesmas dan sekolah".
func (d *document) inAside(i int) bool {
	if d.tradeCue(i) {
		return true
	}
	j := i - 1
	for n := 0; n < maxOffice && d.sameSentence(j, i); n++ {
		if h, ok := d.hitEnding(j+1, listSectorTerms, 4); ok {
			if j = int(h.from); d.cue(j) == cueScopeNoun {
				return d.tradeCue(j)
			}
		} else if !d.itemJoin(j) {
			break
		}
		j--
	}
	return d.sameSentence(j, i) && (d.tradeCue(j) || d.exampleCue(j))
}

// tradeCue reports whether the word at j is a "bidang" of somebody's trade.
func (d *document) tradeCue(j int) bool {
	if d.cue(j) != cueScopeNoun {
		return false
	}
	for k := j - 1; k >= j-maxTradeWords && d.sameSentence(k, j); k-- {
		if d.is(k, d.x.sectors.traders) {
			return true
		}
		if d.mark(k, ',') || d.opens(k, listInstruments) {
			return false
		}
	}
	return false
}

// exampleCue reports whether the word at j is a "seperti" that names bodies.
func (d *document) exampleCue(j int) bool {
	from := max(j-maxPlaceWords, 0)
	return d.cue(j) == cueScopeList && d.sameSentence(from, j) && d.hasWord(from, j, d.x.sectors.others)
}

// namesPlace reports whether a common word opens the name of a place: "Desa
// Pelantaran", "pasar Gamalama".
func (d *document) namesPlace(h hit) bool {
	i := int(h.from)
	return (d.listsAt[i].has(listPlaces) || d.listsAt[i].has(listVenues)) && d.capital(int(h.to)) && i >= d.titleEnd
}

// inRoom reports whether a term is part of the name of a room or building:
// "Ruang Embung Fatimah".
func (d *document) inRoom(h hit) bool {
	i := int(h.from)
	if i < d.titleEnd || !d.capital(i) {
		return false
	}
	for j := i - 1; j >= i-2 && d.sameSentence(j, i) && d.capital(j); j-- {
		if v, ok := d.longest(j, listVenues); ok && int(v.to) <= i && d.attr(v, "class") == "head" {
			return true
		}
	}
	return false
}

// maxPlaceWords is how far before a word the preposition of its place may
// stand, in tokens: "di setiap desa", "dari kilang rakyat".
const maxPlaceWords = 2

// located reports whether a common word at i only says where something is
// done: "patroli di pasar". "Di bidang", with a word for the scope between, does not.
func (d *document) located(i int) bool {
	if !d.sentenceOf(i).words.has(d.x.sectors.places) {
		return false
	}
	for j := i - 1; j >= i-maxPlaceWords && d.sameSentence(j, i); j-- {
		if _, cue := d.hitEnding(j+1, listCues, 2); d.is(j, d.x.sectors.places) && !cue && !d.listsAt[j].has(listCues) {
			return true // but not the "di" of "di antaranya", the "dari" of "mulai dari"
		}
		if d.cue(j) == cueScopeNoun || d.itemJoin(j) || d.is(j, d.x.sectors.deeds) {
			return false
		}
	}
	return false
}

// narrows reports whether a common word stands right behind a term of
// another sector, which it tells apart: the mines of "limbah tambang"; but not
// where a list has lost its comma, "pariwisata pertanian dan perdagangan".
func (d *document) narrows(h hit) bool {
	if to := int(h.to); d.itemJoin(to) && d.opens(to+1, listSectorTerms) {
		return false
	}
	before, ok := d.hitEnding(int(h.from), listSectorTerms, 4)
	return ok && d.sameSentence(int(h.from)-1, int(h.from)) && d.term(before).use == useAny && !slices.Equal(d.term(before).sectors, d.term(h).sectors)
}

// developed reports whether the words before token i say that something is done
// about what is named there: "peningkatan mutu pendidikan", "pasokan beras".
func (d *document) developed(i int) bool {
	for j := i - 1; j >= i-2 && d.sameSentence(j, i); j-- {
		if d.is(j, d.x.sectors.deeds) {
			return true
		}
	}
	return false
}

// whole reports whether a term is all that stands behind an instrument or a
// word like "tentang": "MoU tentang penerbangan", "Teken MoU Sapi". Who the
// partner is, "kerja sama perguruan tinggi", says nothing of what is done.
func (d *document) whole(h hit) bool {
	i, to := int(h.from), int(h.to)
	if to < len(d.toks) && d.sameSentence(to, i) && (d.toks[to].kind == word || d.fused(to)) && !d.is(to, d.x.sectors.stops) && !d.is(to, d.x.sectors.joins) {
		return false
	}
	if d.cue(i-1) == cueScopeVerb {
		return true
	}
	before, ok := d.hitEnding(i, listInstruments, 4)
	return ok && d.x.deals.instruments[before.entry].typ != genericType
}

// maxReason is how far behind a word like "karena" its clause reaches, in tokens.
const maxReason = 10

// inReason reports whether a word at i stands in a clause that gives a reason:
// "bekerja sama karena infrastruktur di perbatasan sudah terbangun".
func (d *document) inReason(i int) bool {
	if i < d.titleEnd || !d.sentenceOf(i).words.has(d.x.sectors.reasons) {
		return false
	}
	for j := i - 1; j >= i-maxReason && d.sameSentence(j, i) && (!d.mark(j, ',') || d.is(j+1, d.x.sectors.goesOn)); j-- {
		if d.is(j, d.x.sectors.reasons) {
			return true
		}
	}
	return false
}

// asMeans reports whether a word at i is a means of the item before it: the
// system in "pelayanan kepegawaian melalui sistem informasi". Outside lists the
// item stands right before the word.
func (d *document) asMeans(i int, list bool) bool {
	if i < d.titleEnd || !d.sentenceOf(i).words.has(d.x.sectors.means) {
		return false
	}
	from, _ := d.sentence(i)
	for j := i - 1; j > from && j >= i-maxGap && !d.mark(j, ',') && !d.mark(j, ';') && d.sameSentence(j, i); j-- {
		if d.is(j, d.x.sectors.means) {
			_, right := d.hitEnding(j, listSectorTerms, 4)
			return right || list && d.termIn(max(from, j-maxGap), j)
		}
	}
	return false
}

// maxGuests is how far behind a word like "dihadiri" its list of guests reaches,
// in tokens.
const maxGuests = 30

// ofGuest reports whether a word at i stands in a list of those who came:
// "disaksikan perwakilan petani dan pelaku UMKM". What the meeting was for ends it.
func (d *document) ofGuest(i int) bool {
	if i < d.titleEnd || !d.sentenceOf(i).words.has(d.x.sectors.guests) {
		return false
	}
	for j := i - 1; j >= i-maxGuests && d.sameSentence(j, i) && d.cue(j) != cueAim && !d.opens(j, listInstruments); j-- {
		if d.is(j, d.x.sectors.guests) {
			return true
		}
		if scopeCues.has(d.cue(j)) && !d.noScope(j, j+1) {
			return false
		}
	}
	return false
}

// behind reports whether one of the words w stands right before a word at i:
// "salah satu sentra hortikultura", "menyerahkan dua mobil damkar".
func (d *document) behind(i int, w wordList) bool {
	if i < d.titleEnd || !d.sentenceOf(i).words.has(w) {
		return false
	}
	from, _ := d.sentence(i)
	return d.hasWord(max(i-maxPlaceWords, from), i, w)
}

// afterAspect reports whether a word at i stands in a list behind "dari sisi".
func (d *document) afterAspect(i int) bool {
	if !d.sentenceOf(i).words.has(d.x.sectors.aspects) {
		return false
	}
	for j, n := i-1, 0; n < 5 && d.sameSentence(j, i); j, n = j-1, n+1 {
		if d.is(j, d.x.sectors.aspects) {
			return true
		}
		if !d.opens(j, listSectorTerms) && !d.itemJoin(j) {
			return false
		}
	}
	return false
}

// coordinated reports whether another term stands next to a term, with a
// comma or "dan" between: a list shows what common words mean.
func (d *document) coordinated(h hit) bool {
	to := int(h.to)
	if d.itemJoin(to) && d.termWithin(to+1, 2) {
		return true
	}
	from := int(h.from)
	for j := from - 1; j >= from-2 && d.sameSentence(j, from); j-- {
		if d.itemJoin(j) {
			for d.sameSentence(j-1, from) && (d.itemJoin(j-1) || d.is(j-1, d.x.sectors.turns)) {
				j-- // ", tapi juga"
			}
			_, ok := d.hitEnding(j, listSectorTerms, 4)
			return ok
		}
	}
	return false
}

// itemJoin reports whether token i stands between items of a list.
func (d *document) itemJoin(i int) bool { return d.mark(i, ',') || d.is(i, d.x.sectors.joins) }

// maxOffice is how far back the word for an office may stand before a word of
// its name: "Dinas Koperasi, Usaha Kecil, Menengah dan Perindustrian".
const maxOffice = 12

// inOffice reports whether the word at i belongs to the name of an office:
// "Dinas Kesehatan", "Kepala Bidang Perhubungan", "Asisten Perekonomian". The
// names of some have commas in them, others their short form behind: "(DPM PTSP)".
func (d *document) inOffice(i int) bool {
	if !d.sentenceOf(i).words.has(d.x.deals.parts) {
		return false
	}
	for j, n := i-1, 0; n < maxOffice && d.sameSentence(i, j); j, n = j-1, n+1 {
		if d.mark(j, ')') && d.mark(j-2, '(') && d.sameSentence(j-3, i) {
			j -= 3 // "Menteri Koordinator (Menko) Bidang Maritim"
		}
		t := &d.toks[j]
		if d.is(j, d.x.deals.parts) && t.shape != lower {
			return true
		}
		switch {
		case t.kind == punct && t.ch != ',' && t.ch != '&' && (t.ch != '(' || d.toks[i].shape != upper):
			return false
		case t.shape == lower && !d.is(j, d.x.bodies.inner):
			return n == 0 && d.is(j, d.x.sectors.agencies)
		}
	}
	return false
}
