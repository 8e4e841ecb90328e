package extract

import (
	"sort"
)

// event is what a frame looks at: a group, an act or an instrument.
type event struct {
	at     int // token
	to     int
	group  *group
	act    act
	instr  bool
	aside  bool // a cue for witnesses and guests, who are named behind it
	stand  bool // a cue for those who only stand by, named before it
	said   bool // a verb of speech: its speaker is named behind it
	home   bool // the instrument is a sister city
	pihak  bool
	modal  bool // the act has not happened
	denied bool // "belum meneken": its doer is no party
	prior  bool // the act came before the one that is the news: "usai menggandeng"
}

// sentenceEvents are the events of one sentence, in order.
type sentenceEvents struct {
	sent   int32
	first  int // token
	last   int
	events []event
	title  bool
	lead   bool // in the first paragraphs
	acts   int
	instrs int
	past   int // see document.pastIn: the first word for an older agreement, and 1; 0 is not known
	// otherAt is the token from which the sentence tells of an earlier or
	// another agreement; the end of the sentence when it does not.
	otherAt int
	other   bool // all of it
	// laterAt is the token from which the sentence tells of a further paper that
	// is to follow this one; the end of the sentence when it does not.
	laterAt int
}

// maxAround is how many events of a sentence before and behind a word are
// asked: no sentence of the labelled articles has more than 10, hostile ones have
// thousands, and a date beside each.
const maxAround = 40

// around are the events of a sentence near token i: all of an ordinary one's.
func (s *sentenceEvents) around(i int) []event {
	k := sort.Search(len(s.events), func(k int) bool { return s.events[k].at >= i })
	return s.events[max(k-maxAround, 0):min(k+maxAround, len(s.events))]
}

// leadTokens is how far the lead of an article reaches: the first paragraphs
// tell the news, later ones its history. About 120 words.
const leadTokens = 150

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

// collectEvents walks actors and hits in order and builds each sentence.
func (d *document) collectEvents(dl *deal) {
	dl.bySentence = zeroed(dl.bySentence, len(d.sents))
	next := 0
	for i := 0; i < len(d.toks); {
		_, end := d.sentence(i)
		first := next
		for next < len(dl.actors) && dl.actors[next].from < end {
			next++
		}
		if d.lineOf(i) != lineRelated {
			s := sentenceEvents{sent: d.toks[i].sent, first: i, last: end, otherAt: end, laterAt: end, title: i < d.titleEnd, lead: i < d.titleEnd+leadTokens}
			begin := len(dl.events)
			d.sentenceEvents(dl, &s, d.groups(dl, first, next))
			if s.events = dl.events[begin:len(dl.events):len(dl.events)]; len(s.events) > 0 {
				dl.sentences = append(dl.sentences, s)
				dl.bySentence[s.sent] = int32(len(dl.sentences))
			}
		}
		i = end
	}
}

// sentenceEvents appends the events of one sentence to those of the deal.
func (d *document) sentenceEvents(dl *deal, s *sentenceEvents, groups []group) {
	g := 0
	words := &d.sentenceOf(s.first).words
	plain := !words.has(d.x.deals.said) && !words.has(d.x.deals.followUps)
	for i := s.first; i < s.last; i++ {
		if plain {
			stop := s.last
			if g < len(groups) {
				stop = max(groups[g].from, i)
			}
			if i = d.next(i, stop, 1<<listInstruments|1<<listCues); i == s.last {
				return
			}
		}
		if g < len(groups) && groups[g].from == i {
			dl.events = append(dl.events, event{at: i, to: groups[g].to, group: &groups[g]})
			i = max(i, groups[g].to-1)
			g++
			continue
		}
		if d.is(i, d.x.deals.said) {
			dl.events = append(dl.events, event{at: i, to: i + 1, said: true})
			continue
		}
		if s.laterAt == s.last && d.is(i, d.x.deals.followUps) && d.isModal(i) && d.instrumentNear(i+1, followReach) {
			s.laterAt = i
		}
		if d.opensAny(i, 1<<listInstruments|1<<listCues) {
			i = d.cueEvent(dl, s, i) - 1
		}
	}
}

// basisReach is how far before a paper the word stands that makes it the basis
// of this one, in tokens: "didasarkan pada peraturan yang tercantum dalam".
const basisReach = 14

