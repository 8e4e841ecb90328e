package extract

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
// heads and agencies, and bodies, but no areas.
func (d *document) meets(dl *deal, g *group) bool {
	form := dl.actors[g.first].form
	return !g.aside && (form >= formAgency && form <= formBody)
}
