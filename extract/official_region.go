package extract

import (
	"slices"
	"sort"
	"strings"

	"pakta"
)

// regionAfter finds the region of the office in the words from i, and returns
// where the mention goes on.
func (d *document) regionAfter(o *officialFinding, f *office, i int) int {
	switch {
	case f.region == "body" && o.class != "agency" || o.class == "vertical":
		return d.bodyRegion(o, f, i)
	case f.region == "no":
		return i
	}
	i = d.skipBracket(i)
	if a, ok := d.longest(i, listAgencies); ok && d.kind(a) == "setda" {
		i = int(a.to)
		o.to = max(o.to, i)
	}
	if p, ok := d.longest(i, listRegionPrefixes); ok && d.is(int(p.to), d.x.officials.that) {
		return int(p.to) + 1 // "Anggota DPRD kabupaten itu Untung"
	}
	for n := 0; n < 3; n++ { // "Bupati Sarolangun Provinsi Jambi", "Bupati Sikka, Nusa Tenggara Timur, Fransiskus"
		at := i
		if d.mark(i, ',') {
			at++
		}
		r := d.regionFrom(at)
		if r == nil || at > i && !(d.mark(r.to, ',') && d.nameFollows(r.to+1) || d.within(o.region, r.code) && d.nameFollows(r.to)) {
			break
		}
		if o.region == "" || r.code[:2] == o.region {
			o.region = r.code
		}
		o.to = max(o.to, r.to)
		i = d.skipBracket(max(i, r.nameTo))
	}
	if o.region != "" {
		return d.skipIsland(d.skipProvince(o, i))
	}
	return d.regionElse(o, f, i)
}

// regionElse reads the region behind an office where none is known at token i: in
// the name of a body, in another spelling, or abroad.
func (d *document) regionElse(o *officialFinding, f *office, i int) int {
	if (f.class == "agency" || f.class == "other") && d.capital(i) { // "Kepala Seksi Intelijen Kejaksaan Negeri Lampung Barat"
		if d.opens(i, listRegions) && !d.isGiven(i) || d.prefixedRegion(i) {
			return d.bodyRegion(o, f, i)
		}
	}
	if h, ok := d.longest(i, listRegions); ok && f.class != "central" && f.class != "head" && f.class != "deputy" && d.capital(i) && !d.isGiven(i) {
		o.region, o.to = d.verticalRegion(h, f.level), int(h.to)
		o.elsewhere = o.region == "" // "Sekda Jambi Sudirman", of the kota or the provinsi
		return o.to
	}
	if d.is(i, d.x.officials.isles) { // "Sekda Kepulauan Babel"
		if h, ok := d.longest(i+1, listRegions); ok {
			o.region, o.to = d.verticalRegion(h, f.level), int(h.to)
			return o.to
		}
	}
	if r := d.misspelt(i); r != nil {
		o.region = r.code
		o.to = i + r.nameTo - r.name
		return o.to
	}
	if r := d.cutShort(i); r != nil && (f.class == "head" || f.class == "deputy") {
		o.region, o.to = r.code, i+1
		return o.to
	}
	if after := d.cityAbroad(o, i); after > i {
		return after
	}
	return d.foreignPlace(o, i)
}

// skipProvince steps over the province of the office's region, named right behind
// it before a name: "Bupati Merangin Jambi Mukti Rekadi".
func (d *document) skipProvince(o *officialFinding, i int) int {
	h, ok := d.longest(i, listRegions)
	if !ok || !d.capital(i) || !d.sameSentence(o.from, i) || !d.capital(int(h.to)) && !d.mark(int(h.to), ',') {
		return i
	}
	for _, r := range d.namesakes(h) {
		if code := d.x.regions.regions[r].Code; code != o.region && code == o.region[:2] {
			o.to = max(o.to, int(h.to))
			return int(h.to)
		}
	}
	return i
}

// prefixedRegion reports whether the name of a region stands behind the word for
// its kind at token i.
func (d *document) prefixedRegion(i int) bool {
	p, ok := d.longest(i, listRegionPrefixes)
	return ok && d.regionName(int(p.to))
}

