package merge

import (
	"cmp"
	"slices"
	"strings"

	"pakta"
)

// consensus makes one agreement of the reports of a cluster. Its id is given
// later.
func consensus(c *cluster) *pakta.Agreement {
	slices.SortFunc(c.reports, func(a, b *report) int {
		x, y := &a.rec.Article, &b.rec.Article
		return cmp.Or(x.Published.Compare(y.Published.Time), cmp.Compare(x.ID, y.ID))
	})
	recs := make([]*pakta.Record, len(c.reports))
	for i, r := range c.reports {
		recs[i] = r.rec
	}
	v := voters{recs: recs, voice: voices(recs)}
	ag := &pakta.Agreement{
		Schema: pakta.AgreementSchemaID, IndependentReports: v.count(), Conflicts: []pakta.FieldConflict{}, Links: []pakta.Link{},
	}
	for _, rec := range recs {
		ag.Reports = append(ag.Reports, rec.Article)
	}
	v.lists(ag)
	v.scalars(ag)
	return ag
}

// voters are the records of one agreement. voice[i] is the number of the
// independent report that record i speaks for: copies share one.
type voters struct {
	recs  []*pakta.Record
	voice []int
}

// voices numbers the independent reports. Two records are copies when they
// come from one site, have the same headline, or read every party and person
// from the same words: records do not carry the text, so equal evidence
// stands for equal paragraphs.
func voices(recs []*pakta.Record) []int {
	voice := make([]int, len(recs))
	first := map[string]int{}
	next := 0
	for i, rec := range recs {
		keys := []string{"title " + strings.ToLower(rec.Article.Title), "text " + fingerprint(rec)}
		if rec.Article.Site != "" {
			keys = append(keys, "site "+string(rec.Article.Site))
		}
		voice[i] = -1
		for _, k := range keys {
			if n, ok := first[k]; ok {
				voice[i] = n
				break
			}
		}
		if voice[i] < 0 {
			voice[i] = next
			next++
		}
		for _, k := range keys {
			if _, ok := first[k]; !ok {
				first[k] = voice[i]
			}
		}
	}
	return voice
}

func fingerprint(rec *pakta.Record) string {
	var b strings.Builder
	rec.EachEvidence(func(e pakta.Evidence) {
		b.WriteString(e.Text)
		b.WriteByte(0)
	})
	return b.String()
}

func (v *voters) count() int { return len(v.voices(v.all())) }

func (v *voters) all() []int {
	all := make([]int, len(v.recs))
	for i := range all {
		all[i] = i
	}
	return all
}

// voices are the independent reports among some records.
func (v *voters) voices(records []int) []int {
	var out []int
	for _, i := range records {
		if !slices.Contains(out, v.voice[i]) {
			out = append(out, v.voice[i])
		}
	}
	return out
}

// said is one value and the records that give it.
type said[T any] struct {
	value    T
	evidence []pakta.Evidence
	records  []int
}

// gather collects the values of a list field by key, in the order they are
// first given.
func gather[T any](v *voters, list func(*pakta.Record) []T, key func(T) string, evidence func(T) []pakta.Evidence) []*said[T] {
	var out []*said[T]
	at := map[string]*said[T]{}
	for i, rec := range v.recs {
		for _, x := range list(rec) {
			k := key(x)
			s := at[k]
			if s == nil {
				s = &said[T]{value: x}
				at[k] = s
				out = append(out, s)
			}
			s.add(v, i, evidence(x))
		}
	}
	return out
}

func (s *said[T]) add(v *voters, i int, evidence []pakta.Evidence) {
	if n := len(s.records); n == 0 || s.records[n-1] != i {
		s.records = append(s.records, i)
	}
	s.evidence = append(s.evidence, reported(evidence, v.recs[i].Article.ID)...)
}

// reported is evidence with the id of its report.
func reported(evidence []pakta.Evidence, id string) []pakta.Evidence {
	out := make([]pakta.Evidence, len(evidence))
	for i, e := range evidence {
		e.Report = id
		out[i] = e
	}
	return out
}

// merged turns gathered values into a list; set puts evidence and support in.
func merged[T any](v *voters, all []*said[T], set func(*T, []pakta.Evidence, int)) []T {
	out := make([]T, 0, len(all))
	for _, s := range all {
		set(&s.value, s.evidence, len(v.voices(s.records)))
		out = append(out, s.value)
	}
	return out
}

