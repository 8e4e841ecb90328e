package extract

import (
	"slices"
	"time"

	"pakta"
)

// resolveDates gives each date its year and notes it.
func (d *document) resolveDates(raw []rawDate) {
	for i, r := range raw {
		if r.year < 0 {
			r.year = d.yearBeside(r)
		}
		if r.year == 0 && r.closes && i > 0 {
			r.year = raw[i-1].year
		} else if r.year == 0 {
			r.year = d.yearOf(r, raw, i)
		}
		raw[i].year = r.year
		if r.year == 0 {
			d.unresolved = append(d.unresolved, pakta.Unresolved{
				Field: "dates", Reason: pakta.Ambiguous, Message: "the text does not say which year is meant",
				Evidence: d.one(d.evidence(r.from, r.to, r.rule)),
			})
			continue
		}
		f := d.finding(r)
		f.ranged = r.closes || i+1 < len(raw) && raw[i+1].closes
		d.dates = append(d.dates, f)
	}
}

// yearBeside is the year of a month that is told by the time of the article:
// "November lalu" is the last one before it, "November mendatang" the next.
func (d *document) yearBeside(r rawDate) int {
	anchor := d.anchor()
	month := int(anchor.Month())
	switch {
	case anchor.IsZero():
		return 0
	case r.year == yearLast && month <= r.month:
		return anchor.Year() - 1
	case r.year == yearNext && month >= r.month:
		return anchor.Year() + 1
	}
	return anchor.Year()
}

// anchor is the article's own time: its publication, else the first full date
// that it states.
func (d *document) anchor() time.Time {
	if p := d.art.Published; !p.IsZero() {
		return p.In(pakta.WIB)
	}
	for i := range d.dates {
		if d.dates[i].precision == pakta.Day {
			return d.dates[i].day
		}
	}
	return time.Time{}
}

// yearOf finds the year of a day without one: of the years around the
// publication the one in which the weekday agrees and which is nearest; with
// no publication, the year of the same day or of the nearest full date in the
// text.
func (d *document) yearOf(r rawDate, raw []rawDate, at int) int {
	weekday, p := d.weekdayBefore(r.from), d.art.Published
	for _, o := range raw[max(at-maxDates, 0):min(at+maxDates, len(raw))] {
		if o.day == r.day && o.month == r.month && o.year > 0 && (weekday < 0 && p.IsZero() || on(o.year, o.month, o.day, weekday)) {
			return o.year // but not "diteken Senin (4/8), berlaku hingga 4 Agustus 2030"
		}
	}
	if !p.IsZero() {
		return nearestYear(r, weekday, d.side(r.to), p.In(pakta.WIB))
	}
	for dist := 1; dist < min(len(raw), maxDates); dist++ {
		for _, j := range [2]int{at - dist, at + dist} {
			if j < 0 || j >= len(raw) || raw[j].year <= 0 || raw[j].day == 0 {
				continue
			}
			anchor := time.Date(raw[j].year, time.Month(raw[j].month), raw[j].day, 0, 0, 0, 0, time.UTC)
			return textYear(r, weekday, d.side(r.to), anchor)
		}
	}
	return d.bareYear(r, weekday, raw)
}

// maxDates is how many dates before and behind one are asked for its year.
const maxDates = 100

// bareYear is the year of a day without one in a text that has no full date: of
// the years that it names, the only one in which the weekday agrees; else the
// one nearest to the latest of them, or to that of the latest law it cites.
func (d *document) bareYear(r rawDate, weekday int, raw []rawDate) int {
	if weekday < 0 {
		return 0
	}
	if d.years == nil {
		d.years = d.bareYears(raw)
	}
	latest, agrees := 0, 0
	for _, y := range d.years {
		latest = max(latest, y)
		if on(y, r.month, r.day, weekday) {
			if agrees != 0 {
				return 0
			}
			agrees = y
		}
	}
	if agrees != 0 {
		return agrees
	}
	if latest == 0 {
		return d.yearAfterLaws(r, weekday)
	}
	return yearNear(latest, r, weekday)
}

// maxYearGap is how long after the latest year that a text names its news may
// be: a weekday comes back on the same day after five years at least.
const maxYearGap = 3

