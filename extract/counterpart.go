package extract

import (
	"slices"

	"pakta"
)

// counterpart is another side that an article names by its sort only: "MoU
// dengan 12 perguruan tinggi". It is no party, for it has no name, but it tells
// that there is an agreement, and of which kind.
type counterpart struct {
	hit   hit
	typ   pakta.PartyType
	found bool
}

// counterpartOf finds the first sort of counterparts that a frame of an
// agreement brings in: behind "dengan" or an act of winning a partner, in a
// sentence that tells of an instrument or an act. The heads of central bodies
// stand for these: "Bupati X dan Kapolres X meneken MoU". Where no paper is named or
// signed, what is said behind the lead is of cooperation at large.
func (d *document) counterpartOf(dl *deal, paper bool) counterpart {
	for h := range d.allHits(listPartners) {
		if d.lineOf(int(h.from)) == lineRelated {
			continue
		}
		s := dl.sentenceAt(d.toks[h.from].sent)
		if s == nil || s.acts == 0 || s.other || !s.lead && !paper || !d.bringsIn(s, h) {
			continue
		}
		return counterpart{hit: h, typ: pakta.PartyType(d.typ(h)), found: true}
	}
	for h := range d.allHits(listPositions) {
		s := dl.sentenceAt(d.toks[h.from].sent)
		if d.class(h) == "vertical" && s != nil && s.acts > 0 && s.instrs > 0 && !s.other && d.facesGroup(s, int(h.from)) {
			return counterpart{hit: h, typ: pakta.CentralGovernment, found: true}
		}
	}
	return counterpart{}
}

// facesGroup reports whether "dengan" or "dan" right before token i joins what
// stands there to a party.
func (d *document) facesGroup(s *sentenceEvents, i int) bool {
	return d.isWith(i-1) || d.is(i-1, d.x.deals.with) && s.groupEnds(i-1)
}

// forumOf is the forum whose members are the other side, when it is the agreement
// of a forum that is told of: "FKD Mitra Praja Utama mengevaluasi perjanjian
// kerja sama".
func (d *document) forumOf(dl *deal) counterpart {
	if !dl.talksOfPaper() {
		return counterpart{}
	}
	for h := range d.allHits(listForums) {
		if d.lineOf(int(h.from)) != lineRelated && int(h.from) < d.titleEnd+leadTokens {
			return counterpart{hit: h, typ: pakta.RegionalGovernment, found: true}
		}
	}
	return counterpart{}
}

// groupEnds reports whether a party, or one of several, is named right before
// token i.
func (s *sentenceEvents) groupEnds(i int) bool {
	return slices.ContainsFunc(s.around(i), func(e event) bool { return e.group != nil && !e.group.aside && e.group.to == i })
}

// bringsInReach is how far before a counterpart the word stands that brings it
// in, in tokens: "dengan sebanyak 12 (dua belas) perguruan tinggi".
const bringsInReach = 7

// bringsIn reports whether a counterpart stands behind "dengan" or the like,
// with a count or nothing between. Regions are counterparts only when they are
// counted, and other bodies only when they stand alone: what "universitas" goes
// on with is a name. Counted ones also stand behind a region: "Pemprov A dan lima
// kabupaten".
func (d *document) bringsIn(s *sentenceEvents, h hit) bool {
	counted := false
	for j, n := int(h.from)-1, 0; n < bringsInReach && j >= s.first; j, n = j-1, n+1 {
		switch {
		case d.isCount(j) || d.is(j, d.x.deals.several) || d.toks[j].kind == number:
			counted = true
		case d.toks[j].ch == '(' || d.toks[j].ch == ')' || d.is(j, d.x.deals.behalf):
		case d.isWith(j) || d.is(j, d.x.deals.between) || d.cue(j) == cuePartner:
			alone := d.attr(h, "count")
			return counted || alone == "named" || alone == "" && !d.capital(int(h.to))
		case d.is(j, d.x.deals.with):
			return (counted || d.attr(h, "count") == "named") && s.groupEnds(j)
		default:
			return false
		}
	}
	return false
}
