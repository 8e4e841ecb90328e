package extract

import (
	"slices"

	"pakta"
)

// readSectors reads what the agreement covers: from the stretches after scope
// words ("ruang lingkup", "bidang", "meliputi"), right after an instrument
// ("PKS pengelolaan sampah"), and from what sentences about the agreement say
// it is for.
func (d *document) readSectors(dl *deal, parties []pakta.Party) ([]pakta.SectorMention, []pakta.OtherSector) {
	b := sectorBuilder{d: d, sectors: make([]pakta.SectorMention, 0, fewSectors), other: []pakta.OtherSector{}}
	for _, s := range d.scopes(dl) {
		b.read(s)
	}
	b.partners(parties)
	if len(b.sectors) == 0 && len(b.other) == 0 {
		b.topic(dl)
	}
	return b.sectors, b.other
}

// fewSectors is how many sectors most agreements have at most.
const fewSectors = 4

// sectorBuilder gathers sectors in the order of the text.
type sectorBuilder struct {
	d       *document
	sectors []pakta.SectorMention
	other   []pakta.OtherSector
	otherAt places // in other, by the folded text
	done    int    // tokens read so far: scopes may overlap
}

// maxGap is how many tokens may stand between the items of a list. Further on
// the sentence tells of something else: "di bidang perdagangan, sebab Kendari
// melihat potensi Konawe Utara sebagai penghasil padi".
const maxGap = 10

// read takes the terms of one scope.
func (b *sectorBuilder) read(s scope) {
	d := b.d
	last := max(s.from, b.done)
	b.done = max(b.done, s.to)
	if !d.sentenceOf(s.from).lists.has(listSectorTerms) {
		return
	}
	turns := d.sentenceOf(s.from).words.has(d.x.sectors.turns)
	for i := last; i < s.to; i++ {
		if !turns {
			if i = d.next(i, s.to, 1<<listSectorTerms|1<<listInstruments|1<<listCues); i == s.to {
				return
			}
		}
		h, ok := d.longest(i, listSectorTerms)
		if !ok || int(h.to) > s.to {
			switch {
			case d.opensList(i):
				last = i
			case d.is(i, d.x.sectors.turns):
				last = i - maxGap - 1
			}
			continue
		}
		if why := b.unfit(h, s, s.list && i-last <= maxGap); why != "" {
			d.reject(i, int(h.to), s.rule, why)
		} else {
			b.add(h, s.rule)
			last = int(h.to)
		}
		i = int(h.to) - 1
	}
}

// opensList reports whether a list may begin at token i: an instrument, or a
// word like "bidang" or "meliputi".
func (d *document) opensList(i int) bool {
	return d.opens(i, listInstruments) || scopeCues.has(d.cue(i))
}

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
	case d.owner[i] != free && d.owner[i] != claimInstrument || d.inOffice(i):
		return "part of the name of an office, a law or a body"
	case !list && !s.about:
		return "the list before it has ended"
	case d.cue(i-1) == cueScopeNoun && d.ofBody(i-1):
		return "what a body works in"
	case common && d.namesPlace(h), d.inRoom(h):
		return "part of the name of a place"
	case common && d.located(i):
		return "says where something is done"
	case common && d.narrows(h):
		return "tells the word before it apart"
	case (use == useProduct || use == useWeak && d.isProduce(h)) && d.foodBefore(i):
		return "an example of the food that is named before it"
	case d.afterAspect(i):
		return "named as an aspect of something else"
	case use == useWeak && !(list && d.coordinated(h)) && !d.developed(i), use != useAny && !list && !d.coordinated(h) && !d.developed(i):
		return "a common word, and no list of what the agreement covers"
	}
	return ""
}

// isProduce reports whether a term is a thing that farms, ponds or the sea yield.
func (d *document) isProduce(h hit) bool {
	all := d.term(h).sectors
	return len(all) == 1 && (all[0].Code == "3.25" || all[0].Code == "3.27")
}

// foodReach is how far before a product the words for food stand that it is an
// example of, in tokens: "bahan pangan, khususnya sayuran dan daging sapi".
const foodReach = 24

