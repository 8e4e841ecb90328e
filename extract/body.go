package extract

import (
	"slices"
	"strings"

	"pakta"
)

// maxBodyName bounds the name of a body, in tokens: "PT Bank Nasional
// Indonesia (Persero) Tbk Kantor Cabang Mojokerto" has 11.
const maxBodyName = 18

// bodyRules is what the reading of bodies needs, compiled.
type bodyRules struct {
	offices   wordList // words that make the body behind them somebody's office
	inner     wordList // small words inside names
	generic   wordList // words that stand for a name: "Kejaksaan Negeri setempat"
	republics wordList
	legal     wordList // forms of companies, which newsrooms put or leave out
	branches  wordList // words between a name and the place of a branch
	kinds     wordList // words for the kind of a region
	dinas     wordList
	classes   wordList // words for the class of a court or prison
	local     wordList // "Rumah Sakit Umum Daerah"
	abroad    wordList // words for parts of other countries
	sorts     wordList // heads that name no body when they stand alone
	single    wordList // companies that work all over the country
	of        wordList // of the titles of mayors abroad
	schools   wordList // offices behind which an unknown abbreviation is a school
	// acronyms are the heads that are all capitals, and only as such are names:
	// MAN, but not "Man".
	acronyms map[uint32]bool
	stores   wordList   // what "bank" is of where it is none: data
	heads    []bodyHead // by entry of listBodies
}

// bodyHead is how a row of the table of bodies counts when names are compared.
type bodyHead struct {
	mark  string   // its id, marked as that of a head
	means []string // the words it stands for, the first marked; nil for those of the text
}

func newBodyRules(lex *lexicon) bodyRules {
	return bodyRules{
		offices:   lex.words("body.offices"),
		inner:     lex.words("body.inner"),
		generic:   lex.words("body.generic"),
		republics: lex.words("body.republics"),
		legal:     lex.words("body.legal"),
		branches:  lex.words("body.branches"),
		kinds:     lex.words("body.kinds"),
		classes:   lex.words("body.classes"),
		dinas:     lex.words("body.dinas"),
		local:     lex.words("body.local"),
		abroad:    lex.words("body.abroad"),
		sorts:     lex.words("body.sorts"),
		single:    lex.words("body.single"),
		of:        lex.words("body.of"),
		schools:   lex.words("body.schools"),
		stores:    lex.words("body.stores"),
		acronyms:  acronyms(lex),
		heads:     bodyHeads(lex),
	}
}

// bodyHeads are the rows of the table of bodies. The form of a company means
// nothing: PT Dragon Land is Dragon Land.
func bodyHeads(lex *lexicon) []bodyHead {
	var heads []bodyHead
	for i := range lex.entries[listBodies] {
		e := &lex.entries[listBodies][i]
		h := bodyHead{mark: "#" + e.ID}
		switch means := e.Attr("means"); {
		case e.ID == "pt":
			h.means = []string{}
		case means == "":
			h.means = []string{h.mark}
		case means != "=":
			h.means = headWords(means)
		}
		heads = append(heads, h)
	}
	return heads
}

// headWords are the words that a head means, the first marked.
func headWords(means string) []string {
	words := strings.Fields(means)
	words[0] = "#" + words[0]
	return words
}

// acronyms are the one-word forms of bodies that are written in capitals only.
func acronyms(lex *lexicon) map[uint32]bool {
	all, mixed := map[uint32]bool{}, map[uint32]bool{}
	for i := range lex.entries[listBodies] {
		for _, form := range lex.entries[listBodies][i].Forms {
			if strings.ContainsAny(form, " -/.") {
				continue
			}
			if w := lex.vocab.intern([]byte(foldString(form))); form == strings.ToUpper(form) {
				all[w] = true
			} else {
				mixed[w] = true
			}
		}
	}
	for w := range mixed {
		delete(all, w)
	}
	return all
}

