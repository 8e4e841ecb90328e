package extract

import (
	"slices"
	"strings"
)

// settleParties says which of those that have votes are parties, and tells of
// the others why not.
func (d *document) settleParties(dl *deal) {
	parties := dl.weigh()
	if parties < 2 { // "akan dilanjutkan MoU antara A dan B" may be all there is
		for _, n := range dl.order {
			dl.votes[n].weight += dl.votes[n].later
		}
		parties = dl.weigh()
	}
	if parties < 2 && (d.titledParties(dl) || d.metParties(dl) || d.leadParties(dl) || parties == 0 && d.attendingParties(dl) || d.namedBefore(dl)) {
		parties = dl.weigh()
	}
	if parties == 1 {
		d.hintedParty(dl)
	}
	d.dropUntold(dl)
	d.dropTitled(dl)
	d.dropFramed(dl)
	d.dropProvinces(dl)
	d.dropCollectives(dl)
	d.dropGeneral(dl)
	d.dropBranches(dl)
	d.dropHospitals(dl)
	for _, n := range dl.order {
		v := &dl.votes[n]
		if v.party || len(v.mentions) == 0 {
			continue
		}
		reason := "no frame of an agreement makes it a party"
		if v.other > 0 {
			reason = "party of an earlier or another agreement"
		}
		d.reject(v.mentions[0].from, v.mentions[0].to, "party.hint", reason)
	}
}

// weigh makes those with enough votes parties, and counts them.
func (dl *deal) weigh() int {
	parties := 0
	for _, n := range dl.order {
		v := &dl.votes[n]
		if v.party = v.weight >= partyWeight; v.party {
			parties++
		}
	}
	return parties
}

// titledParties votes for two governments that the headline joins without
// naming a paper, when the text names one ("Banjir Dibahas Bupati A dan B"), or
// for those between whom there was a meeting.
func (d *document) titledParties(dl *deal) bool {
	if named, _ := d.countInstruments(dl); named == 0 {
		return false
	}
	for i := range dl.sentences {
		s := &dl.sentences[i]
		if !s.lead {
			break
		}
		for k, e := range s.events {
			g := e.group
			if g == nil || g.aside || g.distinct < 2 || dl.actors[g.first].form <= formArea && !(s.title && g.distinct == 2 && dl.partyIn(g)) {
				continue
			}
			if s.title && dl.actors[g.first].body < 0 || !s.title && d.is(g.prep, d.x.deals.between) {
				d.vote(dl, s, k, g, weightTitle)
				return true
			}
		}
	}
	return false
}

// partyIn reports whether a group has a party that frames have voted for.
func (dl *deal) partyIn(g *group) bool {
	for k := g.first; k < g.end; k++ {
		if dl.votes[dl.party[k]].weight >= partyWeight {
			return true
		}
	}
	return false
}

// hintedParty gives a lone party the other side, when just one candidate is
// named again and again in sentences about the agreement.
func (d *document) hintedParty(dl *deal) {
	var best *vote
	for _, n := range dl.order {
		v := &dl.votes[n]
		if v.party || v.hints < 2 || v.other > 0 {
			continue
		}
		if best != nil {
			return
		}
		best = v
	}
	if best != nil {
		best.party = true
	}
}

// dropUntold drops those who are only said to work with somebody, deep in the
// text, where lead or signing have made a region and another parties: "Kampus itu
// juga bekerja sama dengan Kementerian X".
func (d *document) dropUntold(dl *deal) {
	told, region := 0, false
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && v.told {
			told++
			region = region || v.mentions[0].region != ""
		}
	}
	if told < 2 || !region {
		return
	}
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && !v.told {
			v.party = false
			d.reject(v.mentions[0].from, v.mentions[0].to, "party.untold", "neither lead nor signing nor a paper tells of it, and two others are parties")
		}
	}
}

