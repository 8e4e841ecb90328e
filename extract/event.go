package extract

import (
	"slices"
	"sort"
)

// eventRules is what the reading of events needs besides, compiled.
type eventRules struct {
	near      wordList // words that make a boundary behind them a place
	according wordList // words before an instrument that is meant as an act: sesuai kesepakatan
	bases     wordList // words before a paper that this one rests on
	followUps wordList // words behind "akan" for a further paper
	following wordList // menyusul
	own       wordList // who speaks for his side: kami
	without   wordList // "tanpa"
	also      wordList // "juga"
}

func newEventRules(lex *lexicon) eventRules {
	return eventRules{
		near:      lex.words("deal.near"),
		according: lex.words("deal.according"),
		bases:     lex.words("deal.bases"),
		followUps: lex.words("deal.follow-ups"),
		following: lex.words("deal.following"),
		own:       lex.words("deal.own"),
		without:   lex.words("deal.without"),
		also:      lex.words("deal.also"),
	}
}

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

// signed reports whether the event is a signing that has happened.
func (e *event) signed() bool { return e.act.signs() && !e.modal }

// hasSigned reports whether one of some events is a signing that has happened.
func hasSigned(events []event) bool {
	return slices.ContainsFunc(events, func(e event) bool { return e.signed() })
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
		d.paperEvent(dl, s, h)
		next = d.furtherPaper(dl, h)
	}
	class := d.cue(i)
	if class == cueNone || d.owner[i] == claimLaw {
		return next
	}
	h, _ := d.longest(i, listCues)
	switch {
	case actOf[class] != actNone:
		if d.actEvent(dl, s, h) {
			next = max(next, int(h.to))
		}
	case class == cueAside:
		dl.events = append(dl.events, event{at: i, to: int(h.to), aside: true})
	case class == cueStander:
		dl.events = append(dl.events, event{at: i, to: int(h.to), stand: true})
	case class == cuePihak && !d.is(i, d.x.deals.own): // but not "pihaknya"
		dl.events = append(dl.events, event{at: i, to: int(h.to), pihak: true})
	case class == cuePast:
		s.otherAt = min(s.otherAt, i)
	case (class == cueOther || class == cueAhead) && (d.afterDuration(i) || d.is(i-1, d.x.deals.without)): // "untuk lima tahun ke depan", "tanpa lebih dulu dibahas"
	case class == cueOther, class == cueAhead && d.actAhead(int(h.to)):
		s.tellsOther()
	default:
		d.countAgainst(dl, s, h)
	}
	return next
}

// actAhead reports whether an act or a partner stands right behind "lebih dulu": "X
// sudah lebih dulu menjalin kerja sama"; but not "disepakati lebih dulu pada Juni".
func (d *document) actAhead(i int) bool {
	return d.isAct(i) || d.isAct(i+1) || d.isWith(i)
}

// tellsOther notes that the whole sentence tells of another agreement.
func (s *sentenceEvents) tellsOther() { s.otherAt, s.other = s.first-1, true }

// paperEvent appends the event of an instrument.
func (d *document) paperEvent(dl *deal, s *sentenceEvents, h hit) {
	i := int(h.from)
	dl.events = append(dl.events, event{at: i, to: int(h.to), instr: true, home: d.x.deals.instruments[h.entry].home, prior: s.priorBefore(dl, i)})
	s.instrs++
	if d.hasWord(max(i-basisReach, s.first), i, d.x.deals.bases) {
		s.otherAt = min(s.otherAt, i)
	}
	if n := len(dl.sentences); n > 0 && dl.sentences[n-1].other && dl.sentences[n-1].sent == s.sent-1 && d.is(int(h.to), d.x.deals.pointers) {
		s.tellsOther() // "Dalam MoU itu disepakati", of the sentence before
	}
	if d.is(i-1, d.x.deals.according) {
		d.reject(i, int(h.to), "instrument", "what was agreed, not a paper: sesuai kesepakatan bersama")
		return
	}
	dl.instrs = append(dl.instrs, h)
}

// actEvent appends the event of an act; some are none without an instrument near
// them.
func (d *document) actEvent(dl *deal, s *sentenceEvents, h hit) bool {
	i, to, class := int(h.from), int(h.to), d.cue(int(h.from))
	a := actOf[class]
	if (a == actMake || a == actMade || a == actHandle || class == cueStrengthen) && !d.instrumentNear(to, min(5, s.last-to)) && !d.instrumentNear(max(i-paperBefore(class), s.first), min(paperBefore(class), i-s.first)) {
		return false
	}
	modal := d.toCome(dl, s, h, a)
	if modal && s.laterAt == s.last && (a.signs() && !s.title && d.follows(i, to) || !a.signs() && d.hasWord(max(i-alsoReach, s.first), i, d.x.deals.also)) {
		s.laterAt = i
	}
	if a.signs() && !s.title && d.is(i-1, d.x.modality.past) && d.is(i-2, d.x.deals.also) {
		s.tellsOther() // "juga telah menandatangani MoU dengan B awal bulan ini"
	}
	dl.events = append(dl.events, event{at: i, to: to, act: a, modal: modal, prior: d.is(i-1, d.x.deals.after) && !a.signs(), denied: a == actSign && d.denied(i)})
	s.acts++
	return true
}

// followsReach is how far behind a signing "menyusul" stands, in tokens: the name of
// the paper comes between.
const followsReach = 9

// follows reports whether the signing [i, to) is one that comes after another:
// "Penandatanganan perjanjian kerja sama (PKS) menyusul kemudian, antara".
func (d *document) follows(i, to int) bool {
	for j := to; j < to+followsReach && d.sameSentence(i, j); j++ {
		if d.is(j, d.x.deals.following) {
			return true
		}
	}
	return d.is(i-1, d.x.deals.following)
}

// countAgainst counts a cue for what is no agreement.
func (d *document) countAgainst(dl *deal, s *sentenceEvents, h hit) {
	i := int(h.from)
	switch class := d.cue(i); {
	case class == cueBoundary:
		if !d.is(i-1, d.x.deals.near) && !d.is(i-1, d.x.deals.places) { // "halte di dekat batas wilayah"
			dl.boundary++
			dl.aboutBoundary = dl.aboutBoundary || s.title
		}
	case class == cueTopic && (s.lead || d.id(h) != "topic.acara"): // "operasi pasar" far down is told beside the news
		dl.topical++
	case class == cueNot:
		dl.negative++
		if s.title {
			dl.negative += 3
		}
	}
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
// tokens: sides and their number stand between it and "diperpanjang", "dievaluasi".
func paperBefore(class cueClass) int {
	switch class {
	case cueRenew:
		return 20
	case cueEvaluate:
		return evaluatedReach
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

// isWith reports whether the small word at token i brings in the other side.
func (d *document) isWith(i int) bool { return d.is(i, d.x.deals.sides) }
