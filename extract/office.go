package extract

import (
	"slices"
	"strings"

	"pakta"
)

// maxTail bounds the words behind a title, in tokens: "Bidang Pengendalian
// Penduduk, Penyuluhan dan Penggerakan Dinas ..." has 12.
const maxTail = 18

// readTail reads what stands between a title and the name of its region or
// holder, as the table of positions says, and returns where the mention goes
// on. ok is false when the words make no office.
func (d *document) readTail(o *officialFinding, f *office, i int) (next int, ok bool) {
	i = d.skipBracket(i)
	if f.tail == "committee" {
		return d.committee(o, i), true
	}
	for d.is(i, d.x.officials.roman...) && !d.balinese(i) {
		i++
	}
	switch f.tail {
	case "body":
		if title, end := d.agencyWords(i); title > i && d.agencyUnit(i) > 0 && !d.opensBody(i) && d.bodyAt(i) == 0 {
			if o.position == "Direktur" {
				o.position += " " + d.agencyTitle(i, title)
			}
			o.to, i = end, end
		}
	case "keep":
		from := i
		title, end := d.agencyWords(i)
		if title > from {
			o.position = f.position + " " + d.agencyTitle(from, title)
		}
		o.to = max(o.to, end)
		i = end
	case "skip":
		_, i = d.agencyWords(i)
		o.to = max(o.to, i)
	case "title":
		i, ok = d.chiefTitle(o, f, i)
		if !ok {
			return i, false
		}
	case "ministry":
		i = d.ministryAfter(o, i)
	case "staff":
		i = d.staffOf(o, i)
	}
	return d.secondOffice(o, i), true
}

// committee: "Ketua Komisi III DPRD Kaltara", where DPRD may be left out.
func (d *document) committee(o *officialFinding, i int) int {
	if d.is(i, d.x.officials.roman...) || d.isInitial(i) {
		o.position += " " + d.tokenText(i)
		i++
	}
	if h, ok := d.longest(i, listAgencies); ok && d.attr(h, "kind") == "council" {
		i = int(h.to)
	}
	o.position += " DPRD"
	o.to = max(o.to, i)
	return i
}

