package rules

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pakta"
)

// Regions are all provinces, kabupaten and kota, by code. The caller must not
// change them.
func (s *Set) Regions() []pakta.Region { return s.regions }

// RegionByCode finds a region by its Kemendagri code.
func (s *Set) RegionByCode(code string) (pakta.Region, bool) {
	i, ok := s.byCode[code]
	if !ok {
		return pakta.Region{}, false
	}
	return s.regions[i], true
}

// FindRegions finds the regions that a person may mean by a code, an official
// or short name, or an alias, whatever its case and spacing: "15.04", "batang
// hari", "Kota Bandung", "Jatim". Several mean that the name is ambiguous
// ("Bandung"); none, that it is unknown.
func (s *Set) FindRegions(name string) []pakta.Region {
	if r, ok := s.RegionByCode(strings.TrimSpace(name)); ok {
		return []pakta.Region{r}
	}
	var out []pakta.Region
	for _, i := range s.byName[foldName(name)] {
		out = append(out, s.regions[i])
	}
	return out
}

func (s *Set) compileRegions(complaints *Complaints) {
	rows := s.tables["regions"]
	s.regions = make([]pakta.Region, 0, len(rows))
	s.byCode = make(map[string]int, len(rows))
	s.byName = make(map[string][]int, 3*len(rows))
	for i := range rows {
		r := regionOf(&rows[i])
		s.byCode[r.Code] = i
		s.regions = append(s.regions, r)
		names := append([]string{r.Name, r.Short}, r.Aliases...)
		for _, alias := range r.Aliases {
			names = append(names, string(r.Kind)+" "+alias)
		}
		for _, n := range names {
			key := foldName(n)
			if !slices.Contains(s.byName[key], i) {
				s.byName[key] = append(s.byName[key], i)
			}
		}
	}
	for i := range rows {
		if p := s.regions[i].Province(); p != s.regions[i].Code {
			if _, ok := s.byCode[p]; !ok {
				complaints.add(rows[i].File, rows[i].Line, "region %s: there is no province %s", rows[i].ID, p)
			}
		}
	}
}

func regionOf(e *Entry) pakta.Region {
	lat, _ := strconv.ParseFloat(e.Attr("lat"), 64) // checkRegion has seen that it parses
	lon, _ := strconv.ParseFloat(e.Attr("lon"), 64)
	return pakta.Region{
		Code: e.ID, Name: e.Attr("name"), Short: e.Attr("short"), Kind: pakta.RegionKind(e.Attr("kind")),
		Capital: e.Attr("capital"), Lat: lat, Lon: lon, Aliases: e.List("aliases"),
	}
}

// SectorByCode finds an urusan by its code.
func (s *Set) SectorByCode(code string) (pakta.Sector, bool) {
	i, ok := slices.BinarySearchFunc(s.sectors, code, func(x pakta.Sector, c string) int { return cmp.Compare(x.Code, c) })
	if !ok {
		return pakta.Sector{}, false
	}
	return s.sectors[i], true
}

// Sectors are the 32 urusan, by code. The caller must not change them.
func (s *Set) Sectors() []pakta.Sector { return s.sectors }

func (s *Set) compileSectors(complaints *Complaints) {
	for _, e := range s.tables["sectors"] {
		s.sectors = append(s.sectors, pakta.Sector{Code: e.ID, Name: e.Attr("name"), Group: e.Attr("group"), Law: e.Attr("law")})
	}
	for _, e := range s.tables["sector_terms"] {
		for _, code := range e.List("sectors") {
			if _, ok := s.SectorByCode(code); !ok {
				complaints.add(e.File, e.Line, "sector %q: there is no such code in sectors.csv", code)
			}
		}
	}
}

// foldName is the key of a name: letters and digits only, in lower case.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
