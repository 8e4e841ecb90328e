package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"pakta"
	"pakta/index"
)

const (
	// maxText bounds the search text, in runes: four times the longest query
	// that a person has reason to type.
	maxText = 1000
	// maxValues bounds the values of one filter.
	maxValues = 50
	// defaultSize fits a page that one scrolls through; maxSize bounds what
	// the API holds in memory for one answer.
	defaultSize = 20
	maxSize     = 200
	// maxFrom bounds paging. Whoever wants more than this reads the export,
	// which costs the same for each agreement.
	maxFrom = 10_000
)

// parameters are the names that a query string may use, beside lang.
var parameters = [...]string{
	"q", "region", "sector", "kind", "instrument", "status", "law", "official", "since", "until", "sort", "from", "size",
}

// sorts are the orders of results.
var sorts = [...]string{"relevance", "newest", "oldest", "id"}

// filter is what a query string asks for.
type filter struct {
	// Values are the parameters that say something, trimmed and without
	// repetitions: what the links of the page are made of.
	Values url.Values
	Query  index.Query
}

// parseFilter reads a query string; its faults name the parameter.
func (s *site) parseFilter(in url.Values) (filter, error) {
	f := filter{Values: tidy(in)}
	for name, values := range f.Values {
		if len(values) > maxValues {
			return f, badParameter(name, strconv.Itoa(len(values)), "<= "+strconv.Itoa(maxValues))
		}
		for _, v := range values {
			if utf8.RuneCountInString(v) > maxText {
				return f, badParameter(name, v, "<= "+strconv.Itoa(maxText))
			}
		}
	}
	q, err := index.ParseQuery(f.Values.Get("q"))
	if err != nil {
		return f, &fault{code: 400, key: "fault.query", detail: err.Error()}
	}
	f.Query = q
	if err := s.addCodes(&f); err != nil {
		return f, err
	}
	f.Query.Laws = append(f.Query.Laws, f.Values["law"]...)
	f.Query.Officials = append(f.Query.Officials, f.Values["official"]...)
	if err := addDates(&f); err != nil {
		return f, err
	}
	return f, addPaging(&f)
}

// tidy keeps the values of known parameters that are not blank, once each.
func tidy(in url.Values) url.Values {
	out := url.Values{}
	for _, name := range parameters {
		for _, v := range in[name] {
			v = strings.TrimSpace(strings.ToValidUTF8(v, "\uFFFD"))
			if v != "" && !slices.Contains(out[name], v) {
				out[name] = append(out[name], v)
			}
		}
	}
	return out
}

// addCodes adds the filters whose values are codes.
func (s *site) addCodes(f *filter) error {
	for _, code := range f.Values["region"] {
		if _, ok := s.names.regions[code]; !ok && len(s.names.regions) > 0 {
			return badParameter("region", code, "15, 15.04")
		}
		f.Query.Regions = append(f.Query.Regions, code)
	}
	for _, code := range f.Values["sector"] {
		if _, ok := s.names.sectors[code]; !ok && len(s.names.sectors) > 0 {
			return badParameter("sector", code, "1.01 – 3.32")
		}
		f.Query.Sectors = append(f.Query.Sectors, code)
	}
	var err error
	if f.Query.Kinds, err = codes(f, "kind", f.Query.Kinds, pakta.ParseKind, pakta.Kinds()); err != nil {
		return err
	}
	if f.Query.Statuses, err = codes(f, "status", f.Query.Statuses, pakta.ParseStatus, pakta.Statuses()); err != nil {
		return err
	}
	f.Query.Instruments, err = codes(f, "instrument", f.Query.Instruments, pakta.ParseInstrumentType, pakta.InstrumentTypes())
	return err
}

// codes appends the values of an enumeration to those that the query has.
func codes[T ~string](f *filter, name string, have []string, parse func(string) (T, error), all []T) ([]string, error) {
	for i, value := range f.Values[name] {
		v, err := parse(value)
		if err != nil {
			return nil, badParameter(name, value, list(all))
		}
		f.Values[name][i] = string(v)
		have = append(have, string(v))
	}
	return have, nil
}

func list[T ~string](all []T) string {
	names := make([]string, len(all))
	for i, v := range all {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

func addDates(f *filter) error {
	for name, to := range map[string]*string{"since": &f.Query.Since, "until": &f.Query.Until} {
		value := f.Values.Get(name)
		if value == "" {
			continue
		}
		if !isDate(value) {
			return badParameter(name, value, "2025, 2025-08, 2025-08-31")
		}
		*to = value
	}
	return nil
}

func isDate(s string) bool {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

func addPaging(f *filter) error {
	f.Query.Sort = f.Values.Get("sort")
	if f.Query.Sort != "" && !slices.Contains(sorts[:], f.Query.Sort) {
		return badParameter("sort", f.Query.Sort, strings.Join(sorts[:], ", "))
	}
	f.Query.Size = defaultSize
	for _, p := range []struct {
		name     string
		to       *int
		min, max int
	}{
		{"from", &f.Query.From, 0, maxFrom},
		{"size", &f.Query.Size, 0, maxSize},
	} {
		value := f.Values.Get(p.name)
		if value == "" {
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil || n < p.min || n > p.max {
			return badParameter(p.name, value, strconv.Itoa(p.min)+" – "+strconv.Itoa(p.max))
		}
		*p.to = n
	}
	return nil
}

// filtered says whether anything but the text narrows the result.
func (f filter) filtered() bool {
	for _, name := range parameters {
		if name != "q" && name != "sort" && name != "from" && name != "size" && f.Values.Has(name) {
			return true
		}
	}
	return false
}

// with is the query string's values with the parameter's set anew, or gone
// when there are none; it leads to the first page of the result.
func (f filter) with(name string, values ...string) url.Values {
	out := maps.Clone(f.Values)
	out.Del("from")
	out.Del(name)
	if len(values) > 0 {
		out[name] = slices.Clone(values)
	}
	return out
}

// without is the values with one value of the parameter gone.
func (f filter) without(name, value string) url.Values {
	rest := slices.DeleteFunc(slices.Clone(f.Values[name]), func(v string) bool { return v == value })
	return f.with(name, rest...)
}