// secondOffice steps over an office that the same person holds: "Menteri
// PPN/Kepala Bappenas", and over one that a division belongs to: "Kepala
// Bidang Pemerintahan Sekretaris Daerah Kabupaten Klaten".
func (d *document) secondOffice(o *officialFinding, i int) int {
	at := i
	if d.mark(i, '/') || d.mark(i, '&') {
		at++
	} else if o.class != "agency" && o.class != "assistant" {
		return i
	}
	h, ok := d.longest(at, listPositions)
	if !ok || at == i && d.x.officials.offices[h.entry].class != "secretary" {
		return i
	}
	_, end := d.agencyWords(int(h.to))
	o.to = max(o.to, end)
	return d.skipBracket(end)
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
			if after := d.skipBracket(i); after > i && end == i {
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
	return d.is(i, d.x.officials.and...) || d.toks[i].kind == punct && d.toks[i].ch != '.' && d.toks[i].ch != ')'
}

// agencyUnit is the end of the word or phrase of an agency's name at token i,
// 0 when there is none: words of sectors and of the table of agencies, bodies
// of the central government, and what joins them.
func (d *document) agencyUnit(i int) int {
	if d.owner[i] != free && d.owner[i] != claimBody {
		return 0
	}
	if h, ok := d.longest(i, listAgencies); ok && d.attr(h, "kind") != "council" && d.capital(i) {
		return int(h.to)
	}
	if d.sectorAt(i) {
		h, _ := d.longest(i, listSectorTerms)
		return int(h.to)
	}
	if d.agencyWord(i) {
		return i + 1
	}
	if h, ok := d.longest(i, listBodies); ok && d.capital(i) && d.attr(h, "type") == string(pakta.CentralGovernment) {
		return int(h.to)
	}
	if d.is(i, d.x.officials.roman...) && !d.balinese(i) {
		return i + 1
	}
	if d.is(i, d.x.officials.and...) || d.mark(i, ',') || d.mark(i, '-') || d.mark(i, '&') || d.mark(i, '/') || d.mark(i, '.') && d.toks[i].inner {
		if d.agencyWord(i+1) || d.sectorAt(i+1) {
			return i + 1
		}
	}
	return 0
}

// unknownUnit is the end of the capitalised words at token i that no table
// has, when they reach up to a region, or to a comma with a name behind it:
// "Kepala Dinas Perkimhub Kabupaten Bangka Barat". It is 0 otherwise, and
// where one of them opens a name.
func (d *document) unknownUnit(i int) int {
	for j := i; j < i+4 && d.sameSentence(i, j); j++ {
		if j > i && (d.regionFrom(j) != nil || d.mark(j, ',') && d.nameFollows(j+1)) {
			return j
		}
		if !d.capital(j) || d.owner[j] != free || d.isGiven(j) || d.honorificAt(j) || d.stopsName(j) {
			return 0
		}
	}
	return 0
}

// balinese reports whether the numeral at token i is the first word of a name:
// "I Gede Eka".
func (d *document) balinese(i int) bool {
	return i+1 < len(d.toks) && d.x.officials.balinese.has(d.toks[i+1].word) && d.capital(i+1)
}

// agencyWord reports whether token i is a word of agencies' names.
func (d *document) agencyWord(i int) bool {
	return i < len(d.toks) && d.x.officials.agency.has(d.toks[i].word) && d.capital(i)
}

func (d *document) sectorAt(i int) bool {
	_, ok := d.longest(i, listSectorTerms)
	return ok && d.capital(i) && !d.isGiven(i)
}

// opensUnit reports whether the name of a larger agency opens at token i, when
// the name of a division stands before it.
func (d *document) opensUnit(i int) bool {
	_, agency := d.longest(i, listAgencies)
	_, body := d.longest(i, listBodies)
	return agency || body
}

// agencyTitle is the name of an agency as titles have it: without brackets,
// small joining words, "Kerja Sama" for "Kerjasama", short names in full.
func (d *document) agencyTitle(from, to int) string {
	if h, ok := d.longest(from, listAgencies); ok && int(h.to) == to {
		if name := d.agencyName(h); name != "" {
			return strings.TrimPrefix(name, "Dinas ")
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
		b.WriteString(titleWord(d.tokenText(i)))
	}
	return b.String()
}

// expansion is the full name of an agency whose short name is the tokens
// [from, to), when the text has "Full Name (Short)"; empty otherwise.
func (d *document) expansion(from, to int) string {
	short := d.slice(from, to)
	if to-from > 3 || d.toks[from].shape == lower || len(short) < 3 || d.expansions > maxBodies {
		return ""
	}
	d.expansions++
	at := strings.Index(d.text, "("+short+")")
	if at < 0 {
		return ""
	}
	end, _ := slices.BinarySearchFunc(d.toks, int32(at), func(t token, at int32) int { return int(t.start - at) })
	for i := end - 1; i >= 0 && i > end-maxTail && d.sameSentence(i, end) && (d.capital(i) || d.linksUnits(i)); i-- {
		if d.is(i, d.x.officials.agencies...) {
			return d.spellOut(i, end)
		}
	}
	return ""
}

// titleWord is a word as titles of offices have it.
func titleWord(w string) string {
	switch low := foldString(w); {
	case low == "dan" || low == "serta":
		return low
	case low == "kerjasama":
		return "Kerja Sama"
	case w == low && w != "":
		return strings.ToUpper(w[:1]) + w[1:]
	}
	return w
}

// agencyName is the full name behind the short one of hit h, or the short one
// where its full name is the article's own choice; empty for words that only
// open a name.
func (d *document) agencyName(h hit) string {
	switch d.attr(h, "kind") {
	case "dinas", "own", "ministry":
		return d.id(h)
	case "badan":
		if strings.Contains(d.text, d.id(h)) {
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
	if !d.capital(i) || !d.sameSentence(o.from, i) || d.is(i, d.x.officials.region...) {
		return i, false
	}
	if h, ok := d.longest(i, listAgencies); ok {
		if name := d.agencyName(h); name != "" {
			if long := d.suffixed(int(h.to)); long > int(h.to) { // "Diskominfo-SP"
				h.to, name = int32(long), d.agencyTitle(i, long)
			}
			o.position, o.class, o.to = f.position+" "+name, "agency", int(h.to)
			_, end := d.agencyWords(o.to)
			o.to = max(o.to, end)
			return o.to, true
		}
	}
	end := d.runEnd(i)
	head := i
	if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") != "name" {
		head = int(h.to)
		o.class = "vertical"
	}
	title, ok := d.chiefWords(i, head, end)
	if !ok {
		return i, false
	}
	words := d.titleEndAt(i, title)
	if head > i { // "Balai Wilayah Sungai Kalimantan IV": what tells it from its likes is no part of a title
		for words = head; words < title && (d.agencyWord(words) || d.toks[words].shape == upper && !d.is(words, d.x.officials.roman...)); words++ {
		}
	}
	o.position, o.to = f.position+" "+d.agencyTitle(i, words), title
	return title, true
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
		if d.regionFrom(k) != nil {
			return k, true
		}
	}
	agency, _ := d.agencyWords(i)
	if start, ok := d.personIn(max(i, agency, head), end); ok && start > i {
		return start, true
	}
	switch {
	case d.honorificAt(end) || d.mark(end, ',') && d.nameFollows(end+1) || d.regionFrom(end) != nil:
		return end, end > i
	case agency > i && agency < end:
		return agency, true
	case head > i:
		return head, true
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
		if region && int(h.to) == to || d.is(k, d.x.officials.skip...) && k >= to-2 || d.is(k, d.x.bodies.republics...) {
			return k
		}
	}
	return to
}

// maxRun bounds the capitalised words behind a title, in tokens.
const maxRun = 18

// runEnd is the end of the capitalised words from token i that may name a body
// and a person behind it: over brackets, quotes, hyphens, and "dan" between
// two of them, up to a title, an office or an act.
func (d *document) runEnd(i int) int {
	start, end := i, i
	for i < len(d.toks) && i-start < maxRun && d.sameSentence(start, i) {
		t := &d.toks[i]
		switch {
		case t.kind == word && t.shape != lower:
			if d.honorificAt(i) && (t.end-t.start > 1 || d.mark(i+1, '.')) || d.stopsRun(i) {
				return end
			}
			i++
			end = i
		case t.kind == number && (!t.spaced || d.capital(i-1)) && i > start:
			i++
			end = i
		case (d.is(i, d.x.bodies.inner...) || (t.ch == '-' || t.ch == '/' || t.ch == '&') && end == i || t.ch == '.' && t.inner) && d.capital(i+1) && !d.stopsRun(i+1):
			i++
		case t.ch == '(' || t.ch == '"':
			close := d.closing(i)
			if close < 0 {
				return end
			}
			i = close + 1
			end = i
		default:
			return end
		}
	}
	return end
}

// stopsRun reports whether an office, an act or a weekday stands at token i.
func (d *document) stopsRun(i int) bool {
	if d.listsAt[i]&d.x.officials.runStops == 0 {
		return false
	}
	for _, l := range [...]list{listPositions, listActing, listOfficialCues, listWeekdays, listInstruments} {
		if _, ok := d.longest(i, l); ok {
			return true
		}
	}
	h, ok := d.longest(i, listNameStops)
	if !ok {
		return false
	}
	switch d.attr(h, "class") {
	case "function": // "PT Karya Bersama": a capital in prose belongs to a name
		return d.toks[i].shape == lower || d.inHeadline(i)
	case "verb":
		return true
	}
	return false
}

// staffOf reads whose staff it is: "Staf Khusus Menteri Lingkungan Hidup".
func (d *document) staffOf(o *officialFinding, i int) int {
	h, ok := d.longest(i, listPositions)
	if !ok {
		return i
	}
	f := &d.x.officials.offices[h.entry]
	second := officialFinding{from: i, to: int(h.to), position: f.position, class: f.class}
	next, ok := d.readTail(&second, f, second.to)
	if !ok {
		return i
	}
	o.position += " " + second.position
	o.to = max(o.to, second.to)
	return next
}

// ministryAfter adds the ministry to the title of its secretary general.
func (d *document) ministryAfter(o *officialFinding, i int) int {
	if h, ok := d.longest(i, listAgencies); ok && d.agencyName(h) != "" {
		o.position, o.to = o.position+" "+d.agencyName(h), int(h.to)
		return o.to
	}
	h, ok := d.longest(i, listBodies)
	if !ok || !d.capital(i) {
		return i
	}
	end := int(h.to)
	if words, _ := d.agencyWords(end); words > end {
		end = words
	}
	o.position, o.to = o.position+" "+d.agencyTitle(i, end), end
	return end
}

// skipBracket steps over a short bracket: "Sekretaris Daerah (Sekda)"; not one
// with a name in it: "Pak Menteri (Mendagri Gamawan Fauzi)", "Bupati (H. Hurmin)".
func (d *document) skipBracket(i int) int {
	if !d.mark(i, '(') {
		return i
	}
	if h, ok := d.longest(i+1, listPositions); ok && !d.mark(int(h.to), ')') || d.isGiven(i+1) || d.honorificAt(i+1) {
		return i
	}
	for j := i + 1; j < i+8 && j < len(d.toks) && d.toks[j].line == d.toks[i].line; j++ {
		if d.mark(j, ')') {
			return j + 1
		}
	}
	return i
}

// bodyTail steps over the name of the body or area that an office belongs to
// and returns where a person's name may stand: "Direktur Utama PT Dua Roda
// Hendra", "Direktur Polman Babel, Sugeng", "Camat Rajabasa Sabilal". ok is
// false when the words hold no name, or nothing tells where it begins.
func (d *document) bodyTail(o *officialFinding, f *office, i int) (next int, ok bool) {
	i = d.skipBracket(i)
	for d.is(i, d.x.bodies.republics...) || d.is(i, d.x.officials.elect...) || d.mark(i, '.') && d.toks[i].inner {
		i++
	}
	i = d.skipLocation(d.skipCountry(i))
	if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") == "name" { // "Universitas Jenderal Soedirman"
		i = int(h.to)
		if r, ok := d.longest(i, listRegions); ok && !d.isGiven(i) {
			i = int(r.to)
		}
		o.to = i
	}
	if !d.capital(i) || !d.sameSentence(o.from, i) || d.honorificAt(i) {
		return i, true
	}
	end := d.runEnd(i)
	if p, ok := d.longest(end, listRegionPrefixes); ok && end > i { // "PDAM kota Payakumbuh"
		if h, ok := d.longest(int(p.to), listRegions); ok {
			end = int(h.to)
		}
	}
	if after := d.skipLocation(end); after > end {
		end = after
	}
	switch {
	case end == i:
		return i, true
	case d.honorificAt(end) && !d.isInitial(end):
		o.to = end
		return end, true
	}
	start, found := d.bodySplit(i, end)
	if d.mark(end, ',') && d.nameFollows(end+1) && d.bodyLike(f, i) && (!found || !d.anyGiven(start, end) || d.isGiven(end+1) || d.honorificAt(end+1)) {
		o.to = end
		return end, true
	}
	if found {
		o.to = max(o.to, start)
		return start, true
	}
	if f.tail == "area" || d.opensBody(i) {
		return d.splitUnknown(o, f, i, end)
	}
	return i, !d.commonWord(i)
}

// bodySplit finds where a person's name opens in the words [i, end) that name
// a body first: behind a body that is certain, else where a word tells.
func (d *document) bodySplit(i, end int) (int, bool) {
	after := i + d.bodyStart(i, end)
	start, ok := d.personIn(i, end)
	if after == i {
		return start, ok
	}
	for k := after; ok && k < start; k++ { // "PT PLN (Persero) UP3 Pekalongan Muhammad", not "ITB Kadarsah Suryadi"
		if d.listsAt[k] != 0 || d.toks[k].kind != word || d.toks[k].shape != title {
			return start, true
		}
	}
	return after, true
}

// bodyStart is how many tokens of [i, end) name a body that is certain: one
// that the text names elsewhere, or abbreviations.
func (d *document) bodyStart(i, end int) int {
	if n := d.bodyAt(i); n > 0 && i+n < end {
		return n
	}
	if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") != "name" {
		return 0
	}
	n := 0
	for i+n < end-1 && d.toks[i+n].shape == upper && !d.shoutingLine(i+n) && !d.isGiven(i+n) {
		n++
	}
	return n
}

