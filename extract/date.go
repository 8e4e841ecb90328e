package extract

import (
	"strconv"
	"time"

	"pakta"
)

// dateRules is what the reading of dates needs, compiled.
type dateRules struct {
	zones, oclock, day, month, year, until, and wordList
	last, next, this                            wordList
	night                                       wordList // "malam Minggu"
	on                                          wordList // "pada 3, 4 dan 5 Agustus"
	partsOfDay                                  wordList
}

func newDateRules(lex *lexicon) dateRules {
	return dateRules{
		zones:  lex.words("date.zones"),
		oclock: lex.words("date.oclock"),
		day:    lex.words("date.day"),
		month:  lex.words("date.month"),
		year:   lex.words("date.year"),
		until:  lex.words("date.until"),
		and:    lex.words("date.and"),
		last:   lex.words("date.last"), next: lex.words("date.next"), this: lex.words("date.this"),
		night: lex.words("date.night"), on: lex.words("date.on"),
		partsOfDay: lex.words("date.parts-of-day"),
	}
}

// Rules of dates, as evidence carries them.
const (
	ruleNumericDate  = "date.numeric"
	ruleWrittenDate  = "date.written"
	ruleMonthDate    = "date.month"
	ruleLegalDate    = "date.legal"
	ruleISODate      = "date.iso"
	ruleRelativeDate = "date.relative"
)

// rawDate is a date as it stands in the text; zero parts are left out there.
type rawDate struct {
	from, to         int
	day, month, year int
	rule             string
	closes           bool // the second of a range: its year is that of the one before
}

// readDates finds calendar days and months, in the order of the text, and
// resolves them.
func (d *document) readDates() {
	raw := d.rawDates[:0]
	for i := 0; i < len(d.toks); i++ {
		const dated = 1<<digits | 1<<listMonths
		if s := d.sentenceOf(i); s.lists&dated == 0 {
			_, end := d.sentence(i)
			i = end - 1
			continue
		}
		if !d.opensAny(i, dated) && !d.is(i, d.x.dates.day) || d.owner[i] != free || d.lineOf(i) == lineRelated {
			continue
		}
		for _, r := range d.dateAt(i) {
			if r.to == 0 {
				break
			}
			if d.take(r.from, r.to, claimDate) {
				raw = append(raw, r)
			}
			i = r.to - 1
		}
	}
	d.rawDates = raw
	d.resolveDates(raw)
	d.readRelativeDates()
}

// datesAt are the dates that begin at one token: none, one, or the ends of a
// range. Those that are not there are zero.
type datesAt [2]rawDate

// dateAt reads the dates that begin at token i.
func (d *document) dateAt(i int) datesAt {
	if d.toks[i].kind == number {
		if r, ok := d.isoDate(i); ok {
			return datesAt{r}
		}
		if r, ok := d.numericDate(i); ok {
			return datesAt{r}
		}
		if r := d.numericRange(i); r[0].to > 0 {
			return r
		}
		return d.writtenDates(i)
	}
	if h, ok := d.longest(i, listMonths); ok {
		return d.monthDates(i, int(h.to))
	}
	if d.is(i, d.x.dates.day) {
		return d.legalDate(i)
	}
	return datesAt{}
}

// isoDate reads "2026-03-12" and "2023-02".
func (d *document) isoDate(i int) (rawDate, bool) {
	if d.width(i) != 4 || !d.mark(i+1, '-') || !d.tight(i+1) || !d.tight(i+2) || d.width(i+2) != 2 {
		return rawDate{}, false
	}
	r := rawDate{from: i, to: i + 3, year: d.int(i), month: d.int(i + 2), rule: ruleISODate}
	if d.mark(i+3, '-') && d.tight(i+4) && d.width(i+4) == 2 {
		r.day, r.to = d.int(i+4), i+5
	}
	return r, r.plausible()
}

// width is the number of digits of a number token, 0 for other tokens.
func (d *document) width(i int) int {
	if uint(i) >= uint(len(d.toks)) || d.toks[i].kind != number {
		return 0
	}
	return int(d.toks[i].end - d.toks[i].start)
}

// tight reports whether token i exists and no space stands before it.
func (d *document) tight(i int) bool { return i < len(d.toks) && !d.toks[i].spaced }