// skipIsland steps over an island named behind a region, from the name of a
// province that is not whole: "Bupati Barito Selatan, Kalimantan Lisda".
func (d *document) skipIsland(i int) int {
	at := i
	if d.mark(at, ',') {
		at++
	}
	if d.is(at, d.x.officials.islands) && d.capital(at) && d.capital(at+1) && !d.opens(at, listRegions) && d.sameSentence(i, at+1) {
		return at + 1
	}
	return i
}

// cutShort is the region whose first word alone stands at token i before a
// name, when the text has it in full elsewhere: "Wali Kota Banda Illiza".
func (d *document) cutShort(i int) *regionFinding {
	if !d.capital(i) || d.isGiven(i) || !d.capital(i+1) || !d.sameSentence(i, i+1) {
		return nil
	}
	for k := range d.findings.regions[:min(len(d.findings.regions), maxBodies)] {
		if r := &d.findings.regions[k]; r.nameTo-r.name > 1 && r.name != i && strings.EqualFold(d.tokenText(i), d.tokenText(r.name)) {
			return r
		}
	}
	return nil
}

// misspelt is the region that the words at token i name in another spelling
// than the text has elsewhere, nil for none: "Sekda Halmaherah Tengah".
func (d *document) misspelt(i int) *regionFinding {
	if !d.capital(i) || d.isGiven(i) {
		return nil
	}
	for k := range d.findings.regions[:min(len(d.findings.regions), maxBodies)] {
		r := &d.findings.regions[k]
		n := r.nameTo - r.name
		if i+n > len(d.toks) || d.toks[i+n-1].end-d.toks[i].start < 6 {
			continue
		}
		same := true
		for j := range n {
			same = same && nearWord(d.folded(i+j, i+j+1), d.folded(r.name+j, r.name+j+1))
		}
		if same {
			return r
		}
	}
	return nil
}

// regionFrom is the region whose name, or the words that lead to it, stand at
// token i; nil when there is none.
func (d *document) regionFrom(i int) *regionFinding {
	k := sort.Search(len(d.findings.regions), func(k int) bool { return d.findings.regions[k].name >= i })
	for ; k < len(d.findings.regions); k++ {
		r := &d.findings.regions[k]
		if r.name > i+5 {
			return nil
		}
		if d.sameSentence(i, r.name) && d.onlyPrefixes(i, r.name) {
			return r
		}
	}
	return nil
}

// onlyPrefixes reports whether nothing but words before a region's name, or
// the secretariat it belongs to, stands in [from, to).
func (d *document) onlyPrefixes(from, to int) bool {
	for i := from; i < to; {
		if h, ok := d.longest(i, listRegionPrefixes); ok {
			i = int(h.to)
		} else if h, ok := d.longest(i, listAgencies); ok && d.kind(h) == "setda" {
			i = int(h.to)
		} else if d.toks[i].kind == punct && d.toks[i].ch != ',' || d.is(i, d.x.officials.isles) {
			i++
		} else {
			return false
		}
	}
	return true
}

// foreignPlace steps over the name of a place abroad behind an office that
// belongs to a region: "Wali Kota Wewak di Provinsi Sepik Timur".
func (d *document) foreignPlace(o *officialFinding, i int) int {
	at := i
	if h, ok := d.longest(at, listRegionPrefixes); ok {
		at = int(h.to)
	}
	if d.is(i-1, d.x.bodies.of) && d.capital(i) { // "Mayor of Namur Maxime Prevot"
		o.elsewhere, o.to = true, i+1
		return i + 1
	}
	place := 0
	for k := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[k]
		if b.typ != pakta.ForeignGovernment {
			continue
		}
		if n := d.startsLike(at, d.ownWords(b)); n > 0 && (place == 0 || n < place) {
			place = n // the mention itself may run on into a person's name
		}
	}
	if place == 0 {
		return i
	}
	o.elsewhere = true
	o.to = d.skipCountry(at + place)
	return d.skipLocation(o.to)
}

