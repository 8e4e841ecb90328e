package extract

import (
	"slices"
	"strings"
	"unicode"

	"pakta"
)

// resolvePersons says which mentions are of one person, gives regions to
// offices that are named without theirs, and finds the later mentions by a
// part of the name. Headlines come last: verbs have capitals there, and only
// the text tells what is a name.
func (d *document) resolvePersons() {
	for _, headline := range [2]bool{false, true} {
		for i := range d.findings.officials {
			o := &d.findings.officials[i]
			if o.former || o.collective || o.nameTo == o.nameFrom || d.inHeadline(o.from) != headline {
				continue
			}
			if headline && !d.trimHeadline(o) {
				continue
			}
			d.assignPerson(o)
		}
	}
	for i := range d.findings.officials {
		d.assignOffice(&d.findings.officials[i])
	}
	d.settleOffices()
	d.fillRegions()
	d.laterMentions()
	d.kinMentions()
}

// headlineWords is the length of a line in which capitals on nearly all words
// make a headline; longer ones are prose of a newsroom that writes so.
const headlineWords = 24

// inHeadline reports whether token i stands in the title, or in a short line
// whose words have capitals like those of a title.
func (d *document) inHeadline(i int) bool {
	if i < d.titleEnd {
		return true
	}
	l := &d.lines[d.toks[i].line]
	if l.headline == unasked {
		l.headline = answerOf(d.headlineCase(i))
	}
	return l.headline == yes
}

// headlineCase is inHeadline for the line of token i.
func (d *document) headlineCase(i int) bool {
	line, small, words := d.toks[i].line, 0, 0
	for _, step := range [2]int{-1, 1} {
		for j := i + min(step, 0); j >= 0 && j < len(d.toks) && d.toks[j].line == line; j += step {
			if d.toks[j].kind != word {
				continue
			}
			if words++; words > headlineWords {
				return false
			}
			if d.toks[j].shape == lower {
				small++
			}
		}
	}
	end := i
	for end+1 < len(d.toks) && d.toks[end+1].line == line {
		if end++; d.mark(end-1, '.') && d.toks[end].sent != d.toks[end-1].sent {
			return false // a caption with its credit: "... Kota Bogor Jenal Mutaqin. Foto: Pemkab Bogor"
		}
	}
	return words > 4 && small*6 <= words && !d.mark(end, '.')
}

// trimHeadline cuts a name read in a headline to the part that is a known
// person's: "Bupati Fadhil Arief Gelar Rapat". What is nobody's name in the
// text stays a name only when it opens like one.
func (d *document) trimHeadline(o *officialFinding) bool {
	if d.onlyName(o) {
		return true
	}
	for to := o.nameTo; to > o.nameFrom; to-- {
		words := d.nameWords(o.nameFrom, to)
		if k := d.personFor(o, d.nameText(o.nameFrom, to), words); k >= 0 && len(words) <= len(d.persons[k].folded) {
			for i := to; i < o.nameTo; i++ {
				d.owner[i] = free
			}
			if to < o.nameTo {
				o.nameTo, o.to, o.titles = to, to, nil
			}
			return true
		}
	}
	if len(o.titles) > 0 || d.isGiven(o.nameFrom) && o.nameTo-o.nameFrom > 1 {
		return true
	}
	d.reject(o.from, o.to, o.rule, "the words behind an office in a headline are nobody's name in the text")
	for i := o.nameFrom; i < o.nameTo; i++ {
		d.owner[i] = free
	}
	if o.nameFrom > o.from { // not "X, Bupati Y"
		o.to = min(o.to, o.nameFrom)
	}
	o.nameFrom = o.nameTo
	return false
}

// maxCaption is how long a name in a caption is that holds nothing else, in
// words.
const maxCaption = 4

// onlyName reports whether a line of the text is an office and a name alone, as
// a caption is: "Gubernur Sumatera Barat Mahyeldi Ansharullah". Words that rules
// know are no part of a name there.
func (d *document) onlyName(o *officialFinding) bool {
	end := o.nameTo
	if o.from < d.titleEnd || o.region == "" || end-o.nameFrom > maxCaption || end < len(d.toks) && d.toks[end].line == d.toks[o.from].line {
		return false
	}
	for i := o.nameFrom; i < end; i++ {
		if d.toks[i].word != 0 && !d.isGiven(i) {
			return false
		}
	}
	return o.from == 0 || d.toks[o.from].line != d.toks[o.from-1].line
}

