package extract

import (
	"slices"
	"sort"
	"strings"

	"pakta"
	"pakta/rules"
)

// maxVenue bounds the name of a venue, in tokens.
const maxVenue = 16

// venueRules is what the reading of venues needs, compiled.
type venueRules struct {
	in       wordList        // the preposition before a venue
	ends     wordList        // lower-case words that cannot be part of a venue's name
	inner    wordList        // those of them that names have with a capital: "Kementerian Dalam Negeri"
	roles    wordList        // what a place becomes: "tempat", "saksi"
	from     wordList        // "dari", that opens a sentence on what was agreed there
	asides   wordList        // words of the address and the day between a place and "menjadi tempat"
	receives wordList        // "Kantor Bupati A kedatangan Bupati B"
	becomes  wordList        // "Gedung Abdi Praja menjadi tempat penandatanganan"
	beside   wordList        // words between the preposition and the place
	seats    map[string]bool // of governments: towns, and no venues
	// occasions are words for what takes place at a venue.
	occasions wordList
}

func newVenueRules(lex *lexicon, set *rules.Set) venueRules {
	return venueRules{
		seats:     seatNames(set.Regions()),
		in:        lex.words("venue.in"),
		ends:      lex.words("venue.ends"),
		from:      lex.words("venue.from"),
		asides:    lex.words("venue.asides"),
		receives:  lex.words("venue.receives"),
		becomes:   lex.words("venue.becomes"),
		inner:     lex.words("venue.inner"),
		roles:     lex.words("venue.roles"),
		beside:    lex.words("venue.beside"),
		occasions: lex.words("venue.occasions"),
	}
}

// venueFinding is a place that may be the venue.
type venueFinding struct {
	from, to int
	score    int
	wide     bool // an area, not a building
	rule     string
}

// readVenue finds where the signing, or the meeting reported, took place: a
// building or room after "di", as near as can be to the signing.
func (d *document) readVenue(dl *deal, signed *pakta.SignedOn) *pakta.Venue {
	var best venueFinding
	found := false
	for i := 0; i < len(d.toks); i++ {
		if !d.sentenceOf(i).lists.has(listVenues) {
			_, end := d.sentence(i)
			i = end - 1
			continue
		}
		if !d.listsAt[i].has(listVenues) && !d.is(i, d.x.venues.in) && !d.opensClause(i) {
			continue
		}
		if d.lineOf(i) == lineRelated || d.lineOf(i) == lineByline {
			continue
		}
		v, ok := d.venueAt(i)
		if !ok {
			continue
		}
		h, ok := d.longest(v.from, listVenues)
		v.wide = d.venueClass(h, ok) == "area"
		v.score += d.venueScore(dl, v, signed)
		switch {
		case v.score < leadScore || v.score < meetingScore && (v.from >= d.titleEnd+leadTokens || v.wide):
			d.reject(v.from, v.to, v.rule, "nothing says that the signing took place there")
		case found && v.score <= best.score && !d.roomOf(v, best):
			d.reject(v.from, v.to, v.rule, "another place is nearer to the signing")
		default:
			best, found = v, true
		}
		i = v.to - 1
	}
	if !found {
		best, found = d.namedVenue(dl)
	}
	if !found {
		best, found = d.virtualVenue(dl)
	}
	if !found {
		return nil
	}
	e := d.evidence(best.from, best.to, best.rule)
	if best.rule == "venue.fused" {
		e.Start, e.Text = e.Start+len("di"), e.Text[len("di"):]
	}
	out := &pakta.Venue{Name: e.Text, Evidence: d.one(e)}
	for i := range d.findings.regions {
		if r := &d.findings.regions[i]; r.from >= best.from && r.from <= best.to+1 {
			out.Region = pakta.Maybe(r.code)
			break
		}
	}
	return out
}

// roomOf reports whether a place is told of as that of the signing, and is a
// room in the house that stands better: "kantor Pengadilan Agama", and later
// "Penandatanganan dilakukan di aula Gedung Pengadilan Agama".
func (d *document) roomOf(room, house venueFinding) bool {
	h, ok := d.longest(house.from, listVenues)
	if !ok || room.score < signingScore || room.to-room.from <= house.to-house.from {
		return false
	}
	name := d.folded(int(h.to), house.to)
	return name != "" && strings.Contains(d.folded(room.from, room.to), name)
}

