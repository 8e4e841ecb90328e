package extract

// markAside marks the groups that are no parties by what they do: those behind
// a cue for witnesses, up to the next act; those right before a word for
// standing by; and those who speak, behind "kata".
func (d *document) markAside(dl *deal, s *sentenceEvents) {
	aside := false
	for i, e := range s.events {
		before := i > 0 && s.events[i-1].group != nil
		switch {
		case e.aside:
			aside = true
			// "Sekda X dan Kepala Y hadir sebagai saksi": the cue comes last.
			if before && e.at-s.events[i-1].to <= 3 && !d.actBefore(s, i) && !s.signsNext(i) {
				s.events[i-1].group.aside = true
			}
		case e.stand:
			if before && e.at-s.events[i-1].to <= 3 && !(d.isWith(s.events[i-1].group.prep) && d.actBefore(s, i)) {
				s.events[i-1].group.aside = true
			}
			aside = false
		case e.act.signs() || e.act == actAgree || e.act == actWork || e.act == actPartner:
			aside = false
		case e.group != nil && aside && s.events[i-1].aside && d.mark(e.at-1, ',') && s.signsNext(i):
			aside = false // "Di hadapan ratusan warga, Bupati X dan Bupati Y meneken"
		case e.group != nil && aside && d.alsoSigns(s, i):
			aside = false // "Dari kampus hadir rektor yang juga menandatangani"
		case e.group != nil && !aside && (d.saidAfterSigning(s, i) || d.saysOwn(dl, s, i)): // the speaker has signed
		case e.group != nil && (aside || i > 0 && s.events[i-1].said && e.at-s.events[i-1].to <= 2):
			e.group.aside = true
		}
	}
}

// alsoSigns reports whether those named by event i are said to sign in the clause
// behind them.
func (d *document) alsoSigns(s *sentenceEvents, i int) bool {
	if i+1 >= len(s.events) {
		return false
	}
	next := s.events[i+1]
	return next.act == actSign && next.at-s.events[i].to <= 4 && d.is(s.events[i].to, d.x.deals.relative)
}

// markPrior marks the groups of what came before the news: those behind an act
// of then, up to the next act, and those right behind "setelah". "Setelah
// melakukan kerja sama dengan A, kota itu menjajaki kerja sama dengan B", "Setelah
// Pemkab A, giliran Pemkab B". When the one behind "selain dengan" is a party
// already, it is the others who are none: "Selain dengan Pemkab A, ia meneken MoU
// dengan 10 pemda lain".
func (d *document) markPrior(dl *deal, s *sentenceEvents) {
	prior := false
	for _, e := range s.events {
		switch {
		case e.act != actNone:
			prior = e.prior
		case e.group != nil && d.isWith(e.at-1) && d.behindPrior(e.at) && dl.partyIn(e.group):
			s.tellsOther()
		case e.group != nil:
			e.group.prior = prior || d.behindPrior(e.at) && d.mark(e.to, ',') && s.acts > 0
		}
	}
}

// behindPrior reports whether "setelah" or "selain dengan" stands before token i.
func (d *document) behindPrior(i int) bool {
	return d.is(i-1, d.x.deals.after) || d.isWith(i-1) && d.is(i-2, d.x.deals.after)
}

// setAside notes for each mention in a group that stands aside that it does.
func (dl *deal) setAside(s *sentenceEvents) {
	for _, e := range s.events {
		if e.group == nil || !e.group.aside {
			continue
		}
		for k := e.group.first; k < e.group.end; k++ {
			dl.actors[k].aside = true
		}
	}
}

// saidAfterSigning reports whether who is named by event i speaks right after
// signing: "kata Bupati X usai menandatangani MoU dengan Bupati Y".
func (d *document) saidAfterSigning(s *sentenceEvents, i int) bool {
	if i == 0 || i+1 >= len(s.events) || !s.events[i-1].said {
		return false
	}
	next := s.events[i+1]
	return next.signed() && next.at-s.events[i].to <= maxSpeaker && d.is(next.at-1, d.x.deals.after)
}

// saysOwn reports whether who speaks at event i tells of an act of his own, which he
// then gets the vote for: "Kami sudah meneken MoU dengan Pemkab B, kata Bupati A".
func (d *document) saysOwn(dl *deal, s *sentenceEvents, i int) bool {
	if i == 0 || !s.events[i-1].said || s.events[i].at-s.events[i-1].to > 2 {
		return false
	}
	for k := max(i-maxAround, 0); k < i; k++ {
		e := s.events[k]
		if e.act == actNone || e.act.passive() || !d.hasWord(max(e.at-ownReach, s.first), e.at, d.x.deals.own) {
			continue
		}
		if d.groupBefore(s, k) == nil {
			d.vote(dl, s, k, s.events[i].group, weightFrame)
			return true
		}
	}
	return false
}

// ownReach is how far before an act "kami" stands, in tokens.
const ownReach = 4

// maxSpeaker is how long the name of a speaker behind his office may be, in
// tokens, titles and degrees included.
const maxSpeaker = 14

// splitWitness sets witnesses that open a sentence apart from the doers behind
// the comma: "Disaksikan Gubernur X, Bupati Y dan Bupati Z meneken". Two commas
// leave open where the witnesses end.
func (d *document) splitWitness(dl *deal, s *sentenceEvents) {
	if len(s.events) < 3 || !s.events[0].aside || s.events[0].at > s.first || s.events[1].group == nil || s.events[2].act != actSign {
		return
	}
	g := s.events[1].group
	witnesses := 0
	for k := g.first; k+1 < g.end; k++ {
		for i := dl.actors[k].to; i < dl.actors[k+1].from; i++ {
			if d.mark(i, ',') && witnesses > 0 {
				return
			}
			if d.mark(i, ',') {
				witnesses = k + 1 - g.first
			}
		}
	}
	if witnesses == 0 {
		return
	}
	for k := g.first; k < g.first+witnesses; k++ {
		dl.actors[k].aside = true
	}
	s.events[0].aside = false
	g.distinct -= witnesses
}

// signsNext reports whether who is named before event i signs too, for a signing
// comes before anybody else is named: "Bupati X datang dan meneken".
func (s *sentenceEvents) signsNext(i int) bool {
	for _, e := range s.events[i+1:] {
		if e.group != nil || e.act == actSign || e.act == actMake {
			return e.group == nil
		}
	}
	return false
}

func (d *document) actBefore(s *sentenceEvents, i int) bool {
	for _, e := range s.events[:i] {
		if e.act != actNone {
			return true
		}
	}
	return false
}
