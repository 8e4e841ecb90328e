package extract

import (
	"slices"
	"strings"

	"pakta"
	"pakta/rules"
)

// titleRules is what the titles of those who head agencies need besides, compiled.
type titleRules struct {
	skip         wordList // words between an office and the name of its holder
	units        wordList // words that open the name of what a division belongs to: biro
	slips        wordList // words that newsrooms write for those of agencies' names
	rivers       wordList // what stands before the river that an office is called after
	associations wordList // words that open the name of an association of officers
	university   wordList // words that open the names of schools and hospitals
	// spellings are the usual ones of words that newsrooms spell in others.
	spellings map[string]string
}

func newTitleRules(lex *lexicon, set *rules.Set) titleRules {
	return titleRules{
		skip:         lex.words("official.skip"),
		units:        lex.words("official.units"),
		slips:        lex.words("official.slips"),
		rivers:       lex.words("official.rivers"),
		associations: lex.words("official.associations"),
		university:   lex.words("official.university"),
		spellings:    usualSpellings(set),
	}
}

// agencyWords reads the words that name an agency or division from token i:
// title is the end of those that belong to the title, end that of the agency
// it is part of ("Bidang Cipta Karya Dinas Pekerjaan Umum (DPU)").
func (d *document) agencyWords(i int) (title, end int) {
	from := i
	title, end = i, i
	chained := false
	for i < len(d.toks) && i-from < maxTail && d.sameSentence(from, i) && d.owner[i] != claimLaw {
		next := d.agencyUnit(i)
		if next == 0 && end == i {
			next = d.unknownUnit(i)
		}
		switch {
		case next == 0:
			if after := d.skipBracket(i); after > i && (end == i || d.linksUnits(after) && d.agencyUnit(after) > 0) { // "PIAK (...) dan Pemanfaatan Data"
				i, end = after, after
				continue
			}
			return title, max(end, title)
		case i > from && d.opensUnit(i):
			chained = true
		}
		i = next
		if !d.linksUnits(i - 1) {
			if end = i; !chained {
				title = i
			}
		}
	}
	return title, end
}

// linksUnits reports whether token i joins the words of an agency's name.
func (d *document) linksUnits(i int) bool {
	return d.is(i, d.x.officials.and) || d.toks[i].kind == punct && d.toks[i].ch != '.' && d.toks[i].ch != ')'
}

// agencyUnit is the end of the word or phrase of an agency's name at token i,
// 0 when there is none: words of sectors and of the table of agencies, bodies
// of the central government, and what joins them.
func (d *document) agencyUnit(i int) int {
	if d.owner[i] != free && d.owner[i] != claimBody {
		return 0
	}
	if h, ok := d.longest(i, listAgencies); ok && d.kind(h) != "council" && d.capital(i) {
		return int(h.to)
	}
	if d.sectorAt(i) {
		return d.sectorEnd(i)
	}
	if d.is(i, d.x.officials.slips) && d.capital(i) && d.linksUnits(i+1) && d.agencyWord(i+2) {
		return i + 1 // "Bidang Pemerintah dan Kesejahteraan Rakyat"
	}
	if d.agencyWord(i) || d.largerUnit(i) || d.mark(i-1, ',') && d.unknownItem(i) {
		return i + 1
	}
	if h, ok := d.longest(i, listBodies); ok && d.capital(i) && d.typ(h) == string(pakta.CentralGovernment) {
		return int(h.to)
	}
	if d.is(i, d.x.officials.roman) && !d.balinese(i) {
		return i + 1
	}
	if after := d.suffixed(i); after > i && !d.isGiven(i+1) { // "PUPR-Pera"
		return after
	}
	if after := d.smallUnit(i); after > i {
		return after
	}
	if d.mark(i, '-') && !d.toks[i].spaced && i+1 < len(d.toks) && d.x.officials.agency.has(d.toks[i+1].word) {
		return i + 2 // "Perundang-undangan"
	}
	if d.is(i, d.x.officials.and) || d.mark(i, ',') || d.mark(i, '-') || d.mark(i, '&') || d.mark(i, '/') || d.mark(i, '.') && d.toks[i].inner {
		if d.agencyWord(i+1) || d.sectorAt(i+1) || d.mark(i, ',') && (d.is(i+1, d.x.officials.and) && d.agencyWord(i+2) || d.unknownItem(i+1)) {
			return i + 1
		}
	}
	return 0
}

