package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pakta"
)

// Check reads the example with x and says what differs from what is wanted;
// empty when nothing does. Not found, half found, found twice, a wrong value
// and what may not be read are told apart.
func (ex *Example) Check(x *Extractor) string {
	rec, _ := x.Explain(&ex.Art)
	got := corpusFields[ex.Field](rec)
	slices.SortFunc(got, func(a, b Reading) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Value, b.Value))
	})
	c := comparison{text: Normalize(&ex.Art).Canonical(), want: ex.Want, got: got}
	if ex.anywhere {
		c.compareValues()
	} else {
		c.got = slices.DeleteFunc(got, func(r Reading) bool { return r.End <= ex.start || r.Start >= ex.end })
		c.compareSpans()
	}
	return strings.Join(c.problems, "; ")
}

// comparison is of what is wanted and what was read; what is settled is taken
// from both.
type comparison struct {
	text      string
	want, got []Reading
	found     []Reading
	problems  []string
}

// compareSpans wants each value where its brackets stand.
func (c *comparison) compareSpans() {
	c.settle("", func(w, g Reading) bool { return w.Start == g.Start && w.End == g.End && sameValue(w.Value, g.Value) })
	c.settle("half found", func(w, g Reading) bool { return overlap(w, g) && sameValue(w.Value, g.Value) })
	c.settle("wrong value", overlap)
	c.rest()
}

// compareValues wants each value anywhere, any number of times.
func (c *comparison) compareValues() {
	c.want = slices.DeleteFunc(c.want, func(w Reading) bool {
		n := len(c.got)
		c.got = slices.DeleteFunc(c.got, func(g Reading) bool { return sameValue(w.Value, g.Value) })
		return len(c.got) < n
	})
	if len(c.want) == 1 {
		c.settle("wrong value", func(w, g Reading) bool { return true })
	}
	c.rest()
}

// settle takes away one reading for each wanted one that it fits, and reports
// them as problem unless that is empty.
func (c *comparison) settle(problem string, fits func(want, got Reading) bool) {
	c.want = slices.DeleteFunc(c.want, func(w Reading) bool {
		i := slices.IndexFunc(c.got, func(g Reading) bool { return fits(w, g) })
		if i < 0 {
			return false
		}
		g := c.got[i]
		c.got = slices.Delete(c.got, i, i+1)
		c.found = append(c.found, g)
		if problem != "" {
			c.problems = append(c.problems, fmt.Sprintf("%s: %s, want %s", problem, c.show(g), c.show(w)))
		}
		return true
	})
}

// rest reports what was not settled.
func (c *comparison) rest() {
	for _, w := range c.want {
		c.problems = append(c.problems, "not found: "+c.show(w))
	}
	for _, g := range c.got {
		problem := "not wanted"
		if slices.ContainsFunc(c.found, func(f Reading) bool { return f.Value == g.Value && overlap(f, g) }) {
			problem = "found twice"
		}
		c.problems = append(c.problems, problem+": "+c.show(g))
	}
}

func (c *comparison) show(r Reading) string {
	if r.End == 0 {
		return r.Value
	}
	return fmt.Sprintf("%s [%s]", r.Value, c.text[r.Start:r.End])
}

func overlap(a, b Reading) bool { return a.Start < b.End && b.Start < a.End }

// sameValue compares the parts that are wanted.
func sameValue(want, got string) bool {
	has := strings.Split(got, "; ")
	for i, part := range strings.Split(want, ";") {
		if i >= len(has) || strings.TrimSpace(part) != has[i] {
			return false
		}
	}
	return true
}

