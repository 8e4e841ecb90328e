package extract

import (
	"slices"

	"pakta"
)

// statusRules is what the reading of the status of an agreement needs besides, compiled.
type statusRules struct {
	condition wordList // words that make a renewal a possibility, or deny it
	copula    wordList // words that say what an agreement is: "merupakan perpanjangan"
	partials  wordList // words that open a sentence about one of several partners
	about     wordList // before what a paper is about
	programme wordList // behind "dilanjutkan": what comes next on the programme
}

func newStatusRules(lex *lexicon) statusRules {
	return statusRules{
		condition: lex.words("deal.condition"),
		copula:    lex.words("deal.copula"),
		partials:  lex.words("deal.partials"),
		about:     lex.words("deal.about"),
		programme: lex.words("deal.programme"),
	}
}

// statusRules ids, as evidence carries them.
const (
	ruleSigned    = "status.signed"
	rulePlanned   = "status.planned"
	ruleRenewed   = "status.renewed"
	ruleEvaluated = "status.evaluated"
)

// statusSigns are the cues for each status with where they stand.
type statusSigns struct {
	signed, planned, renewed, evaluated []hit
	signedLead, plannedLead             int
	made                                []hit // a paper with a name is made, without a word of signing
	agreed                              []hit // working together, without a word of signing
	settled                             []hit // "sepakat": settled, and yet to be written down
	older                               []hit // signings of long ago, where nothing newer is told
	wished                              []hit // offers and hopes in the headline
	running                             []hit // how an agreement fares: "sudah berjalan", "pelaksanaan"
	titlePlans, titleSigns              bool
	titleAct                            hit // the signing that the headline puts off
	plannedAct                          int // token of the first signing that is to come
}

// readStatus says how far the agreement has come, by what the headline and
// the lead say first: later paragraphs tell of older agreements.
func (d *document) readStatus(dl *deal) (pakta.Status, []pakta.Evidence) {
	signs := d.readSigns(dl)
	switch {
	case d.statusConflict(signs):
	case len(signs.renewed) > 0 && (len(signs.evaluated) == 0 || signs.renewed[0].from < signs.evaluated[0].from):
		return pakta.Renewed, d.statusEvidence(signs.renewed, ruleRenewed)
	case len(signs.evaluated) > 0 && !(signs.titlePlans && int(signs.evaluated[0].from) >= d.titleEnd) && (signs.signedLead == 0 || signs.evaluated[0].from < signs.signed[0].from):
		return pakta.Evaluated, d.statusEvidence(signs.evaluated, ruleEvaluated)
	case len(signs.signed) > 0 && signs.signedIsNews():
		return pakta.Signed, d.statusEvidence(signs.signed, ruleSigned)
	case len(signs.planned) > 0:
		return pakta.Planned, d.statusEvidence(signs.planned, rulePlanned)
	case len(signs.running) > 0:
		return pakta.Evaluated, d.statusEvidence(signs.running, ruleEvaluated)
	case len(signs.older) > 0:
		return pakta.Evaluated, d.statusEvidence(signs.older, ruleEvaluated)
	case len(signs.made) > 0:
		return pakta.Signed, d.statusEvidence(signs.made, ruleSigned)
	case len(signs.settled) > 0:
		return pakta.Planned, d.statusEvidence(signs.settled, rulePlanned)
	case len(signs.agreed) > 0:
		return pakta.Signed, d.statusEvidence(signs.agreed, ruleSigned)
	case len(signs.wished) > 0:
		return pakta.Planned, d.statusEvidence(signs.wished, rulePlanned)
	case d.plansPaper(dl, signs):
		return pakta.Planned, d.statusEvidence(signs.planned, rulePlanned)
	default:
		return d.titledStatus(dl)
	}
	return "", []pakta.Evidence{}
}

// plansPaper looks for a word of what is to come in a sentence that names a paper,
// however far from it: "MoU antara A dan B ditargetkan rampung Juli".
func (d *document) plansPaper(dl *deal, s *statusSigns) bool {
	for i := range dl.sentences {
		se := &dl.sentences[i]
		if !se.lead || se.instrs == 0 {
			continue
		}
		for j := se.first; j < se.last; j++ {
			if d.is(j, d.x.modality.later) {
				s.planned = append(s.planned, hit{from: int32(j), to: int32(j + 1)})
				return true
			}
		}
	}
	return false
}

