package extract

// vocabulary numbers the folded words that rules know, from 1. It is filled
// while rules are compiled and only read afterwards.
type vocabulary struct {
	slots []uint32 // open addressing, power of two long; 0 is free
	ends  []uint32 // ends[id] is the end of word id in bytes; ends[0] = 0
	bytes []byte
	// open: unknown words of a tokenized text are added. Only while compiling.
	open bool
	// abbrev marks the words whose full stop does not end a sentence.
	abbrev map[uint32]bool
}

func newVocabulary() *vocabulary {
	return &vocabulary{slots: make([]uint32, 1<<12), ends: make([]uint32, 1), abbrev: map[uint32]bool{}}
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
	i := hash(v.at(id)) & mask
	for v.slots[i] != 0 {
		i = (i + 1) & mask
	}
	v.slots[i] = id
}

func (v *vocabulary) grow() {
	v.slots = make([]uint32, 2*len(v.slots))
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
	for i := hash(w) & mask; ; i = (i + 1) & mask {
		id := v.slots[i]
		if id == 0 || string(v.at(id)) == string(w) {
			return id
		}
	}
}

// at is the folded word with number id.
func (v *vocabulary) at(id uint32) []byte { return v.bytes[v.ends[id-1]:v.ends[id]] }

func (v *vocabulary) abbreviated(id uint32) bool { return id != 0 && v.abbrev[id] }

// hash is FNV-1a, with a final mix because the table uses the low bits.
func hash(w []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range w {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h ^ h>>29
}
