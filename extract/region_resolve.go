package extract

import (
	"slices"
	"strings"

	"pakta"
)

// settle resolves candidates and notes those that are regions.
func (d *document) settle(all []candidate) {
	d.certain = zeroed(d.certain, len(d.x.regions.regions))
	for i := range all {
		c := &all[i]
		if c.lead.sure() && !c.lead.place && !(c.listed && c.gated && d.capital(c.to)) {
			if may := d.ofKind(c.may, c.lead.kind); len(may) == 1 {
				d.certain[may[0]] = true
			}
		}
	}
	landed := d.namesLand(all)
	for i := range all {
		c := &all[i]
		if c.lead.place {
			d.reject(c.from, c.to, "region.place", "the word before it makes it the name of something else")
			continue
		}
		list := d.listNeighbours(all, i)
		if c.land && landed && !c.lead.sure() && list == (neighbours{}) && !d.certain[c.may[0]] {
			d.reject(c.from, c.to, "region.bare", whyLand)
			continue
		}
		if why := d.notAlone(c, list); why != "" {
			d.reject(c.from, c.to, "region.bare", why)
			continue
		}
		var before []int32
		if i > 0 && c.from-all[i-1].to <= 1 {
			before = all[i-1].may
		}
		r := d.choose(c, before, list)
		if r < 0 {
			continue
		}
		c.province = d.x.regions.regions[r].Kind == pakta.Provinsi
		if !d.aliasOf(c, r) {
			d.addRegion(c, r)
		}
	}
}

// aliasOf reports whether c stands in brackets behind the full name of the
// region, as part of that mention: "Kabupaten Ogan Komering Ulu (OKU)".
func (d *document) aliasOf(c *candidate, region int32) bool {
	n := len(d.findings.regions)
	return n > 0 && d.findings.regions[n-1].region == region && d.findings.regions[n-1].to > c.from && c.words == 0
}

// neighbours are the names right before and behind one in a list, nil for
// none.
type neighbours struct{ before, behind *candidate }

// some reports whether fn holds for one of them.
func (n neighbours) some(fn func(*candidate) bool) bool {
	return n.before != nil && fn(n.before) || n.behind != nil && fn(n.behind)
}

// listNeighbours are the neighbours of the i-th name.
func (d *document) listNeighbours(all []candidate, i int) neighbours {
	var out neighbours
	if before := d.listBefore(all[:i], all[i].lead.from); before != nil && !before.lead.place {
		out.before = before
	}
	if i+1 < len(all) && !all[i+1].lead.place && d.listed(all[i].to, all[i+1].lead.from) {
		out.behind = &all[i+1]
	}
	return out
}

// Why a bare name is no region.
const (
	whyWord   = "also a common word or a name, and no word before it says that it is a region"
	whyLonger = "part of a longer name"
	whyPerson = "part of the name of a person"
	whyArea   = "part of the name of a kecamatan or village"
	whyShort  = "short for the words before it"
	whyLand   = "the land, of which the text names another province"
)

// notAlone says why a name without a governing word is no region: it is a
// common word that nothing else vouches for, or part of a longer name. It is
// empty when the name may stand alone.
func (d *document) notAlone(c *candidate, list neighbours) string {
	if d.is(c.to, d.x.regions.sides) && d.capital(c.to) && d.sameSentence(c.from, c.to) && c.words == 0 {
		return whyLonger // "Bupati Bolaang Utara": a name that no table has, or a kecamatan
	}
	if c.gated && c.lead.prefixed && c.lead.kind == "any" && !c.lead.government && d.capital(c.to) && !d.stopsName(c.to) && !d.regionAhead(c.to) {
		return whyLonger // "Forum Daerah Mitra Praja Utama"
	}
	if c.lead.sure() && !(c.listed && c.gated) {
		return ""
	}
	if d.is(c.from-1, d.x.deals.said) && d.sameSentence(c.from-1, c.from) && list == (neighbours{}) {
		return whyPerson // "pungkas Gianyar"
	}
	if d.spellsWords(c) {
		return whyShort
	}
	if c.listed && d.capital(c.to) && d.sameSentence(c.from, c.to) && !d.regionAhead(c.to) {
		return whyLonger // "Pemkab Sintang dan Mitra Pembangunan"
	}
	known := slices.ContainsFunc(c.may, func(r int32) bool { return d.certain[r] })
	if c.gated && !known && !c.listed && !d.vouched(c, list) && !(c.place && d.towards(c)) {
		return whyWord
	}
	if h, ok := d.longest(c.to, listPlaces); ok && d.class(h) == "after" && d.capital(c.to) {
		return whyLonger
	}
	if c.lead.area {
		if !known && c.to-c.from < 2 && list == (neighbours{}) && !d.provinceFollows(c) {
			return whyArea
		}
		return ""
	}
	if d.sameSentence(c.from-1, c.from) && d.isGiven(c.from-1) && !known {
		return whyPerson
	}
	shouting := d.toks[c.from].shape == upper
	if !shouting && d.capital(c.from-1) && d.sameSentence(c.from-1, c.from) && !d.opensSentence(c.from-1) && !d.stopsName(c.from-1) && !d.regionEnds(c.from) {
		return whyLonger
	}
	if !shouting && !known && d.sameSentence(c.from, c.to) && d.toks[c.to].shape == title && !d.stopsName(c.to) {
		province := list.before != nil && d.provinceOf(c.may, list.before.may) >= 0 // "Bupati X (Y), Jawa Barat Ahmad Z"
		if !d.regionAhead(c.to) && !d.opensBody(c.to) && d.owner[c.to] != claimMoney && !province {
			return whyLonger
		}
	}
	return ""
}

