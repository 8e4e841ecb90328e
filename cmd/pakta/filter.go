package main

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"pakta"
	"pakta/index"
	"pakta/rules"
)

// filter are the flags that narrow a search or an export.
type filter struct {
	regions, sectors, instruments, kinds, laws, officials, statuses []string
	since, until                                                    string
}

func (q *filter) register(f *flags) {
	f.StringSliceVar(&q.regions, "region", nil, "with this `REGION`: a name or code, a province for all of it (may be repeated)")
	f.StringSliceVar(&q.sectors, "sector", nil, "in this `SECTOR`: a code such as 1.01, or its name")
	f.StringVar(&q.since, "since", "", "signed on or after `DATE` (2020, 2020-03 or 2020-03-01)")
	f.StringVar(&q.until, "until", "", "signed on or before `DATE`")
	f.StringSliceVar(&q.instruments, "instrument", nil, "of this `FORM`: "+listOf(pakta.InstrumentTypes()))
	f.StringSliceVar(&q.kinds, "kind", nil, "of this `KIND`: "+listOf(pakta.Kinds()))
	f.StringSliceVar(&q.laws, "law", nil, `that cites this `+"`LAW`"+`, such as "UU 23/2014"`)
	f.StringArrayVar(&q.officials, "official", nil, "that names this `PERSON` (part of the name)")
	f.StringSliceVar(&q.statuses, "status", nil, "with this `STATUS`: "+listOf(pakta.Statuses()))
}

// listOf lists the values of an enumeration for help.
func listOf[T ~string](all []T) string {
	words := make([]string, len(all))
	for i, v := range all {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}

// query is what the words and the flags ask for together.
func (q *filter) query(e *env, words []string) (index.Query, error) {
	out, err := index.ParseQuery(strings.Join(words, " "))
	if err != nil {
		return index.Query{}, usagef("query: %w", err)
	}
	if q.since != "" {
		out.Since = q.since
	}
	if q.until != "" {
		out.Until = q.until
	}
	out.Kinds = append(out.Kinds, q.kinds...)
	out.Instruments = append(out.Instruments, q.instruments...)
	out.Statuses = append(out.Statuses, q.statuses...)
	out.Officials = append(out.Officials, q.officials...)
	for _, l := range q.laws {
		out.Laws = append(out.Laws, lawID(l))
	}
	if err := q.names(e, &out); err != nil {
		return index.Query{}, err
	}
	if err := out.Check(); err != nil {
		return index.Query{}, &usageError{err}
	}
	return out, nil
}

// names adds regions and sectors by their codes. The rules, which know the
// names, are loaded only when there is one to look up.
func (q *filter) names(e *env, out *index.Query) error {
	regions := append(out.Regions, q.regions...)
	sectors := append(out.Sectors, q.sectors...)
	out.Regions, out.Sectors = nil, nil
	if !slices.ContainsFunc(regions, isNoRegionCode) && !slices.ContainsFunc(sectors, isNoSectorCode) {
		out.Regions, out.Sectors = regions, sectors
		return nil
	}
	set, err := loadRules(e)
	if err != nil {
		return err
	}
	for _, name := range regions {
		codes, err := regionCodes(e, set, name)
		if err != nil {
			return err
		}
		out.Regions = append(out.Regions, codes...)
	}
	for _, name := range sectors {
		code, err := sectorCode(set, name)
		if err != nil {
			return err
		}
		out.Sectors = append(out.Sectors, code)
	}
	return nil
}

func isNoRegionCode(s string) bool { return !regionCode.MatchString(s) }

// isNoSectorCode tells names from codes such as "1.01".
func isNoSectorCode(s string) bool {
	return len(s) != 4 || s[1] != '.' || strings.Trim(s, "0123456789.") != ""
}

// regionCodes are the codes of the regions that go by the name. Several are
// taken together, since "Bandung" may be meant as either.
func regionCodes(e *env, set *rules.Set, name string) ([]string, error) {
	if !isNoRegionCode(name) {
		return []string{name}, nil
	}
	found := set.FindRegions(name)
	if len(found) == 0 {
		var names []string
		for _, r := range set.Regions() {
			names = append(names, r.Short)
		}
		return nil, usagef("no region is called %.60q%s", name, didYouMean(name, names))
	}
	var codes, told []string
	for _, r := range found {
		codes = append(codes, r.Code)
		told = append(told, r.Name+" ("+r.Code+")")
	}
	if len(found) > 1 {
		e.say("pakta: %q is taken as any of %s", name, strings.Join(told, ", "))
	}
	return codes, nil
}

// sectorCode is the code of the sector that goes by the name.
func sectorCode(set *rules.Set, name string) (string, error) {
	if !isNoSectorCode(name) {
		return name, nil
	}
	var names []string
	for _, s := range set.Sectors() {
		if strings.EqualFold(s.Name, name) {
			return s.Code, nil
		}
		names = append(names, s.Name)
	}
	for _, s := range set.Sectors() {
		if strings.Contains(strings.ToLower(s.Name), strings.ToLower(name)) {
			return s.Code, nil
		}
	}
	return "", usagef("no sector is called %.60q%s", name, didYouMean(name, names))
}

// lawID brings what people type, "uu 23 tahun 2014", into the form of a law's
// id, "UU 23/2014". What it does not understand stays as it is.
func lawID(s string) string {
	words := strings.Fields(strings.NewReplacer("/", " ", ".", " ").Replace(s))
	words = slices.DeleteFunc(words, func(w string) bool {
		return strings.EqualFold(w, "tahun") || strings.EqualFold(w, "nomor") || strings.EqualFold(w, "no")
	})
	if len(words) != 3 {
		return s
	}
	kind := words[0]
	if len(kind) <= 2 {
		kind = strings.ToUpper(kind)
	} else {
		kind = strings.ToUpper(kind[:1]) + strings.ToLower(kind[1:])
	}
	return kind + " " + words[1] + "/" + words[2]
}

// values is the query as the API takes it.
func queryValues(q index.Query) url.Values {
	v := url.Values{}
	if q.Text != "" {
		v.Set("q", q.Text)
	}
	for name, list := range map[string][]string{
		"region": q.Regions, "sector": q.Sectors, "kind": q.Kinds, "instrument": q.Instruments,
		"status": q.Statuses, "law": q.Laws, "official": q.Officials,
	} {
		if len(list) > 0 {
			v[name] = list
		}
	}
	for name, s := range map[string]string{"since": q.Since, "until": q.Until, "sort": q.Sort} {
		if s != "" {
			v.Set(name, s)
		}
	}
	if q.From > 0 {
		v.Set("from", strconv.Itoa(q.From))
	}
	if q.Size > 0 {
		v.Set("size", strconv.Itoa(q.Size))
	}
	return v
}