// assignPerson joins a named mention to the person it fits, or makes a new one.
func (d *document) assignPerson(o *officialFinding) {
	name, words := d.nameText(o.nameFrom, o.nameTo), d.nameWords(o.nameFrom, o.nameTo)
	o.person = d.personFor(o, name, words)
	if o.person < 0 {
		o.person = len(d.persons)
		p := d.addPerson()
		p.name, p.folded, p.position, p.class, p.acting, p.region, p.elsewhere = name, words, o.position, o.class, o.acting, o.region, o.elsewhere
	}
	p := &d.persons[o.person]
	if o.rule == "official.after" && (publicOffice(o.class) && sideOffice(p.class) || o.class == "head" && p.class == "deputy" && o.acting != "") {
		// "Nasrun, Manajer Rekaan FC, yang juga Kepala Dinas Perhubungan", "Wakil Bupati Rekalami selaku Plt Bupati"
		p.position, p.class, p.acting, p.region, p.elsewhere = o.position, o.class, o.acting, o.region, o.elsewhere
	}
	if nick := d.nickBehind(o); nick != "" {
		p.nick = nick
	}
	d.join(p, o, name, words)
}

// publicOffice reports whether an office is one of a regional government: of two
// offices of one person it is what reports are about.
func publicOffice(class string) bool {
	switch class {
	case "assistant", "agency", "council", "area":
		return true
	}
	return oneHolder(class)
}

// sideOffice reports whether an office is one that holders of others have besides.
func sideOffice(class string) bool {
	switch class {
	case "company", "chief", "other", "school":
		return true
	}
	return false
}

// nickBehind is the nickname in brackets behind a name, folded, empty for none; the
// closing one is missing sometimes: "Rudy Rekamas (Reharum. Selain itu".
func (d *document) nickBehind(o *officialFinding) string {
	at := o.nameTo
	if !d.mark(at, '(') {
		at = o.to
	}
	if !d.mark(at, '(') || !d.capital(at+1) || d.toks[at+1].shape != title || !d.mark(at+2, ')') && !d.mark(at+2, '.') || d.opensAny(at+1, personStops|1<<listRegions) {
		return ""
	}
	return d.folded(at+1, at+2)
}

// addPerson adds a person of whom nothing is known, with the room of an
// earlier article's.
func (d *document) addPerson() *person {
	n := len(d.persons)
	if n == cap(d.persons) {
		d.persons = append(d.persons, person{})
	}
	d.persons = d.persons[:n+1]
	p := &d.persons[n]
	*p = person{claims: p.claims[:0]}
	return p
}

// maxPersons bounds the persons that a mention is compared with: the longest
// lists of officials in the news have some fifty.
const maxPersons = 200

// personFor is the person that a name in an office, with its words, is of, -1
// for none: one who holds the same office before one who holds another.
func (d *document) personFor(o *officialFinding, name string, words []string) int {
	other := -1
	for k := range d.persons[:min(len(d.persons), maxPersons)] {
		p := &d.persons[k]
		if p.nick != "" && len(words) == 1 && words[0] == p.nick {
			return k
		}
		same := p.position == o.position
		if same && p.region != "" && o.region != "" && p.region != o.region {
			if other < 0 && d.lonePart(o, p, words) {
				other = k // "Terima kasih, Bupati Y, Pak Hijazi": he is the Bupati of X
			}
			continue
		}
		if !same && wives(p.position) != wives(o.position) && p.folded[0] != words[0] {
			continue // "Ketua TP PKK Rusdiana Adi" is not Bupati Adi
		}
		switch fits := fitsName(p.folded, words); {
		case same && (fits || oneHolder(o.class) && likeName(p.folded, words)):
			return k
		case fits && !same && other < 0 && (min(len(words), len(p.folded)) > 1 || name == p.name || d.lonePart(o, p, words)):
			other = k
		}
	}
	if other < 0 {
		other = d.nickname(o, words)
	}
	return other
}

// wives reports whether an office is by custom that of the wife of a holder,
// who bears his name.
func wives(position string) bool {
	for _, w := range [...]string{"PKK", "Dekranasda", "Dharma Wanita", "DWP", "GOW", "Bhayangkari", "Persit"} {
		if strings.Contains(position, w) {
			return true
		}
	}
	return false
}

// nickname reports whether the one word of a mention without a region is
// another name of the only holder of the office that the text has named so far:
// "Wali Kota Aaf".
func (d *document) nickname(o *officialFinding, words []string) int {
	holder := -1
	if len(words) > 1 || o.region != "" || o.elsewhere || o.class != "head" && o.position != president {
		return -1
	}
	for k := range d.persons[:min(len(d.persons), maxPersons)] {
		if d.persons[k].position == o.position {
			if holder >= 0 || len(d.persons[k].folded) < 2 {
				return -1
			}
			holder = k
		}
	}
	return holder
}

// president is the office of which a country has one holder, whom newsrooms call
// by other names: "Presiden Jokorekawi".
const president = "Presiden"

