package extract

import "slices"

// lead is what stands before the name of a region.
type lead struct {
	from        int // first token of the mention
	kind        string
	prefixed    bool
	office      bool
	government  bool
	legislature bool
	place       bool // the name is that of something else
	vertical    bool // the name belongs to a body of the central government
	area        bool // the name ends that of a part of a region: "Kecamatan Rajabasa Lampung Selatan"
}

// sure reports whether the words before the name say that it is a region.
func (l *lead) sure() bool { return l.prefixed || l.office }

// leadOf reads back from the name at token i.
func (d *document) leadOf(i int) lead {
	l := lead{from: i, kind: "any"}
	if d.opens(i, listPositions) { // "Gubsu": the office and its province in one word
		d.leadOffice(&l, i+1)
		return l
	}
	at := d.beforeBracket(i)
	h, ok := d.hitEnding(at, listRegionPrefixes, 5)
	if office, in := d.hitEnding(at, listPositions, 7); in && ok && office.from < h.from && d.attr(office, "level") == d.kind(h) {
		ok = false // the "Kota" of "Wali Kota X"
	}
	if ok {
		l.kind, l.prefixed, l.from = d.kind(h), true, int(h.from)
		l.government = d.typ(h) == "government"
		at = d.beforeBracket(l.from)
		if inner, ok := d.hitEnding(at, listRegionPrefixes, 4); ok { // "Pemerintah Daerah Kabupaten X"
			l.from, l.government = int(inner.from), l.government || d.typ(inner) == "government"
			at = d.beforeBracket(l.from)
		}
	}
	d.leadOffice(&l, at)
	h, ok = d.hitEnding(l.from, listPlaces, 3)
	switch {
	case !l.office && d.endsBody(l.from) && !d.provinceBehind(i), ok && d.class(h) == "body":
		l.place = true
	case !l.sure() || l.vertical:
		d.leadPlace(&l, i)
	}
	return l
}

// endsBody reports whether the name of a body, or a word for its branch, ends
// at token i: "BPJS Ketenagakerjaan wilayah Banten", "Kejaksaan Negeri
// (Kejari) Kota Kotamobagu". What follows is where the body works.
func (d *document) endsBody(i int) bool {
	j := i - 1
	for n := 0; n < 2 && d.is(j, d.x.regions.branches); n++ {
		j--
	}
	_, ok := slices.BinarySearch(d.bodyEnds, j+1)
	if !ok && j < i-1 {
		h, named := d.hitEnding(j+1, listPlaces, 3)
		ok = named && d.class(h) == "body"
	}
	return ok && d.sameSentence(j, i)
}

// provinceBehind reports whether the name at token i is the province of the
// one right before it: "Kejaksaan Negeri Jember Jawa Timur".
func (d *document) provinceBehind(i int) bool {
	before, ok := d.hitEnding(i, listRegions, 5)
	h, named := d.longest(i, listRegions)
	return ok && named && d.provinceOf([]int32{h.entry}, d.namesakes(before)) >= 0
}

// leadOffice looks for an office or agency that ends at token at.
func (d *document) leadOffice(l *lead, at int) {
	if h, ok := d.hitEnding(at, listPositions, 7); ok {
		switch class := d.class(h); class {
		case "vertical":
			l.vertical, l.place = true, true
			return
		case "head", "deputy", "secretary", "assistant", "agency", "council", "other":
			if d.attr(h, "region") == "no" {
				return
			}
			l.from, l.office = int(h.from), true
			l.government = l.government || class == "head" || class == "deputy" || class == "secretary"
			l.legislature = class == "council"
			if level := d.attr(h, "level"); l.kind == "any" && level != "any" && level != "none" {
				l.kind = level
			}
		}
		return
	}
	if h, ok := d.hitEnding(at, listAgencies, 6); ok && d.kind(h) != "words" {
		l.from, l.office, l.legislature = int(h.from), true, d.kind(h) == "council"
		return
	}
	d.leadAgency(l, at)
}

