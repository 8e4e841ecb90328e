package extract

import (
	"slices"
	"strings"

	"pakta"
	"pakta/rules"
)

// regionRules is what the reading of regions needs, compiled.
type regionRules struct {
	regions []pakta.Region // by entry of listRegions, which is the order of codes
	joiners []uint32
	dprd    []uint32
	inner   []uint32
}

func newRegionRules(lex *lexicon, set *rules.Set) regionRules {
	return regionRules{regions: set.Regions(), joiners: lex.words("dan serta maupun"), dprd: lex.words("dprd dprk dewan"), inner: lex.words("dan")}
}

// lead is what stands before the name of a region.
type lead struct {
	from        int // first token of the mention
	kind        string
	prefixed    bool
	office      bool
	government  bool
	legislature bool
	place       bool // the name is that of something else
	vertical    bool // the name belongs to a body of the central government
}

// sure reports whether the words before the name say that it is a region.
func (l *lead) sure() bool { return l.prefixed || l.office }

// candidate is a name that may be a region's, before it is resolved.
type candidate struct {
	from, to int
	may      []int32 // the regions of that name, by index in regionRules.regions
	lead     lead
	gated    bool
	dateline bool
}

// readRegions finds and resolves the mentions of regions. Names with a
// governing word come first: they settle what the bare ones mean.
func (d *document) readRegions() {
	dateline := d.datelines()
	all := d.candidates[:0]
	end := 0
	for _, k := range d.hitsOf[listRegions] {
		i := int(d.hits[k].from)
		if i < end {
			continue
		}
		c, ok := d.regionAt(i)
		if !ok {
			end = i + 1
			continue
		}
		c.dateline = slices.ContainsFunc(dateline, func(s span) bool { return i >= s.from && i < s.to })
		if n := len(all); n > 0 && !c.lead.sure() && !c.lead.place {
			d.inherit(&c, &all[n-1])
		}
		all = append(all, c)
		end = c.to
	}
	d.candidates = all
	d.settle(all)
}

// regionAt reads the longest name of regions at token i.
func (d *document) regionAt(i int) (candidate, bool) {
	if d.owner[i] != free || d.lineOf(i) == lineRelated {
		return candidate{}, false
	}
	best, ok := d.longest(i, listRegions)
	if !ok || !d.unclaimed(i, int(best.to)) {
		return candidate{}, false
	}
	c := candidate{from: i, to: int(best.to), lead: d.leadOf(i)}
	if d.toks[i].shape == lower && !c.lead.sure() {
		return candidate{}, false
	}
	c.may = d.namesakes(best)
	word, ok := d.longest(i, listRegionCues)
	c.gated = ok && word.to == best.to
	return c, true
}

// namesakes are the regions with the name that hit h is.
func (d *document) namesakes(h hit) []int32 {
	begin := len(d.choices)
	for k := d.hitAt[h.from]; k < d.hitAt[h.from+1]; k++ {
		if x := d.hits[k]; x.list == listRegions && x.to == h.to {
			d.choices = append(d.choices, x.entry)
		}
	}
	return d.choices[begin:len(d.choices):len(d.choices)]
}

// leadOf reads back from the name at token i.
func (d *document) leadOf(i int) lead {
	l := lead{from: i, kind: "any"}
	at := d.beforeBracket(i)
	if h, ok := d.hitEnding(at, listRegionPrefixes, 5); ok {
		l.kind, l.prefixed, l.from = d.attr(h, "kind"), true, int(h.from)
		l.government = d.attr(h, "type") == "government"
		at = d.beforeBracket(l.from)
		if inner, ok := d.hitEnding(at, listRegionPrefixes, 4); ok { // "Pemerintah Daerah Kabupaten X"
			l.from, l.government = int(inner.from), l.government || d.attr(inner, "type") == "government"
			at = d.beforeBracket(l.from)
		}
	}
	d.leadOffice(&l, at)
	if !l.sure() || l.vertical {
		d.leadPlace(&l, i)
	} else if h, ok := d.hitEnding(l.from, listPlaces, 3); ok && d.attr(h, "class") == "body" {
		l.place = true
	}
	return l
}