// signingScore is what a place has that its sentence calls that of the signing.
const signingScore = 5

// What a place needs to count, in the lead of an article and behind it.
const (
	leadScore    = 1
	meetingScore = 3
)

// venueAt reads a venue whose preposition or first word stands at i.
func (d *document) venueAt(i int) (venueFinding, bool) {
	v := venueFinding{rule: "venue.in"}
	start := i + 1
	h, ok := d.longest(i, listVenues)
	switch class := d.venueClass(h, ok); {
	case class == "fused":
		v.from, v.to, v.rule = i, d.venueEnd(i), "venue.fused"
		return v, v.to > v.from+1
	case class == "lead" && d.id(h) == "virtual":
		return v, false
	case class == "lead" || class == "visit":
		start, v.rule = int(h.to), "venue."+class
	case !d.is(i, d.x.venues.in) && !(d.is(i, d.x.venues.from) && d.opensClause(i) && !d.mark(i-1, ',')):
		return d.venueSubject(i)
	}
	if d.is(i-1, d.x.deals.press) {
		return v, false // "saat ditemui di Balai Kota"
	}
	for d.mark(start, ',') || d.mark(start, ':') || d.is(start, d.x.venues.beside) {
		start++
	}
	if !d.sameSentence(i, start) || !d.venueHeadNear(start) {
		return v, false
	}
	v.from, v.to = start, d.venueEnd(start)
	return v, v.to > v.from+1 || v.to > v.from && d.toks[start].shape != lower
}

// venueClass is the class of a hit of the table of venues, empty for none.
func (d *document) venueClass(h hit, ok bool) string {
	if !ok {
		return ""
	}
	return d.class(h)
}

// venueSubject: "Gedung Abdi Praja Setda Kendal, Senin (8/9), menjadi tempat
// penandatanganan".
func (d *document) venueSubject(i int) (venueFinding, bool) {
	if !d.capital(i) || !d.opensClause(i) || !d.venueHeadNear(i) {
		return venueFinding{}, false
	}
	end := d.venueEnd(i)
	if end <= i || !d.becomesVenue(end) {
		return venueFinding{}, false
	}
	return venueFinding{from: i, to: end, score: 3, rule: "venue.subject"}, true
}

// opensClause reports whether token i opens a sentence, or stands behind a
// dash or comma.
func (d *document) opensClause(i int) bool {
	return i == 0 || !d.sameSentence(i-1, i) || d.mark(i-1, '-') || d.mark(i-1, '–') || d.mark(i-1, ',')
}

// maxAside bounds what stands between a place and "menjadi tempat": its
// region and the day.
const maxAside = 18

// becomesVenue reports whether "menjadi tempat" follows a place that ends at
// token i, with no more than its region and the day between.
func (d *document) becomesVenue(i int) bool {
	for j := i; j < i+maxAside && d.sameSentence(i-1, j); j++ {
		if d.is(j, d.x.venues.becomes) {
			return d.is(j+1, d.x.venues.roles)
		}
		if d.is(j, d.x.venues.receives) {
			return true
		}
		if t := &d.toks[j]; t.kind == word && t.shape == lower && d.owner[j] == free && !d.is(j, d.x.venues.asides) && !d.opens(j, listVenues) {
			return false
		}
	}
	return false
}

// virtualVenue is "secara virtual" in a sentence that tells of the signing.
func (d *document) virtualVenue(dl *deal) (venueFinding, bool) {
	for h := range d.allHits(listVenues) {
		if d.id(h) != "virtual" || d.lineOf(int(h.from)) == lineRelated {
			continue
		}
		s := dl.sentenceAt(d.toks[h.from].sent)
		if s != nil && hasSigned(s.events) {
			return venueFinding{from: int(h.from), to: int(h.to), rule: "venue.virtual"}, true
		}
	}
	return venueFinding{}, false
}

