package extract

import (
	"strings"

	"pakta"
)

// maxNamed is how long the name of a place is that no word for a place goes
// with, in tokens.
const maxNamed = 6

// namedReach is how far behind the signing such a place stands, in tokens.
const namedReach = 30

// namedVenue is a proper name after "di" behind the signing, with its town or
// the day behind it: "ditandatangani ... di Sekar Kedhathon Yogyakarta
// (6/10/2022)". Weak: a village of two words that no table has is taken for one.
func (d *document) namedVenue(dl *deal) (venueFinding, bool) {
	for k := range dl.sentences {
		s := &dl.sentences[k]
		if !s.lead {
			break
		}
		for _, e := range s.events {
			if !e.act.signs() || e.modal || d.pastIn(s, e.at) {
				continue
			}
			for i := e.to; i < min(s.last, e.to+namedReach); i++ {
				if end := d.properPlace(i + 1); d.is(i, d.x.venues.in) && end > i+1 {
					return venueFinding{from: i + 1, to: end, rule: "venue.named"}, true
				}
			}
		}
	}
	return venueFinding{}, false
}

// properPlace is the end of a name of two words and more that opens at token i,
// is that of nothing else, and has its town or a day in brackets behind it; 0
// for none.
func (d *document) properPlace(i int) int {
	const others listSet = 1<<listRegionPrefixes | 1<<listPlaces | 1<<listPositions | 1<<listWeekdays | 1<<listVenues | 1<<listBodies
	end := i
	for end < i+maxNamed && d.capital(end) && d.sameSentence(i, end) && d.owner[end] == free && !d.opens(end, listRegions) && !d.opensAny(end, others) {
		end++
	}
	if end < i+2 || d.x.venues.seats[d.folded(i, end)] {
		return 0
	}
	next := end
	if h, ok := d.longest(next, listRegions); ok && d.capital(next) {
		next = int(h.to) // but not "Nusa Rekaan, Bali": a town, and where it lies
	} else if !d.mark(next, '(') {
		return 0
	}
	for d.mark(next, ',') || d.mark(next, '(') {
		next++
	}
	if next < len(d.toks) && (d.opens(next, listWeekdays) || d.owner[next] == claimDate) {
		return end
	}
	return 0
}

// seatNames are the names of the seats of governments, in small letters.
func seatNames(regions []pakta.Region) map[string]bool {
	seats := make(map[string]bool, len(regions))
	for i := range regions {
		seats[strings.ToLower(regions[i].Capital)] = true
	}
	return seats
}
