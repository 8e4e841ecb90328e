package extract

import (
	"slices"
	"strings"

	"pakta"
)

// modalityRules are the words that tell whether an act has happened, compiled.
type modalityRules struct {
	modal   wordList // before an act: it is to come, hangs on something, or is denied
	able    wordList // right before an act: "bisa diteken", which is to come but for "akhirnya bisa"
	done    wordList // before those: it has happened after all
	purpose wordList // before an act that something else is done for: "untuk menandatangani"
	ready   wordList // siap
	plan    wordList // nouns for what is to come: rencana
	before  wordList // opens the clause of an act to come: sebelum
	coming  wordList // what is done for a signing that takes place: "mendatangi gubernur"
	meeting wordList // those of them whose object is the other side
	by      wordList // the words before them are about what the act brings: "stabil lewat penandatanganan"
	that    wordList
	deny    wordList // words that deny an act
	who     wordList // words for a doer still to be named
	day     wordList
	this    wordList // second words of times that headlines mean ahead: bulan ini
	soon    wordList // times behind an act that is to come: besok
	ahead   wordList // the second words of such times: pekan depan, waktu dekat, paling lambat
	later   wordList // words behind an act that is to come
	will    wordList // the same, with a word of held behind them: "penandatanganan akan digelar"
	held    wordList
	ago     wordList // behind "tahun": an act of another year
	year    wordList
	hope    wordList // before "akan": a hope, and no plan
	past    wordList // before a span of time: it has passed
}

func newModalityRules(lex *lexicon) modalityRules {
	return modalityRules{
		modal:   lex.words("modality.modal"),
		able:    lex.words("modality.able"),
		done:    lex.words("modality.done"),
		purpose: lex.words("modality.purpose"),
		ready:   lex.words("modality.ready"),
		plan:    lex.words("modality.plan"),
		before:  lex.words("modality.before"),
		coming:  lex.words("modality.coming"),
		meeting: lex.words("modality.meeting"),
		by:      lex.words("modality.by"),
		that:    lex.words("modality.that"),
		deny:    lex.words("modality.deny"),
		who:     lex.words("modality.who"),
		day:     lex.words("modality.day"),
		this:    lex.words("modality.this"),
		soon:    lex.words("modality.soon"),
		ahead:   lex.words("modality.ahead"),
		later:   lex.words("modality.later"),
		will:    lex.words("modality.will"),
		held:    lex.words("modality.held"),
		ago:     lex.words("modality.ago"),
		hope:    lex.words("modality.hope"),
		past:    lex.words("modality.past"),
		year:    lex.words("modality.year"),
	}
}

// toCome reports whether the act of a cue is to come, hangs on something, or is
// denied.
func (d *document) toCome(dl *deal, s *sentenceEvents, h hit, a act) bool {
	from, to := int(h.from), int(h.to)
	if a == actSigning && d.servesComing(dl, s, from) || d.isModal(from) || d.putOff(s, a, to) {
		return true
	}
	return a.signs() && (d.aheadOf(from, to) || d.dayBefore(from) || d.opensAhead(s.first, from))
}

// servesComing reports whether a signing at token i is that by which another
// act is done that is to come: "akan menjalin kerja sama melalui penandatanganan".
func (d *document) servesComing(dl *deal, s *sentenceEvents, i int) bool {
	if !d.is(i-1, d.x.modality.by) && !d.is(i-2, d.x.modality.by) {
		return false
	}
	for k := len(dl.events) - 1; k >= 0 && dl.events[k].at >= s.first; k-- {
		if a := dl.events[k].act; a != actNone && a != actHandle {
			return dl.events[k].modal
		}
	}
	return false
}

// dayBeforeReach is how far before an act its day stands, in tokens: "3 Juni
// Teken MoU".
const dayBeforeReach = 4

// dayBefore reports whether a day to come stands right before an act at token i.
func (d *document) dayBefore(i int) bool {
	for j := i - 1; j >= i-dayBeforeReach && d.sameSentence(i, j); j-- {
		if d.owner[j] == claimDate {
			return d.future(j)
		}
	}
	return false
}

