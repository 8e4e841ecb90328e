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
	offices   []uint32 // words that make the body behind them somebody's office
	inner     []uint32 // small words inside names
	generic   []uint32 // words that stand for a name: "Kejaksaan Negeri setempat"
	republics []uint32
	legal     []uint32 // forms of companies, which newsrooms put or leave out
}

func newBodyRules(lex *lexicon) bodyRules {
	return bodyRules{
		offices:   lex.words("kepala direktur rektor komandan ketua manajer manager pimpinan wakil utama perwakilan staf dekan pimpinan"),
		inner:     lex.words("dan of for the de"),
		generic:   lex.words("setempat tersebut itu ini"),
		republics: lex.words("republik indonesia"),
		legal:     lex.words("persero tbk"),
	}
}

// readBodies finds the names of bodies that are no regional governments:
// "Universitas Andalas", "PT PLN (Persero) UP3 Pekalongan", "Kejaksaan Negeri
// (Kejari) Kendal". A region in such a name is not a region of the article.
func (d *document) readBodies() {
	d.eachHit(listBodies, func(h hit) {
		from, to := int(h.from), int(h.to)
		if d.lineOf(from) == lineRelated || !d.capital(from) || !d.unclaimed(from, to) {
			return
		}
		if d.attr(h, "type") == string(pakta.ForeignGovernment) {
			d.countries = append(d.countries, span{from, to})
			return
		}
		d.addBody(h, from, to)
	})
	d.trimBodies()
	d.claimAliases()
	d.readForeign()
}

