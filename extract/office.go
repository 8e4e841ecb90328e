package extract

import (
	"sort"
	"strings"

	"pakta"
)

// maxTail bounds the words behind a title, in tokens: "Bidang Pengendalian
// Penduduk, Penyuluhan dan Penggerakan Dinas ..." has 12.
const maxTail = 18

// readTail reads what stands between a title and the name of its region or
// holder, as the table of positions says, and returns where the mention goes
// on. ok is false when the words make no office.
func (d *document) readTail(o *officialFinding, f *office, i int) (next int, ok bool) {
	if d.mark(i, '.') && d.toks[i].inner && d.capital(i+1) {
		i++ // "Kabag. Pemerintahan"
	}
	i = d.skipBracket(i)
	if f.tail == "committee" {
		return d.committee(o, i), true
	}
	rank := i
	for d.ranked(o, i) || d.is(i, d.x.officials.elect) && d.regionName(i+1) {
		i++ // "Wakil Ketua II", "Bupati definitif Seluma"
	}
	if f.tail == "title" && d.councilChief(o, i, i > rank) {
		return i, true
	}
	switch f.tail {
	case "body":
		i = d.readUnit(o, i)
	case "field":
		i = d.readField(o, i)
	case "faction":
		i = d.readFaction(o, i)
	case "under":
		return i, d.readUnder(o)
	case "":
		if f.class == "council" && d.is(i-1, d.x.officials.dewan) && d.capital(i) && d.toks[i].shape == upper && !d.isGiven(i) {
			return d.chiefTitle(o, &office{position: d.spellOut(o.from, i), class: "chief"}, i) // "Ketua Dewan Apeksi"
		}
		i = d.widerTitle(o, f, i)
	case "keep":
		i = d.keepTitle(o, f, i)
	case "skip":
		_, i = d.agencyWords(i)
		o.to = max(o.to, i)
	case "title":
		i, ok = d.chiefTitle(o, f, i)
		if !ok {
			return i, false
		}
	case "ministry":
		i = d.ministryAfter(o, i)
	case "staff":
		i = d.staffOf(o, i)
	}
	return d.secondOffice(o, i), true
}

// keepTitle adds the name of the agency or division that opens at token i to the
// title of its head.
func (d *document) keepTitle(o *officialFinding, f *office, i int) int {
	title, end := d.agencyWords(i)
	if title == i && f.class == "agency" {
		title = d.acronymEnd(i) // "Kabag PUM Defri"
		end = title
	}
	if title > i {
		o.position = joinTitle(f.position, d.agencyTitle(i, title))
	}
	o.to = max(o.to, end)
	return end
}

// regionName reports whether the name of a region stands at token i.
func (d *document) regionName(i int) bool {
	return d.opens(i, listRegions) && d.capital(i)
}

// committee: "Ketua Komisi III DPRD Kaltara", where DPRD may be left out.
func (d *document) committee(o *officialFinding, i int) int {
	member := o.position == "Anggota Komisi" // of the council, as all the others are
	if d.is(i, d.x.officials.roman) || d.isInitial(i) {
		if !member {
			o.position += " " + d.tokenText(i)
		}
		i++
	}
	if member {
		o.position = "Anggota"
	}
	council := " DPRD"
	if h, ok := d.longest(i, listAgencies); ok && d.kind(h) == "council" {
		i = int(h.to)
	} else if d.is(i, d.x.officials.parliament) {
		council = " " + d.tokenText(i) + " RI"
		for i++; d.is(i, d.x.officials.elect); {
			i++
		}
	}
	o.position += council
	o.to = max(o.to, i)
	return i
}

// secondOffice steps over an office that the same person holds: "Menteri
// PPN/Kepala Bappenas", and over one that a division belongs to: "Kepala
// Bidang Pemerintahan Sekretaris Daerah Kabupaten Klaten".
func (d *document) secondOffice(o *officialFinding, i int) int {
	at := i
	if d.is(i, d.x.officials.within) && o.class == "agency" && d.is(i+1, d.x.officials.agencies) { // "pada Biro Pemerintahan Setda"
		_, end := d.agencyWords(i + 2)
		o.to = max(o.to, end)
		return end
	}
	if d.mark(i, '/') || d.mark(i, '&') {
		at++
	} else if o.class != "agency" && o.class != "assistant" {
		return i
	}
	h, ok := d.longest(at, listPositions)
	if !ok || at == i && d.x.officials.offices[h.entry].class != "secretary" {
		return i
	}
	_, end := d.agencyWords(int(h.to))
	if end == int(h.to) && d.x.officials.offices[h.entry].class == "chief" && d.capital(end) && d.toks[end].shape == upper {
		end++ // "Menteri LH/Kepala BPLH"
	}
	o.to = max(o.to, end)
	return d.skipBracket(end)
}

// maxRun bounds the capitalised words behind a title, in tokens.
const maxRun = 18

