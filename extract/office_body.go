package extract

import "pakta"

// The name of the body or area that an office belongs to, where it runs on into
// that of the person who holds the office.

// bodyTail steps over the name of the body or area that an office belongs to
// and returns where a person's name may stand: "Direktur Utama PT Dua Roda
// Hendra", "Direktur Polman Babel, Sugeng", "Camat Rajabasa Sabilal". ok is
// false when the words hold no name, or nothing tells where it begins.
func (d *document) bodyTail(o *officialFinding, f *office, i int) (next int, ok bool) {
	if d.mark(i, ',') && d.opens(i+1, listBodies) && d.capital(i+1) {
		if end := d.runEnd(i + 1); d.mark(end, ',') && d.nameFollows(end+1) {
			i++ // "Komisaris Utama, PT Pembangunan X, Asgar Rekadi"
		}
	}
	i = d.bodyHead(o, i)
	if !d.capital(i) || !d.sameSentence(o.from, i) || d.honorificAt(i) {
		return i, true
	}
	end := d.bodyRun(i)
	switch {
	case end == i:
		return i, true
	case f.class != "vertical" && d.ownerBefore(o, i, end):
		o.to = end
		return end, false
	case d.mark(end, '(') && d.personOpens(end+1), d.shortHouse(i, end) && !(d.honorificAt(end) && !d.isInitial(end)):
		o.to = end
		return end, true
	case d.honorificAt(end) && !d.isInitial(end):
		o.to = d.hospitalName(end)
		return o.to, true
	}
	start, found := d.bodySplit(i, end)
	if found {
		start, found = d.settleName(f, i, start, end)
	}
	comma := d.mark(end, ',') && d.nameFollows(end+1) && !(found && d.hasOffice(end+1)) && d.bodyLike(f, i) && (!found || !d.anyGiven(start, end) || d.isGiven(end+1) || d.honorificAt(end+1) || d.graduateAt(end+1))
	if comma || !found && d.honorificAt(end) && (d.opensBody(i) || f.tail == "area") { // "Bank Rekaan H. Agusalim"
		o.to = end
		return end, true
	}
	if found {
		o.to = max(o.to, start)
		return start, true
	}
	if f.tail == "area" || d.opensBody(i) || d.is(i, d.x.officials.university) {
		return d.splitUnknown(o, f, i, end)
	}
	return i, !d.commonWord(i) && !(end == i+1 && d.opens(o.to-1, listBodies)) // "Ketua STIE Rekaan"
}

// graduateAt reports whether a name with a degree stands at token i.
func (d *document) graduateAt(i int) bool {
	n, ok := d.nameAt(i)
	return ok && len(n.titles) > 0
}

// ownerBefore reports whether an office whose body's name is the tokens [i, end), where
// the clause ends, is that of a person named in full right before it: "Nurhidayah
// SH, Direktur PT Sari Aditya Loka, menambahkan".
func (d *document) ownerBefore(o *officialFinding, i, end int) bool {
	if !d.mark(o.from-1, ',') || !d.mark(end, ',') && !d.mark(end, '.') && d.sameSentence(end-1, end) {
		return false
	}
	n, ok := d.nameBefore(o)
	return ok && (d.isGiven(n.first) || len(n.titles) > 0 || n.last-n.first > 1 && end == i+1 && !d.isGiven(i))
}

// settleName corrects where a person's name opens, start, in the words [i, end)
// that name a body or an area first.
func (d *document) settleName(f *office, i, start, end int) (int, bool) {
	start = d.forename(f, i, start, end)
	if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") == "named" && d.typ(h) == string(pakta.Company) {
		return d.pastFirm(int(h.to), start, end)
	}
	return start, true
}

// bodyHead steps over what stands between a title and the words that may name a
// body and a person behind it, and over names that are a body's for certain.
func (d *document) bodyHead(o *officialFinding, i int) int {
	i = d.skipBracket(i)
	for o.class == "area" && i+1 < len(d.toks) && (d.toks[i].kind == number || d.mark(i, '/') || d.mark(i, '-') && !d.toks[i].spaced) {
		i++ // "Danramil 12/Boja"
	}
	for d.is(i, d.x.bodies.republics) || d.is(i, d.x.officials.elect) || d.mark(i, '.') && d.toks[i].inner {
		i++
	}
	i = d.skipLocation(d.skipCountry(i))
	if d.is(i, d.x.officials.missions) && d.capital(i+1) && !d.honorificAt(i+1) && (d.mark(i+2, ',') || d.capital(i+2)) { // "KJRI Darwin"
		i += 2
		o.to = i
	}
	if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") == "name" { // "Universitas Jenderal Soedirman"
		i = d.skipBracket(int(h.to))
		if r, ok := d.longest(i, listRegions); ok && !d.isGiven(i) {
			i = int(r.to)
		}
		o.to = i
	}
	return i
}

// bodyRun is the end of the words from token i that may name a body and a person
// behind it, with the region or place that the body is in.
func (d *document) bodyRun(i int) int {
	end := d.runEnd(i)
	if p, ok := d.longest(end, listRegionPrefixes); ok && end > i { // "PDAM kota Payakumbuh"
		if h, ok := d.longest(int(p.to), listRegions); ok {
			end = int(h.to)
		}
	}
	if after := d.skipLocation(end); after > end {
		end = after
	}
	return d.townBehind(end)
}

