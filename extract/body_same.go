package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// bodyGroup is the mentions of one body, and what it is told apart by.
type bodyGroup struct {
	id      string
	words   []string // of the fullest mention, see canonicalWords
	aliases []string // what stood in brackets, folded
}

// unifyBodies gives every body the id of the first one that is the same. Each
// is compared with the fullest mention of a group, so that a bare "Kejari"
// does not make one of Kejari Kendal and Kejari Batang.
func (d *document) unifyBodies() {
	d.trimPersons()
	groups := d.bodyGroups[:0]
	for i := range d.bodies {
		b := &d.bodies[i]
		words := d.canonicalWords(b)
		b.weight = 6 * min(d.nameLength(b), maxBodyName)
		b.weight += d.aliasWeight(b)
		k := -1
		if len(groups) <= maxBodies {
			k = slices.IndexFunc(groups, func(g bodyGroup) bool { return g.has(words, b.alias) })
		}
		if k < 0 {
			k = len(groups)
			groups = append(groups, bodyGroup{id: strings.Join(words, " "), words: words})
		}
		g := &groups[k]
		if len(words) > len(g.words) && !isAcronym(words) {
			g.words = words
		}
		if b.alias != "" && !slices.Contains(g.aliases, b.alias) {
			g.aliases = append(g.aliases, b.alias)
		}
		b.id = g.id
	}
	d.bodyGroups = groups
}

// aliasWeight is what a short form in brackets is worth in a name; that of the one
// who heads the body makes it a worse name: "Kejaksaan Negeri (Kajari) Rekaan".
func (d *document) aliasWeight(b *bodyFinding) int {
	if b.alias == "" {
		return 0
	}
	for i := b.from; i < b.to; i++ {
		if d.mark(i, '(') && d.opens(i+1, listPositions) {
			return -1
		}
	}
	return 4
}

// nameLength counts the words of a name outside brackets; those for the kind
// of a region say no more.
func (d *document) nameLength(b *bodyFinding) int {
	n, depth := 0, 0
	for i := b.from; i < b.to; i++ {
		switch t := &d.toks[i]; {
		case t.ch == '(':
			depth++
		case t.ch == ')':
			depth--
		case t.kind == word && depth == 0 && !d.is(i, d.x.bodies.kinds):
			n++
		}
	}
	return n
}

// has reports whether a mention with these words and this alias is one of the
// group: the words of one are among those of the other, or one is the other's
// alias or abbreviation.
func (g *bodyGroup) has(words []string, alias string) bool {
	if len(g.aliases) > 0 && slices.Contains(g.aliases, plainName(words)) || alias != "" && (slices.Contains(g.aliases, alias) || alias == plainName(g.words)) {
		return true
	}
	if among(words, g.words, g.aliases...) || among(g.words, words, alias) {
		return true
	}
	if g.shortened(words, alias) {
		return true
	}
	// An alias in brackets settles what the abbreviation is, whatever else
	// would fit: UII is no UI.
	return len(g.aliases) == 0 && isAcronym(words) && abbreviates(plainName(words), g.words) ||
		alias == "" && isAcronym(g.words) && abbreviates(plainName(g.words), words)
}

// shortened reports whether the head of one name is the other's alias, and the
// rest of it in the other: "BPKP Sulut" is "Badan Pengawasan Keuangan dan
// Pembangunan (BPKP) Provinsi Sulawesi Utara".
func (g *bodyGroup) shortened(words []string, alias string) bool {
	inside := func(rest, of []string) bool {
		return !slices.ContainsFunc(rest, func(w string) bool { return !slices.Contains(of, w) })
	}
	return alias != "" && g.words[0] == "#"+alias && inside(g.words[1:], words) ||
		slices.Contains(g.aliases, words[0][1:]) && inside(words[1:], g.words)
}

// among reports whether all words of small, which opens with the head of a
// name, are in large or are an alias of it.
func among(small, large []string, aliases ...string) bool {
	if len(small) > len(large)+len(aliases) || !slices.Contains(large, small[0]) {
		return false
	}
	for _, w := range small {
		if !slices.Contains(large, w) && !slices.Contains(aliases, w) {
			return false
		}
	}
	return true
}

// plainName is the name without the mark of its head.
func plainName(words []string) string {
	if name := strings.TrimPrefix(words[0], "#"); len(words) == 1 && strings.IndexByte(name, '#') < 0 {
		return name
	}
	return strings.ReplaceAll(strings.Join(words, " "), "#", "")
}

// isAcronym reports whether a name is one word that may stand for a longer
// name: UNAND, BNI.
func isAcronym(words []string) bool {
	return len(words) == 1 && len(words[0]) <= maxAcronym
}

