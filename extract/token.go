package extract

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// kind is what a token is made of.
type kind uint8

const (
	word   kind = iota // letters, with digits after the first: "UP3"
	number             // ASCII digits only: dots and slashes are tokens of their own
	punct              // one rune that is neither
)

// shape is how the letters of a word are cased.
type shape uint8

const (
	lower  shape = iota // "dan"
	title               // "Bupati", "H"
	upper               // "DPRD", "KSB": at least two letters
	mixed               // "iNews", "MoU"
	noCase              // numbers and punctuation
)

// capital reports words that have a capital letter.
func (s shape) capital() bool { return s-title <= mixed-title }

// token is one word, number or punctuation mark. Its bytes are [start, end)
// of the canonical text. Tokens are in order, do not overlap, and between them
// stands only white space and invisible characters.
type token struct {
	start, end int32
	// word is the vocabulary number of the folded word, 0 when no rule knows
	// it; only then, stem is that of the word without its clitic ("naskahnya":
	// naskah).
	word, stem uint32
	// node is where the phrases of the lexicon that open with the word begin,
	// 0 when none does.
	node int32
	// sent and line number the sentence and the line; a line that ends, ends
	// the sentence too.
	sent, line int32
	kind       kind
	shape      shape
	// spaced: white space stands before the token. para: it is the first of a
	// paragraph (a blank line, or the start, stands before it).
	spaced, para bool
	// grammar is the number of a word that grammars look for, 0 for others; see
	// document.is.
	grammar uint16
	// inner marks a full stop that belongs to an abbreviation or initial.
	inner bool
	// ch is the mark of a punctuation token, with quotes and dashes unified:
	// '"', '\'', '-' (hyphen), '–' (dash).
	ch rune
}

// known is the number by which rules may know the word, with its clitic or
// without; 0 when none does.
func (t *token) known() uint32 { return t.word | t.stem }

// maxFold is the longest folded word that is looked up, in bytes. No rule has
// a longer word; hostile text has words of a megabyte.
const maxFold = 48

// tokenize appends the tokens of text, which is valid UTF-8, to toks.
func (v *vocabulary) tokenize(toks []token, text []byte) []token {
	s := scanner{vocab: v, text: text, toks: toks, lineStart: true, para: true}
	for s.pos < len(text) {
		s.next()
	}
	if n := len(s.toks); n > 0 && s.toks[n-1].ch == '.' {
		s.toks[n-1].inner = s.innerStop(n - 1)
	}
	return s.toks
}

// scanner is the state of one tokenization.
type scanner struct {
	vocab *vocabulary
	text  []byte
	toks  []token
	pos   int

	spaced    bool // white space since the last token
	lineStart bool // a line ended since the last token
	newlines  int
	para      bool
	line      int32
	sent      int32

	fold [maxFold + 8]byte // the last step of word may write 8 bytes more
}

// next reads white space or one token.
func (s *scanner) next() {
	c := s.text[s.pos]
	switch {
	case c == '\n':
		s.spaced, s.lineStart = true, true
		if s.newlines++; s.newlines > 1 {
			s.para = true
		}
		s.pos++
	case c == ' ' || c == '\t' || c == '\r':
		s.spaced = true
		s.pos++
	case c-'0' < 10:
		s.digits()
	case c|0x20-'a' < 26:
		if !s.rupiah() {
			s.word()
		}
		if s.pos < len(s.text) && s.text[s.pos] == ' ' { // as behind nearly every word
			s.pos++
			s.spaced = true
		}
	case c < utf8.RuneSelf:
		s.mark(rune(c), 1)
	default:
		s.wide()
	}
}

// wide handles a rune outside ASCII.
func (s *scanner) wide() {
	r, size := utf8.DecodeRune(s.text[s.pos:])
	switch {
	case unicode.IsLetter(r) || unicode.IsMark(r):
		s.word()
	case unicode.IsSpace(r):
		s.spaced = true
		s.pos += size
	case invisible(r):
		s.pos += size
	default:
		s.mark(unify(r), size)
	}
}

