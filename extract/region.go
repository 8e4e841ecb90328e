package extract

import (
	"slices"
	"strings"

	"pakta"
	"pakta/rules"
)

// regionRules is what the reading of regions needs, compiled.
type regionRules struct {
	formerly map[string]string // provinces to those they were made from
	regions  []pakta.Region    // by entry of listRegions, which is the order of codes
	shorts   [][]string        // the folded words of their short names
	joiners  wordList
	inner    wordList
	branches wordList        // words between a body and where it works
	namely   wordList        // "yakni": a list follows
	toward   wordList        // prepositions after which a town is named, and no common word
	sides    wordList        // "Utara": with a capital behind a name, the name goes on
	numerals []numeralRegion // names that begin with a numeral
	// behindNumerals are the first words behind those numerals.
	behindNumerals wordList

	collective collectiveRules
}

// collectiveRules are the words by which all regions of an area are named.
type collectiveRules struct {
	within wordList // "se": all of them
	in     wordList // "di": all of them only with one of every
	every  wordList
	kinds  wordList // of government; two of them make a collective
	joins  wordList
	// governments are the kinds that are enough alone: "pemda se-Jambi".
	governments wordList
}

// numeralRegion is a name like "50 Kota": numerals are no part of what the
// lexicon finds.
type numeralRegion struct {
	numeral string
	words   []uint32
	region  []int32 // its index in regionRules.regions, alone
}

func newRegionRules(lex *lexicon, set *rules.Set) regionRules {
	r := regionRules{
		regions: set.Regions(), formerly: map[string]string{},
		joiners: lex.words("region.joiners"), inner: lex.words("region.inner"),
		branches: lex.words("region.branches"), namely: lex.words("region.namely"), toward: lex.words("region.toward"), sides: lex.words("region.sides"),
		collective: collectiveRules{
			within: lex.words("region.within"), in: lex.words("region.in"), every: lex.words("region.every"),
			kinds: lex.words("region.kinds"), joins: lex.words("region.joins"), governments: lex.words("region.governments"),
		},
	}
	for _, e := range set.Entries("former_provinces") {
		r.formerly[e.ID] = e.Attr("was")
	}
	for i := range r.regions {
		r.shorts = append(r.shorts, strings.Fields(foldString(r.regions[i].Short)))
	}
	for i, e := range set.Entries("regions") {
		for _, alias := range e.List("aliases") {
			if numeral, words, ok := strings.Cut(alias, " "); ok && numeral[0] >= '0' && numeral[0] <= '9' {
				r.numerals = append(r.numerals, numeralRegion{numeral, lex.ids(strings.ToLower(words)), []int32{int32(i)}})
			}
		}
	}
	var behind []uint32
	for i := range r.numerals {
		behind = append(behind, r.numerals[i].words[:1]...)
	}
	r.behindNumerals = lex.vocab.grammar.add(behind)
	return r
}

// candidate is a name that may be a region's, before it is resolved.
type candidate struct {
	from, to int
	may      []int32 // the regions of that name, by index in regionRules.regions
	lead     lead
	gated    bool
	place    bool   // gated, but a preposition before it is enough
	land     bool   // a province that has its name from a land of several
	listed   bool   // it has its lead from the name before it
	noun     string // the kind that a noun before the list gives: "lima kabupaten: "
	dateline bool
	province bool // resolved, to a province
	// words is the end of the mention when the name stands elsewhere:
	// "Kabupaten" in "Kabupaten dan Kota Bogor"; 0 otherwise.
	words int
}

