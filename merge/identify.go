package merge

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pakta"
)

// Agreements joins the records into agreements, in order of id. Records that
// report no agreement are left out. An agreement keeps the id it had in
// previous as long as it has a report in common with it.
func Agreements(records []*pakta.Record, previous []*pakta.Agreement) []*pakta.Agreement {
	records = slices.DeleteFunc(slices.Clone(records), func(r *pakta.Record) bool { return !r.Agreement })
	var all []*cluster
	for _, b := range blocks(prepare(records)) {
		all = append(all, clusters(b)...)
	}
	all = joinByNumber(all)
	agreements := make([]*pakta.Agreement, len(all))
	for i, c := range all {
		agreements[i] = consensus(c)
	}
	slices.SortFunc(agreements, func(a, b *pakta.Agreement) int {
		return cmp.Or(a.Reports[0].Published.Compare(b.Reports[0].Published.Time), cmp.Compare(a.Reports[0].ID, b.Reports[0].ID))
	})
	identify(agreements, previous)
	link(agreements)
	slices.SortFunc(agreements, func(a, b *pakta.Agreement) int { return cmp.Compare(a.ID, b.ID) })
	return agreements
}

// identify gives every agreement its id.
func identify(agreements, previous []*pakta.Agreement) {
	idOf := map[string]string{} // report to the id it had
	taken := map[string]bool{}
	for _, p := range previous {
		taken[p.ID] = true
		for _, r := range p.Reports {
			idOf[r.ID] = p.ID
		}
	}
	given := map[string]bool{}
	for _, ag := range agreements {
		if id := inherited(ag, idOf, given); id != "" {
			ag.ID = id
			given[id] = true
		}
	}
	for _, ag := range agreements {
		if ag.ID != "" {
			continue
		}
		for n := 1; ; n++ {
			id := fmt.Sprintf("%s_%d", stem(ag), n)
			if !taken[id] {
				ag.ID, taken[id] = id, true
				break
			}
		}
	}
}

// inherited is the id that most of the reports had before; of equals the
// smallest, so that joining two agreements keeps the older one's.
func inherited(ag *pakta.Agreement, idOf map[string]string, given map[string]bool) string {
	votes := map[string]int{}
	for _, r := range ag.Reports {
		if id := idOf[r.ID]; id != "" && !given[id] {
			votes[id]++
		}
	}
	best := ""
	for id, n := range votes {
		if best == "" || n > votes[best] || n == votes[best] && id < best {
			best = id
		}
	}
	return best
}

// maxCodes is how many regions stand in an id; further ones are counted.
const maxCodes = 6

// instrumentCodes are the instruments in ids, firmest first.
var instrumentCodes = []struct {
	typ  pakta.InstrumentType
	code string
}{
	{pakta.KesepakatanBersama, "KB"}, {pakta.NotaKesepakatan, "NK"}, {pakta.NotaKesepahaman, "NKP"},
	{pakta.PerjanjianKerjaSama, "PKS"}, {pakta.RencanaKerja, "RK"}, {pakta.Lainnya, "L"},
}

// stem is the id without its count: "15.03-15.04_KB_2025".
func stem(ag *pakta.Agreement) string {
	codes := regionsOf(ag)
	if len(codes) == 0 {
		codes = []string{"none"}
	}
	regions := strings.Join(codes[:min(len(codes), maxCodes)], "-")
	if len(codes) > maxCodes {
		regions += "+" + strconv.Itoa(len(codes)-maxCodes)
	}
	return regions + "_" + instrumentCode(ag) + "_" + yearOf(ag)
}

func regionsOf(ag *pakta.Agreement) []string {
	var codes []string
	for _, p := range ag.Parties {
		if p.Type == pakta.RegionalGovernment && p.Region != "" {
			codes = append(codes, string(p.Region))
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// instrumentCode is that of the best supported instrument, the firmest of
// equals.
func instrumentCode(ag *pakta.Agreement) string {
	best, support := "L", 0
	for _, ic := range instrumentCodes {
		for _, in := range ag.Instruments {
			if in.Type == ic.typ && in.Support > support {
				best, support = ic.code, in.Support
			}
		}
	}
	return best
}

func yearOf(ag *pakta.Agreement) string {
	if ag.SignedOn != nil && len(ag.SignedOn.Value) >= 4 {
		return ag.SignedOn.Value[:4]
	}
	if p := ag.Reports[0].Published; !p.IsZero() {
		return strconv.Itoa(p.Year())
	}
	return "0000"
}

// link relates a perjanjian kerja sama to the newest earlier kesepakatan
// bersama or nota between the same regions.
func link(agreements []*pakta.Agreement) {
	byRegions := map[string][]*pakta.Agreement{}
	for _, ag := range agreements {
		key := strings.Join(regionsOf(ag), "-")
		byRegions[key] = append(byRegions[key], ag)
	}
	for _, ag := range agreements {
		if instrumentCode(ag) != "PKS" || ag.SignedOn == nil || len(regionsOf(ag)) < 2 {
			continue
		}
		var base *pakta.Agreement
		for _, o := range byRegions[strings.Join(regionsOf(ag), "-")] {
			code := instrumentCode(o)
			if (code == "KB" || code == "NK" || code == "NKP") && o.SignedOn != nil && o.SignedOn.Value < ag.SignedOn.Value &&
				(base == nil || o.SignedOn.Value > base.SignedOn.Value) {
				base = o
			}
		}
		if base != nil {
			ag.Links = append(ag.Links, pakta.Link{Type: "implements", ID: base.ID})
		}
	}
}
