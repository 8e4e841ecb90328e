package extract

import (
	"slices"

	"pakta"
)

// document is one article under analysis: its text, tokens and hits, and what
// the annotators have found so far.
type document struct {
	x    *Extractor
	art  *pakta.Article
	text string
	// lowered is text in lower case, byte for byte; buf is where it is made.
	lowered string
	buf     []byte
	toks    []token
	// words are the lists that each word of the grammars is in, see token.grammar.
	words []wordLists
	hits  []hit
	// hitAt[i] is the index of the first hit that starts at token i or later.
	hitAt []int32
	// listsAt[i] are the lists with a hit that starts at token i, listsTo[i]
	// those with one that ends before it: most questions for a list are
	// answered no, by these alone.
	listsAt, listsTo []listSet
	// cues[i] is the class of the longest cue that opens at token i.
	cues []cueClass
	// hitsOf[l] are the hits of list l, by their index in hits.
	hitsOf [lists][]int32
	// owner says which annotator claimed each token.
	owner []claim
	// sents are the sentences, one after the other; one more than there are
	// begins behind the last token.
	sents []sentence
	lines []line
	// titleEnd is the number of tokens of the title.
	titleEnd int

	findings
	deal  deal
	arena evidenceArena
	rooms
	steps []Step // rejected candidates, kept only when explaining
	trace bool
}

// rooms are slices that one step needs, kept for the next article.
type rooms struct {
	rawDates   []rawDate
	scopeRoom  []scope
	statusRoom statusSigns
	datelines  []span
	bodyGroups []bodyGroup
	names      nameIndex
	strings    []string // words of names, one list after the other
	candidates []candidate
	choices    []int32 // what candidates may be, one after the other
	certain    []bool  // by region: named surely
	recorded   []int32 // by region: its place in the record
}

// reset prepares d for an article whose canonical text is text. Its slices
// are reused.
func (d *document) reset(x *Extractor, art *pakta.Article, text string) {
	*d = document{
		x: x, art: art, text: text, buf: d.buf, words: x.lex.vocab.grammar.lists,
		toks: d.toks, hits: d.hits[:0], hitAt: d.hitAt, listsAt: d.listsAt, listsTo: d.listsTo, cues: d.cues, hitsOf: d.hitsOf,
		owner: d.owner, sents: d.sents, lines: d.lines, findings: d.findings.emptied(), deal: d.deal.emptied(), arena: d.arena, rooms: d.rooms,
	}
	d.buf = lowerCase(d.buf, text)
	d.lowered = string(d.buf)
	d.choices, d.strings = d.choices[:0], d.strings[:0]
	d.hits = x.lex.find(d.hits, d.toks)
	d.indexHits()
	d.owner = zeroed(d.owner, len(d.toks))
	d.titleEnd, _ = slices.BinarySearchFunc(d.toks, int32(len(art.Title)), func(t token, end int32) int { return int(t.start - end) })
	d.markSentences()
}

// zeroed is s, or a new slice when it is too short, with n zeros.
func zeroed[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// indexHits notes where the hits of each list stand.
func (d *document) indexHits() {
	d.listsAt = zeroed(d.listsAt, len(d.toks))
	d.listsTo = zeroed(d.listsTo, len(d.toks)+1)
	d.cues = zeroed(d.cues, len(d.toks))
	d.hitAt = slices.Grow(d.hitAt[:0], len(d.toks)+1)[:len(d.toks)+1]
	for l := range d.hitsOf {
		d.hitsOf[l] = d.hitsOf[l][:0]
	}
	at := 0
	for k := range d.hits {
		h := &d.hits[k]
		for ; at <= int(h.from); at++ {
			d.hitAt[at] = int32(k)
		}
		d.listsAt[h.from] |= 1 << h.list
		d.listsTo[h.to] |= 1 << h.list
		d.hitsOf[h.list] = append(d.hitsOf[h.list], int32(k))
		if h.list == listCues {
			d.cues[h.from] = d.x.deals.cues[h.entry] // the longest comes last
		}
	}
	for ; at <= len(d.toks); at++ {
		d.hitAt[at] = int32(len(d.hits))
	}
}

// opens reports whether a phrase of a list opens at token i.
func (d *document) opens(i int, l list) bool {
	return i >= 0 && i < len(d.listsAt) && d.listsAt[i].has(l)
}

// opensAny reports whether a phrase of one of the lists opens at token i.
func (d *document) opensAny(i int, lists listSet) bool {
	return i >= 0 && i < len(d.listsAt) && d.listsAt[i]&lists != 0
}

// next is the first token of [i, to) at which a phrase of one of the lists
// opens, to when there is none.
func (d *document) next(i, to int, lists listSet) int {
	for i < to && d.listsAt[i]&lists == 0 {
		i++
	}
	return i
}

// nextWord is the first word of a list from token i on; the number of tokens
// when there is none.
func (d *document) nextWord(i int, w wordList) int {
	for i < len(d.toks) {
		_, end := d.sentence(i)
		if d.sentenceOf(i).words.has(w) {
			for ; i < end; i++ {
				if d.is(i, w) {
					return i
				}
			}
		}
		i = end
	}
	return i
}

// hasWord reports whether a word of a list stands in the tokens [from, to) of
// one sentence.
func (d *document) hasWord(from, to int, w wordList) bool {
	if from >= to || !d.sentenceOf(from).words.has(w) {
		return false
	}
	for i := from; i < to; i++ {
		if d.is(i, w) {
			return true
		}
	}
	return false
}

// longest is the longest hit of a list that starts at token i.
func (d *document) longest(i int, l list) (hit, bool) {
	if i < 0 || i >= len(d.toks) || !d.listsAt[i].has(l) {
		return hit{}, false
	}
	for h := d.hitAt[i+1] - 1; h >= d.hitAt[i]; h-- {
		if d.hits[h].list == l {
			return d.hits[h], true
		}
	}
	return hit{}, false
}

// eachHit calls fn for the longest hit at each token where the list has one,
// in order; hits that lie inside an earlier one of the list are left out.
func (d *document) eachHit(l list, fn func(h hit)) {
	end := int32(0)
	for _, k := range d.hitsOf[l] {
		if from := d.hits[k].from; from >= end {
			h, _ := d.longest(int(from), l)
			end = h.to
			fn(h)
		}
	}
}

// attr is a cell of the rule row behind a hit.
func (d *document) attr(h hit, column string) string {
	if column == "class" {
		return d.x.lex.classes[h.list][h.entry] // asked for ten times as often as all others
	}
	return d.x.lex.entries[h.list][h.entry].Attr(column)
}

// id is the id of the rule row behind a hit.
func (d *document) id(h hit) string { return d.x.lex.entries[h.list][h.entry].ID }

// slice is the text of tokens [from, to).
func (d *document) slice(from, to int) string {
	if from >= to {
		return ""
	}
	return d.text[d.toks[from].start:d.toks[to-1].end]
}

// folded is the text of tokens [from, to) in lower case, for comparisons;
// empty behind the last token.
func (d *document) folded(from, to int) string {
	if from >= to || to > len(d.toks) {
		return ""
	}
	return d.lowered[d.toks[from].start:d.toks[to-1].end]
}

// is reports whether token i is a word of a grammar's list.
func (d *document) is(i int, w wordList) bool {
	return i >= 0 && i < len(d.toks) && d.words[d.toks[i].grammar].has(w)
}

// mark reports whether token i is the punctuation mark ch.
func (d *document) mark(i int, ch rune) bool {
	return i >= 0 && i < len(d.toks) && d.toks[i].ch == ch
}
