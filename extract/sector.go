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
	b.prices()
	b.drop()
	if len(b.sectors) == 0 {
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
	named   uint64 // sectors, by index, that more than a thing or person stands for
	told    uint64 // sectors, by index, that a list, the headline or a deed tells
	objects uint64 // sectors, by index, that stand in the headline or right behind an instrument
	insurer bool   // a social insurance is the only party beside governments

	past      bool // the scope that is read tells of another time
	inflation bool // the headline or the paper is about inflation
}

// drop drops what is no scope once all is read. What is only named in sentences
// about the agreement is none when others are told as its scope: who came, where
// it was, what else is done. What grows or swims is food where food is agreed
// on: "pasokan pangan seperti cabai, sayuran dan ikan" is no deal on farming;
// and whom an insurance covers is no sector: "BPJS, perlindungan petani". When
// it is the only partner, the deal is on nothing else but what its paper is called.
// Its weak case is an aim without a word for what is done about it.
func (b *sectorBuilder) drop() {
	food := slices.ContainsFunc(b.sectors, func(m pakta.SectorMention) bool { return m.Code == codeFood })
	insured := slices.ContainsFunc(b.sectors, func(m pakta.SectorMention) bool {
		return (m.Code == codeLabour || m.Code == codeHealth) && byPartner(&m)
	})
	bit := uint64(1)
	b.sectors = slices.DeleteFunc(b.sectors, func(m pakta.SectorMention) bool {
		aside := b.told != 0 && b.told&bit == 0
		if b.insurer && b.objects&bit == 0 && !byPartner(&m) {
			aside = true
		}
		unnamed := b.named&bit == 0 && (insured || food && foodsOwn(m.Code))
		bit <<= 1
		return aside || unnamed
	})
}

// foodsOwn reports whether a sector is where food comes from, or how it gets to
// people.
func foodsOwn(code string) bool {
	return code == codeFishery || code == codeFarming || code == codeTransport || code == codeTrade
}

// byPartner reports whether a party's name stands for a sector.
func byPartner(m *pakta.SectorMention) bool {
	return slices.ContainsFunc(m.Evidence, func(e pakta.Evidence) bool { return e.Rule == rulePartner })
}

// Sectors whose goods are food, those of the social insurances, and trade.
const (
	codeHealth    = "1.02"
	codeLabour    = "2.07"
	codeFood      = "2.09"
	codeTransport = "2.15"
	codeFishery   = "3.25"
	codeFarming   = "3.27"
	codeTrade     = "3.30"
)

// maxGap is how many tokens may stand between the items of a list. Further on
// the sentence tells of something else: "di bidang perdagangan, sebab Kendari
// melihat potensi Konawe Utara sebagai penghasil padi".
const maxGap = 10

// read takes the terms of one scope.
func (b *sectorBuilder) read(s scope) {
	d := b.d
	last := max(s.from, b.done)
	b.done = max(b.done, s.to)
	b.past = s.other
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
			case d.is(i, d.x.sectors.turns) && !d.is(i+1, d.x.sectors.joins): // but not "tapi juga pendidikan"
				last = i - maxGap - 1
			}
			continue
		}
		h = d.inner(h, s.to)
		if why := b.unfit(h, s, s.list && i-last <= maxGap); why != "" {
			d.reject(i, int(h.to), s.rule, why)
		} else {
			b.add(h, s.rule)
			last = int(h.to)
		}
		i = int(h.to) - 1
	}
}

// inner is the term that opens inside another one and reaches further: what is
// assisted in "pendampingan desa wisata" are sights. What is traded is trade.
func (d *document) inner(h hit, to int) hit {
	if t := d.term(h); len(t.sectors) != 1 || t.sectors[0].Code == codeTrade {
		return h
	}
	for i := int(h.from) + 1; i < int(h.to); i++ {
		if next, ok := d.longest(i, listSectorTerms); ok && next.to > h.to && int(next.to) <= to && len(d.term(next).sectors) > 0 {
			return next
		}
	}
	return h
}

// opensList reports whether a list may begin at token i: an instrument, or a
// word like "bidang" or "meliputi".
func (d *document) opensList(i int) bool {
	return d.opens(i, listInstruments) || scopeCues.has(d.cue(i))
}