// readBodies finds the names of bodies that are no regional governments:
// "Universitas Andalas", "PT PLN (Persero) UP3 Pekalongan", "Kejaksaan Negeri
// (Kejari) Kendal". A region in such a name is not a region of the article.
func (d *document) readBodies() {
	d.eachHit(listBodies, func(h hit) {
		from, to := int(h.from), int(h.to)
		if d.lineOf(from) == lineRelated || !d.capital(from) || !d.unclaimed(from, to) || len(d.bodies) >= 5*maxBodies {
			return
		}
		if to == from+1 && d.toks[from].shape != upper && d.x.bodies.acronyms[d.toks[from].word] || d.inAgencyTitle(from) || d.inAgencyName(from) {
			return
		}
		if from > 0 && d.mark(from-1, '-') && !d.toks[from].spaced && from > 1 && !d.toks[from-1].spaced && d.inForum(from) {
			return // the end of a name: KR-BNN
		}
		if r, ok := d.hitEnding(to, listHonorifics, 4); ok && int(r.from) < from || d.inShortForm(from, to) {
			return // "Mayjen TNI", "(KR BNN)"
		}
		if d.typ(h) == string(pakta.ForeignGovernment) {
			if d.attr(h, "shape") == "name" {
				d.countries = append(d.countries, span{from, to})
			} else {
				d.abroad = append(d.abroad, span{from, to})
			}
			return
		}
		if d.id(h) == "cv" && d.opens(to, listSectorTerms) && !d.capital(to+1) {
			return // "Koperasi UMKM dan lainnya"
		}
		d.addBody(h, from, to)
	})
	d.trimBodies()
	d.trimTitled()
	d.readSchools()
	d.readListed()
	d.claimAliases()
	d.readForeign()
}

// inAgencyTitle reports whether token i is a word of the title of an agency's
// head, "Kadis Kominfo": the agency is the region's own.
func (d *document) inAgencyTitle(i int) bool {
	for j := i - 1; j >= 0 && j > i-3; j-- {
		if h, ok := d.longest(j, listPositions); ok && int(h.to) > i && d.x.officials.offices[h.entry].class == "agency" {
			return true
		}
	}
	return false
}

// inAgencyName reports whether a word for a sector at token i belongs to the
// name of an agency: the Koperasi of "Dinas Perdagangan, Koperasi dan UKM".
func (d *document) inAgencyName(i int) bool {
	if !d.listsAt[i].has(listSectorTerms) {
		return false
	}
	for j := i - 1; j > i-maxTail && j >= 0 && d.sameSentence(j, i); j-- {
		if d.is(j, d.x.bodies.dinas) {
			return true
		}
		if !d.capital(j) && !d.mark(j, ',') && !d.is(j, d.x.officials.and) || d.opens(j, listRegions) {
			return false // "Dinas Kominfo Kaur dan BSSN"
		}
	}
	return false
}

// maxPart is how long the first part of a short form of two is, in bytes: KR BNN.
const maxPart = 3

// inShortForm reports whether the tokens [from, to) are the end of a short form
// in brackets that is something else's.
func (d *document) inShortForm(from, to int) bool {
	if from < 2 || d.toks[from-1].shape != upper || d.toks[from].shape != upper || d.toks[from-1].end-d.toks[from-1].start > maxPart {
		return false
	}
	return d.mark(to, ')') && d.mark(from-2, '(') || d.find("("+d.slice(from-1, to)+")") >= 0
}

// inForum reports whether token i ends the name of a forum with a hyphen.
func (d *document) inForum(i int) bool {
	h, ok := d.longest(i-2, listForums)
	return ok && int(h.to) > i
}

// readSchools takes an unknown abbreviation behind the office of a rector for
// the name of a university: "Rektor UNIKARTA, Prof. Dr. Iwan".
func (d *document) readSchools() {
	n := len(d.bodies)
	d.eachHit(listPositions, func(h hit) {
		from, to := int(h.to), int(h.to)+1
		if !d.is(from-1, d.x.bodies.schools) || !d.sameSentence(from-1, from) || d.toks[from].shape != upper || d.toks[from].end-d.toks[from].start < 2 {
			return
		}
		if d.opensAny(from, 1<<listHonorifics|1<<listDegrees) || !d.unclaimed(from, to) || d.toks[from-1].shape == upper {
			return
		}
		b := bodyFinding{from: from, to: to, head: "school", typ: pakta.University, name: d.slice(from, to), rule: "body.led", office: true}
		b.words = []string{"#school", foldString(b.name)}
		d.bodies = append(d.bodies, b)
	})
	if len(d.bodies) > n {
		slices.SortStableFunc(d.bodies, func(a, b bodyFinding) int { return a.from - b.from })
	}
}

