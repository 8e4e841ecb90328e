package extract

import "slices"

// meetingRules is what the reading of meetings needs besides, compiled.
type meetingRules struct {
	both      wordList // kedua, keduanya
	meets     wordList // words of visits and meetings
	sideWords wordList // what sides are called: belah pihak
}

func newMeetingRules(lex *lexicon) meetingRules {
	return meetingRules{
		both:      lex.words("deal.both"),
		meets:     lex.words("deal.meets"),
		sideWords: lex.words("deal.side-words"),
	}
}

// metParties makes those who meet in the lead parties, when no frame names two:
// "Wali Kota A diterima Bupati B ... Pembaruan MoU disepakati kedua kepala
// daerah". Just two must meet, as governments, their heads or bodies; its weak
// case is a visit at which an agreement with somebody else is spoken of.
func (d *document) metParties(dl *deal) bool {
	if !dl.talksOfPaper() {
		return false
	}
	for i := range dl.sentences {
		s := &dl.sentences[i]
		if !s.lead {
			return false
		}
		if s.other || !d.hasWord(s.first, s.last, d.x.deals.meets) || d.countMet(dl, s) != 2 {
			continue
		}
		for k, e := range s.events {
			if e.group != nil && d.meets(dl, e.group) {
				d.vote(dl, s, k, e.group, weightFrame)
			}
		}
		return true
	}
	return false
}

// leadParties makes the two regions that headline and lead name parties, when no
// frame names two and no other side is named: "Pemkab A membuka TPA-nya bagi Kota B.
// Perjanjian kerja samanya ditandatangani kedua kepala daerah". A paper must be
// signed or prepared in the lead; areas count when both sides are counted.
func (d *document) leadParties(dl *deal) bool {
	if named, _ := d.countInstruments(dl); named == 0 || !dl.talksOfPaper() {
		return false
	}
	both := false
	for i := range dl.sentences {
		s := &dl.sentences[i]
		both = both || s.lead && s.acts > 0 && s.instrs > 0 && d.countsBoth(s)
	}
	sides, regions := d.leadSides(dl, both)
	if len(sides) != 2 || regions != 2 {
		return false
	}
	for _, p := range sides {
		dl.makeParty(p)
	}
	return true
}

// leadSides is one actor for each side that headline and lead name, three at
// most, and how many of them are regions.
func (d *document) leadSides(dl *deal, areas bool) (sides []int, regions int) {
	for k := range dl.actors {
		a := &dl.actors[k]
		known := slices.ContainsFunc(sides, func(p int) bool { return dl.party[p] == dl.party[k] })
		switch {
		case a.from >= d.titleEnd+leadTokens || len(sides) > 2:
			return sides, regions
		case a.aside || known || a.form == formBare || a.form == formPerson || a.form == formArea && !areas:
			continue
		case a.region != "":
			regions++
		}
		sides = append(sides, k)
	}
	return sides, regions
}

// countsBoth reports whether a sentence counts two sides without naming them:
// "kedua kepala daerah", "dua daerah itu", "keduanya".
func (d *document) countsBoth(s *sentenceEvents) bool {
	for i := s.first; i < s.last; i++ {
		if d.bothAt(i) {
			return true
		}
	}
	return false
}

// bothAt reports whether two sides are counted at token i.
func (d *document) bothAt(i int) bool {
	return d.is(i, d.x.deals.both) && (d.is(i, d.x.deals.together) || d.is(i+1, d.x.deals.members) || d.is(i+1, d.x.deals.sideWords))
}

// talksOfPaper reports whether a paper is signed, agreed on or prepared
// anywhere in the text.
func (dl *deal) talksOfPaper() bool {
	for i := range dl.sentences {
		s := &dl.sentences[i]
		for _, e := range s.events {
			if s.instrs > 0 && (e.act.signs() || e.act == actAgree || e.act == actAgreed || e.act == actMake || e.act == actHandle) {
				return true
			}
		}
	}
	return false
}

