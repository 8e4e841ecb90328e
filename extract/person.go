package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pakta"
)

// resolvePersons says which mentions are of one person, gives regions to
// offices that are named without theirs, and finds the later mentions by a
// part of the name.
func (d *document) resolvePersons() {
	for i := range d.findings.officials {
		o := &d.findings.officials[i]
		if o.former || o.collective || o.nameTo == o.nameFrom {
			continue
		}
		d.assignPerson(o)
	}
	for i := range d.findings.officials {
		d.assignOffice(&d.findings.officials[i])
	}
	d.fillRegions()
	d.laterMentions()
	d.kinMentions()
}

// assignPerson joins a named mention to the person it fits, or makes a new one.
func (d *document) assignPerson(o *officialFinding) {
	name := d.nameText(o.nameFrom, o.nameTo)
	for k := range d.persons {
		p := &d.persons[k]
		if !fitsName(p.name, name) || p.region != "" && o.region != "" && p.region != o.region && p.position == o.position {
			continue
		}
		if p.position != o.position && len(strings.Fields(name)) == 1 && len(strings.Fields(p.name)) == 1 && p.name != name {
			continue
		}
		d.join(p, o, name)
		o.person = k
		return
	}
	d.persons = append(d.persons, person{name: name, position: o.position, class: o.class, acting: o.acting, region: o.region})
	o.person = len(d.persons) - 1
	d.join(&d.persons[o.person], o, name)
}

// join adds a mention to a person: the fullest name and every title stay.
func (d *document) join(p *person, o *officialFinding, name string) {
	if len(name) > len(p.name) {
		p.name = name
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
	d.addMention(p, o)
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
// every word of the shorter is near a word of the longer.
func fitsName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return false
	}
	for _, w := range x {
		if !slices.ContainsFunc(y, func(o string) bool { return nearWord(w, o) }) {
			return false
		}
	}
	return true
}

func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '.' || r == ',' || r == '-' })
}

