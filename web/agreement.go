package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"pakta"
)

const (
	// maxReports bounds the articles read for one page. An agreement has a
	// handful of reports; hundreds would be a mistake of merging.
	maxReports = 60
	// maxLinks bounds the related agreements read for one page.
	maxLinks = 20
)

// dossier is what the page of an agreement shows.
type dossier struct {
	*pakta.Agreement
	Name      string
	Date      string
	Reports   []report
	Fields    []field
	Conflicts []conflict
	Links     []related
	Others    string // address of a search for the same regions
}

// report is an article that reports the agreement.
type report struct {
	pakta.ArticleRef
	Number int
	Link   string // empty when there is none to follow safely
	Day    string
	text   string // canonical; empty when the article is not archived
}

// conflict is a field about which reports disagree.
type conflict struct {
	Field  string
	Values []conflictValue
}

type conflictValue struct {
	Label   string
	Reports []*report
}

type related struct{ Type, Link, Name, Date string }

func (s *site) agreementPage(v *view) error {
	ctx := v.r.Context()
	a, err := s.Archive.Agreement(ctx, v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if v.unchanged(s.Search.Version(), a.ID, strconv.Itoa(a.Version)) {
		return nil
	}
	d := &dossier{Agreement: a, Name: v.name(a)}
	if a.SignedOn != nil {
		d.Date = v.date(a.SignedOn.Value)
	}
	if d.Reports, err = v.reports(ctx, a); err != nil {
		return err
	}
	d.Fields = v.fields(a, d.Reports)
	d.Conflicts = v.conflicts(a, d.Reports)
	if d.Links, err = v.related(ctx, a); err != nil {
		return err
	}
	d.Others = v.others(a)
	v.Title = d.Name
	return v.render(http.StatusOK, "agreement.html", d)
}

// reports reads the articles. One that is missing is still a report.
func (v *view) reports(ctx context.Context, a *pakta.Agreement) ([]report, error) {
	out := make([]report, len(a.Reports))
	for i, ref := range a.Reports {
		out[i] = report{ArticleRef: ref, Number: i + 1, Link: outside(string(ref.URL)), Day: v.Day(ref.Published)}
		if i >= maxReports {
			continue
		}
		art, err := v.site.Archive.Article(ctx, ref.ID)
		switch {
		case err == nil:
			out[i].text = art.Canonical()
		case !errors.Is(err, v.site.NotFound):
			return nil, err
		}
	}
	return out, nil
}

func (v *view) conflicts(a *pakta.Agreement, reports []report) []conflict {
	var out []conflict
	for _, c := range a.Conflicts {
		shown := conflict{Field: v.fieldLabel(c.Field)}
		for _, value := range c.Values {
			cv := conflictValue{Label: v.label(c.Field, value.Value)}
			for _, id := range value.Reports {
				if r := find(reports, id); r != nil {
					cv.Reports = append(cv.Reports, r)
				}
			}
			shown.Values = append(shown.Values, cv)
		}
		out = append(out, shown)
	}
	return out
}

func find(reports []report, id string) *report {
	for i := range reports {
		if reports[i].ID == id {
			return &reports[i]
		}
	}
	return nil
}

// fieldLabel is what a field of the JSON is called on the page.
func (v *view) fieldLabel(name string) string {
	if t, ok := v.site.texts.text(v.Lang, "field."+name); ok {
		return t
	}
	return name
}

// related names the agreements that this one is linked to. One that the
// archive no longer has is left out.
func (v *view) related(ctx context.Context, a *pakta.Agreement) ([]related, error) {
	var out []related
	for _, l := range a.Links[:min(len(a.Links), maxLinks)] {
		other, err := v.site.Archive.Agreement(ctx, l.ID)
		if errors.Is(err, v.site.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		r := related{Type: v.label("link", l.Type), Link: v.AgreementLink(l.ID), Name: v.name(other)}
		if other.SignedOn != nil {
			r.Date = v.date(other.SignedOn.Value)
		}
		out = append(out, r)
	}
	return out, nil
}

// others is the address of a search for agreements of the same first region.
func (v *view) others(a *pakta.Agreement) string {
	for _, p := range a.Parties {
		if _, ok := v.site.names.regions[string(p.Region)]; ok {
			return v.Link("/", "region", string(p.Region))
		}
	}
	return ""
}

// OthersName is the region that Others asks for.
func (v *view) OthersName(d *dossier) string {
	for _, p := range d.Parties {
		if r, ok := v.site.names.regions[string(p.Region)]; ok {
			return r.Name
		}
	}
	return ""
}

// RegionLink is the address of the agreements of a region.
func (v *view) RegionLink(code string) string { return v.Link("/", "region", code) }

// money writes rupiah.
func (v *view) money(n int64) string {
	prefix := "Rp"
	if v.Lang == english {
		prefix = "IDR "
	}
	return prefix + v.Lang.number(n)
}

// words joins what is not empty.
func words(separator string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, separator)
}