// bodyAlias is another name of a body: what stood in brackets behind the name,
// or the name of a company without its legal form.
type bodyAlias struct {
	words []string
	body  int
}

// claimAliases finds the later mentions of bodies by their other names
// ("Polman Babel", "Dragon Land"), so that no region is read there.
func (d *document) claimAliases() {
	byFirst := d.aliases()
	if len(byFirst) == 0 {
		return
	}
	for i := range d.toks {
		if d.owner[i] != free || !d.capital(i) || d.lineOf(i) == lineRelated {
			continue
		}
		for _, a := range byFirst[d.folded(i, i+1)] {
			n := d.startsLike(i, a.words)
			if n == 0 || !d.take(i, i+n, claimBody) {
				continue
			}
			b := d.bodies[a.body]
			b.full = span{b.from, b.to}
			b.from, b.to, b.rule, b.office = i, i+n, "body.alias", d.is(i-1, d.x.bodies.offices)
			d.bodies = append(d.bodies, b)
			break
		}
	}
	slices.SortStableFunc(d.bodies, func(a, b bodyFinding) int { return a.from - b.from })
}

// aliases lists the other names of the bodies found, by their first word.
func (d *document) aliases() map[string][]bodyAlias {
	var byFirst map[string][]bodyAlias
	add := func(k int, words []string) {
		if byFirst == nil {
			byFirst = map[string][]bodyAlias{}
		}
		all := byFirst[words[0]]
		if !slices.ContainsFunc(all, func(a bodyAlias) bool { return slices.Equal(a.words, words) }) {
			byFirst[words[0]] = append(all, bodyAlias{words, k})
		}
	}
	for k := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[k]
		if len(b.alias) > 1 {
			add(k, strings.Fields(b.alias))
		}
		if b.typ == pakta.Company && len(b.words) > 2 && b.head == "pt" {
			add(k, b.words[1:])
		}
	}
	return byFirst
}

// trimBodies cuts names that run on into the name of a person ("Direktur
// Utama PT Dua Roda Hendra Wijaya") to the shorter name of the same body that
// stands elsewhere in the text.
func (d *document) trimBodies() {
	for i := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[i]
		for j := range d.bodies[:min(len(d.bodies), maxBodies)] {
			o := &d.bodies[j]
			if n := len(o.words); n < 2 || n >= len(b.words) || o.alias != b.alias || !slices.Equal(o.words, b.words[:n]) || !b.office {
				continue
			}
			end := b.from + (o.to - o.from)
			for k := end; k < b.to; k++ {
				if d.owner[k] == claimBody {
					d.owner[k] = free
				}
			}
			b.to, b.words, b.name = end, o.words, d.slice(b.from, end)
		}
	}
}

// trimTitled cuts the names of bodies in a headline that run on into its verbs
// ("Kejari Kian Mesra") to what the text calls a body with the same head, and
// regions behind it.
func (d *document) trimTitled() {
	for i := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[i]
		if b.from >= d.titleEnd {
			return
		}
		same, others := 0, 0 // words that another name begins with too
		for j := range d.bodies[:min(len(d.bodies), maxBodies)] {
			o := &d.bodies[j]
			if o.from < d.titleEnd || o.head != b.head {
				continue
			}
			n := 0
			for n < len(o.words) && n < len(b.words) && o.words[n] == b.words[n] {
				n++
			}
			same, others = max(same, n), others+1
		}
		if others > 0 && same < len(b.words) {
			d.cutTitled(b, same)
		}
	}
}

// cutTitled cuts a name in a headline behind its first words, and the regions
// that follow them.
func (d *document) cutTitled(b *bodyFinding, words int) {
	h, _ := d.longest(b.from, listBodies)
	end, n := int(h.to), 1
	for ; end < b.to; end++ {
		if d.toks[end].kind == punct {
			continue
		}
		r, region := d.longest(end, listRegions)
		switch {
		case region && int(r.to) <= b.to:
			n += int(r.to) - end
			end = int(r.to) - 1
		case n >= words && !d.is(end, d.x.bodies.branches):
			d.cutBodies(end, b.to)
			return
		default:
			n++
		}
	}
}