// appendLower appends s in lower case.
func appendLower(to []byte, s string) []byte {
	for _, r := range s {
		to = utf8.AppendRune(to, unicode.ToLower(r))
	}
	return to
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
	for k := range d.persons {
		p := &d.persons[k]
		if p.position != o.position || o.region != "" && p.region != "" && o.region != p.region {
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
	d.join(&d.persons[holder], o, "")
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
		if h, ok := d.longest(j, listVenues); ok && d.attr(h, "class") == "head" {
			return true
		}
	}
	return false
}

// fillRegions gives every office the region that the text lets one know: the
// only one of its kind, else the one named last before it.
func (d *document) fillRegions() {
	for k := range d.persons {
		p := &d.persons[k]
		if p.region != "" {
			continue
		}
		at := 0
		for i := range d.findings.officials {
			if d.findings.officials[i].person == k {
				at = d.findings.officials[i].from
				break
			}
		}
		p.region = d.regionOfOffice(p.position, p.class, at)
	}
	for i := range d.findings.officials {
		o := &d.findings.officials[i]
		switch {
		case o.person >= 0:
			if o.region == "" {
				o.region = d.persons[o.person].region
			}
		case o.region == "" && !o.former:
			o.region = d.regionOfOffice(o.position, o.class, o.from)
		}
	}
}

// levels are the kinds of region that offices belong to.
var levels = map[string]pakta.RegionKind{
	"Bupati": pakta.Kabupaten, "Wakil Bupati": pakta.Kabupaten, "Wali Kota": pakta.Kota, "Wakil Wali Kota": pakta.Kota,
	"Gubernur": pakta.Provinsi, "Wakil Gubernur": pakta.Provinsi,
}

func (d *document) regionOfOffice(position, class string, at int) string {
	switch class {
	case "vertical", "school", "company", "central", "foreign":
		return ""
	case "other":
		if position != "Camat" && position != "Staf Ahli" {
			return ""
		}
	}
	level := levels[position]
	last, only, several := "", "", false
	for i := range d.findings.regions {
		r := &d.findings.regions[i]
		region, ok := d.x.set.RegionByCode(r.code)
		if !ok || level != "" && region.Kind != level || position == "Camat" && region.Kind == pakta.Provinsi {
			continue
		}
		if r.government || r.office || r.name > r.from || level != "" {
			if only != "" && only != r.code {
				several = true
			}
			only = r.code
			if r.from < at || last == "" {
				last = r.code
			}
		}
	}
	if !several {
		return only
	}
	return last
}

// laterMentions finds the parts of known names that stand alone, or a fuller
// name without the office: "kata Fadhil", "ujar Najamuddin Amy".
func (d *document) laterMentions() {
	if len(d.persons) == 0 {
		return
	}
	owner := map[string]int{} // folded word of a name to its person, -1 when it is of several
	for k := range d.persons {
		for _, w := range nameWords(d.persons[k].name) {
			if have, ok := owner[w]; ok && have != k {
				owner[w] = -1
			} else {
				owner[w] = k
			}
		}
	}
	var folded []byte
	for i := 0; i < len(d.toks); i++ {
		if d.toks[i].kind != word || d.toks[i].shape == lower || d.owner[i] != free || d.lineOf(i) == lineRelated || d.lineOf(i) == lineByline {
			continue
		}
		folded = appendLower(folded[:0], d.slice(i, i+1))
		k, ok := owner[string(folded)]
		if !ok || k < 0 || d.toks[i].end-d.toks[i].start < 3 {
			continue
		}
		n, ok := d.nameAt(i)
		if !ok || n.first != i || !fitsName(d.persons[k].name, d.nameText(n.first, n.last)) || d.formerBefore(i) {
			continue
		}
		o := officialFinding{from: i, to: n.last, nameFrom: i, nameTo: n.last, position: d.persons[k].position, region: d.persons[k].region, person: k, rule: "official.name"}
		d.take(n.first, n.last, claimPerson)
		d.roles(&o)
		d.join(&d.persons[k], &o, d.nameText(n.first, n.last))
		d.mentions = append(d.mentions, o)
		i = n.last - 1
	}
}

func (d *document) formerBefore(i int) bool {
	h, ok := d.hitEnding(i, listOfficialCues, 2)
	return ok && d.attr(h, "role") == "former"
}

// maxKin is how far "Suami Zulva ini" reaches, in tokens.
const maxKin = 5

// kinMentions: "Suami Zulva ini", "Pria kelahiran Solo itu" at the head of a
// sentence is who was named last.
func (d *document) kinMentions() {
	for i := 1; i < len(d.toks); i++ {
		if !d.opensSentence(i) || !d.is(i, d.x.officials.kin...) || d.lineOf(i) == lineRelated {
			continue
		}
		for j := i + 1; j < i+maxKin && d.sameSentence(i, j); j++ {
			if !d.is(j, d.x.officials.that...) {
				continue
			}
			if k := d.lastPerson(i); k >= 0 {
				d.persons[k].evidence = d.more(d.persons[k].evidence, d.evidence(i, j+1, "official.kin"))
			}
			break
		}
	}
}

// lastPerson is the person mentioned last before token i, -1 for none.
func (d *document) lastPerson(i int) int {
	best, at := -1, -1
	for _, all := range [2][]officialFinding{d.findings.officials, d.mentions} {
		for j := range all {
			if o := &all[j]; o.person >= 0 && o.from < i && o.from > at {
				best, at = o.person, o.from
			}
		}
	}
	return best
}

// recordOfficials lists the persons in the order of the text, then the offices
// without a person.
func (d *document) recordOfficials() []pakta.Official {
	out := []pakta.Official{}
	for k := range d.persons {
		p := &d.persons[k]
		slices.SortFunc(p.evidence, func(a, b pakta.Evidence) int { return a.Start - b.Start })
		p.evidence = slices.Compact(p.evidence)
		out = append(out, pakta.Official{
			Name: pakta.Maybe(p.name), Titles: orEmpty(p.titles), Position: pakta.Maybe(p.position), Acting: p.acting,
			Region: pakta.Maybe(p.region), Roles: orEmpty(p.roles), Evidence: p.evidence,
		})
	}
	seen := map[string]int{}
	for i := range d.findings.officials {
		o := &d.findings.officials[i]
		if o.person >= 0 || o.former || !o.collective && (o.acting == "" && o.class != "secretary" || o.nameTo > o.nameFrom) || d.inVenue(o.from) {
			continue
		}
		e := d.evidence(o.from, o.to, o.rule)
		key := o.position + string(o.acting)
		if j, ok := seen[key]; ok {
			out[j].Evidence = d.more(out[j].Evidence, e)
			continue
		}
		seen[key] = len(out)
		out = append(out, pakta.Official{
			Titles: []string{}, Position: pakta.Maybe(o.position), Acting: o.acting, Region: pakta.Maybe(o.region),
			Roles: orEmpty(o.roles), Collective: o.collective, Evidence: d.one(e),
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