// numericDate reads "8/8/2025", "28-03-2022", "8. 8. 2025", "8.8.25" and, with a
// weekday or bracket before it, "12/11". Day comes first, always.
func (d *document) numericDate(i int) (rawDate, bool) {
	if d.width(i) > 2 || d.width(i) == 0 || i+2 >= len(d.toks) {
		return rawDate{}, false
	}
	sep := d.toks[i+1].ch
	if sep != '/' && sep != '-' && sep != '.' || d.width(i+2) == 0 || d.width(i+2) > 2 || d.mark(i-1, '/') && !d.toks[i].spaced {
		return rawDate{}, false
	}
	if d.toks[i+2].spaced && !(d.mark(i+3, sep) && d.width(i+4) == 4) {
		return rawDate{}, false // "15. 08. 2020" is one, "Pasal 15. 08" is none
	}
	r := rawDate{from: i, to: i + 3, day: d.int(i), month: d.int(i + 2), rule: ruleNumericDate}
	if d.mark(i+3, sep) {
		if w := d.width(i + 4); w == 4 || w == 2 {
			r.year, r.to = d.int(i+4), i+5
			if w == 2 {
				r.year += 2000
			}
			return r, r.plausible() && !(d.mark(r.to, '/') && d.tight(r.to))
		}
		return rawDate{}, false
	}
	// Without a year a fraction, a score or a section could be meant.
	dated := sep == '/' && (d.mark(i-1, '(') || d.weekdayBefore(i) >= 0 || d.is(i-1, d.x.dates.day) || d.datelined(i))
	return r, dated && r.plausible() && !(d.mark(r.to, '/') && d.tight(r.to))
}

// numericRange reads "21-22/12/2018" and "21 dan 22/12".
func (d *document) numericRange(i int) datesAt {
	k := d.rangeWord(i + 1)
	if k < 0 && d.is(i+1, d.x.dates.and) {
		k = i + 2
	}
	if w := d.width(i); k < 0 || w == 0 || w > 2 {
		return datesAt{}
	}
	second, ok := d.numericDate(k)
	if !ok && d.mark(i-1, '(') && d.mark(k+1, '/') && d.tight(k+2) && d.width(k+2) > 0 && d.mark(k+3, ')') {
		second, ok = rawDate{from: k, to: k + 3, day: d.int(k), month: d.int(k + 2), rule: ruleNumericDate}, true
	}
	first := rawDate{from: i, to: i + 1, day: d.int(i), month: second.month, year: second.year, rule: ruleNumericDate}
	second.closes = true
	if !ok || first.day >= second.day || !first.plausible() || !second.plausible() {
		return datesAt{}
	}
	return datesAt{first, second}
}

// datelined reports whether token i stands where an agency dates its report:
// "Padang, 4/8 (ANTARA) -".
func (d *document) datelined(i int) bool {
	return d.mark(i-1, ',') && d.mark(i+3, '(') && d.regionEnds(i-1) && d.toks[i].line <= topLines
}

// listedDay is one of several days that share their month, "3, 4 dan 5 Agustus
// 2025", but the last.
func (d *document) listedDay(i int) (rawDate, bool) {
	if !d.is(i-1, d.x.dates.day) && !d.is(i-1, d.x.dates.on) && d.weekdayBefore(i) < 0 && d.owner[max(i-2, 0)] != claimDate && d.owner[max(i-3, 0)] != claimDate {
		return rawDate{}, false
	}
	r := rawDate{from: i, to: i + 1, day: d.int(i), rule: ruleWrittenDate}
	j := i
	for n := 0; n < maxListedDays; n++ {
		k := j + 1
		for d.mark(k, ',') || d.mark(k, '&') || d.is(k, d.x.dates.and) {
			k++
		}
		if w := d.width(k); k == j+1 || k > j+3 || w == 0 || w > 2 || !d.sameSentence(i, k) || d.int(k) <= r.day {
			return rawDate{}, false
		}
		last := rawDate{from: k, to: k + 1, day: d.int(k), rule: ruleWrittenDate}
		if _, ok := d.monthAt(&last, k+1); ok && last.month > 0 {
			r.month, r.year = last.month, last.year
			return r, r.plausible() && last.plausible()
		}
		j = k
	}
	return rawDate{}, false
}

// maxListedDays is how many days a list that shares its month has.
const maxListedDays = 6

