package extract

import "slices"

// places remembers where values of a record stand in their list, so that
// further mentions join them. The zero value is empty.
type places struct {
	keys []string
	at   []int
	far  map[string]int // the same, once there are many
}

// fewPlaces is how many keys are found by looking through them, which is
// faster than a map and allocates less: one article in a thousand has more.
const fewPlaces = 24

// find is the place kept under a key, -1 for none.
func (p *places) find(key string) int {
	if p.far != nil {
		if i, ok := p.far[key]; ok {
			return i
		}
		return -1
	}
	if i := slices.Index(p.keys, key); i >= 0 {
		return p.at[i]
	}
	return -1
}

// keep notes the place of a new key.
func (p *places) keep(key string, place int) {
	if p.far == nil && len(p.keys) < fewPlaces {
		p.keys, p.at = append(p.keys, key), append(p.at, place)
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
