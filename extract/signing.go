package extract

import (
	"slices"
	"time"

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
		return nil
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

// signs reports whether the text tells of a signing that has happened.
func (d *document) signs(dl *deal) bool {
	for i := range dl.sentences {
		for _, e := range dl.sentences[i].events {
			if e.act.signs() && !e.modal {
				return true
			}
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
		if e.act.signs() && !e.modal && max(e.at-f.to, f.from-e.to) <= besideAct {
			return true
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
	case f.role == pakta.DatePublished && !d.signedBeside(dl, f):
		return 0, "the day of publication"
	case !d.art.Published.IsZero() && f.value > d.newsDay().Format(time.DateOnly):
		return 0, "a day after the publication"
	case f.precision != pakta.Day && !d.signedBeside(dl, f):
		return 0, "a month, and no signing near it"
	}
	score := 1
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
	if se == nil || se.acts == 0 {
		return d.occasionScore(se, f, score)
	}
	score, ok := d.actScore(se, f, score)
	if !ok {
		return 0, "the signing in its sentence is yet to come"
	}
	if d.old(f) || d.pastIn(se, f.from) || d.followUp(se, f.from) {
		score = min(score-7, 1)
	}
	if d.spoken(f.from) {
		score -= 6
	}
	return max(score, 0), "an earlier agreement, or the day of an interview"
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
	case se != nil && d.pastIn(se, f.from), d.spoken(f.from):
		return 0, "an earlier agreement, or the day of an interview"
	case d.meetingIn(f.from):
		return score + 3, ""
	case f.from < d.titleEnd+leadTokens && d.heldBefore(f.from):
		return score, ""
	case se != nil && se.instrs > 0 || f.from < d.titleEnd+leadTokens/2:
		return score - 1, ""
	}
	return 0, "its sentence does not speak of the agreement"
}

// heldBefore reports whether a word for something being held stands before
// token at: "digelar di Semarang, Selasa".
func (d *document) heldBefore(at int) bool {
	for j, n := at-1, 0; n < besideAct && d.sameSentence(j, at); j, n = j-1, n+1 {
		if h, ok := d.longest(j, listVenues); ok && d.attr(h, "class") == "lead" {
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

// maxSpoken is how far a date may stand behind the verb of speech, in tokens:
// names and offices of the speaker come between.
const maxSpoken = 30

// spoken reports whether a date stands behind a verb of speech: the day of an
// interview is not the day of a signing.
func (d *document) spoken(at int) bool {
	for j, n := at-1, 0; j >= 0 && n < maxSpoken && d.sameSentence(j, at); j, n = j-1, n+1 {
		if d.is(j, d.x.deals.said) {
			return n < 14 || d.mark(j-1, '"') || d.mark(j-1, ',')
		}
		if n < 14 && d.is(j, d.x.deals.speech) {
			return true
		}
		if d.toks[j].ch == '"' {
			return n > 0 && n < 14
		}
	}
	return false
}