// runEnd is the end of the capitalised words from token i that may name a body
// and a person behind it: over brackets, quotes, hyphens, and "dan" between
// two of them, up to a title, an office or an act.
func (d *document) runEnd(i int) int {
	start, end := i, i
	for i < len(d.toks) && i-start < maxRun && d.sameSentence(start, i) {
		t := &d.toks[i]
		switch {
		case t.shape.capital():
			if d.honorificAt(i) && (t.end-t.start > 1 || d.mark(i+1, '.')) || d.stopsRun(i) || i > start+1 && end == i && d.isDegree(i) && d.degreeLike(i) {
				return end
			}
			i++
			end = i
		case t.kind == number && (!t.spaced || d.capital(i-1)) && i > start:
			i++
			end = i
		case d.is(i, d.x.officials.particles) && end == i && d.isGiven(i-1) && d.capital(i+1): // "Ali bin Umar"
			i++
		case d.is(i, d.x.officials.and) && i-start > 2 && (d.isGiven(i-1) || d.isGiven(i-2)) && !d.namesake(start, i-1):
			return end // a person's name: "Direktur PT X Budi Rekadi dan Sekretaris Perusahaan PT Y"
		case (d.is(i, d.x.bodies.inner) || (t.ch == '-' || t.ch == '/' || t.ch == '&') && end == i || t.ch == '.' && t.inner) && d.capital(i+1) && !d.stopsRun(i+1):
			i++
		case t.ch == '(' || t.ch == '"':
			close := d.closing(i)
			if close < 0 || t.ch == '(' && d.personOpens(i+1) {
				return end
			}
			i = close + 1
			end = i
		default:
			return end
		}
	}
	return end
}

// stopsRun reports whether an office, an act or a weekday stands at token i.
func (d *document) stopsRun(i int) bool {
	if d.opensAny(i, 1<<listPositions|1<<listActing|1<<listOfficialCues|1<<listWeekdays) {
		return true
	}
	h, ok := d.longest(i, listNameStops)
	if !ok {
		return false
	}
	switch d.class(h) {
	case "function": // "PT Karya Bersama": a capital in prose belongs to a name
		return d.toks[i].shape == lower || d.inHeadline(i)
	case "verb":
		return true
	}
	return false
}

// staffOf reads whose staff it is: "Staf Khusus Menteri Lingkungan Hidup".
func (d *document) staffOf(o *officialFinding, i int) int {
	h, ok := d.longest(i, listPositions)
	if !ok {
		return i
	}
	f := &d.x.officials.offices[h.entry]
	second := officialFinding{from: i, to: int(h.to), position: f.position, class: f.class}
	next, ok := d.readTail(&second, f, second.to)
	if !ok {
		return i
	}
	o.position += " " + second.position
	o.to = max(o.to, second.to)
	return next
}

// ministryAfter adds the ministry to the title of its secretary general.
func (d *document) ministryAfter(o *officialFinding, i int) int {
	if h, ok := d.longest(i, listAgencies); ok && d.agencyName(h) != "" {
		o.position, o.to = o.position+" "+d.agencyName(h), int(h.to)
		return o.to
	}
	h, ok := d.longest(i, listBodies)
	if !ok || !d.capital(i) {
		return i
	}
	if d.attr(h, "shape") == "named" && d.typ(h) != string(pakta.CentralGovernment) {
		next, _ := d.chiefTitle(o, &office{position: o.position, class: o.class}, i)
		return next
	}
	end := int(h.to)
	if words, _ := d.agencyWords(end); words > end {
		end = words
	}
	o.position, o.to = o.position+" "+d.agencyTitle(i, end), end
	return end
}

// skipBracket steps over a short bracket: "Sekretaris Daerah (Sekda)"; not one
// with a name in it: "Pak Menteri (Mendagri Gamawan Fauzi)", "Bupati (H. Hurmin)".
func (d *document) skipBracket(i int) int {
	if !d.mark(i, '(') {
		return i
	}
	if h, ok := d.longest(i+1, listPositions); ok && !d.mark(int(h.to), ')') || d.personOpens(i+1) {
		return i
	}
	for j := i + 1; j < i+8 && j < len(d.toks) && d.toks[j].line == d.toks[i].line; j++ {
		if d.mark(j, ')') {
			return j + 1
		}
	}
	return i
}

// leaveOpen notes words that may hold an official, and why none is read.
func (d *document) leaveOpen(from, to int, why string) {
	d.reject(from, to, "official.before", why)
	d.unresolved = append(d.unresolved, pakta.Unresolved{
		Field: "officials", Reason: pakta.Ambiguous, Message: why, Evidence: d.one(d.evidence(from, to, "official.before")),
	})
}

// degreesFollow reports whether a degree stands at token i, behind a comma
// perhaps: what stands before it is a person.
func (d *document) degreesFollow(i int) bool {
	if d.mark(i, ',') {
		i++
	}
	return d.isDegree(i) && d.capital(i)
}