// skipCountry steps over the country behind a place: "Hildesheim, Jerman".
func (d *document) skipCountry(i int) int {
	at := i
	if d.mark(at, ',') {
		at++
	}
	for _, c := range d.countries[:min(len(d.countries), maxBodies)] {
		if c.from == at {
			return c.to
		}
	}
	return i
}

// skipLocation steps over "di Provinsi Sepik Timur", up to the comma.
func (d *document) skipLocation(i int) int {
	if !d.is(i, d.x.officials.within) {
		return i
	}
	j := i + 1
	for j < len(d.toks) && j < i+7 && d.capital(j) && d.sameSentence(i, j) {
		if r := d.regionFrom(j); r != nil {
			return r.to
		}
		if h, ok := d.longest(j, listRegions); ok && j == i+1 {
			return int(h.to) // "Konsul Jenderal Malaysia di Medan"
		}
		if after := d.skipCountry(j); after > j {
			return after
		}
		if j > i+1 && d.isGiven(j) {
			return j // "Konsul Jenderal di Noumea Budi Rekadi"
		}
		if d.is(j, d.x.bodies.republics) {
			return j + 1 // "Duta Besar Jerman untuk Indonesia"
		}
		j++
	}
	if d.mark(j, ',') {
		return j
	}
	return i
}

// bodyRegion reads the region in the name of a vertical body: "Kepala
// Kejaksaan Negeri Paser", "Komandan Kodim 0413/Bangka", or steps over the name
// of a place that is none: "Ketua Pengadilan Agama Lubuk Sikaping, Ahmad".
func (d *document) bodyRegion(o *officialFinding, f *office, i int) int {
	i = d.skipBracket(i)
	found, branch := false, false
	for n := 0; n < 8 && i < len(d.toks) && d.sameSentence(o.from, i); n++ {
		if best, ok := d.longest(i, listRegions); ok && d.capital(i) && (!d.isGiven(i) || d.mark(int(best.to), ',') && d.nameFollows(int(best.to)+1)) {
			if found && d.mark(i-1, ',') {
				return i
			}
			if code := d.verticalRegion(best, f.level); !found || code == "" || !strings.HasPrefix(o.region, code) {
				o.region = code // not that of the province behind: "Kapolres Kendal Jawa Tengah"
			}
			o.elsewhere = o.region == ""
			o.to = int(best.to)
			d.take(i, o.to, claimBody)
			i, found = d.skipBracket(o.to), true
			continue
		}
		h, prefix := d.longest(i, listRegionPrefixes)
		unit := d.mark(i-1, '/') && !d.toks[i].spaced // "1202/Skw"
		switch t := &d.toks[i]; {
		case prefix:
			i = int(h.to)
		case unit || t.kind == number || t.ch == '/' || t.ch == '.' && t.inner || d.is(i, d.x.officials.roman) && !d.balinese(i):
			i++
		case d.is(i, d.x.officials.classes) && d.capital(i+1) && d.toks[i+1].end-d.toks[i+1].start <= 3:
			i += 2 // "Pengadilan Agama Kelas IB Bangko"
		case d.is(i, d.x.officials.skip):
			i++
			branch = true
		case !found:
			return d.placeAfter(o, f, i, branch)
		default:
			return d.restOfPlace(o, i)
		}
	}
	return i
}

// placeAfter steps over the name of a place that is no region, behind the name
// of a body: up to a title, a comma and a name, or a given name. After "cabang"
// and its likes a place stands for certain.
func (d *document) placeAfter(o *officialFinding, f *office, i int, branch bool) int {
	if !d.capital(i) || d.honorificAt(i) || d.isGiven(i) {
		return i
	}
	if town := d.townEnd(i); town > i && (d.capital(town) || d.mark(town, ',')) {
		o.to = town
		return town
	}
	end := d.runEnd(i)
	follows := d.mark(end, ',') && d.nameFollows(end+1)
	switch {
	case end > i && (d.honorificAt(end) || follows && (!branch || d.isGiven(end+1) || d.capital(end+2))):
		o.to = end
		return end
	case branch && end == i+1:
		o.several = follows // "wilayah Cikokol, Batuceper dan Tangerang"
		o.to = end
		return end
	}
	if start, ok := d.personIn(i+1, end); ok && (branch || start > i+1) {
		o.to = start
		return start
	}
	return i
}

