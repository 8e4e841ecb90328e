package eval

import (
	"slices"
	"strings"

	"pakta"
)

// Scorer compares records with labels. It is safe for concurrent use.
type Scorer struct {
	codes   map[string]string // folded official name of a region to its code
	regions map[string]pakta.Region
	sectors map[string]string // code to name
}

// NewScorer makes a scorer that knows these regions and sectors by name.
func NewScorer(regions []pakta.Region, sectors []pakta.Sector) *Scorer {
	s := &Scorer{
		codes:   make(map[string]string, len(regions)),
		regions: make(map[string]pakta.Region, len(regions)),
		sectors: make(map[string]string, len(sectors)),
	}
	for _, r := range regions {
		s.codes[fold(r.Name)] = r.Code
		s.regions[r.Code] = r
	}
	for _, c := range sectors {
		s.sectors[c.Code] = c.Name
	}
	return s
}

// Result is what comparing one article gave.
type Result struct {
	Counts [numFields]Count // by Field
	Faults []Fault          // in the order of fields
}

// item is one value of a field.
type item struct {
	key   string // what is compared
	shown string // what people read
	// evidence, of a record's value, and words, of a label's, say where it
	// stands; the first word that is found counts.
	evidence []pakta.Evidence
	words    []string
}

// Score compares the record of an article with its labels. The article's text
// must be the one that the evidence counts in.
func (s *Scorer) Score(a *Article, rec *pakta.Record) Result {
	var out Result
	text := a.Canonical()
	for _, f := range Fields() {
		if f >= Instruments && !*a.Gold.IsAgreement {
			break
		}
		want, got := comparisons[f](s, &a.Gold, rec)
		want, got = unique(want), unique(got)
		c := &out.Counts[f]
		for _, w := range want {
			if has(got, w.key) {
				c.Right++
				continue
			}
			c.Missed++
			out.Faults = append(out.Faults, missed(a, f, w, text))
		}
		for _, g := range got {
			if !has(want, g.key) {
				c.Wrong++
				out.Faults = append(out.Faults, wrong(a, f, g, text))
			}
		}
	}
	return out
}

// unique drops values that stand twice, and sorts.
func unique(items []item) []item {
	slices.SortStableFunc(items, func(a, b item) int { return strings.Compare(a.key, b.key) })
	return slices.CompactFunc(items, func(a, b item) bool { return a.key == b.key })
}

func has(items []item, key string) bool {
	return slices.ContainsFunc(items, func(i item) bool { return i.key == key })
}

// comparisons are the values of each field, as labels and records have them.
var comparisons = [numFields]func(*Scorer, *Labels, *pakta.Record) (want, got []item){
	Relevance: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		return yes(*l.IsAgreement), yes(r.Agreement)
	},
	Dates: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		want = collect(l.Dates, func(d LabelDate) item { return item{key: d.Value, words: []string{d.Text}} })
		return want, collect(r.Dates, func(d pakta.Date) item { return item{key: d.Value, evidence: d.Evidence} })
	},
	Regions: func(s *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		return collect(l.Regions, s.region), collect(r.Regions, func(m pakta.RegionMention) item {
			return item{key: m.Code, shown: m.Name, evidence: m.Evidence}
		})
	},
	LegalRefs: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		return collect(l.LegalRefs, law), collect(r.LegalRefs, func(v pakta.LegalRef) item {
			return item{key: foldLaw(v.ID), shown: v.ID, evidence: v.Evidence}
		})
	},
	OfficialNames: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		return officials(l, r, func(name, _ string) (key, shown string) { return foldPerson(name), name })
	},
	OfficialPositions: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		return officials(l, r, func(name, position string) (key, shown string) {
			return foldPerson(name) + "\n" + foldPosition(position), name + ", " + position
		})
	},
	Instruments: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		want = collect(l.Instruments, func(t string) item { return item{key: t, words: instrumentWords(t)} })
		got = collect(r.Instruments, func(i pakta.Instrument) item { return item{key: string(i.Type), evidence: i.Evidence} })
		return named(want), named(got)
	},
	Kind: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		return one(string(l.Kind)), one(string(r.Kind), r.Evidence.Kind...)
	},
	Status: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		return one(string(l.Status)), one(string(r.Status), r.Evidence.Status...)
	},
	SignedOn: func(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		want = one(string(l.SignedOn))
		for i := range want {
			for _, d := range l.Dates {
				if d.Value == want[i].key {
					want[i].words = append(want[i].words, d.Text)
				}
			}
		}
		if r.SignedOn != nil {
			got = one(r.SignedOn.Value, r.SignedOn.Evidence...)
		}
		return want, got
	},
	Venue:   venues,
	Parties: (*Scorer).parties,
	Sectors: func(s *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
		want = collect(l.Sectors, func(code string) item { return item{key: code, shown: strings.TrimSpace(code + " " + s.sectors[code])} })
		return want, collect(r.Sectors, func(m pakta.SectorMention) item {
			return item{key: m.Code, shown: m.Code + " " + m.Name, evidence: m.Evidence}
		})
	},
}

