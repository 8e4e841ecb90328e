package extract

// readDeal collects events and lets the frames vote for parties.
func (d *document) readDeal() *deal {
	dl := &d.deal
	dl.actors = d.actors()
	dl.numberParties(d)
	d.collectEvents(dl)
	for i := range dl.sentences {
		d.frames(dl, &dl.sentences[i])
	}
	dl.listing = true
	d.listedParties(dl)
	d.countedParties(dl)
	return dl
}

// Weights of the frames. Two make a party.
const (
	weightFrame = 3 // the doer or the other side of an act
	weightNoun  = 2 // "kerja sama antara A dan B"
	weightTitle = 2 // a group in a headline with an act
	weightHint  = 1 // in a sentence with an instrument
	partyWeight = 2
)

// frames lets one sentence vote.
func (d *document) frames(dl *deal, s *sentenceEvents) {
	if s.acts+s.instrs == 0 {
		return
	}
	d.splitWitness(dl, s)
	d.bothFrame(dl, s)
	d.markAside(dl, s)
	dl.setAside(s)
	d.markPrior(dl, s)
	for i, e := range s.events {
		switch {
		case e.act != actNone:
			d.actFrame(dl, s, i)
		case e.home:
			d.sisterFrame(dl, s, i)
			d.nounFrame(dl, s, i)
		case e.instr:
			d.nounFrame(dl, s, i)
		case e.group != nil && !e.group.aside && d.is(e.group.prep, d.x.deals.between) && (e.group.distinct > 1 || d.withFollows(s, i)):
			d.vote(dl, s, i, e.group, weightFrame)
			d.voteWith(dl, s, i, weightFrame)
		case e.group != nil && !e.group.aside && d.is(e.group.prep, d.x.deals.between) && d.listFollows(s, i):
			d.vote(dl, s, i, e.group, weightFrame)
		}
	}
	for i, e := range s.events {
		if e.group == nil || e.group.aside {
			continue
		}
		if s.title {
			d.vote(dl, s, i, e.group, weightTitle)
		} else if s.acts > 0 && s.instrs > 0 || e.group.distinct > 1 {
			d.vote(dl, s, i, e.group, weightHint)
		}
	}
}

// bothFrame: those named before "antara kedua lembaga" of a signing are its sides,
// whatever else is told of them, when they are two: "Bupati A mengapresiasi kampus B
// seusai penandatanganan MoU antara kedua lembaga".
func (d *document) bothFrame(dl *deal, s *sentenceEvents) {
	words := &d.sentenceOf(s.first).words
	if s.acts*s.instrs == 0 || !words.has(d.x.deals.between) || !words.has(d.x.deals.both) {
		return
	}
	at := s.first
	for at < s.last && !(d.is(at, d.x.deals.between) && d.bothAt(at+1)) {
		at++
	}
	sides, signs := 0, -1
	for i, e := range s.events {
		switch {
		case e.at > at || at == s.last:
		case e.group != nil && !e.group.aside:
			sides += e.group.distinct
		case e.signed():
			signs = i
		}
	}
	if sides != 2 || signs < 0 {
		return
	}
	for _, e := range s.events {
		if e.group != nil && e.at < at {
			d.vote(dl, s, signs, e.group, weightFrame)
		}
	}
}

// sisterFrame: "Padang dan Hildesheim menjadi kota kembar", "Kabupaten Nanjing
// menjadi sister city Kabupaten Klaten".
func (d *document) sisterFrame(dl *deal, s *sentenceEvents, i int) {
	e := s.events[i]
	if i == 0 || s.events[i-1].group == nil || s.events[i-1].group.aside || e.at-s.events[i-1].to > 4 {
		return
	}
	g := s.events[i-1].group
	after := i+1 < len(s.events) && s.events[i+1].group != nil && !s.events[i+1].group.aside && s.events[i+1].at-e.to <= 3
	if after {
		d.vote(dl, s, i, s.events[i+1].group, weightNoun)
	}
	if after || g.distinct > 1 {
		d.vote(dl, s, i, g, weightNoun)
	}
}