// foodBefore reports whether food is named before token i in its sentence.
func (d *document) foodBefore(i int) bool {
	first := max(i-foodReach, int(d.sentenceOf(i).first))
	for j := d.next(first, i, 1<<listSectorTerms); j < i; j = d.next(j+1, i, 1<<listSectorTerms) {
		h, _ := d.longest(j, listSectorTerms)
		if all := d.term(h).sectors; len(all) == 1 && all[0].Code == "2.09" {
			return true
		}
	}
	return false
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
		if v, ok := d.longest(j, listVenues); ok && int(v.to) <= i && d.class(v) == "head" {
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
		if d.is(j, d.x.sectors.places) && !d.listsAt[j].has(listCues) && d.cue(j-1) != cueScopeVerb {
			return true // but not the "di" of "di antaranya"
		}
		if d.cue(j) == cueScopeNoun || d.itemJoin(j) || d.is(j, d.x.sectors.deeds) {
			return false
		}
	}
	return false
}

// narrows reports whether a common word stands right behind a term of
// another sector, which it tells apart: the mines of "limbah tambang".
func (d *document) narrows(h hit) bool {
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

// afterAspect reports whether a word at i stands in a list behind "dari sisi".
func (d *document) afterAspect(i int) bool {
	if w := &d.sentenceOf(i).words; !w.has(d.x.sectors.aspects) && !w.has(d.x.sectors.others) {
		return false
	}
	for j, n := i-1, 0; n < 5 && d.sameSentence(j, i); j, n = j-1, n+1 {
		if d.is(j, d.x.sectors.aspects) || d.cue(j) == cueScopeList && d.is(j-1, d.x.sectors.others) {
			return true // "pihak lain seperti puskesmas"
		}
		if !d.opens(j, listSectorTerms) && !d.itemJoin(j) {
			return false
		}
	}
	return false
}

// partners adds the sectors that a party stands for by its name: an agreement
// with BPJS Kesehatan is one on health, whatever else is said of it.
func (b *sectorBuilder) partners(parties []pakta.Party) {
	d := b.d
	for h := range d.allHits(listSectorTerms) {
		if d.term(h).use != usePartner {
			continue
		}
		start, end := int(d.toks[h.from].start), int(d.toks[h.to-1].end)
		for i := range parties {
			p := &parties[i]
			if p.Type != pakta.RegionalGovernment && slices.ContainsFunc(p.Evidence, func(e pakta.Evidence) bool { return e.Start <= start && end <= e.End }) {
				b.add(h, "sector.partner")
				break
			}
		}
	}
}

func (b *sectorBuilder) add(h hit, rule string) {
	d := b.d
	if d.term(h).use == useOther {
		b.addOther(h)
		return
	}
	e := d.evidence(int(h.from), int(h.to), rule)
	for _, s := range d.term(h).sectors {
		i := slices.IndexFunc(b.sectors, func(m pakta.SectorMention) bool { return m.Code == s.Code })
		if i >= 0 {
			b.sectors[i].Evidence = d.more(b.sectors[i].Evidence, e)
			continue
		}
		b.sectors = append(b.sectors, pakta.SectorMention{Code: s.Code, Name: s.Name, Group: s.Group, Evidence: d.one(e)})
	}
}

func (b *sectorBuilder) addOther(h hit) {
	e := b.d.evidence(int(h.from), int(h.to), "sector.other")
	key := foldString(e.Text)
	if i := b.otherAt.find(key); i >= 0 {
		b.other[i].Evidence = b.d.more(b.other[i].Evidence, e)
		return
	}
	b.otherAt.keep(key, len(b.other))
	b.other = append(b.other, pakta.OtherSector{Text: e.Text, Evidence: b.d.one(e)})
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
// names of some have commas in them.
func (d *document) inOffice(i int) bool {
	if !d.sentenceOf(i).words.has(d.x.deals.parts) {
		return false
	}
	for j, n := i-1, 0; n < maxOffice && d.sameSentence(i, j); j, n = j-1, n+1 {
		t := &d.toks[j]
		if d.is(j, d.x.deals.parts) && t.shape != lower {
			return true
		}
		if t.kind == punct && t.ch != ',' && t.ch != '(' || t.shape == lower && !d.is(j, d.x.bodies.inner) {
			return false
		}
	}
	return false
}
