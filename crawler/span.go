package crawler

import (
	"net/url"
	"regexp"
	"strconv"
	"time"

	"pakta"
)

// span is a range of publication times, [since, until). A zero end is open.
type span struct{ since, until time.Time }

// open reports whether the span has no end at all.
func (s span) open() bool { return s.since.IsZero() && s.until.IsZero() }

// excludes reports whether an article is known to lie outside. What is known
// may be its time, the day or month in its address, or that it was last
// changed before the span; of the others nothing is known.
func (s span) excludes(f found) bool {
	if !f.published.IsZero() {
		return s.before(f.published.Time) || s.after(f.published.Time)
	}
	if from, to, ok := datesOf(f.url); ok {
		return s.apart(from, to)
	}
	return !f.modified.IsZero() && s.before(f.modified.Time)
}

func (s span) before(t time.Time) bool { return !s.since.IsZero() && t.Before(s.since) }
func (s span) after(t time.Time) bool  { return !s.until.IsZero() && !t.Before(s.until) }

// apart reports whether nothing of [from, to) lies in the span.
func (s span) apart(from, to time.Time) bool {
	return !s.since.IsZero() && !to.After(s.since) || s.after(from)
}

// older reports whether an article is known to have been published before
// the span.
func (s span) older(f found) bool {
	if s.since.IsZero() {
		return false
	}
	if !f.published.IsZero() {
		return s.before(f.published.Time)
	}
	_, to, ok := datesOf(f.url)
	return ok && !to.After(s.since)
}

// dated are the years, months and days in addresses: /2024/05/12/, 2024-05 in
// sitemap-pt-post-2024-05.xml, yyyy=2024&mm=05.
var dated = regexp.MustCompile(`(?:^|[/=_-])((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])(?:[/_-](0?[1-9]|[12]\d|3[01]))?(?:[/._-]|$)|yyyy=((?:19|20)\d\d)&mm=(\d\d)`)

// datesOf gives the day or month that an address names, as a half-open range
// in WIB. Months begin and end a day wider, since sites count them in their
// own zone. Weak case: a slug that begins with another date.
func datesOf(address string) (from, to time.Time, ok bool) {
	u, err := url.Parse(address)
	if err != nil {
		return from, to, false
	}
	m := dated.FindStringSubmatch(u.Path + "?" + u.RawQuery)
	if m == nil {
		return from, to, false
	}
	year, month := m[1]+m[4], m[2]+m[5]
	y, _ := strconv.Atoi(year)  // digits, by the pattern
	n, _ := strconv.Atoi(month) // likewise
	if m[3] == "" {
		from = time.Date(y, time.Month(n), 1, 0, 0, 0, 0, pakta.WIB)
		return from.AddDate(0, 0, -1), from.AddDate(0, 1, 1), true
	}
	d, _ := strconv.Atoi(m[3])
	from = time.Date(y, time.Month(n), d, 0, 0, 0, 0, pakta.WIB)
	return from, from.AddDate(0, 0, 1), true
}