// opensAhead reports whether a sentence that begins at token first opens with a
// time to come, with the act at token i in the clause behind it: "Pekan Depan,
// Bupati A Teken MoU".
func (d *document) opensAhead(first, i int) bool {
	for j := first; j < first+3 && j < i; j++ {
		if d.is(j, d.x.modality.soon) || j > first && d.is(j, d.x.modality.ahead) && d.mark(j+1, ',') {
			return true
		}
	}
	return false
}

// modalReach is how far before an act the word stands that puts it off, in
// tokens.
const modalReach = 5

// isModal reports whether the words before token i put the act there into the
// future, make it conditional, or deny it.
func (d *document) isModal(i int) bool {
	p := &d.x.modality
	if words := &d.sentenceOf(i).words; !words.has(p.modal) && !words.has(p.purpose) && !words.has(p.able) && !words.has(p.before) {
		return d.isLater(i)
	}
	for j, n := i-1, 0; j >= 0 && n < modalReach && d.sameSentence(j, i); j, n = j-1, n+1 {
		switch {
		case d.is(j+1, p.that) || d.planPaper(j):
		case d.is(j, p.modal), d.is(j, p.purpose) && !d.forWhatHappens(j):
			return true
		case n <= 1 && d.is(j, p.able) && !d.is(j-1, p.done) && !d.is(j-2, p.done):
			return true
		}
		if t := &d.toks[j]; t.kind == punct && t.ch != '-' || d.is(j, p.by) {
			break
		}
	}
	return d.isLater(i) || d.opensBefore(i) // "Penandatanganannya menyusul"
}

// isLater reports whether a word beside the act at token i puts it off: "dijadwalkan
// diteken", "diteken menyusul"; but not "menyusul ditekennya", which is behind it.
func (d *document) isLater(i int) bool {
	p := &d.x.modality
	return d.is(i+1, p.later) || d.is(i-1, p.later) && !strings.HasSuffix(d.folded(i, i+1), "nya")
}

// maxBefore is how far behind "sebelum" at the head of a sentence the act of its
// clause stands, in tokens.
const maxBefore = 14

// opensBefore reports whether the sentence opens with "sebelum", in whose clause the
// act at token i stands: "Sebelum perjanjian kerja sama itu diteken, keduanya".
func (d *document) opensBefore(i int) bool {
	from, _ := d.sentence(i)
	if !d.is(from, d.x.modality.before) || i-from > maxBefore {
		return false
	}
	for j := from; j < i; j++ {
		if d.mark(j, ',') {
			return false
		}
	}
	return true
}

// planPaper reports whether "rencana" at token i is the name of a paper that is
// signed: "Rencana Kerja dengan BPJS Kesehatan Diteken".
func (d *document) planPaper(i int) bool {
	h, ok := d.longest(i, listInstruments)
	return ok && d.typ(h) == string(pakta.RencanaKerja)
}

// purposeReach is how far from "untuk" the visit or meeting is told that the
// signing is the purpose of, in tokens.
const purposeReach = 36

// forWhatHappens reports whether a signing behind "untuk" at token i is what
// people have met for: "Bupati mendatangi Gubernur untuk menandatangani",
// "Untuk menandatangani naskah itu, keduanya bertemu". Met for, it has been done.
func (d *document) forWhatHappens(i int) bool {
	p := &d.x.modality
	for j := max(i-purposeReach, 0); j < i+purposeReach; j++ {
		if !d.sameSentence(i, j) || !d.is(j, p.coming) {
			continue
		}
		for k := j - 4; k < j+4; k++ {
			if d.sameSentence(j, k) && (k < j && d.is(k, p.modal) || d.is(k, p.soon) || d.is(k, p.ahead)) {
				return false
			}
		}
		return true
	}
	return false
}