// collect makes an item of each value.
func collect[T any](values []T, of func(T) item) []item {
	out := make([]item, 0, len(values))
	for _, v := range values {
		i := of(v)
		if i.shown == "" {
			i.shown = i.key
		}
		out = append(out, i)
	}
	return out
}

// one is the items of a field that has one value or, empty, none.
func one(value string, evidence ...pakta.Evidence) []item {
	if value == "" {
		return nil
	}
	return []item{{key: value, shown: value, evidence: evidence}}
}

func yes(is bool) []item {
	if !is {
		return nil
	}
	return one("yes")
}

// named leaves lainnya out where there is something else.
func named(items []item) []item {
	lainnya := func(i item) bool { return i.key == string(pakta.Lainnya) }
	if others := slices.DeleteFunc(slices.Clone(items), lainnya); len(others) > 0 {
		return others
	}
	return items
}

// region is the item of a region's official name. One that the table lacks
// equals no code.
func (s *Scorer) region(name string) item {
	code, ok := s.codes[fold(name)]
	if !ok {
		return item{key: "?" + fold(name), shown: name + " (no such region)", words: []string{name}}
	}
	return item{key: code, shown: name, words: []string{name, s.regions[code].Short}}
}

// officials are the persons that have a name.
func officials(l *Labels, r *pakta.Record, of func(name, position string) (key, shown string)) (want, got []item) {
	want = collect(l.Officials, func(o LabelOfficial) item {
		key, shown := of(o.Name, string(o.Position))
		return item{key: key, shown: shown, words: []string{o.Name}}
	})
	for _, o := range r.Officials {
		if o.Name != "" {
			key, shown := of(string(o.Name), string(o.Position))
			got = append(got, item{key: key, shown: shown, evidence: o.Evidence})
		}
	}
	return want, got
}

// venues counts a name that holds the other, or is held by it, for the same.
func venues(_ *Scorer, l *Labels, r *pakta.Record) (want, got []item) {
	name := fold(string(l.Venue))
	if name != "" {
		want = []item{{key: name, shown: string(l.Venue), words: []string{string(l.Venue)}}}
	}
	if r.Venue == nil || fold(r.Venue.Name) == "" {
		return want, nil
	}
	i := item{key: fold(r.Venue.Name), shown: r.Venue.Name, evidence: r.Venue.Evidence}
	if name != "" && within(name, i.key) {
		i.key = name
	}
	return want, []item{i}
}

// parties are regions by code; other bodies by name, where one that holds the
// label's, or is held by it, is the same.
func (s *Scorer) parties(l *Labels, r *pakta.Record) (want, got []item) {
	want = collect(l.Parties, func(p LabelParty) item {
		i := item{key: fold(p.Text), shown: p.Text}
		if p.Region != "" {
			i = s.region(string(p.Region))
		}
		i.words = append([]string{p.Text}, i.words...)
		return i
	})
	for _, p := range r.Parties {
		i := item{key: fold(p.Name), shown: p.Name, evidence: p.Evidence}
		if p.Region != "" && p.Type == pakta.RegionalGovernment {
			i.key = string(p.Region)
		} else if at := slices.IndexFunc(want, func(w item) bool { return isName(w.key) && within(w.key, i.key) }); at >= 0 {
			i.key = want[at].key
		}
		got = append(got, i)
	}
	return want, got
}

// isName tells the key of a body from the code of a region.
func isName(key string) bool { return key != "" && (key[0] < '0' || key[0] > '9') }

func within(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }

// law is the item of a law's id, with the ways of writing number and year
// that texts prefer.
func law(id string) item {
	i := item{key: foldLaw(id), shown: id, words: []string{id}}
	if m := lawID.FindStringSubmatch(fold(id)); m != nil {
		i.words = append(i.words, m[2]+" tahun "+m[3], m[2]+"/"+m[3])
	}
	return i
}

// instrumentWords are words that say a type of instrument.
func instrumentWords(typ string) []string {
	words := []string{strings.ReplaceAll(typ, "_", " ")}
	switch pakta.InstrumentType(typ) {
	case pakta.NotaKesepahaman:
		words = append(words, "mou", "kesepahaman")
	case pakta.PerjanjianKerjaSama:
		words = append(words, "perjanjian kerjasama", "pks")
	case pakta.Lainnya:
		words = nil
	}
	return words
}
