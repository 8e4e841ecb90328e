package extract

import "math"

// vocabulary numbers the folded words that rules know, from 1. It is filled
// while rules are compiled and only read afterwards.
type vocabulary struct {
	slots []slot   // open addressing, power of two long
	ends  []uint32 // ends[id] is the end of word id in bytes; ends[0] = 0
	bytes []byte
	// open: unknown words of a tokenized text are added. Only while compiling.
	open    bool
	abbrev  wordSet // the words whose full stop does not end a sentence
	grammar grammarWords
}

// slot is a place in the hash table. Half of all words of a text are unknown:
// the tag, the upper half of the hash, tells that without a look at bytes.
type slot struct {
	id  uint32 // 0 is free
	tag uint32
}

func newVocabulary() *vocabulary {
	return &vocabulary{slots: make([]slot, 1<<12), ends: make([]uint32, 1), grammar: grammarWords{lists: make([]wordLists, 1)}}
}

// intern gives the number of a folded word, new or known.
func (v *vocabulary) intern(w []byte) uint32 {
	if id := v.lookup(w, hash(w)); id != 0 {
		return id
	}
	if 2*len(v.ends) > len(v.slots) {
		v.grow()
	}
	v.bytes = append(v.bytes, w...)
	v.ends = append(v.ends, uint32(len(v.bytes)))
	id := uint32(len(v.ends) - 1)
	v.insert(id)
	return id
}

// number gives the number of a word of a text, whose hash is h.
func (v *vocabulary) number(w []byte, h wordHash) uint32 {
	if v.open {
		return v.intern(w)
	}
	return v.lookup(w, h)
}

func (v *vocabulary) insert(id uint32) {
	mask := len(v.slots) - 1
	h := hash(v.at(id))
	i := int(h) & mask
	for v.slots[i].id != 0 {
		i = (i + 1) & mask
	}
	v.slots[i] = slot{id, uint32(h >> 32)}
}

func (v *vocabulary) grow() {
	v.slots = make([]slot, 2*len(v.slots))
	for id := 1; id < len(v.ends); id++ {
		v.insert(uint32(id))
	}
}

// lookup gives the number of a folded word with hash h, 0 when it is unknown.
func (v *vocabulary) lookup(w []byte, h wordHash) uint32 {
	mask := len(v.slots) - 1
	for i := int(h) & mask; ; i = (i + 1) & mask {
		s := v.slots[i]
		if s.id == 0 || s.tag == uint32(h>>32) && string(v.at(s.id)) == string(w) {
			return s.id
		}
	}
}

// at is the folded word with number id.
func (v *vocabulary) at(id uint32) []byte { return v.bytes[v.ends[id-1]:v.ends[id]] }

// wordSet marks words by number.
type wordSet []bool

func (s *wordSet) add(id uint32) {
	if n := int(id) + 1; n > len(*s) {
		*s = append(*s, make([]bool, n-len(*s))...)
	}
	(*s)[id] = true
}

func (s wordSet) has(id uint32) bool { return int(id) < len(s) && s[id] }

// wordHash is the hash of a folded word, made eight bytes at a time. Hostile
// text gains nothing from collisions: only words of the rules are in the table.
type wordHash uint64

func newHash() wordHash { return 0x9e3779b97f4a7c15 } // 2^64 divided by the golden ratio

// add mixes in the next eight bytes. The last ones of a word are less than
// eight, perhaps none, and zeros.
func (h wordHash) add(x uint64) wordHash {
	y := (uint64(h) ^ x) * 0x9e3779b97f4a7c15
	return wordHash(y ^ y>>32)
}

// hash is that of a whole word.
func hash(w []byte) wordHash {
	h := newHash()
	i := 0
	for ; i+8 <= len(w); i += 8 {
		h = h.add(eightBytes(w, i))
	}
	return h.add(eightBytes(w, i))
}

// wordList is a list of words that a grammar looks for, by number; that with
// number 0 is empty.
type wordList uint8

// wordLists has the bit of each list that a word is in.
type wordLists [256 / 64]uint64

func (s *wordLists) has(w wordList) bool { return s[w/64]>>(w%64)&1 != 0 }

func (s *wordLists) add(o *wordLists) {
	s[0], s[1], s[2], s[3] = s[0]|o[0], s[1]|o[1], s[2]|o[2], s[3]|o[3]
}

// grammarWords are the words that grammars look for. Whether a word is in a
// list is asked more often than anything else: it takes one bit to answer.
type grammarWords struct {
	numbers []uint16    // by number in the vocabulary; 0 for words of no list
	lists   []wordLists // by number in numbers; that of 0 is empty
	last    wordList
}

// add makes a list of the words with these numbers in the vocabulary.
func (g *grammarWords) add(ids []uint32) wordList {
	if g.last == math.MaxUint8 {
		panic("more lists of words than wordLists has bits")
	}
	g.last++
	w := g.last
	for _, id := range ids {
		for int(id) >= len(g.numbers) {
			g.numbers = append(g.numbers, 0)
		}
		if g.numbers[id] == 0 {
			g.numbers[id] = uint16(len(g.lists))
			g.lists = append(g.lists, wordLists{})
		}
		g.lists[g.numbers[id]][w/64] |= 1 << (w % 64)
	}
	return w
}

// numberOf is the number here of a word of the vocabulary, 0 when it is in no
// list.
func (g *grammarWords) numberOf(id uint32) uint16 {
	if int(id) < len(g.numbers) {
		return g.numbers[id]
	}
	return 0
}
