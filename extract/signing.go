package extract

import (
	"slices"

	"pakta"
)

// ruleSigning is what explains the dates that are not the signing's.
const ruleSigning = "signed_on"

// signedOn picks the date of this signing: of the dates whose sentence tells
// of the signing, the one nearest to it; else that of the occasion. Two days
// with equal right are a conflict, and neither is taken.
func (d *document) signedOn(rec *pakta.Record, dl *deal) *pakta.SignedOn {
	if rec.Status != pakta.Signed && (rec.Status != pakta.Renewed || !d.signs(dl)) {
		return nil
	}
	best, bestScore, rival := -1, 0, -1
	for i := range d.findings.dates {
		f := &d.findings.dates[i]
		score, why := d.signingScore(dl, f)
		switch {
		case score > bestScore:
			best, bestScore, rival = i, score, -1
		case score == bestScore && score > 0 && f.value != d.findings.dates[best].value && rival < 0:
			rival = i
		case score == 0:
			d.reject(f.from, f.to, ruleSigning, why)
		}
	}
	if best < 0 {
		if best = d.spokenThere(dl); best < 0 {
			return nil
		}
	}
	if rival >= 0 && d.conflicting(dl, best, rival) {
		return nil
	}
	f := &d.findings.dates[best]
	f.role = pakta.DateSigned
	out := &pakta.SignedOn{Value: f.value, Precision: f.precision}
	for i := range d.findings.dates {
		if g := &d.findings.dates[i]; g.value == f.value && g.role == pakta.DateSigned {
			out.Evidence = d.more(out.Evidence, d.evidence(g.from, g.to, g.rule))
		}
	}
	return out
}

// spokenThere is the first date in the lead that is that of what somebody said
// at the place or right after the signing: "ujar bupati di Aula X, Senin (3/3)",
// "... kata wali kota, Senin (3/3). Ia bicara seusai penandatanganan". It is -1
// when there is none.
func (d *document) spokenThere(dl *deal) int {
	for i := range d.dates {
		f := &d.dates[i]
		switch {
		case f.from >= d.titleEnd+leadTokens:
			return -1
		case f.precision != pakta.Day || d.old(f) || f.role != pakta.DateMentioned && f.role != pakta.DateSigned || !d.spoken(f.from) && !d.toldPress(f.from):
		case d.placeBefore(f.from) || d.afterSigning(f.from) || !d.toldPress(f.from) && d.signedToday(dl, f.from):
			return i
		}
	}
	return -1
}

// signedToday reports whether who speaks in the sentence of token i says that
// the signing is of today: "Hari ini kami menandatangani".
func (d *document) signedToday(dl *deal, i int) bool {
	se := dl.sentenceAt(d.toks[i].sent)
	if se == nil || !hasSigned(se.around(i)) {
		return false
	}
	for j := d.next(se.first, i, 1<<listRelativeDates); j < i; j = d.next(j+1, i, 1<<listRelativeDates) {
		if h, _ := d.longest(j, listRelativeDates); d.id(h) == "today" {
			return true
		}
	}
	return false
}

// placeBefore reports whether a word for a building or room stands shortly
// before token i in its sentence, or with "di" right behind it.
func (d *document) placeBefore(i int) bool {
	for j := i - 1; j >= i-maxVenue && d.sameSentence(j, i); j-- {
		if d.venueHead(j) {
			return true
		}
	}
	for j := i + 1; j < i+maxVenue/2 && d.sameSentence(j, i); j++ {
		if d.is(j, d.x.venues.in) && d.venueHead(j+1) {
			return true // "Jumat (28/6) pagi di ruang Satya"
		}
	}
	return false
}

// afterSentences is how many sentences from that of a date on may tell that it
// is after the signing.
const afterSentences = 5