// invisible reports characters that stand inside words without meaning:
// soft hyphen, zero-width space and joiners, byte order mark.
func invisible(r rune) bool {
	return r == '\u00ad' || r >= '\u200b' && r <= '\u200f' || r == '\ufeff' || r == '\u2060'
}

// unify gives quotes and dashes one form each.
func unify(r rune) rune {
	switch r {
	case '“', '”', '„', '«', '»', '″', '＂':
		return '"'
	case '‘', '’', '`', '´', 'ʼ', '′':
		return '\''
	case '‐', '‑':
		return '-'
	case '–', '—', '―', '−', '‒':
		return '–'
	case '¸', '‚', '，', '、':
		return ','
	}
	return r
}

// add appends a token from start to here, and settles whether the one before
// it ended a sentence. It is written in place: made elsewhere and copied,
// tokens took a third of the time of this pass.
func (s *scanner) add(start int, k kind, sh shape, ch rune) *token {
	n := len(s.toks)
	if n == cap(s.toks) {
		s.toks = slices.Grow(s.toks, 1)
	}
	s.toks = s.toks[:n+1]
	t := &s.toks[n]
	t.start, t.end, t.word, t.stem, t.node = int32(start), int32(s.pos), 0, 0, 0
	t.kind, t.shape, t.ch = k, sh, ch
	t.spaced, t.para, t.inner, t.grammar = s.spaced || n == 0, s.para, false, 0
	if n > 0 {
		s.settle(n-1, t)
	}
	t.line, t.sent = s.line, s.sent
	s.spaced, s.lineStart, s.para, s.newlines = false, false, false, 0
	return t
}

// settle numbers lines and sentences: next is the token after token i.
func (s *scanner) settle(i int, next *token) {
	t := &s.toks[i]
	if t.ch == '.' {
		t.inner = s.innerStop(i)
	}
	switch {
	case s.lineStart:
		s.line++
		s.sent++
	case t.kind == punct && s.endsAt(i, next):
		s.sent++
	}
}

func (s *scanner) mark(ch rune, size int) {
	switch ch {
	case '`', '’', '‘':
		ch = '\''
	}
	s.pos += size
	s.add(s.pos-size, punct, noCase, ch)
}

func (s *scanner) digits() {
	start := s.pos
	for s.pos < len(s.text) && s.text[s.pos]-'0' < 10 {
		s.pos++
	}
	s.add(start, number, noCase, 0)
}

// word reads a word. Nearly all are plain letters and digits, which this reads
// eight bytes at a time; it leaves to wideWord all words in or behind which
// something else stands that may belong to them.
//
// A loop over bytes is easier to read, and half as fast: it is left at another
// byte for every word, which processors guess wrong.
func (s *scanner) word() {
	var n int
	var initial, capitals, smalls uint64 // top bits: a capital at the start, further capitals, small letters
	var key wordKey
	for n < maxFold {
		x := eightBytes(s.text, s.pos+n)
		letter, digit := alphanumerics(x)
		size := bits.TrailingZeros64(^(letter|digit)&tops) / 8 // bytes of the word in x
		inside := uint64(1)<<(8*size) - 1                      // all of it when size is 8
		capital := letter & inside &^ (x << 2)                 // they lack the bit 0x20
		smalls |= letter & inside &^ capital
		x = (x | 0x20*each) & inside // digits have it
		binary.LittleEndian.PutUint64(s.fold[n:], x)
		switch {
		case n == 0:
			initial = capital & 0x80
			capital &^= 0x80
			key = wordKey(x)
		case size > 0:
			key = key.add(x)
		}
		capitals |= capital
		if n += size; size < 8 {
			break
		}
	}
	end := s.pos + n
	if end < len(s.text) {
		if c := s.text[end]; n >= maxFold || c >= utf8.RuneSelf || c == '\'' || c == '`' {
			s.wideWord()
			return
		}
	}
	start := s.pos
	s.pos = end
	s.addWord(start, n, key, plainShape(initial, capitals, smalls))
}