// readRegions finds and resolves the mentions of regions. Names with a
// governing word come first: they settle what the bare ones mean.
func (d *document) readRegions() {
	dateline := d.findDatelines()
	for i := range d.bodies {
		d.bodyEnds = append(d.bodyEnds, d.bodies[i].to)
	}
	slices.Sort(d.bodyEnds)
	all := d.candidates[:0]
	const opening = 1<<listRegions | 1<<listPlaces | 1<<digits | 1<<brackets
	for i := 0; i < len(d.toks); i++ {
		if i = d.next(i, len(d.toks), opening); i == len(d.toks) {
			break
		}
		if to := d.setAside(i); to > i {
			i = to - 1
			continue
		}
		c, ok := d.regionAt(i)
		if !ok {
			continue
		}
		c.dateline = slices.ContainsFunc(dateline, func(s span) bool { return i >= s.from && i < s.to })
		if before := d.listBefore(all, c.from); before == nil {
			c.noun = d.listNoun(c.from)
		} else if !c.lead.sure() && !c.lead.place {
			c.noun = before.noun
			d.inherit(&c, before)
		}
		if n := len(all); n > 0 && d.aliasOfPlace(&c, &all[n-1]) {
			c.lead.place = true
		}
		if twin, ok := d.twinOf(&c); ok {
			all = append(all, twin)
		}
		all = append(all, c)
		i = c.to - 1
	}
	d.candidates = all
	d.settle(all)
	d.lengthen()
}

// lengthen takes a region that is named but once, by a name that opens that of
// another one which is named again and again, for that other: "Pemerintah
// Bolaang Mongondow" in a report about Bolaang Mongondow Selatan.
func (d *document) lengthen() {
	all := d.findings.regions[:min(len(d.findings.regions), maxShort)]
	for i := range all {
		r := &all[i]
		if d.x.regions.regions[r.region].Kind == pakta.Provinsi || d.mentionsOf(r.region) > 1 {
			continue
		}
		short := d.x.regions.regions[r.region].Short
		for j := range all {
			o := &d.x.regions.regions[all[j].region]
			if len(o.Short) > len(short) && o.Short[len(short)] == ' ' && strings.HasPrefix(o.Short, short) && o.Kind != pakta.Provinsi &&
				!d.namedIn(all[j].region, r.from) && d.mentionsOf(all[j].region) > 2 {
				r.region, r.code = all[j].region, o.Code
				break
			}
		}
	}
}

// maxShort is how many mentions of regions are compared with one another.
const maxShort = 100

// mentionsOf counts the mentions of a region, of which one more than two need
// not be counted.
func (d *document) mentionsOf(region int32) int {
	n := 0
	for i := range d.findings.regions {
		if d.findings.regions[i].region == region {
			if n++; n > 2 {
				break
			}
		}
	}
	return n
}

// namedIn reports whether a region is named in the sentence of token i.
func (d *document) namedIn(region int32, i int) bool {
	return slices.ContainsFunc(d.findings.regions, func(r regionFinding) bool { return r.region == region && d.sameSentence(r.from, i) })
}

// aliasOfPlace reports whether c stands in brackets behind a name of the same
// region that is that of something else: "BNNP Maluku Utara (Malut)".
func (d *document) aliasOfPlace(c, before *candidate) bool {
	return before.lead.place && c.from == before.to+1 && d.mark(before.to, '(') && slices.ContainsFunc(c.may, func(r int32) bool { return slices.Contains(before.may, r) })
}

// setAside is the end of a stretch at i in which no region is meant: the
// credit of a picture ("(Istimewa / Lingkar Jateng)"), a saying; i when none
// opens there.
func (d *document) setAside(i int) int {
	if h, ok := d.longest(i, listPlaces); ok && d.class(h) == "idiom" {
		return int(h.to)
	}
	if t := &d.toks[i]; t.ch != '(' && t.ch != '[' {
		return i
	}
	h, ok := d.longest(i+1, listNoise)
	if !ok || lineKinds[d.class(h)] == lineFurniture {
		return i
	}
	for j := int(h.to); j < len(d.toks) && j < i+maxCredit && d.toks[j].line == d.toks[i].line; j++ {
		if d.mark(j, ')') || d.mark(j, ']') {
			return j
		}
	}
	return i
}

// maxCredit bounds the credit of a picture, in tokens.
const maxCredit = 16