// bodySplit finds where a person's name opens in the words [i, end) that name
// a body first: behind a body that is certain, else where a word tells.
func (d *document) bodySplit(i, end int) (int, bool) {
	after := i + d.bodyStart(i, end)
	start, ok := d.personIn(i, end)
	name := start
	if !ok {
		name = end
	}
	if k := d.lastRegion(i, name); k > i && d.unknownWords(k, name) && (ok || end-k < 5) {
		return k, true // "BRI Seluma Dani Firmansyah"
	}
	if k := d.lastNumeral(i, end); k > i && (!ok || k <= start) {
		return k, true // "PT Angkasa Pura II Sy. Fasha"
	}
	if k := d.lastMinistry(i, end); k > i && k < end && (!ok || k <= start) {
		return k, true // "Ditjen Bina Bangda Kemendagri Rekardy Daud"
	}
	if after == i {
		return start, ok
	}
	for k := after; ok && k < start; k++ { // "PT PLN (Persero) UP3 Pekalongan Muhammad", not "ITB Kadarsah Suryadi"
		if d.listsAt[k] != 0 || d.toks[k].kind != word || d.toks[k].shape != title {
			return start, true
		}
	}
	return after, true
}

// forename is where a person's name opens whose last word alone is known as one,
// behind the name of an area or a university of one word and more: names of two
// words are the most common ones. "Camat Negeri Rekaan Hepi Haryanto".
func (d *document) forename(f *office, i, start, end int) int {
	head := 1
	if f.tail != "area" {
		if !d.is(i, d.x.officials.university) || d.is(i, d.x.officials.hospital) {
			return start
		}
		head = 2
	}
	if start != end-1 || start-head <= i || !d.isGiven(start) || !d.unknownWords(start-1, start) || d.isSpoken(start) {
		return start
	}
	return start - 1
}

// lastRegion is the end of the last name of a region in [from, to), from when
// there is none.
func (d *document) lastRegion(from, to int) int {
	for k := to - 1; k > from; k-- {
		if h, ok := d.longest(k, listRegions); ok && int(h.to) <= to && !d.isGiven(k) {
			return int(h.to)
		}
	}
	return from
}

// lastNumeral is the end of the last Roman numeral in [from, to) with a name behind
// it, from when there is none.
func (d *document) lastNumeral(from, to int) int {
	for k := to - 2; k > from; k-- {
		if d.is(k, d.x.officials.roman) && d.toks[k].shape == upper && !d.mark(k+1, '.') && !d.balinese(k) && d.capital(k+1) {
			return k + 1
		}
	}
	return from
}

// unknownWords reports whether [from, to) is words that no rule knows: the
// first names of a person before one that is known.
func (d *document) unknownWords(from, to int) bool {
	for i := from; i < to; i++ {
		initial := d.isInitial(i) && d.mark(i+1, '.') || d.mark(i, '.') && i > from && d.isInitial(i-1)
		if !initial && (d.listsAt[i] != 0 || d.toks[i].kind != word || d.toks[i].shape != title) {
			return false
		}
	}
	return from < to
}

// bodyStart is how many tokens of [i, end) name a body that is certain: one
// that the text names elsewhere, or abbreviations.
func (d *document) bodyStart(i, end int) int {
	if n := d.bodyAt(i); n > 0 && i+n < end {
		return n
	}
	if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") != "name" || d.is(i, d.x.officials.university) {
		return 0
	}
	n := 0
	for i+n < end-1 && (d.toks[i+n].shape == upper && !d.shoutingLine(i+n) && !d.isGiven(i+n) || n > 0 && d.toks[i+n].kind == number && !d.toks[i+n].spaced) {
		n++ // "PLN UIW S2JB"
	}
	if n > 1 && d.isInitial(i+n-1) && d.toks[i+n-1].spaced {
		n-- // "PJT M Rekadi"
	}
	return n
}

// commonWord reports whether rules know the word at token i, and not as a
// name: "Direktur Jaringan".
func (d *document) commonWord(i int) bool {
	t := &d.toks[i]
	return t.word != 0 && !d.isGiven(i) && d.listsAt[i] != 0
}

// bodyLike reports whether the capitalised words from token i, before a comma
// and a name, name a body rather than a person.
func (d *document) bodyLike(f *office, i int) bool {
	return d.opensBody(i) || d.bodyAt(i) > 0 || f.tail == "area" || !d.isGiven(i)
}

// splitUnknown looks for the end of a body's name in [i, end) where no word
// tells: a region, a degree behind the person. What it cannot tell it leaves
// open.
func (d *document) splitUnknown(o *officialFinding, f *office, i, end int) (int, bool) {
	if _, before := d.nameBefore(o); before && f.tail == "area" && d.mark(o.from-1, ',') {
		return end, false // "Agus Rekadi, Kepala Desa Talang Rekaan Hilir, ..."
	}
	for k := end - 1; k >= i; k-- {
		if h, ok := d.longest(k, listRegions); ok && int(h.to) < end {
			o.to = int(h.to)
			return o.to, true
		}
	}
	for k := i + 1; k < end && f.tail == "area"; k++ {
		if d.isInitial(k) && d.mark(k+1, '.') && d.toks[k+1].inner && d.capital(k+2) {
			o.to = k // "Camat Tabir Barat M. Rekafi"
			return k, true
		}
	}
	switch {
	case f.tail == "area" && end-i == 2 && d.degreesFollow(end):
		o.to = i + 1
		return i + 1, true
	case f.tail == "area" && end-i > 2:
		o.to = end - 2 // names of two words are the most common ones
		return end - 2, true
	case d.degreesFollow(end) && end-i > 2:
		o.to = end - 2
		return end - 2, true
	case end-i > 2:
		d.leaveOpen(o.from, end, "no word tells where the name of the body ends and that of a person begins")
	}
	return end, false
}
