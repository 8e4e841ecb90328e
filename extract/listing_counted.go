package extract

import "pakta"

// Bounds of a count of members that a list can be held against: two are named in
// any sentence, and the largest agreements in the news have some 40.
const (
	leastCounted = 3
	mostCounted  = 60
)

// countedParties makes the regions of a sentence parties that are as many as the
// signing counts, when no frame names as many: "bersama 10 kabupaten dan kota ...
// Bersama Pemkot A ada Pemkot B, C dan D". The one that signs with them may be
// counted or not. Its weak case is a list of as many regions that something else
// is told of.
func (d *document) countedParties(dl *deal) {
	n := d.membersTold(dl)
	if n == 0 || dl.regionsVoted() >= n {
		return
	}
	for i := range dl.sentences {
		s := &dl.sentences[i]
		if k := dl.regionsIn(s); s.other || k < leastCounted || k < n-1 || k > n+1 {
			continue
		}
		for k, e := range s.events {
			d.vote(dl, s, k, e.group, weightFrame)
		}
		return
	}
}

// membersTold is how many regions the lead says the agreement is of, 0 when it
// does not: "sembilan kabupaten", "17 gubernur".
func (d *document) membersTold(dl *deal) int {
	for i := range dl.sentences {
		s := &dl.sentences[i]
		if !s.lead {
			return 0
		}
		if s.acts+s.instrs == 0 {
			continue
		}
		for j := d.next(s.first, s.last, 1<<listPartners); j < s.last; j = d.next(j+1, s.last, 1<<listPartners) {
			h, ok := d.longest(j, listPartners)
			if !ok || pakta.PartyType(d.typ(h)) != pakta.RegionalGovernment {
				continue
			}
			if n := d.numberBefore(j, s.first); n >= leastCounted && n <= mostCounted {
				return n
			}
		}
	}
	return 0
}

// numberBefore is the number in digits or words that ends right before token i, 0
// when there is none.
func (d *document) numberBefore(i, first int) int {
	if i > first && d.toks[i-1].kind == number {
		return max(d.int(i-1), 0)
	}
	for j := max(i-4, first); j < i; j++ {
		if n, to := d.wordNumber(j); to == i {
			return n
		}
	}
	return 0
}

// regionsVoted counts the regions that frames have made parties.
func (dl *deal) regionsVoted() int {
	n := 0
	for _, k := range dl.order {
		if v := &dl.votes[k]; v.weight >= partyWeight && v.mentions[0].region != "" {
			n++
		}
	}
	return n
}

// regionsIn counts the different regions that a sentence names as possible
// parties, 0 when a body stands among them.
func (dl *deal) regionsIn(s *sentenceEvents) int {
	seen := map[string]bool{}
	for _, e := range s.events {
		if e.group == nil || e.group.aside {
			continue
		}
		for k := e.group.first; k < e.group.end; k++ {
			switch a := &dl.actors[k]; {
			case a.aside:
			case a.region == "":
				return 0
			default:
				seen[a.region] = true
			}
		}
	}
	return len(seen)
}
