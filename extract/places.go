package extract

import "slices"

// places remembers where values of a record stand in their list, so that
// further mentions join them. The zero value is empty.
type places struct {
	keys [fewPlaces]string
	at   [fewPlaces]int
	n    int            // how many of them are kept
	far  map[string]int // the same, once there are many
}

// fewPlaces is how many keys are found by looking through them, which is
// faster than a map and allocates nothing: one article in a hundred has more.
const fewPlaces = 12

// find is the place kept under a key, -1 for none.
func (p *places) find(key string) int {
	if p.far != nil {
		if i, ok := p.far[key]; ok {
			return i
		}
		return -1
	}
	if i := slices.Index(p.keys[:p.n], key); i >= 0 {
		return p.at[i]
	}
	return -1
}

// keep notes the place of a new key.
func (p *places) keep(key string, place int) {
	if p.n < fewPlaces {
		p.keys[p.n], p.at[p.n] = key, place
		p.n++
		return
	}
	if p.far == nil {
		p.far = make(map[string]int, 2*fewPlaces)
		for i, k := range p.keys {
			p.far[k] = p.at[i]
		}
	}
	p.far[key] = place
}