// rupiah reads the word "Rp" that digits are fused with, "Rp2,5 miliar", and
// reports whether it stands here.
func (s *scanner) rupiah() bool {
	start := s.pos
	if start+2 >= len(s.text) || s.text[start]|0x20 != 'r' || s.text[start+1]|0x20 != 'p' || s.text[start+2]-'0' >= 10 {
		return false
	}
	n := copy(s.fold[:], "rp")
	s.pos += n
	first, second := s.text[start], s.text[start+1] // small letters have the bit 0x20
	s.addWord(start, n, keyOf(s.fold[:n]), plainShape(uint64(^first&0x20), uint64(^second&0x20), uint64((first|second)&0x20)))
	return true
}

const (
	each = 0x0101010101010101 // times a byte: that byte in each byte
	tops = 0x80 * each
)

// eightBytes are those of text from i, the first the lowest; behind the end of
// the text they are 0.
func eightBytes(text []byte, i int) uint64 {
	if i+8 <= len(text) {
		return binary.LittleEndian.Uint64(text[i:])
	}
	var b [8]byte
	copy(b[:], text[min(i, len(text)):])
	return binary.LittleEndian.Uint64(b[:])
}

// alphanumerics sets the top bit of each byte of x that is an ASCII letter, or
// a digit.
func alphanumerics(x uint64) (letter, digit uint64) {
	ascii := ^x & tops
	y := x &^ tops
	digit = between(y, '0', '9') & ascii
	return between(y|0x20*each, 'a', 'z') & ascii, digit
}

// between sets the top bit of each byte of y, whose own are 0, that lies in
// [low, high]: adding what is missing to 0x80 carries into it.
func between(y, low, high uint64) uint64 {
	return (y + (0x80-low)*each) &^ (y + (0x7f-high)*each) & tops
}

// addWord adds the word from start to here, whose folded form is the first n
// bytes of s.fold, with that key.
func (s *scanner) addWord(start, n int, key wordKey, sh shape) {
	t := s.add(start, word, sh, 0)
	if n == 0 {
		return
	}
	w := s.fold[:n]
	at := s.vocab.find(key, w)
	if t.word, t.node, t.grammar = at.id, at.node, at.grammar; t.node != 0 {
		return
	}
	if s.vocab.open {
		t.word = s.vocab.intern(w)
	} else if stem := unclitic(w); stem != nil {
		at := s.vocab.find(keyOf(stem), stem)
		if t.node = at.node; t.word == 0 { // "menekennya" may be known from inside a phrase
			t.stem = at.id
		}
	}
}

// folds maps ASCII letters to lower case and digits to themselves, all other
// bytes to 0.
var folds = func() (table [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		table[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		table[c], table[c&^0x20] = c, c
	}
	return table
}()

// wideWord reads letters of any script and what may stand among them, folding
// as it goes. A word longer than maxFold is no word of the rules.
func (s *scanner) wideWord() {
	start, n, letters, uppers := s.pos, 0, 0, 0
	firstUpper := false
	put := func(c byte) {
		if n < maxFold {
			s.fold[n] = c
		}
		n++
	}
scan:
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case folds[c] != 0:
			put(folds[c])
			if c > '9' {
				if c < 'a' {
					firstUpper = firstUpper || letters == 0
					uppers++
				}
				letters++
			}
			s.pos++
		case c == '\'' || c == '`':
			if !letterAt(s.text, s.pos+1) {
				break scan
			}
			s.pos++
		case c < utf8.RuneSelf:
			break scan
		default:
			r, size := utf8.DecodeRune(s.text[s.pos:])
			switch {
			case unicode.IsLetter(r):
				if unicode.IsUpper(r) {
					firstUpper = firstUpper || letters == 0
					uppers++
				}
				letters++
				for _, b := range foldRune(r) {
					put(b)
				}
			case unicode.IsMark(r), invisible(r):
			case unify(r) == '\'' && letterAt(s.text, s.pos+size):
			default:
				break scan
			}
			s.pos += size
		}
	}
	if n > maxFold {
		n = 0
	}
	s.addWord(start, n, keyOf(s.fold[:n]), shapeOf(letters, uppers, firstUpper))
}

