package merge

import (
	"cmp"
	"slices"
	"strconv"

	"pakta"
)

// opinion is one value of a scalar field with the records that give it.
type opinion struct {
	value   string
	records []int
}

// ask collects the values of a scalar field; the empty value is no opinion.
// The best supported one comes first; of equals the one given last, because
// later reports know more.
func (v *voters) ask(value func(*pakta.Record) string) []opinion {
	var out []opinion
	for i, rec := range v.recs {
		x := value(rec)
		if x == "" {
			continue
		}
		j := slices.IndexFunc(out, func(o opinion) bool { return o.value == x })
		if j < 0 {
			j = len(out)
			out = append(out, opinion{value: x})
		}
		out[j].records = append(out[j].records, i)
	}
	slices.SortStableFunc(out, func(a, b opinion) int {
		return cmp.Or(
			-cmp.Compare(len(v.voices(a.records)), len(v.voices(b.records))),
			-cmp.Compare(a.records[len(a.records)-1], b.records[len(b.records)-1]))
	})
	return out
}

// conflict notes that reports disagree.
func (v *voters) conflict(ag *pakta.Agreement, field string, opinions []opinion) {
	if len(opinions) < 2 {
		return
	}
	c := pakta.FieldConflict{Field: field}
	for _, o := range opinions {
		cv := pakta.ConflictValue{Value: o.value}
		for _, i := range o.records {
			cv.Reports = append(cv.Reports, v.recs[i].Article.ID)
		}
		c.Values = append(c.Values, cv)
	}
	ag.Conflicts = append(ag.Conflicts, c)
}

// scalars fills the fields that have one value.
func (v *voters) scalars(ag *pakta.Agreement) {
	ag.Evidence = pakta.ScalarEvidence{
		Status: []pakta.Evidence{}, Kind: []pakta.Evidence{}, DurationMonths: []pakta.Evidence{}, ValueIDR: []pakta.Evidence{},
	}
	v.status(ag)
	v.kind(ag)
	v.signedOn(ag)
	v.venue(ag)
	v.duration(ag)
	v.value(ag)
	v.partyConflict(ag)
}

// status is the furthest that the agreement has come: reports of a plan
// before the signing do not contradict it.
func (v *voters) status(ag *pakta.Agreement) {
	order := []pakta.Status{pakta.Planned, pakta.Evaluated, pakta.Signed, pakta.Renewed}
	opinions := v.ask(func(r *pakta.Record) string { return string(r.Status) })
	best := -1
	for _, o := range opinions {
		best = max(best, slices.Index(order, pakta.Status(o.value)))
	}
	if best < 0 {
		return
	}
	ag.Status = order[best]
	for _, o := range opinions {
		if o.value == string(ag.Status) {
			ag.Evidence.Status = v.evidence(o.records, func(r *pakta.Record) []pakta.Evidence { return r.Evidence.Status })
		}
	}
}

func (v *voters) evidence(records []int, of func(*pakta.Record) []pakta.Evidence) []pakta.Evidence {
	out := []pakta.Evidence{}
	for _, i := range records {
		out = append(out, reported(of(v.recs[i]), v.recs[i].Article.ID)...)
	}
	return out
}

func (v *voters) kind(ag *pakta.Agreement) {
	opinions := v.ask(func(r *pakta.Record) string { return string(r.Kind) })
	v.conflict(ag, "kind", opinions)
	if len(opinions) > 0 {
		ag.Kind = pakta.Kind(opinions[0].value)
		ag.Evidence.Kind = v.evidence(opinions[0].records, func(r *pakta.Record) []pakta.Evidence { return r.Evidence.Kind })
	}
}

// signedOn prefers days to months: a month that holds the day agrees with it.
func (v *voters) signedOn(ag *pakta.Agreement) {
	opinions := v.ask(func(r *pakta.Record) string {
		if r.SignedOn == nil {
			return ""
		}
		return r.SignedOn.Value
	})
	if len(opinions) == 0 {
		return
	}
	exact := slices.DeleteFunc(slices.Clone(opinions), func(o opinion) bool {
		return slices.ContainsFunc(opinions, func(p opinion) bool { return len(p.value) > len(o.value) && p.value[:len(o.value)] == o.value })
	})
	v.conflict(ag, "signed_on", exact)
	best := exact[0]
	ag.SignedOn = &pakta.SignedOn{Value: best.value, Support: len(v.voices(best.records))}
	ag.SignedOn.Precision = v.recs[best.records[0]].SignedOn.Precision
	ag.SignedOn.Evidence = v.evidence(best.records, func(r *pakta.Record) []pakta.Evidence { return r.SignedOn.Evidence })
}

// venue is told in many ways ("Aula Setda", "Aula Setda Lantai II"), so
// different names of it are no conflict.
func (v *voters) venue(ag *pakta.Agreement) {
	opinions := v.ask(func(r *pakta.Record) string {
		if r.Venue == nil {
			return ""
		}
		return r.Venue.Name
	})
	if len(opinions) == 0 {
		return
	}
	best := opinions[0]
	venue := *v.recs[best.records[0]].Venue
	venue.Support = len(v.voices(best.records))
	venue.Evidence = v.evidence(best.records, func(r *pakta.Record) []pakta.Evidence { return r.Venue.Evidence })
	ag.Venue = &venue
}

func (v *voters) duration(ag *pakta.Agreement) {
	opinions := v.ask(func(r *pakta.Record) string {
		if r.DurationMonths == nil {
			return ""
		}
		return strconv.Itoa(*r.DurationMonths)
	})
	v.conflict(ag, "duration_months", opinions)
	if len(opinions) > 0 {
		months := *v.recs[opinions[0].records[0]].DurationMonths
		ag.DurationMonths = &months
		ag.Evidence.DurationMonths = v.evidence(opinions[0].records, func(r *pakta.Record) []pakta.Evidence { return r.Evidence.DurationMonths })
	}
}

func (v *voters) value(ag *pakta.Agreement) {
	opinions := v.ask(func(r *pakta.Record) string {
		if r.ValueIDR == nil {
			return ""
		}
		return strconv.FormatInt(*r.ValueIDR, 10)
	})
	v.conflict(ag, "value_idr", opinions)
	if len(opinions) > 0 {
		rupiah := *v.recs[opinions[0].records[0]].ValueIDR
		ag.ValueIDR = &rupiah
		ag.Evidence.ValueIDR = v.evidence(opinions[0].records, func(r *pakta.Record) []pakta.Evidence { return r.Evidence.ValueIDR })
	}
}

// partyConflict notes regions that only some of the reports name as parties;
// it arises when a document number joins reports whose parties differ.
func (v *voters) partyConflict(ag *pakta.Agreement) {
	opinions := v.ask(func(r *pakta.Record) string {
		rep := newReport(r)
		codes := ""
		for i, c := range rep.regions {
			if i > 0 {
				codes += "-"
			}
			codes += c
		}
		return codes
	})
	v.conflict(ag, "parties", opinions)
}