// venueHeadNear reports whether a word for a building or room opens within
// the first words of a phrase: "Aula ...", "Andrawina Convention Hall".
func (d *document) venueHeadNear(i int) bool {
	for j := i; j < i+4 && d.sameSentence(i, j); j++ {
		if d.venueHead(j) || d.mark(j, ',') && j > i && d.sameSentence(j, j+1) && d.venueHead(j+1) {
			return true // the second: "Dulohupa, Rumah Jabatan Gubernur"
		}
		if !d.capital(j) && d.toks[j].kind != number || d.is(j, d.x.venues.ends) {
			return false
		}
	}
	return false
}

// venueHead reports whether a word for a place opens at token i. Open places
// ("kawasan", "pantai") are none without a name.
func (d *document) venueHead(i int) bool {
	h, ok := d.longest(i, listVenues)
	if !ok {
		return false
	}
	if class := d.class(h); class != "open" && class != "area" {
		return class == "head"
	}
	to := int(h.to)
	next, ok := d.longest(to, listVenues)
	return d.capital(to) || d.capital(to+1) && d.owner[to+1] == free || ok && d.class(next) == "head"
}

// venueEnd is the end of the venue's name that begins at i. It goes on over a
// comma when another building word follows: "ruang vicon, Rumah Dinas Bupati".
func (d *document) venueEnd(start int) int {
	end := start
	for i := start; i < len(d.toks) && i-start < maxVenue && d.sameSentence(start, i); i++ {
		t := &d.toks[i]
		switch {
		case t.ch == ',':
			if !d.venueHead(i + 1) {
				return end
			}
		case t.kind == punct && t.ch != '-' && t.ch != '\'' && t.ch != '"' && !t.inner:
			return end
		case d.owner[i] == claimDate || d.owner[i] == claimClock || d.owner[i] == claimPerson && t.shape != lower && !d.placeNear(start, i):
			return end
		case d.longPlace(i) > i:
			i = d.longPlace(i) - 1 // "Gedung Serba Guna": not all of its words may stand alone
			end = i + 1
		case t.kind == word && (d.is(i, d.x.venues.ends) && !(d.capital(i) && d.is(i, d.x.venues.inner)) || d.endsVenue(i)):
			return end
		case t.kind != punct || t.inner:
			end = i + 1
		}
	}
	return end
}

// longPlace is the end of a word for a place of several words that opens at
// token i, i when none does.
func (d *document) longPlace(i int) int {
	if h, ok := d.longest(i, listVenues); ok && d.class(h) == "head" && int(h.to) > i+1 {
		return int(h.to)
	}
	return i
}

// placeNear reports whether a venue word stands between start and i: the
// "Bupati" of "Rumah Dinas Bupati" is part of the place.
func (d *document) placeNear(start, i int) bool {
	for j := max(start, i-4); j < i; j++ {
		if d.opens(j, listVenues) {
			return true
		}
	}
	return false
}

// endsVenue reports whether a weekday or an act opens at i.
func (d *document) endsVenue(i int) bool {
	c := d.cue(i)
	return d.opens(i, listWeekdays) || actOf[c].signs() || c == cueAside || c == cueStander
}

// areaPenalty is what speaks against a wide area: "di Pulau Seram" is where
// things are, more often than where papers are signed.
const areaPenalty = 3

// ofTopic reports whether a wide area belongs to what the paper is about, by the
// common word before it: "MoU pengelolaan sampah di Kawasan X".
func (d *document) ofTopic(v venueFinding) bool {
	i := v.from - 2
	if v.rule != "venue.in" || i < 0 || !d.is(i+1, d.x.venues.in) || d.toks[i].kind != word || d.toks[i].shape != lower {
		return false
	}
	return d.owner[i] == free && !d.is(i, d.x.deals.joiners) && d.cue(i) == cueNone && !d.opens(i, listInstruments) && !d.listsTo[i+1].has(listInstruments) && !d.listsTo[i+1].has(listCues) && !d.is(i, d.x.deals.pointers)
}