// leadOffice looks for an office or agency that ends at token at.
func (d *document) leadOffice(l *lead, at int) {
	if h, ok := d.hitEnding(at, listPositions, 7); ok {
		switch class := d.attr(h, "class"); class {
		case "vertical":
			l.vertical, l.place = true, true
			return
		case "head", "deputy", "secretary", "assistant", "agency", "council", "other":
			if d.attr(h, "region") == "no" {
				return
			}
			l.from, l.office = int(h.from), true
			l.government = l.government || class == "head" || class == "deputy" || class == "secretary"
			l.legislature = class == "council"
			if level := d.attr(h, "level"); l.kind == "any" && level != "any" && level != "none" {
				l.kind = level
			}
		}
		return
	}
	if h, ok := d.hitEnding(at, listAgencies, 6); ok {
		l.from, l.office, l.legislature = int(h.from), true, d.attr(h, "kind") == "council"
		return
	}
	d.leadAgency(l, at)
}

// leadAgency: "Dinas Pertanian dan Ketahanan Pangan Kota X": an agency's word
// some capitalised words before.
func (d *document) leadAgency(l *lead, at int) {
	for j, n := at-1, 0; n < 9 && d.sameSentence(j, at); j, n = j-1, n+1 {
		if !d.capital(j) && !d.is(j, d.x.regions.inner...) && !d.mark(j, ',') {
			return
		}
		for _, list := range [2]list{listAgencies, listPositions} {
			h, ok := d.longest(j, list)
			if !ok || int(h.from) != j {
				continue
			}
			if list == listAgencies && d.attr(h, "kind") == "head" || list == listPositions && d.attr(h, "class") == "agency" {
				if n > 0 && (l.prefixed || n < 6) && !d.mark(at-1, ',') {
					l.from, l.office = j, true
				}
			}
			return
		}
		if d.mark(j, ',') && n == 0 {
			return
		}
	}
}

// leadPlace looks for a word that makes the name something else: directly
// before it, or before other capitalised words.
func (d *document) leadPlace(l *lead, i int) {
	for j, n := i-1, 0; n < 4 && d.sameSentence(j, i); j, n = j-1, n+1 {
		if h, ok := d.longest(j, listPlaces); ok && int(h.to) <= i {
			if d.toks[j].shape != lower || n == 0 || d.attr(h, "class") == "area" {
				l.place = true
			}
			return
		}
		if !d.capital(j) && !(d.mark(j, '.') && d.toks[j].inner) {
			return
		}
	}
}

// beforeBracket steps back over a short bracket, and the stop of an
// abbreviation, that end at token i.
func (d *document) beforeBracket(i int) int {
	if d.mark(i-1, '.') && d.toks[i-1].inner {
		return i - 1
	}
	if !d.mark(i-1, ')') {
		return i
	}
	for j := i - 2; j >= 0 && j > i-7; j-- {
		if d.mark(j, '(') {
			return j
		}
	}
	return i
}

// hitEnding is the longest hit of a list that ends at token end and begins at
// most n tokens before.
func (d *document) hitEnding(end int, l list, n int) (hit, bool) {
	if end < 0 || end >= len(d.listsTo) || !d.listsTo[end].has(l) {
		return hit{}, false
	}
	for j := max(end-n, 0); j < end; j++ {
		if !d.sameSentence(j, end) {
			continue
		}
		for h := d.hitAt[j]; h < d.hitAt[j+1]; h++ {
			if x := d.hits[h]; x.list == l && int(x.to) == end && d.owner[j] != claimLaw {
				return x, true
			}
		}
	}
	return hit{}, false
}