// bodyAt is how many tokens from i spell the name of a body that the text
// names elsewhere too, with or without its head: "Dragon Land".
func (d *document) bodyAt(i int) int {
	best := 0
	for k := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[k]
		if b.from == i && !b.office && !b.bare {
			continue // the mention itself, which may run on into a person's name
		}
		if n := d.startsLike(i, d.ownWords(b)); n > best && b.from != i {
			best = n
		}
		if b.from != i && len(b.words) > 1 && b.to-b.from > best && d.sameTokens(i, b.from, b.to-b.from) {
			best = b.to - b.from
		}
		if b.alias != "" && b.from != i && d.folded(i, i+1) == b.alias {
			best = max(best, 1)
		}
	}
	return best
}

// ownWords are the folded words of a body's name without its head.
func (d *document) ownWords(b *bodyFinding) []string {
	if len(b.words) < 2 {
		return nil
	}
	return b.words[1:]
}

// sameTokens reports whether n tokens from i and from j read the same.
func (d *document) sameTokens(i, j, n int) bool {
	if i+n > len(d.toks) || j+n > len(d.toks) {
		return false
	}
	for k := range n {
		if !strings.EqualFold(d.tokenText(i+k), d.tokenText(j+k)) {
			return false
		}
	}
	return true
}

// openBodies frees the words of the bodies whose names begin in [from, to):
// they may run on into the name of the person that an office is about. closeBodies
// claims again what was no name.
func (d *document) openBodies(from, to int) {
	k := sort.Search(len(d.bodies), func(k int) bool { return d.bodies[k].from >= from })
	for ; k < len(d.bodies) && d.bodies[k].from < to; k++ {
		for i := max(d.bodies[k].from, from); i < d.bodies[k].to; i++ {
			if d.owner[i] == claimBody {
				d.owner[i] = free
			}
		}
	}
}

func (d *document) closeBodies(from, to int) {
	k := sort.Search(len(d.bodies), func(k int) bool { return d.bodies[k].from >= from })
	for ; k < len(d.bodies) && d.bodies[k].from < to; k++ {
		if b := &d.bodies[k]; !b.office {
			d.take(b.from, b.to, claimBody)
		}
	}
}

// openTail frees what stands behind the last "dan" of the body whose name ends
// before the comma, or the word that links it, at the office at token from: it may
// be a person, "Badan Informasi Geospasial dan Deni Rekadi, Kepala Biro". It is nil
// when there is none.
func (d *document) openTail(from int) *bodyFinding {
	at := from - 1
	if h, ok := d.hitEnding(from, listOfficialCues, 3); ok && d.x.officials.cues[h.entry].role == cueLink {
		at = int(h.from)
	} else if !d.mark(at, ',') {
		return nil
	}
	for at > 1 && d.owner[at-1] == free && (d.mark(at-1, '.') || d.mark(at-1, ',') || d.isDegree(at-1) || d.isInitial(at-1)) {
		at-- // "PDAM Tirta Sakti dan Ary Rekadi, S.E. selaku"
	}
	if at < 1 || d.owner[at-1] != claimBody {
		return nil
	}
	k := sort.Search(len(d.bodies), func(k int) bool { return d.bodies[k].from >= from }) - 1
	if k < 0 || d.bodies[k].to != at {
		return nil
	}
	b := &d.bodies[k]
	for i := b.to - 1; i > b.from; i-- {
		if d.is(i, d.x.officials.and) {
			for j := i + 1; j < b.to; j++ {
				d.owner[j] = free
			}
			return b
		}
	}
	return nil
}

// cutBodies ends the names of bodies that run on into a person's name, which
// stands at [from, to), and frees its words.
func (d *document) cutBodies(from, to int) {
	for k := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[k]
		if b.to <= from || b.from >= from {
			continue
		}
		for i := from; i < b.to; i++ {
			if d.owner[i] == claimBody {
				d.owner[i] = free
			}
		}
		for i := from; i < b.to && len(b.words) > 1; i++ {
			if d.toks[i].kind != punct {
				b.words = b.words[:len(b.words)-1]
			}
		}
		if b.to = from; from-1 > b.from && d.is(from-1, d.x.officials.and) { // "Badan X dan Y, Kepala Biro Z"
			b.to--
			if len(b.words) > 1 {
				b.words = b.words[:len(b.words)-1]
			}
		}
		b.name = d.slice(b.from, b.to)
	}
}

// startsLike is how many tokens from i spell the folded words, 0 when they do
// not.
func (d *document) startsLike(i int, words []string) int {
	if len(words) == 0 || i+len(words) > len(d.toks) {
		return 0
	}
	for k, w := range words {
		if !strings.EqualFold(d.tokenText(i+k), w) {
			return 0
		}
	}
	return len(words)
}