// addBody notes the body whose name opens with hit h.
func (d *document) addBody(h hit, from, to int) {
	if d.id(h) == "bank" && d.is(to, d.x.bodies.stores) {
		return
	}
	end := to
	if d.attr(h, "shape") != "name" || d.mark(to, '(') {
		end = d.nameEnd(d.namedAfter(h, to))
	}
	if end == to && d.attr(h, "shape") == "named" {
		return
	}
	end = d.areasInName(from, end)
	if d.ownHospital(from, end) {
		return
	}
	b := bodyFinding{
		from: from, to: end, head: d.id(h), typ: pakta.PartyType(d.typ(h)),
		name: d.slice(from, end), rule: "body." + d.attr(h, "shape"), bare: end == to && d.attr(h, "shape") == "head",
	}
	b.words, b.alias = d.bodyWords(from, end, h)
	b.office = from > 0 && d.toks[from-1].sent == d.toks[from].sent && d.is(from-1, d.x.bodies.offices)
	d.bodies = append(d.bodies, b)
	if !b.office {
		d.take(from, end, claimBody)
	}
}

// areasInName is the end of the regions that close the name of a branch, and of
// the short form behind them: "Unit Induk Distribusi (UID), Sumatera Selatan,
// Jambi dan Bengkulu (S2JB)". Two at least and a short form tell them from those
// who are partners too.
func (d *document) areasInName(from, end int) int {
	if !d.hasWord(from, end, d.x.bodies.branches) {
		return end
	}
	areas := 0
	if _, ok := d.hitEnding(end, listRegions, 4); ok {
		areas++
	}
	i := end
	for i < end+maxBodyName && (d.mark(i, ',') || d.is(i, d.x.bodies.inner)) {
		to := d.placeInName(i + 1)
		if to == 0 {
			return end
		}
		areas++
		i = to
	}
	if areas > 1 && d.mark(i, '(') && d.capital(i+1) && d.closing(i) == i+2 {
		return i + 3
	}
	return end
}

// ownHospital reports whether a name is that of a region's own hospital with the
// region in it or right behind it, which stands for the region: "RSUD Kota
// Sawahlunto", "RSUD dr. Rekaan, Tanah Bumbu".
func (d *document) ownHospital(from, end int) bool {
	if !d.localHospital(from) {
		return false
	}
	for i := from; i < end+2; i++ {
		if d.placeInName(i) > 0 {
			return true
		}
	}
	return false
}

// namedAfter is the token behind the titles of the person whom a hospital is
// named after: "RSUP Dr. M. Djamil"; that behind the head for other bodies.
func (d *document) namedAfter(h hit, to int) int {
	if !d.is(int(h.from), d.x.officials.hospital) {
		return to
	}
	for title, ok := d.longest(to, listHonorifics); ok && d.sameSentence(int(h.from), to); title, ok = d.longest(to, listHonorifics) {
		if to = int(title.to); d.mark(to, '.') {
			to++
		}
	}
	return to
}

// nameEnd extends a name that reaches to token i over the capitalised words,
// numbers, short brackets and quoted words that follow.
func (d *document) nameEnd(i int) int {
	start, end := i, i
	for i < len(d.toks) && i-end < 4 && d.sameSentence(i, end-1) && i-start < maxBodyName {
		t := &d.toks[i]
		switch to := d.placeInName(i); {
		case to > 0 && end == i && d.provinceBehind(i):
			return end // "Kejaksaan Negeri Jember Jawa Timur"
		case to > 0:
			i, end = to, to
		case d.is(i, d.x.bodies.branches) && end == i && i > 0 && (d.placeInName(i+1) > 0 || d.capital(i+1) && !d.endsBodyName(i+1)):
			i++
		case d.is(i, d.x.bodies.inner) && (i > start || d.is(i, d.x.bodies.of)) && d.capital(i+1) && !d.endsBodyName(i+1) && !d.opensBody(i+1) && !d.opens(i+1, listAgencies) && d.placeInName(i+1) == 0 && end == i && t.shape == lower:
			i++
		case t.kind == word && d.endsBodyName(i):
			return end
		case t.shape.capital():
			i++
			end = i
		case t.kind == number && (d.mark(i+1, '/') || d.mark(i-1, '/') || !t.spaced || d.capital(i-1)) && i-end < 1:
			i++
			end = i
		case (t.ch == '-' || t.ch == '/' || t.ch == '&' || t.ch == '.' && t.inner) && i+1 < len(d.toks) && (t.ch == '&' || !d.toks[i+1].spaced || t.inner):
			i++
		case t.ch == '(' || t.ch == '"':
			if close := d.closing(i); close > 0 {
				i = close + 1
				end = i
				continue
			}
			return end
		default:
			return end
		}
	}
	return end
}