// maxAcronym bounds abbreviations, in bytes with the mark of the head: the
// longest that newsrooms use are like UNTRIBUANA.
const maxAcronym = 12

// abbreviates reports whether short is made of the first letters of the words,
// in order from the first: unand of universitas andalas, bni of bank nasional
// indonesia, kantor cabang ... Words at the end may be left out.
func abbreviates(short string, words []string) bool {
	full := make([]string, 0, len(words))
	for _, w := range words {
		full = append(full, strings.TrimPrefix(w, "#"))
	}
	return len(short) > 1 && len(full) > 1 && utf8.ValidString(short) && spells(short, full, 0)
}

// spells matches the rest of an abbreviation with the words from the first
// on; used counts the words that gave letters. A word gives its first letter
// and others in their order: Uni-mus of Universitas Muhammadiyah. Words that
// abbreviations often pass over may give none.
func spells(short string, words []string, used int) bool {
	if short == "" {
		return used > 1
	}
	if len(words) == 0 || words[0] == "" || used > maxAcronym {
		return false
	}
	at := 0
	for n := 1; n <= len(short) && n <= maxLetters; n++ {
		k := strings.IndexByte(words[0][at:], short[n-1])
		if k < 0 || n == 1 && k > 0 {
			break
		}
		at += k + 1
		if spells(short[n:], words[1:], used+1) {
			return true
		}
	}
	switch words[0] {
	case "dan", "negeri", "islam", "indonesia", "daerah":
		return used > 0 && spells(short, words[1:], used)
	}
	return false
}

// maxLetters is how many letters one word gives to an abbreviation.
const maxLetters = 5

// canonicalWords are the folded words by which a name is compared: what its
// heads mean, marked with #, and the words of its own, those of a region's
// short name for every alias: Kejati Sulut is that of Sulawesi Utara. Words in brackets, legal
// forms and words for the kind of region or branch are left out.
func (d *document) canonicalWords(b *bodyFinding) []string {
	if b.head == "foreign" || b.head == "regions" {
		return b.words
	}
	begin, depth, name := len(d.strings), 0, span{b.from, b.to}
	if b.full.to > 0 {
		name = b.full // "Kajari" is the Kejaksaan Negeri Rekaan of its bracket
	}
	for i := name.from; i < name.to; i++ {
		t := &d.toks[i]
		switch {
		case t.ch == '(':
			depth++
		case t.ch == ')':
			depth--
		case depth > 0 || t.kind == punct || d.is(i, d.x.bodies.legal) || len(d.strings) > begin && d.is(i, d.x.bodies.branches):
		default:
			if h, ok := d.longest(i, listBodies); ok && int(h.to) <= name.to {
				d.strings = append(d.strings, d.headWords(h)...)
				i = int(h.to) - 1
				continue
			}
			if h, ok := d.longest(i, listRegions); ok && int(h.to) <= name.to {
				d.strings = append(d.strings, d.x.regions.shorts[h.entry]...)
				i = int(h.to) - 1
				continue
			}
			d.strings = append(d.strings, d.folded(i, i+1))
		}
	}
	words := d.strings[begin:len(d.strings):len(d.strings)]
	if len(words) == 0 {
		return []string{"#" + foldString(b.name)}
	}
	if !strings.HasPrefix(words[0], "#") {
		words[0] = "#" + words[0]
	}
	return words
}

// headWords are what the head of a name means.
func (d *document) headWords(h hit) []string {
	if means := d.x.bodies.heads[h.entry].means; means != nil {
		return means
	}
	return headWords(d.folded(int(h.from), int(h.to)))
}

// trimPersons cuts the name of a body where that of a person begins: "Kepala
// BPJS Ketenagakerjaan Cabang Bandar Lampung Darwati".
func (d *document) trimPersons() {
	k := 0
	for i := range d.findings.officials {
		o := &d.findings.officials[i]
		if o.nameTo <= o.nameFrom {
			continue
		}
		for k < len(d.bodies) && d.bodies[k].to <= o.from {
			k++
		}
		for j := k; j < len(d.bodies) && d.bodies[j].from < o.nameFrom; j++ {
			if b := &d.bodies[j]; b.to > o.nameFrom {
				b.to = d.trimmedEnd(b.from, o.nameFrom)
				b.name = d.slice(b.from, b.to)
			}
		}
	}
}

// trimmedEnd is the end of a name cut at token to, without titles and marks.
func (d *document) trimmedEnd(from, to int) int {
	for to > from+1 {
		if t := &d.toks[to-1]; !d.opens(to-1, listHonorifics) && (t.kind != punct || t.ch == ')' || t.ch == '"') {
			break
		}
		to--
	}
	return to
}
