package extract

import (
	"slices"
	"strings"

	"pakta"
)

// readForeign finds governments abroad, when the article speaks of a sister
// city or names a country: "Pemerintah Kota Nanning, Tiongkok", "Hildesheim
// Jerman". A place that only says where another one lies is part of it: "Mossel
// Bay (Provinsi Western Cape, Afrika Selatan)".
func (d *document) readForeign() {
	sister := false
	d.eachHit(listCues, func(h hit) { sister = sister || d.cue(int(h.from)) == cueSister })
	if !sister && len(d.countries) == 0 && len(d.abroad) == 0 {
		return
	}
	n := len(d.bodies)
	for _, c := range d.countries {
		d.schoolAbroad(c)
		d.foreignBefore(c, sister)
	}
	d.eachHit(listRegionPrefixes, func(h hit) { d.foreignPrefixed(h, sister) })
	for _, p := range d.abroad {
		d.foreignKnown(p)
	}
	d.foreignOffices()
	for k := n; k < len(d.bodies) && k < n+maxBodies; k++ {
		if b := &d.bodies[k]; d.larger(*b) {
			d.foreignBefore(span{b.from, b.to}, sister)
		}
	}
	d.foreignAgain(n)
	slices.SortStableFunc(d.bodies, func(a, b bodyFinding) int { return a.from - b.from })
	d.foreignWithin()
}

// foreignKnown reads a place abroad that the table has, with the words for its
// government before it: "Pemerintah Kota Busan". Other words with capitals beside
// it make it the name of something else: "Kyoto Animation".
func (d *document) foreignKnown(p span) {
	from := p.from
	for h, ok := d.hitEnding(from, listRegionPrefixes, 3); ok && (d.capital(int(h.from)) || d.typ(h) == "area"); h, ok = d.hitEnding(from, listRegionPrefixes, 3) {
		from = int(h.from)
	}
	for d.is(from-1, d.x.bodies.abroad) && d.capital(from-1) {
		from-- // "Prefektur Kumamoto"
	}
	plain := from == p.from && p.from >= d.titleEnd
	if plain && (d.capital(p.from-1) && d.sameSentence(p.from-1, p.from) && !d.stopsName(p.from-1) && !d.opensSentence(p.from-1) || d.capital(p.to) && d.sameSentence(p.from, p.to) && !d.stopsName(p.to)) {
		return
	}
	if d.unclaimed(from, p.to) {
		d.addForeign(from, p.to)
	}
}

// foreignPrefixed reads an unknown name behind "Pemerintah Kota", "Kabupaten",
// when a country stands near it or the article speaks of a sister city.
func (d *document) foreignPrefixed(h hit, sister bool) {
	from, to := int(h.from), int(h.to)
	if !d.capital(from) || !d.capital(to) || d.stopsName(to) || !d.unclaimed(from, to+1) || d.lineOf(from) == lineRelated || !d.sameSentence(from, to) {
		return
	}
	if d.opensAny(to, 1<<listRegions|1<<listRegionPrefixes) {
		return
	}
	if d.cue(from) == cueSister {
		return
	}
	// "Wali Kota Eri" names a person as often as a city.
	_, office := d.hitEnding(to, listPositions, 3)
	if end := d.nameEnd(to); sister && !office || d.near(end, d.countries, 4) {
		d.addForeign(from, end)
	}
}

// maxForeignOffices bounds the offices whose place is looked for elsewhere in
// the text.
const maxForeignOffices = 20

// foreignOffices finds the places abroad that only the office of their head
// names: "Wali Kota Kitakyushu Kazuhisa Takeuchi", when the text has the same
// word as a place elsewhere, "dari Kitakyushu".
func (d *document) foreignOffices() {
	n := 0
	d.eachHit(listPositions, func(h hit) {
		i := int(h.to)
		if class := d.class(h); class != "head" && class != "deputy" || !d.capital(i) || !d.sameSentence(i-1, i) || d.listsAt[i] != 0 || d.isGiven(i) || d.owner[i] != free {
			return
		}
		if n++; n <= maxForeignOffices {
			d.addForeign(i, i+d.placeElsewhere(i))
		}
	})
}

// placeElsewhere is how many words from token i stand as a place elsewhere:
// behind a preposition of places, or beside a region; 0 when none does. A name
// must be left behind them.
func (d *document) placeElsewhere(i int) int {
	w := d.tokenText(i)
	for j := range d.toks {
		if j == i || !d.capital(j) || int(d.toks[j].end-d.toks[j].start) != len(w) || !strings.EqualFold(d.tokenText(j), w) {
			continue
		}
		n := 1
		for n < maxForeign && d.capital(i+n) && d.capital(j+n) && d.sameTokens(i+n, j+n, 1) {
			n++
		}
		if d.capital(j+n) && !d.stopsName(j+n) && d.sameSentence(j, j+n) || !d.capital(i+n) {
			continue
		}
		_, prefix := d.hitEnding(j, listRegionPrefixes, 3)
		_, office := d.hitEnding(j, listPositions, 3) // the "Kota" of "Wali Kota"
		_, beside := d.hitEnding(j-1, listRegions, 4)
		if prefix && !office || d.is(j-1, d.x.deals.toPlaces) || d.is(j-1, d.x.deals.from) || beside && (d.is(j-1, d.x.deals.joiners) || d.mark(j-1, '-')) {
			return n
		}
	}
	return 0
}

// maxForeign bounds the name of a place abroad, in tokens.
const maxForeign = 6