// alsoReach is how far before an act to come "juga" stands that makes it one of
// further partners, in tokens: "juga berencana menggandeng".
const alsoReach = 3

// followReach is how far behind "akan diteruskan" the paper stands that is to
// follow, in tokens.
const followReach = 6

// cueEvent appends the events that open at token i and returns the token to
// go on with.
func (d *document) cueEvent(dl *deal, s *sentenceEvents, i int) int {
	next := i + 1
	if h, ok := d.longest(i, listInstruments); ok && d.owner[i] != claimLaw && d.owner[i] != claimNumber && !d.onlyVowed(h) {
		dl.events = append(dl.events, event{at: i, to: int(h.to), instr: true, home: d.x.deals.instruments[h.entry].home, prior: s.priorBefore(dl, i)})
		s.instrs++
		if d.hasWord(max(i-basisReach, s.first), i, d.x.deals.bases) {
			s.otherAt = min(s.otherAt, i)
		}
		if n := len(dl.sentences); n > 0 && dl.sentences[n-1].other && dl.sentences[n-1].sent == s.sent-1 && d.is(int(h.to), d.x.deals.pointers) {
			s.otherAt, s.other = s.first-1, true // "Dalam MoU itu disepakati", of the sentence before
		}
		if d.is(i-1, d.x.deals.according) {
			d.reject(i, int(h.to), "instrument", "what was agreed, not a paper: sesuai kesepakatan bersama")
		} else {
			dl.instrs = append(dl.instrs, h)
		}
		next = d.furtherPaper(dl, h)
	}
	class := d.cue(i)
	if class == cueNone || d.owner[i] == claimLaw {
		return next
	}
	h, _ := d.longest(i, listCues)
	switch a := actOf[class]; {
	case a != actNone:
		if (a == actMake || a == actMade || a == actHandle || class == cueStrengthen) && !d.instrumentNear(int(h.to), 5) && !d.instrumentNear(i-paperBefore(class), paperBefore(class)) {
			return next
		}
		if s.laterAt == s.last && !a.signs() && d.hasWord(max(i-alsoReach, s.first), i, d.x.deals.also) && d.toCome(dl, s, h, a) {
			s.laterAt = i
		}
		if a.signs() && !s.title && d.is(i-1, d.x.modality.past) && d.is(i-2, d.x.deals.also) {
			s.otherAt = s.first - 1 // "juga telah menandatangani MoU dengan B awal bulan ini"
			s.other = true
		}
		dl.events = append(dl.events, event{at: i, to: int(h.to), act: a, modal: d.toCome(dl, s, h, a), prior: d.is(i-1, d.x.deals.after) && !a.signs(), denied: a == actSign && d.denied(i)})
		s.acts++
		next = max(next, int(h.to))
	case class == cueAside:
		dl.events = append(dl.events, event{at: i, to: int(h.to), aside: true})
	case class == cueStander:
		dl.events = append(dl.events, event{at: i, to: int(h.to), stand: true})
	case class == cuePast:
		s.otherAt = min(s.otherAt, i)
	case class == cueOther && (d.afterDuration(i) || d.is(i-1, d.x.deals.without)): // "untuk lima tahun ke depan", "tanpa lebih dulu dibahas"
	case class == cueOther:
		s.otherAt = s.first - 1
		s.other = true
	case class == cuePihak:
		dl.events = append(dl.events, event{at: i, to: int(h.to), pihak: true})
	case class == cueBoundary:
		if !d.is(i-1, d.x.deals.near) && !d.is(i-1, d.x.deals.places) { // "halte di dekat batas wilayah"
			dl.boundary++
		}
	case class == cueTopic && (s.lead || d.id(h) != "topic.acara"): // "operasi pasar" far down is told beside the news
		dl.topical++
	case class == cueNot:
		dl.negative++
		if s.title {
			dl.negative += 3
		}
	}
	return next
}

// priorBefore reports whether the last event is an act before the news, of which
// the instrument at token i is the object: "setelah melakukan kerja sama dengan A".
func (s *sentenceEvents) priorBefore(dl *deal, i int) bool {
	n := len(dl.events)
	return n > 0 && dl.events[n-1].prior && dl.events[n-1].at >= s.first && i-dl.events[n-1].to <= 2
}

