package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"pakta"
)

// maxName bounds a person's name, in words; the longest in use have ten.
const maxName = 10

// personName is a name read from the text.
type personName struct {
	from, to int      // with titles and degrees
	first    int      // the name proper
	last     int      // and its end, open
	titles   []string // honorifics and degrees, as written
}

// nameAt reads a person's name at token i: honorifics, capitalised words and
// initials, degrees. ok is false when there is none.
func (d *document) nameAt(i int) (n personName, ok bool) {
	n.from = i
	i = d.skipTitles(&n, i)
	n.first, n.last = i, i
	for words := 0; words < maxName; words++ {
		next := d.nameWord(&n, i, words)
		if next == i {
			break
		}
		i = next
		n.last = i
	}
	if n.last-n.first > 1 && d.countryName(n.last) {
		n.last++ // "Sherly Tjoanda Laos"
	}
	for n.last > n.first && d.mark(n.last-1, '.') && !d.isInitial(n.last-2) {
		n.last-- // the stop of a sentence, not of an initial
	}
	if n.last == n.first || d.notName(n.first, n.last) && (n.first == n.from || n.last-n.first > 1 || !d.agencyWord(n.first)) {
		return n, false
	}
	if d.is(n.last, d.x.officials.roman) && d.mark(n.last+1, '/') {
		return n, false // "Kabalakdam III/Slw": an office
	}
	if n.last-n.first == 1 && n.last < len(d.toks) && d.toks[n.last].kind == number && d.sameSentence(n.first, n.last) {
		return n, false // "Nomor 3", "Periode 2019-2024"
	}
	n.to = d.degrees(&n, n.last)
	return n, true
}

// countryName reports whether the name of a country at token i ends that of a
// person: a comma stands behind it, and no preposition leads to it.
func (d *document) countryName(i int) bool {
	h, ok := d.longest(i, listBodies)
	return ok && int(h.to) == i+1 && d.mark(i+1, ',') && d.attr(h, "type") == string(pakta.ForeignGovernment) && d.toks[i].shape == title && d.isGiven(i-2)
}

// nameWord is the end of the word of a name at token i, with the stop of an
// initial; i when none stands there.
func (d *document) nameWord(n *personName, i, words int) int {
	if i >= len(d.toks) || !d.sameSentence(n.from, i) || d.owner[i] != free {
		return i
	}
	t := &d.toks[i]
	switch {
	case words > 0 && d.dottedDegree(i) > i:
		return i
	case t.shape.capital() && (d.afterInitial(i) || !d.endsName(i, words)):
		if words > 0 && t.end-t.start > 1 && d.honorificAt(i) && !d.pilgrim(i) {
			return i // "Unismuh Prof. Ambo Asse" are no one's name
		}
		if d.mark(i+1, '.') && d.toks[i+1].inner && (d.isInitial(i) || d.goesOn(i+2)) {
			return i + 2
		}
		return i + 1
	case words > 0 && d.smallLast(i):
		return i + 1
	case words > 0 && d.is(i, d.x.officials.particles) && t.spaced && d.capital(i+1) && d.sameSentence(i, i+1) && !d.endsName(i+1, words):
		return i + 1
	case words > 0 && (t.ch == '"' || t.ch == '\'') && t.spaced && d.capital(i+1) && d.mark(i+2, t.ch) && d.capital(i+3) && !d.endsName(i+3, words):
		return i + 3 // Mohammad "Danny" Pomanto
	case words > 0 && t.ch == '-' && !t.spaced && d.hyphenated(i):
		return i + 2
	}
	return i
}

// smallLast reports whether the word at token i, which a newsroom wrote small, ends a
// name: a degree stands behind its comma. "Bayu Rekadi suseno, SP".
func (d *document) smallLast(i int) bool {
	t := &d.toks[i]
	return t.kind == word && t.shape == lower && t.spaced && (t.word == 0 || d.x.officials.given.has(t.word)) && d.mark(i+1, ',') && d.isDegree(i+2) && d.capital(i+2)
}

// pilgrim reports whether the title of a pilgrim at token i stands within a
// name: "Kasman Hi. Ahmad".
func (d *document) pilgrim(i int) bool {
	h, _ := d.longest(i, listHonorifics)
	next := int(h.to)
	if d.mark(next, '.') {
		next++
	}
	return d.id(h) == "haji" && d.toks[i].end-d.toks[i].start == 2 && d.goesOn(next) && d.sameSentence(i, next)
}

