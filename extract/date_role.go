package extract

import (
	"slices"
	"sort"
	"strconv"
	"time"

	"pakta"
)

// stampLines is how many lines at the top may be the stamp of the page.
const stampLines = 3

// dateRole is what the words around a date say it is the date of.
func (d *document) dateRole(from, to int) pakta.DateRole {
	if d.isStamp(from, to) {
		return pakta.DatePublished
	}
	if !d.sentenceOf(from).lists.has(listDateCues) {
		return pakta.DateMentioned
	}
	for j, n := from-1, 0; n < 6 && d.sameSentence(j, from); j, n = j-1, n+1 {
		h, ok := d.longest(j, listDateCues)
		if !ok || int(h.to) > from {
			continue
		}
		switch role := pakta.DateRole(d.attr(h, "role")); role {
		case pakta.DateEffective, pakta.DateExpires:
			return role
		}
	}
	s, e := d.sentence(from)
	for j := s; j < e; j++ {
		if h, ok := d.longest(j, listDateCues); ok {
			switch role := pakta.DateRole(d.attr(h, "role")); role {
			case pakta.DateSigned:
				if d.isModal(j) {
					return pakta.DatePlanned
				}
				return role
			case pakta.DatePlanned:
				if j < from && from-j < 8 {
					return role
				}
			}
		}
	}
	return pakta.DateMentioned
}

// oldDays is how long before the news a date lies that is of something older:
// newsrooms report a signing within days, and copy it within weeks.
const oldDays = 60

// newsDay is the day of the news: that of publication, else the latest day
// that the text gives and that has come. It is zero when there is none.
func (d *document) newsDay() time.Time {
	if !d.newsKnown {
		d.news, d.newsKnown = d.findNewsDay(), true
	}
	return d.news
}

func (d *document) findNewsDay() time.Time {
	if !d.art.Published.IsZero() {
		return d.art.Published.In(pakta.WIB)
	}
	latest := time.Time{}
	for i := range d.dates {
		switch f := &d.dates[i]; f.role {
		case pakta.DatePlanned, pakta.DateExpires, pakta.DateEffective:
		default:
			if f.precision == pakta.Day && f.day.After(latest) {
				latest = f.day
			}
		}
	}
	return latest
}

// publishedOn is the day of publication, as dates are written.
func (d *document) publishedOn() string {
	if d.published == "" {
		d.published = isoDay(d.art.Published.In(pakta.WIB))
	}
	return d.published
}

// old reports whether a date is too old to be that of the news.
func (d *document) old(f *dateFinding) bool {
	return f.day.AddDate(0, 0, oldDays).Before(d.newsDay())
}

// oldReach is how far a date may stand from the act that it dates.
const oldReach = 16

// oldIn reports whether the date nearest to token at in its sentence is old:
// "PKS yang diteken 4 November 2024 itu", in news of 2025.
func (d *document) oldIn(se *sentenceEvents, at int) bool {
	var nearest *dateFinding
	distance := oldReach
	first := sort.Search(len(d.dates), func(k int) bool { return d.dates[k].from >= max(at-2*oldReach, se.first) })
	for i := first; i < len(d.dates) && d.dates[i].from < at+oldReach; i++ {
		f := &d.dates[i]
		if f.to > se.last {
			continue
		}
		if n := max(f.from-at, at-f.to, 0); n < distance {
			nearest, distance = f, n
		}
	}
	return nearest != nil && d.old(nearest)
}

// isStamp reports whether a date is a stamp of the page: in a short line at
// the top, beside a time of day, or between a place and a dash.
func (d *document) isStamp(from, to int) bool {
	line := d.toks[from].line
	if line > stampLines+1 {
		return false
	}
	if d.datelined(from) {
		return true
	}
	if d.mark(to, '|') || d.clockNear(to) && from < d.titleEnd+20 && d.lineEndsNear(to) {
		return true
	}
	if d.mark(to, '-') || d.mark(to, '–') || d.mark(to, '—') {
		return from-d.titleEnd < 6 || from-d.lineStart(from) < 6
	}
	return from >= d.titleEnd && d.stampLine(from)
}

// lineEndsNear reports whether the line of token i ends within the length of a
// stamp: "Senin, 15 Maret 2021 pukul 09.00 WITA, atas undangan ..." does not.
func (d *document) lineEndsNear(i int) bool {
	end := i + maxStamp
	return i >= len(d.toks) || end >= len(d.toks) || d.toks[end].line != d.toks[i].line
}

// lineStart is the first token of the line of token i, or one within the length
// of a stamp before it.
func (d *document) lineStart(i int) int {
	from := i
	for from > 0 && i-from < maxStamp && d.toks[from-1].line == d.toks[i].line {
		from--
	}
	return from
}

// stampLine reports whether the line of token i is short and no sentence:
// "Redaksi - Kamis, 12 Mei 2023", but not "Naskah diteken 8 Agustus 2025."
func (d *document) stampLine(i int) bool {
	line := d.toks[i].line
	from, to := d.lineStart(i), i
	for to < len(d.toks) && to-from < maxStamp && d.toks[to].line == line {
		to++
	}
	if to-from >= maxStamp || d.mark(to-1, '.') {
		return false
	}
	small := 0
	for j := from; j < to; j++ {
		if d.toks[j].kind == word && d.toks[j].shape == lower {
			small++
		}
	}
	return small <= 2
}

// maxStamp is how long the line of a stamp may be, in tokens.
const maxStamp = 14

func (d *document) clockNear(to int) bool {
	for i := to; i < to+3 && i < len(d.toks); i++ {
		if d.owner[i] == claimClock {
			return true
		}
	}
	return false
}

