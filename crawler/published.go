package crawler

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"pakta"
)

// months are the names of months in Indonesian and English, old spellings and
// abbreviations included, by their first letters.
var months = map[string]time.Month{
	"jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8, "agt": 8, "ags": 8, "aug": 8,
	"sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}

// zones are the zones that Indonesian newsrooms write.
var zones = map[string]*time.Location{
	"wib": pakta.WIB, "wita": time.FixedZone("WITA", 8*3600), "wit": time.FixedZone("WIT", 9*3600),
	"gmt": time.UTC, "utc": time.UTC, "z": time.UTC,
}

// The parts of written dates. They run over short strings only.
var (
	wordDate  = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(jan|feb|peb|mar|apr|mei|may|jun|jul|agu|agt|ags|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*[\s.,/-]+(\d{4})\b`)
	monthDate = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(\d{1,2}),?\s+(\d{4})\b`)
	digitDate = regexp.MustCompile(`\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b`)
	isoDate   = regexp.MustCompile(`\b(\d{4})-(\d{2})-(\d{2})`)
	clockTime = regexp.MustCompile(`\b([01]?\d|2[0-3])[:.]([0-5]\d)(?:[:.]([0-5]\d))?(?:\b|[A-Z])`)
	zoneName  = regexp.MustCompile(`(?i)\b(wib|wita|wit|gmt|utc)\b|([+-]\d{2}):?(\d{2})\b`)
)

// parsePublished reads a moment as feeds and pages write it: RFC 3339 and its
// kin, "Jumat, 8 Agustus 2025 | 10.15 WIB", "Mon, 05 Feb 2024 10:00:00 +0700".
// Day comes before month unless that is no date, or not on the weekday that is
// given. A time without a zone is WIB.
func parsePublished(s string) (pakta.Time, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 200 {
		return pakta.Time{}, false
	}
	if t, err := pakta.ParseTime(s); err == nil && plausibleYear(t.Year()) {
		return t, true
	}
	day, rest, ok := writtenDay(s)
	if !ok {
		return pakta.Time{}, false
	}
	zone := pakta.WIB
	if m := zoneName.FindStringSubmatch(rest); m != nil {
		zone = zoneOf(m)
	}
	hour, minute, second := 0, 0, 0
	if m := clockTime.FindStringSubmatch(rest); m != nil {
		hour, minute, second = atoi(m[1]), atoi(m[2]), atoi(m[3])
	}
	return pakta.Time{Time: time.Date(day.Year(), day.Month(), day.Day(), hour, minute, second, 0, zone)}, true
}

// mayBeDated reports whether a text has a number that can be a plausible year:
// looking for one is cheaper than any pattern.
func mayBeDated(s string) bool {
	for i, digits := 0, 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= '0' && s[i] <= '9' {
			digits++
			continue
		}
		if digits == len("2006") {
			switch s[i-4 : i-2] {
			case "19", "20", "21":
				return true
			}
		}
		digits = 0
	}
	return false
}

// writtenDay finds the day in s; rest is what stands around it.
func writtenDay(s string) (day time.Time, rest string, ok bool) {
	if !mayBeDated(s) {
		return day, "", false
	}
	named := mayNameMonth(s)
	for _, form := range []struct {
		re      *regexp.Regexp
		y, m, d int
		named   bool // has the name of a month
	}{{wordDate, 3, 2, 1, true}, {monthDate, 3, 1, 2, true}, {isoDate, 1, 2, 3, false}, {digitDate, 3, 2, 1, false}} {
		if form.named && !named {
			continue
		}
		at := form.re.FindStringSubmatchIndex(s)
		if at == nil {
			continue
		}
		part := func(i int) string { return s[at[2*i]:at[2*i+1]] }
		if form.re == digitDate {
			if day, ok = american(s, part(3), part(1), part(2)); ok {
				return day, s[:at[0]] + " " + s[at[1]:], true
			}
		}
		if day, ok = calendar(part(form.y), part(form.m), part(form.d)); ok {
			return day, s[:at[0]] + " " + s[at[1]:], true
		}
	}
	return day, "", false
}

// american reads month before day where nothing else is possible, or where an
// English weekday beside it says so: "Wed, 08/06/2025" is how Drupal writes by
// itself.
func american(s, y, m, d string) (time.Time, bool) {
	day, ok := calendar(y, m, d)
	other, otherwise := calendar(y, d, m)
	if !ok || !otherwise {
		return day, ok
	}
	low := strings.ToLower(s)
	says := func(t time.Time) bool { return strings.Contains(low, strings.ToLower(t.Weekday().String()[:3])+",") }
	return day, says(day) && !says(other)
}

// mayNameMonth reports whether a text has as many letters as the shortest name of
// a month; what is written for machines has fewer.
func mayNameMonth(s string) bool {
	letters := 0
	for i := range len(s) {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' {
			letters++
		}
	}
	return letters >= len("Mei")
}

// calendar makes a day of texts; the month may be a name.
func calendar(y, m, d string) (time.Time, bool) {
	month := time.Month(atoi(m))
	if len(m) >= 3 {
		month = months[strings.ToLower(m[:3])]
	}
	t := time.Date(atoi(y), month, atoi(d), 0, 0, 0, 0, pakta.WIB)
	return t, t.Month() == month && t.Day() == atoi(d) && plausibleYear(t.Year())
}

// plausibleYear: online news begins in the nineties.
func plausibleYear(y int) bool { return y >= 1995 && y <= 2100 }

func zoneOf(m []string) *time.Location {
	if m[1] != "" {
		return zones[strings.ToLower(m[1])]
	}
	hours := atoi(strings.TrimLeft(m[2], "+-"))
	offset := hours*3600 + atoi(m[3])*60
	if hours > 14 {
		return pakta.WIB
	}
	if strings.HasPrefix(m[2], "-") {
		offset = -offset
	}
	return time.FixedZone("", offset)
}

// atoi is the number of digits that a pattern has matched; 0 for none.
func atoi(s string) int {
	n, _ := strconv.Atoi(s) // the pattern let only digits through
	return n
}