// regionAt reads the longest name of regions at token i.
func (d *document) regionAt(i int) (candidate, bool) {
	if d.toks[i].kind == number {
		if !d.is(i+1, d.x.regions.behindNumerals) {
			return candidate{}, false
		}
		return d.numeralRegion(i)
	}
	if d.owner[i] != free || d.lineOf(i) == lineRelated || d.lineOf(i) == lineByline {
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
	if ok && word.to == best.to {
		class := d.attr(word, "place")
		if class == "capital" && d.toks[i].shape == lower {
			return candidate{}, false // "kabupaten mitra"
		}
		c.gated, c.place, c.land = class != "land", class == "yes", class == "land"
	}
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

// numeralRegion reads a name that begins with a numeral, after a word that
// governs it: "Bupati 50 Kota".
func (d *document) numeralRegion(i int) (candidate, bool) {
	for k := range d.x.regions.numerals {
		n := &d.x.regions.numerals[k]
		to := i + 1
		for _, w := range n.words {
			if to >= len(d.toks) || d.toks[to].word != w {
				break
			}
			to++
		}
		if to != i+1+len(n.words) || d.slice(i, i+1) != n.numeral || !d.unclaimed(i, to) {
			continue
		}
		c := candidate{from: i, to: to, may: n.region, lead: d.leadOf(i)}
		return c, c.lead.sure()
	}
	return candidate{}, false
}

// twinOf is the other region of "Kabupaten dan Kota Bogor", "Kabupaten/Kota
// Mojokerto", "Bupati dan Wali Kota Madiun".
func (d *document) twinOf(c *candidate) (candidate, bool) {
	at := c.lead.from - 1
	if !c.lead.sure() || c.lead.place || len(c.may) < 2 || !d.is(at, d.x.regions.joiners) && !d.mark(at, '/') && !d.mark(at, '-') {
		return candidate{}, false
	}
	t := *c
	if h, ok := d.hitEnding(at, listRegionPrefixes, 4); ok {
		t.lead.from, t.words, t.lead.kind = int(h.from), int(h.to), d.kind(h)
	} else if h, ok := d.hitEnding(at, listPositions, 4); ok && d.class(h) == "head" {
		t.lead.from, t.words, t.lead.kind = int(h.from), int(h.to), d.attr(h, "level")
	}
	return t, t.words > 0 && t.lead.kind != c.lead.kind && len(d.ofKind(c.may, t.lead.kind)) == 1
}

// listBefore is the name that stands before token i in a list, nil for none:
// the last one, but not a province in brackets behind it, "Barito Selatan
// (Kalimantan Tengah), Paser".
func (d *document) listBefore(all []candidate, i int) *candidate {
	k := len(all) - 1
	if k > 0 && d.mark(all[k].from-1, '(') && !d.mark(i-1, '(') {
		k--
	}
	if k < 0 || !d.listed(all[k].to, i) {
		return nil
	}
	return &all[k]
}

// listNoun is the kind of the regions in a list that opens at token i, by the
// noun before it: "lima kabupaten: A, B", "tiga kota, yakni A, B"; empty when
// there is none, or it names two kinds.
func (d *document) listNoun(i int) string {
	j := i - 1
	for n := 0; n < 3 && d.sameSentence(j, i) && (d.mark(j, ':') || d.mark(j, ',') || d.is(j, d.x.regions.namely)); n++ {
		j--
	}
	if j == i-1 {
		return ""
	}
	kind := ""
	for n := 0; n < maxNoun && d.sameSentence(j, i); j, n = j-1, n+1 {
		h, ok := d.longest(j, listRegionPrefixes)
		if !ok || d.typ(h) != "area" || d.kind(h) == "any" {
			continue
		}
		if kind != "" {
			return ""
		}
		kind = d.kind(h)
	}
	return kind
}

// maxNoun is how far before "yakni" the noun stands, in tokens: "provinsi lain di
// wilayah Belajasumba, yakni".
const maxNoun = 6

// inherit lets a name in a list take what governs the one before it: "Bupati
// OKU Timur, OKU, Lampung Barat dan Way Kanan".
func (d *document) inherit(c, before *candidate) {
	if !before.lead.sure() || before.lead.place {
		return
	}
	if d.mark(before.to, ',') && c.from == before.to+1 && d.provinceOf(c.may, before.may) >= 0 {
		return // "Kabupaten Purworejo, Jawa Tengah" is no list
	}
	if !slices.ContainsFunc(c.may, func(r int32) bool { return before.lead.kind == "any" || d.isKind(r, before.lead.kind) }) {
		return // "Kota Bandung, Kuningan": a list of both kinds
	}
	c.lead.kind, c.lead.prefixed, c.listed = before.lead.kind, true, true
	c.lead.office, c.lead.government, c.lead.legislature = before.lead.office, before.lead.government, before.lead.legislature
}

// listed reports whether the tokens [from, to) stand between two items of one
// list: a comma, "dan", a hyphen, and what is in brackets behind the first.
func (d *document) listed(from, to int) bool {
	if from >= to || !d.sameSentence(from-1, to) {
		return false
	}
	if d.mark(from, '(') {
		for n := 0; n < 6 && from < to && !d.mark(from, ')'); n++ {
			from++
		}
		from++
	}
	if from >= to || to-from > 2 {
		return false
	}
	for i := from; i < to; i++ {
		if !d.mark(i, ',') && !d.is(i, d.x.regions.joiners) && !d.mark(i, '-') && !d.mark(i, '–') && !d.mark(i, '/') {
			return false
		}
	}
	return true
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

// addRegion notes a mention, with a bracketed alias behind it.
func (d *document) addRegion(c *candidate, region int32) {
	to := c.to
	if c.words > 0 {
		to = c.words
	} else if d.mark(to, '(') && (d.mark(to+2, ')') || d.mark(to+3, ')')) && d.capital(to+1) && !d.otherRegion(to+1, region) {
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
		legislature: c.lead.legislature, dateline: c.dateline && !c.lead.office && !c.lead.government, rule: rule,
	})
}

// otherRegion reports whether the name of another region opens at token i.
func (d *document) otherRegion(i int, region int32) bool {
	h, ok := d.longest(i, listRegions)
	return ok && !slices.Contains(d.namesakes(h), region)
}

// distinctRegions counts the regions that are mentioned outside datelines.
func (d *document) distinctRegions() int {
	n := 0
	seen := zeroed(d.recorded, len(d.x.regions.regions))
	d.recorded = seen
	for i := range d.findings.regions {
		if f := &d.findings.regions[i]; !f.dateline && seen[f.region] == 0 {
			seen[f.region] = 1
			n++
		}
	}
	return n
}

// recordRegions lists the regions, each with all its mentions; datelines count
// only for regions that the text means elsewhere too.
func (d *document) recordRegions() []pakta.RegionMention {
	out := make([]pakta.RegionMention, 0, d.distinctRegions())
	at := zeroed(d.recorded, len(d.x.regions.regions)) // place in out, counted from 1
	d.recorded = at
	for i := range d.findings.regions {
		f := &d.findings.regions[i]
		if f.dateline {
			continue
		}
		if at[f.region] == 0 {
			r := &d.x.regions.regions[f.region]
			out = append(out, pakta.RegionMention{Code: f.code, Name: r.Name, Province: r.Province(), Roles: make([]pakta.RegionRole, 0, 3)})
			at[f.region] = int32(len(out))
		}
		j := at[f.region] - 1
		role := pakta.RegionMentioned
		if f.office {
			role = pakta.RegionOffice
		}
		out[j].Roles = addRole(out[j].Roles, role)
		out[j].Evidence = d.more(out[j].Evidence, d.evidence(f.from, max(f.to, f.nameTo), f.rule))
	}
	return out
}
