package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"pakta"
	"pakta/index"
)

const (
	// openFacets are shown of each facet; the others fold away.
	openFacets = 7
	// maxNamed bounds the parties and sectors that a result names.
	maxNamed = 4
)

// results is what the search page shows.
type results struct {
	filter
	Text      string
	Start     bool // nothing was asked for: all agreements
	Total     int
	First     int // ordinals, from 1, of what is shown
	Last      int
	Items     []item
	Facets    []facet
	Chips     []chip
	Hidden    []hidden
	Provinces []province
	Sectors   []pakta.Sector
	Previous  string
	Next      string
	Page      int
	Pages     int
}

// item is one agreement of the result.
type item struct {
	*pakta.Agreement
	Link, Name, Date string
	Sectors          []string
	MoreSectors      int
	Heading          string // title of the oldest report
	Site             string
}

// facet is a list of values to narrow the result by.
type facet struct {
	Name   string
	Values []facetValue
	More   []facetValue
	On     bool
}

type facetValue struct {
	Label, Link string
	Count       int
	On          bool
	// Counted is false where the count would mislead: it is of the present
	// result, and the link leaves that for another value of the same facet.
	Counted bool
}

// chip is a filter that is on, and the address without it.
type chip struct{ Name, Label, Link string }

// hidden is a filter that the form has no field for and must carry along.
type hidden struct{ Name, Value string }

func (s *site) searchPage(v *view) error {
	f, err := s.parseFilter(v.r.URL.Query())
	if err != nil {
		return err
	}
	if v.unchanged(s.Search.Version()) {
		return nil
	}
	res, err := s.search(v.r.Context(), f.Query)
	if err != nil {
		return err
	}
	v.Title = f.Values.Get("q")
	return v.render(200, "search.html", v.results(f, res))
}

func (v *view) results(f filter, res *index.Result) *results {
	r := &results{
		filter: f, Text: f.Values.Get("q"), Total: res.Total,
		Provinces: v.site.names.provinces, Sectors: v.site.names.order,
		Chips: v.chips(f), Hidden: leftOver(f),
	}
	r.Start = r.Text == "" && !f.filtered() && f.Query.From == 0
	for _, a := range res.Agreements {
		r.Items = append(r.Items, v.item(a))
	}
	for _, name := range []string{"region", "sector", "year", "kind", "instrument", "status"} {
		if fc := v.facet(f, name, res.Facets[name]); len(fc.Values) > 0 {
			r.Facets = append(r.Facets, fc)
		}
	}
	r.paginate(v)
	return r
}

func (v *view) item(a *pakta.Agreement) item {
	it := item{Agreement: a, Link: v.AgreementLink(a.ID), Name: v.name(a)}
	if a.SignedOn != nil {
		it.Date = v.date(a.SignedOn.Value)
	}
	for i, s := range a.Sectors {
		if i == maxNamed {
			it.MoreSectors = len(a.Sectors) - i
			break
		}
		it.Sectors = append(it.Sectors, v.sector(s.Code, s.Name))
	}
	if len(a.Reports) > 0 {
		it.Heading, it.Site = a.Reports[0].Title, string(a.Reports[0].Site)
	}
	return it
}

// name is what an agreement is called: after its parties, else its regions,
// else what the first report is called.
func (v *view) name(a *pakta.Agreement) string {
	var parties []string
	for _, p := range a.Parties {
		parties = append(parties, v.short(p))
	}
	if len(parties) == 0 {
		for _, r := range a.Regions {
			parties = append(parties, r.Name)
		}
	}
	switch {
	case len(parties) > 0:
		return v.join(parties)
	case len(a.Reports) > 0 && a.Reports[0].Title != "":
		return a.Reports[0].Title
	}
	return a.ID
}

// short is a party's name; a regional government goes by its region's.
func (v *view) short(p pakta.Party) string {
	if r, ok := v.site.names.regions[string(p.Region)]; ok && p.Type == pakta.RegionalGovernment {
		return r.Name
	}
	return p.Name
}

// join lists names as a sentence does, the first few of them.
func (v *view) join(all []string) string {
	and, _ := v.site.texts.text(v.Lang, "list.and")
	if len(all) > maxNamed {
		more, _ := v.site.texts.text(v.Lang, "list.more", len(all)-maxNamed+1)
		all = append(slices.Clone(all[:maxNamed-1]), more)
	}
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	last := len(all) - 1
	return strings.Join(all[:last], ", ") + " " + and + " " + all[last]
}

