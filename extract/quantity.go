package extract

import (
	"strconv"
	"strings"

	"pakta"
)

// readQuantities claims sums of money, times of day and spans of time, so
// that their numbers are not read as dates.
func (d *document) readQuantities() {
	for i := d.nextPhrase(0, 1<<digits); i < len(d.toks); i = d.nextPhrase(i+1, 1<<digits) {
		if d.owner[i] != free {
			continue
		}
		switch {
		case d.clockAt(i):
		case !d.unitNear(i):
		case d.moneyAt(i):
		default:
			d.durationAt(i)
		}
	}
	d.wordDurations()
}

// unitNear reports whether a unit stands in the sentence of a number, or right
// before it, where a stop may part them: "Rp. 500".
func (d *document) unitNear(i int) bool {
	return d.sentenceOf(i).lists.has(listUnits) || d.opens(i-1, listUnits) || d.opens(i-2, listUnits)
}

// clockAt reads "10.15 WIB", "07:58", "pukul 09.00".
func (d *document) clockAt(i int) bool {
	if i+2 >= len(d.toks) || d.toks[i+2].kind != number || d.toks[i+1].spaced || d.toks[i+2].spaced {
		return false
	}
	colon := d.mark(i+1, ':')
	if !colon && !d.mark(i+1, '.') || d.toks[i+2].end-d.toks[i+2].start != 2 || d.toks[i].end-d.toks[i].start > 2 {
		return false
	}
	hour, minute := d.int(i), d.int(i+2)
	zone := d.is(i+3, d.x.dates.zones)
	if hour > 23 || minute > 59 || !colon && !zone && !d.is(i-1, d.x.dates.oclock) {
		return false
	}
	end := i + 3
	if zone {
		end++
	}
	return d.take(i, end, claimClock)
}

// int is the value of a number token; huge ones are -1.
func (d *document) int(i int) int {
	n, err := strconv.Atoi(d.slice(i, i+1))
	if err != nil {
		return -1
	}
	return n
}

// moneyAt reads "Rp 3.500.000.000", "Rp2,5 miliar", "2 triliun rupiah".
func (d *document) moneyAt(i int) bool {
	currency := d.unitAt(i-1, "currency")
	if !currency && d.mark(i-1, '.') {
		currency = d.unitAt(i-2, "currency")
	}
	end, value := d.decimal(i)
	factor := 1.0
	if h, ok := d.longest(end, listUnits); ok && d.kind(h) == "money" {
		factor, _ = strconv.ParseFloat(d.attr(h, "factor"), 64) // a broken factor makes the sum nothing
		end = int(h.to)
	}
	if h, ok := d.longest(end, listUnits); ok && d.kind(h) == "currency" {
		currency, end = true, int(h.to)
	}
	if !currency {
		return false
	}
	from := i
	for from > 0 && (d.unitAt(from-1, "currency") || d.mark(from-1, '.')) && d.sameSentence(from-1, i) {
		from--
	}
	if !d.take(from, end, claimMoney) {
		return false
	}
	if sum := value * factor; sum >= 1000 && sum < 1e16 {
		d.money = append(d.money, moneyFinding{from: from, to: end, rupiah: int64(sum + 0.5), rule: "quantity.money"})
	}
	return true
}

func (d *document) unitAt(i int, kind string) bool {
	h, ok := d.longest(i, listUnits)
	return ok && d.kind(h) == kind
}

// decimal reads a number with dots between thousands and a decimal comma.
func (d *document) decimal(i int) (end int, value float64) {
	text := d.slice(i, i+1)
	end = i + 1
	for end+1 < len(d.toks) && d.mark(end, '.') && !d.toks[end+1].spaced && d.toks[end+1].kind == number && d.toks[end+1].end-d.toks[end+1].start == 3 && end-i < 12 {
		text += d.slice(end+1, end+2)
		end += 2
	}
	if end+1 < len(d.toks) && d.mark(end, ',') && !d.toks[end+1].spaced && d.toks[end+1].kind == number {
		text += "." + d.slice(end+1, end+2)
		end += 2
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return i + 1, 0
	}
	return end, value
}

// durationAt reads "3 (tiga) tahun" and "12 bulan" at a number.
func (d *document) durationAt(i int) {
	n, j := d.int(i), i+1
	if d.mark(j, '(') {
		for k := j; k < j+5 && k < len(d.toks); k++ {
			if d.mark(k, ')') {
				j = k + 1
				break
			}
		}
	}
	d.addDuration(i, j, n)
}

// wordDurations reads "lima tahun".
func (d *document) wordDurations() {
	d.eachHit(listNumberWords, func(h hit) {
		if n, err := strconv.Atoi(d.id(h)); err == nil && n > 0 && n < 100 {
			d.addDuration(int(h.from), int(h.to), n)
		}
	})
}