// corpusFields are the readings of each field in a record.
var corpusFields = map[string]func(*pakta.Record) []Reading{
	"date": func(r *pakta.Record) []Reading {
		return readings(r.Dates, func(v pakta.Date) (string, []pakta.Evidence) {
			return v.Value + " " + string(v.Precision), v.Evidence
		})
	},
	"date_role": func(r *pakta.Record) []Reading {
		return readings(r.Dates, func(v pakta.Date) (string, []pakta.Evidence) {
			return v.Value + " " + string(v.Role), v.Evidence
		})
	},
	"law": func(r *pakta.Record) []Reading {
		return readings(r.LegalRefs, func(v pakta.LegalRef) (string, []pakta.Evidence) {
			return strings.TrimSpace(v.ID + " " + string(v.Pinpoint)), v.Evidence
		})
	},
	"number": func(r *pakta.Record) []Reading {
		return readings(r.Numbers, func(v pakta.Number) (string, []pakta.Evidence) { return v.Value, v.Evidence })
	},
	"region": func(r *pakta.Record) []Reading {
		return readings(r.Regions, func(v pakta.RegionMention) (string, []pakta.Evidence) { return v.Code, v.Evidence })
	},
	"official": func(r *pakta.Record) []Reading {
		return readings(r.Officials, func(v pakta.Official) (string, []pakta.Evidence) {
			return parts(string(v.Name), string(v.Position), string(v.Region), string(v.Acting)), v.Evidence
		})
	},
	"instrument": func(r *pakta.Record) []Reading {
		return readings(r.Instruments, func(v pakta.Instrument) (string, []pakta.Evidence) { return string(v.Type), v.Evidence })
	},
	"status": func(r *pakta.Record) []Reading {
		return readings([]pakta.Status{r.Status}, func(v pakta.Status) (string, []pakta.Evidence) {
			return string(v), r.Evidence.Status
		})
	},
	"signing": func(r *pakta.Record) []Reading {
		if r.SignedOn == nil {
			return nil
		}
		return readings([]*pakta.SignedOn{r.SignedOn}, func(v *pakta.SignedOn) (string, []pakta.Evidence) { return v.Value, v.Evidence })
	},
	"venue": func(r *pakta.Record) []Reading {
		if r.Venue == nil {
			return nil
		}
		return readings([]pakta.Venue{*r.Venue}, func(v pakta.Venue) (string, []pakta.Evidence) {
			return parts(v.Name, string(v.Region)), v.Evidence
		})
	},
	"party": func(r *pakta.Record) []Reading {
		return readings(r.Parties, func(v pakta.Party) (string, []pakta.Evidence) {
			if v.Type == pakta.RegionalGovernment && v.Region != "" {
				return string(v.Region), v.Evidence
			}
			return parts(v.Name, string(v.Type)), v.Evidence
		})
	},
	"sector": func(r *pakta.Record) []Reading {
		return readings(r.Sectors, func(v pakta.SectorMention) (string, []pakta.Evidence) { return v.Code, v.Evidence })
	},
	"sector_other": func(r *pakta.Record) []Reading {
		return readings(r.SectorsOther, func(v pakta.OtherSector) (string, []pakta.Evidence) { return v.Text, v.Evidence })
	},
	"forum": func(r *pakta.Record) []Reading {
		return readings(r.Forums, func(v pakta.Forum) (string, []pakta.Evidence) { return v.Name, v.Evidence })
	},
	"quantity": func(r *pakta.Record) []Reading {
		var out []Reading
		if r.DurationMonths != nil {
			for _, e := range r.Evidence.DurationMonths {
				out = append(out, Reading{fmt.Sprintf("%d months", *r.DurationMonths), e.Start, e.End})
			}
		}
		if r.ValueIDR != nil {
			for _, e := range r.Evidence.ValueIDR {
				out = append(out, Reading{fmt.Sprintf("%d IDR", *r.ValueIDR), e.Start, e.End})
			}
		}
		return out
	},
}

// CorpusFields are the names that corpus files may have, sorted.
func CorpusFields() []string {
	names := make([]string, 0, len(corpusFields))
	for name := range corpusFields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func readings[T any](values []T, of func(T) (string, []pakta.Evidence)) []Reading {
	var out []Reading
	for _, v := range values {
		value, evidence := of(v)
		for _, e := range evidence {
			out = append(out, Reading{value, e.Start, e.End})
		}
	}
	return out
}

// parts is a value of several parts, as corpus files write it.
func parts(all ...string) string {
	for i, part := range all {
		all[i] = cmp.Or(part, "-")
	}
	return strings.Join(all, "; ")
}
