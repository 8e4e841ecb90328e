package extract

import (
	"pakta"
)

// readSectors reads what the agreement covers: from the stretches after scope
// words ("ruang lingkup", "bidang", "meliputi"), right after an instrument
// ("PKS pengelolaan sampah"), and from what sentences about the agreement say
// it is for.
func (d *document) readSectors(dl *deal) ([]pakta.SectorMention, []pakta.OtherSector) {
	b := sectorBuilder{d: d, at: map[string]int{}, otherAt: map[string]int{}}
	b.sectors, b.other = []pakta.SectorMention{}, []pakta.OtherSector{}
	for _, s := range d.scopes(dl) {
		b.read(s)
	}
	return b.sectors, b.other
}

// sectorBuilder gathers sectors in the order of the text.
type sectorBuilder struct {
	d       *document
	sectors []pakta.SectorMention
	other   []pakta.OtherSector
	at      map[string]int // code to index in sectors
	otherAt map[string]int
	done    int // tokens read so far: scopes may overlap
}

// read takes the terms of one scope.
func (b *sectorBuilder) read(s scope) {
	d := b.d
	for i := max(s.from, b.done); i < s.to; i++ {
		h, ok := d.longest(i, listSectorTerms)
		if !ok || int(h.to) > s.to {
			continue
		}
		use := d.attr(h, "use")
		switch {
		case d.owner[i] != free && d.owner[i] != claimInstrument || d.inOffice(i):
			d.reject(i, int(h.to), "sector.office", "part of the name of an office, a law or a body")
		case use == "list" && !s.list && !d.coordinated(h):
			d.reject(i, int(h.to), s.rule, "a common word, and no list of what the agreement covers")
		case use == "other":
			if s.list || d.coordinated(h) {
				b.addOther(h)
			}
		default:
			b.add(h, s.rule)
		}
		i = int(h.to) - 1
	}
	b.done = max(b.done, s.to)
}

func (b *sectorBuilder) add(h hit, rule string) {
	d := b.d
	e := d.evidence(int(h.from), int(h.to), rule)
	for _, code := range d.x.lex.entries[listSectorTerms][h.entry].List("sectors") {
		if i, ok := b.at[code]; ok {
			b.sectors[i].Evidence = d.more(b.sectors[i].Evidence, e)
			continue
		}
		sector, ok := d.x.set.SectorByCode(code)
		if !ok {
			continue // the loader has complained of such a code
		}
		b.at[code] = len(b.sectors)
		b.sectors = append(b.sectors, pakta.SectorMention{Code: code, Name: sector.Name, Group: sector.Group, Evidence: d.one(e)})
	}
}

func (b *sectorBuilder) addOther(h hit) {
	e := b.d.evidence(int(h.from), int(h.to), "sector.other")
	key := foldString(e.Text)
	if i, ok := b.otherAt[key]; ok {
		b.other[i].Evidence = b.d.more(b.other[i].Evidence, e)
		return
	}
	b.otherAt[key] = len(b.other)
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
func (d *document) itemJoin(i int) bool { return d.mark(i, ',') || d.is(i, d.x.sectors.joins...) }

// maxOffice is how far back the word for an office may stand before a word of
// its name: "Dinas Koperasi, Usaha Kecil, Menengah dan Perindustrian".
const maxOffice = 9

// inOffice reports whether the word at i belongs to the name of an office:
// "Dinas Kesehatan", "Kepala Bidang Perhubungan", "Asisten Perekonomian". The
// names of some have commas in them.
func (d *document) inOffice(i int) bool {
	for j, n := i-1, 0; n < maxOffice && d.sameSentence(i, j); j, n = j-1, n+1 {
		t := &d.toks[j]
		if d.is(j, d.x.deals.parts...) && t.shape != lower {
			return true
		}
		if t.kind == punct && t.ch != ',' || t.shape == lower && !d.is(j, d.x.bodies.inner...) {
			return false
		}
	}
	return false
}