// inherit lets a name in a list take what governs the one before it: "Bupati
// OKU Timur, OKU, Lampung Barat dan Way Kanan".
func (d *document) inherit(c, before *candidate) {
	if !before.lead.sure() || before.lead.place || c.from-before.to > 2 || !d.sameSentence(c.from, before.from) {
		return
	}
	for i := before.to; i < c.from; i++ {
		if !d.mark(i, ',') && !d.is(i, d.x.regions.joiners...) && !d.mark(i, '-') && !d.mark(i, '–') && !d.mark(i, '/') {
			return
		}
	}
	if c.from == before.to {
		return
	}
	if d.mark(before.to, ',') && c.from == before.to+1 && d.provinceOf(c.may, before.may) >= 0 {
		return // "Kabupaten Purworejo, Jawa Tengah" is no list
	}
	c.lead.kind, c.lead.prefixed = before.lead.kind, true
	c.lead.office, c.lead.government, c.lead.legislature = before.lead.office, before.lead.government, before.lead.legislature
}

// provinceOf is the province among regions that one of the others lies in, -1
// for none.
func (d *document) provinceOf(may, others []int32) int32 {
	all := d.x.regions.regions
	for _, p := range may {
		for _, o := range others {
			if all[p].Kind == pakta.Provinsi && all[o].Kind != pakta.Provinsi && all[o].Province() == all[p].Code {
				return p
			}
		}
	}
	return -1
}

// settle resolves candidates and notes those that are regions.
func (d *document) settle(all []candidate) {
	d.certain = zeroed(d.certain, len(d.x.regions.regions))
	for i := range all {
		c := &all[i]
		if c.lead.sure() && !c.lead.place {
			if may := d.ofKind(c.may, c.lead.kind); len(may) == 1 {
				d.certain[may[0]] = true
			}
		}
	}
	for i := range all {
		c := &all[i]
		if c.lead.place {
			d.reject(c.from, c.to, "region.place", "the word before it makes it the name of something else")
			continue
		}
		if !c.lead.sure() && !d.standsAlone(c) {
			continue
		}
		var before []int32
		if i > 0 && c.from-all[i-1].to <= 1 {
			before = all[i-1].may
		}
		if r := d.choose(c, before); r >= 0 {
			d.addRegion(c, r)
		}
	}
}

// standsAlone reports whether a bare name may be a region: it is no common
// word, or named surely elsewhere, and no part of a longer name.
func (d *document) standsAlone(c *candidate) bool {
	known := slices.ContainsFunc(c.may, func(r int32) bool { return d.certain[r] })
	if c.gated && !known {
		d.reject(c.from, c.to, "region.bare", "also a common word or a name, and no word before it says that it is a region")
		return false
	}
	shouting := d.toks[c.from].shape == upper
	if !shouting && d.capital(c.from-1) && d.sameSentence(c.from-1, c.from) && !d.opensSentence(c.from-1) && !d.stopsName(c.from-1) && !d.regionEnds(c.from) {
		d.reject(c.from, c.to, "region.bare", "part of a longer name")
		return false
	}
	if !shouting && c.to < len(d.toks) && d.sameSentence(c.from, c.to) && d.toks[c.to].shape == title && !d.stopsName(c.to) && !known {
		if _, ok := d.longest(c.to, listRegions); !ok && !d.opensBody(c.to) {
			d.reject(c.from, c.to, "region.bare", "part of a longer name")
			return false
		}
	}
	return true
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
		if string(d.x.regions.regions[r].Kind) == kind {
			d.choices = append(d.choices, r)
		}
	}
	return d.choices[begin:len(d.choices):len(d.choices)]
}