// spellsWords reports whether a name in brackets is made of the initials of the
// words before it: "Penegasan Batas Daerah (PBD)".
func (d *document) spellsWords(c *candidate) bool {
	n := int(d.toks[c.from].end - d.toks[c.from].start)
	if c.to != c.from+1 || d.toks[c.from].shape != upper || !d.mark(c.from-1, '(') || !d.mark(c.to, ')') || n < 3 {
		return false
	}
	name := d.folded(c.from, c.to)
	for k := range n {
		j := c.from - 1 - n + k
		if !d.capital(j) || !d.sameSentence(j, c.from) || d.owner[j] == claimRegion || d.lowered[d.toks[j].start] != name[k] {
			return false
		}
	}
	return true
}

// towards reports whether a preposition of place stands before a name: "di
// Padang" is the town, "Nasi Padang" is not.
func (d *document) towards(c *candidate) bool {
	return d.is(c.from-1, d.x.regions.toward) && d.sameSentence(c.from-1, c.from) && d.toks[c.from].shape == title
}

// namesLand reports whether the text names a province by a land and a side of
// it, "Papua Barat": what the land alone is called is then the land.
func (d *document) namesLand(all []candidate) bool {
	land := ""
	for i := range all {
		if c := &all[i]; c.land {
			land = d.x.regions.regions[c.may[0]].Short + " "
		}
	}
	return land != "" && slices.ContainsFunc(all, func(c candidate) bool {
		return strings.HasPrefix(d.x.regions.regions[c.may[0]].Short, land)
	})
}

// vouched reports whether a name next to c in a list lies in the same province:
// "Rembang, Pati dan Blora". Two common words vouch for each other with
// capitals: "Kudus, Pati".
func (d *document) vouched(c *candidate, list neighbours) bool {
	all := d.x.regions.regions
	return list.some(func(o *candidate) bool {
		return (!o.gated || o.place && c.place && d.capital(o.from) && d.capital(c.from)) && slices.ContainsFunc(c.may, func(r int32) bool {
			return slices.ContainsFunc(o.may, func(other int32) bool { return all[other].Code[:2] == all[r].Code[:2] })
		})
	})
}

// dropNamesakes takes back bare names that are part of the name of a person in
// office: "Bima" is the Wali Kota Bima Arya of three paragraphs before.
func (d *document) dropNamesakes() {
	d.findings.regions = slices.DeleteFunc(d.findings.regions, func(r regionFinding) bool {
		if r.rule != "region.bare" || r.nameTo != r.name+1 || d.certain[r.region] || !d.namesPerson(d.folded(r.name, r.nameTo)) {
			return false
		}
		d.reject(r.from, r.to, r.rule, whyPerson)
		return true
	})
}

// namesPerson reports whether a word is part of the longer name of a person in
// office.
func (d *document) namesPerson(w string) bool {
	return slices.ContainsFunc(d.persons[:min(len(d.persons), maxPersons)], func(p person) bool {
		return len(p.folded) > 1 && slices.Contains(p.folded, w)
	})
}

// provinceFollows reports whether the province of c stands right behind it.
func (d *document) provinceFollows(c *candidate) bool {
	i := c.to
	if d.mark(i, ',') {
		i++
	}
	h, ok := d.longest(i, listRegions)
	return ok && d.sameSentence(c.from, i) && d.provinceOf([]int32{h.entry}, c.may) >= 0
}

// regionAhead reports whether the name of a region opens at token i.
func (d *document) regionAhead(i int) bool {
	return d.opens(i, listRegions)
}

// regionEnds reports whether the name of a region ends at token i.
func (d *document) regionEnds(i int) bool {
	_, ok := d.hitEnding(i, listRegions, 5)
	return ok
}

func (d *document) opensSentence(i int) bool {
	return i == 0 || d.toks[i-1].sent != d.toks[i].sent
}

// ofKind are those of the regions that are of a kind.
func (d *document) ofKind(may []int32, kind string) []int32 {
	if kind == "any" {
		return may
	}
	begin := len(d.choices)
	for _, r := range may {
		if d.isKind(r, kind) {
			d.choices = append(d.choices, r)
		}
	}
	return d.choices[begin:len(d.choices):len(d.choices)]
}

// isKind reports whether a region is of a kind.
func (d *document) isKind(r int32, kind string) bool {
	return string(d.x.regions.regions[r].Kind) == kind
}