// addDuration notes a number [from, i) when a unit of time follows.
func (d *document) addDuration(from, i, n int) {
	h, ok := d.longest(i, listUnits)
	if !ok || d.kind(h) != "duration" || !d.sameSentence(from, i) {
		return
	}
	to := int(h.to)
	if to < len(d.toks) && d.toks[to].kind == number && d.toks[to].end-d.toks[to].start == 4 {
		return // "tanggal dua belas bulan Maret", "28 Tahun 2018"
	}
	if d.opens(to, listMonths) || n <= 0 || n > 1200 || !d.take(from, to, claimDuration) {
		return
	}
	factor, err := strconv.Atoi(d.attr(h, "factor"))
	if err != nil {
		return
	}
	d.durations = append(d.durations, durationFinding{from: from, to: to, months: n * factor, rule: "quantity.duration"})
}

// cueBefore reports whether a unit word of a kind stands up to n words before
// token i in its sentence.
func (d *document) cueBefore(i, n int, kind string) bool {
	for j := i - 1; j >= 0 && j >= i-n && d.sameSentence(j, i); j-- {
		if h, ok := d.longest(j, listUnits); ok && int(h.to) <= i && d.kind(h) == kind {
			return true
		}
	}
	return false
}

// agreementDuration is how long this agreement runs: a span of time after
// "jangka waktu", "berlaku selama" and the like. nil when the text does not
// say, or says different things.
func (d *document) agreementDuration() (*int, []pakta.Evidence) {
	var months *int
	evidence := []pakta.Evidence{}
	for _, f := range d.durations {
		if !d.cueBefore(f.from, 5, "duration_cue") && !d.termOfPaper(f) {
			d.reject(f.from, f.to, f.rule, "no word like \"jangka waktu\" says that the agreement runs so long")
			continue
		}
		if d.soFar(f) {
			d.reject(f.from, f.to, f.rule, "how long it has run so far")
			continue
		}
		if months != nil && *months != f.months {
			d.unresolved = append(d.unresolved, pakta.Unresolved{
				Field: "duration_months", Reason: pakta.Conflict, Message: "the text gives different durations",
				Evidence: append(evidence, d.evidence(f.from, f.to, f.rule)),
			})
			return nil, []pakta.Evidence{}
		}
		n := f.months
		months = &n
		evidence = d.more(evidence, d.evidence(f.from, f.to, f.rule))
	}
	return months, evidence
}

// termOfPaper reports whether a span of time is that of a paper beside it: "MoU
// lima tahun", "PKS untuk tiga tahun", "hingga 24 Agustus 2027 atau dua tahun".
func (d *document) termOfPaper(f durationFinding) bool {
	at := f.from
	if d.is(at-1, d.x.modality.purpose) {
		at--
	}
	if d.is(at-1, d.x.deals.or) {
		return d.owner[max(at-2, 0)] == claimDate
	}
	_, ok := d.hitEnding(at, listInstruments, paperWords)
	return ok
}

// paperWords is how long the name of an instrument is, in tokens.
const paperWords = 4

// soFarReach is how far before a span of time the word stands that makes it one
// that has passed, in tokens: "sudah berlangsung selama delapan tahun".
const soFarReach = 5

// soFar reports whether a span of time has passed.
func (d *document) soFar(f durationFinding) bool {
	i := f.from
	if d.is(f.to, d.x.modality.ago) {
		return true
	}
	for j := i - 1; j >= i-soFarReach && d.sameSentence(i, j); j-- {
		if d.is(j, d.x.modality.past) {
			return true
		}
	}
	return false
}

// valueReach is how far before a sum "nilai" stands, in tokens: "Nilai kerja sama
// Pemkab A dan PT B dalam MoU itu Rp 2,5 miliar".
const valueReach = 12

// perUnit reports whether a sum that ends at token i is a price: "Rp250 ribu per
// ton", "Rp12.000 perkilogram".
func (d *document) perUnit(i int) bool {
	return d.mark(i, '/') || strings.HasPrefix(d.folded(i, i+1), "per") && !d.opens(i, listInstruments)
}

// agreementValue is what this agreement is worth: a sum after "nilai" or
// "senilai" in a sentence that names an instrument.
func (d *document) agreementValue(dl *deal) (*int64, []pakta.Evidence) {
	for _, f := range d.money {
		se := dl.sentenceAt(d.toks[f.from].sent)
		if se == nil || se.instrs == 0 || !d.cueBefore(f.from, valueReach, "value_cue") || d.perUnit(f.to) {
			d.reject(f.from, f.to, f.rule, "not said to be the value of the agreement")
			continue
		}
		sum := f.rupiah
		return &sum, d.one(d.evidence(f.from, f.to, f.rule))
	}
	return nil, []pakta.Evidence{}
}

// wordNumber reads number words at i ("dua ribu dua puluh enam"); to is i when
// there are none.
func (d *document) wordNumber(i int) (n, to int) {
	total := 0
	for to = i; to < len(d.toks); {
		h, ok := d.longest(to, listNumberWords)
		if !ok || !d.sameSentence(i, to) {
			break
		}
		v, err := strconv.Atoi(d.id(h))
		if err != nil {
			break
		}
		if v == 1000 && total > 0 {
			total *= 1000
		} else {
			total += v
		}
		to = int(h.to)
	}
	return total, to
}