// afterSigning reports whether the sentence of token i or one near it says that
// it is after the signing: "usai acara", "seusai penandatanganan MoU".
func (d *document) afterSigning(i int) bool {
	n := int(d.toks[i].sent)
	from, to := int(d.sents[max(n-1, 0)].first), int(d.sents[min(n+afterSentences, len(d.sents)-1)].first)
	for j := max(from, i-maxClause); j < min(to, i+maxClause); j++ {
		if !d.is(j, d.x.deals.after) {
			continue
		}
		for k := j + 1; k <= j+afterReach && d.sameSentence(j, k); k++ {
			if actOf[d.cue(k)].signs() || d.is(k, d.x.venues.occasions) {
				return true
			}
		}
	}
	return false
}

// afterReach is how far behind "usai" the act stands, in tokens.
const afterReach = 4

// conflicting reports whether two days that stand equally well are both told
// as days of a signing, and notes it. The first one is told in a sentence of
// its own.
func (d *document) conflicting(dl *deal, a, b int) bool {
	f, g := &d.findings.dates[a], &d.findings.dates[b]
	if !d.signedBeside(dl, f) || !d.signedBeside(dl, g) || f.precision != g.precision {
		return false
	}
	d.unresolved = append(d.unresolved, pakta.Unresolved{
		Field: "signed_on", Reason: pakta.Conflict, Message: "signed on " + f.value + " or on " + g.value,
		Evidence: []pakta.Evidence{d.evidence(f.from, f.to, f.rule), d.evidence(g.from, g.to, g.rule)},
	})
	return true
}

// signs reports whether the text tells of a signing that has happened, and not
// of that of the agreement before.
func (d *document) signs(dl *deal) bool {
	for i := range dl.sentences {
		s := &dl.sentences[i]
		for _, e := range s.events {
			if (e.act.signs() || e.act == actMake && d.namedNear(e.to)) && !e.modal && !d.pastIn(s, e.at) && !d.oldIn(s, e.at) && !d.longAgo(e.to) {
				return true
			}
		}
	}
	return false
}

// namedNear reports whether an instrument with a type of its own stands in the
// three tokens from i: "menjalin perjanjian kerja sama".
func (d *document) namedNear(i int) bool {
	for j := i; j < i+3; j++ {
		if h, ok := d.longest(j, listInstruments); ok && d.x.deals.instruments[h.entry].typ != genericType {
			return true
		}
	}
	return false
}

// sentenceOfDate is the events of the sentence that a date belongs to: a date
// that stands alone behind a full stop belongs to the sentence before it.
func (d *document) sentenceOfDate(dl *deal, f *dateFinding) *sentenceEvents {
	sent := d.toks[f.from].sent
	se := dl.sentenceAt(sent)
	if se != nil || sent == 0 {
		return se
	}
	from, to := d.sentence(f.from)
	if f.from-from > loneDate || to-f.to > loneDate || from == 0 || d.toks[from-1].line != d.toks[from].line {
		return nil
	}
	return dl.sentenceAt(sent - 1)
}

// loneDate is how many tokens stand around a date that is a sentence of its
// own: a weekday and brackets.
const loneDate = 3

// besideAct is how near to a date the act of signing stands that no other role
// of the date can deny, in tokens.
const besideAct = 10

// signedBeside reports whether a signing that has happened stands near a date.
func (d *document) signedBeside(dl *deal, f *dateFinding) bool {
	se := d.sentenceOfDate(dl, f)
	if se == nil {
		return false
	}
	for _, e := range se.around(f.from) {
		if e.signed() && max(e.at-f.to, f.from-e.to) <= besideAct {
			return true
		}
	}
	return false
}

// signedEarlier reports whether the lead puts the signing on an earlier day than
// its own: "penandatanganan berlangsung di kantor gubernur, Jumat lalu".
func (d *document) signedEarlier(dl *deal) bool {
	for i := range dl.sentences {
		s := &dl.sentences[i]
		if !s.lead {
			return false
		}
		if !hasSigned(s.events) {
			continue
		}
		for j := d.next(s.first, s.last, 1<<listWeekdays|1<<listRelativeDates); j < s.last; j = d.next(j+1, s.last, 1<<listWeekdays|1<<listRelativeDates) {
			if d.is(j+1, d.x.modality.ago) && d.owner[j] != claimDate {
				return true
			}
		}
	}
	return false
}