// choose picks the region that a name means: by the kind that the words before
// it give, by the region before it, by a certain mention elsewhere, by the
// list it stands in, by the site's home; else it stays open, and is -1.
func (d *document) choose(c *candidate, before []int32, list neighbours) int32 {
	may := d.ofKind(c.may, c.lead.kind)
	if len(may) == 0 {
		may = c.may // "Kota Kotabaru": the prefix is wrong, or part of the name
		if c.lead.prefixed && c.gated {
			return -1
		}
	}
	if len(may) == 1 {
		return may[0]
	}
	if p := d.provinceOf(may, before); p >= 0 && !c.lead.sure() {
		return p
	}
	if r := d.onlyCertain(may); r >= 0 {
		return r
	}
	if p := d.provinceAmong(may, list); p >= 0 {
		return p
	}
	if r := d.ofList(c, may, list); r >= 0 {
		return r
	}
	if r := d.onlyNear(may); r >= 0 {
		return r
	}
	for _, r := range may {
		if d.x.regions.regions[r].Code == d.art.Region {
			return r
		}
	}
	if !c.dateline {
		e := d.evidence(c.from, c.to, "region.bare")
		d.unresolved = append(d.unresolved, pakta.Unresolved{
			Field: "regions", Reason: pakta.Ambiguous, Message: "could be " + d.namesOf(may), Evidence: d.one(e),
		})
	}
	return -1
}

// onlyCertain is the one of the regions that is named surely, -1 when none or
// several are.
func (d *document) onlyCertain(may []int32) int32 {
	sure := int32(-1)
	for _, r := range may {
		if d.certain[r] {
			if sure >= 0 {
				return -1
			}
			sure = r
		}
	}
	return sure
}

// ofList is the one of the regions that the list of a name makes likely: of the
// kind that the noun before the list says, "lima kabupaten: Bima, Dompu"; in the
// province of a neighbour, "Muba, Mura"; no province between towns, "Solo dan
// Jogja". It is -1 when several are left.
func (d *document) ofList(c *candidate, may []int32, list neighbours) int32 {
	all := d.x.regions.regions
	if of := d.ofKind(may, c.noun); c.noun != "" && len(of) == 1 {
		return of[0]
	}
	if list == (neighbours{}) {
		return -1
	}
	town := func(r int32) bool { return all[r].Kind != pakta.Provinsi }
	towns := list.some(func(o *candidate) bool { return len(o.may) == 1 && town(o.may[0]) }) &&
		!list.some(func(o *candidate) bool { return !slices.ContainsFunc(o.may, town) })
	only := int32(-1)
	for _, r := range may {
		beside := list.some(func(o *candidate) bool {
			return len(o.may) == 1 && town(o.may[0]) && all[o.may[0]].Code[:2] == all[r].Code[:2]
		})
		if !towns || !town(r) || !beside && !d.sameProvince(may) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = r
	}
	return only
}

// sameProvince reports whether the regions of one name lie in one province, or
// are one and a town of it: Jogja.
func (d *document) sameProvince(may []int32) bool {
	all := d.x.regions.regions
	return !slices.ContainsFunc(may, func(r int32) bool { return all[r].Code[:2] != all[may[0]].Code[:2] })
}

// onlyNear is the one of the regions that lies in a province of which others are
// named surely: "Banjar" beside Kotabaru and Tanah Bumbu; -1 when none or
// several do.
func (d *document) onlyNear(may []int32) int32 {
	near := int32(-1)
	for _, r := range may {
		if !d.certainIn(d.x.regions.regions[r].Code[:2]) {
			continue
		}
		if near >= 0 {
			return -1
		}
		near = r
	}
	return near
}

// certainIn reports whether a region of a province is named surely.
func (d *document) certainIn(province string) bool {
	all := d.x.regions.regions
	first, _ := slices.BinarySearchFunc(all, province, func(r pakta.Region, code string) int { return strings.Compare(r.Code, code) })
	for i := first; i < len(all) && strings.HasPrefix(all[i].Code, province); i++ {
		if d.certain[i] {
			return true
		}
	}
	return false
}

// provinceAmong is the province that a name means in a list of provinces:
// "Riau, Bengkulu dan Sumatera Selatan"; -1 when a neighbour cannot be one, or
// none is nothing else.
func (d *document) provinceAmong(may []int32, list neighbours) int32 {
	all := d.x.regions.regions
	province := func(r int32) bool { return all[r].Kind == pakta.Provinsi }
	other := func(o *candidate) bool { return !slices.ContainsFunc(o.may, province) }
	sure := func(o *candidate) bool { return len(o.may) == 1 || o.province }
	if list.some(other) || !list.some(sure) {
		return -1
	}
	for _, r := range may {
		if province(r) {
			return r
		}
	}
	return -1
}

func (d *document) namesOf(may []int32) string {
	var names []string
	for _, r := range may {
		names = append(names, d.x.regions.regions[r].Name)
	}
	return strings.Join(names, " or ")
}