// writtenDates reads "8 Agustus 2025" and ranges and lists that share month or
// year: "9-11 Maret 2026", "31 Mei dan 14 September 2023".
func (d *document) writtenDates(i int) datesAt {
	if w := d.width(i); w == 0 || w > 2 {
		return datesAt{}
	}
	if _, ok := d.hitEnding(i, listPlaces, 2); ok {
		return datesAt{} // "Universitas 17 Agustus 1945", "Stadion 10 November"
	}
	first := rawDate{from: i, to: i + 1, day: d.int(i), rule: ruleWrittenDate}
	j, ok := d.monthAt(&first, i+1)
	if first.month == 0 {
		// "9-11 Maret", "20 sampai dengan 21 September"
		if r, ok := d.listedDay(i); ok {
			return datesAt{r}
		}
		k := d.rangeWord(i + 1)
		if k < 0 || d.width(k) == 0 || d.width(k) > 2 {
			return datesAt{}
		}
		second := rawDate{from: k, to: k + 1, day: d.int(k), rule: ruleWrittenDate}
		if _, ok := d.monthAt(&second, k+1); !ok || second.month == 0 || !second.plausible() {
			return datesAt{}
		}
		first.month, first.year, second.closes = second.month, second.year, true
		if !first.plausible() {
			return datesAt{}
		}
		return datesAt{first, second}
	}
	if !ok || !first.plausible() {
		return datesAt{}
	}
	if first.year > 0 {
		return datesAt{first}
	}
	// "28 Januari hingga 29 Januari 2026": the first takes the second's year.
	k := d.rangeWord(j)
	if k < 0 && d.is(j, d.x.dates.and) {
		k = j + 1
	}
	if k >= 0 && d.width(k) > 0 && d.width(k) <= 2 {
		second := rawDate{from: k, to: k + 1, day: d.int(k), rule: ruleWrittenDate}
		if _, ok := d.monthAt(&second, k+1); ok && second.month > 0 && second.plausible() {
			first.year = second.year
			return datesAt{first, second}
		}
	}
	return datesAt{first}
}

// monthAt reads a month name at i, and a year behind it, into r. It returns
// the end, and whether what was read can be a date.
func (d *document) monthAt(r *rawDate, i int) (int, bool) {
	for d.mark(i, '-') || d.mark(i, '/') || d.mark(i, '.') {
		i++
	}
	if d.is(i, d.x.dates.month) {
		i++
	}
	h, ok := d.longest(i, listMonths)
	if !ok || !d.sameSentence(r.from, i) {
		return i, false
	}
	r.month, _ = strconv.Atoi(d.id(h)) // the table has numbers only
	i = int(h.to)
	r.to = i
	if d.mark(i, '.') || d.mark(i, ',') || d.mark(i, '-') || d.mark(i, '/') {
		i++
	}
	if d.is(i, d.x.dates.year) {
		i++
	}
	if d.width(i) == 4 && d.sameSentence(r.from, i) {
		if y := d.int(i); y >= 1900 && y <= 2100 {
			r.year, r.to = y, i+1
		}
	}
	return r.to, true
}

// rangeWord is the token after "-", "–", "s.d.", "sampai dengan", "hingga" at
// i; -1 when no such word stands there.
func (d *document) rangeWord(i int) int {
	j := i
	for n := 0; n < 6 && j < len(d.toks) && (d.mark(j, '-') || d.mark(j, '–') || d.mark(j, '.') || d.mark(j, '/') && j > i || d.is(j, d.x.dates.until)); n++ {
		j++
	}
	if j == i || !d.sameSentence(i, j) {
		return -1
	}
	return j
}

// What stands for the year of a month: "November lalu", "November mendatang",
// "bulan November ini".
const (
	yearLast = -1 - iota
	yearNext
	yearThis
)

// monthDates reads "Agustus 2025", "Januari-Maret 2022" and "November lalu".
func (d *document) monthDates(i, to int) datesAt {
	r := rawDate{from: i, to: to, rule: ruleMonthDate}
	if _, ok := d.monthAt(&r, i); !ok {
		return datesAt{}
	}
	if _, ok := d.hitEnding(i, listNumberWords, 3); ok || d.width(i-1) == 1 || d.width(i-1) == 2 {
		return datesAt{} // "Universitas Tujuh Belas Agustus 1945": a day that was no date
	}
	if r.year > 0 {
		return datesAt{r}
	}
	if k := d.rangeWord(to); k >= 0 {
		if h, ok := d.longest(k, listMonths); ok {
			second := rawDate{from: k, to: int(h.to), rule: ruleMonthDate}
			if _, ok := d.monthAt(&second, k); ok && second.year > 0 {
				r.year = second.year
				return datesAt{r, second}
			}
		}
	}
	if d.toks[i].shape == lower {
		return datesAt{}
	}
	switch {
	case d.is(to, d.x.dates.last):
		r.year = yearLast
	case d.is(to, d.x.dates.next):
		r.year = yearNext
	case d.is(to, d.x.dates.this) && d.is(i-1, d.x.dates.month):
		r.year = yearThis
	default:
		return datesAt{}
	}
	r.to = to + 1
	return datesAt{r}
}

// legalDate reads the prose of deeds: "tanggal dua belas bulan Maret tahun dua
// ribu dua puluh enam".
func (d *document) legalDate(i int) datesAt {
	day, j := d.wordNumber(i + 1)
	if j == i+1 || day < 1 || day > 31 {
		return datesAt{}
	}
	if d.is(j, d.x.dates.month) {
		j++
	}
	h, ok := d.longest(j, listMonths)
	if !ok || !d.sameSentence(i, j) {
		return datesAt{}
	}
	r := rawDate{from: i + 1, to: int(h.to), day: day, rule: ruleLegalDate}
	r.month, _ = strconv.Atoi(d.id(h)) // the table has numbers only
	if d.is(r.to, d.x.dates.year) {
		if d.width(r.to+1) == 4 {
			r.year, r.to = d.int(r.to+1), r.to+2
		} else if y, k := d.wordNumber(r.to + 1); y >= 1900 && y <= 2100 {
			r.year, r.to = y, k
		}
	}
	return datesAt{r}
}

