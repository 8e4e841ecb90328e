package web

import (
	"slices"
	"strconv"
	"strings"

	"pakta"
)

// maxPassages bounds the passages under one value: text that repeats a name a
// thousand times must not repeat itself a thousand times here.
const maxPassages = 12

// field is one field of an agreement: its values, each with the passages it
// was read from. A field without rows was not stated by any report.
type field struct {
	Label string
	Rows  []row
}

// row is the values that were read from the same first passage. A list of
// sectors in one sentence is one row.
type row struct {
	Values []value
	First  *passage
	More   []*passage
}

// value is one value in words.
type value struct {
	Text    string
	Note    string
	Link    string
	Support int

	evidence []pakta.Evidence
}

// passage is a sentence of a report with the words that were read marked. When
// the report is not archived, or no longer says so, it is those words alone.
type passage struct {
	Report *report
	Parts  []part
	Rules  []string

	at    span
	marks []span
}

// fields puts the agreement's fields in the order in which one asks: who,
// when, what about, on what ground, through whom.
func (v *view) fields(a *pakta.Agreement, reports []report) []field {
	var out []field
	add := func(name string, values []value) {
		out = append(out, field{Label: v.fieldLabel(name), Rows: v.rows(values, reports)})
	}
	add("parties", v.parties(a))
	add("signed_on", v.signedOn(a))
	add("status", v.scalar("status", string(a.Status), a.Evidence.Status))
	add("kind", v.scalar("kind", string(a.Kind), a.Evidence.Kind))
	add("instruments", v.instruments(a))
	add("numbers", numbers(a))
	add("sectors", v.sectors(a))
	if len(a.SectorsOther) > 0 {
		add("sectors_other", otherSectors(a))
	}
	add("legal_refs", v.laws(a))
	add("officials", v.officials(a))
	add("regions", v.regions(a))
	add("venue", v.venue(a))
	add("forums", forums(a))
	add("duration_months", v.duration(a))
	add("value_idr", v.worth(a))
	return out
}

func (v *view) parties(a *pakta.Agreement) []value {
	var out []value
	for _, p := range a.Parties {
		x := value{Text: p.Name, Note: v.label("party", string(p.Type)), Support: p.Support, evidence: p.Evidence}
		if _, ok := v.site.names.regions[string(p.Region)]; ok {
			x.Link = v.RegionLink(string(p.Region))
		}
		out = append(out, x)
	}
	return out
}

func (v *view) signedOn(a *pakta.Agreement) []value {
	if a.SignedOn == nil {
		return nil
	}
	s := a.SignedOn
	return []value{{Text: v.date(s.Value), Note: v.label("precision", string(s.Precision)), Support: s.Support, evidence: s.Evidence}}
}

func (v *view) scalar(name, code string, evidence []pakta.Evidence) []value {
	if code == "" {
		return nil
	}
	return []value{{Text: v.label(name, code), evidence: evidence}}
}

func (v *view) instruments(a *pakta.Agreement) []value {
	var out []value
	for _, i := range a.Instruments {
		out = append(out, value{Text: v.label("instrument", string(i.Type)), Support: i.Support, evidence: i.Evidence})
	}
	return out
}

func numbers(a *pakta.Agreement) []value {
	var out []value
	for _, n := range a.Numbers {
		out = append(out, value{Text: n.Value, Support: n.Support, evidence: n.Evidence})
	}
	return out
}

func (v *view) sectors(a *pakta.Agreement) []value {
	var out []value
	for _, s := range a.Sectors {
		out = append(out, value{
			Text: v.sector(s.Code, s.Name), Note: s.Code, Link: v.Link("/", "sector", s.Code), Support: s.Support, evidence: s.Evidence,
		})
	}
	return out
}

func otherSectors(a *pakta.Agreement) []value {
	var out []value
	for _, s := range a.SectorsOther {
		out = append(out, value{Text: s.Text, Support: s.Support, evidence: s.Evidence})
	}
	return out
}

func (v *view) laws(a *pakta.Agreement) []value {
	var out []value
	for _, l := range a.LegalRefs {
		note := words(" · ", string(l.Title), string(l.Pinpoint))
		if !l.Known {
			unknown, _ := v.site.texts.text(v.Lang, "law.unknown")
			note = words(" · ", note, unknown)
		}
		out = append(out, value{Text: l.ID, Note: note, Link: v.Link("/", "law", l.ID), Support: l.Support, evidence: l.Evidence})
	}
	return out
}

func (v *view) officials(a *pakta.Agreement) []value {
	var out []value
	for _, o := range a.Officials {
		region := ""
		if o.Region != "" {
			region = v.site.names.region(string(o.Region))
		}
		office := words(" ", string(o.Acting), string(o.Position))
		x := value{Text: string(o.Name), Note: words(", ", office, region), Support: o.Support, evidence: o.Evidence}
		if x.Text == "" {
			x.Text, x.Note = office, region
		} else {
			x.Link = v.Link("/", "official", string(o.Name))
		}
		var roles []string
		for _, r := range o.Roles {
			roles = append(roles, v.label("official", string(r)))
		}
		x.Note = words(" · ", x.Note, strings.Join(roles, ", "))
		out = append(out, x)
	}
	return out
}

