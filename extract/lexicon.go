package extract

import (
	"maps"
	"slices"
	"strings"

	"pakta/rules"
)

// list names a rule table whose forms are matched in text.
type list uint8

// The matched tables, by the name they have in package rules.
const (
	listNoise list = iota
	listMonths
	listHijriMonths
	listWeekdays
	listNumberWords
	listRelativeDates
	listDateCues
	listLawTypes
	listLawNames
	listUnits
	listRegions    // names and aliases of the table of regions
	listRegionCues // names of regions that need a governing word
	listRegionPrefixes
	listPlaces
	listPositions
	listAgencies
	listActing
	listHonorifics
	listDegrees
	listNameStops
	listOfficialCues
	listCollectives
	listInstruments
	listBodies
	listPartners
	listForums
	listCues
	listVenues
	listSectorTerms
	listGate
	lists // their number, 61 at most: see listSet and digits
)

// listNames are the tables of the lists, in the same order.
var listNames = [lists]string{
	"noise", "months", "hijri_months", "weekdays", "number_words", "relative_dates", "date_cues", "law_types",
	"law_names", "units", "regions", "region_cues", "region_prefixes", "places", "positions", "agencies", "acting", "honorifics", "degrees",
	"name_stops", "official_cues", "collectives", "instruments", "bodies", "partner_nouns", "forums", "cues", "venues", "sector_terms", "gate",
}

// hit is a phrase of a rule table found in the text: tokens [from, to).
type hit struct {
	from, to int32
	entry    int32 // index in the table's entries
	next     int32 // the next hit of the list, 0 for none
	list     list
}

// listHeads are where the heads of the lists stand among hits.
var listHeads = func() (heads [lists]int32) {
	for l := range heads {
		heads[l] = int32(l)
	}
	return heads
}()

// listSet has the bit of each list in it.
type listSet uint64

func (s listSet) has(l list) bool { return s>>l&1 != 0 }

// lexicon is all phrases of all lists in one trie over word numbers.
type lexicon struct {
	vocab   *vocabulary
	entries [lists][]rules.Entry
	columns [lists]columns
	// nodes are in the order of their distance from the root, which is node
	// 0, and the children of a node stand together: see node.
	nodes []node
	// edges[n] is the word that leads to node n; the words of the children of
	// one node ascend.
	edges []uint32
	// outs are the phrases that end at nodes where more than one does, without
	// the first of each node.
	outs []out
	// lists are the words that grammars ask for, by the ids of the table.
	lists map[string][]string
	// gate are the words that open phrases of listGate, in all spellings.
	gate []uint32
}

// node has the children [child, last). It fits twice in what processors fetch
// from memory at once, and what most have, one phrase, is in it.
type node struct {
	// words has the bit of each word, by its number modulo 64, that leads to a
	// child: nearly always the next word of a text leads to none.
	words       uint64
	child, last int32
	// phrase ends here, none when its list is lists; so do outs[out:out+more].
	phrase out
	out    int32
	more   int32
}

// out is a phrase that ends at a node.
type out struct {
	entry int32
	list  list
}

// newLexicon compiles the matched tables of a rule set.
func newLexicon(set *rules.Set) *lexicon {
	b := lexiconBuilder{vocab: newVocabulary(), next: []map[uint32]int32{nil}, outs: [][]out{nil}}
	b.vocab.open = true
	b.directions = b.phrase("utara selatan barat timur tengah tenggara daya")
	for _, e := range set.Entries("variants") {
		for _, form := range e.Forms[1:] {
			b.variants = append(b.variants, variant{b.phrase(e.Forms[0]), b.phrase(form)})
		}
	}
	for _, e := range set.Entries("abbreviations") {
		for _, form := range e.Forms {
			if ws := b.phrase(form); len(ws) == 1 {
				b.vocab.abbrev.add(ws[0])
			}
		}
	}
	lex := &lexicon{vocab: b.vocab, lists: map[string][]string{}}
	for _, e := range set.Entries("words") {
		lex.lists[e.ID] = e.List("words")
	}
	for l := range lists {
		lex.entries[l] = set.Entries(listNames[l])
		lex.columns[l] = columns{columnOf(lex.entries[l], "class"), columnOf(lex.entries[l], "kind"), columnOf(lex.entries[l], "type")}
		for i := range lex.entries[l] {
			for _, form := range formsOf(l, &lex.entries[l][i]) {
				b.add(form, out{int32(i), l})
			}
		}
	}
	b.finish(lex)
	lex.gate = b.gate
	return lex
}