// actFrame lets the act at event i vote for its doer and the other side.
func (d *document) actFrame(dl *deal, s *sentenceEvents, i int) {
	e := s.events[i]
	if e.act.passive() {
		if g := d.groupAfter(s, i, 8); g != nil {
			d.vote(dl, s, i, g, weightFrame)
			d.voteWith(dl, s, i+1, weightFrame)
		}
		if e.act == actPartnered || e.act == actMade {
			d.voteWith(dl, s, i, weightFrame)
		}
		if g := d.groupBefore(s, i); g != nil && e.act == actPartnered { // "Kampus X digandeng Pemkab Y"
			d.vote(dl, s, i, g, weightFrame)
		}
		return
	}
	if g := d.groupBefore(s, i); g != nil {
		if e.act != actSigning || !d.betweenAhead(s, i) {
			d.vote(dl, s, i, g, weightFrame)
			d.vote(dl, s, i, d.headOfList(s, i), weightFrame)
		}
	} else if d.is(e.at-1, d.x.deals.who) && i+1 < len(s.events) && s.events[i+1].at-e.to <= 4 {
		d.voteList(dl, s, i+1) // "Yang meneken, Gubernur A, Bupati B ..."
	}
	if e.act == actSign && d.metFor(e.at) {
		for j := range s.events {
			d.vote(dl, s, i, s.events[j].group, weightFrame)
		}
	}
	switch e.act {
	case actHandle: // "MoU dengan tiga kampus diperpanjang Pemkot X"
		if g := d.groupAfter(s, i, 1); g != nil && d.cue(e.at) == cueRenew && (g.from == e.to || d.is(g.prep, d.x.deals.agent)) {
			d.vote(dl, s, i, g, weightFrame)
		}
		d.doneFrame(dl, s, i)
	case actMake: // "Nota kesepahaman mengikat A dan B"
		if i > 0 && s.events[i-1].instr && d.groupBefore(s, i) == nil {
			if g := d.groupAfter(s, i, 1); g != nil && g.distinct > 1 {
				d.vote(dl, s, i, g, weightFrame)
			}
		}
	case actPartner:
		if g := d.groupAfter(s, i, 6); g != nil {
			d.vote(dl, s, i, g, weightFrame)
		}
	case actSigning:
		if g := d.groupAfter(s, i, 12); g != nil && (g.prep >= 0 || d.is(g.from-1, d.x.deals.involves) || d.is(g.from-1, d.x.deals.doneBy)) {
			d.vote(dl, s, i, g, weightFrame)
		}
	}
	d.voteWith(dl, s, i, weightFrame)
}

// doneFrame: "Penjajakan kerja sama dilakukan A ke B".
func (d *document) doneFrame(dl *deal, s *sentenceEvents, i int) {
	for k := i + 1; k < len(s.events); k++ {
		e := s.events[k]
		if e.group == nil && !e.instr {
			return
		}
		if e.group == nil || !d.is(e.at-1, d.x.deals.doneBy) {
			continue
		}
		d.vote(dl, s, i, e.group, weightFrame)
		if k+1 < len(s.events) && s.events[k+1].group != nil && d.is(s.events[k+1].at-1, d.x.deals.toPlaces) {
			d.vote(dl, s, i, s.events[k+1].group, weightFrame)
		}
		return
	}
}

// betweenAhead reports whether "antara" names the sides of the signing at event i:
// who is named before it need be none of them, "Gubernur memberi sambutan pada
// penandatanganan MoU antara A dan B".
func (d *document) betweenAhead(s *sentenceEvents, i int) bool {
	for _, e := range s.events[i+1:] {
		switch {
		case e.group != nil:
			return !e.group.aside && d.is(e.group.prep, d.x.deals.between) && e.at-s.events[i].to <= betweenReach
		case e.act != actNone && e.act != actSigning:
			return false
		}
	}
	return false
}

// betweenReach is how far behind a signing "antara" opens its sides, in tokens:
// the paper and its title come between.
const betweenReach = 14

// nounFrame: an instrument with a group right behind it, or right before the
// signing of it: "MoU Kejati Banten dan Pemprov Banten", "kerja sama antara".
func (d *document) nounFrame(dl *deal, s *sentenceEvents, i int) {
	if i+1 < len(s.events) {
		if e := s.events[i+1]; e.group != nil && !e.group.aside && e.at-s.events[i].to <= 8 &&
			(e.group.distinct > 1 || d.is(e.group.prep, d.x.deals.between) || d.withFollows(s, i+1)) {
			d.vote(dl, s, i, e.group, weightNoun)
			d.voteWith(dl, s, i+1, weightNoun)
		}
	}
	if e := s.events[i]; i+1 < len(s.events) && s.events[i+1].group != nil && s.events[i+1].at-e.to <= 4 {
		if p := s.events[i+1].group.prep; d.isWith(p) && !s.events[i+1].group.aside {
			d.vote(dl, s, i, s.events[i+1].group, weightNoun)
			if g := d.groupBefore(s, i); g != nil {
				d.vote(dl, s, i, g, weightNoun)
			}
		}
	}
}

