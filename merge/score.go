package merge

import (
	"slices"
	"strings"
	"time"

	"pakta"
)

const (
	// MaxDays is how far the signing dates of two reports of one agreement
	// may lie apart: newsrooms write "kemarin" late, and some a wrong day.
	MaxDays = 3
	// undatedDays joins a report without a signing date to one published, or
	// signed, within so many days.
	undatedDays = 14
	// plannedDays joins the announcement of a signing to the signing.
	plannedDays = 120
)

const day = 24 * time.Hour

// cluster is the reports of one agreement.
type cluster struct {
	reports []*report
}

// clusters joins the reports of a block, which are in order of time. A report
// joins the first cluster with all of whose members it agrees (complete link),
// so that a chain of near dates cannot join two signings a month apart. Its
// weak case: two agreements that the same parties sign on one day are one.
func clusters(block []*report) []*cluster {
	var all []*cluster
	for _, r := range block {
		i := slices.IndexFunc(all, func(c *cluster) bool { return c.takes(r) })
		if i < 0 {
			all = append(all, &cluster{})
			i = len(all) - 1
		}
		all[i].reports = append(all[i].reports, r)
	}
	return all
}

// window bounds how many members of a cluster a report is compared with: the
// newest are the ones that may differ.
const window = 64

func (c *cluster) takes(r *report) bool {
	members := c.reports
	if len(members) > window {
		members = members[len(members)-window:]
	}
	return !slices.ContainsFunc(members, func(m *report) bool { return !same(m, r) })
}

// same reports whether two reports with the same regional parties can be of
// one agreement.
func same(a, b *report) bool {
	if slices.ContainsFunc(a.numbers, func(n string) bool { return slices.Contains(b.numbers, n) }) {
		return true
	}
	if len(a.regions) == 1 && !sharesBody(a.others, b.others) {
		return false
	}
	switch {
	case !a.signed.IsZero() && !b.signed.IsZero():
		return sameDay(a, b)
	case a.rec.Status == pakta.Planned != (b.rec.Status == pakta.Planned):
		planned, other := a, b
		if b.rec.Status == pakta.Planned {
			planned, other = b, a
		}
		gap := other.when().Sub(planned.when())
		return !planned.when().IsZero() && gap > -MaxDays*day && gap <= plannedDays*day
	}
	return !a.when().IsZero() && !b.when().IsZero() && apart(a.when(), b.when()) <= undatedDays*day
}

func sameDay(a, b *report) bool {
	if a.month || b.month {
		return a.signed.Year() == b.signed.Year() && a.signed.Month() == b.signed.Month()
	}
	return apart(a.signed, b.signed) <= MaxDays*day
}

func apart(a, b time.Time) time.Duration { return a.Sub(b).Abs() }

// sharesBody reports whether one counterpart is named in both: the same name,
// or one that is the beginning or end of the other.
func sharesBody(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x != "" && y != "" && (x == y || strings.Contains(" "+x+" ", " "+y+" ") || strings.Contains(" "+y+" ", " "+x+" ")) {
				return true
			}
		}
	}
	return false
}

// joinByNumber joins clusters of different blocks that share a number of the
// agreement's document.
func joinByNumber(all []*cluster) []*cluster {
	owner := map[string]*cluster{}
	out := all[:0:0]
	for _, c := range all {
		into := c
		for _, r := range c.reports {
			for _, n := range r.numbers {
				if o := owner[n]; o != nil {
					into = o
				}
			}
		}
		if into != c {
			into.reports = append(into.reports, c.reports...)
		} else {
			out = append(out, c)
		}
		for _, r := range c.reports {
			for _, n := range r.numbers {
				owner[n] = into
			}
		}
	}
	return out
}