// venueScore says how near a place is to the signing.
func (d *document) venueScore(dl *deal, v venueFinding, signed *pakta.SignedOn) int {
	score := d.venueDate(v, signed)
	if h, ok := d.longest(v.from, listVenues); ok && d.class(h) == "open" {
		score--
	} else if v.wide {
		score -= areaPenalty
		if d.id(h) == "kawasan" && d.ofTopic(v) {
			score -= areaPenalty
		}
	}
	if d.priorClause(v.from) {
		score -= priorPenalty
	}
	if v.from < d.titleEnd+leadTokens {
		score++
	}
	if s := dl.sentenceAt(d.toks[v.from].sent); s != nil {
		for _, e := range s.around(v.from) {
			switch {
			case e.signed() && !d.pastIn(s, e.at):
				return score + signingScore
			case e.act == actAgree || e.act == actWork || e.act == actAgreed || e.act == actMake || e.act == actMade || e.act == actPartner:
				score += 2
			case e.instr:
				score++
			}
		}
	}
	if v.rule == "venue.lead" || d.meetingIn(v.from) {
		score += 2
	}
	if v.rule == "venue.in" && !d.dayIn(v.from) && dl.sentenceAt(d.toks[v.from].sent) == nil {
		score -= idlePenalty
	}
	return score
}

// idlePenalty is what speaks against a place in a sentence that tells neither
// of an act or a paper nor of a day: "pelayanan di Puskesmas X".
const idlePenalty = 1

// dayIn reports whether the sentence of token i names a day.
func (d *document) dayIn(i int) bool {
	s := d.sentenceOf(i)
	if s.lists.has(listWeekdays) || s.lists.has(listRelativeDates) {
		return true
	}
	from, to := d.sentence(i)
	k, _ := slices.BinarySearchFunc(d.dates, from, func(f dateFinding, from int) int { return f.from - from })
	return k < len(d.dates) && d.dates[k].from < to
}

// priorPenalty is what speaks against the place of what came before: "Usai
// membuka rapat di Gedung X, gubernur menyaksikan penandatanganan di Hotel Y".
const priorPenalty = 3

// maxPrior is how far from "usai" the place of its clause stands, in tokens.
const maxPrior = 40

// priorClause reports whether a place stands in the clause that opens a
// sentence with "usai" or "sebelum" and does not tell of the signing.
func (d *document) priorClause(at int) bool {
	from, _ := d.sentence(at)
	for _, line := range d.datelines {
		if line.from == from {
			from = line.to
		}
	}
	if !d.is(from, d.x.deals.after) || at-from > maxPrior {
		return false
	}
	for i := from; i < at; i++ {
		if d.mark(i, ',') || actOf[d.cue(i)].signs() {
			return false
		}
	}
	return true
}

// maxDayGap is how far from a place the day may stand, in tokens.
const maxDayGap = 120

// venueDate weighs the day that the sentence of a place names: that of the
// signing speaks for the place, another against it.
func (d *document) venueDate(v venueFinding, signed *pakta.SignedOn) int {
	if p := d.art.Published; signed == nil || !p.IsZero() && signed.Value > d.publishedOn() {
		return 0
	}
	score := 0
	from, to := d.sentence(v.from)
	from, to = max(from, v.from-maxDayGap), min(to, v.from+maxDayGap)
	first := sort.Search(len(d.dates), func(k int) bool { return d.dates[k].from >= from })
	for i := first; i < len(d.dates) && d.dates[i].from < to; i++ {
		f := &d.dates[i]
		if f.precision != pakta.Day {
			continue
		}
		if f.value == signed.Value {
			return 2
		}
		score = -5
		if f.value > signed.Value && (v.rule == "venue.lead" || d.meetingIn(v.from)) {
			return -1 // a later meeting is the news, and the signing its history
		}
	}
	return score
}

// meetingIn reports whether the sentence tells of the occasion: "Acaranya",
// "Pertemuan", "Kegiatan" ... before the place.
func (d *document) meetingIn(at int) bool {
	from, _ := d.sentence(at)
	return d.hasWord(from, min(at, from+12), d.x.venues.occasions)
}