// unknownItem reports whether a word that no table has stands at token i between
// two of an agency's name: "Perindustrian, Perkapalan dan Perdagangan".
func (d *document) unknownItem(i int) bool {
	return i+2 < len(d.toks) && d.unknownWords(i, i+1) && !d.isGiven(i) && (d.mark(i+1, ',') || d.is(i+1, d.x.officials.and)) && d.agencyWord(i+2)
}

// smallUnit is the end of words of an agency's name behind "dan" at token i that
// a newsroom writes small, before the agency they belong to or the holder: "Kabag
// Hukum dan kerja sama Setda Kendal". It is i when none stand there.
func (d *document) smallUnit(i int) int {
	if i == 0 || !d.capital(i-1) || !d.is(i, d.x.officials.and) && !(d.agencyWord(i-1) && d.smallWord(i)) {
		return i
	}
	j := i + 1
	for j < i+maxUnit && d.sameSentence(i, j) && (d.smallWord(j) || d.is(j, d.x.officials.and) && d.smallWord(j+1)) {
		j++
	}
	if after := d.skipBracket(j); after > j && d.regionFrom(after) != nil {
		return j
	}
	switch {
	case j == i+1 && d.is(i, d.x.officials.and):
		return i
	case d.isGiven(j), d.honorificAt(j), d.capital(j) && d.capital(j+1) && d.listsAt[j] == 0, d.opensAny(j, 1<<listAgencies|1<<listBodies) && d.capital(j), d.regionFrom(j) != nil, d.mark(j, ',') && d.nameFollows(j+1):
		return j
	}
	return i
}

// smallWord reports whether token i is a word of agencies' names that is written
// small.
func (d *document) smallWord(i int) bool {
	return i < len(d.toks) && d.toks[i].shape == lower && d.x.officials.agency.has(d.toks[i].word)
}

// unknownUnit is the end of the capitalised words at token i that no table
// has, when they reach up to a region, or to a comma with a name behind it:
// "Kepala Dinas Perkimhub Kabupaten Bangka Barat". It is 0 otherwise, and
// where one of them opens a name.
func (d *document) unknownUnit(i int) int {
	if d.opens(i, listRegionPrefixes) {
		return 0 // "Kabag Hukum Pemko Medan"
	}
	for j := i; j < i+4 && d.sameSentence(i, j); j++ {
		if j > i && (d.opensUnit(j) || (d.is(j, d.x.officials.and) || d.mark(j, ',')) && (d.agencyWord(j+1) || d.smallWord(j+1)) || d.regionFrom(j) != nil || d.regionName(j) && !d.isGiven(j) || d.mark(j, ',') && d.nameFollows(j+1)) {
			return j
		}
		if !d.capital(j) || d.owner[j] != free || d.regionName(j) || d.isGiven(j) || d.honorificAt(j) || d.stopsName(j) {
			return 0
		}
	}
	return 0
}

// balinese reports whether the numeral at token i is the first word of a name:
// "I Gede Eka".
func (d *document) balinese(i int) bool {
	return i+1 < len(d.toks) && d.toks[i].end-d.toks[i].start == 1 && d.x.officials.balinese.has(d.toks[i+1].word) && d.capital(i+1)
}

// agencyWord reports whether token i is a word of agencies' names.
func (d *document) agencyWord(i int) bool {
	if i >= len(d.toks) || !d.x.officials.agency.has(d.toks[i].word) || !d.capital(i) {
		return false
	}
	return !d.is(i, d.x.officials.names) || i+1 < len(d.toks) && d.x.officials.agency.has(d.toks[i+1].word) // "Lalu Lintas", not "Lalu Gita"
}