// placeInName is the end of a region's name that opens at i inside the name of
// a body: "Kantor Pertanahan Kota Samarinda", "UPN Veteran Jawa Timur"; 0 when
// there is none.
func (d *document) placeInName(i int) int {
	if !d.capital(i) {
		return 0
	}
	if h, ok := d.longest(i, listRegionPrefixes); ok && d.typ(h) == "area" {
		i = int(h.to)
		if d.mark(i, '.') && d.toks[i].inner {
			i++
		}
	}
	if h, ok := d.longest(i, listRegions); ok && d.capital(i) && d.sameSentence(i-1, i) {
		return int(h.to)
	}
	return 0
}

// closing is the token that closes the short bracket or quotation opened at
// i, -1 when it is long, has lower-case words or is not closed.
func (d *document) closing(i int) int {
	want := d.toks[i].ch
	if want == '(' {
		want = ')'
	}
	for j := i + 1; j < len(d.toks) && j <= i+6 && d.sameSentence(i, j); j++ {
		t := &d.toks[j]
		if t.ch == want {
			if j == i+1 {
				return -1
			}
			return j
		}
		if t.kind == word && t.shape == lower || t.kind == number && t.ch == '(' || t.ch == '/' && d.toks[j-1].kind == number {
			return -1
		}
	}
	return -1
}

// stopsName reports whether the word at i opens something that is not part of
// a body's name: an act, an instrument, an office, a weekday.
func (d *document) stopsName(i int) bool {
	return d.opensAny(i, nameStops) || !nounCues.has(d.cue(i))
}

// nameStops are the lists with words that are no part of a body's name.
const nameStops listSet = 1<<listInstruments | 1<<listPositions | 1<<listActing | 1<<listNameStops | 1<<listWeekdays | 1<<listOfficialCues | 1<<listHonorifics

// nounCues are the cues that also stand in names (Kerja Sama, Usaha), or none.
const nounCues cueSet = 1<<cueNone | 1<<cueNot | 1<<cueBoundary | 1<<cueScopeNoun | 1<<cueScope | 1<<cueAim | 1<<cuePast | 1<<cueWish

// endsBodyName reports whether the word at i is not part of the body's name before
// it. Nouns that newsrooms capitalise may be: Badan Pertanahan Nasional.
func (d *document) endsBodyName(i int) bool {
	if h, ok := d.longest(i, listNameStops); ok && d.class(h) == "inner" {
		return !d.capital(i)
	}
	return d.stopsName(i)
}

// opensBody reports whether another body or a region opens at i.
func (d *document) opensBody(i int) bool {
	return d.opensAny(i, 1<<listBodies|1<<listRegionPrefixes)
}

// capital reports whether token i is a word that begins with a capital.
func (d *document) capital(i int) bool {
	return uint(i) < uint(len(d.toks)) && d.toks[i].shape.capital()
}

// bodyWords are the folded words of a name without what stands in brackets,
// which is its alias; the head word is replaced by its id, so that Kejari and
// Kejaksaan Negeri are the same.
func (d *document) bodyWords(from, to int, h hit) (words []string, alias string) {
	begin, depth := len(d.strings), 0
	d.strings = append(d.strings, d.x.bodies.heads[h.entry].mark)
	for i := int(h.to); i < to; i++ {
		t := &d.toks[i]
		switch {
		case t.ch == '(':
			depth++
		case t.ch == ')':
			depth--
		case d.is(i, d.x.bodies.legal):
		case t.kind != punct && depth > 0:
			alias = strings.TrimSpace(alias + " " + d.folded(i, i+1))
		case t.kind != punct:
			d.strings = append(d.strings, d.folded(i, i+1))
		}
	}
	return d.strings[begin:len(d.strings):len(d.strings)], alias
}

// foldString is the lower-case form of a short string, for comparisons.
func foldString(s string) string { return strings.ToLower(s) }