// commonWord reports whether rules know the word at token i, and not as a
// name: "Direktur Jaringan".
func (d *document) commonWord(i int) bool {
	t := &d.toks[i]
	return t.word != 0 && !d.isGiven(i) && d.listsAt[i] != 0
}

// bodyLike reports whether the capitalised words from token i, before a comma
// and a name, name a body rather than a person.
func (d *document) bodyLike(f *office, i int) bool {
	return d.opensBody(i) || d.bodyAt(i) > 0 || f.tail == "area" || !d.isGiven(i)
}

// splitUnknown looks for the end of a body's name in [i, end) where no word
// tells: a region, a degree behind the person. What it cannot tell it leaves
// open.
func (d *document) splitUnknown(o *officialFinding, f *office, i, end int) (int, bool) {
	for k := end - 1; k >= i; k-- {
		if h, ok := d.longest(k, listRegions); ok && int(h.to) < end {
			o.to = int(h.to)
			return o.to, true
		}
	}
	switch {
	case f.tail == "area" && end-i == 1:
		return i, !d.isArea(i)
	case f.tail == "area":
		o.to = i + 1
		return i + 1, !d.isArea(i + 1)
	case d.degreesFollow(end) && end-i > 2:
		o.to = end - 2
		return end - 2, true
	case end-i > 2:
		d.leaveOpen(o.from, end, "no word tells where the name of the body ends and that of a person begins")
	}
	return end, false
}