func (d *document) sectorAt(i int) bool {
	return d.opens(i, listSectorTerms) && d.capital(i) && !d.isGiven(i) && !d.opens(i, listRegionPrefixes)
}

// sectorEnd is the end of the name of a sector at token i, without the region that
// its last words are: "Kebersihan Kota Dumai", "Kerja Sama Daerah Istimewa X".
func (d *document) sectorEnd(i int) int {
	h, _ := d.longest(i, listSectorTerms)
	to := int(h.to)
	for to > i+1 && (d.owner[to-1] == claimRegion || d.prefixedRegion(to-1) || d.capital(to-1) && d.honorificAt(to-1)) { // "Kesehatan Ibu Rekawati"
		to--
	}
	return to
}

// opensUnit reports whether the name of a larger agency opens at token i, when
// the name of a division stands before it.
func (d *document) opensUnit(i int) bool {
	if d.largerUnit(i) {
		return true
	}
	if d.agencyWord(i) { // "Dinas Perdagangan, Koperasi dan UKM"
		return false
	}
	h, body := d.longest(i, listBodies)
	return d.opens(i, listAgencies) || body && d.typ(h) == string(pakta.CentralGovernment)
}

// largerUnit reports whether the name of what a division belongs to opens at token
// i: "Kasubbag Kerja Sama Biro Humas".
func (d *document) largerUnit(i int) bool {
	return d.is(i, d.x.officials.units) && d.capital(i) && (d.agencyWord(i+1) || d.capital(i+1) && d.opensAny(i+1, 1<<listSectorTerms|1<<listAgencies))
}

// joinTitle puts a title and what it is of together: "Kepala Badan" and "Badan
// Kesatuan Bangsa dan Politik" share a word.
func joinTitle(position, of string) string {
	last := position[strings.LastIndexByte(position, ' ')+1:]
	of = strings.TrimPrefix(of, last+" ")
	if last == "Badan" && len(of) > 2 && of[0] == 'B' && of == strings.ToUpper(of) && !strings.Contains(of, " ") {
		return strings.TrimSuffix(position, " Badan") + " " + of // "Kaban BPKAD"
	}
	if strings.HasPrefix(of, ",") {
		return position + of
	}
	return position + " " + of
}

// agencyTitle is the name of an agency as titles have it: without brackets,
// small joining words, "Kerja Sama" for "Kerjasama", short names in full.
func (d *document) agencyTitle(from, to int) string {
	if h, ok := d.longest(from, listAgencies); ok && int(h.to) == to {
		if name := d.agencyName(h); name != "" {
			return strings.TrimPrefix(name, "Dinas ")
		}
		if d.attr(h, "kind") == "words" {
			if name := d.expansion(from, to); name != "" { // as the article has it: "Pekerjaan Umum dan Tata Ruang (PUPR)"
				return name
			}
			return d.id(h)
		}
	}
	if name := d.expansion(from, to); name != "" {
		return name
	}
	return d.spellOut(from, to)
}

// spellOut is the words of [from, to) as titles have them.
func (d *document) spellOut(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if after := d.skipBracket(i); after > i {
			i = after - 1
			continue
		}
		if d.toks[i].spaced && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(d.x.officials.titleWord(d.tokenText(i)))
	}
	return b.String()
}

// expansion is the full name of an agency whose short name is the tokens
// [from, to), when the text has "Full Name (Short)"; empty otherwise.
func (d *document) expansion(from, to int) string {
	short := d.slice(from, to)
	if to-from > 3 || d.toks[from].shape == lower || len(short) < 3 {
		return ""
	}
	at := d.find("(" + short + ")")
	if at < 0 {
		return ""
	}
	end, _ := slices.BinarySearchFunc(d.toks, int32(at), func(t token, at int32) int { return int(t.start - at) })
	for i := end - 1; i >= 0 && i > end-maxTail && d.sameSentence(i, end) && (d.capital(i) || d.linksUnits(i)); i-- {
		if d.is(i, d.x.officials.agencies) {
			return d.spellOut(i, end)
		}
	}
	return ""
}