// titledStatus takes a paper in the headline for signed, when no act is told:
// "Pemkab X MoU dengan Kampus Y".
func (d *document) titledStatus(dl *deal) (pakta.Status, []pakta.Evidence) {
	for k, h := range dl.instrs {
		if int(h.from) < d.titleEnd && d.x.deals.instruments[h.entry].typ != genericType {
			return pakta.Signed, d.statusEvidence(dl.instrs[k:k+1], ruleSigned)
		}
	}
	return "", []pakta.Evidence{}
}

// signedIsNews reports whether a signing that has happened is the news, and not
// one that is planned beside it: the headline decides, then what the lead says
// first.
func (s *statusSigns) signedIsNews() bool {
	switch {
	case s.titleSigns != s.titlePlans:
		return s.titleSigns
	case s.signedLead == 0 || s.plannedLead == 0:
		return s.signedLead > 0 || s.plannedLead == 0
	}
	return int(s.signed[0].from) < s.plannedAct
}

// statusEvidence gives the first cues, which are the newsworthy ones.
func (d *document) statusEvidence(hits []hit, rule string) []pakta.Evidence {
	hits = hits[:min(len(hits), 3)]
	out := d.room.take(len(hits))
	for _, h := range hits {
		out = append(out, d.evidence(int(h.from), int(h.to), rule))
	}
	return out
}

// empty drops the cues, and keeps the room of the slices.
func (s *statusSigns) empty() {
	*s = statusSigns{
		signed: s.signed[:0], planned: s.planned[:0], renewed: s.renewed[:0], evaluated: s.evaluated[:0], made: s.made[:0], agreed: s.agreed[:0], settled: s.settled[:0],
		running: s.running[:0], wished: s.wished[:0],
	}
}

func (d *document) readSigns(dl *deal) *statusSigns {
	s := &d.statusRoom
	s.empty()
	s.plannedAct = len(d.toks)
	for i := range dl.sentences {
		se := &dl.sentences[i]
		for _, e := range se.events {
			d.actSign(s, se, e)
		}
		if d.sentenceOf(se.first).cues&statusCues == 0 {
			continue
		}
		for j := d.next(se.first, se.last, 1<<listCues); j < se.last; {
			h, _ := d.longest(j, listCues)
			d.cueSign(s, se, h)
			j = d.next(int(h.to), se.last, 1<<listCues)
		}
	}
	return s
}

// actSign counts one act.
func (d *document) actSign(s *statusSigns, se *sentenceEvents, e event) {
	if e.act == actNone {
		return
	}
	h, _ := d.longest(e.at, listCues)
	switch {
	case e.act == actHandle:
	case e.act.signs() && d.oldIn(se, e.at):
		s.older = append(s.older, h)
	case e.act.signs() && e.modal:
		s.plannedAct = min(s.plannedAct, e.at)
		if se.title && !e.denied {
			s.titleAct = h
		}
		if s.planned = append(s.planned, h); !e.denied {
			s.plan(se)
		}
	case e.act.signs() && !d.pastIn(se, e.at) && !d.longAgo(e.to):
		s.signed = append(s.signed, h)
		s.titleSigns = s.titleSigns || se.title
		if se.lead {
			s.signedLead++
		}
	case (e.act == actAgree || e.act == actAgreed) && !e.modal && !d.agreedIn(e):
		s.settled = append(s.settled, h)
	case e.act != actHandle && !e.act.signs():
		switch {
		case e.modal:
			s.planned = append(s.planned, h)
		case d.makesPaper(e) && !d.pastIn(se, e.at) && !d.longAgo(e.to):
			s.made = append(s.made, h)
		default:
			s.agreed = append(s.agreed, h)
		}
	}
}

// makesPaper reports whether a paper with a name is made: "membuat kesepakatan
// bersama", "menuangkan kerja sama dalam MoU". To agree on that is not to do it.
func (d *document) makesPaper(e event) bool {
	if e.act != actMake || e.prior || d.cue(e.at-1) == cueAgree {
		return false
	}
	if d.namedNear(e.to) {
		return true
	}
	for j := e.to; j < e.to+paperReach && d.sameSentence(e.at, j); j++ {
		if d.is(j, d.x.deals.within) && d.namedPaper(j+1) {
			return true
		}
	}
	return false
}

