package extract

import (
	"slices"
	"strings"

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
	// hits are the heads of the lists, then the phrases found.
	hits []hit
	// lastHit[l] is the last hit of list l so far, or its head.
	lastHit [lists]int32
	// hitAt[i] is the index of the first hit that starts at token i or later.
	hitAt []int32
	// listsAt[i] are the lists with a hit that starts at token i, listsTo[i]
	// those with one that ends before it: most questions for a list are
	// answered no, by these alone.
	listsAt, listsTo []listSet
	// lists are those with a phrase anywhere in the article.
	lists listSet
	// cues[i] is the class of the longest cue that opens at token i.
	cues []cueClass
	// owner says which annotator claimed each token.
	owner []claim
	// sents are the sentences, one after the other; one more than there are
	// begins behind the last token.
	sents []sentence
	lines []line
	// titleEnd is the number of tokens of the title.
	titleEnd int

	findings
	deal deal
	room evidenceRoom
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

// reset prepares d, whose toks are set, for an article whose canonical text is
// text. All its slices are reused.
func (d *document) reset(x *Extractor, art *pakta.Article, text string) {
	d.x, d.art, d.text, d.words = x, art, text, x.lex.vocab.grammar.lists
	d.buf = lowerCase(d.buf, text)
	d.lowered = string(d.buf)
	d.findings.empty()
	d.room.used = 0
	d.deal.empty()
	d.choices, d.strings = d.choices[:0], d.strings[:0]
	d.steps, d.trace = nil, false
	d.owner = zeroed(d.owner, len(d.toks))
	d.titleEnd = 0
	for d.titleEnd < len(d.toks) && int(d.toks[d.titleEnd].start) < len(art.Title) {
		d.titleEnd++
	}
	d.readHits()
	d.readLines()
}

// sized is s, or a new slice when it is too short, with n values of any kind.
func sized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// zeroed is s, or a new slice when it is too short, with n zeros.
func zeroed[T any](s []T, n int) []T {
	s = sized(s, n)
	clear(s)
	return s
}

// attr is a cell of the rule row behind a hit.
func (d *document) attr(h hit, column string) string {
	return d.x.lex.entries[h.list][h.entry].Attr(column)
}

// class, kind and typ are the cells of the columns that are asked for most; the
// table must have them.
func (d *document) class(h hit) string { return d.x.lex.columns[h.list].class[h.entry] }
func (d *document) kind(h hit) string  { return d.x.lex.columns[h.list].kind[h.entry] }
func (d *document) typ(h hit) string   { return d.x.lex.columns[h.list].typ[h.entry] }

// id is the id of the rule row behind a hit.
func (d *document) id(h hit) string { return d.x.lex.entries[h.list][h.entry].ID }

// slice is the text of tokens [from, to).
func (d *document) slice(from, to int) string {
	if from >= to {
		return ""
	}
	return d.text[d.toks[from].start:d.toks[to-1].end]
}

// maxSearches bounds the searches of one article: each reads all of its text.
const maxSearches = 200

// find is where s stands first in the text, -1 when it does not, or when too
// much was looked for.
func (d *document) find(s string) int {
	if d.searches >= maxSearches {
		return -1
	}
	d.searches++
	return strings.Index(d.text, s)
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
	return uint(i) < uint(len(d.toks)) && d.words[d.toks[i].grammar].has(w)
}

// mark reports whether token i is the punctuation mark ch.
func (d *document) mark(i int, ch rune) bool {
	return uint(i) < uint(len(d.toks)) && d.toks[i].ch == ch
}
