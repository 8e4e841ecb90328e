package extract

import (
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
	for d.is(i, d.x.officials.roman...) {
		i++
	}
	switch f.tail {
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
	}
	return d.secondOffice(o, i), true
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
		switch {
		case next == 0:
			if after := d.skipBracket(i); after > i {
				i, end = after, after
				continue
			}
			return title, max(end, title)
		case i > from && d.opensUnit(i):
			chained = true
		}
		i = next
		if end = i; !chained {
			title = i
		}
	}
	return title, end
}

// agencyUnit is the end of the word or phrase of an agency's name at token i,
// 0 when there is none: words of sectors and of the table of agencies, what
// joins them, and unknown words up to a region ("Kepala Dinas Peuqara Aceh").
func (d *document) agencyUnit(i int) int {
	if d.owner[i] != free && d.owner[i] != claimBody {
		return 0
	}
	if h, ok := d.longest(i, listAgencies); ok && d.attr(h, "kind") != "council" && d.capital(i) {
		return int(h.to)
	}
	if h, ok := d.longest(i, listSectorTerms); ok && d.capital(i) && !d.isGiven(i) {
		return int(h.to)
	}
	if d.agencyWord(i) {
		return i + 1
	}
	if d.is(i, d.x.officials.roman...) {
		return i + 1
	}
	if d.is(i, d.x.officials.and...) || d.mark(i, ',') || d.mark(i, '-') || d.mark(i, '&') || d.mark(i, '/') || d.mark(i, '.') && d.toks[i].inner {
		if d.agencyWord(i+1) || d.sectorAt(i+1) {
			return i + 1
		}
	}
	return 0
}

// agencyWord reports whether token i is a word of agencies' names; in the
// small letters of careless writing only behind another one.
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
	if h, ok := d.longest(i, listAgencies); ok {
		return d.attr(h, "kind") != "words"
	}
	_, body := d.longest(i, listBodies)
	return body
}

// agencyTitle is the name of an agency as titles have it: without brackets,
// small joining words, "Kerja Sama" for "Kerjasama", short names in full.
func (d *document) agencyTitle(from, to int) string {
	if h, ok := d.longest(from, listAgencies); ok && int(h.to) == to {
		if name := d.agencyName(h); name != "" {
			return strings.TrimPrefix(name, "Dinas ")
		}
	}
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
	if !d.capital(i) || !d.sameSentence(o.from, i) || d.is(i, d.x.officials.region...) {
		return i, false
	}
	if h, ok := d.longest(i, listAgencies); ok {
		if name := d.agencyName(h); name != "" {
			o.position, o.class, o.to = f.position+" "+name, "agency", int(h.to)
			_, end := d.agencyWords(o.to)
			o.to = max(o.to, end)
			return o.to, true
		}
	}
	if h, ok := d.longest(i, listBodies); ok && d.attr(h, "shape") == "head" && d.attr(h, "type") == string(pakta.CentralGovernment) {
		o.position, o.class, o.to = f.position+" "+d.nameText(i, int(h.to)), "vertical", int(h.to)
		return o.to, true
	}
	end := d.nameEnd(i)
	title, _ := d.agencyWords(i)
	if start, ok := d.personIn(max(i, title), end); ok {
		end = start
	} else if title > i && title < end {
		end = title
	} else if !d.mark(end, ',') || !d.nameFollows(end+1) {
		return i, false
	}
	for k := i; k < end; k++ { // what it is the head of ends at its region
		if d.regionFollows(k) {
			end = k
		}
	}
	if end <= i {
		return i, false
	}
	o.position, o.to = f.position+" "+d.agencyTitle(i, end), end
	return end, true
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

// skipBracket steps over a short bracket: "Sekretaris Daerah (Sekda)".
func (d *document) skipBracket(i int) int {
	if d.mark(i, '(') {
		for j := i + 1; j < i+7 && j < len(d.toks); j++ {
			if d.mark(j, ')') {
				return j + 1
			}
		}
	}
	return i
}

// bodyTail steps over the name of the body or area that an office belongs to
// and returns where a person's name may stand: "Direktur Utama PT Dua Roda
// Hendra", "Direktur Polman Babel, Sugeng", "Camat Rajabasa Sabilal".
func (d *document) bodyTail(o *officialFinding, f *office, i int) (next int, ok bool) {
	i = d.skipBracket(i)
	for d.is(i, d.x.bodies.republics...) || d.is(i, d.x.officials.elect...) {
		i++
	}
	if !d.capital(i) || !d.sameSentence(o.from, i) {
		return i, true
	}
	end := d.nameEnd(i)
	if d.mark(end, '.') && d.toks[end].inner && end > i { // "Direktur PT. X"
		end = d.nameEnd(end + 1)
	}
	if end < i+1 {
		return i, true
	}
	if d.mark(end, ',') && d.nameFollows(end+1) && !d.honorificAt(i) && (f.tail == "body" || end-i <= 3) && d.bodyLike(o, f, i, end) {
		o.to = end
		return end, true
	}
	start, ok := d.personIn(i, end)
	if !ok && (d.opensBody(i) || f.tail == "area" && end-i > 1) {
		return d.splitUnknown(o, f, i, end)
	}
	if ok {
		o.to = max(o.to, start)
		return start, true
	}
	return i, true
}

// bodyLike reports whether the capitalised words before a comma are a body's
// name rather than the person's own: one that is known, or one in short.
func (d *document) bodyLike(o *officialFinding, f *office, i, end int) bool {
	if d.opensBody(i) || d.bodyAt(i) > 0 || f.tail == "area" {
		return true
	}
	return !d.isGiven(i)
}

// splitUnknown looks for the end of a body's name in [i, end) where no word
// tells: the name of the same body elsewhere, a region, a degree behind the
// person. What it cannot tell it leaves open.
func (d *document) splitUnknown(o *officialFinding, f *office, i, end int) (int, bool) {
	if n := d.bodyAt(i); n > 0 && i+n < end {
		o.to = i + n
		return i + n, true
	}
	if f.tail == "area" && end-i == 2 {
		o.to = i + 1
		return i + 1, true
	}
	for k := end - 1; k > i; k-- {
		if h, ok := d.longest(k, listRegions); ok && int(h.to) < end {
			o.to = int(h.to)
			return o.to, true
		}
	}
	if d.degreesFollow(end) && end-i > 2 {
		o.to = end - 2
		return end - 2, true
	}
	if end-i > 2 && f.tail == "body" && d.opensBody(i) {
		d.reject(i, end, "official.before", "no word tells where the name of the body ends and a person's begins")
	}
	return end, false
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
		if b.alias != "" && b.from != i && foldString(d.tokenText(i)) == b.alias {
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
		if n := b.to - from; n < len(b.words) {
			b.words = b.words[:len(b.words)-n]
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