// choose picks the region that a name means: by the kind that the words before
// it give, by an earlier certain mention, by the region before it, by the
// site's home; else it stays open, and is -1.
func (d *document) choose(c *candidate, before []int32) int32 {
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
	sure, several := int32(-1), false
	for _, r := range may {
		if d.certain[r] {
			several = sure >= 0
			sure = r
		}
	}
	if sure >= 0 && !several {
		return sure
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

func (d *document) namesOf(may []int32) string {
	var names []string
	for _, r := range may {
		names = append(names, d.x.regions.regions[r].Name)
	}
	return strings.Join(names, " or ")
}

// addRegion notes a mention, with a bracketed alias behind it.
func (d *document) addRegion(c *candidate, region int32) {
	to := c.to
	if d.mark(to, '(') && (d.mark(to+2, ')') || d.mark(to+3, ')')) && d.capital(to+1) {
		for !d.mark(to, ')') {
			to++
		}
		to++
	}
	rule := "region.bare"
	switch {
	case c.lead.office:
		rule = "region.office"
	case c.lead.government:
		rule = "region.government"
	case c.lead.prefixed:
		rule = "region.prefixed"
	}
	from := min(c.lead.from, c.from)
	d.take(c.from, c.to, claimRegion)
	d.findings.regions = append(d.findings.regions, regionFinding{
		from: from, to: to, name: c.from, nameTo: c.to, region: region, code: d.x.regions.regions[region].Code, office: c.lead.office, government: c.lead.government,
		legislature: c.lead.legislature, dateline: c.dateline && !c.lead.sure(), rule: rule,
	})
}

// datelines are the stretches at the top of the text that only say where it
// was written: "SLEMAN, Kabar Nusa -", "Padang, Padangkita.com -".
func (d *document) datelines() []span {
	var out []span
	i := d.titleEnd
	for lines := 0; i < len(d.toks) && lines < 4; lines++ {
		end := i
		for end < len(d.toks) && d.toks[end].line == d.toks[i].line {
			end++
		}
		if to := d.datelineEnd(i, end); to > i {
			out = append(out, span{i, to})
		}
		i = end
	}
	return out
}

// maxDateline is how far a dateline reaches, in tokens.
const maxDateline = 14

// datelineEnd is the end of the dateline that opens a line; from when it has
// none. It ends with a dash, or a bar; its words have capitals.
func (d *document) datelineEnd(from, end int) int {
	small := 0
	for i := from; i < min(end, from+maxDateline); i++ {
		t := &d.toks[i]
		switch {
		case t.ch == '–' || t.ch == '|' || t.ch == '-' && (t.spaced || i+1 < end && d.toks[i+1].spaced || d.mark(i-1, ',') || d.mark(i+1, '-') || d.toks[i-1].shape == upper && d.toks[from].shape == upper && i-from < 4):
			if i > from && i-from <= maxDateline {
				return i + 1
			}
			return from
		case t.kind == word && t.shape == lower:
			if small++; small > 1 {
				return d.commaDateline(from, end)
			}
		}
	}
	if end-from <= 5 && !d.toks[end-1].isStop() {
		return end // a line of its own: "Payakumbuh, PilarbangsaNews"
	}
	return d.commaDateline(from, end)
}

// commaDateline: "ATAMBUA, Bertempat di ...": one place in capitals.
func (d *document) commaDateline(from, end int) int {
	if from+2 < end && d.toks[from].shape == upper && d.mark(from+1, ',') {
		return from + 2
	}
	return from
}

// recordRegions lists the regions, each with all its mentions; datelines count
// only for regions that the text means elsewhere too.
func (d *document) recordRegions() []pakta.RegionMention {
	out := []pakta.RegionMention{}
	at := zeroed(d.recorded, len(d.x.regions.regions)) // place in out, counted from 1
	d.recorded = at
	for i := range d.findings.regions {
		f := &d.findings.regions[i]
		if f.dateline {
			continue
		}
		if at[f.region] == 0 {
			r := &d.x.regions.regions[f.region]
			out = append(out, pakta.RegionMention{Code: f.code, Name: r.Name, Province: r.Province(), Roles: make([]pakta.RegionRole, 0, 2)})
			at[f.region] = int32(len(out))
		}
		j := at[f.region] - 1
		role := pakta.RegionMentioned
		if f.office {
			role = pakta.RegionOffice
		}
		out[j].Roles = addRole(out[j].Roles, role)
		out[j].Evidence = d.more(out[j].Evidence, d.evidence(f.from, f.to, f.rule))
	}
	return out
}