// yearNear is the year nearest to another in which the weekday agrees: a text
// of "sejak 2019" is of 2020 or 2021, one of a budget of the year before it.
func yearNear(year int, r rawDate, weekday int) int {
	for _, y := range [...]int{year + 1, year - 1, year + 2, year + maxYearGap} {
		if on(y, r.month, r.day, weekday) {
			return y
		}
	}
	return 0
}

// yearAfterLaws is the only year in which the weekday agrees from that of the
// latest law which the text cites to that of the latest one known; 0 when there
// are several.
func (d *document) yearAfterLaws(r rawDate, weekday int) int {
	cited, found := 0, 0
	for i := range d.laws {
		cited = max(cited, d.laws[i].ref.Year)
	}
	for y := cited; cited > 0 && y <= d.x.set.LatestYear(); y++ {
		if on(y, r.month, r.day, weekday) {
			if found != 0 {
				return 0
			}
			found = y
		}
	}
	return found
}

// bareYears are the years that the text names outside of days, laws and the
// like, each once, those of months first; not nil. The number of a document
// has its year too.
func (d *document) bareYears(raw []rawDate) []int {
	years := []int{}
	for _, o := range raw[:min(len(raw), maxDates)] {
		if o.day == 0 && o.year > 0 && !slices.Contains(years, o.year) {
			years = append(years, o.year)
		}
	}
	for i := range d.toks {
		if d.width(i) != 4 || d.owner[i] != free && d.owner[i] != claimNumber {
			continue
		}
		if y := d.int(i); y >= 1995 && y <= 2100 && !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	return years
}

// side is -1 when the words behind a date that ends at token i put it before the
// time of the article, "10 Desember lalu", and 1 for "mendatang".
func (d *document) side(i int) int {
	for d.mark(i, ')') || d.partOfDay(i) {
		i++
	}
	switch {
	case i < len(d.toks) && d.toks[i].shape != lower: // Lalu is a name
		return 0
	case d.is(i, d.x.dates.last):
		return -1
	case d.is(i, d.x.dates.next):
		return 1
	}
	return 0
}

// What a year has against it, beside its distance: that the weekday disagrees,
// and that it lies on the wrong side of the article's time.
const (
	wrongWeekday = 400 * 24 * time.Hour
	wrongSide    = 300 * 24 * time.Hour
)

// sameWeek is how near to the anchor a day is surely of its year, whatever weekday
// the newsroom took it for: "Senin (12/9)" in a week of September 2023.
const sameWeek = 7 * 24 * time.Hour

// textYear is the year of a day in a text whose nearest full date is the anchor. That
// may be of long ago: when the weekday agrees in no year beside it, the first
// one after it in which it does is taken.
func textYear(r rawDate, weekday, side int, anchor time.Time) int {
	year := nearestYear(r, weekday, side, anchor)
	if weekday < 0 || side < 0 || on(year, r.month, r.day, weekday) || time.Date(year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC).Sub(anchor).Abs() <= sameWeek {
		return year
	}
	for y := anchor.Year() + 2; y <= anchor.Year()+maxYearGap+1; y++ {
		if on(y, r.month, r.day, weekday) {
			return y
		}
	}
	return year
}

// nearestYear is the year in which day and month lie nearest to the anchor,
// among those in which the weekday agrees, if it is known (-1: it is not), and
// which lie on the side of it that the text tells.
func nearestYear(r rawDate, weekday, side int, anchor time.Time) int {
	best, bestGap := 0, time.Duration(1<<62)
	for y := anchor.Year() - 1; y <= anchor.Year()+1; y++ {
		t := time.Date(y, time.Month(r.month), r.day, 0, 0, 0, 0, anchor.Location())
		if t.Day() != r.day {
			continue
		}
		gap := t.Sub(anchor).Abs()
		if weekday >= 0 && int(t.Weekday()) != weekday && gap > sameWeek {
			gap += wrongWeekday
		}
		if side < 0 && t.After(anchor) || side > 0 && t.Before(anchor) {
			gap += wrongSide
		}
		if gap < bestGap {
			best, bestGap = y, gap
		}
	}
	return best
}