// metFor reports whether two sides meet for the signing at token i, with no word
// but a verb of meeting between them: "Bupati A menemui Bupati B untuk
// menandatangani". Then who is met is a party too.
func (d *document) metFor(i int) bool {
	p := &d.x.modality
	if !d.is(i-1, p.purpose) {
		return false
	}
	for j := max(i-purposeReach, 0); j < i+purposeReach; j++ {
		if d.sameSentence(i, j) && d.is(j, p.meeting) {
			return true
		}
	}
	return false
}

// denied reports whether a word right before an act denies it: "hadir namun
// belum meneken", "tidak ikut meneken".
func (d *document) denied(i int) bool {
	p := &d.x.modality
	return d.is(i-1, p.deny) || d.is(i-2, p.deny) && d.is(i-1, p.who)
}

// aheadReach is how far behind an act the time to come stands, in tokens:
// "diteken pada pekan kedua Juli mendatang".
const aheadReach = 6

// aheadOf reports whether a time to come stands right behind the act [from,
// to): "diteken besok", "diteken pekan depan", "ditandatangani 20 Juni" when
// the news is of 12 June.
func (d *document) aheadOf(from, to int) bool {
	p := &d.x.modality
	for j := to; j < to+aheadReach && d.sameSentence(from, j); j++ {
		switch {
		case d.is(j, p.soon) && j < to+3, d.is(j, p.ahead) && j > to:
			return true
		case j == to+1 && to < d.titleEnd && d.is(j, p.this) && !d.is(to, p.day):
			return true // a headline's "diteken bulan ini"
		case d.toks[j].kind == punct && d.toks[j].ch != '(' && !d.dayAt(j+1):
			return false
		case d.is(j, d.x.deals.relative):
			return false // "yang berlaku sampai 3 Maret 2030"
		case d.owner[j] == claimDate:
			return d.future(j) || d.nextBehind(j)
		}
	}
	return false
}

// nextBehind reports whether "mendatang" stands behind the date that token i is of.
func (d *document) nextBehind(i int) bool {
	for i < len(d.toks) && d.owner[i] == claimDate {
		i++
	}
	return d.is(i, d.x.dates.next)
}

// dayAt reports whether a weekday or a date stands at token i.
func (d *document) dayAt(i int) bool {
	_, weekday := d.longest(i, listWeekdays)
	return weekday || i < len(d.toks) && d.owner[i] == claimDate
}

// future reports whether the date that begins at token i or goes on there lies
// behind the day of the news.
func (d *document) future(i int) bool {
	k, _ := slices.BinarySearchFunc(d.dates, i, func(f dateFinding, i int) int { return f.to - 1 - i })
	if k >= len(d.dates) || d.dates[k].from > i {
		return false
	}
	news := d.newsDay()
	return !news.IsZero() && d.dates[k].value > isoDay(news)[:len(d.dates[k].value)]
}

// putOffReach is how far behind a signing the word stands that puts it off.
const putOffReach = 16

// putOff reports whether the words behind an act that ends at token to put it
// off: a signing, "Penandatanganan direncanakan pada", or a headline's "teken".
func (d *document) putOff(s *sentenceEvents, a act, to int) bool {
	if a != actSigning && !(s.title && a.signs()) {
		return false
	}
	for j := to; j < s.last && j < to+putOffReach; j++ {
		if p := &d.x.modality; d.is(j, p.later) || d.is(j, p.will) && d.is(j+1, p.held) {
			return true
		}
		if d.mark(j, '"') || d.mark(j, ',') {
			return false
		}
	}
	return false
}

// longAgo reports whether the words behind an act that ends at token to give it
// another year than the news: "diteken tahun lalu", "diteken pada 2022".
func (d *document) longAgo(to int) bool {
	p := &d.x.modality
	for j := to; j < to+modalReach && d.sameSentence(to-1, j); j++ {
		switch t := &d.toks[j]; {
		case d.is(j, p.year) && d.is(j+1, p.ago):
			return true
		case t.kind == number && t.end-t.start == 4 && d.owner[j] == free:
			year, news := d.int(j), d.newsDay()
			return !news.IsZero() && year > 1945 && year < news.Year()
		case t.kind == punct:
			return false
		}
	}
	return false
}