// titleWord is a word as titles of offices have it: in its usual spelling, with a
// capital.
func (r *officialRules) titleWord(w string) string {
	low := foldString(w)
	usual, known := r.spellings[low]
	switch {
	case known:
		return usual
	case low == "dan" || low == "serta":
		return low
	case w == low && w != "":
		return strings.ToUpper(w[:1]) + w[1:]
	}
	return w
}

// usualSpellings are the words of the table of variants, by each of their other
// spellings, with capitals: "kerjasama" is "Kerja Sama".
func usualSpellings(set *rules.Set) map[string]string {
	spellings := map[string]string{}
	for _, e := range set.Entries("variants") {
		words := strings.Fields(e.Forms[0])
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		for _, form := range e.Forms[1:] {
			spellings[form] = strings.Join(words, " ")
		}
	}
	return spellings
}

// agencyName is the full name behind the short one of hit h, or the short one
// where its full name is the article's own choice; empty for words that only
// open a name.
func (d *document) agencyName(h hit) string {
	switch d.kind(h) {
	case "dinas", "own", "ministry":
		return d.id(h)
	case "badan":
		if d.find(d.id(h)) >= 0 {
			return d.id(h)
		}
		return d.slice(int(h.from), int(h.to))
	}
	return ""
}

// chiefTitle reads what a "Kepala" or "Ketua" is the head of: an agency by its
// short name, a body, or words up to a region, a comma or a person's name.
func (d *document) chiefTitle(o *officialFinding, f *office, i int) (int, bool) {
	if d.mark(i+1, ',') && d.sameSentence(o.from, i+2) && !d.capital(i) && d.nameFollows(i+2) && f.position != "Kepala" {
		o.to = i + 1
		return i + 1, true // "Ketua Umum asosiasi, Felicia Tandiono"
	}
	if !d.capital(i) || !d.sameSentence(o.from, i) || d.is(i, d.x.officials.region) {
		return i, false
	}
	if h, ok := d.longest(i, listAgencies); ok {
		if name := d.agencyName(h); name != "" {
			if long := d.suffixed(int(h.to)); long > int(h.to) { // "Diskominfo-SP"
				h.to, name = int32(long), d.agencyTitle(i, long)
			}
			head := f.position
			if head == "Ketua" && d.kind(h) != "ministry" {
				head = "Kepala" // "Ketua Bapenda": a slip
			}
			o.position, o.class, o.to = joinTitle(head, name), "agency", int(h.to)
			_, end := d.agencyWords(o.to)
			o.to = max(o.to, end)
			return o.to, true
		}
	}
	if end, ok := d.partyChief(o, f, i); ok {
		return end, true
	}
	end := d.runEnd(i)
	head := i
	if members := d.membersEnd(i); members > i {
		end, head = max(end, d.runEnd(members)), i
	} else if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") != "name" {
		head = int(h.to)
		o.class = "vertical"
	}
	title, ok := d.chiefWords(i, head, end)
	if !ok {
		if title = d.chiefBehind(o, i, end); title == i {
			return i, false
		}
	}
	words := d.titleEndAt(i, title)
	if d.is(title-1, d.x.officials.rivers) && d.capital(title) && !d.honorificAt(title) {
		for title++; d.capital(title) && !d.isGiven(title) && d.isGiven(title+1); {
			title++ // "Balai Besar Wilayah Sungai Brantas", "Serayu Opak"
		}
	}
	for k := i; k+1 < words; k++ {
		if d.is(k, d.x.officials.university) {
			words = k + 1 // "Ketua BPH Yayasan", whatever its name
		} else if d.companyAt(k + 1) {
			words = k + 1 // "Kepala Kantor Kas Bank X"
		}
	}
	if head > i { // "Balai Wilayah Sungai Kalimantan IV": what tells it from its likes is no part of a title
		for words = head; words < title && !d.is(words, d.x.officials.skip) && (d.agencyWord(words) || d.toks[words].shape == upper && !d.is(words, d.x.officials.roman)); words++ {
		}
	}
	o.position, o.to = joinTitle(f.position, d.agencyTitle(i, words)), title
	return title, true
}