// dropTitled drops a region that only the headline makes a party, where two bodies
// sign in the text and its head stands by: "Kabupaten A Gandeng Investor ... Bupati
// A menyaksikan penandatanganan antara PT B dan PT C".
func (d *document) dropTitled(dl *deal) {
	bodies := 0
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && v.text && v.mentions[0].body >= 0 {
			bodies++
		}
	}
	if bodies < 2 {
		return
	}
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && !v.text && v.mentions[0].region != "" && dl.standsBy(v.mentions[0].region) {
			v.party = false
			d.reject(v.mentions[0].from, v.mentions[0].to, "party.titled", "two bodies sign, and its head stands by")
		}
	}
}

// standsBy reports whether a region is named in a group that stands aside.
func (dl *deal) standsBy(region string) bool {
	return slices.ContainsFunc(dl.actors, func(a actor) bool { return a.aside && a.region == region && a.form == formHead })
}

// dropFramed drops bodies that only their place in a frame makes such, where two
// others are parties already.
func (d *document) dropFramed(dl *deal) {
	known := 0
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && !d.framed(v.mentions[0]) {
			known++
		}
	}
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && known > 1 && d.framed(v.mentions[0]) {
			v.party = false
			d.reject(v.mentions[0].from, v.mentions[0].to, "party.framed", "nothing but its place makes it a body, and two others are parties")
		}
	}
}

// framed reports whether a mention is of a body that no table knows.
func (d *document) framed(a *actor) bool {
	return a.body >= 0 && d.bodies[a.body].rule == "body.framed"
}

// dropProvinces drops provinces that are only named as areas while regions in
// them are parties: "pintu gerbang Provinsi Jambi". Those that stand beside other
// provinces are members of a list.
func (d *document) dropProvinces(dl *deal) {
	for _, n := range dl.order {
		v := &dl.votes[n]
		if !v.party || v.exact || len(v.mentions[0].region) != len("15") || d.amongProvinces(dl, v.mentions[0]) {
			continue
		}
		for _, other := range dl.order {
			if o := &dl.votes[other]; o.party && d.within(o.mentions[0].region, v.mentions[0].region) {
				v.party = false
				d.reject(v.mentions[0].from, v.mentions[0].to, "party.province", "only says where another party lies")
				break
			}
		}
	}
}

// amongProvinces reports whether a province is named right beside another one.
func (d *document) amongProvinces(dl *deal, a *actor) bool {
	k := slices.IndexFunc(dl.actors, func(o actor) bool { return o.from == a.from })
	beside := func(i, j int) bool {
		return i >= 0 && j < len(dl.actors) && len(dl.actors[i].region) == len("15") && len(dl.actors[j].region) == len("15") && d.joins(dl.actors[i].to, dl.actors[j].from)
	}
	return beside(k-1, k) || beside(k, k+1)
}

// dropCollectives drops "kabupaten/kota se-Bali" where two others are parties
// already: then it is the members that are named one by one, or those who
// follow with papers of their own.
func (d *document) dropCollectives(dl *deal) {
	others := 0
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && !d.collective(v.mentions[0]) {
			others++
		}
	}
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && others > 1 && d.collective(v.mentions[0]) {
			v.party = false
			d.reject(v.mentions[0].from, v.mentions[0].to, "party.collective", "its members are parties by their names, or others are")
		}
	}
}

// collective reports whether a mention is of regions that are named together.
func (d *document) collective(a *actor) bool {
	return a.body >= 0 && d.bodies[a.body].province != ""
}

// dropGeneral drops what a party belongs to where that is named beside it: the
// country of a city abroad, the TNI of a Korem.
func (d *document) dropGeneral(dl *deal) {
	for _, n := range dl.order {
		v := &dl.votes[n]
		if !v.party || v.mentions[0].body < 0 {
			continue
		}
		b := &d.bodies[v.mentions[0].body]
		for _, other := range dl.order {
			o := &dl.votes[other]
			if other == n || !o.party || o.mentions[0].body < 0 || !d.belongsTo(&d.bodies[o.mentions[0].body], b) {
				continue
			}
			v.party = false
			d.reject(v.mentions[0].from, v.mentions[0].to, "party.general", "a part of it is a party")
			break
		}
	}
}