// partners adds the sectors that a party stands for by its name: an agreement
// with BPJS Kesehatan is one on health, whatever else is said of it.
func (b *sectorBuilder) partners(parties []pakta.Party) {
	d, insurers, partners := b.d, uint64(0), uint64(0)
	for i := range parties {
		if parties[i].Type != pakta.RegionalGovernment {
			partners |= 1 << i
		}
	}
	for h := range d.allHits(listSectorTerms) {
		if d.term(h).use != usePartner {
			continue
		}
		start, end := int(d.toks[h.from].start), int(d.toks[h.to-1].end)
		for i := range parties {
			p := &parties[i]
			if p.Type != pakta.RegionalGovernment && slices.ContainsFunc(p.Evidence, func(e pakta.Evidence) bool { return e.Start <= start && end <= e.End }) {
				b.add(h, rulePartner)
				if code := d.term(h).sectors[0].Code; code == codeHealth || code == codeLabour {
					insurers |= 1 << i
				}
				break
			}
		}
	}
	b.insurer = insurers != 0 && insurers == partners
}

func (b *sectorBuilder) add(h hit, rule string) {
	d := b.d
	switch d.term(h).use {
	case useInflation:
		b.inflation = b.inflation || rule == ruleObject || int(h.from) < d.titleEnd
		fallthrough
	case useOther:
		b.addOther(h)
		return
	}
	e := d.evidence(int(h.from), int(h.to), rule)
	for _, s := range d.term(h).sectors {
		i := slices.IndexFunc(b.sectors, func(m pakta.SectorMention) bool { return m.Code == s.Code })
		if i >= 0 {
			b.sectors[i].Evidence = d.more(b.sectors[i].Evidence, e)
		} else {
			i = len(b.sectors)
			b.sectors = append(b.sectors, pakta.SectorMention{Code: s.Code, Name: s.Name, Group: s.Group, Evidence: d.one(e)})
		}
		if use := d.term(h).use; use != useProduct && (use != useWeak || s.Code == codeTransport) { // ports are no food
			b.named |= 1 << i
		}
		if !b.past && (rule != ruleAim || d.toldAim(h)) {
			b.told |= 1 << i
		}
		if rule == ruleObject || int(h.from) < d.titleEnd {
			b.objects |= 1 << i
		}
	}
}

// toldAim reports whether a term in a sentence about the agreement is what it
// is for: something is done about it, another sector stands beside it, or the
// sentence speaks of the paper or of what is hoped for.
func (d *document) toldAim(h hit) bool {
	i := int(h.from)
	words := &d.sentenceOf(i).words
	return i < d.titleEnd || d.developed(i) || d.is(i, d.x.sectors.deeds) || words.has(d.x.sectors.refers) || words.has(d.x.sectors.hopes) || words.has(d.x.sectors.chosen) && !words.has(d.x.sectors.shows) || d.is(i-1, d.x.sectors.beyond) || d.subject(h) || d.besideSector(h)
}

// besideSector reports whether a term and another one with a comma or "dan"
// between both name sectors: not "ambulans dan damkar", which were given.
func (d *document) besideSector(h hit) bool {
	if !d.term(h).use.names() {
		return false
	}
	to := int(h.to)
	if d.itemJoin(to) {
		for j := to + 1; j <= to+2 && d.sameSentence(j, to); j++ {
			if next, ok := d.longest(j, listSectorTerms); ok {
				return d.term(next).use.names()
			}
		}
	}
	from := int(h.from)
	end := from
	turned := false
	for d.sameSentence(end-1, from) && (d.itemJoin(end-1) || end < from && d.is(end-1, d.x.sectors.turns)) {
		end-- // ", dan", "tapi juga"
		turned = turned || !d.itemJoin(end)
	}
	before, ok := d.hitEnding(end, listSectorTerms, 4)
	return ok && end < from && (d.term(before).use.names() || turned && d.term(before).use == useOther)
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

// prices adds food when the headline or the paper is about inflation and the
// article speaks of food: what regions agree on against it is to supply each
// other. Its weak case is a paper on prices and an article on somebody's harvest.
func (b *sectorBuilder) prices() {
	if !b.inflation || slices.ContainsFunc(b.sectors, func(m pakta.SectorMention) bool { return m.Code == codeFood }) {
		return
	}
	d := b.d
	for h := range d.allHits(listSectorTerms) {
		i := int(h.from)
		t := d.term(h)
		if t.use == usePartner || len(t.sectors) == 0 || t.sectors[0].Code != codeFood || d.owner[i] != free && d.owner[i] != claimInstrument || d.inOffice(i) {
			continue
		}
		if line := d.lineOf(i); line != lineRelated && line != lineByline {
			b.add(h, ruleObject)
			return
		}
	}
}