// membersEnd is the end of the name of an association of officers at token i, up
// to the office they hold: "Asosiasi Bupati"; i when none stands there.
func (d *document) membersEnd(i int) int {
	if h, ok := d.longest(i+1, listPositions); ok && d.is(i, d.x.officials.associations) && d.capital(i+1) {
		return int(h.to)
	}
	return i
}

// suffixed is the end of what hangs on a short name that ends at token i.
func (d *document) suffixed(i int) int {
	if d.mark(i, '-') && d.capital(i+1) && !d.toks[i+1].spaced && !d.toks[i].spaced {
		return i + 2
	}
	return i
}

// chiefWords is the end of the words that name what a chief is the head of: at
// a region, a title, a comma with a name behind it, or a person's name.
func (d *document) chiefWords(i, head, end int) (int, bool) {
	for k := max(i+1, head); k < end; k++ {
		if d.mark(k, '(') {
			k = max(k, d.closing(k))
			continue
		}
		if d.is(k, d.x.officials.region) && d.capital(k) && d.agencyWord(k-1) {
			continue // "Tim Percepatan Pembangunan Daerah Provinsi X"
		}
		if d.regionFrom(k) != nil || d.opens(k, listRegions) && k > head && !d.isGiven(k) {
			return k, true
		}
	}
	for k := i; k < end && d.mark(end, ','); k++ {
		if d.is(k, d.x.officials.university) && k+1 < end && d.nameFollows(end+1) {
			return end, true // "Ketua Yayasan Ahmad Rekadi, Salmah Yunus"
		}
	}
	agency, _ := d.agencyWords(i)
	if k := d.acronymEnd(i); head == i && k > i && k < end && d.listsAt[k] == 0 && !d.agencyWord(k) {
		return k, true // "Ketua BP2KM Sudarto"
	}
	if head > i && head < end && d.toks[head-1].shape == upper && d.toks[head].shape == title && d.listsAt[head] == 0 && !d.agencyWord(head) {
		return head, true // "Kepala BRIN Laksana Tri Handoko"
	}
	if start, ok := d.personIn(max(i, agency, head), end); ok && start > i {
		return start, true
	}
	switch {
	case d.honorificAt(end) || d.mark(end, ',') && d.nameFollows(end+1) || d.regionFrom(end) != nil:
		return end, end > i
	case agency > i && agency < end:
		return agency, true
	case d.is(end, d.x.officials.also):
		return end, end > i // "Ketua MPR RI sekaligus ..."
	case head > i:
		return max(head, min(agency, end)), true
	case d.degreesFollow(end) && end-i > 2:
		return end - 2, true
	}
	return i, false
}

// titleEndAt is the end of a title in [from, to) without the region or the
// numeral that tells one body from its likes: "Apindo Karawang", "KPK Wilayah
// V", "MPR RI".
func (d *document) titleEndAt(from, to int) int {
	for k := from + 1; k < to; k++ {
		h, region := d.longest(k, listRegions)
		if p, ok := d.longest(k, listRegionPrefixes); ok && !region {
			h, region = d.longest(int(p.to), listRegions)
		}
		if d.is(k, d.x.officials.islands) && d.is(k+1, d.x.officials.roman) && k+2 == to { // "Balai Sungai Sulawesi I"
			return k
		}
		if region && int(h.to) == to || d.is(k, d.x.officials.skip) && k >= to-2 || d.is(k, d.x.bodies.republics) {
			return k
		}
	}
	return to
}
