package extract

import (
	"math/bits"

	"pakta"
)

// recordInstruments lists the named instruments, with all mentions. The
// generic paper ("naskah kerja sama") counts as lainnya only when nothing else
// is named. Those of another agreement do not count, nor does a type that only
// an earlier paper has.
func (d *document) recordInstruments(dl *deal, status pakta.Status) []pakta.Instrument {
	named, news := uint(0), uint(0) // the bits of the types that are named, and not of earlier papers
	for _, h := range dl.instrs {
		typ := d.x.deals.instruments[h.entry].typ
		named |= 1 << typ
		if typ != genericType && news>>typ&1 == 0 && !d.ofEarlier(dl, h) {
			news |= 1 << typ
		}
	}
	if news == 0 || status == pakta.Evaluated || status == pakta.Renewed {
		news = named // the earlier paper is what the news is about
	}
	out := make([]pakta.Instrument, 0, bits.OnesCount(named&^(1<<genericType)))
	for k, typ := range pakta.InstrumentTypes() {
		if named>>k&1 == 0 {
			continue
		}
		var ev []pakta.Evidence
		for _, h := range dl.instrs {
			switch in := &d.x.deals.instruments[h.entry]; {
			case in.typ != k || typ == pakta.Lainnya && len(out) > 0 && in.plain:
			case news>>k&1 == 0 || d.ofOther(dl, h) || d.amongOthers(dl, h):
				d.reject(int(h.from), int(h.to), "instrument.other", "the sentence tells of another agreement")
			default:
				ev = d.more(ev, d.evidence(int(h.from), int(h.to), in.rule))
			}
		}
		if len(ev) > 0 {
			out = append(out, pakta.Instrument{Type: typ, Evidence: ev})
		}
	}
	return out
}

// How far from an instrument the words stand that make it one of earlier, in
// tokens.
const (
	followReachBefore = 7
	earlierReach      = 3
	doneReach         = 8
)

// ofEarlier reports whether an instrument is the paper before this one, in the
// words beside it: "tindak lanjut dari MoU", "MoU tahun lalu", "pernah ada MoU",
// "setelah MoU diteken Oktober 2021" in news of 2022.
func (d *document) ofEarlier(dl *deal, h hit) bool {
	from, to := int(h.from), int(h.to)
	follows := false
	for j := from - followReachBefore; j < from; j++ {
		if !d.sameSentence(j, from) {
			continue
		}
		if j >= from-earlierReach && d.is(j, d.x.deals.once) {
			return true
		}
		if f, ok := d.longest(j, listCues); ok && (d.cue(j) == cueFollow || d.cue(j) == cueContinue && d.is(int(f.to), d.x.deals.from)) {
			follows = d.toks[f.to-1].stem == 0 // "tindak lanjutnya PKS" is yet to come
		}
	}
	if follows && (d.longDone(to) || !d.is(to, d.x.deals.between)) {
		return true
	}
	for j := to; j < to+earlierReach && d.sameSentence(from, j); j++ {
		switch {
		case d.is(j, d.x.modality.year) && d.is(j+1, d.x.modality.ago):
			return true
		case actOf[d.cue(j)].signs():
			se := dl.sentenceAt(d.toks[j].sent)
			return se != nil && (d.oldIn(se, j) || d.longAgo(j+1))
		case d.toks[j].kind == punct:
			return false
		}
	}
	return false
}

// ofOther reports whether the sentence of an instrument tells of an agreement
// with somebody else: who makes it is no party of this one.
func (d *document) ofOther(dl *deal, h hit) bool {
	se := dl.sentenceAt(d.toks[h.from].sent)
	if se == nil || !se.other {
		return false
	}
	for _, e := range se.events {
		for k := 0; e.group != nil && k < e.group.end-e.group.first; k++ {
			if n := e.group.first + k; !dl.actors[n].aside && !dl.votes[dl.party[n]].party {
				return true
			}
		}
	}
	return false
}

// amongOthers reports whether a paper is one of others, by the sides that stand
// right behind it: "didasarkan pada nota kesepahaman antara Kementerian A dengan
// BPKP". One region at least must be on a side.
func (d *document) amongOthers(dl *deal, h hit) bool {
	se := dl.sentenceAt(d.toks[h.from].sent)
	if se == nil {
		return false
	}
	known, sides := false, 0
	for _, e := range se.around(int(h.to)) {
		switch {
		case e.at < int(h.to):
		case e.group == nil || sides == 0 && !(d.is(e.group.prep, d.x.deals.between) && e.at-int(h.to) <= paperWords):
			return sides > 0 && !known
		default:
			for k := e.group.first; k < e.group.end; k++ {
				sides++
				known = known || dl.actors[k].region != "" || d.collective(&dl.actors[k])
			}
		}
	}
	return sides > 1 && !known
}

// longDone reports whether what a paper that ends at token i follows is said to
// have been done before: "tindak lanjut dari MoU yang telah disepakati
// sebelumnya".
func (d *document) longDone(i int) bool {
	for j := i; j < i+doneReach && d.sameSentence(i-1, j); j++ {
		if d.cue(j) == cuePast || d.is(j, d.x.modality.past) {
			return true
		}
	}
	return false
}