// restOfPlace steps over words that go on behind the first of several regions
// in the name of a branch, up to a comma with a name: "Kantor Wilayah Bali Nusa
// Tenggara Papua, X".
func (d *document) restOfPlace(o *officialFinding, i int) int {
	end := i
	for d.sameSentence(i, end) && end < i+maxTail && (d.capital(end) && !d.isGiven(end) && !d.honorificAt(end) || d.is(end, d.x.officials.and) && !d.officeAt(end+1)) {
		end++
	}
	if end == i || !d.mark(end, ',') || !d.nameFollows(end+1) {
		return i
	}
	o.to = end
	return end
}

// townEnd is the end of the name of the seat of a region at token i, i when
// none stands there.
func (d *document) townEnd(i int) int {
	end := i
	for _, ids := range d.x.officials.towns[d.toks[i].word] {
		n := 0
		for n < len(ids) && d.sameSentence(i, i+n) && d.capital(i+n) && d.toks[i+n].word == ids[n] {
			n++
		}
		if n == len(ids) {
			end = max(end, i+n)
		}
	}
	return end
}

// verticalRegion picks the region that a body is of: the one that the text
// names elsewhere, or the only one; of those of an office of a province, a province.
func (d *document) verticalRegion(name hit, level string) string {
	may := d.namesakes(name)
	if level == "provinsi" {
		may = d.ofKind(may, level) // "Kapolda Jambi", whose seat is the Kota; not "Kapolda Metro Jaya"
	}
	for i := range d.findings.regions {
		if r := &d.findings.regions[i]; slices.Contains(may, r.region) {
			return r.code
		}
	}
	if len(may) == 1 {
		return d.x.regions.regions[may[0]].Code
	}
	return ""
}

// fillRegions gives every office the region that the text lets one know: the
// only one of its kind, else the one named last before it.
func (d *document) fillRegions() {
	first := d.firstMentions()
	for k := range d.persons {
		p := &d.persons[k]
		at := first[k]
		if p.region != "" || p.elsewhere {
			continue
		}
		if code := d.regionOfOffice(p.position, p.class, at); !oneHolder(p.class) || !d.isHeld(p.position, code) {
			p.region = code
		}
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

// isHeld reports whether somebody holds an office in a region: another one who
// is named without a region is from elsewhere.
func (d *document) isHeld(position, region string) bool {
	return slices.ContainsFunc(d.persons[:min(len(d.persons), maxPersons)], func(p person) bool { return p.position == position && p.region == region })
}

// firstMentions are the tokens where each person is named first.
func (d *document) firstMentions() []int {
	first := make([]int, len(d.persons))
	for i := len(d.findings.officials) - 1; i >= 0; i-- {
		if k := d.findings.officials[i].person; k >= 0 {
			first[k] = d.findings.officials[i].from
		}
	}
	return first
}

// maxMentions is how many mentions of regions are asked for that of an office:
// the longest reports have a hundred.
const maxMentions = 500

// regionOfOffice is the region of an office that is named without it at token
// at.
func (d *document) regionOfOffice(position, class string, at int) string {
	switch class {
	case "vertical", "school", "company", "central", "foreign", "other", "chief":
		return ""
	}
	level := levels[position]
	if strings.HasPrefix(position, "Kepala Biro") {
		level = pakta.Provinsi // only these have any
	}
	last, only, several := "", "", false
	for i := range d.findings.regions[:min(len(d.findings.regions), maxMentions)] {
		r := &d.findings.regions[i]
		kind := d.x.regions.regions[r.region].Kind
		if level != "" && kind != level || class == "area" && kind == pakta.Provinsi || d.officeAt(r.name) { // "Karo Hukum"
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