// foreignBefore finds the place named right before a country: "Nanning,
// Tiongkok", "Mossel Bay (Afrika Selatan)", "Kota Hildesheim Jerman".
func (d *document) foreignBefore(c span, sister bool) {
	if h, ok := d.hitEnding(c.from, listPlaces, 3); ok && d.class(h) == "idiom" {
		return // "Negeri Sakura Jepang"
	}
	to, marked := c.from, false
	if d.mark(to-1, ',') || d.mark(to-1, '(') {
		to, marked = to-1, true
	}
	from := to
	for from > 0 && to-from < maxForeign && (d.capital(from-1) || d.hyphenAt(from-1)) && d.sameSentence(from-1, c.from) && d.owner[from-1] == free && !d.stopsForeign(from-1) {
		from--
	}
	for from < to && d.opensSentence(from) && d.stopsName(from) {
		from++
	}
	if from >= to {
		return
	}
	if d.opens(from, listRegions) {
		return
	}
	name := from
	for h, ok := d.hitEnding(from, listRegionPrefixes, 3); ok; h, ok = d.hitEnding(from, listRegionPrefixes, 3) {
		from = int(h.from)
	}
	// Without a mark between, "Investor Korea Selatan" is no place.
	if d.unclaimed(name, to) && (marked || from < name || sister) {
		d.addForeign(from, to)
	}
}

// hyphenAt reports whether token i joins two parts of a name: "Jeollabuk-Do".
func (d *document) hyphenAt(i int) bool {
	return i > 0 && d.mark(i, '-') && !d.toks[i].spaced && d.capital(i-1) && i+1 < len(d.toks) && !d.toks[i+1].spaced
}

// stopsForeign reports words that are no part of a place's name.
func (d *document) stopsForeign(i int) bool {
	return d.opensAny(i, 1<<listRegionPrefixes|1<<listHonorifics|1<<listPlaces) || d.stopsName(i) || d.is(i, d.x.bodies.republics)
}

func (d *document) addForeign(from, to int) {
	if from >= to || d.is(to-1, d.x.bodies.republics) || !d.take(from, to, claimBody) {
		return // "Pemerintah Indonesia" is no place abroad
	}
	typ := pakta.ForeignGovernment
	words := []string{"#foreign"}
	for i := from; i < to; i++ {
		if d.schoolHead(i) {
			typ = pakta.International // "Rhode Island University, Amerika Serikat"
		}
		if !d.opens(i, listRegionPrefixes) && d.toks[i].kind == word && !d.is(i, d.x.bodies.branches) {
			words = append(words, d.folded(i, i+1))
		}
	}
	if len(words) == 1 {
		return
	}
	d.bodies = append(d.bodies, bodyFinding{
		from: from, to: to, head: "foreign", typ: typ, name: d.slice(from, to), words: words, rule: "body.foreign",
	})
}

// schoolAbroad makes the university that is named right before a country one
// abroad: "University of Adelaide, Australia".
func (d *document) schoolAbroad(c span) {
	end := c.from
	if d.mark(end-1, ',') || d.mark(end-1, '(') {
		end--
	}
	if i, ok := slices.BinarySearchFunc(d.bodies, end, func(b bodyFinding, end int) int { return b.to - end }); ok && d.bodies[i].typ == pakta.University {
		d.bodies[i].typ = pakta.International
	}
}

// schoolHead reports whether a word for a university opens at token i.
func (d *document) schoolHead(i int) bool {
	h, ok := d.longest(i, listBodies)
	return ok && d.attr(h, "type") == string(pakta.University)
}

// foreignAgain finds the other mentions of the places abroad that bodies from
// the n-th on name.
func (d *document) foreignAgain(n int) {
	byFirst := map[string]int{}
	for k := n; k < len(d.bodies) && k < n+maxBodies; k++ {
		if w := d.bodies[k].words; len(w[1]) > 3 {
			byFirst[w[1]] = k
		}
	}
	if len(byFirst) == 0 {
		return
	}
	for i := range d.toks {
		if d.owner[i] != free || !d.capital(i) || d.lineOf(i) == lineRelated {
			continue
		}
		if k, ok := byFirst[d.folded(i, i+1)]; ok {
			if m := d.startsLike(i, d.bodies[k].words[1:]); m > 0 {
				d.addForeign(i, i+m)
			}
		}
	}
}

// foreignWithin drops the places that say where the one right before them
// lies: only a comma, a bracket or nothing stands between.
func (d *document) foreignWithin() {
	out := d.bodies[:0]
	last := -1 // end of the place before, or of what says where it lies
	for _, b := range d.bodies {
		if b.head == "foreign" {
			gap := b.from - last
			if last >= 0 && (gap == 0 || gap == 1 && (d.mark(last, ',') || d.mark(last, '('))) && d.larger(b) {
				last = b.to
				d.reject(b.from, b.to, b.rule, "only says where the place before it lies")
				continue
			}
			last = b.to
		}
		out = append(out, b)
	}
	d.bodies = out
}

// larger reports whether a place abroad is named as a province or the like.
func (d *document) larger(b bodyFinding) bool {
	h, ok := d.longest(b.from, listRegionPrefixes)
	return ok && d.kind(h) == "provinsi" && d.typ(h) == "area"
}

// near reports whether one of the spans starts within n tokens after i.
func (d *document) near(i int, spans []span, n int) bool {
	for _, s := range spans {
		if s.from >= i && s.from <= i+n {
			return true
		}
	}
	return false
}