// lonePart reports whether a mention by one word, apart from its office, is that
// of a person whom the text has named before with more: "Hendro, yang juga
// Kepala Biro", "minta izin Bupati, Artika yang ...".
func (d *document) lonePart(o *officialFinding, p *person, words []string) bool {
	return len(words) == 1 && len(p.folded) > 1 && slices.Contains(p.folded, words[0]) && (o.rule == "official.after" || d.mark(o.nameFrom-1, ','))
}

// oneHolder reports whether an office has but one holder in a region.
func oneHolder(class string) bool {
	switch class {
	case "head", "deputy", "secretary":
		return true
	}
	return false
}

// likeName reports whether two names of the holder of one office are one
// person's, spelt differently: "Cek Hendra" and "Cek Endra", "Anton" and
// "Antonius Leonardo".
func likeName(a, b []string) bool {
	return slices.ContainsFunc(a, func(w string) bool {
		return len(w) > 2 && slices.ContainsFunc(b, func(o string) bool { return nearWord(w, o) || shortFor(w, o) || shortFor(o, w) })
	})
}

// shortFor reports whether short opens a name that long is.
func shortFor(short, long string) bool {
	return len(short) > 3 && len(short) < len(long) && strings.HasPrefix(long, short)
}

// join adds a mention with a name, empty for none, to a person: the fullest
// name and every title stay.
func (d *document) join(p *person, o *officialFinding, name string, words []string) {
	if name != "" {
		p.spell(name, words)
	}
	if p.region == "" && p.position == o.position {
		p.region = o.region
	}
	if p.acting == "" && p.position == o.position {
		p.acting = o.acting
	}
	for _, t := range o.titles {
		if !slices.Contains(p.titles, t) {
			p.titles = append(p.titles, t)
		}
	}
	if name != "" && o.rule != "official.name" {
		d.countOffice(p, o)
	}
	d.addMention(p, o)
}

// spell notes how a mention writes a person's name: the fuller one stays, and
// of two spellings the one that the text has more often, or first.
func (p *person) spell(name string, words []string) {
	switch {
	case p.name == "" || len(words) > len(p.folded) || len(words) == len(p.folded) && len(name) > len(p.name) && !slices.EqualFunc(words, p.folded, nearWord):
		p.name, p.folded, p.spelt = name, words, 1
	case name == p.name:
		p.spelt++
	case name == p.other:
		if p.others++; p.others > p.spelt {
			p.name, p.folded, p.other, p.spelt, p.others = name, words, p.name, p.others, p.spelt
		}
	case len(words) == len(p.folded):
		p.other, p.others = name, 1
	}
}

// countOffice notes the office that a mention gives to a person.
func (d *document) countOffice(p *person, o *officialFinding) {
	for i := range p.claims {
		if p.claims[i].position == o.position {
			p.claims[i].count++
			return
		}
	}
	p.claims = append(p.claims, claimedOffice{o.position, o.class, 1, d.evidence(o.from, o.to, o.rule)})
}

// settleOffices notes persons who are given two offices that nobody holds at
// once, Bupati and Wakil Bupati: the one that is named more often stands.
func (d *document) settleOffices() {
	for k := range d.persons {
		p := &d.persons[k]
		best, rivals := -1, 0
		for i := range p.claims {
			c := &p.claims[i]
			if !oneHolder(c.class) {
				continue
			}
			rivals++
			if best < 0 || c.count > p.claims[best].count || c.count == p.claims[best].count && c.position == p.position {
				best = i
			}
		}
		if rivals < 2 {
			continue
		}
		p.position, p.class = p.claims[best].position, p.claims[best].class
		d.unresolved = append(d.unresolved, pakta.Unresolved{
			Field: "officials", Reason: pakta.Conflict, Message: p.name + " is named in offices that nobody holds at once", Evidence: p.rivals(),
		})
	}
}

// rivals are the first mentions of the offices that one holds alone.
func (p *person) rivals() []pakta.Evidence {
	var all []pakta.Evidence
	for i := range p.claims {
		if oneHolder(p.claims[i].class) {
			all = append(all, p.claims[i].first)
		}
	}
	return all
}

func (d *document) addMention(p *person, o *officialFinding) {
	for _, r := range o.roles {
		if !slices.Contains(p.roles, r) {
			p.roles = append(p.roles, r)
		}
	}
	p.evidence = d.more(p.evidence, d.evidence(o.from, o.to, o.rule))
}

// fitsName reports whether one name is a part, or a misspelling, of the other:
// every word of the shorter is near a word of the longer, or an initial of one.
// Initials alone tell nothing: "M. Arifin" is not "Muchendi Mahzareki"; and where
// one is written out, all words are: "Anas Halim" is not "A. Juwari Halim".
func fitsName(x, y []string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	near, initials := 0, 0
	for _, w := range x {
		switch {
		case isNear(w, y):
			near++
		case slices.ContainsFunc(y, func(o string) bool { return (len(w) == 1 || len(o) == 1) && w[0] == o[0] }):
			initials++
		default:
			return false
		}
	}
	return near > 0 && (initials == 0 || !slices.ContainsFunc(y, func(o string) bool { return len(o) > 1 && !isNear(o, x) && !isInitialOf(o, x) }))
}

