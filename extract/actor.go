package extract

import (
	"slices"
	"strings"

	"pakta"
)

// actor is one mention of somebody who may be a party: a regional government
// (named itself, by its area, or by its head) or another body.
type actor struct {
	from, to int    // the whole mention, the name of a person included
	first    int    // where the words that name the region or body start
	last     int    // and end, open
	region   string // code; empty for bodies
	body     int    // index of the body, -1 for regions
	form     actorForm
	// aside: the mention stands where no party stands: a venue, a witness, a
	// place, somebody's home.
	aside bool
}

// actorForm is how a mention names its region, from vague to exact.
type actorForm uint8

const (
	formBare       actorForm = iota // "Sarolangun"
	formArea                        // "Kabupaten Sarolangun"
	formAgency                      // "Dinas Pangan Kabupaten Sarolangun"
	formHead                        // "Bupati Sarolangun Hurmin"
	formGovernment                  // "Pemkab Sarolangun"
	formBody
)

// actors lists the mentions that may be parties, in order.
func (d *document) actors() []actor {
	var all []actor
	for i := range d.findings.regions {
		r := &d.findings.regions[i]
		if r.dateline || r.legislature {
			continue
		}
		a := actor{from: r.from, to: r.to, first: r.from, last: r.to, region: r.code, body: -1, form: d.regionForm(r)}
		all = append(all, a)
	}
	for i := range d.bodies {
		b := &d.bodies[i]
		all = append(all, actor{from: b.from, to: b.to, first: b.from, last: b.to, body: i, form: formBody})
	}
	all = d.joinOfficials(all)
	slices.SortFunc(all, func(a, b actor) int { return a.from - b.from })
	all = withoutOverlaps(all)
	for i := range all {
		all[i].aside = d.standsAside(&all[i])
	}
	return all
}

// withoutOverlaps keeps the first of mentions that overlap.
func withoutOverlaps(all []actor) []actor {
	out := all[:0]
	for _, a := range all {
		if n := len(out); n == 0 || a.from >= out[n-1].to {
			out = append(out, a)
		}
	}
	return out
}

func (d *document) regionForm(r *regionFinding) actorForm {
	switch {
	case r.government && r.office:
		return formHead
	case r.government:
		return formGovernment
	case r.office:
		return formAgency
	case r.name > r.from:
		return formArea
	}
	return formBare
}

// joinOfficials widens each mention of a region or body by the official it is
// part of, so that the person's name belongs to it, and adds the officials
// whose region is only understood ("Bupati Fadhil").
func (d *document) joinOfficials(all []actor) []actor {
	for i := range d.findings.officials {
		o := &d.findings.officials[i]
		if o.former || o.collective {
			continue
		}
		joined := false
		for j := range all {
			a := &all[j]
			if a.from < o.to && o.from < a.to {
				a.from, a.to = min(a.from, o.from), max(a.to, o.to)
				joined = true
			}
		}
		if !joined && o.region != "" && headOfRegion(o.position) {
			all = append(all, actor{from: o.from, to: o.to, first: o.from, last: o.to, region: o.region, body: -1, form: formHead})
		}
	}
	return all
}

// headOfRegion reports whether a position speaks for a regional government.
func headOfRegion(position string) bool {
	switch position {
	case "Bupati", "Wakil Bupati", "Wali Kota", "Wakil Wali Kota", "Gubernur", "Wakil Gubernur", "Sekretaris Daerah":
		return true
	}
	return false
}

// standsAside reports whether the words before a mention make it something
// other than a party: part of a venue, a place, an origin, a population.
func (d *document) standsAside(a *actor) bool {
	if d.lineOf(a.from) == lineRelated || d.lineOf(a.from) == lineByline {
		return true
	}
	p := &d.x.deals
	for i, n := a.from-1, 0; i >= 0 && n < 7 && d.sameSentence(i, a.from); i, n = i-1, n+1 {
		t := &d.toks[i]
		if _, ok := d.longest(i, listVenues); ok && t.kind == word {
			return true
		}
		if t.kind == punct && t.ch != '.' && t.ch != '-' || d.isAct(i) || d.is(i, p.joiners...) {
			break
		}
		if n == 0 && a.form <= formArea && d.is(i, p.places...) {
			return true
		}
		if n == 0 && d.is(i, p.origins...) && a.form != formBody {
			return true
		}
		if n == 0 && a.form == formBare && t.kind == word && t.shape == lower && !d.is(i, p.beforeParty...) {
			return true
		}
	}
	return false
}

// isAct reports whether an act or an instrument opens at token i.
func (d *document) isAct(i int) bool {
	if _, ok := d.longest(i, listInstruments); ok {
		return true
	}
	h, ok := d.longest(i, listCues)
	return ok && actClasses[d.attr(h, "class")] != 0
}

// key tells parties apart: the code of the region, which begins with a digit,
// or the id of the body, which begins with a letter.
func (a *actor) key(d *document) string {
	if a.region != "" {
		return a.region
	}
	return d.bodies[a.body].id
}

// unify gives every body the id of the first one that is the same.
func (d *document) unifyBodies() {
	for i := range d.bodies {
		b := &d.bodies[i]
		b.id = string(rune('A'+i%26)) + strings.Repeat("'", i/26)
		for j := 0; j < i && j < maxBodies; j++ {
			if d.bodies[j].same(b) {
				b.id = d.bodies[j].id
				break
			}
		}
	}
}

// maxBodies bounds the bodies that a later one is compared with: an article
// that names more is a list of companies, not a report of an agreement.
const maxBodies = 200

// partyName is the name a party goes by in the record: the most telling
// mention of it.
func (d *document) partyOf(mentions []*actor) pakta.Party {
	best := mentions[0]
	for _, a := range mentions {
		if d.tells(a) > d.tells(best) {
			best = a
		}
	}
	p := pakta.Party{Name: d.slice(best.first, best.last), Type: pakta.RegionalGovernment, Region: pakta.Maybe(best.region)}
	if best.body >= 0 {
		p.Type = d.bodies[best.body].typ
	}
	return p
}

// tells ranks mentions by how well they name the party.
func (d *document) tells(a *actor) int {
	switch a.form {
	case formGovernment:
		return 3
	case formArea:
		return 2
	case formBody:
		return a.last - a.first
	}
	return 0
}
