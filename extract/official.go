package extract

import (
	"slices"
	"strings"

	"pakta"
)

// officialRules is what the reading of officials needs, compiled.
type officialRules struct {
	and, skip, roman, kin, that []uint32
}

func newOfficialRules(lex *lexicon) officialRules {
	return officialRules{
		and:   lex.words("dan serta"),
		skip:  lex.words("cabang setempat ri wilayah tingkat bidang"),
		roman: lex.words("i ii iii iv"),
		kin:   lex.words("suami istri pria wanita perempuan ayah ibu mantan politisi"),
		that:  lex.words("ini itu tersebut"),
	}
}

// readOfficials finds the mentions of persons in office: an office with a name
// behind it ("Bupati Batang Hari Mhd. Fadhil Arief"), before it ("X, Bupati
// Y"), or without one ("para Camat"), and then who is whom.
func (d *document) readOfficials() {
	d.readAreas()
	d.readCollectives()
	d.eachHit(listPositions, func(h hit) {
		from := int(h.from)
		if k := d.lineOf(from); k == lineRelated || k == lineByline || d.owner[from] == claimLaw || d.owner[from] == claimPerson {
			return
		}
		d.readOfficial(h)
	})
	slices.SortStableFunc(d.findings.officials, func(a, b officialFinding) int { return a.from - b.from })
	d.resolvePersons()
}

// readAreas notes the names of kecamatan and villages, which stand between the
// office of their head and a person: "Camat Rajabasa Sabilal".
func (d *document) readAreas() {
	d.areaNames = map[string]bool{}
	d.eachHit(listPlaces, func(h hit) {
		if d.attr(h, "class") == "area" && d.capital(int(h.to)) && len(d.areaNames) < maxBodies {
			d.areaNames[foldString(d.tokenText(int(h.to)))] = true
		}
	})
}

// tokenText is the text of token i, empty behind the last one.
func (d *document) tokenText(i int) string {
	if i < 0 || i >= len(d.toks) {
		return ""
	}
	return d.slice(i, i+1)
}

// readCollectives: "para Camat", "kepala OPD".
func (d *document) readCollectives() {
	d.eachHit(listCollectives, func(h hit) {
		from, to := int(h.from), int(h.to)
		if d.lineOf(from) == lineRelated || !d.unclaimed(from, to) {
			return
		}
		if d.capital(to) && !d.regionFollows(to) && d.owner[to] == free && !d.stopsName(to) && d.sameSentence(from, to) {
			return // "Asisten Setda Marlina": a person
		}
		d.findings.officials = append(d.findings.officials, officialFinding{
			from: from, to: to, nameFrom: to, nameTo: to, position: d.attr(h, "position"), collective: true, person: -1, rule: "official.collective",
		})
		d.take(from, to, claimPerson)
	})
}

func (d *document) regionFollows(i int) bool {
	return i < len(d.owner) && d.owner[i] == claimRegion
}

// readOfficial reads the mention whose office is hit h.
func (d *document) readOfficial(h hit) {
	o := officialFinding{from: int(h.from), to: int(h.to), position: d.id(h), person: -1, rule: "official.before"}
	class := d.attr(h, "class")
	o.class = class
	i := d.agencyName(&o, h)
	d.actingBefore(&o)
	i = d.regionAfter(&o, h, i)
	if name, ok := d.nameAfter(&o, i); ok {
		d.setName(&o, name)
		d.pairedName(&o, h, name)
	} else if name, ok := d.nameBefore(&o); ok {
		o.rule = "official.after"
		d.setName(&o, name)
		o.from = min(o.from, name.from)
	} else {
		o.nameFrom, o.nameTo = o.to, o.to
	}
	d.roles(&o)
	d.findings.officials = append(d.findings.officials, o)
}

// setName puts a name into a mention and claims it.
func (d *document) setName(o *officialFinding, n personName) {
	o.nameFrom, o.nameTo, o.titles = n.first, n.last, n.titles
	o.to = max(o.to, n.to)
	d.take(n.first, n.last, claimPerson)
}

// agencyName extends "Kepala Dinas" over the words of the agency and returns
// where the mention goes on.
func (d *document) agencyName(o *officialFinding, h hit) int {
	i := int(h.to)
	switch d.attr(h, "class") {
	case "agency", "assistant":
	default:
		return d.skipBracket(i)
	}
	for d.is(i, d.x.officials.roman...) {
		i++
	}
	end := i
	for n := 0; n < 16 && d.sameSentence(int(h.from), i); n++ {
		if s, ok := d.longest(i, listSectorTerms); ok && d.owner[i] == free {
			i = int(s.to)
			end = i
		} else if a, ok := d.longest(i, listAgencies); ok && d.attr(a, "kind") != "council" && d.owner[i] == free {
			i = int(a.to)
			end = i
		} else if d.is(i, d.x.officials.and...) || d.mark(i, ',') && d.agencyWord(i+1) {
			i++
		} else {
			break
		}
	}
	if end > int(h.to) && d.attr(h, "class") == "agency" {
		o.position = canonicalOffice(o.position, d.nameText(int(h.to), end), d, int(h.to))
	}
	o.to = max(o.to, end)
	return d.skipBracket(end)
}