// readRelativeDates resolves "hari ini", "kemarin" against the publication,
// unless a date beside them says which day is meant, or already stands for the
// same day.
func (d *document) readRelativeDates() {
	if d.art.Published.IsZero() || d.nextPhrase(0, 1<<listRelativeDates) == len(d.toks) {
		return
	}
	recent, today := d.recentDate(), d.writtenOn()
	d.eachHit(listRelativeDates, func(h hit) {
		from, to := int(h.from), int(h.to)
		if d.lineOf(from) == lineRelated || d.attr(h, "unit") != "day" || !d.unclaimed(from, to) {
			return
		}
		offset, _ := strconv.Atoi(d.attr(h, "offset")) // the loader has seen that it parses
		day := today.AddDate(0, 0, offset)
		if why := d.notRelative(from, to, day, recent); why != "" {
			d.reject(from, to, ruleRelativeDate, why)
			return
		}
		f := dateFinding{from: from, to: to, value: isoDay(day), day: day, precision: pakta.Day, relative: true, rule: ruleRelativeDate, role: d.dateRole(from, to)}
		d.take(from, to, claimDate)
		d.dates = append(d.dates, f)
	})
	slices.SortStableFunc(d.dates, func(a, b dateFinding) int { return a.from - b.from })
}

// writtenOn is the day that "hari ini" means: that of the dateline, when the
// report was published up to three days later, else that of publication.
func (d *document) writtenOn() time.Time {
	published := dayOf(d.art.Published.In(pakta.WIB))
	for i := range d.dates {
		f := &d.dates[i]
		if f.role != pakta.DatePublished || f.precision != pakta.Day || !d.mark(f.to, '-') && !d.mark(f.to, '–') {
			continue
		}
		if !f.day.After(published) && !f.day.Before(published.AddDate(0, 0, -maxReportDays)) {
			return f.day
		}
	}
	return published
}

// notRelative says why a word like "kemarin" at [from, to) is no date of its
// own; empty when it is one. day: what it would be; a weekday right before it has
// to agree, "Selasa kemarin". recent: the text states a day shortly before its
// publication.
func (d *document) notRelative(from, to int, day time.Time, recent bool) string {
	end := to + 4
	if d.mark(to, '(') || d.mark(from-1, '(') {
		end += 6 // "hari ini (kemarin, red), Senin 29 Oktober"
	}
	for i := max(from-4, 0); i < min(end, len(d.toks)); i++ {
		if d.owner[i] == claimDate && d.toks[i].line == d.toks[from].line {
			return "a date beside it says which day is meant"
		}
		if d.opens(i, listWeekdays) && i < from && i >= from-1 && d.weekdayBefore(from) != int(day.Weekday()) {
			return "a weekday before it says which day is meant"
		}
	}
	if recent && d.inSpeech(from) {
		return "said on a day that the text states"
	}
	return ""
}

// recentDate reports whether the text states a day shortly before its
// publication, other than in the stamp of the page: what people say is said on that day, not when the report
// appears.
func (d *document) recentDate() bool {
	last := dayOf(d.art.Published.In(pakta.WIB))
	first := last.AddDate(0, 0, -maxReportDays)
	for i := range d.dates {
		f := &d.dates[i]
		if !f.relative && f.role != pakta.DatePublished && f.precision == pakta.Day && !f.day.Before(first) && !f.day.After(last) {
			return true
		}
	}
	return false
}

// dayOf is the calendar day of a time, in UTC as all days are.
func dayOf(t time.Time) time.Time {
	y, m, day := t.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

const (
	// maxReportDays is how late a report appears after what it tells of.
	maxReportDays = 3
	// maxQuote bounds how far back an opening quote is looked for, in tokens.
	maxQuote = 120
)

// inSpeech reports whether token i stands in a quotation, or in a sentence
// with a verb of speech.
func (d *document) inSpeech(i int) bool {
	quotes := 0
	for j := i - 1; j >= max(i-maxQuote, 0) && d.toks[j].line == d.toks[i].line; j-- {
		if d.toks[j].ch == '"' {
			quotes++
		}
	}
	if quotes%2 == 1 {
		return true
	}
	for j := max(i-maxSpeech, 0); j < min(i+maxSpeech, len(d.toks)); j++ {
		if d.sameSentence(j, i) && d.is(j, d.x.deals.speech) {
			return true
		}
	}
	return false
}

// maxSpeech is how far a verb of speech may stand from what was said, in
// tokens.
const maxSpeech = 20

// recordDates lists the dates, each value once with its first telling role.
func (d *document) recordDates() []pakta.Date {
	out := []pakta.Date{}
	var known places
	for i := range d.dates {
		f := &d.dates[i]
		e := d.evidence(f.from, f.to, f.rule)
		if j := known.find(f.value); j >= 0 {
			out[j].Evidence = d.more(out[j].Evidence, e)
			if weight(f.role) > weight(out[j].Role) {
				out[j].Role = f.role
			}
			if out[j].WeekdayAgrees == nil {
				out[j].WeekdayAgrees = f.weekday
			}
			continue
		}
		known.keep(f.value, len(out))
		out = append(out, pakta.Date{Value: f.value, Precision: f.precision, Role: f.role, WeekdayAgrees: f.weekday, Evidence: d.one(e)})
	}
	return out
}

// weight orders the roles that one date has in several places.
func weight(r pakta.DateRole) int {
	return slices.Index([]pakta.DateRole{pakta.DateMentioned, pakta.DatePublished, pakta.DatePlanned, pakta.DateExpires, pakta.DateEffective, pakta.DateSigned}, r)
}
