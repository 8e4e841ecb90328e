package extract

import "pakta"

// nameAfter reads the name behind an office, after a comma perhaps.
func (d *document) nameAfter(o *officialFinding, f *office, i int) (n personName, ok bool) {
	if o.several {
		return d.listedName(o, i)
	}
	switch {
	case f.tail == "area" && d.inVenue(o.from):
		return n, false // "Kantor Camat Jagoi Babang"
	case o.class == "central" && f.tail == "": // "Menteri Luar Negeri Australia Penny Wong"
		i = d.skipCountry(i)
	case f.tail == "body" || f.tail == "area" || f.tail == "ministry" || f.tail == "keep" && d.companyAt(i):
		if i, ok = d.bodyTail(o, f, i); !ok {
			return n, false
		}
	}
	if n, ok = d.nameInBracket(o, i); ok {
		return n, true
	}
	i = d.skipBracket(i)
	for d.is(i, d.x.officials.elect) {
		i++
	}
	if after := d.skipLocation(i); after > i {
		if oneHolder(o.class) && o.region == "" && !o.elsewhere {
			return n, false // "Bupati dan Wali Kota di Jatim"
		}
		i = after
	}
	i = d.skipTerm(d.skipOrigin(o, i))
	return d.nameRight(o, i)
}

// nameRight reads the name that stands at token i behind an office and its region
// or body, or behind a mark there.
func (d *document) nameRight(o *officialFinding, i int) (n personName, ok bool) {
	if after := d.ministryBehind(i); after > i {
		i = after
	}
	if (d.mark(i, '-') || d.mark(i, '–')) && i+1 < len(d.toks) && !d.toks[i+1].spaced && d.honorificAt(i+1) && d.sameSentence(o.from, i+1) {
		return d.nameAt(i + 1) // "Kepala Kantor Wilayah BPN Lampung -Bapak X-"
	}
	if d.mark(i, ',') || d.is(i, d.x.officials.namely) {
		if o.class == "area" && d.areasFollow(i+1) {
			return n, false
		}
		if n, ok = d.nameAt(i + 1); !ok || !d.sameSentence(o.from, i+1) || len(n.titles) == 0 && !d.isGiven(n.first) && d.inVenue(o.from) {
			return n, false // "di Ruang Rapat Rektor Unipa, Gunung Salju Amban"
		}
		if !d.mark(i, ',') && d.mark(n.to, ',') && d.officeAt(n.to+1) {
			return n, false // "Yang mewakili Bupati Merauke ialah Beni Rekadi, Staf Ahli"
		}
		return n, d.mark(i, ',') && d.apposition(&n) || d.isGiven(n.first)
	}
	if d.mark(i, ':') && !d.inHeadline(i) && d.sameSentence(o.from, i+1) { // "1. Bupati Kendal: Dico Rekadi"
		n, ok = d.nameAt(i + 1)
		return n, ok && d.isGiven(n.first) && (n.last-n.first > 1 || len(n.titles) > 0)
	}
	if !d.sameSentence(o.from, i) {
		return n, false
	}
	if n, ok = d.smallName(i); ok {
		return n, true
	}
	if n, ok = d.nameAt(i); !ok {
		return n, false
	}
	if len(n.titles) == 0 && d.mark(n.to, '-') && !d.toks[n.to].spaced && d.capital(n.to+1) && !d.toks[n.to+1].spaced && (o.class == "head" || o.class == "deputy") && n.last-n.first < 2 && !d.isGiven(n.first) {
		return n, false // "Wakil Wali Kota Rostov-On-Don"
	}
	if next, named := d.nameBehindPlace(o, &n); named {
		return next, true
	}
	if len(n.titles) == 0 && !d.anyGiven(n.first, n.last) && d.inVenue(o.from) {
		return n, false // "Kantor Bupati Muaro Rekaan"
	}
	// "Direktur III Program Pascasarjana Uncen": no name
	return n, n.to != n.first+1 || !d.opens(n.to, listBodies) || d.isGiven(n.first) || o.class != "school" && o.class != "company"
}

// ministryBehind is the end of the ministry that stands between commas behind an
// office which is its own: "Direktur Jenderal Bina Pemdes, Kemendagri, La Ode Rekadi";
// i when none does.
func (d *document) ministryBehind(i int) int {
	if !d.mark(i, ',') || !d.capital(i+1) {
		return i
	}
	end := 0
	if h, ok := d.longest(i+1, listBodies); ok && d.typ(h) == string(pakta.CentralGovernment) {
		end = int(h.to)
	}
	for d.is(end, d.x.bodies.republics) {
		end++
	}
	if !d.mark(end, ',') || !d.nameFollows(end+1) {
		return i
	}
	return end
}

