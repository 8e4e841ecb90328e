package extract

import (
	"pakta"
)

// sectorRules is what the reading of sectors needs, compiled.
type sectorRules struct {
	goesOn []uint32 // words that open a sentence which continues a list
	stops  []uint32 // words that end the object of an instrument
}

func newSectorRules(lex *lexicon) sectorRules {
	return sectorRules{
		goesOn: lex.words("serta selain ada termasuk kemudian lalu juga berikutnya selanjutnya ditambah di"),
		stops:  lex.words("dengan bersama antara antar di pada oleh yang ini itu tersebut tadi akan telah sudah ke dari"),
	}
}

// scope is a stretch of text that tells what the agreement covers.
type scope struct {
	from, to int
	// list: the stretch is a list of items, so that common words count too.
	list bool
	rule string
}

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
		case use == "list" && !s.list:
			d.reject(i, int(h.to), s.rule, "a common word, and no list of what the agreement covers")
		case use == "other":
			if s.list {
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
			b.sectors[i].Evidence = append(b.sectors[i].Evidence, e)
			continue
		}
		sector, ok := d.x.set.SectorByCode(code)
		if !ok {
			continue // the loader has complained of such a code
		}
		b.at[code] = len(b.sectors)
		b.sectors = append(b.sectors, pakta.SectorMention{Code: code, Name: sector.Name, Group: sector.Group, Evidence: []pakta.Evidence{e}})
	}
}

func (b *sectorBuilder) addOther(h hit) {
	e := b.d.evidence(int(h.from), int(h.to), "sector.other")
	key := foldString(e.Text)
	if i, ok := b.otherAt[key]; ok {
		b.other[i].Evidence = append(b.other[i].Evidence, e)
		return
	}
	b.otherAt[key] = len(b.other)
	b.other = append(b.other, pakta.OtherSector{Text: e.Text, Evidence: []pakta.Evidence{e}})
}

// inOffice reports whether the word at i belongs to the name of an office:
// "Dinas Kesehatan", "Kepala Bidang Perhubungan", "Asisten Perekonomian".
func (d *document) inOffice(i int) bool {
	for j, n := i-1, 0; j >= 0 && n < 6 && d.sameSentence(i, j); j, n = j-1, n+1 {
		t := &d.toks[j]
		if d.is(j, d.x.deals.parts...) && t.shape != lower {
			return true
		}
		if t.kind == punct || t.shape == lower && !d.is(j, d.x.bodies.inner...) {
			return false
		}
	}
	return false
}

// scopes finds the stretches, in the order of the text.
func (d *document) scopes(dl *deal) []scope {
	var all []scope
	k, open := 0, false
	for i := 0; i < len(d.toks); {
		from, to := i, i
		for to < len(d.toks) && d.toks[to].sent == d.toks[from].sent {
			to++
		}
		i = to
		var se *sentenceEvents
		if k < len(dl.sentences) && dl.sentences[k].sent == d.toks[from].sent {
			se = &dl.sentences[k]
			k++
		}
		if d.lineOf(from) == lineRelated {
			continue
		}
		found := d.sentenceScopes(from, to, se, open)
		open = len(found) > 0 && found[len(found)-1].list && d.listGoesOn(to)
		all = append(all, found...)
	}
	return all
}

// listGoesOn reports whether a list that reaches token to goes on in the next
// sentence: it ended with a colon, items follow on lines of their own, or the
// next sentence opens with "Serta", "Selain itu", "Ada pula".
func (d *document) listGoesOn(to int) bool {
	if to >= len(d.toks) {
		return false
	}
	if last := &d.toks[to-1]; last.ch == ':' || last.ch == ';' || last.ch == ',' {
		return true
	}
	if d.is(to, d.x.sectors.goesOn...) {
		return true
	}
	return d.toks[to].line != d.toks[to-1].line && !d.toks[to-1].isStop() && d.shortLine(to)
}

func (t *token) isStop() bool { return t.ch == '.' || t.ch == '?' || t.ch == '!' || t.ch == '"' }

// shortLine reports whether the line that begins at i is short, as an item of
// a list is, or opens with a bullet.
func (d *document) shortLine(i int) bool {
	if t := &d.toks[i]; t.kind == number || t.ch == '-' || t.ch == '–' || t.ch == '•' || t.ch == '*' {
		return true
	}
	n := 0
	for j := i; j < len(d.toks) && d.toks[j].line == d.toks[i].line; j++ {
		n++
	}
	return n <= 12
}

// sentenceScopes are the scopes of the sentence [from, to).
func (d *document) sentenceScopes(from, to int, se *sentenceEvents, open bool) []scope {
	if open {
		return []scope{{from, to, true, "sector.list"}}
	}
	about := se != nil && (se.instrs > 0 || se.acts > 0) || d.refersToDeal(from, to)
	var all []scope
	if se != nil {
		for _, e := range se.events {
			if e.instr {
				all = append(all, d.objectScope(e.to, to)...)
			}
		}
	}
	for i := from; i < to; i++ {
		h, ok := d.longest(i, listCues)
		if !ok {
			continue
		}
		switch class := d.attr(h, "class"); {
		case class == "scope", class == "scope_noun" && (about || d.listAfter(int(h.to), to)) && !d.inOffice(i) && d.owner[i] == free:
			return append(all, scope{i, to, true, "sector.scope"})
		case class == "scope_verb" && about, class == "scope_list" && about && d.listAfter(int(h.to), to):
			return append(all, scope{i, to, true, "sector.list"})
		}
		i = int(h.to) - 1
	}
	if about {
		all = append(all, scope{from, to, false, "sector.aim"})
	}
	return all
}

// objectScope is what follows an instrument at once: "PKS pengelolaan sampah
// dengan ...": a few words up to a preposition or mark.
func (d *document) objectScope(from, to int) []scope {
	end := from
	if d.mark(end, '(') {
		for end < to && !d.mark(end, ')') {
			end++
		}
		end++
		from = end
	}
	for end < to && end < from+8 && d.toks[end].kind == word && !d.is(end, d.x.sectors.stops...) {
		end++
	}
	if end <= from {
		return nil
	}
	return []scope{{from, end, true, "sector.object"}}
}

// listAfter reports whether the words [from, to) look like a list of sectors:
// two terms or more.
func (d *document) listAfter(from, to int) bool {
	n := 0
	for i := from; i < to; i++ {
		if h, ok := d.longest(i, listSectorTerms); ok && d.attr(h, "use") != "other" {
			n++
			i = int(h.to) - 1
		}
	}
	return n >= 2
}

// refersToDeal reports whether a sentence speaks of the agreement without
// naming an instrument: "yang dikerjasamakan", "naskah itu", "kolaborasi".
func (d *document) refersToDeal(from, to int) bool {
	for i := from; i < to; i++ {
		if _, ok := d.longest(i, listGate); ok {
			return true
		}
	}
	return false
}