func (v *view) regions(a *pakta.Agreement) []value {
	var out []value
	for _, r := range a.Regions {
		var roles []string
		for _, role := range r.Roles {
			roles = append(roles, v.label("regionrole", string(role)))
		}
		out = append(out, value{
			Text: r.Name, Note: words(" · ", r.Code, strings.Join(roles, ", ")), Link: v.RegionLink(r.Code),
			Support: r.Support, evidence: r.Evidence,
		})
	}
	return out
}

func (v *view) venue(a *pakta.Agreement) []value {
	if a.Venue == nil {
		return nil
	}
	x := value{Text: a.Venue.Name, Support: a.Venue.Support, evidence: a.Venue.Evidence}
	if a.Venue.Region != "" {
		x.Note = v.site.names.region(string(a.Venue.Region))
	}
	return []value{x}
}

func forums(a *pakta.Agreement) []value {
	var out []value
	for _, f := range a.Forums {
		out = append(out, value{Text: f.Name, Support: f.Support, evidence: f.Evidence})
	}
	return out
}

func (v *view) duration(a *pakta.Agreement) []value {
	if a.DurationMonths == nil {
		return nil
	}
	t, _ := v.N("months", *a.DurationMonths)
	return []value{{Text: t, evidence: a.Evidence.DurationMonths}}
}

func (v *view) worth(a *pakta.Agreement) []value {
	if a.ValueIDR == nil {
		return nil
	}
	return []value{{Text: v.money(*a.ValueIDR), evidence: a.Evidence.ValueIDR}}
}

// rows groups values by the first passage they were read from.
func (v *view) rows(values []value, reports []report) []row {
	var out []row
	for _, x := range values {
		passages := read(x.evidence, reports)
		var first *passage
		if len(passages) > 0 {
			first = passages[0]
		}
		i := slices.IndexFunc(out, func(r row) bool { return first != nil && r.First != nil && r.First.same(first) })
		if i < 0 {
			out = append(out, row{Values: []value{x}, First: first, More: rest(passages)})
			continue
		}
		r := &out[i]
		r.Values = append(r.Values, x)
		r.First.join(first)
		for _, p := range rest(passages) {
			r.More = gather(r.More, p)
		}
	}
	for _, r := range out {
		finish(r)
	}
	return out
}

func rest(passages []*passage) []*passage {
	if len(passages) == 0 {
		return nil
	}
	return passages[1:]
}

// finish cuts the passages into parts, when all their marks are known.
func finish(r row) {
	for _, p := range append([]*passage{r.First}, r.More...) {
		if p != nil && p.marks != nil {
			p.Parts = cut(p.Report.text, p.at, p.marks)
		}
	}
}

// read finds the passages of the evidence, in the order of the reports, a
// sentence once.
func read(evidence []pakta.Evidence, reports []report) []*passage {
	var out []*passage
	for i := range reports {
		r := &reports[i]
		for _, e := range evidence {
			if e.Report == r.ID {
				out = gather(out, r.passage(e))
			}
		}
	}
	return out
}

// gather adds a passage, or its marks when its sentence is there.
func gather(all []*passage, p *passage) []*passage {
	i := slices.IndexFunc(all, p.same)
	if i >= 0 {
		all[i].join(p)
		return all
	}
	if len(all) >= maxPassages {
		return all
	}
	return append(all, p)
}

// passage is the sentence around the evidence, or the evidence's own words.
func (r *report) passage(e pakta.Evidence) *passage {
	p := &passage{Report: r, Rules: []string{e.Rule}}
	at, ok := locate(r.text, e)
	if !ok {
		const enough = 500 // runes; evidence is words, not pages
		p.Parts = []part{{Text: clip(e.Text, enough), Mark: true}}
		return p
	}
	p.at, p.marks = sentenceAround(r.text, at), []span{at}
	return p
}

func (p *passage) same(q *passage) bool {
	if p.Report != q.Report || (p.marks == nil) != (q.marks == nil) {
		return false
	}
	return p.at == q.at && (p.marks != nil || p.Parts[0] == q.Parts[0])
}

func (p *passage) join(q *passage) {
	p.marks = append(p.marks, q.marks...)
	for _, rule := range q.Rules {
		if !slices.Contains(p.Rules, rule) {
			p.Rules = append(p.Rules, rule)
		}
	}
}

// RuleNames are the rules that read the passage.
func (p *passage) RuleNames() string { return strings.Join(p.Rules, ", ") }

// Supported says of how many independent reports a value is the word; empty
// when it was not counted.
func (v *view) Supported(n, of int) string {
	if n == 0 || of < 2 {
		return ""
	}
	t, _ := v.site.texts.text(v.Lang, "support", strconv.Itoa(n), strconv.Itoa(of))
	return t
}
