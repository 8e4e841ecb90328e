package extract

import (
	"slices"

	"pakta"
)

// readCollectiveRegions finds the regions of a province that are named
// together and not one by one: "pemerintah kabupaten/kota se-Bali", "seluruh
// kepala daerah di Jambi". They are one party without a code; which regions
// are meant, and how many, the text leaves open.
func (d *document) readCollectiveRegions() {
	n := len(d.bodies)
	for i := range d.findings.regions {
		r := &d.findings.regions[i]
		from, ok := d.membersBefore(r.from)
		if !ok || r.dateline || len(r.code) != len("15") || len(d.bodies) >= n+maxBodies {
			continue
		}
		d.bodies = append(d.bodies, bodyFinding{
			from: from, to: max(r.to, r.nameTo), head: "regions", typ: pakta.RegionalGovernment, name: d.slice(from, max(r.to, r.nameTo)),
			words: []string{"#regions", r.code}, province: r.code, rule: "body.collective",
		})
	}
	if len(d.bodies) > n {
		slices.SortStableFunc(d.bodies, func(a, b bodyFinding) int { return a.from - b.from })
	}
}

// maxMembers is how long the words for the regions of a province may be, in
// tokens: "seluruh pemerintah kabupaten dan kota".
const maxMembers = 7

// membersBefore is where the words for all regions of an area begin that stand
// before its name at token i: "kabupaten/kota se-", "seluruh daerah di".
func (d *document) membersBefore(i int) (from int, ok bool) {
	g := &d.x.regions.collective
	at := i
	if d.mark(at-1, '-') {
		at--
	}
	all := d.is(at-1, g.within)
	if !all && !d.is(at-1, g.in) {
		return 0, false
	}
	end := at - 1
	from = end
	kinds, every := 0, false
	for from > 0 && end-from < maxMembers && d.sameSentence(from-1, i) {
		switch {
		case d.is(from-1, g.kinds):
			if kinds++; d.is(from-1, g.governments) {
				kinds++
			}
		case d.is(from-1, g.every):
			all, every = true, true
		case !d.mark(from-1, '/') && !d.is(from-1, g.joins):
			return d.afterJoins(from), all && (kinds > 1 || every && kinds > 0)
		}
		from--
	}
	return d.afterJoins(from), all && (kinds > 1 || every && kinds > 0)
}

// afterJoins steps over words that join what begins at token i to something
// before it.
func (d *document) afterJoins(i int) int {
	for d.mark(i, '/') || d.is(i, d.x.regions.collective.joins) {
		i++
	}
	return i
}
