package extract

import (
	"slices"
	"strings"

	"pakta"
	"pakta/rules"
)

// regionRules is what the reading of regions needs, compiled.
type regionRules struct {
	regions []pakta.Region  // by entry of listRegions
	gated   map[string]bool // folded names that need a governing word
	joiners []uint32
	dprd    []uint32
	inner   []uint32
}

func newRegionRules(lex *lexicon, set *rules.Set) regionRules {
	r := regionRules{regions: set.Regions(), gated: map[string]bool{}, joiners: lex.words("dan serta maupun"), dprd: lex.words("dprd dprk dewan"), inner: lex.words("dan")}
	for _, e := range set.Entries("region_cues") {
		r.gated[e.ID] = true
	}
	return r
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
	codes    []string
	lead     lead
	gated    bool
	dateline bool
}

// readRegions finds and resolves the mentions of regions. Names with a
// governing word come first: they settle what the bare ones mean.
func (d *document) readRegions() {
	dateline := d.datelines()
	var all []candidate
	for i := 0; i < len(d.toks); i++ {
		c, ok := d.regionAt(i)
		if !ok {
			continue
		}
		c.dateline = slices.ContainsFunc(dateline, func(s span) bool { return i >= s.from && i < s.to })
		if n := len(all); n > 0 && !c.lead.sure() && !c.lead.place {
			d.inherit(&c, &all[n-1])
		}
		all = append(all, c)
		i = c.to - 1
	}
	d.settle(all)
}

// regionAt reads the longest name of regions at token i.
func (d *document) regionAt(i int) (candidate, bool) {
	if d.owner[i] != free || d.lineOf(i) == lineRelated || d.hitAt[i] == d.hitAt[i+1] {
		return candidate{}, false
	}
	best, ok := d.longest(i, listRegions)
	if !ok || !d.unclaimed(i, int(best.to)) {
		return candidate{}, false
	}
	c := candidate{from: i, to: int(best.to)}
	for h := d.hitAt[i]; h < d.hitAt[i+1]; h++ {
		if x := d.hits[h]; x.list == listRegions && x.to == best.to {
			c.codes = append(c.codes, d.x.regions.regions[x.entry].Code)
		}
	}
	c.lead = d.leadOf(i)
	c.gated = d.x.regions.gated[strings.ToLower(strings.Join(strings.Fields(d.slice(i, c.to)), " "))]
	if d.toks[i].shape == lower && !c.lead.sure() {
		return candidate{}, false
	}
	return c, true
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
	if d.mark(before.to, ',') && c.from == before.to+1 && d.provinceOf(c.codes, before.codes) != "" {
		return // "Kabupaten Purworejo, Jawa Tengah" is no list
	}
	c.lead.kind, c.lead.prefixed = before.lead.kind, true
	c.lead.office, c.lead.government, c.lead.legislature = before.lead.office, before.lead.government, before.lead.legislature
}

// provinceOf is the province among codes that the others lie in.
func (d *document) provinceOf(codes, others []string) string {
	for _, c := range codes {
		for _, o := range others {
			if len(c) == 2 && len(o) > 2 && o[:2] == c {
				return c
			}
		}
	}
	return ""
}

// settle resolves candidates and notes those that are regions.
func (d *document) settle(all []candidate) {
	certain := map[string]bool{}
	for i := range all {
		c := &all[i]
		if c.lead.sure() && !c.lead.place {
			if codes := d.ofKind(c.codes, c.lead.kind); len(codes) == 1 {
				certain[codes[0]] = true
			}
		}
	}
	for i := range all {
		c := &all[i]
		if c.lead.place {
			d.reject(c.from, c.to, "region.place", "the word before it makes it the name of something else")
			continue
		}
		if !c.lead.sure() && !d.standsAlone(c, certain) {
			continue
		}
		var before []string
		if i > 0 && c.from-all[i-1].to <= 1 {
			before = all[i-1].codes
		}
		code := d.choose(c, certain, before)
		if code == "" {
			continue
		}
		d.addRegion(c, code)
	}
}

// standsAlone reports whether a bare name may be a region: it is no common
// word, or named surely elsewhere, and no part of a longer name.
func (d *document) standsAlone(c *candidate, certain map[string]bool) bool {
	known := slices.ContainsFunc(c.codes, func(code string) bool { return certain[code] })
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

// ofKind filters codes by kind of region.
func (d *document) ofKind(codes []string, kind string) []string {
	if kind == "any" {
		return codes
	}
	var out []string
	for _, c := range codes {
		if r, ok := d.x.set.RegionByCode(c); ok && string(r.Kind) == kind {
			out = append(out, c)
		}
	}
	return out
}

// choose picks the region that a name means: by the kind that the words before
// it give, by an earlier certain mention, by the region before it, by the
// site's home; else it stays open.
func (d *document) choose(c *candidate, certain map[string]bool, before []string) string {
	codes := d.ofKind(c.codes, c.lead.kind)
	if len(codes) == 0 {
		codes = c.codes // "Kota Kotabaru": the prefix is wrong, or part of the name
		if c.lead.prefixed && c.gated {
			return ""
		}
	}
	if len(codes) == 1 {
		return codes[0]
	}
	if p := d.provinceOf(codes, before); p != "" && !c.lead.sure() {
		return p
	}
	var sure []string
	for _, code := range codes {
		if certain[code] {
			sure = append(sure, code)
		}
	}
	if len(sure) == 1 {
		return sure[0]
	}
	for _, code := range codes {
		if code == d.art.Region {
			return code
		}
	}
	if !c.dateline {
		e := d.evidence(c.from, c.to, "region.bare")
		d.unresolved = append(d.unresolved, pakta.Unresolved{
			Field: "regions", Reason: pakta.Ambiguous, Message: "could be " + d.namesOf(codes), Evidence: []pakta.Evidence{e},
		})
	}
	return ""
}

func (d *document) namesOf(codes []string) string {
	var names []string
	for _, c := range codes {
		if r, ok := d.x.set.RegionByCode(c); ok {
			names = append(names, r.Name)
		}
	}
	return strings.Join(names, " or ")
}

// addRegion notes a mention, with a bracketed alias behind it.
func (d *document) addRegion(c *candidate, code string) {
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
		from: from, to: to, name: c.from, nameTo: c.to, code: code, office: c.lead.office, government: c.lead.government,
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
	at := map[string]int{}
	for i := range d.findings.regions {
		f := &d.findings.regions[i]
		if f.dateline {
			continue
		}
		j, ok := at[f.code]
		if !ok {
			r, _ := d.x.set.RegionByCode(f.code) // codes come from the set
			j = len(out)
			at[f.code] = j
			out = append(out, pakta.RegionMention{Code: f.code, Name: r.Name, Province: r.Province(), Roles: []pakta.RegionRole{}})
		}
		role := pakta.RegionMentioned
		if f.office {
			role = pakta.RegionOffice
		}
		out[j].Roles = addRole(out[j].Roles, role)
		out[j].Evidence = append(out[j].Evidence, d.evidence(f.from, f.to, f.rule))
	}
	return out
}