// signingScore says how well a date stands as the date of the signing; 0 is
// not at all, and why.
func (d *document) signingScore(dl *deal, f *dateFinding) (int, string) {
	switch {
	case f.role == pakta.DateEffective || f.role == pakta.DateExpires || f.role == pakta.DatePlanned:
		return 0, "the words near it make it a date of another kind"
	case f.role == pakta.DatePublished && (!d.signedBeside(dl, f) || d.signedEarlier(dl)):
		return 0, "the day of publication"
	case !d.art.Published.IsZero() && f.value > isoDay(d.newsDay()):
		return 0, "a day after the publication"
	case d.toldPress(f.from):
		return 0, "the day on which it was told the press"
	case f.precision != pakta.Day && !d.signedBeside(dl, f):
		return 0, "a month, and no signing near it"
	}
	score := 1
	if f.ranged {
		score -= 2 // days of a conference, on one of which the paper was signed
	}
	if !d.old(f) {
		score++
	}
	if f.role == pakta.DateSigned {
		score += 2
	}
	if f.from < d.titleEnd+leadTokens {
		score += 2
	}
	se := d.sentenceOfDate(dl, f)
	if se == nil || !se.acted() {
		return d.occasionScore(se, f, score)
	}
	score, ok := d.actScore(se, f, score)
	if !ok {
		return 0, "the signing in its sentence is yet to come"
	}
	if d.old(f) || d.pastIn(se, f.from) || d.followUp(se, f.from) {
		score = min(score-7, 1)
	}
	if verb := d.spokenAt(f.from); verb >= 0 {
		if !d.mark(verb, '"') && !d.signsBehind(se, verb) {
			return 0, "the day of an interview"
		}
		score -= 6
	}
	return max(score, 0), "an earlier agreement"
}

// acted reports whether a sentence tells of an act that makes an agreement, and
// not only of what is done with it: "Kesepakatan itu dibahas dalam pertemuan di".
func (s *sentenceEvents) acted() bool {
	return slices.ContainsFunc(s.events, func(e event) bool { return e.act != actNone && e.act != actHandle })
}

// actScore raises the score by the acts in the sentence of a date and how near
// they are; not ok is a sentence that only tells of signings to come.
func (d *document) actScore(se *sentenceEvents, f *dateFinding, score int) (int, bool) {
	nearest, most, coming, done := 99, 0, false, false
	for _, e := range se.around(f.from) {
		if e.act == actNone || e.act == actHandle {
			continue
		}
		if e.act.signs() && e.modal {
			coming = true
			continue
		}
		w := 8
		if !e.act.signs() {
			w = 5
		}
		done = done || e.act.signs()
		most = max(most, w)
		nearest = min(nearest, max(e.at-f.to, f.from-e.at, 0))
	}
	if d.relative(se, f) {
		score -= 2
	}
	return score + most - nearest/12, done || !coming
}

// relative reports whether the act nearest before a date only tells which
// paper is meant: "PKS induk yang ditandatangani 9 September 2020".
func (d *document) relative(se *sentenceEvents, f *dateFinding) bool {
	for _, e := range slices.Backward(se.around(f.from)) {
		if e.act.signs() && e.at < f.from {
			return d.is(e.at-1, d.x.deals.relative) || d.is(e.at-2, d.x.deals.relative)
		}
	}
	return false
}

// occasionScore is for dates in sentences without an act: those of the meeting
// at which the paper was signed.
func (d *document) occasionScore(se *sentenceEvents, f *dateFinding, score int) (int, string) {
	switch {
	case se != nil && (d.pastIn(se, f.from) || se.sent != d.toks[f.from].sent && d.sentenceOf(se.first).words.has(d.x.deals.said)), d.spoken(f.from):
		return 0, "an earlier agreement, or the day of an interview"
	case d.meetingIn(f.from), f.from < d.titleEnd+leadTokens && se != nil && d.hasWord(se.first, f.from, d.x.deals.witnesses):
		return score + 3, ""
	case f.from < d.titleEnd+leadTokens && d.heldBefore(f.from):
		return score, ""
	case se != nil && se.instrs > 0 || f.from < d.titleEnd+leadTokens/2:
		return score - 1, ""
	}
	return 0, "its sentence does not speak of the agreement"
}