// groupBefore is the nearest group before event i that no other act separates
// from it.
func (d *document) groupBefore(s *sentenceEvents, i int) *group {
	for j := i - 1; j >= 0; j-- {
		e := s.events[j]
		if e.group != nil && !e.group.aside {
			return e.group
		}
		switch e.act {
		case actNone, actMake, actAgree, actWork, actSigning, actHandle:
		default:
			return nil
		}
	}
	return nil
}

// groupAfter is the group behind event i, at most n tokens away and with no
// act between.
func (d *document) groupAfter(s *sentenceEvents, i, n int) *group {
	for j := i + 1; j < len(s.events); j++ {
		e := s.events[j]
		if e.group != nil {
			if e.group.aside || e.at-s.events[i].to > n {
				return nil
			}
			return e.group
		}
		if e.aside || e.act != actNone && e.act != actSigning && e.act != actHandle {
			return nil
		}
	}
	return nil
}

// voteWith votes for the groups behind event i that "dengan" or "bersama"
// brings in, up to the next signing.
func (d *document) voteWith(dl *deal, s *sentenceEvents, i int, weight int) {
	for j := i + 1; j < min(len(s.events), i+maxAround); j++ {
		e := s.events[j]
		if e.aside || e.act.signs() && j > i+1 {
			return
		}
		if e.group != nil && !e.group.aside && (d.isWith(e.group.prep) || d.is(e.group.prep, d.x.deals.between)) {
			d.vote(dl, s, i, e.group, weight)
		}
	}
}

// withFollows reports whether a "dengan" group follows event i at once.
func (d *document) withFollows(s *sentenceEvents, i int) bool {
	if i+1 >= len(s.events) {
		return false
	}
	e := s.events[i+1]
	return e.group != nil && !e.group.aside && (d.isWith(e.group.prep))
}

// tellsPaper reports whether a sentence tells of a signing or names a paper.
func (d *document) tellsPaper(s *sentenceEvents) bool {
	for _, e := range s.events {
		if e.act.signs() || e.instr && d.namedPaper(e.at) {
			return true
		}
	}
	return false
}

// vote adds weight to every party of a group, for the event at index i. What is
// told of an earlier agreement, or of one with somebody else, is kept apart.
func (d *document) vote(dl *deal, s *sentenceEvents, i int, g *group, weight int) {
	if g == nil || g.aside {
		return
	}
	outsiders := d.outsiders(dl, s, g)
	for k := g.first; k < g.end; k++ {
		a := &dl.actors[k]
		if a.aside {
			continue
		}
		v := &dl.votes[dl.party[k]]
		if len(v.mentions) == 0 {
			dl.order = append(dl.order, dl.party[k])
		}
		switch {
		case outsiders || s.otherAt < max(s.events[i].at, g.from) || s.events[i].prior || g.prior || s.events[i].denied:
			v.other += weight
		case weight != weightHint && s.laterAt < g.from:
			v.later += weight
		case weight == weightHint:
			v.hints++
		default:
			v.weight += weight
			v.text = v.text || !s.title
			v.told = v.told || s.lead || dl.listing || d.tellsPaper(s)
			v.exact = v.exact || a.form != formBare && a.form != formArea
		}
		if n := len(v.mentions); n == 0 || v.mentions[n-1] != a {
			v.mentions = append(v.mentions, a)
		}
	}
}

// outsiders reports whether a group behind "antara" is of bodies only, none of them a
// party, where a region is one already: "MoU ini berawal dari kesepakatan di pusat
// antara Kementerian A dan Kejaksaan Agung".
func (d *document) outsiders(dl *deal, s *sentenceEvents, g *group) bool {
	if s.title || g.distinct < 2 || !d.is(g.prep, d.x.deals.between) || dl.regionsVoted() == 0 || dl.partyIn(g) {
		return false
	}
	for k := g.first; k < g.end; k++ {
		if dl.actors[k].region != "" || d.collective(&dl.actors[k]) {
			return false
		}
	}
	return true
}