// columns are the cells of some columns of a table, by entry.
type columns struct{ class, kind, typ []string }

// columnOf are the cells of one column, nil when the table has none of that
// name.
func columnOf(entries []rules.Entry, name string) []string {
	if len(entries) == 0 || !slices.Contains(entries[0].Columns(), name) {
		return nil
	}
	cells := make([]string, len(entries))
	for i := range entries {
		cells[i] = entries[i].Attr(name)
	}
	return cells
}

// formsOf are the phrases of an entry. Regions have theirs in columns of
// their own, the short name and the aliases; the id of a cue is its phrase.
func formsOf(l list, e *rules.Entry) []string {
	switch l {
	case listRegions:
		return append([]string{e.Attr("short")}, e.List("aliases")...)
	case listRegionCues:
		return []string{e.ID}
	}
	return e.Forms
}

// lexiconBuilder grows the trie before it is packed.
type lexiconBuilder struct {
	vocab    *vocabulary
	variants []variant
	// directions end names of regions and are not written together with them.
	directions []uint32

	next []map[uint32]int32
	outs [][]out
	gate []uint32
	toks []token // scratch
}

// variant is a spelling that may stand for another: kerja sama, kerjasama.
type variant struct{ is, as []uint32 }

// maxSpellings bounds the spellings generated for one phrase.
const maxSpellings = 24

// phrase numbers the words of a phrase; marks are left out, as they are when
// phrases are found. A phrase with a numeral in it ("50 Kota") has no words:
// numerals are never part of what is found.
func (b *lexiconBuilder) phrase(form string) []uint32 {
	b.toks = b.vocab.tokenize(b.toks[:0], []byte(form))
	var ids []uint32
	for _, t := range b.toks {
		switch {
		case t.kind == number:
			return nil
		case t.kind == word && t.word != 0:
			ids = append(ids, t.word)
		}
	}
	return ids
}

// add enters a phrase in all its spellings.
func (b *lexiconBuilder) add(form string, o out) {
	ws := b.phrase(form)
	if len(ws) == 0 {
		return
	}
	spellings := [][]uint32{ws}
	for i := 0; i < len(spellings) && len(spellings) < maxSpellings; i++ {
		for _, v := range b.variants {
			as, ok := respell(spellings[i], v)
			if ok && !slices.ContainsFunc(spellings, func(s []uint32) bool { return slices.Equal(s, as) }) {
				spellings = append(spellings, as)
			}
		}
	}
	if o.list == listRegions {
		spellings = append(spellings, b.joinings(ws)...)
	}
	for _, s := range spellings {
		b.enter(s, o)
	}
}

// respell replaces the first place where v.is stands in ws.
func respell(ws []uint32, v variant) ([]uint32, bool) {
	for i := 0; i+len(v.is) <= len(ws); i++ {
		if slices.Equal(ws[i:i+len(v.is)], v.is) {
			return slices.Concat(ws[:i], v.as, ws[i+len(v.is):]), true
		}
	}
	return nil, false
}

// joinings are the spellings of a name with two neighbouring words written as
// one: Batang Hari gives Batanghari. A final direction stays apart.
func (b *lexiconBuilder) joinings(ws []uint32) [][]uint32 {
	var spellings [][]uint32
	for i := 0; i+1 < len(ws); i++ {
		if slices.Contains(b.directions, ws[i+1]) {
			continue
		}
		joined := b.vocab.intern(slices.Concat(b.vocab.at(ws[i]), b.vocab.at(ws[i+1])))
		spellings = append(spellings, slices.Concat(ws[:i], []uint32{joined}, ws[i+2:]))
	}
	return spellings
}

func (b *lexiconBuilder) enter(ws []uint32, o out) {
	if o.list == listGate {
		b.gate = append(b.gate, ws[0])
	}
	node := int32(0)
	for _, id := range ws {
		if b.next[node] == nil {
			b.next[node] = map[uint32]int32{}
		}
		to, ok := b.next[node][id]
		if !ok {
			to = int32(len(b.next))
			b.next = append(b.next, nil)
			b.outs = append(b.outs, nil)
			b.next[node][id] = to
		}
		node = to
	}
	if !slices.Contains(b.outs[node], o) {
		b.outs[node] = append(b.outs[node], o)
	}
}

