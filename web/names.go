package web

import (
	"errors"
	"fmt"
	"strings"

	"pakta"
)

// names knows the regions and sectors by their codes.
type names struct {
	regions   map[string]pakta.Region
	sectors   map[string]pakta.Sector
	provinces []province
	order     []pakta.Sector
}

// province is a province and what lies in it, in the order given.
type province struct {
	pakta.Region
	Parts []pakta.Region
}

func newNames(regions []pakta.Region, sectors []pakta.Sector) (names, error) {
	n := names{regions: map[string]pakta.Region{}, sectors: map[string]pakta.Sector{}, order: sectors}
	at := map[string]int{}
	for _, r := range regions {
		if r.Code == "" || r.Name == "" {
			return n, errors.New("a region lacks its code or name")
		}
		n.regions[r.Code] = r
		if r.Kind == pakta.Provinsi {
			at[r.Code] = len(n.provinces)
			n.provinces = append(n.provinces, province{Region: r})
		}
	}
	for _, r := range regions {
		if r.Kind == pakta.Provinsi {
			continue
		}
		i, ok := at[r.Province()]
		if !ok {
			return n, fmt.Errorf("region %s lies in no province of the list", r.Code)
		}
		n.provinces[i].Parts = append(n.provinces[i].Parts, r)
	}
	for _, s := range sectors {
		n.sectors[s.Code] = s
	}
	return n, nil
}

// region is the name of the region with that code, or the code.
func (n names) region(code string) string {
	if r, ok := n.regions[code]; ok {
		return r.Name
	}
	return code
}

// label is what a code of a field is called on a page: the fields are those
// of the facets and of conflicts. A value without a name is its own label.
func (v *view) label(field, value string) string {
	switch field {
	case "region", "regions", "parties":
		return v.site.names.region(value)
	case "sector", "sectors":
		return v.sector(value, "")
	case "signed_on":
		return v.date(value)
	}
	if t, ok := v.site.texts.text(v.Lang, strings.TrimSuffix(field, "s")+"."+value); ok {
		return t
	}
	if t, ok := v.site.texts.text(v.Lang, field+"."+value); ok {
		return t
	}
	return value
}

// sector is the name of a sector in the language of the page; name stands in
// for a code that the table lacks.
func (v *view) sector(code, name string) string {
	if t, ok := v.site.texts.text(v.Lang, "sector."+code); ok {
		return t
	}
	if s, ok := v.site.names.sectors[code]; ok {
		return s.Name
	}
	if name != "" {
		return name
	}
	return code
}