// onlyVowed reports whether a phrase that may be the name of a paper is one for
// goodwill: it is not said to be signed. "MoU ini wujud komitmen bersama".
func (d *document) onlyVowed(h hit) bool {
	if !d.x.deals.instruments[h.entry].vow {
		return false
	}
	for j := int(h.from) - 3; j < int(h.to)+3; j++ {
		if actOf[d.cue(j)].signs() && d.sameSentence(j, int(h.from)) {
			return false
		}
	}
	return true
}

// paperBefore is how far before an act a paper may stand that it is done with, in
// tokens: sides and their number stand between it and "diperpanjang".
func paperBefore(class cueClass) int {
	if class == cueRenew {
		return 20
	}
	return 5
}

// furtherPaper notes the instrument whose name overlaps that of another, "nota
// kesepakatan bersama" is called by two, and returns the token behind both.
func (d *document) furtherPaper(dl *deal, h hit) int {
	for j := int(h.from) + 1; j < int(h.to); j++ {
		if o, ok := d.longest(j, listInstruments); ok && o.to > h.to && !(d.isWith(int(o.to)-1) && d.partyAt(int(o.to))) && d.x.deals.instruments[o.entry].typ != d.x.deals.instruments[h.entry].typ {
			dl.instrs = append(dl.instrs, o)
			return int(o.to)
		}
	}
	return int(h.to)
}

// partyAt reports whether the name of a body or region opens at token i: "bersama"
// before it brings in the other side.
func (d *document) partyAt(i int) bool {
	return i < len(d.owner) && (d.owner[i] == claimBody || d.owner[i] == claimRegion)
}

// afterDuration reports whether a span of time ends before token i.
func (d *document) afterDuration(i int) bool { return i > 0 && d.owner[i-1] == claimDuration }

// instrumentNear reports whether an instrument opens in the n tokens from i.
func (d *document) instrumentNear(i, n int) bool {
	for j := max(i, 0); j < i+n && j < len(d.toks); j++ {
		if d.opens(j, listInstruments) {
			return true
		}
	}
	return false
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
	d.markAside(s)
	dl.setAside(s)
	d.markPrior(s)
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

// markAside marks the groups that are no parties by what they do: those behind
// a cue for witnesses, up to the next act; those right before a word for
// standing by; and those who speak, behind "kata".
func (d *document) markAside(s *sentenceEvents) {
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
			if before && e.at-s.events[i-1].to <= 3 {
				s.events[i-1].group.aside = true
			}
			aside = false
		case e.act.signs() || e.act == actAgree || e.act == actWork || e.act == actPartner:
			aside = false
		case e.group != nil && aside && s.events[i-1].aside && d.mark(e.at-1, ',') && s.signsNext(i):
			aside = false // "Di hadapan ratusan warga, Bupati X dan Bupati Y meneken"
		case e.group != nil && !aside && d.saidAfterSigning(s, i): // the speaker has signed
		case e.group != nil && (aside || i > 0 && s.events[i-1].said && e.at-s.events[i-1].to <= 2):
			e.group.aside = true
		}
	}
}

// markPrior marks the groups of what came before the news: those behind an act
// of then, up to the next act, and those right behind "setelah". "Setelah
// melakukan kerja sama dengan A, kota itu menjajaki kerja sama dengan B", "Setelah
// Pemkab A, giliran Pemkab B".
func (d *document) markPrior(s *sentenceEvents) {
	prior := false
	for _, e := range s.events {
		switch {
		case e.act != actNone:
			prior = e.prior
		case e.group != nil:
			e.group.prior = prior || d.is(e.at-1, d.x.deals.after) && d.mark(e.to, ',') && s.acts > 0
		}
	}
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
	return next.act.signs() && !next.modal && next.at-s.events[i].to <= maxSpeaker && d.is(next.at-1, d.x.deals.after)
}

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
// brings in, up to the next act.
func (d *document) voteWith(dl *deal, s *sentenceEvents, i int, weight int) {
	for j := i + 1; j < len(s.events); j++ {
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

// isWith reports whether the small word at token i brings in the other side.
func (d *document) isWith(i int) bool { return d.is(i, d.x.deals.sides) }

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
		case s.otherAt < max(s.events[i].at, g.from) || s.events[i].prior || g.prior || s.events[i].denied:
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