// finish packs the trie, breadth first.
func (b *lexiconBuilder) finish(lex *lexicon) {
	order := make([]int32, 1, len(b.next)) // packed node to built node
	lex.edges = make([]uint32, 1, len(b.next))
	for i := 0; i < len(order); i++ {
		children := b.next[order[i]]
		lex.nodes = append(lex.nodes, node{child: int32(len(order)), phrase: out{list: lists}})
		n := &lex.nodes[i]
		if outs := b.outs[order[i]]; len(outs) > 0 {
			n.phrase, n.out, n.more = outs[0], int32(len(lex.outs)), int32(len(outs)-1)
			lex.outs = append(lex.outs, outs[1:]...)
		}
		for _, id := range slices.Sorted(maps.Keys(children)) {
			n.words |= 1 << (id % 64)
			order = append(order, children[id])
			lex.edges = append(lex.edges, id)
		}
		n.last = int32(len(order))
	}
}

// ids are the numbers of several folded words, separated by spaces. They are
// made known when they are not, so they must be asked for before seal.
func (lex *lexicon) ids(ws string) []uint32 {
	var ids []uint32
	for w := range strings.FieldsSeq(ws) {
		ids = append(ids, lex.vocab.intern([]byte(w)))
	}
	return ids
}

// words is the list of the table "words" with that id, which a grammar looks
// for; see document.is. A list that an overlay has removed is empty.
func (lex *lexicon) words(id string) wordList {
	return lex.vocab.grammar.add(lex.ids(strings.Join(lex.lists[id], " ")))
}

// seal ends compilation: from here on the lexicon is only read. Each word gets
// the node that it leads to from the root and its number among the words of
// grammars.
func (lex *lexicon) seal() {
	roots := make([]int32, len(lex.vocab.ends))
	for n := lex.nodes[0].child; n < lex.nodes[0].last; n++ {
		roots[lex.edges[n]] = n
	}
	for i := range lex.vocab.slots {
		if s := &lex.vocab.slots[i]; s.id != 0 {
			s.node, s.grammar = roots[s.id], lex.vocab.grammar.numberOf(s.id)
		}
	}
	lex.vocab.open = false
}

// child is the node that word id leads to from node n, 0 for none.
func (lex *lexicon) child(n *node, id uint32) int32 {
	if n.words>>(id%64)&1 == 0 {
		return 0
	}
	from, to := n.child, n.last
	// Nearly all nodes have a handful of children, a few ("kepala") hundreds.
	for to-from > 8 {
		if mid := (from + to) / 2; lex.edges[mid] <= id {
			from = mid
		} else {
			to = mid
		}
	}
	for ; from < to; from++ {
		if lex.edges[from] == id {
			return from
		}
	}
	return 0
}

// ends reports whether a phrase of list l ends at node n.
func (lex *lexicon) ends(n *node, l list) bool {
	return n.phrase.list == l || slices.ContainsFunc(lex.outs[n.out:n.out+n.more], func(o out) bool { return o.list == l })
}

// step is the node that the next word of a phrase, at token j or behind a mark
// there, leads to from node n, and the token behind that word. The node is 0
// when the phrase cannot go on.
func (lex *lexicon) step(n *node, toks []token, j int) (next int32, to int) {
	if n.words == 0 {
		return 0, j
	}
	if j = nextWord(toks, j); j < 0 {
		return 0, j
	}
	return lex.child(n, toks[j].known()), j + 1
}

// nextWord is the index of the word that continues a phrase at j: there, or
// after a hyphen without spaces or a full stop that ends no sentence. It is -1
// when the phrase cannot go on.
func nextWord(toks []token, j int) int {
	if j >= len(toks) {
		return -1
	}
	if t := &toks[j]; t.kind == punct {
		if j+1 >= len(toks) || !(t.ch == '-' && !t.spaced && !toks[j+1].spaced || t.ch == '.' && t.inner) {
			return -1
		}
		j++
	}
	if toks[j].kind != word || toks[j].sent != toks[j-1].sent {
		return -1
	}
	return j
}
