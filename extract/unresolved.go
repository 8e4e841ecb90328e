package extract

import (
	"slices"

	"pakta"
)

// noteOpen notes a value that the text speaks of and the rules refuse to
// settle.
func (d *document) noteOpen(field string, reason pakta.UnresolvedReason, message string, evidence ...pakta.Evidence) {
	d.unresolved = append(d.unresolved, pakta.Unresolved{Field: field, Reason: reason, Message: message, Evidence: evidence})
}

// openParties notes who is a party and has no name that settles it: another side
// told by its sort ("12 perguruan tinggi"), and a name of several regions in a
// sentence that tells of the agreement.
func (d *document) openParties(dl *deal) {
	if h := dl.other.hit; dl.other.found {
		d.noteOpen("parties", pakta.Ambiguous, "the other side is told by its sort only", d.evidence(int(h.from), int(h.to), ruleKind))
	}
	for _, u := range slices.Clone(d.unresolved) {
		if u.Field != "regions" || u.Reason != pakta.Ambiguous {
			continue
		}
		e := u.Evidence[0]
		i, _ := slices.BinarySearchFunc(d.toks, int32(e.Start), func(t token, start int32) int { return int(t.start - start) })
		if se := dl.sentenceAt(d.toks[min(i, len(d.toks)-1)].sent); se != nil && se.acts > 0 && se.instrs > 0 && !se.other {
			d.noteOpen("parties", pakta.Ambiguous, "a party "+u.Message, e)
		}
	}
}

// unclearSort reports whether a party may be of the state or not: a body that no
// table knows, with a name like "Badan Pengelola X". It notes that the kind of
// cooperation is open then.
func (d *document) unclearSort(p *pakta.Party) bool {
	e := p.Evidence[0]
	i, _ := slices.BinarySearchFunc(d.toks, int32(e.Start), func(t token, start int32) int { return int(t.start - start) })
	if p.Type != pakta.OtherParty || !d.is(i, d.x.deals.publicHeads) {
		return false
	}
	d.noteOpen("kind", pakta.Ambiguous, p.Name+" may be a body of the state or not", d.evidenceAs(e, ruleKind))
	return true
}

// evidenceAs is the same words as evidence for another rule.
func (d *document) evidenceAs(e pakta.Evidence, rule string) pakta.Evidence {
	e.Rule = rule
	return e
}

// statusConflict reports whether the headline puts a signing off that the lead
// tells as done on a day that has come, and notes it.
func (d *document) statusConflict(s *statusSigns) bool {
	if s.titleSigns || s.titleAct.to == 0 {
		return false
	}
	for _, h := range s.signed {
		if int(h.from) < d.titleEnd+leadTokens && d.datedBefore(int(h.from)) {
			d.noteOpen("status", pakta.Conflict, "the headline says that it is to be signed, the text that it was",
				d.evidence(int(s.titleAct.from), int(s.titleAct.to), rulePlanned), d.evidence(int(h.from), int(h.to), ruleSigned))
			return true
		}
	}
	return false
}

// datedBefore reports whether a day that has come stands near an act at token i
// in its sentence.
func (d *document) datedBefore(i int) bool {
	first, _ := slices.BinarySearchFunc(d.dates, i-besideAct, func(f dateFinding, at int) int { return f.from - at })
	for k := first; k < len(d.dates) && d.dates[k].from < i+2*besideAct; k++ {
		if f := &d.dates[k]; f.precision == pakta.Day && d.sameSentence(i, f.from) && f.role != pakta.DatePublished && !d.future(f.from) && !d.old(f) {
			return true
		}
	}
	return false
}