// hyphenated reports whether the hyphen at token i stands within a name:
// Karo-Karo, Joon-hwan, Al-Habsyi; not between two persons, Bobby-Ashari.
func (d *document) hyphenated(i int) bool {
	if i+1 >= len(d.toks) || d.toks[i+1].kind != word || d.toks[i+1].spaced {
		return false
	}
	return d.toks[i+1].shape == lower && (d.toks[i+1].word == 0 || d.x.officials.foreign.has(d.toks[i+1].word)) || d.is(i-1, d.x.officials.particles) || strings.EqualFold(d.tokenText(i-1), d.tokenText(i+1))
}

// goesOn reports whether a word of a name stands at token i, behind a stop.
func (d *document) goesOn(i int) bool {
	return d.capital(i) && !d.endsName(i, 1)
}

// isInitial reports whether token i is a letter alone.
func (d *document) isInitial(i int) bool {
	return d.capital(i) && d.toks[i].end-d.toks[i].start == 1
}

// afterInitial reports whether an initial stands before token i: what follows
// "Tarmizi H." is a name, whatever word it looks like.
func (d *document) afterInitial(i int) bool {
	return i > 1 && d.toks[i-1].inner && d.isInitial(i-2)
}

// isGiven reports whether token i opens persons' names.
func (d *document) isGiven(i int) bool {
	return d.capital(i) && d.x.officials.given.has(d.toks[i].word)
}

// skipTitles reads the honorifics before a name.
func (d *document) skipTitles(n *personName, i int) int {
	for {
		h, ok := d.longest(i, listHonorifics)
		if !ok || !d.sameSentence(n.from, i) || d.owner[i] != free {
			return i
		}
		next := int(h.to)
		if d.mark(next, '.') && !d.toks[next].spaced {
			next++
		}
		for d.mark(next, ',') || d.mark(next, '.') {
			next++ // "Dr., Ir."
		}
		if !d.capital(next) && !d.opens(next, listHonorifics) && !d.mark(next, '(') || d.toks[i].shape == lower && len(d.tokenText(i)) == 1 {
			return i // "H" alone is an initial, "ibu" a word
		}
		n.titles = append(n.titles, d.slice(i, next))
		if i = next; d.mark(i, '(') {
			if close := d.closing(i); close > 0 {
				i = close + 1
			}
		}
		for d.is(i, d.x.officials.ranks) {
			i++ // "Laksamana Pertama (Laksma) TNI"
		}
	}
}

// honorificAt reports whether a title before a name stands at token i.
func (d *document) honorificAt(i int) bool {
	h, ok := d.longest(i, listHonorifics)
	if !ok || !d.capital(i) && d.toks[i].end-d.toks[i].start < 2 {
		return false
	}
	return d.capital(int(h.to)) || d.opens(int(h.to), listHonorifics) || d.mark(int(h.to), '.') || d.mark(int(h.to), '(')
}

// endsName reports whether the word at i is no part of a name that has some
// words already.
func (d *document) endsName(i, words int) bool {
	if d.toks[i].shape == title && d.is(i, d.x.officials.names) && !d.inHeadline(i) && (words > 0 || d.capital(i+1) && !d.officeAt(i+1) && !d.opensSentence(i)) {
		return false // "Kamarul Zaman", "Zaman Rekakli"
	}
	if d.abbreviation(i) && !d.isGiven(i) || d.listsAt[i] == 0 && d.looksLikeVerb(i) {
		return true
	}
	if d.initialsAt(i, words) {
		return false // "AS Fathur Rekadi", no country
	}
	stops := personStops
	if t := &d.toks[i]; t.shape == title && d.x.bodies.acronyms[t.word] {
		stops &^= 1 << listBodies // "Cen Sui Lan": LAN is a body in capitals only
	}
	if !d.opensAny(i, stops|1<<listDegrees) || d.isGiven(i) && words == 0 {
		return false
	}
	if d.isGiven(i) { // "Bagus Hari Wibowo"
		return d.officeAt(i)
	}
	return d.opensAny(i, stops) || words > 0 && d.isDegree(i) && d.degreeLike(i)
}

