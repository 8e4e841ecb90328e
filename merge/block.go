package merge

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pakta"
)

// report is a record prepared for comparison.
type report struct {
	rec     *pakta.Record
	regions []string // sorted codes of the regional parties
	others  []string // folded names of the other parties
	numbers []string
	signed  time.Time // zero when unknown
	month   bool      // signed is only a month
	seen    time.Time // publication, else the latest day the text states
}

// prepare makes the reports, in an order that does not depend on the input's.
func prepare(records []*pakta.Record) []*report {
	reports := make([]*report, 0, len(records))
	for _, rec := range records {
		reports = append(reports, newReport(rec))
	}
	slices.SortFunc(reports, func(a, b *report) int {
		return cmp.Or(a.when().Compare(b.when()), cmp.Compare(a.rec.Article.ID, b.rec.Article.ID))
	})
	return slices.CompactFunc(reports, func(a, b *report) bool { return a.rec.Article.ID == b.rec.Article.ID })
}

func newReport(rec *pakta.Record) *report {
	r := &report{rec: rec, seen: rec.Article.Published.Time}
	for _, p := range rec.Parties {
		if p.Type == pakta.RegionalGovernment && p.Region != "" {
			r.regions = append(r.regions, string(p.Region))
		} else {
			r.others = append(r.others, foldBody(p.Name))
		}
	}
	slices.Sort(r.regions)
	r.regions = slices.Compact(r.regions)
	for _, n := range rec.Numbers {
		r.numbers = append(r.numbers, strings.ToLower(n.Value))
	}
	if s := rec.SignedOn; s != nil {
		r.signed, r.month = parseDate(s.Value), s.Precision == pakta.Month
	}
	for _, d := range rec.Dates {
		if t := parseDate(d.Value); r.rec.Article.Published.IsZero() && d.Role != pakta.DateExpires && t.After(r.seen) {
			r.seen = t
		}
	}
	return r
}

// when is the day the report is about, as well as it is known.
func (r *report) when() time.Time {
	if !r.signed.IsZero() {
		return r.signed
	}
	return r.seen
}

// parseDate reads YYYY, YYYY-MM and YYYY-MM-DD; anything else is unknown.
func parseDate(s string) time.Time {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// legalForms are words of company names that newsrooms put or leave out.
var legalForms = map[string]bool{"pt": true, "cv": true, "persero": true, "tbk": true, "cabang": true, "kantor": true}

// foldBody folds the name of a body: lower case, no brackets, no legal form.
func foldBody(name string) string {
	if i := strings.IndexByte(name, '('); i > 0 {
		if j := strings.IndexByte(name[i:], ')'); j > 0 {
			name = name[:i] + name[i+j+1:]
		}
	}
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127) })
	words = slices.DeleteFunc(words, func(w string) bool { return legalForms[w] })
	return strings.Join(words, " ")
}

// blocks gathers reports with the same regional parties; only within a block
// are reports compared, save for shared document numbers. The order inside
// is that of time.
func blocks(reports []*report) [][]*report {
	var order []string
	by := map[string][]*report{}
	for _, r := range reports {
		key := strings.Join(r.regions, "-")
		if key == "" {
			key = "#" + r.rec.Article.ID // no regional party: nothing to join by
		}
		if by[key] == nil {
			order = append(order, key)
		}
		by[key] = append(by[key], r)
	}
	slices.Sort(order)
	out := make([][]*report, len(order))
	for i, key := range order {
		out[i] = by[key]
	}
	return out
}
