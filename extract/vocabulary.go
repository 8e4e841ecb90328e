package extract

import "math"

// vocabulary numbers the folded words that rules know, from 1. It is filled
// while rules are compiled and only read afterwards.
type vocabulary struct {
	slots []slot   // open addressing, power of two long, at most half full
	shift uint8    // 64 less the number of bits of a place in slots
	ends  []uint32 // ends[id] is the end of word id in bytes; ends[0] = 0
	bytes []byte
	// open: unknown words of a tokenized text are added. Only while compiling.
	open    bool
	abbrev  wordSet // the words whose full stop does not end a sentence
	grammar grammarWords
}

// slot is a place in the hash table, free when id is 0. It holds all that a
// token takes over from its word: each further table that a word is looked up
// in costs more time, waiting for memory, than all steps of reading the word.
type slot struct {
	key     wordKey
	id      uint32
	node    int32  // see lexicon.seal
	grammar uint16 // see grammarWords
}

func newVocabulary() *vocabulary {
	v := &vocabulary{ends: make([]uint32, 1), grammar: grammarWords{lists: make([]wordLists, 1)}}
	v.resize(12)
	return v
}

// intern gives the number of a folded word, new or known.
func (v *vocabulary) intern(w []byte) uint32 {
	key := keyOf(w)
	if s := v.find(key, w); s.id != 0 {
		return s.id
	}
	if 2*len(v.ends) > len(v.slots) {
		v.resize(64 - v.shift + 1)
	}
	v.bytes = append(v.bytes, w...)
	v.ends = append(v.ends, uint32(len(v.bytes)))
	id := uint32(len(v.ends) - 1)
	*v.find(key, w) = slot{key: key, id: id}
	return id
}

// resize makes 2^bits slots. The words in them have only their numbers yet.
func (v *vocabulary) resize(bits uint8) {
	v.slots, v.shift = make([]slot, 1<<bits), 64-bits
	for id := uint32(1); int(id) < len(v.ends); id++ {
		w := v.at(id)
		key := keyOf(w)
		*v.find(key, w) = slot{key: key, id: id}
	}
}

// find is the slot of a folded word, which has bytes, and its key; a free one
// when the word is unknown.
func (v *vocabulary) find(key wordKey, w []byte) *slot {
	mask := len(v.slots) - 1
	for i := int(key * golden >> v.shift); ; i++ {
		s := &v.slots[i&mask]
		if s.key == key && (key&hashed == 0 || string(v.at(s.id)) == string(w)) || s.id == 0 {
			return s
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

// wordKey is what a folded word is found by: its bytes, the first the lowest,
// where eight are enough, as they are for most; of others a hash of them, made
// eight bytes at a time. Hostile text gains nothing from equal hashes: only
// words of the rules are in the table.
type wordKey uint64

const (
	hashed wordKey = 1 << 63            // marks a key that is a hash
	golden wordKey = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio
)

// add mixes the next eight bytes of a word in, the last ones filled with
// zeros; there is at least one.
func (k wordKey) add(x uint64) wordKey {
	y := (k ^ wordKey(x)) * golden
	return y ^ y>>32 | hashed
}

// keyOf is the key of a whole word.
func keyOf(w []byte) wordKey {
	k := wordKey(eightBytes(w, 0))
	if k&hashed != 0 { // eight bytes, the last outside ASCII
		k = k.add(0)
	}
	for i := 8; i < len(w); i += 8 {
		k = k.add(eightBytes(w, i))
	}
	return k
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