// plainShape is the shape of a word by what it has, none where they are 0: a
// capital at its start, others, small letters. It asks no question that
// processors could guess wrong.
func plainShape(initial, capitals, smalls uint64) shape {
	return plainShapes[some(initial)|some(capitals)<<1|some(smalls)<<2]
}

var plainShapes = [8]shape{1: title, 2: upper, 3: upper, 4: lower, 5: title, 6: mixed, 7: mixed}

// some is 0 for 0 and 1 for all else.
func some(x uint64) uint64 { return (x | -x) >> 63 }

func shapeOf(letters, uppers int, firstUpper bool) shape {
	switch {
	case uppers == 0:
		return lower
	case uppers == letters && letters > 1:
		return upper
	case uppers == 1 && firstUpper:
		return title
	}
	return mixed
}

// letterAt reports whether a letter stands at i: an apostrophe before it is
// part of the word ("Jum'at", "Sa'aduddin").
func letterAt(text []byte, i int) bool {
	if i >= len(text) {
		return false
	}
	if c := text[i]; c < utf8.RuneSelf {
		return c|0x20-'a' < 26
	}
	r, _ := utf8.DecodeRune(text[i:])
	return unicode.IsLetter(r)
}

// foldRune is the lower-case ASCII base of an accented Latin letter, or the
// lower-case letter itself.
func foldRune(r rune) []byte {
	r = unicode.ToLower(r)
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	if d := norm.NFD.Properties(buf[:n]).Decomposition(); len(d) > 0 && d[0] < utf8.RuneSelf {
		return d[:1]
	}
	return buf[:n]
}

// unclitic cuts off a folded word the ending that newsrooms hang on it without
// changing what it is the name of; nil when there is none.
func unclitic(w []byte) []byte {
	n := len(w) - 3
	if n < 2 {
		return nil
	}
	switch string(w[n:]) {
	case "nya", "lah", "kah", "pun":
		return w[:n]
	}
	return nil
}

// endsAt reports whether a sentence ends after the mark that token i is; next
// is the token after it.
func (s *scanner) endsAt(i int, next *token) bool {
	t := &s.toks[i]
	switch t.ch {
	case '?', '!':
		return next.spaced || next.ch == '"'
	case '.':
		return !t.inner && s.opens(next, i)
	case '"', '\'', ')':
		// A closing quote or bracket after the mark that ended the sentence.
		if i == 0 || t.spaced {
			return false
		}
		p := &s.toks[i-1]
		return (p.ch == '.' && !p.inner || p.ch == '?' || p.ch == '!') && s.opens(next, i) && next.spaced
	}
	return false
}

// opens reports whether the token after a stop at i can open a sentence.
func (s *scanner) opens(next *token, stop int) bool {
	if !next.spaced {
		// "Mossel Bay.Keduanya": no space, but two ordinary words.
		return next.kind == word && next.shape == title && next.end-next.start > 3 && stop > 0 &&
			s.toks[stop-1].kind == word && s.toks[stop-1].end-s.toks[stop-1].start > 2 && s.toks[stop-1].shape != upper
	}
	if next.kind == word {
		return next.shape != lower
	}
	if next.ch == '(' && stop > 2 && s.toks[stop-2].ch == '.' && !s.toks[stop-1].spaced {
		return false // "Rekadi, M.Si. (Kepala Bapenda)"
	}
	return next.kind == number || next.ch == '"' || next.ch == '\'' || next.ch == '(' || next.ch == '[' || next.ch == '–'
}

// innerStop reports whether the full stop at i belongs to the word before it:
// an initial, an abbreviation of the rules, or a stop between digits.
func (s *scanner) innerStop(i int) bool {
	if i == 0 || s.toks[i].spaced {
		return false
	}
	p := &s.toks[i-1]
	if p.kind == number {
		return i+1 < len(s.toks) && s.toks[i+1].kind == number && !s.toks[i+1].spaced
	}
	if p.kind != word {
		return false
	}
	if p.end-p.start == 1 && p.shape != lower {
		return true
	}
	return s.vocab.abbrev.has(p.word)
}
