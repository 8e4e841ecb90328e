package extract

import "encoding/binary"

// vocabulary numbers the folded words that rules know, from 1. It is filled
// while rules are compiled and only read afterwards.
type vocabulary struct {
	slots []slot   // open addressing, power of two long
	ends  []uint32 // ends[id] is the end of word id in bytes; ends[0] = 0
	bytes []byte
	// open: unknown words of a tokenized text are added. Only while compiling.
	open bool
	// abbrev are the words whose full stop does not end a sentence.
	abbrev []bool // by number; shorter than the vocabulary
}

// slot is a place in the hash table. Half of all words of a text are unknown:
// the tag, the upper half of the hash, tells that without a look at bytes.
type slot struct {
	id  uint32 // 0 is free
	tag uint32
}

func newVocabulary() *vocabulary {
	return &vocabulary{slots: make([]slot, 1<<12), ends: make([]uint32, 1)}
}

// intern gives the number of a folded word, new or known.
func (v *vocabulary) intern(w []byte) uint32 {
	if id := v.lookup(w); id != 0 {
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

// number gives the number of a word of a text.
func (v *vocabulary) number(w []byte) uint32 {
	if v.open {
		return v.intern(w)
	}
	return v.lookup(w)
}

func (v *vocabulary) insert(id uint32) {
	mask := uint64(len(v.slots) - 1)
	h := hash(v.at(id))
	i := h & mask
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

// lookup gives the number of a folded word, 0 when it is unknown.
func (v *vocabulary) lookup(w []byte) uint32 {
	if len(w) == 0 {
		return 0
	}
	mask := uint64(len(v.slots) - 1)
	h := hash(w)
	for i := h & mask; ; i = (i + 1) & mask {
		s := v.slots[i]
		if s.id == 0 || s.tag == uint32(h>>32) && string(v.at(s.id)) == string(w) {
			return s.id
		}
	}
}

// at is the folded word with number id.
func (v *vocabulary) at(id uint32) []byte { return v.bytes[v.ends[id-1]:v.ends[id]] }

// abbreviate notes that the full stop of word id ends no sentence.
func (v *vocabulary) abbreviate(id uint32) {
	if n := int(id) + 1; n > len(v.abbrev) {
		v.abbrev = append(v.abbrev, make([]bool, n-len(v.abbrev))...)
	}
	v.abbrev[id] = true
}

func (v *vocabulary) abbreviated(id uint32) bool { return int(id) < len(v.abbrev) && v.abbrev[id] }

// hash mixes a folded word, which is not empty, eight bytes at a time. The
// last step may read bytes again: that costs nothing, the loop over the bytes
// of a rest would. Hostile text gains nothing from collisions: only words of
// the rules are in the table.
func hash(w []byte) uint64 {
	const odd = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio
	n := len(w)
	h := uint64(n) * odd
	switch {
	case n >= 8:
		for i := 0; i < n-8; i += 8 {
			h = mix(h^binary.LittleEndian.Uint64(w[i:])) * odd
		}
		h ^= binary.LittleEndian.Uint64(w[n-8:])
	case n >= 4:
		h ^= uint64(binary.LittleEndian.Uint32(w)) | uint64(binary.LittleEndian.Uint32(w[n-4:]))<<32
	default:
		h ^= uint64(w[0]) | uint64(w[n/2])<<8 | uint64(w[n-1])<<16
	}
	return mix(mix(h) * odd)
}

// mix lets the upper bits have a part in the lower ones.
func mix(h uint64) uint64 { return h ^ h>>32 }