// areasFollow reports whether a list of areas goes on at token i, each of one word:
// "Kades Krandegan, Rekarejo, dan Talangreka".
func (d *document) areasFollow(i int) bool {
	next := i + 1
	if d.mark(next, ',') && d.is(next+1, d.x.officials.and) {
		next++
	}
	return d.unknownWords(i, min(i+1, len(d.toks))) && !d.isGiven(i) && (d.mark(next, ',') || d.is(next, d.x.officials.and)) &&
		d.capital(next+1) && !d.isGiven(next+1) && !d.isDegree(next+1) && !d.officeAt(next+1) && !d.honorificAt(next+1) && !d.capital(next+2)
}

// nameBehindPlace reads the name behind one that is that of a place which no table
// has.
func (d *document) nameBehindPlace(o *officialFinding, n *personName) (next personName, ok bool) {
	if len(n.titles) == 0 && !d.inHeadline(n.from) && d.toks[n.last-1].end-d.toks[n.last-1].start > 1 && d.honorificAt(n.last) && d.sameSentence(n.from, n.last) {
		o.to = n.last // "Executive Mayor Mossel Bay Alderman Dirk"
		return d.nameAt(n.last)
	}
	if d.isPlace(o, n) { // "Wali Kota Kumamoto, Kazufumi Onishi"
		o.to, o.elsewhere = n.last, true
		return d.nameAt(n.last + 1)
	}
	if o.region != "" || o.class == "head" || len(n.titles) > 0 || !d.mark(n.last, ',') || !d.honorificAt(n.last+1) || d.anyGiven(n.first, n.last) {
		return next, false
	}
	next, ok = d.nameAt(n.last + 1)
	if !ok || d.officeAt(next.to) || d.mark(next.to, ',') && d.officeAt(next.to+1) {
		return next, false
	}
	o.to = n.last // "Kepala KSOP Talang Duku, Capt. X"
	return next, true
}

// skipTerm steps over a term of office: "Gubernur Lampung periode 2019-2024,".
func (d *document) skipTerm(i int) int {
	if !d.is(i, d.x.officials.term) {
		return i
	}
	j := i
	for j < i+6 && (d.is(j, d.x.officials.term) || j < len(d.toks) && (d.toks[j].kind == number || d.mark(j, '-') || d.mark(j, '–'))) {
		j++
	}
	return j
}

// isPlace reports whether what was read as the name of a head of a region is
// the place, which no table has: another name stands behind its comma.
func (d *document) isPlace(o *officialFinding, n *personName) bool {
	if o.class != "head" && o.class != "deputy" || o.region != "" || len(n.titles) > 0 || d.anyGiven(n.first, n.last) || !d.mark(n.last, ',') {
		return false
	}
	next, ok := d.nameAt(n.last + 1)
	return ok && next.last-next.first > 1 && !d.officeAt(next.to) && d.sameSentence(n.first, next.first)
}

// smallName reads a name that a careless newsroom writes without capitals,
// right behind an office: "Pj. Gubernur Gorontalo hamka hendra noer". Two given
// names must open it; what rules know as a word ends it.
func (d *document) smallName(i int) (n personName, ok bool) {
	given := &d.x.officials.given
	n = personName{from: i, to: i, first: i, last: i}
	for ; n.to < len(d.toks) && n.to-i < maxName && d.sameSentence(i, n.to); n.to++ {
		t := &d.toks[n.to]
		if t.kind != word || t.shape != lower || d.owner[n.to] != free || !given.has(t.word) && (n.to-i < 2 || t.word != 0 || t.stem != 0) {
			break
		}
	}
	n.last = n.to
	if n.to-i < 2 || !d.mark(n.to, ',') && !d.degreesFollow(n.to) {
		return n, false
	}
	n.to = d.degrees(&n, n.last)
	return n, true
}

// nameInBracket: "Bupati Sarolangun (H. Hurmin)"; a short name of the region
// or the office stands there more often.
func (d *document) nameInBracket(o *officialFinding, i int) (n personName, ok bool) {
	if !d.mark(i, '(') || !d.personOpens(i+1) {
		return n, false
	}
	n, ok = d.nameAt(i + 1)
	if !ok || !d.mark(n.to, ')') || !d.sameSentence(o.from, n.to) {
		return n, false
	}
	n.to++
	return n, true
}