// countMet counts the different governments and bodies that meet in a sentence.
func (d *document) countMet(dl *deal, s *sentenceEvents) int {
	var met [2]int32
	n := 0
	for _, e := range s.events {
		if e.group == nil || !d.meets(dl, e.group) {
			continue
		}
		for k := e.group.first; k < e.group.end; k++ {
			p := dl.party[k]
			switch {
			case dl.actors[k].aside || n > 0 && met[0] == p || n > 1 && met[1] == p:
			case n == 2:
				return n + 1
			default:
				met[n] = p
				n++
			}
		}
	}
	return n
}

// meets reports whether a group is of those who can meet: governments, their
// heads and agencies, and bodies; areas only right before the verb, "Kabupaten A
// menerima kunjungan".
func (d *document) meets(dl *deal, g *group) bool {
	form := dl.actors[g.first].form
	return !g.aside && (form >= formAgency && form <= formBody || form == formArea && d.is(g.to, d.x.deals.meets))
}

// attendingParties makes those parties who attend a signing whose sides nothing else
// names: "Pemda se-Rekaan melakukan penandatanganan KAD. Penandatanganan dihadiri
// Bupati A, Wali Kota B dan Sekda C". Two of them must be of regions.
func (d *document) attendingParties(dl *deal) bool {
	signed := false
	for i := range dl.sentences {
		s := &dl.sentences[i]
		if !s.lead {
			return false
		}
		signed = signed || hasSigned(s.events)
		for k, e := range s.events {
			if h, ok := d.longest(e.at, listCues); !signed || !e.aside || !ok || d.id(h) != "aside.hadir" || k+1 == len(s.events) {
				continue
			}
			if g := s.events[k+1].group; g != nil && dl.officesIn(g) > 1 {
				dl.makeParties(g)
				return true
			}
		}
	}
	return false
}

// namedBefore makes those parties who are named, just two of them and joined, in the
// sentence before that of a signing which names nobody: "A dan B kini mengelola
// sampah bersama. Kesepakatannya tertuang dalam MoU yang ditandatangani Rabu".
func (d *document) namedBefore(dl *deal) bool {
	for i := 1; i < len(dl.sentences); i++ {
		s, before := &dl.sentences[i], &dl.sentences[i-1]
		if !s.lead {
			return false
		}
		if before.title || before.other || before.sent != s.sent-1 || s.instrs == 0 || !hasSigned(s.events) || s.group() != nil {
			continue
		}
		if g := before.group(); g != nil && g.distinct == 2 && d.actsFor(dl, g) {
			dl.makeParties(g)
			return true
		}
	}
	return false
}

// group is the only group of a sentence that does not stand aside, nil when there is
// none or more than one.
func (s *sentenceEvents) group() *group {
	var only *group
	for _, e := range s.events {
		switch {
		case e.group == nil || e.group.aside:
		case only != nil:
			return nil
		default:
			only = e.group
		}
	}
	return only
}

// actsFor reports whether all of a group are named as governments, by their heads or
// as bodies, and one is a region.
func (d *document) actsFor(dl *deal, g *group) bool {
	region := false
	for k := g.first; k < g.end; k++ {
		if dl.actors[k].form <= formArea {
			return false
		}
		region = region || dl.actors[k].region != ""
	}
	return region
}

// officesIn counts the mentions of regions in a group by their heads and agencies.
func (dl *deal) officesIn(g *group) int {
	n := 0
	for k := g.first; k < g.end; k++ {
		if a := &dl.actors[k]; a.region != "" && (a.form == formHead || a.form == formAgency) {
			n++
		}
	}
	return n
}

// makeParties gives all of a group the votes of parties.
func (dl *deal) makeParties(g *group) {
	for k := g.first; k < g.end; k++ {
		dl.makeParty(k)
	}
}

// makeParty gives the actor k the votes of a party.
func (dl *deal) makeParty(k int) {
	v := &dl.votes[dl.party[k]]
	if len(v.mentions) == 0 {
		dl.order = append(dl.order, dl.party[k])
		v.mentions = append(v.mentions, &dl.actors[k])
	}
	v.weight += weightFrame
}
