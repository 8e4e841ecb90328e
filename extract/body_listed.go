package extract

import (
	"slices"

	"pakta"
)

// How far a list of partners may stand behind the noun that opens it, how long
// one of its names may be, and how many names are read, in tokens and names.
const (
	maxToList = 14
	maxItems  = 40
)

// readListed finds bodies that no table has, as the items of a list behind a
// noun for partners: "delapan perusahaan rintisan, yakni Nodeflux, Botika, dan
// Grab". Its weak case is a list of places or things behind such a noun, which
// is given up at the first item that is known to be one.
func (d *document) readListed() {
	n := len(d.bodies)
	end := 0
	d.eachHit(listPartners, func(h hit) {
		if int(h.from) < end || d.lineOf(int(h.from)) == lineRelated || !d.partnerNoun(int(h.from)) {
			return
		}
		if open := d.partnerList(int(h.to)); open > 0 {
			end = d.listItems(open, pakta.PartyType(d.typ(h)))
		}
	})
	if len(d.bodies) > n {
		slices.SortStableFunc(d.bodies, func(a, b bodyFinding) int { return a.from - b.from })
	}
}

// partnerNoun reports whether a noun for bodies with names of their own opens at
// token i; regions and central bodies are known by their own tables.
func (d *document) partnerNoun(i int) bool {
	h, ok := d.longest(i, listPartners)
	if !ok {
		return false
	}
	typ := pakta.PartyType(d.typ(h))
	return typ != pakta.RegionalGovernment && typ != pakta.CentralGovernment
}

// partnerList is the token behind the word or colon that opens a list after
// token i, 0 when none does.
func (d *document) partnerList(i int) int {
	for j := i; j < i+maxToList && d.sameSentence(i, j); j++ {
		if d.mark(j, ':') {
			return j + 1
		}
		if h, ok := d.longest(j, listCues); ok && d.cue(j) == cueScopeList {
			return int(h.to)
		}
	}
	return 0
}

// listItems notes the names of the list that opens at token i which no table
// has, and returns its end. One name alone is no list.
func (d *document) listItems(i int, typ pakta.PartyType) int {
	var names []span
	items := 0
	for at := i; at < len(d.toks) && d.sameSentence(i, at) && items < maxItems; {
		if d.mark(at, ',') || d.mark(at, ';') || items > 0 && d.is(at, d.x.officials.and) {
			at++
			continue
		}
		to := d.itemEnd(at)
		switch {
		case to == 0:
			return i
		case to == at:
			d.addListed(names, items, typ)
			return at
		case d.owner[at] == free:
			names = append(names, span{at, to})
		}
		items++
		if at = to; !d.mark(at, ',') && !d.mark(at, ';') && !d.is(at, d.x.officials.and) {
			break
		}
	}
	d.addListed(names, items, typ)
	return i
}

// addListed notes the names of a list of two items and more.
func (d *document) addListed(names []span, items int, typ pakta.PartyType) {
	if items < 2 {
		return
	}
	for _, s := range names {
		if !d.take(s.from, s.to, claimBody) {
			continue
		}
		name := d.slice(s.from, s.to)
		d.bodies = append(d.bodies, bodyFinding{
			from: s.from, to: s.to, head: "listed", typ: typ, name: name, words: []string{"#listed", foldString(name)}, rule: "body.listed",
		})
	}
}

// maxListed is how long a name in a list may be, in tokens.
const maxListed = 6

// itemEnd is the end of the name at token at of a list, at when none stands
// there, and 0 when the list is one of regions, persons or sectors.
func (d *document) itemEnd(at int) int {
	if d.owner[at] == claimBody {
		to := at
		for to < len(d.toks) && d.owner[to] == claimBody && d.sameSentence(at, to) && !d.mark(to, ',') {
			to++
		}
		return to
	}
	to := at
	for to < at+maxListed && d.sameSentence(at, to) && d.capital(to) && d.owner[to] == free {
		if h, ok := d.longest(to, listRegions); ok && to == at && !d.capital(int(h.to)) {
			return 0
		}
		if to == at && (d.isGiven(to) || d.honorificAt(to) || d.listsAt[to].has(listSectorTerms) || d.listsAt[to].has(listRegionPrefixes)) {
			return 0
		}
		if d.stopsName(to) {
			break
		}
		to++
	}
	if to > at && d.mark(to, '(') {
		if close := d.closing(to); close > 0 {
			to = close + 1
		}
	}
	return to
}
