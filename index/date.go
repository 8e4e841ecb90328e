package index

import (
	"fmt"
	"strconv"
	"time"

	"pakta"
)

// days are the first and last day of a date of any precision, as numbers that
// sort: 20250808. The empty date gives zeros.
func days(s string) (first, last float64, err error) {
	if s == "" {
		return 0, 0, nil
	}
	for _, p := range []struct {
		layout        string
		years, months int
	}{{time.DateOnly, 0, 0}, {"2006-01", 0, 1}, {"2006", 1, 0}} {
		t, err := time.Parse(p.layout, s)
		if err != nil {
			continue
		}
		end := t.AddDate(p.years, p.months, 0)
		if p.years+p.months > 0 {
			end = end.AddDate(0, 0, -1)
		}
		return dayNumber(t), dayNumber(end), nil
	}
	return 0, 0, fmt.Errorf("%w: date %.20q: want 2025, 2025-08 or 2025-08-08", ErrQuery, s)
}

func dayNumber(t time.Time) float64 {
	return float64(t.Year()*10000 + int(t.Month())*100 + t.Day())
}

// dayOf is the day an agreement is filed under: its signing, else the first
// publication; 0 when neither is known. A month counts as its first day.
func dayOf(ag *pakta.Agreement) float64 {
	if ag.SignedOn != nil {
		if first, _, err := days(ag.SignedOn.Value); err == nil {
			return first
		}
	}
	for _, r := range ag.Reports {
		if !r.Published.IsZero() {
			return dayNumber(r.Published.In(pakta.WIB))
		}
	}
	return 0
}

// yearOf is the year of dayOf, empty when it is not known.
func yearOf(ag *pakta.Agreement) string {
	if d := dayOf(ag); d > 0 {
		return strconv.Itoa(int(d) / 10000)
	}
	return ""
}