// dropBranches drops the branch of a company that only the office of its head
// names, where the company is a party by another name: "PLN Unit Induk
// Distribusi Jambi ... Manajer PLN Area Muara Bungo". He signs for it.
func (d *document) dropBranches(dl *deal) {
	for _, n := range dl.order {
		v := &dl.votes[n]
		if !v.party || !d.onlyOffice(v) {
			continue
		}
		for _, other := range dl.order {
			o := &dl.votes[other]
			if other == n || !o.party || o.mentions[0].body < 0 || d.onlyOffice(o) || !d.sameCompany(&d.bodies[v.mentions[0].body], &d.bodies[o.mentions[0].body]) {
				continue
			}
			v.party = false
			d.reject(v.mentions[0].from, v.mentions[0].to, "party.branch", "its company is a party by another name")
			break
		}
	}
}

// dropHospitals drops the hospitals of regions where two regions are parties: they
// are what the agreement is about, or act for one of these.
func (d *document) dropHospitals(dl *deal) {
	if regions, _, _ := d.countParties(dl); regions < 2 {
		return
	}
	for _, n := range dl.order {
		if v := &dl.votes[n]; v.party && v.mentions[0].body >= 0 && d.localHospital(d.bodies[v.mentions[0].body].from) {
			v.party = false
			d.reject(v.mentions[0].from, v.mentions[0].to, "party.hospital", "it is a region's own, and two regions are parties")
		}
	}
}

// localHospital reports whether the name of a region's own hospital opens at token
// i: "RSUD X", "Rumah Sakit Umum Daerah X".
func (d *document) localHospital(i int) bool {
	return d.is(i, d.x.deals.hospitals) || d.is(i, d.x.officials.hospital) && d.is(i+3, d.x.bodies.local)
}

// onlyOffice reports whether a body is only named by the office of its head.
func (d *document) onlyOffice(v *vote) bool {
	return !slices.ContainsFunc(v.mentions, func(a *actor) bool { return a.body < 0 || a.from == a.first })
}

// sameCompany reports whether two bodies are of one company that works all over
// the country, and has branches.
func (d *document) sameCompany(a, b *bodyFinding) bool {
	first, _, _ := strings.Cut(a.id, " ")
	other, _, _ := strings.Cut(b.id, " ")
	return first == other && d.hasWord(a.from, a.to, d.x.bodies.single)
}

// belongsTo reports whether a body is a part of another, which has no name of
// its own beside that of the whole.
func (d *document) belongsTo(part, whole *bodyFinding) bool {
	switch whole.head {
	case "tni":
		return part.head == "korem" || part.head == "kodim"
	case "polri":
		return part.head == "polres" || part.head == "polda"
	case "foreign":
		return part.head == "foreign" && d.isCountry(whole) && !d.isCountry(part)
	}
	return false
}

// isCountry reports whether a place abroad is a country: "Pemerintah Jepang".
func (d *document) isCountry(b *bodyFinding) bool {
	return slices.ContainsFunc(d.countries[:min(len(d.countries), maxBodies)], func(c span) bool {
		return d.folded(c.from, c.to) == strings.Join(b.words[1:], " ")
	})
}

// maxFormer bounds the provinces that one was made from in turn; a table could go
// round in a circle.
const maxFormer = 3

// within reports whether a region is a kabupaten or kota of a province, or was of one
// from which its province has been made.
func (d *document) within(region, province string) bool {
	if len(province) != len("15") || len(region) <= len(province) {
		return false
	}
	for p, n := region[:len(province)], 0; p != "" && n < maxFormer; p, n = d.x.regions.formerly[p], n+1 {
		if p == province {
			return true
		}
	}
	return false
}