// claimAliases finds the later mentions of bodies by what stood in brackets
// behind their names ("Polman Babel"), so that no region is read there.
func (d *document) claimAliases() {
	byFirst := map[string]int{}
	for k := range d.bodies[:min(len(d.bodies), maxBodies)] {
		if a := d.bodies[k].alias; a != "" {
			first, _, _ := strings.Cut(a, " ")
			byFirst[first] = k
		}
	}
	if len(byFirst) == 0 {
		return
	}
	n := len(d.bodies)
	for i := range d.toks {
		if d.owner[i] != free || !d.capital(i) || d.lineOf(i) == lineRelated {
			continue
		}
		k, ok := byFirst[foldString(d.slice(i, i+1))]
		if !ok || k >= n {
			continue
		}
		if m := d.startsLike(i, strings.Fields(d.bodies[k].alias)); m > 0 && d.take(i, i+m, claimBody) {
			b := d.bodies[k]
			b.from, b.to, b.rule, b.office = i, i+m, "body.alias", d.is(i-1, d.x.bodies.offices...)
			d.bodies = append(d.bodies, b)
		}
	}
	slices.SortStableFunc(d.bodies, func(a, b bodyFinding) int { return a.from - b.from })
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

// addBody notes the body whose name opens with hit h.
func (d *document) addBody(h hit, from, to int) {
	end := to
	if d.attr(h, "shape") == "head" || d.mark(to, '(') {
		end = d.nameEnd(to)
	}
	b := bodyFinding{
		from: from, to: end, head: d.id(h), typ: pakta.PartyType(d.attr(h, "type")),
		name: d.slice(from, end), rule: "body." + d.attr(h, "shape"), bare: end == to && d.attr(h, "shape") == "head",
	}
	b.words, b.alias = d.bodyWords(from, end, h)
	b.office = from > 0 && d.toks[from-1].sent == d.toks[from].sent && d.is(from-1, d.x.bodies.offices...)
	d.bodies = append(d.bodies, b)
	if !b.office {
		d.take(from, end, claimBody)
	}
}

// nameEnd extends a name that reaches to token i over the capitalised words,
// numbers, short brackets and quoted words that follow.
func (d *document) nameEnd(i int) int {
	start, end := i, i
	for i < len(d.toks) && i-end < 4 && d.sameSentence(i, end-1) && i-start < maxBodyName {
		t := &d.toks[i]
		switch {
		case t.kind == word && d.stopsName(i):
			return end
		case t.kind == word && t.shape != lower:
			i++
			end = i
		case t.kind == number && (d.mark(i+1, '/') || d.mark(i-1, '/') || !t.spaced || d.capital(i-1)) && i-end < 1:
			i++
			end = i
		case d.is(i, d.x.bodies.inner...) && d.capital(i+1) && !d.stopsName(i+1) && !d.opensBody(i+1) && end == i:
			i++
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

// closing is the token that closes the short bracket or quotation opened at
// i, -1 when it is long, has lower-case words or is not closed.
func (d *document) closing(i int) int {
	want := map[rune]rune{'(': ')', '"': '"'}[d.toks[i].ch]
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
	for _, l := range [...]list{listCues, listInstruments, listPositions, listActing, listNameStops, listWeekdays, listOfficialCues, listHonorifics} {
		if h, ok := d.longest(i, l); ok {
			if l == listCues && d.attr(h, "class") != "" && d.nounCue(h) {
				continue
			}
			return true
		}
	}
	return false
}

// nounCue reports cue words that also stand in names: Kerja Sama, Usaha.
func (d *document) nounCue(h hit) bool {
	switch d.attr(h, "class") {
	case "not", "boundary", "scope_noun", "scope", "aim", "past", "wish":
		return true
	}
	return false
}

// opensBody reports whether another body or a region opens at i.
func (d *document) opensBody(i int) bool {
	if _, ok := d.longest(i, listBodies); ok {
		return true
	}
	_, ok := d.longest(i, listRegionPrefixes)
	return ok
}

// capital reports whether token i is a word that begins with a capital.
func (d *document) capital(i int) bool {
	return i >= 0 && i < len(d.toks) && d.toks[i].kind == word && d.toks[i].shape != lower
}

// bodyWords are the folded words of a name without what stands in brackets,
// which is its alias; the head word is replaced by its id, so that Kejari and
// Kejaksaan Negeri are the same.
func (d *document) bodyWords(from, to int, h hit) (words []string, alias string) {
	words = []string{"#" + d.id(h)}
	depth := 0
	for i := int(h.to); i < to; i++ {
		t := &d.toks[i]
		switch {
		case t.ch == '(':
			depth++
		case t.ch == ')':
			depth--
		case d.is(i, d.x.bodies.legal...):
		case t.kind != punct && depth > 0:
			alias = strings.TrimSpace(alias + " " + foldString(d.slice(i, i+1)))
		case t.kind != punct:
			words = append(words, foldString(d.slice(i, i+1)))
		}
	}
	return words, alias
}

// foldString is the lower-case form of a short string, for comparisons.
func foldString(s string) string { return strings.ToLower(s) }

// same reports whether two findings name one body: the words of one are among
// those of the other, or one is the other's alias.
func (b *bodyFinding) same(o *bodyFinding) bool {
	if b.alias != "" && (b.alias == o.alias || b.alias == strings.Join(o.words[1:], " ") || "#"+b.alias == o.words[0]) {
		return true
	}
	if o.alias != "" && (o.alias == strings.Join(b.words[1:], " ") || "#"+o.alias == b.words[0]) {
		return true
	}
	small, large := b.words, o.words
	if len(small) > len(large) {
		small, large = large, small
	}
	if small[0] != large[0] {
		return false
	}
	for _, w := range small {
		if !slices.Contains(large, w) {
			return false
		}
	}
	return true
}

// readForeign finds governments abroad, when the article speaks of a sister
// city or names a country: "Pemerintah Kota Nanning, Tiongkok".
func (d *document) readForeign() {
	sister := false
	d.eachHit(listCues, func(h hit) { sister = sister || d.attr(h, "class") == "sister" })
	if !sister && len(d.countries) == 0 {
		return
	}
	d.eachHit(listRegionPrefixes, func(h hit) {
		from, to := int(h.from), int(h.to)
		if !d.capital(from) || !d.capital(to) || d.stopsName(to) || !d.unclaimed(from, to+1) {
			return
		}
		if _, ok := d.longest(to, listRegions); ok {
			return
		}
		if _, ok := d.longest(to, listRegionPrefixes); ok {
			return
		}
		end := d.nameEnd(to)
		if !d.near(end, d.countries, 4) && !sister {
			return
		}
		d.addForeign(from, end)
	})
	for _, c := range d.countries {
		d.foreignBefore(c)
	}
}

// foreignBefore finds the place named right before a country: "Nanning,
// Tiongkok", "Mossel Bay (Afrika Selatan)".
func (d *document) foreignBefore(c span) {
	i := c.from - 1
	if !(d.mark(i, ',') || d.mark(i, '(')) {
		return
	}
	to := i
	for i--; i >= 0 && to-i < 5 && d.capital(i) && !d.stopsName(i) && d.sameSentence(i, to) && d.owner[i] == free; i-- {
	}
	from := i + 1
	if from >= to {
		return
	}
	if h, ok := d.longest(from, listRegions); ok && int(h.to) == to {
		return
	}
	d.addForeign(from, to)
}

func (d *document) addForeign(from, to int) {
	if from >= to || !d.take(from, to, claimBody) {
		return
	}
	words := []string{"#foreign"}
	for i := from; i < to; i++ {
		if _, prefix := d.longest(i, listRegionPrefixes); !prefix && d.toks[i].kind == word {
			words = append(words, foldString(d.slice(i, i+1)))
		}
	}
	d.bodies = append(d.bodies, bodyFinding{
		from: from, to: to, head: "foreign", typ: pakta.ForeignGovernment, name: d.slice(from, to), words: words, rule: "body.foreign",
	})
}

// near reports whether one of the spans starts within n tokens after i.
func (d *document) near(i int, spans []span, n int) bool {
	for _, s := range spans {
		if s.from >= i && s.from <= i+n {
			return true
		}
	}
	return false
}