// plausible reports whether the parts that are there can be of one day.
func (r *rawDate) plausible() bool {
	if r.month < 1 || r.month > 12 || r.year != 0 && (r.year < 1900 || r.year > 2100) {
		return false
	}
	if r.day == 0 {
		return r.rule == ruleISODate
	}
	y := r.year
	if y == 0 {
		y = 2000 // a leap year: 29 February may be right
	}
	t := time.Date(y, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC)
	return t.Day() == r.day && int(t.Month()) == r.month
}

// weekdayBefore is the weekday named right before token i, 0 for Sunday; -1
// when there is none. Brackets, commas and "tanggal" may stand between.
func (d *document) weekdayBefore(i int) int {
	for j, n := i-1, 0; j >= 0 && n < 5 && d.toks[j].line == d.toks[i].line; j, n = j-1, n+1 {
		if h, ok := d.longest(j, listWeekdays); ok {
			if d.toks[j].shape == lower && d.id(h) == "0" {
				return -1 // "minggu" in lower case is a week
			}
			if first, ok := d.weekdayRange(j); ok {
				h = first
			}
			w, _ := strconv.Atoi(d.id(h)) // the table has numbers only
			if d.is(j-1, d.x.dates.night) {
				w = (w + 6) % 7 // "malam Minggu" is Saturday
			}
			return w
		}
		t := &d.toks[j]
		if t.ch != '(' && t.ch != '[' && t.ch != ',' && t.ch != '/' && !d.is(j, d.x.dates.day) && !d.relativeAt(j) && !d.partOfDay(j) {
			return -1
		}
	}
	return -1
}

// weekdayRange is the first weekday of "Jumat - Sabtu", "Senin dan Selasa", whose
// second one stands at i: it is that of the first day which follows.
func (d *document) weekdayRange(i int) (hit, bool) {
	if d.mark(i-1, '-') || d.mark(i-1, '–') || d.is(i-1, d.x.dates.and) || d.is(i-1, d.x.dates.until) {
		return d.hitEnding(i-1, listWeekdays, 2)
	}
	return hit{}, false
}

func (d *document) relativeAt(i int) bool {
	return d.opens(i, listRelativeDates)
}

// partOfDay reports words like "sore" between a weekday and its date.
func (d *document) partOfDay(i int) bool { return d.is(i, d.x.dates.partsOfDay) }

// finding makes a resolved date.
func (d *document) finding(r rawDate) dateFinding {
	f := dateFinding{from: r.from, to: r.to, rule: r.rule, precision: pakta.Day, day: time.Date(r.year, time.Month(r.month), max(r.day, 1), 0, 0, 0, 0, time.UTC)}
	f.value = isoDay(f.day)
	if r.day == 0 {
		f.precision, f.value = pakta.Month, f.value[:len("2006-01")]
	} else {
		d.checkWeekday(&f, r)
	}
	f.role = d.dateRole(r.from, r.to)
	return f
}

// isoDay is a day as dates are written: time's own formats are slow.
func isoDay(t time.Time) string {
	y, m, day := t.Date()
	b := [...]byte{0, 0, 0, 0, '-', '0' + byte(m/10), '0' + byte(m%10), '-', '0' + byte(day/10), '0' + byte(day%10)}
	for i := 3; i >= 0; i-- {
		b[i], y = '0'+byte(y%10), y/10
	}
	return string(b[:])
}

// checkWeekday compares the weekday beside a date with the calendar's.
func (d *document) checkWeekday(f *dateFinding, r rawDate) {
	weekday := d.weekdayBefore(r.from)
	if weekday < 0 {
		return
	}
	agrees := on(r.year, r.month, r.day, weekday)
	f.weekday = &agrees
	if agrees {
		return
	}
	message := "the weekday is not that of the date"
	switch {
	case r.day <= 12 && on(r.year, r.day, r.month, weekday):
		message += "; it would be with day and month exchanged"
	case on(r.year-1, r.month, r.day, weekday):
		message += "; it would be a year earlier"
	case on(r.year+1, r.month, r.day, weekday):
		message += "; it would be a year later"
	}
	d.warnings = append(d.warnings, pakta.Warning{Code: "weekday_disagrees", Message: message, Evidence: d.one(d.evidence(r.from, r.to, r.rule))})
}

func on(y, m, day, weekday int) bool {
	return int(time.Date(y, time.Month(m), day, 0, 0, 0, 0, time.UTC).Weekday()) == weekday
}