// facet makes the links of one facet. A value that is on comes first and its
// link takes it off; a year sets both ends of the period.
func (v *view) facet(f filter, name string, counts []index.FacetCount) facet {
	fc := facet{Name: name}
	var values []facetValue
	for _, c := range counts {
		if c.Value == "" {
			continue // an agreement without the value
		}
		fv := facetValue{Label: v.label(name, c.Value), Count: c.Count}
		fv.On = f.has(name, c.Value)
		fc.On = fc.On || fv.On
		fv.Link = v.address("/", f.toggled(name, c.Value, fv.On))
		values = append(values, fv)
	}
	for i := range values {
		values[i].Counted = !fc.On || values[i].On
	}
	if name == "year" {
		slices.SortStableFunc(values, func(a, b facetValue) int { return strings.Compare(b.Label, a.Label) })
	}
	slices.SortStableFunc(values, func(a, b facetValue) int { return order(b.On) - order(a.On) })
	cut := min(openFacets, len(values))
	fc.Values, fc.More = values[:cut], values[cut:]
	return fc
}

func order(on bool) int {
	if on {
		return 1
	}
	return 0
}

func (f filter) has(name, value string) bool {
	if name == "year" {
		return f.Values.Get("since") == value && f.Values.Get("until") == value
	}
	return slices.Contains(f.Values[name], value)
}

// toggled is the query string's values with the facet's value set in place of
// others of its kind, or taken off when it is on.
func (f filter) toggled(name, value string, on bool) url.Values {
	if name == "year" {
		out := f.with("since")
		out.Del("until")
		if !on {
			out.Set("since", value)
			out.Set("until", value)
		}
		return out
	}
	if on {
		return f.without(name, value)
	}
	return f.with(name, value)
}

// chips are the filters that are on, in the order of the parameters.
func (v *view) chips(f filter) []chip {
	var out []chip
	for _, name := range parameters {
		if name == "q" || name == "sort" || name == "from" || name == "size" {
			continue
		}
		for _, value := range f.Values[name] {
			label := v.label(name, value)
			if name == "since" || name == "until" {
				label = v.date(value)
			}
			out = append(out, chip{Name: name, Label: label, Link: v.address("/", f.without(name, value))})
		}
	}
	return out
}

// leftOver are the values that the form's fields, one value each, cannot show.
func leftOver(f filter) []hidden {
	var out []hidden
	for _, name := range slices.Sorted(maps.Keys(f.Values)) {
		values := f.Values[name]
		switch name {
		case "q", "since", "until", "sort", "from":
			continue
		case "law", "official", "size":
		default:
			values = values[1:]
		}
		for _, value := range values {
			out = append(out, hidden{name, value})
		}
	}
	return out
}

// Chosen says whether a select of the form shows the value.
func (r *results) Chosen(name, value string) bool { return r.Values.Get(name) == value }

// ExportLink is the address of all agreements of the result.
func (r *results) ExportLink(format string) string {
	q := r.with("format", format)
	q.Del("size")
	q.Del("sort")
	return "/api/v1/export?" + q.Encode()
}

// JSONLink is the address of this result as JSON.
func (r *results) JSONLink() string {
	if len(r.Values) == 0 {
		return "/api/v1/search"
	}
	return "/api/v1/search?" + r.Values.Encode()
}

// Kinds, Instruments, Statuses and Sorts are the choices of the form.
func (r *results) Kinds() []pakta.Kind                 { return pakta.Kinds() }
func (r *results) Instruments() []pakta.InstrumentType { return pakta.InstrumentTypes() }
func (r *results) Statuses() []pakta.Status            { return pakta.Statuses() }
func (r *results) Sorts() []string                     { return []string{"relevance", "newest", "oldest"} }

// paginate makes the links to the pages before and after.
func (r *results) paginate(v *view) {
	from, size := r.Query.From, max(1, r.Query.Size)
	if len(r.Items) > 0 {
		r.First, r.Last = from+1, from+len(r.Items)
	}
	r.Page, r.Pages = from/size+1, (r.Total+size-1)/size
	to := func(from int) string {
		q := r.with("from", strconv.Itoa(from))
		if from == 0 {
			q.Del("from")
		}
		return v.address("/", q)
	}
	if from > 0 {
		r.Previous = to(max(0, from-size))
	}
	if next := from + size; next < r.Total && next <= maxFrom {
		r.Next = to(next)
	}
}

// ClearLink is the address of the text without any filter.
func (v *view) ClearLink(text string) string {
	if text == "" {
		return v.Link("/")
	}
	return v.Link("/", "q", text)
}

// Label is [view.label] for templates.
func (v *view) Label(field string, value any) string {
	switch value := value.(type) {
	case string:
		return v.label(field, value)
	case pakta.Kind:
		return v.label(field, string(value))
	case pakta.Status:
		return v.label(field, string(value))
	case pakta.InstrumentType:
		return v.label(field, string(value))
	}
	return ""
}

// Sector is [view.sector] for templates.
func (v *view) Sector(s pakta.Sector) string { return v.sector(s.Code, s.Name) }