// paperReach is how far behind an act "dalam" stands with the paper, in tokens.
const paperReach = 12

// agreedIn reports whether a settlement is one in writing: "telah bersepakat dalam
// sebuah MoU".
func (d *document) agreedIn(e event) bool {
	return d.is(e.at-1, d.x.modality.done) && (d.namedNear(e.to) || d.namedNear(e.to+2))
}

// plan notes where a sign stands that the agreement is to come.
func (s *statusSigns) plan(se *sentenceEvents) {
	s.titlePlans = s.titlePlans || se.title
	if se.lead {
		s.plannedLead++
	}
}

// statusCues are the cues that cueSign counts.
const statusCues cueSet = 1<<cueRenew | 1<<cueRenewAct | 1<<cueContinue | 1<<cueEvaluate | 1<<cuePlanNoun | 1<<cueDraft | 1<<cuePlan | 1<<cueRun | 1<<cueCancel | 1<<cueWish

// cueSign counts one cue of renewal, evaluation or planning.
func (d *document) cueSign(s *statusSigns, se *sentenceEvents, h hit) {
	near := se.instrs > 0
	switch d.cue(int(h.from)) {
	case cueRenew, cueRenewAct:
		if (se.title || (near || hasSigned(se.events)) && (se.lead || d.pastIn(se, -1) || d.isOf(h))) && !d.conditional(h) && !d.partial(se) && !d.oldIn(se, int(h.from)) {
			s.renewed = append(s.renewed, h)
		}
	case cueContinue:
		if near && (se.title || se.lead && !s.titlePlans && (d.ofInstrument(h) || d.continues(se, h))) && !d.isModal(int(h.from)) && !d.ofPeace(h) && !d.nextOn(h) {
			s.renewed = append(s.renewed, h)
		}
	case cueEvaluate:
		if near && (se.title || se.lead && d.instrumentNear(int(h.from)-evaluatedReach, evaluatedReach+6)) {
			if d.is(int(h.from)-1, d.x.modality.will) {
				s.running = append(s.running, h) // "akan dievaluasi": the news only when nothing else is
			} else {
				s.evaluated = append(s.evaluated, h)
			}
		}
	case cuePlanNoun, cueDraft:
		if near && d.ofInstrument(h) && !d.subjectOf(h) {
			s.planned = append(s.planned, h)
			s.plan(se)
		}
	case cuePlan:
		if near && se.lead && d.plansHere(se, h) {
			if s.planned = append(s.planned, h); !se.title || !d.is(int(h.from), d.x.modality.ready) {
				s.plan(se) // "NTT Siap Kerja Sama" may have signed
			}
		}
	case cueCancel:
		if near && se.title {
			s.planned = append(s.planned, h)
			s.plan(se)
		}
	case cueWish:
		if near && se.title {
			s.wished = append(s.wished, h)
		}
	case cueRun:
		if near && se.lead && d.ofInstrument(h) {
			s.running = append(s.running, h)
		}
	}
}

// plansHere reports whether what a word for a plan is about is the agreement: its
// paper is named near by, in a headline behind the word, and it is no hope.
func (d *document) plansHere(se *sentenceEvents, h hit) bool {
	from, to := int(h.from), int(h.to)
	if se.title && !d.instrumentNear(to, min(instrumentBehind, se.last-to)) || d.hasWord(max(from-hopeReach, se.first), from, d.x.modality.hope) {
		return false
	}
	return d.ofInstrument(h) && !d.brings(se, h)
}

// subjectOf reports whether a plan is what a paper is about, by what stands right
// before it: "MoU rencana pembangunan gedung", "perjanjian tentang rencana".
func (d *document) subjectOf(h hit) bool {
	i := int(h.from)
	if !d.is(i, d.x.modality.plan) {
		return false
	}
	if d.cue(i-1) == cueScopeVerb || d.is(i-1, d.x.deals.about) {
		i--
	}
	_, ok := d.hitEnding(i, listInstruments, 4)
	return ok
}

// hopeReach is how far before "akan" the word stands that makes it a hope, in
// tokens: "Ia berharap akan terjalin kerja sama".
const hopeReach = 4