// leadAgency: "Dinas Pertanian dan Ketahanan Pangan Kota X": an agency's word
// some capitalised words before.
func (d *document) leadAgency(l *lead, at int) {
	if l.government && d.is(at-1, d.x.officials.and) { // "Dinas Kesehatan Kota A dan Pemkab B"
		return
	}
	if at == 0 || d.sentenceOf(at-1).lists&(1<<listAgencies|1<<listPositions) == 0 {
		return
	}
	for j, n := at-1, 0; n < maxAgency && d.sameSentence(j, at); j, n = j-1, n+1 {
		if !d.capital(j) && !d.is(j, d.x.regions.inner) && !d.mark(j, ',') {
			return
		}
		for _, list := range [2]list{listAgencies, listPositions} {
			h, ok := d.longest(j, list)
			if !ok || int(h.from) != j || list == listAgencies && d.kind(h) == "words" { // "Kadis PMPTSP Pesisir Selatan"
				continue
			}
			if list == listAgencies && d.kind(h) == "head" || list == listPositions && d.class(h) == "agency" {
				if n > 0 && (l.prefixed && n < 9 || n < 6 || d.agencyReaches(int(h.to), at)) && !d.mark(at-1, ',') {
					l.from, l.office = j, true
				}
			}
			return
		}
		if d.mark(j, ',') && n == 0 {
			return
		}
	}
}

// maxAgency is how far before its region the word for an agency stands, in tokens:
// "Badan Perencanaan Pembangunan, Penelitian dan Pengembangan Daerah Kabupaten X".
const maxAgency = 14

// agencyReaches reports whether the name of an agency goes on from token i up to
// token at, where its region stands.
func (d *document) agencyReaches(i, at int) bool {
	_, end := d.agencyWords(i)
	return end >= at // "Daerah" is a word of agencies too
}

// maxPlaceName is how far before a name the word stands that makes it that of a
// road or building, in tokens.
const maxPlaceName = 8

// leadPlace looks for a word that makes the name something else: directly
// before it, or before other capitalised words.
func (d *document) leadPlace(l *lead, i int) {
	if d.mark(i-1, '/') && d.tight(i) && d.width(i-2) > 0 {
		l.place = true // "Kodim 1504/Ambon"
		return
	}
	if h, ok := d.hitEnding(i, listPlaces, 3); ok && d.class(h) != "after" {
		l.place = true
		return
	}
	if !d.sentenceOf(i).lists.has(listPlaces) {
		return
	}
	for j, n := i-1, 0; n < maxPlaceName && d.sameSentence(j, i); j, n = j-1, n+1 {
		if open := d.opening(j); open >= 0 {
			j = open // over `(UPN) "Veteran"`
			continue
		}
		if h, ok := d.longest(j, listPlaces); ok && int(h.to) <= i && d.class(h) != "after" {
			l.area = d.class(h) == "area"
			l.place = !l.area && d.toks[j].shape != lower
			return
		}
		if d.mark(j, '-') && d.tight(j) && d.tight(j+1) {
			continue // "Tol Kualanamu-Lubuk Pakam-Tebing Tinggi"
		}
		if !d.capital(j) && d.toks[j].kind != number && !(d.mark(j, '.') && d.toks[j].inner) || d.regionEnds(j+1) {
			return
		}
	}
}

// beforeBracket steps back over a short bracket, and the stop of an
// abbreviation, that end at token i.
func (d *document) beforeBracket(i int) int {
	if d.mark(i-1, '.') && d.toks[i-1].inner {
		return i - 1
	}
	if !d.mark(i-1, ')') {
		return i
	}
	for j := i - 2; j >= 0 && j > i-7; j-- {
		if d.mark(j, '(') {
			return j
		}
	}
	return i
}

// opening is the token that opens the short bracket or quotation closed at i,
// -1 when none does.
func (d *document) opening(i int) int {
	want := d.toks[i].ch
	switch want {
	case ')':
		want = '('
	case '"':
	default:
		return -1
	}
	for j := i - 1; j >= i-5 && d.sameSentence(j, i); j-- {
		if d.toks[j].ch == want {
			return j
		}
	}
	return -1
}

// hitEnding is the longest hit of a list that ends at token end and begins at
// most n tokens before.
func (d *document) hitEnding(end int, l list, n int) (hit, bool) {
	if end < 0 || end >= len(d.listsTo) || !d.listsTo[end].has(l) {
		return hit{}, false
	}
	for j := max(end-n, 0); j < end; j++ {
		if !d.listsAt[j].has(l) || !d.sameSentence(j, end) {
			continue
		}
		for h := d.hitAt[j]; h < d.hitAt[j+1]; h++ {
			if x := d.hits[h]; x.list == l && int(x.to) == end && d.owner[j] != claimLaw {
				return x, true
			}
		}
	}
	return hit{}, false
}