// heldReach is how far behind "digelar di" the day stands, in tokens: the place
// and where it lies come between.
const heldReach = 24

// heldBefore reports whether a word for something being held stands before
// token at: "digelar di Semarang, Selasa".
func (d *document) heldBefore(at int) bool {
	for j, n := at-1, 0; n < heldReach && d.sameSentence(j, at); j, n = j-1, n+1 {
		if h, ok := d.longest(j, listVenues); ok && d.class(h) == "lead" {
			return true
		}
	}
	return false
}

// maxClause is how far back what a sentence says of a word is read, in tokens:
// the longest sentence of the labelled articles has 99.
const maxClause = 200

// followUp reports whether the sentence names the agreement that this one
// follows before token at: "tindak lanjut MoU yang ditandatangani 8 Juni".
func (d *document) followUp(se *sentenceEvents, at int) bool {
	follows := false
	if !d.sentenceOf(at).cues.has(cueFollow) {
		return false
	}
	for i := max(se.first, at-maxClause); i < at; i++ {
		class := d.cue(i)
		follows = follows || class == cueFollow
		if follows && actOf[class].signs() && d.is(i-1, d.x.deals.relative) {
			return true
		}
	}
	return false
}

// pressReach is how far behind a word for the press a date stands that is that
// of the talk, in tokens: "Kepada awak media di Ambon, Senin (29/1)".
const pressReach = 7

// toldPress reports whether the words before token i tell of a talk with the
// press.
func (d *document) toldPress(i int) bool {
	for j := i - 1; j >= i-pressReach && d.sameSentence(i, j); j-- {
		if d.is(j, d.x.deals.press) {
			return true
		}
	}
	return false
}

// maxSpoken is how far a date may stand behind the verb of speech, in tokens:
// names and offices of the speaker come between.
const maxSpoken = 30

// spoken reports whether a date stands behind a verb of speech: the day of an
// interview is not the day of a signing.
func (d *document) spoken(at int) bool { return d.spokenAt(at) >= 0 }

// spokenAt is the token of the verb of speech, or of the closing quote, that a
// date at token at stands behind, -1 for none.
func (d *document) spokenAt(at int) int {
	if s := d.sentenceOf(at); !s.lists.has(quotes) && !s.words.has(d.x.deals.said) && !s.words.has(d.x.deals.speech) || d.dayOfPaper(at) {
		return -1
	}
	for j, n := at-1, 0; j >= 0 && n < maxSpoken && d.sameSentence(j, at); j, n = j-1, n+1 {
		switch {
		case d.cue(j+1) == cueAgree: // "kata sepakat"
		case d.is(j, d.x.deals.said):
			if n < 14 || d.mark(j-1, '"') || d.mark(j-1, ',') {
				return j
			}
			return -1
		case n < 14 && d.is(j, d.x.deals.speech):
			return j
		case d.toks[j].ch == '"':
			if n > 0 && n < 14 {
				return j
			}
			return -1
		}
	}
	return -1
}

// dayOfPaper reports whether a date at token at stands right behind the noun
// of what was done that day: "ungkap bupati, dalam penandatanganan Jumat (8/8)".
func (d *document) dayOfPaper(at int) bool {
	i := at
	for i > 0 && d.sameSentence(i-1, at) && (d.mark(i-1, '(') || d.mark(i-1, ',') || d.opens(i-1, listWeekdays)) {
		i--
	}
	h, ok := d.hitEnding(i, listInstruments, 3)
	if !ok {
		h, ok = d.hitEnding(i, listCues, 2)
		ok = ok && actOf[d.cue(int(h.from))].signs()
	}
	return ok && d.is(int(h.from)-1, d.x.deals.within)
}

// signsBehind reports whether a signing is told behind a verb of speech at
// token verb, and not in what was said: "kata bupati usai meneken MoU, Senin".
func (d *document) signsBehind(se *sentenceEvents, verb int) bool {
	for _, e := range se.around(verb) {
		if e.at > verb && e.signed() {
			return true
		}
	}
	return false
}