// lists fills the list fields: every value that any report gives.
func (v *voters) lists(ag *pakta.Agreement) {
	ag.Instruments = merged(v, gather(v, func(r *pakta.Record) []pakta.Instrument { return r.Instruments },
		func(x pakta.Instrument) string { return string(x.Type) }, func(x pakta.Instrument) []pakta.Evidence { return x.Evidence }),
		func(x *pakta.Instrument, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	ag.Parties = merged(v, v.parties(), func(x *pakta.Party, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	ag.Regions = merged(v, gather(v, func(r *pakta.Record) []pakta.RegionMention { return r.Regions },
		func(x pakta.RegionMention) string { return x.Code }, func(x pakta.RegionMention) []pakta.Evidence { return x.Evidence }),
		func(x *pakta.RegionMention, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	ag.Officials = merged(v, v.officials(), func(x *pakta.Official, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	ag.LegalRefs = merged(v, gather(v, func(r *pakta.Record) []pakta.LegalRef { return r.LegalRefs },
		func(x pakta.LegalRef) string { return x.ID + " " + string(x.Pinpoint) }, func(x pakta.LegalRef) []pakta.Evidence { return x.Evidence }),
		func(x *pakta.LegalRef, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	ag.Sectors = merged(v, gather(v, func(r *pakta.Record) []pakta.SectorMention { return r.Sectors },
		func(x pakta.SectorMention) string { return x.Code }, func(x pakta.SectorMention) []pakta.Evidence { return x.Evidence }),
		func(x *pakta.SectorMention, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	slices.SortFunc(ag.Sectors, func(a, b pakta.SectorMention) int { return cmp.Compare(a.Code, b.Code) })
	ag.SectorsOther = merged(v, gather(v, func(r *pakta.Record) []pakta.OtherSector { return r.SectorsOther },
		func(x pakta.OtherSector) string { return strings.ToLower(x.Text) }, func(x pakta.OtherSector) []pakta.Evidence { return x.Evidence }),
		func(x *pakta.OtherSector, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	ag.Numbers = merged(v, gather(v, func(r *pakta.Record) []pakta.Number { return r.Numbers },
		func(x pakta.Number) string { return strings.ToLower(x.Value) }, func(x pakta.Number) []pakta.Evidence { return x.Evidence }),
		func(x *pakta.Number, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
	ag.Forums = merged(v, gather(v, func(r *pakta.Record) []pakta.Forum { return r.Forums },
		func(x pakta.Forum) string { return x.Name }, func(x pakta.Forum) []pakta.Evidence { return x.Evidence }),
		func(x *pakta.Forum, e []pakta.Evidence, n int) { x.Evidence, x.Support = e, n })
}

// parties gathers parties: regions by code, others by a shared name, of which
// the longest is kept.
func (v *voters) parties() []*said[pakta.Party] {
	var out []*said[pakta.Party]
	for i, rec := range v.recs {
		for _, p := range rec.Parties {
			j := slices.IndexFunc(out, func(s *said[pakta.Party]) bool { return sameParty(s.value, p) })
			if j < 0 {
				j = len(out)
				out = append(out, &said[pakta.Party]{value: p})
			} else if len(p.Name) > len(out[j].value.Name) && p.Region == "" {
				out[j].value.Name = p.Name
			}
			out[j].add(v, i, p.Evidence)
		}
	}
	return out
}

func sameParty(a, b pakta.Party) bool {
	if a.Region != "" || b.Region != "" {
		return a.Region == b.Region && a.Type == b.Type
	}
	return sharesBody([]string{foldBody(a.Name)}, []string{foldBody(b.Name)})
}

// officials gathers persons: the same office and names that fit each other,
// of which the fullest is kept.
func (v *voters) officials() []*said[pakta.Official] {
	var out []*said[pakta.Official]
	for i, rec := range v.recs {
		for _, o := range rec.Officials {
			j := slices.IndexFunc(out, func(s *said[pakta.Official]) bool { return samePerson(&s.value, &o) })
			if j < 0 {
				j = len(out)
				o.Titles, o.Roles = slices.Clone(o.Titles), slices.Clone(o.Roles)
				out = append(out, &said[pakta.Official]{value: o})
			} else {
				joinPerson(&out[j].value, &o)
			}
			out[j].add(v, i, o.Evidence)
		}
	}
	return out
}

func samePerson(a, b *pakta.Official) bool {
	if a.Position != b.Position || a.Region != b.Region || a.Collective != b.Collective || (a.Name == "") != (b.Name == "") {
		return false
	}
	x, y := nameWords(string(a.Name)), nameWords(string(b.Name))
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, w := range x {
		if !slices.ContainsFunc(y, func(o string) bool { return w == o || len(w) > 3 && near(w, o) }) {
			return false
		}
	}
	return true
}

func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == ' ' || r == '.' || r == ',' })
}

// near reports whether two words differ by one letter at most: newsrooms
// misspell names.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i >= len(a)-1 || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

func joinPerson(into, o *pakta.Official) {
	if len(o.Name) > len(into.Name) {
		into.Name = o.Name
	}
	if into.Acting == "" {
		into.Acting = o.Acting
	}
	for _, t := range o.Titles {
		if !slices.Contains(into.Titles, t) {
			into.Titles = append(into.Titles, t)
		}
	}
	for _, r := range o.Roles {
		if !slices.Contains(into.Roles, r) {
			into.Roles = append(into.Roles, r)
		}
	}
}