// initialsAt reports whether the two capitals at token i are initials of the name that
// they stand in, whatever else they abbreviate: "AS Fathur Rekadi", "Hj Noorekayani AS".
func (d *document) initialsAt(i, words int) bool {
	t := &d.toks[i]
	if t.shape != upper || t.end-t.start != 2 || !d.opens(i, listBodies) || d.inHeadline(i) || d.shoutingLine(i) {
		return false
	}
	if words == 0 {
		return d.capital(i+1) && (d.isGiven(i+1) || d.capital(i+2) && d.isGiven(i+2)) && d.sameSentence(i, i+2)
	}
	return d.capital(i-1) && (d.mark(i+1, ',') || d.is(i+1, d.x.officials.and))
}

// personStops are the lists with words that end the name of a person.
const personStops listSet = 1<<listNameStops | 1<<listPositions | 1<<listActing | 1<<listInstruments | 1<<listWeekdays | 1<<listAgencies | 1<<listOfficialCues | 1<<listBodies

// abbreviation reports a word of three capitals and more among words that have
// small letters: MOU is no name, SYARIF among capitals is.
func (d *document) abbreviation(i int) bool {
	t := &d.toks[i]
	return t.shape == upper && t.end-t.start > 2 && i > 0 && !d.shoutingLine(i) && !(t.end-t.start == 3 && d.mark(i+1, ',') && d.capital(i-1) && (d.isDegree(i+2) || d.listsAt[i] == 0 && t.word == 0 && d.isGiven(i-1))) // "Taufik HAK, M.Si"
}

// looksLikeVerb tells verbs in headlines from names by their endings and
// prefixes: "Kumpulkan", "Mengimbau".
func (d *document) looksLikeVerb(i int) bool {
	t := &d.toks[i]
	if t.end-t.start < 7 || d.isGiven(i) || t.word != 0 && d.x.officials.agency.has(t.word) {
		return false
	}
	w := d.tokenText(i)
	if hasSuffixFold(w, "kan") || hasSuffixFold(w, "nya") {
		return true
	}
	for _, p := range [...]string{"meng", "memb", "memp", "meny", "mend", "menc", "menj", "ment", "disa", "dita", "berk", "bers", "kepa", "kete", "peng", "pemb", "peny", "pend", "penj"} {
		if len(w) > len(p) && strings.EqualFold(w[:len(p)], p) {
			return true
		}
	}
	return false
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// shoutingLine reports whether the words beside token i are in capitals too.
func (d *document) shoutingLine(i int) bool {
	for _, j := range [2]int{i - 1, i + 1} {
		if j >= 0 && j < len(d.toks) && d.toks[j].kind == word && d.toks[j].line == d.toks[i].line && d.toks[j].shape != upper && d.toks[j].end-d.toks[j].start > 1 {
			return false
		}
	}
	return true
}

// notName reports words that are no name though they look like one: one
// abbreviation, the name of a region.
func (d *document) notName(from, to int) bool {
	length := int(d.toks[to-1].end - d.toks[from].start)
	if to-from == 1 && (length < 3 || d.toks[from].shape == upper && length <= 5 && !d.isGiven(from)) {
		return true
	}
	if h, ok := d.longest(from, listRegions); ok && int(h.to) == to && !d.isGiven(from) {
		return true
	}
	if t := &d.toks[to-1]; t.end-t.start > 1 && t.shape == upper && d.is(to-1, d.x.officials.roman) && !d.isGiven(from) {
		return true // "Divisi Konstruksi VI"
	}
	words, agency := 0, 0
	for i := from; i < to; i++ {
		if t := &d.toks[i]; t.kind == word {
			words++
			if d.x.officials.agency.has(t.word) && !d.isGiven(i) {
				agency++
			}
		}
	}
	return agency == words || agency > 1 && agency >= words-1 && !d.isGiven(from) // "Tata Usaha", "Rekaan Terpadu Satu Pintu"
}

// nameText is the name as records give it: single spaces.
func (d *document) nameText(from, to int) string {
	name := d.slice(from, to)
	if singleSpaced(name) {
		return name
	}
	return strings.Join(strings.Fields(name), " ")
}

// singleSpaced reports whether nothing but single blanks separates the words
// of s, where that is plain to see.
func singleSpaced(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' || c == ' ' && i > 0 && s[i-1] == ' ' {
			return false
		}
	}
	return true
}