// isNear reports whether a word is near one of a name's.
func isNear(w string, name []string) bool {
	return len(w) > 1 && slices.ContainsFunc(name, func(o string) bool { return nearWord(w, o) })
}

// isInitialOf reports whether an initial of a name stands for the word.
func isInitialOf(w string, name []string) bool {
	return slices.ContainsFunc(name, func(o string) bool { return len(o) == 1 && o[0] == w[0] })
}

// nameWords are the folded words of the name at tokens [from, to).
func (d *document) nameWords(from, to int) []string {
	begin := len(d.strings)
	name, start := d.folded(from, to), -1
	for i, r := range name {
		switch apart := r == '.' || r == ',' || r == '-' || r == '"' || unicode.IsSpace(r); {
		case apart && start >= 0:
			d.strings = append(d.strings, name[start:i])
			start = -1
		case !apart && start < 0:
			start = i
		}
	}
	if start >= 0 {
		d.strings = append(d.strings, name[start:])
	}
	return d.strings[begin:len(d.strings):len(d.strings)]
}

// nearWord reports whether two words of names are the same but for one letter
// more, less or other; words of three letters and less must be equal.
func nearWord(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b {
		return true
	}
	if len(a) < 4 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

// assignOffice joins a mention without a name ("Bupati Bangka mengatakan") to
// the person who holds the office, when there is just one.
func (d *document) assignOffice(o *officialFinding) {
	if o.former || o.collective || o.person >= 0 || o.nameTo > o.nameFrom {
		return
	}
	holder := -1
	for k := range d.persons[:min(len(d.persons), maxPersons)] {
		p := &d.persons[k]
		if p.position != o.position || o.region != "" && (p.elsewhere || p.region != "" && o.region != p.region) {
			continue
		}
		if holder >= 0 {
			return
		}
		holder = k
	}
	if holder < 0 || o.region == "" && d.insideQuote(o.from) {
		return
	}
	if d.inVenue(o.from) {
		return
	}
	o.person = holder
	d.join(&d.persons[holder], o, "", nil)
}

// insideQuote reports whether an odd number of quotation marks stands before
// token i in its line: a speaker greets others by their office.
func (d *document) insideQuote(i int) bool {
	n := 0
	for j := i - 1; j >= 0 && d.toks[j].line == d.toks[i].line && i-j < 400; j-- {
		if d.toks[j].ch == '"' {
			n++
		}
	}
	return n%2 == 1
}

// inVenue reports whether a word for a building stands right before token i.
func (d *document) inVenue(i int) bool {
	for j, n := i-1, 0; j >= 0 && n < 3 && d.sameSentence(j, i); j, n = j-1, n+1 {
		if h, ok := d.longest(j, listVenues); ok && d.class(h) == "head" {
			return true
		}
		if t := &d.toks[j]; t.shape == lower && t.word == 0 {
			return false // "Kapal itu diluncurkan Presiden X"
		}
	}
	return false
}

// recordOfficials lists the persons in the order of the text, then the offices
// without a person.
func (d *document) recordOfficials() []pakta.Official {
	out := make([]pakta.Official, 0, len(d.persons)+1)
	for k := range d.persons {
		p := &d.persons[k]
		slices.SortFunc(p.evidence, func(a, b pakta.Evidence) int { return a.Start - b.Start })
		p.evidence = slices.Compact(p.evidence)
		out = append(out, pakta.Official{
			Name: pakta.Maybe(p.name), Titles: orEmpty(p.titles), Position: pakta.Maybe(p.position), Acting: p.acting,
			Region: pakta.Maybe(p.region), Roles: orEmpty(p.roles), Evidence: p.evidence,
		})
	}
	var known places
	for i := range d.findings.officials {
		o := &d.findings.officials[i]
		if o.person >= 0 || o.former || !o.collective && (o.acting == "" && o.class != "secretary" || o.nameTo > o.nameFrom) || d.inVenue(o.from) {
			continue
		}
		e := d.evidence(o.from, o.to, o.rule)
		key := o.position + string(o.acting)
		if j := known.find(key); j >= 0 {
			out[j].Evidence = d.more(out[j].Evidence, e)
			continue
		}
		known.keep(key, len(out))
		out = append(out, pakta.Official{
			Titles: []string{}, Position: pakta.Maybe(o.position), Acting: o.acting, Region: pakta.Maybe(o.region),
			Roles: orEmpty(slices.Clone(o.roles)), Collective: o.collective, Evidence: d.one(e),
		})
	}
	return out
}

// orEmpty makes nil an empty list, so that it is written as [].
func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