// isArea reports whether the word at token i names a kecamatan or village in
// the text: what follows "Kecamatan" and its likes, or the second word there.
func (d *document) isArea(i int) bool {
	for _, k := range d.hitsOf[listPlaces][:min(len(d.hitsOf[listPlaces]), maxBodies)] {
		h := d.hits[k]
		if d.attr(h, "class") != "area" {
			continue
		}
		for j := int(h.to); j < int(h.to)+2 && d.capital(j); j++ {
			if j != i && strings.EqualFold(d.tokenText(j), d.tokenText(i)) {
				return true
			}
		}
	}
	return false
}

// leaveOpen notes words that may hold an official, and why none is read.
func (d *document) leaveOpen(from, to int, why string) {
	d.reject(from, to, "official.before", why)
	d.unresolved = append(d.unresolved, pakta.Unresolved{
		Field: "officials", Reason: pakta.Ambiguous, Message: why, Evidence: d.one(d.evidence(from, to, "official.before")),
	})
}

// degreesFollow reports whether a degree stands at token i, behind a comma
// perhaps: what stands before it is a person.
func (d *document) degreesFollow(i int) bool {
	if d.mark(i, ',') {
		i++
	}
	return d.isDegree(i) && d.capital(i)
}

// bodyAt is how many tokens from i spell the name of a body that the text
// names elsewhere too, with or without its head: "Dragon Land".
func (d *document) bodyAt(i int) int {
	best := 0
	for k := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[k]
		if b.from == i && !b.office && !b.bare {
			continue // the mention itself, which may run on into a person's name
		}
		if n := d.startsLike(i, d.ownWords(b)); n > best && b.from != i {
			best = n
		}
		if b.from != i && len(b.words) > 1 && b.to-b.from > best && d.sameTokens(i, b.from, b.to-b.from) {
			best = b.to - b.from
		}
		if b.alias != "" && b.from != i && d.folded(i, i+1) == b.alias {
			best = max(best, 1)
		}
	}
	return best
}