// brings reports whether what is planned is not the agreement but what it
// brings: "Konawe Siap Pasok Beras Lewat Kerja Sama".
func (d *document) brings(se *sentenceEvents, h hit) bool {
	return se.title && d.hasWord(int(h.to), d.next(int(h.to), se.last, 1<<listInstruments), d.x.modality.by)
}

// evaluatedReach is how far before the word an instrument stands that is
// evaluated: "Kerja sama daerah antara Kabupaten A, Kabupaten B dan Kabupaten C
// dievaluasi".
const evaluatedReach = 25

// continues reports whether a cue for going on ends its clause, with an instrument
// as what goes on: "Kerja sama air minum antara Pemprov A dan Pemkab B berlanjut."
func (d *document) continues(se *sentenceEvents, h hit) bool {
	if to := int(h.to); to < se.last && d.toks[to].kind != punct {
		return false
	}
	for _, e := range slices.Backward(se.around(int(h.from))) {
		switch {
		case e.at >= int(h.from) || e.group != nil:
		case e.instr:
			return int(h.from)-e.to <= evaluatedReach
		default:
			return false
		}
	}
	return false
}

// isOf reports whether the agreement is said to be the renewal, in the words
// right beside the cue: "sebagai perpanjangan dari kerja sama".
func (d *document) isOf(h hit) bool {
	return d.is(int(h.from)-1, d.x.deals.copula) && d.instrumentNear(int(h.to), 4)
}

// conditional reports a renewal that may be or is not: "dapat diperpanjang",
// "diperpanjang bila kedua pihak setuju".
func (d *document) conditional(h hit) bool {
	for j := int(h.from) - 4; j < int(h.to)+3; j++ {
		if d.sameSentence(j, int(h.from)) && (d.is(j, d.x.deals.condition) || d.cue(j) == cueCancel) {
			return true
		}
	}
	return false
}

// ofPeace reports whether what goes on is no agreement yet, or a peace, behind
// the cue: "lanjutan Letter of Intent", "melanjutkan perjanjian damai".
func (d *document) ofPeace(h hit) bool {
	for j := int(h.to); j < int(h.to)+4; j++ {
		if d.cue(j) == cueNot {
			return true
		}
		if i, ok := d.longest(j, listInstruments); ok && (d.id(i) == "loi" || d.amongOthers(&d.deal, i)) {
			return true
		}
	}
	return false
}

// nextOn reports whether a cue for going on is about the programme or the one who
// speaks, or only tells what paper came before: "Acara dilanjutkan dengan
// penandatanganan MoU", "Ia melanjutkan, kerja sama ini", "lanjutan dari MoU 2022".
func (d *document) nextOn(h hit) bool {
	to := int(h.to)
	if d.mark(to, ',') || d.mark(to, '"') || d.is(to, d.x.deals.programme) {
		return true
	}
	if !d.is(to, d.x.deals.from) {
		return false
	}
	i, ok := d.longest(to+1, listInstruments)
	return ok && d.x.deals.instruments[i.entry].typ != genericType
}

// partial reports a sentence about one of several partners: "Adapun dengan
// UNAND sifatnya perpanjangan".
func (d *document) partial(se *sentenceEvents) bool {
	return d.is(se.first, d.x.deals.partials)
}

// instrumentBehind is how far behind a cue the instrument stands that it is about, in
// tokens.
const instrumentBehind = 6

// ofInstrument reports whether an instrument stands within a few words of a
// cue: what is planned or evaluated is the agreement, not something else.
func (d *document) ofInstrument(h hit) bool {
	return d.instrumentNear(int(h.to), instrumentBehind) || d.instrumentNear(int(h.from)-8, 8)
}

// pastIn reports whether the sentence tells of an older agreement: a word
// like "sebelumnya" stands before token at, or anywhere when at is -1.
func (d *document) pastIn(se *sentenceEvents, at int) bool {
	if se.past == 0 {
		se.past = d.pastCue(se) + 1
	}
	return se.past-1 < se.last && (at < 0 || se.past-1 < at)
}

// pastCue is the first such word of a sentence, its end when it has none.
func (d *document) pastCue(se *sentenceEvents) int {
	const past cueSet = 1<<cuePast | 1<<cueLapsed
	if d.sentenceOf(se.first).cues&past == 0 {
		return se.last
	}
	i := se.first
	for !past.has(d.cue(i)) {
		i++
	}
	return i
}