// agencyWord reports whether a word of an agency's name opens at i.
func (d *document) agencyWord(i int) bool {
	if _, ok := d.longest(i, listSectorTerms); ok {
		return d.capital(i)
	}
	h, ok := d.longest(i, listAgencies)
	return ok && d.attr(h, "kind") == "words" && d.capital(i)
}

// canonicalOffice is the short title with the agency: "Kepala Dinas Tenaga
// Kerja", and for short names the long ones: Kepala + Disnaker.
func canonicalOffice(position, agency string, d *document, at int) string {
	if h, ok := d.longest(at, listAgencies); ok && d.attr(h, "kind") != "words" && d.attr(h, "kind") != "head" {
		return "Kepala " + strings.TrimPrefix(d.id(h), "Kepala ")
	}
	words := strings.Fields(agency)
	for i, w := range words {
		low := strings.ToLower(w)
		switch {
		case low == "dan" || low == "serta":
			words[i] = low
		case low == "kerjasama":
			words[i] = "Kerja Sama"
		case w == low:
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return position + " " + strings.Join(words, " ")
}

// skipBracket steps over a short bracket: "Sekretaris Daerah (Sekda)".
func (d *document) skipBracket(i int) int {
	if d.mark(i, '(') {
		for j := i + 1; j < i+6 && j < len(d.toks); j++ {
			if d.mark(j, ')') {
				return j + 1
			}
		}
	}
	return i
}

// actingBefore reads "Pj", "Penjabat (Pj)", "Plt." and "mantan" before an
// office.
func (d *document) actingBefore(o *officialFinding) {
	at := o.from
	for n := 0; n < 2; n++ {
		end := at
		if d.mark(end-1, '.') && d.toks[end-1].inner {
			end--
		}
		if d.mark(end-1, ')') {
			end--
		}
		h, ok := d.hitEnding(end, listActing, 3)
		if !ok {
			break
		}
		o.acting = pakta.Acting(d.id(h))
		at = int(h.from)
		if d.mark(at-1, '(') {
			at--
		}
		o.from = at
	}
	if h, ok := d.hitEnding(o.from, listOfficialCues, 2); ok && d.attr(h, "role") == "former" {
		o.former = true
	}
}

// regionAfter finds the region of the office in the words from i, and returns
// where the mention goes on.
func (d *document) regionAfter(o *officialFinding, h hit, i int) int {
	if d.attr(h, "region") == "body" {
		return d.bodyRegion(o, i)
	}
	if d.attr(h, "region") == "no" {
		return d.bodyAfter(o, i)
	}
	for k := range d.findings.regions {
		r := &d.findings.regions[k]
		if r.name >= i && r.name <= i+5 && d.sameSentence(i, r.name) && d.onlyPrefixes(i, r.name) {
			o.region = r.code
			o.to = max(o.to, r.to)
			return max(i, r.to)
		}
	}
	if a, ok := d.longest(i, listAgencies); ok && d.attr(a, "kind") == "setda" {
		o.to = int(a.to)
		return d.regionAfter(o, h, int(a.to))
	}
	return i
}

// onlyPrefixes reports whether nothing but words before a region's name, or
// the secretariat it belongs to, stands in [from, to).
func (d *document) onlyPrefixes(from, to int) bool {
	for i := from; i < to; {
		if h, ok := d.longest(i, listRegionPrefixes); ok {
			i = int(h.to)
		} else if h, ok := d.longest(i, listAgencies); ok && d.attr(h, "kind") == "setda" {
			i = int(h.to)
		} else if d.toks[i].kind == punct && d.toks[i].ch != ',' {
			i++
		} else {
			return false
		}
	}
	return true
}

// bodyRegion reads the region in the name of a vertical body: "Kepala
// Kejaksaan Negeri Paser", "Komandan Kodim 0413/Bangka".
func (d *document) bodyRegion(o *officialFinding, i int) int {
	i = d.skipBracket(i)
	for n := 0; n < 5 && i < len(d.toks) && d.sameSentence(o.from, i); n++ {
		if best, ok := d.longest(i, listRegions); ok && d.capital(i) {
			o.region = d.verticalRegion(best, o)
			o.to = int(best.to)
			d.take(i, o.to, claimBody)
			return o.to
		}
		_, prefix := d.longest(i, listRegionPrefixes)
		unit := d.mark(i-1, '/') && !d.toks[i].spaced // "1202/Skw"
		if t := &d.toks[i]; !prefix && !unit && t.kind != number && t.ch != '/' && !d.is(i, d.x.officials.skip...) {
			return i
		}
		i++
	}
	return i
}

// verticalRegion picks the region that the body is of: the one that the text
// names elsewhere, or the only one.
func (d *document) verticalRegion(name hit, o *officialFinding) string {
	may := d.namesakes(name)
	for i := range d.findings.regions {
		if r := &d.findings.regions[i]; slices.Contains(may, r.region) {
			return r.code
		}
	}
	if strings.Contains(o.position, "Tinggi") || strings.Contains(o.position, "Wilayah") {
		may = d.ofKind(may, "provinsi")
	}
	if len(may) == 1 {
		return d.x.regions.regions[may[0]].Code
	}
	return ""
}

// bodyAfter steps over the name of the body that an office belongs to:
// "Direktur Utama PT Dua Roda Hendra", "Direktur Polman Babel, Sugeng".
func (d *document) bodyAfter(o *officialFinding, i int) int {
	for d.is(i, d.x.bodies.republics...) || d.is(i, d.x.officials.skip...) {
		i++
	}
	for k := range d.bodies {
		b := &d.bodies[k]
		if b.from == i {
			o.to, i = b.to, b.to
			break
		}
		if n := d.startsLike(i, b.words[1:]); n > 0 {
			o.to, i = i+n, i+n
			break
		}
	}
	if o.class == "company" || o.class == "school" {
		j := i
		for d.capital(j) && d.sameSentence(i, j) && j-i < 8 && !d.endsName(j, 0) {
			j++
		}
		if j > i && d.mark(j, ',') && d.capital(j+1) && !d.isDegree(j+1) && !d.endsName(j+1, 0) {
			o.to = j
			return j
		}
	}
	return i
}

// startsLike is how many tokens from i spell the folded words, 0 when they do
// not: the name of a body without its head, "Dragon Land".
func (d *document) startsLike(i int, words []string) int {
	if len(words) == 0 || i+len(words) > len(d.toks) {
		return 0
	}
	for k, w := range words {
		if foldString(d.slice(i+k, i+k+1)) != w {
			return 0
		}
	}
	return len(words)
}

// nameAfter reads the name behind an office, after a comma perhaps.
func (d *document) nameAfter(o *officialFinding, i int) (personName, bool) {
	i = d.skipBracket(i)
	if o.position == "Camat" {
		for d.areaNames[foldString(d.tokenText(i))] {
			i++
		}
	}
	if d.mark(i, ',') {
		n, ok := d.nameAt(i + 1)
		// "..., Bandung, ..." or a new clause is no name; a place of the
		// sentence is owned by now.
		return n, ok && d.sameSentence(o.from, i+1)
	}
	if !d.sameSentence(o.from, i) {
		return personName{}, false
	}
	return d.nameAt(i)
}

// nameBefore reads a name that stands before its office: "X, Bupati Y", "X
// selaku Bupati Y".
func (d *document) nameBefore(o *officialFinding) (personName, bool) {
	end := o.from
	link := false
	if h, ok := d.hitEnding(end, listOfficialCues, 3); ok && d.attr(h, "role") == "link" {
		link, end = true, int(h.from)
	}
	if d.mark(end-1, ',') {
		end--
	} else if !link {
		return personName{}, false
	}
	first := end
	for first > 0 && end-first < maxName && d.sameSentence(first-1, o.from) && d.owner[first-1] == free &&
		(d.capital(first-1) && !d.endsName(first-1, 0) || d.mark(first-1, '.') && d.toks[first-1].inner) {
		first--
	}
	for first < end && d.opensSentence(first) && end-first > 1 && d.stopsName(first) {
		first++
	}
	n, ok := d.nameAt(first)
	return n, ok && n.to >= end && (link || n.last-n.first > 1)
}

// pairedName: "Bupati dan Wakil Bupati Kendal, A dan B": the name read belongs
// to the office before "dan", the next one to this office.
func (d *document) pairedName(o *officialFinding, h hit, n personName) {
	k := len(d.findings.officials) - 1
	if k < 0 || !d.is(int(h.from)-1, d.x.officials.and...) || !d.is(n.to, d.x.officials.and...) {
		return
	}
	before := &d.findings.officials[k]
	if before.to != int(h.from)-1 || before.nameTo > before.nameFrom {
		return
	}
	second, ok := d.nameAt(n.to + 1)
	if !ok {
		return
	}
	before.nameFrom, before.nameTo, before.titles, before.region = n.first, n.last, n.titles, o.region
	d.setName(o, second)
}

// roles reads what the official does from the words near.
func (d *document) roles(o *officialFinding) {
	for j, n := o.to, 0; n < 5 && d.sameSentence(o.from, j); j, n = j+1, n+1 {
		if h, ok := d.longest(j, listOfficialCues); ok && d.attr(h, "side") == "before" && d.attr(h, "role") != "link" && d.attr(h, "role") != "former" {
			o.roles = append(o.roles, pakta.OfficialRole(d.attr(h, "role")))
			return
		}
	}
	for j, n := o.from-1, 0; n < 24 && d.sameSentence(o.from, j); j, n = j-1, n+1 {
		h, ok := d.longest(j, listOfficialCues)
		if !ok {
			continue
		}
		switch role := pakta.OfficialRole(d.attr(h, "role")); {
		case d.attr(h, "side") == "after":
			o.roles = append(o.roles, role)
			return
		case role == pakta.Signatory || role == pakta.Witness:
			o.roles = append(o.roles, role)
			return
		}
	}
}