// ownWords are the folded words of a body's name without its head.
func (d *document) ownWords(b *bodyFinding) []string {
	if len(b.words) < 2 {
		return nil
	}
	return b.words[1:]
}

// sameTokens reports whether n tokens from i and from j read the same.
func (d *document) sameTokens(i, j, n int) bool {
	if i+n > len(d.toks) || j+n > len(d.toks) {
		return false
	}
	for k := range n {
		if !strings.EqualFold(d.tokenText(i+k), d.tokenText(j+k)) {
			return false
		}
	}
	return true
}

// openBodies frees the words of the bodies whose names begin in [from, to):
// they may run on into the name of the person that an office is about. closeBodies
// claims again what was no name.
func (d *document) openBodies(from, to int) {
	k, _ := slices.BinarySearchFunc(d.bodies, from, func(b bodyFinding, from int) int { return b.from - from })
	for ; k < len(d.bodies) && d.bodies[k].from < to; k++ {
		for i := max(d.bodies[k].from, from); i < d.bodies[k].to; i++ {
			if d.owner[i] == claimBody {
				d.owner[i] = free
			}
		}
	}
}

func (d *document) closeBodies(from, to int) {
	k, _ := slices.BinarySearchFunc(d.bodies, from, func(b bodyFinding, from int) int { return b.from - from })
	for ; k < len(d.bodies) && d.bodies[k].from < to; k++ {
		if b := &d.bodies[k]; !b.office {
			d.take(b.from, b.to, claimBody)
		}
	}
}

// cutBodies ends the names of bodies that run on into a person's name, which
// stands at [from, to), and frees its words.
func (d *document) cutBodies(from, to int) {
	for k := range d.bodies[:min(len(d.bodies), maxBodies)] {
		b := &d.bodies[k]
		if b.to <= from || b.from >= from {
			continue
		}
		for i := from; i < b.to; i++ {
			if d.owner[i] == claimBody {
				d.owner[i] = free
			}
		}
		for i := from; i < b.to && len(b.words) > 1; i++ {
			if d.toks[i].kind != punct {
				b.words = b.words[:len(b.words)-1]
			}
		}
		b.to, b.name = from, d.slice(b.from, from)
	}
}

// startsLike is how many tokens from i spell the folded words, 0 when they do
// not.
func (d *document) startsLike(i int, words []string) int {
	if len(words) == 0 || i+len(words) > len(d.toks) {
		return 0
	}
	for k, w := range words {
		if !strings.EqualFold(d.tokenText(i+k), w) {
			return 0
		}
	}
	return len(words)
}