// personOpens reports whether what stands at token i, in brackets, is a person's
// name and no short form of what stands before them.
func (d *document) personOpens(i int) bool {
	return d.honorificAt(i) || d.isGiven(i) || d.isInitial(i) && d.mark(i+1, '.') && d.capital(i+2)
}

// apposition reports whether a name behind a comma is that of the holder, and
// not the next item of a list: one word that rules know is none, unless it is
// known as a name.
func (d *document) apposition(n *personName) bool {
	if len(n.titles) > 0 || d.isGiven(n.first) {
		return true
	}
	t := &d.toks[n.first]
	if t.kind == word && d.mark(n.to, '/') {
		return false
	}
	return n.last-n.first > 1 || t.word == 0 && t.shape != upper || t.shape == upper && d.shoutingLine(n.first)
}

// nameFollows reports whether a person's name stands at token i, behind a
// comma: two words and more, or one that is known as a name.
func (d *document) nameFollows(i int) bool {
	if i >= len(d.toks) || d.isDegree(i) && !d.honorificAt(i) {
		return false
	}
	n, ok := d.nameAt(i)
	return ok && d.apposition(&n)
}

// hasOffice reports whether the name at token i has an office of its own behind
// it: "Siswanto (Kepala BPS)", "Otong selaku Sekda".
func (d *document) hasOffice(i int) bool {
	n, ok := d.nameAt(i)
	if !ok {
		return false
	}
	if d.mark(n.to, '(') {
		return d.officeAt(n.to + 1)
	}
	h, ok := d.longest(n.to, listOfficialCues)
	return ok && d.x.officials.cues[h.entry].role == cueLink && d.officeAt(int(h.to))
}

// anyGiven reports whether a word of [from, to) opens persons' names.
func (d *document) anyGiven(from, to int) bool {
	for i := from; i < to; i++ {
		if d.isGiven(i) {
			return true
		}
	}
	return false
}

// personIn finds where a person's name opens in the capitalised words [from,
// to), which name a body or area first: at a title, at a given name, or at a
// word that stands beside a word of speech elsewhere.
func (d *document) personIn(from, to int) (int, bool) {
	for k := from; k < to; k++ {
		if k > from && d.honorificAt(k) && !d.mark(k-1, '.') {
			return k, true
		}
		if d.isInitial(k) && k+1 < to && (k > from && d.balinese(k) || d.mark(k+1, '.') && d.toks[k+1].inner && d.isGiven(k+2)) {
			return k, true // "Perbekel Jatiluwih I Nengah Kartika"
		}
		if d.isGiven(k) && !(k > from && d.is(k-1, d.x.officials.university)) && !d.namesake(from, k) {
			return k, true
		}
		if d.isSpoken(k) && !d.opensBody(k) {
			return k, true
		}
	}
	return 0, false
}

// namesake reports whether the given name at k belongs to a body that is
// called after a person: "Universitas Ahmad Dahlan", "RSUD dr. Soetomo".
func (d *document) namesake(from, k int) bool {
	for j := k - 1; j >= from && j > k-4; j-- {
		if d.is(j, d.x.officials.university) {
			return !d.isSpoken(k)
		}
		if !d.isGiven(j) && !d.mark(j, '.') && !d.honorificAt(j) {
			return false
		}
	}
	return false
}

// isSpoken reports whether the word at token k stands alone beside a word of
// speech somewhere else: it is a person's.
func (d *document) isSpoken(k int) bool {
	if d.speakers == nil {
		d.findSpoken()
	}
	if !d.capital(k) || d.toks[k].end-d.toks[k].start < 3 {
		return false
	}
	w := d.tokenText(k)
	return slices.ContainsFunc(d.speakers[:min(len(d.speakers), maxBodies)], func(i int32) bool {
		return int(i) != k && len(d.tokenText(int(i))) == len(w) && strings.EqualFold(d.tokenText(int(i)), w)
	})
}

// findSpoken notes the capitalised words beside words of speech.
func (d *document) findSpoken() {
	d.speakers = []int32{}
	d.eachHit(listOfficialCues, func(h hit) {
		c := d.x.officials.cues[h.entry]
		at := int(h.from) - 1
		if !c.before {
			at = int(h.to)
		}
		if c.role == "speaker" && d.capital(at) && d.owner[at] == free && d.sameSentence(at, int(h.from)) && !d.endsName(at, 0) {
			d.speakers = append(d.speakers, int32(at))
		}
	})
}
